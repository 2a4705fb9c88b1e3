"""
Write the expected outputs of the examples anew.

    python tools/expected.py

A test compares each of them whole.  What is written is what the program says, and not what it should say: read the
difference, line by line, as its reader would, before it is committed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mscos
from mscos.conformance import check_any
from mscos.portfolios.checking import check_portfolio
from mscos.portfolios.members import read_members
from mscos.records.reading import read_any
from mscos.reporters import PORTFOLIO_REPORTERS, REPORTERS
from mscos.rules.fingerprint import rules_fingerprint

ROOT = Path(__file__).parent.parent
ENDINGS = {"txt": "text", "md": "markdown"}
"""Endings of files that are not the name of a format."""

RUN = re.compile(
    r"\$ mscos (.*?)\n```\n\nStatus \d\. The whole answer: \[text\]\((.*?)\), \[JSON\]\((.*?)\)\.", re.DOTALL
)
"""A command on the page of an example, and the files of its answer."""


def unstamped(text: str) -> str:
    """Take out what changes with every release, so that it need not stand in the expected files."""
    version = mscos.__version__
    text = text.replace(rules_fingerprint(), "{rules}").replace(f"mscos {version}", "mscos {mscos}")
    return text.replace(f'"{version}"', '"{mscos}"')


def answers() -> Iterator[tuple[Path, str]]:
    """Yield the answers to the commands of the examples' pages."""
    for page in sorted(Path("examples").glob("*/README.md")):
        for command, *files in RUN.findall(page.read_text(encoding="utf-8")):
            for file, more in zip(files, ([], ["--format", "json"]), strict=True):
                arguments = [sys.executable, "-m", "mscos", *shlex.split(command.replace("\\\n", " ")), *more]
                done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 - ours
                yield page.parent / file, done.stdout + ("" if more else done.stderr)


def reports() -> Iterator[tuple[Path, str]]:
    """Yield the reports on the records of the examples, in the formats that have an expected file."""
    data = mscos.check(data="examples/therapy-study/data.csv", codebook="examples/therapy-study/dictionary.csv")
    members = read_members(["examples/area-partnership/members"])
    area = check_portfolio(members)
    records = {path.parent.name: path for kind in ("evaluation", "intervention") for path in _records(kind)}
    for name, path in records.items():
        report = check_any(read_any(str(path)))
        for file in (*path.parent.glob("expected.*"), *Path("tests/data/formats", name).glob("expected.*")):
            yield file, str(REPORTERS[_format(file)](report))
    for file in Path("tests/data/formats/therapy-data").glob("expected.*"):
        yield file, str(REPORTERS[_format(file)](data))
    for file in Path("examples/area-partnership").glob("expected.*"):
        yield file, str(PORTFOLIO_REPORTERS[_format(file)](area))


def _records(kind: str) -> Iterator[Path]:
    yield from sorted(Path("examples").glob(f"*/{kind}.toml"))


def _format(file: Path) -> str:
    ending = file.suffix.removeprefix(".")
    return ENDINGS.get(ending, ending)


def main() -> None:
    """Write every expected file that is not what the program says now."""
    os.chdir(ROOT)
    for file, text in (*reports(), *answers()):
        if file.read_text(encoding="utf-8") != unstamped(text):
            file.write_text(unstamped(text), encoding="utf-8", newline="\n")
            print(f"wrote: {file.as_posix()}")


if __name__ == "__main__":
    main()
