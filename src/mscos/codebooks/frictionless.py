"""
Frictionless Data Packages and Table Schemas: a field's own property ``mscos`` says what it shows.

`rdfType` is not used: it must name a class, and an outcome is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from mscos import _words, errors
from mscos.codebooks._entries import Entry, codebook_of, refusal
from mscos.codebooks._notes import Note, TableNote, read_note, read_table_note
from mscos.codebooks.codebook import Codebook, Variable
from mscos.errors import Fault
from mscos.missing_codes import codes_labelled_so

_OBJECT: Final = "Write named fields here."
_TEXT: Final = "Write text here, in quotation marks."
_CODES: Final = 'Write a list of codes here, each in quotation marks or as {"value": "…"}.'
_INLINE: Final = "Put the schema itself here, in place of the path to it."
_NO_RESOURCE: Final = "There is no resource here. Describe the data as one."
_ONE_PLACE: Final = 'Write "mscos" once: in the resource or in its schema.'
_NO_PACKAGE: Final = "This is a Table Schema and has no resources. Leave --resource out."


def read_frictionless(document: Mapping[str, object], path: str, resource: str | None) -> Codebook:
    """
    Read a Data Package or a bare Table Schema.

    Args:
        document: The document, as JSON has it.
        path: The file as the caller named it.
        resource: Name of the resource of a Data Package.  Without it, the only one.

    Raises:
        WhichResource: If the package has several resources and none is named, or not one of that name.
        InvalidDocument: If it breaks the specification where we read it.
    """
    if "resources" in document:
        return _read_package(document["resources"], path, resource)
    if resource is not None:
        raise errors.InvalidDocument(path, (Fault("", _NO_PACKAGE),))
    faults: list[Fault] = []
    return _codebook(document, "", _table_note(document, "", faults), faults, path)


def _read_package(resources: object, path: str, wanted: str | None) -> Codebook:
    if not isinstance(resources, list) or not resources:
        raise errors.InvalidDocument(path, (Fault("/resources", _NO_RESOURCE if resources == [] else _words.LIST),))
    found = [
        (index, each)
        for index, each in enumerate(resources)
        if wanted is None or (isinstance(each, Mapping) and each.get("name") == wanted)
    ]
    if len(found) != 1:
        raise errors.WhichResource(path, len(resources))
    index, resource = found[0]
    return _read_resource(resource, f"/resources/{index}", path)


def _read_resource(resource: object, pointer: str, path: str) -> Codebook:
    if not isinstance(resource, Mapping):
        raise errors.InvalidDocument(path, (Fault(pointer, _OBJECT),))
    inside = f"{pointer}/schema"
    schema = resource.get("schema", {})
    if not isinstance(schema, Mapping):
        raise errors.InvalidDocument(path, (Fault(inside, _INLINE),))
    faults = [Fault(f"{pointer}/mscos", _ONE_PLACE)] if "mscos" in resource and "mscos" in schema else []
    note = _table_note(resource, pointer, faults) if "mscos" in resource else _table_note(schema, inside, faults)
    return replace(_codebook(schema, inside, note, faults, path), form="a Data Package")


def _table_note(holder: Mapping[str, object], pointer: str, faults: list[Fault]) -> TableNote:
    found = read_table_note(holder["mscos"], f"{pointer}/mscos") if "mscos" in holder else TableNote()
    if isinstance(found, TableNote):
        return found
    faults += found
    return TableNote()


def _codebook(schema: Mapping[str, object], pointer: str, note: TableNote, faults: list[Fault], path: str) -> Codebook:
    fields = schema.get("fields")
    if not isinstance(fields, list):
        faults.append(Fault(f"{pointer}/fields", _words.LIST if "fields" in schema else _words.MISSING))
    codes = _codes(schema, pointer, faults)
    entries = [_entry(each, f"{pointer}/fields/{index}", codes, faults) for index, each in enumerate(_listed(fields))]
    if faults:
        raise refusal(path, faults)
    # The labels of the table go with those of its first variable, so that two places for one are noticed.
    first = [replace(each, timepoints=(*note.labels(), *each.timepoints)) for each in entries[:1]]
    codebook = codebook_of("a Table Schema", [*first, *entries[1:]], path)
    return replace(codebook, unit_of_row=note.unit_of_row, edition=note.edition)


def _entry(field: object, pointer: str, codes: tuple[str, ...], faults: list[Fault]) -> Entry:
    if not isinstance(field, Mapping):
        faults.append(Fault(pointer, _OBJECT))
        return Entry(Variable(name=""))
    note = _note(field, pointer, faults)
    variable = Variable(
        name=_name(field, pointer, faults),
        label=next((text for key in ("title", "description") if isinstance(text := field.get(key), str)), ""),
        annotations=note.tokens.annotations,
        role=note.tokens.role,
        identifier=note.identifier,
        free_text=note.free_text,
        # The codes of a field stand in place of those of its schema.
        missing_codes=(
            *(_codes(field, pointer, faults) if "missingValues" in field else codes),
            *codes_labelled_so(_categories(field)),
        ),
    )
    return Entry(variable, note.tokens.timepoints)


def _name(field: Mapping[str, object], pointer: str, faults: list[Fault]) -> str:
    name = field.get("name")
    if isinstance(name, str) and name.strip():
        return name
    faults.append(Fault(f"{pointer}/name", _TEXT if name else _words.MISSING))
    return ""


def _note(field: Mapping[str, object], pointer: str, faults: list[Fault]) -> Note:
    found = read_note(field["mscos"], f"{pointer}/mscos") if "mscos" in field else Note()
    if isinstance(found, Note):
        return found
    faults += found
    return Note()


def _codes(holder: Mapping[str, object], pointer: str, faults: list[Fault]) -> tuple[str, ...]:
    """Read the codes that mean "no answer": texts, or since version 2 objects with a label."""
    listed = holder.get("missingValues", [])
    values = [each.get("value") if isinstance(each, Mapping) else each for each in _listed(listed)]
    codes = tuple(each for each in values if isinstance(each, str))
    if not isinstance(listed, list) or len(codes) < len(values):
        faults.append(Fault(f"{pointer}/missingValues", _CODES))
    return tuple(code for code in codes if code)


def _categories(field: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give the labelled values of a field, which version 2 calls its categories."""
    for each in _listed(field.get("categories")):
        if isinstance(each, Mapping) and isinstance(label := each.get("label"), str):
            yield str(each.get("value", "")), label


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
