"""LimeSurvey's structure as a table, and the headers of its exports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.limesurvey import IGNORED, read_limesurvey
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault
from refusals import PATH, faults_of, refusal, said_by

HOUSING = (Annotation(outcome="housing"),)
SAFETY = (Annotation(outcome="safety"),)
HEADINGS = ("class", "type/scale", "name", "relevance", "text", "help", "language", "other")


def row(*cells: str) -> dict[str, str]:
    return dict(zip(HEADINGS, cells, strict=False))


def read(*rows: dict[str, str]) -> Codebook:
    return read_limesurvey(rows, PATH)


def named(codebook: Codebook) -> list[tuple[str, tuple[str, ...]]]:
    return [(variable.name, variable.columns) for variable in codebook.variables]


def test_a_structure_describes_its_questions() -> None:
    codebook = read(
        row("S", "", "sid", "1", "123456"),
        row("SL", "", "surveyls_title", "", "mscos:safety"),
        row("G", "0", "About you", "1", "mscos:safety"),
        row(" q ", " N ", " home ", "1", " Where do you live? ", " [mscos:housing kind=outcome time=baseline] "),
        row("A", "0", "A1", "0", "mscos:safety"),
        row("Q", "T", "more", "", "In your words: mscos:safety"),
        row("Q", "N", "when", "", "", "[mscos:timepoint 0=baseline 6=month-6]"),
    )

    assert codebook == Codebook(
        form="a LimeSurvey structure",
        variables=(
            Variable(
                name="home",
                label="Where do you live?",
                annotations=(Annotation(outcome="housing", kind="outcome", timepoint="baseline"),),
            ),
            Variable(name="more", label="In your words: mscos:safety", annotations=SAFETY, free_text=True),
            Variable(name="when", role="timepoint"),
        ),
        timepoints=(TimeLabel("0", 0), TimeLabel("6", 6)),
        ignored=IGNORED,
    )


def test_an_answer_that_says_that_nobody_answered_is_a_code_for_it() -> None:
    codebook = read(
        row("Q", "L", "home"),
        row("A", "0", "A1", "0", "Yes", "", "en"),
        row("A", "0", "A9", "0", "Prefer not to say", "", "en"),
        row("A", "0", "A1", "0", "Oui", "", "fr"),
        row("A", "0", "A9", "0", "Sans r\u00e9ponse", "", "fr"),
    )

    assert [variable.missing_codes for variable in codebook.variables] == [("A9",)]


def test_a_box_that_says_that_nobody_answered_is_no_answer() -> None:
    codebook = read(row("Q", "M", "help"), row("SQ", "0", "a", "", "A doctor"), row("SQ", "0", "z", "", "Unknown"))

    assert named(codebook) == [("help", ("help[a]", "help_a"))]


def test_what_can_lead_to_a_person_is_not_ignored() -> None:
    assert not {"token", "ipaddr", "refurl"} & {*IGNORED}


@pytest.mark.parametrize("sort", ["S", "T", "U", "Q", ";", "|"])
def test_answers_in_peoples_own_words_are_free_text(sort: str) -> None:
    codebook = read(row("Q", sort, "more"), row("SQ", "0", "a"), row("SQ", "1", "b"))

    assert codebook.variables[0].free_text


@pytest.mark.parametrize(
    ("group", "question", "part", "of_some"),
    [
        ("", "", "", False),
        ("1", "1", "1", False),
        ("home == 1", "1", "1", True),
        ("1", "home == 1", "1", True),
        ("1", "1", "home == 1", True),
        ("1", "0", "1", True),
    ],
)
def test_a_condition_means_that_only_some_are_asked(group: str, question: str, part: str, *, of_some: bool) -> None:
    codebook = read(
        row("G", "", "g", group), row("Q", "F", "q", question), row("SQ", "", "a", part), row("G"), row("Q", "N", "r")
    )

    assert [variable.asked_of_some for variable in codebook.variables] == [of_some, False]


def test_boxes_to_tick_are_columns_of_their_question() -> None:
    codebook = read(
        row("Q", "M", "needs", "x", "Needs", "mscos:housing", "en", " y "),
        row("SQ", "", "a", "", "A bed"),
        row("SQ", "", "b", "", "A meal"),
    )

    assert codebook.variables == (
        Variable(
            name="needs",
            label="Needs",
            annotations=HOUSING,
            asked_of_some=True,
            columns=("needs[a]", "needs_a", "needs[b]", "needs_b"),
            ticks=True,
        ),
        Variable(name="needs[other]", columns=("needs_other",), free_text=True, asked_of_some=True),
    )


def test_a_box_with_a_token_of_its_own_is_a_variable_of_its_own() -> None:
    codebook = read(
        row("Q", "M", "needs", "", "", "mscos:housing"),
        row("SQ", "", "a"),
        row("SQ", "", "b", "", "Safe? mscos:safety"),
    )

    assert codebook.variables == (
        Variable(name="needs", annotations=HOUSING, columns=("needs[a]", "needs_a"), ticks=True),
        Variable(name="needs[b]", label="Safe? mscos:safety", annotations=SAFETY, columns=("needs_b",), ticks=True),
    )


def test_a_question_of_which_every_box_has_a_token_has_no_column() -> None:
    codebook = read(row("Q", "M", "needs"), row("SQ", "", "a", "", "mscos:safety"))

    assert named(codebook) == [("needs[a]", ("needs_a",))]


@pytest.mark.parametrize(("note", "annotations"), [("", ()), ("mscos:housing", HOUSING)])
def test_a_question_without_its_boxes_keeps_what_it_says(note: str, annotations: tuple[Annotation, ...]) -> None:
    codebook = read(row("Q", "M", "needs", "", "", note))

    assert codebook.variables == (Variable(name="needs", annotations=annotations, ticks=True),)


def test_other_subquestions_are_variables_that_show_what_their_question_shows() -> None:
    codebook = read(
        row("Q", "F", "life", "", "Your life", "mscos:housing"),
        row("SQ", "", "a", "", "Home"),
        row("SQ", "", "b", "", "Safe", "mscos:safety"),
    )

    assert codebook.variables == (
        Variable(name="life[a]", label="Home", annotations=HOUSING, columns=("life_a",)),
        Variable(name="life[b]", label="Safe", annotations=SAFETY, columns=("life_b",)),
    )


@pytest.mark.parametrize(
    ("sort", "columns"),
    [
        ("N", [("q[a]", ("q_a",)), ("q[b]", ("q_b",))]),
        (":", [("q[a_x]", ("q_a_x",)), ("q[a_y]", ("q_a_y",)), ("q[b_x]", ("q_b_x",)), ("q[b_y]", ("q_b_y",))]),
        (";", [("q[a_x]", ("q_a_x",)), ("q[a_y]", ("q_a_y",)), ("q[b_x]", ("q_b_x",)), ("q[b_y]", ("q_b_y",))]),
        ("1", [("q[a][1]", ("q_a_0",)), ("q[a][2]", ("q_a_1",)), ("q[b][1]", ("q_b_0",)), ("q[b][2]", ("q_b_1",))]),
        ("R", [("q[1]", ("q_1",)), ("q[2]", ("q_2",)), ("q[3]", ("q_3",))]),
        (
            "P",
            [
                ("q", ("q[a]", "q_a", "q[b]", "q_b")),
                ("q[acomment]", ("q_acomment",)),
                ("q[bcomment]", ("q_bcomment",)),
                ("q[othercomment]", ("q_othercomment",)),
            ],
        ),
    ],
)
def test_each_sort_of_question_has_its_columns(sort: str, columns: list[tuple[str, tuple[str, ...]]]) -> None:
    across = [row("SQ", "1", "x"), row("SQ", "1", "y")] if sort in {":", ";"} else []
    answers = [row("A", "0", code) for code in ("r1", "r2", "r3", "r1")]

    codebook = read(
        row("Q", sort, "q", "", "", "", "", "Y"), row("SQ", "0", "a"), row("SQ", "0", "b"), *across, *answers
    )

    assert named(codebook) == [*columns, ("q[other]", ("q_other",))]


@pytest.mark.parametrize(("sort", "added"), [("O", "comment"), ("|", "filecount")])
def test_columns_that_a_sort_of_question_adds_are_free_text(sort: str, added: str) -> None:
    codebook = read(row("Q", sort, "q"), row("A", "", "a"))

    assert named(codebook) == [("q", ()), (f"q[{added}]", (f"q_{added}",))]
    assert codebook.variables[1].free_text
    assert codebook.variables[1].asked_of_some


def test_boxes_with_comments_have_no_other_one_unless_it_is_there() -> None:
    codebook = read(row("Q", "P", "q"), row("SQ", "", "a"))

    assert named(codebook) == [("q", ("q[a]", "q_a")), ("q[acomment]", ("q_acomment",))]


def test_a_question_in_two_languages_is_one() -> None:
    codebook = read(
        row("Q", "F", "life", "", "Your life", "mscos:housing", "en"),
        row("SQ", "", "a", "", "Home", "", "en"),
        row("Q", "F", "life", "", "Jeta juaj", "mscos:housing", "sq"),
        row("SQ", "", "a", "", "Shtëpia", "", "sq"),
    )

    assert codebook.variables == (Variable(name="life[a]", label="Home", annotations=HOUSING, columns=("life_a",)),)


def test_a_text_display_has_no_column() -> None:
    codebook = read(row("Q", "X", "intro", "", "Welcome"), row("SQ", "", "a"), row("Q", "N", "q"))

    assert named(codebook) == [("q", ())]


def test_a_token_in_a_text_display_is_refused() -> None:
    faults = faults_of(lambda: read(row("Q", "X", "intro", "", "mscos:housing"), row("Q", "N", "q")))

    said = 'Variable "intro": a text display has no answers. Put the token into a question.'
    assert faults == (Fault("/variables", said),)


def test_tokens_that_cannot_be_read_are_told_by_their_variables() -> None:
    faults = faults_of(
        lambda: read(
            row("Q", "N", "one", "", "", "mscos:"),
            row("Q", "N", "two", "", "mscos:housing", "[mscos:housing kind=output]"),
            row("Q", "F", "three"),
            row("SQ", "", "a", "", "[mscos:housing"),
        )
    )

    said = f"the mscos token cannot be read. {HOW_TO_WRITE}"
    assert faults == tuple(Fault("/variables", f'Variable "{name}": {said}') for name in ("one", "two", "three[a]"))


def test_a_question_without_a_code_is_refused() -> None:
    assert faults_of(lambda: read(row("Q", "N"))) == (Fault("/variables", "A question has no code. Give it one."),)


def test_a_structure_without_questions_is_refused() -> None:
    faults = faults_of(lambda: read(row("G", "", "g"), row("SQ", "", "a")))

    assert faults == (Fault("", "This codebook describes no variable."),)


CANARY = "Marisol Quetzalcoatl"
CELL = st.sampled_from(["", "Q", "SQ", "A", "G", "M", "P", "1", ":", "R", "X", "home", "mscos:housing"])
NOTE = st.sampled_from(["", CANARY, f"mscos:{CANARY}", f"[mscos:housing {CANARY}]", f"mscos: {CANARY}"])


@given(rows=st.lists(st.tuples(CELL, CELL, CELL, NOTE, NOTE, NOTE, NOTE, CELL), max_size=6))
def test_any_rows_become_a_codebook_or_an_error_that_quotes_no_note(rows: list[tuple[str, ...]]) -> None:
    error = refusal(lambda: read(*(row(*cells) for cells in rows)))

    assert CANARY not in said_by(error)
