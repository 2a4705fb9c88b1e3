"""Rows of text as CSV, or as the sheets of a workbook, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from mscos._extras import needed

Row = Sequence[str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would take for a formula."""

_NOT_IN_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
"""What no XML file can hold."""

_WIDEST = 60
"""Widest column of a sheet, in characters."""


def csv_text(rows: Iterable[Row]) -> str:
    """Write rows as CSV.  What a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([_shielded(cell) for cell in row] for row in rows)
    return written.getvalue()


def _shielded(cell: str) -> str:
    shielded = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return shielded.replace("\r", " ")  # which would end the row


def workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """
    Write rows as the sheets of a workbook, every cell as text.

    Args:
        sheets: The rows of each sheet by its name; the first row holds the headings.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    xlsxwriter = needed("xlsxwriter", "excel")
    written = io.BytesIO()
    # Text stays text: no formula, no link and no number is made of it.
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(written, settings)
    # The same rows give the same bytes on every day.
    book.set_properties({"created": datetime(2023, 1, 1, tzinfo=UTC)})
    heading = book.add_format({"bold": True, "text_wrap": True})
    # The prefix keeps a formula text when somebody edits its cell.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(_widths(rows)):
            sheet.set_column(column, column, width)
        for position, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(position, column, cell.translate(_NOT_IN_XML), text if position else heading)
    book.close()
    return written.getvalue()


def _widths(rows: Sequence[Row]) -> list[int]:
    return [min(_WIDEST, max(len(cell) for cell in cells) + 2) for cells in zip(*rows, strict=False)]
