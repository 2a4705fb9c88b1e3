"""
What a notebook shows of a value: a title, sentences and a table.

Models stand below the reporters and cannot ask them, so this is at the bottom and needs the standard library alone.
It carries no style sheet, which notebooks strip: colours are those around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from mscos._printable import printable


def snippet(
    title: str,
    sentences: Iterable[str] = (),
    *,
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[str]] = (),
    notes: Iterable[str] = (),
) -> str:
    """
    Write a part of a page, with all its text escaped.

    Args:
        title: What the value is.
        sentences: What to read first.
        columns: Heads of the columns of the table; none where its first column says what the second is.
        rows: Rows of the table.
        notes: What to read last.
    """
    head = "".join(_cell("th", column, ' scope="col"') for column in columns)
    body = "".join(map(_row, rows))
    table = f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>" if body else ""
    strong = f"<p><strong>{_text(title)}</strong></p>"
    said = "".join(f"<p>{_text(sentence)}</p>" for sentence in sentences)
    small = "".join(f"<p><small>{_text(note)}</small></p>" for note in notes)
    return f'<div style="max-width: 60em; overflow-wrap: break-word">{strong}{said}{table}{small}</div>'


def _row(cells: Sequence[str]) -> str:
    head = _cell("th", cells[0], ' scope="row"')
    rest = "".join(_cell("td", cell) for cell in cells[1:])
    return f"<tr>{head}{rest}</tr>"


def _cell(tag: str, text: str, scope: str = "") -> str:
    return f'<{tag}{scope} style="text-align: left; vertical-align: top">{_text(text)}</{tag}>'


def _text(text: str) -> str:
    return f"<bdi>{escape(printable(text))}</bdi>"
