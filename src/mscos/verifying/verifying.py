"""`verify_report`: a report is read back and held against its edition, its rules and its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path

from mscos._editions import editions, load_taxonomy
from mscos._version import __version__
from mscos.errors import OtherKind
from mscos.portfolios.made_earlier import read_made, validated
from mscos.portfolios.report import PortfolioReport, PortfolioStamps
from mscos.report import Report
from mscos.rules.fingerprint import rules_fingerprint
from mscos.schemas import SCHEMA_MAJOR
from mscos.stamps import Stamps
from mscos.taxonomy import Taxonomy
from mscos.verification import Discrepancy, Verification, discrepancy
from mscos.verifying.altered import agrees, portfolio_agrees
from mscos.verifying.inputs import matched
from mscos.verifying.repeating import repeated, repeated_portfolio

_OTHER = {"edition_unknown", "edition_changed", "rules_changed"}
"""What keeps a check from being made again: it would rightly say something else."""


def verify_report(path: str | PathLike[str], inputs: Sequence[str | PathLike[str]] = ()) -> Verification:
    """
    Say whether a report, its edition, its rules and its inputs still belong together.

    Args:
        path: The report, in JSON: on a record, on data or on a portfolio.
        inputs: Its inputs.  Those that are not named here are looked for in the folder of the report and in the
            working directory, as far as the report says what they are called.

    Returns:
        The answer.  Where all inputs are there, the check is made again, and must say the same.

    Raises:
        CannotRead: If the report, or an input that is named here, cannot be read.
    """
    name, given = fspath(path), [fspath(each) for each in inputs]
    document = read_made(name)
    kind = document.get("kind")
    if kind not in {"report", "portfolio"}:
        raise OtherKind(name, ("report", "portfolio"))
    if _is_of_other_schema(document):
        return _answer("report" if kind == "report" else "portfolio", [discrepancy("schema_unknown")])
    if kind == "report":
        return _of_report(validated(Report, document, name), given, Path(name).resolve().parent)
    return _of_portfolio(validated(PortfolioReport, document, name), given)


def _is_of_other_schema(document: dict[str, object]) -> bool:
    stamps = document.get("stamps")
    major = stamps.get("schema_version") if isinstance(stamps, dict) else None
    return isinstance(major, str) and major != SCHEMA_MAJOR


def _of_report(report: Report, given: Sequence[str], folder: Path) -> Verification:
    taxonomy, found = _edition(report.stamps), list(_clocks(report.stamps))
    files = matched(report.stamps.inputs, given, folder)
    found += files.discrepancies
    codes = {each.code for each in found}
    again = None if codes & _OTHER else repeated(report, files.files)
    same = agrees(report, taxonomy, same_rules="rules_changed" not in codes)
    if not same or (again is not None and again != report):
        found.append(discrepancy("report_altered"))
    return _answer("report", found, matched=len(files.files), repeated=again == report)


def _of_portfolio(report: PortfolioReport, given: Sequence[str]) -> Verification:
    found = list(_clocks(report.stamps))
    codes = {each.code for each in found}
    same = portfolio_agrees(report, same_rules="rules_changed" not in codes)
    again = None
    if report.stamps.inputs_without_fingerprint:
        found.append(discrepancy("input_without_fingerprint"))
    elif not given:
        found.append(discrepancy("input_missing"))
    elif not codes & {"edition_unknown", "edition_changed"}:
        again = repeated_portfolio(report, given)
        if again.stamps.inputs_sha256 != report.stamps.inputs_sha256:
            found.append(discrepancy("input_changed"))
    unchanged = again is not None and again.stamps.inputs_sha256 == report.stamps.inputs_sha256
    comparable = again if unchanged and not codes & _OTHER else None
    repeats = comparable is not None and _without_places(comparable) == _without_places(report)
    if not same or (comparable is not None and not repeats):
        found.append(discrepancy("report_altered"))
    return _answer("portfolio", found, matched=report.stamps.inputs if unchanged else 0, repeated=repeats)


def _without_places(report: PortfolioReport) -> PortfolioReport:
    """Leave out what depends on where the members lie, and on what they were compared with."""
    unreadable = tuple(each.model_copy(update={"path": ""}) for each in report.unreadable)
    stamps = report.stamps.model_copy(update={"made_at": None, "edition_from": "caller"})
    return report.model_copy(
        update={"unreadable": unreadable, "passed_over": (), "since": None, "stamps": stamps},
    )


def _edition(stamps: Stamps | PortfolioStamps) -> Taxonomy | None:
    """Give the edition of a report, if it is packaged and has not changed."""
    if stamps.edition not in editions():
        return None
    taxonomy = load_taxonomy(stamps.edition)
    return taxonomy if taxonomy.fingerprint == stamps.edition_fingerprint else None


def _clocks(stamps: Stamps | PortfolioStamps) -> Iterator[Discrepancy]:
    if stamps.edition not in editions():
        yield discrepancy("edition_unknown")
    elif _edition(stamps) is None:
        yield discrepancy("edition_changed")
    if stamps.rules_fingerprint != rules_fingerprint():
        yield discrepancy("rules_changed")
    if stamps.mscos != __version__:
        yield discrepancy("version_differs")


def _answer(kind: str, found: Sequence[Discrepancy], *, matched: int = 0, repeated: bool = False) -> Verification:
    return Verification(
        of="report" if kind == "report" else "portfolio",
        belongs=all(each.note for each in found),
        repeated=repeated,
        matched=matched,
        discrepancies=tuple(found),
    )
