"""The forms that machines act on: each whole, each accepted by those who read it, and each with the same answer."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import python_calamine
from jsonschema.validators import Draft202012Validator

import mscos
from mscos.conformance import check_any
from mscos.evidence import Evidence
from mscos.failures import Failure, failure_of
from mscos.judging import judge
from mscos.portfolios.checking import check_portfolio
from mscos.portfolios.members import read_members
from mscos.records.reading import read_any
from mscos.report import Report
from mscos.reporters import FAILURES, PORTFOLIO_REPORTERS, REPORTERS
from mscos.reporters.cells import csv_text, workbook
from mscos.reporters.mending import VERDICT, mends
from mscos.rules import RULES
from mscos.rules.fingerprint import rules_fingerprint
from probe_rules import cannot_look, whole_outcome
from written import in_form, portfolio_in_every_form

ROOT = Path(__file__).parent.parent
SARIF = Path(__file__).parent / "sarif"
EXPECTED = Path(__file__).parent / "data" / "formats"

SAFE_HOUSE = "examples/safe-house/evaluation.toml"
THERAPY = "examples/therapy-study/evaluation.toml"


@cache
def _report(name: str) -> Report:
    if name == "therapy-data":
        folder = "examples/therapy-study"
        return mscos.check(data=f"{folder}/data.csv", codebook=f"{folder}/dictionary.csv")
    return check_any(read_any(f"examples/{name}"))


NAMES = (
    "safe-house/evaluation.toml",
    "therapy-study/evaluation.toml",
    "therapy-data",
    "advocacy-service/intervention.toml",
)


@pytest.fixture(params=NAMES)
def report(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(ROOT)
    return _report(request.param)


@pytest.fixture
def therapy(monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(ROOT)
    return _report("therapy-data")


def stamped(text: str) -> str:
    """Put in what changes with every release, so that it need not be typed into the expected files."""
    return text.replace("{mscos}", mscos.__version__).replace("{rules}", rules_fingerprint())


def refused() -> Failure:
    """Why a dataset with names in it is not judged."""
    with pytest.raises(mscos.HoldsIdentifiers) as caught:
        mscos.check(
            data=str(ROOT / "examples/case-system/export.csv"), codebook=str(ROOT / "examples/case-system/mapping.csv")
        )
    return failure_of(caught.value, ())


def unread(tmp_path: Path) -> Failure:
    record = tmp_path / "a,b:c%.toml"
    record.write_text('kind = "evaluation"\nrecord_id = "a"\noutcomes = [{outcome = "Trauma-informed services"}]\n')
    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record(record)
    return failure_of(caught.value, (str(record),))


# Whole outputs.


@pytest.mark.parametrize("form", ["jsonl", "csv", "sarif", "junit", "github", "gitlab"])
@pytest.mark.parametrize("name", ["safe-house/evaluation.toml", "therapy-data", "advocacy-service/intervention.toml"])
def test_a_form_is_whole_as_it_was_read_and_judged(name: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    expected = EXPECTED / name.split("/", maxsplit=1)[0] / f"expected.{form}"

    assert in_form(form, _report(name)) == stamped(expected.read_text(encoding="utf-8"))


def test_the_workbook_is_whole_cell_by_cell(therapy: Report) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(bytes(REPORTERS["xlsx"](therapy))))  # type: ignore[arg-type]

    rows = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert list(rows) == ["to mend", "outcomes", "what it rests on"]
    assert rows["to mend"] == list(csv.reader(io.StringIO(in_form("csv", therapy))))
    assert rows["outcomes"][:2] == [
        ["outcome", "label", "set", "status", "collected", "at_start", "later", "reason", "partners", "what_next"],
        [
            "housing",
            "Secure and suitable housing",
            "core outcome set",
            "left out",
            "left out",
            "no data",
            "",
            "",
            "",
            "Ask about it next time, or link the partner's evaluation that reports it.",
        ],
    ]
    assert len(rows["outcomes"]) == 8
    assert rows["what it rests on"][:4] == [
        ["what", "value", "sha256"],
        ["answer", therapy.headline, ""],
        ["verdict: collected", "not met", ""],
        ["dataset", "A dataset", ""],
    ]
    assert ["input: data", "the data", therapy.stamps.inputs[0].sha256] in rows["what it rests on"]


# The same answer.


def test_the_same_input_gives_the_same_bytes_in_every_form(report: Report) -> None:
    copy = Report.model_validate_json(in_form("json", report))

    for form, write in REPORTERS.items():
        assert write(report) == write(copy), form


def test_the_same_members_give_the_same_bytes_in_every_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    reports = [check_portfolio(read_members(["examples/area-partnership/members", SAFE_HOUSE])) for _ in range(2)]

    for form, write in PORTFOLIO_REPORTERS.items():
        assert write(reports[0]) == write(reports[1]), form


def test_the_bytes_do_not_depend_on_the_day_or_on_the_order_of_sets(tmp_path: Path) -> None:
    forms = [argument for form in REPORTERS for argument in ("--format", f"{form}:{{}}/{form}")]
    for seed, day in (("1", "a"), ("2", "b")):
        folder = tmp_path / day
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "mscos", "check", SAFE_HOUSE, *(each.format(folder) for each in forms)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
        )

    for form in REPORTERS:
        assert (tmp_path / "a" / form).read_bytes() == (tmp_path / "b" / form).read_bytes(), form


def test_every_missing_outcome_stands_in_every_list(report: Report) -> None:
    missing = {line.outcome for line in report.missing}
    sarif = json.loads(in_form("sarif", report))["runs"][0]
    rows = list(csv.DictReader(io.StringIO(in_form("csv", report))))
    lines = [json.loads(line) for line in in_form("jsonl", report).splitlines()]

    assert missing <= {row["outcome"] for row in rows}
    assert missing <= {result["properties"].get("outcome") for result in sarif["results"]}
    assert [line["outcome"] for line in lines if line["kind"] == "outcome"][:7] == [
        line.outcome for line in report.core
    ]
    assert {line["answer"] for line in lines if line["kind"] == "verdict"} == {"met" if report.met else "not_met"}
    assert all(line["edition"] == "2023.1" and "inputs_sha256" in line for line in lines)


def test_a_missing_outcome_of_which_no_rule_speaks_is_listed_all_the_same(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"][6] = {"outcome": "education", "planned": True}
    report = judge(Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=mscos.read_record(safe_house)), ())

    (mend,) = mends(report)

    assert (mend.rule, mend.severity, mend.outcome) == (VERDICT, "error", "education")
    assert mend.said == "Access to education: planned, not yet reported. Report it when its result is known."


def test_what_matters_most_comes_first(safe_house: dict[str, Any]) -> None:
    evidence = Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=mscos.read_record(safe_house))

    found = mends(judge(evidence, (*RULES, whole_outcome, cannot_look)))
    ranks = [mend.severity.rank for mend in found]

    assert [mend.message for mend in found[:2]] == [
        "No verdict: 1 rule could not look.",
        "TST-02 could not look. The lamp was out.",
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 2


# Tables.


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    as_csv = csv_text([[cell, "a=1"]])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook({"s": [["a"], [cell]]})))

    assert next(csv.reader(io.StringIO(as_csv, newline=""))) == [f"'{cell}".replace("\r", " "), "a=1"]
    assert str(book.get_sheet_by_name("s").to_python()[1][0]).replace("_x000D_", "\r") == cell


def test_a_workbook_holds_text_alone(therapy: Report) -> None:
    from written import unpacked  # noqa: PLC0415

    inside = unpacked(REPORTERS["xlsx"](therapy.model_copy(update={"headline": "https://example.org"})))

    assert "<f>" not in inside
    assert "hyperlink" not in inside


# SARIF.


def sarif_validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((SARIF / "sarif-schema-2.1.0.json").read_bytes()))


def test_sarif_fits_the_official_schema(report: Report, tmp_path: Path) -> None:
    validator = sarif_validator()

    for text in (in_form("sarif", report), FAILURES["sarif"](refused()), FAILURES["sarif"](unread(tmp_path))):
        assert list(validator.iter_errors(json.loads(text))) == []


def test_the_official_schema_refuses_something_so_that_this_test_can_fail(report: Report) -> None:
    log = json.loads(in_form("sarif", report))
    log["runs"][0]["results"].append({"ruleId": "COV-01", "colour": "red"})

    assert not sarif_validator().is_valid(log)


def multitool() -> str | None:
    """Find Microsoft's Multitool, which npm installs without the right to run it."""
    name = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, "")
    found = sorted((SARIF / "node_modules/@microsoft" / f"sarif-multitool-{name}").glob("Sarif.Multitool*"))
    binary = next((path for path in found if path.name in {"Sarif.Multitool", "Sarif.Multitool.exe"}), None)
    if binary is None:
        return None
    binary.chmod(0o755)
    return str(binary)


