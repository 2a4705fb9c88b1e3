"""Which edition a command uses: one that is named, one from a file, a pinned one, or none in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mscos.cli.output import Command
    from mscos.pins import AnyEdition
    from mscos.taxonomy import Taxonomy

_edition = click.option("--edition", help="Edition of the taxonomy, such as 2023.1.")
_taxonomy = click.option("--taxonomy", type=click.Path(), help="File of an edition that is not packaged.")
_pin = click.option("--pin", type=click.Path(), help="File that pins an edition, in place of ./pyproject.toml.")


def edition_options(command: Command) -> Command:
    """Add the options that name an edition, or a file with one."""
    return _edition(_taxonomy(command))


def pinned_edition_options(command: Command) -> Command:
    """Add the options that name an edition, a file with one, or a file that pins one."""
    return _edition(_taxonomy(_pin(command)))


def named_taxonomy(edition: str | None, taxonomy: str | None) -> Taxonomy:
    """Load or read the edition that is named; the newest packaged one if none is."""
    from mscos._editions import latest_edition, load_taxonomy

    chosen = named_edition(edition, taxonomy)
    return load_taxonomy(chosen or latest_edition()) if chosen is None or isinstance(chosen, str) else chosen


def named_edition(edition: str | None, taxonomy: str | None) -> str | Taxonomy | None:
    """Give the edition that is named, or read it from its file; None if nothing is named."""
    if taxonomy is None:
        return edition
    from mscos.edition_files import read_taxonomy

    if edition is not None:
        raise click.UsageError("--edition names a packaged edition and --taxonomy a file; give one of them.")
    return read_taxonomy(taxonomy)


def chosen_edition(edition: str | None, taxonomy: str | None, pin: str | None) -> AnyEdition | None:
    """
    Give the edition that is named; where none is, the pinned one.

    An edition of the pinned name is held to the pinned fingerprint, wherever it comes from.
    """
    from mscos._editions import editions, load_taxonomy
    from mscos.pins import find_pin, read_pin

    named = named_edition(edition, taxonomy)
    pinned = find_pin() if pin is None else read_pin(pin)
    if named is None or pinned is None:
        return pinned if named is None else named
    if not isinstance(named, str):
        return pinned.hold(named)
    if named in editions():
        pinned.hold(load_taxonomy(named))
    return named
