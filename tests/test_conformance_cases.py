"""The cases for other implementations: this one passes them all, and one that lacks a rule does not."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch

import pytest

from mscos import cli, judging, schemas
from mscos.cases import Case, load_cases, write_files
from mscos.proving import Answer, NoAnswer, NotStarted, Outcome, answer, command, differences, prove
from mscos.reporters.of_proof import proof_json, proof_text
from mscos.rules import RULES
from mscos.rules._rule import Rule

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "conformance/cases").glob("*.json"))
CASES = load_cases()
BY_READING = {"STR-01", "STR-04", "SAF-01", "SAF-02"}
"""Rules that speak before the others run, where a file is read and screened: each can refuse it."""

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
each_file = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


def this_one(arguments: Sequence[str]) -> bytes:
    """Check as the command does, in this process: a new one for each case takes too long."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    words = ["mscos", "check", "--format", "json", *arguments]
    with redirect_stdout(out), redirect_stderr(io.TextIOWrapper(io.BytesIO())), patch.object(sys, "argv", words):
        with pytest.raises(SystemExit):
            cli.main()
        out.flush()
        return out.buffer.getvalue()


def failing(cases: Sequence[Case]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.case.id, each.differences) for each in prove(cases, this_one) if each.differences]


@each_file
def test_this_implementation_passes_every_case(file: Path) -> None:
    assert failing(load_cases(f"{file.stem}/*")) == []


@each_rule
def test_an_implementation_without_a_rule_fails_a_case(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(each for each in RULES if each is not rule)
    monkeypatch.setattr(judging.judge, "__defaults__", (rules,))
    cases = [case for case in load_cases(f"{rule.id}/*") if rule.id in case.expected.found]

    failed = [case.id for case in cases if [*differences(case, without(rule, case))]]

    assert failed


def without(rule: Rule, case: Case) -> Answer:
    """Answer as an engine does that lacks a rule; where the file is refused, it is refused without its name."""
    with TemporaryDirectory() as folder:
        given = answer(this_one(write_files(case, Path(folder))))
    return replace(given, rules=given.rules - {rule.id}) if rule.id in BY_READING else given


@each_file
def test_the_published_schema_accepts_the_cases(file: Path) -> None:
    assert schemas.validator("conformance").is_valid(json.loads(file.read_bytes()))


def test_every_case_has_one_identifier_and_names_the_files_that_it_holds() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    for case in CASES:
        given = case.input
        named = [given.main, *given.codebooks, *(name for name in (given.record, given.events) if name)]
        assert sorted(named) == sorted(file.name for file in given.files)
        assert all((file.text is None) != (file.document is None) for file in given.files)


def test_every_folder_of_cases_is_there_with_the_whole_examples() -> None:
    folders = {folder.relative_to(ROOT / "tests/cases").as_posix() for folder in (ROOT / "tests/cases").glob("*/*")}

    assert {case.id for case in CASES if not case.id.startswith("documents/")} == folders
    assert [case.id for case in CASES if case.id.startswith("documents/")] == [
        "documents/case-system-refused",
        "documents/case-system-without-names",
        "documents/case-system-support-plans",
        "documents/safe-house",
        "documents/safe-house-with-data",
        "documents/therapy-study",
        "documents/therapy-study-data",
        "documents/ticked-boxes",
        "documents/ticked-boxes-with-record",
        "documents/advocacy-service",
    ]


def test_cases_are_picked_by_their_identifiers() -> None:
    assert [case.id for case in load_cases("cov-01/clean", "SAF-01/dirty")] == ["COV-01/clean", "SAF-01/dirty"]
    assert load_cases("COV-99/*") == ()


def test_the_options_stand_before_the_file_that_is_judged(tmp_path: Path) -> None:
    (case,) = load_cases("documents/case-system-without-names")

    arguments = write_files(case, tmp_path)

    assert arguments == (
        "--codebook",
        str(tmp_path / "mapping.csv"),
        *("--exclude", "prs_FirstName", "--exclude", "prs_SecondName", "--exclude", "prs_Birthdate"),
        *("--exclude", "prs_MobilePhone", "--exclude", "vic_DetailsOfVulnerabilities"),
        str(tmp_path / "export.csv"),
    )
    assert (tmp_path / "export.csv").read_bytes() == (ROOT / "examples/case-system/export.csv").read_bytes()


def said(**changed: object) -> bytes:
    (case,) = load_cases("COV-01/dirty")
    return json.dumps(
        case.expected.model_dump(include={"verdicts", "statuses"}) | {"rules": ["COV-01"]} | changed
    ).encode()


def test_what_must_be_found_passes_and_anything_else_is_named() -> None:
    (case,) = load_cases("COV-01/dirty")
    statuses = {**case.expected.statuses, "housing": "reported", "made\nup": "x" * 99}
    wrong = said(verdicts={"reported": "met"}, statuses=statuses, rules=[])

    assert list(differences(case, answer(said(rules=["COV-01", "LIV-01"])))) == []
    assert list(differences(case, answer(wrong))) == [
        "verdict reported: expected not_met, got met",
        "status housing: expected left_out, got reported",
        f"status made\\nup: expected none, got {'x' * 40}…",
        "rule COV-01: it must be named, and is not",
    ]


def test_a_rule_that_must_be_silent_is_noticed() -> None:
    (case,) = load_cases("COV-01/clean")

    found = list(differences(case, Answer({"reported": "not_met"}, case.expected.statuses, frozenset({"COV-01"}))))

    assert found == ["rule COV-01: it must not be named, and is"]


def test_a_refusal_gives_no_verdict_and_names_its_rules() -> None:
    (case,) = load_cases("SAF-02/dirty")
    stop = {"kind": "failure", "rule": "SAF-02", "faults": [], "stops": [{"rule": "SAF-02"}]}

    assert answer(json.dumps(stop).encode()) == Answer({}, {}, frozenset({"SAF-02"}))
    assert list(differences(case, answer(json.dumps(stop).encode()))) == []


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        (b"", "it printed no JSON"),
        (b"\xff", "it printed no JSON"),
        (b"[]", "it printed no JSON object"),
        *(
            (printed, "its JSON is neither a report nor an object with verdicts, statuses and rules")
            for printed in (
                b"{}",
                said(rules="COV-01"),
                said(rules=[1]),
                said(statuses=[]),
                said(verdicts={"reported": None}),
                b'{"kind": "report"}',
                b'{"kind": "report", "verdicts": [1]}',
                b'{"kind": "report", "verdicts": [], "core": [], "findings": [{"rule": {}}]}',
                b'{"kind": "failure"}',
                b'{"kind": "failure", "rule": "STR-01", "faults": 1, "stops": []}',
            )
        ),
    ],
)
def test_what_is_no_answer_is_told(printed: bytes, why: str) -> None:
    with pytest.raises(NoAnswer) as caught:
        answer(printed)

    assert str(caught.value) == why


