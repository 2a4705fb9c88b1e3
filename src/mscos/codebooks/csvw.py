"""
CSV on the Web (CSVW): a column whose ``propertyUrl`` or ``dc:subject`` is the IRI of an outcome shows it.

CSVW takes no prefixes of other people, so that whatever else is said of a column stands under a full IRI (`TERMS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from mscos import _words, errors
from mscos.codebooks._entries import Entry, codebook_of, refusal
from mscos.codebooks._notes import Note, read_note
from mscos.codebooks.codebook import Codebook, Variable
from mscos.errors import Fault
from mscos.schemas import BASE_IRI

TERMS_IRI: Final = f"{BASE_IRI}terms/"
"""What the properties of a column begin with that are ours."""

TERMS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "timepoint": "timepoint",
    "reportedBy": "reported_by",
    "direction": "direction",
    "instrument": "instrument",
    "match": "match",
    "role": "role",
}
"""How such a property ends, and what it says: each has the values that `VariableNote` and `OutcomeEntry` take."""

_SUBJECTS: Final = ("propertyUrl", "dc:subject", "dcterms:subject", "http://purl.org/dc/terms/subject")
_OUTCOME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_EDITION = re.compile(r"[0-9]{4}(?:\.[0-9]+)+")

_OBJECT: Final = "Write named fields here."
_INLINE: Final = "Put the schema itself here, in place of its address."
_NAME: Final = "Give this column a name or a title."
_NO_TABLE: Final = "There is no table here. Describe the data as one."
_CODES: Final = "Write a code here, or a list of codes, in quotation marks."
_IRI: Final = f"Write the IRI of an outcome, such as {BASE_IRI}2023.1/outcome/housing."
_NO_OUTCOME: Final = 'Name the outcome too: write its IRI as "propertyUrl".'
_EDITIONS: Final = "The IRIs of the outcomes are of several editions. Use one."


def read_csvw(document: Mapping[str, object], path: str, resource: str | None = None) -> Codebook:
    """
    Read the metadata of a table, or of a group of tables.

    Args:
        document: The document, as JSON has it.
        path: The file as the caller named it.
        resource: The ``url`` of the table that is meant.  Without it, the only one.

    Raises:
        WhichResource: If there are several tables and none is named, or not one of that ``url``.
        InvalidDocument: If it breaks the specification where we read it.
    """
    table, pointer = _chosen(document, path, resource)
    given = table.get("tableSchema", document.get("tableSchema", {}))
    schema: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    columns = schema.get("columns")
    if not isinstance(columns, list):
        where, said = ("/columns", _words.LIST) if schema is given else ("", _INLINE)
        raise errors.InvalidDocument(path, (Fault(f"{pointer}/tableSchema{where}", said),))
    faults: list[Fault] = []
    outer = (schema, table, document)
    entries = [
        Entry(_variable(column, outer, f"{pointer}/tableSchema/columns/{index}", faults))
        for index, column in enumerate(columns)
        if not (isinstance(column, Mapping) and column.get("virtual") is True)  # it stands in no file
    ]
    editions = {edition for column in columns if isinstance(column, Mapping) for edition in _editions(column)}
    faults += [Fault(f"{pointer}/tableSchema/columns", _EDITIONS)] if len(editions) > 1 else []
    if faults:
        raise refusal(path, faults)
    return replace(codebook_of("CSVW metadata", entries, path), edition=next(iter(editions), None))


def _chosen(document: Mapping[str, object], path: str, wanted: str | None) -> tuple[Mapping[str, object], str]:
    """Choose the table that is meant, and say where it stands."""
    if "tables" not in document:
        return document, ""
    tables = document["tables"]
    if not isinstance(tables, list) or not tables:
        raise errors.InvalidDocument(path, (Fault("/tables", _NO_TABLE if tables == [] else _words.LIST),))
    found = [
        (index, each)
        for index, each in enumerate(tables)
        if wanted is None or (isinstance(each, Mapping) and each.get("url") == wanted)
    ]
    if len(found) != 1:
        raise errors.WhichResource(path, len(tables))
    index, table = found[0]
    if not isinstance(table, Mapping):
        raise errors.InvalidDocument(path, (Fault(f"/tables/{index}", _OBJECT),))
    return table, f"/tables/{index}"


def _variable(column: object, outer: tuple[Mapping[str, object], ...], pointer: str, faults: list[Fault]) -> Variable:
    if not isinstance(column, Mapping):
        faults.append(Fault(pointer, _OBJECT))
        return Variable(name="")
    titles = tuple(dict.fromkeys(title for title in _texts(column.get("titles")) if title.strip()))
    name = column.get("name")
    name = name if isinstance(name, str) and name.strip() else next(iter(titles), "")
    faults += [] if name else [Fault(pointer, _NAME)]
    note = _note(column, pointer, faults)
    return Variable(
        name=name,
        label=next(iter(titles), ""),
        annotations=note.tokens.annotations,
        role=note.tokens.role,
        missing_codes=_codes(next((each for each in (column, *outer) if "null" in each), {}), pointer, faults),
        columns=() if titles == (name,) else titles,
    )


def _texts(value: object) -> Iterator[str]:
    """Find the texts of a natural language property: a text, a list, or either for each language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from () if isinstance(each, Mapping) else _texts(each)


