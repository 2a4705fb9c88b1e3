"""XLSForm."""

from __future__ import annotations

import pytest

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.codebooks.xlsform import IGNORED, read_xlsform, sheets_of
from mscos.errors import Fault

HOUSING = (Annotation(outcome="housing"),)


def read(*rows: list[str], headings: str = "type name label", choices: list[list[str]] | None = None) -> Codebook:
    sheets = {"survey": [headings.split(), *rows], "choices": choices or []}
    return read_xlsform(sheets, "form.xlsx")


def test_a_form_becomes_a_codebook() -> None:
    codebook = read(
        ["start", "start", ""],
        ["note", "welcome", "Hello"],
        ["select_one yn", "house_ok", "At home? [mscos:housing kind=outcome]"],
        ["text", "story", "Tell us"],
        ["integer", "age", "Age"],
    )

    assert codebook == Codebook(
        form="an XLSForm",
        variables=(
            Variable(
                name="house_ok",
                label="At home? [mscos:housing kind=outcome]",
                annotations=(Annotation(outcome="housing", kind="outcome"),),
            ),
            Variable(name="story", label="Tell us", free_text=True),
            Variable(name="age", label="Age"),
        ),
        ignored=(*IGNORED, "welcome"),
    )


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("instance::mscos", "housing"),
        ("instance::mscos", "[mscos:housing]"),
        ("Instance:MSCOS", "Housing"),
        ("mscos", "housing"),
        ("hxl", "#indicator+mscos+housing"),
        ("instance::hxl", "#indicator+mscos+housing"),
        ("label", "At home? mscos:housing"),
        ("label::English_(en)", "At home? mscos:housing"),
        ("hint:french", "mscos:housing"),
    ],
)
def test_every_place_of_a_token_is_read(heading: str, cell: str) -> None:
    codebook = read(["integer", "house_ok", cell], headings=f"type name {heading}")

    assert [variable.annotations for variable in codebook.variables] == [HOUSING]


def test_labels_in_several_languages_are_all_read() -> None:
    codebook = read(["text", "x", "One", "Un mscos:housing"], headings="type name label::English label::French")

    assert codebook.variables[0].label == "One\nUn mscos:housing"
    assert codebook.variables[0].annotations == HOUSING


def test_two_places_that_differ_are_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(["integer", "house_ok", "housing kind=output", "mscos:housing"], headings="type name mscos label")

    assert caught.value.faults == (
        Fault("/variables", f'Variable "house_ok": the mscos token cannot be read. {HOW_TO_WRITE}'),
    )


def test_labels_of_time_points_are_kept() -> None:
    codebook = read(["text", "wave", "timepoint a=baseline"], headings="type name mscos")

    assert codebook.timepoints == (TimeLabel("a", 0),)
    assert codebook.variables == (Variable(name="wave", role="timepoint"),)


@pytest.mark.parametrize("heading", ["relevant", "relevance", "bind::relevant", "bind:relevant"])
def test_a_condition_means_that_some_people_are_not_asked(heading: str) -> None:
    codebook = read(["text", "x", "${a} = 1"], ["text", "y", ""], headings=f"type name {heading}")

    assert [variable.asked_of_some for variable in codebook.variables] == [True, False]


@pytest.mark.parametrize(("begin", "end"), [("begin_group", "end_group"), ("begin repeat", "end repeat")])
def test_a_group_hands_its_condition_on_until_it_ends(begin: str, end: str) -> None:
    codebook = read(
        [begin, "outer", "${a} = 1"],
        [begin, "inner"],
        ["integer", "x"],
        [end],
        [end],
        ["integer", "y"],
        [end],
        ["integer", "z"],
        headings="type name relevant",
    )

    assert [(each.name, each.asked_of_some) for each in codebook.variables] == [("x", True), ("y", False), ("z", False)]


def test_variables_of_one_name_in_two_groups_are_told_apart_by_their_paths() -> None:
    codebook = read(
        ["begin group", "start_of_support"],
        ["begin group", ""],
        ["integer", "home"],
        ["end group", ""],
        ["integer", "age"],
        ["end group", ""],
        ["select_multiple a", "home"],
        choices=[["list_name", "name"], ["a", "1"]],
    )

    assert [(each.name, each.columns) for each in codebook.variables] == [
        ("start_of_support/home", ()),
        ("age", ()),
        ("home", ("home/1",)),
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "select_multiple list",
        "select multiple list",
        "Select_Multiple list",
        "select multiple from list",
        "select all that apply from list",
        "add select multiple prompt using list",
    ],
)
@pytest.mark.parametrize("headings", [["list_name", "name"], ["list name", "value"]])
def test_a_question_with_several_answers_has_a_column_for_each(kind: str, headings: list[str]) -> None:
    codebook = read(
        [kind, "help", ""], choices=[headings, ["list", "gp"], ["other", "x"], [], ["list", ""], ["list", "dentist"]]
    )

    assert codebook.variables == (Variable(name="help", columns=("help/gp", "help/dentist"), ticks=True),)


