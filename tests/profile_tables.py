"""Small tables with codebooks, in every shape; and one table as every library has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

import mscos
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.dataset import BoundDataset, bind
from mscos.readers.reading import as_table
from profile_oracle import Row

TAXONOMY = mscos.load_taxonomy("2023.1")

Backend = Callable[[Sequence[str], Sequence[Row]], object]

Columns = dict[str, list[str | None]]


def columns_of(headers: Sequence[str], rows: Sequence[Row]) -> Columns:
    return {header: [row[place] for row in rows] for place, header in enumerate(headers)}


def in_arrow(headers: Sequence[str], rows: Sequence[Row]) -> pa.Table:
    columns = columns_of(headers, rows)
    return pa.table({header: pa.array(cells, pa.string()) for header, cells in columns.items()})


def in_polars(headers: Sequence[str], rows: Sequence[Row]) -> pl.DataFrame:
    return pl.DataFrame(columns_of(headers, rows), schema=dict.fromkeys(headers, pl.String))


BACKENDS: Mapping[str, Backend] = {
    "polars": in_polars,
    "polars, lazy": lambda headers, rows: in_polars(headers, rows).lazy(),
    "pandas": lambda headers, rows: pd.DataFrame(columns_of(headers, rows), dtype="str"),
    "pandas, objects": lambda headers, rows: pd.DataFrame(columns_of(headers, rows), dtype=object),
    "pandas, categories": lambda headers, rows: pd.DataFrame(columns_of(headers, rows), dtype="str").astype("category"),
    "pyarrow": in_arrow,
    "DuckDB": lambda headers, rows: duckdb.from_arrow(in_arrow(headers, rows)),
}
"""The same rows of text in every library that a caller may hand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    A table of text with what is known of it.

    Attributes:
        headers: The headers.
        rows: The rows.
        codebook: The codebook; None for a table in the canonical layout that has none.
        events: Forms of each event.
        details: Positions of columns whose mix could point to a person.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    codebook: Codebook | None = None
    events: Mapping[str, frozenset[str]] | None = None
    details: tuple[int, ...] = ()

    def bound(self, backend: Backend = in_polars) -> BoundDataset:
        table = as_table(backend(self.headers, self.rows))
        return bind(TAXONOMY, table, self.codebook, events=self.events)

    def typed(self, frame: Any) -> BoundDataset:  # noqa: ANN401 - a dataframe of any library
        return bind(TAXONOMY, as_table(frame), self.codebook, events=self.events)

    def with_rows(self, rows: Sequence[Row]) -> Case:
        return replace(self, rows=tuple(rows))


BLANKS = ["", None, " ", "\t\u00a0", "\u2003"]
ANSWERS = ["0", "1", "2", "2.5", "3,5", "7", "35", "+4", ".5", "5.", "1e5", "yes", "x", "Yes ", "some words", "1.0"]
CODES = ["-99", "NA", " n/a ", "Declined", ".", "77", "999", "-77.0"]
TIMES = [
    "baseline",
    " Baseline",
    "BASE LINE",
    "month-6",
    "Month 6",
    "month__12",
    "pre",
    "Post 1",
    "0",
    "visit_1_arm_1",
    "?",
]
AGES = ["yes", "No", "17", "18", "1", "0", "17,5", "130", "25.0", "TRUE", "child", "not known", "99", "-99"]
PEOPLE = ["p1", "p2", "p3", " p1 ", "P1", "7", "7.0"]
OUTCOMES = ["housing", "safety", "support", "ll01", "no-such-outcome"]
INSTRUMENTS = [
    None,
    None,
    "single-item",
    "phq-9",
    "swemwbs",
    "mlq-presence",
    "phq-9-arabic",
    "own-scale",
    "whoqol-bref",
]
LABELS = (
    TimeLabel("pre", 0),
    TimeLabel("post 1", 6),
    TimeLabel("0", 0.5),
    TimeLabel("visit_1_arm_1", 1),
)


def _often(common: Sequence[str | None], rare: Sequence[str | None]) -> SearchStrategy[str | None]:
    return st.sampled_from([*common, *common, *rare])


CELLS = _often(ANSWERS, [*BLANKS, *CODES])


@st.composite
def _annotations(draw: DrawFn) -> tuple[Annotation, ...]:
    outcomes = draw(st.permutations(OUTCOMES))[: draw(st.sampled_from([1, 1, 2, 0]))]
    timepoint = draw(st.sampled_from([None, None, "baseline", "Month_6", "pre", "when?"]))
    ends = draw(st.sampled_from([(None, None), (None, None), (0.0, 7.0), (1.0, None)]))
    return tuple(
        Annotation(
            outcome=outcome,
            kind=draw(st.sampled_from([None, "outcome", "output"])),
            timepoint=draw(st.sampled_from([timepoint, timepoint, None])),
            instrument=draw(st.sampled_from(INSTRUMENTS)),
            low=ends[0],
            high=ends[1],
        )
        for outcome in outcomes
    )


