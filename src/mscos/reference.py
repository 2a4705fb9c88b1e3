"""Cited reference data beside the taxonomy: instruments, omission reasons and deficit words."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from mscos._package_data import read_bytes
from mscos._record import Line, Many, OutcomeId, Record, Slug, Text
from mscos.codelists import Direction, Match, OmissionReason

Basis = Literal["publisher", "secondary", "unchecked"]
"""How sure a fact is: read at the publisher's, in somebody else's work, or not checked by anybody here."""

FILES = (
    "instruments",
    "omission-reasons",
    "deficit-words",
    "imsa",
    "dodd",
    "system-barriers",
    "stages",
    "identifiers",
    "missing-codes",
)
"""Names of the packaged files, without their ending."""


class KnownDirection(Record):
    """Which way the score of an instrument goes when things get better."""

    value: Direction
    """The direction; ``undefined`` where the score has none of its own."""

    basis: Basis
    """How sure this is."""


class KnownRange(Record):
    """The scores that an instrument can give in one of its forms."""

    form: Line
    """The form of the score."""

    min: float
    """Lowest possible score."""

    max: float
    """Highest possible score."""

    basis: Basis
    """How sure this is."""


class KnownMatch(Record):
    """How an instrument fits one core outcome.  This is the project's own judgement."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    match: Match
    """How it fits."""

    why: Text
    """Why."""


class Citation(Record):
    """Where the facts about an instrument come from."""

    title: Line
    """What was read."""

    url: Line | None = None
    """Where; None where only a copy or a file of a program was read."""

    basis: Basis
    """What sort of source it is."""


class Instrument(Record):
    """What is known of an instrument.  Facts about it only, never its wording."""

    id: Slug
    """Identifier."""

    name: Line
    """Full name."""

    aliases: Many[Slug]
    """Other identifiers that people use for it."""

    measures: Line
    """What it measures."""

    answered_by: Literal["person", "staff", "person_and_staff", "declared"]
    """Who answers; ``declared`` where the record says."""

    about: Literal["person", "organisation", "declared"]
    """Whom the answers are about; ``declared`` where the record says."""

    direction: KnownDirection
    """Which way its score goes."""

    ranges: Many[KnownRange]
    """Its possible scores, for each form."""

    matches: Many[KnownMatch]
    """The core outcomes that it can show."""

    otherwise: Literal["none", "declared"]
    """For the other core outcomes: it shows none of them, or the record says."""

    trap: Text
    """What goes wrong with it most often."""

    sources: Many[Citation]
    """Where this was read."""


class Instruments(Record):
    """The instrument table."""

    note: Text
    """What the table is, and is not."""

    instruments: Many[Instrument]
    """The instruments."""


class ReasonForOmission(Record):
    """One reason for leaving an outcome out."""

    code: OmissionReason
    """The code that records use."""

    label: Line
    """The reason in a word or two."""

    meaning: Line
    """What it says."""

    question: Line | None = None
    """What to ask next."""

    answered_by: Many[Line]
    """Fields of the omission any of which answers the question."""

    protects_people: bool
    """Whether asking could harm people or goes against their choice, so that nobody is told to ask again."""

    source: Line
    """Where the reason comes from."""

    reused: bool
    """Whether the source names it for another purpose."""


class OmissionReasons(Record):
    """The list of omission reasons."""

    note: Text
    """What the list is, and is not."""

    reasons: Many[ReasonForOmission]
    """The reasons."""


class DeficitWord(Record):
    """A word that shows an outcome worded as a problem."""

    word: Line
    """The word, in lower case."""

    why: Line
    """What is wrong with it in the label of an outcome."""


class Exemption(Record):
    """A wording that may hold deficit words."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    field: Literal["label", "definition"]
    """Which of its words."""

    why: Line
    """Why it may."""


class DeficitWords(Record):
    """The list of deficit words."""

    note: Text
    """What the list is, and is not."""

    words: Many[DeficitWord]
    """The words."""

    exempt: Many[Exemption]
    """Wordings of the taxonomy that may hold them."""


@cache
def load_instruments() -> dict[str, Instrument]:
    """Load the instrument table, by identifier.  The same objects each time; they are immutable."""
    table = Instruments.model_validate_json(read_bytes("reference/instruments.json"))
    return {instrument.id: instrument for instrument in table.instruments}


@cache
def load_omission_reasons() -> dict[str, ReasonForOmission]:
    """Load the omission reasons, by code."""
    table = OmissionReasons.model_validate_json(read_bytes("reference/omission-reasons.json"))
    return {reason.code: reason for reason in table.reasons}


@cache
def load_deficit_words() -> DeficitWords:
    """Load the list of deficit words with its exemptions."""
    return DeficitWords.model_validate_json(read_bytes("reference/deficit-words.json"))


def find_deficit_words(label: str) -> tuple[DeficitWord, ...]:
    """
    Find words in the label of an outcome that word it as a problem.

    This is a proxy: the list is this project's own, and a label without any of its words can still be
    worded as a problem.

    Args:
        label: The label of an outcome.

    Returns:
        The listed words that stand in it, in the order of the list.
    """
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", label.casefold()))
    return tuple(entry for entry in load_deficit_words().words if entry.word in words)
