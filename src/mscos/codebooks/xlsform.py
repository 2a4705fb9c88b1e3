"""
XLSForm, the form of ODK, Kobo and SurveyCTO: a workbook, or one CSV file with the name of the sheet in column 1.

Tokens stand in ``instance::mscos``, in ``mscos``, in ``hxl``, or in a label or hint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mscos.codebooks._entries import Entry, codebook_of, refusal, row_fault, token_fault
from mscos.codebooks._tables import Row, heading_of, repeated_headings
from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.hxl import read_tag
from mscos.codebooks.tokens import Tokens, joined, read_cell, read_tokens
from mscos.errors import Fault
from mscos.missing_codes import codes_labelled_so

FORM: Final = "an XLSForm"
"""What sort of codebook it is, in words."""

SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""The sheets of a form.  We read the first two."""

IGNORED: Final = (
    "_id",
    "_uuid",
    "_index",
    "_parent_index",
    "_parent_table_name",
    "_status",
    "_submission_time",
    "_validation_status",
    "_xform_id_string",
    "__version__",
    "_version_",
    "formhub/uuid",
    "instanceID",
    "meta/instanceID",
    "meta/rootUuid",
    "start",
    "end",
    "KEY",
    "PARENT_KEY",
    "SubmissionDate",
)
"""Headers that servers add to an export.  Those that say who sent an answer in are not among them."""

_NEEDED: Final = {"type", "name"}
_WITHOUT_ANSWERS: Final = {"start", "end", "today", "audit", "note", "csv-external", "xml-external"}
"""Types of questions that nobody answers: what the form itself notes, and words on the screen."""

_WORDS: Final = {"text", "string"}
_DEVICES: Final = {
    "deviceid",
    "device id",
    "email",
    "phone number",
    "phonenumber",
    "simserial",
    "sim id",
    "subscriberid",
    "subscriber id",
    "uri:deviceid",
    "uri:email",
    "uri:phonenumber",
    "uri:simserial",
    "uri:subscriberid",
    "uri:username",
    "username",
}
_PLACES: Final = {"geopoint", "gps", "location", "geotrace", "geoshape", "osm", "start-geopoint", "background-geopoint"}
_FILES: Final = {"image", "photo", "picture", "audio", "background-audio", "video", "file", "signature"}
_IDENTIFYING: Final = _DEVICES | _PLACES | _FILES

_BEGIN = re.compile(r"begin (?:group|repeat|loop)\b")
_END = re.compile(r"end (?:group|repeat|loop)\b")
_MULTIPLE = re.compile(
    r"(?:add )?select[ _](?:multiple prompt|multiple|all that apply)(?:[ _](?:from|using))?\s+(\S+)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:add )?select(?:[ _](?:one prompt|one)|1)(?:[ _](?:from|using))?\s+(\S+)",
    re.IGNORECASE,
)
_OR_OTHER = re.compile(r"\bor[ _](?:other|specify other)$")
_ALIASES: Final = {"relevance": "relevant", "caption": "label"}
_BARE: Final = ("instance::mscos", "mscos")
_HXL: Final = ("hxl", "instance::hxl")
_SPOKEN: Final = ("label", "hint")


@dataclass(frozen=True, slots=True)
class _Question:
    """A row of the survey, with the groups around it."""

    row: Row
    groups: tuple[str, ...]
    asked_of_some: bool

    @property
    def name(self) -> str:
        return self.row.cell("name")

    @property
    def path(self) -> str:
        return "/".join((*self.groups, self.name))

    @property
    def type(self) -> str:
        """The type in one spelling: ``select_one list`` and ``select one list`` are the same."""
        return re.sub(r"[\s_]+", " ", self.row.cell("type")).lower()


