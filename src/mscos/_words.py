"""
What we say of a fault in a document, in our own words and without what is there.

The engines that find faults quote the input; these sentences do not.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

MISSING = "This is missing."
UNKNOWN_FIELD = "There is a field that has no place here. Take it out, or mend its name."
NULL = "There is nothing here. Leave the field out instead."
OTHERWISE = "This does not fit the published schema."
LIST = "Write a list here."
LIST_NOT_TABLE = "Write a list here; in TOML, `[[…]]` with two brackets begins each entry."

CURLY = "there is a curly quotation mark in this line; use a straight one"
COMMENT = "there is a comment here, and JSON has none; take it out"
LAST_COMMA = "there is a comma before a closing bracket; take it out"
COLON = "there is a colon after the name; write an equals sign"
DATE = "write a date as year-month-day"
TRUE = "write true and false in small letters"
UNQUOTED = "write text in quotation marks"

_TEN = 10

_LONGEST_LINE = 10_000
"""Longest line, in characters, that is looked at for a hint."""

_STRINGS_OF_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"')
_STRINGS_OF_TOML = re.compile(rf"{_STRINGS_OF_JSON.pattern}|'[^']*+'")
_LAST_COMMA = re.compile(r",?\s*[\]}]")
# An apostrophe is the same character as a closing mark; it has letters on both sides.
_CURLY = re.compile(r"[“”„‟]|(?<!\w)[\u2018-\u201b]|[\u2018-\u201b](?!\w)")
_NAMED = r"(?:^|[{,])\s*(?:[\w.-]+|\"\")\s*=\s*"
_IN_TOML = (
    (_CURLY, CURLY),
    (re.compile(r"^\s*(?:-\s+)?(?:[\w-]+|\"\")\s*:"), COLON),
    (re.compile(r"[=\[,]\s*(?!\d{4}-\d\d-\d\d\b)\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![-/.\d])"), DATE),
    (re.compile(rf"{_NAMED}(?!(?-i:true|false)\b)(?:true|false)\b", re.IGNORECASE), TRUE),
    (re.compile(rf"{_NAMED}(?!(?:true|false|inf|nan)\b)[^\W\d_]"), UNQUOTED),
)
"""What the usual faults of TOML look like in a line whose text in quotation marks is empty."""


def near(word: object, known: tuple[str, ...]) -> str | None:
    """Give the known word that is nearest to a word; None if none is near.  Only the known one is ever shown."""
    if not isinstance(word, str):
        return None
    matches = get_close_matches(word.strip().casefold(), known, n=1, cutoff=0.7)
    return matches[0] if matches else None


def one_of(known: tuple[str, ...], word: object) -> str:
    """Say which words can stand here, and which of them may have been meant."""
    quoted = ", ".join(f'"{each}"' for each in known)
    if not isinstance(word, str):
        return f"Write one of these in quotation marks: {quoted}."
    # What begins with a digit is no text without quotation marks.
    listed = ", ".join(known) if all(each[:1].isalpha() for each in known) else quoted
    return f"Use one of: {listed}.{_meant(word, known)}"


def unknown_field(name: object, known: tuple[str, ...]) -> str:
    """Say that a field has no place here, and which one may have been meant."""
    return f"{UNKNOWN_FIELD}{_meant(name, known)}"


def misplaced_field(number: int, name: object, known: tuple[str, ...]) -> str:
    """Say which field has no place here, by its number among those around it, and which one may have been meant."""
    return f"The {_ordinal(number)} field here has no place. Take it out, or mend its name.{_meant(name, known)}"


def in_quotation_marks(edition: str) -> str:
    """Say how the name of an edition is written."""
    return f'Write the edition in quotation marks, such as "{edition}".'


def toml_hint(line: str) -> str | None:
    """Name the usual cause of a fault in a line of TOML; None if there is no sign of one."""
    if len(line) > _LONGEST_LINE:
        return None
    bare = _STRINGS_OF_TOML.sub('""', line).split("#", 1)[0]
    return next((hint for pattern, hint in _IN_TOML if pattern.search(bare)), None)


def json_hint(text: str, position: int) -> tuple[str | None, int]:
    """
    Name the usual cause of a fault in JSON, and where it is.

    Args:
        text: The whole document.
        position: Where the parser stopped.

    Returns:
        The hint, None if there is no sign of a usual cause, and the position of the fault: before a closing
        bracket it is the comma, whichever of the two this version of Python names.
    """
    if text.startswith(("//", "/*", "#"), position):
        return COMMENT, position
    before = text[:position].rstrip()
    if _LAST_COMMA.match(text, position) and (text.startswith(",", position) or before.endswith(",")):
        return LAST_COMMA, position if text.startswith(",", position) else len(before) - 1
    line = text[text.rfind("\n", 0, position) + 1 :].split("\n", 1)[0]
    if len(line) <= _LONGEST_LINE and _CURLY.search(_STRINGS_OF_JSON.sub("", line)):
        return CURLY, position
    return None, position


def _meant(word: object, known: tuple[str, ...]) -> str:
    nearest = near(word, known)
    return f' Did you mean "{nearest}"?' if nearest else ""


def _ordinal(number: int) -> str:
    if number // _TEN % _TEN == 1:
        return f"{number:,}th"
    return f"{number:,}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % _TEN, 'th') }"
