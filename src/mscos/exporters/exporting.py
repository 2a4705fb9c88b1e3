"""An edition becomes a file for another tool: the formats, and the one way to ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mscos.errors import UnknownExport
from mscos.exporters.as_choices import hxl_csv, redcap_csv, xlsform_choices_csv, xlsform_workbook
from mscos.exporters.as_concept_map import concept_map_r4, concept_map_r5
from mscos.exporters.as_csvw import csvw_json
from mscos.exporters.as_data_package import data_package_json
from mscos.exporters.as_edition import edition_json
from mscos.exporters.as_fhir import code_system, value_set
from mscos.exporters.as_skos import skos_json_ld, skos_turtle
from mscos.exporters.as_sssom import dodd_sssom, imsa_sssom
from mscos.exporters.as_table import table_csv
from mscos.exporters.chosen import Chosen, Which, choose
from mscos.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Exporter:
    """
    A format.

    Attributes:
        write: Gives the file.
        what: What the file is, in a few words.
    """

    write: Callable[[Chosen], str | bytes]
    what: str


EXPORTERS: Final[Mapping[str, Exporter]] = {
    "csv": Exporter(table_csv, "a table, one outcome a row"),
    "csvw": Exporter(csvw_json, "what the columns of the table mean (CSV on the Web)"),
    "datapackage": Exporter(data_package_json, "the same as a Data Package, with a label for every code"),
    "fhir-codesystem": Exporter(code_system, "a FHIR CodeSystem, for R4 and R5"),
    "fhir-conceptmap-r4": Exporter(concept_map_r4, "a FHIR R4 ConceptMap to the key areas of advocates (IMSA)"),
    "fhir-conceptmap-r5": Exporter(concept_map_r5, "the same for FHIR R5"),
    "fhir-valueset": Exporter(value_set, "a FHIR ValueSet, for R4 and R5"),
    "hxl": Exporter(hxl_csv, "the HXL tag of each outcome"),
    "json": Exporter(edition_json, "the whole edition, as this package reads it"),
    "redcap": Exporter(redcap_csv, "a REDCap dictionary with the outcomes as choices"),
    "skos-jsonld": Exporter(skos_json_ld, "a SKOS thesaurus in JSON-LD"),
    "skos-turtle": Exporter(skos_turtle, "a SKOS thesaurus in Turtle"),
    "sssom-dodd": Exporter(dodd_sssom, "mappings to the outcome taxonomy by Dodd and others, in SSSOM"),
    "sssom-imsa": Exporter(imsa_sssom, "mappings to the key areas of advocates (IMSA), in SSSOM"),
    "xlsform": Exporter(xlsform_workbook, "a form for Kobo or ODK with the outcomes as choices (needs --output)"),
    "xlsform-choices": Exporter(xlsform_choices_csv, "only the choices of that form, as CSV"),
}
"""Every format.  One that is not listed here does not exist."""


def export(taxonomy: Taxonomy, form: str, *, outcomes: Which = "all") -> str | bytes:
    """
    Write an edition in a format that another tool reads.

    Args:
        taxonomy: The edition.
        form: The name of the format: one of `EXPORTERS`.
        outcomes: Which outcomes: ``core``, ``longlist`` or ``all``.

    Returns:
        The file: text, or bytes for a workbook.  The same edition gives the same file on every day.

    Raises:
        UnknownExport: If there is no such format.
        NothingToExport: If the format has a place for none of these outcomes.
        OnlyWhole: If the format holds whole editions only, and a part was asked for.
        MissingExtra: If the library that writes workbooks is not installed.
        ValueError: If there is no such choice of outcomes.
    """
    if form not in EXPORTERS:
        raise UnknownExport(tuple(EXPORTERS))
    return EXPORTERS[form].write(choose(taxonomy, outcomes))
