"""What holds for the rows and the headers of every table, whatever it was read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import narwhals as nw

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.codebooks.codebook import Codebook
from mscos.readers.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import polars as pl


WIDEST: Final = 16_384
"""Most columns: as many as the widest spreadsheet has."""

_EMPTY = "\0"
"""Name of a column for a moment; a header with this character is refused."""


def checked_headers(headers: Sequence[object], same: Callable[[str], str] = str) -> tuple[str, ...]:
    """
    See that each column has a header of its own.

    Args:
        headers: The headers as the file or the dataframe has them.
        same: Gives what two headers must not share beside blanks at their ends.

    Returns:
        The headers without blanks at their ends.

    Raises:
        NoHeader: If a column has none.
        UnusableHeader: If one is no text, or stands for other columns too.
        RepeatedHeader: If two are the same.
        LargeTable: If there are too many.
    """
    if len(headers) > WIDEST:
        raise errors.LargeTable(errors.DATA, f"{WIDEST:,} columns")
    found: list[str] = []
    seen: dict[str, int] = {}
    for position, header in enumerate(headers, start=1):
        if not isinstance(header, str) or _is_pattern(header.strip()):
            raise errors.UnusableHeader(errors.DATA, position)
        found.append(header.strip())
        if not found[-1]:
            raise errors.NoHeader(errors.DATA, position)
        first = seen.setdefault(same(found[-1]), position)
        if first != position:
            raise errors.RepeatedHeader(errors.DATA, first, position)
    if not found:
        raise errors.NoHeader(errors.DATA)
    return tuple(found)


def _is_pattern(header: str) -> bool:
    return header == "*" or "\0" in header or (header.startswith("^") and header.endswith("$"))


def is_empty() -> pl.Expr:
    """Tell of each row of a polars frame whether nothing is in it."""
    polars = needed("polars", "data")
    text = polars.selectors.string()
    empty: pl.Expr = polars.all_horizontal((~text).is_null(), text.is_null() | (text == ""))
    return empty


def without_empty(frame: pl.LazyFrame) -> pl.LazyFrame:
    """
    Leave out the rows in which nothing is.

    The condition becomes a column first: polars takes minutes to move one over a thousand columns into a scan.
    """
    return frame.with_columns(is_empty().alias(_EMPTY)).remove(_EMPTY).drop(_EMPTY)


def finished(
    frame: pl.LazyFrame, headers: tuple[str, ...], form: str, sha256: str, codebook: Codebook | None = None
) -> Table:
    """
    Make a table of a polars frame from which empty rows were taken.

    Raises:
        NoRows: If there is no row.
        BrokenTable: If the first row cannot be read.
    """
    first = asked(lambda: frame.head(1).collect(), errors.BrokenTable(errors.DATA, form))
    if first.is_empty():
        raise errors.NoRows(errors.DATA)
    return Table(frame=nw.from_native(frame), headers=headers, form=form, sha256=sha256, codebook=codebook)
