"""
Logical frameworks as tables: the rows to begin with, and a filled table that becomes rows.

A table is CSV or an XLSX workbook.  No error here holds a cell, or a heading that is not ours.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path

from pydantic import ValidationError

from mscos import _words, errors
from mscos._files import read_content
from mscos.errors import Fault
from mscos.records._edition_faults import edition_faults
from mscos.records._model_faults import model_faults
from mscos.records.intervention import Address, InterventionRecord, LogframeRow
from mscos.records.origin import Origin
from mscos.taxonomy import Taxonomy
from mscos.workbooks.sheets import read_sheet

COLUMNS = tuple(LogframeRow.model_fields)
"""The columns of a logframe, in their order."""

SHEET = "logframe"
"""The sheet of a workbook that holds the logframe."""

_UNSEEN = r" \u00a0\u00ad\u115f\u1160\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0"
_FORMULA = rf"'*[{_UNSEEN}\"]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
# A spreadsheet that splits at another separator than ours begins a cell in the middle of one of ours.
_BEGIN = r"(?:^|(?<=[,;\t]))"
_BARE = re.compile(rf"{_BEGIN}(?={_FORMULA})")
_SHIELDED = re.compile(rf"{_BEGIN}'(?={_FORMULA})")


class NotATable(errors.CannotRead):
    """The bytes are neither UTF-8 text nor a workbook."""

    why = 'this is not UTF-8 text; save it as "CSV UTF-8" or as an XLSX workbook'


@dataclass(frozen=True, slots=True, kw_only=True)
class Logframe:
    """
    A logical framework that stands beside a record.

    Attributes:
        rows: Its rows, in their order.
        origin: The file that it was read from; None for one built in memory.
    """

    rows: tuple[LogframeRow, ...]
    origin: Origin | None = None


def shielded(text: str) -> str:
    """Put an apostrophe before everything that a spreadsheet would take for a formula when it opens CSV."""
    return _BARE.sub("'", text)


def unshielded(text: str) -> str:
    """Take away what `shielded` put."""
    return _SHIELDED.sub("", text)


def skeleton(record: InterventionRecord) -> tuple[LogframeRow, ...]:
    """
    Give the rows to begin with: those of the record, then one for each activity that has none yet.

    Only outcomes count that the service covers itself or by a partner; one without activities has a row too.
    """
    rows = list(record.logframe)
    for entry in record.addresses:
        if entry.how in {"directly", "by_partner"}:
            rows += _rows_for(entry, [row for row in record.logframe if entry.outcome in row.outcomes])
    return tuple(rows)


def _rows_for(entry: Address, there: Sequence[LogframeRow]) -> Iterator[LogframeRow]:
    if not entry.activities and not there:
        yield LogframeRow(outcomes=(entry.outcome,))
    written = {_key(row.activity) for row in there if row.activity}
    for activity in entry.activities:
        if _key(activity) not in written:
            written.add(_key(activity))
            yield LogframeRow(activity=activity, outcomes=(entry.outcome,))


def _key(activity: str) -> str:
    return activity.strip().casefold()


def read_logframe(
    path: str | PathLike[str], taxonomy: Taxonomy, *, sheet: str | None = None
) -> tuple[LogframeRow, ...]:
    """Read the rows of a filled logframe; `read_logframe_file` says how, and gives the fingerprint too."""
    return read_logframe_file(path, taxonomy, sheet=sheet).rows


def read_logframe_file(path: str | PathLike[str], taxonomy: Taxonomy, *, sheet: str | None = None) -> Logframe:
    """
    Read a filled logframe.

    Args:
        path: CSV in UTF-8, with comma, semicolon or tab as its heading has it, or an XLSX workbook.
        taxonomy: The edition whose identifiers it uses.
        sheet: The sheet of a workbook.  Without it, the one called ``logframe``, or the only one.

    Returns:
        Its rows without the blank ones, and where they came from.

    Raises:
        CannotRead: If there is no logframe to be had.  `InvalidDocument` holds every fault.  Its pointers count the
            rows below the heading from 0; its messages count as a spreadsheet does.
        WhichSheet: If it is not clear which sheet is meant.
        NoSheets: If a sheet is named and the file is not a workbook.
        MissingExtra: If the library that reads workbooks is not installed.
    """
    path = fspath(path)
    content = read_content(path)
    if Path(path).suffix.lower() in {".xlsx", ".xlsm"} or content.startswith(b"PK\x03\x04"):
        table = read_sheet(content, path, sheet, SHEET)
    elif sheet is not None:
        raise errors.NoSheets(path)
    else:
        table = _read_csv(content, path)
    origin = Origin(errors.shown(path), hashlib.sha256(content).hexdigest())
    return Logframe(rows=_rows(table, path, taxonomy), origin=origin)


def _read_csv(content: bytes, path: str) -> list[list[str]]:
    failure: errors.CannotRead
    line = 0
    try:
        text = content.decode("utf-8-sig")
        heading = next(io.StringIO(text, newline=""), "")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
        table = []
        for cells in reader:
            line = reader.line_num
            table.append([unshielded(cell) for cell in cells])
    except UnicodeDecodeError:
        failure = NotATable(path)
    except csv.Error:
        said = f"The row that begins in line {line + 1} is broken. Look at its quotation marks."
        failure = errors.InvalidDocument(path, (Fault("", said),))
    else:
        return table
    raise failure


def _rows(table: list[list[str]], path: str, taxonomy: Taxonomy) -> tuple[LogframeRow, ...]:
    width = max((place for cells in table for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    if width == 0:
        raise errors.EmptyFile(path)
    # Columns after the last that holds anything are left over from a spreadsheet.
    heading = [cell.strip() for cell in table[0][:width]]
    faults = list(_heading_faults(heading))
    rows: list[LogframeRow] = []
    for position, cells in enumerate([] if faults else table[1:]):
        if any(cell.strip() for cell in cells):
            even = len(cells) == len(table[0])
            found = _row(dict(zip(heading, cells, strict=False)), taxonomy) if even else (Fault("", _UNEVEN),)
            if isinstance(found, LogframeRow):
                rows.append(found)
            else:
                faults += _in_row(position, found)
    if not rows and not faults:
        faults = [Fault("/rows", "There is nothing below the heading. Fill in a row.")]
    if faults:
        raise errors.InvalidDocument(path, tuple(faults))
    return tuple(rows)


_UNEVEN = "This row has more or fewer cells than the heading."


def _in_row(position: int, faults: Iterable[Fault]) -> list[Fault]:
    """Say in which row faults are: to a program from 0 below the heading, to a person as a spreadsheet counts."""
    return [
        Fault(f"/rows/{position}{fault.pointer}", f"Row {position + 2}: {fault.message}", fault.rule)
        for fault in faults
    ]


def _heading_faults(heading: list[str]) -> Iterator[Fault]:
    missing = [name for name in COLUMNS if name not in heading]
    if missing:
        yield Fault("/heading", f"Add what is missing: {', '.join(missing)}.")
    for position, name in enumerate(heading):
        if name not in COLUMNS:
            nearest = _words.near(name, COLUMNS)
            hint = f' Did you mean "{nearest}"?' if nearest else ""
            yield Fault(f"/heading/{position}", f"Column {position + 1} has no place here.{hint}")
        elif name in heading[:position]:
            yield Fault(f"/heading/{position}", f'There are two columns "{name}". Keep one.')


def _row(cells: dict[str, str], taxonomy: Taxonomy) -> LogframeRow | tuple[Fault, ...]:
    """Make a row of its cells, or list what is wrong with them."""
    row: dict[str, object] = {name: cell for name, cell in cells.items() if name != "outcomes" and cell.strip()}
    outcomes = re.findall(r"[^\s,;]+", cells["outcomes"])
    faults = _outcome_faults(cells["outcomes"], outcomes, taxonomy)
    try:
        made = LogframeRow.model_validate(row | {"outcomes": [] if faults else outcomes})
    except ValidationError as error:
        faults = (*model_faults(LogframeRow, error), *faults)
    return faults or made


def _outcome_faults(cell: str, outcomes: list[str], taxonomy: Taxonomy) -> tuple[Fault, ...]:
    unknown = [outcome for outcome in outcomes if outcome not in taxonomy]
    if not unknown:
        return ()
    meant = next((word for word in unknown if taxonomy.suggest(word, limit=1)), unknown[0])
    with suppress(errors.UnknownOutcome):
        meant = taxonomy.find(cell).label  # not the words of an identifier, but those of a label
    found = edition_faults({"logframe": [{"outcomes": [meant]}]}, taxonomy)
    return tuple(Fault("/outcomes", fault.message, fault.rule) for fault in found)
