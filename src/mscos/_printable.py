"""Text that is not ours, made safe to show in a terminal or a log."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}

_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters and symbols by their category that show nothing: fillers of Hangul, and Braille without a dot."""


def printable(text: str) -> str:
    """
    Write what could move the cursor, turn the direction of text or hide as an escape that can be seen.

    Args:
        text: A title, an organisation, the name of a variable or a path.
    """
    return "".join(_escaped(character) if _is_hidden(character) else character for character in text)


def _is_hidden(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) in _HIDDEN


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
