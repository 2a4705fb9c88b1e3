"""Cells become counts of what looks like a contact detail: one query for a whole table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import narwhals as nw
from narwhals.dtypes import DType

from mscos import errors
from mscos._foreign import asked
from mscos.readers.table import Table
from mscos.screen.patterns import ANY, FIRST_YEAR, LAST_YEAR, PATTERNS, SPACE, PatternKind

_LONG: Final = 40
"""A text of more characters can be prose."""

_WORDS: Final = f"[^{SPACE}]" + f"[{SPACE}]+[^{SPACE}]+" * 3
"""At least four words."""

_SHARE: Final = 20
"""Postcodes and dates of birth count if more than one filled cell in this many has one: 5 %."""

# A spreadsheet drops the first 0 of a phone number that it takes for a quantity, and the + before a country.
# Only mobile numbers are looked for without a country: numbers that begin with 1 or 2 can be seconds since 1970.
_MOBILE: Final = (7_100_000_000, 7_999_999_999)
_UNITED_KINGDOM: Final = (441_000_000_000, 449_999_999_999)

_BIRTHS: Final = (FIRST_YEAR * 10_000 + 101, LAST_YEAR * 10_000 + 1231)
"""Dates written as one number, such as 19850312."""

_TIMES: Final = "_times"
"""Name of the column that says in how many rows a value stands."""

_LABELS: Final = (nw.Categorical, nw.Enum, nw.Unknown)
"""Types that any library can write as text."""

_Kind = Literal["text", "label", "number", "date", "nothing", "unread"]
"""What is looked for in a column: by patterns, by size, by year, not at all, or what cannot be looked into."""

_ONE_IS_ENOUGH: Final = frozenset({"email", "phone"})
"""What stops us wherever it stands.  A single postcode or date can be a chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCounts:
    """
    What the cells of one column look like.

    Attributes:
        filled: Cells that are not blank.  One that begins with a space may be left out, so that shares are never
            too small.
        hits: Cells that look like something that identifies people, by what they look like.
        prose: Cells with a long text of several words.
        unread: Whether nobody can look into the cells: lists, structures and bytes.
    """

    filled: int = 0
    hits: Mapping[PatternKind, int] = field(default_factory=dict)
    prose: int = 0
    unread: bool = False

    def kinds(self) -> tuple[PatternKind, ...]:
        """List what stops us."""
        return tuple(kind for kind, hits in self.hits.items() if hits * _SHARE > self._bar(kind))

    def _bar(self, kind: PatternKind) -> int:
        return 0 if kind in _ONE_IS_ENOUGH else self.filled


def count_cells(table: Table) -> tuple[CellCounts, ...]:
    """
    Count in every column what looks like a contact detail.

    Args:
        table: The table, in which no row has been looked at.

    Returns:
        The counts of each column, in order.

    Raises:
        BrokenTable: If the rows cannot be had.  What the library that reads them said is not passed on.
    """
    count = _count_values if table.held else _count
    return asked(lambda: count(table.frame), errors.BrokenTable(errors.DATA, table.form))


def _count_values(frame: nw.LazyFrame[Any]) -> tuple[CellCounts, ...]:
    """Count column by column, and look at each value once: most stand in many rows."""
    counted: list[CellCounts] = []
    for position in range(len(frame.collect_schema().names())):
        cells = frame.select(nw.nth(position).alias("value"))
        values = cells.group_by("value").agg(nw.len().alias(_TIMES))
        counted += _count(values.select("value", _TIMES))[:1]
    return tuple(counted)


def _count(frame: nw.LazyFrame[Any]) -> tuple[CellCounts, ...]:
    # By position: in some libraries a header such as ^.*$ stands for all columns.
    kinds = [_kind(dtype, frame) for dtype in frame.collect_schema().dtypes()]
    if not kinds:  # every column is excluded
        return ()
    times = [nw.col(_TIMES)] if _TIMES in frame.collect_schema().names() else [nw.lit(1).alias(_TIMES)]
    prepared = frame.select(
        *(each for position, kind in enumerate(kinds) for each in _prepared(position, kind)), *times
    )
    wanted = [_questions(position, kind) for position, kind in enumerate(kinds)]
    questions = [question for each in wanted for question in each.values()]
    answers = iter(prepared.select(*questions).collect().row(0) if questions else ())
    counted = [{what: int(next(answers)) for what in each} for each in wanted]
    return tuple(_counts(kind, each) for kind, each in zip(kinds, counted, strict=True))


