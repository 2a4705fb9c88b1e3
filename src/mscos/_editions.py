"""Editions: packaged data become a `Taxonomy`."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from mscos import errors
from mscos._package_data import read_bytes
from mscos.succession import Fate, Succession
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
    found = sha256_of(content)
    if found != _locked()[edition]:
        raise errors.OtherFingerprint(edition, _locked()[edition], found)
    return taxonomy_of(json.loads(content), found)


def sha256_of(content: bytes) -> str:
    """Give the fingerprint of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def taxonomy_of(document: dict[str, Any], fingerprint: str) -> Taxonomy:
    """Build an edition from a document that fits the published schema."""
    return Taxonomy(
        **document
        | {
            "core_outcome_set": CoreOutcomeSet(**_tuples(document["core_outcome_set"])),
            "domains": tuple(map(_domain, document["domains"])),
            "outcomes": tuple(map(_outcome, document["outcomes"])),
            "sources": tuple(Source(**source) for source in document["sources"]),
            "withdrawn": tuple(map(_outcome, document.get("withdrawn", ()))),
            "crosswalk": tuple(map(_step, document.get("crosswalk", ()))),
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


def _step(entry: dict[str, Any]) -> Succession:
    return Succession(**_tuples(entry) | {"kind": Fate(entry["kind"])})


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
