"""`check_portfolio`: many records, judged one by one, become one report on what they cover and report together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mscos._version import __version__
from mscos.conformance import check_any
from mscos.errors import CannotRead, OtherEdition
from mscos.findings import Rag, Reach
from mscos.pins import AnyEdition, Pin, chosen_taxonomy
from mscos.portfolios.area import Area
from mscos.portfolios.area_lines import AreaLine
from mscos.portfolios.made_earlier import hold_together
from mscos.portfolios.members import PassedOver, PortfolioMember, Unread, why_unread
from mscos.portfolios.report import PortfolioReport, PortfolioStamps, Unreadable
from mscos.portfolios.summary import Evaluation, Service, Summary, rules_of, summary
from mscos.portfolios.tables import RuleCount, UptakeTable
from mscos.portfolios.uptake_tables import orbit_matrix, uptake_table
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.report import Report, Verdict
from mscos.rules.fingerprint import rules_fingerprint
from mscos.taxonomy import Taxonomy

SHARED_ID = "Two members share a record_id."

_NO_SERVICE = "There is no intervention to judge."
_UPTAKE = "Every core outcome is reported by {} of {} evaluations. No verdict on an area: there is no intervention."
_SEVERAL_AREAS = (
    "These services work in {} areas, and what is covered in one is not covered in another. "
    "Make a portfolio of each area."
)

Content = EvaluationRecord | InterventionRecord | Report
"""What a member can be."""


def check_portfolio(
    members: Iterable[PortfolioMember | Unread | PassedOver | Content], *, edition: AnyEdition | None = None
) -> PortfolioReport:
    """
    Judge the records of an area, or of a funder, together.

    Args:
        members: Records of interventions and evaluations, and reports on them that were made earlier.  They
            are read once, and only a summary of each is kept.
        edition: The edition to judge them all by: its name, an edition that was read, or a pin.  Without it, the
            newest packaged one.

    Returns:
        The report, with the verdict *addressed*: met if every core outcome is covered by at least one
        intervention, by a partner that it names or by a referral.  It is not given if anything could not be
        read, if there is no intervention, or if the interventions work in several areas.

    Raises:
        UnknownEdition: If no such edition is packaged.
    """
    taxonomy = chosen_taxonomy(edition)
    intake = _Intake(taxonomy)
    for member in members:
        intake.add(member)
    return _report(intake, taxonomy, _chosen(edition))


def _chosen(edition: AnyEdition | None) -> Literal["pin", "caller", "newest"]:
    if isinstance(edition, Pin):
        return "pin"
    return "caller" if edition else "newest"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A member's summary, with its place and what it says beside."""

    summary: Summary
    path: str
    sha256: str | None
    rules: frozenset[str]
    other_rules: bool

    @property
    def key(self) -> tuple[str, str]:
        return (self.summary.line.kind, self.summary.line.record_id)


@dataclass(slots=True)
class _Intake:
    """The members, as they come in."""

    taxonomy: Taxonomy
    kept: list[_Kept] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)
    _rules: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def add(self, member: PortfolioMember | Unread | PassedOver | Content) -> None:
        """Judge a member and keep its summary, or why it has none."""
        if isinstance(member, Unread):
            self.unreadable.append(Unreadable(path=member.path, message=member.message))
            return
        if isinstance(member, PassedOver):
            self.passed_over.add(member.path)
            return
        if not isinstance(member, PortfolioMember):
            member = _unplaced(member)
        try:
            report = self._report(member.content)
        except (CannotRead, OtherEdition) as error:
            self.unreadable.append(Unreadable(path=member.path, message=_why(error)))
            return
        rules = rules_of(report)
        self.kept.append(
            _Kept(
                summary=summary(member.content, report, self.taxonomy),
                path=member.path,
                sha256=member.sha256,
                rules=self._rules.setdefault(rules, rules),
                other_rules=report.stamps.rules_fingerprint != rules_fingerprint(),
            )
        )

    def settle(self) -> list[_Kept]:
        """Sort the members, without those that share an identifier: nobody can tell which one is meant."""
        many = Counter(kept.key for kept in self.kept)
        twice = [kept for kept in self.kept if many[kept.key] > 1]
        self.unreadable += [Unreadable(path=kept.path, message=SHARED_ID) for kept in twice]
        self.unreadable.sort(key=lambda each: (each.path, each.message))
        return sorted((kept for kept in self.kept if many[kept.key] == 1), key=lambda kept: kept.key)

    def _report(self, content: Content) -> Report:
        if not isinstance(content, Report):
            return check_any(content, edition=self.taxonomy)
        if content.stamps.edition_fingerprint != self.taxonomy.fingerprint:
            raise OtherEdition(content.stamps.edition, self.taxonomy.edition)
        hold_together(content, self.taxonomy)
        return content


def _unplaced(content: Content) -> PortfolioMember:
    """Give a member that was built in memory a place: its identifier."""
    if isinstance(content, Report):
        return PortfolioMember(content, content.subject.record_id or "")
    origin = content.origin
    if origin is None:
        return PortfolioMember(content, content.record_id)
    return PortfolioMember(content, origin.path, origin.sha256)


def _why(error: CannotRead | OtherEdition) -> str:
    if isinstance(error, OtherEdition):
        return f"It was made for edition {error.named}, and this portfolio is judged by edition {error.asked}."
    return why_unread(error)


