"""The evaluations of a portfolio as tables: uptake, and the ORBIT matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from mscos import uptake
from mscos.codelists import OmissionReason
from mscos.portfolios.summary import Evaluation
from mscos.portfolios.tables import (
    OmissionCount,
    OrbitJudgement,
    OrbitMatrix,
    OrbitRow,
    OutcomeUptake,
    Proportion,
    UptakeTable,
)

_PLACES = 4
"""Decimal places of an interval's ends: more than anybody needs, and the same on every machine."""


def uptake_table(evaluations: Iterable[Evaluation], core: tuple[str, ...]) -> UptakeTable:
    """
    Count how many evaluations report the core outcomes.

    Args:
        evaluations: The evaluations.
        core: The core outcomes, in their order.
    """
    found = uptake.count_uptake((each.for_uptake(core) for each in evaluations), core)
    return UptakeTable(
        evaluations=found.evaluations,
        full_set=_proportion(found.full_set),
        full_set_planned_or_reported=_proportion(found.full_set_planned_or_reported),
        outcomes=tuple(
            OutcomeUptake(
                outcome=outcome,
                reported=_proportion(found.reported[outcome]),
                planned_or_reported=_proportion(found.planned_or_reported[outcome]),
                without_reason=found.without_reason[outcome],
            )
            for outcome in core
        ),
        omissions=tuple(
            OmissionCount(reason=reason, outcome=outcome, count=count)
            for reason in get_args(OmissionReason)
            for outcome, count in found.reasons.get(reason, {}).items()
            if count
        ),
    )


def orbit_matrix(evaluations: Sequence[Evaluation], core: tuple[str, ...]) -> OrbitMatrix:
    """Lay out the ORBIT hints, outcome by evaluation, with what reviewers judged."""
    return OrbitMatrix(
        outcomes=core,
        rows=tuple(
            OrbitRow(
                record_id=each.line.record_id,
                hints=each.hints,
                judged=tuple(OrbitJudgement(outcome=outcome, code=code) for outcome, code in each.judged),
            )
            for each in evaluations
        ),
    )


def _proportion(found: uptake.Proportion) -> Proportion:
    if found.low is None or found.high is None:
        return Proportion(count=found.count, total=found.total)
    return Proportion(
        count=found.count, total=found.total, low=round(found.low, _PLACES), high=round(found.high, _PLACES)
    )
