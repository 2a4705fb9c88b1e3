"""Workbooks become tables: XLSX, XLS and ODS, one sheet at a time.  Nothing in them is run or followed."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import narwhals as nw

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.codebooks.codebook import Codebook
from mscos.codebooks.hxl import ROWS, find_tag_row, hxl_codebook
from mscos.readers._content import data_content
from mscos.readers._frames import checked_headers
from mscos.readers.table import Table
from mscos.workbooks.bounds import DATA, Bounds, Extent, Measured, TooMuch
from mscos.workbooks.ods import MIMETYPE, measured_ods
from mscos.workbooks.ole import SIGNATURE
from mscos.workbooks.sheets import worksheets
from mscos.workbooks.xls import measured_xls
from mscos.workbooks.xlsx import measured_xlsx

FORMS: Final[Mapping[str, Callable[[bytes, Bounds], Measured]]] = {
    "XLSX": measured_xlsx,
    "XLS": measured_xls,
    "ODS": measured_ods,
}
"""The formats, each with the function that measures a workbook before a library is let at it."""

_ZIP = b"PK\x03\x04"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_ENDINGS = {".xlsx": "XLSX", ".xlsm": "XLSX", ".ods": "ODS"}
_MOST = f"{DATA.rows:,} rows, {DATA.columns:,} columns or {DATA.cells:,} cells in a workbook"
_CHUNK = 10_000
"""Rows that are held as Python's own text at one time."""

_LONGEST_WHOLE = 1e15
"""Below this a spreadsheet keeps every digit of a whole number."""


_Row = tuple[int, list[str]]
"""A row as a spreadsheet counts it, from 1, with its cells."""


@dataclass(frozen=True, slots=True)
class _Head:
    """
    What stands above the rows about people.

    Attributes:
        headers: The headers.
        places: Their columns, from 0.
        codebook: What a row of HXL tags says; None without one.
    """

    headers: tuple[str, ...]
    places: tuple[int, ...]
    codebook: Codebook | None


def read_workbook(path: str, *, sheet: str | None) -> Table:
    """
    Read one sheet of a workbook.

    Args:
        path: The file: XLSX, XLSM, XLS or ODS; its bytes decide which.
        sheet: Name of the sheet.  Without it, the only one that holds anything, whether it is hidden or not.

    Returns:
        The rows below the headers, as text: dates, times and durations in ISO 8601, and ``true`` or ``false``.

    Raises:
        CannotRead: If there is no table to be had.
        WhichSheet: If it is not clear which sheet is meant.
        MissingExtra: If a library that this needs is not installed.
    """
    calamine = needed("python_calamine", "excel")
    content = data_content(path)
    form = _form(content, path)
    broken = errors.BrokenTable(errors.DATA, f"an {form} workbook")
    measured = _measured(content, form)
    workbook: Any = asked(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(measured.content)), broken)
    position = _chosen(worksheets(workbook), measured.extents, sheet, broken)
    if measured.extents[position].is_faulty:
        raise errors.UnreadableCells(errors.DATA)
    opened: Any = asked(lambda: workbook.get_sheet_by_index(position), broken)
    frame, head = _frame(_rows(opened, broken))
    return Table(
        frame=nw.from_native(frame.lazy()),
        headers=head.headers,
        form=form,
        sha256=hashlib.sha256(content).hexdigest(),
        codebook=head.codebook,
    )


def _form(content: bytes, path: str) -> str:
    """Tell by its bytes which format a file is of; one that is cut off early goes by its ending."""
    found = None
    if content.startswith(SIGNATURE):
        found = "XLS" if any(name in content for name in _STREAMS) else None
        found = "XLSX" if _LOCKED in content else found
    elif content.startswith(_ZIP):
        found = "XLSX" if b"xl/workbook.xml" in content else _ENDINGS.get(Path(path).suffix.lower())
        found = "ODS" if MIMETYPE in content else found
    if found is None:
        raise errors.UnknownFormat(errors.DATA)
    return found


def _measured(content: bytes, form: str) -> Measured:
    failure: errors.CannotRead
    try:
        return FORMS[form](content, DATA)
    except TooMuch:
        failure = errors.LargeTable(errors.DATA, _MOST)
    except Exception:  # noqa: BLE001 - zip, compression and XML have an error each, and each may quote the file
        failure = errors.BrokenTable(errors.DATA, f"an {form} workbook")
    raise failure


