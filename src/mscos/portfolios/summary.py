"""What a portfolio keeps of each member: a few words and codes, however long the record is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mscos.codelists import Addressing, Agreement, Level, Stage
from mscos.findings import Rag, Reach, Severity, Status
from mscos.orbit import Hint, OrbitCode, hint_of_line, hints
from mscos.portfolios.area_lines import GapActionLine
from mscos.portfolios.report import MemberLine
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import Address, InterventionRecord
from mscos.report import OutcomeLine, Report, Verdict
from mscos.taxonomy import Taxonomy
from mscos.uptake import EvaluationLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    How a service reaches one core outcome.

    Attributes:
        reach: How it is reached.
        rag: Red, amber or green.
        enabling: Whether the service only helps it to happen, as far as that is known.
        agreement: What is agreed with the partner; None where it is not known.
        partner: The partner, as it can be shown; None where nobody is named.
        linked: Identifier of the partner's record; None where the record does not say.
        stages: Stages in which it is covered.
        levels: Levels at which it is covered.
    """

    reach: Reach
    rag: Rag
    enabling: bool = False
    agreement: Agreement | None = None
    partner: str | None = None
    linked: str | None = None
    stages: tuple[Stage, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def there(self) -> bool:
        """Whether it is covered, with everybody named."""
        return self.reach.rank > Reach.PARTNER_NOT_NAMED.rank

    @property
    def firm(self) -> bool:
        """Whether it is covered directly, or by a partner with a written agreement."""
        return self.reach is Reach.DIRECTLY or (self.reach is Reach.BY_PARTNER and self.agreement == "written")

    @property
    def how(self) -> Addressing:
        """By whom it is covered, as records say it."""
        return _HOW[self.reach]


_NO_VERDICT = "The report gives no verdict."

_HOW: dict[Reach, Addressing] = {
    Reach.NOT_ADDRESSED: "not_addressed",
    Reach.PARTNER_NOT_NAMED: "by_referral",
    Reach.BY_REFERRAL: "by_referral",
    Reach.BY_PARTNER: "by_partner",
    Reach.DIRECTLY: "directly",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """
    What is kept of an intervention.

    Attributes:
        line: The member, as the report shows it.
        held: How it reaches each core outcome, in the order of the edition.
        area: Where it works; None where that is not known.
        accepts: Whom it accepts; None where that is not known.
        gap_actions: What it will do about gaps.
    """

    line: MemberLine
    held: dict[str, Held]
    area: str | None = None
    accepts: str | None = None
    gap_actions: tuple[GapActionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """
    What is kept of an evaluation.

    Attributes:
        line: The member, as the report shows it.
        statuses: How far each core outcome got, in the order of the edition.
        hints: The ORBIT hint for each.
        planned: The core outcomes that it set out to report.
        reasons: Outcomes that are left out, each with its reason.
        judged: Outcomes that a reviewer judged, each with the code.
    """

    line: MemberLine
    statuses: tuple[Status, ...]
    hints: tuple[Hint, ...]
    planned: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    judged: tuple[tuple[str, OrbitCode], ...] = ()

    def for_uptake(self, core: tuple[str, ...]) -> EvaluationLine:
        """Give what the count of uptake needs."""
        return EvaluationLine(
            record_id=self.line.record_id,
            statuses=dict(zip(core, self.statuses, strict=True)),
            planned=frozenset(self.planned),
            reasons=dict(self.reasons),
        )


def summary(content: EvaluationRecord | InterventionRecord | Report, report: Report, taxonomy: Taxonomy) -> Summary:
    """
    Reduce a member to what a portfolio needs of it.

    Args:
        content: The record, or the report made earlier.
        report: The report on the record, or the same report again.
        taxonomy: The edition.
    """
    line = _line(content, report)
    if isinstance(content, InterventionRecord):
        return _service(line, content, report)
    if report.subject.kind == "intervention":
        return Service(line=line, held={outcome.outcome: _held_of_line(outcome) for outcome in report.core})
    return _evaluation(line, content, report, taxonomy)


Summary = Service | Evaluation


def rules_of(report: Report) -> frozenset[str]:
    """Name the rules that found more than a note."""
    return frozenset(found.rule for found in report.findings if found.severity is not Severity.NOTE)


def _line(content: EvaluationRecord | InterventionRecord | Report, report: Report) -> MemberLine:
    verdict = _verdict(report)
    # In a report made earlier, anybody may have written the reason.
    why = verdict.why if not isinstance(content, Report) else _NO_VERDICT if verdict.answer == "not_given" else None
    return MemberLine(
        record_id=content.subject.record_id or "" if isinstance(content, Report) else content.record_id,
        kind="intervention" if report.subject.kind == "intervention" else "evaluation",
        source="report" if isinstance(content, Report) else "record",
        organisation=report.subject.organisation,
        answer=verdict.answer,
        why=why,
    )


def _verdict(report: Report) -> Verdict:
    """Give the verdict that a portfolio is about: reported or addressed; otherwise the first."""
    wanted = {"reported", "addressed"}
    return next((verdict for verdict in report.verdicts if verdict.name in wanted), report.verdicts[0])


def _service(line: MemberLine, record: InterventionRecord, report: Report) -> Service:
    return Service(
        line=line,
        held={outcome.outcome: _held(outcome, record.entry(outcome.outcome), record) for outcome in report.core},
        area=record.area,
        accepts=record.accepts,
        gap_actions=tuple(
            GapActionLine(
                record_id=record.record_id,
                outcome=action.outcome,
                action=action.action,
                by_date=action.by_date,
                barrier=action.barrier,
            )
            for action in record.gap_actions
        ),
    )


def _held(line: OutcomeLine, entry: Address | None, record: InterventionRecord) -> Held:
    if entry is None:
        return _held_of_line(line)
    partner = entry.partner if line.partners else None
    return Held(
        reach=Reach(line.status),
        rag=line.rag,
        enabling=entry.relation == "enabling",
        agreement=partner.agreement if partner else None,
        partner=line.partners[0] if line.partners else None,
        linked=partner.record_id if partner else None,
        stages=entry.stages or record.stages,
        levels=entry.levels or record.levels,
    )


@lru_cache(maxsize=1000)
def _plain(reach: Reach, rag: Rag, partner: str | None) -> Held:
    # The report does not hold the agreement; only one in writing makes a partner's cover green.
    written = reach is Reach.BY_PARTNER and rag is Rag.GREEN
    return Held(
        reach=reach,
        rag=rag,
        enabling=reach is Reach.DIRECTLY and rag is Rag.AMBER,
        agreement="written" if written else None,
        partner=partner,
    )


def _held_of_line(line: OutcomeLine) -> Held:
    return _plain(Reach(line.status), line.rag, line.partners[0] if line.partners else None)


def _evaluation(
    line: MemberLine, content: EvaluationRecord | InterventionRecord | Report, report: Report, taxonomy: Taxonomy
) -> Evaluation:
    planned: tuple[str, ...] = ()
    judged: tuple[tuple[str, OrbitCode], ...] = ()
    if isinstance(content, EvaluationRecord):
        found = tuple(hints(content, report.core, taxonomy))
        told = tuple(hint for _, hint, _ in found)
        judged = tuple((outcome, code) for outcome, _, code in found if code is not None)
        planned = tuple(entry.outcome for entry in content.outcomes if entry.planned)
    else:
        told = tuple(map(hint_of_line, report.core))
    return Evaluation(
        line=line,
        statuses=tuple(Status(outcome.status) for outcome in report.core),
        hints=told,
        planned=planned,
        reasons=tuple((outcome.outcome, outcome.reason) for outcome in report.core if outcome.reason),
        judged=judged,
    )
