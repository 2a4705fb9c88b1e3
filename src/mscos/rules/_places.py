"""The places that rules about measures point at, in a record or in a dataset."""

from __future__ import annotations

from mscos.findings import Problem
from mscos.offers import Entry, Offer


def at_measure(offer: Offer) -> Problem:
    """Point at a measure of a record, or at a variable of a dataset."""
    return Problem(
        outcome=offer.outcome.id,
        pointer=offer.pointer,
        measure=offer.position,
        in_data=offer.in_data,
        series=offer.series,
    )


def at_measures(entry: Entry) -> Problem:
    """Point at all measures of an outcome."""
    pointer = "" if entry.in_data else f"{entry.pointer}/measures"
    return Problem(outcome=entry.outcome.id, pointer=pointer, in_data=entry.in_data)