def _codes(holder: Mapping[str, object], pointer: str, faults: list[Fault]) -> tuple[str, ...]:
    """Read the codes that mean "no answer"; a column takes those of its schema, table or group unless it has some."""
    null = holder.get("null", [])
    listed = null if isinstance(null, list) else [null]
    codes = tuple(each for each in listed if isinstance(each, str))
    faults += [Fault(f"{pointer}/null", _CODES)] if len(codes) < len(listed) else []
    return tuple(code for code in codes if code)


def _iris(column: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield what is ours among the subjects of a column, each with the property that it stands in."""
    for name in _SUBJECTS:
        value = column.get(name)
        for each in value if isinstance(value, list) else [value]:
            iri = each.get("@id") if isinstance(each, Mapping) else each
            if isinstance(iri, str) and iri.startswith(BASE_IRI):
                yield name, iri


def _outcome(iri: str) -> str:
    return re.split(r"[/#]", iri.removeprefix(BASE_IRI))[-1]


def _editions(column: Mapping[str, object]) -> Iterator[str]:
    for _, iri in _iris(column):
        first = re.split(r"[/#]", iri.removeprefix(BASE_IRI))[0]
        if _EDITION.fullmatch(first):
            yield first


def _note(column: Mapping[str, object], pointer: str, faults: list[Fault]) -> Note:
    broken = [name for name, iri in _iris(column) if not _OUTCOME.fullmatch(_outcome(iri))]
    faults += [Fault(f"{pointer}/{_escaped(name)}", _IRI) for name in broken]
    terms = {name.removeprefix(TERMS_IRI): value for name, value in column.items() if name.startswith(TERMS_IRI)}
    faults += [Fault(pointer, _words.unknown_field(term, tuple(TERMS))) for term in terms if term not in TERMS]
    said = {TERMS[term]: _literal(value) for term, value in terms.items() if term in TERMS}
    outcomes = dict.fromkeys(_outcome(iri).lower() for _, iri in _iris(column))
    role = {"role": said.pop("role")} if "role" in said else {}
    if said and not outcomes:
        faults.append(Fault(pointer, _NO_OUTCOME))
    found = read_note(role | {"outcomes": [{"outcome": outcome} | said for outcome in outcomes]}, "")
    if isinstance(found, Note):
        return found
    faults += [] if broken else dict.fromkeys(Fault(_place(pointer, each), each.message) for each in found)
    return Note()


def _literal(value: object) -> object:
    return value.get("@value") if isinstance(value, Mapping) else value


def _place(pointer: str, fault: Fault) -> str:
    """Give the place of what a note refuses, as the property that it was made of."""
    last = fault.pointer.rpartition("/")[2]
    term = next((term for term, name in TERMS.items() if name == last), None)
    return pointer if term is None else f"{pointer}/{_escaped(TERMS_IRI + term)}"


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
