"""
The token that survives every format: ``mscos:housing`` or ``[mscos:housing kind=outcome time=baseline]``.

It may stand anywhere in a note or a label.  What looks like a token and is none is never passed over: it makes the
text faulty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from mscos.codebooks.codebook import Annotation, Role, TimeLabel
from mscos.codelists import Direction, Match, MeasureKind, ReportedBy

HOW_TO_WRITE = (
    "Write mscos:housing, or [mscos:housing kind=outcome time=baseline by=self dir=up range=7..35], "
    "or [mscos:timepoint 0=baseline 6=month-6]."
)
"""What to write in place of a faulty token."""

LONGEST = 100_000
"""Longest text, in characters, in which tokens are read; a longer one that seems to hold any is faulty."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""Words that stand for what a variable is for, in the place of an outcome."""

DIRECTIONS: Final[Mapping[str, Direction]] = {
    "up": "higher_better",
    "down": "lower_better",
    "none": "undefined",
    **{each: each for each in get_args(Direction)},
}
"""Ways to write which way a score goes."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """
    What the tokens of a text say.

    Attributes:
        annotations: The outcomes, in their order, each once.
        role: What the variable is for, beside outcomes.
        timepoints: The labels of time points as the data write them, with their order.
        faulty: Whether there is what looks like a token and cannot be read as one.
    """

    annotations: tuple[Annotation, ...] = ()
    role: Role | None = None
    timepoints: tuple[TimeLabel, ...] = ()
    faulty: bool = False


# Group 1 is a bracket before the word.  What follows a letter, such as "ms-mscos:", is no token.
_BEGIN = re.compile(r"(\[\s*)?(?<!\w)mscos:", re.IGNORECASE)
# What somebody meant for a token.  A label may begin "MS-COS: how safe …", so with a hyphen a word must follow at once.
_NEARLY = re.compile(r"(?<!\w)(?:mscos(?:\s+[:=]|=)|ms-?coss?[:=](?<!mscos:)\w)", re.IGNORECASE)
_WORD = r"\w(?:[\w.-]*\w)?"
_MENTIONED = re.compile(r"ms-?cos", re.IGNORECASE)
_IDENTIFIER = re.compile(_WORD)
_INSIDE = re.compile(r'((?:"[^"\[\]]*"|[^"\[\]])*)\]')
_QUOTED = r'"([^"]+)"'
_SAID = re.compile(rf'(?<!\S)(?:{_QUOTED}|([^\s="]+))\s*=\s*(?:{_QUOTED}|([^\s="]+))(?=\s|$)')
# After a token without brackets: nothing, a space, a mark at the end of a sentence, a tag of HTML or another token.
_ENDS = re.compile(r"[.,;:!?'\")}]*(?=\s|\]|$|<|[,;|/](?i:\[?mscos:))")
_BELONGS_IN_BRACKETS = re.compile(r"\s*(?:kind|time|by|dir|inst|range|match)\s*=", re.IGNORECASE)
_MONTH = re.compile(r"month-([0-9]{1,4})", re.IGNORECASE)
_NUMBER = r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?"
_RANGE = re.compile(rf"({_NUMBER})\.\.({_NUMBER})")
_STRAIGHT = str.maketrans("\u201c\u201d\u201e", '"""')
"""Marks that a word processor puts in place of the straight one."""


def read_tokens(text: str) -> Tokens:
    """
    Read the tokens of a text, such as a note or a label.

    Args:
        text: Any text.  Upper and lower case are the same, save in labels of time points.

    Returns:
        What the tokens say.  An outcome may be one that no edition knows.
    """
    if not _MENTIONED.search(text):
        return Tokens()
    if len(text) > LONGEST:
        return Tokens(faulty=True)
    text = text.translate(_STRAIGHT)
    nearly = [Tokens(faulty=True)] if _NEARLY.search(text) else []
    return joined([*nearly, *(_token(text, begin) for begin in _BEGIN.finditer(text))])


def read_cell(text: str) -> Tokens:
    """
    Read a cell that is there for tokens only: ``housing`` alone, ``housing kind=outcome``, or whole tokens.

    Args:
        text: The cell; an empty one says nothing.
    """
    if not text.strip():
        return Tokens()
    if "mscos:" in text.casefold():
        return read_tokens(text)
    return _in_brackets(text.translate(_STRAIGHT)) if len(text) <= LONGEST else Tokens(faulty=True)


def joined(tokens: Iterable[Tokens]) -> Tokens:
    """Put together what several tokens say of one variable; two that differ make it faulty."""
    tokens = tuple(tokens)
    annotations = tuple(dict.fromkeys(each for token in tokens for each in token.annotations))
    timepoints = tuple(dict.fromkeys(each for token in tokens for each in token.timepoints))
    roles = list(dict.fromkeys(token.role for token in tokens if token.role))
    said_twice = (
        len({each.outcome for each in annotations}) < len(annotations)
        or len({each.label for each in timepoints}) < len(timepoints)
        or len(roles) > 1
    )
    faulty = said_twice or any(token.faulty for token in tokens)
    return Tokens(annotations, roles[0] if roles else None, timepoints, faulty)


