"""Codes that mean "no answer" where no codebook says so: cited reference data."""

from __future__ import annotations

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


@cache
def load_missing_codes() -> MissingCodes:
    """Load the list.  The same object each time; it is immutable."""
    return MissingCodes.model_validate_json(read_bytes("reference/missing-codes.json"))
