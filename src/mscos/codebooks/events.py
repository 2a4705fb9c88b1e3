"""Which forms belong to which event of a longitudinal REDCap project, so that blanks by design can be told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike, fspath
from typing import Final

from mscos import errors
from mscos.codebooks._entries import refusal, row_fault
from mscos.codebooks._tables import below_heading, decoded, heading_of, read_bytes, rows_of
from mscos.errors import Fault
from mscos.records.origin import Origin

_EVENT, _FORM = COLUMNS = ("unique_event_name", "form")
"""The columns of REDCap's form-event mapping that we read."""

_WITHOUT_FORMS: Final = (
    "This file does not say which forms belong to which event. In REDCap, export the instrument-event mappings: "
    f"they have the columns {_EVENT} and {_FORM}."
)


@dataclass(frozen=True, slots=True)
class Events:
    """
    Which forms belong to which event.

    Attributes:
        forms: For each event, by its unique name, the forms that are filled in there.
        origin: The file.
    """

    forms: Mapping[str, frozenset[str]] = field(repr=False)
    origin: Origin


def read_events(path: str | PathLike[str]) -> Events:
    """
    Read REDCap's form-event mapping.

    Args:
        path: The CSV file, with the columns ``arm_num``, ``unique_event_name`` and ``form``.

    Returns:
        The forms of each event.

    Raises:
        CannotRead: If there is no mapping to be had; a list of events alone does not do.
    """
    path = fspath(path)
    content = read_bytes(path)
    rows = rows_of(decoded(content, path), path)
    headings = heading_of(rows)
    if not {_EVENT, _FORM} <= set(headings):
        raise errors.InvalidDocument(path, (Fault("/heading", _WITHOUT_FORMS),))
    table = below_heading(rows, headings, path, COLUMNS)
    faults = [
        row_fault(row.number, "Fill in the event and the form.")
        for row in table
        if not row.cell(_EVENT) or not row.cell(_FORM)
    ]
    if faults:
        raise refusal(path, faults)
    forms: dict[str, set[str]] = {}
    for row in table:
        forms.setdefault(row.cell(_EVENT), set()).add(row.cell(_FORM))
    origin = Origin(errors.shown(path), hashlib.sha256(content).hexdigest())
    return Events({event: frozenset(names) for event, names in forms.items()}, origin)
