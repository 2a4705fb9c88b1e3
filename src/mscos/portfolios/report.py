"""The report on a portfolio: everything that a check of many records says.  Every output is derived from it."""

from __future__ import annotations

from typing import Literal

from mscos._record import EditionName, Line, Many, OutcomeId, Record, Slug
from mscos._snippet import snippet
from mscos.findings import Rag
from mscos.portfolios.area_lines import (
    AreaLine,
    Count,
    GapActionLine,
    GapLine,
    LevelRow,
    NotConfirmed,
    PartnerSet,
    SinglePoint,
    StageRow,
)
from mscos.portfolios.tables import OrbitMatrix, RuleCount, UptakeTable
from mscos.report import Verdict
from mscos.stamps import Fingerprint, Moment

MemberKind = Literal["evaluation", "intervention"]
"""What a member is about."""


class MemberLine(Record):
    """One record of the portfolio, or one report made earlier."""

    record_id: Slug
    """Identifier of the record."""

    kind: MemberKind
    """What it is about."""

    source: Literal["record", "report"]
    """Whether the record itself was read, or a report on it that was made earlier."""

    organisation: Line | None = None
    """Who runs the service."""

    answer: Literal["met", "not_met", "not_given"]
    """The verdict on the member alone.  A member without one is set aside: it counts nowhere."""

    why: Line | None = None
    """Why it has no verdict."""


class Unreadable(Record):
    """Something that was offered and could not be counted."""

    path: str
    """Its place, as the caller named it; for a line of a file with its number."""

    message: Line
    """Why, without any of its content."""


class ChangeLine(Record):
    """One thing that became better or worse."""

    what: Literal["verdict", "rag", "covered", "fragile", "single_point", "uptake", "full_set_uptake"]
    """What changed: the verdict, a colour, whether an outcome is covered, what it rests on, or uptake."""

    direction: Literal["better", "worse"]
    """Which way."""

    outcome: OutcomeId | None = None
    """Identifier of the outcome; absent for the whole."""

    before: Line
    """What it was."""

    after: Line
    """What it is."""


class MemberChange(Record):
    """A member that is there in one portfolio only."""

    record_id: Slug
    """Identifier of the record."""

    kind: MemberKind
    """What it is about."""


class Changes(Record):
    """What changed since an earlier report on the portfolio."""

    comparable: bool
    """Whether both portfolios were read as a whole and judged by the same rules; if not, take care."""

    lines: Many[ChangeLine]
    """What became better or worse."""

    gained: Many[MemberChange]
    """Members that are new."""

    lost: Many[MemberChange]
    """Members that are no longer there."""

    @property
    def worse(self) -> tuple[ChangeLine, ...]:
        """What fell away."""
        return tuple(line for line in self.lines if line.direction == "worse")


class PortfolioStamps(Record):
    """What was used to make the report: the three clocks, and one fingerprint for all inputs."""

    mscos: str
    """Version of the package."""

    edition: EditionName
    """Edition of the taxonomy."""

    edition_fingerprint: Fingerprint
    """The sha256 of the edition."""

    edition_from: Literal["pin", "caller", "newest"]
    """Who chose the edition: a pin, the caller, or nobody, so that the newest one was used."""

    schema_version: Literal["1"]
    """Major version of the schemas."""

    rules_fingerprint: Fingerprint
    """The sha256 of the rules, with the reference data that they use."""

    inputs: Count
    """How many inputs were read."""

    inputs_without_fingerprint: Count
    """How many of them were built in memory, so that they have none."""

    inputs_sha256: Fingerprint | None = None
    """The sha256 of the inputs' own, in hexadecimal, sorted, each on a line."""

    reports_by_other_rules: Count
    """How many of the reports made earlier rest on other rules than these."""

    made_at: Moment | None = None
    """When the report was made; absent unless it was asked for, so that the same input gives the same bytes."""


class PortfolioReport(Record):
    """What a check of many records says."""

    kind: Literal["portfolio"] = "portfolio"
    """What sort of document this is."""

    headline: Line
    """The answer in a sentence or two."""

    verdict: Verdict
    """Is every core outcome addressed by somebody in the area?"""

    rag: Rag | None = None
    """Red, amber or green for the whole: the worst of the core outcomes, never an average; absent without a verdict."""

    members: Many[MemberLine]
    """Every member that could be read."""

    unreadable: Many[Unreadable]
    """What was offered and could not be counted."""

    passed_over: Many[Line]
    """Files in a named folder that were not read, because of their ending."""

    complete: bool
    """Whether everything that was offered could be counted."""

    areas: Many[Slug]
    """Where the services work, as far as they say.  With more than one, no verdict is given."""

    core: Many[AreaLine]
    """Every core outcome of the edition, in its order; empty where there is no intervention."""

    uncovered: Many[OutcomeId]
    """Core outcomes that nobody covers."""

    single_points: Many[SinglePoint]
    """Core outcomes that only one member covers."""

    fragile: Many[OutcomeId]
    """Core outcomes that rest on a referral, or on an agreement that is not known to be written."""

    enabled_only: Many[OutcomeId]
    """Core outcomes that are covered by members that only help them to happen."""

    not_confirmed: Many[NotConfirmed]
    """Where one member relies on another for what that one does not say it does."""

    stages: Many[StageRow]
    """Outcome by stage."""

    levels: Many[LevelRow]
    """Outcome by level."""

    partner_sets: Many[PartnerSet]
    """With whom each service would cover everything."""

    changes_needed: Many[GapLine]
    """The smallest set of changes that closes every gap: one for each line."""

    gap_actions: Many[GapActionLine]
    """What members say they will do."""

    uptake: UptakeTable | None = None
    """How many evaluations report the core outcomes; absent where there is no evaluation."""

    orbit: OrbitMatrix | None = None
    """Hints of outcome reporting bias; absent where there is no evaluation."""

    rules: Many[RuleCount]
    """Rules that found something, beside notes, in a member."""

    since: Changes | None = None
    """What changed since an earlier report, where one was given."""

    stamps: PortfolioStamps
    """What was used to make the report."""

    @property
    def met(self) -> bool:
        """Whether the verdict is given and met."""
        return self.verdict.answer == "met"

    def _repr_html_(self) -> str:
        """Show the report in a notebook.  Without a verdict it has no colours."""
        colour = ("Colour",) if self.rag is not None else ()
        return snippet(
            "Portfolio",
            (self.headline,),
            columns=("Outcome", "How it is reached", *colour),
            rows=(
                (f"{line.marked_label} ({line.outcome})", line.reach.words, *(line.rag.value for _ in colour))
                for line in self.core
            ),
            notes=(f"Members: {len(self.members):,}.", *([] if self.complete else ["The portfolio is not complete."])),
        )
