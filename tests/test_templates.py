"""Templates: what is written can be read, and filled in it shows the outcomes that were asked for and no others."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mscos
from filled_templates import FILLED, filled_record
from mscos.canonical import OPTIONAL, REQUIRED
from mscos.cli.templating import KINDS, RECORDS
from mscos.codebooks.reading import read_codebook
from mscos.conformance import check_design
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.records.reading import read_any
from mscos.reference import find_deficit_words, load_instruments
from mscos.templates import wording
from mscos.templates.canonical_workbook import COLUMNS
from mscos.templates.listed import TEMPLATES
from mscos.templates.plan import OWN, Plan, plan
from mscos.templates.xlsform import SURVEY

ROOT = Path(__file__).parent.parent
EDITION = "2023.1"
ALL = mscos.load_taxonomy(EDITION).outcomes
CORE = [outcome.id for outcome in ALL if outcome.is_core]
WRITERS = [(kind, ending) for kind, writers in TEMPLATES.items() for ending in writers]
FORMS = [("xlsform", ".xlsx"), ("xlsform", ".csv"), ("redcap", ".csv"), ("csv", ".csv")]
INSTRUMENTS = [each.id for each in load_instruments().values() if each.id not in OWN]

SURVEY_HEAD = ("type", "name", "required", "constraint", "instance::mscos")

each_writer = pytest.mark.parametrize(("kind", "ending"), WRITERS)
each_form = pytest.mark.parametrize(("kind", "ending"), FORMS)
each_filled = pytest.mark.parametrize("kind", FILLED)
subsets = st.sets(st.sampled_from([outcome.id for outcome in ALL]), min_size=1, max_size=9)


def files_of(kind: str, ending: str, asked: Plan) -> dict[str, bytes]:
    return dict(TEMPLATES[kind][ending](asked))


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mscos", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def statuses(report: mscos.Report) -> dict[str, str]:
    return {line.outcome: line.status.value for line in (*report.core, *report.longlist)}


def designed(asked: Plan, kind: str, ending: str, folder: Path) -> mscos.Report:
    files = files_of(kind, ending, asked)
    form = folder / "form.schema.json" if ".schema.json" in files else folder / f"form{ending}"
    form.write_bytes(files[".schema.json" if ".schema.json" in files else ending])
    return check_design(form)


def checked(asked: Plan, kind: str, folder: Path) -> mscos.Report:
    filled = FILLED[kind](asked, folder)
    table = mscos.read_table(filled.data, sheet=filled.sheet)
    return mscos.check(data=table, codebook=filled.codebook)


@each_filled
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(wanted=subsets)
def test_a_template_that_is_filled_in_shows_exactly_its_outcomes_over_time(kind: str, wanted: set[str]) -> None:
    asked = plan(EDITION, wanted)

    with TemporaryDirectory() as folder:
        report = checked(asked, kind, Path(folder))

    found = {outcome for outcome, status in statuses(report).items() if status == "collected_over_time"}
    others = {status for outcome, status in statuses(report).items() if outcome not in wanted}
    assert found == wanted
    assert others <= {"left_out"}
    assert report.met == (set(CORE) <= wanted)


@each_form
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(wanted=subsets, instruments=st.sets(st.sampled_from(INSTRUMENTS), max_size=3))
def test_a_form_can_report_exactly_the_outcomes_that_it_was_made_for(
    kind: str, ending: str, wanted: set[str], instruments: set[str]
) -> None:
    asked = plan(EDITION, wanted, sorted(instruments))

    with TemporaryDirectory() as folder:
        report = designed(asked, kind, ending, Path(folder))

    assert {outcome for outcome, status in statuses(report).items() if status == "planned"} == wanted
    assert report.met == (set(CORE) <= wanted)


@each_filled
def test_a_full_template_that_is_filled_in_is_met_and_nothing_more_is_said_of_its_answers(
    kind: str, tmp_path: Path
) -> None:
    report = checked(plan(EDITION), kind, tmp_path)

    assert report.headline == "7 of 7 core outcomes are collected."
    assert report.complete
    assert [finding.rule for finding in report.findings] == []


@each_filled
def test_scores_of_every_instrument_beside_the_questions_change_no_status(kind: str, tmp_path: Path) -> None:
    report = checked(plan(EDITION, ["safety", "medical"], INSTRUMENTS), kind, tmp_path)

    found = [line.outcome for line in report.core if line.status.value == "collected_over_time"]
    assert found == ["safety", "medical"]


@each_writer
def test_the_same_plan_gives_the_same_bytes(kind: str, ending: str) -> None:
    asked = plan(EDITION, ["all"], ["phq-9"])

    assert files_of(kind, ending, asked) == files_of(kind, ending, asked)


@each_writer
def test_every_template_says_what_it_must(kind: str, ending: str) -> None:
    files = files_of(kind, ending, plan(EDITION, ["all"]))
    text = " ".join(text_of(content, name) for name, content in files.items())

    assert [outcome.id for outcome in ALL if outcome.id not in text] == []
    if ending != ".json":  # which holds no comments
        assert wording.WHAT_NOT_HOW in text
        assert [outcome.id for outcome in ALL if outcome.mark and outcome.mark not in text] == []


@pytest.mark.parametrize(("kind", "ending"), [writer for writer in WRITERS if writer[1] != ".xlsx"])
def test_no_provisional_label_stands_without_its_mark(kind: str, ending: str) -> None:
    for content in files_of(kind, ending, plan(EDITION, ["all"])).values():
        text = content.decode()

        assert {each.id for each in ALL if text.count(each.label) != text.count(each.marked_label)} == set()


def test_the_workbook_has_the_mark_beside_each_label() -> None:
    content = files_of("xlsx", ".xlsx", plan(EDITION, ["all"]))[".xlsx"]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))

    rows = book.get_sheet_by_name("outcomes").to_python()

    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [(each.id, each.label, each.mark) for each in ALL]


def test_the_workbook_explains_itself() -> None:
    content = files_of("xlsx", ".xlsx", plan(EDITION))[".xlsx"]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))

    lines = [row[0] for row in book.get_sheet_by_name("read me").to_python()]

    fingerprint = mscos.load_taxonomy(EDITION).fingerprint
    assert lines == [
        "MS-COS outcomes: template, edition 2023.1",
        f"Edition 2023.1, sha256 {fingerprint}",
        "",
        "MS-COS says what to report, not how to measure it. No instruments were agreed, and none is implied here.",
        "The definitions are this project's own.",
        "Survivors have not reviewed this template.",
        "",
        "Before you ask anybody",
        "Agree the questions, the answers and the time points with survivors, and try them out first.",
        "Agree beforehand what you do if an answer shows that somebody needs help at once.",
        "Tell people what the answers are for, and that they may decline any question.",
        "",
        "How to fill in the sheet called data",
        "Write one row for each answer: one person, one time point, one outcome.",
        "participant: A number or code for the person, the same at every time point. Never a name.",
        "timepoint: When: baseline, or month-N for N months after the start of support.",
        "adult: Whether the person is 18 or over.",
        "outcome: Identifier of the outcome.",
        "value: The answer; empty where there is none.",
        "missing: Why there is no answer: declined, not asked, and so on. With a reason here, the value is no answer.",
        "reported_by: Who gave the answer.",
        "direction: Which way the score goes when things get better.",
        "instrument: Identifier from the instrument table; empty for a question of your own.",
        "",
        "What never to type",
        "Never type names, e-mail addresses, phone numbers, postal addresses, dates of birth or identity numbers.",
        "Never type what a person said in their own words.",
        "",
        "How to check it",
        "mscos check FILE --sheet data",
        "It shows no cell, and nothing leaves your computer.",
    ]


def test_the_form_asks_for_a_code_a_time_point_and_an_adult_and_then_its_questions() -> None:
    form = files_of("xlsform", ".csv", plan(EDITION, ["ll21"], ["wemwbs"]))[".csv"].decode()

    rows = [dict(zip(SURVEY, row[1:], strict=True)) for row in csv.reader(form.splitlines()) if len(row) > len(SURVEY)]

    label = "Safety at home [provisional: our label for a published theme, not MS-COS wording]"
    assert [(row["type"], row["name"], row["required"], row["constraint"], row["instance::mscos"]) for row in rows] == [
        SURVEY_HEAD,
        ("note", "about", "", "", ""),
        ("text", "participant", "yes", "regex(., '^[A-Za-z0-9_-]{1,20}$')", "mscos:participant"),
        ("select_one timepoint", "timepoint", "yes", "", "mscos:timepoint"),
        ("select_one yes_no", "adult", "yes", ". = 'yes'", "mscos:adult"),
        ("begin_group", "ll21_group", "", "", ""),
        ("select_one scale", "ll21", "", "", "[mscos:ll21 by=self dir=up range=1..5]"),
        ("end_group", "", "", "", ""),
        ("begin_group", "wemwbs_group", "", "", ""),
        ("decimal", "wemwbs", "", ". >= 14 and . <= 70", ""),
        ("end_group", "", "", "", ""),
    ]
    assert [row["label"] for row in rows[5:7]] == [label, f"{wording.PLACEHOLDER} Topic: {label}"]
    assert rows[1]["label"].startswith("Take this note out before you use the form. MS-COS says what to report")
    assert "choices" in form.splitlines()
    assert [line for line in form.splitlines() if line.startswith(",scale,-")] == [
        ",scale,-99,Declined",
        ",scale,-98,Not asked",
        ",scale,-97,Not known",
    ]


def test_what_templates_say_themselves_holds_no_words_of_deficit() -> None:
    asked = plan(EDITION, ["ll01"])
    ours = (*wording.about_words(asked), *wording.before_you_ask(), *wording.NEVER, *vars(wording).values())

    assert find_deficit_words(" ".join(words for words in ours if isinstance(words, str))) == ()


def text_of(content: bytes, name: str) -> str:
    if not name.endswith(".xlsx"):
        return content.decode().replace('""', '"')
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    cells = (cell for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for cell in row)
    return " ".join(map(str, cells))


@pytest.mark.parametrize("kind", ["xlsx", "xlsform"])
def test_a_workbook_holds_neither_formulas_nor_macros(kind: str) -> None:
    content = files_of(kind, ".xlsx", plan(EDITION, ["all"], INSTRUMENTS))[".xlsx"]
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}

    assert [name for name, part in parts.items() if b"<f>" in part or b"<f " in part] == []
    assert [name for name in parts if "vba" in name.lower() or "external" in name.lower()] == []


def test_the_workbook_offers_values_to_choose_from_and_keeps_007() -> None:
    content = files_of("xlsx", ".xlsx", plan(EDITION))[".xlsx"]
    with zipfile.ZipFile(BytesIO(content)) as book:
        data = book.read("xl/worksheets/sheet2.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        written = book.read("docProps/core.xml").decode()
    offered = re.findall(
        r'<dataValidation type="list"( errorStyle="warning")?.*? sqref="(.*?)"><formula1>(.*?)</', data
    )
    (text,) = re.findall(r'numFmtId="(\d+)" formatCode="@"', styles)
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    columns = re.findall(r'<col min="(\d)" max="(\d)" width="[\d.]+"(?: style="(\d)")?', data)

    assert [(bool(warns), where, what) for warns, where, what in offered] == [
        (True, "B2:B1048576", '"baseline,month-3,month-6,month-12"'),
        (False, "C2:C1048576", '"yes,no"'),
        (False, "D2:D1048576", "outcomes!$A$2:$A$8"),
        (True, "F2:F1048576", '"declined,not asked,not known"'),
        (False, "G2:G1048576", '"self,supported_self,staff,record,observer,organisation"'),
        (False, "H2:H1048576", '"higher_better,lower_better,undefined"'),
        (True, "I2:I1048576", "instruments!$A$2:$A$3"),
    ]
    assert 'state="frozen"' in data
    assert "2023-01-01T00:00:00Z" in written  # and not the day on which it was made
    assert [(first, last) for first, last, style in columns if style and formats[int(style)] == text] == [("1", "2")]


def test_the_headers_of_the_workbook_are_canonical() -> None:
    assert set(REQUIRED) <= set(COLUMNS) <= {*REQUIRED, *OPTIONAL}


def test_the_dictionary_has_the_headings_of_the_screen_and_ticks_no_identifier() -> None:
    lines = files_of("redcap", ".csv", plan(EDITION, ["housing"]))[".csv"].decode().splitlines()

    assert lines == [
        "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
        '"Choices, Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,'
        "Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?,"
        "Custom Alignment,Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation",
        'record_id,mscos_outcomes,,text,"Number or code of the person, the same at every time point",,'
        '"Never a name, a date of birth or any other detail of the person.",,,,,,,,,,,mscos:participant',
        'timepoint,mscos_outcomes,"MS-COS outcomes: template, edition 2023.1. MS-COS says what to report, not how to '
        'measure it. No instruments were agreed, and none is implied here.",radio,"Time point, counted from the start '
        'of support","0, Start of support | 3, 3 months | 6, 6 months | 12, 12 months",,,,,,,y,,,,,'
        "[mscos:timepoint 0=baseline 3=month-3 6=month-6 12=month-12]",
        'adult,mscos_outcomes,,radio,Is the person 18 or over?,"1, Yes | 0, No",'
        "This form is for people who are 18 or over.,,,,,,y,,,,,mscos:adult",
        "housing,mscos_outcomes,,radio,PLACEHOLDER: write this question with survivors. Topic: Secure and suitable "
        'housing,"1, 1 (placeholder for the lowest answer) | 2, 2 (placeholder) | 3, 3 (placeholder) | '
        "4, 4 (placeholder) | 5, 5 (placeholder for the best answer) | -99, Declined | -98, Not asked | "
        '-97, Not known","A survivor has a secure home that suits their needs and that they can count on. '
        "(Definition in this project's own words.) The scale from 1 to 5 is a placeholder too, and 5 is the best "
        'answer.",,,,,,,,,,,[mscos:housing by=self dir=up range=1..5]',
    ]


def test_the_table_schema_says_what_each_column_takes() -> None:
    schema = json.loads(files_of("csv", ".csv", plan(EDITION, ["housing"], ["phq-9"]))[".schema.json"])

    fields = {field.pop("name"): field for field in schema["fields"]}
    assert schema["missingValues"] == ["", "-99", "-98", "-97"]
    assert schema["mscos"] == {"edition": "2023.1", "unit_of_row": "person-visit"}
    assert [line for line in (*wording.NEVER, *wording.before_you_ask()) if line not in schema["description"]] == []
    assert fields["housing"] == {
        "title": "PLACEHOLDER: write this question with survivors. Topic: Secure and suitable housing",
        "description": "A survivor has a secure home that suits their needs and that they can count on. (Definition "
        "in this project's own words.) The scale from 1 to 5 is a placeholder too, and 5 is the best answer. "
        "No answer: -99 declined, -98 not asked, -97 not known.",
        "type": "integer",
        "constraints": {"minimum": 1, "maximum": 5},
        "mscos": "[mscos:housing by=self dir=up range=1..5]",
    }
    assert {name: field.get("constraints") for name, field in fields.items()} == {
        "participant": {"required": True},
        "timepoint": {"required": True, "pattern": "baseline|month-[0-9]{1,4}"},
        "adult": {"enum": ["yes", "no"]},
        "housing": {"minimum": 1, "maximum": 5},
        "phq_9": {"minimum": 0, "maximum": 27},
    }
    assert {name: field.get("mscos") for name, field in fields.items() if name != "housing"} == {
        "participant": {"role": "participant"},
        "timepoint": {"role": "timepoint"},
        "adult": {"role": "adult"},
        "phq_9": None,
    }


def test_an_instrument_says_for_what_it_is_no_evidence() -> None:
    asked = plan(EDITION, ["medical", "purpose"], ["phq-9", "mlq-presence", "swemwbs", "artic", "ohts"])

    said = [wording.instrument_note(each, asked) for each in asked.instruments]

    assert said == [
        "Patient Health Questionnaire (PHQ-9) measures symptoms of depression. It is no evidence of: Finding purpose "
        "in life and self-actualisation; Access to medical treatment. Item 9 is about self-harm: an answer there is a "
        "safeguarding matter. It measures symptoms or distress. None of the core outcomes is a symptom.",
        "Meaning in Life Questionnaire, presence of meaning measures presence of meaning in life. It counts for: "
        "Finding purpose in life and self-actualisation. It is no evidence of: Access to medical treatment. Item 9 is "
        "reversed. Sum and mean are both in use.",
        "Short Warwick-Edinburgh Mental Wellbeing Scale (SWEMWBS) measures mental wellbeing. It is wider than one "
        "outcome, and reports only partly: Finding purpose in life and self-actualisation. It is no evidence of: "
        "Access to medical treatment. Raw sums are whole numbers and must be changed to metric scores by a table; "
        "metric scores have decimals.",
        said[3],
        said[4],
    ]
    assert "It is about a service and not about people, so it has no column here." in said[3]
    assert "It is no evidence of" not in said[4]
    assert [question.name for question in asked.questions] == [
        "purpose",
        "medical",
        "phq_9",
        "mlq_presence",
        "swemwbs",
        "ohts",
    ]
    assert [question.tokens for question in asked.questions][2:] == [
        "",
        "[mscos:purpose by=self dir=up inst=mlq-presence]",
        "[mscos:purpose by=self dir=up inst=swemwbs range=7..35 match=general_broader]",
        "",
    ]


def test_a_column_is_bound_to_scores_that_somebody_checked_and_that_are_whole_scores() -> None:
    asked = plan(EDITION, ["purpose"], ["phq-9", "reqol-10", "itq", "mlq-presence", "pil-sf"])

    found = [(each.name, each.low, each.high, each.direction) for each in asked.questions[1:]]
    said = [wording.instrument_note(each, asked) for each in asked.instruments]

    assert found == [
        ("phq_9", 0, 27, "lower_better"),
        ("reqol_10", None, None, None),
        ("itq", None, None, "lower_better"),
        ("mlq_presence", None, None, "higher_better"),
        ("pil_sf", None, None, None),
    ]
    unchecked = "Nobody here has checked its range or its direction, so look them up and write them in the codebook."
    assert [unchecked in note for note in said] == [False, True, False, False, True]


@pytest.mark.parametrize("kind", RECORDS)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(wanted=subsets)
def test_a_record_can_be_read_once_its_blanks_are_filled_and_not_before(kind: str, wanted: set[str]) -> None:
    toml = files_of(kind, ".toml", plan(EDITION, wanted))[".toml"].decode()

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_any(tomllib.loads(toml))
    record = read_any(tomllib.loads(filled_record(toml)))

    blanks = len(re.findall(r'^\w+ = ""$', toml, re.MULTILINE))
    held = record.outcomes if isinstance(record, EvaluationRecord) else record.addresses
    assert caught.value.number == blanks
    assert {entry.outcome for entry in held} == wanted
    assert record.edition == EDITION


def test_a_record_that_is_filled_in_claims_no_estimate_that_nobody_stated() -> None:
    toml = files_of("evaluation", ".toml", plan(EDITION))[".toml"].decode()

    report = mscos.check(mscos.read_record(tomllib.loads(filled_record(toml))))

    assert {line.status.value for line in report.core} == {"column_only"}


def test_a_record_with_its_estimates_is_met() -> None:
    toml = files_of("evaluation", ".toml", plan(EDITION))[".toml"].decode()

    filled = filled_record(toml).replace("estimate_given = false", "estimate_given = true")

    assert mscos.check(mscos.read_record(tomllib.loads(filled))).met


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_that_is_not_in_use_can_be_put_to_use(kind: str) -> None:
    toml = files_of(kind, ".toml", plan(EDITION))[".toml"].decode()

    used = re.sub(r"^#(?=[\w\[])", "", toml, flags=re.MULTILINE)
    document = tomllib.loads(used)

    known: dict[str, tuple[set[str], set[str]]] = {
        "evaluation": ({*EvaluationRecord.model_fields}, {"timepoints", "other_outcomes"}),
        "intervention": ({*InterventionRecord.model_fields}, {"logframe", "gap_actions", "other_outcomes"}),
    }
    fields, left_to_the_manual = known[kind]
    assert fields - {*document} == left_to_the_manual


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_in_json_is_the_one_in_toml(kind: str) -> None:
    asked = plan(EDITION, ["all"])

    as_json = files_of(kind, ".json", asked)[".json"].decode()

    assert json.loads(as_json) == tomllib.loads(files_of(kind, ".toml", asked)[".toml"].decode())


def test_the_command_offers_every_kind() -> None:
    assert tuple(TEMPLATES) == KINDS


def test_the_command_writes_a_form_that_the_check_of_designs_accepts(tmp_path: Path) -> None:
    done = run("template", "xlsform", "--outcomes", "core", "--output", tmp_path / "form.xlsx")
    judged = run("check", "--design", tmp_path / "form.xlsx")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert judged.returncode == 0
    assert judged.stdout.splitlines()[2] == "7 of 7 core outcomes can be reported."


def test_the_command_writes_a_schema_beside_the_table(tmp_path: Path) -> None:
    done = run("template", "csv", "--outcomes", "housing, ll01", "--output", tmp_path / "answers.CSV")

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.CSV", "answers.schema.json"]
    assert (tmp_path / "answers.CSV").read_text("utf-8") == "participant,timepoint,adult,housing,ll01\n"


def test_outcomes_are_named_by_label_or_alias_too(tmp_path: Path) -> None:
    done = run("template", "csv", "--outcomes", "access to education,Safety at home", "--output", tmp_path / "a.csv")

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.csv").read_text("utf-8") == "participant,timepoint,adult,education,ll21\n"


def test_a_workbook_that_nobody_filled_in_could_not_be_checked(tmp_path: Path) -> None:
    run("template", "xlsx", "--output", tmp_path / "data.xlsx")

    done = run("check", tmp_path / "data.xlsx", "--sheet", "data")

    assert done.returncode == 3
    assert done.stderr == "mscos: the data file: the table has headers and no rows. Nothing was checked.\n"


@pytest.mark.parametrize("there", ["data.csv", "data.schema.json"])
def test_nothing_that_is_there_is_ever_written_over(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_text("filled in")

    done = run("template", "csv", "--output", "data.csv", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"Error: {there} is there already; choose another name, so that nothing is lost."
    )
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(there, "filled in")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("redcap", "--output", "a.xlsx"), "Error: for redcap, --output ends in one of: .csv."),
        (("csv", "--output", "none/a.csv"), "Error: cannot write to none/a.csv: No such file or directory."),
        (
            ("evaluation", "--instruments", "phq-9", "--output", "a.toml"),
            "Error: --instruments belongs to templates for data; a record names them where it uses them.",
        ),
        (
            ("csv", "--instruments", "phq9", "--outcomes", "hosing", "--output", "a.csv"),
            "mscos: edition '2023.1' has no such outcome; near it: housing",
        ),
        (
            ("csv", "--instruments", "pqh-9", "--output", "a.csv"),
            "mscos: the instrument table has no such instrument; near it: phq-9, phq-8, phq-4",
        ),
        (
            ("csv", "--instruments", "phq-9-arabic", "--output", "a.csv"),
            "mscos: the instrument table has no such instrument",
        ),
        (
            ("csv", "--instruments", "single-item", "--output", "a.csv"),
            "mscos: leave single-item and qualitative-theme out: "
            "a template has a question of your own for each outcome already",
        ),
        (
            ("csv", "--outcomes", ",", "--output", "a.csv"),
            "mscos: name at least one outcome: core, longlist, all, or identifiers with commas between them",
        ),
        (("csv", "--edition", "1999", "--output", "a.csv"), "mscos: no edition '1999' is packaged (have: 2023.1)"),
    ],
)
def test_what_cannot_be_written_says_what_to_do(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run("template", *arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == said
    assert list(tmp_path.iterdir()) == []


def test_a_form_says_nothing_of_who_a_person_is(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(files_of("xlsform", ".xlsx", plan(EDITION))[".xlsx"])

    book = read_codebook(tmp_path / "form.xlsx")

    roles = [(variable.name, variable.role) for variable in book.variables if variable.role]
    assert roles == [("participant", "participant"), ("timepoint", "timepoint"), ("adult", "adult")]
    assert not any(variable.identifier or variable.free_text for variable in book.variables)
