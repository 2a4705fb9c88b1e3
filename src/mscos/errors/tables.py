"""
What keeps us from reading a data file.

The name of a data file can be that of a person, so an error about one calls it `DATA`.
"""

from __future__ import annotations

from mscos._printable import printable
from mscos.errors.asked import MscosError, shown
from mscos.errors.documents import CannotRead

DATA = "the data file"
"""What stands for the name of a data file in everything that is printed."""


class UnknownFormat(CannotRead):
    """The bytes are of no format that we read as a table."""

    why = "this is no table that we can read; save it as CSV, XLSX, ODS, Parquet, JSON, SPSS or Stata"


class BrokenTable(CannotRead):
    """The file is of a known format and is broken: cut off, locked or not readable in part."""

    def __init__(self, path: str, form: str) -> None:
        super().__init__(path)
        self.args = (path, form)
        self.form = form

    def __str__(self) -> str:
        return f"{shown(self.path)}: it cannot be read as {self.form} to its end; save it again. Nothing was checked."


class NoHeader(CannotRead):
    """The table has no row of headers, or a column has none."""

    def __init__(self, path: str, column: int | None = None) -> None:
        super().__init__(path)
        self.args = (path, column)
        self.column = column

    def __str__(self) -> str:
        what = "the first row holds no headers" if self.column is None else f"column {self.column} has no header"
        return f"{shown(self.path)}: {what}. Nothing was checked."


class RepeatedHeader(CannotRead):
    """
    Two columns share a header, so that a codebook cannot tell them apart.

    Attributes:
        first: Position of the first of them, from 1.
        second: Position of the second.
    """

    def __init__(self, path: str, first: int, second: int) -> None:
        super().__init__(path)
        self.args = (path, first, second)
        self.first = first
        self.second = second

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: columns {self.first} and {self.second} have the same header; rename one. "
            "Nothing was checked."
        )


class RaggedRow(CannotRead):
    """
    A row has more or fewer cells than there are headers, or the file ends within a row.

    Attributes:
        line: Line of the file on which the first such row ends, from 1; None where it is not known.
    """

    def __init__(self, path: str, line: int | None = None) -> None:
        super().__init__(path)
        self.args = (path, line)
        self.line = line

    def __str__(self) -> str:
        place = "a row" if self.line is None else f"the row on line {self.line:,}"
        return (
            f"{shown(self.path)}: {place} has more or fewer cells than there are headers, or the file ends within it. "
            "Mend it, or save the file again. Nothing was checked."
        )


class UnreadableCells(CannotRead):
    """Cells of a workbook hold a fault in place of a value, such as a reference that leads nowhere."""

    why = "some cells hold an error of the spreadsheet in place of a value; mend them"


class NoRows(CannotRead):
    """The table has headers and no row."""

    why = "the table has headers and no rows"


class LargeTable(CannotRead):
    """The file holds more than we read of its format."""

    def __init__(self, path: str, limit: str) -> None:
        super().__init__(path)
        self.args = (path, limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"{shown(self.path)}: it has more than {self.limit}; save it as CSV or Parquet. Nothing was checked."


class NotACodebook(CannotRead):
    """The file is of no format that we read as a codebook."""

    why = "this is no codebook that we know; see the page on codebooks for those that are"


class SeveralCodebooks(CannotRead):
    """More than one column of a codebook could hold the names of variables, or the outcomes."""

    why = "more than one column could hold the names or the outcomes; keep one of each"


class HoldsIdentifiers(MscosError, ValueError):
    """
    The data seem to hold names, contact details or other marks of a person, so nothing was checked.

    Attributes:
        stops: For each column the rule that stopped, why, its position from 1, and its name if a codebook
            describes it.
    """

    def __init__(self, stops: tuple[tuple[str, str, int, str | None], ...]) -> None:
        super().__init__(stops)
        self.stops = stops

    def __str__(self) -> str:
        said = "seems to hold names, contact details or other marks of a person. Nothing else was read."
        lines = [f"{DATA} {said} Take these columns out, or leave them out with --exclude:"]
        for rule, why, position, variable in self.stops:
            name = "" if variable is None else f" ({printable(variable)})"
            lines.append(f"  column {position}{name}: {why.replace('_', ' ')} ({rule})")
        return "\n".join(lines)


class UnusableHeader(CannotRead):
    """
    A header is no text, or one that engines take for a pattern: it would stand for other columns too.

    Attributes:
        column: Position of the column, from 1.
    """

    def __init__(self, path: str, column: int) -> None:
        super().__init__(path)
        self.args = (path, column)
        self.column = column

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: the header of column {self.column} is no text, or it is a pattern such as * "
            "or ^a$; rename it. Nothing was checked."
        )


class NestedCells(BrokenTable):
    """Cells hold lists, groups or bytes in place of single values."""

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: some cells hold a list, a group or bytes; give each value a column of its "
            "own. Nothing was checked."
        )


class StrayMark(CannotRead):
    """
    A quotation mark, or half of a line break, stands where none can be.

    Attributes:
        line: Line of the file on which that row ends, from 1.
    """

    def __init__(self, path: str, line: int) -> None:
        super().__init__(path)
        self.args = (path, line)
        self.line = line

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: the row on line {self.line:,} has a quotation mark in the middle of a cell, "
            "or half of a line break. Mend it, or save the file again. Nothing was checked."
        )


class CouldNotCount(CannotRead):
    """The library that holds the rows failed while they were counted; what it said is not passed on."""

    why = "the library that holds the rows could not count them"
