"""Editions: packaged data become a `Taxonomy`."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from os import fspath

from mscos import errors
from mscos._package_data import read_bytes
from mscos.taxonomy import Taxonomy
from mscos.terms import (
    AlternativeLabel,
    ConstructKind,
    CoreOutcomeSet,
    Domain,
    DomainGrade,
    LabelGrade,
    Outcome,
    OutcomeSet,
    Source,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

LOCK = "EDITIONS.lock"
"""The packaged file that lists every edition ever released, with its sha256 (the format of sha256sum)."""


@cache
def _locked() -> dict[str, str]:
    lines = read_bytes(LOCK).decode("ascii").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    locked = {name.removesuffix("/taxonomy.json"): digest for digest, name in pairs}
    return dict(sorted(locked.items(), key=lambda item: tuple(map(int, item[0].split(".")))))


def editions() -> tuple[str, ...]:
    """List the packaged editions, the oldest first."""
    return tuple(_locked())


def latest_edition() -> str:
    """Name the packaged edition that was released last."""
    return editions()[-1]


def load_taxonomy(edition: str, *, fingerprint: str | None = None) -> Taxonomy:
    """
    Load one packaged edition of the taxonomy.  Nothing is fetched.

    Args:
        edition: Name of a packaged edition, such as ``2023.1``.
        fingerprint: The sha256, in hexadecimal, that the edition must have; None asks for none.

    Returns:
        The edition.  The same object each time: it is immutable, so sharing it is safe.

    Raises:
        UnknownEdition: If no such edition is packaged.
        OtherFingerprint: If the edition is not the one that `fingerprint` names.
        TypeError: If the edition is not named as text.
    """
    if not isinstance(edition, str):
        raise TypeError(f"name the edition as text, such as {latest_edition()!r}")
    taxonomy = _load(edition)
    if fingerprint is not None and fingerprint.lower() != taxonomy.fingerprint:
        raise errors.OtherFingerprint(edition, fingerprint, taxonomy.fingerprint)
    return taxonomy


@cache
def _load(edition: str) -> Taxonomy:
    if edition not in _locked():
        raise errors.UnknownEdition(edition, editions())
    content = read_bytes(f"{edition}/taxonomy.json")
    found = _sha256(content)
    if found != _locked()[edition]:
        raise errors.OtherFingerprint(edition, _locked()[edition], found)
    return _taxonomy(json.loads(content), found)


def read_taxonomy(path: str | PathLike[str]) -> Taxonomy:
    """
    Read and validate an edition that is not packaged.

    Args:
        path: A JSON file in the form of the published ``taxonomy.schema.json``.

    Returns:
        The edition.

    Raises:
        CannotRead: If the file cannot be read; `InvalidDocument` if it breaks the schema or contradicts itself.
    """
    # Imported here: loading a packaged edition, which CI has validated, must not pay for it.
    from mscos import schemas  # noqa: PLC0415
    from mscos._files import read_document  # noqa: PLC0415

    name = fspath(path)
    document, content = read_document(name)
    faults = schemas.faults(schemas.validator("taxonomy"), document)
    if faults:
        raise errors.InvalidDocument(name, faults)
    try:
        return _taxonomy(document, _sha256(content))
    except ValueError as error:
        contradiction = str(error)
    raise errors.InvalidDocument(name, (errors.Fault("", f"{contradiction}."),))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _taxonomy(document: dict[str, Any], fingerprint: str) -> Taxonomy:
    """Build an edition from a document that fits the published schema."""
    return Taxonomy(
        **document
        | {
            "core_outcome_set": CoreOutcomeSet(**_tuples(document["core_outcome_set"])),
            "domains": tuple(map(_domain, document["domains"])),
            "outcomes": tuple(map(_outcome, document["outcomes"])),
            "sources": tuple(Source(**source) for source in document["sources"]),
            "fingerprint": fingerprint,
        }
    )


def _domain(entry: dict[str, Any]) -> Domain:
    return Domain(**_tuples(entry) | {"grade": LabelGrade(entry["grade"])})


def _outcome(entry: dict[str, Any]) -> Outcome:
    return Outcome(
        **_tuples(entry)
        | {
            "set": OutcomeSet(entry["set"]),
            "domain_grade": DomainGrade(entry["domain_grade"]),
            "label_grade": LabelGrade(entry["label_grade"]),
            "construct_kind": ConstructKind(entry["construct_kind"]),
            "alternative_labels": tuple(AlternativeLabel(**other) for other in entry.get("alternative_labels", ())),
        }
    )


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
