"""The published JSON Schemas, written from the types."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from mscos import editions, load_taxonomy
from mscos._record import END, Day, EditionName
from mscos.across import EditionAnswers
from mscos.canonical import REQUIRED, CanonicalRow
from mscos.cases import CaseFile
from mscos.codebooks.own import CodebookFile
from mscos.coverage import ELEMENTS
from mscos.edition_diffs import EditionDiff
from mscos.failures import Failure
from mscos.portfolios.report import PortfolioReport
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.report import Report
from mscos.schemas import BASE_IRI, SCHEMA_MAJOR
from mscos.taxonomy import Taxonomy
from mscos.terms import IDENTIFIER, Outcome
from mscos.verification import Verification

Schema = dict[str, Any]


class _Published(GenerateJsonSchema):
    """What is absent is absent: no null, no empty default, no title that repeats the name of a field."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - as in the base
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - as in the base
        if schema.get("default") in (None, ()):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - as in the base
        return False


def taxonomy() -> str:
    """Write the schema of an edition."""
    schema = TypeAdapter(Taxonomy).json_schema(schema_generator=_Published)
    del schema["properties"]["fingerprint"]  # taken of the file, so not in it
    schema["required"].remove("fingerprint")
    for name in ("Domain", "Outcome"):
        schema["$defs"][name]["properties"]["id"] |= {"maxLength": 32, "pattern": f"^{IDENTIFIER}{END}"}
    schema["properties"]["edition"] |= _constraints(EditionName)
    schema["$defs"]["Succession"]["properties"]["date"] |= _constraints(Day)
    schema["$defs"]["CoreOutcomeSet"]["properties"]["outcomes"]["minItems"] = 1
    return _text("taxonomy", schema)


def _constraints(annotated: Any) -> Schema:  # noqa: ANN401 - an annotated type
    adapter: TypeAdapter[object] = TypeAdapter(annotated, config=ConfigDict(regex_engine="python-re"))
    return {name: value for name, value in adapter.json_schema().items() if name != "type"}


def report() -> str:
    """Write the schema of a report."""
    return _text("report", Report.model_json_schema(schema_generator=_Published))


def failure() -> str:
    """Write the schema of a failure: why nothing was judged."""
    return _text("failure", Failure.model_json_schema(schema_generator=_Published))


def verification() -> str:
    """Write the schema of what `mscos verify` says."""
    return _text("verification", Verification.model_json_schema(schema_generator=_Published))


def portfolio_report() -> str:
    """Write the schema of a report on a portfolio."""
    return _text("portfolio-report", PortfolioReport.model_json_schema(schema_generator=_Published))


def edition_diff() -> str:
    """Write the schema of a difference between two editions."""
    schema = EditionDiff.model_json_schema(schema_generator=_Published)
    schema["$defs"]["JsonValue"] = {"description": "Any value of JSON."}
    return _text("edition-diff", schema)


def edition_answers() -> str:
    """Write the schema of what every edition says of a record."""
    return _text("edition-answers", EditionAnswers.model_json_schema(schema_generator=_Published))


def conformance() -> str:
    """Write the schema of the cases for other implementations."""
    schema = CaseFile.model_json_schema(schema_generator=_Published)
    del schema["$defs"]["JsonValue"]  # anything at all
    file = schema["$defs"]["InputFile"]
    file["properties"]["document"]["additionalProperties"] = True
    file["oneOf"] = [{"required": ["document"]}, {"required": ["text"]}]
    return _text("conformance", schema)


def of_edition(edition: str) -> dict[str, Callable[[], str]]:
    """Map the name of each schema that belongs to an edition to the function that writes it."""
    return {
        "evaluation": lambda: _text(f"{edition}/evaluation", _evaluation(edition)),
        "evaluation.bundle": lambda: _text(f"{edition}/evaluation.bundle", _evaluation(edition)),
        "evaluation.core": lambda: _text(f"{edition}/evaluation.core", _evaluation_core(edition)),
        "evaluation.core.bundle": partial(_core_bundle, edition, "evaluation"),
        "intervention": lambda: _text(f"{edition}/intervention", _intervention(edition)),
        "intervention.bundle": lambda: _text(f"{edition}/intervention.bundle", _intervention(edition)),
        "intervention.core": lambda: _text(f"{edition}/intervention.core", _intervention_core(edition)),
        "intervention.core.bundle": partial(_core_bundle, edition, "intervention"),
        "codebook": lambda: _text(f"{edition}/codebook", _codebook(edition)),
        "dataset": lambda: _text(f"{edition}/dataset", _dataset(edition)),
    }


