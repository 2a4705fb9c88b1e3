"""What is offered as evidence for an outcome: the entries of a record, or the variables of a dataset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from mscos.codelists import Match
from mscos.instruments import find_instrument
from mscos.records.entries import Measure, OutcomeEntry
from mscos.reference import Instrument
from mscos.terms import Outcome

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class kept(Generic[_Owner, _Value]):  # noqa: N801 - reads as the decorator that it is
    """Work a value out once and keep it, as `functools.cached_property` does, without its lock on Python 3.11."""

    def __init__(self, work_out: Callable[[_Owner], _Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __get__(self, owner: _Owner, kind: type[_Owner]) -> _Value:
        value = owner.__dict__[self._work_out.__name__] = self._work_out(owner)
        return value


# Not slotted: what every rule asks for is worked out once and kept.
@dataclass(frozen=True)
class Entry:
    """
    What a record, or a dataset with its codebook, offers for one outcome.

    Attributes:
        outcome: The outcome, from the edition.
        position: Position of the entry in the record, from 0; None for a dataset.
        content: What the record says; for a dataset, its codebook's words in the same form.
        series: For a dataset, the position among its series of each measure; empty for a record.
    """

    outcome: Outcome
    position: int | None
    content: OutcomeEntry
    series: tuple[int, ...] = ()

    @property
    def in_data(self) -> bool:
        """Whether it is the entry of a dataset."""
        return self.position is None

    @property
    def pointer(self) -> str:
        """Place of the entry in its record, as a JSON Pointer; empty for a dataset."""
        return "" if self.in_data else f"/outcomes/{self.position}"

    @property
    def only_planned(self) -> bool:
        """Whether the outcome is planned and nothing has been measured yet."""
        content = self.content
        begun = content.analysed or content.measured or (content.measures and content.measured is None)
        return bool(content.planned) and not begun

    @kept
    def offers(self) -> tuple[Offer, ...]:
        """The measures that the entry offers, in their order."""
        return tuple(
            Offer(self, position, measure, *find_instrument(measure.instrument))
            for position, measure in enumerate(self.content.measures)
        )


@dataclass(frozen=True)
class Offer:
    """
    A measure, offered as evidence for an outcome.

    Attributes:
        entry: The entry that offers it.
        position: Position of the measure in the entry, from 0.
        measure: What the record says of it.
        instrument: What the instrument table says of it; None for an instrument that the table does not know.
        variant: Whether the record names a variant of that instrument.
    """

    entry: Entry
    position: int
    measure: Measure
    instrument: Instrument | None
    variant: bool = False

    @property
    def outcome(self) -> Outcome:
        """The outcome that it is offered for."""
        return self.entry.outcome

    @property
    def pointer(self) -> str:
        """Place of the measure in its record, as a JSON Pointer; empty for a dataset."""
        return "" if self.in_data else f"{self.entry.pointer}/measures/{self.position}"

    @property
    def in_data(self) -> bool:
        """Whether a dataset offers it."""
        return self.entry.in_data

    @property
    def series(self) -> int | None:
        """Its position among the series of the dataset; None for a record."""
        return self.entry.series[self.position] if self.entry.series else None

    @kept
    def match(self) -> Match:
        """How the measure fits the outcome: as the table says; as the record says where the table is silent."""
        known = self._known_match
        # A variant of an instrument that fits may have lost what made it fit; one that does not fit does not gain it.
        return self.measure.match if known is None or (self.variant and known != "none") else known

    @property
    def taken_on_trust(self) -> bool:
        """Whether the record alone says that the measure fits."""
        return self._known_match is None or (self.variant and self._known_match != "none")

    @kept
    def _known_match(self) -> Match | None:
        if self.instrument is None or not self.outcome.is_core:
            return None
        for known in self.instrument.matches:
            if known.outcome == self.outcome.id:
                return known.match
        return "none" if self.instrument.otherwise == "none" else None

    @kept
    def counts(self) -> bool:
        """Whether it shows what changed for people, in what the outcome is about."""
        return self.measure.kind == "outcome" and self.match != "none"

    @property
    def describes_service(self) -> bool:
        """Whether the answers are staff's or the organisation's own, about themselves or the service."""
        by_table = self.instrument is not None and self.instrument.about == "organisation"
        return by_table or self.measure.reported_by == "organisation"

    @property
    def from_survivors(self) -> bool:
        """Whether survivors gave the answers, by the record or, where it is silent, by the instrument table."""
        if self.measure.reported_by is not None:
            return self.measure.reported_by in {"self", "supported_self"}
        return self.instrument is not None and self.instrument.answered_by in {"person", "person_and_staff"}

    @property
    def source_unknown(self) -> bool:
        """Whether neither the record nor the instrument table says who gave the answers."""
        known = self.instrument is not None and self.instrument.answered_by != "declared"
        return self.measure.reported_by is None and not known

    @property
    def in_words(self) -> bool:
        """Whether the measure gives findings in words, which have no score."""
        unknown = self.instrument is None or self.instrument.otherwise == "declared"
        return self.measure.instrument == "qualitative-theme" or (unknown and self.measure.score_form == "theme")