def _report(intake: _Intake, taxonomy: Taxonomy, edition_from: Literal["pin", "caller", "newest"]) -> PortfolioReport:
    members = intake.settle()
    counted = [kept for kept in members if kept.summary.line.answer != "not_given"]
    services = [kept.summary for kept in counted if isinstance(kept.summary, Service)]
    evaluations = [kept.summary for kept in counted if isinstance(kept.summary, Evaluation)]
    count = {id(service) for service in services}
    known = (kept.summary for kept in intake.kept if isinstance(kept.summary, Service))
    area = Area(services, taxonomy.core, [service for service in known if id(service) not in count])
    areas = tuple(sorted({service.area for service in services if service.area}))
    verdict = _verdict(intake.unreadable, area.lines, areas)
    core = tuple(outcome.id for outcome in taxonomy.core)
    uptake = uptake_table(evaluations, core) if evaluations else None
    return PortfolioReport(
        headline=portfolio_headline(verdict, area.lines, uptake),
        verdict=verdict,
        rag=_worst(area.lines) if verdict.answer != "not_given" else None,
        members=tuple(kept.summary.line for kept in members),
        unreadable=tuple(intake.unreadable),
        passed_over=tuple(sorted(intake.passed_over)),
        complete=not intake.unreadable,
        areas=areas,
        core=area.lines,
        uncovered=area.uncovered,
        single_points=area.single_points,
        fragile=area.fragile,
        enabled_only=area.enabled_only,
        not_confirmed=area.not_confirmed,
        stages=area.stages,
        levels=area.levels,
        partner_sets=area.partner_sets,
        changes_needed=area.changes_needed,
        gap_actions=tuple(action for service in services for action in service.gap_actions),
        uptake=uptake,
        orbit=orbit_matrix(evaluations, core) if evaluations else None,
        rules=tuple(_rule_counts(members)),
        stamps=_stamps(intake.kept, taxonomy, edition_from),
    )


def _verdict(unreadable: Sequence[Unreadable], core: Sequence[AreaLine], areas: Collection[str]) -> Verdict:
    if unreadable:
        return Verdict(name="addressed", answer="not_given", why=_uncounted(unreadable))
    if not core:
        return Verdict(name="addressed", answer="not_given", why=_NO_SERVICE)
    if len(areas) > 1:
        return Verdict(name="addressed", answer="not_given", why=_SEVERAL_AREAS.format(len(areas)))
    return Verdict(name="addressed", answer="met" if all(line.there for line in core) else "not_met")


def _uncounted(unreadable: Sequence[Unreadable]) -> str:
    unread = sum(each.message != SHARED_ID for each in unreadable)
    said = [f"{unread} {'file' if unread == 1 else 'files'} could not be read."] if unread else []
    return " ".join([*said, SHARED_ID] if unread < len(unreadable) else said)


def _worst(core: Sequence[AreaLine]) -> Rag:
    return min((line.rag for line in core), key=lambda rag: rag.rank)


def portfolio_headline(verdict: Verdict, core: Sequence[AreaLine], uptake: UptakeTable | None) -> str:
    """Put the answer about an area, or about evaluations alone, into words."""
    if not core and uptake is not None and verdict.why == _NO_SERVICE:
        return _UPTAKE.format(uptake.full_set.count, uptake.full_set.total)
    if verdict.answer == "not_given":
        return f"No verdict: {verdict.why}"
    missing = [line for line in core if not line.there]
    first = f"{len(core) - len(missing)} of {len(core)} core outcomes are addressed."
    if not missing:
        return first
    unnamed = [line for line in missing if line.reach is Reach.PARTNER_NOT_NAMED]
    labels = "; ".join(f"{line.marked_label} (partly)" if line in unnamed else line.marked_label for line in missing)
    return f"{first} Not addressed: {labels}. {_next_step(len(missing), len(unnamed))}"


def _next_step(missing: int, unnamed: int) -> str:
    if unnamed == missing:
        return "Name the partner." if missing == 1 else "Name the partners."
    if missing == 1:
        return "Change one of the services so that it covers it, or bring in a partner who does."
    return "Change services so that they cover them, or bring in partners who do."


def _rule_counts(kept: Iterable[_Kept]) -> Iterator[RuleCount]:
    found: Counter[str] = Counter()
    for each in kept:
        found.update(each.rules)
    return (RuleCount(rule=rule, members=members) for rule, members in sorted(found.items()))


def _stamps(
    kept: Sequence[_Kept], taxonomy: Taxonomy, edition_from: Literal["pin", "caller", "newest"]
) -> PortfolioStamps:
    digests = sorted(each.sha256 for each in kept if each.sha256)
    together = hashlib.sha256("".join(f"{digest}\n" for digest in digests).encode()).hexdigest()
    return PortfolioStamps(
        mscos=__version__,
        edition=taxonomy.edition,
        edition_fingerprint=taxonomy.fingerprint,
        edition_from=edition_from,
        schema_version="1",
        rules_fingerprint=rules_fingerprint(),
        inputs=len(kept),
        inputs_without_fingerprint=len(kept) - len(digests),
        inputs_sha256=together if digests else None,
        reports_by_other_rules=sum(each.other_rules for each in kept),
    )
