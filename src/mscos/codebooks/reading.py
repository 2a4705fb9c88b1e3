"""A file becomes a codebook: what stands in it decides the dialect."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from mscos import errors
from mscos._files import as_document, parse_json, read_document
from mscos.codebooks._entries import refusal
from mscos.codebooks._tables import Row, below_heading, decoded, heading_of, read_bytes, rows_of
from mscos.codebooks.codebook import Codebook
from mscos.codebooks.csvw import read_csvw
from mscos.codebooks.ddi import read_ddi
from mscos.codebooks.frictionless import read_frictionless
from mscos.codebooks.limesurvey import read_limesurvey
from mscos.codebooks.mapping import is_mapping, read_mapping
from mscos.codebooks.own import read_own
from mscos.codebooks.redcap import is_redcap, read_redcap
from mscos.codebooks.xlsform import read_xlsform, sheets_of
from mscos.errors import Fault
from mscos.records.origin import Origin
from mscos.workbooks.sheets import read_sheet, sheet_names

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<![^>]*>\s*)*<(?:[\w.-]+:)?codeBook[\s/>]", re.DOTALL)
_LIMESURVEY = ("class", "type/scale", "name")
_USUAL_SHEET = "mapping"

_CASES = ("cas", "cco", "con", "hte", "per", "prs", "spl", "vic")
"""How the sections of the Human Trafficking Case Data Standard (IOM, CC BY 4.0) begin the names of variables."""

_SECTIONS = 3
"""In how many of its sections variables have to be before we take them for those of the standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    A file, taken apart as far as its bytes say how.

    Attributes:
        path: The file as the caller named it.
        content: Its bytes.
        text: Its text; empty for a workbook.
        document: What JSON or TOML holds; empty for anything else.
        rows: The rows of a table; empty for anything else.
        sheets: The sheets of a form; empty for anything else.
        resource: The resource of a data package that the caller named.
    """

    path: str
    content: bytes
    text: str = ""
    document: Mapping[str, object] = field(default_factory=dict)
    rows: Sequence[Sequence[str]] = ()
    sheets: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """
    A way to write codebooks.

    Attributes:
        fits: Tells whether a file is written so.
        read: Makes a codebook of it.
    """

    fits: Callable[[Source], bool]
    read: Callable[[Source], Codebook]


def _is_csvw(source: Source) -> bool:
    names = _texts(source.document.get("@context"))
    return any("csvw" in name for name in names) or "tableSchema" in source.document


def _is_frictionless(source: Source) -> bool:
    return "resources" in source.document or "fields" in source.document


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))


CODEBOOKS: Final[Mapping[str, Dialect]] = {
    "own": Dialect(
        lambda source: source.document.get("kind") == "codebook",
        lambda source: read_own(source.document, source.path),
    ),
    "csvw": Dialect(_is_csvw, lambda source: read_csvw(source.document, source.path, source.resource)),
    "frictionless": Dialect(
        _is_frictionless, lambda source: read_frictionless(source.document, source.path, source.resource)
    ),
    "ddi": Dialect(
        lambda source: _ROOT.match(source.text) is not None, lambda source: read_ddi(source.content, source.path)
    ),
    "xlsform": Dialect(
        lambda source: "survey" in source.sheets, lambda source: read_xlsform(source.sheets, source.path)
    ),
    "redcap": Dialect(lambda source: is_redcap(source.rows), lambda source: read_redcap(source.rows, source.path)),
    "limesurvey": Dialect(
        lambda source: set(_LIMESURVEY) <= set(heading_of(source.rows)),
        lambda source: read_limesurvey([row.cells for row in _rows_below_heading(source)], source.path),
    ),
    "mapping": Dialect(lambda source: is_mapping(source.rows), lambda source: read_mapping(source.rows, source.path)),
}
"""The dialects, in the order in which they are tried.  One that is not listed here is not read."""

_WITH_RESOURCES: Final = {"csvw", "frictionless"}


def read_codebook(path: str | PathLike[str], *, sheet: str | None = None, resource: str | None = None) -> Codebook:
    """
    Read a codebook in any of the dialects of `CODEBOOKS`.

    Args:
        path: The file.
        sheet: The sheet of a workbook.  Without it, the form in it, the one called ``mapping``, or the only one.
        resource: The resource of a data package.  Without it, the only one.

    Returns:
        What the file says of its variables, with its fingerprint.

    Raises:
        CannotRead: If there is no codebook to be had.  `NotACodebook` if it is in none of the dialects;
            `InvalidDocument` holds every fault, without what stands there.
        WhichSheet: If it is not clear which sheet is meant.
        WhichResource: If it is not clear which resource is meant.
        NoSheets: If a sheet is named and the file is not a workbook.
        MissingExtra: If the library that reads workbooks is not installed.
    """
    path = fspath(path)
    source = _opened(path, sheet, resource)
    dialect = next((name for name, dialect in CODEBOOKS.items() if dialect.fits(source)), None)
    if dialect is None:
        raise errors.NotACodebook(path)
    if resource is not None and dialect not in _WITH_RESOURCES:
        raise refusal(path, [Fault("", "Only a data package has resources. Leave --resource out.")])
    codebook = CODEBOOKS[dialect].read(source)
    faults = list(_faults(codebook))
    if faults:
        raise refusal(path, faults)
    origin = Origin(errors.shown(path), hashlib.sha256(source.content).hexdigest())
    return replace(codebook, of_cases=_is_of_cases(codebook)).from_file(origin)


def _opened(path: str, sheet: str | None, resource: str | None) -> Source:
    source = Source(path=path, content=read_bytes(path), resource=resource)
    if source.content.startswith(_WORKBOOKS):
        return _with_sheets(source, sheet)
    if sheet is not None:
        raise errors.NoSheets(path)
    if Path(path).suffix.lower() == ".toml":
        return replace(source, document=read_document(path)[0])
    return _with_parts(replace(source, text=decoded(source.content, path)))


def _with_sheets(source: Source, sheet: str | None) -> Source:
    """Take the form out of a workbook, if there is one and no other sheet is asked for, or else one sheet."""
    names = {name.casefold() for name in sheet_names(source.content, source.path)}
    if "survey" in names and (sheet or "survey").casefold() == "survey":
        parts = names & {"survey", "choices"}
        return replace(source, sheets={name: read_sheet(source.content, source.path, name, name) for name in parts})
    return replace(source, rows=read_sheet(source.content, source.path, sheet, _USUAL_SHEET))


def _with_parts(source: Source) -> Source:
    begin = source.text.lstrip()[:1]
    if begin in {"{", "["}:
        parsed = parse_json(source.text, source.path)
        return replace(source, document=as_document(parsed, source.path)) if isinstance(parsed, dict) else source
    if begin == "<":
        return source
    rows = rows_of(source.text, source.path)
    return replace(source, rows=rows, sheets=sheets_of(rows))


def _rows_below_heading(source: Source) -> Sequence[Row]:
    return below_heading(source.rows, heading_of(source.rows), source.path, _LIMESURVEY)


def _faults(codebook: Codebook) -> Iterator[Fault]:
    """Find what no dialect allows: a name or a role that stands twice."""
    for name, number in Counter(variable.name for variable in codebook.variables).items():
        if number > 1:
            yield Fault("/variables", f'Variable "{name}": this name stands {number:,} times. Keep one.')
    for role, number in Counter(variable.role for variable in codebook.variables if variable.role).items():
        if number > 1:
            yield Fault("/variables", f"{number:,} variables have the role {role}. Keep one.")


def _is_of_cases(codebook: Codebook) -> bool:
    names = (variable.name.rpartition("/")[2].casefold() for variable in codebook.variables)
    return len({name.partition("_")[0] for name in names if "_" in name} & {*_CASES}) >= _SECTIONS
