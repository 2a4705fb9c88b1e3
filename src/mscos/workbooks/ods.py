"""
The cells of an ODS workbook, counted, and the parts that hold them packed again.

One element can stand for a million rows or columns, and the library that reads workbooks writes them all out.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from mscos.workbooks.bounds import Bounds, Extent, Measured, TooMuch, bounded

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
"""What the first part of an ODS workbook says."""

_PARTS = ("META-INF/manifest.xml", "content.xml")
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_VALUES = tuple(f"office:{kind}" for kind in ("value", "string-value", "date-value", "time-value", "boolean-value"))
_SPACES = 1_000_000
"""Most spaces that are written as a number."""


def measured_ods(content: bytes, bounds: Bounds) -> Measured:
    """
    Pack the parts of a workbook again that hold cells, if they are within bounds.

    Raises:
        TooMuch: If they are not.
        Exception: Of many kinds, if the bytes are no ODS workbook; what they say may quote the file.
    """
    # Imported here: a table in CSV must not pay for it.
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile  # noqa: PLC0415

    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(packed, "w") as clean:
        members = [archive.getinfo(name) for name in _PARTS]
        if sum(each.file_size for each in members) > bounds.unpacked:
            raise TooMuch
        clean.writestr("mimetype", MIMETYPE)
        extents: tuple[Extent, ...] = ()
        for member in members:
            if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # others unpack without a bound
                raise ValueError
            with archive.open(member) as part:
                text = part.read(member.file_size)
            extents = _Counter(bounds).count(text)  # the manifest has no tables, but is held to the same rules
            clean.writestr(member.filename, text)
    return Measured(packed.getvalue(), extents)


class _Counter:
    """
    Counts what the library would write out: every cell up to the last of a row that holds something.

    Names are compared with their usual prefixes, as the library does.  A table, a row or a cell that stands within
    another one is refused: which of the two its cells belong to is the library's own affair.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._extents: dict[str, Extent] = {}
        self._open: list[str] = []
        self._cells = self._spaces = 0
        self._is_note = False

    def count(self, text: bytes) -> tuple[Extent, ...]:
        from xml.parsers import expat  # noqa: PLC0415

        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._parser.Parse(text, True)  # noqa: FBT003 - the parameter has no name
        return tuple(self._extents.values())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._enter(name, depth=2)
            self._cell(attributes)
        elif name == "table:table-row":
            self._enter(name, depth=1)
            self._times = _repeated(attributes, "table:number-rows-repeated")
            self._width = self._blank = self._filled = 0
        elif name == "table:table":
            self._enter(attributes["table:name"], depth=0)
            self._rows = self._last_row = self._last_column = 0
            self._is_faulty = False
        elif name == "text:s":
            self._space(int(attributes.get("text:c", "1")))
        elif name == "office:annotation":
            self._is_note = True

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self._open.pop()
            self._parser.CharacterDataHandler = None
        elif name == "table:table-row":
            self._open.pop()
            self._row()
        elif name == "table:table":
            self._table(self._open.pop())
        elif name == "office:annotation":
            self._is_note = False

    def _enter(self, name: str, depth: int) -> None:
        if len(self._open) != depth:
            raise ValueError
        self._open.append(name)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        times = _repeated(attributes, "table:number-columns-repeated")
        value = next((attributes[each] for each in _VALUES if each in attributes), None)
        is_typed = value is not None or attributes.get("office:value-type") == "string"
        # Blank cells are written out once another one follows them.
        self._width, self._blank = self._width + self._blank, times
        if is_typed or "table:formula" in attributes:
            self._width, self._blank = self._width + times, 0
            self._filled = self._width
        if not is_typed or value == "":
            self._parser.CharacterDataHandler = self._passed_over
        self._is_faulty = self._is_faulty or attributes.get("calcext:value-type") == "error"

    def _passed_over(self, text: str) -> None:
        """Notice text that the library does not take for the value of its cell."""
        self._is_faulty = self._is_faulty or bool(not self._is_note and text.strip())

    def _space(self, times: int) -> None:
        self._spaces += times
        if self._spaces > _SPACES:
            raise TooMuch

    def _row(self) -> None:
        self._rows += self._times
        if self._filled:
            self._last_row, self._last_column = self._rows, max(self._last_column, self._filled)
        self._spend(self._width)

    def _table(self, name: str) -> None:
        bounded(self._last_row, self._last_column, self._bounds)
        self._spend(self._last_row * self._last_column)
        if name in self._extents:  # the library would show the second of them twice
            raise ValueError
        self._extents[name] = Extent(self._last_row, self._last_column, self._is_faulty)

    def _spend(self, cells: int) -> None:
        """Add up the cells of all tables: the library reads every one of them."""
        self._cells += cells
        if self._cells > 2 * self._bounds.cells:
            raise TooMuch


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    times = int(attributes.get(name, "1"))
    if times < 1:
        raise ValueError
    return times


def _no_doctype(*_: object) -> None:
    raise ValueError
