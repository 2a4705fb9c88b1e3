"""A report as JSON: the model itself."""

from __future__ import annotations

from mscos.failures import Failure
from mscos.report import Report


def report(report: Report) -> str:
    """Write a report in the form of the published ``report.schema.json``."""
    return report.model_dump_json(indent=2, exclude_none=True) + "\n"


def failure(failure: Failure) -> str:
    """Write why nothing was judged, in the form of the published ``failure.schema.json``."""
    return failure.model_dump_json(indent=2, exclude_none=True) + "\n"