def test_a_command_that_takes_too_long_or_says_too_much_is_ended() -> None:
    (case,) = load_cases("COV-01/dirty")
    sleeps = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    endless = "while True: print('x' * 10_000)"
    begun = monotonic()

    went = [
        outcome.differences
        for script, timeout in ((sleeps, 0.5), (endless, 30))
        for outcome in prove([case], command([sys.executable, "-c", script], timeout))
    ]

    assert went == [("it took more than 0.5 seconds",), ("it printed more than 4,194,304 bytes",)]
    assert monotonic() - begun < 30  # what a command has started does not keep us waiting either


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(NotStarted) as caught:
        command(["./no-such-port"], 1)([])

    assert str(caught.value) == ("./no-such-port could not be started; look at its name, and at whether it may be run")


def test_no_shell_looks_at_a_command() -> None:
    script = "import sys; print(sys.argv[1])"

    assert command([sys.executable, "-c", script, "$(touch x); *"], 30)(["a.json"]).strip() == b"$(touch x); *"


def test_the_summary_says_how_many_pass_and_what_is_wrong() -> None:
    good, bad = load_cases("COV-01/clean", "COV-01/dirty")
    outcomes = [Outcome(good, ()), Outcome(bad, ("it printed no JSON",))]

    assert proof_text(outcomes) == (
        "1 of 2 cases pass.\n\nCOV-01/dirty: Six outcomes are left out with a reason; education is named, and nothing "
        "is said of it.\n  it printed no JSON\n"
    )
    assert proof_text(outcomes[:1]) == "1 of 1 case passes.\n"
    assert json.loads(proof_json(outcomes)) == {
        "kind": "conformance-report",
        "cases": 2,
        "passed": 1,
        "failed": [{"case": "COV-01/dirty", "differences": ["it printed no JSON"]}],
    }


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "mscos", "conformance", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


CHECK = ("--", sys.executable, "-m", "mscos", "check", "--format", "json")


def test_the_command_line_proves_itself() -> None:
    done = run("run", "--case", "documents/safe-house", "--case", "SAF-01/dirty", "--case", "SAF-06/dirty", *CHECK)

    assert (done.returncode, done.stdout, done.stderr) == (0, "3 of 3 cases pass.\n", "")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run", "--case", "COV-01/dirty", "--", sys.executable, "-c", ""), 1, "0 of 1 case passes."),
        (("run", "--case", "COV-99/*", *CHECK), 2, "Error: no case has such an identifier."),
        (("run",), 2, "Error: Missing argument '-- CMD...'."),
        (
            ("run", "--", "./no-such-port"),
            2,
            "mscos: ./no-such-port could not be started; look at its name, and at whether it may be run",
        ),
    ],
)
def test_the_status_says_whether_every_case_passes(arguments: tuple[str, ...], status: int, words: str) -> None:
    done = run(*arguments)

    assert done.returncode == status
    assert words in (done.stdout + done.stderr).splitlines()


def test_cases_can_be_unpacked_to_run_them_by_hand(tmp_path: Path) -> None:
    done = run("unpack", tmp_path, "--case", "SAF-06/dirty")

    assert done.returncode == 0
    assert done.stdout.startswith("SAF-06/dirty: --design ")
    assert [file.name for file in (tmp_path / "SAF-06/dirty").iterdir()] == ["codebook.csv"]


def test_the_commands_of_the_page_for_implementers_run(tmp_path: Path) -> None:
    page = (ROOT / "conformance/README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ mscos (.*)$", page, re.MULTILINE)
    this = f"{shlex.quote(sys.executable)} -m mscos"

    done = [
        subprocess.run(
            shlex.split(f"{this} {each.replace('-- mscos', f'-- {this}')}"),
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        for each in commands
    ]

    number = len(load_cases("COV-01/*"))
    assert [each.returncode for each in done] == [0, 0]
    assert done[0].stdout == f"{number} of {number} cases pass.\n"
    assert done[1].stdout == f"COV-01/dirty: {Path('look/COV-01/dirty/evaluation.json')}\n"


def test_the_smallest_answer_of_the_page_is_one() -> None:
    page = (ROOT / "conformance/README.md").read_text(encoding="utf-8")
    (smallest,) = re.findall(r"```json\n(.*?)\n```", page)

    assert answer(smallest.encode()) == Answer({"reported": "not_met"}, {"housing": "left_out"}, frozenset({"COV-01"}))