@st.composite
def _variables(draw: DrawFn, name: str) -> Variable:
    columns = draw(st.sampled_from([(), (), (f"{name}_a", f"{name}_b"), (f"{name}_a", "nowhere")]))
    return Variable(
        name=name,
        annotations=draw(_annotations()),
        form=draw(st.sampled_from([None, "intake", "review"])),
        asked_of_some=draw(st.sampled_from([False, False, True])),
        missing_codes=draw(st.sampled_from([(), ("77",), ("2", "Some Words")])),
        missing_ranges=draw(st.sampled_from([(), ((900.0, 999.0), (-5.0, -1.0))])),
        columns=columns,
        ticks=draw(st.sampled_from([False, False, False, True])),
    )


ROLES = {"who": "participant", "when": "timepoint", "adult": "adult"}
POOLS: dict[str, SearchStrategy[str | None]] = {
    "who": _often(PEOPLE, ["", None]),
    "when": _often(TIMES, ["", None]),
    "adult": _often(["yes", "yes", "21"], [*AGES, "", None]),
    "redcap_repeat_instrument": st.sampled_from(["", None, "intake", "review", "other"]),
    "one": st.sampled_from(["a", "b", "", "a "]),
    "two": st.sampled_from(["x", "y", None]),
}


@st.composite
def wide(draw: DrawFn) -> Case:
    """Rows of people, or of their visits, with outcomes as columns."""
    variables = [draw(_variables(f"q{number}")) for number in range(draw(st.sampled_from([2, 1, 3, 0])))]
    extra = [name for name in POOLS if draw(st.booleans())]
    described = [
        Variable(name=name, role=ROLES[name], missing_codes=("99",))  # type: ignore[arg-type]
        for name in ROLES
        if name in extra
    ]
    codebook = Codebook(
        form="a test",
        variables=(*described, *variables),
        unit_of_row=draw(st.sampled_from([None, None, "person", "person-visit", "organisation", "aggregate", "quote"])),
        timepoints=draw(st.sampled_from([LABELS, ()])),
        missing_codes=draw(st.sampled_from([(), ("999",)])),
    )
    headers = [header for each in variables for header in (each.columns or (each.name,)) if header != "nowhere"]
    headers = draw(st.permutations([*headers, *(name for name in POOLS if name in extra), "undescribed"]))
    row = st.tuples(*(POOLS.get(header, CELLS) for header in headers))
    events = {"visit_1_arm_1": frozenset({"intake"}), "Pre": frozenset({"intake", "review"})}
    return Case(
        headers=tuple(headers),
        rows=tuple(draw(st.lists(row, min_size=1, max_size=14))),
        codebook=codebook,
        events=draw(st.sampled_from([None, events])),
        details=tuple(headers.index(name) for name in ("one", "two") if {"one", "two"} <= set(headers)),
    )


SAYING: dict[str, list[str | None]] = {
    "instrument": [
        "",
        None,
        "phq-9",
        "PHQ_9",
        "mlq-presence",
        "swemwbs",
        "Our Scale",
        "our other scale",
        "phq-9-short",
    ],
    "kind": ["outcome", "output", "", "Outcome"],
    "reported_by": ["self", "staff", "the worker", None],
    "direction": ["higher_better", "", "up"],
    "match": ["specific", "none", "", "yes"],
    "missing": ["", "", None, " ", "declined"],
    "adult": ["yes", "yes", "20", "no", "", "12"],
    "group": ["a", "b"],
}


@st.composite
def long(draw: DrawFn) -> Case:
    """Rows of answers in the canonical layout."""
    more = [name for name in SAYING if draw(st.booleans())]
    headers = draw(st.permutations(["participant", "timepoint", "outcome", "value", *more, "undescribed"]))
    pools: dict[str, SearchStrategy[str | None]] = {
        "participant": POOLS["who"],
        "timepoint": POOLS["when"],
        "outcome": st.sampled_from(["housing", "housing", " safety ", "ll01", "Housing", "", None]),
        "value": CELLS,
        "undescribed": CELLS,
    } | {name: st.sampled_from(words) for name, words in SAYING.items()}
    row = st.tuples(*(pools[header] for header in headers))
    book = Codebook(form="a test", variables=(), timepoints=LABELS, missing_codes=("77",))
    return Case(
        headers=tuple(headers),
        rows=tuple(draw(st.lists(row, min_size=1, max_size=14))),
        codebook=draw(st.sampled_from([None, book])),
        details=(headers.index("undescribed"), headers.index("value")) if draw(st.booleans()) else (),
    )


def cases() -> SearchStrategy[Case]:
    """Tables of every shape."""
    return wide() | long()
