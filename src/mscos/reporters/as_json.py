"""A report as JSON: the model itself."""

from __future__ import annotations

from dataclasses import asdict

from mscos.errors import CannotRead, HoldsIdentifiers, InvalidDocument
from mscos.report import Report
from mscos.reporters.json_text import json_text


def report(report: Report) -> str:
    """Write a report in the form of the published ``report.schema.json``."""
    return report.model_dump_json(indent=2, exclude_none=True) + "\n"


def failure(error: CannotRead | HoldsIdentifiers, status: int) -> str:
    """Write why nothing was checked, with every fault or every column that stopped us."""
    faults = error.faults if isinstance(error, InvalidDocument) else ()
    stops = error.stops if isinstance(error, HoldsIdentifiers) else ()
    return json_text(
        {
            "kind": "failure",
            "status": status,
            "rule": stops[0][0] if stops else "STR-01",
            "message": str(error).split("\n", 1)[0],
            "faults": [asdict(fault) for fault in faults],
            "stops": [
                {"rule": rule, "why": why, "column": column, "variable": variable}
                for rule, why, column, variable in stops
            ],
        }
    )
