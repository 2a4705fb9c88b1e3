"""The worked examples on data: each command of each page, and what a methodologist expects of it."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import shlex
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest

import mscos
from mscos import cli
from mscos.codebooks.own import read_own
from mscos.rules.fingerprint import rules_fingerprint

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PAGES = sorted(EXAMPLES.glob("*/README.md"))

CORE = ("housing", "safety", "support", "services", "purpose", "medical", "education")

COMMAND = re.compile(r"^\$ ", re.MULTILINE)
RUN = re.compile(
    r"^```console\n\$ mscos (.*?)\n```\n\nStatus (\d)\. The whole answer: \[text\]\((\S+)\), \[JSON\]\((\S+)\)\.$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Run:
    """A command of a page, its status and the files that hold its whole answer."""

    command: str
    status: int
    text: Path
    json: Path

    @property
    def name(self) -> str:
        return self.text.relative_to(EXAMPLES).as_posix()


def runs_of(page: Path) -> list[Run]:
    found = RUN.findall(page.read_text(encoding="utf-8"))
    return [Run(command, int(status), page.parent / text, page.parent / made) for command, status, text, made in found]


RUNS = {run.name: run for page in PAGES for run in runs_of(page)}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said, and its status."""

    stdout: str
    stderr: str
    returncode: object


