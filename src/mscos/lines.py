"""How far one outcome got, as a line of a report."""

from __future__ import annotations

from collections.abc import Mapping

from mscos.addressing import partners_of, rag_of_address, reach_of
from mscos.bands import shares
from mscos.coverage import Caps
from mscos.crosswalks import load_system_barriers
from mscos.evidence import Evidence
from mscos.findings import Rag, Reach, Status
from mscos.records.entries import Omission
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.report import OutcomeLine
from mscos.sentence import advice, advice_on_data
from mscos.terms import Outcome


def line_of_evaluation(
    outcome: Outcome, status: Status, record: EvaluationRecord, *, weak: bool = False, on_trust: bool = False
) -> OutcomeLine:
    """
    Say how far an outcome got in an evaluation.

    Args:
        outcome: The outcome.
        status: Its status.
        record: The record.
        weak: Whether an error stands against the outcome, or its data are from one time only.
        on_trust: Whether only the record says that a measure fits.
    """
    entry = record.entry(outcome.id)
    omission = entry.omission if entry else None
    line = _line(outcome, status, omission, rag_of_status(status, omission, weak=weak), ())
    return line.model_copy(update={"on_trust": on_trust})


def line_of_dataset(outcome: Outcome, status: Status, *, design: bool = False) -> OutcomeLine:
    """Say how far an outcome got in a dataset without a record, or would get with a form that is not used yet."""
    line = _line(outcome, status, None, rag_of_status(status, None), ())
    return line.model_copy(update={"advice": advice_on_data(status, design=design)})


def with_data(line: OutcomeLine, evidence: Evidence, reached: Mapping[str, Status], caps: Caps) -> OutcomeLine:
    """Say in a line how far the data of its outcome got, and how many people answered, as bands."""
    if evidence.profile is None:
        return line
    at_start, later = shares(evidence, line.outcome, caps)
    return line.model_copy(update={"collected": reached[line.outcome], "at_start": at_start, "later": later})


def line_of_intervention(outcome: Outcome, record: InterventionRecord) -> OutcomeLine:
    """Say how an intervention reaches an outcome, with whom."""
    entry = record.entry(outcome.id)
    omission = entry.omission if entry else None
    reach, rag = reach_of(record, outcome.id), rag_of_address(record, outcome.id)
    line = _line(outcome, reach, omission, rag, partners_of(record, outcome.id))
    helps = _what_could_help(record, outcome.id) if line.advice else ()
    return line.model_copy(update={"advice": " ".join((str(line.advice), *helps))}) if helps else line


def _what_could_help(record: InterventionRecord, outcome: str) -> tuple[str, ...]:
    """Suggest what helps against the barriers that a plan for the outcome names, unless the plan says so itself."""
    named = {
        action.barrier: None
        for action in record.gap_actions
        if action.outcome == outcome and action.barrier and not action.enabler
    }
    return tuple(
        f"What could help with {barrier.label.lower()}: {' '.join(barrier.enablers)}"
        for barrier in load_system_barriers().barriers
        if barrier.code in named
    )


def rag_of_status(status: Status, omission: Omission | None, *, weak: bool = False) -> Rag:
    """
    Give red, amber or green for one outcome of an evaluation.

    Red is no usable data and no plan.  Amber is planned, agreed with a partner, collected, reported in part, or
    reported from one time only or with an open error.  Green is reported.  The rule is this project's own: the
    sources give no thresholds.
    """
    if status is Status.REPORTED:
        return Rag.AMBER if weak else Rag.GREEN
    if status is Status.LEFT_OUT:
        planned = omission is not None and (
            omission.plan in {"amend", "partner"} or omission.partner_record is not None
        )
        return Rag.AMBER if planned else Rag.RED
    return Rag.RED if status is Status.COLUMN_ONLY else Rag.AMBER


def _line(
    outcome: Outcome, status: Status | Reach, omission: Omission | None, rag: Rag, partners: tuple[str, ...]
) -> OutcomeLine:
    return OutcomeLine(
        outcome=outcome.id,
        label=outcome.label,
        label_grade=outcome.label_grade,
        mark=outcome.mark or None,
        status=status,
        rag=rag,
        partners=partners,
        reason=omission.reason if omission else None,
        advice=advice(status, omission),
    )
