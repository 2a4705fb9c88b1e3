"""A report as Markdown, for the appendix of a report or for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mscos.report import OutcomeLine, Report
from mscos.reporters.markdown import bullets, heading, table, text
from mscos.reporters.of_checks import how_it_was_checked
from mscos.reporters.of_dataset import OF_CASES, in_the_data
from mscos.reporters.of_findings import FindingLine, finding_lines
from mscos.reporters.of_outcomes import (
    HEADINGS,
    LONGLIST,
    answered,
    begun,
    explain,
    how_far,
    named,
    since,
    title,
)


def report(report: Report) -> str:
    """Write a report as GitHub-flavoured Markdown."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from heading(1, title(report))
    yield from (f"**{text(report.headline)}**", "")
    for verdict in report.verdicts[1:]:
        yield from (text(str(verdict.sentence)), "")
    if report.of_cases:
        yield from (text(OF_CASES), "")
    above_there, above_missing = HEADINGS[report.verdict().name]
    yield from _outcomes(above_there, report, report.there)
    yield from _outcomes(f"{above_missing}: what to add", report, report.missing)
    found = list(finding_lines(report.findings))
    yield from _findings("Findings: what to mend in the record", [line for line in found if line.in_record])
    yield from _findings("Findings: problems in the data", [line for line in found if not line.in_record])
    if found:
        yield from (text(explain(report)), "")
    if report.dataset is not None and report.subject.record_id is not None:
        yield from _section("In the data", in_the_data(report))
    yield from _section("Since the earlier report", since(report))
    yield from _section(LONGLIST, (f"{named(line)}: {line.status.words}" for line in report.longlist))
    yield from _section("How this was checked", how_it_was_checked(report))


def _section(above: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield from heading(2, above)
        yield from bullets(listed)


def _outcomes(above: str, report: Report, lines: Sequence[OutcomeLine]) -> Iterator[str]:
    """Write outcomes as a table, without the columns in which no outcome has anything."""
    if not lines:
        return
    can_be = above == HEADINGS["can_report"][0]  # the heading says it all
    columns: dict[str, list[str]] = {
        "Outcome": [named(line) for line in lines],
        "How far it got": ["" if can_be else begun(how_far(line)) for line in lines],
        "Colour": [line.rag.value if report.coloured else "" for line in lines],
        "People who answered": [answered(line) for line in lines],
        "What to do": [line.advice or "" for line in lines],
    }
    shown = {column: cells for column, cells in columns.items() if any(cells)}
    yield from heading(2, above)
    yield from table(list(shown), zip(*shown.values(), strict=True))


def _findings(above: str, lines: Sequence[FindingLine]) -> Iterator[str]:
    if lines:
        yield from heading(2, above)
        yield from table(
            ("Severity", "What it says", "Where"), ((line.severity, line.words, line.where) for line in lines)
        )
