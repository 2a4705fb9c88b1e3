"""
Sheets of an XLSX workbook become rows of text, or one of our errors.

For what a person fills in, such as a logframe or a codebook; data files have a reader of their own.
"""

from __future__ import annotations

import io
from datetime import date, time
from typing import Any

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.errors import WhichSheet
from mscos.workbooks.bounds import SMALL, TooMuch
from mscos.workbooks.xlsx import measured_xlsx

UNPACKED = SMALL.unpacked
"""Largest sum of the parts of a workbook, in bytes."""


class NotAWorkbook(errors.CannotRead):
    """The bytes are not an XLSX workbook, or one that is broken or locked."""

    why = "this is not an XLSX workbook that can be opened; save it again as XLSX, without a password"


class LargeWorkbook(errors.CannotRead):
    """The workbook holds more than we read."""

    why = (
        f"the workbook has more than {SMALL.rows:,} rows, {SMALL.columns} columns or {SMALL.unpacked:,} bytes; "
        "copy the sheet alone"
    )


def read_sheet(content: bytes, path: str, sheet: str | None, usual: str) -> list[list[str]]:
    """
    Read one sheet, from its first cell to the last that holds something.

    Args:
        content: The bytes of the workbook.
        path: The file as the caller named it.
        sheet: Name of the sheet.  Without it, the one called `usual`, or the only one.
        usual: The name that the sheet has if nobody changed it.

    Raises:
        CannotRead: If there is no workbook to be had.
        WhichSheet: If there is no such sheet, or several and none of the usual name.
        MissingExtra: If the library that reads workbooks is not installed.
    """
    workbook = _opened(content, path)
    names = _names(workbook)
    found = [name for name in names if name.casefold() == (sheet or usual).casefold()]
    if not found and sheet is None and len(names) == 1:
        found = names
    if not names:
        raise NotAWorkbook(path)
    if not found:
        raise WhichSheet(path, len(names), sheet or usual)
    named = found[0]
    table = asked(lambda: workbook.get_sheet_by_name(named).to_python(skip_empty_area=False), NotAWorkbook(path))
    return [[_text(value) for value in row] for row in table]


def sheet_names(content: bytes, path: str) -> tuple[str, ...]:
    """
    List the sheets of a workbook, in their order, hidden ones included.

    The names are the file's own text.

    Args:
        content: The bytes of the workbook.
        path: The file as the caller named it.

    Raises:
        CannotRead: If there is no workbook to be had.
        MissingExtra: If the library that reads workbooks is not installed.
    """
    return tuple(_names(_opened(content, path)))


def worksheets(workbook: Any) -> list[tuple[int, str]]:  # noqa: ANN401 - a type that only an extra installs
    """List the sheets of an opened workbook that hold cells and not a chart: the position and the name of each."""
    calamine = needed("python_calamine", "excel")
    return [
        (position, each.name)
        for position, each in enumerate(workbook.sheets_metadata)
        if each.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _names(workbook: Any) -> list[str]:  # noqa: ANN401 - a type that only an extra installs
    return [name for _, name in worksheets(workbook)]


def _opened(content: bytes, path: str) -> Any:  # noqa: ANN401 - a type that only an extra installs
    calamine = needed("python_calamine", "excel")
    packed = _measured(content, path)
    return asked(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed)), NotAWorkbook(path))


def _measured(content: bytes, path: str) -> bytes:
    """Pack the parts of a workbook again that hold text, if all of them are within bounds."""
    failure: errors.CannotRead
    try:
        return measured_xlsx(content, SMALL).content
    except TooMuch:
        failure = LargeWorkbook(path)
    except Exception:  # noqa: BLE001 - zip, compression and XML have an error each, and each may quote the file
        failure = NotAWorkbook(path)
    raise failure


def _text(value: object) -> str:
    """Write a value as a spreadsheet shows it; that of a formula is its last result."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, date | time) else str(value)
