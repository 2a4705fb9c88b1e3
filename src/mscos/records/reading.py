"""A file becomes an evaluation record, or the list of all its faults."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from os import PathLike, fspath

from pydantic import ValidationError

from mscos import _words
from mscos._editions import editions, latest_edition, load_taxonomy
from mscos._files import as_document, read_document
from mscos.errors import Fault, InvalidDocument, OtherKind
from mscos.records._model_faults import model_faults, names
from mscos.records.evaluation import EvaluationRecord
from mscos.records.origin import Origin
from mscos.taxonomy import Taxonomy

KINDS = ("evaluation",)
"""The kinds of record that can be read."""

_NAMES = names(EvaluationRecord)

_NAMING = ("/edition", "/outcome", "/domain")
"""Fields that name a thing of the taxonomy: what the edition says of them, the types need not say again."""


def read_record(
    source: str | PathLike[str] | Mapping[str, object], *, taxonomy: Taxonomy | None = None
) -> EvaluationRecord:
    """
    Read an evaluation record.

    Args:
        source: A JSON or TOML file, or a document that has been parsed already.
        taxonomy: The edition to read it by, for one that is not packaged.  Without it, the packaged
            edition that the record names, or the newest one if it names none.

    Returns:
        The record.

    Raises:
        CannotRead: If there is no record to be had.  `InvalidDocument` holds every fault, each with a
            JSON Pointer, and never a value.
    """
    if isinstance(source, Mapping):
        return _record(as_document(source, "the record"), "the record", None, taxonomy)
    path = fspath(source)
    document, content = read_document(path)
    return _record(document, path, Origin(path, hashlib.sha256(content).hexdigest()), taxonomy)


def _record(
    document: dict[str, object], path: str, origin: Origin | None, taxonomy: Taxonomy | None
) -> EvaluationRecord:
    if "kind" in document and document["kind"] not in KINDS:
        raise OtherKind(path, KINDS)
    taxonomy, faults = _edition(document, taxonomy)
    faults += [Fault(place, _words.NULL) for place in _null_places(document, "")]
    if taxonomy is not None:
        faults += _edition_faults(document, taxonomy)
    record = None
    try:
        record = EvaluationRecord.model_validate(document)
    except ValidationError as error:
        said = {fault.pointer for fault in faults if fault.pointer.endswith(_NAMING)}
        faults += [fault for fault in model_faults(EvaluationRecord, error) if fault.pointer not in said]
    if record is None or taxonomy is None or faults:
        raise InvalidDocument(path, tuple(sorted(set(faults), key=_place)))
    record._origin = origin  # noqa: SLF001 - set once, where the record is made
    record._read_by = taxonomy.fingerprint  # noqa: SLF001
    return record


def record_faults(record: EvaluationRecord, taxonomy: Taxonomy) -> tuple[Fault, ...]:
    """List what an edition refuses in a record that was built in memory."""
    return tuple(_edition_faults(record.model_dump(mode="json", exclude_defaults=True), taxonomy))


def _edition(document: dict[str, object], taxonomy: Taxonomy | None) -> tuple[Taxonomy | None, list[Fault]]:
    """Find the edition to read by; None, with the fault, if there is none."""
    named = document.get("edition", taxonomy.edition if taxonomy else latest_edition())
    if taxonomy is not None:
        other = f"The record is read by edition {taxonomy.edition}, and it names another one."
        return taxonomy, [] if named == taxonomy.edition else [Fault("/edition", other)]
    if named not in editions():
        return None, [Fault("/edition", f"There is no such edition here. Use one of: {', '.join(editions())}.")]
    return load_taxonomy(str(named)), []


def _edition_faults(document: dict[str, object], taxonomy: Taxonomy) -> Iterator[Fault]:
    """
    List what the types alone cannot say: identifiers of the edition, and entries that contradict each other.

    The document may be wrong in any other way; what has the wrong type is left to the types.
    """
    yield from _entry_faults(_objects(document.get("outcomes")), taxonomy)
    domains = tuple(domain.id for domain in taxonomy.domains)
    for index, other in _objects(document.get("other_outcomes")):
        if "domain" in other and other["domain"] not in domains:
            yield Fault(f"/other_outcomes/{index}/domain", _words.one_of(domains, other["domain"]))


def _entry_faults(entries: list[tuple[int, dict[str, object]]], taxonomy: Taxonomy) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, entry in entries:
        pointer = f"/outcomes/{index}"
        outcome = entry.get("outcome")
        if isinstance(outcome, str):
            if outcome not in taxonomy:
                yield Fault(f"{pointer}/outcome", _which_outcome(outcome, taxonomy), "STR-04")
            elif outcome in seen:
                yield Fault(pointer, f'There are two entries for "{outcome}". Keep one.')
            seen.add(outcome)
        if "omission" in entry and ("measures" in entry or "result" in entry):
            yield Fault(
                pointer,
                "The outcome is both left out and measured. Keep the omission, or the measures and the result.",
            )


def _which_outcome(words: str, taxonomy: Taxonomy) -> str:
    if not words.strip():
        return _words.MISSING
    suggested = taxonomy.suggest(words, limit=1)
    if suggested:
        return f'This is not an identifier of an outcome. Did you mean "{suggested[0].id}"?'
    core = ", ".join(outcome.id for outcome in taxonomy.core)
    return f"This is not an identifier of an outcome. Use one of: {core}, or an identifier of the long-list."


def _objects(value: object) -> list[tuple[int, dict[str, object]]]:
    if not isinstance(value, list):
        return []
    return [(index, item) for index, item in enumerate(value) if isinstance(item, dict)]


def _null_places(value: object, pointer: str) -> Iterator[str]:
    """Find null, which the schema does not know: absence is absence."""
    if value is None:
        yield pointer
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _null_places(member, f"{pointer}/{name}" if name in _NAMES else pointer)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _null_places(item, f"{pointer}/{index}")


def _place(fault: Fault) -> tuple[list[tuple[bool, int, str]], str]:
    """Sort by place, with list positions as numbers."""
    parts = fault.pointer.split("/")
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts], fault.message
