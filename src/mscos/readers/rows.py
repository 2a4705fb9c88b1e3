"""Rows as JSON objects become tables: a list of them, or one on each line (NDJSON)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.readers._frames import checked_headers, finished, without_empty
from mscos.readers._sources import fingerprint, opened
from mscos.readers.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import polars as pl

LIMIT: Final = 256 * 1024 * 1024
"""Largest file read as one list, in bytes: all of it is in memory several times over."""

LONGEST_LINE: Final = 16 * 1024 * 1024
"""Most bytes of a line of NDJSON."""

_BATCH = 50_000
"""Rows that are held as Python's own objects at a time, which need ten times the memory."""

_Rows = Iterator[tuple[int | None, object]]
"""Parsed rows, each with its line from 1; without one in a format in which a row is not a line."""


def read_json(path: str) -> Table:
    """
    Read a list of flat objects, all of them with the same names.

    Args:
        path: The file.

    Returns:
        The table.  Every column is text: numbers as the file writes them, ``true`` and ``false`` as words.

    Raises:
        CannotRead: If there is no table to be had.
        MissingExtra: If the library that holds it is not installed.
    """
    return _table(_in_list(path), "JSON", path)


def read_ndjson(path: str) -> Table:
    """Read one flat object from each line; all else is as in `read_json`."""
    return _table(_on_lines(path), "NDJSON", path)


def _in_list(path: str) -> _Rows:
    content = asked(lambda: _first(path), errors.NotPermitted(errors.DATA))
    if len(content) > LIMIT:
        raise errors.LargeTable(errors.DATA, f"{LIMIT:,} bytes")
    if not content.strip():
        raise errors.EmptyFile(errors.DATA)
    rows = _parsed(content.removeprefix(codecs.BOM_UTF8), "JSON", None)
    if not isinstance(rows, list):
        raise errors.BrokenTable(errors.DATA, "JSON")
    return ((None, row) for row in rows)


def _first(path: str) -> bytes:
    with opened(path) as file:
        return file.read(LIMIT + 1)


def _on_lines(path: str) -> _Rows:
    is_blank = True
    for number, line in enumerate(_lines(path), start=1):
        if len(line) > LONGEST_LINE:
            raise errors.LargeTable(errors.DATA, f"{LONGEST_LINE:,} bytes in a line")
        text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if text.strip():
            is_blank = False
            yield number, _parsed(text, "NDJSON", number)
    if is_blank:
        raise errors.EmptyFile(errors.DATA)


def _lines(path: str) -> Iterator[bytes]:
    try:
        with opened(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                yield line
            return
    except OSError:
        pass
    raise errors.NotPermitted(errors.DATA)


class _Refused(ValueError):
    """What JSON does not have, or has twice; what it is, is the file's own text."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise _Refused
    return unique


def _constant(_: str) -> object:
    raise _Refused


# Numbers stay as they are written: 1.0 is not 1 to a codebook, and no number is too long.
_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_constant, parse_float=str, parse_int=str)


def _parsed(content: bytes, form: str, line: int | None) -> object:
    failure: errors.CannotRead = errors.BrokenTable(errors.DATA, form)
    try:
        return _DECODER.decode(content.decode())
    except UnicodeDecodeError:
        failure = errors.NotText(errors.DATA, line)
    except (ValueError, RecursionError):
        pass
    raise failure


def _table(rows: _Rows, form: str, path: str) -> Table:
    polars = needed("polars", "data")
    first = next(rows, None)
    if first is None:
        raise errors.NoRows(errors.DATA)
    if not isinstance(first[1], dict):
        raise errors.BrokenTable(errors.DATA, form)
    names = tuple(first[1])
    headers = checked_headers(names)
    parts = [_part(columns, headers, form) for columns in _batches(chain([first], rows), names, form)]
    frame = without_empty(polars.concat(parts, rechunk=False).lazy()).collect().lazy()
    return finished(frame, headers, form, fingerprint(path))


def _batches(
    rows: Iterable[tuple[int | None, object]], names: tuple[str, ...], form: str
) -> Iterator[list[list[str | None]]]:
    """Turn rows into columns, some rows at a time."""
    columns: list[list[str | None]] = [[] for _ in names]
    for line, row in rows:
        if not isinstance(row, dict):
            raise errors.BrokenTable(errors.DATA, form)
        if row.keys() != set(names):
            raise errors.RaggedRow(errors.DATA, line)
        for column, name in zip(columns, names, strict=True):
            column.append(_cell(row[name], form))
        if len(columns[0]) == _BATCH:
            yield columns
            columns = [[] for _ in names]
    yield columns


def _part(columns: list[list[str | None]], headers: tuple[str, ...], form: str) -> pl.DataFrame:
    polars = needed("polars", "data")
    schema = dict.fromkeys(headers, polars.String)
    # Half of a surrogate pair can be written in JSON, and is no text.
    part: pl.DataFrame = asked(
        lambda: polars.DataFrame(columns, schema=schema, orient="col"), errors.BrokenTable(errors.DATA, form)
    )
    return part


def _cell(value: object, form: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    raise errors.NestedCells(errors.DATA, form)
