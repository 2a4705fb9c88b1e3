"""
The members of a portfolio, one after the other, from files, folders and files with one record on each line.

Nothing is skipped in silence: what cannot be read takes its place in the row as `Unread`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO

from mscos import errors
from mscos._files import LIMIT, decoded, is_folder, parse_json, read_document
from mscos.portfolios.made_earlier import opened, validated
from mscos.records.reading import AnyRecord, read_any
from mscos.report import Report
from mscos.taxonomy import Taxonomy

_LINES = {".ndjson", ".jsonl"}
_ENDINGS = {".json", ".toml"} | _LINES


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
    with opened(path) as file:
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
    document = parse_json(decoded(line, place), place)
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


def _member(document: dict[str, object], path: str, content: bytes, taxonomy: Taxonomy | None) -> PortfolioMember:
    """Make a member of a document: a record, or a report made earlier."""
    sha256 = hashlib.sha256(content).hexdigest()
    if document.get("kind") == "report":
        return PortfolioMember(validated(Report, document, path), errors.shown(path), sha256)
    if document.get("kind", "evaluation") not in ("evaluation", "intervention"):
        raise errors.OtherKind(path, ("evaluation", "intervention", "report"))
    return PortfolioMember(_record(document, path, taxonomy), errors.shown(path), sha256)


def _record(document: dict[str, object], path: str, taxonomy: Taxonomy | None) -> AnyRecord:
    """Read a record; its faults are those of the file or line that it stands in."""
    try:
        return read_any(document, taxonomy=taxonomy)
    except errors.InvalidDocument as error:
        refusal = errors.InvalidDocument(path, error.faults, error.number)
    raise refusal


def why_unread(error: errors.CannotRead) -> str:
    """Say why something could not be read, in one line, without its place and without any of its content."""
    first = str(error).split("\n", 1)[0]
    bare = first.removeprefix(f"{errors.shown(error.path)}: ").removesuffix(" Nothing was checked.")
    return f"{bare[:1].upper()}{bare[1:]}"
