"""
What a page shows, run as its reader would.

Blocks of a page are tried in their order, in one folder of the page's own.  A comment before a block says what it is:

    <!-- file: NAME -->       the reader saves it under this name
    <!-- add to: NAME -->     the reader adds it to the end of this file
    <!-- after 3 lines of step 1: NAME -->  the reader writes it in place of all but the first lines of this file
    <!-- below LINE: NAME -->  the reader puts it below this line of this file
    <!-- output -->           what the command or the Python before it prints; [...] stands for what is left out
    <!-- tried in: TEST -->   a test module of its own tries it
    <!-- not run: WHY -->     it is not tried here, and why

A comment of its own, before all blocks, brings a file that another page shows:

    <!-- uses: NAME from PAGE -->

Commands (``console``, ``sh``), Python and JavaScript need no comment: they are run.  Any other block needs one.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from mscos import cli

ROOT = Path(__file__).parent.parent

BLOCK = re.compile(
    r"(?:^<!-- (?P<said>[^>]*) -->\n\n?)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
USES = re.compile(r"^<!-- uses: (\S+) from (\S+) -->$", re.MULTILINE)
SHELL = re.compile(r"[|<>&;$]")
PRINTS = re.compile(r"# prints: (.*)")

LEFT_OUT = "[…]"
RUN = ("console", "sh", "python", "js")
SHIMS = {"mscos": "-m mscos", "python": "", "python3": ""}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: what the comment before it says, its language and its text."""

    said: str
    language: str
    text: str

    @property
    def kind(self) -> str:
        """What is done with the block, or an empty text where nobody knows."""
        word = self.said.partition(":")[0]
        if word in {"file", "add to", "output", "tried in", "not run"}:
            return word
        if word.startswith("below "):
            return "below"
        if word == "after 3 lines of step 1":
            return "after"
        return self.language if self.language in RUN else ""

    @property
    def name(self) -> str:
        return self.said.partition(": ")[2]


def blocks(text: str) -> list[Block]:
    return [Block(found["said"] or "", found["language"], found["text"]) for found in BLOCK.finditer(text)]


def blocks_of(page: Path) -> list[Block]:
    """List the blocks of a page, after the files that it takes from others."""
    text = page.read_text(encoding="utf-8")
    return [_file_of(page.parent / other, name) for name, other in USES.findall(text)] + blocks(text)


def _file_of(page: Path, name: str) -> Block:
    """Give the last block of a page that the reader saves under a name."""
    return [block for block in blocks(page.read_text(encoding="utf-8")) if block.said == f"file: {name}"][-1]


@dataclass(slots=True)
class Reader:
    """Somebody who follows a page to the letter, in an empty folder beside the examples."""

    folder: Path
    beside: tuple[str, ...] = ("examples", "schemas", "src")
    status: int = 0
    printed: str = ""
    names: dict[str, object] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in self.beside:
            (self.folder / name).symlink_to(ROOT / name)
        if self.beside:
            (self.folder / "node_modules").symlink_to(ROOT / "tests/ajv/node_modules")
        bin_folder = self.folder / ".bin"
        bin_folder.mkdir()
        for name, arguments in SHIMS.items():
            (bin_folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
            (bin_folder / name).chmod(0o755)

    def follow(self, page: list[Block]) -> Iterator[str]:
        """Follow a page, and yield what is not as the page says."""
        for block, after in zip(page, [*page[1:], None], strict=True):
            apart = after is not None and after.kind == "output"
            match block.kind:
                case "output":
                    yield from differences(block.text, self.printed)
                case "console":
                    yield from self._console(block, apart=apart)
                case "sh":
                    yield from self._script(block)
                case "python":
                    yield from self._python(block, apart=apart)
                case "js":
                    self._write("page.mjs", block.text)
                    self._command("node page.mjs")
                case _:
                    self._save(block)

    def _save(self, block: Block) -> None:
        """Put the text of a block where its comment says."""
        match block.kind:
            case "file":
                self.begun = self.begun or block.text.splitlines(keepends=True)
                self._write(block.name, block.text)
            case "add to":
                self._write(block.name, self._text(block.name) + block.text)
            case "below":
                line = f"    {block.said.partition(': ')[0].removeprefix('below ')}\n"
                assert self._text(block.name).count(line) == 1
                self._write(block.name, self._text(block.name).replace(line, line + block.text))
            case "after":
                self._write(block.name, "".join([*self.begun[:3], block.text]))

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def _write(self, name: str, text: str) -> None:
        file = (self.folder / name).resolve()
        assert file.is_relative_to(self.folder.resolve())  # a page must not write into the project
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _command(self, command: str) -> None:
        if self.beside and command.startswith("mscos ") and not SHELL.search(command.replace("\\\n", "")):
            self.status, self.printed = in_process(command, self.folder)
        else:
            self._in_a_shell(command)

    def _in_a_shell(self, command: str) -> None:
        done = subprocess.run(
            ["/bin/bash", "-c", f"(exit {self.status}); {command}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            cwd=self.folder,
            env=os.environ | {"PATH": f"{self.folder / '.bin'}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"},
            check=False,
        )
        self.status, self.printed = done.returncode, done.stdout

    def _console(self, block: Block, *, apart: bool) -> Iterator[str]:
        commands = COMMAND.findall(block.text)
        if not commands:
            yield f"no command in: {block.text}"
        for command, shown in commands:
            self._command(command)
            if self.status > 1 and not (shown or apart):
                yield f"status {self.status}: {command}"
            if not apart:
                yield from differences(shown, self.printed)

    def _script(self, block: Block) -> Iterator[str]:
        for command in block.text.splitlines():
            self._command(command)
            if self.status:
                yield f"status {self.status}: {command}: {self.printed}"

    def _python(self, block: Block, *, apart: bool) -> Iterator[str]:
        out = io.StringIO()
        with redirect_stdout(out), chdir(self.folder):
            exec(compile(block.text, "a page", "exec"), self.names)  # noqa: S102 - the page's own code
        self.printed = out.getvalue()
        if not apart:
            said = "".join(f"{line}\n" for line in PRINTS.findall(block.text))
            yield from differences(said, self.printed)


def in_process(command: str, folder: Path) -> tuple[int, str]:
    """Run a command of our own in this process: a new one for each takes too long."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    arguments = shlex.split(command.replace("\\\n", " "))
    with redirect_stdout(out), redirect_stderr(out), chdir(folder), patch.object(sys, "argv", arguments):
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code
        out.flush()
    assert isinstance(status, int)
    return status, out.buffer.getvalue().decode()


def differences(shown: str, printed: str) -> list[str]:
    """Hold what a page shows against what was printed; what is left out may be anything."""
    parts = [re.escape(part) for part in shown.split(LEFT_OUT)]
    if re.fullmatch(".*".join(parts), printed, re.DOTALL):
        return []
    return [f"shown:\n{shown}\nprinted:\n{printed}"]
