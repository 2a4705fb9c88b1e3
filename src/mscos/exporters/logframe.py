"""The rows of a logframe as CSV or as an XLSX workbook, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from mscos._extras import needed
from mscos.logframes import COLUMNS, SHEET, shielded
from mscos.records.intervention import LogframeRow
from mscos.taxonomy import Taxonomy

_WIDTH = 28

# What no XML file can hold.
_NOT_IN_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
_EXPLAINED = ("outcome", "set", "label", "mark")


def csv_text(rows: Iterable[LogframeRow]) -> str:
    """Write rows as CSV.  What a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([shielded(cell) for cell in _cells(row)] for row in rows)
    return written.getvalue()


def csv_file(rows: Iterable[LogframeRow], _: Taxonomy) -> bytes:
    """Write rows as a CSV file.  It begins with a byte order mark: Excel takes it for another alphabet without."""
    return csv_text(rows).encode("utf-8-sig")


def xlsx_file(rows: Iterable[LogframeRow], taxonomy: Taxonomy) -> bytes:
    """
    Write rows as a workbook, with the outcomes of the edition explained in a second sheet.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    xlsxwriter = needed("xlsxwriter", "excel")
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    # The same rows give the same bytes on every day.
    workbook.set_properties({"created": datetime(2023, 1, 1, tzinfo=UTC)})
    heading = workbook.add_format({"bold": True, "text_wrap": True})
    # Text, also what people fill in; the prefix keeps a formula text when somebody edits its cell.
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
    tables = (
        (SHEET, (COLUMNS, *(_cells(row) for row in rows))),
        ("outcomes", (_EXPLAINED, *_explained(taxonomy))),
    )
    for name, table in tables:
        sheet = workbook.add_worksheet(name)
        sheet.set_column(0, len(table[0]) - 1, _WIDTH, text)
        sheet.freeze_panes(1, 0)
        for position, cells in enumerate(table):
            for column, cell in enumerate(cells):
                sheet.write_string(position, column, cell.translate(_NOT_IN_XML), text if position else heading)
    workbook.close()
    return written.getvalue()


def _cells(row: LogframeRow) -> list[str]:
    # A space parts the outcomes: no spreadsheet splits a file there.
    values = (getattr(row, name) or "" for name in COLUMNS)
    return [value if isinstance(value, str) else " ".join(value) for value in values]


def _explained(taxonomy: Taxonomy) -> Iterable[tuple[str, ...]]:
    for outcome in taxonomy.outcomes:
        yield outcome.id, "core outcome set" if outcome.is_core else "long-list", outcome.label, outcome.mark


EXPORTERS: dict[str, Callable[[Iterable[LogframeRow], Taxonomy], bytes]] = {
    ".csv": csv_file,
    ".xlsx": xlsx_file,
}
"""Every format of a logframe, by the ending of its file."""
