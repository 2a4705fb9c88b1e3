"""How a text table is laid out: its separator, its headers, and the line on which the data begin."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from mscos import errors
from mscos.codebooks.codebook import Codebook
from mscos.codebooks.hxl import ROWS, find_tag_row, hxl_codebook
from mscos.readers._frames import checked_headers
from mscos.readers._grammar import Grammar, separator_of

BOUND: Final = 1024 * 1024
"""Most bytes of a file that are looked at for its layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    How a text table is laid out.

    Attributes:
        grammar: What its rows are.
        headers: The headers, without blanks at their ends.
        width: Number of cells in a row; more than headers, if columns without one follow.
        lines: Number of lines before the data.
        codebook: What a row of HXL tags says; None if there is none.
    """

    grammar: Grammar
    headers: tuple[str, ...]
    width: int
    lines: int
    codebook: Codebook | None


def find_layout(start: bytes, separators: str) -> Layout:
    """
    Find out how a text table is laid out.

    The headers are in the first row, or in the row above HXL tags; tags in the first row are headers themselves.

    Args:
        start: Its first bytes in UTF-8, up to `BOUND`; all of them and a line break, if there are fewer.
        separators: What may stand between cells.

    Raises:
        CannotRead: If it has no row of headers, or a faulty one.
    """
    start = start.removeprefix(codecs.BOM_UTF8)
    if not start.strip():
        raise errors.EmptyFile(errors.DATA)
    grammar = Grammar(separator_of(start, separators))
    rows = list(grammar.first_rows(start, ROWS))
    if not rows:
        raise grammar.fault(start, 0) or errors.RaggedRow(errors.DATA)
    tags = find_tag_row([cells for cells, _ in rows])
    header = max((tags or 0) - 1, 0)
    (cells, _), (below, lines) = rows[header], rows[tags or header]
    if len(cells) != len(below):
        raise errors.RaggedRow(errors.DATA, lines)
    headers = checked_headers(_without_trailing(cells))
    return Layout(
        grammar=grammar,
        headers=headers,
        width=len(cells),
        lines=lines,
        codebook=None if tags is None else hxl_codebook(headers, below),
    )


def _without_trailing(cells: list[str]) -> list[str]:
    """Leave out what follows the last cell that holds anything."""
    filled = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:filled]
