"""
What a profile must be, worked out with a plain loop over rows of text.

It shares nothing with `mscos.profile` but the types of the counts: neither expressions nor tallies.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any, get_args

from mscos.codebooks.codebook import Annotation, Variable
from mscos.codelists import Direction, Match, MeasureKind, ReportedBy
from mscos.dataset import BoundDataset
from mscos.described import measure_of
from mscos.instruments import find_instrument
from mscos.missing_codes import load_missing_codes
from mscos.offers import Entry, Offer
from mscos.profile.counts import Cell, Pair, Profile, Series
from mscos.records.entries import OutcomeEntry

Row = Sequence[str | None]
"""The cells of a row as the csv module has them; None for a cell that is not there."""

_TICKS = {"1", "1.0", "x", "y", "yes", "true", "checked"}
_UNITS = {"y", "yo", "y.o", "yr", "yrs", "year", "years", "yr old", "yrs old", "year old", "years old", "years-old"}
_YES = {"yes", "y", "true", "1", "1.0", "adult"}
_NO = {"no", "n", "false", "0", "0.0", "child", "minor", "<18", "< 18", "u18", "under 18", "under-18", "below 18"}
_LISTS = {"kind": MeasureKind, "reported_by": ReportedBy, "direction": Direction, "match": Match}
_SAYING = ("outcome", "instrument", *_LISTS)


@dataclass(slots=True)
class Tally:
    """Everything that was seen of a series at one time point."""

    rows: int = 0
    coded: int = 0
    spared: int = 0
    texts: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    people: Counter[object] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a row: its text, None where there is none; its number; and whether a code stands in its place."""

    text: str | None
    number: float | None = None
    coded: bool = False


def oracle(bound: BoundDataset, rows: Sequence[Row], details: Sequence[int] = ()) -> Profile:
    """Work out the profile of a dataset whose rows hold text."""
    cells = [[(cell or "").strip() for cell in row] for row in rows]
    ages = [_age(bound, row) for row in cells]
    young = [_is_child(age) for age in ages]
    unsure = [not _is_child(age) and not _is_grown(age) for age in ages]
    # A row that does not say has what the participant's other rows say, and under 18 goes before adult.
    whose = [_who(bound, place, row) for place, row in enumerate(cells)]
    children = {who for who, child in zip(whose, young, strict=True) if child} - {None}
    told = {who for who, silent in zip(whose, unsure, strict=True) if not silent} - {None}
    young = [child or (silent and who in children) for child, silent, who in zip(young, unsure, whose, strict=True)]
    unsure = [silent and who not in told for silent, who in zip(unsure, whose, strict=True)]
    adults = [row for row, child in zip(cells, young, strict=True) if not child]
    found = _long(bound, adults) if bound.layout == "rows" else _columns(bound, adults)
    linked = bound.unit_of_row not in {None, "aggregate"}
    linked = linked and (bound.unit_of_row == "person" or bound.participant is not None)
    counted, pairs = _people(found) if linked else (found.cells, ())
    return Profile(
        unit_of_row=bound.unit_of_row,
        rows=len(adults),
        people=len(_everybody(bound, adults)) if linked else None,
        under_18=sum(young),
        adult_unknown=sum(unsure) if bound.adult is not None else None,
        series=found.series,
        entries=found.entries,
        cells=tuple(counted),
        pairs=pairs,
        small_groups=_small(bound, adults, details),
        unknown_outcomes=found.unknown,
        unreadable_words=found.unreadable,
    )


# One cell.


def number_of(text: str) -> float | None:
    if not re.fullmatch(r"[+-]?[0-9.,]+", text, re.ASCII) or not re.search("[0-9]", text):
        return None
    return float(text.replace(",", ".")) if len(re.findall("[.,]", text)) <= 1 else None


def codes_of(bound: BoundDataset, variable: Variable | None = None) -> set[str]:
    codes = [entry.code for entry in load_missing_codes().codes]
    codes += bound.codebook.missing_codes if bound.codebook else ()
    codes += variable.missing_codes if variable else ()
    return {code.strip().lower() for code in codes}


