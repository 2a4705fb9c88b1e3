"""A check is made again, from the inputs that a report names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mscos._editions import load_taxonomy
from mscos.conformance import check, check_any, check_design, check_intervention
from mscos.errors import MscosError
from mscos.findings import Role
from mscos.logframes import read_logframe_file
from mscos.portfolios.checking import check_portfolio
from mscos.portfolios.members import read_members
from mscos.portfolios.report import PortfolioReport
from mscos.records.intervention import InterventionRecord
from mscos.records.reading import read_any, read_record
from mscos.report import Report


def repeated(report: Report, files: Mapping[int, str]) -> Report | None:
    """
    Check the same inputs again.

    Args:
        report: The report.
        files: The file that is each input, by the position of its stamp.

    Returns:
        What is said now, with the stamps of the report; None where the inputs alone do not tell how they were read:
        columns were left out of them, or a sheet was named.
    """
    if (report.dataset is not None and report.dataset.excluded) or len(files) < len(report.stamps.inputs):
        return None
    by_role: dict[Role, list[str]] = {}
    for place, stamp in enumerate(report.stamps.inputs):
        by_role.setdefault(stamp.role, []).append(files[place])
    try:
        again = _checked(report, by_role)
    except MscosError:
        return None
    asked_first = again.expecting(report.verdict().name) if report.verdict().name in _names(again) else again
    return asked_first.model_copy(update={"stamps": report.stamps, "since": report.since})


def _names(report: Report) -> set[str]:
    return {verdict.name for verdict in report.verdicts}


def _checked(report: Report, files: Mapping[Role, Sequence[str]]) -> Report:
    edition = report.stamps.edition if report.stamps.edition_from in {"caller", "pin"} else None
    record = next(iter(files.get("record", ())), None)
    if "data" in files:
        return check(
            read_record(record) if record else None,
            data=files["data"][0],
            codebook=tuple(files.get("codebook", ())),
            edition=edition,
            events=next(iter(files.get("events", ())), None),
            min_count=report.dataset.min_count if report.dataset else 10,
        )
    if record is None:
        return check_design(files["codebook"][0], edition=edition)
    read = read_any(record)
    if "logframe" in files and isinstance(read, InterventionRecord):
        logframe = read_logframe_file(files["logframe"][0], load_taxonomy(report.stamps.edition))
        return check_intervention(read, edition=edition, logframe=logframe)
    return check_any(read, edition=edition)


def repeated_portfolio(report: PortfolioReport, paths: Sequence[str]) -> PortfolioReport:
    """Check the members of a portfolio again, by the edition of the report."""
    taxonomy = load_taxonomy(report.stamps.edition)
    return check_portfolio(read_members(paths, taxonomy=taxonomy), edition=report.stamps.edition)
