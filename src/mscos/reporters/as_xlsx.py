"""A report as a workbook: what is to be mended, how far each outcome got, and what the report rests on."""

from __future__ import annotations

from collections.abc import Iterator

from mscos._printable import printable
from mscos.report import OutcomeLine, Report
from mscos.reporters.as_csv import fix_list
from mscos.reporters.cells import Row, workbook
from mscos.reporters.mending import status_of
from mscos.reporters.of_checks import COLLECTED, LIMITS, REPORTED

_OUTCOMES = ("outcome", "label", "set", "status", "collected", "at_start", "later", "reason", "partners", "what_next")


def report(report: Report) -> bytes:
    """
    Write a report as a workbook.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    return workbook(
        {
            "to mend": tuple(fix_list(report)),
            "outcomes": tuple(_outcomes(report)),
            "what it rests on": tuple(_rests_on(report)),
        }
    )


def _outcomes(report: Report) -> Iterator[Row]:
    yield _OUTCOMES
    for line in report.core:
        yield _outcome(line, "core outcome set", report)
    for line in report.longlist:
        yield _outcome(line, "long-list", report)


def _outcome(line: OutcomeLine, held: str, report: Report) -> Row:
    return (
        line.outcome,
        line.marked_label,
        held,
        status_of(line, report),
        line.collected.words if line.collected else "",
        line.at_start or "",
        line.later or "",
        line.reason.replace("_", " ") if line.reason else "",
        printable("; ".join(line.partners)),
        line.advice or "",
    )


def _rests_on(report: Report) -> Iterator[Row]:
    subject, stamps = report.subject, report.stamps
    yield "what", "value", "sha256"
    yield "answer", report.headline, ""
    for verdict in report.verdicts:
        yield f"verdict: {verdict.name.replace('_', ' ')}", verdict.answer.replace("_", " "), ""
    yield f"{subject.kind}", printable(subject.title), ""
    yield "organisation", printable(subject.organisation or "not said"), ""
    yield "record", subject.record_id or "none", ""
    yield "edition", f"{stamps.edition} (chosen by: {stamps.edition_from})", stamps.edition_fingerprint
    yield "rules", f"mscos {stamps.mscos}", stamps.rules_fingerprint
    yield from (
        (f"input: {each.role}", printable(each.path or f"the {each.role}"), each.sha256 or "none: built in memory")
        for each in stamps.inputs
    )
    if stamps.made_at:
        yield "made at", stamps.made_at, ""
    yield "complete", "yes" if report.complete else "no", ""
    yield from (("take care", sentence, "") for sentence in (COLLECTED, REPORTED, *LIMITS))
