"""Why nothing was judged, as a document: an exception means that we could not look."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Final, Literal

from pydantic import Field

from mscos._record import Many, Record
from mscos.errors import CannotRead, HoldsIdentifiers, InvalidDocument, shown

REFUSED: Final = 4
"""The status of a command that was refused for safety."""

NOT_READ: Final = 3
"""The status of a command that could not read its input."""

READER = "STR-01"
"""The rule that speaks where something cannot be read."""


class FaultLine(Record):
    """One thing in a file that keeps us from reading it."""

    pointer: str
    """Place in the file, as a JSON Pointer; empty for the whole of it."""

    message: str
    """What is wrong there and what to write instead, without the value that is there."""

    rule: str
    """Identifier of the rule whose page says more."""


class StopLine(Record):
    """A column that seems to say who a person is."""

    rule: str
    """Identifier of the rule that stopped."""

    why: str
    """What the column seems to hold."""

    column: Annotated[int, Field(ge=1)]
    """Position of the column, from 1."""

    variable: str | None = None
    """Its name, where a codebook describes it."""

    @property
    def said(self) -> str:
        """Name the column, and what it seems to hold."""
        name = f" ({self.variable})" if self.variable else ""
        return f"Column {self.column}{name}: {self.why.replace('_', ' ')}."


class Failure(Record):
    """Why nothing was judged."""

    kind: Literal["failure"] = "failure"
    """What sort of document this is."""

    status: Literal[3, 4]
    """The exit status: 3 the input could not be read, 4 refused for safety."""

    rule: str
    """Identifier of the rule that speaks."""

    message: str
    """Why, in a sentence or two, without any content of a file."""

    path: str | None = None
    """The file that could not be read, as the caller named it; absent for a data file, whose name is never shown."""

    faults: Many[FaultLine]
    """Every fault of a document."""

    stops: Many[StopLine]
    """Every column that stopped us."""

    @property
    def details(self) -> tuple[str, ...]:
        """Each fault and each column, in words."""
        faults = (f"{each.pointer or '/'}: {each.message}" for each in self.faults)
        return (*faults, *(each.said for each in self.stops))


def failure_of(error: CannotRead | HoldsIdentifiers, named: Collection[str]) -> Failure:
    """
    Say why nothing was judged.

    Args:
        error: What kept us from looking.
        named: The files whose names may be shown: every input but the data.
    """
    faults = error.faults if isinstance(error, InvalidDocument) else ()
    stops = error.stops if isinstance(error, HoldsIdentifiers) else ()
    path = shown(error.path) if isinstance(error, CannotRead) and error.path in named else None
    return Failure(
        status=REFUSED if isinstance(error, HoldsIdentifiers) else NOT_READ,
        rule=stops[0][0] if stops else READER,
        message=str(error).split("\n", 1)[0],
        path=path,
        faults=tuple(FaultLine(pointer=each.pointer, message=each.message, rule=each.rule) for each in faults),
        stops=tuple(
            StopLine(rule=rule, why=why, column=column, variable=variable) for rule, why, column, variable in stops
        ),
    )
