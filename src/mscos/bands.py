"""People, as bands: a count of few people can point to one of them."""

from __future__ import annotations

from mscos.collected import cells_of, usable_series
from mscos.coverage import Caps
from mscos.evidence import Evidence
from mscos.report import Band

_HALF, _MOST, _NEARLY_ALL = 0.5, 0.75, 0.95
"""Shares at which the next band begins."""


def band(part: int, whole: int, min_count: int) -> Band:
    """
    Say how many of some people, as a band.

    Args:
        part: How many.
        whole: Of how many people.
        min_count: Fewest people of whom more is said than whether there are any.
    """
    if part == 0:
        return "no data"
    if whole < min_count:
        return "some data"
    share = part / whole
    if share < _HALF:
        return "under half"
    if share < _MOST:
        return "half to most"
    return "most" if share < _NEARLY_ALL else "all or nearly all"


def shares(evidence: Evidence, outcome: str, caps: Caps) -> tuple[Band | None, Band | None]:
    """
    Say how many people gave answers that count for an outcome.

    Args:
        evidence: What was offered, with a profile.
        outcome: Identifier of the outcome.
        caps: What rules found against single series.

    Returns:
        At the first time point, of all people in the data; and again later, of those who answered at the first one.
        Each is None where rows are not about people, or nobody was asked again.
    """
    profile = evidence.profile
    if profile is None or profile.people is None:
        return None, None
    series = {place for entry in profile.entries if entry.outcome.id == outcome for place in usable_series(entry, caps)}
    cells = [cell for cell in cells_of(profile, series) if cell.answered]
    months = sorted({cell.months for cell in cells if cell.months is not None})
    first = [cell for cell in cells if not months or cell.months == months[0]]
    most = max(first, key=lambda cell: cell.people or 0, default=None)
    started = (most.people or 0) if most else 0
    at_start = band(started, profile.people, evidence.min_count)
    if most is None or len(months) < 2:  # noqa: PLR2004 - a start and a later time
        return at_start, None
    return at_start, band(most.followed or 0, started, evidence.min_count)
