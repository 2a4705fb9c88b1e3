"""Parts of the report on a portfolio: what its evaluations report, counted and laid out side by side."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mscos._record import Line, Many, OutcomeId, Record, Slug
from mscos.codelists import OmissionReason
from mscos.orbit import Hint, OrbitCode
from mscos.portfolios.area_lines import Count

Share = Annotated[float, Field(ge=0, le=1)]
"""A part of one."""


class Proportion(Record):
    """Some of all evaluations, with the 95 % interval (Wilson)."""

    count: Count
    """How many."""

    total: Count
    """Of how many."""

    low: Share | None = None
    """Lower end of the interval; absent where there is nothing to count."""

    high: Share | None = None
    """Upper end of the interval; absent where there is nothing to count."""


class OutcomeUptake(Record):
    """How many evaluations report one core outcome."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    reported: Proportion
    """Those that report it."""

    planned_or_reported: Proportion
    """Those that set out to report it, or got anywhere with it."""

    without_reason: Count
    """Those that leave it out and give no reason."""


class OmissionCount(Record):
    """How often one outcome is left out for one reason."""

    reason: OmissionReason
    """The reason."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    count: Count
    """How many evaluations."""


class UptakeTable(Record):
    """How many evaluations report the core outcomes.  It counts evaluations, never people."""

    evaluations: Count
    """How many were counted."""

    full_set: Proportion
    """Those that report every core outcome."""

    full_set_planned_or_reported: Proportion
    """Those that plan or report every core outcome."""

    outcomes: Many[OutcomeUptake]
    """Every core outcome of the edition, in its order."""

    omissions: Many[OmissionCount]
    """The reasons that were given."""


class OrbitJudgement(Record):
    """The code that a reviewer recorded."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    code: OrbitCode
    """The ORBIT code."""


class OrbitRow(Record):
    """What can be told of reporting bias in one evaluation."""

    record_id: Slug
    """Identifier of the evaluation's record."""

    hints: Many[Hint]
    """One for each outcome of the matrix, in its order."""

    judged: Many[OrbitJudgement]
    """What reviewers judged."""


class OrbitMatrix(Record):
    """Hints of outcome reporting bias: outcome by evaluation."""

    outcomes: Many[OutcomeId]
    """The core outcomes, in their order."""

    rows: Many[OrbitRow]
    """The evaluations."""


class RuleCount(Record):
    """In how many members a rule found something."""

    rule: Line
    """Identifier of the rule."""

    members: Count
    """How many members."""
