"""
Text tables, CSV and TSV, become tables without being held in memory as a whole.

The engine that reads the cells fills short rows up without a word, and quotes cells in its complaints.  So every row
is looked at beforehand; after that nothing is left for the engine to complain about.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO, Final

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.readers._encodings import as_utf8
from mscos.readers._frames import finished, without_empty
from mscos.readers._layout import BOUND, Layout, find_layout
from mscos.readers._sources import fingerprint, opened
from mscos.readers.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import polars as pl

LONGEST_ROW: Final = 16 * 1024 * 1024
"""Most bytes of a row.  Without a bound, a quotation mark that is never closed would hold all of the file."""

_BLOCK = 1024 * 1024


def read_csv(source: str | bytes) -> Table:
    """
    Read a table whose cells stand between commas, semicolons or tabs, as its headers have it.

    Args:
        source: A path, or the bytes of the file.

    Returns:
        The table.  Every column is text; an empty cell is null.

    Raises:
        CannotRead: If there is no table to be had.
        MissingExtra: If the library that reads it is not installed.
    """
    return _read(source, ",;\t", "CSV")


def read_tsv(source: str | bytes) -> Table:
    """Read a table whose cells stand between tabs; all else is as in `read_csv`."""
    return _read(source, "\t", "TSV")


def _read(source: str | bytes, separators: str, form: str) -> Table:
    needed("polars", "data")
    text = as_utf8(source)
    layout = find_layout(asked(lambda: _start(text), errors.NotPermitted(errors.DATA)), separators)
    may_have_empty = _look_at_rows(text, layout)
    frame = _without_unnamed(_scanned(text, layout), layout, form)
    frame = without_empty(frame) if may_have_empty else frame
    return finished(frame, layout.headers, form, fingerprint(source), layout.codebook)


def _start(text: str | bytes) -> bytes:
    with opened(text) as file:
        start = file.read(BOUND + 1)
    return start[:BOUND] if len(start) > BOUND else start + b"\n"


def _scanned(text: str | bytes, layout: Layout) -> pl.LazyFrame:
    unnamed = [f"\0{place}" for place in range(len(layout.headers), layout.width)]  # no text has this character
    return _scan(text, [*layout.headers, *unnamed], layout, layout.grammar.separator, '"')


def _scan(
    text: str | bytes, names: Sequence[str], layout: Layout, separator: str, quotation_mark: str | None
) -> pl.LazyFrame:
    polars = needed("polars", "data")
    frame: pl.LazyFrame = polars.scan_csv(
        text,
        glob=False,  # a path may hold an asterisk
        has_header=False,
        missing_columns="insert",  # the first line may be blank
        null_values="",  # also where the marks of an empty cell are there
        quote_char=quotation_mark,
        schema=dict.fromkeys(names, polars.String),
        separator=separator,
        skip_lines=layout.lines,
    )
    return frame


def _look_at_rows(text: str | bytes, layout: Layout) -> bool:
    """Refuse faulty rows, and tell whether some of the others may be empty."""
    is_sound, may_have_empty = False, True
    with suppress(errors.CannotRead):  # an expression for thousands of columns can be too large for the engine
        is_sound, may_have_empty = asked(lambda: _at_a_glance(text, layout), errors.BrokenTable(errors.DATA, ""))
    if not is_sound:
        _refuse_faulty_rows(text, layout)
    return may_have_empty


def _at_a_glance(text: str | bytes, layout: Layout) -> tuple[bool, bool]:
    """
    Look at every line by itself, with all the speed of the engine.

    Returns:
        Whether each is a sound row, which a row of several lines is not; and whether one may be empty.
    """
    line = needed("polars", "data").col("line")
    lines = _scan(text, ["line"], layout, "\0", None)
    sound = line.str.contains(layout.grammar.line(layout.width)).all()
    empty = (line.is_null() | line.str.contains(f'^["{layout.grammar.separator}]*$')).any()
    is_sound, has_empty = lines.select(sound, empty.alias("empty")).collect(engine="streaming").row(0)
    return is_sound, has_empty


def _refuse_faulty_rows(text: str | bytes, layout: Layout) -> None:
    """Look at every row again, also at those of several lines, and say where the first faulty one is."""
    fault = asked(lambda: _first_fault(text, layout), errors.NotPermitted(errors.DATA))
    if fault is not None:
        raise fault


def _first_fault(text: str | bytes, layout: Layout) -> errors.CannotRead | None:
    with opened(text) as file:
        for _ in range(layout.lines):
            file.readline()
        return _first_fault_below(file, layout)


def _first_fault_below(file: BinaryIO, layout: Layout) -> errors.CannotRead | None:
    rows, lines, rest, block = layout.grammar.rows(layout.width), layout.lines, b"", b"\n"
    while block:
        block = file.read(_BLOCK)
        rest += block
        if not block and not rest.endswith(b"\n"):
            rest += b"\n"
        found = rows.match(rest)
        end = found.end() if found else 0
        lines, rest = lines + rest.count(b"\n", 0, end), rest[end:]
        fault = layout.grammar.fault(rest, lines)
        if fault is not None or len(rest) > LONGEST_ROW:
            return fault or errors.RaggedRow(errors.DATA)
    return errors.RaggedRow(errors.DATA, lines + rest.count(b"\n")) if rest else None


def _without_unnamed(frame: pl.LazyFrame, layout: Layout, form: str) -> pl.LazyFrame:
    """Leave out the columns without a header, which a spreadsheet adds, if nothing is in them."""
    named = len(layout.headers)
    if layout.width == named:
        return frame
    polars = needed("polars", "data")
    filled = polars.any_horizontal(polars.nth(*range(named, layout.width)).is_not_null()).any()
    if asked(lambda: frame.select(filled).collect().item(), errors.BrokenTable(errors.DATA, form)):
        raise errors.NoHeader(errors.DATA, named + 1)
    return frame.select(polars.nth(*range(named)))
