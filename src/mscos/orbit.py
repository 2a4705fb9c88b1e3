"""
Hints for the ORBIT matrix: was an outcome measured and analysed, and is its result held back?

ORBIT is a classification of outcome reporting bias in trials (https://www.outcome-reporting-bias.org).  A machine
can tell facts only.  Whether something was held back, and whether it was measured at all where nobody says so,
is for a person to judge; that judgement is kept beside the hint and never overruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal

from mscos.coverage import elements_missing, has_result
from mscos.evidence import Evidence
from mscos.findings import Status
from mscos.offers import Entry
from mscos.records.entries import Result
from mscos.records.evaluation import EvaluationRecord
from mscos.report import OutcomeLine
from mscos.taxonomy import Taxonomy

OrbitCode = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I"]
"""The codes of ORBIT."""


class Hint(StrEnum):
    """What can be told of one outcome of an evaluation, in the codes of ORBIT."""

    NOT_NEEDED = "none_needed"
    A = "A"
    B = "B"
    A_OR_B = "A_or_B"
    C = "C"
    D = "D"
    E_OR_F = "E_or_F"
    G_OR_H = "G_or_H"
    I = "I"  # noqa: E741 - the code's own name
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """What it says, for a person."""
        return _WORDS[self]

    @property
    def asks(self) -> bool:
        """Whether a person is asked to judge."""
        return self.value[1:2] == "_"


_WORDS = {
    Hint.NOT_NEEDED: "none needed, the result is whole",
    Hint.A: "A: the result only says that it is not significant",
    Hint.B: "B: the result only says that it is significant",
    Hint.A_OR_B: "A or B: please judge",
    Hint.C: "C: the result is there in part",
    Hint.D: "D: analysed, and no result is given",
    Hint.E_OR_F: "E or F: please judge",
    Hint.G_OR_H: "G or H: please judge",
    Hint.I: "I: not measured",
    Hint.NOT_KNOWN: "not known: a report made earlier does not hold it",
}


def hints(
    record: EvaluationRecord, lines: Iterable[OutcomeLine], taxonomy: Taxonomy
) -> Iterator[tuple[str, Hint, OrbitCode | None]]:
    """
    Give the hint for each outcome of a report on an evaluation, with the reviewer's judgement beside it.

    Args:
        record: The record.
        lines: Lines of the report on it.
        taxonomy: The edition.

    Returns:
        For each line the outcome, the hint and the code that a reviewer recorded; None if there is none.
    """
    entries = {entry.outcome.id: entry for entry in Evidence(taxonomy=taxonomy, record=record).entries}
    for line in lines:
        said = record.entry(line.outcome)
        judged = said.orbit.code if said and said.orbit else None
        if said is not None and said.omission is not None:
            yield line.outcome, Hint.I, judged
        else:
            yield line.outcome, _hint(entries.get(line.outcome), line), judged


def hint_of_line(line: OutcomeLine) -> Hint:
    """Give the hint for an outcome of which only the line of an earlier report is known."""
    if line.status is Status.REPORTED:
        return Hint.NOT_NEEDED
    return Hint.I if line.status is Status.LEFT_OUT and line.reason else Hint.NOT_KNOWN


def _hint(entry: Entry | None, line: OutcomeLine) -> Hint:
    if line.status is Status.REPORTED:
        return Hint.NOT_NEEDED
    if entry is None:
        return Hint.G_OR_H
    counting = [offer for offer in entry.offers if offer.counts]
    if entry.offers and not counting:  # something was measured, and not this outcome
        return Hint.G_OR_H
    result = entry.content.result
    about_this = not counting or any(offer.measure.in_result is not False for offer in counting)
    if result is not None and has_result(result) and about_this:
        return _of_result(result)
    return _without_result(entry, measured=bool(counting))


def _of_result(result: Result) -> Hint:
    """Tell how much of a result is given.  A reviewer who sees less stands beside it."""
    if result.estimate_given or result.qualitative_finding:
        return Hint.C if elements_missing(result) else Hint.NOT_NEEDED
    if result.significance_stated is None:
        return Hint.A_OR_B
    return Hint.A if result.significance_stated == "not_significant" else Hint.B


def _without_result(entry: Entry, *, measured: bool) -> Hint:
    content = entry.content
    if content.analysed:
        return Hint.D
    if content.measured is False:
        return Hint.I
    return Hint.E_OR_F if content.measured or (measured and not entry.only_planned) else Hint.G_OR_H
