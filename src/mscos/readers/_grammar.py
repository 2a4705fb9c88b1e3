"""
What rows of a text table are, in regular expressions over bytes.

A cell in quotation marks begins and ends with one, and doubles those within it.  Any other cell holds none, and no
line break.  Whatever is more generous than this has two readings, and engines differ in the one they take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mscos import errors

_QUOTED = rb'"(?:[^"]++|"")*+"'
_BALANCED = re.compile(rb'(?:%s|[^"\n]++)*+\n' % _QUOTED)
"""What ends with a line break outside quotation marks, wherever those stand."""


class Grammar:
    """
    The rows of a text table.

    Attributes:
        separator: What stands between cells, one byte.
    """

    __slots__ = ("_cell", "_row", "separator")

    def __init__(self, separator: str) -> None:
        self.separator = separator
        cell = self._one_cell()
        self._cell = re.compile(cell)
        self._row = re.compile(rb"%s(?:%s%s)*+\r?\n" % (cell, separator.encode(), cell))

    def _one_cell(self) -> bytes:
        return rb'(?:%s|[^"\r\n%s]*+)' % (_QUOTED, self.separator.encode())

    def rows(self, width: int) -> re.Pattern[bytes]:
        """Give what rows of so many cells are, and blank lines among them."""
        cell = self._one_cell()
        cells = rb"(?:%s%s){%d}%s" % (cell, self.separator.encode(), width - 1, cell)
        return re.compile(rb"(?:%s\r?\n|\r?\n)*+" % cells)

    def line(self, width: int) -> str:
        """Give what a row on one line is, without its end, for an engine that never tries a second way."""
        cell = rf'(?:"(?:[^"]|"")*"|[^"\r{self.separator}]*)'
        return f"^(?:{cell}{self.separator}){{{width - 1}}}{cell}$"

    def first_rows(self, text: bytes, count: int) -> Iterator[tuple[list[str], int]]:
        """Yield the cells of the first rows that are sound, and the number of lines to the end of each."""
        end = lines = 0
        while count and (row := self._row.match(text, end)):
            end, lines, count = row.end(), lines + row[0].count(b"\n"), count - 1
            yield self._split(row[0]), lines

    def _split(self, row: bytes) -> list[str]:
        cells, end = [], -1
        while end < 0 or row.startswith(self.separator.encode(), end):
            found = self._cell.match(row, end + 1)
            assert found is not None, "the row was matched as cells before"
            cells.append(found[0])
            end = found.end()
        return [_text(cell) for cell in cells]

    def fault(self, text: bytes, lines: int) -> errors.CannotRead | None:
        """
        Say what is wrong with a row of another width than it should have.

        Args:
            text: Begins with the row.
            lines: Number of lines before it.

        Returns:
            What to raise; None if the row does not end within the text.
        """
        if whole := self._row.match(text):
            return errors.RaggedRow(errors.DATA, lines + whole[0].count(b"\n"))
        if balanced := _BALANCED.match(text):
            return errors.StrayMark(errors.DATA, lines + balanced[0].count(b"\n"))
        return None


def _text(cell: bytes) -> str:
    return (cell[1:-1].replace(b'""', b'"') if cell.startswith(b'"') else cell).decode()


def separator_of(text: bytes, separators: str) -> str:
    """
    Find what stands between the cells of a text table.

    Args:
        text: Its first bytes.  A line that is cut off is not looked at.
        separators: What it may be.

    Returns:
        What stands equally often in every line, or else most often in the first one, or else in all; outside
        quotation marks.
    """
    lines = re.sub(_QUOTED, b"", text).split(b"\n")[:-1]
    filled = [line for line in lines if line.strip(b"\r")] or [b""]

    def likely(separator: str) -> tuple[bool, int, int]:
        first, *rest = (line.count(separator.encode()) for line in filled)
        return first > 0 and {first} >= set(rest), first, first + sum(rest)

    return max(separators, key=likely)
