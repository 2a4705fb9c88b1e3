"""How much of a workbook is read, and what was counted in it before a library was let at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """
    The most that a workbook may hold.

    Attributes:
        unpacked: The sum of its parts, in bytes.
        rows: The last row in which a cell can hold something.
        columns: The last column in which a cell can hold something.
        cells: Cells from the first of a sheet to the last that holds something, empty ones included: a library
            reserves memory for each of them.
    """

    unpacked: int
    rows: int
    columns: int
    cells: int


SMALL: Final = Bounds(unpacked=4 * MEBIBYTE, rows=10_000, columns=100, cells=1_000_000)
"""For what a person fills in, such as a codebook.  A logframe of a hundred rows has about 100,000 bytes."""

DATA: Final = Bounds(unpacked=512 * MEBIBYTE, rows=1_048_576, columns=16_384, cells=10_000_000)
"""For data: the height and the width of a spreadsheet, and as many cells as need about two gigabytes to read."""


@dataclass(frozen=True, slots=True)
class Extent:
    """
    How far the cells of a sheet reach.

    Attributes:
        rows: The last row in which a cell holds something; 0 for an empty sheet.
        columns: The last column in which a cell holds something.
        is_faulty: Whether a cell holds an error in place of a value, or something that would be passed over.
    """

    rows: int = 0
    columns: int = 0
    is_faulty: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """
    A workbook of which every part that a library will look at is within bounds.

    Attributes:
        content: Its bytes, without the parts that nobody looked at.
        extents: How far the cells of each sheet reach, in the order of the sheets.
    """

    content: bytes
    extents: tuple[Extent, ...]


class TooMuch(Exception):
    """A part of a workbook is larger than we read, or says so."""


def bounded(rows: int, columns: int, bounds: Bounds) -> None:
    """
    See that the cells of a sheet do not reach too far.

    Raises:
        TooMuch: If they do.
    """
    if rows > bounds.rows or columns > bounds.columns or rows * columns > bounds.cells:
        raise TooMuch
