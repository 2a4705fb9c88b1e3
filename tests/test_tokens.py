"""The grammar of tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos.codebooks.codebook import Annotation, TimeLabel
from mscos.codebooks.tokens import (
    HOW_TO_WRITE,
    LONGEST,
    Tokens,
    annotation,
    joined,
    months_of,
    read_cell,
    read_tokens,
    time_label,
    time_labels,
)

HOUSING, SAFETY = Annotation(outcome="housing"), Annotation(outcome="safety")


@pytest.mark.parametrize(
    "text",
    [
        "mscos:housing",
        "MSCOS:Housing",
        "[mscos:housing]",
        "[ mscos: housing ]",
        "Do you feel at home? [mscos:housing]",
        "(mscos:housing), and more",
        "See mscos:housing.",
        "<b>mscos:housing</b>",
        "[our own note: mscos:housing]",
        "mscos:housing mscos:housing",
        "ms-mscos and mscos are no tokens, mscos:housing is",
    ],
)
def test_a_token_is_found_anywhere_in_a_text(text: str) -> None:
    assert read_tokens(text) == Tokens((HOUSING,))


def test_everything_can_be_said_in_brackets() -> None:
    said = "kind=Outcome time=Month-6 by=supported-self dir=UP inst=MLQ-presence range=-1.5..35 match=general-broader"

    tokens = read_tokens(f"[mscos:purpose {said}]")

    assert tokens == Tokens(
        (
            Annotation(
                outcome="purpose",
                kind="outcome",
                timepoint="month-6",
                reported_by="supported_self",
                direction="higher_better",
                instrument="mlq-presence",
                low=-1.5,
                high=35.0,
                match="general_broader",
            ),
        )
    )


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("up", "higher_better"),
        ("down", "lower_better"),
        ("none", "undefined"),
        ("higher_better", "higher_better"),
        ("lower-better", "lower_better"),
        ("undefined", "undefined"),
    ],
)
def test_a_direction_has_a_short_and_a_long_name(written: str, direction: str) -> None:
    found = read_tokens(f"[mscos:housing dir={written}]")

    assert [each.direction for each in found.annotations] == [direction]


@pytest.mark.parametrize("by", ["self", "supported_self", "staff", "record", "observer", "organisation"])
def test_who_answered_is_one_of_the_list(by: str) -> None:
    assert [each.reported_by for each in read_tokens(f"[mscos:housing by={by}]").annotations] == [by]


@pytest.mark.parametrize(
    "text",
    [
        "mscos:housing mscos:safety",
        "mscos:housing,mscos:safety",
        "mscos:housing; mscos:safety",
        "mscos:housing|mscos:safety",
        "mscos:housing/[mscos:safety]",
        "[mscos:housing][mscos:safety]",
    ],
)
def test_several_outcomes_can_stand_in_one_text(text: str) -> None:
    assert read_tokens(text) == Tokens((HOUSING, SAFETY))


@pytest.mark.parametrize("outcome", ["hosing", "ho_using", "ho-using", "ho.using", "9"])
def test_an_outcome_that_no_edition_knows_is_kept(outcome: str) -> None:
    assert read_tokens(f"mscos:{outcome}") == Tokens((Annotation(outcome=outcome),))


@pytest.mark.parametrize("role", ["participant", "timepoint", "adult", "group"])
def test_a_role_stands_in_place_of_an_outcome(role: str) -> None:
    tokens = read_tokens(f"mscos:{role.upper()}")

    assert (tokens.role, tokens.annotations, tokens.faulty) == (role, (), False)


def test_labels_of_time_points_are_put_in_order_as_the_data_write_them() -> None:
    tokens = read_tokens("[mscos:timepoint T0=Baseline “Six months”=month-6 kind = month-12]")

    assert tokens == Tokens(
        role="timepoint", timepoints=(TimeLabel("T0", 0), TimeLabel("Six months", 6), TimeLabel("kind", 12))
    )


@pytest.mark.parametrize(
    "text",
    [
        "mscos:",
        "mscos: housing",
        "[mscos:]",
        "[mscos:housing",
        "[mscos:housing [mscos:safety]",
        "mscos:housing]",
        "[see] mscos:housing]",
        "mscos:housing kind=outcome",
        "mscos:housing,safety",
        "mscos:housing=1",
        "mscos:housing—safe",
        "[mscos:housing safety]",
        "[mscos:housing, kind=outcome]",
        "[mscos:housing colour=red]",
        "[mscos:housing kind=]",
        "[mscos:housing =outcome]",
        "[mscos:housing kind=result]",
        "[mscos:housing by=me]",
        "[mscos:housing dir=sideways]",
        "[mscos:housing match=partial]",
        "[mscos:housing inst=a/b]",
        "[mscos:housing range=7]",
        "[mscos:housing range=7..7]",
        "[mscos:housing range=35..7]",
        "[mscos:housing kind=outcome kind=output]",
        "[mscos:housing kind=outcome KIND=output]",
        '[mscos:housing time="baseline]',
        '[mscos:housing x"time"=baseline]',
        "[mscos:participant time=baseline]",
        "[mscos:timepoint 0=start]",
        "[mscos:timepoint 0=baseline 6]",
        "[mscos:timepoint 0=baseline 0=month-6]",
        "[mscos:timepoint 0=baseline] [mscos:timepoint 0=month-6]",
        "mscos:housing [mscos:housing kind=outcome]",
        "mscos:participant mscos:adult",
        "mscos:housing mscos:",
        "mscos : housing",
        "MSCOS = housing",
        "mscos=housing",
        "mscoss:housing",
        "MS-COS:housing",
        "[ms-cos:housing]",
    ],
)
def test_what_looks_like_a_token_and_is_none_is_never_passed_over(text: str) -> None:
    assert read_tokens(text).faulty


@pytest.mark.parametrize(
    "text",
    ["", "housing", "MS-COS housing", "MS-COS: how is housing?", "https://example.org/mscos/housing", "xmscos:housing"],
)
def test_a_text_without_a_token_says_nothing(text: str) -> None:
    assert read_tokens(text) == Tokens()


def test_a_text_that_is_too_long_to_be_read_is_faulty_only_if_it_seems_to_hold_a_token() -> None:
    assert read_tokens("x" * LONGEST + " mscos:housing") == Tokens(faulty=True)
    assert read_tokens(" " * (LONGEST - 13) + "mscos:housing") == Tokens((HOUSING,))
    assert read_tokens("x" * LONGEST + " ") == Tokens()


@pytest.mark.parametrize(
    ("cell", "tokens"),
    [
        ("", Tokens()),
        ("  ", Tokens()),
        ("Housing", Tokens((HOUSING,))),
        (" housing kind=output ", Tokens((Annotation(outcome="housing", kind="output"),))),
        ("note: MSCOS:housing", Tokens((HOUSING,))),
        (
            'housing KIND=output time="Visit 2"',
            Tokens((Annotation(outcome="housing", kind="output", timepoint="Visit 2"),)),
        ),
        (" " * (LONGEST - 7) + "housing", Tokens((HOUSING,))),
        ("participant", Tokens(role="participant")),
        ("timepoint “a b”=baseline", Tokens(role="timepoint", timepoints=(TimeLabel("a b", 0),))),
        ("housing; safety", Tokens(faulty=True)),
        ("Safe and settled at home", Tokens(faulty=True)),
        ("x" * (LONGEST + 1), Tokens(faulty=True)),
    ],
)
def test_a_cell_that_is_there_for_tokens_may_hold_the_identifier_alone(cell: str, tokens: Tokens) -> None:
    assert read_cell(cell) == tokens


def test_tokens_of_several_places_are_put_together() -> None:
    found = joined([Tokens((HOUSING,)), Tokens((HOUSING, SAFETY)), Tokens(role="adult"), Tokens(role="adult")])

    assert found == Tokens((HOUSING, SAFETY), "adult")


@pytest.mark.parametrize(
    ("label", "months"),
    [
        ("baseline", 0),
        ("Baseline", 0),
        ("month-6", 6),
        ("MONTH-18", 18),
        ("month-", None),
        ("t0", None),
        ("month-6x", None),
    ],
)
def test_only_canonical_labels_have_a_place_of_their_own(label: str, months: float | None) -> None:
    assert months_of(label) == months


def test_a_canonical_label_has_one_spelling_and_another_label_stays_as_it_is() -> None:
    assert [time_label(label) for label in ("Baseline", "MONTH-6", "T0")] == ["baseline", "month-6", "T0"]


def test_labels_without_a_place_give_no_order() -> None:
    assert time_labels({"a": "baseline", "b": "later"}) is None


def test_an_annotation_with_an_unknown_key_is_none() -> None:
    assert annotation("Housing", {}) == HOUSING
    assert annotation("housing", {"colour": "red"}) is None


@given(st.text(alphabet='mscos:[]" =.,kind0baseline-\n', max_size=60))
def test_any_text_is_read_and_outcomes_are_in_lower_case(text: str) -> None:
    tokens = read_tokens(f"mscos:housing {text}")

    assert tokens.faulty or {each.outcome for each in tokens.annotations} >= {"housing"}
    assert all(each.outcome == each.outcome.lower() for each in tokens.annotations)


def test_what_we_say_to_write_can_be_read() -> None:
    tokens = read_tokens(HOW_TO_WRITE.replace("mscos:housing,", "mscos:safety,"))

    assert not tokens.faulty
    assert (len(tokens.annotations), tokens.role) == (2, "timepoint")
