"""The instrument that somebody means, by its identifier or in a label."""

from __future__ import annotations

import re
from functools import cache

from mscos.reference import Instrument, load_instruments

_LONGEST_NAME = 6
"""Most words of a label that can be the name of an instrument."""


@cache
def _instruments_by_key() -> dict[str, Instrument]:
    return {
        name.replace("-", ""): instrument
        for instrument in load_instruments().values()
        for name in (instrument.id, *instrument.aliases)
    }


def find_instrument(identifier: str) -> tuple[Instrument | None, bool]:
    """
    Find the instrument that somebody means by an identifier.

    Hyphens do not matter, and an identifier may begin with that of an instrument: ``phq9-arabic`` is a variant
    of ``phq-9``.

    Args:
        identifier: An identifier, as a record writes it.

    Returns:
        The instrument, or None if the table has nothing like it; and whether it is a variant only.
    """
    parts = identifier.split("-")
    for end in range(len(parts), 0, -1):
        found = _instruments_by_key().get("".join(parts[:end]))
        if found is not None:
            return found, end < len(parts)
    return None, False


def instrument_named_in(label: str, outcome: str) -> str | None:
    """
    Find an instrument that the label of a variable names and that shows nothing of an outcome.

    A label never makes a measure fit.  It can only show that one does not: somebody marked the score of a symptom
    scale as an answer about something else, and did not say which scale it is.

    Args:
        label: The label or question of a variable.
        outcome: Identifier of the outcome that it is offered for.

    Returns:
        The identifier; None if the label names no such instrument.
    """
    words = re.findall(r"[a-z0-9]+", label.casefold())
    known = _instruments_by_key()
    for first in range(len(words)):
        for end in range(min(first + _LONGEST_NAME, len(words)), first, -1):
            found = known.get("".join(words[first:end]))
            if found is not None and found.otherwise == "none" and _shows_nothing_of(found, outcome):
                return found.id
    return None


def _shows_nothing_of(instrument: Instrument, outcome: str) -> bool:
    return all(known.match == "none" for known in instrument.matches if known.outcome == outcome)
