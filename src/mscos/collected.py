"""How far the data of each outcome got: from a column without answers to answers over time."""

from __future__ import annotations

from collections.abc import Iterable

from mscos.coverage import Caps
from mscos.evidence import Evidence
from mscos.findings import Status
from mscos.offers import Entry
from mscos.profile.counts import Cell, Pair, Profile
from mscos.terms import ConstructKind, Outcome

_HALF = 0.5


def collected(evidence: Evidence, caps: Caps) -> dict[str, Status]:
    """
    Say how far the data of each outcome of the edition got.

    Args:
        evidence: What was offered, with a profile.
        caps: What rules found against single series or outcomes.

    Returns:
        A status for each identifier of an outcome: left out where no column is about it, and at most
        collected over time.

    A series or a pair of cells only ever adds to what an outcome earns, so describing one more column never lowers
    a status.
    """
    reached = dict.fromkeys((outcome.id for outcome in evidence.taxonomy.outcomes), Status.LEFT_OUT)
    if evidence.profile is not None:
        reached |= {
            entry.outcome.id: _status(entry, evidence.profile, evidence, caps) for entry in evidence.profile.entries
        }
    return reached


def designed(evidence: Evidence, caps: Caps) -> dict[str, Status]:
    """Say for each outcome of the edition whether a codebook without data has a variable that would count for it."""
    reached = dict.fromkeys((outcome.id for outcome in evidence.taxonomy.outcomes), Status.LEFT_OUT)
    return reached | {
        entry.outcome.id: Status.PLANNED if usable_series(entry, caps) else Status.COLUMN_ONLY
        for entry in evidence.data_entries
    }


def usable_series(entry: Entry, caps: Caps) -> frozenset[int]:
    """Name the series whose answers count for an outcome."""
    return frozenset(
        series
        for offer, series in zip(entry.offers, entry.series, strict=True)
        if offer.counts and caps.get((entry.outcome.id, series), Status.REPORTED) is not Status.COLUMN_ONLY
    )


def answered_series(evidence: Evidence, entry: Entry) -> frozenset[int]:
    """Name the series that count for an outcome and hold answers."""
    cells = evidence.profile.cells if evidence.profile else ()
    return frozenset(cell.series for cell in cells if cell.answered) & usable_series(entry, {})


def pairs_of(profile: Profile, series: frozenset[int], outcome: Outcome) -> tuple[Pair, ...]:
    """Give every two cells of some series that both have answers from people: one at the start, and a later one."""
    return tuple(
        pair
        for pair in profile.pairs
        if starts_over_time(profile.cells[pair.earlier].months, outcome)
        and {profile.cells[pair.earlier].series, profile.cells[pair.later].series} <= series
        and _smaller(profile, pair) > 0
    )


def is_linked(profile: Profile, pair: Pair) -> bool:
    """Whether the later answers of a pair come from the people who gave the earlier ones: from half of them or more."""
    return pair.both >= 1 and pair.both >= _HALF * _smaller(profile, pair)


def cells_of(profile: Profile, series: Iterable[int]) -> tuple[Cell, ...]:
    """Give the cells of some series."""
    wanted = frozenset(series)
    return tuple(cell for cell in profile.cells if cell.series in wanted)


def starts_over_time(months: float | None, outcome: Outcome) -> bool:
    """
    Whether what is asked at a time point can be compared with what is asked later.

    That is the start of support, or before it.  For the quality of a service it is any time point in the order: nobody
    can judge a service before it began.
    """
    if months is None:
        return False
    return months <= 0 or outcome.construct_kind is ConstructKind.SERVICE_QUALITY


def _smaller(profile: Profile, pair: Pair) -> int:
    return min(profile.cells[pair.earlier].people or 0, profile.cells[pair.later].people or 0)


def _status(entry: Entry, profile: Profile, evidence: Evidence, caps: Caps) -> Status:
    series = usable_series(entry, caps)
    if not any(cell.answered for cell in cells_of(profile, series)):
        return Status.COLUMN_ONLY
    over_time = any(is_linked(profile, pair) for pair in pairs_of(profile, series, entry.outcome))
    if over_time or change_was_asked(entry, profile, series, evidence):
        return Status.COLLECTED_OVER_TIME
    return Status.COLLECTED_ONCE


def change_was_asked(entry: Entry, profile: Profile, series: frozenset[int], evidence: Evidence) -> bool:
    """Whether findings in words have answers, and the record says that people were asked what had changed."""
    in_words = {place for offer, place in zip(entry.offers, entry.series, strict=True) if offer.in_words} & series
    said = evidence.record.entry(entry.outcome.id) if evidence.record else None
    asked = said is not None and any(
        measure.change_asked and measure.instrument == "qualitative-theme" for measure in said.measures
    )
    return asked and any(cell.answered for cell in cells_of(profile, in_words))
