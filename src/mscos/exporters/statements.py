"""What every export says beside the outcomes: whose words they are, who reviewed them, under which licence."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from mscos.schemas import BASE_IRI
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome, Source

PUBLISHER: Final = "The mscos project"
"""Who publishes the export.  Nothing in it is a publication of those who agreed the core outcome set."""

LICENCE: Final = "Apache-2.0"
"""The licence of the project's own words, as SPDX names it."""

LICENCE_IRI: Final = "https://www.apache.org/licenses/LICENSE-2.0"
"""Its address."""

RIGHTS: Final = (
    "The words that are this project's own are under Apache-2.0. No licence was found for the prose of the sources, "
    "and none of it is copied; published labels are quoted with their sources."
)
"""Under which licence the words are."""

DEFINED_BY: Final = "this project"
"""Whose words the definitions are."""

OWN_DEFINITION: Final = "The definition is in this project's own words."
"""The same as a sentence."""


def review(taxonomy: Taxonomy) -> str:
    """Say whether survivors have reviewed the words of the project."""
    have = "have reviewed" if taxonomy.reviewed_by_survivors else "have not yet reviewed"
    return f"Survivors {have} the words that are this project's own."


def about(taxonomy: Taxonomy) -> str:
    """Say what a reader must know before quoting from the edition."""
    return f"{taxonomy.note} {review(taxonomy)}"


def iri(*parts: str) -> str:
    """Give the IRI of something that this project names.  It does not resolve until the base is registered."""
    return BASE_IRI + "/".join(quote(part, safe="") for part in parts)


def outcome_iri(taxonomy: Taxonomy, outcome: Outcome) -> str:
    """Give the IRI of an outcome as it stands in an edition."""
    return iri(taxonomy.edition, "outcome", outcome.id)


def reference(source: Source) -> str:
    """Write a source as a reference in one line."""
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ". ".join(part for part in parts if part)


def also_called(outcome: Outcome) -> tuple[str, ...]:
    """List the labels of an outcome beside its own, each once."""
    others = dict.fromkeys(other.label for other in outcome.alternative_labels)
    return tuple(label for label in others if label != outcome.label)


def file_name(*parts: str) -> str:
    """Join words to a name that every system of files, FHIR and Data Package take."""
    return "-".join(re.sub(r"[^a-z0-9.-]", "-", part.lower()) for part in parts)


def one_line(text: str) -> str:
    """Put a text on one line, without what no form can show."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
