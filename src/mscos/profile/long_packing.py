"""What a row of the canonical layout adds to the counts of its participant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from mscos.profile.answers import is_one_of
from mscos.profile.packing import Packed, Packing, Width, count, pack_each

Raw = Mapping[str, Any]
"""One combination of cells that stands in the rows, as it stands there."""

_LISTED = 200
"""Most cells that are listed as no answer; of more, each is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """
    One combination of what is said of a value, and of the value.

    Attributes:
        raw: The cells, as they stand in the rows, by column.
        series: Position of the series; None for one that is about no outcome of the edition.
        slot: Position of the time point among those that are told apart.
        answered: Whether the value is an answer.
    """

    raw: Raw
    series: int | None
    slot: int
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """
    The columns of the canonical layout.

    Attributes:
        saying: Those that say what a value is about, the outcome first.
        time: The one that says when.
        value: Those that hold the value and, if there is one, the reason why it is missing.
    """

    saying: tuple[str, ...]
    time: str
    value: tuple[str, ...]


def pack_long(
    columns: Columns,
    combinations: Sequence[Combination],
    cells: Sequence[tuple[int, int]],
    answered: nw.Expr,
) -> Packing:
    """
    Pack the answers of rows that each belong to one series and one time point.

    Args:
        columns: The columns.
        combinations: Every combination that stands in the rows.
        cells: Series and slot of each cell.
        answered: Whether a row holds an answer, worked out for each row.
    """
    slots = 1 + max((combination.slot for combination in combinations), default=0)
    told = _listed_answers(columns, combinations)
    told = answered if told is None else told
    series = _series(columns, combinations)
    times = _times(columns, combinations)

    def pack(width: Width) -> Packed:
        chunk = width.digits // slots
        if chunk == 0:
            return pack_each([told & series[place] & times[slot] for place, slot in cells])(width)
        when = _first_of([(condition, width.value(slot)) for slot, condition in times.items()])
        here = list(series.items())
        numbers = {
            f"n{first // chunk}": nw.when(told)
            .then(
                _first_of([(each, width.value((place - first) * slots)) for place, each in here[first : first + chunk]])
                * when
            )
            .otherwise(nw.lit(0, nw.Int64))
            for first in range(0, len(here), chunk)
        }
        places = tuple((f"n{place // chunk}", place % chunk * slots + slot) for place, slot in cells)
        return Packed(numbers, _hits(numbers), places)

    return pack


def _hits(numbers: Mapping[str, nw.Expr]) -> nw.Expr:
    ones = [count(number > 0, 1) for number in numbers.values()]
    return sum(ones[1:], start=ones[0]) if ones else nw.lit(0, nw.Int64)


def _first_of(cases: Sequence[tuple[nw.Expr, int]]) -> nw.Expr:
    """Give the number of the first condition that holds, and 0 if none does."""
    if not cases:
        return nw.lit(0, nw.Int64)
    (condition, value), *others = cases
    chain = nw.when(condition).then(nw.lit(value, nw.Int64))
    for condition, value in others:
        chain = chain.when(condition).then(nw.lit(value, nw.Int64))
    return chain.otherwise(nw.lit(0, nw.Int64))


def _is(column: str, raw: object) -> nw.Expr:
    return nw.col(column).is_null() if raw is None else nw.col(column) == raw


def _all(conditions: Sequence[nw.Expr]) -> nw.Expr:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found & condition
    return found


def _listed_answers(columns: Columns, combinations: Sequence[Combination]) -> nw.Expr | None:
    """Tell answers by the list of cells that are none; None where there is no such list, or it is long."""
    if len(columns.value) > 1:
        return None
    (value,) = columns.value
    none = {combination.raw[value] for combination in combinations if not combination.answered}
    some = {combination.raw[value] for combination in combinations if combination.answered}
    if len(none) > _LISTED or not all(isinstance(raw, str | None) for raw in none) or none & some:
        return None
    return ~nw.col(value).is_null() & ~is_one_of(nw.col(value), sorted(raw for raw in none if raw is not None))


def _series(columns: Columns, combinations: Sequence[Combination]) -> dict[int, nw.Expr]:
    """Say by which cells each series is known: by the outcome alone, if no two series share one."""
    for number in range(1, len(columns.saying) + 1):
        told = columns.saying[:number]
        known: dict[tuple[object, ...], set[int | None]] = {}
        for combination in combinations:
            known.setdefault(tuple(combination.raw[name] for name in told), set()).add(combination.series)
        if number == len(columns.saying) or all(len(series) == 1 for series in known.values()):
            break
    conditions: dict[int, list[nw.Expr]] = {}
    for raws, series in known.items():
        for one in (each for each in series if each is not None):
            conditions.setdefault(one, []).append(_all([_is(name, raw) for name, raw in zip(told, raws, strict=True)]))
    return {one: _any(conditions[one]) for one in sorted(conditions)}


def _times(columns: Columns, combinations: Sequence[Combination]) -> dict[int, nw.Expr]:
    """Say by which cells each time point is known."""
    known: dict[int, set[object]] = {}
    for combination in combinations:
        known.setdefault(combination.slot, set()).add(combination.raw[columns.time])
    return {slot: _any([_is(columns.time, raw) for raw in known[slot]]) for slot in sorted(known)}


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found
