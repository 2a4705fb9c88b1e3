"""Whether a report, its edition, its rules and its inputs still belong together, as a document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import Line, Many, Record
from mscos.findings import Role

Code = Literal[
    "schema_unknown",
    "edition_unknown",
    "edition_changed",
    "rules_changed",
    "version_differs",
    "report_altered",
    "input_missing",
    "input_changed",
    "input_not_named",
    "input_without_fingerprint",
]
"""Each way in which the parts do not belong together.  A code is never renamed or given another meaning."""

MESSAGES: dict[Code, str] = {
    "schema_unknown": "The report is of a form that this mscos does not know. Install a newer mscos.",
    "edition_unknown": "This mscos does not hold the edition that the report was made by. Install a newer mscos.",
    "edition_changed": "The report was made by other words under the name of this edition. Make the report again.",
    "rules_changed": "The report was made by other rules than those of this mscos. Make it again, or use that version.",
    "version_differs": "Another version of mscos made the report. This alone changes nothing.",
    "report_altered": "The report says what no check says. Make it again from its inputs.",
    "input_missing": "This input was not found. Hand it in beside the report.",
    "input_changed": "This input is no longer what it was. Make the report again.",
    "input_not_named": "The report was not made of this input. Leave it out, or hand in the right report.",
    "input_without_fingerprint": "This input was built in memory, so nothing can be compared. Check it from a file.",
}
"""What each code says, and what to do next."""

NOTES: frozenset[Code] = frozenset({"version_differs"})
"""Codes that say something and change no answer."""


class Discrepancy(Record):
    """One way in which the parts do not belong together."""

    code: Code
    """What it is, for a program."""

    message: Line
    """What it is and what to do next, for a person."""

    note: bool = False
    """Whether it changes no answer."""

    role: Role | None = None
    """What the input was used as; absent where it is about no single input that the report names."""

    path: str | None = None
    """The input as the report names it; absent for a data file, whose name is never shown."""

    number: Annotated[int, Field(ge=1)] | None = None
    """The place of an input among those that were handed in, from 1, where the report does not name it."""


class Verification(Record):
    """Whether a report, its edition, its rules and its inputs still belong together."""

    kind: Literal["verification"] = "verification"
    """What sort of document this is."""

    of: Literal["report", "portfolio"]
    """What sort of report was verified."""

    belongs: bool
    """Whether all of them belong together."""

    repeated: bool
    """Whether the check was made again from the same inputs, and said the same."""

    matched: Annotated[int, Field(ge=0)]
    """How many inputs are what they were."""

    discrepancies: Many[Discrepancy]
    """Each way in which they do not."""

    @property
    def sentence(self) -> str:
        """The answer in words."""
        if self.belongs:
            return "The report, its edition, its rules and its inputs belong together."
        return "The report, its edition, its rules and its inputs do not all belong together."


def discrepancy(
    code: Code, *, role: Role | None = None, path: str | None = None, number: int | None = None
) -> Discrepancy:
    """Make a discrepancy of its code and its place."""
    return Discrepancy(code=code, message=MESSAGES[code], note=code in NOTES, role=role, path=path, number=number)
