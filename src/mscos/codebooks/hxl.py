"""
Rows of HXL tags: ``#indicator+mscos+housing`` above a column says that it shows the outcome ``housing``.

HXL is the Humanitarian Exchange Language 1.1.  Its attributes hold no hyphen and may be invented freely, so that
those which are not ours are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from mscos import errors
from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.tokens import ROLES, Tokens, annotation
from mscos.errors import Fault

FORM: Final = "a row of HXL tags"
"""What sort of codebook it is, in words."""

ROWS: Final = 25
"""Rows among which the tags are looked for, as libhxl does."""

HOW_TO_WRITE: Final = "Write a tag such as #indicator+mscos+housing, or #indicator+mscos+housing+month6+by_self."
"""What to write in place of a faulty tag."""

_WORD = r"[A-Za-z][A-Za-z0-9_]*"
_TAG = re.compile(rf"\s*#{_WORD}(?:\s*\+\s*{_WORD})*\s*")
_MONTH = re.compile(r"month_?([0-9]{1,4})")
_IDENTIFYING = {"#contact", "#geo"}
"""HXL's own tags for ways to reach people and for coordinates."""

_KINDS = {"#output": {"kind": "output"}, "#activity": {"kind": "activity"}}
"""Tags that say what a variable shows.  An indicator or an impact may be either."""

_KEYS = {"kind", "by", "dir", "match", "inst", "range"}
"""What can stand before an underscore and a value.  Attributes of HXL's own, such as ``i_en``, begin otherwise."""


def find_tag_row(rows: Sequence[Sequence[str]]) -> int | None:
    """
    Find the row of tags among the first rows of a table.

    Args:
        rows: The first rows; those after the 25th are not looked at.

    Returns:
        Its index, from 0; None if there is none.
    """
    return next((index for index, cells in enumerate(rows[:ROWS]) if _is_tag_row(cells)), None)


def _is_tag_row(cells: Sequence[str]) -> bool:
    """Tell whether at least half of the cells that are not empty hold tags, as libhxl does."""
    filled = [cell for cell in cells if cell.strip()]
    tags = [cell for cell in filled if _TAG.fullmatch(cell)]
    # A single word such as "#hope" can be the answer of a person, and what stands above it another one.
    return 2 * len(tags) >= len(filled) and (len(tags) > 1 or any("+" in tag for tag in tags))


def read_tag(text: str) -> Tokens:
    """
    Read one tag.

    Args:
        text: A cell of a row of tags, in upper or lower case, with or without spaces around the ``+``.

    Returns:
        What it says of MS-COS; nothing if it does not name it.  What follows each ``+mscos`` is an outcome or a role.
    """
    if "mscos" not in text.lower():
        return Tokens()
    tag, *attributes = re.split(r"\s*\+\s*", text.strip().lower())
    named = [word for before, word in pairwise(attributes) if before == "mscos"]
    said = [pair for word in attributes if word not in named and (pair := _said(word))]
    if not _TAG.fullmatch(text) or len(named) != attributes.count("mscos") or len(dict(said)) < len(said):
        return Tokens(faulty=True)
    return _tokens(named, dict(said), _KINDS.get(tag, {}))


def _said(attribute: str) -> tuple[str, str] | None:
    """Read what an attribute says of an outcome, in the keys of the token grammar; None for one of HXL's own."""
    month = _MONTH.fullmatch(attribute)
    if month or attribute == "baseline":
        return "time", f"month-{month[1]}" if month else attribute
    key, _, value = attribute.partition("_")
    if key not in _KEYS or not value:
        return None
    instead = {"inst": "-", "range": ".."}
    return key, value.replace("_", instead.get(key, "_"))


def _tokens(named: Sequence[str], said: dict[str, str], by_tag: dict[str, str]) -> Tokens:
    roles = [role for role in ROLES if role in named]
    made = [annotation(word, by_tag | said) for word in dict.fromkeys(named) if word not in roles]
    annotations = tuple(each for each in made if each)
    says_nothing = not named or (said and not made)
    faulty = bool(says_nothing) or len(roles) > 1 or len(annotations) < len(made)
    return Tokens(annotations, next(iter(roles), None), faulty=faulty)


def hxl_codebook(headers: Sequence[str], tags: Sequence[str]) -> Codebook:
    """
    Make a codebook of the row of tags in a data file.

    Only what is tagged for MS-COS becomes a variable, and what holds contact details or coordinates: a header that
    no codebook describes is never shown, and a row that was only taken for tags must not change that.

    Args:
        headers: The headers.
        tags: The cells of the row of tags, in the order of the headers.

    Raises:
        InvalidDocument: If a cell names MS-COS and cannot be read.  The faults name columns by their positions.
    """
    read = [(header, tag, read_tag(tag)) for header, tag in zip(headers, tags, strict=False)]
    faults = [
        Fault(f"/columns/{number - 1}", f"Column {number}: this tag cannot be read. {HOW_TO_WRITE}")
        for number, (_, _, tokens) in enumerate(read, 1)
        if tokens.faulty
    ]
    if faults:
        raise errors.InvalidDocument(errors.DATA, tuple(faults))
    variables = [_variable(header, tag, tokens) for header, tag, tokens in read]
    return Codebook(
        form=FORM, variables=tuple(each for each in variables if each.annotations or each.role or each.identifier)
    )


def _variable(header: str, tag: str, tokens: Tokens) -> Variable:
    word = tag.partition("+")[0].strip().lower()
    return Variable(name=header, annotations=tokens.annotations, role=tokens.role, identifier=word in _IDENTIFYING)
