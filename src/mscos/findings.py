"""What a check can say: how far an outcome got, what is wrong, where, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from mscos._record import Line, OutcomeId, Record

Role = Literal["record", "logframe", "data", "codebook", "events"]
"""What an input of a check was used as."""


class _Ordered(StrEnum):
    """Text that sorts by its place in the definition."""

    @property
    def rank(self) -> int:
        """Position in the definition, from 0."""
        return type(self)._member_names_.index(self.name)


class Severity(_Ordered):
    """How much a finding matters.  It orders the list and decides nothing."""

    STOP = "stop"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Status(_Ordered):
    """How far an outcome got, from left out to reported."""

    LEFT_OUT = "left_out"
    PLANNED = "planned"
    COLUMN_ONLY = "column_only"
    COLLECTED_ONCE = "collected_once"
    COLLECTED_OVER_TIME = "collected_over_time"
    PARTLY_REPORTED = "partly_reported"
    REPORTED = "reported"

    @property
    def words(self) -> str:
        """What the status says, for a person."""
        return _WORDS[self]


_WORDS = {
    Status.LEFT_OUT: "left out",
    Status.PLANNED: "planned, not yet reported",
    Status.COLUMN_ONLY: "named, with nothing that counts yet",
    Status.COLLECTED_ONCE: "collected at one time",
    Status.COLLECTED_OVER_TIME: "collected over time",
    Status.PARTLY_REPORTED: "partly reported",
    Status.REPORTED: "reported",
}


class Reach(_Ordered):
    """How an intervention reaches an outcome, from not addressed to directly."""

    NOT_ADDRESSED = "not_addressed"
    PARTNER_NOT_NAMED = "partner_not_named"
    BY_REFERRAL = "by_referral"
    BY_PARTNER = "by_partner"
    DIRECTLY = "directly"

    @property
    def words(self) -> str:
        """What it says, for a person."""
        return _REACH_WORDS[self]


_REACH_WORDS = {
    Reach.NOT_ADDRESSED: "not addressed",
    Reach.PARTNER_NOT_NAMED: "left to a partner who is not named",
    Reach.BY_REFERRAL: "by referral",
    Reach.BY_PARTNER: "by a partner",
    Reach.DIRECTLY: "directly",
}


class Rag(_Ordered):
    """Red, amber or green: always shown as a word."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    A place that a rule points at.

    Attributes:
        outcome: Identifier of the outcome that it is about; None where it is about the whole record or dataset.
        pointer: Place in the record, as a JSON Pointer.
        measure: Position of the measure in the outcome's entry, from 0; None where no single one is meant.
        in_data: Whether it is about the dataset and not about the record.
        series: Position of the series in the profile, from 0; None where no single one is meant.
        column: Position of the column in the table, from 0; None where no single one is meant.
        variable: Name of a variable that the codebook describes and the data lack; None otherwise.
    """

    outcome: str | None = None
    pointer: str = ""
    measure: int | None = None
    in_data: bool = False
    series: int | None = None
    column: int | None = None
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class NotRun:
    """
    A rule tried to look and could not.

    Attributes:
        why: The reason, as a sentence without any value.
    """

    why: str


class Finding(Record):
    """One thing that a rule says."""

    rule: str
    """Identifier of the rule."""

    severity: Severity
    """How much it matters."""

    message: Line
    """The rule's sentence."""

    outcome: OutcomeId | None = None
    """Identifier of the outcome that it is about."""

    about: Role = "record"
    """The input that it is about."""

    pointer: str = ""
    """Place in the record, as a JSON Pointer; empty for the whole record, and for a dataset."""

    variable: Line | None = None
    """Name of the variable that the record or the codebook describes there."""

    column: Annotated[int, Field(ge=1)] | None = None
    """Position of the column in the dataset, from 1, where no codebook describes it."""

    timepoint: Annotated[str, Field(pattern=r"^(?:baseline|month-[0-9]{1,4})(?![\s\S])")] | None = None
    """When the variable is asked, where it is asked at one time point only: `baseline` or `month-N`."""
