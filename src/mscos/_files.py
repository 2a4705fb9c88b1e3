"""
Bytes of a user's file become a JSON-like document, or one of our errors.

What another library said about the content is never passed on: its words may quote the file.  Each error is
raised outside the `except` that noticed it, so that not even its context holds them.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import NoneType

from mscos import _words, errors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 1024 * 1024
"""Largest file read as one document, in bytes.  A full evaluation record has about 20,000."""

DEPTH = 32
"""Deepest nesting of a document.  An evaluation record has six levels."""

_LONGEST_PATH = 1024
"""Longest text, in characters, that is shown as the path of a file that is not there."""

_GIVEN = "the given text"
"""What an error shows where the caller gave the text of a document as a path."""

_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks and other archives begin: the newer ones, and those before 2007."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NO_SUCH_NAME = {errno.ENAMETOOLONG, errno.EINVAL}

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

_BEGINS_AS_TOML = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*+\s*(?:\[+[^\[\],:]+\]|[^\s<=:][^\n=:]*=)")
"""A table or a name with a value, before anything else that is no comment."""

_TOKENS_OF_TOML = re.compile(
    r"""
      (?P<part> \"{3}(?:[^\\]|\\.)*?(?:\"{3}|\\?\Z) | '{3}.*?(?:'{3}|\Z)
              | "(?:[^"\\\n]|\\.)*+"? | '[^'\n]*+'? | [\w-]++ | [ \t]++ )
    | (?P<dot> \. )
    | (?P<other> (?: \#[^\n]*+ | [^\w"'.\ \t\#-] )++ )
    """,
    re.VERBOSE | re.DOTALL,
)


def read_document(path: str) -> tuple[dict[str, Any], bytes]:
    """
    Read a JSON or TOML file.

    Args:
        path: The file, or ``-`` for standard input.  The endings ``.json`` and ``.toml`` decide the language.
            With any other ending, or none, a document that begins with ``{`` is JSON; what is left is tried
            as TOML.

    Returns:
        The document, with TOML's dates as ISO 8601 text, and the bytes it was read from.

    Raises:
        CannotRead: If there is no document to be had.
    """
    content = read_content(path)
    text = decoded(content, path)
    return as_document(_parse(text, path), path), content


def parse_document(text: str, path: str) -> dict[str, Any]:
    """
    Parse the text of a JSON or TOML file, as `read_document` does with its bytes.

    Raises:
        CannotRead: If there is no document to be had.
    """
    return as_document(_parse(text, path), path)


def as_document(value: object, path: str) -> dict[str, Any]:
    """
    Reduce a parsed or caller's value to objects, lists and single values, with dates as ISO 8601 text.

    Objects come from mappings, lists from lists and tuples, and single values are text, numbers, truth values or
    None.  What is anything else, such as a generator or a set, becomes something that no field takes.

    Raises:
        NotAnObject: If the value is not a mapping.
        TooDeep: If it is nested more than `DEPTH` levels.
        InvalidDocument: If one of its mappings holds the same name twice.
    """
    document = _plain(value, path, DEPTH)
    if not isinstance(document, dict):
        raise errors.NotAnObject(path)
    return document


def read_content(path: str) -> bytes:
    """Read the bytes of a file that is not too large, or say why not."""
    failure: errors.CannotRead | None = None
    content = b""
    try:
        content = _first_bytes(path)
    except (OSError, ValueError) as error:
        failure = why_not_opened(path, error)
    if failure is not None:
        raise failure
    if len(content) > LIMIT:
        raise errors.TooLarge(path, LIMIT)
    if not content.strip():
        raise errors.EmptyFile(path)
    return content


def _first_bytes(path: str) -> bytes:
    if path != errors.STANDARD_INPUT:
        with Path(path).open("rb") as file:
            return file.read(LIMIT + 1)
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:  # a program without a console
        raise PermissionError
    content: bytes = stream.read(LIMIT + 1)
    return content


def why_not_opened(path: str, error: OSError | ValueError) -> errors.CannotRead:
    """Look twice at a path that could not be opened: it may be a folder, or no path at all."""
    if path.lstrip().startswith(("{", "[")) or len(path) > _LONGEST_PATH or "\n" in path or "\r" in path:
        return errors.NotAPath(_GIVEN)
    if isinstance(error, IsADirectoryError):
        return errors.NotAFile(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError) or error.errno in _NO_SUCH_NAME:
        return errors.NoSuchFile(path)
    # Windows says "permission denied" of a folder.
    return errors.NotAFile(path) if is_folder(path) else errors.NotPermitted(path)


def is_folder(path: str) -> bool:
    """Tell whether a path is that of a folder; of what cannot be looked at, that it is none."""
    # `Path.is_dir` can raise, and what it raises holds the path.
    return os.path.isdir(path)  # noqa: PTH112


def decoded(content: bytes, path: str) -> str:
    """Read bytes as UTF-8 text, or say what they seem to be."""
    if content.startswith(_BINARY):
        raise errors.BinaryFile(path)
    content = content.removeprefix(codecs.BOM_UTF8)
    start = 0
    try:
        if b"\0" not in content:
            return content.decode()
    except UnicodeDecodeError as error:
        start = error.start
    raise errors.NotText(path, content.count(b"\n", 0, start) + 1 if _is_mostly_text(content) else None)


def _is_mostly_text(content: bytes) -> bool:
    if b"\0" in content or content.startswith(_UTF_16):
        return False
    text = content.decode(errors="replace")
    return text.count("\ufffd") * 4 <= len(text)


def _parse(text: str, path: str) -> object:
    ending = Path(path).suffix.lower()
    if ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{")):
        return parse_json(text, path)
    failure: errors.CannotRead
    try:
        return _parse_toml(text, path)
    except errors.BadSyntax as fault:
        failure = fault if ending == ".toml" or _BEGINS_AS_TOML.match(text) else errors.NotARecord(path)
    raise failure


def parse_json(text: str, path: str) -> object:
    """Parse JSON in which no object holds a name twice, or say where its fault is."""
    failure: errors.CannotRead
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        hint, position = _words.json_hint(text, error.pos)
        line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
        failure = errors.BadSyntax(path, "JSON", line, column, hint)
    except RecursionError:
        failure = errors.TooDeep(path)
    except _RepeatedName:
        failure = _repeated(path)
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


def _repeated(path: str) -> errors.InvalidDocument:
    return errors.InvalidDocument(path, (errors.Fault("", "An object holds the same name twice. Keep one."),))


def _parse_toml(text: str, path: str) -> object:
    failure: errors.CannotRead
    if _has_long_names(text):
        raise errors.TooDeep(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = map(int, place.groups()) if place else (None, None)
        faulty = text.split("\n")[line - 1] if line else text.rstrip().rsplit("\n", 1)[-1]
        failure = errors.BadSyntax(path, "TOML", line, column, _words.toml_hint(faulty))
    except RecursionError:
        failure = errors.TooDeep(path)
    except ValueError:  # an integer of thousands of digits
        failure = errors.InvalidDocument(path, (errors.Fault("", "A number is too long."),))
    raise failure


def _has_long_names(text: str) -> bool:
    """Look for a dotted name of more than `DEPTH` parts: the parser's time grows with the cube of their number."""
    dots = 0
    for token in _TOKENS_OF_TOML.finditer(text):
        if token.lastgroup == "other":
            dots = 0
        elif token.lastgroup == "dot":
            dots += 1
            if dots > DEPTH:
                return True
    return False


_PLAIN = {str, bool, int, float, NoneType}


class _Refused:
    """Stands where the caller gave what is no part of a document.  No field takes it."""

    __slots__ = ()


def _plain(value: object, path: str, depth: int) -> object:
    if type(value) in _PLAIN:  # nearly everything; each type exactly, for a subclass may behave in its own way
        return value
    if depth < 0:
        raise errors.TooDeep(path)
    if isinstance(value, Mapping):
        return _object(value, path, depth - 1)
    if isinstance(value, list | tuple):
        return [_plain(item, path, depth - 1) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return _single(value)


def _object(value: Mapping[object, object], path: str, depth: int) -> dict[str, object]:
    members = [(_name(name, number), member) for number, (name, member) in enumerate(value.items())]
    unique = {name: _plain(member, path, depth) for name, member in members}
    if len(unique) != len(members):
        raise _repeated(path)
    return unique


def _name(name: object, number: int) -> str:
    """Give a name as text; one that is no text becomes one that no field has."""
    if type(name) is str and name.isascii():
        return name
    try:
        return str.__str__(name).encode().decode() if isinstance(name, str) else f"\0{number}"
    except UnicodeEncodeError:  # half of a surrogate pair
        return f"\0{number}"


def _single(value: object) -> object:
    if isinstance(value, str):
        return str.__str__(value)  # text of another type may compare as it likes
    return value if value is None or isinstance(value, bool | int | float) else _Refused()
