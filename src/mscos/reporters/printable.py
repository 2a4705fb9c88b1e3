"""Text from a file, made safe to show in a terminal or a log."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    """
    Write what could move the cursor, turn the direction of text or hide as an escape that can be seen.

    Args:
        text: A title, an organisation, the name of a variable or a path.
    """
    return "".join(
        _escaped(character) if unicodedata.category(character) in _HIDDEN else character for character in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
