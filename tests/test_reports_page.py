"""The page on reports: its commands print what it shows, and its code runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mscos.reporters import PORTFOLIO_REPORTERS, REPORTERS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/reports.md").read_text(encoding="utf-8")

COMMANDS = re.findall(r"^```console\n\$ mscos (.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) == PAGE.count("```console") == 3


@pytest.mark.parametrize(("command", "shown"), COMMANDS)
def test_a_command_prints_what_is_shown_and_writes_the_file_it_names(command: str, shown: str, folder: Path) -> None:
    arguments = shlex.split(command)

    done = subprocess.run(
        [sys.executable, "-m", "mscos", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
    )

    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith(shown.removesuffix("...\n"))
    assert bool(shown) is ("--output" not in arguments)
    if not shown:
        assert (folder / arguments[-1]).read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")


def test_the_code_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

    exec(compile(code, "docs/reports.md", "exec"), {})  # noqa: S102 - the page's own code


def test_the_table_names_every_form_that_people_read() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)

    assert {"text", "html", "markdown", "json"} == set(named)
    assert set(named) <= set(REPORTERS) & set(PORTFOLIO_REPORTERS)