def _said(text: str, codes: set[str], ranges: Sequence[tuple[float, float]] = ()) -> Said:
    number = number_of(text)
    numbers = {number_of(code) for code in codes} - {None}
    if (
        text.lower() in codes
        or number in numbers
        or any(number is not None and low <= number <= high for low, high in ranges)
    ):
        return Said(None, coded=True)
    return Said(text, number) if text else Said(None)


def _age(bound: BoundDataset, row: list[str]) -> str:
    """Give what a row says of the age, in lower case; empty text for a code that means no answer."""
    if bound.adult is None:
        return ""
    variables = [each.variable for each in bound.variables if bound.adult in each.columns]
    said = _said(row[bound.adult], codes_of(bound, *variables), *(each.missing_ranges for each in variables))
    return (said.text or "").lower()


def _years(word: str) -> float | None:
    """Read an age: a number, or one with "years old" or its like behind it."""
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz. -")
    return number_of(digits if word[len(digits) :].strip(" .") in _UNITS else word)


def _is_child(word: str) -> bool:
    age = _years(word)
    return word in _NO or (age is not None and 1 < age < 18)


def _is_grown(word: str) -> bool:
    age = _years(word)
    return word in _YES or (age is not None and 18 <= age < 130)


def _key(label: str) -> str:
    return re.sub(r"[\s_]+", "-", label.strip().lower())


def _months(bound: BoundDataset, key: str) -> float | None:
    month = re.fullmatch(r"month-([0-9]{1,4})", key)
    return bound.months.get(key, float(month[1]) if month else None)


# Both layouts.


@dataclass(slots=True)
class Found:
    """What both layouts come to."""

    series: tuple[Series, ...]
    entries: tuple[Entry, ...]
    cells: list[Cell] = field(default_factory=list)
    answered: list[Counter[object]] = field(default_factory=list)
    outcomes: list[set[str]] = field(default_factory=list)
    unknown: int = 0
    unreadable: int = 0

    def add(
        self,
        series: int,
        tallies: dict[str | None, Tally],
        bound: BoundDataset,
        outcomes: set[str],
        offers: list[Offer],
    ) -> None:
        """Add the cells of a series, in the order of time."""
        times = sorted((key for key in tallies if key is not None), key=lambda key: (_months(bound, key) or 0, key))
        in_order: list[str | None] = [key for key in times if _months(bound, key) is not None]
        for key in (*in_order, *(key for key in tallies if key not in in_order)):
            tally = tallies[key]
            months = None if key is None else _months(bound, key)
            self.cells.append(_cell(series, key, months, tally, _forms(offers)))
            self.answered.append(tally.people)
            self.outcomes.append(outcomes)


def _forms(offers: list[Offer]) -> list[tuple[float, float]]:
    for offer in offers:
        if offer.measure.range:
            return [(offer.measure.range.min, offer.measure.range.max)]
    for offer in offers:
        if offer.instrument and not offer.variant:
            return [(each.min, each.max) for each in offer.instrument.ranges if each.basis != "unchecked"]
    return []


def _cell(series: int, key: str | None, months: float | None, tally: Tally, forms: list[tuple[float, float]]) -> Cell:
    numbers = tally.numbers
    ends = forms[0] if len(forms) == 1 else None
    return Cell(
        series=series,
        timepoint=key,
        months=months,
        rows=tally.rows - tally.spared,
        blank=tally.rows - tally.spared - tally.coded - len(tally.texts),
        coded=tally.coded,
        answered=len(tally.texts),
        by_design=tally.spared,
        numeric=len(numbers),
        whole=sum(number in {math.inf, -math.inf} or number.is_integer() for number in numbers),
        outside=sum(number < min(forms)[0] or number > max(high for _, high in forms) for number in numbers)
        if forms
        else 0,
        at_floor=sum(number == ends[0] for number in numbers) if ends else 0,
        at_ceiling=sum(number == ends[1] for number in numbers) if ends else 0,
        only_in=tuple(sum(_only(number, place, forms) for number in numbers) for place in range(len(forms)))
        if len(forms) > 1
        else (),
    )


