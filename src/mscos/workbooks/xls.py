"""
The cells of an XLS workbook (BIFF 5 and 8, Excel 5 to 2003), counted, and the records that hold them packed again.

The library that reads workbooks reserves as much memory as these records ask for, and reads formulas and drawings
that nobody asked for.  So only what was counted is handed on, in a container of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import pack, unpack_from
from typing import Final

from mscos.workbooks.bounds import Bounds, Extent, Measured, TooMuch, bounded
from mscos.workbooks.ole import packed_stream, stream_of

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_BOUND_SHEET, _STRINGS, _LOCKED = 0x0085, 0x00FC, 0x002F
_FORMULA, _FORMULA_TEXT, _TRUTH_OR_ERROR, _MANY_NUMBERS, _RICH_TEXT = 0x0006, 0x0207, 0x0205, 0x00BD, 0x00D6
_ONE_CELL = {0x0203, 0x0204, 0x027E, 0x00FD}
"""A number, a text, a short number, and a text from the list of texts."""

_OF_THE_WORKBOOK = {_BOF, 0x0042, 0x0022, 0x041E, 0x00E0, _BOUND_SHEET, _STRINGS, _EOF}
"""Its beginning, code page, origin of dates, formats of numbers, styles, sheets, list of texts, and end."""

_WORKSHEET = 0
_SHORTEST_TEXT: Final = 3
_ERROR = b"\x02"

_Record = tuple[int, bytes]


def measured_xls(content: bytes, bounds: Bounds) -> Measured:
    """
    Pack the records of a workbook again that hold cells, if they are within bounds.

    Raises:
        TooMuch: If they are not.
        Exception: Of many kinds, if the bytes are no XLS workbook.
    """
    stream = stream_of(content, ("Workbook", "Book"))
    workbook = list(_of_the_workbook(stream))
    sheets = [_sheet(stream, data, bounds) for kind, data in workbook if kind == _BOUND_SHEET]
    if sum(each.extent.rows * each.extent.columns for each in sheets) > bounds.cells:
        raise TooMuch  # the library reads every sheet
    return Measured(packed_stream("Workbook", _joined(workbook, sheets)), tuple(each.extent for each in sheets))


@dataclass(frozen=True, slots=True)
class _Sheet:
    records: bytes
    extent: Extent


def _joined(workbook: list[_Record], sheets: list[_Sheet]) -> bytes:
    """Put the records of the workbook and of its sheets one behind the other, and say where each sheet begins."""
    place = sum(4 + len(data) for _, data in workbook)
    parts: list[bytes] = []
    remaining = iter(sheets)
    for kind, data in workbook:
        if kind == _BOUND_SHEET:
            parts.append(_packed(kind, pack("<I", place) + data[4:]))
            place += len(next(remaining).records)
        else:
            parts.append(_packed(kind, data))
    return b"".join([*parts, *(each.records for each in sheets)])


def _packed(kind: int, data: bytes) -> bytes:
    return pack("<HH", kind, len(data)) + data


def _records(stream: bytes, place: int) -> Iterator[_Record]:
    """Give the records of the part of a stream that begins at a place, to its end and without parts within it."""
    depth = 0
    while True:
        kind, length = unpack_from("<HH", stream, place)
        data = stream[place + 4 : place + 4 + length]
        if depth == 0 and kind != _BOF:
            raise ValueError
        before, depth = depth, depth + (kind == _BOF) - (kind == _EOF)
        if max(before, depth) == 1:
            yield kind, data
        if depth == 0:
            return
        place += 4 + length


def _of_the_workbook(stream: bytes) -> Iterator[_Record]:
    for kind, data in _records(stream, 0):
        if kind == _LOCKED:
            raise ValueError
        if kind == _STRINGS and unpack_from("<I", data, 4)[0] * _SHORTEST_TEXT > len(stream):
            raise TooMuch
        if kind != _CONTINUE:  # which belongs to the record before it
            is_needed = kind in _OF_THE_WORKBOOK
        if is_needed:
            yield kind, data


def _sheet(stream: bytes, bound_sheet: bytes, bounds: Bounds) -> _Sheet:
    place, _, kind = unpack_from("<IBB", bound_sheet)
    if kind != _WORKSHEET:
        return _Sheet(_packed(_BOF, b"\x00\x06\x10\x00") + _packed(_EOF, b""), Extent())
    kept: list[bytes] = []
    rows = columns = before = 0
    is_faulty = False
    for kind, data in _records(stream, place):
        if reach := _reach(kind, data):
            rows, columns = max(rows, reach[0]), max(columns, reach[1])
        # The library cuts a text off that a formula gave and that goes on in a second record.
        if _holds_error(kind, data) or (kind == _CONTINUE and before == _FORMULA_TEXT):
            is_faulty = True
        elif reach or kind in {_BOF, _EOF, _FORMULA_TEXT}:
            # What a formula is made of is never looked at.
            kept.append(_packed(kind, data[:20] + b"\0\0" if kind == _FORMULA else data))
        before = kind
    bounded(rows, columns, bounds)
    return _Sheet(b"".join(kept), Extent(rows, columns, is_faulty))


def _reach(kind: int, data: bytes) -> tuple[int, int] | None:
    """Give the row and the last column that a record fills, both from 1; None for one that holds no cell."""
    if kind in {*_ONE_CELL, _FORMULA, _TRUTH_OR_ERROR, _RICH_TEXT}:
        row, column = unpack_from("<HH", data)
        return row + 1, column + 1
    if kind == _MANY_NUMBERS:
        (row,), (column,) = unpack_from("<H", data), unpack_from("<H", data, len(data) - 2)
        return row + 1, column + 1
    return None


def _holds_error(kind: int, data: bytes) -> bool:
    """Tell whether a record holds an error in place of a value, or a text that the library passes over."""
    if kind == _FORMULA:
        return data[12:14] == b"\xff\xff" and data[6:7] == _ERROR
    return kind == _RICH_TEXT or (kind == _TRUTH_OR_ERROR and data[7:8] != b"\0")
