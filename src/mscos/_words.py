"""
What we say of a fault in a document, in our own words and without what is there.

The two engines that find faults, pydantic and jsonschema, quote the input; these sentences do not.
"""

from __future__ import annotations

from difflib import get_close_matches

MISSING = "This is missing."
UNKNOWN_FIELD = "There is a field that has no place here. Take it out, or mend its name."
NULL = "There is nothing here. Leave the field out instead."
OTHERWISE = "This does not fit the published schema."


def near(word: object, known: tuple[str, ...]) -> str | None:
    """Give the known word that is nearest to a word; None if none is near.  Only the known one is ever shown."""
    if not isinstance(word, str):
        return None
    matches = get_close_matches(word.strip().casefold(), known, n=1, cutoff=0.7)
    return matches[0] if matches else None


def one_of(known: tuple[str, ...], word: object) -> str:
    """Say which words can stand here, and which of them may have been meant."""
    nearest = near(word, known)
    hint = f' Did you mean "{nearest}"?' if nearest else ""
    return f"Use one of: {', '.join(known)}.{hint}"


def unknown_field(name: object, known: tuple[str, ...]) -> str:
    """Say that a field has no place here, and which one may have been meant."""
    nearest = near(name, known)
    return f'{UNKNOWN_FIELD} Did you mean "{nearest}"?' if nearest else UNKNOWN_FIELD