@cache
def done(command: str, *options: str) -> Done:
    """Run a command as its user does, in this process: a new one for each takes too long."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    arguments = ["mscos", *shlex.split(command.replace("\\\n", " ")), *options]
    with redirect_stdout(out), redirect_stderr(err), chdir(ROOT), patch.object(sys, "argv", arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out.flush()
        err.flush()
    return Done(out.buffer.getvalue().decode(), err.buffer.getvalue().decode(), ended.value.code)


def stamped(path: Path) -> str:
    """Put in what changes with every release, so that it need not stand in the expected files."""
    text = path.read_text(encoding="utf-8")
    return text.replace("{mscos}", mscos.__version__).replace("{rules}", rules_fingerprint())


def told(name: str) -> dict[str, Any]:
    """Give the report of a run, as a program gets it."""
    report: dict[str, Any] = json.loads(done(RUNS[name].command, "--format", "json").stdout)
    return report


def in_order(statuses: str) -> list[str]:
    """Write out statuses by their initials, in the order of `CORE`."""
    words = {
        "L": "left_out",
        "C": "column_only",
        "T": "collected_over_time",
        "P": "partly_reported",
        "R": "reported",
    }
    return [words[each] for each in statuses]


def rule_lines(report: dict[str, Any]) -> set[str]:
    """List the findings, each as its rule, its outcome where it has one, and where it stands."""
    return {
        " ".join(filter(None, (each["rule"], each.get("outcome"), "data" if each["about"] == "data" else None)))
        for each in report["findings"]
    }


def each(rule: str, *outcomes: str, data: bool = True) -> set[str]:
    return {f"{rule} {outcome}{' data' if data else ''}" for outcome in outcomes}


@pytest.mark.parametrize("name", RUNS)
def test_a_command_of_a_page_gives_its_whole_expected_answer(name: str) -> None:
    run = RUNS[name]

    text, as_json = done(run.command), done(run.command, "--format", "json")

    assert text.stdout + text.stderr == stamped(run.text)
    assert as_json.stdout == stamped(run.json)
    assert (text.returncode, as_json.returncode) == (run.status, run.status)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_command_of_a_page_says_what_it_answers_and_every_answer_has_a_command(page: Path) -> None:
    runs = runs_of(page)

    assert len(runs) == len(COMMAND.findall(page.read_text(encoding="utf-8"))) > 0
    # Pages and Markdown are the same answer for other readers; tests/test_pages.py compares them.
    answers = {path for path in page.parent.glob("expected*") if path.suffix in {".txt", ".json"}}
    assert {path for run in runs for path in (run.text, run.json)} == answers


@pytest.mark.parametrize("page", [EXAMPLES / "README.md", *PAGES], ids=lambda page: page.parent.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_every_example_stands_in_the_list() -> None:
    listed = re.findall(r"^\| \[?`([\w-]+)`", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir() and path.name[0] != "_")


def test_the_data_files_are_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLES / "generate.py", "--check"], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_generator_notices_other_data_and_writes_them_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = runpy.run_path(str(EXAMPLES / "generate.py"))
    main, names = generator["main"], sorted(generator["FILES"])
    monkeypatch.setitem(main.__globals__, "HERE", tmp_path)
    for name in names:
        (tmp_path / name).parent.mkdir()
    (tmp_path / "safe-house/data.csv").write_bytes((EXAMPLES / "safe-house/data.csv").read_bytes() + b"P037,0,1\n")
    (tmp_path / "misleading-scores/data.sav").write_bytes(generator["FILES"]["activity-return/return.xlsx"]())

    refused = main(["--chek"])
    capsys.readouterr()
    stale = main(["--check"])
    said = capsys.readouterr().out.splitlines()
    untouched = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    written = main([])
    again = main(["--check"])

    assert (refused, stale, written, again) == (2, 1, 0, 0)
    assert sorted(said) == [f"stale: examples/{name}" for name in names]
    assert untouched == ["data.csv", "data.sav"]
    assert (tmp_path / "safe-house/data.csv").read_bytes() == (EXAMPLES / "safe-house/data.csv").read_bytes()


def test_the_safe_house_reports_and_collects_all_seven() -> None:
    report = told("safe-house/expected-with-data.txt")

    assert [line["outcome"] for line in report["core"]] == list(CORE)
    assert [line["status"] for line in report["core"]] == in_order("RRRRRRR")
    assert [line["collected"] for line in report["core"]] == in_order("TTTTTTT")
    assert [(verdict["name"], verdict["answer"]) for verdict in report["verdicts"]] == [
        ("reported", "met"),
        ("collected", "met"),
    ]
    assert rule_lines(report) == {"MEA-06 support", "MEA-06 support data"}
    assert {finding["severity"] for finding in report["findings"]} == {"note"}


def test_the_therapy_study_collects_none_of_the_seven() -> None:
    report = told("therapy-study/expected-data.txt")

    others = [outcome for outcome in CORE if outcome != "medical"]
    assert [line["status"] for line in report["core"]] == in_order("LLLLLCL")
    assert rule_lines(report) == each("COV-01", *others) | {"MEA-02 medical data"}
    assert sorted(finding["variable"] for finding in report["findings"] if finding["rule"] == "MEA-02") == [
        "pcl5_fu3",
        "pcl5_post",
        "pcl5_pre",
        "phq9_fu3",
        "phq9_post",
        "phq9_pre",
    ]
    assert "partner" in report["headline"]


def test_ticked_boxes_are_not_answers() -> None:
    report = told("ticked-boxes/expected.txt")

    assert [line["status"] for line in report["core"]] == in_order("TTTTCTC")
    assert rule_lines(report) == {"DAT-01 education data", "DAT-02 purpose data", "DAT-03 services data"}
    assert report["headline"].startswith("5 of 7 core outcomes are collected. Not collected: Finding purpose in life")


def test_answers_without_results_are_not_reported() -> None:
    report = told("ticked-boxes/expected-with-record.txt")

    answered = [outcome for outcome in CORE if outcome not in {"purpose", "education"}]
    assert [line["status"] for line in report["core"]] == in_order("TTTTCTC")
    assert [verdict["answer"] for verdict in report["verdicts"]] == ["not_met", "not_met"]
    assert report["headline"].startswith("0 of 7 core outcomes are reported.")
    assert each("REP-03", *answered, data=False) == {line for line in rule_lines(report) if line.startswith("REP-03")}
    assert "COV-03" in rule_lines(report)
    assert not any(line.startswith("COV-01") for line in rule_lines(report))


def test_without_the_order_of_the_visits_nothing_is_collected_over_time(tmp_path: Path) -> None:
    described = (EXAMPLES / "ticked-boxes/dictionary.csv").read_text(encoding="utf-8")
    dictionary = tmp_path / "dictionary.csv"
    dictionary.write_text(described.replace("[mscos:timepoint 1=baseline 2=month-6]", ""), encoding="utf-8")

    found = done(f"check examples/ticked-boxes/data.csv --codebook {shlex.quote(str(dictionary))} --format json")
    report = json.loads(found.stdout)

    assert found.returncode == 1
    assert [line["status"] for line in report["core"]] == [
        "column_only" if outcome in {"purpose", "education"} else "collected_once" for outcome in CORE
    ]
    assert {line for line in rule_lines(report) if line.startswith("REP-01")} == each(
        "REP-01", "housing", "safety", "support", "services", "medical"
    )


def test_what_a_service_did_is_no_outcome() -> None:
    report = told("activity-return/expected.txt")

    assert [line["status"] for line in report["core"]] == in_order("CLCLLCC")
    assert rule_lines(report) == (
        each("MEA-01", "housing", "support", "medical", "education")
        | each("COV-01", "safety", "services", "purpose")
        | {"POP-02 data"}
    )
    assert report["dataset"]["unit_of_row"] == "aggregate"
    assert "people" not in report["dataset"]


def test_scores_that_mislead_are_reported_in_part_at_most() -> None:
    report = told("misleading-scores/expected.txt")

    assert [line["status"] for line in report["core"]] == in_order("PPPPPPT")
    assert [line["collected"] for line in report["core"]] == in_order("TTTTTTT")
    assert [(verdict["name"], verdict["answer"]) for verdict in report["verdicts"]] == [
        ("reported", "not_met"),
        ("collected", "met"),
    ]
    assert rule_lines(report) == (
        {"MEA-05 housing", "MEA-05 housing data", "REP-02 safety", "DAT-06 safety data", "REP-04 support"}
        | {"DAT-04 services data", "DAT-05 purpose data", "MEA-09 purpose", "MEA-09 purpose data"}
        | {"REP-02 medical", "REP-03 education", "REP-07", "REP-11"}
        | each("DAT-07", *CORE)
    )


def test_a_case_system_with_names_is_refused_before_anything_is_judged() -> None:
    refusal = told("case-system/expected-refused.txt")

    assert refusal["status"] == 4
    assert [(stop["rule"], stop["variable"], stop["why"]) for stop in refusal["stops"]] == [
        ("SAF-01", "prs_FirstName", "name"),
        ("SAF-01", "prs_SecondName", "name"),
        ("SAF-01", "prs_Birthdate", "birth_date"),
        ("SAF-01", "prs_MobilePhone", "contact"),
        ("SAF-01", "vic_DetailsOfVulnerabilities", "case_notes"),
    ]


def test_a_case_system_without_names_holds_no_outcomes() -> None:
    report = told("case-system/expected-without-names.txt")

    assert [line["status"] for line in report["core"]] == in_order("LLLLLLL")
    assert rule_lines(report) == each("COV-01", *CORE) | {"POP-01 data", "SAF-03 data"}
    assert "Human Trafficking Case Data Standard" in done(RUNS["case-system/expected-without-names.txt"].command).stdout


def test_a_support_plan_is_something_that_a_service_does() -> None:
    report = told("case-system/expected-support-plans.txt")

    others = [outcome for outcome in CORE if outcome != "education"]
    assert [line["status"] for line in report["core"]] == in_order("LLLLLLC")
    assert rule_lines(report) == each("COV-01", *others) | {
        "MEA-01 education data",
        "POP-01 data",
        "SAF-03 data",
    }


@pytest.mark.parametrize("name", [name for name in RUNS if name.startswith("case-system/")])
def test_nobody_in_the_case_system_is_ever_named(name: str) -> None:
    with (EXAMPLES / "case-system/export.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    personal = ("cas_CaseID", "prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_MobilePhone")
    cells = {row[header] for row in rows for header in (*personal, "vic_DetailsOfVulnerabilities")}
    run = RUNS[name]

    said = "".join(
        answer.stdout + answer.stderr for answer in (done(run.command), done(run.command, "--format", "json"))
    )

    assert len(cells) > 60
    assert {cell for cell in cells if re.search(rf"\b{re.escape(cell)}\b", said)} == set()
    assert "export" not in said


@pytest.mark.parametrize(
    ("at_start", "said"),
    [([0, 1] * 20, set()), ([1] * 40, {"DAT-06"}), ([0] * 20 + [0.5] + [1] * 19, {"DAT-06"})],
    ids=["yes or no", "all say yes", "a score in between"],
)
def test_a_yes_or_no_question_is_crowded_only_if_all_say_the_same(at_start: list[float], said: set[str]) -> None:
    codebook = read_own(
        {
            "kind": "codebook",
            "variables": [
                {"name": "pid", "role": "participant"},
                {
                    "name": "gp",
                    "outcomes": [{"outcome": "medical", "timepoint": "baseline", "range": {"min": 0, "max": 1}}],
                },
            ],
        },
        "codebook.json",
    )
    data = pl.DataFrame({"pid": range(40), "gp": map(float, at_start)})

    report = mscos.check(data=data, codebook=codebook)

    assert {finding.rule for finding in report.findings} & {"DAT-06"} == said
