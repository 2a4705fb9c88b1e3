"""A report as a page: one file without script or network, for a screen, a phone, a screen reader or paper."""

from __future__ import annotations

from mscos.report import Report
from mscos.reporters.of_checks import how_it_was_checked
from mscos.reporters.of_dataset import OF_CASES, in_the_data
from mscos.reporters.of_findings import finding_lines
from mscos.reporters.of_outcomes import HEADINGS, LONGLIST, explain, named, since, title
from mscos.reporters.pages import filled
from mscos.reporters.picture import picture

_LONG = 200
"""A title of more letters is set small."""


def report(report: Report) -> str:
    """
    Write a report as HTML.

    Raises:
        MissingExtra: If jinja2 is not installed.
    """
    found = list(finding_lines(report.findings))
    values: dict[str, object] = {
        "report": report,
        "long": len(report.subject.title) > _LONG,
        "sentences": _sentences(report),
        "picture": picture(report),
        "headings": HEADINGS[report.verdict().name],
        "in_record": [line for line in found if line.in_record],
        "in_data": [line for line in found if not line.in_record],
        "explain": explain(report),
        "of_data": list(in_the_data(report)) if report.subject.record_id is not None else [],
        "since": since(report),
        "longlist_heading": LONGLIST,
        "longlist": [f"{named(line)}: {line.status.words}" for line in report.longlist],
        "how": list(how_it_was_checked(report)),
    }
    return filled("report.html", title(report), values)


def _sentences(report: Report) -> list[str]:
    others = [str(verdict.sentence) for verdict in report.verdicts[1:]]
    return [*others, OF_CASES] if report.of_cases else others
