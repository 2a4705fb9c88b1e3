"""Who answered when: one row for each participant, and in it one digit for each series and time point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import narwhals as nw
from narwhals.group_by import LazyGroupBy

from mscos.profile.counts import Cell, Pair
from mscos.profile.packing import WIDTHS, Packed, Packing, Width
from mscos.profile.rows import WHO, Who

_AT_ONCE = 400
"""Most aggregations in one query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """
    What is known of people.

    Attributes:
        people: Distinct participants.
        cells: The cells, with people.
        pairs: Every two ordered cells about one outcome.
    """

    people: int
    cells: tuple[Cell, ...]
    pairs: tuple[Pair, ...]


def count_people(
    frame: nw.LazyFrame[Any],
    who: Who | None,
    pack: Packing,
    cells: Sequence[Cell],
    outcomes: Sequence[frozenset[str]],
) -> Counts:
    """
    Count participants.

    Args:
        frame: The rows.
        who: Whom a row is about; None where each row is a person.
        pack: Gives what a row adds for each cell.
        cells: The cells.
        outcomes: For each cell, the outcomes that it is offered for.

    Returns:
        The counts.
    """
    questions = _questions(cells, outcomes)
    *narrow, wide = WIDTHS
    tried = (_unless_it_runs_over(frame, who, pack, width, questions) for width in narrow)
    found = next((each for each in tried if each is not None), None) or _found(frame, who, pack, wide, questions)
    return Counts(
        people=int(found["_people"]),
        cells=tuple(
            replace(
                cell,
                people=int(found[f"people{place}"] or 0),
                repeated=int(found[f"repeated{place}"] or 0),
                followed=int(found.get(f"followed{place}") or 0),
            )
            for place, cell in enumerate(cells)
        ),
        pairs=tuple(Pair(one, two, int(found[f"both{one}_{two}"] or 0)) for one, two in ordered_pairs(cells, outcomes)),
    )


def _unless_it_runs_over(
    frame: nw.LazyFrame[Any], who: Who | None, pack: Packing, width: Width, questions: Mapping[str, nw.Expr]
) -> Mapping[str, Any] | None:
    try:
        found = _found(frame, who, pack, width, questions)
    except Exception:  # noqa: BLE001 - DuckDB and Spark refuse a sum that is too large, each in its own way
        return None
    return found if int(found["_added"] or 0) == int(found["_hits"] or 0) else None


def _found(
    frame: nw.LazyFrame[Any], who: Who | None, pack: Packing, width: Width, questions: Mapping[str, nw.Expr]
) -> Mapping[str, Any]:
    packed = pack(width)
    return _ask(_by_person(frame, who, packed), _digits(packed, width), questions)


def ordered_pairs(cells: Sequence[Cell], outcomes: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """List the positions of every two cells about one outcome of which one is later than the other."""
    found = []
    for one, two in combinations(range(len(cells)), 2):
        before, after = cells[one].months, cells[two].months
        if before is not None and after is not None and before != after and outcomes[one] & outcomes[two]:
            found.append((one, two) if before < after else (two, one))
    return found


def _by_person(frame: nw.LazyFrame[Any], who: Who | None, packed: Packed) -> nw.LazyFrame[Any]:
    added = {**packed.numbers, "_hits": packed.hits}
    # Added before they are chosen: without any cell they are numbers alone, which would be one row.
    rows = frame.with_columns(**added)
    if who is None:
        return rows.select(*added)
    # First by the cell as it stands: a key is worked out for each participant, and not for each row.
    spelled = _sums(rows.select(who.column, *added).group_by(who.column), added).with_columns(who.key.alias(WHO))
    return _sums(spelled.filter(who.known).group_by(WHO), added)


def _sums(groups: LazyGroupBy[Any], names: Iterable[str]) -> nw.LazyFrame[Any]:
    sums: nw.LazyFrame[Any] = groups.agg(*(nw.col(name).sum() for name in names))
    # Apart from the sums: pandas has no quick way for what is more than a sum.
    return sums.with_columns(*(nw.col(name).cast(nw.Int64) for name in names))


def _digits(packed: Packed, width: Width) -> dict[str, nw.Expr]:
    """Give the digit of each cell."""
    if width.digits == 1:
        return {f"d{place}": nw.col(name) for place, (name, _) in enumerate(packed.places)}
    return {
        f"d{place}": (nw.col(name) // width.value(digit)) % width.base
        for place, (name, digit) in enumerate(packed.places)
    }


def _questions(cells: Sequence[Cell], outcomes: Sequence[frozenset[str]]) -> dict[str, nw.Expr]:
    """Give the conditions that are counted over participants."""
    asked: dict[str, nw.Expr] = {}
    later: dict[int, list[int]] = {}
    for place in range(len(cells)):
        asked[f"people{place}"] = nw.col(f"d{place}") > 0
        asked[f"repeated{place}"] = nw.col(f"d{place}") > 1
    for one, two in ordered_pairs(cells, outcomes):
        asked[f"both{one}_{two}"] = (nw.col(f"d{one}") > 0) & (nw.col(f"d{two}") > 0)
        later.setdefault(one, []).append(two)
    for one, others in later.items():
        any_later = nw.col(f"d{others[0]}") > 0
        for other in others[1:]:
            any_later = any_later | (nw.col(f"d{other}") > 0)
        asked[f"followed{one}"] = (nw.col(f"d{one}") > 0) & any_later
    return asked


def _ask(people: nw.LazyFrame[Any], values: Mapping[str, nw.Expr], asked: Mapping[str, nw.Expr]) -> Mapping[str, Any]:
    rows = people.with_columns(**values) if values else people
    if len(asked) > _AT_ONCE:
        rows = rows.collect().lazy()
    added = nw.lit(0, nw.Int64)
    for name in values:
        added = added + nw.col(name)
    found: dict[str, Any] = {}
    names = list(asked)
    totals = [nw.len().alias("_people"), nw.col("_hits").sum(), nw.col("_added").sum()]
    for first in range(0, max(len(names), 1), _AT_ONCE):
        some = names[first : first + _AT_ONCE]
        ones = {name: nw.when(asked[name]).then(nw.lit(1)).otherwise(nw.lit(0)) for name in some}
        query = rows.with_columns(_added=added, **ones).select(*totals, *(nw.col(name).sum() for name in some))
        found |= query.collect().rows(named=True)[0]
    return found
