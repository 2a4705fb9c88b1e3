"""
A table that somebody wrote by hand: one variable in each row, and what it shows.

It is the sidecar for formats with no room for tokens.  A fault is told by its row and not by what stands there: a
data file that was named by mistake can look like such a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, get_args

from mscos import errors
from mscos.codebooks._entries import Entry, codebook_of, refusal, row_fault
from mscos.codebooks._tables import Row, below_heading, heading_of
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, UnitOfRow, Variable
from mscos.codebooks.merging import emptied, united
from mscos.codebooks.tokens import HOW_TO_WRITE, annotation, joined, read_cell, time_labels

FORM: Final = "a table of variables"
"""What sort of codebook it is, in words."""

VARIABLE: Final = ("column", "variable", "variable_name", "field", "var", "name")
"""Headings that can stand over the names of variables."""

OUTCOME: Final = ("outcome", "mscos", "mscos_outcome", "outcome_id", "core_outcome")
"""Headings that can stand over the outcomes."""

KEYS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "time": "time",
    "reported_by": "by",
    "direction": "dir",
    "instrument": "inst",
    "range": "range",
    "match": "match",
}
"""Headings over what is said of an outcome, and the keys of the token grammar that they stand for."""

OTHERS: Final = ("role", "missing_codes", "label", "unit_of_row")
"""The other headings that we read."""

_NEAR: Final = 0.8
"""How alike a heading must be to one of ours to be taken for a slip."""

_OTHER_WORDS: Final = frozenset({"description", "labels", "values", "names", "variable_label", "field_label"})
"""Headings of other people's codebooks that are near to one of ours."""

_KNOWN: Final = frozenset((*VARIABLE, *OUTCOME, *KEYS, *OTHERS))
_OUTCOME_IS_UNREADABLE: Final = f"The outcome cannot be read. Write one identifier, such as housing. {HOW_TO_WRITE}"
_ROLE_IS_UNKNOWN: Final = "The role is none of: participant, timepoint, adult, group."
_SAID_IS_UNREADABLE: Final = (
    "What is said of the outcome cannot be read. Look at kind, time, reported_by, direction, instrument, range and "
    "match, such as: outcome, baseline, self, up, single-item, 7..35, specific."
)
_UNIT_IS_UNKNOWN: Final = f"In unit_of_row, write one of these, once: {', '.join(get_args(UnitOfRow))}."
_LABELS_ARE_UNREADABLE: Final = "The time points cannot be read. Write them such as: 0=baseline; 6=month-6."


def is_mapping(rows: Sequence[Sequence[str]]) -> bool:
    """
    Tell whether a table is one of variables, by its headings.

    ``column`` is our own heading.  Any other can also stand in a table of people, so it takes a heading over
    outcomes or roles beside it; and with ``name`` one that cannot be over something else.
    """
    headings = set(_headings(rows))
    if "column" in headings:
        return bool(headings & {*OUTCOME, *KEYS, *OTHERS})
    if headings & {*VARIABLE} == {"name"}:
        return bool(headings & {*OUTCOME[1:]})
    return bool(headings & {*VARIABLE} and headings & {*OUTCOME, "role"})


def read_mapping(rows: Sequence[Sequence[str]], path: str) -> Codebook:
    """
    Read a table of variables.

    Args:
        rows: The table, headings first.
        path: The file as the caller named it.

    Returns:
        The codebook.  A variable can stand in several rows, one for each outcome; if two rows say different things
        of one outcome, it is contradictory.

    Raises:
        SeveralCodebooks: If more than one column could hold the names of variables, or the outcomes.
        InvalidDocument: If a row cannot be read.
    """
    headings = _headings(rows)
    variable, outcome = _only(VARIABLE, headings, path), _only(OUTCOME, headings, path)
    _refuse_near_misses(headings, path)
    table = below_heading(rows, headings, path, _KNOWN)
    # A line of a draft that nobody confirmed says nothing, not even that its column is described.
    entries = [_entry(row, variable, outcome) for row in table if any(row.cell(heading) for heading in _KNOWN)]
    codebook = codebook_of(FORM, entries, path) if entries or not table else Codebook(form=FORM, variables=())
    by_name: dict[str, list[Variable]] = {}
    for each in codebook.variables:
        by_name.setdefault(each.name, []).append(each)
    contradictory = tuple(name for name, several in by_name.items() if _differ(several))
    variables = tuple(_together(several) for several in by_name.values())
    unit = _unit(table, path)
    return emptied(replace(codebook, variables=variables, contradictory=contradictory, unit_of_row=unit))