def flagged(frame: nw.LazyFrame[Any], kinds: Mapping[int, Sequence[PatternKind]]) -> nw.LazyFrame[Any]:
    """
    Add a column of truth values to a frame for each column that is asked about.

    Args:
        frame: The rows.
        kinds: By position of the column, what its cells are to look like.

    Returns:
        The rows; the column for position 3 is called ``hit_3``.
    """
    types = frame.collect_schema().dtypes()
    asked_about = {position: _kind(types[position], frame) for position in kinds}
    prepared = frame.with_columns(*(each for where, kind in asked_about.items() for each in _prepared(where, kind)))
    conditions = {position: _conditions(position, kind) for position, kind in asked_about.items()}
    hits = {
        f"hit_{position}": nw.any_horizontal(*(conditions[position][kind] for kind in wanted), ignore_nulls=True)
        for position, wanted in kinds.items()
    }
    return prepared.with_columns(**hits)


def _counts(kind: _Kind, answers: Mapping[str, int]) -> CellCounts:
    return CellCounts(
        filled=answers.get("filled", 0),
        hits={pattern: answers.get(pattern, 0) for pattern in PATTERNS},
        prose=answers.get("prose", 0),
        unread=kind == "unread",
    )


def _kind(dtype: DType, frame: nw.LazyFrame[Any]) -> _Kind:
    """Say what is looked for in a column, from its type."""
    if dtype == nw.String:
        return "text"
    if isinstance(dtype, _LABELS) or (dtype == nw.Object and frame.implementation.is_pandas_like()):
        return "label"
    if isinstance(dtype, nw.Date | nw.Datetime):
        return "date"
    if dtype.is_numeric():
        return "number"
    return "nothing" if isinstance(dtype, nw.Boolean | nw.Time | nw.Duration) else "unread"


def _prepared(position: int, kind: _Kind) -> Iterator[nw.Expr]:
    """Yield a column under a name of ours, and beside a text what is suspect of it."""
    column = nw.nth(position)
    if kind == "label":
        column = column.cast(nw.String)
    if kind == "number":
        column = column.cast(nw.Float64)  # decimal numbers do not divide in every library
    yield column.alias(f"cell_{position}")
    if kind in {"text", "label"}:
        # One pattern for all cells, and the others for the few that it finds.
        yield nw.when(column.str.contains(ANY)).then(column).alias(f"suspect_{position}")


def _questions(position: int, kind: _Kind) -> Mapping[str, nw.Expr]:
    conditions = _conditions(position, kind)
    return {
        what: (each.cast(nw.Int64) * nw.col(_TIMES)).sum().alias(f"{what}_{position}")
        for what, each in conditions.items()
    }


def _conditions(position: int, kind: _Kind) -> Mapping[str, nw.Expr]:
    cell, suspect = nw.col(f"cell_{position}"), nw.col(f"suspect_{position}")
    if kind in {"text", "label"}:
        return _of_text(cell, suspect)
    if kind == "number":
        return _of_numbers(cell)
    if kind == "date":
        return {"filled": ~cell.is_null(), "birth_date": cell.dt.year().is_between(FIRST_YEAR, LAST_YEAR)}
    return {}


def _of_text(text: nw.Expr, suspect: nw.Expr) -> dict[str, nw.Expr]:
    hits: dict[str, nw.Expr] = {kind: suspect.str.contains(pattern) for kind, pattern in PATTERNS.items()}
    prose = nw.when(text.str.len_chars() > _LONG).then(text).str.contains(_WORDS)
    # The exclamation mark is the first character that can be seen.
    return {"filled": text >= "!", **hits, "prose": prose}


def _of_numbers(number: nw.Expr) -> dict[str, nw.Expr]:
    phones = number.is_between(*_MOBILE) | number.is_between(*_UNITED_KINGDOM)
    # Not every library has a remainder.
    years, months = number // 10_000, number // 100
    month, day = months - years * 100, number - months * 100
    births = number.is_between(*_BIRTHS) & month.is_between(1, 12) & day.is_between(1, 31)
    return {"filled": ~number.is_null(), "phone": phones, "birth_date": births}
