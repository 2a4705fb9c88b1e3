"""The fields of a record in words, from the models themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from mscos.records._model_faults import models_in


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each field of a model that holds a plain value or a list of such: name, meaning and schema."""
    schema = model.model_json_schema()["properties"]
    for name, field in model.model_fields.items():
        if not any(models_in(field.annotation)):
            yield name, " ".join((field.description or "").replace("``", "").split()), plain(schema[name])


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Take away that a field may be absent."""
    given: list[dict[str, Any]] = schema.get("anyOf", [schema])
    return given[0]


def values(schema: dict[str, Any]) -> str:
    """Say what can stand in a field."""
    match schema:
        case {"items": dict(items)}:
            return values(items)
        case {"const": value}:
            return str(value)
        case {"enum": list(known)}:
            return ", ".join(known)
        case {"type": "boolean"}:
            return "true, false"
        case {"type": "number"}:
            return "a number"
        case _:
            return "text"


def essential_fields(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """List the plain fields of a record, with what they say and what can stand there."""
    for name, meaning, schema in fields_of(model):
        yield name, meaning, values(schema)
