"""Cited reference data on other frameworks and reports: advocacy, outcome areas, barriers, stages and levels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mscos._package_data import read_bytes
from mscos._record import Line, Many, OutcomeId, Record, Slug, Text
from mscos.codelists import ImsaArea, Level, Stage, SystemBarrier
from mscos.reference import Basis, Citation

Relation = Literal["direct", "enabling"]
"""How an area relates to an outcome: it names the same thing, or it helps it to happen."""

Inferred = Literal["inferred"]
"""The mark of a relation that no source states: this project's inference."""


class KeyArea(Record):
    """One key area of the framework for independent modern slavery advocates (IMSA)."""

    id: ImsaArea
    """The identifier that records use."""

    label: Line
    """Its name."""


class ImsaCell(Record):
    """How one key area relates to one core outcome.  This is the project's own inference."""

    area: ImsaArea
    """Identifier of the area."""

    outcome: OutcomeId
    """Identifier of the core outcome."""

    relation: Relation
    """How they relate."""

    why: Line
    """Why, in one sentence."""


class Section(Record):
    """One section of the framework: an input that an organisation provides, never an outcome."""

    id: Literal["ethos", "remit", "training_accreditation", "employer_independence"]
    """The identifier that the organisation checklist of a record uses."""

    label: Line
    """Its name."""


class Imsa(Record):
    """The crosswalk between the key areas of the framework for advocates and the core outcomes."""

    note: Text
    """What the crosswalk is, and is not."""

    status: Inferred
    """Whose the relations are."""

    source: Slug
    """Identifier of the source of the areas and sections, in the edition."""

    areas: Many[KeyArea]
    """The key areas, in the order of the framework."""

    cells: Many[ImsaCell]
    """One entry for each area and outcome that relate.  Where there is none, we see no relation."""

    sections: Many[Section]
    """The sections."""

    def only(self, areas: Iterable[str]) -> Imsa:
        """
        Keep what belongs to some areas.

        Args:
            areas: Identifiers of areas, in any order.

        Returns:
            The crosswalk with only these areas and their cells, in its own order.
        """
        kept = frozenset(areas)
        return self.model_copy(
            update={
                "areas": tuple(area for area in self.areas if area.id in kept),
                "cells": tuple(cell for cell in self.cells if cell.area in kept),
            }
        )

    def of_area(self, area: str) -> tuple[ImsaCell, ...]:
        """Give the cells of one area: what it names, then what it helps."""
        here = (cell for cell in self.cells if cell.area == area)
        return tuple(sorted(here, key=lambda cell: cell.relation != "direct"))

    def reach(self, outcomes: Iterable[str]) -> Reach:
        """
        Work out how far the areas reach into a set of outcomes.

        Args:
            outcomes: Identifiers of the outcomes asked about.
        """
        named = {cell.outcome for cell in self.cells if cell.relation == "direct"}
        helped = {cell.outcome for cell in self.cells} - named
        asked = tuple(outcomes)
        return Reach(
            named=tuple(outcome for outcome in asked if outcome in named),
            only_helped=tuple(outcome for outcome in asked if outcome in helped),
            not_reached=tuple(outcome for outcome in asked if outcome not in named | helped),
            not_named=tuple(outcome for outcome in asked if outcome not in named),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """
    How far some areas reach into a set of outcomes.

    Each attribute holds identifiers, in the order in which the outcomes were asked about.

    Attributes:
        named: Outcomes that at least one area names.
        only_helped: Outcomes that no area names and at least one helps to happen.
        not_reached: Outcomes that no area names or helps.
        not_named: Outcomes that no area names, whether one helps or not.
    """

    named: tuple[str, ...]
    only_helped: tuple[str, ...]
    not_reached: tuple[str, ...]
    not_named: tuple[str, ...]


class DoddCell(Record):
    """An area in which one core outcome could be classified.  This is the project's own inference."""

    outcome: OutcomeId
    """Identifier of the core outcome."""

    area: Line
    """Name of the area.  Never its number: nobody has checked the numbers."""

    basis: Basis
    """How sure the name of the area is."""

    benefit_or_harm: Literal["benefit", "harm"]
    """Whether the area counts something good for a person or something bad."""

    why: Line
    """Why, in one sentence."""


class Dodd(Record):
    """The crosswalk between the core outcomes and the outcome taxonomy by Dodd and others."""

    note: Text
    """What the crosswalk is, and is not."""

    status: Inferred
    """Whose the relations are."""

    sources: Many[Citation]
    """Where that taxonomy was read about."""

    cells: Many[DoddCell]
    """The candidate areas, in the order of the core outcomes."""


class Barrier(Record):
    """One thing that stands in the way of partnerships."""

    code: SystemBarrier
    """The code that records use."""

    label: Line
    """The barrier in a few words."""

    enablers: Many[Line]
    """What could help, as this project's own suggestions."""


class SystemBarriers(Record):
    """The list of barriers in the system."""

    note: Text
    """What the list is, and is not."""

    source: Slug
    """Identifier of its source, in the edition."""

    barriers: Many[Barrier]
    """The barriers."""


class StageOfJourney(Record):
    """One stage of a survivor's journey."""

    code: Stage
    """The code that records use."""

    label: Line
    """Its name."""

    meaning: Line
    """What it says, in this project's own words."""

    source: Slug
    """Identifier of the source of the name, in the edition."""

    remark: Line | None = None
    """What else a reader of the source must know."""


class LevelOfOutcome(Record):
    """One level that an outcome can be shown at."""

    code: Level
    """The code that records use."""

    label: Line
    """Its name."""

    meaning: Line
    """What it says, in this project's own words."""

    source: Slug
    """Identifier of the source of the name, in the edition."""


class Stages(Record):
    """The stages of the journey and the levels of outcomes."""

    note: Text
    """What the lists are, and are not."""

    stages: Many[StageOfJourney]
    """The stages, in the order of the journey."""

    levels: Many[LevelOfOutcome]
    """The levels, from the nearest to a person to the widest."""


@cache
def load_imsa() -> Imsa:
    """Load the crosswalk to the framework for advocates.  The same object each time; it is immutable."""
    return Imsa.model_validate_json(read_bytes("reference/imsa.json"))


@cache
def load_dodd() -> Dodd:
    """Load the crosswalk to the outcome taxonomy by Dodd and others."""
    return Dodd.model_validate_json(read_bytes("reference/dodd.json"))


@cache
def load_system_barriers() -> SystemBarriers:
    """Load the list of barriers in the system, each with what could help."""
    return SystemBarriers.model_validate_json(read_bytes("reference/system-barriers.json"))


@cache
def load_stages() -> Stages:
    """Load the stages of the journey and the levels of outcomes."""
    return Stages.model_validate_json(read_bytes("reference/stages.json"))
