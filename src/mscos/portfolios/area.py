"""Who in an area covers which core outcome, what that rests on, and what could be changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
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
    SinglePoint,
    StageCell,
    StageRow,
    Through,
    partner_set_line,
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
        set_aside: Services that count nowhere.  Who relies on one of them relies on nobody.
    """

    def __init__(self, services: Sequence[Service], core: Sequence[Outcome], set_aside: Iterable[Service] = ()) -> None:
        self._services = services
        self._core = core if services else ()
        known = (*services, *set_aside)
        self._counted = {id(service) for service in services}
        self._by_id = _grouped(known, lambda service: service.line.record_id)
        self._by_organisation = _grouped(known, lambda service: _name(service.line.organisation or ""))
        self._covering = {outcome.id: self._those_that_cover(outcome.id) for outcome in self._core}
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
        """Where a member leaves an outcome to one that is set aside, or does not say it covers it itself."""
        return tuple(
            NotConfirmed(outcome=outcome.id, record_id=service.line.record_id, partner=partner)
            for outcome in self._core
            for service in self._services
            if self._denied(service, outcome.id)
            for partner in self._relied_on(service, outcome.id)
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
            found.append(partner_set_line(member.record_id, known[alike]))
        return tuple(found)

    @property
    def changes_needed(self) -> tuple[GapLine, ...]:
        """The smallest set of changes that closes every gap."""
        entries = {
            outcome.id: [self._entry(service, outcome.id) for service in self._services] for outcome in self._core
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
        covering = [held for _, held in self._covering[outcome.id]]
        unnamed = self._by(outcome.id, Reach.PARTNER_NOT_NAMED)
        nobody = Reach.PARTNER_NOT_NAMED if unnamed else Reach.NOT_ADDRESSED
        held = (service.held[outcome.id] for service in self._services)
        unnamed_rags = [each.rag for each in held if each.reach is Reach.PARTNER_NOT_NAMED]
        return AreaLine(
            outcome=outcome.id,
            label=outcome.label,
            label_grade=outcome.label_grade,
            mark=outcome.mark or None,
            reach=max((each.reach for each in covering), key=lambda reach: reach.rank, default=nobody),
            rag=max(
                (each.rag for each in covering),
                key=lambda rag: rag.rank,
                default=max(unnamed_rags, key=lambda rag: rag.rank, default=Rag.RED),
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
            for service, held in self._covering[outcome]
            if held.reach is reach
        )

    def _those_that_cover(self, outcome: str) -> list[tuple[Service, Held]]:
        """List the members that cover an outcome, without those that leave it to a member who does not."""
        return [
            (service, self._no_better_than_the_partner(service, outcome))
            for service in self._services
            if service.held[outcome].there and not self._denied(service, outcome)
        ]

    def _no_better_than_the_partner(self, service: Service, outcome: str) -> Held:
        held = service.held[outcome]
        behind = [other.held[outcome] for other in self._confirming(service, outcome)]
        if not behind:
            return held
        best = max((each.rag for each in behind), key=lambda rag: rag.rank)
        return replace(
            held,
            rag=min(held.rag, best, key=lambda rag: rag.rank),
            enabling=held.enabling or all(each.enabling for each in behind),
        )

    def _denied(self, service: Service, outcome: str) -> bool:
        """Tell whether an outcome is left to a member, none of whose services says it covers it itself."""
        if not service.held[outcome].there or self._partners(service, outcome) is None:
            return False
        return not self._confirming(service, outcome)

    def _confirming(self, service: Service, outcome: str) -> list[Service]:
        """List the other services that an outcome is left to, and that cover it themselves."""
        others = self._partners(service, outcome) or ()
        return [each for each in others if each is not service and self._covers(each, outcome)]

    def _relied_on(self, service: Service, outcome: str) -> list[str]:
        """Name the members that an outcome is left to; a service that names its own organisation relies on itself."""
        named = {each.line.record_id for each in self._partners(service, outcome) or ()}
        return sorted(named - {service.line.record_id} or named)

    def _entry(self, service: Service, outcome: str) -> MemberEntry:
        held = service.held[outcome]
        if self._denied(service, outcome):
            return MemberEntry(service.line.record_id, "not_addressed")
        return MemberEntry(service.line.record_id, held.how, held.agreement)

    def _those(self, outcome: str, wanted: Callable[[Held], bool]) -> tuple[str, ...]:
        return tuple(service.line.record_id for service, held in self._covering[outcome] if wanted(held))

    def _where(self, outcome: str, table: Literal["stages", "levels"], at: Stage | Level) -> tuple[str, ...]:
        return self._those(outcome, lambda held: at in (held.stages if table == "stages" else held.levels))

    def _only(self, such: Callable[[Held], bool]) -> tuple[str, ...]:
        covering = ((outcome.id, self._covering[outcome.id]) for outcome in self._core)
        return tuple(outcome for outcome, each in covering if each and all(such(held) for _, held in each))

    def _independent(self, outcome: str) -> list[str]:
        covering = self._covering[outcome]
        return [service.line.record_id for service, _ in covering if self._partners(service, outcome) is None]

    def _covers(self, service: Service, outcome: str) -> bool:
        return id(service) in self._counted and service.held[outcome].reach is Reach.DIRECTLY

    def _partners(self, service: Service, outcome: str) -> Sequence[Service] | None:
        """Find the members that an outcome is left to, by the identifier of the record, or by the organisation."""
        held = service.held[outcome]
        if held.reach is Reach.DIRECTLY or held.partner is None:
            return None
        linked = self._by_id.get(held.linked) if held.linked else None
        return linked or self._by_id.get(held.partner) or self._by_organisation.get(_name(held.partner))

    def _member(self, service: Service) -> Member:
        agreed: set[str] = set()
        for outcome, held in service.held.items():
            others = self._partners(service, outcome) if held.agreement in {"informal", "written"} else None
            # With which service of an organisation that has several, nobody can tell.
            if others is not None and len(others) == 1 and id(others[0]) in self._counted:
                agreed.add(others[0].line.record_id)
        return Member(
            record_id=service.line.record_id,
            covers=frozenset(outcome for outcome, held in service.held.items() if held.reach is Reach.DIRECTLY),
            area=service.area,
            accepts=service.accepts,
            agreements=frozenset(agreed) - {service.line.record_id},
        )


def _grouped(services: Iterable[Service], key: Callable[[Service], str]) -> Mapping[str, Sequence[Service]]:
    found: dict[str, list[Service]] = {}
    for service in services:
        found.setdefault(key(service), []).append(service)
    found.pop("", None)  # without an organisation
    return found


def _name(text: str) -> str:
    """Write a name so that two ways to write it are the same: width, case, spaces and what cannot be seen."""
    seen = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def _both_ways(members: Iterable[Member]) -> Mapping[str, frozenset[str]]:
    """Give for each member those with which it has an agreement, by the record of either side."""
    found: dict[str, set[str]] = {}
    for member in members:
        found.setdefault(member.record_id, set()).update(member.agreements)
        for other in member.agreements:
            found.setdefault(other, set()).add(member.record_id)
    return {record_id: frozenset(others) for record_id, others in found.items()}
