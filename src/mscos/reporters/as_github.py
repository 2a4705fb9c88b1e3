"""A report as the workflow commands of GitHub Actions: each thing to mend is shown beside its file."""

from __future__ import annotations

from mscos.failures import Failure
from mscos.findings import Severity
from mscos.report import Report
from mscos.reporters.mending import Mend, mends
from mscos.reporters.places import file_of

_LEVELS = {Severity.STOP: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(report: Report) -> str:
    """Write the answer, then each thing to mend, one command on each line."""
    answer = _command("notice" if report.met else "error", None, "mscos", report.headline)
    return "".join((answer, *(_annotation(mend, report) for mend in mends(report))))


def failure(failure: Failure) -> str:
    """Write why nothing was judged, and what keeps us from it."""
    said = (failure.message, *failure.details)
    return "".join(_command("error", failure.path, failure.rule, each) for each in said)


def _annotation(mend: Mend, report: Report) -> str:
    return _command(_LEVELS[mend.severity], file_of(mend, report), mend.rule, mend.said)


def _command(level: str, file: str | None, title: str, message: str) -> str:
    named = f"file={_property(file)}," if file else ""
    return f"::{level} {named}title={_property(title)}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escape what would end a command, as GitHub's own toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
