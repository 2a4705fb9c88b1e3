"""The page on templates: its commands run one after the other in an empty folder, and print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^\$ mscos (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_the_commands_of_the_page_print_what_it_shows(tmp_path: Path) -> None:
    shown = [
        found for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for found in COMMAND.findall(block)
    ]

    printed = [(command, run(command, tmp_path)) for command, _ in shown]

    assert len(shown) == PAGE.count("\n$ ")
    for (command, wanted), (_, text) in zip(shown, printed, strict=True):
        begin, more, _ = wanted.partition("[…]\n")
        assert (command, text[: len(begin)] if more else text) == (command, begin)


def run(command: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mscos", *shlex.split(command)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )
    return done.stdout + done.stderr
