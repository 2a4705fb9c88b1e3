"""The crosswalk to the framework for advocates as a FHIR ConceptMap.  R4 and R5 write one differently."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from mscos.exporters import mappings
from mscos.exporters.as_fhir import CODE_SYSTEM, fhir_json, header, value_set_iri
from mscos.exporters.chosen import Chosen
from mscos.exporters.mappings import IMSA, Mapping, MappingSet

_RELATED_R4: Final = {"equivalence": "relatedto"}
_RELATED_R5: Final = {"relationship": "related-to"}


def concept_map_r4(chosen: Chosen) -> str:
    """Write the crosswalk for R4 and R4B."""
    found = mappings.imsa(chosen)
    source = {"sourceUri": value_set_iri("core")}
    group = {"source": CODE_SYSTEM, "sourceVersion": chosen.taxonomy.edition, "target": IMSA}
    return _concept_map(chosen, found, source, group, _RELATED_R4)


def concept_map_r5(chosen: Chosen) -> str:
    """Write the crosswalk for R5."""
    found = mappings.imsa(chosen)
    source = {"sourceScopeUri": value_set_iri("core")}
    group = {"source": f"{CODE_SYSTEM}|{chosen.taxonomy.edition}", "target": IMSA}
    return _concept_map(chosen, found, source, group, _RELATED_R5)


def _concept_map(
    chosen: Chosen,
    found: MappingSet,
    source: dict[str, str],
    group: dict[str, str],
    related: dict[str, str],
) -> str:
    """
    Write a crosswalk.

    Args:
        chosen: The outcomes.
        found: The crosswalk.
        source: The value set that the outcomes come from.
        group: The code systems on both sides.
        related: How this release says that two things are related and not the same.
    """
    taxonomy = chosen.taxonomy
    top = header(taxonomy, "ConceptMap", f"mscos-{found.name}", f"Mscos{found.name.capitalize()}", found.title)
    elements = [
        {
            "code": outcome.id,
            "display": outcome.marked_label,
            "target": [_target(mapping, related) for mapping in of_outcome],
        }
        for outcome, of_outcome in groupby(found.mappings, lambda mapping: mapping.outcome)
    ]
    return fhir_json(top | {"description": found.note} | source | {"group": [{**group, "element": elements}]})


def _target(mapping: Mapping, related: dict[str, str]) -> dict[str, str | None]:
    said = {"code": mapping.code, "display": mapping.label, **related}
    return said | {"comment": f"{mapping.relation}: {mapping.why}"}
