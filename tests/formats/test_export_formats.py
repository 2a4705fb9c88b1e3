"""Other tools read what we export: each must accept it, and each must notice when it is damaged."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import mscos
from hostile_editions import EDITIONS, NASTY, with_words
from mscos import Taxonomy

if os.environ.get("MSCOS_FORMATS") != "1":
    pytest.skip("formats: not tried", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("default")  # what other tools warn of is not ours to mend

SHAPES = Path(__file__).with_name("skos.shapes.ttl")
SKOS = "http://www.w3.org/2004/02/skos/core#"
OF_FHIR = (
    ("fhir-codesystem", "codesystem", "CodeSystem", ("", ".R4B")),
    ("fhir-valueset", "valueset", "ValueSet", ("", ".R4B")),
    ("fhir-conceptmap-r4", "conceptmap", "ConceptMap", (".R4B",)),
    ("fhir-conceptmap-r5", "conceptmap", "ConceptMap", ("",)),
)
FHIR = [(form, f"fhir.resources{release}.{module}", name) for form, module, name, all_ in OF_FHIR for release in all_]


def text_of(taxonomy: Taxonomy, form: str) -> str:
    written = mscos.export(taxonomy, form)
    assert isinstance(written, str)
    return written


# The tools are imported by name: mypy runs without them.


def graph(text: str, form: str = "turtle") -> Any:  # noqa: ANN401 - the same
    return import_module("rdflib").Graph().parse(data=text, format=form)


def conforms(data: Any) -> tuple[bool, str]:  # noqa: ANN401 - the same
    found, _, said = import_module("pyshacl").validate(data, shacl_graph=str(SHAPES))
    return bool(found), str(said)


def test_turtle_and_json_ld_are_one_graph(edition: Taxonomy) -> None:
    turtle, json_ld = graph(text_of(edition, "skos-turtle")), graph(text_of(edition, "skos-jsonld"), "json-ld")

    assert len(turtle) > 900
    assert import_module("rdflib.compare").isomorphic(turtle, json_ld)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(edition=EDITIONS)
def test_any_words_come_back_out_of_turtle(edition: Taxonomy) -> None:
    turtle, json_ld = graph(text_of(edition, "skos-turtle")), graph(text_of(edition, "skos-jsonld"), "json-ld")

    outcome = edition["ll3"]
    labels = {str(label) for label in turtle.objects(predicate=import_module("rdflib").URIRef(f"{SKOS}prefLabel"))}
    defined = {str(text) for text in turtle.objects(predicate=import_module("rdflib").URIRef(f"{SKOS}definition"))}
    assert outcome.label in labels
    assert outcome.definition in defined
    assert import_module("rdflib.compare").isomorphic(turtle, json_ld)


def test_the_thesaurus_holds_every_outcome_of_the_edition(edition: Taxonomy) -> None:
    query = f"""
        PREFIX skos: <{SKOS}> PREFIX mscos: <https://w3id.org/mscos/terms/>
        SELECT ?id ?label ?definition ?domain ?set ?grade ?domain_grade ?kind WHERE {{
            ?outcome skos:notation ?id; skos:prefLabel ?label; skos:definition ?definition;
                skos:broader/skos:notation ?domain; mscos:outcomeSet ?set; mscos:labelGrade ?grade;
                mscos:domainGrade ?domain_grade; mscos:constructKind ?kind }}"""

    found = {tuple(map(str, row)) for row in graph(text_of(edition, "skos-turtle")).query(query)}

    assert found == {
        (o.id, o.label, o.definition, o.domain, o.set, o.label_grade, o.domain_grade, o.construct_kind) for o in edition
    }


@pytest.mark.parametrize("form", ["skos-turtle", "skos-jsonld"])
def test_the_thesaurus_has_the_shape_of_one(form: str, edition: Taxonomy, example1: Taxonomy) -> None:
    for taxonomy in (edition, example1):
        data = graph(text_of(taxonomy, form), {"skos-turtle": "turtle", "skos-jsonld": "json-ld"}[form])

        assert conforms(data) == (True, "Validation Report\nConforms: True\n")


@pytest.mark.parametrize(
    "damage",
    [
        ('    skos:prefLabel "Birdsong"@en ;\n', ""),
        ('"Birdsong"@en ;', '"Birdsong"@en, "Song"@en ;'),
        ("The label is provisional: our label", "The label is our label"),
        ("The definition is in this project's own words", "The definition is theirs"),
        ('mscos:labelGrade "theme"', 'mscos:labelGrade "sure"'),
        ("mscos:reviewedBySurvivors false", 'mscos:reviewedBySurvivors "no"'),
        ("    dct:license <https://www.apache.org/licenses/LICENSE-2.0> ;\n", ""),
        ("skos:broader <https://w3id.org/mscos/example1/domain/d2>", "skos:broader <https://elsewhere.test/d2>"),
        ("a dct:BibliographicResource", "a dct:Agent"),
    ],
)
def test_a_broken_thesaurus_is_noticed(damage: tuple[str, str], example1: Taxonomy) -> None:
    whole = text_of(example1, "skos-turtle")
    broken = whole.replace(*damage)

    assert broken != whole
    assert not conforms(graph(broken))[0]


@pytest.mark.parametrize(("form", "module", "name"), FHIR)
def test_fhir_reads_the_resource_and_keeps_all_of_it(form: str, module: str, name: str, edition: Taxonomy) -> None:
    model = getattr(import_module(module), name)
    text = text_of(edition, form)

    resource = model.model_validate_json(text)

    assert json.loads(resource.model_dump_json()) == json.loads(text)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(edition=EDITIONS)
def test_fhir_takes_any_words(edition: Taxonomy) -> None:
    for form, module, name in FHIR[:4]:
        assert getattr(import_module(module), name).model_validate_json(text_of(edition, form))


@pytest.mark.parametrize(("form", "module", "name"), FHIR)
@pytest.mark.parametrize("damage", [('"status": "draft",', ""), ('"code":', '"kode":'), ('"id": "', '"id": "a b')])
def test_fhir_notices_a_broken_resource(
    form: str, module: str, name: str, damage: tuple[str, str], edition: Taxonomy
) -> None:
    model = getattr(import_module(module), name)
    broken = text_of(edition, form).replace(*damage, 1)

    with pytest.raises(ValueError, match="validation error"):
        model.model_validate_json(broken)


def test_a_concept_map_of_one_release_is_not_one_of_the_other(edition: Taxonomy) -> None:
    for form, _, name in FHIR[4:]:
        other = {"fhir-conceptmap-r4": "", "fhir-conceptmap-r5": ".R4B"}[form]
        model = getattr(import_module(f"fhir.resources{other}.conceptmap"), name)
        with pytest.raises(ValueError, match="validation error"):
            model.model_validate_json(text_of(edition, form))


def table_in(folder: Path, taxonomy: Taxonomy) -> tuple[Path, Path]:
    """Write the table, with what describes it in both ways; give the two descriptions."""
    url = json.loads(text_of(taxonomy, "csvw"))["url"]
    (folder / url).write_bytes(text_of(taxonomy, "csv").encode())
    csvw, package = folder / f"{url}-metadata.json", folder / "datapackage.json"
    csvw.write_bytes(text_of(taxonomy, "csvw").encode())
    package.write_bytes(text_of(taxonomy, "datapackage").encode())
    return csvw, package


def is_valid_csvw(description: Path) -> bool:
    try:
        return bool(import_module("csvw").CSVW(str(description), validate=True).is_valid)
    except ValueError:  # a key that stands twice
        return False


def test_csvw_reads_the_table_by_what_we_say_of_it(edition: Taxonomy, tmp_path: Path) -> None:
    read = import_module("csvw").CSVW(str(table_in(tmp_path, edition)[0]), validate=True)

    assert (read.is_valid, read.warnings) == (True, [])
    rows = list(read.tables[0])
    assert [(row["id"], row["label"], tuple(row["sources"])) for row in rows] == [
        (outcome.id, outcome.label, outcome.sources) for outcome in edition
    ]
    assert {row["reviewed_by_survivors"] for row in rows} == {False}
    assert read.to_json(minimal=True)[0]["@id"] == "https://w3id.org/mscos/2023.1/outcome/housing"


@pytest.mark.parametrize(
    "damage", [("housing,Secure", ",Secure"), ("safety,Safety", "housing,Safety"), (",false,", ",perhaps,")]
)
def test_csvw_notices_a_damaged_table(damage: tuple[str, str], edition: Taxonomy, tmp_path: Path) -> None:
    description = table_in(tmp_path, edition)[0]
    table = tmp_path / "mscos-2023.1-all.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(*damage, 1), encoding="utf-8")

    assert not is_valid_csvw(description)


def test_frictionless_accepts_the_package_and_the_codes_in_it(edition: Taxonomy, tmp_path: Path) -> None:
    frictionless = import_module("frictionless")
    package = table_in(tmp_path, edition)[1]

    report = frictionless.validate(str(package))

    assert report.flatten(["type", "message"]) == []
    assert report.valid
    field = frictionless.Package(str(package)).resources[0].schema.get_field("id").to_descriptor()
    assert field["categories"] == [{"value": outcome.id, "label": outcome.marked_label} for outcome in edition]


@pytest.mark.parametrize(
    ("damage", "noticed"),
    [
        (("safety,Safety", "saftey,Safety"), "constraint-error"),
        (("safety,Safety", "housing,Safety"), "primary-key"),
        ((",false,", ",perhaps,"), "type-error"),
        (("A survivor has", "A survivor had"), "hash-count"),
    ],
)
def test_frictionless_notices_a_damaged_table(
    damage: tuple[str, str], noticed: str, edition: Taxonomy, tmp_path: Path
) -> None:
    package = table_in(tmp_path, edition)[1]
    table = tmp_path / "mscos-2023.1-all.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(*damage, 1), encoding="utf-8")
    described = json.loads(package.read_bytes())
    if noticed != "hash-count":  # else the fingerprint is all that it says
        del described["resources"][0]["hash"], described["resources"][0]["bytes"]
    package.write_text(json.dumps(described), encoding="utf-8")

    report = import_module("frictionless").validate(str(package))

    assert noticed in [each for (each,) in report.flatten(["type"])]


def faults_of_mappings(text: str, folder: Path, log: pytest.LogCaptureFixture) -> tuple[Any, list[str]]:
    """Read mappings; give them and all that the tool complains of, in reports and in its log."""
    file = folder / "mappings.sssom.tsv"
    file.write_bytes(text.encode())
    # Not strict: sssom 0.4.21 then refuses every file whose metadata are in order.
    read = import_module("sssom.parsers").parse_sssom_table(file)
    reports = import_module("sssom.validators").validate(read, fail_on_error=False)
    warned = [record.message for record in log.records if record.name.startswith("sssom")]
    return read, [*warned, *(result.message for report in reports.values() for result in report.results)]


@pytest.mark.parametrize(("form", "number"), [("sssom-imsa", 19), ("sssom-dodd", 10)])
def test_sssom_accepts_the_mappings(
    form: str, number: int, edition: Taxonomy, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read, faults = faults_of_mappings(text_of(edition, form), tmp_path, caplog)

    assert faults == []
    assert read.metadata["license"] == "https://www.apache.org/licenses/LICENSE-2.0"
    assert len(read.df) == number
    assert {*read.df["predicate_id"]} == {"skos:relatedMatch"}


@pytest.mark.parametrize("label", NASTY)
def test_sssom_takes_any_label(label: str, tmp_path: Path, edition: Taxonomy, caplog: pytest.LogCaptureFixture) -> None:
    outcomes = tuple(replace(each, label=label) if each.id == "housing" else each for each in edition)

    read, faults = faults_of_mappings(text_of(replace(edition, outcomes=outcomes), "sssom-imsa"), tmp_path, caplog)

    assert faults == []
    assert len(read.df) == 19


@pytest.mark.parametrize(
    "damage",
    [
        ("#license:", "#licence:"),
        ("semapv:ManualMappingCuration", "by hand"),
        ('#  area: "https://w3id.org/mscos/reference/imsa/"\n', ""),
    ],
)
def test_sssom_notices_broken_mappings(
    damage: tuple[str, str], edition: Taxonomy, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _, faults = faults_of_mappings(text_of(edition, "sssom-imsa").replace(*damage), tmp_path, caplog)

    assert faults != []


def converted(content: bytes, folder: Path) -> tuple[str, list[str]]:
    file = folder / "form.xlsx"
    file.write_bytes(content)
    warnings: list[str] = []
    result = import_module("pyxform.xls2xform").convert(file, warnings=warnings)
    return str(result.xform), warnings


def workbook_of(taxonomy: Taxonomy) -> bytes:
    written = mscos.export(taxonomy, "xlsform")
    assert isinstance(written, bytes)
    return written


def test_pyxform_makes_a_form_of_the_workbook(edition: Taxonomy, tmp_path: Path) -> None:
    form, warnings = converted(workbook_of(edition), tmp_path)

    assert warnings == []
    assert form.count("<item>") == len(edition)
    assert '<data id="mscos_outcomes" version="2023.1">' in form
    assert "<label>Having a voice [provisional: drafted by this project, not MS-COS wording]</label>" in form


@pytest.mark.parametrize("label", NASTY)
def test_pyxform_takes_any_label(label: str, tmp_path: Path) -> None:
    form, _ = converted(workbook_of(with_words(label, label, label)), tmp_path)

    assert form.count("<item>") == 7


def test_pyxform_notices_a_broken_form(example1: Taxonomy, tmp_path: Path) -> None:
    openpyxl = import_module("openpyxl")
    file = tmp_path / "form.xlsx"
    file.write_bytes(workbook_of(example1))
    book = openpyxl.load_workbook(file)
    book["choices"]["A1"] = "lists"
    book.save(file)

    with pytest.raises(Exception, match="choices"):
        converted(file.read_bytes(), tmp_path)
