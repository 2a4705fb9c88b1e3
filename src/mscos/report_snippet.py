"""A report as a notebook shows it: the sentence, a line for each core outcome, and how much there is to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mscos._snippet import snippet
from mscos.findings import Severity
from mscos.report import OutcomeLine, Report
from mscos.status_words import words_of


def in_notebook(report: Report) -> str:
    """Write a report as a part of a page."""
    columns = ("Outcome", "How far it got", *(["Colour"] if report.coloured else []), "What to do")
    sentences = (report.headline, *(str(verdict.sentence) for verdict in report.verdicts[1:]))
    rows = (_row(line, report) for line in report.core)
    return snippet(_title(report), sentences, columns=columns, rows=rows, notes=_notes(report))


def _title(report: Report) -> str:
    identifier = report.subject.record_id
    return f"{report.subject.title} (record {identifier})" if identifier else report.subject.title


def _row(line: OutcomeLine, report: Report) -> tuple[str, ...]:
    verdict = report.verdict().name
    colour = [line.rag.value] if report.coloured else []
    return f"{line.marked_label} ({line.outcome})", words_of(line.reached(verdict), verdict), *colour, line.advice or ""


def _notes(report: Report) -> Iterator[str]:
    found = Counter(finding.severity for finding in report.findings)
    counts = ", ".join(f"{severity.value}: {found[severity]}" for severity in Severity if found[severity])
    yield f"Findings: {counts}." if counts else "Findings: none."
    if not report.complete:
        yield "The check is not complete."
