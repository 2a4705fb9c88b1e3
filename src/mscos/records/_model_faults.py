"""What pydantic found wrong becomes faults in our own words, without the input that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

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
    "tuple_type": "Write a list here.",
}


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
        place = detail["loc"]
        if detail["type"] in {"extra_forbidden", "invalid_key"}:
            known = tuple(_model_at(model, place[:-1]).model_fields)
            yield Fault(_pointer(place[:-1]), _words.unknown_field(place[-1], known))
        elif detail["input"] is not None:  # null has a fault of its own
            yield Fault(_pointer(place), _message(detail))


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
            return _BY_TYPE.get(other, _words.OTHERWISE)


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
