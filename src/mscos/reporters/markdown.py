"""Parts of Markdown as GitHub reads it, in which nothing that is not ours can become markup, a mention or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mscos.reporters.foreign import pieces

_ESCAPED = re.compile(r"[\\`*_\[\]<>|~$&#]|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_JOINED = re.compile(r"@(?=\S)|#(?=\d)|\bGH-(?=\d)|(?<![\w:]):(?=[\w+-]+:)", re.IGNORECASE)
_BEGINS = re.compile(r"^(\s*)([+=-]|\d+(?=[.)]))")
_APART = "&#8203;"
"""A space of no width: GitHub looks for mentions, references and emoji after it has read the markup."""


def text(line: str) -> str:
    """Write the words of a line, with what is somebody else's taken as it stands."""
    written = (_foreign(piece) if strange else _escaped(piece) for piece, strange in pieces(line))
    return "".join(written).strip()  # four spaces at its beginning would make it code


def _escaped(words: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\{found[0]}", words)


def _foreign(words: str) -> str:
    apart = _JOINED.sub(lambda found: f"{found[0]}\0", words)
    return _BEGINS.sub(_not_begun, _escaped(apart)).replace("\0", _APART)


def _not_begun(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}{_APART}" if sign.isdigit() else f"{space}\\{sign}"


def heading(level: int, words: str) -> Iterator[str]:
    """Write a heading, with an empty line after it."""
    yield from (f"{'#' * level} {text(words)}", "")


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """Write a list, with an empty line after it."""
    yield from (f"- {text(line)}" for line in lines)
    yield ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table, with an empty line after it."""
    yield _row(columns)
    yield f"|{' --- |' * len(columns)}"
    yield from (_row([text(cell) for cell in row]) for row in rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
