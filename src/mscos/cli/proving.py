"""The commands by which another implementation proves itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import FORMS, emit, outputs
from mscos.errors import shown

if TYPE_CHECKING:
    from mscos.cases import Case

_which = click.option(
    "--case", "patterns", multiple=True, metavar="ID", help="Only these cases, such as COV-01*; repeatable."
)


@commands.group()
def conformance() -> None:
    """Prove that another implementation judges as this one does."""


@conformance.command()
@click.argument("words", metavar="-- CMD...", nargs=-1, required=True)
@_which
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds for each case.",
)
@outputs(*FORMS)
def run(*, words: tuple[str, ...], patterns: tuple[str, ...], timeout: float, form: str, output: str | None) -> int:
    """
    Put every case to a command, and say which ones pass.

    The command is run once for each case, with options as mscos check has them. The path of what is judged is its
    last argument. It prints JSON: a report, or verdicts, statuses and rules. No shell looks at it. Nothing that it
    writes to its error output is shown.
    """
    from mscos.proving import command, prove
    from mscos.reporters.of_proof import proof_json, proof_text

    cases = _cases(patterns)
    with click.progressbar(cases, label="cases", file=sys.stderr, hidden=not sys.stderr.isatty()) as watched:
        done = list(prove(watched, command(words, timeout)))
    emit((proof_text if form == "text" else proof_json)(done), output)
    return Exit.NOT_MET if any(each.differences for each in done) else Exit.YES


@conformance.command()
@click.argument("folder", type=click.Path())
@_which
def unpack(*, folder: str, patterns: tuple[str, ...]) -> int:
    """Write the files of cases into FOLDER, a folder for each, to look at them or to run them by hand."""
    from mscos.cases import write_files

    for case in _cases(patterns):
        here = Path(folder) / case.id
        try:
            here.mkdir(parents=True, exist_ok=True)
            arguments = write_files(case, here)
        except OSError as error:
            raise click.UsageError(f"cannot write to {shown(folder)}: {error.strerror}.") from None
        click.echo(f"{case.id}: {' '.join(map(shown, arguments))}")
    return Exit.YES


def _cases(patterns: tuple[str, ...]) -> tuple[Case, ...]:
    from mscos.cases import load_cases

    cases = load_cases(*patterns)
    if not cases:
        raise click.UsageError("no case has such an identifier.")
    return cases