def test_microsofts_multitool_accepts_our_sarif(report: Report, tmp_path: Path) -> None:
    tool = multitool()
    if tool is None:
        reason = "Microsoft's Multitool is not installed; get it with: npm ci --prefix tests/sarif"
        if os.environ.get("MSCOS_REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    logs = {"report": in_form("sarif", report), "refused": FAILURES["sarif"](refused())}
    logs["unread"] = FAILURES["sarif"](unread(tmp_path))
    for name, text in logs.items():
        (tmp_path / f"{name}.sarif").write_text(text, encoding="utf-8")

    done = subprocess.run(
        [tool, "validate", *(str(tmp_path / f"{name}.sarif") for name in logs), "--rule-kind", "Sarif;Gh"],
        capture_output=True,
        text=True,
        check=False,
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(tmp_path), "PATH": os.environ["PATH"]},
    )

    said = [line for line in done.stdout.splitlines() if "warning" in line or "error" in line]
    assert done.returncode == 0
    assert "Analysis completed successfully." in done.stdout
    # No page of ours can be found on the internet yet, so there is none to name.
    assert [line for line in said if "SARIF2005" not in line] == []


def test_the_fingerprint_of_a_result_outlasts_an_entry_that_is_put_before_it(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"] = safe_house["outcomes"][:6]
    safe_house["outcomes"][5]["measures"][0] |= {"instrument": "phq-9", "direction": "lower_better"}
    before = mscos.check(mscos.read_record(safe_house))
    safe_house["outcomes"].insert(0, {"outcome": "ll21", "planned": True})
    after = mscos.check(mscos.read_record(safe_house))

    def prints(report: Report) -> dict[tuple[str, str], str]:
        results = json.loads(in_form("sarif", report))["runs"][0]["results"]
        return {
            (each["ruleId"], each["properties"]["pointer"]): each["partialFingerprints"]["mscosFinding/v1"]
            for each in results
            if each["properties"].get("outcome") == "medical" and "pointer" in each["properties"]
        }

    assert set(prints(before).values()) == set(prints(after).values())
    assert set(prints(before)) != set(prints(after))
    assert len(set(prints(before).values())) == len(prints(before)) > 0


def test_data_are_shown_beside_their_codebook_and_never_by_their_name(therapy: Report) -> None:
    results = json.loads(in_form("sarif", therapy))["runs"][0]["results"]

    files = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results}

    assert files == {"examples/therapy-study/dictionary.csv"}
    assert all("data.csv" not in in_form(form, therapy) for form in REPORTERS)


