"""
DDI Codebook 2: ``<concept vocab="MS-COS">housing</concept>`` in a variable says what it shows.

The parts of a variable that hold counts or statistics are never kept: they can be about very few people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mscos import errors
from mscos.codebooks._entries import Entry, codebook_of, token_fault
from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.tokens import Tokens, joined, read_cell, read_tokens
from mscos.errors import Fault
from mscos.missing_codes import codes_labelled_so

NAMESPACES: Final = ("", "ddi:codebook:2_5", "ddi:codebook:2_6", "http://www.icpsr.umich.edu/DDI")
"""Namespaces of the root; the last is that of the versions before 2.5, which older programs still write."""

DEPTH: Final = 64
"""Deepest nesting.  A variable's parts are at six levels, and a text in XHTML has a few more."""

_VARIABLE: Final = ("codeBook", "dataDscr", "var")
_TEXTS: Final = {("labl",), ("notes",), ("concept",), ("catgry", "catValu"), ("catgry", "labl")}
"""Parts of a variable whose text we read."""

_DOCTYPE: Final = "There is a document type here (DOCTYPE). Take it out; it can hide what the file holds."
_RANGE: Final = "a range of missing values needs a number at one end at least, and the lower one first."
_ENDS: Final = ("min", "minExclusive", "max", "maxExclusive")


class _Refused(Exception):
    """The document has what we do not read."""

    def __init__(self, failure: errors.CannotRead) -> None:
        self.failure = failure


def read_ddi(content: bytes, path: str) -> Codebook:
    """
    Read a DDI codebook.

    Args:
        content: The bytes of the file, no more of them than a codebook needs.
        path: The file as the caller named it.

    Raises:
        BadSyntax: If it is not XML.
        NotACodebook: If its root is another one.
        InvalidDocument: If a variable has no name, or one of our tokens in it cannot be read.
    """
    reader = _Reader(path)
    _parse(content, reader, path)
    return codebook_of("a DDI codebook", [_entry(found, number) for number, found in enumerate(reader.found, 1)], path)


@dataclass(slots=True)
class _Found:
    """What stands in the document about one variable."""

    name: str
    label: str = ""
    category: str = ""
    tokens: list[Tokens] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    ranges: list[tuple[float, float] | None] = field(default_factory=list)


class _Reader:
    """Follows the elements of a document and keeps what is ours, so that a large one takes no room."""

    def __init__(self, path: str) -> None:
        self.found: list[_Found] = []
        self._file = path
        self._path: list[str] = []
        self._attributes: list[Mapping[str, str]] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, word = name.rpartition(" ")
        if not self._path and (word != "codeBook" or namespace not in NAMESPACES):
            raise _Refused(errors.NotACodebook(self._file))
        if len(self._path) == DEPTH:
            raise _Refused(errors.TooDeep(self._file))
        self._path.append(word)
        self._attributes.append(attributes)
        if tuple(self._path) == _VARIABLE:
            self.found.append(_Found(name=attributes.get("name", "").strip()))
        elif self._inside() in _TEXTS:
            self._text = []

    def text(self, text: str) -> None:
        if tuple(self._path[:3]) == _VARIABLE:
            self._text.append(text)

    def end(self, _: str) -> None:
        inside, attributes = self._inside(), self._attributes[-1]
        if inside in _TEXTS:
            self._keep(inside[-1], attributes, "".join(self._text).strip())
        elif inside in {("invalrng", "item"), ("invalrng", "range")}:
            self._keep_missing(inside[-1], attributes)
        self._path.pop()
        self._attributes.pop()

    def doctype(self, *_: object) -> None:
        """Refuse entities: a few lines of them can stand for gigabytes, or for other files."""
        raise _Refused(errors.InvalidDocument(self._file, (Fault("", _DOCTYPE),)))

    def _inside(self) -> tuple[str, ...]:
        """Give the place within a variable; nothing outside of one."""
        return tuple(self._path[3:]) if tuple(self._path[:3]) == _VARIABLE else ()

    def _keep(self, part: str, attributes: Mapping[str, str], text: str) -> None:
        variable = self.found[-1]
        match part:
            case "labl" if self._inside()[0] == "catgry":
                variable.codes += codes_labelled_so([(variable.category, text)])
            case "concept" if attributes.get("vocab", "").strip().casefold() == "ms-cos":
                variable.tokens.append(read_cell(text))
            case "catValu":
                missing = self._attributes[-2].get("missing", "").upper() == "Y"
                variable.codes += [text] if missing and text else []
                variable.category = text
            case "labl":
                variable.label = variable.label or text
                variable.tokens.append(read_tokens(text))
            case _:
                variable.tokens.append(read_tokens(text))

    def _keep_missing(self, part: str, attributes: Mapping[str, str]) -> None:
        if part == "range":
            self.found[-1].ranges.append(_range(attributes))
        elif code := attributes.get("VALUE", "").strip():
            self.found[-1].codes.append(code)


def _parse(content: bytes, reader: _Reader, path: str) -> None:
    # Imported here: a codebook in CSV must not pay for it.
    from xml.parsers import expat  # noqa: PLC0415

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    failure: errors.CannotRead
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the parameter has no name
    except _Refused as refused:
        failure = refused.failure
    except (expat.ExpatError, LookupError, ValueError):  # the last two speak of encodings, in the file's own words
        failure = errors.BadSyntax(path, "XML", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
    else:
        return
    raise failure


def _range(attributes: Mapping[str, str]) -> tuple[float, float] | None:
    """Read a range, both ends included; None if it has no end, or one that is no number."""
    ends = {name: _number(attributes[name]) for name in _ENDS if name in attributes}
    low = _end(ends, "min", -math.inf)
    high = _end(ends, "max", math.inf)
    return (low, high) if ends and None not in ends.values() and low <= high else None


def _end(ends: Mapping[str, float | None], name: str, far: float) -> float:
    """Give one end of a range; one that is left out is moved by the least step, one that is not given is far away."""
    included, left_out = ends.get(name), ends.get(f"{name}Exclusive")
    if included is not None:
        return included
    return far if left_out is None else math.nextafter(left_out, -far)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _entry(found: _Found, number: int) -> Entry:
    tokens = joined(found.tokens)
    ranges = tuple(each for each in found.ranges if each)
    variable = Variable(
        name=found.name,
        label=found.label,
        annotations=tokens.annotations,
        role=tokens.role,
        missing_codes=tuple(dict.fromkeys(found.codes)),
        missing_ranges=ranges,
    )
    fault = token_fault(found.name) if tokens.faulty else None
    if len(ranges) < len(found.ranges):
        fault = Fault("/variables", f'Variable "{found.name}": {_RANGE}')
    if not found.name:
        fault = Fault("/variables", f"Variable {number} has no name. Give it one.")
    return Entry(variable, tokens.timepoints, fault)
