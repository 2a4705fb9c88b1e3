"""How a schema that is made of a type is published: what it leaves out, and its text."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from mscos.schemas import BASE_IRI, SCHEMA_MAJOR

Schema = dict[str, Any]


class Published(GenerateJsonSchema):
    """What is absent is absent: no null, no empty default, no title that repeats the name of a field."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - as in the base
        """Leave null out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - as in the base
        """Leave an empty default out."""
        if schema.get("default") in (None, ()):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - as in the base
        """Leave out what repeats the name."""
        return False


def schema_text(name: str, schema: Schema) -> str:
    """Write a schema with its name, its title first and its definitions last."""
    schema = _described(schema)
    identified = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE_IRI}schemas/{SCHEMA_MAJOR}/{name}.schema.json",
    }
    order = ("title", "description", "$ref", "type")
    first = {key: schema[key] for key in order if key in schema}
    rest = {key: value for key, value in schema.items() if key not in first and key != "$defs"}
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    return json.dumps(identified | first | rest | definitions, indent=2, ensure_ascii=False) + "\n"


def _described(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Keep of each description what is for readers of the schema: the first paragraph, evenly spaced."""
    if isinstance(schema, list):
        return [_described(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: " ".join(part.split("\n\n")[0].replace("``", "`").split())
        if key == "description" and isinstance(part, str)
        else _described(part)
        for key, part in schema.items()
    }
