"""The command that writes empty forms: it judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import edition_option
from mscos.errors import shown

KINDS = ("xlsx", "xlsform", "redcap", "csv", "evaluation", "intervention")
"""The kinds of templates; a test holds them to those that there are."""

RECORDS = ("evaluation", "intervention")
"""Those that are records, and hold no column for an instrument."""


@commands.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--outcomes",
    default="core",
    show_default=True,
    metavar="core|longlist|all|ID,ID",
    help="The outcomes that it is about.",
)
@click.option("--instruments", default="", metavar="ID,ID", help="Instruments that you use besides.")
@edition_option
@click.option("--output", required=True, type=click.Path(), help="Write to this file, which must not be there yet.")
def template(*, kind: str, outcomes: str, instruments: str, edition: str | None, output: str) -> int:
    """
    Write an empty form to fill in.

    With xlsx it is a workbook with one row for each answer. With xlsform it is a form for Kobo and its like. With
    redcap it is a data dictionary. With csv it is a table with its Table Schema. With evaluation or intervention it
    is a record in TOML or JSON.

    The core outcome set fixes no instruments. So each question is a placeholder, to be written with survivors.
    """
    from mscos._editions import latest_edition
    from mscos.templates.listed import TEMPLATES
    from mscos.templates.plan import plan
    from mscos.templates.wording import instrument_note

    path = Path(output)
    writers = TEMPLATES[kind]
    if path.suffix.lower() not in writers:
        raise click.UsageError(f"for {kind}, --output ends in one of: {', '.join(writers)}.")
    if instruments and kind in RECORDS:
        raise click.UsageError("--instruments belongs to templates for data; a record names them where it uses them.")
    planned = plan(edition or latest_edition(), _parts(outcomes), _parts(instruments))
    (_, content), *beside = writers[path.suffix.lower()](planned).items()
    _save_new({path: content, **{path.with_suffix(ending): other for ending, other in beside}})
    for each in planned.instruments:
        click.echo(f"mscos: {instrument_note(each, planned)}", err=True)
    return Exit.YES


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]


def _save_new(files: Mapping[Path, bytes]) -> None:
    """Write files, none of which is there yet: what is there may have been filled in."""
    for path in files:
        if path.exists():
            raise click.UsageError(
                f"{shown(str(path))} is there already; choose another name, so that nothing is lost."
            )
    for path, content in files.items():
        _save(path, content)


def _save(path: Path, content: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("xb") as file:  # even one that somebody else has just made is left alone
            file.write(content)
    except OSError as error:
        raise click.UsageError(f"cannot write to {shown(str(path))}: {error.strerror}.") from None
