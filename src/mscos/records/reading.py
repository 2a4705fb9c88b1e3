"""A file becomes a record, or the list of all its faults."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from os import PathLike, fspath
from typing import TypeVar

from pydantic import ValidationError

from mscos import _words
from mscos._editions import editions, latest_edition, load_taxonomy
from mscos._files import as_document, read_document
from mscos.errors import STANDARD_INPUT, Fault, InvalidDocument, OtherKind, shown
from mscos.records._edition_faults import NAMING, edition_faults
from mscos.records._model_faults import first_model_faults, names, place_of
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.records.origin import Origin
from mscos.taxonomy import Taxonomy

AnyRecord = EvaluationRecord | InterventionRecord
_R = TypeVar("_R", EvaluationRecord, InterventionRecord, AnyRecord)
_Source = str | PathLike[str] | Mapping[str, object]

_EVALUATION: dict[str, type[EvaluationRecord]] = {"evaluation": EvaluationRecord}
_INTERVENTION: dict[str, type[InterventionRecord]] = {"intervention": InterventionRecord}
_ANY: dict[str, type[AnyRecord]] = {**_EVALUATION, **_INTERVENTION}

_NESTING = {dict, list}

_NAMES = {model: names(model) for model in _ANY.values()}

MOST_FAULTS = 50
"""How many faults of one document are listed; the rest are counted."""


def read_record(source: _Source, *, taxonomy: Taxonomy | None = None) -> EvaluationRecord:
    """
    Read an evaluation record.

    Args:
        source: A JSON or TOML file, ``-`` for standard input, or a document that has been parsed already.
        taxonomy: The edition to read it by, for one that is not packaged.  Without it, the packaged
            edition that the record names, or the newest one if it names none.

    Returns:
        The record.

    Raises:
        CannotRead: If there is no record to be had.  `InvalidDocument` holds every fault, each with a
            JSON Pointer, and never a value.
    """
    return _read(source, _EVALUATION, taxonomy)


def read_intervention(source: _Source, *, taxonomy: Taxonomy | None = None) -> InterventionRecord:
    """Read an intervention record, as `read_record` reads an evaluation record."""
    return _read(source, _INTERVENTION, taxonomy)


def read_any(source: _Source, *, taxonomy: Taxonomy | None = None) -> AnyRecord:
    """Read a record of the kind that it names itself, as `read_record` reads an evaluation record."""
    return _read(source, _ANY, taxonomy)


def record_faults(record: AnyRecord, taxonomy: Taxonomy) -> tuple[Fault, ...]:
    """List what an edition refuses in a record that was built in memory."""
    return tuple(edition_faults(record.model_dump(mode="json", exclude_defaults=True), taxonomy))


def _read(source: _Source, models: Mapping[str, type[_R]], taxonomy: Taxonomy | None) -> _R:
    if isinstance(source, Mapping):
        return _record(as_document(source, "the record"), "the record", None, models, taxonomy)
    path = fspath(source)
    if path == STANDARD_INPUT and not isinstance(source, str):  # `Path("./-")` forgets its dot
        path = f"./{path}"
    document, content = read_document(path)
    # The path as it is shown: a report is UTF-8, and the bytes of a path may be anything.
    return _record(document, path, Origin(shown(path), hashlib.sha256(content).hexdigest()), models, taxonomy)


def _record(
    document: dict[str, object],
    path: str,
    origin: Origin | None,
    models: Mapping[str, type[_R]],
    taxonomy: Taxonomy | None,
) -> _R:
    kind = document.get("kind", next(iter(models)))
    if not isinstance(kind, str) or kind not in models:
        raise OtherKind(path, tuple(models))
    model = models[kind]
    taxonomy, faults = _edition(document, taxonomy)
    if taxonomy is not None:
        faults += edition_faults(document, taxonomy)
    faults += dict.fromkeys(Fault(place, _words.NULL) for place in _null_places(document, "", _NAMES[model]))
    record, number = None, len(faults)
    try:
        record = model.model_validate(document)
    except ValidationError as error:
        said = frozenset(fault.pointer for fault in faults if fault.rule == "STR-04" or fault.pointer.endswith(NAMING))
        refused, refusals = first_model_faults(model, error, document, said, MOST_FAULTS)
        faults, number = refused + faults, number + refusals
    if record is None or taxonomy is None or faults:
        raise InvalidDocument(path, _listed(faults, number), number)
    record.came_from(origin, taxonomy.fingerprint)
    return record


def _listed(faults: list[Fault], number: int) -> tuple[Fault, ...]:
    """Sort faults by their places; where there are too many to read, say how many more there are."""
    listed = sorted(faults, key=lambda fault: place_of(fault.pointer))[:MOST_FAULTS]
    more = number - len(listed)
    return (*listed, Fault("", f"…and {more:,} more.")) if more else tuple(listed)


def _edition(document: dict[str, object], taxonomy: Taxonomy | None) -> tuple[Taxonomy | None, list[Fault]]:
    """Find the edition to read by; None, with the fault, if there is none."""
    default = taxonomy.edition if taxonomy else latest_edition()
    named = document.get("edition", default)
    if named is None:  # which has a fault of its own
        return taxonomy or load_taxonomy(default), []
    if not isinstance(named, str):
        return taxonomy or load_taxonomy(default), [Fault("/edition", _words.in_quotation_marks(default))]
    if taxonomy is not None:
        return taxonomy, [] if named == taxonomy.edition else [Fault("/edition", names_another(taxonomy))]
    if named not in editions():
        return None, [Fault("/edition", f"There is no such edition here. Use one of: {', '.join(editions())}.")]
    return load_taxonomy(named), []


def names_another(taxonomy: Taxonomy) -> str:
    """Say that a record names another edition than the one that it is read by, and what to do."""
    return (
        f"The record is read by edition {taxonomy.edition}, and it names another one. "
        'Read it by the one that it names, or bring it to this one with "mscos migrate".'
    )


def _null_places(value: object, pointer: str, known: frozenset[str]) -> Iterator[str]:
    """Find null, which the schema does not know: absence is absence."""
    return _null_places_below(value, pointer, known) if _has_null(value) else iter(())


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(member is None or (type(member) in _NESTING and _has_null(member)) for member in value.values())
    if isinstance(value, list):
        return any(item is None or (type(item) in _NESTING and _has_null(item)) for item in value)
    return value is None


def _null_places_below(value: object, pointer: str, known: frozenset[str]) -> Iterator[str]:
    if value is None:
        yield pointer
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _null_places_below(member, f"{pointer}/{name}" if name in known else pointer, known)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _null_places_below(item, f"{pointer}/{index}", known)
