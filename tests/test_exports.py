"""An edition in the formats of other tools: whole files, words that no format likes, and the way back."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings

import made_up_editions
import mscos
from hostile_editions import EDITIONS, NASTY, fate_of, with_words
from mscos import Taxonomy, errors
from mscos.codebooks.hxl import find_tag_row, read_tag
from mscos.codebooks.reading import read_codebook
from mscos.exporters.chosen import Which, choose
from mscos.exporters.exporting import EXPORTERS
from mscos.exporters.statements import reference
from mscos.logframes import unshielded
from mscos.terms import AlternativeLabel, ConstructKind, DomainGrade, LabelGrade, OutcomeSet
from mscos.workbooks.sheets import read_sheet, sheet_names

ROOT = Path(__file__).parent.parent
EXPECTED = ROOT / "tests/data/exports"

OF_EXAMPLE1 = (
    "csv.csv",
    "csvw.json",
    "datapackage.json",
    "fhir-codesystem.json",
    "fhir-valueset.json",
    "hxl.csv",
    "redcap.csv",
    "skos-jsonld.jsonld",
    "skos-turtle.ttl",
    "xlsform-choices.csv",
)
OF_2023_1 = ("fhir-conceptmap-r4.json", "fhir-conceptmap-r5.json", "sssom-dodd.tsv", "sssom-imsa.tsv")
CROSSWALKS = tuple(name.partition(".")[0] for name in OF_2023_1)
WITH_ALL = tuple(name for name in EXPORTERS if name not in {"csvw", "json", *CROSSWALKS})
"""The formats that show every outcome that is asked for."""

FORMULA = re.compile(r"[\s\"\u00a0]*[=+\-@]")


def text_of(taxonomy: Taxonomy, form: str, outcomes: Which = "all") -> str:
    written = mscos.export(taxonomy, form, outcomes=outcomes)
    assert isinstance(written, str)
    return written


def workbook_of(taxonomy: Taxonomy, outcomes: Which = "all") -> bytes:
    written = mscos.export(taxonomy, "xlsform", outcomes=outcomes)
    assert isinstance(written, bytes)
    return written


def sheet(content: bytes, name: str) -> list[list[str]]:
    return [list(row) for row in read_sheet(content, "form.xlsx", name, name)]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def reread(text: str, folder: Path) -> Taxonomy:
    file = folder / "edition.json"
    file.write_bytes(text.encode())
    return mscos.read_taxonomy(file)


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mscos", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )


@pytest.mark.parametrize("name", OF_EXAMPLE1)
def test_the_made_up_edition_is_written_as_the_file_that_was_read_and_judged(name: str, example1: Taxonomy) -> None:
    expected = (EXPECTED / name).read_bytes().decode()

    assert text_of(example1, name.partition(".")[0]) == expected


@pytest.mark.parametrize("name", OF_2023_1)
def test_a_crosswalk_is_written_as_the_file_that_was_read_and_judged(name: str, edition: Taxonomy) -> None:
    expected = (EXPECTED / name).read_bytes().decode()

    assert text_of(edition, name.partition(".")[0]) == expected


def test_every_format_has_a_file_that_was_read_and_judged() -> None:
    there = {file.name for file in EXPECTED.iterdir()}

    assert there == {*OF_EXAMPLE1, *OF_2023_1}
    assert {name.partition(".")[0] for name in there} | {"json", "xlsform"} == set(EXPORTERS)


@pytest.mark.parametrize("name", mscos.editions())
def test_a_packaged_edition_is_exported_byte_for_byte(name: str) -> None:
    written = text_of(mscos.load_taxonomy(name), "json")

    assert written.encode() == (ROOT / f"src/mscos/data/{name}/taxonomy.json").read_bytes()


def test_the_workbook_holds_the_question_its_choices_and_every_outcome_explained(example1: Taxonomy) -> None:
    content = workbook_of(example1)

    assert sorted(sheet_names(content, "form.xlsx")) == ["about", "choices", "settings", "survey"]
    assert sheet(content, "survey") == [
        ["type", "name", "label", "hint", "instance::mscos"],
        [
            "select_multiple mscos_outcomes",
            "mscos_outcomes",
            "Which outcomes did this support work towards?",
            "This records what was done. It is no evidence that anything changed for a person.",
            "[mscos:soil kind=activity] [mscos:water kind=activity] [mscos:shade kind=activity] "
            "[mscos:ll1 kind=activity] [mscos:ll2 kind=activity] [mscos:ll3 kind=activity] [mscos:ll4 kind=activity]",
        ],
    ]
    assert sheet(content, "choices") == list(csv.reader(io.StringIO(text_of(example1, "xlsform-choices"))))
    assert sheet(content, "settings") == [
        ["form_title", "form_id", "version"],
        ["Outcomes, edition example1", "mscos_outcomes", "example1"],
    ]
    about = sheet(content, "about")
    assert [row[0] for row in about[:2]] == [
        "Nothing in this edition is about people. It exists for tests. "
        "Survivors have not yet reviewed the words that are this project's own.",
        "The words that are this project's own are under Apache-2.0. No licence was found for the prose of the "
        "sources, and none of it is copied; published labels are quoted with their sources.",
    ]
    assert about[2:] == list(csv.reader(io.StringIO(text_of(example1, "csv"))))


def said_in(taxonomy: Taxonomy, form: str, outcomes: Which = "all") -> str:
    """Give all that an export shows, as one text in which quotation marks may be escaped."""
    written = mscos.export(taxonomy, form, outcomes=outcomes)
    if isinstance(written, str):
        return written
    return str([sheet(written, name) for name in ("survey", "choices", "about")])


@pytest.mark.parametrize("form", WITH_ALL)
@pytest.mark.parametrize("outcomes", ["core", "longlist"])
def test_a_choice_of_outcomes_leaves_the_others_out(form: str, outcomes: Which, example1: Taxonomy) -> None:
    others = {"core": example1.longlist, "longlist": example1.core}[outcomes]

    said = said_in(example1, form, outcomes)

    assert [each.label for each in choose(example1, outcomes).outcomes if each.label not in said] == []
    assert [each.label for each in others if each.label in said or each.definition in said] == []


@pytest.mark.parametrize("outcomes", ["core", "longlist"])
def test_a_part_of_an_edition_is_not_written_as_an_edition(outcomes: Which, example1: Taxonomy) -> None:
    with pytest.raises(errors.OnlyWhole, match="holds a whole edition, never a part of one"):
        mscos.export(example1, "json", outcomes=outcomes)


@pytest.mark.parametrize("form", WITH_ALL)
def test_every_provisional_label_is_marked_in_words(form: str, edition: Taxonomy) -> None:
    said = said_in(edition, form)

    unmarked = [
        outcome.id
        for outcome in edition.longlist
        if outcome.mark not in said[said.index(outcome.label) :].split(outcome.label, 2)[1][:600]
    ]
    assert unmarked == []


@pytest.mark.parametrize("form", CROSSWALKS)
def test_a_crosswalk_marks_a_label_that_is_provisional(form: str, edition: Taxonomy) -> None:
    outcomes = [replace(each, label_grade=LabelGrade.ADAPTED) if each.id == "housing" else each for each in edition]

    said = text_of(replace(edition, outcomes=tuple(outcomes)), form)

    mark = "[provisional: drafted by this project, not MS-COS wording]"
    assert 0 < said.count("Secure and suitable housing") == said.count(f"Secure and suitable housing {mark}")


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("csv", ",withdrawn,ll4 soil,"),
        ("fhir-codesystem", '"code": "successor",\n          "valueCode": "ll4"'),
        ("fhir-codesystem", '"valueCode": "retired"'),
        ("hxl", ",withdrawn,ll4 soil,"),
        ("skos-jsonld", '"dct:isReplacedBy": [\n        {\n          "@id": "https://w3id.org/mscos/example1/outcome/ll4"'),
        ("skos-turtle", "    owl:deprecated true ;\n    dct:isReplacedBy <https://w3id.org/mscos/example1/outcome/ll4>, "),
        ("xlsform", "'withdrawn', 'll4 soil'"),
        ("xlsform-choices", ",withdrawn,ll4 soil"),
    ],
)  # fmt: skip
def test_what_became_of_an_identifier_is_in_the_export(
    form: str, place: str, example1: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said_in(example1, form)
    monkeypatch.setattr("mscos.exporters.chosen.fate_of", fate_of)

    after = said_in(example1, form)

    assert place not in before
    assert place in after


@given(edition=EDITIONS)
@example(edition=with_words("a\r\nb", "=1", "@x"))
@settings(max_examples=60)
def test_every_cell_of_the_table_comes_back_and_none_is_a_formula(edition: Taxonomy) -> None:
    rows = table(text_of(edition, "csv"))

    assert [row["id"] for row in rows] == [outcome.id for outcome in edition]
    for row, outcome in zip(rows, edition, strict=True):
        assert not any(FORMULA.match(cell) for cell in row.values())
        assert unshielded(row["label"]) == unshielded(outcome.label)
        assert unshielded(row["definition"]) == unshielded(outcome.definition)
        assert row["mark"] == outcome.mark


def test_the_table_holds_every_outcome_of_the_edition_but_whose_its_other_labels_are(edition: Taxonomy) -> None:
    rows = table(text_of(edition, "csv"))

    outcomes = tuple(
        mscos.Outcome(
            id=row["id"],
            set=OutcomeSet(row["set"]),
            domain=row["domain"],
            domain_grade=DomainGrade(row["domain_grade"]),
            label=row["label"],
            label_grade=LabelGrade(row["label_grade"]),
            definition=row["definition"],
            construct_kind=ConstructKind(row["construct_kind"]),
            sources=tuple(row["sources"].split()),
            evidence=row["evidence"],
            published_list=row["published_list"] or None,
        )
        for row in rows
    )
    assert outcomes == tuple(replace(outcome, alternative_labels=()) for outcome in edition)


@given(edition=made_up_editions.editions())
@settings(max_examples=40)
def test_an_edition_as_json_is_read_back_as_the_same_edition(
    edition: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = reread(text_of(edition, "json"), tmp_path_factory.getbasetemp())

    assert replace(again, fingerprint=edition.fingerprint) == edition


@given(edition=EDITIONS)
@settings(max_examples=40)
def test_json_of_every_kind_can_be_parsed_and_holds_the_words(edition: Taxonomy) -> None:
    graph = json.loads(text_of(edition, "skos-jsonld"))["@graph"]
    codes = json.loads(text_of(edition, "fhir-codesystem"))["concept"]
    fields = json.loads(text_of(edition, "datapackage"))["resources"][0]["schema"]["fields"]
    marked = edition["ll3"].marked_label

    concept = next(each for each in graph if each.get("skos:notation") == "ll3")
    assert concept["skos:prefLabel"]["@value"] == edition["ll3"].label
    assert {"value": "ll3", "label": marked} in fields[0]["categories"]
    code = next(each for each in codes if each["code"] == "ll3")
    assert code["display"].replace(" ", "") == "".join(c for c in marked if c.isprintable()).replace(" ", "")
    assert all(each == " ".join(each.split()) and each for each in texts(codes))


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


@given(edition=EDITIONS)
@settings(max_examples=40)
def test_the_choices_of_redcap_are_one_for_each_outcome_and_pipe_nothing(
    edition: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = text_of(edition, "redcap")
    file = tmp_path_factory.getbasetemp() / "dictionary.csv"
    file.write_bytes(text.encode())

    choices = table(text)[1]["Choices, Calculations, OR Slider Labels"]
    codebook = read_codebook(file)
    variable = codebook.variables[1]

    assert [choice.partition(",")[0].strip() for choice in choices.split("|")] == [each.id for each in edition]
    assert not re.search(r"[\[\]<>\n\r]", choices)
    assert [each.outcome for each in variable.annotations][-7:] == [outcome.id for outcome in edition][-7:]
    assert variable.columns == tuple(f"mscos_outcomes___{outcome.id}" for outcome in edition)


@pytest.mark.parametrize("form", ["redcap", "xlsform"])
@pytest.mark.parametrize("outcomes", ["core", "all"])
def test_a_box_to_tick_is_no_evidence_that_an_outcome_was_asked_about(
    form: str, outcomes: Which, edition: Taxonomy, tmp_path: Path
) -> None:
    written = mscos.export(edition, form, outcomes=outcomes)
    file = tmp_path / ("form.xlsx" if isinstance(written, bytes) else "form.csv")
    file.write_bytes(written if isinstance(written, bytes) else written.encode())

    report = mscos.check_design(file)

    assert report.headline.startswith("0 of 7 core outcomes can be reported.")
    variable = next(each for each in read_codebook(file).variables if each.name == "mscos_outcomes")
    assert {each.outcome for each in variable.annotations} == {each.id for each in choose(edition, outcomes).outcomes}
    assert {each.kind for each in variable.annotations} == {"activity"}


@given(edition=EDITIONS)
@settings(max_examples=15)
def test_the_workbook_shows_every_label_on_one_line_and_refers_to_no_question(edition: Taxonomy) -> None:
    rows = sheet(workbook_of(edition), "choices")

    assert [row[1] for row in rows[1:]] == [outcome.id for outcome in edition]
    for row in rows:
        assert not any("${" in cell or "\n" in cell or "\t" in cell for cell in row)


@given(edition=EDITIONS)
@settings(max_examples=40)
def test_every_hxl_tag_is_read_back_as_its_outcome(edition: Taxonomy) -> None:
    rows = list(csv.reader(io.StringIO(text_of(edition, "hxl"))))

    assert find_tag_row(rows) == 1
    named = [[each.outcome for each in read_tag(row[0]).annotations] for row in rows[2:]]
    assert named == [[outcome.id] for outcome in edition]


@pytest.mark.parametrize("label", NASTY)
def test_a_mapping_stays_on_its_line_whatever_the_label_holds(label: str, edition: Taxonomy) -> None:
    outcomes = tuple(replace(each, label=label) if each.id == "housing" else each for each in edition)
    changed = replace(edition, outcomes=outcomes)

    lines = text_of(changed, "sssom-imsa").split("\n")

    rows = [line for line in lines if not line.startswith("#")]
    parsed = list(csv.reader(rows, dialect="excel-tab"))
    assert len(lines) == len(text_of(edition, "sssom-imsa").split("\n"))
    assert {len(row) for row in parsed if row} == {9}
    assert parsed[1][0] == "outcome:housing"
    assert not FORMULA.match(parsed[1][1])


@pytest.mark.parametrize("form", CROSSWALKS)
def test_a_crosswalk_that_says_nothing_of_the_outcomes_is_not_written(
    form: str, edition: Taxonomy, example1: Taxonomy
) -> None:
    with pytest.raises(errors.NothingToExport, match=r"edition '2023\.1' has no such outcome for this export"):
        mscos.export(edition, form, outcomes="longlist")
    with pytest.raises(errors.NothingToExport, match="edition 'example1' has"):
        mscos.export(example1, form)
    assert mscos.export(edition, form, outcomes="core") == mscos.export(edition, form)


def test_an_edition_without_a_long_list_has_none_to_export(example1: Taxonomy) -> None:
    only_core = replace(example1, outcomes=example1.core)

    with pytest.raises(errors.NothingToExport):
        mscos.export(only_core, "csv", outcomes="longlist")


def test_a_choice_that_is_none_is_named(example1: Taxonomy) -> None:
    with pytest.raises(ValueError, match="name the outcomes as one of: core, longlist, all"):
        mscos.export(example1, "csv", outcomes="some")  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [errors.UnknownExport(("csv",)), errors.NothingToExport("x"), errors.OnlyWhole()])
def test_every_refusal_survives_another_process(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (type(again), str(again)) == (type(error), str(error))


def test_no_cell_of_the_packaged_edition_is_changed_by_the_apostrophe(edition: Taxonomy) -> None:
    for form in ("csv", "hxl", "redcap", "xlsform-choices"):
        cells = {cell for row in csv.reader(io.StringIO(text_of(edition, form))) for cell in row}
        assert {unshielded(cell) for cell in cells} == cells


def test_a_fragment_of_the_code_system_says_that_it_is_one(example1: Taxonomy) -> None:
    contents = {
        which: json.loads(text_of(example1, "fhir-codesystem", which))["content"]
        for which in ("core", "longlist", "all")
    }

    assert contents == {"core": "fragment", "longlist": "fragment", "all": "complete"}


def test_a_code_system_of_reviewed_and_published_words_is_active(example1: Taxonomy) -> None:
    final = tuple(replace(each, label_grade=LabelGrade.PUBLISHED) for each in example1)
    settled = replace(example1, outcomes=final, reviewed_by_survivors=True)

    assert json.loads(text_of(settled, "fhir-codesystem"))["status"] == "active"
    assert json.loads(text_of(replace(settled, reviewed_by_survivors=False), "fhir-codesystem"))["status"] == "draft"
    assert "Survivors have reviewed the words" in text_of(settled, "skos-turtle")


def test_a_name_that_no_file_can_have_is_written_otherwise(example1: Taxonomy) -> None:
    strange = replace(example1, edition="../My edition")

    assert json.loads(text_of(strange, "csvw"))["url"] == "mscos-..-my-edition-all.csv"
    assert json.loads(text_of(strange, "fhir-valueset"))["id"] == "mscos-all-outcomes-..-my-edition"
    assert "<https://w3id.org/mscos/..%2FMy%20edition/outcome/soil>" in text_of(strange, "skos-turtle")


@pytest.mark.parametrize("form", ["skos-turtle", "datapackage", "sssom-imsa"])
def test_the_same_edition_gives_the_same_bytes_in_every_process(form: str) -> None:
    written = {run("export", form, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}

    assert len(written) == 1


def test_what_yaml_cannot_hold_is_not_in_the_metadata_of_mappings(edition: Taxonomy) -> None:
    sources = tuple(replace(source, title="a\u0085b\nc") for source in edition.sources)

    said = text_of(replace(edition, sources=sources), "sssom-imsa")

    assert ". a b c. " in said
    assert "\u0085" not in said


def test_no_label_stands_beside_itself_in_a_thesaurus(example1: Taxonomy) -> None:
    same = AlternativeLabel(label="Rich, living soil", source="green-2001")
    outcomes = tuple(replace(o, alternative_labels=(same,)) if o.id == "soil" else o for o in example1)
    domains = tuple(replace(domain, long_label=domain.label) for domain in example1.domains)

    said = text_of(replace(example1, outcomes=outcomes, domains=domains), "skos-turtle")

    assert "skos:altLabel" not in said


def test_an_address_holds_nothing_that_would_end_it(example1: Taxonomy) -> None:
    sources = tuple(replace(source, url='https://a.test/x> a <b "c"\n#%20d') for source in example1.sources)

    said = text_of(replace(example1, sources=sources), "skos-turtle")

    assert "rdfs:seeAlso <https://a.test/x%3E%20a%20%3Cb%20%22c%22%0A#%20d> .\n" in said


def test_the_sources_are_those_of_what_is_shown(edition: Taxonomy) -> None:
    shown = {source["title"] for source in json.loads(text_of(edition, "datapackage", "core"))["sources"]}

    assert [source.id for source in edition.sources if reference(source) in shown] == [
        "project-spelling",
        "pec-2023",
        "gtr-ah-v012932-1",
        "pec-blog-2022",
        "pec-longlist-2022",
        "mscos-site",
        "jannesari-2024",
        "comet-2317",
    ]


def test_a_cell_of_the_workbook_holds_only_what_its_file_can_hold() -> None:
    content = workbook_of(with_words("a\uffff", "b\ufffe", "c"))

    (row,) = (row for row in sheet(content, "about") if row[0] == "ll3")
    assert row[1:4:2] == ["a\ufffd9", "b\ufffd"]


def test_the_workbook_holds_no_date_of_today(example1: Taxonomy) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_of(example1))) as parts:
        dates = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts.read("docProps/core.xml").decode())

    assert dates == ["2023-01-01T00:00:00Z", "2023-01-01T00:00:00Z"]


def test_the_workbook_is_the_same_file_each_time(example1: Taxonomy) -> None:
    assert workbook_of(example1) == workbook_of(example1)


def test_the_command_lists_the_formats_when_it_is_given_none() -> None:
    done = run("export")

    assert done.returncode == 0
    assert done.stdout == "".join(f"{name:<20}{each.what}\n" for name, each in EXPORTERS.items())


def test_the_command_writes_to_a_file_or_the_screen(tmp_path: Path, edition: Taxonomy) -> None:
    shown = run("export", "csv", "--edition", "2023.1", "--outcomes", "core")
    saved = run("export", "csv", "--outcomes", "core", "--output", tmp_path / "core.csv")
    book = run("export", "xlsform", "--output", tmp_path / "form.xlsx")

    assert (shown.returncode, saved.returncode, book.returncode) == (0, 0, 0)
    assert shown.stdout == text_of(edition, "csv", "core") == (tmp_path / "core.csv").read_text(encoding="utf-8")
    assert (tmp_path / "form.xlsx").read_bytes() == workbook_of(edition)
    assert (saved.stdout, book.stdout) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), f"mscos: there is no such format to export to (have: {', '.join(EXPORTERS)})\n"),
        (("json", "--outcomes", "core"), "mscos: this format holds a whole edition, never a part of one; leave --outcomes out\n"),
        (("sssom-imsa", "--outcomes", "longlist"), "mscos: edition '2023.1' has no such outcome for this export; ask for other ones with --outcomes\n"),
        (("csv", "--edition", "1999.1"), "mscos: no edition '1999.1' is packaged (have: 2023.1)\n"),
        (("xlsform",), "Error: A workbook cannot be shown here: name a file with --output.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    done = run("export", *arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.endswith(said)


def test_a_workbook_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    done = run("export", "xlsform", "--output", tmp_path / "nowhere" / "form.xlsx")

    assert done.returncode == 2
    assert done.stderr.endswith("form.xlsx: No such file or directory.\n")
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, example1: Taxonomy
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(mscos.MissingExtra, match=r"pip install 'mscos\[excel\]'"):
        mscos.export(example1, "xlsform")


def blocks(language: str) -> list[str]:
    page = (ROOT / "docs/exports.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_page_writes_the_file_that_it_names(tmp_path: Path) -> None:
    commands = [line.split() for block in blocks("sh") for line in block.splitlines()]

    for program, *arguments in commands:
        assert program == "mscos"
        done = subprocess.run(
            [sys.executable, "-m", "mscos", *arguments], capture_output=True, cwd=tmp_path, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")

    assert {file.name for file in tmp_path.iterdir()} == {line[-1] for line in commands if "--output" in line}
    assert {line[2] for line in commands if len(line) > 2} == set(EXPORTERS)
    described = json.loads((tmp_path / "datapackage.json").read_bytes())["resources"][0]["path"]
    url = json.loads((tmp_path / "mscos-2023.1-all.csv-metadata.json").read_bytes())["url"]
    assert (tmp_path / described).is_file()
    assert url == described


def test_the_python_of_the_page_runs() -> None:
    (block,) = blocks("python")

    done = subprocess.run([sys.executable, "-c", block], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


def test_the_page_names_every_format() -> None:
    page = (ROOT / "docs/exports.md").read_text(encoding="utf-8")

    assert [name for name in EXPORTERS if f"`{name}`" not in page] == []


@given(edition=made_up_editions.editions())
@settings(max_examples=20)
def test_what_is_no_longer_in_use_is_explained_and_nobody_is_asked_about_it(edition: Taxonomy) -> None:
    current, gone = [each.id for each in edition.outcomes], {each.id for each in edition.withdrawn}
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(text_of(edition, "csv")))}
    choices = [row["name"] for row in csv.DictReader(io.StringIO(text_of(edition, "xlsform-choices")))]
    fields = list(csv.DictReader(io.StringIO(text_of(edition, "redcap"))))
    tags = text_of(edition, "hxl")

    assert {identifier for identifier, row in table.items() if row["status"] == "withdrawn"} == gone
    for identifier in gone:
        successors = [each.id for each in edition.successors(identifier)]
        assert table[identifier]["successors"].split() == successors
    assert choices == current
    offered = fields[1]["Choices, Calculations, OR Slider Labels"].split(" | ")
    assert [choice.partition(",")[0] for choice in offered] == current
    assert set(re.findall(r"#indicator\+mscos\+(\w+)", tags)) == set(current)
