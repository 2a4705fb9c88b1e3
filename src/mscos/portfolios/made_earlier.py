"""Reports that were made earlier, on a record or on a portfolio, read back from their files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import ValidationError

from mscos import _words, errors
from mscos._editions import load_taxonomy
from mscos._files import as_document, decoded, parse_json, why_not_opened
from mscos.findings import Finding, Rag, Reach, Status
from mscos.portfolios.report import PortfolioReport
from mscos.portfolios.tables import UptakeTable
from mscos.report import OutcomeLine, Report
from mscos.rules import RULES
from mscos.taxonomy import Taxonomy

_M = TypeVar("_M", Report, PortfolioReport)


def read_report(path: str | PathLike[str]) -> Report:
    """
    Read a report on a record that was made earlier.

    Args:
        path: The JSON file.

    Raises:
        CannotRead: If there is no such report to be had.
    """
    return _read_made(fspath(path), "report", Report)


def read_portfolio_report(path: str | PathLike[str]) -> PortfolioReport:
    """
    Read a report on a portfolio that was made earlier, as `read_report` reads one on a record.

    Args:
        path: The JSON file.

    Raises:
        CannotRead: If there is no such report to be had, or if it holds what no check says.
    """
    name = fspath(path)
    report = _read_made(name, "portfolio", PortfolioReport)
    faults = tuple(faults_of(report))
    if faults:
        raise errors.InvalidDocument(name, faults)
    return report


def faults_of(report: PortfolioReport) -> Iterator[errors.Fault]:
    """Say what no check of a portfolio says: other outcomes than those of the edition, or impossible counts."""
    core = _core_of(report)
    counted = Counter(member.kind for member in report.members if member.answer != "not_given")
    if tuple(line.outcome for line in report.core) != (core if counted["intervention"] else ()):
        yield errors.Fault("/core", "The report does not hold a line for each core outcome.")
    table = report.uptake
    if (table.evaluations if table else 0) != counted["evaluation"] or (table and not table.evaluations):
        yield errors.Fault("/uptake", "The report does not count the evaluations that it names.")
    if table and tuple(line.outcome for line in table.outcomes) != core:
        yield errors.Fault("/uptake/outcomes", "The report does not hold a line for each core outcome.")
    elif table and not _possible(table):
        yield errors.Fault("/uptake", "The counts do not go together.")


def _core_of(report: PortfolioReport) -> tuple[str, ...]:
    """Name the core outcomes of a report's edition; of one that is not packaged, those that the report names."""
    try:
        taxonomy = load_taxonomy(report.stamps.edition)
    except errors.UnknownEdition:
        taxonomy = None
    if taxonomy and taxonomy.fingerprint == report.stamps.edition_fingerprint:
        return tuple(outcome.id for outcome in taxonomy.core)
    lines = report.core or (report.uptake.outcomes if report.uptake else ())
    return tuple(dict.fromkeys(line.outcome for line in lines))


def _possible(table: UptakeTable) -> bool:
    pairs = [(table.full_set, table.full_set_planned_or_reported)]
    pairs += [(line.reported, line.planned_or_reported) for line in table.outcomes]
    if not all(each.total == table.evaluations for pair in pairs for each in pair):
        return False
    within = all(reported.count <= planned.count <= table.evaluations for reported, planned in pairs)
    whole = all(full.count <= each.count for pair in pairs for full, each in zip(pairs[0], pair, strict=True))
    left_out = all(line.without_reason + line.planned_or_reported.count <= table.evaluations for line in table.outcomes)
    return within and whole and left_out


def read_made(name: str) -> dict[str, object]:
    """
    Read the document that a report made earlier is.

    Raises:
        CannotRead: If there is no document to be had.
    """
    with opened(name) as file:
        content = file.read()
    return as_document(parse_json(decoded(content, name), name), name)


def _read_made(name: str, kind: str, model: type[_M]) -> _M:
    document = read_made(name)
    if document.get("kind") != kind:
        raise errors.OtherKind(name, (kind,))
    return validated(model, document, name)


def opened(path: str) -> BinaryIO:
    """Open a file for reading, or say why not."""
    failure: errors.CannotRead
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        failure = why_not_opened(path, error)
    raise failure


def validated(model: type[_M], document: dict[str, object], path: str) -> _M:
    """Make a report of a document, or refuse it without saying what is in it."""
    try:
        return model.model_validate_json(json.dumps(document))
    except ValidationError:
        pass
    raise errors.InvalidDocument(path, (errors.Fault("", _words.OTHERWISE),))


class NoRecord(errors.CannotRead):
    """A report made earlier is about data or a form, and not about a record."""

    why = "the report is about data or a form alone; a portfolio is of records"


class NotWhole(errors.CannotRead):
    """A report made earlier does not hold a line for each core outcome."""

    why = "the report does not hold a line for each core outcome"


class AtOdds(errors.CannotRead):
    """A report made earlier says what no check says together."""

    why = "the report does not agree with itself"


def hold_together(report: Report, taxonomy: Taxonomy) -> None:
    """
    See that a check can have said what a report made earlier says.

    Raises:
        CannotRead: If none can.
    """
    name = report.subject.record_id
    if name is None:
        raise NoRecord("a report")
    wanted = Reach if report.subject.kind == "intervention" else Status
    whole = [line.outcome for line in report.core] == [outcome.id for outcome in taxonomy.core]
    if not whole or not all(isinstance(line.status, wanted) for line in report.core):
        raise NotWhole(name)
    if not _agrees_with_itself(report):
        raise AtOdds(name)


_LEFT_TO_OTHERS = {Reach.BY_PARTNER, Reach.BY_REFERRAL}

_MAY_BE_GREEN = {Reach.BY_PARTNER, Reach.DIRECTLY}

_WITHHOLDING = {rule.id for rule in RULES if rule.withholds}


def _agrees_with_itself(report: Report) -> bool:
    """Tell whether a check can have said all this: only then is a report made earlier believed."""
    name = "addressed" if report.subject.kind == "intervention" else "reported"
    names = [verdict.name for verdict in report.verdicts]
    if names[0] != name or len(set(names)) < len(names):
        return False
    if report.verdict().answer != "not_given" and not _may_answer(report):
        return False
    return report.subject.kind != "intervention" or all(map(_can_be, report.core))


def _may_answer(report: Report) -> bool:
    """Tell whether the answer that a report gives is the one that its lines give, and nothing withholds it."""
    if not report.complete or report.rules_not_run or any(map(_withholds, report.findings)):
        return False
    return report.verdict().answer == ("met" if all(line.there for line in report.core) else "not_met")


def _withholds(found: Finding) -> bool:
    return found.rule in _WITHHOLDING and found.about == "record"


def _can_be(line: OutcomeLine) -> bool:
    """Tell whether a line of an intervention names whom it must name, and is green only where it can be."""
    reach = Reach(line.status)
    named = reach not in _LEFT_TO_OTHERS or bool(line.partners)
    return named and (line.rag is not Rag.GREEN or reach in _MAY_BE_GREEN)
