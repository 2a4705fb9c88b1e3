"""CSV on the Web (CSVW): what the columns of the CSV export mean, for a program that reads it."""

from __future__ import annotations

from typing import Final

from mscos.exporters.as_table import COLUMNS, Column, table_name
from mscos.exporters.chosen import Chosen
from mscos.exporters.statements import LICENCE_IRI, PUBLISHER, RIGHTS, about, iri, reference
from mscos.reporters.json_text import json_text

_TRUTHS: Final = ("reviewed_by_survivors",)
_NEVER_EMPTY: Final = ("id", "label", "definition", "set", "domain", "label_grade", "status", "edition", "iri")


def csvw_json(chosen: Chosen) -> str:
    """Write the metadata of the table; it names the file that the table is to be saved as."""
    taxonomy = chosen.taxonomy
    return json_text(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": table_name(chosen),
            "dc:title": taxonomy.title,
            "dc:description": about(taxonomy),
            "dc:publisher": PUBLISHER,
            "dc:rights": RIGHTS,
            "dc:license": {"@id": LICENCE_IRI},
            "dc:source": [reference(source) for source in chosen.sources],
            "tableSchema": {
                "aboutUrl": f"{iri(taxonomy.edition, 'outcome')}/{{id}}",
                "primaryKey": "id",
                "columns": [_column(column) for column in COLUMNS],
            },
        }
    )


def _column(column: Column) -> dict[str, object]:
    said: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.title,
        "datatype": "boolean" if column.name in _TRUTHS else "string",
    }
    if column.name in _NEVER_EMPTY:
        said["required"] = True
    if column.property:
        said["propertyUrl"] = column.property
    if column.separator:
        said["separator"] = column.separator
    return said