# JUnit.


def suite_of(text: str) -> ET.Element:
    suite = ET.fromstring(text).find("testsuite")  # noqa: S314 - our own
    assert suite is not None
    return suite


def test_the_tests_pass_if_and_only_if_the_verdict_is_met(report: Report) -> None:
    suite = suite_of(in_form("junit", report))
    cases = suite.findall("testcase")

    failures = [case.get("name") for case in cases if case.find("failure") is not None]
    assert failures == [f"{line.label} ({line.outcome})" for line in report.missing]
    assert suite.get("errors") == "0"
    assert suite.get("failures") == str(len(failures))
    assert suite.get("tests") == str(len(cases)) == str(7 + len(RULES))
    assert suite.get("skipped") == str(len(report.rules_not_applicable))
    assert (failures == []) == report.met


def test_no_verdict_is_an_error_of_the_suite_and_not_a_pass(safe_house: dict[str, Any]) -> None:
    safe_house["population"] = {"min_age": 15}
    report = mscos.check(mscos.read_record(safe_house))

    suite = suite_of(in_form("junit", report))

    assert report.verdict().answer == "not_given"
    assert [case.get("name") for case in suite if case.find("error") is not None] == ["a verdict is given: reported"]
    assert suite.get("errors") == "1"


def test_a_rule_that_could_not_look_is_an_error(safe_house: dict[str, Any]) -> None:
    evidence = Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=mscos.read_record(safe_house))

    suite = suite_of(in_form("junit", judge(evidence, (cannot_look,))))

    assert [case.get("name") for case in suite if case.find("error") is not None] == [
        "a verdict is given: reported",
        "TST-02",
    ]


