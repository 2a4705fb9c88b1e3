"""
The status of each outcome: how far it got, from left out to reported.

The status is what the best measure of the outcome and its result earn together.  A rule about a measure lowers
only what that measure earns, so offering one more measure never lowers a status.
"""

from __future__ import annotations

from collections.abc import Mapping

from mscos.evidence import Evidence
from mscos.findings import Status
from mscos.offers import Entry, Offer
from mscos.records.entries import Result

Caps = Mapping[tuple[str, int | None], Status]
"""
The highest status that a measure can earn, by outcome and by position of the measure in its entry; under the
position None, the highest that the outcome as a whole can get.
"""


ELEMENTS = ("measurement_variable", "analysis_metric", "aggregation", "timepoint", "where_reported")
"""The elements of a defined outcome (CONSORT-Outcomes 2022), and the place where the result can be read."""

PLACEHOLDERS = {"na", "none", "notknown", "pending", "tba", "tbc", "tbd", "todo", "unknown", "x", "xx", "xxx"}
"""What people write where words are still to come, without spaces and marks."""


_SHORT = 20
"""Longest text that can be a placeholder, in characters."""


def statuses(evidence: Evidence, caps: Caps) -> dict[str, Status]:
    """
    Say how far each outcome of the edition got.

    Args:
        evidence: What was offered.
        caps: What rules found against single measures.

    Returns:
        A status for each identifier of an outcome.

    A record alone cannot show that data were collected, so without data no status is one of the two
    `collected` ones: what a record names and does not report is `COLUMN_ONLY`.
    """
    reached = dict.fromkeys((outcome.id for outcome in evidence.taxonomy.outcomes), Status.LEFT_OUT)
    reached |= {entry.outcome.id: _status(entry, caps) for entry in evidence.entries}
    return reached


def rests_on_record(entry: Entry) -> bool:
    """Whether only the record itself says that a measure of the outcome fits it."""
    counting = [offer for offer in entry.offers if offer.counts and offer.measure.in_result is not False]
    return bool(counting) and all(offer.taken_on_trust for offer in counting)


def has_result(result: Result) -> bool:
    """Whether a result says anything: a size, a finding in words, a direction or its significance."""
    return bool(
        result.estimate_given
        or result.qualitative_finding
        or result.significance_stated
        or result.direction_of_change not in {None, "not_known"}
    )


def elements_missing(result: Result) -> tuple[str, ...]:
    """Name the elements of a defined outcome that a result lacks, and the place to read it."""
    return tuple(element for element in ELEMENTS if not _says_something(getattr(result, element)))


def _says_something(text: str | None) -> bool:
    """Tell words from a place kept for them, such as TBC or a dash."""
    if text is None or not any(map(str.isalnum, text)):
        return False
    return len(text) > _SHORT or "".join(filter(str.isalnum, text)).casefold() not in PLACEHOLDERS


def _status(entry: Entry, caps: Caps) -> Status:
    content = entry.content
    given = content.result is not None and has_result(content.result)
    if entry.only_planned and not given:
        return Status.PLANNED
    if not content.measures:
        return Status.COLUMN_ONLY if given or content.analysed or content.measured else Status.LEFT_OUT
    of_result = _earned_by_result(content.result)
    earned = (_lowest(of_result, *_earned_by_offer(offer, caps)) for offer in entry.offers)
    best = max(earned, key=lambda status: status.rank)
    return _lowest(best, caps.get((entry.outcome.id, None), Status.REPORTED))


def _earned_by_result(result: Result | None) -> Status:
    if result is None or not has_result(result):
        return Status.COLUMN_ONLY
    whole = result.estimate_given or result.qualitative_finding
    return Status.PARTLY_REPORTED if elements_missing(result) or not whole else Status.REPORTED


def _earned_by_offer(offer: Offer, caps: Caps) -> tuple[Status, ...]:
    cap = caps.get((offer.outcome.id, offer.position), Status.REPORTED)
    if not offer.counts or offer.measure.in_result is False:
        return (Status.COLUMN_ONLY, cap)
    return (Status.PARTLY_REPORTED if offer.match == "general_broader" else Status.REPORTED, cap)


def _lowest(*earned: Status) -> Status:
    return min(earned, key=lambda status: status.rank)
