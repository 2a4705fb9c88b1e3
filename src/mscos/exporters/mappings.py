"""Crosswalks as sets of mappings from an outcome to something elsewhere; each is this project's inference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mscos.crosswalks import load_dodd, load_imsa
from mscos.errors import NothingToExport
from mscos.exporters.chosen import Chosen
from mscos.exporters.statements import iri, reference
from mscos.terms import Outcome

IMSA: Final = iri("reference", "imsa")
"""What names the key areas of the framework for advocates."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """
    An outcome, and something that it relates to.

    Attributes:
        outcome: The outcome.
        code: The identifier of the other; None where it has only a name.
        label: Its name.
        relation: How they relate, in one word.
        why: Why, in this project's own words.
    """

    outcome: Outcome
    code: str | None
    label: str
    relation: str
    why: str


@dataclass(frozen=True, slots=True)
class Cited:
    """
    Where something was read.

    Attributes:
        words: What was read, in words.
        url: Its address; None where no public one is known.
    """

    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class MappingSet:
    """
    A crosswalk.

    Attributes:
        name: Its name, in one word.
        title: Its title.
        note: What it is, and is not.
        sources: Where the other side was read about.
        mappings: The mappings, in the order of the outcomes.
    """

    name: str
    title: str
    note: str
    sources: tuple[Cited, ...]
    mappings: tuple[Mapping, ...]


def imsa(chosen: Chosen) -> MappingSet:
    """
    Give the crosswalk to the framework for independent modern slavery advocates.

    Raises:
        NothingToExport: If it relates none of the outcomes to anything.
    """
    crosswalk = load_imsa()
    labels = {area.id: area.label for area in crosswalk.areas}
    return MappingSet(
        name="imsa",
        title="Core outcomes and the key areas of independent modern slavery advocates (IMSA)",
        note=crosswalk.note,
        sources=tuple(
            Cited(reference(source), source.url) for source in chosen.taxonomy.sources if source.id == crosswalk.source
        ),
        mappings=_in_order(
            chosen,
            lambda outcome: (
                Mapping(outcome, cell.area, labels[cell.area], cell.relation, cell.why)
                for cell in crosswalk.cells
                if cell.outcome == outcome.id
            ),
        ),
    )


def dodd(chosen: Chosen) -> MappingSet:
    """
    Give the crosswalk to the outcome taxonomy by Dodd and others.

    Raises:
        NothingToExport: If it relates none of the outcomes to anything.
    """
    crosswalk = load_dodd()
    return MappingSet(
        name="dodd",
        title="Core outcomes and the outcome taxonomy by Dodd and others (2018)",
        note=crosswalk.note,
        sources=tuple(Cited(source.title, source.url) for source in crosswalk.sources),
        mappings=_in_order(
            chosen,
            lambda outcome: (
                Mapping(outcome, None, cell.area, f"{cell.benefit_or_harm}, name {cell.basis}", cell.why)
                for cell in crosswalk.cells
                if cell.outcome == outcome.id
            ),
        ),
    )


def _in_order(chosen: Chosen, of: Callable[[Outcome], Iterator[Mapping]]) -> tuple[Mapping, ...]:
    mappings = tuple(mapping for outcome in chosen.outcomes for mapping in of(outcome))
    if not mappings:
        raise NothingToExport(chosen.taxonomy.edition)
    return mappings
