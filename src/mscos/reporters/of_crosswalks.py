"""The crosswalks to other frameworks as plain text and as JSON, each marked as this project's inference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from mscos.codelists import ImsaArea
from mscos.crosswalks import Dodd, DoddCell, Imsa, ImsaCell
from mscos.reporters.json_text import json_text
from mscos.taxonomy import Taxonomy

_VERBS = {"direct": "names", "enabling": "helps"}


def imsa_text(imsa: Imsa, taxonomy: Taxonomy) -> str:
    """Show what each key area of the framework for advocates names and helps, and what no area names."""
    return "\n".join(_imsa(imsa, taxonomy)) + "\n"


def _imsa(imsa: Imsa, taxonomy: Taxonomy) -> Iterator[str]:
    yield "Key areas of independent modern slavery advocates (IMSA) and the core outcomes: this project's inference"
    for area in imsa.areas:
        yield ""
        yield f"{area.label} ({area.id})"
        for cell in imsa.of_area(area.id):
            outcome = taxonomy[cell.outcome]
            yield f"  {_VERBS[cell.relation]} {outcome.marked_label} ({outcome.id}): {cell.why}"
    yield ""
    yield from conclusion(imsa, taxonomy)
    yield ""
    yield imsa.note


def conclusion(imsa: Imsa, taxonomy: Taxonomy) -> tuple[str, ...]:
    """
    Say which core outcomes the areas reach, and which they do not name.

    Args:
        imsa: The crosswalk, whole or with some areas only.
        taxonomy: The edition whose core outcomes and labels are meant.

    Returns:
        Lines of text, what is there before what is missing; the last one says what to do.
    """
    reach = imsa.reach(taxonomy.core_outcome_set.outcomes)
    none = "No area" if len(imsa.areas) == len(get_args(ImsaArea)) else "No area shown"
    lines = {
        "Named": reach.named,
        "Helped and not named": reach.only_helped,
        "Neither named nor helped": reach.not_reached,
        f"{none} names": reach.not_named,
    }
    said = [f"{what}: {_labels(taxonomy, outcomes)}." for what, outcomes in lines.items() if outcomes]
    advice = "For an outcome that is not named, change the service or work with a partner that covers it."
    return (*said, advice) if reach.not_named else tuple(said)


def imsa_json(imsa: Imsa, taxonomy: Taxonomy) -> str:
    """Write the crosswalk to the framework for advocates, with what its areas reach."""
    reach = imsa.reach(taxonomy.core_outcome_set.outcomes)
    return json_text(
        {
            "crosswalk": "imsa",
            "status": imsa.status,
            "note": imsa.note,
            "source": imsa.source,
            "edition": taxonomy.edition,
            "areas": [
                {
                    "area": area.id,
                    "label": area.label,
                    "outcomes": [_imsa_cell(taxonomy, cell) for cell in imsa.of_area(area.id)],
                }
                for area in imsa.areas
            ],
            "named": _named(taxonomy, reach.named),
            "only_helped": _named(taxonomy, reach.only_helped),
            "not_reached": _named(taxonomy, reach.not_reached),
            "not_named": _named(taxonomy, reach.not_named),
        }
    )


def dodd_text(dodd: Dodd, taxonomy: Taxonomy) -> str:
    """Show the areas of the taxonomy by Dodd and others in which each core outcome could be classified."""
    return "\n".join(_dodd(dodd, taxonomy)) + "\n"


def _dodd(dodd: Dodd, taxonomy: Taxonomy) -> Iterator[str]:
    yield "The core outcomes in the outcome taxonomy by Dodd and others (2018): this project's inference"
    for outcome in taxonomy.core:
        yield ""
        yield f"{outcome.marked_label} ({outcome.id})"
        for cell in _of_outcome(dodd, outcome.id):
            yield f"  {cell.area} ({cell.benefit_or_harm}; name {cell.basis}): {cell.why}"
    yield ""
    yield dodd.note


def dodd_json(dodd: Dodd, taxonomy: Taxonomy) -> str:
    """Write the crosswalk to the taxonomy by Dodd and others."""
    return json_text(
        {
            "crosswalk": "dodd",
            "status": dodd.status,
            "note": dodd.note,
            "sources": [source.model_dump() for source in dodd.sources],
            "edition": taxonomy.edition,
            "outcomes": [
                {
                    "outcome": outcome.id,
                    "label": outcome.marked_label,
                    "areas": [cell.model_dump(exclude={"outcome"}) for cell in _of_outcome(dodd, outcome.id)],
                }
                for outcome in taxonomy.core
            ],
        }
    )


def _of_outcome(dodd: Dodd, outcome: str) -> tuple[DoddCell, ...]:
    return tuple(cell for cell in dodd.cells if cell.outcome == outcome)


def _imsa_cell(taxonomy: Taxonomy, cell: ImsaCell) -> dict[str, str]:
    return {
        "outcome": cell.outcome,
        "label": taxonomy[cell.outcome].marked_label,
        "relation": cell.relation,
        "why": cell.why,
    }


def _labels(taxonomy: Taxonomy, outcomes: tuple[str, ...]) -> str:
    return "; ".join(taxonomy[outcome].marked_label for outcome in outcomes)


def _named(taxonomy: Taxonomy, outcomes: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"outcome": outcome, "label": taxonomy[outcome].marked_label} for outcome in outcomes]
