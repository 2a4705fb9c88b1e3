"""A Data Package, version 2: the CSV export described, with a label for every code in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from mscos.exporters.as_table import COLUMNS, Column, table_csv, table_name
from mscos.exporters.chosen import Chosen
from mscos.exporters.statements import LICENCE, LICENCE_IRI, PUBLISHER, RIGHTS, about, file_name, iri, reference
from mscos.reporters.json_text import json_text
from mscos.terms import ConstructKind, DomainGrade, LabelGrade, OutcomeSet, Source

_PROFILES: Final = "https://datapackage.org/profiles/2.0/"

_SETS: Final[dict[str, str]] = {OutcomeSet.CORE: "core outcome set", OutcomeSet.LONGLIST: "long-list"}
_GRADES: Final[dict[str, str]] = {each: each.mark or "published: final wording" for each in LabelGrade}
_DOMAIN_GRADES: Final[dict[str, str]] = {
    each: "inferred by this project" if each is DomainGrade.INFERRED else f"from a source ({each})"
    for each in DomainGrade
}
_KINDS: Final[dict[str, str]] = {
    ConstructKind.STATE: "state of a person",
    ConstructKind.ACCESS: "access to something",
    ConstructKind.SERVICE_QUALITY: "quality of a service",
}
_STATUSES: Final[dict[str, str]] = {"current": "stands in this edition", "withdrawn": "withdrawn; see successors"}

_CATEGORIES: Final[Mapping[str, Callable[[Chosen], Mapping[str, str]]]] = {
    "id": lambda chosen: {outcome.id: outcome.marked_label for outcome in chosen.outcomes},
    "set": lambda _: _SETS,
    "domain": lambda chosen: {domain.id: domain.marked_label for domain in chosen.domains},
    "domain_grade": lambda _: _DOMAIN_GRADES,
    "construct_kind": lambda _: _KINDS,
    "label_grade": lambda _: _GRADES,
    "status": lambda _: _STATUSES,
}
"""The columns that hold codes, and the label of each code."""


def data_package_json(chosen: Chosen) -> str:
    """Write the package; it names the file that the table is to be saved as, and its sha256."""
    taxonomy = chosen.taxonomy
    table = table_csv(chosen).encode()
    return json_text(
        {
            "$schema": f"{_PROFILES}datapackage.json",
            "name": file_name("mscos", taxonomy.edition, chosen.which),
            "id": iri(taxonomy.edition),
            "title": taxonomy.title,
            "description": f"{about(taxonomy)} {RIGHTS}",
            "version": taxonomy.edition,
            "licenses": [{"name": LICENCE, "path": LICENCE_IRI, "title": "For the words that are this project's own"}],
            "contributors": [{"title": PUBLISHER, "roles": ["publisher"]}],
            "sources": [_source(source) for source in chosen.sources],
            "resources": [
                {
                    "name": "outcomes",
                    "path": table_name(chosen),
                    "title": "Outcomes",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "bytes": len(table),
                    "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                    "schema": {
                        "$schema": f"{_PROFILES}tableschema.json",
                        "fields": [_field(column, chosen) for column in COLUMNS],
                        "primaryKey": ["id"],
                    },
                }
            ],
        }
    )


def _source(source: Source) -> dict[str, str]:
    return {"title": reference(source)} | ({"path": source.url} if source.url else {})


def _field(column: Column, chosen: Chosen) -> dict[str, object]:
    kind = "boolean" if column.name == "reviewed_by_survivors" else "string"
    said: dict[str, object] = {"name": column.name, "type": kind, "title": column.title}
    if column.name in _CATEGORIES:
        labels = _CATEGORIES[column.name](chosen)
        said["categories"] = [{"value": value, "label": label} for value, label in labels.items()]
        # A program that does not know categories yet still refuses any other code.
        said["constraints"] = {"required": True, "enum": list(labels)}
    return said
