"""The command that judges several records one by one, for hooks that hand over many files."""

from __future__ import annotations

import click

from mscos.cli.exits import Exit, status_of
from mscos.cli.group import commands
from mscos.cli.output import edition_option
from mscos.errors import MscosError, shown


@commands.command("check-each")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@edition_option
def check_each(files: tuple[str, ...], edition: str | None) -> int:
    """
    Say the sentence of each record, and end with the worst status.

    FILES are records of evaluations or interventions, in JSON or TOML. Use check for all that there is to say of one.
    """
    return max(_checked(file, edition) for file in files)


def _checked(file: str, edition: str | None) -> Exit:
    """Judge one record; what cannot be read does not keep the others from being judged."""
    from mscos.conformance import check_any
    from mscos.records.reading import read_any

    try:
        report = check_any(read_any(file), edition=edition)
    except MscosError as error:
        click.echo(f"mscos: {error}", err=True)
        return status_of(error)
    click.echo(f"{shown(file)}: {report.headline}")
    return Exit.YES if report.met else Exit.NOT_MET
