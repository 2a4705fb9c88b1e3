"""Names of columns that identify people: the packaged list, and how a header is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from mscos._package_data import read_bytes
from mscos._record import Line, Many, Record, Slug, Text
from mscos.reference import Basis

Matching = Literal["exact", "words"]
"""
How a header is held against an entry.

``exact``: the header says nothing else, apart from fillers such as ``client`` or ``baseline``.
``words``: its words stand anywhere in the header, unless the header only asks about the detail (``email_consent``).
"""

IdentifierKind = Literal[
    "name", "contact", "address", "birth_date", "reference_number", "location", "online", "likeness", "case_notes"
]
"""What a column holds that identifies a person."""

_LONGEST = 6
"""Most words of a header that can be the words of one entry: ``d.o.b.`` has three, and the longest entry five."""

_SHORTEST_FILLER = 4
"""Fewest letters of a filler that is looked for at the beginning of a word, as in ``clientname``."""

# Between a small letter and a capital, and before the last of several capitals: ``prsFirstName``, ``NHSNumber``.
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W\d_]+")


class SourceOfNames(Record):
    """Where names of columns come from."""

    id: Slug
    """Identifier, for the entries."""

    title: Line
    """What it is."""

    url: Line | None = None
    """Where it is; None for this project's own list."""

    basis: Basis
    """How sure its entries are."""


class Identifier(Record):
    """Words in a header that say that the column identifies people."""

    words: Line
    """The words, in lower case, with single spaces."""

    match: Matching
    """How a header is held against them."""

    why: IdentifierKind
    """What such a column holds."""

    source: Slug
    """Identifier of the source."""

    basis: Basis
    """How sure this is."""


class QuasiIdentifier(Record):
    """Words in a header that say that the column, with others, could help to pick a person out."""

    words: Line
    """The words, in lower case, with single spaces."""

    match: Matching
    """How a header is held against them."""

    source: Slug
    """Identifier of the source."""

    basis: Basis
    """How sure this is."""


class Identifiers(Record):
    """The list of names of columns that identify people."""

    note: Text
    """What the list is, and is not."""

    sources: Many[SourceOfNames]
    """Where the entries come from."""

    identifiers: Many[Identifier]
    """Direct identifiers."""

    quasi: Many[QuasiIdentifier]
    """Quasi-identifiers."""

    named_things: Many[Line]
    """Things that have names and are not people: ``program_name`` names no person."""

    harmless: Many[Line]
    """Words that hold those of a direct identifier and mean something else, such as a mobile home."""

    openings: Many[Line]
    """Words at the beginning of a header that make it a question about a detail: ``has_email``."""

    endings: Many[Line]
    """Words at the end of a header that do the same: ``email_consent``."""

    fillers: Many[Line]
    """Words that say whose or when, and not what."""


@cache
def load_identifiers() -> Identifiers:
    """Load the list of names of columns that identify people.  The same object each time; it is immutable."""
    return Identifiers.model_validate_json(read_bytes("reference/identifiers.json"))


def find_identifier(header: str) -> Identifier | None:
    """
    Find the entry that says that a column identifies people.

    Case, punctuation, digits and the way in which words are joined do not matter.

    Args:
        header: A header, or the name or a short label of a variable.

    Returns:
        The entry, or None.  A column without an entry can still identify people.
    """
    return _direct().find(header)


def find_quasi_identifier(header: str) -> QuasiIdentifier | None:
    """
    Find the entry that says that a column could help to pick a person out.

    Args:
        header: A header.
    """
    return _quasi().find(header)


def words_of(header: str) -> tuple[str, ...]:
    """Split a header into its words, in lower case and without digits."""
    return tuple(word.casefold() for word in _WORD.findall(_JOINT.sub(" ", header)))


_Entry = TypeVar("_Entry", Identifier, QuasiIdentifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index(Generic[_Entry]):
    """Entries by their words, written together, with what makes a header harmless."""

    exact: Mapping[str, _Entry]
    anywhere: Mapping[str, _Entry]
    harmless: frozenset[str] = frozenset()
    openings: tuple[tuple[str, ...], ...] = ()
    endings: frozenset[str] = frozenset()

    def find(self, header: str) -> _Entry | None:
        words = tuple(part for word in words_of(header) for part in self._parts(word))
        said = _without_fillers(words)
        found = _at(self.exact, words) or _at(self.exact, said)
        return found or (None if self._is_about(words, said) else self._within(words))

    def _is_about(self, words: tuple[str, ...], said: tuple[str, ...]) -> bool:
        """Tell whether a header asks about a detail, such as whether there is one, and not for the detail."""
        opens = any(words[: len(opening)] == opening for opening in self.openings)
        return opens or _is_in(self.endings, said[-1:])

    def _within(self, words: tuple[str, ...]) -> _Entry | None:
        harmless = [run for run in _runs(words) if _is_in(self.harmless, words[run[0] : run[1]])]
        for start, end in _runs(words):
            found = _at(self.anywhere, words[start:end])
            if found and not any(first <= start and end <= last for first, last in harmless):
                return found
        return None

    def _parts(self, word: str) -> tuple[str, ...]:
        """Split a word such as ``clientname``."""
        for filler in _fillers():
            rest = word.removeprefix(filler)
            if len(filler) >= _SHORTEST_FILLER and rest != word and self._knows(rest):
                return filler, rest
        return (word,)

    def _knows(self, word: str) -> bool:
        return word in self.exact or word in self.anywhere


@cache
def _direct() -> _Index[Identifier]:
    names = load_identifiers()
    shapes = ("{} name", "name of {}", "name of the {}")
    named = [shape.format(thing) for shape in shapes for thing in names.named_things]
    return _Index(
        exact=_of_kind("exact", names.identifiers),
        anywhere=_of_kind("words", names.identifiers),
        harmless=frozenset(map(_glued, (*names.harmless, *named))),
        openings=tuple(tuple(opening.split()) for opening in names.openings),
        endings=frozenset(names.endings),
    )


@cache
def _quasi() -> _Index[QuasiIdentifier]:
    names = load_identifiers()
    return _Index(exact=_of_kind("exact", names.quasi), anywhere=_of_kind("words", names.quasi))


def _of_kind(kind: Matching, entries: Iterable[_Entry]) -> dict[str, _Entry]:
    return {_glued(entry.words): entry for entry in entries if entry.match == kind}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(load_identifiers().fillers)


def _glued(phrase: str) -> str:
    """Write a phrase without its spaces, so that ``post code`` and ``postcode`` are one."""
    return phrase.replace(" ", "")


def _at(table: Mapping[str, _Entry], words: tuple[str, ...]) -> _Entry | None:
    """Look words up as they are, or in the singular."""
    glued = "".join(words)
    return table.get(glued) or table.get(glued.removesuffix("s"))


def _is_in(phrases: frozenset[str], words: tuple[str, ...]) -> bool:
    glued = "".join(words)
    return glued in phrases or glued.removesuffix("s") in phrases


def _runs(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of every run of words, the longest first: an IP address is no postal address."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        yield from ((start, start + length) for start in range(len(words) - length + 1))


def _without_fillers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what stands at both ends and says only whose or when."""
    said = [index for index, word in enumerate(words) if word not in _fillers()]
    return words[said[0] : said[-1] + 1] if said else ()
