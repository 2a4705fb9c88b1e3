"""Datasets in the canonical long layout: outcomes, instruments and what is said of them stand in the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import narwhals as nw

from mscos.codebooks.codebook import Annotation
from mscos.codelists import Direction, Match, MeasureKind, ReportedBy
from mscos.dataset import BoundDataset
from mscos.described import measure_of, months_of
from mscos.instruments import find_instrument
from mscos.offers import Entry
from mscos.profile.answers import Answer, answer, missing_of, text_of
from mscos.profile.counts import Cell, Series
from mscos.profile.long_packing import Columns, Combination, pack_long
from mscos.profile.rows import Rows, column, time_key_of
from mscos.profile.scores import Scores, scores_of
from mscos.profile.tallies import TIME, WEIGHT, Counted, Tallied, cells_of, flags, is_constant, rows_and_sums
from mscos.records.entries import OutcomeEntry
from mscos.taxonomy import Taxonomy

_LISTS: dict[str, frozenset[str]] = {
    "kind": frozenset(get_args(MeasureKind)),
    "reported_by": frozenset(get_args(ReportedBy)),
    "direction": frozenset(get_args(Direction)),
    "match": frozenset(get_args(Match)),
}
"""Columns whose words are those of a published list."""

_SAYING = ("outcome", "instrument", *_LISTS)
"""Columns that say what a value is about, in the order of the keys of a series."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Long:
    """
    The rows of the canonical layout, tallied.

    Attributes:
        tallied: The tallies.
        entries: What the rows offer for each outcome.
        unknown_outcomes: Rows whose outcome is not in the edition.
        unreadable_words: Rows in which another column holds a word that its list does not.
    """

    tallied: Tallied
    entries: tuple[Entry, ...]
    unknown_outcomes: int
    unreadable_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LongRows:
    """
    The rows of the canonical layout, each with what it is about.

    Attributes:
        frame: The rows.
        outcome: Name of the column that names the outcome.
        keys: Names of the columns that tell series apart; the outcome is among them.
        value: The answer of each row.
        scored: The series whose possible scores are known.
    """

    frame: nw.LazyFrame[Any]
    outcome: str
    keys: tuple[str, ...]
    value: Answer
    scored: tuple[Counted, ...]


def tally_long(bound: BoundDataset, rows: Rows) -> Long:
    """Tally the values of every outcome and instrument."""
    # Few combinations stand in many rows, so what they mean is worked out for each combination and not for each row.
    columns = _columns(bound)
    raw = [*columns.saying, columns.time, *columns.value]
    table = rows.frame.group_by(raw).agg(nw.len().alias(WEIGHT)).collect()
    value = _value(bound, table.schema)
    keys = {TIME: time_key_of(bound, table.schema), **_keys(bound, table.schema)}
    frame = table.lazy().with_columns(**keys).with_columns(_answered=value.answered)
    plain = Counted(series=0, answer=value, asked=None, blank_by_design=False, scores=Scores(), timepoint=None)
    tallies = frame.with_columns(**flags(plain)).group_by([_named(name) for name in _SAYING] + [TIME])
    groups = tallies.agg(*rows_and_sums([plain])).collect().rows(named=True)
    known = sorted({_key(group) for group in groups if group[_named("outcome")] in bound.taxonomy})
    entries = _entries(bound.taxonomy, known)
    months = {time: months_of(time, bound.months) for time in {str(group[TIME]) for group in groups}}
    own = {key: [group for group in groups if _key(group) == key] for key in known}
    cells = [
        replace(cell, series=place) for place, key in enumerate(known) for cell in cells_of(plain, own[key], months)
    ]
    combinations, slots = _combinations(frame, known, months, raw)
    tallied = Tallied(
        rows=_rows(groups),
        series=tuple(Series(name=None, constant=is_constant(plain, own[key])) for key in known),
        cells=_scored(frame, value, known, entries, months, cells),
        pack=pack_long(columns, combinations, [(cell.series, slots[cell.timepoint]) for cell in cells], value.answered),
        outcomes=tuple(frozenset({known[cell.series][0]}) for cell in cells),
        frame=rows.frame,
    )
    return Long(
        tallied=tallied,
        entries=entries,
        unknown_outcomes=_rows(group for group in groups if group[_named("outcome")] not in bound.taxonomy),
        unreadable_words=_rows(group for group in groups if _unreadable(group)),
    )


def tell_rows(bound: BoundDataset, rows: Rows) -> LongRows:
    """Say of each row what it is about, whether it holds an answer, and which scores it could hold."""
    keys = _keys(bound, rows.schema)
    value = _value(bound, rows.schema)
    frame = rows.frame.with_columns(**keys)
    groups = frame.select(*keys).unique().collect().rows(named=True)
    known = sorted({_key(group) for group in groups if group[_named("outcome")] in bound.taxonomy})
    scored = _with_known_scores(value, known, _entries(bound.taxonomy, known))
    return LongRows(frame=frame, outcome=_named("outcome"), keys=tuple(keys), value=value, scored=tuple(scored))


def _columns(bound: BoundDataset) -> Columns:
    there = {name: column(place) for name, place in bound.canonical.items()}
    return Columns(
        saying=tuple(there[name] for name in _SAYING if name in there),
        time=there["timepoint"],
        value=tuple(there[name] for name in ("value", "missing") if name in there),
    )


