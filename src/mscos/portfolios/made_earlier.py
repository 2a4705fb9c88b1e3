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
from mscos.portfolios.report import PortfolioReport
from mscos.portfolios.tables import UptakeTable
from mscos.report import Report

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
    faults = tuple(_faults(report))
    if faults:
        raise errors.InvalidDocument(name, faults)
    return report


def _faults(report: PortfolioReport) -> Iterator[errors.Fault]:
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


def _read_made(name: str, kind: str, model: type[_M]) -> _M:
    with opened(name) as file:
        content = file.read()
    document = as_document(parse_json(decoded(content, name), name), name)
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
