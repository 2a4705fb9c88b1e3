"""Data and codebooks, as a caller names them, are read and screened before anything else looks at them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path

from mscos._foreign import asked
from mscos.codebooks.codebook import Codebook, TimeLabel
from mscos.codebooks.events import Events, read_events
from mscos.codebooks.merging import merged
from mscos.codebooks.reading import read_codebook
from mscos.dataset import BoundDataset, bind, is_canonical
from mscos.errors import (
    DATA,
    STANDARD_INPUT,
    BrokenTable,
    CouldNotCount,
    HoldsIdentifiers,
    MscosError,
    NotAColumn,
    WhichCodebook,
)
from mscos.evidence import Evidence
from mscos.profile.counts import Profile
from mscos.profile.profiling import profile
from mscos.readers.reading import as_table, read_table
from mscos.readers.table import Table
from mscos.records.evaluation import EvaluationRecord
from mscos.screen import Screening, screen
from mscos.stamps import InputStamp
from mscos.taxonomy import Taxonomy

Data = object
"""A dataframe, a path or a `Table`."""

Codebooks = str | PathLike[str] | Codebook | Sequence["str | PathLike[str] | Codebook"] | None
"""What describes the data."""

HELD = 512 * 1024 * 1024
"""Largest file whose rows are taken into memory, in bytes.  A larger one is read once for each question."""

LEAST = 5
"""Fewest people from which shares may be shown, whatever the caller asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """
    Data that were read and screened.

    Attributes:
        table: The table, without the excluded columns.
        codebook: What describes it; None for the canonical layout alone.
        screening: What the screen saw; it did not stop.
        events: Forms of each event; None where nobody says.
        inputs: The files.
        excluded: How many columns were left out.
    """

    table: Table
    codebook: Codebook | None
    screening: Screening
    events: Events | None
    inputs: tuple[InputStamp, ...]
    excluded: int

    @property
    def edition(self) -> str | None:
        """The edition that the codebook names; None if it names none."""
        return self.codebook.edition if self.codebook else None

    def bound(self, taxonomy: Taxonomy, record: EvaluationRecord | None) -> BoundDataset:
        """Join the data to the outcomes of an edition; the record beside them can put time points in order."""
        declared = record.timepoints if record else ()
        return bind(
            taxonomy,
            self.table,
            self.codebook,
            timepoints=[TimeLabel(point.label, point.months_from_start) for point in declared],
            events=self.events.forms if self.events else None,
        )

    def evidence(self, taxonomy: Taxonomy, record: EvaluationRecord | None, min_count: int) -> Evidence:
        """
        Join the data to the outcomes of an edition, and count what they hold.

        Args:
            taxonomy: The edition.
            record: The record beside the data; None without one.
            min_count: People are shown as shares from so many people on.

        Raises:
            ValueError: If `min_count` is below 5.
        """
        if min_count < LEAST:
            raise ValueError(f"min_count is at least {LEAST}: a share of fewer people can point to one of them")
        bound = self.bound(taxonomy, record)
        details = [place.position - 1 for place in self.screening.quasi]
        return Evidence(
            taxonomy=taxonomy,
            record=record,
            screening=self.screening,
            bound=bound,
            profile=_counted(bound, details if len(details) > 1 else []),
            min_count=min_count,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscreened:
    """
    Data that were read.  Nothing has looked at them.

    Attributes:
        table: The table, without the excluded columns.
        codebook: What describes it; None where nothing does.
        inputs: The files.
        excluded: How many columns were left out.
    """

    table: Table
    codebook: Codebook | None
    inputs: tuple[InputStamp, ...]
    excluded: int


def unscreened(
    data: Data,
    codebook: Codebooks,
    *,
    exclude: Sequence[str] = (),
    sheet: str | None = None,
    resource: str | None = None,
) -> Unscreened:
    """Read data and what describes them, as `prepared` does, and leave the screen to the caller."""
    table = _table(data, sheet)
    books = [_codebook(each, resource) for each in _several(codebook)]
    inputs = (InputStamp(role="data", sha256=table.sha256), *(_stamp(book) for book in books))
    if table.codebook is not None:
        books.append(_marked(table.codebook))
    exclude = (exclude,) if isinstance(exclude, str) else tuple(exclude)
    unknown = [number for number, header in enumerate(exclude, start=1) if header not in table.headers]
    if unknown:
        raise NotAColumn(unknown[0])
    if set(table.headers) <= set(exclude):
        raise NotAColumn(None)
    kept = table.without(frozenset(exclude))
    if isinstance(data, str | PathLike) and _is_small(data):
        kept = asked(kept.hold, BrokenTable(DATA, table.form))
    return Unscreened(
        table=kept,
        codebook=_without(merged(books), exclude) if books else None,
        inputs=inputs,
        excluded=len(table.headers) - len(kept.headers),
    )


def prepared(  # noqa: PLR0913 - each is an input of its own
    data: Data,
    codebook: Codebooks,
    *,
    exclude: Sequence[str] = (),
    events: str | None = None,
    sheet: str | None = None,
    resource: str | None = None,
) -> Prepared:
    """
    Read and screen data.

    Args:
        data: A dataframe, a path or a `Table`.
        codebook: What describes it, in order, the most trusted first.
        exclude: Headers of columns that are dropped before anything looks at them.
        events: REDCap's file of the forms that belong to each event.
        sheet: Sheet of a workbook that holds the data.
        resource: Resource of a data package that describes them.

    Raises:
        CannotRead: If something cannot be read.
        HoldsIdentifiers: If the screen stops.
        WhichCodebook: If nothing says which outcome a column is about.
        NotAColumn: If a column to be left out is not there, or no column is left.
    """
    read = unscreened(data, codebook, exclude=exclude, sheet=sheet, resource=resource)
    kept, described, inputs = read.table, read.codebook, list(read.inputs)
    screening = screen(kept, described)
    if screening.stops:
        stops = ((stop, kept.position(stop.place.position - 1)) for stop in screening.stops)
        raise HoldsIdentifiers(tuple((stop.rule, stop.why, place, stop.place.variable) for stop, place in stops))
    if described is None and not is_canonical(kept.headers):
        raise WhichCodebook
    mapped = None if events is None else read_events(events)
    if mapped is not None:
        inputs.append(InputStamp.of("events", mapped.origin))
    return Prepared(
        table=kept,
        codebook=described,
        screening=screening,
        events=mapped,
        inputs=tuple(inputs),
        excluded=read.excluded,
    )


def _counted(bound: BoundDataset, details: Sequence[int]) -> Profile:
    """Count, and pass on nothing of what a library says that cannot: it may quote a cell."""
    try:
        return profile(bound, details=details)
    except (KeyboardInterrupt, SystemExit, MscosError):
        raise
    except BaseException:  # noqa: BLE001, S110 - a panic in compiled code is no Exception
        pass
    raise CouldNotCount(DATA)


def _table(data: Data, sheet: str | None) -> Table:
    if isinstance(data, Table):
        return data
    if isinstance(data, str | PathLike):
        return read_table(data, sheet=sheet)
    return as_table(data)


def _is_small(path: str | PathLike[str]) -> bool:
    """Tell whether the rows of a file may be taken into memory, which need about twice as much there."""
    try:
        return fspath(path) == STANDARD_INPUT or Path(path).stat().st_size <= HELD
    except OSError:  # it is gone since it was read; counting will say so
        return False


def _several(codebook: Codebooks) -> Sequence[str | PathLike[str] | Codebook]:
    if codebook is None:
        return []
    return [codebook] if isinstance(codebook, str | PathLike | Codebook) else list(codebook)


def _codebook(given: str | PathLike[str] | Codebook, resource: str | None) -> Codebook:
    return given if isinstance(given, Codebook) else read_codebook(fspath(given), resource=resource)


def _without(codebook: Codebook, excluded: Collection[str]) -> Codebook:
    """Leave out the variables whose columns were left out: nobody looks for them."""
    kept = (each for each in codebook.variables if each.name not in excluded)
    return replace(codebook, variables=tuple(kept))


def _marked(own: Codebook) -> Codebook:
    """
    Keep of what a file says of itself the variables that somebody marked for us.

    A file of SPSS or Stata describes all of its columns.  A description that nobody wrote for this check must not make
    a header printable: it can be a person's name.
    """
    return replace(own, variables=tuple(each for each in own.variables if each.annotations or each.role))


def _stamp(codebook: Codebook) -> InputStamp:
    return InputStamp.of("codebook", codebook.origin)
