"""What a file of SPSS or Stata says of its own variables: their labels, and the values that mean "no answer"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mscos import errors
from mscos.codebooks.codebook import Codebook, TimeLabel, Variable
from mscos.codebooks.tokens import HOW_TO_WRITE, Tokens, read_tokens
from mscos.errors import Fault

_CUT: Final = 32
"""Length, in characters, at which Stata cuts a name that it makes of a heading."""


@dataclass(frozen=True, slots=True)
class MissingValues:
    """
    Values of a variable that mean "no answer".

    Attributes:
        codes: Single values, as text.
        ranges: Ranges of numbers, both ends included.
    """

    codes: tuple[str, ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()


def codebook_of_labels(form: str, labels: Mapping[str, str], missing: Mapping[str, MissingValues]) -> Codebook:
    """
    Make a codebook of the labels of variables.

    A label that only repeats the name describes nothing: a program made it when it read a spreadsheet, and the name
    is then a heading that nobody described, which is never shown.

    Args:
        form: What sort of codebook it is, in words.
        labels: The label of each variable of the file, in their order; empty where there is none.
        missing: The values that mean "no answer", for the variables that have any.

    Raises:
        InvalidDocument: If a label names MS-COS and cannot be read.  The faults name variables by their positions.
    """
    read = {name: read_tokens(label) for name, label in labels.items()}
    faults = [
        Fault(f"/variables/{position - 1}/label", f"Variable {position}: its label cannot be read. {HOW_TO_WRITE}")
        for position, tokens in enumerate(read.values(), 1)
        if tokens.faulty
    ]
    if faults:
        raise errors.InvalidDocument(errors.DATA, tuple(faults))
    variables = [
        _variable(name, "" if _repeats(label, name) else label, read[name], missing.get(name, MissingValues()))
        for name, label in labels.items()
    ]
    timepoints, contradictory = _in_order(read)
    return Codebook(
        form=form,
        variables=tuple(each for each in variables if each.label or each.missing_codes or each.missing_ranges),
        timepoints=timepoints,
        contradictory=contradictory,
    )


def _variable(name: str, label: str, tokens: Tokens, missing: MissingValues) -> Variable:
    return Variable(
        name=name,
        label=label,
        annotations=tokens.annotations,
        role=tokens.role,
        missing_codes=missing.codes,
        missing_ranges=missing.ranges,
    )


def _repeats(label: str, name: str) -> bool:
    said, named = _bare(label), _bare(name)
    return said in {"", named} or (len(name) >= _CUT and said.startswith(named))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _in_order(read: Mapping[str, Tokens]) -> tuple[tuple[TimeLabel, ...], tuple[str, ...]]:
    """Join the labels of time points, and name the variables that put one elsewhere than another does."""
    months: dict[str, float] = {}
    contradictory: dict[str, None] = {}
    for name, tokens in read.items():
        for each in tokens.timepoints:
            if months.setdefault(each.label, each.months) != each.months:
                contradictory[name] = None
    return tuple(TimeLabel(*each) for each in months.items()), tuple(contradictory)
