"""What a template is asked to hold: outcomes, instruments, and the questions that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from mscos._editions import load_taxonomy
from mscos.codelists import Direction, Match, ReportedBy
from mscos.errors import MscosError
from mscos.instruments import find_instrument
from mscos.reference import Instrument, KnownRange, load_instruments
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

MONTHS = (0, 3, 6, 12)
"""Months from the start of support that a template offers as time points: a suggestion, and not part of MS-COS."""

NO_ANSWER = {"-99": "Declined", "-98": "Not asked", "-97": "Not known"}
"""Codes that mean "no answer" in a form, with their words.  No scale of a template can give them."""

LOW, HIGH = 1, 5
"""Ends of the scale that stands in until people have agreed on one."""

OWN = ("single-item", "qualitative-theme")
"""What the instrument table calls a question of one's own, and a finding in words."""

_DIRECTIONS: dict[Direction, str] = {"higher_better": "up", "lower_better": "down", "undefined": "none"}
_ANSWERED_BY: dict[str, ReportedBy] = {"person": "self", "staff": "staff"}


class UnknownInstrument(MscosError, LookupError):
    """
    The instrument table has no such instrument.

    Attributes:
        near: Identifiers that are near it.
    """

    def __init__(self, near: tuple[str, ...] = ()) -> None:
        super().__init__(near)
        self.near = near

    def __str__(self) -> str:
        hint = f"; near it: {', '.join(self.near)}" if self.near else ""
        return f"the instrument table has no such instrument{hint}"


class OwnQuestion(MscosError, ValueError):
    """A question of one's own was asked for, and a template has one for each outcome already."""

    def __str__(self) -> str:
        return f"leave {' and '.join(OWN)} out: a template has a question of your own for each outcome already"


class NoOutcomes(MscosError, ValueError):
    """No outcome was named."""

    def __str__(self) -> str:
        return "name at least one outcome: core, longlist, all, or identifiers with commas between them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """
    What a question shows of one outcome.

    Attributes:
        outcome: The outcome.
        match: How the question fits it.
    """

    outcome: Outcome
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    A column of answers.

    Attributes:
        name: Its header: lowercase letters, digits and underscores.
        shows: The outcomes that it shows; empty for a score that shows none of those in the plan.
        instrument: The instrument; None for a question of one's own, which is still to be written.
        low: Lowest score; None where the instrument has several forms, or none that anybody here has checked.
        high: Highest score; None as for `low`.
        direction: Which way the score goes when things get better; None where nobody here has checked it.
        reported_by: Who answers; None where the instrument leaves it open.
    """

    name: str
    shows: tuple[Shows, ...]
    instrument: Instrument | None = None
    low: float | None = LOW
    high: float | None = HIGH
    direction: Direction | None = "higher_better"
    reported_by: ReportedBy | None = "self"

    @property
    def tokens(self) -> str:
        """Give the tokens that a note of the question holds; nothing where it shows no outcome."""
        return " ".join(self._token(each) for each in self.shows)

    def _token(self, shows: Shows) -> str:
        said = {
            "by": self.reported_by,
            "dir": self.direction and _DIRECTIONS[self.direction],
            "inst": self.instrument and self.instrument.id,
            "range": None if self.low is None else f"{self.low:g}..{self.high:g}",
            "match": None if shows.match == "specific" else shows.match,
        }
        pairs = "".join(f" {key}={value}" for key, value in said.items() if value)
        return f"[mscos:{shows.outcome.id}{pairs}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What a template is asked to hold.

    Attributes:
        taxonomy: The edition.
        outcomes: The outcomes, in the order of the edition; at least one.
        instruments: Instruments that are used besides, in the order in which they were named.
    """

    taxonomy: Taxonomy = field(repr=False)
    outcomes: tuple[Outcome, ...]
    instruments: tuple[Instrument, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The columns of answers: a question of one's own for each outcome, then a score for each instrument."""
        own = (Question(name=each.id, shows=(Shows(outcome=each, match="specific"),)) for each in self.outcomes)
        return (*own, *(self._score(each) for each in self.instruments if each.about != "organisation"))

    def shown_by(self, instrument: Instrument) -> tuple[Shows, ...]:
        """Say which outcomes of the plan an instrument shows, by the instrument table."""
        matches = {known.outcome: known.match for known in instrument.matches if known.match != "none"}
        return tuple(
            Shows(outcome=each, match=matches[each.id]) for each in self.outcomes if each.is_core and each.id in matches
        )

    def _score(self, instrument: Instrument) -> Question:
        only = _bounds(instrument)
        direction = instrument.direction
        return Question(
            name=instrument.id.replace("-", "_"),
            shows=self.shown_by(instrument),
            instrument=instrument,
            low=only.min if only else None,
            high=only.max if only else None,
            direction=None if direction.basis == "unchecked" else direction.value,
            reported_by=_ANSWERED_BY.get(instrument.answered_by),
        )


def plan(edition: str, outcomes: Iterable[str] = ("core",), instruments: Iterable[str] = ()) -> Plan:
    """
    Make the plan of a template.

    Args:
        edition: Name of a packaged edition.
        outcomes: ``core``, ``longlist``, ``all``, or outcomes by identifier, label or alias.
        instruments: Identifiers from the instrument table.

    Raises:
        UnknownEdition: If no such edition is packaged.
        NoOutcomes: If no outcome is named.
        UnknownOutcome: If the edition has no such outcome.  It names near ones.
        UnknownInstrument: If the table has no such instrument.  It names near ones.
        OwnQuestion: If an instrument is named that only stands for a question of one's own.
    """
    taxonomy = load_taxonomy(edition)
    sets = {"core": taxonomy.core, "longlist": taxonomy.longlist, "all": taxonomy.outcomes}
    wanted = {each.id for words in outcomes for each in sets.get(words) or (taxonomy.find(words),)}
    if not wanted:
        raise NoOutcomes
    return Plan(
        taxonomy=taxonomy,
        outcomes=tuple(each for each in taxonomy.outcomes if each.id in wanted),
        instruments=tuple(dict.fromkeys(map(_instrument, instruments))),
    )


def timepoint(months: int) -> str:
    """Write a time point as the canonical layout does."""
    return f"month-{months}" if months else "baseline"


def _bounds(instrument: Instrument) -> KnownRange | None:
    """Give the scores that a column can hold; None where several forms are in use, or nobody here has checked them."""
    if len(instrument.ranges) != 1:
        return None
    (only,) = instrument.ranges
    return None if only.basis == "unchecked" or only.form == "item" else only


def _instrument(identifier: str) -> Instrument:
    found, is_variant = find_instrument(identifier.strip().lower())
    if found is None or is_variant:
        raise UnknownInstrument(tuple(get_close_matches(identifier.strip().lower(), load_instruments(), n=3)))
    if found.id in OWN:
        raise OwnQuestion
    return found
