"""The first thing that looks at a table: it stops everything if there may be names or contact details."""

from mscos.screen.screening import Place, Screening, Stop, screen, screen_form

__all__ = ["Place", "Screening", "Stop", "screen", "screen_form"]
