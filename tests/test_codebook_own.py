"""Our own codebook file."""

from __future__ import annotations

from typing import Any

import pytest

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.own import CodebookFile, read_own
from mscos.errors import Fault

FULL: dict[str, Any] = {
    "kind": "codebook",
    "schema_version": "1",
    "edition": "2023.1",
    "unit_of_row": "person-visit",
    "timepoints": [{"label": "T0", "months_from_start": 0}, {"label": "T1", "months_from_start": 6.5}],
    "missing_codes": ["-99"],
    "variables": [
        {"name": "pid", "role": "participant"},
        {
            "name": "house_ok",
            "label": "Do you feel\nat home?",
            "form": "home",
            "identifier": True,
            "free_text": True,
            "asked_of_some": True,
            "missing_codes": ["NA"],
            "missing_ranges": [{"min": -9, "max": -8}, {"min": 7, "max": 7}],
            "columns": ["house_ok_1"],
            "ticks": True,
            "outcomes": [
                {
                    "outcome": "housing",
                    "kind": "outcome",
                    "timepoint": "Baseline",
                    "reported_by": "self",
                    "direction": "higher_better",
                    "instrument": "single-item",
                    "range": {"min": 1, "max": 5},
                    "match": "specific",
                },
                {"outcome": "safety", "timepoint": "T1"},
            ],
        },
    ],
}


def with_variable(**members: object) -> dict[str, Any]:
    return {"kind": "codebook", "variables": [{"name": "x", **members}]}


def faults_of(document: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_own(document, "codebook.json")
    assert caught.value.__context__ is None
    return caught.value.faults


def test_everything_in_the_file_is_in_the_codebook() -> None:
    assert read_own(FULL, "codebook.json") == Codebook(
        form="a codebook file",
        variables=(
            Variable(name="pid", role="participant"),
            Variable(
                name="house_ok",
                label="Do you feel\nat home?",
                annotations=(
                    Annotation(
                        outcome="housing",
                        kind="outcome",
                        timepoint="baseline",
                        reported_by="self",
                        direction="higher_better",
                        instrument="single-item",
                        low=1,
                        high=5,
                        match="specific",
                    ),
                    Annotation(outcome="safety", timepoint="T1"),
                ),
                form="home",
                identifier=True,
                free_text=True,
                asked_of_some=True,
                missing_codes=("NA",),
                missing_ranges=((-9, -8), (7, 7)),
                columns=("house_ok_1",),
                ticks=True,
            ),
        ),
        unit_of_row="person-visit",
        timepoints=(TimeLabel("T0", 0), TimeLabel("T1", 6.5)),
        missing_codes=("-99",),
        edition="2023.1",
    )


def test_the_full_file_leaves_no_field_out() -> None:
    file = CodebookFile.model_validate(FULL)

    assert file.model_fields_set == set(CodebookFile.model_fields)
    assert file.variables[1].model_fields_set | {"role"} == set(type(file.variables[1]).model_fields)


def test_a_small_file_is_enough() -> None:
    codebook = read_own(with_variable(outcomes=[{"outcome": "housing"}]), "codebook.json")

    assert codebook.variables == (Variable(name="x", annotations=(Annotation(outcome="housing"),)),)


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"kind": "codebook"}, Fault("/variables", "This is missing.")),
        ({"kind": "codebook", "variables": []}, Fault("/variables", "This codebook describes no variable.")),
        (
            {**FULL, "edition": None},
            Fault("/edition", "There is nothing here. Leave the field out instead."),
        ),
        (
            with_variable(label=None),
            Fault("/variables/0/label", "There is nothing here. Leave the field out instead."),
        ),
        (
            with_variable(outcomes=[{"outcome": "Housing"}]),
            Fault("/variables/0/outcomes/0/outcome", "Use an identifier: lowercase letters and digits only."),
        ),
        (
            with_variable(role="carer"),
            Fault("/variables/0/role", "Use one of: participant, timepoint, adult, group."),
        ),
        (
            with_variable(mising_codes=["secret"]),
            Fault(
                "/variables/0",
                'The 2nd field here has no place. Take it out, or mend its name. Did you mean "missing_codes"?',
            ),
        ),
        (
            with_variable(missing_codes=[-99]),
            Fault("/variables/0/missing_codes/0", "Write text here, in quotation marks."),
        ),
        (
            with_variable(outcomes=[{"outcome": "housing", "range": {"min": 5, "max": 5}}]),
            Fault("/variables/0/outcomes/0/range", "The lowest score has to be below the highest one."),
        ),
        (
            with_variable(missing_ranges=[{"min": 5, "max": 4}]),
            Fault("/variables/0/missing_ranges/0", "The lowest score has to be below the highest one."),
        ),
        (
            with_variable(outcomes=[{"outcome": "housing"}, {"outcome": "housing", "kind": "output"}]),
            Fault("/variables/0/outcomes/1/outcome", "This stands twice in the list. Keep one."),
        ),
        (
            {**FULL, "timepoints": [{"label": "a", "months_from_start": 0}] * 2},
            Fault("/timepoints/1/label", "This stands twice in the list. Keep one."),
        ),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(document: dict[str, Any], fault: Fault) -> None:
    assert faults_of(document) == (fault,)


def test_nothing_below_a_name_that_is_not_ours_is_told_by_the_name_of_its_parent() -> None:
    faults = faults_of({"kind": "codebook", "variables": [{"name": "x", "secret": {"secret": None}}]})

    assert faults[0] == Fault("/variables/0", "There is nothing here. Leave the field out instead.")
    assert "secret" not in repr(faults)


def test_of_very_many_faults_the_rest_is_counted() -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_own({"kind": "codebook", "variables": [{}] * 70}, "codebook.json")

    assert (len(caught.value.faults), caught.value.number) == (51, 70)
    assert caught.value.faults[-1] == Fault("", "…and 20 more.")
