"""The command that writes an edition for another tool."""

from __future__ import annotations

import click

from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import edition_option, emit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mscos.exporters.chosen import Which


@commands.command()
@click.argument("form", metavar="[FORMAT]", required=False)
@edition_option
@click.option(
    "--outcomes",
    type=click.Choice(("core", "longlist", "all")),
    default="all",
    show_default=True,
    help="Which outcomes.",
)
@click.option("--output", type=click.Path(), help="Write to this file instead of the screen.")
def export(form: str | None, edition: str | None, outcomes: Which, output: str | None) -> int:
    """
    Write the outcomes of an edition for another tool.

    Name a format; without one, the formats are listed.
    """
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.exporters.exporting import EXPORTERS
    from mscos.exporters.exporting import export as exported

    if form is None:
        emit("".join(f"{name:<20}{each.what}\n" for name, each in EXPORTERS.items()), output)
        return Exit.YES
    content = exported(load_taxonomy(edition or latest_edition()), form, outcomes=outcomes)
    if isinstance(content, bytes) and output is None:
        raise click.UsageError("A workbook cannot be shown here: name a file with --output.")
    emit(content, output)
    return Exit.YES