def _chosen(
    sheets: Sequence[tuple[int, str]], extents: Sequence[Extent], wanted: str | None, broken: errors.BrokenTable
) -> int:
    """Give the position of the sheet that is named, or of the only one that holds anything."""
    names = [name for _, name in sheets]
    if not names or len(set(names)) < len(names) or sheets[-1][0] >= len(extents):
        raise broken
    if wanted is None:
        found = [position for position, _ in sheets if extents[position].rows]
    else:
        found = [position for position, name in sheets if name == wanted]
        found = found or [position for position, name in sheets if name.casefold() == wanted.casefold()]
    if wanted is None and not found:
        found = [position for position, _ in sheets][:1]
    if len(found) != 1:
        raise errors.WhichSheet(errors.DATA, len(sheets), wanted)
    return found[0]


def _rows(sheet: Any, broken: errors.BrokenTable) -> Iterator[_Row]:  # noqa: ANN401 - a type of an extra
    """Give the rows of a sheet that hold something."""
    rows = sheet.iter_rows()
    left = [""] * (sheet.start[1] if sheet.start else 0)
    number = 0
    while chunk := asked(lambda: list(islice(rows, _CHUNK)), broken):
        for number, row in enumerate(chunk, number + 1):  # noqa: B020 - counts on
            cells = [_WRITERS[type(value)](value) for value in row]
            if any(cell.strip() for cell in cells):
                yield number, left + cells


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise errors.UnreadableCells(errors.DATA)
    return str(int(value)) if value.is_integer() and abs(value) < _LONGEST_WHOLE else f"{value:.15g}"


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(value.total_seconds(), 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"PT{hours}H{minutes}M{seconds:g}S"


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    str: str,
    bool: lambda value: str(value).lower(),
    int: str,
    float: _number,
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration,
}
"""How the values of cells are written as text."""


def _frame(rows: Iterator[_Row]) -> tuple[Any, _Head]:
    """Make a frame of text of the rows below the headers."""
    pl = needed("polars", "data")
    top = list(islice(rows, ROWS))
    if not top:
        raise errors.NoHeader(errors.DATA)
    head, below = _head([cells for _, cells in top])
    schema = dict.fromkeys(head.headers, pl.String)
    kept = _below(chain(top[below:], rows), head)
    frames = []
    while chunk := list(islice(kept, _CHUNK)):
        columns = [[cell or None for cell in column] for column in zip(*chunk, strict=True)]
        frames.append(pl.DataFrame(columns, schema=schema, orient="col"))
    if not frames:
        raise errors.NoRows(errors.DATA)
    return pl.concat(frames), head


def _head(top: list[list[str]]) -> tuple[_Head, int]:
    """Find the headers, and the position of the first row below them and below their tags."""
    tag_row = find_tag_row(top)
    cells = top[max(0, (tag_row or 0) - 1)]
    places = tuple(place for place, cell in enumerate(cells) if cell.strip())
    # A stand-in, which no spreadsheet can hold, keeps the place of a column without a header; `_below` looks into it.
    stood_in = [cell if cell.strip() else f"\ufffe{place}" for place, cell in enumerate(cells[: places[-1] + 1])]
    named = checked_headers(stood_in)
    headers = tuple(named[place] for place in places)
    if tag_row is None:
        return _Head(headers, places, None), 1
    tags = [top[tag_row][place] for place in places]
    return _Head(headers, places, hxl_codebook(headers, tags)), tag_row + 1


def _below(rows: Iterable[_Row], head: _Head) -> Iterator[tuple[str, ...]]:
    """Give the cells below the headers, if no row holds others."""
    only = set(head.places)
    for number, cells in rows:
        if len(cells) > len(only):
            stray = next((place for place, cell in enumerate(cells) if place not in only and cell.strip()), None)
            if stray is not None and stray > head.places[-1]:
                raise errors.RaggedRow(errors.DATA, number)
            if stray is not None:
                raise errors.NoHeader(errors.DATA, stray + 1)
        yield tuple(cells[place] for place in head.places)
