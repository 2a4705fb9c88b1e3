"""
Records to fill in, in TOML and in JSON.

What has to be filled in stands there empty, so that a record which nobody filled in is refused and never judged.
Nothing is claimed beforehand: what could count for an evaluation is empty or false.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel

from mscos._printable import printable
from mscos.records.entries import Measure, OutcomeEntry, Result
from mscos.records.evaluation import Attrition, DataProtection, EvaluationRecord, Population
from mscos.records.intervention import (
    Address,
    DurationOfSupport,
    InterventionRecord,
    OrganisationChecklist,
    Partner,
    Tidier,
)
from mscos.records.lived_experience import LivedExperience
from mscos.templates import wording
from mscos.templates.explained import fields_of, values
from mscos.templates.plan import Plan
from mscos.terms import Outcome

_Tables = Sequence[tuple[str, type[BaseModel]]]
_Live = Mapping[str, str]

_OF_EVALUATION: Final[_Tables] = (
    ("population", Population),
    ("attrition", Attrition),
    ("lived_experience", LivedExperience),
    ("data_protection", DataProtection),
)
_OF_INTERVENTION: Final[_Tables] = (
    ("tidier", Tidier),
    ("organisation_checklist", OrganisationChecklist),
    ("duration_of_support", DurationOfSupport),
    ("lived_experience", LivedExperience),
)
_MEASURE: Final[_Live] = {
    "kind": '"outcome"',
    "instrument": '"single-item"',
    "match": '""',
    "direction": '""',
    "reported_by": '""',
}
_RESULT: Final[_Live] = {
    "measurement_variable": '""',
    "analysis_metric": '""',
    "aggregation": '""',
    "timepoint": '""',
    "estimate_given": "false",
    "where_reported": '""',
}


def evaluation_toml(plan: Plan) -> dict[str, bytes]:
    """Write the record of an evaluation to fill in, with what each field means."""
    return {".toml": _text([*_head(plan, EvaluationRecord, _OF_EVALUATION), *_outcomes(plan)])}


def evaluation_json(plan: Plan) -> dict[str, bytes]:
    """Write the same in JSON, which has no comments."""
    return _as_json(evaluation_toml(plan))


def intervention_toml(plan: Plan) -> dict[str, bytes]:
    """Write the record of an intervention to fill in, with what each field means."""
    return {".toml": _text([*_head(plan, InterventionRecord, _OF_INTERVENTION), *_addresses(plan)])}


def intervention_json(plan: Plan) -> dict[str, bytes]:
    """Write the same in JSON, which has no comments."""
    return _as_json(intervention_toml(plan))


def _as_json(toml: Mapping[str, bytes]) -> dict[str, bytes]:
    document = tomllib.loads(toml[".toml"].decode())
    return {".json": (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()}


def _text(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _head(plan: Plan, model: type[BaseModel], tables: _Tables) -> Iterator[str]:
    kind = model.model_json_schema()["properties"]["kind"]["const"]
    yield f"# Template of the record of one {kind}, edition {plan.taxonomy.edition}."
    yield "#"
    yield "# Fill in what stands empty, between quotation marks."
    yield "# A line that begins with # and a field, without a space, is a field that is not in use yet."
    yield "# Take its # away, and that of the name in square brackets above it, to use it."
    yield "# Take out what you do not know."
    yield "#"
    yield from (f"# {line}" for line in (*wording.about_words(plan), *wording.NEVER))
    live = {
        "kind": f'"{kind}"',
        "record_id": '""',
        "title": '""',
        "schema_version": '"1"',
        "edition": f'"{plan.taxonomy.edition}"',
    }
    yield from _fields(model, live)
    for name, each in tables:
        yield from ("", f"# {(each.__doc__ or '').splitlines()[0]}", f"#[{name}]", *_fields(each, {}))


def _outcomes(plan: Plan) -> Iterator[str]:
    yield from _banner("The outcomes, one part for each.")
    yield '# To leave an outcome out, keep its first two lines and add: omission = { reason = "time" }'
    yield "# The reasons are listed in the manual. To say that it is planned, add instead: planned = true"
    yield "# To report findings in words, write qualitative-theme as the instrument."
    yield "# match says how the measure fits the outcome. Write none where it asks about something else."
    for position, outcome in enumerate(plan.outcomes):
        explained = position == 0
        yield from _named(outcome)
        yield from ("[[outcomes]]", *_fields(OutcomeEntry, {"outcome": f'"{outcome.id}"'}, explained=explained))
        yield from ("", "[[outcomes.measures]]", *_fields(Measure, _MEASURE, explained=explained))
        yield from ("", "[outcomes.result]", *_fields(Result, _RESULT, explained=explained))


def _addresses(plan: Plan) -> Iterator[str]:
    yield from _banner("The outcomes, one part for each.")
    yield "# Name the partner wherever somebody else covers the outcome."
    for position, outcome in enumerate(plan.outcomes):
        explained = position == 0
        live = {"outcome": f'"{outcome.id}"', "how": '""'}
        yield from _named(outcome)
        yield from ("[[addresses]]", *_fields(Address, live, explained=explained))
        yield from ("", "#[addresses.partner]", *(_fields(Partner, {}) if explained else ('#organisation = ""',)))


def _banner(words: str) -> Iterator[str]:
    yield from ("", f"# {'-' * 70}", f"# {words}")


def _named(outcome: Outcome) -> Iterator[str]:
    yield from ("", f"# {printable(outcome.marked_label)}")


def _fields(model: type[BaseModel], live: _Live, *, explained: bool = True) -> Iterator[str]:
    """
    Write the plain fields of a table.

    Args:
        model: The table.
        live: Fields that are in use, with what stands there.
        explained: Whether to say what each field means, and to show the fields that are not in use.
    """
    for name, meaning, schema in fields_of(model):
        if explained:
            yield from ("", f"# {meaning}", *_choice(schema))
        if name in live:
            yield f"{name} = {live[name]}"
        elif explained:
            yield f"#{name} = {_blank(schema)}"


def _choice(schema: dict[str, Any]) -> Iterator[str]:
    known = values(schema)
    if ", " in known:
        yield f"# {'Any' if 'items' in schema else 'One'} of: {known}."


def _blank(schema: dict[str, Any]) -> str:
    match schema:
        case {"type": "array"}:
            return "[]"
        case {"type": "boolean"}:
            return "false"
        case {"type": "number"}:
            return "0"
        case _:
            return '""'
