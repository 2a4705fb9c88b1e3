"""Data in the canonical layout are brought to another edition: only cells of the column `outcome` are written anew."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mscos import errors
from mscos._files import decoded, why_not_opened
from mscos.dataset import is_canonical
from mscos.errors import DATA
from mscos.migrating.moves import Move, Moves
from mscos.migrating.records import Left, Migrated
from mscos.taxonomy import Taxonomy

LIMIT = 64 * 1024 * 1024
"""Largest file that is brought to another edition, in bytes."""

_SEPARATORS = ",;\t"
_COLUMN = "outcome"


def read_table_bytes(path: str) -> bytes:
    """
    Read the bytes of a data file; its name is in no error.

    Raises:
        CannotRead: If there are none, or too many.
    """
    failure: errors.CannotRead | None = None
    content = b""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        failure = type(why_not_opened(path, error))(DATA)
    if failure is not None:
        raise failure
    if len(content) > LIMIT:
        raise errors.LargeTable(DATA, f"{LIMIT:,} bytes")
    if not content.strip():
        raise errors.EmptyFile(DATA)
    return content


def migrate_data(content: bytes, to: Taxonomy, *, before: str, assumed: bool) -> Migrated:
    """
    Bring data in the canonical layout to another edition.

    Args:
        content: The file: CSV in UTF-8.
        to: The edition to reach.
        before: Name of the edition whose identifiers the data hold.
        assumed: Whether nobody named it.

    Returns:
        The new file.  Every byte but those of identifiers that keep their meaning is as it was.

    Raises:
        NothingToMigrate: If the headers are not those of the canonical layout.
        CannotRead: If it cannot be read; `CannotRewrite` if more than the identifiers would change.
        NoWayBetween: If no crosswalk leads from the one edition to the other.
    """
    moves = Moves(before, to)
    text = decoded(content, DATA)
    separator = max(_SEPARATORS, key=next(io.StringIO(text), "").count)
    rows = _rows(text, separator)
    if not rows or not is_canonical(rows[0]) or rows[0].count(_COLUMN) > 1:
        raise errors.NothingToMigrate(DATA)
    place = rows[0].index(_COLUMN)
    found = _found(rows[1:], place, moves)
    written = _rewritten(text, separator, place, found)
    if _rows(written, separator) != [rows[0], *_wanted(rows[1:], place, found)]:
        raise errors.CannotRewrite(DATA)
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return Migrated(
        content=mark + written.encode(),
        before=before,
        assumed=assumed,
        after=to.edition,
        rewritten=tuple(sorted((move.identifier, str(move.target)) for move in found.values() if move.rewrites)),
        left=tuple(Left(_COLUMN, move) for _, move in sorted(found.items()) if move.target is None),
    )


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] | None = None
    with suppress(csv.Error):
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    if rows is None:
        raise errors.BrokenTable(DATA, "CSV")
    return rows


def _found(rows: Sequence[Sequence[str]], place: int, moves: Moves) -> dict[str, Move]:
    """Say where each identifier in the column leads; a row of HXL tags holds none."""
    cells = {row[place].strip() for row in rows if len(row) > place}
    return {cell: moves.of(cell) for cell in cells if cell and not cell.startswith("#")}


def _wanted(rows: Sequence[Sequence[str]], place: int, found: dict[str, Move]) -> Iterator[list[str]]:
    for row in rows:
        wanted = list(row)
        move = found.get(row[place].strip()) if len(row) > place else None
        if move is not None and move.rewrites:
            wanted[place] = row[place].replace(move.identifier, str(move.target))
        yield wanted


def _rewritten(text: str, separator: str, place: int, found: dict[str, Move]) -> str:
    rewrites = {identifier: str(move.target) for identifier, move in found.items() if move.rewrites}
    if not rewrites:
        return text
    mark = re.escape(separator)
    cell = rf'(?:"(?:[^"]|"")*+"|[^"{mark}\r\n][^{mark}\r\n]*+|)'
    named = "|".join(map(re.escape, rewrites))
    row = re.compile(
        rf'((?:^|(?<=\n)|(?<=\r))(?:{cell}{mark}){{{place}}}"?[ \t]*)({named})(?=[ \t]*"?(?:{mark}|[\r\n]|\Z))'
    )
    return row.sub(lambda match: f"{match[1]}{rewrites[match[2]]}", text)
