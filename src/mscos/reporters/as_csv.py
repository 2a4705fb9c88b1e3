"""A report as a list of what is to be mended, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from mscos.report import Report
from mscos.reporters.cells import Row, csv_text
from mscos.reporters.mending import VERDICT, mends

COLUMNS = (
    "severity",
    "rule",
    "what_it_says",
    "outcome",
    "input",
    "variable",
    "column",
    "place_in_record",
    "how_to_mend_it",
    "more",
    "timepoint",
)
"""The headings.  A column is added at the end, and none is renamed, within a major version of the schemas."""


def report(report: Report) -> str:
    """Write what is to be mended, what matters first on top."""
    return csv_text(fix_list(report))


def fix_list(report: Report) -> Iterator[Row]:
    """Give the headings and a row for each thing to mend."""
    yield COLUMNS
    for mend in mends(report):
        yield (
            mend.severity.value,
            "" if mend.rule == VERDICT else mend.rule,
            mend.message,
            mend.outcome or "",
            mend.about or "",
            mend.variable or "",
            "" if mend.column is None else str(mend.column),
            mend.pointer,
            mend.how,
            mend.more,
            mend.timepoint or "",
        )
