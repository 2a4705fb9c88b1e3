"""Every kind of template, and the endings of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from mscos.templates.canonical_workbook import data_workbook
from mscos.templates.plan import Plan
from mscos.templates.records import evaluation_json, evaluation_toml, intervention_json, intervention_toml
from mscos.templates.redcap import dictionary
from mscos.templates.table import table
from mscos.templates.xlsform import form_csv, form_workbook

Writer = Callable[[Plan], Mapping[str, bytes]]
"""Writes a template: the bytes of each file, by the ending of its name.  The first is the one that was asked for."""

TEMPLATES: Final[Mapping[str, Mapping[str, Writer]]] = {
    "xlsx": {".xlsx": data_workbook},
    "xlsform": {".xlsx": form_workbook, ".csv": form_csv},
    "redcap": {".csv": dictionary},
    "csv": {".csv": table},
    "evaluation": {".toml": evaluation_toml, ".json": evaluation_json},
    "intervention": {".toml": intervention_toml, ".json": intervention_json},
}
"""Every kind of template: what writes it, by the ending of the file that is asked for."""