def _combinations(
    frame: nw.LazyFrame[Any], known: Sequence[Key], months: Mapping[str, float | None], raw: Sequence[str]
) -> tuple[list[Combination], dict[str | None, int]]:
    """List what stands in the rows, and give each time point that is told apart a slot; the last is for all others."""
    ordered = sorted(time for time, value in months.items() if value is not None)
    slots: dict[str | None, int] = {time: slot for slot, time in enumerate(ordered)} | {None: len(ordered)}
    series = {key: place for place, key in enumerate(known)}
    found = [
        Combination(
            raw={name: _or_none(row[name]) for name in raw},
            series=series.get(_key(row)),
            slot=slots.get(str(row[TIME]), len(ordered)),
            answered=bool(row["_answered"]),
        )
        for row in frame.collect().rows(named=True)
    ]
    return found, slots


def _or_none(raw: object) -> object:
    """Take what pandas gives for an empty cell for empty: it is not even the same as itself, so no two would match."""
    return None if raw != raw else raw  # noqa: PLR0124


def _named(name: str) -> str:
    return f"_{name}"


def _keys(bound: BoundDataset, schema: nw.Schema) -> dict[str, nw.Expr]:
    """Give the columns that say what a value is about; one that is not there is empty throughout."""
    found = {}
    for name in _SAYING:
        if name in bound.canonical:
            at = column(bound.canonical[name])
            found[_named(name)] = text_of(at, schema[at])
        else:
            found[_named(name)] = nw.lit("")
    return found


def _key(group: Mapping[str, Any]) -> Key:
    return tuple(str(group[_named(name)]) for name in _SAYING)


def _rows(groups: Any) -> int:  # noqa: ANN401 - rows of any backend
    return sum(int(group["_rows"]) for group in groups)


def _unreadable(group: Mapping[str, Any]) -> bool:
    return any(str(group[_named(name)]).lower() not in {"", *words} for name, words in _LISTS.items())


def _value(bound: BoundDataset, schema: nw.Schema) -> Answer:
    """Tell answers from blanks in the column of values; a reason in the column `missing` makes a row no answer."""
    at = column(bound.canonical["value"])
    value = answer(at, schema[at], missing_of(bound.codebook))
    if "missing" not in bound.canonical:
        return value
    why = column(bound.canonical["missing"])
    given = text_of(why, schema[why]) != ""
    answered = value.answered & ~given
    number = nw.when(answered).then(value.number)
    return Answer(answered, value.coded | given, nw.when(answered).then(value.text), number)


def _entries(taxonomy: Taxonomy, known: Sequence[Key]) -> tuple[Entry, ...]:
    unlisted = sorted({key[1] for key in known if key[1] and find_instrument(_slug(key[1]))[0] is None})
    entries = []
    for outcome in taxonomy.outcomes:
        own = [place for place, key in enumerate(known) if key[0] == outcome.id]
        if own:
            measures = tuple(measure_of(_annotation(known[place], unlisted)) for place in own)
            content = OutcomeEntry.model_construct(outcome=outcome.id, measures=measures)
            entries.append(Entry(outcome, None, content, tuple(own)))
    return tuple(entries)


def _slug(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")


def _annotation(key: Key, unlisted: Sequence[str]) -> Annotation:
    """
    Say what a series shows.  The name of an unlisted instrument becomes a number.

    A word that its list does not hold earns nothing: what it was meant to say may be that the value does not count.
    """
    words = dict(zip(_SAYING[2:], (word.lower() for word in key[2:]), strict=True))
    said: dict[str, Any] = {name: word for name, word in words.items() if word in _LISTS[name]}
    if any(word and word not in _LISTS[name] for name, word in words.items()):
        said["match"] = "none"
    instrument = f"unlisted-{unlisted.index(key[1]) + 1}" if key[1] in unlisted else (_slug(key[1]) or None)
    return Annotation(outcome=key[0], instrument=instrument, **said)


def _is(key: Key) -> nw.Expr:
    found = nw.col(_named("outcome")) == key[0]
    for name, word in zip(_SAYING[1:], key[1:], strict=True):
        found = found & (nw.col(_named(name)) == word)
    return found


def _scored(  # noqa: PLR0913, PLR0917 - what the tallies of scores rest on
    frame: nw.LazyFrame[Any],
    value: Answer,
    known: Sequence[Key],
    entries: Sequence[Entry],
    months: Mapping[str, float | None],
    cells: Sequence[Cell],
) -> tuple[Cell, ...]:
    """Tally the scores of instruments whose possible scores are known."""
    counted = _with_known_scores(value, known, entries)
    if not counted:
        return tuple(cells)
    added = {name: each for one in counted for name, each in flags(one).items()}
    groups = frame.with_columns(**added).group_by(TIME).agg(*rows_and_sums(counted)).collect().rows(named=True)
    found = {(cell.series, cell.timepoint): cell for one in counted for cell in cells_of(one, groups, dict(months))}
    return tuple(_with_scores(cell, found.get((cell.series, cell.timepoint))) for cell in cells)


def _with_known_scores(value: Answer, known: Sequence[Key], entries: Sequence[Entry]) -> list[Counted]:
    offers = [offer for entry in entries for offer in entry.offers]
    counted = []
    for place, key in enumerate(known):
        scores = scores_of([offer for offer in offers if offer.series == place])
        if scores.forms:
            here = _is(key)
            only = Answer(value.answered & here, value.coded & here, value.text, nw.when(here).then(value.number))
            counted.append(
                Counted(series=place, answer=only, asked=None, blank_by_design=False, scores=scores, timepoint=None)
            )
    return counted


def _with_scores(cell: Cell, scored: Cell | None) -> Cell:
    if scored is None:
        return cell
    return replace(
        cell,
        outside=scored.outside,
        at_floor=scored.at_floor,
        at_ceiling=scored.at_ceiling,
        only_in=scored.only_in,
    )
