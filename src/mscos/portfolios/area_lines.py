"""Parts of the report on a portfolio: who in an area covers which core outcome, and what could be changed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import Day, Line, Many, OutcomeId, Record, Slug
from mscos.codelists import Agreement, Level, Stage, SystemBarrier
from mscos.findings import Rag, Reach
from mscos.gaps import ChangeKind
from mscos.partners import PartnerSets
from mscos.terms import LabelGrade

Count = Annotated[int, Field(ge=0)]
"""How many."""


class Through(Record):
    """A member that leaves an outcome to somebody else."""

    record_id: Slug
    """Identifier of the member's record."""

    to: Line
    """The partner: the organisation, or the identifier of its record."""

    agreement: Agreement | None = None
    """What is agreed; absent where it is not known."""


class AreaLine(Record):
    """Who in the area covers one core outcome."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    label: Line
    """Its label in the edition."""

    label_grade: LabelGrade
    """How sure the label is."""

    mark: Line | None = None
    """The words that must stand beside a provisional label; absent for a published one."""

    reach: Reach
    """How the member that gets furthest reaches it."""

    rag: Rag
    """Red, amber or green: the best of the members'.  Always show the word."""

    directly: Many[Slug]
    """Members that cover it themselves."""

    by_partner: Many[Through]
    """Members that leave it to a partner who is named."""

    by_referral: Many[Through]
    """Members that refer people on to somebody who is named."""

    partner_not_named: Many[Slug]
    """Members that leave it to somebody whom they do not name."""

    @property
    def marked_label(self) -> str:
        """The label with its mark in square brackets, if it needs one."""
        return f"{self.label} [{self.mark}]" if self.mark else self.label

    @property
    def there(self) -> bool:
        """Whether it is covered, with everybody named."""
        return self.reach.rank > Reach.PARTNER_NOT_NAMED.rank


class SinglePoint(Record):
    """A core outcome that rests on one member."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    record_id: Slug
    """The member without which nobody would cover it."""


class NotConfirmed(Record):
    """A member leaves an outcome to another one, which is set aside or by its own record does not cover it itself."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    record_id: Slug
    """The member that leaves it to the other."""

    partner: Slug
    """The other."""


class StageCell(Record):
    """Who covers an outcome in one stage."""

    stage: Stage
    """The stage of the journey."""

    members: Many[Slug]
    """The members."""


class StageRow(Record):
    """Who covers an outcome in each stage of the journey."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    cells: Many[StageCell]
    """Every stage, in the order of the journey."""

    not_said: Many[Slug]
    """Members that cover the outcome and name no stage."""


class LevelCell(Record):
    """Who covers an outcome at one level."""

    level: Level
    """The level."""

    members: Many[Slug]
    """The members."""


class LevelRow(Record):
    """Who covers an outcome at each level."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    cells: Many[LevelCell]
    """Every level."""

    not_said: Many[Slug]
    """Members that cover the outcome and name no level."""


class PossiblePartner(Record):
    """A member that could cover what another one does not."""

    record_id: Slug
    """Identifier of its record."""

    brings: Many[OutcomeId]
    """The core outcomes that it would bring."""

    agreed: bool
    """Whether there is an agreement already, written or by word of mouth."""

    area_known: bool
    """Whether both records say that they work in the same area.  If not, ask."""


class PartnerSet(Record):
    """The smallest sets of members with which one service would cover all core outcomes."""

    record_id: Slug
    """Identifier of the service's own record."""

    size: Count | None = None
    """Partners in each set; 0 where none is needed, absent where no set covers everything."""

    total: Count
    """How many such sets there are."""

    sets: Many[Many[Slug]]
    """The first of them: those with more agreements first."""

    uncoverable: Many[OutcomeId]
    """Core outcomes that no possible partner covers."""

    partners: Many[PossiblePartner]
    """Everybody in the sets."""


class ChangeOption(Record):
    """One entry that can be raised to close a gap."""

    record_id: Slug
    """Identifier of the record that holds the entry."""

    change: ChangeKind
    """How it is raised."""


class GapLine(Record):
    """A core outcome that nobody covers, directly or by a written agreement."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    total: Count
    """How many single changes would close it."""

    options: Many[ChangeOption]
    """The first of them, the nearest first."""


class GapActionLine(Record):
    """What a member says it will do about a gap."""

    record_id: Slug
    """Identifier of the member's record."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    action: Literal["amend", "partner"]
    """Change the service, or work with a partner."""

    by_date: Day | None = None
    """By when."""

    barrier: SystemBarrier | None = None
    """What stands in the way."""


def partner_set_line(record_id: str, found: PartnerSets) -> PartnerSet:
    """Put what the partner finder found for a service into a line of the report."""
    return PartnerSet(
        record_id=record_id,
        size=found.size,
        total=found.total,
        sets=found.sets,
        uncoverable=found.uncoverable,
        partners=tuple(
            PossiblePartner(
                record_id=each.record_id, brings=each.brings, agreed=each.agreed, area_known=each.area_known
            )
            for each in found.partners
        ),
    )
