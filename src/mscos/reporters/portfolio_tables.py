"""A report on a portfolio as tables: each member against each core outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mscos._printable import printable
from mscos.findings import Reach
from mscos.orbit import Hint
from mscos.portfolios.area_lines import AreaLine, Through
from mscos.portfolios.report import MemberLine, PortfolioReport
from mscos.reporters.cells import Row, csv_text, workbook
from mscos.reporters.of_checks import LIMITS
from mscos.reporters.of_portfolio import AGREED

Fields = dict[str, object]

_MEMBER = ("record_id", "kind", "organisation", "verdict_alone", "why")

_AREA = ("outcome", "label", "reach", "rag", "directly", "by_partner", "by_referral", "partner_not_named")

_SET_ASIDE = "set aside"
"""Stands in the cells of a member without a verdict: it counts nowhere."""


def portfolio_csv(report: PortfolioReport) -> str:
    """Write a row for each member, with a column for each core outcome, and then a row for what could not be read."""
    return csv_text(_members(report))


def portfolio_xlsx(report: PortfolioReport) -> bytes:
    """
    Write the same as a workbook, with who covers each outcome in the area and what the report rests on.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    return workbook(
        {
            "members": tuple(_members(report)),
            "outcomes": (_AREA, *map(_area, report.core)),
            "what it rests on": tuple(_rests_on(report)),
        }
    )


def portfolio_jsonl(report: PortfolioReport) -> str:
    """Write the verdict, then each member against each core outcome: one object on each line."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(report))


def _lines(report: PortfolioReport) -> Iterator[Fields]:
    stamps = report.stamps
    about: Fields = {"edition": stamps.edition, "edition_fingerprint": stamps.edition_fingerprint}
    about |= {"mscos": stamps.mscos, **({"inputs_sha256": stamps.inputs_sha256} if stamps.inputs_sha256 else {})}
    verdict = report.verdict.model_dump(mode="json", exclude_none=True)
    yield {"kind": "verdict", **about, **verdict, "headline": report.headline, "complete": report.complete}
    for member in report.members:
        fields = member.model_dump(mode="json", exclude_none=True)
        for outcome, found in _cells(member, report).items():
            yield {"kind": "member_outcome", **about, "member": fields, "outcome": outcome, "found": found}
    for each in report.unreadable:
        yield {"kind": "unreadable", **about, **each.model_dump(mode="json")}


def _members(report: PortfolioReport) -> Iterator[Row]:
    outcomes = _outcomes(report)
    yield (*_MEMBER, *outcomes)
    for member in report.members:
        cells = _cells(member, report)
        yield (*_described(member), *(cells.get(outcome, "") for outcome in outcomes))
    for each in report.unreadable:
        yield (printable(each.path), "could not be counted", "", "", each.message, *("" for _ in outcomes))


def _described(member: MemberLine) -> Row:
    answer = member.answer.replace("_", " ")
    return (member.record_id, member.kind, printable(member.organisation or ""), answer, member.why or "")


def _outcomes(report: PortfolioReport) -> tuple[str, ...]:
    if report.core:
        return tuple(line.outcome for line in report.core)
    return report.orbit.outcomes if report.orbit else ()


def _cells(member: MemberLine, report: PortfolioReport) -> Mapping[str, str]:
    """Say in words how far each core outcome got with a member."""
    if member.answer == "not_given":
        return dict.fromkeys(_outcomes(report), _SET_ASIDE)
    if member.kind == "intervention":
        return {line.outcome: _reach(line, member.record_id) for line in report.core}
    return _hints(member.record_id, report)


def _reach(line: AreaLine, record_id: str) -> str:
    if record_id in line.directly:
        return Reach.DIRECTLY.words
    for reach, through in ((Reach.BY_PARTNER, line.by_partner), (Reach.BY_REFERRAL, line.by_referral)):
        to = next((each for each in through if each.record_id == record_id), None)
        if to is not None:
            return f"{reach.words}: {_to(to)}"
    return (Reach.PARTNER_NOT_NAMED if record_id in line.partner_not_named else Reach.NOT_ADDRESSED).words


def _to(through: Through) -> str:
    return f"{printable(through.to)}, {AGREED[through.agreement]}"


def _hints(record_id: str, report: PortfolioReport) -> Mapping[str, str]:
    """Say what is known of an evaluation: its result is whole, or the hint of reporting bias (ORBIT)."""
    matrix = report.orbit
    row = next((each for each in matrix.rows if each.record_id == record_id), None) if matrix else None
    if matrix is None or row is None:
        return {}
    judged = {each.outcome: f"; judged {each.code}" for each in row.judged}
    return {
        outcome: ("reported" if hint is Hint.NOT_NEEDED else f"ORBIT {hint.words}") + judged.get(outcome, "")
        for outcome, hint in zip(matrix.outcomes, row.hints, strict=True)
    }


def _area(line: AreaLine) -> Row:
    return (
        line.outcome,
        line.marked_label,
        line.reach.words,
        line.rag.value,
        " ".join(line.directly),
        "; ".join(f"{each.record_id} by {_to(each)}" for each in line.by_partner),
        "; ".join(f"{each.record_id} to {_to(each)}" for each in line.by_referral),
        " ".join(line.partner_not_named),
    )


def _rests_on(report: PortfolioReport) -> Iterator[Row]:
    stamps = report.stamps
    yield "what", "value", "sha256"
    yield "answer", report.headline, ""
    yield f"verdict: {report.verdict.name}", report.verdict.answer.replace("_", " "), ""
    yield "edition", f"{stamps.edition} (chosen by: {stamps.edition_from})", stamps.edition_fingerprint
    yield "rules", f"mscos {stamps.mscos}", stamps.rules_fingerprint
    yield "inputs", str(stamps.inputs), stamps.inputs_sha256 or "none: built in memory"
    if stamps.made_at:
        yield "made at", stamps.made_at, ""
    yield "complete", "yes" if report.complete else "no", ""
    yield from (("take care", sentence, "") for sentence in LIMITS)
