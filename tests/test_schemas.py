"""The published schemas: well formed, self-contained, right about our own data, and clear about what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import Draft202012Validator
from referencing import Registry
from referencing.exceptions import NoSuchResource

import mscos
from mscos import schemas
from mscos._files import read_document
from mscos.conformance import check_any
from mscos.errors import CannotRead, UnknownSchema
from mscos.records.reading import read_any
from mscos.reporters.as_json import report as report_text
from strategies import (
    CORE,
    CORE_SCHEMAS,
    EVALUATION,
    EXAMPLES,
    INTERVENTION,
    KIND,
    KINDS,
    RECORD_SCHEMAS,
    SAFE_HOUSE,
    SUBSETS,
    Document,
    Kind,
    one_missing,
    records,
    sentence,
    varied,
    whole_records,
    with_only,
)

NAMES = schemas.names()
TESTS = Path(__file__).parent

_PUBLISHED: list[tuple[str, Any]] = [(schema["$id"], schema) for schema in map(schemas.load_schema, NAMES)]
RUST = {
    name: jsonschema_rs.Draft202012Validator(
        schemas.load_schema(name), registry=jsonschema_rs.Registry(_PUBLISHED), offline=True
    )
    for name in (*RECORD_SCHEMAS, *CORE_SCHEMAS, "report", "taxonomy")
}


def references(schema: object) -> Iterator[str]:
    """Find every reference in a schema."""
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("$ref", "$dynamicRef") if key in schema)
    members = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for member in members:
        yield from references(member)


# Form.


def test_every_edition_has_its_schemas_and_there_are_no_others() -> None:
    of_editions = {
        f"{edition}/{name}"
        for edition in mscos.editions()
        for name in (*RECORD_SCHEMAS, *CORE_SCHEMAS, "codebook", "dataset")
    }

    assert (
        set(NAMES)
        == {
            "conformance",
            "edition-answers",
            "edition-diff",
            "failure",
            "portfolio-report",
            "report",
            "taxonomy",
            "verification",
        }
        | of_editions
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_fits_its_metaschema(name: str) -> None:
    schema = schemas.load_schema(name)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize("name", NAMES)
def test_the_identifier_of_a_schema_is_the_base_and_its_path(name: str) -> None:
    file = schemas.path() / "1" / f"{name}.schema.json"

    schema = json.loads(file.read_text(encoding="utf-8"))

    assert schema["$id"] == f"{schemas.BASE_IRI}schemas/{file.relative_to(schemas.path()).as_posix()}"
    assert schema == schemas.load_schema(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_reference_leaves_the_folder(name: str) -> None:
    schema = schemas.load_schema(name)
    elsewhere = {reference for reference in references(schema) if not reference.startswith("#/")}

    targets = {urldefrag(urljoin(schema["$id"], reference)).url for reference in elsewhere}

    assert targets <= {identifier for identifier, _ in _PUBLISHED}
    assert not any(":" in reference or reference.startswith("/") for reference in elsewhere)
    if name.endswith(".bundle"):
        assert elsewhere == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_registry_finds_every_schema_and_every_part_that_is_referred_to(name: str) -> None:
    schema = schemas.load_schema(name)

    resolver = schemas.REGISTRY.resolver(base_uri=schema["$id"])

    assert schemas.REGISTRY.contents(schema["$id"]) == schema
    assert all(resolver.lookup(reference).contents for reference in references(schema))


def test_the_registry_fetches_nothing() -> None:
    assert isinstance(schemas.REGISTRY, Registry)
    with pytest.raises(NoSuchResource):
        schemas.REGISTRY.get_or_retrieve(f"{schemas.BASE_IRI}schemas/1/nothing.schema.json")


@pytest.mark.parametrize("name", ["", "nothing", "evaluation.schema.json", "../1/report", "2023.2/evaluation"])
def test_an_unknown_schema_is_refused_with_the_ones_there_are(name: str) -> None:
    with pytest.raises(UnknownSchema) as refusal:
        schemas.validator(name)

    assert refusal.value.available == NAMES


def test_a_schema_of_an_unknown_edition_is_refused() -> None:
    with pytest.raises(UnknownSchema):
        schemas.validator("evaluation", edition="1999.1")


# Our own data.


@pytest.mark.parametrize("edition", mscos.editions())
def test_the_schema_accepts_every_packaged_edition(edition: str) -> None:
    packaged = Path(mscos.__file__).parent / "data" / edition / "taxonomy.json"
    document, _ = read_document(str(packaged))

    assert not list(schemas.validator("taxonomy").iter_errors(document))
    assert RUST["taxonomy"].is_valid(document)


@pytest.mark.parametrize("file", sorted((TESTS / "data").glob("*.json")), ids=lambda file: file.stem)
def test_the_schema_accepts_the_editions_of_the_tests(file: Path) -> None:
    document, _ = read_document(str(file))

    assert not list(schemas.validator("taxonomy").iter_errors(document))


EXAMPLE_RECORDS = sorted(file for kind in KINDS for file in EXAMPLES.glob(f"*/{kind.name}.*"))


@pytest.mark.parametrize("file", EXAMPLE_RECORDS, ids=lambda file: file.parent.name)
def test_the_schema_accepts_the_examples_and_the_reports_on_them(file: Path) -> None:
    document, _ = read_document(str(file))
    report = json.loads(report_text(check_any(read_any(file))))

    for name in KIND[document["kind"]].schemas:
        assert not list(schemas.validator(name).iter_errors(document))
        assert RUST[name].is_valid(document)
    assert not list(schemas.validator("report").iter_errors(report))
    assert RUST["report"].is_valid(report)


def test_schema_and_reader_agree_on_the_records_of_all_cases() -> None:
    disagreements = []
    for file in sorted((TESTS / "cases").glob("*/*/*")):
        if file.stem not in KIND:
            continue  # what must be said of the case
        try:
            document, _ = read_document(str(file))
        except CannotRead:
            continue  # not a document at all
        try:
            report = json.loads(report_text(check_any(read_any(file))))
        except CannotRead:
            report = None
        if RUST[file.stem].is_valid(document) != (report is not None):
            disagreements.append(file)
        if report is not None and not RUST["report"].is_valid(report):
            disagreements.append(file)

    assert disagreements == []


# The minimum.


@pytest.mark.parametrize("name", CORE_SCHEMAS)
@pytest.mark.parametrize("outcome", CORE)
def test_a_person_learns_from_jsonschema_which_outcome_is_missing(outcome: str, name: str) -> None:
    validator, kind = schemas.validator(name), KIND[name]

    messages = [[error.message for error in validator.iter_errors(document)] for document in one_missing(kind, outcome)]

    assert messages == [[f"{sentence(kind, outcome)!r} is a required property"]] * 2


@pytest.mark.parametrize("name", CORE_SCHEMAS)
@pytest.mark.parametrize("outcome", CORE)
def test_a_person_learns_from_jsonschema_rs_which_outcome_is_missing(outcome: str, name: str) -> None:
    kind = KIND[name]

    errors = [list(RUST[name].iter_errors(document)) for document in one_missing(kind, outcome)]

    assert [[error.message for error in each] for each in errors] == [
        [f'"{sentence(kind, outcome)}" is a required property']
    ] * 2
    assert {error.absolute_keyword_location for each in errors for error in each} == {
        f"{schemas.load_schema(name)['$id']}#/$defs/{kind.definition}-{outcome}/else/required"
    }


@pytest.mark.parametrize("name", CORE_SCHEMAS)
def test_the_core_schema_accepts_exactly_the_subset_of_all_seven(name: str) -> None:
    accepted = [there for there in SUBSETS if RUST[name].is_valid(with_only(KIND[name], there))]

    assert len(SUBSETS) == 128
    assert accepted == [frozenset(CORE)]


@pytest.mark.parametrize("name", CORE_SCHEMAS)
def test_the_core_schema_names_all_that_is_missing_and_nothing_else(name: str) -> None:
    kind = KIND[name]
    for there in SUBSETS[::9]:
        errors = RUST[name].iter_errors(with_only(kind, there))

        assert [error.message for error in errors] == [
            f'"{sentence(kind, outcome)}" is a required property' for outcome in CORE if outcome not in there
        ]


@pytest.mark.parametrize("name", CORE_SCHEMAS)
def test_the_core_schema_accepts_a_record_that_leaves_out_none_of_the_seven(name: str) -> None:
    kind = KIND[name]

    assert schemas.validator(name).is_valid(kind.whole)
    assert check_any(kind.read(kind.whole)).met


@pytest.mark.parametrize("name", EVALUATION.core_schemas)
def test_the_core_schema_of_evaluations_is_necessary_and_not_sufficient(name: str) -> None:
    document = deepcopy(SAFE_HOUSE)
    medical = document["outcomes"][CORE.index("medical")]
    medical["measures"][0] |= {"instrument": "phq-9", "direction": "lower_better"}

    report = mscos.check(mscos.read_record(document))

    assert RUST[name].is_valid(document)
    assert schemas.validator(name).is_valid(document)
    assert not report.met
    assert [line.outcome for line in report.missing] == ["medical"]


@pytest.mark.parametrize(
    "gap", ["measurement_variable", "analysis_metric", "aggregation", "timepoint", "where_reported"]
)
def test_the_core_schema_asks_for_each_element_of_a_result(gap: str) -> None:
    document = deepcopy(SAFE_HOUSE)
    del document["outcomes"][CORE.index("purpose")]["result"][gap]

    messages = [error.message for error in RUST["evaluation.core"].iter_errors(document)]

    assert messages == [f'"{sentence(EVALUATION, "purpose")}" is a required property']
    assert not mscos.check(mscos.read_record(document)).met


@pytest.mark.parametrize("how", ["by_partner", "by_referral"])
@pytest.mark.parametrize("partner", [None, {}, {"agreement": "written"}])
def test_the_core_schema_asks_for_the_name_of_who_covers_an_outcome(how: str, partner: Document | None) -> None:
    document = deepcopy(INTERVENTION.whole)
    entry = {"outcome": "purpose", "how": how} | ({} if partner is None else {"partner": partner})
    document["addresses"][CORE.index("purpose")] = entry

    messages = [error.message for error in RUST["intervention.core"].iter_errors(document)]

    assert messages == [f'"{sentence(INTERVENTION, "purpose")}" is a required property']
    assert not mscos.check_intervention(mscos.read_intervention(document)).met


def test_the_core_schema_accepts_every_evaluation_that_the_check_accepts() -> None:
    met = []

    @settings(max_examples=100)
    @given(varied(SAFE_HOUSE) | varied(SAFE_HOUSE) | whole_records(EVALUATION))
    def holds(document: Document) -> None:
        report = mscos.check(mscos.read_record(document))

        met.append(report.met)
        assert RUST["report"].is_valid(json.loads(report_text(report)))
        assert RUST["evaluation.core"].is_valid(document) == RUST["evaluation.core.bundle"].is_valid(document)
        assert RUST["evaluation.core"].is_valid(document) or not report.met

    holds()

    assert met.count(True) > len(met) / 8
    assert met.count(False) > len(met) / 20


def test_the_core_schema_accepts_every_intervention_that_the_check_accepts() -> None:
    met = []
    whole = INTERVENTION.whole

    @settings(max_examples=200)
    @given(varied(whole) | varied(whole) | whole_records(INTERVENTION) | records(INTERVENTION))
    def holds(document: Document) -> None:
        report = mscos.check_intervention(mscos.read_intervention(document))

        met.append(report.met)
        for_children_alone = document.get("accepts") == "children"
        assert RUST["report"].is_valid(json.loads(report_text(report)))
        assert RUST["intervention.core"].is_valid(document) == RUST["intervention.core.bundle"].is_valid(document)
        assert RUST["intervention.core"].is_valid(document) or not report.met
        assert for_children_alone == (report.verdict().answer == "not_given")

    holds()

    assert met.count(True) > len(met) / 8
    assert met.count(False) > len(met) / 8


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_taking_an_outcome_away_never_makes_the_core_schema_accept(kind: Kind) -> None:
    validator = RUST[f"{kind.name}.core"]

    @settings(max_examples=25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        document = data.draw(whole_records(kind))
        before = validator.is_valid(document)

        document[kind.held].remove(data.draw(st.sampled_from(document[kind.held])))

        assert before
        assert not validator.is_valid(document)

    holds()
