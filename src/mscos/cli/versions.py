"""Commands about editions: pin one, tell two apart.  They judge nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mscos.cli.choosing import edition_options, named_taxonomy
from mscos.cli.exits import Exit
from mscos.cli.files import replace_file
from mscos.cli.group import commands
from mscos.cli.output import emit, keep_apart, outputs
from mscos.errors import NoPin, NoSuchFile, shown

if TYPE_CHECKING:
    from mscos.pins import Pin


@commands.command()
@edition_options
@click.option("--pin", "path", type=click.Path(), help="File to write the pin into, in place of ./pyproject.toml.")
def pin(*, edition: str | None, taxonomy: str | None, path: str | None) -> int:
    """
    Pin an edition with its fingerprint, so that this project is always judged by it.

    Writes the table [tool.mscos] into pyproject.toml in this folder; every other line stays as it is.
    """
    from mscos.pins import PROJECT, pinned_text

    chosen = named_taxonomy(edition, taxonomy)
    name = PROJECT if path is None else path
    before = _before(name)
    content = _content(name)
    after = pinned_text(content, name, chosen)
    if after != content:
        replace_file(name, after)
    instead = "" if before in {None, chosen.edition} else f" in place of {before}"
    emit(f"Edition {chosen.edition} is pinned in {shown(name)}{instead}, sha256 {chosen.fingerprint}.\n", None)
    return Exit.YES


def _content(path: str) -> bytes:
    from mscos._files import read_content
    from mscos.errors import EmptyFile

    try:
        return read_content(path)
    except (NoSuchFile, EmptyFile):
        return b""


def _before(path: str) -> str | None:
    """Name the edition that is pinned now; None if none is, or if what is there is no pin."""
    from mscos.errors import CannotRead
    from mscos.pins import read_pin

    try:
        found: Pin = read_pin(path)
    except (NoPin, CannotRead):
        return None
    return found.edition


@commands.command("diff")
@click.argument("before")
@click.argument("after")
@outputs("text", "json", "markdown")
def difference(*, before: str, after: str, form: str, output: str | None) -> int:
    """
    Say what differs between two editions.

    BEFORE and AFTER are each the name of a packaged edition, or a file.
    """
    from mscos.edition_diffs import diff
    from mscos.edition_files import find_taxonomy
    from mscos.reporters import of_editions

    for path in (before, after):
        keep_apart(path, output)
    found = diff(find_taxonomy(before), find_taxonomy(after))
    writers = {"text": of_editions.diff_text, "json": of_editions.diff_json, "markdown": of_editions.diff_markdown}
    emit(writers[form](found), output)
    return Exit.YES
