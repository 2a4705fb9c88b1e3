"""
Several descriptions of one dataset become one.

Each fills what those before it leave silent.  Where two differ, neither is picked: the variable is contradictory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import reduce
from typing import Any, Final, Literal, TypeVar

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.errors import Fault

_T = TypeVar("_T")

_SAID: Final = tuple(field.name for field in fields(Annotation))

_OTHER: Final = {
    "edition": "Two codebooks of this dataset name different editions. Name the same one in both.",
    "unit_of_row": "Two codebooks of this dataset say different things of what a row is. Say the same in both.",
}


def merged(codebooks: Sequence[Codebook]) -> Codebook:
    """
    Merge the codebooks of one dataset.

    Args:
        codebooks: At least one, in the order of their precedence: a sidecar, the codebook, what the data file itself
            says.  The order decides names and labels; it never settles a contradiction.

    Returns:
        One codebook.  It has the origin of the first that has any.  A role of which an earlier codebook has spoken
        is not given to another variable by a later one.

    Raises:
        InvalidDocument: If two name different editions, or different units of a row.
    """
    return reduce(_pair, codebooks)


def united(first: Annotation, second: Annotation) -> Annotation | None:
    """Put together what two places say of one outcome; None if they differ."""
    found: dict[str, Any] = {}
    for name in _SAID:
        one, other = getattr(first, name), getattr(second, name)
        if one is not None and other is not None and one != other:
            return None
        found[name] = other if one is None else one
    return Annotation(**found)


def emptied(codebook: Codebook) -> Codebook:
    """Take what its contradictory variables are said to show away, so that nothing is picked."""
    variables = [
        replace(variable, annotations=()) if variable.name in codebook.contradictory else variable
        for variable in codebook.variables
    ]
    return replace(codebook, variables=tuple(variables))


def _pair(first: Codebook, second: Codebook) -> Codebook:
    key = _key_for(first, second)
    later = {key(variable): variable for variable in _yielding(first, second, key)}
    pairs = [(variable, later.pop(key(variable), None)) for variable in first.variables]
    wholes = {column: variable for variable in second.variables for column in variable.columns}
    both = [_both(one, other) if other else _part(one, wholes.get(one.name)) for one, other in pairs]
    clashing = _clashing(first.timepoints, second.timepoints)
    contradictory = {
        one.name for one, other in pairs if other and (_differ(one, other) or other.name in second.contradictory)
    }
    contradictory |= {each.name for each in (*both, *later.values()) if _is_placed_by(each, clashing)}
    contradictory |= {*first.contradictory, *({each.name for each in later.values()} & {*second.contradictory})}
    return emptied(
        replace(
            first,
            form=" and ".join(dict.fromkeys((first.form, second.form))),
            variables=(*both, *later.values()),
            unit_of_row=_same("unit_of_row", first, second),
            edition=_same("edition", first, second),
            timepoints=tuple(each for each in _once(first.timepoints, second.timepoints) if each.label not in clashing),
            missing_codes=_once(first.missing_codes, second.missing_codes),
            ignored=_once(first.ignored, second.ignored),
            of_cases=first.of_cases or second.of_cases,
            contradictory=tuple(sorted(contradictory)),
            origin=first.origin or second.origin,
        )
    )


def _key_for(*codebooks: Codebook) -> Callable[[Variable], str]:
    """Give what tells variables apart: their names, in any case where no codebook has two that differ by it alone."""
    counts = [Counter(variable.name.casefold() for variable in codebook.variables) for codebook in codebooks]
    ambiguous = {name for count in counts for name, number in count.items() if number > 1}

    def key(variable: Variable) -> str:
        folded = variable.name.casefold()
        return variable.name if folded in ambiguous else folded

    return key


def _yielding(first: Codebook, second: Codebook, key: Callable[[Variable], str]) -> Iterator[Variable]:
    """Take roles from the variables of the second codebook that the first one gives to others."""
    given = {variable.role for variable in first.variables}
    own = {key(variable) for variable in first.variables if variable.role}
    for variable in second.variables:
        is_taken = variable.role in given and key(variable) not in own
        yield replace(variable, role=None) if is_taken else variable


def _both(one: Variable, other: Variable) -> Variable:
    return Variable(
        name=one.name,
        label=one.label or other.label,
        annotations=_annotations(one, other) or (),
        role=None if _roles_differ(one, other) else one.role or other.role,
        form=one.form or other.form,
        identifier=one.identifier or other.identifier,
        free_text=one.free_text or other.free_text,
        asked_of_some=one.asked_of_some or other.asked_of_some,
        missing_codes=_once(one.missing_codes, other.missing_codes),
        missing_ranges=_once(one.missing_ranges, other.missing_ranges),
        columns=one.columns or other.columns,
        ticks=one.ticks or other.ticks,
    )


def _part(one: Variable, whole: Variable | None) -> Variable:
    """Describe a variable by the one that it is a column of: a sidecar may speak of one box of a question alone."""
    if whole is None:
        return one
    box = replace(whole, annotations=(), role=None, columns=(), label="")
    return _both(one, box)


def _annotations(one: Variable, other: Variable) -> tuple[Annotation, ...] | None:
    """Put together what two codebooks say of one variable; None if they differ."""
    if not one.annotations or not other.annotations:
        return one.annotations or other.annotations
    later = {each.outcome: each for each in other.annotations}
    if {each.outcome for each in one.annotations} != set(later):
        return None
    found = [united(each, later[each.outcome]) for each in one.annotations]
    agreed = tuple(each for each in found if each)
    return agreed if len(agreed) == len(found) else None


def _differ(one: Variable, other: Variable) -> bool:
    return _annotations(one, other) is None or _roles_differ(one, other)


def _roles_differ(one: Variable, other: Variable) -> bool:
    return bool(one.role and other.role and one.role != other.role)


def _clashing(first: Iterable[TimeLabel], second: Iterable[TimeLabel]) -> set[str]:
    """List the labels of time points that two codebooks put in different places."""
    months = {each.label: each.months for each in first}
    return {each.label for each in second if months.get(each.label, each.months) != each.months}


def _is_placed_by(variable: Variable, labels: set[str]) -> bool:
    """Tell whether the order of a variable's answers depends on some labels."""
    return bool(labels) and (
        variable.role == "timepoint" or any(each.timepoint in labels for each in variable.annotations)
    )


def _same(name: Literal["edition", "unit_of_row"], first: Codebook, second: Codebook) -> Any:  # noqa: ANN401 - as it is
    one, other = getattr(first, name), getattr(second, name)
    if one and other and one != other:
        path = second.origin.path if second.origin else "the codebook"
        raise errors.InvalidDocument(path, (Fault(f"/{name}", _OTHER[name]),))
    return one or other


def _once(*several: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(each for some in several for each in some))
