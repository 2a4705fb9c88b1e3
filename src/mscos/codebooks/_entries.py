"""What the rows of a codebook say becomes a codebook, or the list of the faults in its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mscos import errors
from mscos.codebooks.codebook import Codebook, TimeLabel, Variable
from mscos.codebooks.tokens import HOW_TO_WRITE
from mscos.errors import Fault

MOST_FAULTS = 50
"""How many faults of one codebook are listed; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What one row of a codebook says.

    Attributes:
        variable: The variable.
        timepoints: Labels of time points that stand in it, with their order.
        fault: What is wrong with the row and what to write instead; None if all is well.
    """

    variable: Variable
    timepoints: tuple[TimeLabel, ...] = ()
    fault: Fault | None = None


def token_fault(name: str) -> Fault:
    """Say that the token of a variable cannot be read, and what to write."""
    return Fault("/variables", f'Variable "{name}": the mscos token cannot be read. {HOW_TO_WRITE}')


def row_fault(number: int, message: str) -> Fault:
    """Say what is wrong with a row, by its number as a spreadsheet counts."""
    return Fault(f"/rows/{number - 1}", f"Row {number}: {message}")


def refusal(path: str, faults: Sequence[Fault], number: int | None = None) -> errors.InvalidDocument:
    """
    Make an error of faults; where there are too many to read, the last one says how many more there are.

    Args:
        path: The codebook as the caller named it.
        faults: The faults, or the first of them.
        number: How many there are in all, if not all are given.
    """
    number = len(faults) if number is None else number
    listed = tuple(faults[:MOST_FAULTS])
    more = number - len(listed)
    return errors.InvalidDocument(path, (*listed, Fault("", f"…and {more:,} more.")) if more else listed, number)


def codebook_of(form: str, entries: Sequence[Entry], path: str, ignored: Iterable[str] = ()) -> Codebook:
    """
    Put the rows of a codebook together.

    Raises:
        InvalidDocument: If a row has a fault, there is no row, or a label of a time point has two places.
    """
    labels = tuple(dict.fromkeys(label for entry in entries for label in entry.timepoints))
    faults = [entry.fault for entry in entries if entry.fault]
    if not entries:
        faults.append(Fault("", "This codebook describes no variable."))
    if len({label.label for label in labels}) < len(labels):
        faults.append(Fault("/timepoints", "A label of a time point has two places in the order. Give it one."))
    if faults:
        raise refusal(path, faults)
    return Codebook(
        form=form,
        variables=tuple(entry.variable for entry in entries),
        timepoints=labels,
        ignored=tuple(dict.fromkeys(ignored)),
    )
