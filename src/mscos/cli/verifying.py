"""The command that says whether a report can still be relied on."""

from __future__ import annotations

import click

from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import FORMS, emit, keep_apart, outputs


@commands.command()
@click.argument("report", type=click.Path())
@click.argument("inputs", nargs=-1, type=click.Path())
@outputs(*FORMS)
def verify(report: str, inputs: tuple[str, ...], form: str, output: str | None) -> int:
    """
    Say whether REPORT, its edition, its rules and its INPUTS still belong together.

    REPORT is what check or portfolio wrote in JSON. An input that is not named here is looked for beside the report
    and in the working directory. Data have to be named: a report does not hold the name of a data file.
    """
    from mscos.reporters.of_verification import verification_json, verification_text
    from mscos.verifying.verifying import verify_report

    for path in (report, *inputs):
        keep_apart(path, output)
    found = verify_report(report, inputs)
    emit(verification_text(found) if form == "text" else verification_json(found), output)
    return Exit.YES if found.belongs else Exit.NOT_MET
