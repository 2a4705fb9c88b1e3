"""
Bytes of a user's file become a JSON-like document, or one of our errors.

What another library said about the content is never passed on: its words may quote the file.  Each error is
raised outside the `except` that noticed it, so that not even its context holds them.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

from mscos import errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 4 * 1024 * 1024
"""Largest file read as one document, in bytes.  A full evaluation record has about 20,000."""

DEPTH = 32
"""Deepest nesting of a document.  An evaluation record has six levels."""

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_document(path: str) -> tuple[dict[str, Any], bytes]:
    """
    Read a JSON or TOML file.

    Args:
        path: The file.  Its ending decides the language; without a known ending its first character does.

    Returns:
        The document, with TOML's dates as ISO 8601 text, and the bytes it was read from.

    Raises:
        CannotRead: If there is no document to be had.
    """
    content = _read_bytes(path)
    text = _decoded(content, path)
    ending = Path(path).suffix.lower()
    if ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{")):
        document = _parse_json(text, path)
    elif ending in {".toml", ""}:
        document = _parse_toml(text, path)
    else:
        raise errors.NotARecord(path)
    return as_document(document, path), content


def as_document(value: object, path: str) -> dict[str, Any]:
    """
    Reduce a parsed or caller's value to objects, lists and single values, with dates as ISO 8601 text.

    Raises:
        NotAnObject: If the value is not a mapping.
        TooDeep: If it is nested more than `DEPTH` levels.
    """
    document = _plain(value, path, DEPTH)
    if not isinstance(document, dict):
        raise errors.NotAnObject(path)
    return document


def _read_bytes(path: str) -> bytes:
    failure: errors.CannotRead | None = None
    content = b""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        failure = errors.NoSuchFile(path)
    except IsADirectoryError:
        failure = errors.NotAFile(path)
    except (OSError, ValueError):
        # Windows says "permission denied" of a folder.
        failure = errors.NotAFile(path) if Path(path).is_dir() else errors.NotPermitted(path)
    if failure is None and len(content) > LIMIT:
        failure = errors.TooLarge(path, LIMIT)
    if failure is None and not content.strip():
        failure = errors.EmptyFile(path)
    if failure is not None:
        raise failure
    return content


def _decoded(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise errors.NotText(path)


def _parse_json(text: str, path: str) -> object:
    failure: errors.CannotRead
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        failure = errors.BadSyntax(path, "JSON", error.lineno, error.colno)
    except RecursionError:
        failure = errors.TooDeep(path)
    except _RepeatedName:
        failure = errors.InvalidDocument(path, (errors.Fault("", "An object holds the same name twice. Keep one."),))
    except ValueError:  # an integer of thousands of digits
        failure = errors.InvalidDocument(path, (errors.Fault("", "A number is too long."),))
    raise failure


class _RepeatedName(Exception):
    """A name stands twice in one object; which one, is the file's own text."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise _RepeatedName
    return unique


def _parse_toml(text: str, path: str) -> object:
    failure: errors.CannotRead
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = map(int, place.groups()) if place else (None, None)
        failure = errors.BadSyntax(path, "TOML", line, column)
    except RecursionError:
        failure = errors.TooDeep(path)
    except ValueError:  # an integer of thousands of digits
        failure = errors.InvalidDocument(path, (errors.Fault("", "A number is too long."),))
    raise failure


def _plain(value: object, path: str, depth: int) -> object:
    if depth < 0:
        raise errors.TooDeep(path)
    if isinstance(value, Mapping):
        return {name: _plain(member, path, depth - 1) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, path, depth - 1) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
