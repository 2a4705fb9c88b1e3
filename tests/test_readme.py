"""What the README shows is true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_first_screen_shows_the_two_commands_the_sentence_and_three_lines_of_python() -> None:
    screen = "\n".join(README.splitlines()[:40])

    assert "make demo" in screen
    assert "make test" in screen
    assert "7 of 7 core outcomes are reported." in screen
    assert "mscos.read_record(" in screen


@pytest.mark.parametrize("block", blocks("python"))
def test_python_in_the_readme_runs_and_prints_what_its_comments_say(block: str) -> None:
    said = re.findall(r"# prints: (.*)", block)

    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.stderr == ""
    assert said
    assert done.stdout.splitlines() == said


@pytest.mark.parametrize("block", blocks("console"))
def test_commands_in_the_readme_print_what_is_shown(block: str) -> None:
    commands = re.findall(r"^\$ mscos (.*)\n((?:(?!\$ ).*\n)*)", block, flags=re.MULTILINE)

    assert commands
    for arguments, shown in commands:
        done = subprocess.run(  # noqa: S602 - the line as a reader types it
            f'"{sys.executable}" -m mscos {arguments}',
            shell=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=os.environ,
            check=False,
        )
        wanted, _, rest = shown.partition("[…]\n")
        assert (done.stdout + done.stderr).startswith(wanted)
        assert rest == ""
        if "[…]" not in shown:
            assert done.stdout + done.stderr == wanted
