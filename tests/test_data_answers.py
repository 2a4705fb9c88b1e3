"""Whole answers about small dataframes: what must never earn a yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import mscos
from mscos.codebooks.codebook import Annotation, Codebook, Variable

CORE = ("housing", "safety", "support", "services", "purpose", "medical", "education")


def long(**said: str) -> pl.DataFrame:
    """Everybody, at the start and later, about every core outcome."""
    rows = [
        {"participant": f"P{person}", "timepoint": time, "outcome": outcome, "value": str(person % 4 + 1), **said}
        for person in range(12)
        for time in ("baseline", "month-6")
        for outcome in CORE
    ]
    return pl.DataFrame(rows)


def collected(data: pl.DataFrame) -> int:
    report = mscos.check(data=data)
    return sum(line.collected == "collected_over_time" for line in report.core)


def test_answers_of_the_same_people_over_time_are_collected() -> None:
    assert mscos.check(data=long()).met


@pytest.mark.parametrize("nobody", ["NA", "N/A", "-99", "-99.0", "unknown", " ", "\u200b"])
def test_a_code_for_no_answer_is_no_participant(nobody: str) -> None:
    assert collected(long().with_columns(participant=pl.lit(nobody))) == 0


def test_a_number_for_no_answer_is_no_participant() -> None:
    assert collected(long().with_columns(participant=pl.lit(-99))) == 0


@pytest.mark.parametrize(
    "said",
    [{"kind": "outputs"}, {"kind": "Output"}, {"match": "no"}, {"match": "NONE"}, {"reported_by": "Organisations"}],
)
def test_a_word_that_is_not_in_its_list_earns_nothing(said: Mapping[str, str]) -> None:
    assert collected(long(**said)) == 0


@pytest.mark.parametrize("said", [{"kind": "Outcome"}, {"match": "SPECIFIC"}, {"reported_by": "Self"}])
def test_capitals_do_not_matter_in_the_words_of_a_list(said: Mapping[str, str]) -> None:
    assert collected(long(**said)) == 7


@pytest.mark.parametrize("code", ["-99", "-99.0", "NA", "n/k", "#REF!", "\u200b", "\ufeff"])
def test_a_code_for_no_answer_is_none_however_it_is_written(code: str) -> None:
    assert collected(long().with_columns(value=pl.lit(code))) == 0


@pytest.mark.parametrize(
    "said", ["under 18", "<18", "Under 18", "17", "17 years", "17yrs", "16 Years old", "15 y.o.", "17.5 yr"]
)
def test_people_who_are_said_to_be_under_18_are_left_out(said: str) -> None:
    report = mscos.check(data=long(adult=said))

    assert not report.met
    assert report.dataset is not None
    assert report.dataset.under_18


def test_a_codebook_that_says_something_of_a_canonical_table_is_not_passed_over() -> None:
    marked = Variable(name="value", annotations=(Annotation(outcome="housing", kind="output"),))

    report = mscos.check(data=long(), codebook=Codebook(form="a test", variables=(marked,)))

    assert [found.variable for found in report.findings if found.rule == "STR-03"] == ["value"]


def test_one_column_to_be_left_out_can_be_given_as_text() -> None:
    report = mscos.check(data=long(adult="yes"), codebook=None, exclude="adult")

    assert report.met
    assert report.dataset is not None
    assert report.dataset.excluded == 1


def test_silence_of_the_codebook_takes_no_result_away_from_the_record(safe_house: dict[str, object]) -> None:
    report = mscos.check(mscos.read_record(safe_house), data=long())

    assert "MEA-04" in {found.rule for found in report.findings if found.about == "data"}
    assert report.verdict("reported").answer == "met"


@pytest.mark.parametrize("library", [pl.DataFrame, pa.table])
@pytest.mark.parametrize("cells", [[[1], [2]], [{"a": 1}, {"a": 2}], [None, None], [b"x", b"y"]], ids=str)
def test_a_column_of_lists_or_of_nothing_takes_no_answer_away(
    library: Callable[..., object], cells: list[object]
) -> None:
    marked = (
        Variable(name="who", role="participant"),
        Variable(name="adult", role="adult"),
        Variable(name="home", annotations=(Annotation(outcome="housing"),)),
    )
    data = library({"who": ["a", "b"], "adult": ["yes", ""], "home": ["1", "2"], "more": cells})

    report = mscos.check(data=data, codebook=Codebook(form="a test", variables=marked))

    assert report.core[0].collected == "collected_once"


@pytest.mark.parametrize(
    ("said", "shown"),
    [("baseline", "baseline"), ("month-6", "month-6"), ("Month 6", "month-6"), ("w1", None), (None, None)],
)
def test_a_finding_says_when_its_variable_is_asked_in_our_own_spelling(said: str | None, shown: str | None) -> None:
    marked = Variable(name="mood", annotations=(Annotation(outcome="medical", instrument="phq-9", timepoint=said),))
    data = pl.DataFrame({"mood": ["1", "2"]})

    report = mscos.check(data=data, codebook=Codebook(form="a test", variables=(marked,)))

    assert [found.timepoint for found in report.findings if found.rule == "MEA-02"] == [shown]


def test_a_finding_about_a_measure_of_two_time_points_or_about_the_whole_names_none(safe_house: dict[str, Any]) -> None:
    one, two = ["month-12"], ["baseline", "month-12"]
    safe_house["outcomes"][0]["measures"][0] |= {"instrument": "phq-9", "timepoints": one}
    safe_house["outcomes"][1]["measures"][0] |= {"instrument": "phq-9", "timepoints": two}

    report = mscos.check(mscos.read_record(safe_house))

    found = {(found.rule, found.outcome): found.timepoint for found in report.findings}
    assert found["MEA-02", "housing"] == "month-12"
    assert found["MEA-02", "safety"] is None
    assert {timepoint for (rule, _), timepoint in found.items() if rule != "MEA-02"} <= {None, "month-12"}
