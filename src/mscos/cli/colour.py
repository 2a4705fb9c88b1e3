"""Colour for a person in front of a terminal; everybody else gets the same words without it."""

from __future__ import annotations

import os
import sys


def on_screen(text: str) -> str:
    """Style the text of a report if the output is a terminal that shows colour, nobody objects, and rich is there."""
    if not _wants_colour():
        return text
    from mscos.errors import MissingExtra
    from mscos.reporters.styled import styled

    try:
        return styled(text)
    except MissingExtra:
        return text


def _wants_colour() -> bool:
    """Tell by the usual variables: NO_COLOR, and TERM for a terminal that only types."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()
