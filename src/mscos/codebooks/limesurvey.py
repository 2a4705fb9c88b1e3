"""
LimeSurvey's survey structure as a table: a token in the help or the text of a question says what it shows.

The headers that we expect are those of an export of responses with question codes, such as ``safe`` for a question
and ``needs[food]`` for a subquestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mscos.codebooks._entries import Entry, codebook_of, token_fault
from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.tokens import Tokens, joined, read_tokens
from mscos.errors import Fault
from mscos.missing_codes import codes_labelled_so

IGNORED: Final = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "interviewtime",
    "groupTime*",
    "questionTime*",
)
"""
Headers that LimeSurvey adds to an export.  Its ``token``, ``ipaddr`` and ``refurl`` are not among them: they can lead
to a person.
"""

_DISPLAY: Final = "X"
_TICKS: Final = {"M", "P"}
_TEXT: Final = {"S", "T", "U", "Q", ";", "|"}
"""Questions that people answer in their own words, or with a file, which can hold anything."""

_ALWAYS: Final = {"", "1"}
"""Conditions that every person meets."""

_NO_CODE: Final = "A question has no code. Give it one."
_NO_ANSWERS: Final = "a text display has no answers. Put the token into a question."


@dataclass(slots=True)
class _Part:
    """A question, or a part of one, in all its languages."""

    code: str = ""
    sort: str = ""
    label: str = ""
    tokens: list[Tokens] = field(default_factory=list)
    asked_of_some: bool = False
    with_other: bool = False
    parts: dict[tuple[str, str], _Part] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


_Headers = tuple[str, str]
"""How an export with codes writes a header: with brackets, and with an underscore."""


def read_limesurvey(rows: Sequence[Mapping[str, str]], path: str) -> Codebook:
    """
    Read a survey structure.

    Args:
        rows: The rows below the heading, each by its headings: ``class``, ``type/scale``, ``name``, ``relevance``,
            ``text``, ``help``, ``other`` and any others.
        path: The file as the caller named it.

    Raises:
        InvalidDocument: If there is no question, or a token cannot be read.
    """
    entries = [entry for question in _questions(rows) for entry in _entries(question)]
    return codebook_of("a LimeSurvey structure", entries, path, IGNORED)


def _questions(rows: Sequence[Mapping[str, str]]) -> Iterable[_Part]:
    """Gather the questions; each stands once for each language, and its parts follow it."""
    questions: dict[tuple[str, str], _Part] = {}
    question = _Part()
    group_of_some = False
    for row in rows:
        match _cell(row, "class").upper():
            case "G":
                group_of_some = _is_of_some(row)
            case "Q":
                question = _noted(questions, ("", _cell(row, "name")), row)
                question.asked_of_some |= group_of_some
                question.with_other |= _cell(row, "other").upper() == "Y"
            case "SQ":
                _noted(question.parts, (_cell(row, "type/scale"), _cell(row, "name")), row)
            case "A":
                code = _cell(row, "name")
                question.answers[code] = f"{question.answers.get(code, '')}\n{_cell(row, 'text')}"
    return questions.values()


def _noted(parts: dict[tuple[str, str], _Part], key: tuple[str, str], row: Mapping[str, str]) -> _Part:
    """Note what a row says of a question or a part, beside what its other languages say."""
    text = _cell(row, "text")
    part = parts.setdefault(key, _Part(code=key[1], sort=_cell(row, "type/scale"), label=text))
    part.tokens += [read_tokens(text), read_tokens(_cell(row, "help"))]
    part.asked_of_some |= _is_of_some(row)
    return part


def _cell(row: Mapping[str, str], heading: str) -> str:
    return row.get(heading, "").strip()


def _is_of_some(row: Mapping[str, str]) -> bool:
    return _cell(row, "relevance") not in _ALWAYS


def _entries(question: _Part) -> Iterator[Entry]:
    if question.sort == _DISPLAY:
        fault = Fault("/variables", f'Variable "{question.code}": {_NO_ANSWERS}')
        yield from [Entry(Variable(name=question.code), fault=fault)] if _says(question) else []
        return
    columns = list(_columns(question))
    if question.sort in _TICKS:
        # A box with a token of its own is a variable of its own; the others are answers to one question.
        # A box such as "prefer not to say" is no answer to it.
        answers = [(headers, part) for headers, part in columns if not codes_labelled_so([(part.code, part.label)])]
        boxes = tuple(header for headers, part in answers if not _says(part) for header in headers)
        yield from [_entry((question.code, *boxes), question, question)] if boxes else []
        columns = [(headers, part) for headers, part in columns if _says(part)]
    for headers, part in columns:
        yield _entry(headers, question, part)
    for header, other in (_headers(question, text) for text in _texts(question)):
        yield Entry(Variable(name=header, columns=(other,), free_text=True, asked_of_some=True))


def _says(part: _Part) -> bool:
    return joined(part.tokens) != Tokens()


def _columns(question: _Part) -> Iterator[tuple[_Headers, _Part]]:
    """Yield the headers of the answers to a question, each with the part of the question that it belongs to."""
    parts = [part for (scale, _), part in question.parts.items() if scale != "1"]
    match question.sort:
        case ":" | ";":  # a table of boxes: the subquestions of the second scale are its columns
            across = [part for (scale, _), part in question.parts.items() if scale == "1"]
            for down in parts:
                yield from ((_headers(question, f"{down.code}_{each.code}"), down) for each in across)
        case "1":  # two answers to each subquestion
            for part in parts:
                header, other = _headers(question, part.code)
                yield from (((f"{header}[{scale + 1}]", f"{other}_{scale}"), part) for scale in (0, 1))
        case "R":  # one column for each rank
            yield from ((_headers(question, str(rank)), question) for rank, _ in enumerate(question.answers, 1))
        case _ if parts:
            yield from ((_headers(question, part.code), part) for part in parts)
        case _:
            yield (question.code, question.code), question


def _headers(question: _Part, part: str) -> _Headers:
    return f"{question.code}[{part}]", f"{question.code}_{part}"


def _texts(question: _Part) -> Iterator[str]:
    """Yield the columns that LimeSurvey adds to a question for people's own words, and for files."""
    match question.sort:
        case "O":
            yield "comment"
        case "P":
            yield from (f"{part.code}comment" for part in question.parts.values())
            yield from ("othercomment",) if question.with_other else ()
        case "|":
            yield "filecount"
    if question.with_other:
        yield "other"


def _entry(headers: Sequence[str], question: _Part, part: _Part) -> Entry:
    """Describe a variable; a part that says nothing shows what its question shows."""
    name, *others = dict.fromkeys(headers)
    tokens = joined((part if _says(part) else question).tokens)
    variable = Variable(
        name=name,
        label=part.label,
        annotations=tokens.annotations,
        role=tokens.role,
        free_text=question.sort in _TEXT,
        asked_of_some=question.asked_of_some or part.asked_of_some,
        missing_codes=codes_labelled_so(question.answers.items()),
        columns=tuple(others),
        ticks=question.sort in _TICKS,
    )
    fault = token_fault(name) if tokens.faulty else None
    return Entry(variable, tokens.timepoints, fault if question.code else Fault("/variables", _NO_CODE))
