"""The command line, run as its users run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mscos
from mscos import cli, schemas
from mscos.reporters import REPORTERS

ROOT = Path(__file__).parent.parent
SAFE_HOUSE = "examples/safe-house/evaluation.toml"
THERAPY = "examples/therapy-study/evaluation.toml"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mscos", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
    )


def test_status_0_says_that_every_core_outcome_is_reported() -> None:
    done = run("check", SAFE_HOUSE)

    assert done.returncode == 0
    assert done.stdout.splitlines()[2] == "7 of 7 core outcomes are reported."
    assert done.stderr == ""


def test_status_1_says_that_the_answer_is_no() -> None:
    done = run("check", THERAPY)

    assert done.returncode == 1
    assert done.stdout.splitlines()[2].startswith(
        "0 of 7 core outcomes are reported. Not reported: Secure and suitable"
    )
    assert done.stderr == ""


def test_status_1_says_too_that_no_verdict_could_be_given(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text('{"kind":"evaluation","record_id":"a","title":"b","outcomes":[],"population":{"min_age":15}}')

    done = run("check", record)

    assert done.returncode == 1
    assert done.stdout.splitlines()[2] == (
        "No verdict: People under 18 are included. The core outcome set is for adults."
    )


def test_leaving_one_outcome_out_of_the_example_turns_the_sentence(tmp_path: Path) -> None:
    text = (ROOT / SAFE_HOUSE).read_text(encoding="utf-8")
    before, education = text.split('[[outcomes]]\noutcome = "education"\n')
    record = tmp_path / "evaluation.toml"
    record.write_text(
        f'{before}[[outcomes]]\noutcome = "education"\nomission = {{ reason = "time" }}\n', encoding="utf-8"
    )

    done = run("check", record)

    assert education
    assert done.returncode == 1
    assert done.stdout.splitlines()[2] == (
        "6 of 7 core outcomes are reported. Not reported: Access to education. "
        "Ask about it next time, or link the partner's evaluation that reports it."
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", SAFE_HOUSE, "--format", "xml"],
        ["check", SAFE_HOUSE, THERAPY],
        ["check", SAFE_HOUSE, "--edition", "1999.1"],
        ["check", SAFE_HOUSE, "--output", "no/such/folder/report.txt"],
        ["chek"],
        ["show", "nothing like it"],
        ["show", "--edition", "1999.1"],
        ["search"],
        ["explain", "COV-99"],
        ["schema", "nothing"],
    ],
)
def test_status_2_says_that_the_command_was_used_wrongly(arguments: list[str]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_status_2_protects_the_record_from_being_overwritten(tmp_path: Path) -> None:
    record = tmp_path / "evaluation.toml"
    record.write_bytes((ROOT / SAFE_HOUSE).read_bytes())

    done = run("check", record, "--output", tmp_path / "." / "evaluation.toml")

    assert done.returncode == 2
    assert "names a file that is read" in done.stderr
    assert record.read_bytes() == (ROOT / SAFE_HOUSE).read_bytes()


def test_status_3_says_what_cannot_be_read_and_why(tmp_path: Path) -> None:
    record = tmp_path / "record.toml"
    record.write_text('kind = "evaluation"\nrecord_id = "a"\noutcomes = [{outcome = "Trauma-informed services"}]\n')

    done = run("check", record)

    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == (
        f"mscos: {record}: 2 faults. Nothing was checked.\n"
        '  /outcomes/0/outcome: This is not an identifier of an outcome. Did you mean "services"?\n'
        "  /title: This is missing.\n"
    )


def test_status_3_gives_a_program_every_fault_as_json(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text('{"kind":"evaluation","record_id":"a","title":"b","outcomes":[{"outcome":"hosing"}]}')

    done = run("check", record, "--format", "json")

    assert done.returncode == 3
    assert json.loads(done.stdout) == {
        "kind": "failure",
        "status": 3,
        "rule": "STR-01",
        "message": f"{record}: 1 fault. Nothing was checked.",
        "path": str(record),
        "faults": [
            {
                "pointer": "/outcomes/0/outcome",
                "message": 'This is not an identifier of an outcome. Did you mean "housing"?',
                "rule": "STR-04",
            }
        ],
        "stops": [],
    }


NOT_ON_WINDOWS = pytest.mark.skipif(os.name == "nt", reason="such names and devices are not there")

USAGE = "Usage: mscos check [OPTIONS] FILE\nTry 'mscos check --help' for help.\n\nError: "


@NOT_ON_WINDOWS
def test_a_name_cannot_print_a_line_of_its_own(tmp_path: Path) -> None:
    name = "a\nmscos: all is well \x1b[31m\u202e\u3164.toml"
    shown = r"a\nmscos: all is well \x1b[31m\u202e\u3164.toml"
    record = tmp_path / name
    record.write_text('kind = "evaluation"\nrecord_id = "a"\noutcomes = []\n')

    unread, unwritten = run("check", record), run("check", SAFE_HOUSE, "--output", tmp_path / "no" / name)
    edition = run("check", SAFE_HOUSE, "--edition", name)

    assert unread.returncode == 3
    assert unread.stderr == f"mscos: {tmp_path}/{shown}: 1 fault. Nothing was checked.\n  /title: This is missing.\n"
    assert unwritten.returncode == 2
    assert unwritten.stderr == f"{USAGE}cannot write to {tmp_path}/no/{shown}: No such file or directory.\n"
    assert edition.returncode == 2
    assert edition.stderr == (
        f"mscos: the record names edition '2023.1' and edition '{shown}' was asked for; "
        "ask for the one that the record names\n"
    )


@NOT_ON_WINDOWS
def test_a_path_of_any_bytes_is_reported_in_every_form(tmp_path: Path) -> None:
    record = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.toml")
    report = tmp_path / "report.json"
    Path(record).write_bytes((ROOT / SAFE_HOUSE).read_bytes())

    text, as_json = run("check", record), run("check", record, "--format", "json")
    to_file = run("check", record, "--format", "json", "--output", report)
    gone = run("check", f"{record}.json", "--format", "json")

    assert (text.returncode, as_json.returncode, to_file.returncode, gone.returncode) == (0, 0, 0, 3)
    assert rf"  Input: {tmp_path}/bad\udcff.toml (record, sha256 " in text.stdout
    assert json.loads(as_json.stdout)["stamps"]["inputs"][0]["path"] == rf"{tmp_path}/bad\udcff.toml"
    assert report.read_text(encoding="utf-8") == as_json.stdout
    assert json.loads(gone.stdout)["message"] == (
        rf"{tmp_path}/bad\udcff.toml.json: there is no such file. Nothing was checked."
    )


def test_the_text_of_a_record_is_not_repeated_where_a_file_belongs(tmp_path: Path) -> None:
    for text in ('{"title": "Maria"}', "title = 'Maria'\n" * 50, '{"title": "' + "Maria " * 1000):
        done = run("check", text, "--output", tmp_path / "report.txt")

        assert done.returncode == 3
        assert done.stderr == (
            "mscos: the given text: this is not a path; parse the text and hand in the document. Nothing was checked.\n"
        )


def test_a_dash_reads_what_is_piped_in(tmp_path: Path) -> None:
    (tmp_path / "-").write_text("not a record")
    content = (ROOT / SAFE_HOUSE).read_text(encoding="utf-8")
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "mscos", "check", "-", *options],
            input=content.replace("record_id", name),
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            check=False,
        )
        for name, options in [("record_id", []), ("record_id", ["--output", "./-"]), ("recordid", [])]
    ]

    assert [done.returncode for done in outputs] == [0, 0, 3]
    assert "\n  Input: standard input (record, sha256 " in outputs[0].stdout
    assert (tmp_path / "-").read_text(encoding="utf-8") == outputs[0].stdout
    assert outputs[2].stderr == (
        "mscos: standard input: 2 faults. Nothing was checked.\n"
        '  /: The 3rd field here has no place. Take it out, or mend its name. Did you mean "record_id"?\n'
        "  /record_id: This is missing.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_is_full_is_said_once_and_plainly() -> None:
    command = [sys.executable, "-m", "mscos", "check", SAFE_HOUSE]
    with Path("/dev/full").open("w") as full:
        screen = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    file = run("check", SAFE_HOUSE, "--output", "/dev/full")

    assert (screen.returncode, file.returncode) == (2, 2)
    assert screen.stderr == f"{USAGE}cannot write the output: No space left on device.\n"
    assert file.stderr == f"{USAGE}cannot write to /dev/full: No space left on device.\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_check_without_a_screen_still_answers_with_its_status() -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m mscos check {THERAPY} >&-'],  # noqa: S607
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, "")


def test_a_failed_check_leaves_an_earlier_report_alone(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("earlier")

    done = run("check", tmp_path / "gone.toml", "--format", "json", "--output", report)

    assert done.returncode == 3
    assert report.read_text() == "earlier"


def test_status_5_is_our_own_fault_and_shows_no_traceback_unless_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> str:
        raise ZeroDivisionError("Maria T")

    monkeypatch.setitem(REPORTERS, "text", broken)
    monkeypatch.setattr(sys, "argv", ["mscos", "check", str(ROOT / SAFE_HOUSE)])
    monkeypatch.delenv("MSCOS_DEBUG", raising=False)
    with pytest.raises(SystemExit) as quiet:
        cli.main()
    said = capsys.readouterr()
    monkeypatch.setenv("MSCOS_DEBUG", "1")
    with pytest.raises(SystemExit) as loud:
        cli.main()

    assert (quiet.value.code, loud.value.code) == (5, 5)
    assert said.out == ""
    assert said.err == (
        f"mscos: sorry, this is our own fault and nothing was judged (mscos {mscos.__version__}). Please report it "
        "with the command you ran, but without your file. With MSCOS_DEBUG=1 you see where it happened; "
        "that may quote your file.\n"
    )
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_output_goes_to_a_file_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    on_screen = run("check", SAFE_HOUSE, "--format", "json")
    report = tmp_path / "report.json"
    report.write_text("an earlier and much longer report\n" * 1000)

    done = run("check", SAFE_HOUSE, "--format", "json", "--output", report)

    assert done.returncode == 0
    assert done.stdout == ""
    assert report.read_text(encoding="utf-8") == on_screen.stdout
    assert list(tmp_path.iterdir()) == [report]


def test_the_same_record_gives_the_same_bytes_twice() -> None:
    first, second = (
        run("check", THERAPY, "--format", "json"),
        run("check", THERAPY, "--format", "json", PYTHONHASHSEED="7"),
    )

    assert first.stdout == second.stdout


def test_a_title_that_the_terminal_cannot_show_does_not_end_the_check(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text('{"kind":"evaluation","record_id":"a","title":"Zoe \\u4e2d","outcomes":[]}')

    done = run("check", record, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")

    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == r"Zoe \u4e2d (record a)"


def test_show_lists_every_outcome_with_its_mark() -> None:
    done = run("show")

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "Modern Slavery Core Outcome Set (MS-COS), edition 2023.1"
    assert sum("[provisional: " in line for line in lines) == 38
    assert [line.split()[0] for line in lines[4:11]] == [outcome.id for outcome in mscos.load_taxonomy("2023.1").core]


def test_show_tells_all_about_one_outcome_by_any_of_its_names() -> None:
    done = run("show", "Access to medical and healthcare services")

    assert done.returncode == 0
    assert done.stdout.splitlines()[:8] == [
        "Access to medical treatment (medical)",
        "  A survivor can get the medical care they need, when they need it. (definition in this project's own words)",
        "  Set: core outcome set",
        "  Domain: Health and wellbeing [published with the interim list of March 2022]; membership inferred by this project",
        "  Kind: access (this project's own reading)",
        "  Also called: Access to medical and healthcare services (source: mscos-site)",
        "  Grade of the label: published",
        "  Rests on: named as a core outcome",
    ]


def test_show_marks_a_provisional_outcome_and_says_where_it_has_no_source() -> None:
    done = run("show", "ll11")

    assert done.stdout.splitlines()[0] == (
        "Taking part in the community [provisional: drafted by this project, not MS-COS wording] (ll11)"
    )
    assert "  Source: none" in done.stdout.splitlines()


def test_show_gives_a_program_the_mark_as_well() -> None:
    [shown] = json.loads(run("show", "ll28", "--format", "json").stdout)

    assert shown["label"] == "Fair treatment of survivors"
    assert shown["provisional"] is True
    assert shown["mark"] == "provisional: wording of the interim list of March 2022"
    assert shown["definition_by"] == "this project"
    assert shown["domain"]["mark"] == "published with the interim list of March 2022"
    assert [source["id"] for source in shown["sources"]] == ["pec-blog-2022"]


def test_search_finds_outcomes_by_their_words_and_marks_them() -> None:
    done = run("search", "safe", "house")

    assert done.returncode == 0
    assert done.stdout == (
        "ll22       Safety in safe houses [provisional: our label for a published theme, not MS-COS wording]\n"
    )


def test_search_offers_what_is_near_and_says_that_it_is_only_near() -> None:
    done = run("search", "acess to educaton")

    assert done.returncode == 0
    assert done.stdout == "education  Access to education\n"
    assert done.stderr == "mscos: no outcome has these words; these are near:\n"


def test_search_that_finds_nothing_says_so() -> None:
    done = run("search", "qqqq", "--format", "json")

    assert done.returncode == 0
    assert done.stdout == "[]\n"
    assert done.stderr == "mscos: no outcome has these words, and none is near\n"


def test_editions_lists_each_with_its_fingerprint() -> None:
    fingerprint = mscos.load_taxonomy("2023.1").fingerprint

    assert run("editions").stdout == f"2023.1 (newest)  sha256 {fingerprint}\n"
    assert json.loads(run("editions", "--format", "json").stdout) == [
        {"edition": "2023.1", "sha256": fingerprint, "newest": True}
    ]


def test_schema_lists_the_schemas_and_prints_one_as_it_is_published() -> None:
    names = run("schema").stdout.split()

    assert names == list(schemas.names())
    assert json.loads(run("schema", "--format", "json").stdout) == names
    for name in ("report", "evaluation", "2023.1/evaluation.core"):
        printed = run("schema", name, "--edition", "2023.1").stdout
        file = schemas.path() / "1" / (f"{name if '/' in name or name == 'report' else f'2023.1/{name}'}.schema.json")
        assert printed == file.read_text(encoding="utf-8")


def test_rules_lists_every_rule() -> None:
    lines = run("rules").stdout.splitlines()
    listed = json.loads(run("rules", "--format", "json").stdout)

    assert "COV-01  error    (Outcome) is left out. No reason is given." in lines
    assert [line.split()[0] for line in lines] == [entry["id"] for entry in listed]


def test_explain_prints_the_page_of_a_rule_whatever_the_case_of_its_name() -> None:
    done = run("explain", "cov-01")

    page = (ROOT / "docs/reference/rules/COV-01.md").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert done.stdout.startswith(
        "COV-01\n\n(Outcome) is left out. No reason is given.\n\nSeverity: error\n\nA core outcome is left out"
    )
    assert done.stdout.endswith(
        "\n\nCases\n"
        "It finds this: Six outcomes are left out with a reason; education is named, and nothing is said of it.\n"
        "It finds nothing here: Education is left out with a reason too, and still left out.\n"
    )
    assert re.sub(r"^(#+|>|\*) ", "", page.split("\n\n", 1)[1], flags=re.MULTILINE) == done.stdout


def test_a_rule_that_is_not_there_is_named_with_those_that_are_near() -> None:
    assert run("explain", "COV-9").stderr.startswith("mscos: no rule has this identifier; near it: COV-0")


def test_the_version_and_the_help_can_be_had() -> None:
    assert run("--version").stdout == f"mscos, version {mscos.__version__}\n"
    assert "Exit status: 0 yes, or done; 1 not met, or no verdict; 2 wrong usage;" in run("--help").stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f'"{sys.executable}" -m mscos rules --format json | head -n 1; exit "${{PIPESTATUS[0]}}"'

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S607

    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")
