"""Sheets of text become an XLSX workbook in which nothing is run: the same sheets give the same bytes on every day."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mscos._extras import needed

_LAST = 1_048_575
"""The last row of a sheet, from 0."""


@dataclass(frozen=True, slots=True)
class Offer:
    """
    What a column offers to choose from.

    Attributes:
        source: The values, or the cells of another sheet that hold them.
        firm: Whether nothing else can be typed.
        title: What the program shows while somebody fills a cell in.
        said: The same, at more length; at most 255 characters.
    """

    source: Sequence[str] | str
    firm: bool
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A sheet of a workbook.

    Attributes:
        name: Its name.
        rows: Its rows, headings first; every cell is text.
        width: Width of its columns, in letters.
        offers: What columns offer to choose from, by position from 0.
        text: Positions of the columns in which all that is typed stays text, so that 007 does.
        first: Whether it is the one that opens.
    """

    name: str
    rows: Sequence[Sequence[str]]
    width: int = 28
    offers: Mapping[int, Offer] = field(default_factory=dict)
    text: tuple[int, ...] = ()
    first: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """
    Write a workbook without formulas and macros.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    xlsxwriter = needed("xlsxwriter", "excel")
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 1, 1, tzinfo=UTC)})
    for each in sheets:
        _write(book, each)
    book.close()
    return written.getvalue()


def _write(book: Any, sheet: Sheet) -> None:  # noqa: ANN401 - a type that only an extra installs
    there = book.add_worksheet(sheet.name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    width = max(map(len, sheet.rows))
    for column in range(width):
        there.set_column(column, column, sheet.width, text if column in sheet.text else None)
    there.freeze_panes(1, 0)
    for position, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell:
                there.write_string(position, column, cell, words if position else heading)
    for column, offer in sheet.offers.items():
        there.data_validation(1, column, _LAST, column, _validation(offer))
    if sheet.first:
        there.activate()


def _validation(offer: Offer) -> dict[str, object]:
    return {
        "validate": "list",
        "source": offer.source if isinstance(offer.source, str) else list(offer.source),
        "input_title": offer.title,
        "input_message": offer.said,
        "error_type": "stop" if offer.firm else "warning",
        "error_title": offer.title,
        "error_message": offer.said,
    }
