"""
The members of a portfolio, one after the other, from files, folders and files with one record on each line.

Nothing is skipped in silence: what cannot be read takes its place in the row as `Unread`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import ValidationError

from mscos import _words, errors
from mscos._editions import load_taxonomy
from mscos._files import LIMIT, _decoded, _parse_json, as_document, is_folder, read_document, why_not_opened
from mscos.portfolios.report import PortfolioReport
from mscos.portfolios.tables import UptakeTable
from mscos.records.reading import AnyRecord, read_any
from mscos.report import Report
from mscos.taxonomy import Taxonomy

_LINES = {".ndjson", ".jsonl"}
_ENDINGS = {".json", ".toml"} | _LINES

_M = TypeVar("_M", Report, PortfolioReport)


@dataclass(frozen=True, slots=True)
class PortfolioMember:
    """
    A member that was read.

    Attributes:
        content: The record, or a report that was made of it earlier.
        path: Its place, as the caller named it; for a line of a file with its number.
        sha256: Fingerprint of its bytes; None for one built in memory.
    """

    content: AnyRecord | Report
    path: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """
    Something that was offered and could not be read.

    Attributes:
        path: Its place, as the caller named it.
        message: Why, without any of its content.
    """

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """
    A file in a named folder that was not read, because of its ending.

    Attributes:
        path: Its place, as it can be shown.
    """

    path: str


def read_members(
    paths: Iterable[str | PathLike[str]], *, taxonomy: Taxonomy | None = None
) -> Iterator[PortfolioMember | Unread | PassedOver]:
    """
    Read the members of a portfolio, one at a time.

    Args:
        paths: Files and folders.  A folder stands for every JSON, TOML and NDJSON file in it and below, in
            alphabetical order, without hidden ones.  A file that comes up twice is read once.
        taxonomy: The edition to read records by; None for the one that each names, or the newest.

    Yields:
        Each record and each report made earlier, and in its place whatever could not be read, or was passed
        over.
    """
    seen: set[str] = set()
    for path in paths:
        named = fspath(path)
        for file in _files(named):
            if not isinstance(file, str):
                yield file
                continue
            real = _real(file)
            if real not in seen:
                seen.add(real)
                yield from _members(file, taxonomy)


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
    with _opened(name) as file:
        content = file.read()
    document = as_document(_parse_json(_decoded(content, name), name), name)
    if document.get("kind") != kind:
        raise errors.OtherKind(name, (kind,))
    return _validated(model, document, name)


class _Nothing(errors.CannotRead):
    """There is no record to be read."""

    why = "there is no record in it"


class _IsALink(errors.CannotRead):
    """It is a link to a folder, which is not followed: it may lead anywhere, or in a circle."""

    why = "this is a link to a folder; name the folder itself"


class _LockedFolder(errors.CannotRead):
    """The system refuses to list the folder."""

    why = "the system does not let us read this folder"


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # no path at all
        return path


def _files(path: str) -> Iterator[str | Unread | PassedOver]:
    """Give the files that a path stands for: itself, or what is in the folder, and what of it is not read."""
    if not is_folder(path):
        yield path
        return
    found: dict[str, Unread | PassedOver | None] = {}

    def locked(error: OSError) -> None:
        folder = fspath(error.filename or path)
        found[folder] = _unread(_LockedFolder(folder))

    for folder, below, files in os.walk(path, onerror=locked):
        below[:] = [name for name in below if not name.startswith(".")]
        links = (link for link in (str(Path(folder, name)) for name in below) if os.path.islink(link))  # noqa: PTH114
        found.update((link, _unread(_IsALink(link))) for link in links)
        shown = (Path(folder, name) for name in files if not name.startswith("."))
        found.update((str(file), _passed_over(file)) for file in shown)
    yield from ((unread or file) for file, unread in sorted(found.items(), key=itemgetter(0)))
    if all(isinstance(each, PassedOver) for each in found.values()):
        yield path


def _passed_over(file: Path) -> PassedOver | None:
    return None if file.suffix.lower() in _ENDINGS else PassedOver(errors.shown(str(file)))


def _unread(error: errors.CannotRead) -> Unread:
    return Unread(errors.shown(error.path), why_unread(error))


def _members(path: str, taxonomy: Taxonomy | None) -> Iterator[PortfolioMember | Unread]:
    try:
        if Path(path).suffix.lower() in _LINES:
            yield from _members_on_lines(path, taxonomy)
        else:
            yield _member_in_file(path, taxonomy)
    except errors.CannotRead as error:
        yield _unread(error)


def _member_in_file(path: str, taxonomy: Taxonomy | None) -> PortfolioMember:
    if is_folder(path):
        raise _Nothing(path)
    document, content = read_document(path)
    return _member(document, path, content, taxonomy)


def _members_on_lines(path: str, taxonomy: Taxonomy | None) -> Iterator[PortfolioMember | Unread]:
    found = False
    with _opened(path) as file:
        for number, line in _lines(file):
            place = f"{path}:{number}"
            found = True
            try:
                yield _member(_document_on_line(line, place), place, line, taxonomy)
            except errors.CannotRead as error:
                yield _unread(error)
    if not found:
        raise errors.EmptyFile(path)


def _document_on_line(line: bytes, place: str) -> dict[str, object]:
    if len(line) > LIMIT:
        raise errors.TooLarge(place, LIMIT)
    document = _parse_json(_decoded(line, place), place)
    if not isinstance(document, dict):
        raise errors.NotAnObject(place)
    return document


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give each line that is not blank, with its number; of one that is too long, only the beginning."""
    number = 0
    while line := file.readline(LIMIT + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LIMIT)
        line = line.rstrip(b"\r\n")
        if line.strip():
            yield number, line


def _opened(path: str) -> BinaryIO:
    failure: errors.CannotRead
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        failure = why_not_opened(path, error)
    raise failure


def _member(document: dict[str, object], path: str, content: bytes, taxonomy: Taxonomy | None) -> PortfolioMember:
    """Make a member of a document: a record, or a report made earlier."""
    sha256 = hashlib.sha256(content).hexdigest()
    if document.get("kind") == "report":
        return PortfolioMember(_validated(Report, document, path), errors.shown(path), sha256)
    if document.get("kind", "evaluation") not in ("evaluation", "intervention"):
        raise errors.OtherKind(path, ("evaluation", "intervention", "report"))
    return PortfolioMember(read_any(document, taxonomy=taxonomy), errors.shown(path), sha256)


def _validated(model: type[_M], document: dict[str, object], path: str) -> _M:
    try:
        return model.model_validate_json(json.dumps(document))
    except ValidationError:
        pass
    raise errors.InvalidDocument(path, (errors.Fault("", _words.OTHERWISE),))


def why_unread(error: errors.CannotRead) -> str:
    """Say why something could not be read, in one line, without its place and without any of its content."""
    first = str(error).split("\n", 1)[0]
    bare = first.removeprefix(f"{errors.shown(error.path)}: ").removesuffix(" Nothing was checked.")
    return f"{bare[:1].upper()}{bare[1:]}"
