"""What keeps us from reading a document or a table."""

from __future__ import annotations

from dataclasses import dataclass

from mscos._printable import printable
from mscos.errors.asked import MscosError, shown


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing in a file that keeps us from reading it.

    Attributes:
        pointer: Where, as a JSON Pointer (RFC 6901).  It stops at the parent of an unknown name,
            because that name is the file's own text.
        message: What is wrong and what to write instead, without the value that is there.
        rule: The rule whose page says more.
    """

    pointer: str
    message: str
    rule: str = "STR-01"

    def __str__(self) -> str:
        return printable(f"{self.pointer or '/'}: {self.message}")


class CannotRead(MscosError, ValueError):
    """
    A file or document could not be read; nothing was checked.

    Attributes:
        path: The file as the caller named it.
    """

    why = "it could not be read"

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.why}. Nothing was checked."


class NotAPath(CannotRead):
    """What was given as a path is the text of a document; it is not shown, and `path` does not hold it."""

    why = "this is not a path; parse the text and hand in the document"


class NoSuchFile(CannotRead):
    """There is nothing at the path."""

    why = "there is no such file"


class NotAFile(CannotRead):
    """The path is a directory or something else that is not a file."""

    why = "this is not a file; name one record"


class NotPermitted(CannotRead):
    """The system refuses to open or read the file."""

    why = "the system does not let us read this file"


class EmptyFile(CannotRead):
    """The file has no content."""

    why = "the file is empty"


class BinaryFile(CannotRead):
    """The file begins as workbooks and archives do."""

    why = "this is a workbook or another binary file; a record is a text file in TOML or JSON"


class NotText(CannotRead):
    """
    The bytes are not UTF-8 text.

    Attributes:
        line: Line of the first fault, from 1; None where most of the file is not text.
    """

    def __init__(self, path: str, line: int | None = None) -> None:
        super().__init__(path)
        self.args = (path, line)
        self.line = line

    def __str__(self) -> str:
        place = "" if self.line is None else f" The first fault is in line {self.line}."
        return (
            f"{shown(self.path)}: this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8."
            f"{place} Nothing was checked."
        )


class NotARecord(CannotRead):
    """The file is neither JSON nor TOML."""

    why = "this is neither JSON nor TOML; save it as a text file whose name ends in .toml or .json"


class NotAnObject(CannotRead):
    """The document is a list or a single value where a record is an object."""

    why = "a record is an object with named fields, and this is something else"


class TooLarge(CannotRead):
    """The file is larger than any record needs."""

    def __init__(self, path: str, limit: int) -> None:
        super().__init__(path)
        self.args = (path, limit)
        self.limit = limit

    def __str__(self) -> str:
        limit = f"{self.limit:,} bytes, the limit for a record"
        return f"{shown(self.path)}: the file is larger than {limit}. Nothing was checked."


class TooDeep(CannotRead):
    """The document is nested more deeply than any record is."""

    why = "the document is nested too deeply to be a record"


class BadSyntax(CannotRead):
    """
    The text breaks the rules of its language.

    Attributes:
        language: ``JSON`` or ``TOML``.
        line: Line of the first fault, from 1; None at the end of the document.
        column: Column of the first fault, from 1; None at the end of the document.
        hint: The usual cause and what to write instead, in our own words; None if we see none.
    """

    def __init__(self, path: str, language: str, line: int | None, column: int | None, hint: str | None = None) -> None:
        super().__init__(path)
        self.args = (path, language, line, column, hint)
        self.language = language
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = "at the end of the file" if self.line is None else f"at line {self.line}, column {self.column}"
        cause = f": {self.hint}" if self.hint else ""
        return f"{shown(self.path)}: the {self.language} has a fault {place}{cause}. Nothing was checked."


class OtherKind(CannotRead):
    """
    The record is of a kind that this call does not read.

    Attributes:
        expected: The kinds that can be read here.
    """

    def __init__(self, path: str, expected: tuple[str, ...]) -> None:
        super().__init__(path)
        self.args = (path, expected)
        self.expected = expected

    def __str__(self) -> str:
        kinds = " or ".join(f'"{kind}"' for kind in self.expected)
        return f'{shown(self.path)}: the record\'s "kind" is not {kinds}. Nothing was checked.'


class InvalidDocument(CannotRead):
    """
    The document can be parsed but breaks its published schema.

    Attributes:
        faults: The faults, in the order of their places.  Where there are very many, the last one says how many
            more there are.
        number: How many faults there are in all.
    """

    def __init__(self, path: str, faults: tuple[Fault, ...], number: int | None = None) -> None:
        super().__init__(path)
        self.args = (path, faults, number)
        self.faults = faults
        self.number = len(faults) if number is None else number

    def __str__(self) -> str:
        number = "1 fault" if self.number == 1 else f"{self.number:,} faults"
        heading = f"{shown(self.path)}: {number}. Nothing was checked."
        return "\n".join((heading, *(f"  {fault}" for fault in self.faults)))
