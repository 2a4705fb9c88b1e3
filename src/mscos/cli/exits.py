"""The exit statuses: one contract for every command."""

from __future__ import annotations

from enum import IntEnum

from mscos import errors


class Exit(IntEnum):
    """What the status of the process says."""

    YES = 0
    """The answer is yes, or a command that judges nothing did its work."""

    NOT_MET = 1
    """Not met, or no verdict could be given."""

    WRONG_USAGE = 2
    """The command was used wrongly."""

    NOT_READ = 3
    """The input could not be read."""

    REFUSED = 4
    """Refused for safety."""

    OUR_FAULT = 5
    """Our own fault."""

    INTERRUPTED = 130
    """Stopped with Ctrl-C, as shells report it."""


def status_of(error: errors.MscosError) -> Exit:
    """Give the status that an error ends with."""
    if isinstance(error, errors.HoldsIdentifiers):
        return Exit.REFUSED
    return Exit.NOT_READ if isinstance(error, errors.CannotRead) else Exit.WRONG_USAGE