def table_schema(edition: str) -> str:
    """Write the canonical layout as a Table Schema (Frictionless), for tools that read CSV."""
    properties = _dataset(edition)["properties"]
    fields = [_field(name, properties[name]) for name in CanonicalRow.model_fields]
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fieldsMatch": "partial",
        "fields": fields,
        "missingValues": [""],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _field(name: str, described: Schema) -> Schema:
    """Describe one column: everything is text until it is checked, so that no cell is changed by reading it."""
    constraints: Schema = {"required": True} if name in REQUIRED and name != "value" else {}
    if "enum" in described:
        constraints["enum"] = described["enum"]
    field: Schema = {
        "name": name,
        "type": "any" if name == "value" else "string",
        "description": described["description"],
    }
    return field | ({"constraints": constraints} if constraints else {})


def _dataset(edition: str) -> Schema:
    schema = CanonicalRow.model_json_schema(schema_generator=_Published)
    schema["properties"]["outcome"]["enum"] = [outcome.id for outcome in load_taxonomy(edition).outcomes]
    return schema


def _codebook(edition: str) -> Schema:
    schema = CodebookFile.model_json_schema(schema_generator=_Published)
    schema["properties"]["edition"]["const"] = edition
    outcomes = [outcome.id for outcome in load_taxonomy(edition).outcomes]
    schema["$defs"]["OutcomeEntry"]["properties"]["outcome"]["enum"] = outcomes
    return schema


def core_outcome_id() -> str:
    """Write the Python module with the type of core outcome identifiers."""
    identifiers = dict.fromkeys(outcome.id for edition in editions() for outcome in load_taxonomy(edition).core)
    listed = ", ".join(f'"{identifier}"' for identifier in identifiers)
    return (
        '"""Generated by tools/generate.py: the identifiers of the core outcomes, for type checkers."""\n\n'
        "from typing import Literal\n\n"
        f"CoreOutcomeId = Literal[{listed}]\n"
        '"""Identifier of a core outcome in any packaged edition."""\n'
    )


def _evaluation(edition: str) -> Schema:
    schema = _of_edition(EvaluationRecord.model_json_schema(schema_generator=_Published), edition, "outcomes")
    # An outcome is left out, or it is measured: `read_record` refuses both together, and so does this.
    schema["$defs"]["OutcomeEntry"]["dependentSchemas"] = {
        "omission": {"type": "object", "properties": {"measures": False, "result": False}},
        "result": {"type": "object", "properties": {"measured": {"not": {"const": False}}}},
    }
    return schema


def _intervention(edition: str) -> Schema:
    schema = _of_edition(InterventionRecord.model_json_schema(schema_generator=_Published), edition, "addresses")
    # An outcome is left out, or it is addressed.
    schema["$defs"]["Address"]["dependentSchemas"] = {
        "omission": {"type": "object", "properties": {"how": {"const": "not_addressed"}}}
    }
    return schema


def _of_edition(schema: Schema, edition: str, entries: str) -> Schema:
    """Bind a record's schema to an edition: its name, its identifiers, and one entry for each outcome at most."""
    taxonomy = load_taxonomy(edition)
    outcomes = [outcome.id for outcome in taxonomy.outcomes]
    schema["properties"]["edition"]["const"] = edition
    for definition in schema["$defs"].values():
        properties = definition.get("properties", {})
        if "outcome" in properties:
            properties["outcome"]["enum"] = outcomes
        if "outcomes" in properties:
            properties["outcomes"]["items"]["enum"] = outcomes
        if "domain" in properties:
            properties["domain"]["enum"] = [domain.id for domain in taxonomy.domains]
    schema["properties"][entries]["allOf"] = [{"$ref": f"#/$defs/at-most-one-{outcome}"} for outcome in outcomes]
    for outcome in taxonomy.outcomes:
        schema["$defs"][f"at-most-one-{outcome.id}"] = {
            "description": f"At most one entry is about {outcome.marked_label}.",
            "type": "array",
            "contains": _entry_of(outcome),
            "minContains": 0,
            "maxContains": 1,
        }
    return schema


