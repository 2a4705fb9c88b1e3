"""The reference pages of the crosswalks, the barriers, the stages and the levels."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_page import page, table
from mscos import Taxonomy, latest_edition, load_taxonomy
from mscos.crosswalks import Dodd, Imsa, load_dodd, load_imsa, load_stages, load_system_barriers
from mscos.reporters.of_crosswalks import conclusion


def crosswalks() -> str:
    """Write the page of the two crosswalks."""
    taxonomy = load_taxonomy(latest_edition())
    return page(
        [
            "# Crosswalks",
            "",
            "How other frameworks relate to the core outcomes. Every relation here is this project's inference.",
            "",
            *_imsa(load_imsa(), taxonomy),
            "",
            *_dodd(load_dodd(), taxonomy),
        ]
    )


def _imsa(imsa: Imsa, taxonomy: Taxonomy) -> Iterator[str]:
    yield "## Key areas of independent modern slavery advocates (IMSA)"
    yield ""
    yield imsa.note
    yield ""
    yield f"Source of the areas and sections: `{imsa.source}`."
    yield ""
    yield from _matrix(imsa, taxonomy)
    yield ""
    for line in conclusion(imsa, taxonomy):
        yield f"* {line}"
    yield ""
    yield "### Why"
    yield ""
    labels = {area.id: area.label for area in imsa.areas}
    rows = ((labels[cell.area], f"`{cell.outcome}`", cell.relation, cell.why) for cell in imsa.cells)
    yield from table(("area", "outcome", "relation", "why (ours)"), rows)
    yield ""
    yield "### Sections: inputs, never outcomes"
    yield ""
    yield from table(("identifier", "section"), ((f"`{each.id}`", each.label) for each in imsa.sections))


def _matrix(imsa: Imsa, taxonomy: Taxonomy) -> Iterator[str]:
    relations = {(cell.area, cell.outcome): cell.relation for cell in imsa.cells}
    core = taxonomy.core_outcome_set.outcomes
    rows = (
        (
            f"`{area.id}`",
            area.label,
            *(relations.get((area.id, outcome), "none") for outcome in core),
        )
        for area in imsa.areas
    )
    return table(("identifier", "area", *(f"`{outcome}`" for outcome in core)), rows)


def _dodd(dodd: Dodd, taxonomy: Taxonomy) -> Iterator[str]:
    yield "## The outcome taxonomy by Dodd and others"
    yield ""
    yield dodd.note
    yield ""
    rows = (
        (taxonomy[cell.outcome].marked_label, cell.area, cell.basis, cell.benefit_or_harm, cell.why)
        for cell in dodd.cells
    )
    yield from table(("outcome", "area", "name of the area", "benefit or harm", "why (ours)"), rows)
    yield ""
    for source in dodd.sources:
        yield f"* {source.title}. {source.url} ({source.basis})"


def system_barriers() -> str:
    """Write the page of the barriers."""
    listed = load_system_barriers()
    rows = ((f"`{each.code}`", each.label, " ".join(each.enablers)) for each in listed.barriers)
    return page(
        [
            "# Barriers in the system",
            "",
            listed.note,
            "",
            *table(("code", "barrier", "what could help (ours)"), rows),
        ]
    )


def stages() -> str:
    """Write the page of the stages and the levels."""
    listed = load_stages()
    steps = ((f"`{each.code}`", each.label, each.meaning, each.remark or "", each.source) for each in listed.stages)
    levels = ((f"`{each.code}`", each.label, each.meaning, each.source) for each in listed.levels)
    return page(
        [
            "# Stages and levels",
            "",
            listed.note,
            "",
            "## Stages of the journey",
            "",
            *table(("code", "stage", "meaning (ours)", "remark", "source"), steps),
            "",
            "## Levels of outcomes",
            "",
            *table(("code", "level", "meaning (ours)", "source"), levels),
        ]
    )
