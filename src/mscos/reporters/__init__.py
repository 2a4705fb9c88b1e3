"""What the package knows becomes text or JSON: pure functions from a value to the content of a file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mscos.report import Report


def _text(report: Report) -> str:
    from mscos.reporters import as_text  # noqa: PLC0415

    return as_text.report(report)


def _json(report: Report) -> str:
    from mscos.reporters import as_json  # noqa: PLC0415

    return as_json.report(report)


# Each imports its module when it is used: the command line needs the names before it needs a report.
REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "json": _json,
}
"""Every format of a report, by its name."""
