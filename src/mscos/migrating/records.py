"""A record is brought to another edition: its text stays as it is, but for identifiers that keep their meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from mscos import errors
from mscos._files import decoded, parse_document
from mscos.errors import Fault
from mscos.migrating.moves import Move, Moves
from mscos.taxonomy import Taxonomy

Document = dict[str, Any]

_KINDS = ("evaluation", "intervention")
_EDITION = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_TOKENS = re.compile(
    r"""(\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\#[^\n]*|"(?:\\.|[^"\\\n])*"|'[^'\n]*')""", re.DOTALL
)
"""Text in quotation marks, and comments, of TOML and JSON."""

_NAMED = re.compile(r"(?:^|[\s{,])(outcome|outcomes|edition)\s*=\s*(\[\s*)?$")
_VALUE = re.compile(r"\s*[=:]\s*(\[\s*)?$")


@dataclass(frozen=True, slots=True)
class Left:
    """
    Something that a person must decide.

    Attributes:
        place: Where it is: a JSON Pointer, or the column of a table.
        move: Where the identifier leads.  Of one that neither edition knows, nothing is shown.
    """

    place: str
    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """
    What was brought to another edition.

    Attributes:
        content: The file as it is to be written.
        before: Name of the edition to begin at.
        assumed: Whether nobody named it, so that it was assumed.
        after: Name of the edition reached.
        rewritten: The identifiers that were replaced, each with the new one.
        left: What a person must decide.
    """

    content: bytes = field(repr=False)
    before: str
    assumed: bool
    after: str
    rewritten: tuple[tuple[str, str], ...]
    left: tuple[Left, ...] = field(repr=False)


def migrate_record(content: bytes, path: str, to: Taxonomy, *, assumed: str) -> Migrated:
    """
    Bring a record to another edition.

    Args:
        content: The file, in JSON or TOML.
        path: The file as the caller named it.
        to: The edition to reach.
        assumed: Name of the edition of a record that names none.

    Returns:
        The new file.  Identifiers that a person must decide on stand in it unchanged, and reading it refuses them.

    Raises:
        CannotRead: If it is no record; `CannotRewrite` if more than the identifiers would change.
        NoWayBetween: If no crosswalk leads from its edition to the other.
    """
    text = decoded(content, path)
    document = parse_document(text, path)
    # A record of an evaluation may leave its kind out; any other file is not to be touched.
    if document.get("kind", "evaluation" if "record_id" in document else None) not in _KINDS:
        raise errors.OtherKind(path, _KINDS)
    named = _edition(document, path)
    moves = Moves(named or assumed, to)
    wanted, found = _moved(document, moves)
    written = text if wanted == document else _rewritten(text, moves, new=named is None)
    if not _says(written, path, wanted):
        raise errors.CannotRewrite(path)
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    return Migrated(
        content=content if written == text else mark + written.encode(),
        before=moves.before,
        assumed=named is None,
        after=to.edition,
        rewritten=tuple(sorted({(move.identifier, str(move.target)) for _, move in found if move.rewrites})),
        left=tuple(Left(place, move) for place, move in found if move.target is None),
    )


def _edition(document: Document, path: str) -> str | None:
    named = document.get("edition")
    if named is not None and not (isinstance(named, str) and _EDITION.fullmatch(named)):
        raise errors.InvalidDocument(path, (Fault("/edition", "This is not the name of an edition."),))
    return named


def _moved(document: Document, moves: Moves) -> tuple[Document, list[tuple[str, Move]]]:
    """Give the document as it must read afterwards, and where each identifier leads."""
    wanted = deepcopy(document) | {"edition": moves.after.edition}
    found: list[tuple[str, Move]] = []
    for holder, key, place in _places(wanted):
        move = moves.of(holder[key])
        found.append((place, move))
        holder[key] = move.target or move.identifier
    return wanted, found


def _places(document: Document) -> Iterator[tuple[Any, Any, str]]:
    """Find every place of a record in which an identifier of an outcome stands."""
    for held in ("outcomes", "addresses", "gap_actions"):
        for index, entry in _objects(document.get(held)):
            if isinstance(entry.get("outcome"), str):
                yield entry, "outcome", f"/{held}/{index}/outcome"
    for index, row in _objects(document.get("logframe")):
        named = row.get("outcomes")
        for position, outcome in enumerate(named if isinstance(named, list) else ()):
            if isinstance(outcome, str):
                yield named, position, f"/logframe/{index}/outcomes/{position}"


def _objects(value: object) -> Iterable[tuple[int, Document]]:
    items = value if isinstance(value, list) else []
    return [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]


def _rewritten(text: str, moves: Moves, *, new: bool) -> str:
    """Replace identifiers, and the name of the edition, where they stand as values of their fields."""
    parts = _TOKENS.split(text)
    name: str | None = None
    for index in range(1, len(parts), 2):
        name = _field_before(parts, index, name)
        value = parts[index][1:-1]
        if name == "edition" and value == moves.before:
            parts[index] = _quoted(parts[index], moves.after.edition)
        elif name in {"outcome", "outcomes"} and moves.of(value).rewrites:
            parts[index] = _quoted(parts[index], str(moves.of(value).target))
    return _with_edition("".join(parts), moves.after.edition) if new else "".join(parts)


def _field_before(parts: list[str], index: int, before: str | None) -> str | None:
    """Name the field whose value a token is; in a list, that of the token before."""
    between = parts[index - 1]
    if before == "outcomes" and not between.strip(" \t\r\n,"):
        return before
    bare = _NAMED.search(between)
    if bare:
        return bare[1]
    key = parts[index - 2][1:-1] if index > 1 else ""
    return key if _VALUE.fullmatch(between) and key in {"outcome", "outcomes", "edition"} else None


def _quoted(token: str, value: str) -> str:
    return f"{token[0]}{value}{token[-1]}"


def _with_edition(text: str, edition: str) -> str:
    """Add the name of the edition before everything else, but for comments."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return re.sub(r"\{(\s*)", lambda brace: f'{{{brace[1]}"edition": "{edition}",{brace[1] or " "}', text, count=1)
    end = "\r\n" if "\r\n" in text else "\n"
    first = re.search(r"^(?!\s*(?:#|$))", text, re.MULTILINE)
    place = first.start() if first else len(text)
    return f'{text[:place]}edition = "{edition}"{end}{text[place:]}'


def _says(text: str, path: str, wanted: Document) -> bool:
    """Read a text again and see that it says what it must, and nothing else."""
    try:
        found = parse_document(text, path)
    except errors.CannotRead:
        return False
    # As text, so that 1 and 1.0 and true are told apart.
    return json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)
