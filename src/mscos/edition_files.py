"""Editions that are not packaged: a file becomes a `Taxonomy`, and a `Taxonomy` becomes the text of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from os import PathLike, fspath
from typing import Any, Final

from mscos import errors, schemas
from mscos._editions import editions, load_taxonomy, sha256_of, taxonomy_of
from mscos._files import parse_document, read_document
from mscos._printable import printable
from mscos.errors import Fault
from mscos.succession import Succession
from mscos.taxonomy import Taxonomy
from mscos.terms import AlternativeLabel, CoreOutcomeSet, Domain, Outcome, Source

_LONGEST = 10_000
"""Longest text in an edition, in characters."""

_HIDDEN = "There is a character here that cannot be seen, or a line break. Take it out."
_BLANK = "There is nothing to see here. Write some text."
_LONG = f"This has more than {_LONGEST:,} characters. Shorten it."
_NAMES = {
    each.name
    for part in (Taxonomy, CoreOutcomeSet, Domain, Outcome, AlternativeLabel, Source, Succession)
    for each in fields(part)
}
_MAY_BE_EMPTY = {"definition", "evidence"}
_TAKEN = "This is the name of a packaged edition, and the file holds another one. Give it a name of its own."


_NOT_IN_A_FILE: Final = "fingerprint"
_ALWAYS: Final = ("alternative_labels",)
_AFTER: Final = {
    "published_list": ("label_grade",),
    "long_label": ("label",),
    "author": ("title",),
    "date": ("publisher",),
    "url": ("date", "publisher"),
}
"""The fields that may be missing, and the one that each stands behind in the file: the first that is there."""


def read_taxonomy(path: str | PathLike[str]) -> Taxonomy:
    """
    Read and validate an edition that is not packaged.

    Args:
        path: A JSON file in the form of the published ``taxonomy.schema.json``.  Its texts are single lines in which
            everything can be seen, because they are printed.

    Returns:
        The edition; its fingerprint is that of the file.

    Raises:
        CannotRead: If the file cannot be read.  `InvalidDocument` holds every fault: of its form, or, if it has
            none, every contradiction.
    """
    name = fspath(path)
    document, content = read_document(name)
    return _validated(document, content, name)


def parse_taxonomy(text: str, name: str) -> Taxonomy:
    """Validate the text of an edition, as `read_taxonomy` does with a file; `name` stands for it in errors."""
    return _validated(parse_document(text, name), text.encode(), name)


def _validated(document: dict[str, object], content: bytes, name: str) -> Taxonomy:
    faults = (*schemas.faults(schemas.validator("taxonomy"), document), *_text_faults(document, ""))
    if faults:
        raise errors.InvalidDocument(name, faults)
    taxonomy = _consistent(document, content, name)
    if _poses_as_packaged(taxonomy):
        raise errors.InvalidDocument(name, (Fault("/edition", _TAKEN),))
    return taxonomy


def _consistent(document: dict[str, object], content: bytes, name: str) -> Taxonomy:
    try:
        return taxonomy_of(document, sha256_of(content))
    except errors.ContradictoryEdition as error:
        faults = tuple(Fault("", f"{fault[:1].upper()}{fault[1:]}.") for fault in error.faults)
    raise errors.InvalidDocument(name, faults)


def _poses_as_packaged(taxonomy: Taxonomy) -> bool:
    """Tell whether an edition has the name of a packaged one without being it."""
    if taxonomy.edition not in editions():
        return False
    packaged = load_taxonomy(taxonomy.edition)
    return replace(taxonomy, fingerprint=packaged.fingerprint) != packaged


def _text_faults(value: object, pointer: str) -> Iterator[Fault]:
    """Find text that could not be shown as it is."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in _NAMES:  # the schema has refused any other
                yield from _text_faults(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _text_faults(item, f"{pointer}/{index}")
    elif isinstance(value, str):
        message = _text_fault(value, may_be_empty=pointer.rpartition("/")[2] in _MAY_BE_EMPTY)
        if message:
            yield Fault(pointer, message)


def _text_fault(text: str, *, may_be_empty: bool) -> str | None:
    if len(text) > _LONGEST:
        return _LONG
    if printable(text) != text:
        return _HIDDEN
    return None if text.strip() or may_be_empty else _BLANK


def find_taxonomy(named: str) -> Taxonomy:
    """
    Load a packaged edition by its name, or read one from a file.

    Args:
        named: The name of a packaged edition, or a path.

    Raises:
        UnknownEdition: If it is the name of no packaged edition and does not look like a path.
        CannotRead: If the file cannot be read.
    """
    if named in editions() or not _is_path(named):
        return load_taxonomy(named)
    return read_taxonomy(named)


def _is_path(named: str) -> bool:
    return named.lower().endswith(".json") or any(mark in named for mark in "/\\")


def taxonomy_document(taxonomy: Taxonomy) -> dict[str, object]:
    """Give an edition in the form of the published ``taxonomy.schema.json``, its fields in the order of its file."""
    return _document(taxonomy)


def taxonomy_text(taxonomy: Taxonomy) -> str:
    """Write an edition as its file; `read_taxonomy` reads the same edition back."""
    return json.dumps(taxonomy_document(taxonomy), indent=1, ensure_ascii=False) + "\n"


def _document(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of the dataclasses of an edition
    written = [each for each in fields(value) if _is_written(each, getattr(value, each.name))]
    return {name: plain(getattr(value, name)) for name in _in_order(written)}


def _is_written(field: Field[Any], value: object) -> bool:
    """Tell whether a field stands in the file: not where it says what its absence says."""
    if not field.init or field.name == _NOT_IN_A_FILE:
        return False
    return field.name in _ALWAYS or value != field.default


def _in_order(written: list[Field[Any]]) -> list[str]:
    names = [each.name for each in written if each.default is MISSING or each.name not in _AFTER]
    for each in written:
        if each.name not in names:
            before = next(name for name in _AFTER[each.name] if name in names)
            names.insert(names.index(before) + 1, each.name)
    return names


def plain(value: object) -> object:
    """Give a part of an edition as objects, lists and single values; what is absent is left out."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return _document(value) if is_dataclass(value) else value
