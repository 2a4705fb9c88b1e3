"""
Crosswalks in SSSOM, the Simple Standard for Sharing Ontological Mappings, as tab-separated values.

Every predicate is ``skos:relatedMatch``: an area of work and an outcome are never the same thing.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from mscos.exporters import mappings
from mscos.exporters.chosen import Chosen
from mscos.exporters.mappings import IMSA, Mapping, MappingSet
from mscos.exporters.statements import LICENCE_IRI, PUBLISHER, iri, one_line
from mscos.logframes import shielded
from mscos.schemas import BASE_IRI
from mscos.taxonomy import Taxonomy

_COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_type",
    "comment",
    "other",
)

_LITERAL: Final = "rdfs literal"
"""The type of something that has a name and no identifier."""


def imsa_sssom(chosen: Chosen) -> str:
    """Write the crosswalk to the framework for advocates."""
    return _sssom(mappings.imsa(chosen), chosen.taxonomy)


def dodd_sssom(chosen: Chosen) -> str:
    """Write the crosswalk to the taxonomy by Dodd and others."""
    return _sssom(mappings.dodd(chosen), chosen.taxonomy)


def _sssom(found: MappingSet, taxonomy: Taxonomy) -> str:
    written = io.StringIO()
    written.writelines(f"#{line}\n" for line in _metadata(found, taxonomy))
    writer = csv.writer(written, dialect="excel-tab", lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([shielded(one_line(cell)) for cell in _cells(mapping)] for mapping in found.mappings)
    return written.getvalue()


def _cells(mapping: Mapping) -> tuple[str, ...]:
    return (
        f"outcome:{mapping.outcome.id}",
        mapping.outcome.marked_label,
        "skos:relatedMatch",
        f"area:{mapping.code}" if mapping.code else "",
        mapping.label,
        "semapv:ManualMappingCuration",
        "" if mapping.code else _LITERAL,
        mapping.why,
        f"relation={mapping.relation}",
    )


def _metadata(found: MappingSet, taxonomy: Taxonomy) -> list[str]:
    """Write what is said of the whole set as YAML, of which every text in quotation marks of JSON is one."""
    said = {
        "sssom_version": "1.1",
        "mapping_set_id": iri(taxonomy.edition, "mappings", found.name),
        "mapping_set_version": taxonomy.edition,
        "mapping_set_title": f"{found.title}, {taxonomy.edition}",
        "mapping_set_description": found.note,
        "license": LICENCE_IRI,
        "subject_source_version": taxonomy.edition,
        "mapping_provider": BASE_IRI,
        "comment": f"Sources: {'; '.join(source.words for source in found.sources)}." if found.sources else "",
    }
    lists = {"creator_label": (PUBLISHER,), "see_also": tuple(source.url for source in found.sources if source.url)}
    return [
        "curie_map:",
        f"  area: {_text(f'{IMSA}/')}",
        f"  outcome: {_text(iri(taxonomy.edition, 'outcome') + '/')}",
        *(f"{name}: {_text(value)}" for name, value in said.items() if value),
        *(
            line
            for name, values in lists.items()
            if values
            for line in (f"{name}:", *(f"  - {_text(each)}" for each in values))
        ),
    ]


def _text(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)
