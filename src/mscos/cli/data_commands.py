"""Commands that look into data for the person who holds them: they judge nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscos._printable import printable
from mscos.cli.choosing import named_edition
from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import emit
from mscos.errors import STANDARD_INPUT, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mscos.locate import Spot
    from mscos.suggesting import Draft

_HOW_ROWS_ARE_COUNTED = "The headers are row 1. Empty rows and a row of HXL tags are not counted."

_codebooks = click.option(
    "--codebook", "codebooks", multiple=True, type=click.Path(), help="What describes the data; repeatable."
)
_exclude = click.option("--exclude", multiple=True, metavar="HEADER", help="Leave this column out unread; repeatable.")
_sheet = click.option("--sheet", help="Sheet of a workbook that holds the data.")
_taxonomy = click.option("--taxonomy", type=click.Path(), help="File of an edition that is not packaged.")
_resource = click.option("--resource", help="Resource of a data package that describes the data.")


@commands.command()
@click.argument("data", type=click.Path())
@click.argument("rule")
@_codebooks
@_exclude
@click.option("--record", type=click.Path(), help="The evaluation's record, which can put time points in order.")
@click.option("--events", type=click.Path(), help="REDCap's file of the forms that belong to each event.")
@_sheet
@_resource
@_taxonomy
@click.option("--yes-local", is_flag=True, help="Write even where the output is no terminal, such as to a file.")
def locate(  # noqa: PLR0913 - each is an option
    *,
    data: str,
    rule: str,
    codebooks: tuple[str, ...],
    exclude: tuple[str, ...],
    record: str | None,
    events: str | None,
    sheet: str | None,
    resource: str | None,
    taxonomy: str | None,
    yes_local: bool,
) -> int:
    """
    Name the rows of DATA that RULE speaks of, such as DAT-04, for the person who must mend the file.

    Row numbers point to people, so they go to a terminal only. No cell is shown. The rules are SAF-02, POP-01,
    DAT-02, DAT-04, DAT-09 and STR-04.
    """
    from mscos import locate as locating
    from mscos.conformance import read_by
    from mscos.intake import prepared, unscreened
    from mscos.pins import chosen_taxonomy
    from mscos.records.reading import read_record

    if not yes_local and not (sys.stdout is not None and sys.stdout.isatty()):
        raise click.UsageError(
            "row numbers point to people, so they go to a terminal only; --yes-local writes them elsewhere."
        )
    if data == STANDARD_INPUT:
        raise click.UsageError("name a file; rows that are piped in cannot be mended.")
    asked = rule.upper()
    if asked not in {locating.CONTACTS, *locating.RULES}:
        raise locating.NotLocated((locating.CONTACTS, *locating.RULES))
    if asked == locating.CONTACTS:
        read = unscreened(data, codebooks, exclude=exclude, sheet=sheet, resource=resource)
        spots = locating.locate_contacts(read.table, read.codebook)
    else:
        ready = prepared(data, codebooks, exclude=exclude, events=events, sheet=sheet, resource=resource)
        given = named_edition(None, taxonomy)
        beside = read_by(read_record, record, given) if record is not None else None
        chosen = chosen_taxonomy(given or (beside.edition if beside else None) or ready.edition)
        spots = locating.locate(ready.bound(chosen, beside), asked)
    emit("".join(f"{line}\n" for line in _spot_lines(asked, spots)), None)
    return Exit.YES


def _spot_lines(rule: str, spots: tuple[Spot, ...]) -> Iterable[str]:
    if not spots:
        yield f"{rule}: nothing was found in the rows."
        return
    for spot in spots:
        name = "" if spot.variable is None else f" ({printable(spot.variable)})"
        yield f"row {spot.row}, column {spot.column}{name}"
    yield _HOW_ROWS_ARE_COUNTED


@commands.command()
@click.argument("data", type=click.Path())
@_codebooks
@_exclude
@_sheet
@_resource
@_taxonomy
@click.option("--output", required=True, type=click.Path(), help="The mapping file to write; it must not exist yet.")
def suggest(  # noqa: PLR0913 - each is an option
    *,
    data: str,
    codebooks: tuple[str, ...],
    exclude: tuple[str, ...],
    sheet: str | None,
    resource: str | None,
    taxonomy: str | None,
    output: str,
) -> int:
    """
    Draft a mapping file for DATA: which column could be about which outcome?

    Proposals come from headers and labels, never from cells. They stand in columns of their own, which no check
    reads: nothing counts before a person has copied it.
    """
    from mscos.intake import unscreened
    from mscos.pins import chosen_taxonomy
    from mscos.suggesting import csv_text, draft

    if os.path.lexists(output):
        raise click.UsageError("--output names something that is there already; choose another name.")
    if not Path(output).absolute().parent.is_dir():
        raise click.UsageError(f"cannot write to {shown(output)}: there is no such folder.")
    read = unscreened(data, codebooks, exclude=exclude, sheet=sheet, resource=resource)
    edition = read.codebook.edition if read.codebook else None
    made = draft(read.table, read.codebook, chosen_taxonomy(named_edition(None, taxonomy) or edition))
    if made.lines:
        emit(csv_text(made), output)
    emit("".join(f"{line}\n" for line in _draft_lines(made, output)), None)
    return Exit.YES


def _draft_lines(made: Draft, output: str) -> Iterable[str]:
    yield f"Columns: {made.columns}. Described already: {made.described}. Proposals: {made.proposals}."
    if made.stops:
        yield "Not drafted, because they seem to hold names, contact details or other marks of a person:"
        for stop in made.stops:
            name = "" if stop.variable is None else f" ({printable(stop.variable)})"
            yield f"  column {stop.position}{name}: {stop.why.replace('_', ' ')}"
        yield "Take these columns out of the data, or leave them out with --exclude."
    if not made.lines:
        yield "No column is left to describe, so nothing was written."
        return
    yield f"Written to {shown(output)}: {len(made.lines)} columns. Nothing in it counts yet."
    yield "Next: open it. Where a proposal is right, copy its cells to the left, and change what is not."
    yield "Where there is none, write the column's header under column, and its outcome or role."
    yield f"Then: mscos check DATA --codebook {shown(output)}"
