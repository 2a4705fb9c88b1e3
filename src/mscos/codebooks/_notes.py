"""
What a codebook of another format says of MS-COS where it has room for named properties, or for a text.

One model serves them all, so that they have the same names and the same faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from mscos import _words
from mscos._record import EditionName, Many, Record
from mscos.codebooks.codebook import Annotation, Role, TimeLabel, UnitOfRow
from mscos.codebooks.own import OutcomeEntry, TimepointEntry
from mscos.codebooks.tokens import HOW_TO_WRITE, Tokens, joined, read_cell, time_label
from mscos.errors import Fault
from mscos.records._model_faults import model_faults

_FAULTY: Final = f"The mscos token cannot be read. {HOW_TO_WRITE}"
_NULL: Final = (Fault("", _words.NULL),)
"""What is said where all that a model refused is null, which `model_faults` leaves to its callers."""

_RANGE: Final = "Write the lowest score as min, and a higher one as max."

_TWICE: Final = "Two entries say different things of one outcome. Keep one."


class VariableNote(Record):
    """What a variable is for."""

    outcomes: Many[OutcomeEntry] = ()
    """The outcomes that it shows."""

    role: Role | None = None
    """What it is for, beside outcomes."""

    free_text: bool = False
    """Whether its answers are people's own words."""

    identifier: bool = False
    """Whether it identifies people."""


class TableNote(Record):
    """What a table is about."""

    unit_of_row: UnitOfRow | None = None
    """What one row is about."""

    timepoints: Many[TimepointEntry] = ()
    """Labels of time points as the data write them."""

    edition: EditionName | None = None
    """The edition of the taxonomy that the outcomes are from."""

    def labels(self) -> tuple[TimeLabel, ...]:
        """Give the time points as a codebook holds them."""
        return tuple(TimeLabel(each.label, each.months_from_start) for each in self.timepoints)


_SILENT: Final = Tokens()


@dataclass(frozen=True, slots=True)
class Note:
    """
    What is noted of one variable.

    Attributes:
        tokens: Its outcomes and its role; for a column of time points, also their order.
        free_text: Whether its answers are people's own words.
        identifier: Whether it identifies people.
    """

    tokens: Tokens = _SILENT
    free_text: bool = False
    identifier: bool = False


def read_note(note: object, pointer: str) -> Note | tuple[Fault, ...]:
    """
    Read what is noted of one variable.

    Args:
        note: A text, with an identifier or with tokens, or an object: `VariableNote`, or the members of one
            `OutcomeEntry` beside those of a `VariableNote`.
        pointer: Where it stands.

    Returns:
        The note, or its faults.
    """
    if isinstance(note, str):
        tokens = read_cell(note)
        return (Fault(pointer, _FAULTY),) if tokens.faulty else Note(tokens)
    return _read_object(note, pointer)


def read_table_note(note: object, pointer: str) -> TableNote | tuple[Fault, ...]:
    """Read what is noted of a whole table, or list the faults."""
    try:
        return TableNote.model_validate(note)
    except ValidationError as error:
        found = tuple(model_faults(TableNote, error)) or _NULL
    return tuple(Fault(f"{pointer}{fault.pointer}", fault.message, fault.rule) for fault in found)


def _read_object(note: object, pointer: str) -> Note | tuple[Fault, ...]:
    nested, inner = _nested(note)
    try:
        read = VariableNote.model_validate(nested)
    except ValidationError as error:
        found = tuple(model_faults(VariableNote, error)) or _NULL
    else:
        found = tuple(_value_faults(read))
        if not found:
            return Note(_tokens(read), read.free_text, read.identifier)
    return tuple(Fault(f"{pointer}{fault.pointer.removeprefix(inner)}", fault.message, fault.rule) for fault in found)


def _nested(note: object) -> tuple[object, str]:
    """Move the members of a single outcome to where those of several stand, and say where that is."""
    if not isinstance(note, Mapping) or "outcome" not in note or "outcomes" in note:
        return note, ""
    shared = {name: member for name, member in note.items() if name in VariableNote.model_fields}
    single = {name: member for name, member in note.items() if name not in shared}
    return shared | {"outcomes": [single]}, "/outcomes/0"


def _value_faults(read: VariableNote) -> Iterator[Fault]:
    """List what is wrong beyond the types."""
    for position, each in enumerate(read.outcomes):
        if each.range and each.range.min >= each.range.max:
            yield Fault(f"/outcomes/{position}/range", _RANGE)
    if _tokens(read).faulty:
        yield Fault("/outcomes", _TWICE)


def _tokens(read: VariableNote) -> Tokens:
    return joined((Tokens(role=read.role), *(Tokens((_annotation(each),)) for each in read.outcomes)))


def _annotation(note: OutcomeEntry) -> Annotation:
    return Annotation(
        outcome=note.outcome,
        kind=note.kind,
        timepoint=time_label(note.timepoint) if note.timepoint else None,
        reported_by=note.reported_by,
        direction=note.direction,
        instrument=note.instrument,
        low=note.range.min if note.range else None,
        high=note.range.max if note.range else None,
        match=note.match,
    )
