"""Plain text, complete without colour: what is there comes before what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mscos.report import Report
from mscos.reporters.foreign import unmarked
from mscos.reporters.of_checks import how_it_was_checked
from mscos.reporters.of_dataset import OF_CASES, in_the_data
from mscos.reporters.of_findings import finding_lines
from mscos.reporters.of_outcomes import HEADINGS, LONGLIST, explain, missing, named, since, there, title


def report(report: Report) -> str:
    """Write a report for a person, a screen reader or a log."""
    return unmarked("\n".join(_lines(report)) + "\n")


def _lines(report: Report) -> Iterator[str]:
    yield title(report)
    yield ""
    yield report.headline
    yield from (str(verdict.sentence) for verdict in report.verdicts[1:])
    if report.of_cases:
        yield OF_CASES
    above_there, above_missing = HEADINGS[report.verdict().name]
    yield from _section(above_there, (": ".join(filter(None, (named(line), there(line)))) for line in report.there))
    yield from _section(above_missing, (f"{named(line)}: {missing(line)}" for line in report.missing))
    yield from _section("Since the earlier report", since(report))
    yield from _section(LONGLIST, (f"{named(line)}: {line.status.words}" for line in report.longlist))
    if report.dataset is not None and report.subject.record_id is not None:
        yield from _section("In the data", in_the_data(report))
    yield from _section("Findings", _findings(report))
    yield from _section("How this was checked", how_it_was_checked(report))


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    said = [f"  {line}" for line in lines]
    return ["", heading, *said] if said else []


def _findings(report: Report) -> Iterator[str]:
    for line in finding_lines(report.findings):
        yield f"{line.severity}: {line.words} ({line.where})"
    yield from filter(None, [explain(report)])
