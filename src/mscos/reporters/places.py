"""Where a finding is, for machines that show it beside a file: only files whose names may be shown."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from mscos.errors import STANDARD_INPUT, shown
from mscos.findings import Role
from mscos.report import Report
from mscos.reporters.mending import Mend

_PIPED = {STANDARD_INPUT, shown(STANDARD_INPUT)}


def file_of(mend: Mend, report: Report) -> str | None:
    """
    Give the file to show a thing beside.

    What is said of data is shown beside their codebook: the name of a data file can be that of a person.

    Returns:
        The file as the caller named it; None where there is none that may be shown.
    """
    files = files_of(report)
    wanted: tuple[Role, ...] = ("codebook", "record") if mend.about in {None, "data", "codebook"} else (mend.about,)
    if mend.about is None:
        wanted = ("record", "codebook")
    return next((files[role] for role in wanted if role in files), None)


def files_of(report: Report) -> dict[Role, str]:
    """Give the first file of each sort whose name may be shown."""
    found: dict[Role, str] = {}
    for stamp in report.stamps.inputs:
        if stamp.path and stamp.path not in _PIPED and stamp.role != "data":
            found.setdefault(stamp.role, stamp.path)
    return found


def uri(path: str) -> str:
    """Write a path as a URI reference (RFC 3986): relative as it was named, or with the scheme `file`."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
