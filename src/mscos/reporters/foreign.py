"""
Words of ours, with marks around those of somebody else, so that each form can keep them apart.

The marks are characters for private use.  `printable` writes such characters as escapes, so no title can bring one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mscos._printable import printable

OPEN, CLOSE = "\ue000", "\ue001"
"""The marks."""
_BETWEEN = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def foreign(text: str) -> str:
    """Mark a title, an organisation, a path or the name of a variable, made safe to show."""
    return f"{OPEN}{printable(text)}{CLOSE}"


def unmarked(text: str) -> str:
    """Take the marks away."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut marked words into pieces, each safe to show, and say of each whether it is somebody else's."""
    for place, piece in enumerate(_BETWEEN.split(text)):
        if piece:
            yield printable(piece), place % 2 == 1
