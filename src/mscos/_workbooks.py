"""
One sheet of an XLSX workbook becomes rows of text, or one of our errors.

The library that reads workbooks reserves as much memory as counts and far-off cells ask for, and ends the process
if there is not enough.  So the parts are measured first, and only what was measured is handed on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, time
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from mscos import errors
from mscos._files import LIMIT

UNPACKED = 4 * LIMIT
"""Largest sum of the parts of a workbook, in bytes.  A logframe of a hundred rows has about 100,000."""

ROWS, COLUMNS = 10_000, 100
"""The last row and the last column in which a cell can hold something."""

_COUNT = 1_000_000
_PART = re.compile(r"(?:xl/|_rels/).*\.(?:xml|rels)|\[Content_Types\]\.xml")
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

_T = TypeVar("_T")


class MissingExtra(errors.MscosError):
    """
    A library is not there that only an extra of the package installs.

    Attributes:
        extra: The extra.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs a part that is not installed; get it with: pip install 'mscos[{self.extra}]'"


class WhichSheet(errors.MscosError, LookupError):
    """
    A workbook has several sheets, and which one is meant is not clear.

    Attributes:
        path: The file as the caller named it.
        sheets: How many sheets it has.
        wanted: The name of the sheet that is looked for.
    """

    def __init__(self, path: str, sheets: int, wanted: str) -> None:
        super().__init__(path, sheets, wanted)
        self.path = path
        self.sheets = sheets
        self.wanted = wanted

    def __str__(self) -> str:
        number = "1 sheet, and it is not" if self.sheets == 1 else f"{self.sheets} sheets, and none is"
        return (
            f"{errors.shown(self.path)}: the workbook has {number} called {errors.shown(repr(self.wanted))}; "
            "name the right one with --sheet"
        )


class NotAWorkbook(errors.CannotRead):
    """The bytes are not an XLSX workbook, or one that is broken or locked."""

    why = "this is not an XLSX workbook that can be opened; save it again as XLSX, without a password"


class LargeWorkbook(errors.CannotRead):
    """The workbook holds more than we read."""

    why = f"the workbook has more than {ROWS:,} rows, {COLUMNS} columns or {UNPACKED:,} bytes; copy the sheet alone"


class _TooMuch(Exception):
    """A part of a workbook is larger than we read, or says so."""


def needed(module: str, extra: str) -> ModuleType:
    """
    Import a module that only an extra of the package installs.

    Raises:
        MissingExtra: If it is not there.
    """
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(extra) from None


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
    calamine = needed("python_calamine", "excel")
    packed = _measured(content, path)
    workbook: Any = _asked(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed)), path)
    names = [each.name for each in workbook.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    found = [name for name in names if name.casefold() == (sheet or usual).casefold()]
    if not found and sheet is None and len(names) == 1:
        found = names
    if not names:
        raise NotAWorkbook(path)
    if not found:
        raise WhichSheet(path, len(names), sheet or usual)
    table = _asked(lambda: workbook.get_sheet_by_name(found[0]).to_python(skip_empty_area=False), path)
    return [[_text(value) for value in row] for row in table]


def _asked(question: Callable[[], _T], path: str) -> _T:
    """Ask the library; what it says of a file that it cannot read may quote the file."""
    try:
        return question()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001, S110 - a panic in compiled code is no Exception
        pass
    raise NotAWorkbook(path)


def _text(value: object) -> str:
    """Write a value as a spreadsheet shows it; that of a formula is its last result."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _measured(content: bytes, path: str) -> bytes:
    """Pack the parts of a workbook again that hold text, if all of them are within bounds."""
    failure: errors.CannotRead
    try:
        return _repacked(content)
    except _TooMuch:
        failure = LargeWorkbook(path)
    except Exception:  # noqa: BLE001 - zip, compression and XML have an error each, and each may quote the file
        failure = NotAWorkbook(path)
    raise failure


def _repacked(content: bytes) -> bytes:
    # Imported here: a table in CSV must not pay for it.
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile  # noqa: PLC0415

    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(packed, "w") as clean:
        members = [each for each in archive.infolist() if _PART.fullmatch(each.filename)]
        if sum(each.file_size for each in members) > UNPACKED:
            raise _TooMuch
        for member in members:
            if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # others unpack without a bound
                raise ValueError
            with archive.open(member) as part:
                text = part.read(member.file_size)
            _measure(text)
            clean.writestr(member.filename, text)
    return packed.getvalue()


def _measure(text: bytes) -> None:
    """Look for counts that are too high, and for cells with something in them that are too far off."""
    from xml.parsers import expat  # noqa: PLC0415

    row = column = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        match name.rpartition(" ")[2]:
            case "row":
                row, column = int(attributes.get("r", row + 1)), 0
            case "c" if "r" in attributes:
                row, column = _place(attributes["r"])
            case "c":
                column += 1
            case "v" | "is" | "f" if row > ROWS or column > COLUMNS:
                raise _TooMuch
        counts = (value for key, value in attributes.items() if key.rpartition(" ")[2] in {"count", "uniqueCount"})
        if any(int(count) > _COUNT for count in counts):
            raise _TooMuch

    def doctype(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(text, True)  # noqa: FBT003 - the parameter has no name


def _place(reference: str) -> tuple[int, int]:
    """Give the row and the column of a cell such as ``B12``, both from 1."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column