def _unit(table: Sequence[Row], path: str) -> UnitOfRow | None:
    """Give what a row of the data is about, which any row of the table can say."""
    said = {cell: row.number for row in table if (cell := row.cell("unit_of_row"))}
    known: dict[str, UnitOfRow] = {unit: unit for unit in get_args(UnitOfRow)}
    if len(said) > 1 or not set(said) <= set(known):
        raise refusal(path, [row_fault(max(said.values()), _UNIT_IS_UNKNOWN)])
    return next((known[unit] for unit in said), None)


def _refuse_near_misses(headings: Sequence[str], path: str) -> None:
    """Refuse a heading that is nearly one of ours: what stands below it would be left out without a word."""
    for heading in headings:
        meant = get_close_matches(heading, _KNOWN, n=1, cutoff=_NEAR)
        if heading and heading not in _KNOWN and heading not in _OTHER_WORDS and meant:
            raise refusal(path, [row_fault(1, f'A heading is not one that we read. Did you mean "{meant[0]}"?')])


def _headings(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(heading.replace(" ", "_") for heading in heading_of(rows))


def _only(known: Iterable[str], headings: Sequence[str], path: str) -> str:
    """Give the one heading that stands for something; an empty one if there is none."""
    found = [heading for heading in headings if heading in known]
    if len(found) > 1:
        raise errors.SeveralCodebooks(path)
    return found[0] if found else ""


def _entry(row: Row, variable: str, outcome: str) -> Entry:
    role = row.cell("role")
    tokens = joined([read_cell(role), read_cell(row.cell(outcome))])
    time = row.cell("time") if tokens.role == "timepoint" else ""
    labels = _labels(time)
    said = {key: cell for heading, key in KEYS.items() if (cell := row.cell(heading))}
    annotations = _with(tokens.annotations, said)
    described = Variable(
        name=row.cell(variable),
        label=row.cell("label"),
        annotations=annotations or (),
        role=tokens.role,
        missing_codes=tuple(
            code for cell in re.split(r"[;|,]", row.cell("missing_codes")) if (code := cell.partition("=")[0].strip())
        ),
    )
    faults = {
        "The variable has no name.": not described.name,
        _ROLE_IS_UNKNOWN: bool(role) and not read_cell(role).role,
        _OUTCOME_IS_UNREADABLE: tokens.faulty,
        _LABELS_ARE_UNREADABLE: labels is None,
        _SAID_IS_UNREADABLE: annotations is None,
    }
    said_of_row = next((message for message, is_so in faults.items() if is_so), None)
    return Entry(
        described, (*tokens.timepoints, *(labels or ())), row_fault(row.number, said_of_row) if said_of_row else None
    )


def _labels(cell: str) -> tuple[TimeLabel, ...] | None:
    """Read labels of time points and their places; None if one has no place, no name, or two places."""
    parts = [part.rpartition("=") for part in cell.split(";") if part.strip()]
    pairs = {label.strip(): place.strip() for label, _, place in parts}
    # A comma between two of them would make one label of both.
    sound = len(pairs) == len(parts) and "" not in pairs and not any(re.search("=[^=]*,", label) for label in pairs)
    return time_labels(pairs) if sound else None


def _with(annotations: Sequence[Annotation], said: Mapping[str, str]) -> tuple[Annotation, ...] | None:
    """Add what the other cells of a row say to its outcomes; None if it cannot be read or differs."""
    if annotation("", said) is None:  # what is said of no outcome is looked at too
        return None
    made = [(each, annotation(each.outcome, said)) for each in annotations]
    found = tuple(one for each, other in made if other and (one := united(each, other)))
    return found if len(found) == len(annotations) else None


def _differ(several: Sequence[Variable]) -> bool:
    roles = {variable.role for variable in several} - {None}
    return len(roles) > 1 or _united(several) is None


def _united(several: Sequence[Variable]) -> tuple[Annotation, ...] | None:
    """Put together what several rows say of one variable; None if two differ on one outcome."""
    found: dict[str, Annotation] = {}
    for each in (each for variable in several for each in variable.annotations):
        one = united(found.get(each.outcome, each), each)
        if one is None:
            return None
        found[each.outcome] = one
    return tuple(found.values())


def _together(several: Sequence[Variable]) -> Variable:
    return replace(
        several[0],
        label=next((variable.label for variable in several if variable.label), ""),
        annotations=_united(several) or (),
        role=next((variable.role for variable in several if variable.role), None),
        missing_codes=tuple(dict.fromkeys(code for variable in several for code in variable.missing_codes)),
    )
