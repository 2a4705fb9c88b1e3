"""Editions that are not packaged: a file becomes a `Taxonomy`, and a `Taxonomy` becomes the text of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from os import PathLike, fspath

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
    """Give an edition as a document in the form of the published schema; what is absent is left out."""
    parts = {each.name: getattr(taxonomy, each.name) for each in fields(taxonomy) if each.init}
    kept = {name: plain(value) for name, value in parts.items() if name != "fingerprint"}
    return {name: value for name, value in kept.items() if value or name not in {"withdrawn", "crosswalk"}}


def plain(value: object) -> object:
    """Give a part of an edition as objects, lists and single values; what is absent is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {each.name: getattr(value, each.name) for each in fields(value)}
        return {name: plain(member) for name, member in members.items() if member is not None}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def taxonomy_text(taxonomy: Taxonomy) -> str:
    """Write an edition as its file; `read_taxonomy` reads the same edition back."""
    return json.dumps(taxonomy_document(taxonomy), indent=1, ensure_ascii=False) + "\n"
