"""In a pipeline: the hook, the Action, the assertion and the page about them, as their users run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mscos.reporters import PORTFOLIO_REPORTERS, REPORTERS
from mscos.verification import MESSAGES
from test_command_line import NOT_ON_WINDOWS, SAFE_HOUSE, THERAPY, run

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/automation.md").read_text(encoding="utf-8")
ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

MARISOL = "Zzyxmarisol"
"""A cell."""


# The page.


@pytest.mark.parametrize("block", re.findall(r"```console\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_commands_of_the_page_print_what_it_shows(block: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    commands = re.findall(r"^\$ mscos (.*)\n((?:(?!\$ ).*\n)*)", block, flags=re.MULTILINE)

    assert commands
    for arguments, shown in commands:
        done = subprocess.run(
            [sys.executable, "-m", "mscos", *arguments.split()],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert done.stdout + done.stderr == shown


def test_the_page_lists_every_format_and_every_code() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)

    # A page of its own is about those that people read.
    assert [name for name in listed if name in REPORTERS] == [
        name for name in REPORTERS if name not in {"html", "markdown"}
    ]
    assert [name for name in listed if name not in REPORTERS] == list(MESSAGES)
    assert "`text`, `json`, `jsonl`, `csv` and `xlsx`" in PAGE
    assert {"text", "json", "jsonl", "csv", "xlsx"} <= set(PORTFOLIO_REPORTERS)


# The hook.


def test_the_hook_judges_the_records_of_a_repository_and_ends_with_the_worst(tmp_path: Path) -> None:
    entry, pattern = (re.findall(rf"^  {name}: (.*)$", HOOKS, re.MULTILINE)[0] for name in ("entry", "files"))
    names = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("examples/*/*"))]
    records = [name for name in names if re.search(pattern, name)]

    done = run(*entry.split()[1:], *records)

    assert entry.split()[0] == "mscos"
    assert records == ["examples/advocacy-service/intervention.toml", SAFE_HOUSE, THERAPY]
    assert [line.split(" core outcomes ")[0] for line in done.stdout.splitlines()] == [
        "examples/advocacy-service/intervention.toml: 5 of 7",
        f"{SAFE_HOUSE}: 7 of 7",
        f"{THERAPY}: 0 of 7",
    ]
    assert done.returncode == 1


def test_the_worst_status_is_that_of_the_hook() -> None:
    statuses = {
        files: run("check-each", *files).returncode
        for files in (
            (SAFE_HOUSE,),
            (SAFE_HOUSE, SAFE_HOUSE),
            (THERAPY, SAFE_HOUSE),
            ("none.toml", SAFE_HOUSE, THERAPY),
        )
    }
    unread = run("check-each", "none.toml", SAFE_HOUSE)

    assert list(statuses.values()) == [0, 0, 1, 3]
    assert unread.stdout == f"{SAFE_HOUSE}: 7 of 7 core outcomes are reported.\n"
    assert unread.stderr == "mscos: none.toml: there is no such file. Nothing was checked.\n"
    assert run("check-each").returncode == 2


# The Action.


def scripts() -> list[str]:
    """The shell steps of the Action, in their order."""
    return [
        textwrap.dedent(each) for each in re.findall(r"^      run: \|\n((?:        .*\n|\n)+)", ACTION, re.MULTILINE)
    ]


def executable(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)


class Runner:
    """What GitHub gives to a step: folders, files for its output, and variables."""

    def __init__(self, folder: Path) -> None:
        """Put a `mscos` where the first step would install it."""
        self.folder = folder
        self.summary, self.output = folder / "summary.md", folder / "output.txt"
        (folder / "temp").mkdir()
        executable(folder / "temp/mscos/bin/mscos", f'exec "{sys.executable}" -m mscos "$@"')

    def step(self, script: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Run a step as GitHub runs one."""
        empty = dict.fromkeys(("MSCOS_FILE", "MSCOS_CODEBOOK", "MSCOS_RECORD", "MSCOS_FORMAT"), "")
        files = {"GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_OUTPUT": str(self.output)}
        folders = {"RUNNER_TEMP": str(self.folder / "temp"), "GITHUB_ACTION_PATH": str(ROOT)}
        return subprocess.run(
            [str(shutil.which("bash")), "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | empty | files | folders | given,
            check=False,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@NOT_ON_WINDOWS
def test_the_action_installs_the_project_into_an_environment_of_its_own(runner: Runner) -> None:
    said = runner.folder / "said.txt"
    executable(runner.folder / "python", f'echo "$@" >> {said}')
    executable(runner.folder / "temp/mscos/bin/python", f'echo "$@" >> {said}')

    done = runner.step(scripts()[0], MSCOS_PYTHON=str(runner.folder / "python"))

    assert done.returncode == 0
    assert said.read_text().splitlines() == [
        f"-m venv {runner.folder}/temp/mscos",
        f"-m pip install --quiet {ROOT}[all]",
    ]


@NOT_ON_WINDOWS
def test_the_action_annotates_summarises_and_gives_its_status(runner: Runner) -> None:
    sarif = runner.folder / "mscos.sarif"

    done = runner.step(
        scripts()[1],
        MSCOS_FILE="examples/therapy-study/data.csv",
        MSCOS_CODEBOOK="examples/therapy-study/dictionary.csv",
        MSCOS_RECORD=THERAPY,
        MSCOS_FORMAT=f"sarif:{sarif}",
    )

    assert done.returncode == 1
    assert done.stdout.startswith("::error title=mscos::0 of 7 core outcomes are reported.")
    assert runner.output.read_text() == "status=1\n"
    assert runner.summary.read_text().splitlines()[:3] == [
        "## Core outcomes",
        "",
        f"    {(ROOT / THERAPY).with_name('expected.txt').read_text(encoding='utf-8').splitlines()[0]}",
    ]
    assert sarif.stat().st_size > 0


@NOT_ON_WINDOWS
def test_the_action_passes_where_all_are_reported(runner: Runner) -> None:
    done = runner.step(scripts()[1], MSCOS_FILE=SAFE_HOUSE)

    assert done.returncode == 0
    assert done.stdout.startswith("::notice title=mscos::7 of 7 core outcomes are reported.")
    assert runner.output.read_text() == "status=0\n"


@NOT_ON_WINDOWS
def test_the_action_says_why_it_could_not_look(runner: Runner) -> None:
    done = runner.step(
        scripts()[1],
        MSCOS_FILE="examples/case-system/export.csv",
        MSCOS_CODEBOOK="examples/case-system/mapping.csv",
    )

    assert done.returncode == 4
    assert runner.output.read_text() == "status=4\n"
    assert "::error title=SAF-01::Column 3 (prs_FirstName): name.\n" in done.stdout
    assert "      column 3 (prs_FirstName): name (SAF-01)\n" in runner.summary.read_text()


@NOT_ON_WINDOWS
@pytest.mark.parametrize("name", ["$(touch hacked)", "'; touch hacked; '", "--version", "a b.toml"])
def test_what_is_asked_of_the_action_is_never_run(name: str, runner: Runner) -> None:
    done = runner.step(scripts()[1], MSCOS_FILE=name)

    assert done.returncode == 3
    assert "there is no such file" in runner.summary.read_text()
    assert not (ROOT / "hacked").exists()


def test_no_step_of_the_action_holds_what_is_asked_of_it() -> None:
    assert len(scripts()) == ACTION.count("run: |") == 2
    assert not any("${{" in script for script in scripts())


# The assertion.


def test_the_assertion_passes_where_all_are_reported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        from mscos.testing import assert_reports_core_set

        def test_it():
            assert_reports_core_set({str(ROOT / SAFE_HOUSE)!r})
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_assertion_fails_with_the_sentence_and_what_to_mend(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        from mscos.testing import assert_reports_core_set

        def test_it():
            assert_reports_core_set({str(ROOT / THERAPY)!r}, edition="2023.1")
        """
    )

    done = pytester.runpytest_subprocess("--tb=long")

    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            "E       AssertionError: 0 of 7 core outcomes are reported. Not reported: Secure and suitable housing; *",
            "E         error: Secure and suitable housing is left out. No reason is given. At /outcomes. Add *(COV-01)",
        ]
    )
    done.stdout.no_fnmatch_line("*conformance.py*")


@pytest.mark.parametrize("broken", [False, True])
def test_the_assertion_shows_no_cell_even_if_every_frame_is_shown(broken: bool, pytester: pytest.Pytester) -> None:  # noqa: FBT001
    rows = f"{MARISOL}@example.org" if broken else "yes"
    pytester.makepyfile(
        f"""
        import polars
        from mscos import Codebook, read_codebook
        from mscos.testing import assert_reports_core_set

        def frame():
            return polars.DataFrame({{"home": ["{rows}", "{MARISOL}"], "{MARISOL}2": ["{MARISOL}3", "{MARISOL}4"]}})

        def test_it():
            assert_reports_core_set({str(ROOT / THERAPY)!r}, data=frame(), codebook="mapping.csv")
        """
    )
    pytester.path.joinpath("mapping.csv").write_text("column,outcome\nhome,housing\n")

    done = pytester.runpytest_subprocess("--tb=long", "--showlocals", "--full-trace")

    done.assert_outcomes(failed=1)
    shown = [line for line in done.outlines if MARISOL in line and "polars.DataFrame" not in line]
    assert shown == []
    assert any("HoldsIdentifiers" in line or "AssertionError: 0 of 7" in line for line in done.outlines)
