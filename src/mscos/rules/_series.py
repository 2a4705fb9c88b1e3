"""The series and cells of a dataset that the rules on data look at."""

from __future__ import annotations

from collections.abc import Iterator

from mscos.collected import cells_of
from mscos.evidence import Evidence
from mscos.findings import Problem
from mscos.offers import Entry
from mscos.profile.counts import Cell, Profile
from mscos.rules.levels import stands_for_survivors


def offered(evidence: Evidence) -> Iterator[tuple[Entry, int, tuple[Cell, ...]]]:
    """Give every series that is offered for an outcome, with its cells."""
    profile = evidence.profile
    if profile is None:
        return
    for entry in profile.entries:
        if profile.series[entry.series[0]].name is None:  # rows without an answer often do not name the instrument
            yield entry, entry.series[0], cells_of(profile, entry.series)
        else:
            yield from ((entry, series, cells_of(profile, (series,))) for series in dict.fromkeys(entry.series))


def answers_for(entry: Entry, profile: Profile | None) -> tuple[Cell, ...]:
    return () if profile is None else cells_of(profile, speaking_series(entry))


def at_series(entry: Entry, series: int) -> Problem:
    return Problem(outcome=entry.outcome.id, in_data=True, series=series)


def start_of(entry: Entry, profile: Profile | None) -> float | None:
    """Give the first time point at which an outcome was answered; None if none has a place in the order."""
    return min(
        (cell.months for cell in answers_for(entry, profile) if cell.months is not None and cell.answered), default=None
    )


def is_usable(entry: Entry, evidence: Evidence) -> bool:
    """Whether the data hold an answer that counts for the outcome."""
    return any(cell.answered for cell in answers_for(entry, evidence.profile))


def speaking_series(entry: Entry) -> frozenset[int]:
    """Name the series whose answers count for an outcome, without those in which staff speak for survivors."""
    return frozenset(
        series
        for offer, series in zip(entry.offers, entry.series, strict=True)
        if offer.counts and not stands_for_survivors(offer)
    )
