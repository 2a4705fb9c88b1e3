"""Plain text, complete without colour: what is there comes before what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mscos._printable import printable
from mscos.findings import Finding, Status
from mscos.report import OutcomeChange, OutcomeLine, Report, RuleNotRun, Stamps

_ANSWERS = {"met": "met", "not_met": "not met", "not_given": "not given"}

_CHOSEN = {
    "record": "named by the record",
    "caller": "asked for; the record names none",
    "newest": "assumed: the record names none, so the newest edition was used",
}

_FEW = 4
"""So many rules are named each; of more, their families."""

LIMITS = (
    "MS-COS, the Modern Slavery Core Outcome Set, says what to report and not how to measure it.",
    "The rules, the advice and the instrument table are this project's own.",
    "Survivors have not yet reviewed them.",
)
REPORTED = "Reported means that a result can be read, good or bad. It does not mean that people are better off."
"""What a reader must know before trusting a report."""


def report(report: Report) -> str:
    """Write a report for a person, a screen reader or a log."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    subject = report.subject
    by = f", {printable(subject.organisation)}" if subject.organisation else ""
    yield f"{printable(subject.title)}{by} (record {subject.record_id})"
    yield ""
    yield report.headline
    done = report.verdict().name
    yield from _section(done.capitalize(), [f"  {_there(line)}" for line in report.there])
    yield from _section(f"Not {done}", [f"  {_missing(line)}" for line in report.missing])
    if report.since is not None:
        yield from _section(
            "Since the earlier report",
            [f"  {_change(each, report)}" for each in report.since] or ["  Nothing changed."],
        )
    yield from _section(
        "Also named, from the long-list (no verdict depends on these)",
        [f"  {_marked(line)} ({line.outcome}): {line.status.words}" for line in report.longlist],
    )
    yield from _section("Findings", [f"  {_finding(finding)}" for finding in report.findings])
    if report.findings:
        yield f'  "mscos explain {report.findings[0].rule}" says why a rule matters and how to mend it.'
    yield from _section("How this was checked", [f"  {line}" for line in _how(report)])


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, *lines] if lines else []


def _there(line: OutcomeLine) -> str:
    if isinstance(line.status, Status):
        return f"{line.label} ({line.outcome})"
    by = f", {printable('; '.join(line.partners))}" if line.partners else ""
    return f"{line.label} ({line.outcome}): {line.status.words}{by}. {line.rag.capitalize()}."


def _missing(line: OutcomeLine) -> str:
    reason = f", reason: {line.reason.replace('_', ' ')}" if line.reason else ""
    return f"{line.label} ({line.outcome}): {line.status.words}{reason}. {line.advice}"


def _change(change: OutcomeChange, report: Report) -> str:
    label = next(line.label for line in report.core if line.outcome == change.outcome)
    return f"{change.direction}: {label} ({change.outcome}): was {change.before.words}, now {change.after.words}."


def _marked(line: OutcomeLine) -> str:
    return f"{line.label} [{line.mark}]" if line.mark else line.label


def _finding(finding: Finding) -> str:
    variable = f" Variable: {printable(finding.variable)}." if finding.variable else ""
    about = f", {finding.outcome}" if finding.outcome else ""
    return f"{finding.severity}: {finding.message}{variable} ({finding.rule}{about}, at {finding.pointer or '/'})"


def _how(report: Report) -> Iterator[str]:
    for verdict in report.verdicts:
        yield f"Verdict ({verdict.name}): {_ANSWERS[verdict.answer]}."
    if report.subject.kind == "intervention":
        yield f"Red, amber or green for the whole, the worst of the {len(report.core)}: {report.rag}."
    stamps = report.stamps
    yield f"Edition {stamps.edition}, {_CHOSEN[stamps.edition_from]} (sha256 {stamps.edition_fingerprint})."
    yield f"mscos {stamps.mscos}, schemas {stamps.schema_version}, rules sha256 {stamps.rules_fingerprint}."
    yield from _inputs(stamps)
    yield f"Rules that looked: {len(report.rules_run)}."
    for why, skipped in groupby(sorted(report.rules_not_applicable, key=_why), key=_why):
        yield f"Not applicable: {_names([each.rule for each in skipped])}. {why}"
    for failed in report.rules_not_run:
        yield f"{failed.rule} could not look. {failed.why}"
    if not report.complete:
        yield "The check is not complete."
    trusted = sum(line.on_trust for line in report.there)
    if trusted:
        yield f"Reported outcomes for which only the record says that a measure fits: {trusted}."
    if report.subject.kind == "evaluation":
        yield REPORTED
    yield from LIMITS


def _names(rules: list[str]) -> str:
    """Name a few rules, and of many their number and families."""
    if len(rules) <= _FEW:
        return ", ".join(rules)
    return f"{len(rules)} rules ({', '.join(dict.fromkeys(rule.split('-')[0] for rule in rules))})"


def _why(skipped: RuleNotRun) -> str:
    return skipped.why


def _inputs(stamps: Stamps) -> Iterator[str]:
    for stamp in stamps.inputs:
        if stamp.path and stamp.sha256:
            yield f"Input: {printable(stamp.path)} ({stamp.role}, sha256 {stamp.sha256})."
        else:
            yield f"Input: a {stamp.role} built in memory, without a fingerprint."
