"""Datasets whose outcomes are columns: wide tables and rows of visits."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from mscos.dataset import BoundDataset, BoundVariable
from mscos.described import months_of
from mscos.profile.answers import Answer, answer, answer_in_text, any_of, is_one_of, missing_of, text_of, ticked
from mscos.profile.counts import Cell, Series
from mscos.profile.packing import pack_each
from mscos.profile.rows import Rows, column, text_column
from mscos.profile.scores import scores_of
from mscos.profile.tallies import TIME, WEIGHT, Counted, Tallied, cells_of, flags, is_constant, rows_and_sums


def tally_columns(bound: BoundDataset, rows: Rows) -> Tallied:
    """Tally the answers of every variable that is offered for an outcome."""
    offered = _offered(bound)
    nested = [counted_at(bound, rows, place) for place in offered]
    # Worked out once, as columns: each is asked for several times.
    worked_out = {name: each for one in nested for name, each in one.parts().items()}
    told = rows.frame.with_columns(nw.lit(1).alias(WEIGHT), **worked_out)
    counted = [one.by_name() for one in nested]
    added = {name: each for one in counted for name, each in flags(one).items()}
    frame = told.with_columns(**added) if added else told
    asked = rows_and_sums(counted)
    grouped = frame.select(*asked) if bound.timepoint is None else frame.group_by(TIME).agg(*asked)
    groups = grouped.collect().rows(named=True)
    keys = {str(group.get(TIME, "")) for group in groups} | {one.timepoint for one in counted if one.timepoint}
    months = {key: months_of(key, bound.months) for key in keys}
    found = [(one, cell) for one in counted for cell in cells_of(one, groups, months)]
    constant = {one.series for one in counted if is_constant(one, groups)}
    return Tallied(
        rows=sum(int(group["_rows"]) for group in groups),
        series=tuple(
            Series(
                name=each.variable.name,
                form=each.variable.form,
                asked_of_some=each.variable.asked_of_some,
                # A box to tick has one answer only, so that all of its answers are the same.
                constant=place in constant and not each.variable.ticks,
            )
            for place, each in enumerate(bound.variables)
        ),
        cells=tuple(cell for _, cell in found),
        pack=pack_each([_belongs(one, cell, months) for one, cell in found]),
        outcomes=tuple(offered[one.series] for one, _ in found),
        frame=told,
    )


def _offered(bound: BoundDataset) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for entry in bound.entries:
        for place in entry.series:
            found.setdefault(place, set()).add(entry.outcome.id)
    return {place: frozenset(found[place]) for place in sorted(found)}


def counted_at(bound: BoundDataset, rows: Rows, place: int) -> Counted:
    """Say how the answers of the variable at a position are tallied."""
    each = bound.variables[place]
    offers = [offer for entry in bound.entries for offer in entry.offers if offer.series == place]
    times = [point for offer in offers for point in offer.measure.timepoints]
    return Counted(
        series=place,
        answer=_answer(bound, rows, each),
        asked=_asked(bound, rows, each),
        blank_by_design=each.variable.asked_of_some,
        scores=scores_of(offers),
        timepoint=times[0] if times else None,
    )


def _answer(bound: BoundDataset, rows: Rows, each: BoundVariable) -> Answer:
    missing = missing_of(bound.codebook, each.variable)
    named = [(column(place), rows.schema[column(place)]) for place in each.columns]
    if each.variable.ticks:
        return ticked(named, missing)
    return any_of(
        [
            answer(name, dtype, missing) if dtype.is_numeric() else answer_in_text(nw.col(text_column(place)), missing)
            for place, (name, dtype) in zip(each.columns, named, strict=True)
        ]
    )


def _asked(bound: BoundDataset, rows: Rows, each: BoundVariable) -> nw.Expr | None:
    """Say in which rows the form of a variable was there to be filled in; None where that is not known."""
    form = each.variable.form
    conditions: list[nw.Expr] = []
    if form is not None and bound.events is not None and bound.timepoint is not None:
        events = [event for event, forms in bound.events.items() if form in forms]
        conditions.append(is_one_of(nw.col(TIME), events))
    if form is not None and bound.repeats is not None:
        name = column(bound.repeats)
        repeated = text_of(name, rows.schema[name])
        conditions.append((repeated == "") | (repeated == form))
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]


def _belongs(one: Counted, cell: Cell, months: dict[str, float | None]) -> nw.Expr:
    """Say which rows hold an answer that belongs to a cell."""
    if one.timepoint is not None:
        return one.answer.answered
    if cell.timepoint is None:
        ordered: Sequence[str] = [key for key, value in months.items() if value is not None]
        return one.answer.answered & ~is_one_of(nw.col(TIME), ordered)
    return one.answer.answered & (nw.col(TIME) == cell.timepoint)
