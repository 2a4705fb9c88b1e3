"""The outcomes as a table, one row each; CSVW, Data Package and others describe the same columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mscos.exporters import chosen as fates
from mscos.exporters.chosen import Chosen
from mscos.exporters.statements import DEFINED_BY, also_called, file_name, outcome_iri, reference
from mscos.logframes import shielded
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

PARTS: Final = "; "
"""What stands between several texts in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column of the table.

    Attributes:
        name: Its name.
        title: What it holds, in words.
        cell: Gives what stands in it.
        property: The IRI of the property that it states of an outcome; None where no vocabulary has one.
        separator: What stands between several values in one cell; None where there is only one.
    """

    name: str
    title: str
    cell: Callable[[Taxonomy, Outcome], str]
    property: str | None = None
    separator: str | None = None


_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCT: Final = "http://purl.org/dc/terms/"

COLUMNS: Final = (
    Column("id", "Identifier", lambda _, outcome: outcome.id, f"{_SKOS}notation"),
    Column("label", "Label; show its mark beside it", lambda _, outcome: outcome.label, f"{_SKOS}prefLabel"),
    Column("mark", "What must stand beside the label; empty if it is published", lambda _, outcome: outcome.mark),
    Column("definition", "Definition", lambda _, outcome: outcome.definition, f"{_SKOS}definition"),
    Column("definition_by", "Whose words the definition is", lambda _, __: DEFINED_BY),
    Column("set", "Core outcome set or long-list", lambda _, outcome: outcome.set),
    Column("domain", "Identifier of the domain", lambda _, outcome: outcome.domain),
    Column("domain_label", "Label of the domain", lambda taxonomy, outcome: taxonomy.domain_of(outcome).label),
    Column(
        "domain_mark",
        "What must stand beside the label of the domain",
        lambda taxonomy, outcome: taxonomy.domain_of(outcome).mark,
    ),
    Column("domain_grade", "Where the membership in the domain comes from", lambda _, outcome: outcome.domain_grade),
    Column("construct_kind", "What kind of thing it is, as this project reads it", lambda _, o: o.construct_kind),
    Column("label_grade", "How sure the label is", lambda _, outcome: outcome.label_grade),
    Column("published_list", "The list that the label stands in", lambda _, outcome: outcome.published_list or ""),
    Column("status", "Current or withdrawn", lambda taxonomy, outcome: fates.fate_of(taxonomy, outcome).status),
    Column(
        "successors",
        "Identifiers of the outcomes that took its place",
        lambda taxonomy, outcome: " ".join(fates.fate_of(taxonomy, outcome).successors),
        separator=" ",
    ),
    Column(
        "also_called", "Other labels", lambda _, outcome: PARTS.join(also_called(outcome)), f"{_SKOS}altLabel", PARTS
    ),
    Column("sources", "Identifiers of the sources of the label", lambda _, o: " ".join(o.sources), separator=" "),
    Column(
        "references",
        "The sources of the label",
        lambda taxonomy, outcome: PARTS.join(reference(taxonomy.source(each)) for each in outcome.sources),
        f"{_DCT}source",
    ),
    Column("evidence", "What the label rests on", lambda _, outcome: outcome.evidence),
    Column(
        "reviewed_by_survivors",
        "Whether survivors have reviewed this project's own words",
        lambda taxonomy, _: str(taxonomy.reviewed_by_survivors).lower(),
    ),
    Column("edition", "Edition of the taxonomy", lambda taxonomy, _: taxonomy.edition),
    Column("iri", "IRI of the outcome in this edition; it does not resolve yet", outcome_iri),
)
"""Every column, in its order."""


def table_name(chosen: Chosen) -> str:
    """Give the name that the table has in what describes it."""
    return file_name("mscos", chosen.taxonomy.edition, chosen.which) + ".csv"


def cells(chosen: Chosen) -> Iterable[tuple[str, ...]]:
    """Give the rows of the table, without its heading."""
    for outcome in chosen.outcomes:
        yield tuple(column.cell(chosen.taxonomy, outcome) for column in COLUMNS)


def table_csv(chosen: Chosen) -> str:
    """Write the table as CSV."""
    return csv_text([[column.name for column in COLUMNS], *cells(chosen)])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV.  What a spreadsheet would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([shielded(cell) for cell in row] for row in rows)
    return written.getvalue()
