"""Where in a file a rule found something: row numbers, for the person who must mend it, and for no report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw

from mscos.codebooks.codebook import Codebook
from mscos.codebooks.naming import index
from mscos.dataset import BoundDataset
from mscos.described import months_of
from mscos.errors import MscosError
from mscos.profile.columns import counted_at
from mscos.profile.long import tell_rows
from mscos.profile.rows import WHO, Rows, ages, column, frame_of, rows_of
from mscos.profile.tallies import TIME, WEIGHT, Counted, flags
from mscos.readers.table import Table
from mscos.screen.cells import count_cells, flagged

CONTACTS: Final = "SAF-02"
"""The rule on cells that look like contact details; it is asked before anything else looks at the data."""

_ROW = "\0row"
"""Name of the column that counts rows; a header with this character is refused."""

_FIRST = 2
"""Number of the first row below the headers."""

_NOT_PEOPLE = {"aggregate", None}
_KEY, _SUM = "\0key", "\0sum"

_Flags = Mapping[int, nw.Expr]
"""Whether a rule speaks of a cell, by the position of its column."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """
    A cell that a person must look at.

    Attributes:
        row: Its row as a spreadsheet counts, without empty ones: the headers are row 1.
        column: Position of its column in the file, from 1.
        variable: Name of its variable; None for a column that nobody describes.
    """

    row: int
    column: int
    variable: str | None


class NotLocated(MscosError, LookupError):
    """What a rule finds stands in no row, or there is no such rule."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(known)
        self.known = known

    def __str__(self) -> str:
        return f"rows can be named for {', '.join(self.known)}; this is none of them"