def _only(number: float, place: int, forms: list[tuple[float, float]]) -> bool:
    return [low <= number <= high for low, high in forms] == [place == other for other in range(len(forms))]


def _note(tally: Tally, said: Said, who: object, *, spared: bool) -> None:
    tally.rows += 1
    tally.coded += said.coded
    tally.spared += spared
    if said.text is not None:
        tally.texts.append(said.text)
        if said.number is not None:
            tally.numbers.append(said.number)
        if who is not None:
            tally.people[who] += 1


def _who(bound: BoundDataset, place: int, row: list[str]) -> object:
    if bound.participant is None:
        return place
    variables = [each.variable for each in bound.variables if bound.participant in each.columns]
    said = _said(row[bound.participant], codes_of(bound, *variables))
    return said.text


def _everybody(bound: BoundDataset, rows: list[list[str]]) -> set[object]:
    return {_who(bound, place, row) for place, row in enumerate(rows)} - {None}


def _people(found: Found) -> tuple[list[Cell], tuple[Pair, ...]]:
    pairs = []
    later: dict[int, set[object]] = defaultdict(set)
    for one, two in combinations(range(len(found.cells)), 2):
        earlier, after = sorted((one, two), key=lambda place: found.cells[place].months or 0.0)
        months = found.cells[earlier].months, found.cells[after].months
        if None not in months and months[0] != months[1] and found.outcomes[one] & found.outcomes[two]:
            both = found.answered[one].keys() & found.answered[two].keys()
            pairs.append(Pair(earlier, after, len(both)))
            later[earlier] |= both
    cells = [
        replace(
            cell,
            people=len(answered),
            repeated=sum(times > 1 for times in answered.values()),
            followed=len(later[place]),
        )
        for place, (cell, answered) in enumerate(zip(found.cells, found.answered, strict=True))
    ]
    return cells, tuple(pairs)


def _small(bound: BoundDataset, rows: list[list[str]], details: Sequence[int]) -> int | None:
    if not details:
        return None
    mixes = [(tuple(row[place] for place in details), row) for row in rows]
    if bound.participant is None:
        groups = Counter(mix for mix, _ in mixes)
    else:
        groups = Counter(mix for mix, _ in {(mix, row[bound.participant]) for mix, row in mixes})
    return sum(size < 11 for size in groups.values())


# Outcomes as columns.


def _columns(bound: BoundDataset, rows: list[list[str]]) -> Found:
    tallies = {place: dict(_tallied(bound, place, rows)) for place in _offered(bound)}
    series = tuple(
        Series(
            name=each.variable.name,
            form=each.variable.form,
            asked_of_some=each.variable.asked_of_some,
            constant=not each.variable.ticks and place in tallies and _constant(tallies[place].values()),
        )
        for place, each in enumerate(bound.variables)
    )
    found = Found(series, bound.entries)
    for place, tally in sorted(tallies.items()):
        offers = [offer for entry in bound.entries for offer in entry.offers if offer.series == place]
        found.add(place, tally, bound, {offer.outcome.id for offer in offers}, offers)
    return found


def _offered(bound: BoundDataset) -> set[int]:
    return {place for entry in bound.entries for place in entry.series}


def _constant(tallies: Any) -> bool:  # noqa: ANN401 - the values of a dictionary
    texts = [text for tally in tallies for text in tally.texts]
    return len(texts) > 1 and len(set(texts)) == 1


def _tallied(bound: BoundDataset, place: int, rows: list[list[str]]) -> Iterator[tuple[str | None, Tally]]:
    each = bound.variables[place]
    own = [time for entry in bound.entries for offer in entry.offers for time in offer.measure.timepoints
           if offer.series == place]  # fmt: skip
    tallies: dict[str | None, Tally] = defaultdict(Tally)
    if own or bound.timepoint is None:
        tallies[own[0] if own else None] = Tally()
    for number, row in enumerate(rows):
        event = _key(row[bound.timepoint]) if bound.timepoint is not None else ""
        key = own[0] if own else (event if _months(bound, event) is not None else None)
        said = _answer(bound, each.variable, [row[column] for column in each.columns])
        blank = said.text is None and not said.coded
        spared = blank and (each.variable.asked_of_some or not _asked(bound, each.variable.form, event, row))
        _note(tallies[key], said, _who(bound, number, row), spared=spared)
    yield from tallies.items()


