"""
Pins: a project names the edition that it relies on, with its fingerprint, in a TOML file.

The table is ``[tool.mscos]`` with ``edition`` and ``fingerprint``.  Nothing is searched but the file that is named.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike, fspath

from mscos import _words, errors
from mscos._editions import editions, latest_edition, load_taxonomy
from mscos._files import decoded, read_content, read_document
from mscos.errors import Fault
from mscos.taxonomy import Taxonomy

PROJECT = "pyproject.toml"
"""Where a pin stands if nobody names a file: in the working directory."""

_NAME = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_LONGEST_NAME = 32
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{64}")
_NOT_A_NAME = "Write the name of an edition in quotation marks, such as {!r}."
_NOT_A_FINGERPRINT = "Write the sha256 of the edition, 64 digits and letters from a to f, in quotation marks."
_FIELDS = ("edition", "fingerprint")


@dataclass(frozen=True, slots=True)
class Pin:
    """
    The edition that a project relies on.

    Attributes:
        path: The file that says so.
        edition: Name of the edition.
        fingerprint: Its sha256; None where the file does not give one.
    """

    path: str
    edition: str
    fingerprint: str | None = None

    def load(self) -> Taxonomy:
        """
        Load the pinned edition.

        Raises:
            PinnedIsNotHere: If it is not packaged.
            ChangedSincePinned: If it has another fingerprint.
        """
        if self.edition not in editions():
            raise errors.PinnedIsNotHere(self.path, self.edition, editions())
        return self.hold(load_taxonomy(self.edition))

    def hold(self, taxonomy: Taxonomy) -> Taxonomy:
        """
        Hold an edition of the pinned name to its fingerprint; one of another name is left alone.

        Raises:
            ChangedSincePinned: If it has another fingerprint.
        """
        wanted = self.fingerprint or taxonomy.fingerprint
        if taxonomy.edition == self.edition and taxonomy.fingerprint != wanted:
            raise errors.ChangedSincePinned(self.path, self.edition, wanted, taxonomy.fingerprint)
        return taxonomy


AnyEdition = str | Taxonomy | Pin
"""How a caller can choose an edition: by its name, as one that was read, or by a pin."""


def chosen_taxonomy(edition: AnyEdition | None) -> Taxonomy:
    """Give the edition that was chosen; the newest packaged one if none was."""
    if isinstance(edition, Pin):
        return edition.load()
    return edition if isinstance(edition, Taxonomy) else load_taxonomy(edition or latest_edition())


def read_pin(path: str | PathLike[str]) -> Pin:
    """
    Read the pin in a TOML file.

    Args:
        path: The file, such as ``pyproject.toml``.

    Raises:
        CannotRead: If the file cannot be read; `NoPin` if it has no table ``[tool.mscos]``.
    """
    name = fspath(path)
    table = _table(read_document(name)[0])
    if table is None:
        raise errors.NoPin(name)
    return _pin(table, name)


def find_pin() -> Pin | None:
    """
    Look for a pin in the working directory's ``pyproject.toml``, and nowhere else.

    Raises:
        CannotRead: If there is such a file, it names this project, and the pin cannot be read.
    """
    try:
        content = read_content(PROJECT)
    except (errors.NoSuchFile, errors.NotAFile, errors.EmptyFile):
        return None
    if b"mscos" not in content:
        return None
    table = _table(read_document(PROJECT)[0])
    return None if table is None else _pin(table, PROJECT)


def _table(document: object) -> object | None:
    tool = document.get("tool") if isinstance(document, dict) else None
    return tool.get("mscos") if isinstance(tool, dict) else None


def _pin(table: object, path: str) -> Pin:
    faults = tuple(_faults(table))
    if faults or not isinstance(table, dict):
        raise errors.InvalidDocument(path, faults)
    fingerprint = table.get("fingerprint")
    return Pin(path, table["edition"], fingerprint.lower() if fingerprint else None)


def _faults(table: object) -> Iterator[Fault]:
    if not isinstance(table, dict):
        yield Fault("/tool/mscos", "Write named fields here.")
        return
    for name in table:
        if name not in _FIELDS:
            yield Fault("/tool/mscos", _words.unknown_field(name, _FIELDS))
    if "edition" not in table:
        yield Fault("/tool/mscos/edition", _words.MISSING)
    elif not _is_like(table["edition"], _NAME) or len(table["edition"]) > _LONGEST_NAME:
        yield Fault("/tool/mscos/edition", _NOT_A_NAME.format(latest_edition()))
    if "fingerprint" in table and not _is_like(table["fingerprint"], _FINGERPRINT):
        yield Fault("/tool/mscos/fingerprint", _NOT_A_FINGERPRINT)


def _is_like(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


_HEADER = re.compile(r"[ \t]*\[")
_OURS = re.compile(r"[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*mscos[ \t]*\][ \t]*(?:#.*)?")
_FIELD = re.compile(r"[ \t]*(edition|fingerprint)[ \t]*=")


def pinned_text(content: bytes, path: str, taxonomy: Taxonomy) -> bytes:
    """
    Write a pin into the text of a TOML file; every other line stays as it is, byte for byte.

    Args:
        content: The file; it may be empty.
        path: The file as the caller named it.
        taxonomy: The edition to pin.

    Returns:
        The new content.

    Raises:
        CannotPin: If the pin would change anything but itself, such as in a file that writes tables on one line.
        CannotRead: If the file cannot be read as TOML.
    """
    text = decoded(content, path)
    before = _parsed(text)
    if before is None:
        read_document(path)  # says where the fault is
    fields = {"edition": taxonomy.edition, "fingerprint": taxonomy.fingerprint}
    end = "\r\n" if "\r\n" in text else "\n"
    written = [f'{name} = "{value}"' for name, value in fields.items()]
    after = end.join(_lines(text, end, written))
    wanted = _with(before or {}, fields)
    if wanted is None or _parsed(after) != wanted:
        raise errors.CannotPin(path, "\n".join(("[tool.mscos]", *written)))
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return mark + after.encode()


def _lines(text: str, end: str, written: list[str]) -> list[str]:
    lines = text.split(end) if text else [""]
    places = [number for number, line in enumerate(lines) if _OURS.fullmatch(line)]
    if not places:
        gap = [""] if text.strip() else []
        return [*_without_blank_end(lines), *gap, "[tool.mscos]", *written, ""]
    first = places[0] + 1
    last = next((n for n, line in enumerate(lines[first:], first) if _HEADER.match(line)), len(lines))
    kept = [line for line in lines[first:last] if not _FIELD.match(line)]
    return [*lines[:first], *written, *kept, *lines[last:]]


def _without_blank_end(lines: list[str]) -> list[str]:
    """Leave out the nothing after the last line break."""
    return lines[:-1] if lines[-1] == "" else lines


def _with(document: dict[str, object], fields: dict[str, str]) -> dict[str, object] | None:
    tool = document.get("tool", {})
    ours = tool.get("mscos", {}) if isinstance(tool, dict) else None
    if not isinstance(tool, dict) or not isinstance(ours, dict):
        return None
    return document | {"tool": tool | {"mscos": ours | fields}}


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
