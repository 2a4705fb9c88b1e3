"""A profile is what a plain loop over the rows gives, on every backend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, UnitOfRow, Variable
from mscos.profile.counts import Cell, Pair, Profile
from mscos.profile.packing import WIDTHS, Width
from mscos.profile.profiling import profile
from profile_oracle import Row, oracle
from profile_tables import BACKENDS, TAXONOMY, Case, cases, in_arrow

WHO = Variable(name="who", role="participant")
WHEN = Variable(name="when", role="timepoint")
ADULT = Variable(name="adult", role="adult", missing_codes=("99",))


def about(name: str, outcome: str = "housing", **said: Any) -> Variable:  # noqa: ANN401 - what a variable can say
    annotation = {key: said.pop(key) for key in ("timepoint", "instrument", "low", "high") if key in said}
    return Variable(name=name, annotations=(Annotation(outcome=outcome, **annotation),), **said)


def case(*rows: Row, variables: Sequence[Variable], unit: UnitOfRow | None = None, headers: Sequence[str] = ()) -> Case:
    labels = (TimeLabel("0", 0), TimeLabel("6", 6))
    book = Codebook(form="a test", variables=tuple(variables), unit_of_row=unit, timepoints=labels)
    return Case(headers=tuple(headers) or tuple(each.name for each in variables), rows=rows, codebook=book)


def with_codes(case: Case, *codes: str) -> Case:
    assert case.codebook is not None
    return replace(case, codebook=replace(case.codebook, missing_codes=codes))


def profiled(case: Case, backend: str = "polars") -> Profile:
    return profile(case.bound(BACKENDS[backend]), details=case.details)


def expected(case: Case) -> Profile:
    return oracle(case.bound(), case.rows, case.details)


# The oracle itself, by hand.

VISITS = case(
    ("p1", "Baseline", "yes", "3"),
    (" p1", "Month 6", "yes", "11"),
    ("p2", "baseline ", "30", "10"),
    ("p2", "baseline", "30", "0"),
    ("", "month_6", "?", "2,5"),
    ("p3", "some day", "99", "-99"),
    ("p4", "month-6", "17", "5"),
    ("p5", "month-6", "yes", " "),
    variables=(WHO, WHEN, ADULT, about("q1", low=0.0, high=10.0)),
)


@pytest.mark.parametrize("work_out", [profiled, expected])
def test_rows_of_visits_are_counted_as_by_hand(work_out: Any) -> None:  # noqa: ANN401 - either of the two
    found: Profile = work_out(VISITS)

    nothing = {"by_design": 0, "only_in": (), "coded": 0, "blank": 0, "outside": 0, "at_floor": 0, "at_ceiling": 0}
    start, later, unknown = (
        {
            "rows": 3,
            "answered": 3,
            "numeric": 3,
            "whole": 3,
            "at_floor": 1,
            "at_ceiling": 1,
            "people": 2,
            "repeated": 1,
        },
        {"rows": 3, "answered": 2, "blank": 1, "numeric": 2, "whole": 1, "outside": 1, "people": 1, "repeated": 0},
        {"rows": 1, "answered": 0, "coded": 1, "numeric": 0, "whole": 0, "people": 0, "repeated": 0},
    )
    assert found.cells == (
        Cell(**nothing | {"series": 3, "timepoint": "baseline", "months": 0.0, "followed": 1} | start),  # type: ignore[arg-type]
        Cell(**nothing | {"series": 3, "timepoint": "month-6", "months": 6.0, "followed": 0} | later),  # type: ignore[arg-type]
        Cell(**nothing | {"series": 3, "timepoint": None, "months": None, "followed": 0} | unknown),  # type: ignore[arg-type]
    )
    assert found.pairs == (Pair(0, 1, 1),)
    assert (found.rows, found.people, found.under_18, found.adult_unknown) == (7, 4, 1, 2)
    assert (found.unit_of_row, found.small_groups) == ("person-visit", None)


# Anything that people hand in.


@settings(max_examples=80)
@given(cases())
def test_a_profile_is_what_a_plain_loop_over_the_rows_gives(case: Case) -> None:
    assert profiled(case) == expected(case)


@pytest.mark.parametrize("backend", [name for name in BACKENDS if name != "polars"])
@settings(max_examples=8)
@given(case=cases())
def test_every_backend_gives_the_same_profile(backend: str, case: Case) -> None:
    assert profiled(case, backend) == expected(case)


ODD = ("c1", "c0", "x.y", 'a"b', "^a$b", "q*", "two\nlines")
MIXED = "mlq-presence"

HARD = {
    "no variable about an outcome": case(("1",), ("2",), variables=[Variable(name="x")], unit="person"),
    "nobody is an adult": case(
        ("p1", "baseline", "no", "1"), ("p1", "month-6", "no", "2"), variables=(WHO, WHEN, ADULT, about("q1"))
    ),
    "headers that engines take for more than names": case(
        tuple(map(str, range(7))),
        ("",) * 6 + ("1",),
        variables=[about(header, each.id) for header, each in zip(ODD, TAXONOMY.core, strict=True)],
    ),
    "several columns of one variable": case(
        ("1", ""), ("", "12"), ("NA", ""), ("x", "3"), ("", ""), ("2", "NA"), ("3", "12"),
        variables=[about("q1", columns=("a", "b"), low=0.0, high=10.0)], headers=("a", "b"),
    ),
    "numbers about a service": case(
        ("x", "1", "2"), ("x", "3", ""),
        variables=(WHO, about("a", timepoint="0"), about("b", timepoint="6")), unit="aggregate",
    ),
    "codes of the whole codebook": with_codes(case(("77",), ("x",), variables=[about("q1")]), "77", "X "),
    "a variant of an instrument": case(("99",), ("3",), variables=[about("q1", instrument="phq-9-arabic")]),
    "an instrument whose range nobody checked": case(("99",), ("3",), variables=[about("q1", instrument="reqol-10")]),
    "forms that belong to some rows only": replace(
        case(
            ("p1", "Intake 1", "", "1"), ("p1", "intake_1", "home", ""), ("p1", "intake_1", "", ""), ("p1", "intake_1", "other", ""),
            ("p1", "later", "", ""), ("p1", "later", "home", "2"), ("p1", "", "", ""),
            variables=(WHO, WHEN, about("q1", form="home")),
            headers=("who", "when", "redcap_repeat_instrument", "q1"),
        ),
        events={"intake_1": frozenset({"home"}), "later": frozenset({"end"})},
    ),
    "blanks by design": case(("1",), ("",), ("NA",), variables=[about("q1", asked_of_some=True)]),
    "ticked boxes": case(
        ("1", "0"), ("", "Yes"), ("0", "0"), ("NA", ""), ("", ""), ("x", "na"),
        variables=[about("q1", columns=("a", "b"), ticks=True)], headers=("a", "b"),
    ),
    "codes with a point beside ticked boxes": case(
        ("-77.0",), ("-77",), ("1.0",), variables=[about("q1", ticks=True, missing_codes=("-77",))]
    ),
    "empty cells before the one that tells two series apart": Case(
        headers=("participant", "timepoint", "outcome", "instrument", "kind", "value"),
        rows=(
            ("p1", "baseline", "housing", None, "Outcome", "1"),
            ("p1", "baseline", "housing", None, "outcome", "2"),
        ),
    ),
    "one answer throughout": case(("2",), (" 2 ",), ("",), variables=[about("q1")]),
    "two scoring methods": case(("40",), ("6",), ("2.5",), ("80",), ("7",), variables=[about("q1", instrument=MIXED)]),
    "numbers of every spelling": case(
        *((text,) for text in ("+4", "-0", ".5", "5.", "3,5", "1e5", "1.2.3", "1,2.3", "٣", "--", "+", "9" * 400)),
        variables=[about("q1", low=0.0, high=4.0)],
    ),
    "blanks of every kind": case(
        *((text,) for text in ("\u00a0", "\u2003 ", "\x1f", "\x85", "\u3000", "a\u00a0")), variables=[about("q1")]
    ),
    "time points in odd spellings": case(
        ("p1", "Month\u00a06", "1"), ("p1", "month__6", "1"), ("p1", " MONTH 06", "1"), ("p1", "month-6.0", "1"),
        ("p1", None, "1"), ("p2", "6", "1"), ("p2", "0", "1"), variables=(WHO, WHEN, about("q1")),
    ),
    "ages and words": case(
        *((word, "1") for word in ("YES", "No", "17,5", "17 years", "19 Yrs old.", "16y", "17 y.o.", "17 months", "17 years and more", "18", "129.5", "130", "1", "1.5", "0", "99", "-99", "", "n/a")),
        variables=(ADULT, about("q1")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_to_count_is_counted_alike(name: str, backend: str) -> None:
    assert profiled(HARD[name], backend) == expected(HARD[name])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_mix_of_details_is_rare_if_fewer_than_eleven_people_share_it(backend: str) -> None:
    rows = [(f"p{number}", "a" if number < 11 else "b ") for number in range(21)]
    mixed = case(*rows, ("p0", "a"), ("p11", "b"), ("p11", "b"), variables=(WHO, Variable(name="one")))
    bound = mixed.bound(BACKENDS[backend])

    assert profile(bound, details=(1,)).small_groups == 1
    assert profile(bound, details=(0, 1)).small_groups == 21


# Many answers of one person.


def of_two_people(cells: int) -> Case:
    """Two people with so many answers that one digit, or one number, does not hold them."""
    outcomes = TAXONOMY.outcomes
    variables = [
        about(f"q{place}", outcomes[place // 3].id, timepoint=f"month-{place % 3 * 6}") for place in range(cells)
    ]
    rows = [(f"p{row % 2}", *("" if (row + place) % 3 == 0 else "1" for place in range(cells))) for row in range(120)]
    return case(*rows, variables=(WHO, *variables))


def test_more_answers_of_a_person_than_a_digit_holds_are_all_counted() -> None:
    assert profiled(of_two_people(30)) == expected(of_two_people(30))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("width", [Width(4, 2), Width(2**20, 4)], ids=["a digit", "a number"])
def test_what_runs_over_is_counted_again_with_more_room(
    width: Width, backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mscos.profile.people.WIDTHS", (width, WIDTHS[-1]))

    assert profiled(of_two_people(5), backend) == expected(of_two_people(5))


# Columns with types.

NAN = float("nan")
TYPED: dict[str, list[Any]] = {
    "who": [1, 1, 2, 2, None, 3],
    "when": [0.0, 6.0, 0.0, 6.0, 0.0, NAN],
    "adult": [30, 30, 40, 40, 17, -99],
    "q1": [0, 10, 9, -99, 3, None],
    "q2": [True, False, True, None, True, True],
    "q3": [dt.date(2024, 1, 1), dt.date(2024, 1, 1), None, None, None, dt.date(2024, 1, 1)],
    "q4": [21.5, 99.0, NAN, 7.0, 35.0, None],
    "q5": [1.0, 0.0, 1.0, None, 0.0, 1.0],
}
TEXTS = [
    tuple("" if cell is None or cell != cell else str(cell).lower().removesuffix(".0") for cell in row)  # noqa: PLR0124
    for row in zip(*TYPED.values(), strict=True)
]
TYPES = case(
    *TEXTS,
    variables=(
        WHO,
        WHEN,
        ADULT,
        about("q1", low=0.0, high=10.0, missing_codes=("9",)),
        about("q2", "safety"),
        about("q3", "support"),
        about("q4", "medical", instrument="swemwbs", missing_ranges=((90.0, 99.0),)),
        about("q5", "purpose", ticks=True),
    ),
)


def whole_or_decimal(cell: Any) -> Any:  # noqa: ANN401 - a cell
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return (None if cell != cell else Decimal(str(cell)).quantize(Decimal("0.00"))) if number else cell  # noqa: PLR0124


def decimals() -> dict[str, list[Any]]:
    return {name: [whole_or_decimal(cell) for cell in cells] for name, cells in TYPED.items()}


def categories() -> pa.Table:
    text = in_arrow(TYPES.headers, [[cell or None for cell in row] for row in TEXTS])
    return pa.table({name: text[name].dictionary_encode() for name in TYPES.headers})


FRAMES: Mapping[str, Any] = {
    "polars": lambda: pl.DataFrame(TYPED, strict=False),
    "polars, decimals": lambda: pl.DataFrame(decimals()),
    "polars, categories": lambda: pl.from_arrow(categories()),
    "pandas": lambda: pd.DataFrame(TYPED),
    "pandas, nullable": lambda: pd.DataFrame(TYPED).convert_dtypes(),
    "pandas, arrow": lambda: pd.DataFrame(TYPED).convert_dtypes(dtype_backend="pyarrow"),
    "pandas, categories": lambda: categories().to_pandas(),
    "pyarrow": lambda: pa.table(TYPED),
    "pyarrow, decimals": lambda: pa.table(decimals()),
    "pyarrow, categories": categories,
    "DuckDB": lambda: duckdb.from_arrow(pa.table(TYPED)),
    "DuckDB, decimals": lambda: duckdb.from_arrow(pa.table(decimals())),
    "DuckDB, categories": lambda: duckdb.from_arrow(categories()),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_columns_with_types_hold_what_they_would_as_text(frame: Any) -> None:  # noqa: ANN401 - makes a dataframe
    assert profile(TYPES.typed(frame())) == expected(TYPES)


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow", "DuckDB"])
def test_what_is_no_number_is_nobody(backend: str) -> None:
    columns = {"who": [1.0, NAN, NAN, 2.0], "q1": ["a", "b", "c", None]}
    frame = {
        "polars": pl.DataFrame,
        "pandas": pd.DataFrame,
        "pyarrow": pa.table,
        "DuckDB": lambda columns: duckdb.from_arrow(pa.table(columns)),
    }[backend](columns)

    found = profile(case(variables=(WHO, about("q1"))).typed(frame))

    assert (found.people, found.cells[0].answered, found.cells[0].people) == (2, 3, 1)
