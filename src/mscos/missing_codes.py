"""Codes that mean "no answer" where no codebook says so: cited reference data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mscos._package_data import read_bytes
from mscos._record import Line, Many, Record, Text
from mscos.reference import Basis


class MissingCode(Record):
    """A code that means "no answer"."""

    code: Line
    """The code, in lower case."""

    why: Line
    """Who writes it."""

    basis: Basis
    """How sure this is."""


class MissingCodes(Record):
    """The list of missing codes."""

    note: Text
    """What the list is, and is not."""

    codes: Many[MissingCode]
    """The codes."""


def codes_labelled_so(choices: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """
    Give the codes of choices whose label says that nobody answered, such as ``99, Prefer not to say``.

    Args:
        choices: Code and label of each choice; a label in several languages has a line for each.
    """
    return tuple(
        code for code, label in choices if code and any(_plain(line) in _words() for line in label.splitlines())
    )


def _plain(label: str) -> str:
    """Reduce a label to what its spellings share: ``I'd prefer not to say.`` is ``prefer not to say``."""
    straight = re.sub(r"\s+", " ", label.replace("\u2019", "'")).strip().lower().rstrip(".")
    return re.sub(r"^(?:i|i'd|i would)(?: do)? ", "", straight)


@cache
def _words() -> frozenset[str]:
    """Give the entries of the list that are words: a label that is a number or a mark says nothing."""
    return frozenset(entry.code for entry in load_missing_codes().codes if re.search(r"[a-z]{2}", entry.code))


@cache
def load_missing_codes() -> MissingCodes:
    """Load the list.  The same object each time; it is immutable."""
    return MissingCodes.model_validate_json(read_bytes("reference/missing-codes.json"))
