"""What pydantic found wrong becomes faults in our own words, without the input that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from mscos import _words
from mscos._record import PATTERNS_IN_WORDS
from mscos.errors import Fault

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_BY_TYPE = {
    "missing": _words.MISSING,
    "model_type": "Write named fields here.",
    "string_type": "Write text here, in quotation marks.",
    "string_unicode": "This text is not valid Unicode.",
    "bool_type": "Write true or false here, without quotation marks.",
    "float_type": "Write a number here, without quotation marks.",
    "finite_number": "Write a number that is finite.",
    "tuple_type": _words.LIST,
}

_UNKNOWN = {"extra_forbidden", "invalid_key"}


def model_faults(model: type[BaseModel], error: ValidationError) -> Iterator[Fault]:
    """
    Say what a model refused.

    Args:
        model: The model that was validated.
        error: What it raised.

    Returns:
        One fault for each thing that was refused.
    """
    for detail in error.errors(include_url=False):
        if _is_news(detail, frozenset()):
            yield _fault(model, detail, None)


def first_model_faults(
    model: type[BaseModel], error: ValidationError, document: dict[str, object], said: frozenset[str], most: int
) -> tuple[list[Fault], int]:
    """
    Say what a model refused in a document, with the number of each field that has no place.

    Args:
        model: The model that was validated.
        error: What it raised.
        document: What was validated.
        said: Pointers of what has been said already and need not be said again.
        most: The largest number of faults to put into words; finding the right ones takes time.

    Returns:
        The first faults by their places, and how many there are in all.
    """
    details = [detail for detail in error.errors(include_url=False) if _is_news(detail, said)]
    numbers = _Numbers(document)
    first = nsmallest(most, details, key=lambda detail: place_of(_pointer(_place(detail))))
    return [_fault(model, detail, numbers) for detail in first], len(details)


class _Numbers:
    """The numbers of the fields in an object, from 1, in the order in which they stand in the document."""

    def __init__(self, document: dict[str, object]) -> None:
        self._document: Any = document
        self._known: dict[tuple[int | str, ...], dict[str, int]] = {}

    def number(self, place: tuple[int | str, ...], name: object) -> int:
        if place not in self._known:
            found = self._document
            for step in place:
                found = found[step]
            self._known[place] = {each: number for number, each in enumerate(found, 1)}
        return self._known[place][str(name)]


def _is_news(detail: ErrorDetails, said: frozenset[str]) -> bool:
    if detail["type"] in _UNKNOWN:
        return True
    # Null has a fault of its own.
    return detail["input"] is not None and _pointer(detail["loc"]) not in said


def _place(detail: ErrorDetails) -> tuple[int | str, ...]:
    """Give the place to print: an unknown name is the file's own text, so its parent stands for it."""
    return detail["loc"][:-1] if detail["type"] in _UNKNOWN else detail["loc"]


def _fault(model: type[BaseModel], detail: ErrorDetails, numbers: _Numbers | None) -> Fault:
    place = _place(detail)
    if detail["type"] not in _UNKNOWN:
        return Fault(_pointer(place), _message(detail))
    name = detail["loc"][-1]
    known = tuple(_model_at(model, place).model_fields)
    if numbers is None:
        return Fault(_pointer(place), _words.unknown_field(name, known))
    return Fault(_pointer(place), _words.misplaced_field(numbers.number(place, name), name, known))


def place_of(pointer: str) -> list[tuple[bool, int, str]]:
    """Give what sorts pointers by place, with list positions as numbers."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in pointer.split("/")]


def names(model: type[BaseModel]) -> frozenset[str]:
    """List the names of all fields of a model and of the models in it: the names that are ours to print."""
    found = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            found |= names(inner)
    return frozenset(found)


def _message(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "literal_error":
            known = tuple(context["expected"].replace(" or ", ", ").replace("'", "").split(", "))
            return _words.one_of(known, detail["input"])
        case "string_pattern_mismatch":
            return PATTERNS_IN_WORDS[context["pattern"]]
        case "string_too_long":
            return f"Write at most {context['max_length']:,} characters."
        case "greater_than_equal":
            return f"Write a number from {context['ge']:g} on."
        case "less_than_equal":
            return f"Write a number up to {context['le']:g}."
        case other:
            is_table_for_list = other == "tuple_type" and isinstance(detail["input"], dict)
            return _words.LIST_NOT_TABLE if is_table_for_list else _BY_TYPE.get(other, _words.OTHERWISE)


def _pointer(place: tuple[int | str, ...]) -> str:
    return "".join(f"/{step}" for step in place)


def _model_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel]:
    for step in place:
        if isinstance(step, str):
            model = next(models_in(model.model_fields[step].annotation))
    return model


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Find the models that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)
