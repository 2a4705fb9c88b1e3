"""Data Packages and Table Schemas, and the property of ours in them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.frictionless import read_frictionless
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault
from refusals import PATH, faults_of, refusal, said_by

CANARY = "Marisol Quetzalcoatl"


def schema(*notes: object, **properties: object) -> dict[str, Any]:
    """A Table Schema with a field for each note."""
    fields = [{"name": f"v{number}", "mscos": note} for number, note in enumerate(notes)]
    return {"fields": fields} | properties


def read(document: dict[str, Any], resource: str | None = None) -> Codebook:
    return read_frictionless(document, PATH, resource)


def test_a_category_that_says_that_nobody_answered_is_a_code_for_it() -> None:
    categories = [{"value": "1", "label": "Yes"}, {"value": 99, "label": "Not asked"}, {"value": "8"}, "9", "unknown"]
    document = {"fields": [{"name": "home", "categories": categories, "missingValues": ["-"]}]}

    assert read(document).variables[0].missing_codes == ("-", "99")


def test_a_table_schema_describes_its_fields() -> None:
    document = {
        "fields": [
            {"name": "id", "type": "string", "mscos": {"role": "participant"}},
            {
                "name": "home",
                "title": "Where do you live?",
                "description": "not this",
                "mscos": {
                    "outcome": "housing",
                    "kind": "outcome",
                    "timepoint": "baseline",
                    "reported_by": "self",
                    "direction": "higher_better",
                    "instrument": "single-item",
                    "range": {"min": 1, "max": 5},
                    "match": "specific",
                },
            },
            {"name": "more", "description": "In your words", "mscos": {"free_text": True}},
            {"name": "who", "title": 5, "mscos": {"identifier": True}},
            {"name": "both", "mscos": {"outcomes": [{"outcome": "safety"}, {"outcome": "support"}]}},
            {"name": "plain"},
        ]
    }

    codebook = read(document)

    assert codebook == Codebook(
        form="a Table Schema",
        variables=(
            Variable(name="id", role="participant"),
            Variable(
                name="home",
                label="Where do you live?",
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
                ),
            ),
            Variable(name="more", label="In your words", free_text=True),
            Variable(name="who", identifier=True),
            Variable(name="both", annotations=(Annotation(outcome="safety"), Annotation(outcome="support"))),
            Variable(name="plain"),
        ),
    )


def test_what_a_text_says_is_read_as_a_token() -> None:
    codebook = read(schema("housing", "[mscos:safety kind=output]", "[mscos:timepoint 0=baseline 6=month-6]"))

    assert [variable.annotations for variable in codebook.variables] == [
        (Annotation(outcome="housing"),),
        (Annotation(outcome="safety", kind="output"),),
        (),
    ]
    assert codebook.variables[2].role == "timepoint"
    assert codebook.timepoints == (TimeLabel("0", 0), TimeLabel("6", 6))


def test_a_single_outcome_stands_beside_the_other_members() -> None:
    codebook = read(schema({"outcome": "housing", "free_text": True, "role": "group"}))

    assert codebook.variables == (
        Variable(name="v0", annotations=(Annotation(outcome="housing"),), role="group", free_text=True),
    )


def test_what_is_said_of_the_table_stands_in_the_schema() -> None:
    note = {
        "unit_of_row": "person-visit",
        "timepoints": [{"label": "pre", "months_from_start": 0}, {"label": "0", "months_from_start": 0}],
        "edition": "2023.1",
    }

    codebook = read(schema("[mscos:timepoint 0=baseline 6=month-6]", mscos=note))

    assert codebook.unit_of_row == "person-visit"
    assert codebook.timepoints == (TimeLabel("pre", 0), TimeLabel("0", 0), TimeLabel("6", 6))
    assert codebook.edition == "2023.1"


@pytest.mark.parametrize("holder", ["resource", "schema"])
def test_what_is_said_of_the_table_stands_in_the_resource_or_its_schema(holder: str) -> None:
    note = {"mscos": {"unit_of_row": "person"}}
    resource = {"schema": schema("housing") | (note if holder == "schema" else {})}

    codebook = read({"resources": [resource | (note if holder == "resource" else {})]})

    assert (codebook.form, codebook.unit_of_row) == ("a Data Package", "person")


def test_what_is_said_of_the_table_twice_is_refused() -> None:
    note = {"mscos": {"unit_of_row": "person"}}

    faults = faults_of(lambda: read({"resources": [{"schema": schema("housing") | note} | note]}))

    assert faults == (Fault("/resources/0/mscos", 'Write "mscos" once: in the resource or in its schema.'),)


def test_the_codes_of_a_field_stand_in_place_of_those_of_the_schema() -> None:
    document = {
        "missingValues": ["", "-99", {"value": "-98", "label": "Declined"}],
        "fields": [{"name": "a"}, {"name": "b", "missingValues": ["NA"]}, {"name": "c", "missingValues": []}],
    }

    codebook = read(document)

    assert [variable.missing_codes for variable in codebook.variables] == [("-99", "-98"), ("NA",), ()]


@pytest.mark.parametrize("codes", ["-99", [99], [{"label": "Declined"}], None])
def test_codes_that_are_no_texts_are_refused(codes: object) -> None:
    said = 'Write a list of codes here, each in quotation marks or as {"value": "…"}.'

    assert faults_of(lambda: read(schema("housing", missingValues=codes))) == (Fault("/missingValues", said),)
    assert faults_of(lambda: read({"fields": [{"name": "a", "missingValues": codes}]})) == (
        Fault("/fields/0/missingValues", said),
    )


def test_a_resource_is_chosen_by_its_name() -> None:
    package = {"resources": [{"name": "one", "schema": schema("safety")}, {"name": "two", "schema": schema("housing")}]}

    codebook = read(package, "two")

    assert codebook.variables[0].annotations == (Annotation(outcome="housing"),)


@pytest.mark.parametrize("wanted", [None, "three", "same"])
def test_a_package_of_several_resources_asks_which_one_is_meant(wanted: str | None) -> None:
    package = {"resources": [{"name": "same", "schema": schema("safety")}] * 2 + ["text"]}

    with pytest.raises(errors.WhichResource) as caught:
        read(package, wanted)

    assert caught.value.args == (PATH, 3)


@pytest.mark.parametrize(
    ("document", "pointer", "said"),
    [
        ({"resources": []}, "/resources", "There is no resource here. Describe the data as one."),
        ({"resources": {}}, "/resources", "Write a list here."),
        ({"resources": ["text"]}, "/resources/0", "Write named fields here."),
        ({"resources": [{}]}, "/resources/0/schema/fields", "This is missing."),
        (
            {"resources": [{"schema": "marisol.json"}]},
            "/resources/0/schema",
            "Put the schema itself here, in place of the path to it.",
        ),
        ({"resources": [{"schema": {"fields": [5]}}]}, "/resources/0/schema/fields/0", "Write named fields here."),
        ({"fields": {}}, "/fields", "Write a list here."),
        ({"fields": []}, "", "This codebook describes no variable."),
        ({"fields": [{}]}, "/fields/0/name", "This is missing."),
        ({"fields": [{"name": " "}]}, "/fields/0/name", "Write text here, in quotation marks."),
        ({"fields": [{"name": 5}]}, "/fields/0/name", "Write text here, in quotation marks."),
    ],
)
def test_what_breaks_the_specification_is_refused(document: dict[str, Any], pointer: str, said: str) -> None:
    assert faults_of(lambda: read(document)) == (Fault(pointer, said),)


def test_a_table_schema_has_no_resource_to_name() -> None:
    faults = faults_of(lambda: read(schema("housing"), "two"))

    assert faults == (Fault("", "This is a Table Schema and has no resources. Leave --resource out."),)


KINDS = "Use one of: outcome, output, activity, context."
UNKNOWN = "There is a field that has no place here. Take it out, or mend its name."
NULL = "There is nothing here. Leave the field out instead."


@pytest.mark.parametrize(
    ("note", "pointer", "said"),
    [
        ({"outcome": "housing", "kind": "outcom"}, "/kind", f'{KINDS} Did you mean "outcome"?'),
        ({"outcomes": [{"outcome": "housing", "kind": CANARY}]}, "/outcomes/0/kind", KINDS),
        ({"outcome": "housing", "timpoint": "x"}, "", f'{UNKNOWN} Did you mean "timepoint"?'),
        ({CANARY: "housing"}, "", UNKNOWN),
        ({"kind": "outcome"}, "", UNKNOWN),
        ({"outcomes": [{}]}, "/outcomes/0/outcome", "This is missing."),
        ({"outcomes": [], "outcome": "housing"}, "", f'{UNKNOWN} Did you mean "outcomes"?'),
        ({"outcome": "Safe housing"}, "/outcome", "Use an identifier: lowercase letters and digits only."),
        ({"outcome": None}, "", NULL),
        (
            {"outcome": "housing", "range": {"min": 5, "max": 5}},
            "/range",
            "Write the lowest score as min, and a higher one as max.",
        ),
        (
            {"outcomes": [{"outcome": "housing", "kind": "outcome"}, {"outcome": "housing"}]},
            "/outcomes",
            "Two entries say different things of one outcome. Keep one.",
        ),
        ({"role": "person"}, "/role", "Use one of: participant, timepoint, adult, group."),
        (None, "", NULL),
        ([CANARY], "", "Write named fields here."),
        (f"{CANARY} {CANARY}", "", f"The mscos token cannot be read. {HOW_TO_WRITE}"),
    ],
)
def test_a_faulty_note_is_told_by_its_place(note: object, pointer: str, said: str) -> None:
    assert faults_of(lambda: read(schema("housing", note))) == (Fault(f"/fields/1/mscos{pointer}", said),)


@pytest.mark.parametrize(
    ("note", "pointer", "said"),
    [
        (
            {"unit_of_row": CANARY},
            "/unit_of_row",
            "Use one of: person, person-visit, person-measure, organisation, aggregate, quote.",
        ),
        ({"timepoints": [{"label": "pre"}]}, "/timepoints/0/months_from_start", "This is missing."),
        ({CANARY: 1}, "", UNKNOWN),
        (None, "", NULL),
    ],
)
def test_a_faulty_note_of_the_table_is_told_by_its_place(note: object, pointer: str, said: str) -> None:
    assert faults_of(lambda: read(schema("housing", mscos=note))) == (Fault(f"/mscos{pointer}", said),)


def test_a_label_with_two_places_in_the_order_is_refused() -> None:
    note = {"timepoints": [{"label": "6", "months_from_start": 7}]}

    faults = faults_of(lambda: read(schema("housing", "[mscos:timepoint 6=month-6]", mscos=note)))

    assert faults == (Fault("/timepoints", "A label of a time point has two places in the order. Give it one."),)


def test_of_very_many_faults_the_first_are_told() -> None:
    faults = faults_of(lambda: read(schema(*[5] * 1000)))

    assert faults[-1].message.startswith("…and ")


def test_all_faults_are_told_at_once() -> None:
    document = schema("two words", {"role": "x"}, mscos=[], missingValues=5)

    faults = faults_of(lambda: read(document))

    assert [fault.pointer for fault in faults] == [
        "/mscos",
        "/missingValues",
        "/fields/0/mscos",
        "/fields/1/mscos/role",
    ]


NAMES = (
    "name",
    "mscos",
    "outcome",
    "outcomes",
    "role",
    "range",
    "min",
    "max",
    "missingValues",
    "value",
    "title",
    CANARY,
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([CANARY, "housing", "mscos:", ""])
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(field=JSON, holder=st.sampled_from(["fields", "resources", "mscos", "schema"]))
def test_any_document_becomes_a_codebook_or_an_error_that_quotes_nothing(field: object, holder: str) -> None:
    fields: dict[str, Any] = {"fields": [{"name": "a"}, field]}
    documents: dict[str, dict[str, Any]] = {
        "fields": fields,
        "resources": {"resources": [field]},
        "mscos": fields | {"mscos": field},
        "schema": {"resources": [{"schema": field, "mscos": field}]},
    }

    error = refusal(lambda: read(documents[holder]))

    assert CANARY not in said_by(error)


def test_the_package_among_the_samples_has_two_resources() -> None:
    if "MSCOS_SAMPLES" not in os.environ:
        pytest.skip("samples: not tried")
    file = Path(os.environ["MSCOS_SAMPLES"], "frictionless_package/datapackage.json")
    package = json.loads(file.read_text(encoding="utf-8"))

    codebook = read(package, "data2")

    assert [variable.name for variable in codebook.variables] == ["parent", "comment"]
    with pytest.raises(errors.WhichResource):
        read(package)
