"""Plain text, complete without colour: what is there comes before what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mscos._printable import printable
from mscos.findings import Finding, Status
from mscos.report import OutcomeChange, OutcomeLine, Report, RuleNotRun, VerdictName
from mscos.reporters.of_dataset import OF_CASES, how_it_was_read, in_the_data, shares
from mscos.stamps import Stamps

_ANSWERS = {"met": "met", "not_met": "not met", "not_given": "not given"}

_CHOSEN = {
    "record": "named by the record",
    "codebook": "named by the codebook",
    "pin": "pinned by the project; nothing else names one",
    "caller": "asked for; nothing else names one",
    "newest": "assumed: nothing names one, so the newest edition was used",
}

_FEW = 4
"""So many rules are named each; of more, their families."""

_HEADINGS: dict[VerdictName, tuple[str, str]] = {
    "collected": ("Collected", "Not collected"),
    "reported": ("Reported", "Not reported"),
    "addressed": ("Addressed", "Not addressed"),
    "can_report": ("Can be reported", "Cannot be reported"),
}

LIMITS = (
    "MS-COS, the Modern Slavery Core Outcome Set, says what to report and not how to measure it.",
    "The rules, the advice and the instrument table are this project's own.",
    "Survivors have not yet reviewed them.",
)
COLLECTED = "Collected means that people answered at the start and later. It does not mean that anything is reported."
REPORTED = "Reported means that a result can be read, good or bad. It does not mean that people are better off."
"""What a reader must know before trusting a report."""


def report(report: Report) -> str:
    """Write a report for a person, a screen reader or a log."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield _title(report)
    yield ""
    yield report.headline
    yield from (str(verdict.sentence) for verdict in report.verdicts[1:])
    if report.of_cases:
        yield OF_CASES
    there, missing = _HEADINGS[report.verdict().name]
    yield from _section(there, [f"  {_there(line)}" for line in report.there])
    yield from _section(missing, [f"  {_missing(line)}" for line in report.missing])
    if report.since is not None:
        yield from _section(
            "Since the earlier report",
            [f"  {_change(each, report)}" for each in report.since] or ["  Nothing changed."],
        )
    yield from _section(
        "Also named, from the long-list (no verdict depends on these)",
        [f"  {_marked(line)} ({line.outcome}): {line.status.words}" for line in report.longlist],
    )
    if report.dataset is not None and report.subject.record_id is not None:
        yield from _section("In the data", [f"  {line}" for line in in_the_data(report)])
    yield from _section("Findings", [f"  {line}" for line in _findings(report.findings)])
    if report.findings:
        yield f'  "mscos explain {report.findings[0].rule}" says why a rule matters and how to mend it.'
    yield from _section("How this was checked", [f"  {line}" for line in _how(report)])


def _title(report: Report) -> str:
    subject = report.subject
    if subject.record_id is None:
        return subject.title
    by = f", {printable(subject.organisation)}" if subject.organisation else ""
    return f"{printable(subject.title)}{by} (record {subject.record_id})"


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, *lines] if lines else []


def _there(line: OutcomeLine) -> str:
    if isinstance(line.status, Status):
        return f"{line.label} ({line.outcome}){f':{_shares(line)}' if _shares(line) else ''}"
    by = f", {printable('; '.join(line.partners))}" if line.partners else ""
    return f"{line.label} ({line.outcome}): {line.status.words}{by}. {line.rag.capitalize()}."


def _missing(line: OutcomeLine) -> str:
    reason = f", reason: {line.reason.replace('_', ' ')}" if line.reason else ""
    said = f"{line.label} ({line.outcome}): {line.status.words}{reason}."
    return " ".join(filter(None, (f"{said}{_shares(line)}", line.advice)))


def _shares(line: OutcomeLine) -> str:
    """Say how many people answered where the data alone earn the status; beside a record they have their own part."""
    return shares(line) if line.status is line.collected else ""


def _change(change: OutcomeChange, report: Report) -> str:
    label = next(line.label for line in report.core if line.outcome == change.outcome)
    return f"{change.direction}: {label} ({change.outcome}): was {change.before.words}, now {change.after.words}."


def _marked(line: OutcomeLine) -> str:
    return f"{line.label} [{line.mark}]" if line.mark else line.label


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Write findings; what is said of several variables of a dataset is said once."""
    for (said, _), alike in groupby(findings, key=lambda finding: (_said(finding), finding.about)):
        same = list(alike)
        if same[0].about in {"record", "logframe"}:
            yield from map(_in_record, same)
        else:
            yield f"{said}{_named(same)} ({same[0].rule}{_about(same[0])}, in the {same[0].about})"


def _said(finding: Finding) -> str:
    return f"{finding.severity}: {finding.message}"


def _in_record(finding: Finding) -> str:
    variable = f" Variable: {printable(finding.variable)}." if finding.variable else ""
    of = " of the logframe" if finding.about == "logframe" else ""
    return f"{_said(finding)}{variable} ({finding.rule}{_about(finding)}, at {finding.pointer or '/'}{of})"


def _about(finding: Finding) -> str:
    return f", {finding.outcome}" if finding.outcome else ""


def _named(same: Sequence[Finding]) -> str:
    variables = list(dict.fromkeys(printable(each.variable) for each in same if each.variable))
    columns = [str(each.column) for each in same if each.column is not None]
    said = [
        f" {word}{'' if len(names) == 1 else 's'}: {', '.join(names)}."
        for word, names in (("Variable", variables), ("Column", columns))
        if names
    ]
    return "".join(said)


def _how(report: Report) -> Iterator[str]:
    for verdict in report.verdicts:
        yield f"Verdict ({verdict.name.replace('_', ' ')}): {_ANSWERS[verdict.answer]}."
    if report.subject.kind == "intervention":
        yield f"Red, amber or green for the whole, the worst of the {len(report.core)}: {report.rag}."
    stamps = report.stamps
    yield f"Edition {stamps.edition}, {_CHOSEN[stamps.edition_from]} (sha256 {stamps.edition_fingerprint})."
    yield f"mscos {stamps.mscos}, schemas {stamps.schema_version}, rules sha256 {stamps.rules_fingerprint}."
    yield from _inputs(stamps)
    if report.dataset is not None:
        yield from how_it_was_read(report.dataset)
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
    if report.dataset is not None:
        yield COLLECTED
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
        name = printable(stamp.path) if stamp.path else f"the {stamp.role}"
        if stamp.sha256:
            yield f"Input: {name} ({stamp.role}, sha256 {stamp.sha256})."
        else:
            yield f"Input: a {stamp.role} built in memory, without a fingerprint."
