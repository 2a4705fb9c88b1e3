"""
An edition as FHIR resources: a CodeSystem and a ValueSet.

Both use only what R4 and R5 share, so that one file serves either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mscos.exporters import chosen as fates
from mscos.exporters.chosen import Chosen, Which
from mscos.exporters.statements import PUBLISHER, RIGHTS, about, also_called, file_name, iri, one_line, reference
from mscos.reporters.json_text import json_text
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

CODE_SYSTEM: Final = iri("fhir", "CodeSystem", "mscos-outcomes")
"""The canonical address of the code system.  Its version is the edition."""

_SETS: Final[dict[Which, tuple[str, str, str]]] = {
    "core": ("mscos-core-outcomes", "MscosCoreOutcomes", "the core outcomes"),
    "longlist": ("mscos-longlist-outcomes", "MscosLonglistOutcomes", "the outcomes of the long-list"),
    "all": ("mscos-all-outcomes", "MscosAllOutcomes", "all outcomes"),
}

_STATUSES: Final = {"current": "active", "withdrawn": "retired"}

_PROPERTIES: Final = (
    ("status", "http://hl7.org/fhir/concept-properties#status", "active, or retired if it was withdrawn", "code"),
    ("outcome-set", iri("terms", "outcomeSet"), "Core outcome set or long-list", "code"),
    ("label-grade", iri("terms", "labelGrade"), "How sure the label is; all but published are provisional", "code"),
    ("mark", iri("terms", "mark"), "What must stand beside the label wherever it is shown", "string"),
    ("definition-by", iri("terms", "definitionBy"), "Whose words the definition is", "string"),
    ("domain", iri("terms", "domain"), "The domain, with its mark and its identifier", "string"),
    ("domain-grade", iri("terms", "domainGrade"), "Where the membership in the domain comes from", "code"),
    ("construct-kind", iri("terms", "constructKind"), "What kind of thing it is, as this project reads it", "code"),
    ("source", iri("terms", "source"), "A source of the label", "string"),
    ("evidence", iri("terms", "evidence"), "What the label rests on", "string"),
    ("successor", iri("terms", "successor"), "An outcome that took its place", "code"),
)

_Json = dict[str, object]


def fhir_json(resource: _Json) -> str:
    """Write a resource; no text of FHIR is empty or holds what cannot be printed."""
    return json_text(_fit(resource))


def _fit(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {name: fit for name, each in value.items() if (fit := _fit(each)) not in ("", [], None)}
    return [_fit(each) for each in value] if isinstance(value, list | tuple) else value


def value_set_iri(which: Which) -> str:
    """Give the canonical address of a value set."""
    return iri("fhir", "ValueSet", _SETS[which][0])


def header(taxonomy: Taxonomy, kind: str, identifier: str, name: str, title: str) -> _Json:
    """
    Write what every resource begins with.

    Args:
        taxonomy: The edition.
        kind: The kind of resource.
        identifier: The last part of its address.
        name: Its name for programs.
        title: Its name for people.
    """
    settled = taxonomy.reviewed_by_survivors and not any(outcome.provisional for outcome in taxonomy)
    return {
        "resourceType": kind,
        "id": file_name(identifier, taxonomy.edition),
        "url": iri("fhir", kind, identifier),
        "version": taxonomy.edition,
        "name": name,
        "title": title,
        "status": "active" if settled else "draft",
        "experimental": False,
        "publisher": PUBLISHER,
        "description": about(taxonomy),
        "copyright": RIGHTS,
    }


def code_system(chosen: Chosen) -> str:
    """Write the outcomes as a CodeSystem; some of them are a fragment of it."""
    taxonomy = chosen.taxonomy
    identifier = CODE_SYSTEM.rpartition("/")[2]
    return fhir_json(
        header(taxonomy, "CodeSystem", identifier, "MscosOutcomes", taxonomy.title)
        | {
            "caseSensitive": True,
            "valueSet": value_set_iri("all"),
            "content": "complete" if chosen.which == "all" else "fragment",
            "count": len(taxonomy),
            "property": [
                {"code": code, "uri": uri, "description": description, "type": kind}
                for code, uri, description, kind in _PROPERTIES
            ],
            "concept": [_concept(taxonomy, outcome) for outcome in chosen.outcomes],
        }
    )


def value_set(chosen: Chosen) -> str:
    """Write the outcomes as a ValueSet, listed one by one."""
    taxonomy = chosen.taxonomy
    identifier, name, title = _SETS[chosen.which]
    listed = [{"code": outcome.id, "display": outcome.marked_label} for outcome in chosen.outcomes]
    include = {"system": CODE_SYSTEM, "version": taxonomy.edition, "concept": listed}
    top = header(taxonomy, "ValueSet", identifier, name, f"{taxonomy.title}: {title}")
    return fhir_json(top | {"compose": {"include": [include]}})


def _concept(taxonomy: Taxonomy, outcome: Outcome) -> _Json:
    # What people see carries the mark; the bare label is a designation.
    labels = [*([outcome.label] if outcome.mark else []), *also_called(outcome)]
    return {
        "code": outcome.id,
        "display": outcome.marked_label,
        "definition": outcome.definition,
        "designation": [{"language": "en", "value": label} for label in labels],
        "property": list(_properties(taxonomy, outcome)),
    }


def _properties(taxonomy: Taxonomy, outcome: Outcome) -> Iterator[dict[str, str]]:
    domain, fate = taxonomy.domain_of(outcome), fates.fate_of(taxonomy, outcome)
    said: dict[str, Iterable[str]] = {
        "status": [_STATUSES[fate.status]],
        "outcome-set": [outcome.set],
        "label-grade": [outcome.label_grade],
        "mark": [outcome.mark],
        "definition-by": ["this project"],
        "domain": [f"{domain.marked_label} ({domain.id})"],
        "domain-grade": [outcome.domain_grade],
        "construct-kind": [outcome.construct_kind],
        "source": [reference(taxonomy.source(each)) for each in outcome.sources],
        "evidence": [outcome.evidence],
        "successor": fate.successors,
    }
    for code, _, _, kind in _PROPERTIES:
        name = f"value{kind.capitalize()}"
        yield from ({"code": code, name: value} for value in map(one_line, said[code]) if value)
