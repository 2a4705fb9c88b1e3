"""What the page on editions shows is true: its commands are run one after the other, as a reader does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import mscos
from test_adopting import decide

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/editions.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```console\n\$ mscos (.*)\n((?:.*\n)*?)```$", PAGE, flags=re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder in which the reader of the page works."""
    labels = [outcome.label for outcome in mscos.load_taxonomy("2023.1").longlist]
    labels[36:] = ["A made-up outcome", "Another made-up outcome"]
    (tmp_path / "official.csv").write_text("label\n" + "".join(f'"{each}"\n' for each in labels), encoding="utf-8")
    record = (ROOT / "examples/safe-house/evaluation.toml").read_bytes()
    (tmp_path / "evaluation.toml").write_bytes(record)
    return tmp_path


def test_the_commands_of_the_page_print_what_it_shows(folder: Path) -> None:
    for command, shown in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "mscos", *shlex.split(command)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
        if "--output official.json" not in command and (folder / "mapping.csv").exists():
            same = {outcome.id for outcome in mscos.load_taxonomy("2023.1").longlist[:36]}
            decide(folder / "mapping.csv", same)

        beginning, _, rest = shown.partition("[…]")
        said = done.stdout + done.stderr
        assert said.startswith(beginning) if rest else said == shown

    pinned = (folder / "pyproject.toml").read_text(encoding="utf-8")
    assert pinned in PAGE
    assert len(COMMANDS) == 7


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_python_of_the_page_prints_what_its_comments_say(block: str) -> None:
    said = re.findall(r"# prints: (.*)", block)

    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.stderr == ""
    assert done.stdout.splitlines() == said