@pytest.mark.parametrize("kind", ["select_one list", "select one from list", "select1 list"])
def test_a_choice_that_says_that_nobody_answered_is_a_code_for_it(kind: str) -> None:
    choices = [
        ["list_name", "name", "label::en", "label::fr"],
        ["list", "a", "At home", "Oui"],
        ["list", "z", "Declined", "Non"],
    ]

    (variable,) = read([kind, "home", ""], choices=choices).variables

    assert variable.missing_codes == ("z",)
    assert variable.columns == ()


def test_a_box_that_says_that_nobody_answered_is_no_answer() -> None:
    choices = [["list_name", "name", "label"], ["list", "gp", "A doctor"], ["list", "z", "Prefer not to say"]]

    codebook = read(["select_multiple list", "help", ""], choices=choices)

    assert codebook.variables == (Variable(name="help", missing_codes=("z",), columns=("help/gp",), ticks=True),)
    assert codebook.ignored[-1] == "help/z"


def test_a_list_of_choices_that_is_not_there_leaves_the_question() -> None:
    assert read(["select_multiple list", "help", ""]).variables == (Variable(name="help", ticks=True),)


@pytest.mark.parametrize("kind", ["select_one list or_other", "select_one list or specify other"])
def test_or_other_adds_a_question_in_words(kind: str) -> None:
    codebook = read([kind, "help", ""])

    assert codebook.variables == (
        Variable(name="help"),
        Variable(name="help_other", free_text=True, asked_of_some=True),
    )


@pytest.mark.parametrize(
    "kind", ["geopoint", "start-geopoint", "image", "audio", "Phone_Number", "deviceid", "username", "signature"]
)
def test_places_files_and_devices_identify_people(kind: str) -> None:
    assert read([kind, "x", ""]).variables == (Variable(name="x", identifier=True),)


@pytest.mark.parametrize("kind", ["start", "end", "today", "audit", "note"])
def test_what_nobody_answers_is_no_variable_unless_it_has_a_token(kind: str) -> None:
    codebook = read(["integer", "age", ""], [kind, "a", ""], [kind, "when", "mscos:timepoint"])

    assert [(variable.name, variable.role) for variable in codebook.variables] == [("age", None), ("when", "timepoint")]
    assert codebook.ignored[-2:] == ("a", "when")


def test_a_token_on_words_on_the_screen_is_kept_for_a_rule_to_speak_about() -> None:
    assert read(["note", "x", "mscos:housing"]).variables == (
        Variable(name="x", label="mscos:housing", annotations=HOUSING),
    )


def test_a_faulty_token_on_words_on_the_screen_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument):
        read(["integer", "age", ""], ["note", "x", "mscos:"])


def test_a_text_with_a_role_is_no_free_text() -> None:
    assert read(["text", "pid", "mscos:participant"]).variables[0].free_text is False


def test_a_question_without_a_name_is_left_out_and_refused_if_it_has_a_token() -> None:
    kept = read(["integer", "age", ""], ["text", "", "Words"])

    with pytest.raises(errors.InvalidDocument) as caught:
        read(["integer", "age", ""], ["text", "", "mscos:housing"])

    assert [variable.name for variable in kept.variables] == ["age"]
    assert caught.value.faults == (Fault("/rows/2", "Row 3: The question has no name."),)


def test_spaces_around_headings_and_rows_before_them_do_not_matter() -> None:
    survey = [
        [],
        [" "],
        [" type ", "name ", " instance :: mscos ", " bind : relevant "],
        ["text", " x ", "housing", "1"],
        [" "],
    ]

    codebook = read_xlsform({"survey": survey}, "form.xlsx")

    assert codebook.variables == (Variable(name="x", annotations=HOUSING, free_text=True, asked_of_some=True),)
    assert sheets_of([[" Survey "], ["", "type"]]) == {"survey": [[], ["type"]]}


def test_the_columns_of_type_and_name_are_enough_and_blank_cells_say_nothing() -> None:
    codebook = read(["text", "x", " "], headings="type name label")

    assert codebook.variables == read(["text", "x"], headings="type name").variables


def test_headings_of_other_parts_of_the_form_are_left_alone() -> None:
    assert len(read(["integer", "age", "x", "y"], headings="type name instance bind").variables) == 1


def test_a_row_without_a_type_is_no_question() -> None:
    assert len(read(["integer", "age"], ["", "x"]).variables) == 1


@pytest.mark.parametrize("survey", [[], [["type", "label"]], [["name"]]])
def test_a_survey_without_its_columns_is_refused(survey: list[list[str]]) -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_xlsform({"survey": survey}, "form.xlsx")

    assert caught.value.faults == (Fault("/survey", "The sheet called survey needs the columns type and name."),)


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(headings="type name label label name")

    assert caught.value.faults == (Fault("/heading/4", "Columns 2 and 5 have the same heading. Keep one."),)


def test_a_form_in_one_file_is_split_at_the_names_of_its_sheets() -> None:
    rows = [["Survey", ""], ["", "type", "name"], [], ["", "text", "x"], ["choices"], ["", "list name"]]

    assert sheets_of(rows) == {
        "survey": [[], ["type", "name"], [], ["text", "x"]],
        "choices": [[], [], [], [], [], ["list name"]],
    }


@pytest.mark.parametrize("rows", [[], [["name", "age"], ["survey", "4"]], [["survey"], ["other"]], [["", "x"]]])
def test_another_table_has_no_sheets(rows: list[list[str]]) -> None:
    assert sheets_of(rows) == {}