def test_what_xml_cannot_hold_is_replaced(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"][1]["measures"][0] |= {"variable": "x\ufffey\U0001f600", "direction": "undefined"}
    report = mscos.check(mscos.read_record(safe_house))

    text = in_form("junit", report.model_copy(update={"headline": "a\x00b\ud800<&>"}))

    assert "a\ufffdb\ufffd<&>" in "".join(suite_of(text).itertext())


# Annotations.


def test_an_annotation_cannot_begin_another(tmp_path: Path) -> None:
    said = FAILURES["github"](unread(tmp_path)).splitlines()

    path = f"{tmp_path}/a%2Cb%3Ac%25.toml"
    assert said == [
        f"::error file={path},title=STR-01::{tmp_path}/a,b:c%25.toml: 2 faults. Nothing was checked.",
        f"::error file={path},title=STR-01::/outcomes/0/outcome: This is not an identifier of an outcome. "
        'Did you mean "services"?',
        f"::error file={path},title=STR-01::/title: This is missing.",
    ]


def test_a_refusal_says_which_columns_in_every_form_for_pipelines() -> None:
    failure = refused()

    for form in ("sarif", "junit", "github", "gitlab"):
        said = FAILURES[form](failure)
        assert "Column 3 (prs_FirstName): name." in said
        assert "export.csv" not in said


def test_a_failure_fits_its_published_schema(tmp_path: Path) -> None:
    for failure in (refused(), unread(tmp_path)):
        document = json.loads(FAILURES["json"](failure))

        assert list(mscos.schemas.validator("failure").iter_errors(document)) == []
        assert Failure.model_validate_json(FAILURES["jsonl"](failure)) == failure


def test_a_failed_run_says_so_in_sarif_and_in_junit() -> None:
    run = json.loads(FAILURES["sarif"](refused()))["runs"][0]
    suite = suite_of(FAILURES["junit"](refused()))

    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["exitCode"] == 4
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("1", "1", "0")


def test_gitlab_gets_what_its_widget_asks_for(report: Report) -> None:
    entries = json.loads(in_form("gitlab", report))

    assert [entry["description"] for entry in entries] == [mend.said for mend in mends(report)]
    assert {entry["severity"] for entry in entries} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert all(set(entry) == {"description", "check_name", "fingerprint", "severity", "location"} for entry in entries)


# Portfolios.


def test_a_portfolio_is_a_table_of_members_and_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = check_portfolio(read_members(["examples/area-partnership/members", SAFE_HOUSE, THERAPY, "README.md"]))

    rows = list(csv.reader(io.StringIO(str(PORTFOLIO_REPORTERS["csv"](report)))))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(bytes(PORTFOLIO_REPORTERS["xlsx"](report))))  # type: ignore[arg-type]
    lines = [json.loads(line) for line in str(PORTFOLIO_REPORTERS["jsonl"](report)).splitlines()]

    judge_it = "|ORBIT G or H: please judge"
    assert ["|".join(row) for row in rows] == [
        "record_id|kind|organisation|verdict_alone|why|housing|safety|support|services|purpose|medical|education",
        "harbour-house-2025|evaluation|Harbour House (made up)|met|" + "|reported" * 7,
        "northgate-therapy-2024|evaluation|Northgate Therapy Service (made up)|not met|" + judge_it * 7,
        "alder-house|intervention|Alder House Housing (made up)|not met||directly|directly|by a partner: Northvale "
        "Neighbours (made up), agreed by word of mouth|not addressed|not addressed|not addressed|not addressed",
        "open-door-advocacy|intervention|Open Door Advocacy (made up)|not met||by a partner: Alder House Housing "
        "(made up), agreed in writing|directly|not addressed|not addressed|directly|directly|not addressed",
        "willow-therapy|intervention|Willow Therapy (made up)|not met||not addressed|not addressed|not addressed|by "
        "referral: Northvale Family Centre (made up), nothing agreed|not addressed|directly|not addressed",
        "README.md|could not be counted|||This is neither JSON nor TOML; save it as a text file whose name ends in "
        ".toml or .json.|||||||",
    ]
    assert [row[:2] for row in rows[1:]] == [
        *([member.record_id, member.kind] for member in report.members),
        ["README.md", "could not be counted"],
    ]
    assert book.get_sheet_by_name("members").to_python() == rows
    assert book.sheet_names == ["members", "outcomes", "what it rests on"]
    assert [line["kind"] for line in lines] == ["verdict", *["member_outcome"] * 7 * 5, "unreadable"]


def test_a_portfolio_without_a_verdict_says_so_in_every_form() -> None:
    report = check_portfolio(read_members([str(ROOT / "README.md")]))

    assert portfolio_in_every_form(report).count("could not be read.") >= len(PORTFOLIO_REPORTERS) - 1