class NothingToLookAt(MscosError, LookupError):
    """The data lack what a rule looks at, so that no row can be named."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"no row can be named: {self.why}"


def locate(bound: BoundDataset, rule: str) -> tuple[Spot, ...]:
    """
    Find the rows that a rule speaks of.

    Args:
        bound: The dataset, read from a file and screened.
        rule: Identifier of the rule, one of `RULES`.

    Returns:
        The cells, in the order of rows and columns.

    Raises:
        NotLocated: If the rule is none of `RULES`.
        NothingToLookAt: If the data lack what the rule looks at.
    """
    if rule not in RULES:
        raise NotLocated((CONTACTS, *RULES))
    table = bound.rows
    named = {place: header for header, place in bound.canonical.items()}
    named |= {place: each.variable.name for each in bound.variables for place in each.columns}
    frame, found = RULES[rule](replace(bound, table=_numbered(table)))
    return tuple(_spots(table, frame, found, named))


def locate_contacts(table: Table, codebook: Codebook | None) -> tuple[Spot, ...]:
    """
    Find the cells that look like contact details, in every column whose cells stop the screen.

    Args:
        table: The table, read from a file; without the columns that the caller excludes.
        codebook: What describes it; None if nothing does.

    Returns:
        The cells, in the order of rows and columns.
    """
    kinds = {place: each.kinds() for place, each in enumerate(count_cells(table)) if each.kinds()}
    if not kinds:
        return ()
    found = {place: nw.col(f"hit_{place}") for place in kinds}
    naming = index(codebook) if codebook else None
    described = {place: naming.find(table.headers[place]) if naming else None for place in kinds}
    named = {place: variable.name for place, variable in described.items() if variable}
    return tuple(_spots(table, flagged(_numbered(table).by_position(), kinds), found, named))


def _numbered(table: Table) -> Table:
    """Count the rows of a file.  Their number stays with them, whatever is left out later."""
    # Only polars reads files; narwhals asks for an order, and a file has its own.
    counted = nw.from_native(table.frame.to_native().with_row_index(_ROW))
    return replace(table, frame=counted.select(*table.headers, _ROW))  # the number last: columns go by position


def _spots(table: Table, frame: nw.LazyFrame[Any], found: _Flags, named: Mapping[int, str]) -> Iterator[Spot]:
    if not found:
        return
    # In two steps, because a condition over a number that is not known is not known.
    hits = frame.select(_ROW, **{column(place): condition for place, condition in found.items()})
    spoken_of = hits.filter(nw.any_horizontal(*(nw.col(column(place)) for place in found), ignore_nulls=True))
    # A join on the way gives rows in any order.
    for cells in sorted(spoken_of.collect().rows(named=True), key=lambda cells: int(cells[_ROW])):
        for place in sorted(found):
            if cells[column(place)]:
                yield Spot(cells[_ROW] + _FIRST, table.position(place), named.get(place))


def _children(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], _Flags]:
    if bound.adult is None:
        raise NothingToLookAt("no column says whether people are adults; mark it with the role adult.")
    frame, schema = frame_of(bound)
    under, _ = ages(column(bound.adult), schema, bound)
    return frame, {bound.adult: under}


def _unknown_outcomes(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], _Flags]:
    if bound.layout == "columns":
        raise NothingToLookAt("in these data the codebook names the outcomes, and no row does.")
    long = tell_rows(bound, rows_of(bound))
    return long.frame, {bound.canonical["outcome"]: ~_of_edition(bound, long.outcome)}


def _outside(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], _Flags]:
    rows = rows_of(bound)
    if bound.layout == "rows":
        long = tell_rows(bound, rows)
        values = [_outside_range(one) for one in long.scored]
        found = {bound.canonical["value"]: nw.any_horizontal(*values, ignore_nulls=True)} if values else {}
        return _weighted(long.frame), found
    return _weighted(rows.frame), {
        place: _outside_range(counted_at(_alone(bound, series, place), rows, series))
        for series in _offered(bound)
        for place in bound.variables[series].columns
    }


def _only_codes(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], _Flags]:
    rows = rows_of(bound)
    if bound.layout == "rows":
        long = tell_rows(bound, rows)
        frame = long.frame.with_columns(**{_KEY: long.value.coded, _SUM: _ones(long.value.answered)})
        none = nw.col(_SUM).sum().over(long.outcome) == 0
        return frame, {bound.canonical["value"]: nw.col(_KEY) & none & _of_edition(bound, long.outcome)}
    answers = {series: counted_at(bound, rows, series).answer for series in _offered(bound)}
    return rows.frame, {
        bound.variables[series].columns[0]: each.coded & (_ones(each.answered).sum() == 0)
        for series, each in answers.items()
    }


def _counted_twice(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], _Flags]:
    rows = rows_of(bound)
    if rows.who is None or bound.unit_of_row in _NOT_PEOPLE:
        raise NothingToLookAt("no column says whom a row is about; mark it with the role participant.")
    frame = rows.frame.filter(rows.who.known).with_columns(**{_KEY: _told_apart(bound, rows)})
    if bound.layout == "rows":
        long = tell_rows(bound, replace(rows, frame=frame))
        counted = long.frame.with_columns(**{_SUM: _ones(long.value.answered)})
        twice = _twice(_SUM, WHO, _KEY, *long.keys) & _of_edition(bound, long.outcome)
        return counted, {bound.canonical["value"]: twice}
    every = [counted_at(bound, rows, series) for series in _offered(bound)]
    sums = {f"{_SUM}{one.series}": _ones(one.answer.answered) for one in every}
    keys = {one.series: (WHO,) if one.timepoint else (WHO, _KEY) for one in every}
    return frame.with_columns(**sums) if sums else frame, {
        bound.variables[series].columns[0]: _twice(f"{_SUM}{series}", *names) for series, names in keys.items()
    }


def _offered(bound: BoundDataset) -> list[int]:
    """List the positions of the variables that are offered for an outcome."""
    return sorted({series for entry in bound.entries for series in entry.series})


def _alone(bound: BoundDataset, series: int, place: int) -> BoundDataset:
    """Leave a variable one of its columns, so that the cell can be told."""
    only = replace(bound.variables[series], columns=(place,))
    return replace(bound, variables=(*bound.variables[:series], only, *bound.variables[series + 1 :]))


def _weighted(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return frame.with_columns(nw.lit(1).alias(WEIGHT))


def _outside_range(one: Counted) -> nw.Expr:
    return flags(one).get(f"s{one.series}_outside", nw.lit(0)) > 0


def _of_edition(bound: BoundDataset, name: str) -> nw.Expr:
    return nw.col(name).is_in([outcome.id for outcome in bound.taxonomy])


def _ones(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _twice(answered: str, *keys: str) -> nw.Expr:
    return (nw.col(answered) > 0) & (nw.col(answered).sum().over(*keys) > 1)


def _told_apart(bound: BoundDataset, rows: Rows) -> nw.Expr:
    """Give the time point of each row; all that have no place in the order are one."""
    labels = [str(label) for label in rows.frame.select(TIME).unique().collect().get_column(TIME).to_list()]
    known = [label for label in labels if months_of(label, bound.months) is not None]
    return nw.when(nw.col(TIME).is_in(known)).then(nw.col(TIME)).otherwise(nw.lit(""))


RULES: Final[Mapping[str, Callable[[BoundDataset], tuple[nw.LazyFrame[Any], _Flags]]]] = MappingProxyType(
    {
        "POP-01": _children,
        "DAT-02": _only_codes,
        "DAT-04": _outside,
        "DAT-09": _counted_twice,
        "STR-04": _unknown_outcomes,
    }
)
"""The rules that look at bound data and whose rows can be named, each with what looks for them."""
