"""Commands that help to plan: they judge nothing."""

from __future__ import annotations

from pathlib import Path

import click

from mscos.cli.choosing import named_edition
from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import emit, keep_apart


@commands.command()
@click.argument("intervention", type=click.Path())
@click.option("--taxonomy", type=click.Path(), help="File of an edition that is not packaged.")
@click.option("--output", type=click.Path(), help="Write to this file, .csv or .xlsx, instead of the screen.")
def logframe(intervention: str, taxonomy: str | None, output: str | None) -> int:
    """
    Write a logical framework to fill in, for the outcomes that an intervention covers itself or by a partner.

    INTERVENTION is the record of an intervention, in JSON or TOML. The rows of its own logframe come first, then
    a row for each activity. On the screen it is CSV. Check the filled file with check --logframe.
    """
    from mscos.conformance import read_by
    from mscos.exporters.logframe import EXPORTERS, csv_text
    from mscos.logframes import skeleton
    from mscos.pins import chosen_taxonomy
    from mscos.records.reading import read_intervention

    keep_apart(intervention, output)
    ending = Path(output).suffix.lower() if output is not None else ""
    if output is not None and ending not in EXPORTERS:
        raise click.UsageError(f"--output ends in one of: {', '.join(EXPORTERS)}.")
    given = named_edition(None, taxonomy)
    record = read_by(read_intervention, intervention, given)
    rows = skeleton(record)
    if output is None:
        emit(csv_text(rows), None)
    else:
        emit(EXPORTERS[ending](rows, chosen_taxonomy(given or record.edition)), output)
    return Exit.YES
