"""`--format FORMAT[:FILE]`: which format goes where, and what is never written over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mscos.reporters import PORTFOLIO_REPORTERS, REPORTERS
from test_command_line import NOT_ON_WINDOWS, ROOT, SAFE_HOUSE, THERAPY, run

MEMBERS = "examples/area-partnership/members"
REFUSED = ("check", "examples/case-system/export.csv", "--codebook", "examples/case-system/mapping.csv")


def test_several_formats_go_to_their_files_and_one_to_the_screen(tmp_path: Path) -> None:
    done = run("check", THERAPY, "-f", f"json:{tmp_path}/a.json", "-f", "text", "-f", f"sarif:{tmp_path}/a.sarif")

    assert done.returncode == 1
    assert done.stdout == run("check", THERAPY).stdout
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == run("check", THERAPY, "-f", "json").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.sarif"]


def test_where_every_format_has_a_file_the_screen_shows_the_sentence(tmp_path: Path) -> None:
    done = run("check", SAFE_HOUSE, "-f", f"json:{tmp_path}/a.json")
    area = run("portfolio", MEMBERS, "-f", f"csv:{tmp_path}/a.csv", "-f", f"xlsx:{tmp_path}/a.xlsx")

    assert done.stdout == "7 of 7 core outcomes are reported.\n"
    assert area.stdout == (
        "6 of 7 core outcomes are addressed. Not addressed: Access to education. "
        "Change one of the services so that it covers it, or bring in a partner who does.\n"
    )


def test_a_file_may_have_a_colon_in_its_name(tmp_path: Path) -> None:
    run("check", SAFE_HOUSE, "-f", f"csv:{tmp_path}/a:b.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["a:b.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["-f", "pdf"],
            "Invalid value for '-f' / '--format': there is no format 'pdf'; there are: " + ", ".join(REPORTERS) + ".",
        ),
        (
            ["-f", "csv:"],
            "Invalid value for '-f' / '--format': name a file after the colon, or leave the colon out.",
        ),
        (
            ["-f", "text", "-f", "json"],
            "only one format can go to the screen; name a file for the others, such as json:FILE.",
        ),
        (
            ["-f", "json:{0}/a", "--output", "{0}/b"],
            "every format names its file, so there is nothing for --output; leave it out.",
        ),
        (
            ["-f", "json:{0}/a", "-f", "csv:{0}/./a"],
            "two formats go to the same file; name another one for one of them.",
        ),
        (
            ["-f", "json:{0}/a", "-f", "csv", "--output", "{0}/a"],
            "two formats go to the same file; name another one for one of them.",
        ),
        (["-f", "json:{0}/record.toml"], "the output names a file that is read; choose another one."),
        (["-f", "text", "-f", "json:{0}/no/a"], "cannot write to {0}/no/a: No such file or directory."),
        (["--timestamp"], "SOURCE_DATE_EPOCH is no number of seconds; set it right, or unset it."),
    ],
)
def test_status_2_says_what_cannot_go_where_and_nothing_is_written(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    record = tmp_path / "record.toml"
    record.write_bytes((ROOT / SAFE_HOUSE).read_bytes())

    done = run("check", record, *(each.format(tmp_path) for each in arguments), SOURCE_DATE_EPOCH="soon")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == f"Error: {said.format(tmp_path)}"
    assert record.read_bytes() == (ROOT / SAFE_HOUSE).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["record.toml"]


def test_no_format_of_a_portfolio_goes_into_a_folder_that_is_read(tmp_path: Path) -> None:
    done = run("portfolio", tmp_path, "-f", "text", "-f", f"json:{tmp_path}/a.json")

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == ("Error: the output is inside a folder that is read; choose another place.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", REPORTERS)
def test_every_format_can_go_to_a_file(form: str, tmp_path: Path) -> None:
    done = run("check", SAFE_HOUSE, "--format", form, "--output", tmp_path / "report")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "report").stat().st_size > 0


@pytest.mark.parametrize("form", PORTFOLIO_REPORTERS)
def test_every_format_of_a_portfolio_can_go_to_a_file(form: str, tmp_path: Path) -> None:
    done = run("portfolio", MEMBERS, "--format", form, "--output", tmp_path / "report")

    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (tmp_path / "report").stat().st_size > 0


def test_a_workbook_can_be_piped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mscos", "check", SAFE_HOUSE, "-f", "xlsx"], capture_output=True, cwd=ROOT, check=True
    )

    assert done.stdout.startswith(b"PK\x03\x04")


@NOT_ON_WINDOWS
def test_a_terminal_gets_no_workbook() -> None:
    import pty  # noqa: PLC0415 - Windows has none

    ours, theirs = pty.openpty()

    done = subprocess.run(
        [sys.executable, "-m", "mscos", "check", SAFE_HOUSE, "-f", "xlsx"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    os.close(theirs)
    os.close(ours)

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "Error: this format is for a file and not for a screen; name one with --output."
    )


@pytest.mark.parametrize("form", ["jsonl", "sarif", "junit", "github", "gitlab"])
def test_a_refusal_is_said_in_the_format_that_was_asked_for(form: str) -> None:
    done = run(*REFUSED, "-f", form)

    assert done.returncode == 4
    assert "prs_FirstName" in done.stdout
    assert "export.csv" not in done.stdout + done.stderr


def test_a_failure_replaces_the_file_of_a_pipeline_and_no_other(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "a.csv", "a.sarif")]
    for file in files:
        file.write_text("earlier")

    done = run(
        "check", tmp_path / "none.toml", *(part for file in files for part in ("-f", f"{file.suffix[1:]}:{file}"))
    )

    assert done.returncode == 3
    assert done.stdout == ""
    assert [file.read_text() for file in files[:2]] == ["earlier", "earlier"]
    assert json.loads(files[2].read_text())["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_the_time_stands_in_a_report_where_it_is_asked_for(tmp_path: Path) -> None:
    asked = [
        run(*command, *option, "-f", "json", SOURCE_DATE_EPOCH="1700000000")
        for command in (("check", SAFE_HOUSE), ("portfolio", MEMBERS))
        for option in ((), ("--timestamp",))
    ]
    stamps = [json.loads(done.stdout)["stamps"].get("made_at") for done in asked]
    text = run("check", SAFE_HOUSE, "--timestamp", SOURCE_DATE_EPOCH="1700000000").stdout
    now = json.loads(run("check", SAFE_HOUSE, "--timestamp", "-f", "json").stdout)["stamps"]["made_at"]

    assert stamps == [None, "2023-11-14T22:13:20Z"] * 2
    assert "  Made at 2023-11-14T22:13:20Z.\n" in text
    assert len(now) == 20
    assert now > "2025"
