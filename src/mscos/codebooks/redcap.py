"""
REDCap's data dictionary, as the screen downloads it and as the API exports it.

Tokens stand in the field annotation, which has no effect on the form; they may also stand in the label or the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mscos.codebooks._entries import Entry, codebook_of, row_fault, token_fault
from mscos.codebooks._tables import Row, below_heading, heading_of
from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.tokens import Tokens, joined, read_tokens
from mscos.missing_codes import codes_labelled_so

FORM: Final = "a REDCap dictionary"
"""What sort of codebook it is, in words."""

EVENT: Final = "redcap_event_name"
"""REDCap's own column for the time point of a longitudinal project."""

HEADINGS: Final[Mapping[str, str]] = {
    "variable / field name": "field_name",
    "form name": "form_name",
    "field type": "field_type",
    "field label": "field_label",
    "choices, calculations, or slider labels": "select_choices_or_calculations",
    "field note": "field_note",
    "text validation type or show slider number": "text_validation_type_or_show_slider_number",
    "identifier?": "identifier",
    "branching logic (show field only if...)": "branching_logic",
    "field annotation": "field_annotation",
}
"""What the screen calls the headings that we read, and what the API calls them."""

_KNOWN = frozenset(HEADINGS.values())
_ADDED = (
    EVENT,
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
    "redcap_survey_identifier",
)
_WORDS = {"notes", "file", "signature"}
"""Types of fields whose answers are people's own words, or hold anything at all."""

_CHOSEN = {"radio", "dropdown", "checkbox"}
"""Types of fields whose answers are choices from a list."""

_TOKENS_IN = ("field_annotation", "field_note", "field_label")


def is_redcap(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table is a dictionary of REDCap's, by its headings."""
    return "field_name" in _headings(rows)


def read_redcap(rows: Sequence[Sequence[str]], path: str) -> Codebook:
    """
    Read a data dictionary.

    Args:
        rows: The table, headings first.
        path: The file as the caller named it.

    Returns:
        The codebook.  The column of events is a variable of it, and one of the headers that REDCap adds: so it
        need not be in the data, and in a project of one event it is not.

    Raises:
        InvalidDocument: If a row cannot be read.
    """
    table = below_heading(rows, _headings(rows), path, _KNOWN)
    fields = [Row(row.number, {key: _unless_na(cell) for key, cell in row.cells.items()}) for row in table]
    entries = [entry for row in fields if (entry := _entry(row))]
    forms = dict.fromkeys(form for row in fields if (form := row.cell("form_name")))
    ignored = [*_ADDED, *(f"{form}{end}" for form in forms for end in ("_complete", "_timestamp"))]
    ignored += [box for row in fields for box in _boxes(row.cell("field_name"), _unanswered(row))]
    codebook = codebook_of(FORM, entries, path, ignored)
    return replace(codebook, variables=_with_own_roles(codebook.variables))


def _headings(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(HEADINGS.get(heading, heading) for heading in heading_of(rows))


def _unless_na(cell: str) -> str:
    """Read a cell: R, which often writes the API's table, writes two letters where there is nothing."""
    return "" if cell.strip() == "NA" else cell


def _entry(row: Row) -> Entry | None:
    name, kind = row.cell("field_name"), row.cell("field_type")
    tokens = joined(read_tokens(row.cell(heading)) for heading in _TOKENS_IN)
    if kind == "descriptive" and tokens == Tokens():  # words on the screen, without a column
        return None
    unanswered = _unanswered(row)
    fault = token_fault(name) if tokens.faulty or kind == "descriptive" else None
    variable = Variable(
        name=name,
        label=row.cell("field_label"),
        annotations=tokens.annotations,
        role=tokens.role,
        form=row.cell("form_name") or None,
        identifier=row.cell("identifier").casefold() == "y",
        free_text=tokens.role is None and _holds_words(kind, row),
        asked_of_some=bool(row.cell("branching_logic")),
        missing_codes=unanswered if kind != "checkbox" else (),
        columns=_boxes(name, (code for code, _ in _choices(row) if code not in unanswered))
        if kind == "checkbox"
        else (),
        ticks=kind == "checkbox",
    )
    return Entry(variable, tokens.timepoints, fault if name else row_fault(row.number, "The variable has no name."))


def _holds_words(kind: str, row: Row) -> bool:
    return kind in _WORDS or (kind == "text" and not row.cell("text_validation_type_or_show_slider_number"))


def _choices(row: Row) -> list[tuple[str, str]]:
    """Read the choices, ``1, Yes | 99, Prefer not to say``, each as its code and its label."""
    parts = (choice.partition(",") for choice in row.cell("select_choices_or_calculations").split("|"))
    return [(code.strip(), label.strip()) for code, _, label in parts]


def _unanswered(row: Row) -> tuple[str, ...]:
    """List the codes of the choices that are no answers; the column of one among several boxes is no answer either."""
    return codes_labelled_so(_choices(row)) if row.cell("field_type") in _CHOSEN else ()


def _boxes(name: str, codes: Iterable[str]) -> tuple[str, ...]:
    """List the columns of a checkbox: one for each choice, and what is neither letter nor digit is an underscore."""
    return tuple(f"{name}___{re.sub(r'[^a-z0-9]', '_', code.lower())}" for code in codes if code)


def _with_own_roles(variables: Sequence[Variable]) -> tuple[Variable, ...]:
    """
    Add what REDCap itself lays down, where no token says otherwise.

    The first variable of a project is always its record identifier, and links all rows of a person; a longitudinal
    export names the event of each row.
    """
    given = {variable.role for variable in variables}
    first, *others = variables
    if not first.role and "participant" not in given:
        first = replace(first, role="participant", free_text=False)
    event = [] if "timepoint" in given else [Variable(name=EVENT, role="timepoint")]
    return (first, *others, *event)
