"""Bytes of a codebook become rows of text with headings, or one of our errors."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mscos import errors
from mscos._files import why_not_opened
from mscos.codebooks._entries import refusal, row_fault
from mscos.errors import Fault

LIMIT = 8 * 1024 * 1024
"""Largest codebook, in bytes.  A REDCap dictionary of 1,000 variables has about 300,000."""

_SEPARATORS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LargeCodebook(errors.CannotRead):
    """The file is larger than any codebook needs."""

    why = f"the file is larger than {LIMIT:,} bytes, the limit for a codebook"


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row below the headings.

    Attributes:
        number: Its number as a spreadsheet counts, from 1.
        cells: What stands in it, by heading.
    """

    number: int
    cells: Mapping[str, str]

    def cell(self, heading: str) -> str:
        """Give what stands below a heading, without spaces around it; nothing where there is no such heading."""
        return self.cells.get(heading, "").strip()


def read_bytes(path: str) -> bytes:
    """
    Read the bytes of a codebook.

    Raises:
        CannotRead: If there are none, or too many.
    """
    failure: errors.CannotRead | None = None
    content = b""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        failure = why_not_opened(path, error)
    if failure is not None:
        raise failure
    if len(content) > LIMIT:
        raise LargeCodebook(path)
    if not content.strip():
        raise errors.EmptyFile(path)
    return content


def decoded(content: bytes, path: str) -> str:
    """
    Read bytes as text: UTF-8, UTF-16 with its mark, or else Windows-1252, in which older programs save CSV.

    Raises:
        NotText: If they are none of these.
    """
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise errors.NotText(path)


def rows_of(text: str, path: str) -> list[list[str]]:
    """
    Split CSV into rows, at comma, semicolon or tab as its first line that has one does.

    Raises:
        InvalidDocument: If a row is broken.
    """
    first = next((line for line in io.StringIO(text) if any(mark in line for mark in _SEPARATORS)), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first.count), strict=True)
    rows: list[list[str]] = []
    nothing: list[str] = []  # one for all, for a file can be nothing but ends of lines
    try:
        rows.extend(cells or nothing for cells in reader)
    except csv.Error:
        pass
    else:
        return rows
    said = f"The row that ends in line {reader.line_num} is broken. Look at its quotation marks."
    raise errors.InvalidDocument(path, (Fault("", said),))


def heading_of(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give the headings of a table, in lower case and with single spaces; none for a table without any row."""
    first = next((cells for cells in rows if any(cell.strip() for cell in cells)), ())
    return tuple(re.sub(r"\s+", " ", cell).strip().casefold() for cell in first)


def below_heading(
    rows: Sequence[Sequence[str]], headings: Sequence[str], path: str, known: Collection[str]
) -> tuple[Row, ...]:
    """
    Give the rows below the headings that have something in them.

    Args:
        rows: The table.
        headings: Its headings, one for each column, as we call them.
        path: The file as the caller named it.
        known: The headings that we read; each can stand once.

    Raises:
        InvalidDocument: If a heading that we read stands twice, or a row has more cells than there are headings.
    """
    filled = [(number, cells) for number, cells in enumerate(rows, 1) if any(cell.strip() for cell in cells)]
    faults = [*repeated_headings(headings, known), *_too_long(filled, len(headings))]
    if faults:
        raise refusal(path, faults)
    return tuple(Row(number, dict(zip(headings, cells, strict=False))) for number, cells in filled[1:])


def repeated_headings(headings: Sequence[str], known: Collection[str]) -> Iterator[Fault]:
    """Find the headings among those that we read that stand over two columns."""
    for place, heading in enumerate(headings):
        if heading in known and heading in headings[:place]:
            first = headings.index(heading)
            said = f"Columns {first + 1} and {place + 1} have the same heading. Keep one."
            yield Fault(f"/heading/{place}", said)


def _too_long(filled: Sequence[tuple[int, Sequence[str]]], width: int) -> Iterator[Fault]:
    for number, cells in filled:
        if any(cell.strip() for cell in cells[width:]):
            yield row_fault(number, "This row has more cells than there are headings.")
