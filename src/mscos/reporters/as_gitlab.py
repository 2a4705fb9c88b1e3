"""A report for the Code Quality widget of GitLab."""

from __future__ import annotations

import hashlib

from mscos.failures import Failure
from mscos.findings import Severity
from mscos.report import Report
from mscos.reporters.as_sarif import fingerprint
from mscos.reporters.json_text import json_text
from mscos.reporters.mending import Mend, mends
from mscos.reporters.places import file_of

_SEVERITIES = {
    Severity.STOP: "blocker",
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.NOTE: "info",
}

NO_FILE = "data"
"""Stands for a file where there is none whose name may be shown; the widget asks for one."""


def report(report: Report) -> str:
    """Write each thing to mend as an entry."""
    return json_text([_entry(mend, report) for mend in mends(report)])


def failure(failure: Failure) -> str:
    """Write why nothing was judged, as one entry."""
    description = " ".join((failure.message, *failure.details))
    digest = hashlib.sha256(description.encode()).hexdigest()
    return json_text([_object(description, failure.rule, digest, "blocker", failure.path)])


def _entry(mend: Mend, report: Report) -> dict[str, object]:
    file, digest = file_of(mend, report), fingerprint(mend, report)
    return _object(mend.said, mend.rule, digest, _SEVERITIES[mend.severity], file)


def _object(description: str, rule: str, digest: str, severity: str, file: str | None) -> dict[str, object]:
    return {
        "description": description,
        "check_name": rule,
        "fingerprint": digest,
        "severity": severity,
        "location": {"path": file or NO_FILE, "lines": {"begin": 1}},
    }
