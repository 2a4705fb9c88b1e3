"""Our own codebook file, ``codebook.json``: the models of its published schema, and how it becomes a codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from pydantic import ValidationError

from mscos import _words
from mscos._record import EditionName, Line, Many, Months, OutcomeId, Record, Slug, Text
from mscos.codebooks._entries import MOST_FAULTS, refusal
from mscos.codebooks.codebook import Annotation, Codebook, Role, TimeLabel, UnitOfRow, Variable
from mscos.codebooks.tokens import time_label
from mscos.codelists import Direction, Match, MeasureKind, ReportedBy
from mscos.errors import Fault
from mscos.records._model_faults import first_model_faults, names
from mscos.records.entries import ScoreRange

FORM: Final = "a codebook file"
"""What sort of codebook it is, in words."""

_RANGE: Final = "The lowest score has to be below the highest one."
_TWICE: Final = "This stands twice in the list. Keep one."


class OutcomeEntry(Record):
    """What a variable shows of one outcome."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    kind: MeasureKind | None = None
    """What the variable shows.  Only ``outcome`` counts for an outcome."""

    timepoint: Line | None = None
    """When it was measured, for a variable of one time point only: ``baseline``, ``month-N`` or a label."""

    reported_by: ReportedBy | None = None
    """Who gave the answers."""

    direction: Direction | None = None
    """Which way the score goes when things get better."""

    instrument: Slug | None = None
    """Identifier from the instrument table; ``single-item`` for a question of your own."""

    range: ScoreRange | None = None
    """Possible scores."""

    match: Match | None = None
    """How well the variable fits the outcome, as you see it.  For a known instrument the table decides."""


class VariableEntry(Record):
    """One variable of the dataset."""

    name: Line
    """Its name: the header in the data, unless `columns` says otherwise."""

    label: Text | None = None
    """Its label or question.  Never shown."""

    role: Role | None = None
    """What it is for, beside outcomes."""

    outcomes: Many[OutcomeEntry] = ()
    """The outcomes that it shows; each can stand once."""

    form: Line | None = None
    """The form or questionnaire that it belongs to."""

    identifier: bool = False
    """Whether it identifies people."""

    free_text: bool = False
    """Whether its answers are people's own words."""

    asked_of_some: bool = False
    """Whether it is shown to some people only, so that a blank can be by design."""

    missing_codes: Many[Line] = ()
    """Codes that mean "no answer", each as text."""

    missing_ranges: Many[ScoreRange] = ()
    """Ranges of numbers that mean "no answer", both ends included."""

    columns: Many[Line] = ()
    """Headers under which the data show it, where that is not the name alone."""

    ticks: bool = False
    """Whether each column is a box that is ticked or not: an empty box is no answer."""


class TimepointEntry(Record):
    """A label of a time point, with its place in the order."""

    label: Line
    """The label as the data write it."""

    months_from_start: Months
    """Months from the start of support; 0 is the start."""


class CodebookFile(Record):
    """The description of a dataset: its variables and which core outcomes they show."""

    kind: Literal["codebook"]
    """What sort of file this is."""

    schema_version: Literal["1"] = "1"
    """Major version of the schema."""

    edition: EditionName | None = None
    """Edition of the taxonomy that the outcomes are from.  Without it the newest one is assumed."""

    unit_of_row: UnitOfRow | None = None
    """What one row of the dataset is about."""

    timepoints: Many[TimepointEntry] = ()
    """Labels of time points as the data write them; ``baseline`` and ``month-N`` need no entry."""

    missing_codes: Many[Line] = ()
    """Codes that mean "no answer" in every variable, each as text."""

    variables: Many[VariableEntry]
    """The variables, at least one; each name can stand once."""


_NAMES: Final = names(CodebookFile)


def read_own(document: Mapping[str, object], path: str) -> Codebook:
    """
    Read a codebook file.

    Args:
        document: The document, as JSON or TOML has it.
        path: The file as the caller named it.

    Raises:
        InvalidDocument: If it breaks its published schema, or says two things in one place.
    """
    given = dict(document)
    faults = [Fault(place, _words.NULL) for place in _null_places(given, "")]
    number = len(faults)
    try:
        file = CodebookFile.model_validate(given)
    except ValidationError as error:
        refused, refusals = first_model_faults(CodebookFile, error, given, frozenset(), MOST_FAULTS)
        faults, number = [*faults, *refused], number + refusals
    else:
        faults += _own_faults(file)
        number = len(faults)
    if faults:
        raise refusal(path, faults, number)
    return codebook_of(file)


def codebook_of(file: CodebookFile) -> Codebook:
    """Give the codebook that a file describes."""
    return Codebook(
        form=FORM,
        variables=tuple(map(_variable, file.variables)),
        unit_of_row=file.unit_of_row,
        timepoints=tuple(TimeLabel(each.label, each.months_from_start) for each in file.timepoints),
        missing_codes=file.missing_codes,
        edition=file.edition,
    )


def _variable(entry: VariableEntry) -> Variable:
    return Variable(
        name=entry.name,
        label=entry.label or "",
        annotations=tuple(map(_annotation, entry.outcomes)),
        role=entry.role,
        form=entry.form,
        identifier=entry.identifier,
        free_text=entry.free_text,
        asked_of_some=entry.asked_of_some,
        missing_codes=entry.missing_codes,
        missing_ranges=tuple((each.min, each.max) for each in entry.missing_ranges),
        columns=entry.columns,
        ticks=entry.ticks,
    )


def _annotation(entry: OutcomeEntry) -> Annotation:
    return Annotation(
        outcome=entry.outcome,
        kind=entry.kind,
        timepoint=time_label(entry.timepoint) if entry.timepoint else None,
        reported_by=entry.reported_by,
        direction=entry.direction,
        instrument=entry.instrument,
        low=entry.range.min if entry.range else None,
        high=entry.range.max if entry.range else None,
        match=entry.match,
    )


def _own_faults(file: CodebookFile) -> Iterator[Fault]:
    """Find what the schema does not state."""
    if not file.variables:
        yield Fault("/variables", "This codebook describes no variable.")
    yield from _repeated([each.label for each in file.timepoints], "/timepoints", "label")
    for place, variable in enumerate(file.variables):
        pointer = f"/variables/{place}"
        yield from _repeated([each.outcome for each in variable.outcomes], f"{pointer}/outcomes", "outcome")
        for position, entry in enumerate(variable.outcomes):
            if entry.range and entry.range.min >= entry.range.max:
                yield Fault(f"{pointer}/outcomes/{position}/range", _RANGE)
        for position, codes in enumerate(variable.missing_ranges):
            if codes.min > codes.max:
                yield Fault(f"{pointer}/missing_ranges/{position}", _RANGE)


def _repeated(said: list[str], pointer: str, name: str) -> Iterator[Fault]:
    first = {each: place for place, each in reversed([*enumerate(said)])}
    for place, each in enumerate(said):
        if first[each] != place:
            yield Fault(f"{pointer}/{place}/{name}", _TWICE)


def _null_places(value: object, pointer: str) -> Iterator[str]:
    """Find null, which the schema does not know; a place below an unknown name is that of its parent."""
    if value is None:
        yield pointer
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _null_places(member, f"{pointer}/{name}" if name in _NAMES else pointer)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _null_places(item, f"{pointer}/{index}")
