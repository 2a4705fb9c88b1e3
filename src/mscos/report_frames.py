"""A report as dataframes, for a researcher who goes on with it, or puts many of them under each other."""

from __future__ import annotations

from collections.abc import Mapping

from narwhals.typing import IntoDataFrame

from mscos._frames import Backend, Cell, frame
from mscos.findings import Finding
from mscos.report import OutcomeLine, Report

_REPORT: Mapping[str, type] = {"record_id": str, "edition": str}

OUTCOMES: Mapping[str, type] = {
    **_REPORT,
    "set": str,
    "outcome": str,
    "label": str,
    "mark": str,
    "status": str,
    "rag": str,
    "collected": str,
    "at_start": str,
    "later": str,
    "on_trust": bool,
    "partners": str,
    "reason": str,
    "advice": str,
}
"""The columns of the outcomes.  Each is the member of the same name in the JSON; partners are joined by a semicolon."""

FINDINGS: Mapping[str, type] = {
    **_REPORT,
    "rule": str,
    "severity": str,
    "message": str,
    "outcome": str,
    "about": str,
    "pointer": str,
    "variable": str,
    "column": int,
    "timepoint": str,
}
"""The columns of the findings.  Each is the member of the same name in the JSON."""


def outcomes_frame(report: Report, backend: Backend | None = None) -> IntoDataFrame:
    """Make a dataframe of the core outcomes, and then of those of the long-list that the record names."""
    rows = [_outcome(line, "core") for line in report.core]
    rows += [_outcome(line, "longlist") for line in report.longlist]
    return frame(OUTCOMES, [_of(report) | row for row in rows], backend)


def findings_frame(report: Report, backend: Backend | None = None) -> IntoDataFrame:
    """Make a dataframe of the findings, in their order."""
    return frame(FINDINGS, [_of(report) | _finding(finding) for finding in report.findings], backend)


def _of(report: Report) -> dict[str, Cell]:
    return {"record_id": report.subject.record_id, "edition": report.stamps.edition}


def _outcome(line: OutcomeLine, which: str) -> dict[str, Cell]:
    return line.model_dump(mode="json") | {"set": which, "partners": "; ".join(line.partners) or None}


def _finding(finding: Finding) -> dict[str, Cell]:
    return finding.model_dump(mode="json")
