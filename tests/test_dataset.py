"""`bind`: what is joined, what is left over, and what a row is about."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from mscos.codebooks.codebook import Annotation, Codebook, Role, TimeLabel, UnitOfRow, Variable
from mscos.dataset import BoundDataset, BoundVariable, bind
from mscos.described import measure_of, months_of, time_key
from mscos.readers.reading import as_table
from mscos.readers.table import Table

TAXONOMY = mscos.load_taxonomy("2023.1")


def table(*headers: str) -> Table:
    return as_table(pl.DataFrame({header: ["1"] for header in headers}))


def about(name: str, *outcomes: str, timepoint: str | None = None, columns: tuple[str, ...] = ()) -> Variable:
    annotations = tuple(Annotation(outcome=outcome, timepoint=timepoint) for outcome in outcomes)
    return Variable(name=name, annotations=annotations, columns=columns)


def role(name: str, said: Role) -> Variable:
    return Variable(name=name, role=said)


def book(*variables: Variable, unit: UnitOfRow | None = None, timepoints: tuple[TimeLabel, ...] = ()) -> Codebook:
    return Codebook(
        form="a test",
        variables=variables,
        unit_of_row=unit,
        timepoints=timepoints,
        ignored=("redcap_repeat_*", "stamp"),
    )


def bound(headers: tuple[str, ...], codebook: Codebook | None) -> BoundDataset:
    return bind(TAXONOMY, table(*headers), codebook)


# What is joined.


def test_variables_are_joined_to_their_columns_in_the_order_of_the_codebook() -> None:
    home, safe = about("home", "housing", columns=("home_1", "home_2")), about("safe", "safety")
    codebook = book(safe, home, about("gone", "support"))

    found = bound(("home_2", "safe", "home_1"), codebook)

    assert found.variables == (
        BoundVariable(variable=safe, columns=(1,)),
        BoundVariable(variable=home, columns=(0, 2)),
    )
    assert (found.codebook, found.layout, found.taxonomy) == (codebook, "columns", TAXONOMY)
    assert found.rows.headers == ("home_2", "safe", "home_1")


def test_entries_stand_in_the_order_of_the_edition_with_the_series_of_each_measure() -> None:
    found = bound(("b", "a"), book(about("b", "ll01", "housing"), about("a", "housing")))

    assert [(entry.outcome.id, entry.series, entry.position) for entry in found.entries] == [
        ("housing", (0, 1), None),
        ("ll01", (0,), None),
    ]
    assert [measure.variable for measure in found.entries[0].content.measures] == ["b", "a"]
    assert [entry.content.levels for entry in found.entries] == [(), ()]


def test_rows_about_organisations_are_shown_at_that_level() -> None:
    found = bound(("a",), book(about("a", "housing"), unit="organisation"))

    assert [entry.content.levels for entry in found.entries] == [("organisational",)]


def test_a_variable_with_an_outcome_and_nothing_else_is_a_question_of_ones_own() -> None:
    measure = measure_of(Annotation(outcome="housing"))

    assert measure.model_dump(exclude_none=True, exclude_defaults=True) == {
        "kind": "outcome",
        "instrument": "single-item",
        "match": "specific",
    }


def test_what_a_codebook_says_of_a_variable_is_kept() -> None:
    annotation = Annotation(
        outcome="housing",
        kind="output",
        timepoint="Month 6",
        reported_by="staff",
        direction="lower_better",
        instrument="Our Scale!",
        low=1.0,
        high=4.0,
        match="none",
    )

    measure = measure_of(annotation, Variable(name="q1", label="PHQ-9 score"))

    assert measure.range is not None
    assert (measure.range.min, measure.range.max) == (1.0, 4.0)
    assert measure.model_dump(exclude={"range"}, exclude_none=True, exclude_defaults=True) == {
        "kind": "output",
        "instrument": "our-scale",
        "match": "none",
        "variable": "q1",
        "part": "q1",
        "timepoints": ("month-6",),
        "direction": "lower_better",
        "reported_by": "staff",
    }


@pytest.mark.parametrize(("low", "high"), [(1.0, None), (None, 1.0), (None, None)])
def test_a_range_with_one_end_is_none(low: float | None, high: float | None) -> None:
    assert measure_of(Annotation(outcome="housing", low=low, high=high)).range is None


def test_a_label_that_names_an_instrument_of_something_else_names_it() -> None:
    assert measure_of(Annotation(outcome="housing"), Variable(name="a", label="PHQ-9 total")).instrument == "phq-9"
    assert measure_of(Annotation(outcome="housing"), Variable(name="a", label="A home")).instrument == "single-item"


def test_a_name_without_letters_or_digits_is_still_an_instrument() -> None:
    assert measure_of(Annotation(outcome="housing", instrument="—")).instrument == "unnamed"


# What is left over.


def test_what_does_not_match_is_kept_for_a_rule_to_speak_about() -> None:
    codebook = book(
        about("gone", "housing"),
        role("nobody", "participant"),
        role("redcap_event_name", "timepoint"),
        Variable(name="note"),
        about("odd", "no-such", "housing"),
    )

    found = bound(("a", "odd", "stamp", "redcap_repeat_instance", "Stamp", "b"), codebook)

    assert found.absent == ("gone", "nobody")
    assert found.unknown == ("odd",)
    assert found.undescribed == (0, 4, 5)


def test_without_a_codebook_every_column_beside_the_canonical_ones_is_undescribed() -> None:
    found = bound(("x", "value", "outcome", "adult", "participant", "timepoint", "Kind"), None)

    assert found.undescribed == (0, 6)
    assert found.canonical == {"value": 1, "outcome": 2, "adult": 3, "participant": 4, "timepoint": 5}
    assert (found.participant, found.timepoint, found.adult) == (4, 5, 3)
    assert (found.layout, found.variables, found.entries, found.absent) == ("rows", (), (), ())


def test_a_table_that_lacks_a_canonical_header_is_not_in_that_layout() -> None:
    found = bound(("value", "outcome", "participant"), None)

    assert (found.layout, found.canonical, found.participant) == ("columns", {}, None)


# Roles.


def test_roles_are_positions_and_the_first_variable_with_a_role_has_it() -> None:
    codebook = book(
        role("when", "timepoint"), role("grown", "adult"), role("id2", "participant"), role("id", "participant")
    )

    found = bound(("id", "when", "x", "id2", "grown"), codebook)

    assert (found.participant, found.timepoint, found.adult) == (3, 1, 4)


def test_the_headers_of_the_canonical_layout_are_stronger_than_roles() -> None:
    found = bound(("id", "participant", "timepoint", "outcome", "value"), book(role("id", "participant")))

    assert found.participant == 1
    assert found.variable_at(0) == role("id", "participant")
    assert found.variable_at(1) is None


def test_the_repeating_form_of_a_row_is_found_by_the_header_of_redcap() -> None:
    assert bound(("a", "redcap_repeat_instrument"), book()).repeats == 1
    assert bound(("a", "Redcap_repeat_instrument"), book()).repeats is None


# What a row is about: the eight shapes of datasets.

PERSON, TIME = role("id", "participant"), role("when", "timepoint")
START, LATER = about("a", "housing", timepoint="t0"), about("b", "housing", timepoint="t1")


@pytest.mark.parametrize(
    ("headers", "codebook", "unit", "unit_from"),
    [
        pytest.param(("id", "a", "b"), book(PERSON, START, LATER), "person", "detected", id="wide"),
        pytest.param(("a", "b"), book(START, LATER), "person", "detected", id="wide, without participants"),
        pytest.param(("a",), book(START, LATER), None, None, id="wide, at the start only"),
        pytest.param(
            ("a", "b"), book(START, about("b", "safety", timepoint="t1")), None, None, id="wide, about two things"
        ),
        pytest.param(("id", "when", "a"), book(PERSON, TIME, START), "person-visit", "detected", id="rows of visits"),
        pytest.param(("when", "a"), book(TIME, START), None, None, id="rows of visits, without participants"),
        pytest.param(
            ("participant", "timepoint", "outcome", "value"), None, "person-measure", "detected", id="rows of answers"
        ),
        pytest.param(
            ("id", "redcap_event_name", "a"),
            book(PERSON, role("redcap_event_name", "timepoint"), about("a", "housing")),
            "person-visit",
            "detected",
            id="REDCap's events",
        ),
        pytest.param(
            ("id", "redcap_repeat_instrument", "a"),
            book(PERSON, about("a", "housing")),
            "person",
            "detected",
            id="REDCap's repeating forms",
        ),
        pytest.param(("a", "b"), book(START, LATER, unit="aggregate"), "aggregate", "codebook", id="aggregates"),
        pytest.param(("id", "a"), book(PERSON, START, unit="organisation"), "organisation", "codebook", id="services"),
        pytest.param(("id", "a"), book(PERSON, START, unit="quote"), "quote", "codebook", id="a grid of themes"),
        pytest.param(
            ("participant", "timepoint", "outcome", "value"),
            book(unit="quote"),
            "quote",
            "codebook",
            id="rows of answers, as the codebook says",
        ),
    ],
)
def test_what_a_row_is_about_is_what_the_codebook_says_or_the_layout_shows(
    headers: tuple[str, ...], codebook: Codebook | None, unit: UnitOfRow | None, unit_from: str | None
) -> None:
    found = bound(headers, codebook)

    assert (found.unit_of_row, found.unit_from) == (unit, unit_from)


# Time.


@pytest.mark.parametrize("label", ["Month 6", "month_6", " MONTH-6 ", "month  6", "month_ 6", "month\u00a06"])
def test_two_spellings_of_a_time_point_are_one(label: str) -> None:
    assert time_key(label) == "month-6"


@pytest.mark.parametrize(
    ("key", "months"),
    [("baseline", 0.0), ("month-6", 6.0), ("month-0012", 12.0), ("month-12345", None), ("month-", None), ("t1", None)],
)
def test_a_time_point_has_a_place_in_the_order_if_its_label_says_so(key: str, months: float | None) -> None:
    assert months_of(key, {"baseline": 0.0}) == months


def test_a_label_that_somebody_puts_in_order_has_that_place() -> None:
    assert months_of("month-6", {"month-6": 7.0}) == 7.0
    assert months_of("t1", {"t1": 3.0}) == 3.0


def test_the_labels_of_the_codebook_come_before_those_of_a_record() -> None:
    codebook = book(timepoints=(TimeLabel("T 0", 1.0), TimeLabel("Baseline", 2.0)))

    found = bind(TAXONOMY, table("a"), codebook, timepoints=[TimeLabel("t_0", 5.0), TimeLabel("end", 9.0)])

    assert found.months == {"baseline": 2.0, "t-0": 1.0, "end": 9.0}
    assert bound(("a",), None).months == {"baseline": 0.0}


def test_events_are_known_by_the_key_of_their_name() -> None:
    forms = frozenset({"intake"})

    assert bind(TAXONOMY, table("a"), None, events={"Visit_1 arm 1": forms}).events == {"visit-1-arm-1": forms}
    assert bound(("a",), None).events is None


# Anything that people hand in.

NAMES = st.sampled_from(
    ["a", "A", "b", "a/b", "x/a", "value", "outcome", "participant", "timepoint", "adult", "redcap_repeat_instrument"]
)
VARIABLES = st.builds(
    Variable,
    name=NAMES,
    label=st.sampled_from(["", "PHQ-9"]),
    annotations=st.lists(
        st.builds(
            Annotation,
            outcome=st.sampled_from(["housing", "ll01", "no-such", "", "\N{SNOWMAN}"]),
            timepoint=st.none() | st.text(max_size=3),
            instrument=st.none() | st.text(max_size=3),
            low=st.none() | st.floats(),
            high=st.none() | st.floats(),
        ),
        max_size=3,
    ).map(tuple),
    role=st.sampled_from([None, "participant", "timepoint", "adult", "group"]),
    columns=st.lists(NAMES, max_size=2).map(tuple),
    ticks=st.booleans(),
)


@settings(max_examples=200)
@given(
    st.lists(NAMES, min_size=1, max_size=6, unique=True),
    st.lists(VARIABLES, max_size=5, unique_by=lambda variable: variable.name),
    st.sampled_from([None, "person", "aggregate", "organisation"]),
)
def test_anything_can_be_bound_and_nothing_is_dropped(
    headers: list[str], variables: list[Variable], unit: UnitOfRow | None
) -> None:
    found = bound(tuple(headers), Codebook(form="a test", variables=tuple(variables), unit_of_row=unit))

    joined = [place for each in found.variables for place in each.columns]
    offered = {(entry.outcome.id, series) for entry in found.entries for series in entry.series}
    assert sorted({*joined, *found.canonical.values(), *found.undescribed}) == list(range(len(headers)))
    assert {*joined, *found.canonical.values()}.isdisjoint(found.undescribed)
    assert len(joined) == len(set(joined))
    assert {each.variable.name for each in found.variables}.isdisjoint(found.absent)
    assert found.layout == "rows" or offered == {
        (annotation.outcome, place)
        for place, each in enumerate(found.variables)
        for annotation in each.variable.annotations
        if annotation.outcome in TAXONOMY
    }
    assert (found.unit_of_row is None) is (found.unit_from is None)


def test_rows_of_visits_that_nobody_owns_are_of_no_known_unit() -> None:
    table = as_table(pl.DataFrame({"when": ["0", "6"], "a": ["1", "2"], "b": ["1", "2"]}))
    marked = [
        Variable(name=name, annotations=(Annotation(outcome="housing", timepoint=time),))
        for name, time in (("a", "baseline"), ("b", "month-6"))
    ]
    codebook = Codebook(form="a test", variables=(Variable(name="when", role="timepoint"), *marked))

    assert bind(mscos.load_taxonomy("2023.1"), table, codebook).unit_of_row is None
