"""How far each outcome got, as parts of lines."""

from __future__ import annotations

from mscos.findings import Reach
from mscos.report import OutcomeChange, OutcomeLine, Report, VerdictName
from mscos.reporters.foreign import foreign
from mscos.reporters.of_dataset import shares

HEADINGS: dict[VerdictName, tuple[str, str]] = {
    "collected": ("Collected", "Not collected"),
    "reported": ("Reported", "Not reported"),
    "addressed": ("Addressed", "Not addressed"),
    "can_report": ("Can be reported", "Cannot be reported"),
}
"""What stands above the outcomes that are there by a verdict, and above those that are not."""

LONGLIST = "Also named, from the long-list (no verdict depends on these)"
"""What stands above the outcomes of the long-list."""


def title(report: Report) -> str:
    """Say what a report is about."""
    subject = report.subject
    if subject.record_id is None:
        return foreign(subject.title)
    by = f", {foreign(subject.organisation)}" if subject.organisation else ""
    return f"{foreign(subject.title)}{by} (record {subject.record_id})"


def named(line: OutcomeLine) -> str:
    """Name an outcome by its label and its identifier."""
    return f"{line.marked_label} ({line.outcome})"


def how_far(line: OutcomeLine) -> str:
    """Say how far an outcome got, by whom and why no further, as one sentence without its capital letter."""
    by = f", {foreign('; '.join(line.partners))}" if line.partners and line.there else ""
    reason = f", reason: {line.reason.replace('_', ' ')}" if line.reason and not line.there else ""
    return f"{line.status.words}{by}{reason}."


def answered(line: OutcomeLine) -> str:
    """Say how many people answered where the data alone earn the status; beside a record they have their own part."""
    return shares(line).strip() if line.status is line.collected else ""


def there(line: OutcomeLine) -> str:
    """Say of an outcome that is there how it is reached, or how many people answered."""
    if isinstance(line.status, Reach):
        return f"{how_far(line)} {line.rag.capitalize()}."
    return answered(line)


def missing(line: OutcomeLine) -> str:
    """Say of an outcome that is missing how far it got, and what to do about it."""
    return " ".join(filter(None, (how_far(line), answered(line), line.advice)))


def begun(words: str) -> str:
    """Begin words of ours with a capital letter."""
    return words[:1].upper() + words[1:]


def change(change: OutcomeChange, report: Report) -> str:
    """Say what became of an outcome since an earlier report."""
    label = next(named(line) for line in report.core if line.outcome == change.outcome)
    return f"{change.direction}: {label}: was {change.before.words}, now {change.after.words}."


def since(report: Report) -> list[str]:
    """Say what changed since an earlier report; nothing where there was none."""
    if report.since is None:
        return []
    return [change(each, report) for each in report.since] or ["Nothing changed."]


def explain(report: Report) -> str:
    """Say where more can be read about the first finding; nothing where there is none."""
    if not report.findings:
        return ""
    return f'"mscos explain {report.findings[0].rule}" says why a rule matters and how to mend it.'
