"""Whether a report belongs with what it rests on, as plain text and as JSON: the model itself."""

from __future__ import annotations

from collections.abc import Iterator

from mscos._printable import printable
from mscos.verification import Discrepancy, Verification


def verification_json(verification: Verification) -> str:
    """Write the answer in the form of the published ``verification.schema.json``."""
    return verification.model_dump_json(indent=2, exclude_none=True) + "\n"


def verification_text(verification: Verification) -> str:
    """Write the answer for a person."""
    return "\n".join(_lines(verification)) + "\n"


def _lines(verification: Verification) -> Iterator[str]:
    yield verification.sentence
    number = "1 input is" if verification.matched == 1 else f"{verification.matched:,} inputs are"
    yield f"{number} as it was." if verification.matched == 1 else f"{number} as they were."
    if verification.repeated:
        yield "The check was made again and says the same."
    for each in verification.discrepancies:
        yield f"  {each.code}: {_place(each)}{each.message}"


def _place(found: Discrepancy) -> str:
    if found.path is not None:
        return f"{printable(found.path)} ({found.role}): "
    if found.number is not None:
        return f"input {found.number}: "
    return f"the {found.role}: " if found.role is not None else ""
