"""`bind`: a table and its codebook become a dataset; what does not match is kept, for a rule to speak about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mscos.canonical import OPTIONAL, REQUIRED
from mscos.codebooks.codebook import Codebook, TimeLabel, UnitOfRow, Variable
from mscos.codebooks.naming import index, is_ignored
from mscos.codelists import Level
from mscos.described import measure_of, time_key
from mscos.offers import Entry
from mscos.readers.table import Table
from mscos.records.entries import OutcomeEntry
from mscos.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundVariable:
    """
    A variable of the codebook, joined to the data.

    Attributes:
        variable: The variable.
        columns: Positions of its columns in the table, from 0; never empty.
    """

    variable: Variable
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundDataset:
    """
    A table, joined to what is known of its columns.

    Attributes:
        table: The table; None for a codebook alone.
        codebook: The codebook; None for a table in the canonical layout that has none.
        layout: ``columns`` where outcomes are columns; ``rows`` for the canonical layout, where they are rows.
        variables: The variables that are in the data.
        entries: What they offer for each outcome of the edition, in its order; empty in the canonical layout, where
            the rows say it.
        absent: Names of variables about outcomes, or with a role, that the data lack.
        unknown: Names of variables that name an outcome which is not in the edition.
        undescribed: Positions of the columns that nobody describes, from 0.
        canonical: Positions of the columns of the canonical layout by their header.
        unit_of_row: What a row is about; None where nobody says and it cannot be seen.
        unit_from: Who says so.
        participant: Position of the column that says whom a row is about; None if there is none.
        timepoint: Position of the column that says when; None if there is none.
        adult: Position of the column that says whether the person is an adult; None if there is none.
        months: Months from the start of support for each known label of a time point, by `time_key`.
        events: Forms that belong to each event, by `time_key`; None where nobody says.
        repeats: Position of REDCap's column that names the repeating form of a row; None if there is none.
        taxonomy: The edition.
    """

    table: Table | None
    codebook: Codebook | None
    layout: Literal["columns", "rows"]
    variables: tuple[BoundVariable, ...]
    entries: tuple[Entry, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    undescribed: tuple[int, ...]
    canonical: Mapping[str, int]
    unit_of_row: UnitOfRow | None
    unit_from: Literal["codebook", "detected"] | None
    participant: int | None
    timepoint: int | None
    adult: int | None
    months: Mapping[str, float]
    events: Mapping[str, frozenset[str]] | None
    repeats: int | None
    taxonomy: Taxonomy

    def __repr__(self) -> str:
        """Show no header, and nothing that a codebook says: a label of a time point stands in cells too."""
        return f"BoundDataset(table={self.table!r}, variables={len(self.variables)}, edition={self.taxonomy.edition!r})"

    def variable_at(self, place: int | None) -> Variable | None:
        """Give the variable of the column at a position; None for a column that no codebook describes."""
        return next((bound.variable for bound in self.variables if place in bound.columns), None)

    @property
    def rows(self) -> Table:
        """
        The table.

        Raises:
            TypeError: If there is a codebook alone.
        """
        if self.table is None:
            raise TypeError("a codebook alone has no rows")
        return self.table

    def position(self, place: int) -> int:
        """Give the position of a column in the file, from 1, or of a variable in a codebook alone."""
        return self.table.position(place) if self.table else place + 1


def is_canonical(headers: Iterable[str]) -> bool:
    """Tell whether headers are those of the canonical long layout."""
    there = set(headers)
    return there.issuperset(REQUIRED)


def bind_form(taxonomy: Taxonomy, codebook: Codebook) -> BoundDataset:
    """Join the variables of a codebook to outcomes before there are data: each is taken for a column."""
    variables = tuple(
        BoundVariable(variable=variable, columns=(place,)) for place, variable in enumerate(codebook.variables)
    )
    return _joined(taxonomy, None, codebook, variables, _months(codebook, ()), None)


def bind(
    taxonomy: Taxonomy,
    table: Table,
    codebook: Codebook | None,
    *,
    timepoints: Sequence[TimeLabel] = (),
    events: Mapping[str, frozenset[str]] | None = None,
) -> BoundDataset:
    """
    Join columns to outcomes.  Nothing is guessed from names, and nothing is dropped.

    Args:
        taxonomy: The edition.
        table: The table; None for a codebook alone.
        codebook: What is known of its columns; None for a table in the canonical layout.
        timepoints: Labels of time points that a record puts in order; those of the codebook come first.
        events: Forms that belong to each event, for an export of REDCap.

    Returns:
        The dataset.
    """
    variables = () if codebook is None else tuple(_bound(table, codebook))
    return _joined(taxonomy, table, codebook, variables, _months(codebook, timepoints), events)


def _joined(  # noqa: PLR0913, PLR0917 - what a dataset is made of
    taxonomy: Taxonomy,
    table: Table | None,
    codebook: Codebook | None,
    variables: tuple[BoundVariable, ...],
    months: Mapping[str, float],
    events: Mapping[str, frozenset[str]] | None,
) -> BoundDataset:
    headers = table.headers if table else ()
    rows = is_canonical(headers)
    named = {*REQUIRED, *OPTIONAL} if rows else set()
    canonical = {header: place for place, header in enumerate(headers) if header in named}
    roles: dict[str, int] = {
        bound.variable.role: bound.columns[0] for bound in reversed(variables) if bound.variable.role
    }
    roles |= {role: canonical[role] for role in ("participant", "timepoint", "adult") if role in canonical}
    of_organisations = codebook is not None and codebook.unit_of_row == "organisation"
    entries = () if rows else _entries(taxonomy, variables, ("organisational",) if of_organisations else ())
    unit, unit_from = _unit(codebook, "rows" if rows else "columns", roles, entries)
    seen = {place for bound in variables for place in bound.columns} | set(canonical.values())
    return BoundDataset(
        table=table,
        codebook=codebook,
        layout="rows" if rows else "columns",
        variables=variables,
        entries=entries,
        absent=_absent(codebook, variables),
        unknown=tuple(
            bound.variable.name
            for bound in variables
            if any(annotation.outcome not in taxonomy for annotation in bound.variable.annotations)
        ),
        undescribed=tuple(
            place
            for place, header in enumerate(headers)
            if place not in seen and not (codebook and is_ignored(header, codebook))
        ),
        canonical=canonical,
        unit_of_row=unit,
        unit_from=unit_from,
        participant=roles.get("participant"),
        timepoint=roles.get("timepoint"),
        adult=roles.get("adult"),
        months=months,
        events=None if events is None else {time_key(event): forms for event, forms in events.items()},
        repeats=next((place for place, header in enumerate(headers) if header == "redcap_repeat_instrument"), None),
        taxonomy=taxonomy,
    )


def _bound(table: Table, codebook: Codebook) -> Iterable[BoundVariable]:
    columns: dict[str, list[int]] = {}
    naming = index(codebook)
    for place, header in enumerate(table.headers):
        found = naming.find(header)
        if found is not None:
            columns.setdefault(found.name, []).append(place)
    for variable in codebook.variables:
        if variable.name in columns:
            yield BoundVariable(variable=variable, columns=tuple(columns[variable.name]))


def _absent(codebook: Codebook | None, variables: Sequence[BoundVariable]) -> tuple[str, ...]:
    there = {bound.variable.name for bound in variables}
    described = codebook.variables if codebook else ()
    return tuple(
        variable.name
        for variable in described
        if variable.name not in there and (variable.annotations or (variable.role and not _of_format(variable)))
    )


def _of_format(variable: Variable) -> bool:
    """Whether the format itself adds the variable to some exports, and not to others."""
    return variable.name == "redcap_event_name"


def _months(codebook: Codebook | None, timepoints: Sequence[TimeLabel]) -> dict[str, float]:
    labels = (*timepoints, *(codebook.timepoints if codebook else ()))
    return {"baseline": 0.0} | {time_key(each.label): each.months for each in labels}


def _unit(
    codebook: Codebook | None,
    layout: Literal["columns", "rows"],
    roles: Iterable[str],
    entries: Sequence[Entry],
) -> tuple[UnitOfRow | None, Literal["codebook", "detected"] | None]:
    """Say what a row is about: as the codebook says, or as the layout shows."""
    if codebook is not None and codebook.unit_of_row is not None:
        return codebook.unit_of_row, "codebook"
    if layout == "rows":
        return "person-measure", "detected"
    if "timepoint" in roles and "participant" not in roles:
        return None, None  # rows of visits, and nobody says whose
    if "participant" in roles:
        return ("person-visit" if "timepoint" in roles else "person"), "detected"
    times = ({point for measure in entry.content.measures for point in measure.timepoints} for entry in entries)
    # A start and a later answer in one row are about one and the same person.
    return ("person", "detected") if any(len(points) > 1 for points in times) else (None, None)


def _entries(taxonomy: Taxonomy, variables: Sequence[BoundVariable], levels: tuple[Level, ...]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            outcome,
            None,
            OutcomeEntry.model_construct(
                outcome=outcome.id,
                levels=levels,
                measures=tuple(measure_of(annotation, variable) for annotation, variable, _ in offered),
            ),
            tuple(series for _, _, series in offered),
        )
        for outcome in taxonomy.outcomes
        if (
            offered := [
                (annotation, bound.variable, series)
                for series, bound in enumerate(variables)
                for annotation in bound.variable.annotations
                if annotation.outcome == outcome.id
            ]
        )
    )
