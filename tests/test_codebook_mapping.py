"""Tables of variables that somebody wrote by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.mapping import is_mapping, read_mapping
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault

FULL = [
    "column", "outcome", "kind", "time", "instrument", "reported_by", "direction", "missing_codes", "role", "match",
    "range", "label",
]  # fmt: skip
OUTCOME = f"The outcome cannot be read. Write one identifier, such as housing. {HOW_TO_WRITE}"
SAID = (
    "What is said of the outcome cannot be read. Look at kind, time, reported_by, direction, instrument, range and "
    "match, such as: outcome, baseline, self, up, single-item, 7..35, specific."
)
LABELS = "The time points cannot be read. Write them such as: 0=baseline; 6=month-6."


def row(column: str, **cells: str) -> list[str]:
    return [{"column": column, **cells}.get(heading, "") for heading in FULL]


def read(*rows: list[str]) -> Codebook:
    return read_mapping([FULL, *rows], "mapping.csv")


def said_of(*rows: list[str]) -> tuple[Fault, ...]:
    """Read a table that is refused, and give its faults."""
    with pytest.raises(errors.InvalidDocument) as caught:
        read(*rows)
    return caught.value.faults


def test_every_cell_of_a_row_is_read() -> None:
    codebook = read(
        row(
            "mlq_p",
            outcome="Purpose",
            kind="outcome",
            time="Month-6",
            instrument="mlq-presence",
            reported_by="self",
            direction="up",
            missing_codes="-99; NA ;",
            match="specific",
            range="7..35",
            label="Presence of meaning",
        ),
        row("age", label="Age"),
    )

    assert codebook == Codebook(
        form="a table of variables",
        variables=(
            Variable(
                name="mlq_p",
                label="Presence of meaning",
                annotations=(
                    Annotation(
                        outcome="purpose",
                        kind="outcome",
                        timepoint="month-6",
                        reported_by="self",
                        direction="higher_better",
                        instrument="mlq-presence",
                        low=7,
                        high=35,
                        match="specific",
                    ),
                ),
                missing_codes=("-99", "NA"),
            ),
            Variable(name="age", label="Age"),
        ),
    )


@pytest.mark.parametrize("cell", ["housing", "mscos:housing", "[mscos:housing kind=output]"])
def test_the_outcome_is_an_identifier_or_a_token(cell: str) -> None:
    codebook = read(row("x", outcome=cell, kind="output", direction="none"))

    assert codebook.variables[0].annotations == (Annotation(outcome="housing", kind="output", direction="undefined"),)


@pytest.mark.parametrize("role", ["participant", "Adult", "mscos:group"])
def test_a_role_stands_in_its_own_column_or_as_a_token(role: str) -> None:
    named = read(row("x", role=role)).variables
    tokened = read(row("x", outcome=role)).variables

    assert named == tokened == (Variable(name="x", role=named[0].role),)
    assert named[0].role == role.lower().removeprefix("mscos:")


@pytest.mark.parametrize(
    "cells",
    [
        {"role": "timepoint", "time": "First visit=baseline; a=b=month-6; ; "},
        {"outcome": '[mscos:timepoint "First visit"=baseline "a=b"=month-6]'},
        {"outcome": '[mscos:timepoint "First visit"=baseline]', "time": "a=b = month-6"},
    ],
)
def test_the_row_of_the_time_point_puts_its_labels_in_order(cells: dict[str, str]) -> None:
    codebook = read(row("wave", **cells))

    assert codebook.variables == (Variable(name="wave", role="timepoint"),)
    assert codebook.timepoints == (TimeLabel("First visit", 0), TimeLabel("a=b", 6))


def test_a_time_point_needs_no_labels() -> None:
    assert read(row("wave", role="timepoint")).timepoints == ()


def test_rows_of_one_column_become_one_variable() -> None:
    codebook = read(
        row("star", outcome="housing", kind="outcome", missing_codes="-9"),
        row("age"),
        row("star", outcome="safety", label="Star", missing_codes="-9;-8"),
        row("star", outcome="housing", direction="up"),
        row("star", role="group"),
    )

    assert codebook.variables == (
        Variable(
            name="star",
            label="Star",
            annotations=(
                Annotation(outcome="housing", kind="outcome", direction="higher_better"),
                Annotation(outcome="safety"),
            ),
            role="group",
            missing_codes=("-9", "-8"),
        ),
        Variable(name="age"),
    )
    assert codebook.contradictory == ()


@pytest.mark.parametrize(
    "rows",
    [
        [row("x", outcome="housing", kind="outcome"), row("x", outcome="housing", kind="output")],
        [row("x", outcome="housing"), row("x", role="adult"), row("x", role="group")],
    ],
)
def test_rows_that_differ_make_the_variable_contradictory_and_nothing_is_picked(rows: list[list[str]]) -> None:
    codebook = read(*rows, row("y", outcome="safety"))

    assert codebook.contradictory == ("x",)
    assert [variable.annotations for variable in codebook.variables] == [(), (Annotation(outcome="safety"),)]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"outcome": "secret words"}, OUTCOME),
        ({"outcome": "[mscos:housing kind=secret]"}, OUTCOME),
        ({"role": "secret"}, "The role is none of: participant, timepoint, adult, group."),
        ({"role": "adult", "outcome": "mscos:group"}, OUTCOME),
        ({"outcome": "housing", "kind": "secret"}, SAID),
        ({"kind": "secret"}, SAID),
        ({"outcome": "mscos:housing", "direction": "secret"}, SAID),
        ({"outcome": "[mscos:housing kind=output]", "kind": "outcome"}, SAID),
        ({"role": "timepoint", "time": "secret"}, LABELS),
        ({"role": "timepoint", "time": "secret=later"}, LABELS),
        ({"role": "timepoint", "time": "=baseline"}, LABELS),
        ({"role": "timepoint", "time": "0=baseline; 0=month-6"}, LABELS),
    ],
)
def test_a_fault_is_told_by_the_row_and_not_by_what_stands_there(cells: dict[str, str], message: str) -> None:
    faults = said_of(row("x"), row("secret", **cells))

    assert faults == (Fault("/rows/2", f"Row 3: {message}"),)


def test_a_row_without_a_name_is_refused() -> None:
    assert said_of(row("", outcome="housing")) == (Fault("/rows/1", "Row 2: The variable has no name."),)


def test_a_label_of_a_time_point_in_two_places_is_refused() -> None:
    faults = said_of(row("x", role="timepoint", time="0=baseline"), row("x", role="timepoint", time="0=month-6"))

    assert faults == (Fault("/timepoints", "A label of a time point has two places in the order. Give it one."),)


@pytest.mark.parametrize(
    "headings",
    [
        ["column", "outcome"],
        ["Column", "Missing Codes"],
        ["column", "label"],
        ["column", "kind"],
        ["variable", "mscos"],
        ["Variable Name", "core outcome"],
        ["field", "outcome_id"],
        ["var", "role"],
        ["name", "mscos_outcome"],
        ["variable", "outcome"],
        ["name", "variable", "outcome"],
    ],
)
def test_a_table_of_variables_is_told_by_its_headings(headings: list[str]) -> None:
    assert is_mapping([headings])


@pytest.mark.parametrize(
    "headings",
    [
        [],
        ["column"],
        ["column", "age"],
        ["outcome", "age"],
        ["variable", "label"],
        ["name", "outcome"],
        ["name", "role"],
        ["name", "age"],
    ],
)
def test_a_table_that_may_be_one_of_people_is_none_of_variables(headings: list[str]) -> None:
    assert not is_mapping([headings])


@pytest.mark.parametrize(
    "headings", [["variable", "name", "mscos"], ["column", "outcome", "mscos"], ["column", "column", "mscos"]]
)
def test_two_columns_for_one_thing_are_refused(headings: list[str]) -> None:
    with pytest.raises(errors.SeveralCodebooks):
        read_mapping([headings, ["x", "y", "housing"]], "mapping.csv")


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_mapping([["column", "kind", "kind"], ["x", "", ""]], "mapping.csv")

    assert caught.value.faults == (Fault("/heading/2", "Columns 2 and 3 have the same heading. Keep one."),)


def test_headings_that_we_do_not_know_are_left_alone() -> None:
    codebook = read_mapping([["notes", "variable", "notes", "Core Outcome"], ["a", "x", "b", "housing"]], "mapping.csv")

    assert codebook.variables == (Variable(name="x", annotations=(Annotation(outcome="housing"),)),)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "Kanary", "housing Kanary", "mscos:Kanary [", "0=Kanary"]), max_size=14),
        max_size=4,
    )
)
def test_no_fault_holds_a_cell(rows: list[list[str]]) -> None:
    said: list[object] = []
    try:
        read(*rows)
    except errors.CannotRead as error:
        said = [error, str(error), error.args, error.__context__]

    assert "kanary" not in repr(said).casefold()


def test_two_time_points_with_a_comma_between_them_are_refused() -> None:
    with pytest.raises(errors.InvalidDocument, match="Write them such as: 0=baseline; 6=month-6"):
        read(row("wave", role="timepoint", time="0=baseline, 6=month-6"))


@pytest.mark.parametrize("cell", ["98;99", "98|99", "98, 99", "98=declined; 99=not asked"])
def test_missing_codes_are_read_however_they_are_set_apart(cell: str) -> None:
    assert read(row("x", missing_codes=cell)).variables[0].missing_codes == ("98", "99")


@pytest.mark.parametrize(
    ("heading", "meant"), [("knd", "kind"), ("matches", "match"), ("missing_code", "missing_codes")]
)
def test_a_heading_that_is_nearly_ours_is_refused(heading: str, meant: str) -> None:
    with pytest.raises(errors.InvalidDocument, match=f'Did you mean "{meant}"'):
        read_mapping([["column", "outcome", heading], ["x", "housing", "output"]], "mapping.csv")


def test_the_headings_of_other_codebooks_are_left_alone() -> None:
    table = [["column", "outcome", "description", "values"], ["x", "housing", "A question", "1 to 5"]]

    assert [each.name for each in read_mapping(table, "mapping.csv").variables] == ["x"]
