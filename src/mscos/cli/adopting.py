"""The command that adopts an official list as a new edition.  It judges nothing."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscos.cli.exits import Exit
from mscos.cli.files import replace_file
from mscos.cli.group import commands
from mscos.cli.output import emit, keep_apart
from mscos.errors import ContradictoryEdition, Fault, InvalidDocument, shown

if TYPE_CHECKING:
    from mscos.adopting.building import Adoption, Origin
    from mscos.adopting.official import OfficialOutcome
    from mscos.taxonomy import Taxonomy

_NAME = re.compile(r"[0-9]+(?:\.[0-9]+)+")


@commands.command()
@click.argument("official", type=click.Path())
@click.option("--edition", required=True, help="Name of the new edition, such as 2023.2.")
@click.option("--from", "begin", metavar="EDITION", help="Edition to begin at: a name, or a file. Else the newest.")
@click.option("--mapping", type=click.Path(), help="What a person decided; drafted here if it is not there yet.")
@click.option("--output", type=click.Path(), help="Write the edition to this file instead of the screen.")
@click.option("--because", help="Why the counts or domains differ from those of the edition before.")
@click.option("--title", help="Title of the official list.")
@click.option("--publisher", default="not stated", help="Who published it.")
@click.option("--published", help="When it was published.")
@click.option("--url", help="Where it can be read.")
def adopt(  # noqa: PLR0913 - each is an option
    *,
    official: str,
    edition: str,
    begin: str | None,
    mapping: str | None,
    output: str | None,
    because: str | None,
    title: str | None,
    publisher: str,
    published: str | None,
    url: str | None,
) -> int:
    """
    Adopt the official long-list as a new edition, in place of provisional labels.

    OFFICIAL is CSV with the column label, and, where known, set (core or longlist), domain and definition. The
    first run drafts a mapping. Once a person has decided on every row of it, the second run writes the edition.
    """
    from mscos._editions import latest_edition
    from mscos.adopting.building import Origin
    from mscos.adopting.official import read_official
    from mscos.edition_files import find_taxonomy

    if not _NAME.fullmatch(edition):
        raise click.UsageError("--edition is the year of the consensus and a revision, such as 2023.2.")
    for path in filter(None, (official, mapping, begin)):
        keep_apart(path, output)
    base = find_taxonomy(begin or latest_edition())
    listed = read_official(official, base, because)
    if mapping is None or not os.path.lexists(mapping):
        return _draft(listed, base, mapping, output)
    digest = hashlib.sha256(Path(official).read_bytes()).hexdigest()
    origin = Origin(
        title=title or f"Official list in a file with sha256 {digest}",
        publisher=publisher,
        published=published,
        url=url,
        because=because,
    )
    made = _made(listed, base, mapping, edition, origin)
    return _written(made, base, output)


def _draft(listed: tuple[OfficialOutcome, ...], base: Taxonomy, mapping: str | None, output: str | None) -> int:
    """Draft the mapping; if the edition itself was asked for, say that there is none yet."""
    from mscos.adopting.mapping import draft_mapping
    from mscos.reporters.of_adoption import draft_text

    drafted = draft_mapping(listed, base)
    if mapping is None:
        emit(drafted, None)
        return Exit.YES if output is None else Exit.NOT_MET
    emit(drafted, mapping)
    emit(draft_text(listed, base, shown(mapping)), None)
    return Exit.YES if output is None else Exit.NOT_MET


def _made(listed: tuple[OfficialOutcome, ...], base: Taxonomy, mapping: str, edition: str, origin: Origin) -> Adoption:
    from mscos.adopting import building
    from mscos.adopting.mapping import read_mapping

    try:
        return building.adopt(base, read_mapping(mapping, listed, base), edition, origin)
    except ContradictoryEdition as error:
        faults = tuple(Fault("", f"{each[:1].upper()}{each[1:]}.") for each in error.faults)
    raise InvalidDocument(mapping, faults)


def _written(made: Adoption, base: Taxonomy, output: str | None) -> int:
    from mscos.reporters.of_adoption import adoption_text

    if output is None:
        emit(made.text, None)
    else:
        replace_file(output, made.text.encode())
    click.echo(adoption_text(made, base, "EDITION.json" if output is None else shown(output)), nl=False, err=not output)
    return Exit.YES
