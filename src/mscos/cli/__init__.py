"""The command line: parses, calls, prints and exits; it decides nothing."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any, NoReturn

import click

from mscos import errors
from mscos._version import __version__
from mscos.cli import (
    adopting,
    checking,
    checking_each,
    data_commands,
    exporting,
    judging,
    looking,
    migrating,
    planning,
    proving,
    templating,
    verifying,
    versions,
)
from mscos.cli.exits import Exit, status_of
from mscos.cli.group import commands

__all__ = [
    "adopting",
    "checking",
    "checking_each",
    "commands",
    "data_commands",
    "exporting",
    "judging",
    "looking",
    "main",
    "migrating",
    "planning",
    "proving",
    "templating",
    "verifying",
    "versions",
]

_SORRY = (
    f"mscos: sorry, this is our own fault and nothing was judged (mscos {__version__}). Please report it with the "
    "command you ran, but without your file. With MSCOS_DEBUG=1 you see where it happened; that may quote your file."
)


def main() -> NoReturn:
    """Run the command line, and exit with the documented status."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        # A title may hold a letter that the terminal cannot show; that must not end the check.
        stream.reconfigure(errors="backslashreplace")
    sys.exit(_status())


def _status() -> int:
    try:
        status: Any = commands.main(prog_name="mscos", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except errors.MscosError as error:
        click.echo(f"mscos: {error}", err=True)
        return status_of(error)
    except Exception:  # noqa: BLE001 - whatever it is, it is our fault and gets the documented status
        if os.environ.get("MSCOS_DEBUG") == "1":
            traceback.print_exc()
        click.echo(_SORRY, err=True)
        return Exit.OUR_FAULT
    return status if isinstance(status, int) else Exit.YES
