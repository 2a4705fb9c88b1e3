"""REDCap's dictionaries, and its form-event mapping."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.events import read_events
from mscos.codebooks.redcap import EVENT, is_redcap, read_redcap
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault
from mscos.records.origin import Origin

SCREEN = [
    "Variable / Field Name",
    "Form Name",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Field Annotation",
]
API = [
    "field_name",
    "form_name",
    "field_type",
    "field_label",
    "select_choices_or_calculations",
    "field_note",
    "text_validation_type_or_show_slider_number",
    "identifier",
    "branching_logic",
    "field_annotation",
]
EVENTS = "arm_num,unique_event_name,form\n1,start_arm_1,home\n1,start_arm_1,health\n1,later_arm_1,home\n"


def field(name: str, kind: str = "radio", annotation: str = "", *, form: str = "home", **cells: str) -> list[str]:
    """Write a row of a dictionary."""
    given = {"field_name": name, "form_name": form, "field_type": kind, "field_annotation": annotation, **cells}
    return [given.get(heading, "") for heading in API]


def read(*rows: list[str], headings: list[str] = API) -> Codebook:
    return read_redcap([headings, field("record_id", "text"), *rows], "dictionary.csv")


def only(*rows: list[str]) -> Variable:
    """Read one row that stands after the record identifier."""
    (_, variable, _) = read(*rows).variables
    return variable


@pytest.mark.parametrize("headings", [SCREEN, API, [heading.upper() for heading in SCREEN]])
def test_both_dictionaries_say_the_same(headings: list[str]) -> None:
    rows = [
        field(
            "house_ok",
            annotation="Ask slowly. [mscos:housing kind=outcome]",
            field_label="Do you feel at home?",
            branching_logic="[housed] = '1'",
            identifier="y",
        )
    ]

    codebook = read(*rows, headings=headings)

    assert is_redcap([headings])
    assert codebook == Codebook(
        form="a REDCap dictionary",
        variables=(
            Variable(name="record_id", role="participant", form="home"),
            Variable(
                name="house_ok",
                label="Do you feel at home?",
                annotations=(Annotation(outcome="housing", kind="outcome"),),
                form="home",
                identifier=True,
                asked_of_some=True,
            ),
            Variable(name=EVENT, role="timepoint"),
        ),
        ignored=(
            "redcap_event_name",
            "redcap_repeat_instrument",
            "redcap_repeat_instance",
            "redcap_data_access_group",
            "redcap_survey_identifier",
            "home_complete",
            "home_timestamp",
        ),
    )


def test_another_table_is_no_dictionary() -> None:
    assert not is_redcap([["record_id", "house_ok"]])
    assert not is_redcap([])


def test_two_letters_that_r_writes_for_nothing_are_nothing() -> None:
    row = [cell or " NA " for cell in field("house_ok", "text")]

    assert only(row) == Variable(name="house_ok", form="home", free_text=True)


@pytest.mark.parametrize(
    "cells",
    [{"field_annotation": "mscos:housing"}, {"field_note": "mscos:housing"}, {"field_label": "At home? mscos:housing"}],
)
def test_a_token_may_stand_in_the_annotation_the_note_or_the_label(cells: dict[str, str]) -> None:
    row = field("house_ok", **{"annotation": cells.pop("field_annotation", ""), **cells})

    assert only(row).annotations == (Annotation(outcome="housing"),)


def test_a_checkbox_has_a_column_for_each_choice() -> None:
    row = field(
        "gp", "checkbox", select_choices_or_calculations="1, Yes | B, No, never |-99, Elsewhere | a.b, Other | "
    )

    variable = only(row)

    assert variable.columns == ("gp___1", "gp___b", "gp____99", "gp___a_b")
    assert variable.ticks


@pytest.mark.parametrize("kind", ["radio", "dropdown"])
def test_a_choice_that_says_that_nobody_answered_is_a_code_for_it(kind: str) -> None:
    choices = "1, Yes | 7, I'd  Prefer not to say. | 8, Don\u2019t know | 99, Not | 9, n/a, or none | 6, ?"

    variable = only(field("home", kind, select_choices_or_calculations=choices))

    assert variable.missing_codes == ("7", "8")


def test_a_box_that_says_that_nobody_answered_is_no_answer() -> None:
    codebook = read(field("gp", "checkbox", select_choices_or_calculations="1, Yes | 7, Prefer not to say"))

    assert codebook.variables[1].columns == ("gp___1",)
    assert codebook.variables[1].missing_codes == ()
    assert codebook.ignored[-1] == "gp___7"


def test_what_is_calculated_has_no_choices() -> None:
    assert only(field("sum", "calc", select_choices_or_calculations="7, unknown")).missing_codes == ()


def test_what_is_no_checkbox_has_one_column() -> None:
    variable = only(field("gp", "radio", select_choices_or_calculations="1, Yes | 2, No"))

    assert (variable.columns, variable.ticks) == ((), False)


@pytest.mark.parametrize(
    ("kind", "validation", "free_text"),
    [
        ("text", "", True),
        ("text", "integer", False),
        ("notes", "", True),
        ("file", "", True),
        ("file", "signature", True),
        ("radio", "", False),
        ("calc", "", False),
    ],
)
def test_what_can_hold_words_is_free_text(kind: str, validation: str, free_text: bool) -> None:  # noqa: FBT001
    assert only(field("x", kind, text_validation_type_or_show_slider_number=validation)).free_text is free_text


def test_a_variable_with_a_role_is_no_free_text() -> None:
    assert only(field("arm", "text", "mscos:group")) == Variable(name="arm", form="home", role="group")


def test_a_variable_may_be_of_no_form_and_the_flag_in_capitals() -> None:
    assert only(field("x", form="", identifier="Y")) == Variable(name="x", identifier=True)


def test_words_on_the_screen_have_no_column() -> None:
    codebook = read(field("welcome", "descriptive"))

    assert [variable.name for variable in codebook.variables] == ["record_id", EVENT]


def test_a_token_on_words_on_the_screen_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(field("welcome", "descriptive", "mscos:housing"))

    assert caught.value.faults == (
        Fault("/variables", f'Variable "welcome": the mscos token cannot be read. {HOW_TO_WRITE}'),
    )


def test_the_first_variable_is_the_participant_unless_a_token_says_otherwise() -> None:
    codebook = read(field("pid", "text", "mscos:participant"))

    assert [(variable.name, variable.role) for variable in codebook.variables] == [
        ("record_id", None),
        ("pid", "participant"),
        (EVENT, "timepoint"),
    ]


def test_a_role_of_the_first_variable_stays() -> None:
    codebook = read_redcap([API, field("group", "radio", "mscos:group"), field("x")], "dictionary.csv")

    assert [variable.role for variable in codebook.variables] == ["group", None, "timepoint"]


def test_the_event_is_the_time_point_unless_a_token_says_otherwise() -> None:
    codebook = read(field("when", "radio", "[mscos:timepoint 0=baseline 6=month-6]"))

    assert [variable.role for variable in codebook.variables] == ["participant", "timepoint"]
    assert codebook.timepoints == (TimeLabel("0", 0), TimeLabel("6", 6))
    assert EVENT in codebook.ignored


def test_a_faulty_token_is_named_by_its_variable() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(field("house_ok", annotation="[mscos:housing kind=secret]", field_label="secret words"))

    assert caught.value.args[1] == (
        Fault("/variables", f'Variable "house_ok": the mscos token cannot be read. {HOW_TO_WRITE}'),
    )
    assert caught.value.__context__ is None


def test_a_row_without_a_name_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(field(""))

    assert caught.value.faults == (Fault("/rows/2", "Row 3: The variable has no name."),)


def test_a_dictionary_without_a_row_is_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_redcap([API], "dictionary.csv")

    assert caught.value.faults == (Fault("", "This codebook describes no variable."),)


def test_a_heading_that_stands_twice_and_a_row_that_is_too_long_are_refused() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_redcap([[*API[:9], "identifier"], [*field("x"), "more"]], "dictionary.csv")

    assert caught.value.faults == (
        Fault("/heading/9", "Columns 8 and 10 have the same heading. Keep one."),
        Fault("/rows/1", "Row 2: This row has more cells than there are headings."),
    )


def test_headings_that_we_do_not_read_may_stand_twice_and_rows_may_be_short() -> None:
    codebook = read_redcap([[*API, "ours", "ours"], [], ["record_id"], [*field("x"), "", "", ""]], "dictionary.csv")

    assert [variable.name for variable in codebook.variables] == ["record_id", "x", EVENT]


def test_of_very_many_faults_the_rest_is_counted() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read(*(field(f"v{number}", annotation="mscos:") for number in range(60)))

    assert (len(caught.value.faults), caught.value.number) == (51, 60)
    assert caught.value.faults[-1] == Fault("", "…and 10 more.")


def test_the_mapping_of_events_gives_the_forms_of_each(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"\ufeff{EVENTS}", encoding="utf-8")

    events = read_events(path)

    assert events.forms == {"start_arm_1": {"home", "health"}, "later_arm_1": {"home"}}
    assert all(isinstance(forms, frozenset) for forms in events.forms.values())
    assert events.origin == Origin(str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def test_the_mapping_of_events_needs_no_arms(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("unique_event_name,form\nstart_arm_1,home\n", encoding="utf-8")

    assert read_events(str(path)).forms == {"start_arm_1": {"home"}}


@pytest.mark.parametrize("text", ["event_name,arm_num,unique_event_name\nStart,1,start_arm_1\n", "form,a\nx,y\n"])
def test_a_list_of_events_alone_is_refused_with_what_to_export_instead(tmp_path: Path, text: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(errors.InvalidDocument) as caught:
        read_events(path)

    assert caught.value.faults == (
        Fault(
            "/heading",
            "This file does not say which forms belong to which event. In REDCap, export the instrument-event mappings: "
            "they have the columns unique_event_name and form.",
        ),
    )


@pytest.mark.parametrize("row", ["1,,home", "1,start_arm_1,"])
def test_a_gap_in_the_mapping_of_events_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"{EVENTS}{row}\n", encoding="utf-8")

    with pytest.raises(errors.InvalidDocument) as caught:
        read_events(path)

    assert caught.value.faults == (Fault("/rows/4", "Row 5: Fill in the event and the form."),)