def sheets_of(rows: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """Split a form in one CSV file into its sheets, if it is one; empty rows stand for those of sheets before."""
    sheets: dict[str, list[list[str]]] = {}
    here: list[list[str]] | None = None
    for number, cells in enumerate(rows, 1):
        first = cells[0].strip().casefold() if cells else ""
        if first:
            if first not in SHEETS:
                return {}
            here = sheets.setdefault(first, [[]] * number)  # so that rows keep their numbers
        elif here is not None:
            here.append(list(cells[1:]))
    return sheets


def read_xlsform(sheets: Mapping[str, Sequence[Sequence[str]]], path: str) -> Codebook:
    """
    Read a form.

    Args:
        sheets: The sheets ``survey`` and ``choices``, headings first; the second may be missing.
        path: The file as the caller named it.

    Returns:
        The codebook.  A variable has its own name; where two groups have variables of one name, the name is the
        path, ``group/name``.  The columns of a question with several answers are ``name/choice``; an export may
        also show it as one column.

    Raises:
        InvalidDocument: If a row cannot be read.
    """
    survey = sheets["survey"]
    headings = [_heading(cell) for cell in heading_of(survey)]
    faults = list(repeated_headings(headings, _NEEDED))
    if not set(headings) >= _NEEDED:
        faults.append(Fault("/survey", "The sheet called survey needs the columns type and name."))
    if faults:
        raise refusal(path, faults)
    choices = _choices(_rows(sheets.get("choices", ())))
    questions = list(_questions(_rows(survey)))
    paths = Counter(question.name for question in questions)
    names = [each.path if paths[each.name] > 1 else each.name for each in questions]
    entries = [
        entry
        for question, name in zip(questions, names, strict=True)
        for entry in _entries(question, name, choices)
        if not _is_left_out(question, entry)
    ]
    left_out = (name for question, name in zip(questions, names, strict=True) if question.type in _WITHOUT_ANSWERS)
    unanswered = (f"{entry.variable.name}/{code}" for entry in entries for code in entry.variable.missing_codes)
    return codebook_of(FORM, entries, path, (*IGNORED, *left_out, *unanswered))


def _is_left_out(question: _Question, entry: Entry) -> bool:
    """Tell whether a question holds no answers, and nobody says that it does."""
    says_nothing = not entry.fault and not entry.variable.annotations and not entry.variable.role
    return says_nothing and (question.type in _WITHOUT_ANSWERS or not question.name)


def _heading(cell: str) -> str:
    """Give a heading in one spelling, without the language or the part of the form that it names."""
    first, *others = (part.strip() for part in re.split(r"::?", cell.casefold()))
    if first == "instance" and others:
        return f"instance::{others[0]}"
    word = others[-1] if first in {"bind", "control", "body"} and others else first
    word = word.replace(" ", "_")
    return _ALIASES.get(word, word)


def _rows(table: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Give the rows below the headings; a label in several languages becomes one of several lines."""
    filled = [(number, cells) for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    headings = [_heading(cell) for cell in filled[0][1]] if filled else []
    for number, cells in filled[1:]:
        said: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=False):
            if cell.strip():
                said[heading] = f"{said[heading]}\n{cell}" if heading in said else cell
        yield Row(number, said)


def _choices(rows: Iterator[Row]) -> dict[str, list[tuple[str, str]]]:
    """Read the lists of choices, each choice as its code and its label."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        code = row.cell("name") or row.cell("value")
        if code:
            found.setdefault(row.cell("list_name"), []).append((code, row.cell("label")))
    return found


def _questions(rows: Iterator[Row]) -> Iterator[_Question]:
    """Yield the questions, each with the groups that it stands in."""
    groups: list[tuple[str, bool]] = []
    for row in rows:
        question = _Question(
            row=row,
            groups=tuple(name for name, _ in groups if name),
            asked_of_some=bool(row.cell("relevant")) or any(some for _, some in groups),
        )
        if _BEGIN.match(question.type):
            groups.append((question.name, bool(row.cell("relevant"))))
        elif _END.match(question.type):
            del groups[-1:]
        elif question.type:
            yield question


def _entries(question: _Question, name: str, lists: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[Entry]:
    tokens, multiple = _tokens(question.row), _MULTIPLE.match(question.row.cell("type"))
    one = _ONE.match(question.row.cell("type"))
    choices = lists.get(multiple[1], ()) if multiple else ()
    unanswered = codes_labelled_so(lists.get(one[1], ()) if one else choices)
    variable = Variable(
        name=name,
        label=question.row.cell("label"),
        annotations=tokens.annotations,
        role=tokens.role,
        identifier=question.type in _IDENTIFYING,
        free_text=question.type in _WORDS and tokens.role is None,
        asked_of_some=question.asked_of_some,
        missing_codes=unanswered,
        columns=tuple(f"{name}/{code}" for code, _ in choices if code not in unanswered),
        ticks=multiple is not None,
    )
    yield Entry(variable, tokens.timepoints, _fault(question, name, tokens))
    if _OR_OTHER.search(question.type):  # the form adds a question in words
        yield Entry(Variable(name=f"{name}_other", free_text=True, asked_of_some=True))


def _fault(question: _Question, name: str, tokens: Tokens) -> Fault | None:
    if tokens != Tokens() and not question.name:
        return row_fault(question.row.number, "The question has no name.")
    return token_fault(name) if tokens.faulty else None


def _tokens(row: Row) -> Tokens:
    found = [read_cell(row.cell(heading)) for heading in _BARE]
    found += [read_tag(row.cell(heading)) for heading in _HXL]
    return joined([*found, *(read_tokens(row.cell(heading)) for heading in _SPOKEN)])
