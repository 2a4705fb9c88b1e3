"""The command that brings a record or data to another edition.  It judges nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscos.cli.exits import Exit
from mscos.cli.files import replace_file
from mscos.cli.group import commands
from mscos.cli.output import emit, keep_apart
from mscos.errors import DATA, STANDARD_INPUT, NothingToMigrate

if TYPE_CHECKING:
    from mscos.migrating.records import Migrated
    from mscos.taxonomy import Taxonomy

_RECORDS = {"", ".json", ".toml"}
_TABLES = {".csv", ".tab", ".tsv"}


@commands.command()
@click.argument("file", type=click.Path())
@click.option("--to", required=True, metavar="EDITION", help="Edition to reach: the name of a packaged one, or a file.")
@click.option("--from", "before", metavar="NAME", help="Edition to begin at, for a file that names none.")
@click.option("--in-place", is_flag=True, help="Replace FILE itself, whole or not at all.")
@click.option("--output", type=click.Path(), help="Write to this file instead of the screen.")
def migrate(*, file: str, to: str, before: str | None, in_place: bool, output: str | None) -> int:
    """
    Bring a record, or data in the canonical layout, to another edition.

    Only identifiers whose outcome keeps its meaning are written anew; the rest stays, and is listed for you to
    decide. Status 1 if anything is left.
    """
    from mscos.edition_files import find_taxonomy
    from mscos.reporters.of_editions import migration_text

    if in_place and (output is not None or file == STANDARD_INPUT):
        raise click.UsageError("--in-place replaces FILE itself; leave --output out, and name a file.")
    for path in (file, to):
        keep_apart(path, output)
    target = file if in_place else output
    migrated = _migrated(file, find_taxonomy(to), before, target)
    if target is None:
        emit(migrated.content.decode(), None)
    elif not in_place or migrated.content != Path(file).read_bytes():
        replace_file(target, migrated.content)
    click.echo(migration_text(migrated), nl=False, err=target is None)
    return Exit.NOT_MET if migrated.left else Exit.YES


def _migrated(file: str, to: Taxonomy, before: str | None, target: str | None) -> Migrated:
    from mscos._editions import latest_edition
    from mscos._files import read_content
    from mscos.migrating.data import migrate_data, read_table_bytes
    from mscos.migrating.records import migrate_record

    begin = before or latest_edition()
    ending = Path(file).suffix.lower()
    if ending in _TABLES:
        if target is None:
            raise click.UsageError("data do not go to the screen; give --output or --in-place.")
        return migrate_data(read_table_bytes(file), to, before=begin, assumed=before is None)
    if ending not in _RECORDS:
        raise NothingToMigrate(DATA)
    return migrate_record(read_content(file), file, to, assumed=begin)
