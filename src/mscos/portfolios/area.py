"""Who in an area covers which core outcome, what that rests on, and what could be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

from mscos.codelists import Level, Stage
from mscos.findings import Rag, Reach
from mscos.gaps import MemberEntry, smallest_changes
from mscos.partners import Member, PartnerSets, smallest_partner_sets
from mscos.portfolios.area_lines import (
    AreaLine,
    ChangeOption,
    GapLine,
    LevelCell,
    LevelRow,
    NotConfirmed,
    PartnerSet,
    PossiblePartner,
    SinglePoint,
    StageCell,
    StageRow,
    Through,
)
from mscos.portfolios.summary import Held, Service
from mscos.terms import Outcome

SETS_SHOWN = 5
"""Partner sets shown for one service, and single changes shown for one gap."""


class Area:
    """
    The services of an area.

    Args:
        services: The services, sorted by their identifiers.
        core: The core outcomes, in their order.
    """

    def __init__(self, services: Sequence[Service], core: Sequence[Outcome]) -> None:
        self._services = services
        self._core = core if services else ()
        self._records = {service.line.record_id: service for service in services}
        self._by_organisation = _unique_organisations(services)
        self.lines = tuple(self._line(outcome) for outcome in self._core)
        """Every core outcome; none where there is no service."""

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Core outcomes that nobody covers."""
        return tuple(line.outcome for line in self.lines if not line.there)

    @property
    def single_points(self) -> tuple[SinglePoint, ...]:
        """
        Core outcomes that only one member covers.

        A member that leaves an outcome to another one, which covers it itself, is no second one.
        """
        found = ((outcome.id, self._independent(outcome.id)) for outcome in self._core)
        return tuple(SinglePoint(outcome=outcome, record_id=each[0]) for outcome, each in found if len(each) == 1)

    @property
    def fragile(self) -> tuple[str, ...]:
        """Core outcomes that are covered, and only by referral or without a written agreement."""
        return self._only(lambda held: not held.firm)

    @property
    def enabled_only(self) -> tuple[str, ...]:
        """Core outcomes that are covered, and only by members that help them to happen."""
        return self._only(lambda held: held.enabling)

    @property
    def not_confirmed(self) -> tuple[NotConfirmed, ...]:
        """Where a member leaves an outcome to another one that does not say it covers it itself."""
        return tuple(
            NotConfirmed(outcome=outcome.id, record_id=service.line.record_id, partner=other.line.record_id)
            for outcome in self._core
            for service in self._services
            if (other := self._denied(service.held[outcome.id], outcome.id)) is not None
        )

    @property
    def stages(self) -> tuple[StageRow, ...]:
        """Outcome by stage of the journey."""
        return tuple(
            StageRow(
                outcome=outcome.id,
                cells=tuple(
                    StageCell(stage=stage, members=self._where(outcome.id, "stages", stage))
                    for stage in get_args(Stage)
                ),
                not_said=self._those(outcome.id, lambda held: not held.stages),
            )
            for outcome in self._core
        )

    @property
    def levels(self) -> tuple[LevelRow, ...]:
        """Outcome by level."""
        return tuple(
            LevelRow(
                outcome=outcome.id,
                cells=tuple(
                    LevelCell(level=level, members=self._where(outcome.id, "levels", level))
                    for level in get_args(Level)
                ),
                not_said=self._those(outcome.id, lambda held: not held.levels),
            )
            for outcome in self._core
        )

    @property
    def partner_sets(self) -> tuple[PartnerSet, ...]:
        """With whom each service would cover every core outcome."""
        order = tuple(outcome.id for outcome in self._core)
        members = [self._member(service) for service in self._services]
        agreed = _both_ways(members)
        known: dict[tuple[str | None, frozenset[str], frozenset[str]], PartnerSets] = {}
        found = []
        for member in members:
            # Services in the same area that cover the same, with the same agreements, have the same partners.
            alike = (member.area, member.covers, agreed[member.record_id])
            if alike not in known:
                known[alike] = smallest_partner_sets(member, members, order, SETS_SHOWN)
            found.append(_partner_set(member.record_id, known[alike]))
        return tuple(found)

    @property
    def changes_needed(self) -> tuple[GapLine, ...]:
        """The smallest set of changes that closes every gap."""
        entries = {
            outcome.id: [
                MemberEntry(service.line.record_id, service.held[outcome.id].how, service.held[outcome.id].agreement)
                for service in self._services
            ]
            for outcome in self._core
        }
        return tuple(
            GapLine(
                outcome=gap.outcome,
                total=len(gap.changes),
                options=tuple(
                    ChangeOption(record_id=change.record_id, change=change.change)
                    for change in gap.changes[:SETS_SHOWN]
                ),
            )
            for gap in smallest_changes(entries, tuple(entries)).gaps
        )

    def _line(self, outcome: Outcome) -> AreaLine:
        covering = [held for _, held in self._covering(outcome.id)]
        unnamed = self._by(outcome.id, Reach.PARTNER_NOT_NAMED)
        nobody = Reach.PARTNER_NOT_NAMED if unnamed else Reach.NOT_ADDRESSED
        return AreaLine(
            outcome=outcome.id,
            label=outcome.label,
            label_grade=outcome.label_grade,
            mark=outcome.mark or None,
            reach=max((each.reach for each in covering), key=lambda reach: reach.rank, default=nobody),
            rag=max(
                (each.rag for each in covering),
                key=lambda rag: rag.rank,
                default=Rag.AMBER if unnamed else Rag.RED,
            ),
            directly=self._by(outcome.id, Reach.DIRECTLY),
            by_partner=self._through(outcome.id, Reach.BY_PARTNER),
            by_referral=self._through(outcome.id, Reach.BY_REFERRAL),
            partner_not_named=unnamed,
        )

    def _by(self, outcome: str, reach: Reach) -> tuple[str, ...]:
        return tuple(service.line.record_id for service in self._services if service.held[outcome].reach is reach)

    def _through(self, outcome: str, reach: Reach) -> tuple[Through, ...]:
        return tuple(
            Through(record_id=service.line.record_id, to=held.partner or "", agreement=held.agreement)
            for service, held in self._covering(outcome)
            if held.reach is reach
        )

    def _covering(self, outcome: str) -> list[tuple[Service, Held]]:
        """List the members that cover an outcome, without those that leave it to a member who does not."""
        held = ((service, service.held[outcome]) for service in self._services)
        return [(service, each) for service, each in held if each.there and self._denied(each, outcome) is None]

    def _denied(self, held: Held, outcome: str) -> Service | None:
        """Give the member that an outcome is left to and that does not say it covers it; None if there is none."""
        other = self._partner(held) if held.there else None
        return None if other is None or self._covers(other, outcome) else other

    def _those(self, outcome: str, wanted: Callable[[Held], bool]) -> tuple[str, ...]:
        return tuple(service.line.record_id for service, held in self._covering(outcome) if wanted(held))

    def _where(self, outcome: str, table: Literal["stages", "levels"], at: Stage | Level) -> tuple[str, ...]:
        return self._those(outcome, lambda held: at in (held.stages if table == "stages" else held.levels))

    def _only(self, such: Callable[[Held], bool]) -> tuple[str, ...]:
        covering = ((outcome.id, self._covering(outcome.id)) for outcome in self._core)
        return tuple(outcome for outcome, each in covering if each and all(such(held) for _, held in each))

    def _independent(self, outcome: str) -> list[str]:
        covering = self._covering(outcome)
        return [service.line.record_id for service, held in covering if not self._covers(self._partner(held), outcome)]

    @staticmethod
    def _covers(service: Service | None, outcome: str) -> bool:
        return service is not None and service.held[outcome].reach is Reach.DIRECTLY

    def _partner(self, held: Held) -> Service | None:
        """Find the member that an outcome is left to, by the identifier of its record or by its organisation."""
        if held.reach is Reach.DIRECTLY or held.partner is None:
            return None
        if held.linked is not None:
            return self._records.get(held.linked)
        return self._records.get(held.partner) or self._by_organisation.get(held.partner.casefold())

    def _member(self, service: Service) -> Member:
        agreed = (self._partner(held) for held in service.held.values() if held.agreement in {"informal", "written"})
        return Member(
            record_id=service.line.record_id,
            covers=frozenset(outcome for outcome, held in service.held.items() if held.reach is Reach.DIRECTLY),
            area=service.area,
            accepts=service.accepts,
            agreements=frozenset(other.line.record_id for other in agreed if other is not None)
            - {service.line.record_id},
        )


def _unique_organisations(services: Iterable[Service]) -> Mapping[str, Service]:
    """Map each organisation that runs only one of the services to it."""
    found: dict[str, list[Service]] = {}
    for service in services:
        if service.line.organisation:
            found.setdefault(service.line.organisation.casefold(), []).append(service)
    return {name: each[0] for name, each in found.items() if len(each) == 1}


def _both_ways(members: Iterable[Member]) -> Mapping[str, frozenset[str]]:
    """Give for each member those with which it has an agreement, by the record of either side."""
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member.record_id, set()).update(member.agreements)
        for other in member.agreements:
            found.setdefault(other, set()).add(member.record_id)
    return {record_id: frozenset(others) for record_id, others in found.items()}


def _partner_set(record_id: str, found: PartnerSets) -> PartnerSet:
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
