"""Answers are tallied: one row of numbers for each series and time point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from mscos.profile.answers import Answer
from mscos.profile.counts import Cell, Series
from mscos.profile.packing import Packing
from mscos.profile.scores import Scores

TIME = "_time"
"""Name of the column that holds the key of the time point; empty text where there is none."""


_PARTS = ("answered", "coded", "text", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    A series whose answers are to be tallied.

    Attributes:
        series: Position of the series in the profile.
        answer: Its cells.
        asked: Whether there could be an answer in a row; None where there always could.
        blank_by_design: Whether a blank can mean that nothing was asked.
        scores: What scores it can give.
        timepoint: Its time point, for a series of one time point only; None where the rows say it.
    """

    series: int
    answer: Answer
    asked: nw.Expr | None
    blank_by_design: bool
    scores: Scores
    timepoint: str | None

    def parts(self) -> dict[str, nw.Expr]:
        """Give the parts of its cells as columns."""
        return {f"a{self.series}_{part}": getattr(self.answer, part) for part in _PARTS}

    def by_name(self) -> Counted:
        """Give the series with its cells by the names of the columns of `parts`."""
        return replace(self, answer=Answer(*(nw.col(f"a{self.series}_{part}") for part in _PARTS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """
    A dataset whose answers have been tallied.

    Attributes:
        rows: How many rows there are.
        series: The series.
        cells: The cells, without people.
        pack: Gives what a row adds for each cell.
        outcomes: For each cell, the outcomes that it is offered for.
        frame: The rows, with the columns that the answers are about.
    """

    rows: int
    series: tuple[Series, ...]
    cells: tuple[Cell, ...]
    pack: Packing
    outcomes: tuple[frozenset[str], ...]
    frame: nw.LazyFrame[Any]


WEIGHT = "_weight"
"""Name of the column that says how many rows a row stands for."""


def flags(counted: Counted) -> dict[str, nw.Expr]:
    """Give the columns whose sums are the tallies of a series, and its lowest and highest answer."""
    answer, scores = counted.answer, counted.scores
    asked = nw.lit(value=True) if counted.asked is None else counted.asked
    blank = ~answer.answered & ~answer.coded
    spared = (~asked & blank) | blank if counted.blank_by_design else ~asked & blank
    conditions = {
        "answered": answer.answered,
        "coded": answer.coded,
        "spared": spared,
        "numeric": ~answer.number.is_null(),
        "whole": answer.number == answer.number.floor(),
    }
    if scores.forms:
        low, high = min(low for low, _ in scores.forms), max(high for _, high in scores.forms)
        conditions["outside"] = (answer.number < low) | (answer.number > high)
    if scores.ends:
        conditions |= {"floor": answer.number == scores.ends[0], "ceiling": answer.number == scores.ends[1]}
    for place, form in enumerate(scores.forms if len(scores.forms) > 1 else ()):
        conditions[f"only{place}"] = _only_in(answer.number, form, scores)
    named = {
        name: nw.when(condition).then(nw.col(WEIGHT)).otherwise(nw.lit(0)) for name, condition in conditions.items()
    }
    return {f"s{counted.series}_{name}": each for name, each in {**named, "text": answer.text}.items()}


def _only_in(number: nw.Expr, form: tuple[float, float], scores: Scores) -> nw.Expr:
    inside = (number >= form[0]) & (number <= form[1])
    for low, high in scores.forms:
        if (low, high) != form:
            inside = inside & ((number < low) | (number > high))
    return inside


def sums(counted: Counted) -> list[nw.Expr]:
    """Give the aggregations of the columns of `flags`."""
    names = flags(counted)
    text = f"s{counted.series}_text"
    return [
        *(nw.col(name).sum() for name in names if name != text),
        nw.col(text).min().alias(f"{text}_min"),
        nw.col(text).max().alias(f"{text}_max"),
    ]


def cells_of(counted: Counted, groups: Sequence[Mapping[str, Any]], months: Mapping[str, float | None]) -> list[Cell]:
    """
    Make cells of the tallies of a series.

    Args:
        counted: The series.
        groups: One row of tallies for each time point that the rows name.
        months: Months from the start of support for the key of each time point that may be told apart.
    """
    if counted.timepoint is not None:
        return [_cell(counted, list(groups), counted.timepoint, months.get(counted.timepoint))]
    known: dict[str | None, list[Mapping[str, Any]]] = {}
    for group in groups:
        key = group.get(TIME)
        known.setdefault(key if months.get(key or "") is not None else None, []).append(group)
    # In the order of time, what has no place in it last: backends give groups in any order.
    in_order = sorted(known, key=lambda key: (key is None, months.get(key or "") or 0.0, key or ""))
    return [_cell(counted, known[key], key, months.get(key or "")) for key in in_order]


def rows_and_sums(counted: Iterable[Counted]) -> list[nw.Expr]:
    """Give the aggregations of several series, and how many rows there are."""
    return [nw.col(WEIGHT).sum().alias("_rows"), *(each for one in counted for each in sums(one))]


def is_constant(counted: Counted, groups: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a series has several answers and all are the same."""
    name = f"s{counted.series}"
    found = (group[f"{name}_text_{end}"] for group in groups for end in ("min", "max"))
    ends = {end for end in found if isinstance(end, str)}  # without an answer it is None, or NaN with pandas
    return len(ends) == 1 and sum(int(group[f"{name}_answered"] or 0) for group in groups) > 1


def _cell(counted: Counted, groups: Sequence[Mapping[str, Any]], timepoint: str | None, months: float | None) -> Cell:
    def total(name: str) -> int:
        return sum(int(group.get(f"s{counted.series}_{name}") or 0) for group in groups)

    answered, coded, spared = total("answered"), total("coded"), total("spared")
    rows = sum(int(group["_rows"]) for group in groups)
    forms = len(counted.scores.forms)
    return Cell(
        series=counted.series,
        timepoint=timepoint,
        months=months,
        rows=rows - spared,
        blank=rows - spared - answered - coded,
        coded=coded,
        answered=answered,
        by_design=spared,
        numeric=total("numeric"),
        whole=total("whole"),
        outside=total("outside"),
        at_floor=total("floor"),
        at_ceiling=total("ceiling"),
        only_in=tuple(total(f"only{place}") for place in range(forms)) if forms > 1 else (),
    )
