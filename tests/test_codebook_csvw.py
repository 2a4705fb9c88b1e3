"""CSVW metadata: outcomes as the subjects of columns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, Variable
from mscos.codebooks.csvw import read_csvw
from mscos.errors import Fault
from refusals import PATH, faults_of, refusal, said_by

CANARY = "Marisol Quetzalcoatl"
HOUSING = "https://w3id.org/mscos/2023.1/outcome/housing"
TERM = "https://w3id.org/mscos/terms/"
COLUMNS = "/tableSchema/columns"


def table(*columns: object, **properties: object) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "a.csv",
        "tableSchema": {"columns": list(columns)},
    } | properties


def read(document: dict[str, Any], resource: str | None = None) -> Codebook:
    return read_csvw(document, PATH, resource)


def test_metadata_describe_their_columns() -> None:
    document = table(
        {"name": "who", f"{TERM}role": "participant"},
        {
            "name": "home",
            "titles": "Your home",
            "propertyUrl": HOUSING,
            "null": ["", "-99"],
            f"{TERM}kind": "outcome",
            f"{TERM}timepoint": {"@value": "baseline"},
            f"{TERM}reportedBy": "self",
            f"{TERM}direction": "higher_better",
            f"{TERM}instrument": "single-item",
            f"{TERM}match": "specific",
        },
        {"name": "other", "propertyUrl": "https://example.org/housing", "dc:title": "mine"},
    )

    codebook = read(document)

    assert codebook == Codebook(
        form="CSVW metadata",
        variables=(
            Variable(name="who", role="participant"),
            Variable(
                name="home",
                label="Your home",
                columns=("Your home",),
                missing_codes=("-99",),
                annotations=(
                    Annotation(
                        outcome="housing",
                        kind="outcome",
                        timepoint="baseline",
                        reported_by="self",
                        direction="higher_better",
                        instrument="single-item",
                        match="specific",
                    ),
                ),
            ),
            Variable(name="other"),
        ),
        edition="2023.1",
    )


@pytest.mark.parametrize("name", ["propertyUrl", "dc:subject", "dcterms:subject", "http://purl.org/dc/terms/subject"])
@pytest.mark.parametrize(
    "iri",
    [
        HOUSING,
        "https://w3id.org/mscos/outcomes/housing",
        "https://w3id.org/mscos/Housing",
        "https://w3id.org/mscos/2023.1#housing",
    ],
)
def test_an_outcome_is_named_by_the_end_of_its_iri(name: str, iri: str) -> None:
    codebook = read(table({"name": "home", name: {"@id": iri}}))

    assert codebook.variables == (Variable(name="home", annotations=(Annotation(outcome="housing"),)),)


def test_a_column_can_have_several_subjects() -> None:
    column = {
        "name": "home",
        "propertyUrl": HOUSING,
        "dc:subject": [HOUSING, {"@id": "https://w3id.org/mscos/safety"}, "homes", {"@id": 5}, 5],
        f"{TERM}kind": "output",
    }

    codebook = read(table(column))

    assert codebook.variables[0].annotations == (
        Annotation(outcome="housing", kind="output"),
        Annotation(outcome="safety", kind="output"),
    )


def test_an_iri_without_an_edition_names_none() -> None:
    codebook = read(table({"name": "home", "propertyUrl": "https://w3id.org/mscos/housing"}))

    assert codebook.edition is None


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        ("home", ()),
        ("Home", ("Home",)),
        (["Home", "home", " ", 5, "Home"], ("Home", "home")),
        ({"en": "Home", "sq": ["Shtëpia", "Banesa"], "xx": {"en": "no"}, "yy": 5}, ("Home", "Shtëpia", "Banesa")),
        (5, ()),
    ],
)
def test_the_headers_of_a_column_are_its_titles(titles: object, columns: tuple[str, ...]) -> None:
    codebook = read(table({"name": "home", "titles": titles}))

    assert codebook.variables[0].columns == columns


@pytest.mark.parametrize("name", [{}, {"name": " "}, {"name": 5}])
def test_a_column_without_a_name_has_that_of_its_first_title(name: dict[str, object]) -> None:
    codebook = read(table({"titles": ["Home", "House"]} | name))

    assert codebook.variables == (Variable(name="Home", label="Home", columns=("Home", "House")),)


def test_a_virtual_column_stands_in_no_file() -> None:
    codebook = read(table({"name": "home", "virtual": False}, {"virtual": True}))

    assert codebook.variables == (Variable(name="home"),)


def test_codes_are_those_of_the_nearest_that_has_some() -> None:
    columns = [{"name": "a", "null": "1"}, {"name": "b"}, {"name": "c", "null": []}]
    group: dict[str, Any] = {"null": "4", "tables": [{"null": "3", "tableSchema": {"null": "2", "columns": columns}}]}

    of_schema = read(group)
    del group["tables"][0]["tableSchema"]["null"]
    of_table = read(group)
    del group["tables"][0]["null"]
    of_group = read(group)

    assert [variable.missing_codes for variable in of_schema.variables] == [("1",), ("2",), ()]
    assert [variable.missing_codes for variable in of_table.variables] == [("1",), ("3",), ()]
    assert [variable.missing_codes for variable in of_group.variables] == [("1",), ("4",), ()]


def test_a_table_is_chosen_by_its_url() -> None:
    group = {"tables": [table({"name": "a"}), table({"name": "b"}, url="b.csv")]}

    codebook = read(group, "b.csv")

    assert codebook.variables == (Variable(name="b"),)


def test_a_table_without_a_schema_has_that_of_its_group() -> None:
    codebook = read({"tables": [{"url": "a.csv"}], "tableSchema": {"columns": [{"name": "a"}]}})

    assert codebook.variables == (Variable(name="a"),)


@pytest.mark.parametrize("wanted", [None, "c.csv", "a.csv"])
def test_metadata_of_several_tables_ask_which_one_is_meant(wanted: str | None) -> None:
    group = {"tables": [table({"name": "a"}), table({"name": "b"}), "text"]}

    with pytest.raises(errors.WhichResource) as caught:
        read(group, wanted)

    assert caught.value.args == (PATH, 3)


def test_a_single_table_needs_no_name() -> None:
    assert read(table({"name": "a"}), "b.csv").variables == (Variable(name="a"),)


UNKNOWN = "There is a field that has no place here. Take it out, or mend its name."
IRI = "Write the IRI of an outcome, such as https://w3id.org/mscos/2023.1/outcome/housing."
CODES = "Write a code here, or a list of codes, in quotation marks."
ESCAPED = "https:~1~1w3id.org~1mscos~1terms~1"


@pytest.mark.parametrize(
    ("document", "pointer", "said"),
    [
        ({"tables": []}, "/tables", "There is no table here. Describe the data as one."),
        ({"tables": {}}, "/tables", "Write a list here."),
        ({"tables": [5]}, "/tables/0", "Write named fields here."),
        (
            {"tables": [{"tableSchema": "a.json"}]},
            "/tables/0/tableSchema",
            "Put the schema itself here, in place of its address.",
        ),
        ({"tableSchema": {}}, COLUMNS, "Write a list here."),
        ({}, COLUMNS, "Write a list here."),
        (table(), "", "This codebook describes no variable."),
        (table(5), f"{COLUMNS}/0", "Write named fields here."),
        (table({"titles": [" "]}), f"{COLUMNS}/0", "Give this column a name or a title."),
        (table({"name": "a", "null": 5}), f"{COLUMNS}/0/null", CODES),
        (table({"name": "a", "null": ["x", 5]}), f"{COLUMNS}/0/null", CODES),
        (table({"name": "a", "propertyUrl": "https://w3id.org/mscos/"}), f"{COLUMNS}/0/propertyUrl", IRI),
        (
            table({"name": "a", "http://purl.org/dc/terms/subject": f"https://w3id.org/mscos/{CANARY}"}),
            f"{COLUMNS}/0/http:~1~1purl.org~1dc~1terms~1subject",
            IRI,
        ),
        (
            table({"name": "a", "propertyUrl": HOUSING}, {"name": "b", "propertyUrl": HOUSING.replace("3.1", "4.1")}),
            COLUMNS,
            "The IRIs of the outcomes are of several editions. Use one.",
        ),
        (
            table({"name": "a", f"{TERM}role": CANARY}),
            f"{COLUMNS}/0/{ESCAPED}role",
            "Use one of: participant, timepoint, adult, group.",
        ),
        (
            table({"name": "a", "propertyUrl": HOUSING, f"{TERM}reportedBy": CANARY}),
            f"{COLUMNS}/0/{ESCAPED}reportedBy",
            "Use one of: self, supported_self, staff, record, observer, organisation.",
        ),
        (
            table(
                {"name": "a", "propertyUrl": HOUSING, "dc:subject": "https://w3id.org/mscos/safety", f"{TERM}kind": "x"}
            ),
            f"{COLUMNS}/0/{ESCAPED}kind",
            "Use one of: outcome, output, activity, context.",
        ),
        (
            table({"name": "a", "propertyUrl": HOUSING, f"{TERM}kin": "output"}),
            f"{COLUMNS}/0",
            f'{UNKNOWN} Did you mean "kind"?',
        ),
        (
            table({"name": "a", f"{TERM}kind": "output"}),
            f"{COLUMNS}/0",
            'Name the outcome too: write its IRI as "propertyUrl".',
        ),
        (
            table({"name": "a", "propertyUrl": f"https://w3id.org/mscos/{'a' * 33}"}),
            f"{COLUMNS}/0",
            "Write at most 32 characters.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place(document: dict[str, Any], pointer: str, said: str) -> None:
    assert faults_of(lambda: read(document)) == (Fault(pointer, said),)


def test_of_very_many_faults_the_first_are_told() -> None:
    faults = faults_of(lambda: read(table(*[5] * 1000)))

    assert faults[-1].message.startswith("…and ")


def test_all_faults_are_told_at_once() -> None:
    faults = faults_of(lambda: read(table({"name": "a", "null": 5}, {}, {"name": "c", f"{TERM}role": "x"})))

    assert [fault.pointer for fault in faults] == [f"{COLUMNS}/0/null", f"{COLUMNS}/1", f"{COLUMNS}/2/{ESCAPED}role"]


NAMES = (
    "name",
    "titles",
    "null",
    "propertyUrl",
    "dc:subject",
    "@id",
    "@value",
    "url",
    f"{TERM}kind",
    f"{TERM}role",
    TERM + CANARY,
)
TEXTS = st.sampled_from([CANARY, HOUSING, f"https://w3id.org/mscos/{CANARY}", "outcome", ""])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(any_json=JSON)
def test_any_document_becomes_a_codebook_or_an_error_that_quotes_nothing(any_json: object) -> None:
    documents: list[dict[str, Any]] = [
        table({"name": "a"}, any_json),
        {"tables": [any_json]},
        {"tables": any_json},
        {"tableSchema": any_json},
    ]

    refusals = [refusal(lambda document=document: read(document)) for document in documents]  # type: ignore[misc]

    assert not any(CANARY in said_by(error) for error in refusals)
