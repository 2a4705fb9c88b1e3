"""What rules look at: the record, seen through the edition and the instrument table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mscos.dataset import BoundDataset
from mscos.findings import Status
from mscos.offers import Entry, Offer, kept
from mscos.profile.counts import Profile
from mscos.records.entries import Omission, OutcomeEntry
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import Address, InterventionRecord
from mscos.records.origin import Origin
from mscos.screen import Screening
from mscos.taxonomy import Taxonomy

_CANONICAL = re.compile(r"month-(\d+)")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """
    What a rule gets.  A part that was not offered is None.

    Attributes:
        taxonomy: The edition.
        record: The evaluation record.
        intervention: The intervention record.
        statuses: The status of every outcome of the edition, once they are known.
        file: The file that the record was read from.
        logframe_apart: Whether the logframe of the intervention was read from a file of its own.
        screening: What the screen saw in the data; it did not stop.
        bound: The dataset, joined to its codebook; with no profile, a codebook that is judged before there are data.
        profile: The counts that stand for its cells.
        min_count: People are shown as bands of shares from so many people on.
    """

    taxonomy: Taxonomy
    record: EvaluationRecord | None = None
    intervention: InterventionRecord | None = None
    statuses: Mapping[str, Status] | None = None
    file: Origin | None = None
    logframe_apart: bool = False
    screening: Screening | None = None
    bound: BoundDataset | None = None
    profile: Profile | None = None
    min_count: int = 10

    def __repr__(self) -> str:
        """Show what was offered, and nothing that is in it."""
        parts = ("record", "intervention", "bound", "profile")
        offered = ", ".join(part for part in parts if getattr(self, part) is not None)
        return f"Evidence(edition={self.taxonomy.edition!r}, offered={offered!r})"

    @property
    def subject(self) -> EvaluationRecord | InterventionRecord | None:
        """The record that the check is about, whatever its kind."""
        return self.record or self.intervention

    @property
    def omissions(self) -> tuple[tuple[str, str, Omission], ...]:
        """The core outcomes that are left out with a reason: identifier, place and omission."""
        held: tuple[OutcomeEntry | Address, ...] = ()
        below = "/outcomes" if self.record else "/addresses"
        if self.record is not None:
            held = self.record.outcomes
        elif self.intervention is not None:
            held = self.intervention.addresses
        return tuple(
            (entry.outcome, f"{below}/{position}/omission", entry.omission)
            for position, entry in enumerate(held)
            if entry.omission is not None and self.taxonomy[entry.outcome].is_core
        )

    @kept
    def months(self) -> Mapping[str, float]:
        """The time points that have a place in the order, in months from the start."""
        labels = {label for offer in self.offers for label in offer.measure.timepoints}
        canonical = {label: float(found[1]) for label in labels if (found := _CANONICAL.fullmatch(label))}
        declared = self.record.timepoints if self.record else ()
        return {point.label: point.months_from_start for point in declared} | {"baseline": 0.0} | canonical

    @kept
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the record that are not omissions."""
        if self.record is None:
            return ()
        return tuple(
            Entry(self.taxonomy[content.outcome], position, content)
            for position, content in enumerate(self.record.outcomes)
            if content.omission is None
        )

    @kept
    def offers(self) -> tuple[Offer, ...]:
        """The measures of all entries of the record."""
        return tuple(offer for entry in self.entries for offer in entry.offers)

    @property
    def is_design(self) -> bool:
        """Whether a codebook is judged before there are data."""
        return self.bound is not None and self.profile is None

    @property
    def data_entries(self) -> tuple[Entry, ...]:
        """What the dataset offers for each outcome; of a codebook alone, what its variables are meant to."""
        if self.profile is not None:
            return self.profile.entries
        return self.bound.entries if self.bound else ()

    @kept
    def all_entries(self) -> tuple[Entry, ...]:
        """The entries of the record, then those of the dataset."""
        return (*self.entries, *self.data_entries)

    @kept
    def all_offers(self) -> tuple[Offer, ...]:
        """The measures of the record, then the variables of the dataset."""
        return tuple(offer for entry in self.all_entries for offer in entry.offers)
