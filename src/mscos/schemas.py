"""The published JSON Schemas, as an offline registry, as files and as validators."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mscos import _words
from mscos._editions import latest_edition
from mscos._shipped import shipped
from mscos.errors import Fault, UnknownSchema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema.protocols import Validator
    from jsonschema.validators import Draft202012Validator
    from referencing import Registry

BASE_IRI = "https://w3id.org/mscos/"
"""Base of every identifier that the project gives.  A name: it does not resolve until it is registered."""

SCHEMA_MAJOR = "1"
"""Major version of the schemas."""

_SUFFIX = ".schema.json"


def path() -> Path:
    """
    Give the folder of the published schemas, for a validator in another language.

    Returns:
        The folder that holds ``1/taxonomy.schema.json`` and the others.  It lasts until the process ends.
    """
    return shipped("schemas")


def names() -> tuple[str, ...]:
    """List the published schemas as they can be asked for: with their edition, if they have one."""
    folder = path() / SCHEMA_MAJOR
    found = (file.relative_to(folder).as_posix() for file in folder.rglob(f"*{_SUFFIX}"))
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found))


def load_schema(name: str, *, edition: str | None = None) -> dict[str, Any]:
    """
    Load one published schema.

    Args:
        name: Its name, such as ``evaluation`` or ``report``.
        edition: The edition, for a schema that belongs to one.  Without it, the newest.

    Returns:
        The schema.

    Raises:
        UnknownSchema: If no schema of this name is published.
    """
    loaded: dict[str, Any] = json.loads(read_schema_text(name, edition=edition))
    return loaded


def read_schema_text(name: str, *, edition: str | None = None) -> str:
    """
    Read one published schema as it stands in its file.

    Args:
        name: Its name, such as ``evaluation``, ``2023.1/evaluation`` or ``report``.
        edition: The edition, for a schema that belongs to one.  Without it, the newest.

    Raises:
        UnknownSchema: If no schema of this name is published.
    """
    known = names()
    for candidate in (name, f"{edition or latest_edition()}/{name}"):
        if candidate in known:
            return (path() / SCHEMA_MAJOR / f"{candidate}{_SUFFIX}").read_text(encoding="utf-8")
    raise UnknownSchema(known)


@cache
def _registry() -> Registry[Any]:
    from referencing import Registry, Resource  # noqa: PLC0415 - only validators need it

    resources = (Resource.from_contents(load_schema(name)) for name in names())
    registry: Registry[Any] = Registry()
    return registry.with_resources((str(resource.id()), resource) for resource in resources).crawl()


def __getattr__(name: str) -> Registry[Any]:
    """Give `REGISTRY`: every published schema under its ``$id``, for `referencing`.  Nothing is fetched."""
    if name == "REGISTRY":
        return _registry()
    raise AttributeError(f"module 'mscos.schemas' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), "REGISTRY"})


if TYPE_CHECKING:
    REGISTRY: Registry[Any]


def validator(name: str, *, edition: str | None = None) -> Draft202012Validator:
    """
    Make a validator for one published schema.

    Its own error messages quote what they refuse: do not show them where that could be about a person.

    Args:
        name: Name of the schema.
        edition: The edition, for a schema that belongs to one.  Without it, the newest.

    Raises:
        UnknownSchema: If no schema of this name is published.
    """
    from jsonschema.validators import Draft202012Validator  # noqa: PLC0415 - slow, and only this needs it

    return Draft202012Validator(load_schema(name, edition=edition), registry=_registry())


def faults(validator: Validator, document: Any) -> tuple[Fault, ...]:  # noqa: ANN401 - any JSON
    """
    Say in our own words what a validator refuses in a document, without any of its values.

    Args:
        validator: The validator.
        document: What to validate, of JSON's own types.
    """
    errors = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.absolute_path)))
    return tuple(dict.fromkeys(fault for error in errors for fault in _faults(error)))


def _faults(error: Any) -> Iterable[Fault]:  # noqa: ANN401 - jsonschema's errors are untyped inside
    pointer = "".join(f"/{step}" for step in error.absolute_path)
    match error.validator:
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            return [Fault(f"{pointer}/{name}", _words.MISSING) for name in missing]
        case "additionalProperties":
            known = tuple(error.schema["properties"])
            unknown = [name for name in error.instance if name not in known]
            return [Fault(pointer, _words.unknown_field(name, known)) for name in unknown]
        case "enum":
            return [Fault(pointer, _words.one_of(tuple(error.validator_value), error.instance))]
        case "type":
            return [Fault(pointer, f"Write {_TYPES.get(str(error.validator_value), 'another kind of value')} here.")]
        case "pattern":
            from mscos._record import PATTERNS_IN_WORDS  # noqa: PLC0415 - it needs pydantic, and only a fault needs it

            return [Fault(pointer, PATTERNS_IN_WORDS.get(str(error.validator_value), _words.OTHERWISE))]
        case _:
            return [Fault(pointer, _words.OTHERWISE)]


_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "named fields",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}