def _entry_of(outcome: Outcome) -> Schema:
    return {"type": "object", "properties": {"outcome": {"const": outcome.id}}, "required": ["outcome"]}


def _evaluation_core(edition: str) -> Schema:
    core = load_taxonomy(edition).core
    return {
        "title": "EvaluationRecord that reports every core outcome",
        "description": (
            "Adds to the evaluation record that every core outcome is reported. Necessary and not sufficient: "
            "whether a measure asks about its outcome is not a question of form, and `mscos check` judges it."
        ),
        "$ref": "evaluation.schema.json",
        "allOf": [{"$ref": f"#/$defs/reports-{outcome.id}"} for outcome in core],
        "$defs": {
            f"reports-{outcome.id}": _has_entry(outcome, "outcomes", _reported(), "a reported result for")
            for outcome in core
        },
    }


def _intervention_core(edition: str) -> Schema:
    core = load_taxonomy(edition).core
    return {
        "title": "InterventionRecord that addresses every core outcome",
        "description": (
            "Adds to the intervention record that every core outcome is addressed: by the service itself, or by "
            "a partner or a referral that is named. Necessary and not sufficient: whether the name is another "
            "service's is not a question of form, and `mscos check` judges it."
        ),
        "$ref": "intervention.schema.json",
        "allOf": [{"$ref": f"#/$defs/addresses-{outcome.id}"} for outcome in core],
        "$defs": {
            f"addresses-{outcome.id}": _has_entry(outcome, "addresses", _addressed(), "somebody named who covers")
            for outcome in core
        },
    }


def _has_entry(outcome: Outcome, entries: str, wanted: Schema, message: str) -> Schema:
    """
    Require an entry for one core outcome, so that every engine's message names the outcome.

    A failing `contains` says only that no item matched.  The `else` asks for a property that no record can
    have, and whose name is the message.  Nothing in here refers further: Ajv then keeps the name of the
    definition in the path of its error.
    """
    entry = {"allOf": [_entry_of(outcome), wanted]}
    return {
        "title": outcome.label,
        "description": f"The record has {message} {outcome.label}.",
        "if": {
            "type": "object",
            "properties": {entries: {"type": "array", "contains": entry}},
            "required": [entries],
        },
        "else": {"type": "object", "required": [f"{message} {outcome.id} ({outcome.label})"]},
    }


def _addressed() -> Schema:
    named = [{"type": "object", "required": [name]} for name in ("organisation", "record_id")]
    return {
        "description": "An entry that is covered by the service itself, or by somebody who is named.",
        "type": "object",
        "anyOf": [
            {"type": "object", "properties": {"how": {"const": "directly"}}, "required": ["how"]},
            {
                "type": "object",
                "properties": {
                    "how": {"enum": ["by_partner", "by_referral"]},
                    "partner": {"type": "object", "anyOf": named},
                },
                "required": ["how", "partner"],
            },
        ],
    }


def _reported() -> Schema:
    given = [
        {"type": "object", "properties": {name: {"const": True}}, "required": [name]}
        for name in ("estimate_given", "qualitative_finding")
    ]
    return {
        "description": "An entry with a measure of what changed for people, and a whole result.",
        "type": "object",
        "properties": {
            "measures": {
                "type": "array",
                "contains": {
                    "type": "object",
                    "properties": {"kind": {"const": "outcome"}},
                    "required": ["kind"],
                },
            },
            "result": {"type": "object", "required": list(ELEMENTS), "anyOf": given},
        },
        "required": ["measures", "result"],
    }


def _core_bundle(edition: str, kind: Literal["evaluation", "intervention"]) -> str:
    """Write a core schema with everything that it refers to in one flat schema."""
    of_evaluation = kind == "evaluation"
    base = _evaluation(edition) if of_evaluation else _intervention(edition)
    core = _evaluation_core(edition) if of_evaluation else _intervention_core(edition)
    bundle = deepcopy(base) | {name: core[name] for name in ("title", "description", "allOf")}
    bundle["$defs"] = base["$defs"] | core["$defs"]
    return _text(f"{edition}/{kind}.core.bundle", bundle)


def _text(name: str, schema: Schema) -> str:
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
