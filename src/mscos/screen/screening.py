"""The screen: headers first, then cells; only places and reasons leave it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.naming import Naming, index
from mscos.identifiers import IdentifierKind, find_identifier, find_quasi_identifier, words_of
from mscos.readers.table import Table
from mscos.screen.cells import CellCounts, count_cells
from mscos.screen.patterns import PATTERNS, PatternKind

Why = IdentifierKind | PatternKind | Literal["codebook"]
"""What a column seems to hold; ``codebook`` where the codebook itself marks it as identifying."""

_PROSE: Final = 3
"""From this many cells of prose on, a column holds people's own words."""

_SHORT_LABEL: Final = 4
"""Most words of a label that is a name (``Mobile phone``) and not a question."""

_REACHES: Final = re.compile(f"{PATTERNS['email']}|{PATTERNS['phone']}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A column.

    Attributes:
        position: Its position, from 1, among those that are not excluded.
        variable: Name of its variable, in the words of the codebook; None if the codebook does not describe it.
    """

    position: int
    variable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """
    A column because of which nothing else is read.

    Attributes:
        rule: ``SAF-01`` for its header or its codebook, ``SAF-02`` for its cells.
        place: The column.
        why: What it seems to hold.
    """

    rule: Literal["SAF-01", "SAF-02"]
    place: Place
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """
    What the screen says of a table.

    Attributes:
        stops: The columns because of which nothing else is read; empty if we can go on.  Once a header stops us, no
            cell is looked at.
        free_text: Columns of people's own words, and those that nobody can look into.
        quasi: Columns that could help, with others, to pick a person out.
    """

    stops: tuple[Stop, ...]
    free_text: tuple[Place, ...]
    quasi: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with what is known of it.  It never leaves this module: its header can be somebody's name."""

    header: str
    place: Place
    variables: tuple[Variable, ...]
    marked: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Its header and its names, but for a box to tick: there the header holds an answer (``reached_by/phone``)."""
        names = tuple(variable.name for variable in self.variables)
        return names if any(variable.ticks for variable in self.variables) else (self.header, *names)


def screen(table: Table, codebook: Codebook | None) -> Screening:
    """
    Look for names and contact details, in headers and then in cells.

    Args:
        table: The table, without the columns that the caller excludes.
        codebook: The codebook; None if there is none.

    Returns:
        What may be there, as places and reasons.

    Raises:
        BrokenTable: If the rows of the table cannot be had.
    """
    # What the file says of itself can stop us too.  Its names are not shown: they may be no more than its headers.
    books = [book for book in (codebook, table.codebook) if book is not None]
    columns = tuple(_columns(table.headers, codebook, books))
    stops = tuple(_at_headers(columns))
    counts = (CellCounts(),) * len(columns) if stops else count_cells(table)
    return Screening(
        stops=stops or tuple(_at_cells(columns, counts)),
        free_text=tuple(
            column.place for column, seen in zip(columns, counts, strict=True) if _is_free_text(column, seen)
        ),
        quasi=tuple(column.place for column in columns if any(map(find_quasi_identifier, column.names))),
    )


def screen_form(codebook: Codebook) -> Screening:
    """Look for names and contact details in what a codebook asks for, before there are data."""
    names = tuple(variable.name for variable in codebook.variables)
    columns = tuple(_columns(names, codebook, (codebook,)))
    return Screening(
        stops=tuple(_at_headers(columns)),
        free_text=tuple(column.place for column in columns if any(each.free_text for each in column.variables)),
        quasi=tuple(column.place for column in columns if any(map(find_quasi_identifier, column.names))),
    )


def _columns(headers: Iterable[str], codebook: Codebook | None, books: Iterable[Codebook]) -> Iterator[_Column]:
    own = None if codebook is None else index(codebook)
    books = tuple(books)
    namings = [index(book) for book in books]
    marked = {spelling for book in books for spelling in _marked(book)}
    for position, header in enumerate(headers, 1):
        shown = None if own is None else own.find(header)
        place = Place(position=position, variable=None if shown is None else shown.name)
        variables = _found(header, namings)
        yield _Column(header, place, variables, header in marked or any(each.identifier for each in variables))


def _found(header: str, namings: Iterable[Naming]) -> tuple[Variable, ...]:
    found = (naming.find(header) for naming in namings)
    return tuple(variable for variable in found if variable is not None)


def _marked(book: Codebook) -> Iterator[str]:
    """Yield the spellings that are marked as identifying, even where another variable shares them."""
    for variable in book.variables:
        if variable.identifier:
            yield from (variable.name, *variable.columns)


def _at_headers(columns: Iterable[_Column]) -> Iterator[Stop]:
    for column in columns:
        why = _why(column)
        if why is not None:
            yield Stop(rule="SAF-01", place=column.place, why=why)


def _why(column: _Column) -> Why | None:
    labels = [each.label for each in column.variables if len(words_of(each.label)) <= _SHORT_LABEL]
    found = next(filter(None, map(find_identifier, (*column.names, *labels))), None)
    if found is not None:
        return found.why
    if _REACHES.search(column.header):
        return "contact"
    return "codebook" if column.marked else None


def _at_cells(columns: Iterable[_Column], counts: Iterable[CellCounts]) -> Iterator[Stop]:
    for column, seen in zip(columns, counts, strict=True):
        yield from (Stop(rule="SAF-02", place=column.place, why=kind) for kind in seen.kinds())


def _is_free_text(column: _Column, seen: CellCounts) -> bool:
    described = any(variable.free_text for variable in column.variables)
    return described or seen.unread or seen.prose >= _PROSE
