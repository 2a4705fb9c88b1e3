"""Rows of HXL tags, in data files and in forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, Role, Variable
from mscos.codebooks.hxl import find_tag_row, hxl_codebook, read_tag
from mscos.codebooks.tokens import Tokens
from mscos.errors import Fault
from refusals import refusal, said_by

WRITE = "Write a tag such as #indicator+mscos+housing, or #indicator+mscos+housing+month6+by_self."


def test_the_row_of_tags_can_be_any_of_the_first_25() -> None:
    rows = [["some", "text"]] * 24 + [["#indicator+mscos+housing", ""]]

    found = find_tag_row(rows)

    assert found == 24


def test_a_row_of_tags_after_the_first_25_is_not_looked_for() -> None:
    rows = [["some", "text"]] * 25 + [["#indicator+mscos+housing", ""]]

    found = find_tag_row(rows)

    assert found is None


def test_of_two_rows_of_tags_the_first_counts() -> None:
    found = find_tag_row([["#org", "#sector"], ["#indicator+mscos+housing", "#org"]])

    assert found == 0


@pytest.mark.parametrize(
    "cells",
    [
        ["#indicator+mscos+housing"],
        ["", "  ", " ", "#INDICATOR + MSCOS +housing "],
        ["#org", "#sector"],
        ["#org", "#sector", "text", "text"],
        ["#adm1+name", "text"],
    ],
)
def test_a_row_is_one_of_tags_if_half_of_its_filled_cells_hold_tags(cells: list[str]) -> None:
    assert find_tag_row([cells]) == 0


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["", " "],
        ["text"],
        ["#org", "#sector", "text", "text", "text"],
        ["#indicator+mscos-housing"],
        ["#1st+place"],
        ["# indicator+mscos+housing"],
        ["#indicator+"],
        ["#indicator mscos+housing"],
    ],
)
def test_a_row_with_fewer_tags_or_broken_ones_is_none_of_tags(cells: list[str]) -> None:
    assert find_tag_row([cells]) is None


def test_a_single_word_that_a_person_wrote_is_no_row_of_tags() -> None:
    assert find_tag_row([["P01", "#hope"]]) is None


def test_a_tag_names_an_outcome_and_what_is_said_of_it() -> None:
    tag = (
        "#indicator +MSCOS +Housing +month_6 +kind_context +by_supported_self +dir_down +match_general_broader "
        "+inst_mlq_presence +range_1_5"
    )

    read = read_tag(tag)

    assert read == Tokens(
        annotations=(
            Annotation(
                outcome="housing",
                kind="context",
                timepoint="month-6",
                reported_by="supported_self",
                direction="lower_better",
                instrument="mlq-presence",
                low=1,
                high=5,
                match="general_broader",
            ),
        )
    )


@pytest.mark.parametrize(("attribute", "timepoint"), [("baseline", "baseline"), ("month6", "month-6")])
def test_a_tag_names_its_time_point(attribute: str, timepoint: str) -> None:
    read = read_tag(f"#indicator+mscos+housing+{attribute}")

    assert read == Tokens(annotations=(Annotation(outcome="housing", timepoint=timepoint),))


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        (" #Output+mscos+housing", "output"),
        ("#activity+mscos+housing", "activity"),
        ("#impact+mscos+housing", None),
        ("#indicator+mscos+housing", None),
        ("#output+mscos+housing+kind_outcome", "outcome"),
    ],
)
def test_a_tag_for_outputs_or_activities_says_what_is_shown(tag: str, kind: str | None) -> None:
    (read,) = read_tag(tag).annotations

    assert read.kind == kind


def test_a_tag_can_name_several_outcomes() -> None:
    read = read_tag("#indicator+mscos+housing+mscos+safety+baseline")

    assert read.annotations == (
        Annotation(outcome="housing", timepoint="baseline"),
        Annotation(outcome="safety", timepoint="baseline"),
    )


@pytest.mark.parametrize("role", ["participant", "timepoint", "adult", "group"])
def test_a_tag_can_name_a_role(role: Role) -> None:
    assert read_tag(f"#meta+mscos+{role}") == Tokens(role=role)


def test_what_follows_the_name_of_the_outcome_set_is_never_a_time_point() -> None:
    assert read_tag("#indicator+mscos+baseline") == Tokens(annotations=(Annotation(outcome="baseline"),))


def test_attributes_of_hxl_itself_are_left_alone() -> None:
    read = read_tag("#indicator+f+mscos+housing+i_en+by+monthly")

    assert read == Tokens(annotations=(Annotation(outcome="housing"),))


@pytest.mark.parametrize("text", ["", "#indicator+housing", "text", "#indicator+kind_output", "# #"])
def test_what_does_not_name_the_outcome_set_says_nothing(text: str) -> None:
    assert read_tag(text) == Tokens()


@pytest.mark.parametrize(
    "text",
    [
        "#indicator+mscos",
        "#indicator+housing+mscos",
        "#indicator+mscos+housing+mscos",
        "#indicator+mscos-housing",
        "#mscos+housing",
        "indicator+mscos+housing",
        "mscos:housing",
        "#indicator+mscos+housing+kind_nonsense",
        "#indicator+mscos+housing+baseline+month6",
        "#meta+mscos+participant+mscos+group",
        "#meta+mscos+participant+baseline",
        "#indicator+mscos+housing+range_5_1",
    ],
)
def test_what_names_the_outcome_set_and_cannot_be_read_is_faulty(text: str) -> None:
    assert read_tag(text).faulty


def test_a_tag_for_a_role_may_be_one_for_outputs() -> None:
    assert read_tag("#activity+mscos+group") == Tokens(role="group")


def test_a_codebook_holds_what_is_tagged_and_what_identifies_people() -> None:
    headers = ("person", "Housing now", "A name", "Reach me at", "Where", "more")
    tags = ("#meta+mscos+participant", "#indicator+mscos+housing", "#org+name", "#Contact +email", "#geo+lat")

    codebook = hxl_codebook(headers, tags)

    assert codebook == Codebook(
        form="a row of HXL tags",
        variables=(
            Variable(name="person", role="participant"),
            Variable(name="Housing now", annotations=(Annotation(outcome="housing"),)),
            Variable(name="Reach me at", identifier=True),
            Variable(name="Where", identifier=True),
        ),
    )


def test_a_faulty_tag_is_named_by_its_position_only() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        hxl_codebook(("Marisol", "b", "c"), ("#x+mscos-marisol", "#indicator+mscos+housing", "#x+mscos"))

    assert caught.value.path == errors.DATA
    assert caught.value.faults == (
        Fault("/columns/0", f"Column 1: this tag cannot be read. {WRITE}"),
        Fault("/columns/2", f"Column 3: this tag cannot be read. {WRITE}"),
    )


TEXT = st.text(alphabet="#+ mscoshuingaby_6M-", max_size=30)


@given(headers=st.lists(TEXT, max_size=4), tags=st.lists(TEXT, max_size=4))
def test_any_cells_become_a_codebook_or_an_error_that_quotes_none(headers: list[str], tags: list[str]) -> None:
    headers = [f"canary {header}" for header in headers]

    error = refusal(lambda: hxl_codebook(headers, tags))

    assert "canary" not in said_by(error)