def _answer(bound: BoundDataset, variable: Variable, texts: list[str]) -> Said:
    codes = codes_of(bound, variable)
    if variable.ticks:
        said = [Said("1", 1.0) if text.lower() in _TICKS else _said(text, codes) for text in texts]
        kept = [each for each in said if each.number == 1.0 and each.text == "1"]
    else:
        said = [_said(text, codes, variable.missing_ranges) for text in texts]
        kept = [each for each in said if each.text is not None]
    return kept[0] if kept else Said(None, coded=any(each.coded for each in said))


def _asked(bound: BoundDataset, form: str | None, event: str, row: list[str]) -> bool:
    if form is None:
        return True
    if bound.events is not None and bound.timepoint is not None and form not in bound.events.get(event, ()):
        return False
    return bound.repeats is None or row[bound.repeats] in {"", form}


# Outcomes as rows.


def _long(bound: BoundDataset, rows: list[list[str]]) -> Found:
    tallies: dict[tuple[str, ...], dict[str | None, Tally]] = {}
    unknown = unreadable = 0
    for number, row in enumerate(rows):
        key = tuple(row[bound.canonical[name]] if name in bound.canonical else "" for name in _SAYING)
        unreadable += any(word and word.lower() not in get_args(_LISTS[name]) for name, word in zip(_SAYING, key, strict=True)
                          if name in _LISTS)  # fmt: skip
        if key[0] not in bound.taxonomy:
            unknown += 1
            continue
        time = _key(row[bound.canonical["timepoint"]])
        said = _said(row[bound.canonical["value"]], codes_of(bound))
        if "missing" in bound.canonical and row[bound.canonical["missing"]]:
            said = Said(None, coded=True)
        times = tallies.setdefault(key, {})
        tally = times.setdefault(time if _months(bound, time) is not None else None, Tally())
        _note(tally, said, _who(bound, number, row), spared=False)
    keys = sorted(tallies)
    found = Found(
        tuple(Series(name=None, constant=_constant(tallies[key].values())) for key in keys),
        _entries(bound, keys),
        unknown=unknown,
        unreadable=unreadable,
    )
    offers = [offer for entry in found.entries for offer in entry.offers]
    for place, key in enumerate(keys):
        found.add(place, tallies[key], bound, {key[0]}, [offer for offer in offers if offer.series == place])
    return found


def _entries(bound: BoundDataset, keys: list[tuple[str, ...]]) -> tuple[Entry, ...]:
    names = sorted(
        {key[1] for key in keys if key[1] and find_instrument(re.sub("[_ ]", "-", key[1].lower()))[0] is None}
    )
    entries = []
    for outcome in bound.taxonomy.outcomes:
        own = [place for place, key in enumerate(keys) if key[0] == outcome.id]
        measures = []
        for place in own:
            words = {name: word.lower() for name, word in zip(_SAYING, keys[place], strict=True) if name in _LISTS}
            said: dict[str, Any] = {name: word for name, word in words.items() if word in get_args(_LISTS[name])}
            if any(word and name not in said for name, word in words.items()):
                said["match"] = "none"
            name = keys[place][1]
            instrument = f"unlisted-{names.index(name) + 1}" if name in names else re.sub("[_ ]", "-", name.lower())
            measures.append(measure_of(Annotation(outcome=outcome.id, instrument=instrument or None, **said)))
        if own:
            content = OutcomeEntry.model_construct(outcome=outcome.id, measures=tuple(measures))
            entries.append(Entry(outcome, None, content, tuple(own)))
    return tuple(entries)