def months_of(label: str) -> float | None:
    """Give the months from the start of ``baseline`` or ``month-N``; None for a label that has no place of its own."""
    if label.casefold() == "baseline":
        return 0.0
    month = _MONTH.fullmatch(label)
    return float(month[1]) if month else None


def time_label(label: str) -> str:
    """Write a label of a time point in its one spelling: ``baseline`` and ``month-N`` in lower case, others as is."""
    return label if months_of(label) is None else label.lower()


def annotation(outcome: str, said: Mapping[str, str]) -> Annotation | None:
    """
    Make an annotation of what is written about an outcome.

    Args:
        outcome: The outcome as it is written.
        said: What is said of it, by the keys of the grammar: kind, time, by, dir, inst, range, match.

    Returns:
        The annotation; None if a key or a value is none of those that can stand there.
    """
    found: dict[str, Any] = {}
    for key, value in said.items():
        values = _VALUES[key](value) if key in _VALUES else None
        if values is None:
            return None
        found |= values
    return Annotation(outcome=outcome.lower(), **found)


def time_labels(said: Mapping[str, str]) -> tuple[TimeLabel, ...] | None:
    """Put labels of time points in order, each with ``baseline`` or ``month-N``; None if one has another value."""
    months = {label: months_of(value) for label, value in said.items()}
    placed = tuple(TimeLabel(label, month) for label, month in months.items() if month is not None)
    return placed if len(placed) == len(months) else None


def _token(text: str, begin: re.Match[str]) -> Tokens:
    if begin[1]:
        inside = _INSIDE.match(text, begin.end())
        return _in_brackets(inside[1]) if inside else Tokens(faulty=True)
    word = _IDENTIFIER.match(text, begin.end())
    before = text[: begin.start()]
    is_closed = before.count("[") <= before.count("]")
    if not word or not _stands_alone(text, word.end(), no_bracket=is_closed):
        return Tokens(faulty=True)
    return _said_of(word[0], {})


def _stands_alone(text: str, end: int, *, no_bracket: bool) -> bool:
    after = _ENDS.match(text, end)
    if after is None or (no_bracket and text.startswith("]", after.end())):
        return False
    return not _BELONGS_IN_BRACKETS.match(text, after.end())


def _in_brackets(inside: str) -> Tokens:
    word = re.match(rf"\s*({_WORD})(?:\s+|$)", inside)
    if not word:
        return Tokens(faulty=True)
    rest = inside[word.end() :]
    pairs = [(each[1] or each[2], each[3] or each[4]) for each in _SAID.finditer(rest)]
    said = dict(pairs)
    if _SAID.sub("", rest).strip() or len(said) != len(pairs):
        return Tokens(faulty=True)
    return _said_of(word[1], said)


def _said_of(word: str, said: Mapping[str, str]) -> Tokens:
    role = next((each for each in ROLES if each == word.lower()), None)
    if role == "timepoint":
        labels = time_labels(said)
        return Tokens(faulty=True) if labels is None else Tokens(role=role, timepoints=labels)
    if role:
        return Tokens(role=role, faulty=bool(said))
    lowered = {key.lower(): value for key, value in said.items()}
    found = annotation(word, lowered) if len(lowered) == len(said) else None
    return Tokens(faulty=True) if found is None else Tokens(annotations=(found,))


def _one_of(name: str, known: tuple[str, ...]) -> Callable[[str], dict[str, object] | None]:
    def chosen(value: str) -> dict[str, object] | None:
        word = value.lower().replace("-", "_")
        return {name: word} if word in known else None

    return chosen


def _direction(value: str) -> dict[str, object] | None:
    direction = DIRECTIONS.get(value.lower().replace("-", "_"))
    return {"direction": direction} if direction else None


def _time(value: str) -> dict[str, object]:
    return {"timepoint": time_label(value)}


def _instrument(value: str) -> dict[str, object] | None:
    return {"instrument": value.lower()} if _IDENTIFIER.fullmatch(value) else None


def _range(value: str) -> dict[str, object] | None:
    found = _RANGE.fullmatch(value)
    low, high = map(float, found.groups()) if found else (0.0, 0.0)
    return {"low": low, "high": high} if low < high else None


_VALUES: Final[Mapping[str, Callable[[str], dict[str, object] | None]]] = {
    "kind": _one_of("kind", get_args(MeasureKind)),
    "time": _time,
    "by": _one_of("reported_by", get_args(ReportedBy)),
    "dir": _direction,
    "inst": _instrument,
    "range": _range,
    "match": _one_of("match", get_args(Match)),
}
"""What can be said of an outcome: the key, and what its value means; None for a value that cannot stand there."""
