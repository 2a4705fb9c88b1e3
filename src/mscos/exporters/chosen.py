"""What an export is about: some outcomes of an edition, what became of each, and the sources behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mscos.errors import NothingToExport
from mscos.taxonomy import Taxonomy
from mscos.terms import Domain, Outcome, Source

Which = Literal["core", "longlist", "all"]
"""Which outcomes of an edition."""


@dataclass(frozen=True, slots=True)
class Fate:
    """
    What became of an identifier.

    Attributes:
        status: Whether the outcome still stands in the edition.
        successors: Identifiers of the outcomes that took its place, in their order.
    """

    status: Literal["current", "withdrawn"] = "current"
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    The outcomes of an edition that an export is about.

    Attributes:
        taxonomy: The edition.
        which: Which of its outcomes were asked for.
        outcomes: They, in the order of the edition; after them, those that are no longer in use.
    """

    taxonomy: Taxonomy
    which: Which
    outcomes: tuple[Outcome, ...]

    @property
    def current(self) -> tuple[Outcome, ...]:
        """Those that are in use: nobody is asked about the others."""
        return tuple(outcome for outcome in self.outcomes if outcome not in self.taxonomy.withdrawn)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The domains of these outcomes, in the order of the edition."""
        used = {outcome.domain for outcome in self.outcomes}
        return tuple(domain for domain in self.taxonomy.domains if domain.id in used)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of these outcomes, of their domains and of the core outcome set, in the order of the edition."""
        cited = {
            *self.taxonomy.core_outcome_set.sources,
            *(source for domain in self.domains for source in domain.sources),
            *(source for outcome in self.outcomes for source in outcome.sources),
            *(other.source for outcome in self.outcomes for other in outcome.alternative_labels),
        }
        return tuple(source for source in self.taxonomy.sources if source.id in cited)


def choose(taxonomy: Taxonomy, which: Which) -> Chosen:
    """
    Choose outcomes of an edition.

    Raises:
        NothingToExport: If it has none of these.
        ValueError: If there is no such choice.
    """
    gone = taxonomy.withdrawn
    choices = {
        "core": taxonomy.core,
        "longlist": (*taxonomy.longlist, *(outcome for outcome in gone if not outcome.is_core)),
        "all": (*taxonomy.outcomes, *gone),
    }
    if which not in choices:
        raise ValueError(f"name the outcomes as one of: {', '.join(choices)}")
    if not choices[which]:
        raise NothingToExport(taxonomy.edition)
    return Chosen(taxonomy, which, choices[which])


def fate_of(taxonomy: Taxonomy, outcome: Outcome) -> Fate:
    """Give what became of an identifier, as the crosswalk of the edition says."""
    if outcome not in taxonomy.withdrawn:
        return Fate()
    return Fate("withdrawn", tuple(each.id for each in taxonomy.successors(outcome.id)))
