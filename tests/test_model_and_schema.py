"""The model and the published schema accept and refuse the same documents, in three engines."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args, get_origin

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from mscos import schemas
from mscos._files import read_document
from mscos.conformance import check_any
from mscos.errors import CannotRead, InvalidDocument
from mscos.reporters import as_json
from strategies import (
    CORE,
    CORE_SCHEMAS,
    EXAMPLES,
    KIND,
    KINDS,
    SUBSETS,
    TAXONOMY,
    Document,
    Field,
    Kind,
    Place,
    fields,
    full_record,
    mutated,
    one_missing,
    parent,
    record_type,
    records,
    sentence,
    stands_in,
    with_only,
)

AJV = Path(__file__).parent / "ajv"
FULL = {kind.name: full_record(kind) for kind in KINDS}
FIELDS = {
    kind.name: [field for field in fields(kind.model, FULL[kind.name]) if stands_in(FULL[kind.name], field.place)]
    for kind in KINDS
}
PYTHON = {kind.name: schemas.validator(kind.name) for kind in KINDS}
RUST = {
    name: jsonschema_rs.Draft202012Validator(schemas.load_schema(name), offline=True)
    for kind in KINDS
    for name in kind.schemas
}

each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)

Change = Callable[[Document], object]


def model_accepts(kind: Kind, document: Document) -> bool:
    try:
        kind.read(document)
    except CannotRead:
        return False
    return True


def verdicts(kind: Kind, document: Document) -> dict[str, bool]:
    return {
        "model": model_accepts(kind, document),
        "jsonschema": PYTHON[kind.name].is_valid(document),
        "jsonschema-rs": RUST[kind.name].is_valid(document),
        "jsonschema-rs, bundle": RUST[f"{kind.name}.bundle"].is_valid(document),
    }


def changed(kind: Kind, change: Change) -> Document:
    document = deepcopy(FULL[kind.name])
    change(document)
    return document


# Changes of a full record.  A place is written as its steps with slashes between them.


def _place(path: str) -> Place:
    return tuple(int(step) if step.isdigit() else step for step in path.split("/"))


def put(path: str, value: object) -> Change:
    def change(document: Document) -> None:
        parent(document, _place(path))[_place(path)[-1]] = value

    return change


def drop(path: str) -> Change:
    return lambda document: parent(document, _place(path)).pop(_place(path)[-1])


def append(path: str, value: object) -> Change:
    return lambda document: parent(document, _place(f"{path}/0")).append(value)


_MEASURE = "outcomes/0/measures/0"

_ACCEPTED: dict[str, Change] = {
    "nothing changed": lambda _: None,
    "no edition named": drop("edition"),
    "no schema version": drop("schema_version"),
    "the same code twice in a list": put("stages", ["prevention", "prevention"]),
    "29 February of a leap year": put("created", "2024-02-29"),
    "29 February of the year 2000": put("created", "2000-02-29"),
    "a line of 10,000 characters": put("title", "x" * 10_000),
    "a line of 10,000 characters beyond the basic plane": put("title", "\U0001f600" * 10_000),
    "text on several lines": put("structural_factors", "\none\r\n\ttwo\n"),
    "a line in another script": put("title", "評価 Đánh giá Оцінка"),
    "a visible letter after a zero-width space": put("title", "\u200bx"),
    "joined letters in a line": put("title", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    "a slug of 100 characters": put("record_id", "a" * 100),
    "a language with script and region": put("language", "zh-Hant-TW"),
    "two other outcomes with one label": append("other_outcomes", {"label": "one line"}),
}

ACCEPTED: dict[str, dict[str, Change]] = {
    "evaluation": _ACCEPTED
    | {
        "no outcomes": put("outcomes", []),
        "an age of 18": put("population/min_age", 18),
        "an age of 18.0": put("population/min_age", 18.0),
        "the largest age": put("population/min_age", 130),
        "an empty object where all is optional": put("population", {}),
        "an empty list": put("evidence_kinds", []),
        "the start": put("followup_months", [0]),
        "minus zero months": put("followup_months", [-0.0]),
        "a negative score": put(f"{_MEASURE}/range/min", -10),
        "only an omission": put("outcomes/1", {"outcome": "safety", "omission": {"reason": "time"}}),
        "an outcome of the long-list": put("outcomes/1/outcome", "ll38"),
        "an instrument of one's own": put(f"{_MEASURE}/instrument", "our-own-scale"),
        "a measure that is not used yet": put(
            "outcomes/0",
            {"outcome": "housing", "measured": False, "measures": [FULL["evaluation"]["outcomes"][0]["measures"][0]]},
        ),
        "left out and not measured": put("outcomes/1/measured", value=False),
    },
    "intervention": _ACCEPTED
    | {
        "no entries": put("addresses", []),
        "an empty object where all is optional": put("tidier", {}),
        "an empty list": put("imsa_areas", []),
        "no months promised": put("duration_of_support/min_months", 0),
        "the most months": put("duration_of_support/min_months", 1200.0),
        "not addressed, without a reason": drop("addresses/1/omission"),
        "a partner who is not named": put("addresses/0/partner", {}),
        "a partner of a service that does it itself": put("addresses/0/how", "directly"),
        "an outcome of the long-list": put("addresses/1/outcome", "ll38"),
        "an outcome twice in a row of the logframe": append("logframe/0/outcomes", "housing"),
        "a row of the logframe that is empty": append("logframe", {}),
        "an outcome in a row of the logframe that has no entry": put("logframe/0/outcomes", ["ll38", "education"]),
        "two actions for one gap": append("gap_actions", {"outcome": "housing", "action": "partner"}),
    },
}
"""Near misses: changes of a full record after which it is still right, by kind."""

_REFUSED: dict[str, Change] = {
    "an unknown edition": put("edition", "2023.2"),
    "an edition as a number": put("edition", 2023.1),
    "another schema version": put("schema_version", "2"),
    "a schema version as a number": put("schema_version", 1),
    "a slug with a capital": put("record_id", "Harbour"),
    "a slug with two hyphens": put("record_id", "a--b"),
    "a slug that ends in a hyphen": put("record_id", "a-"),
    "a slug with an underscore": put("record_id", "a_b"),
    "a slug with a line break at its end": put("record_id", "a\n"),
    "a slug in other digits": put("record_id", "٣"),
    "a slug of 101 characters": put("record_id", "a" * 101),
    "a line of 10,001 characters": put("title", "x" * 10_001),
    "a line of 10,001 characters beyond the basic plane": put("title", "\U0001f600" * 10_001),
    "text of 10,001 characters": put("structural_factors", "x" * 10_001),
    "a line with a line separator": put("title", "one\u2028two"),
    "a line with a control character of the second block": put("title", "one\u0085two"),
    "a line with a line break before it": put("title", "\none"),
    "29 February of a common year": put("created", "2026-02-29"),
    "29 February of the year 1900": put("created", "1900-02-29"),
    "31 April": put("created", "2026-04-31"),
    "a month 13": put("created", "2026-13-01"),
    "a day 0": put("created", "2026-01-00"),
    "a day without zeros": put("created", "2026-1-1"),
    "a day with a time": put("created", "2026-01-01T00:00:00"),
    "a day with a line break at its end": put("created", "2026-01-01\n"),
    "a day in other digits": put("created", "\u0662\u0660\u0662\u0666-01-01"),
    "a language by name": put("language", "British English"),
    "a language with an underscore": put("language", "en_GB"),
    "a language of one letter": put("language", "e"),
    "a language tag of 36 characters": put("language", "en" + "-a2345678" * 3 + "-a23456"),
    "a domain by its label": put("other_outcomes/0/domain", TAXONOMY.domains[0].label),
    "an unknown domain": put("other_outcomes/0/domain", "d11"),
    "null in a list": append("stages", None),
    "a list in a list": put("stages", [["prevention"]]),
}


def _refused_entries(held: str, rest: Document) -> dict[str, Change]:
    """Give the faults of entries, which stand in `held` and need the rest beside their outcome."""
    return {
        "an outcome by its label": put(f"{held}/0/outcome", TAXONOMY["housing"].label),
        "an outcome with a capital": put(f"{held}/0/outcome", "Housing"),
        "an outcome with a line break at its end": put(f"{held}/0/outcome", "housing\n"),
        "an outcome that the edition does not know": put(f"{held}/0/outcome", "ll39"),
        "two entries for a core outcome": append(held, {"outcome": "housing"} | rest),
        "two entries for an outcome of the long-list": put(held, [{"outcome": "ll07"} | rest] * 2),
        "a status": put(f"{held}/0/status", "reported"),
        "all entries as one object": put(held, {"housing": rest}),
    }


REFUSED: dict[str, dict[str, Change]] = {
    "evaluation": _REFUSED
    | _refused_entries("outcomes", {})
    | {
        "another kind": put("kind", "intervention"),
        "a wrong language in a list": put(f"{_MEASURE}/language_versions", ["en", "e"]),
        "negative months": put("followup_months", [-1]),
        "too many months": put("after_nrm_exit_months", 1201),
        "a negative age": put("population/min_age", -0.5),
        "an age over 130": put("population/min_age", 130.5),
        "a score beyond what numbers can hold": put(f"{_MEASURE}/range/max", 10**400),
        "an omission with measures": put("outcomes/1/measures", [FULL["evaluation"]["outcomes"][0]["measures"][0]]),
        "an omission with an empty list of measures": put("outcomes/1/measures", []),
        "an omission with a result": put("outcomes/1/result", {}),
        "a result of what was not measured": put("outcomes/0/measured", value=False),
        "an empty result of what was not measured": put(
            "outcomes/0", {"outcome": "housing", "measured": False, "result": {}}
        ),
        "a code with a capital": put("design", "Mixed"),
    },
    "intervention": _REFUSED
    | _refused_entries("addresses", {"how": "directly"})
    | {
        "another kind": put("kind", "evaluation"),
        "an omission of what the service does itself": put("addresses/1/how", "directly"),
        "an omission of what a partner does": put("addresses/1/how", "by_partner"),
        "an omission of what people are referred for": put("addresses/1/how", "by_referral"),
        "an omission without saying that it is one": drop("addresses/1/how"),
        "the measures of an evaluation": put("addresses/0/measures", []),
        "an outcome of the logframe by its label": put("logframe/0/outcomes/0", TAXONOMY["housing"].label),
        "an outcome of the logframe that the edition does not know": append("logframe/0/outcomes", "ll39"),
        "a gap by the label of its outcome": put("gap_actions/0/outcome", TAXONOMY["housing"].label),
        "a gap that the edition does not know": put("gap_actions/0/outcome", "ll39"),
        "an action that drops an outcome": put("gap_actions/0/action", "drop"),
        "an action by a day that there is not": put("gap_actions/0/by_date", "2026-02-30"),
        "negative months": put("duration_of_support/min_months", -1),
        "too many months": put("duration_of_support/min_months", 1201),
        "a record of a partner with a capital": put("addresses/0/partner/record_id", "Clinic"),
        "a code with a capital": put("accepts", "Adults"),
    },
}
"""Single faults that are worth a name, by kind."""


def _where(place: Place) -> str:
    return "/".join(map(str, place))


def _wrong_values(field: Field) -> Iterator[tuple[str, object]]:
    """Give values that a field must refuse, each with a name."""
    yield "null", None
    yield "NUL as text", "\u0000"
    if record_type(field.type):
        yield from {"a list": [], "text": "one line", "true": True}.items()
    elif get_origin(field.type) is tuple:
        yield from {"an object": {}, "text": "one line", "a number": 1, "a list of nothing": [None]}.items()
    elif get_origin(field.type) is Literal:
        (first, *_) = get_args(field.type)
        yield from {"an unknown code": "no_such_code", "a space before the code": f" {first}"}.items()
        yield from {"a list": [first], "true": True, "a line break at the end": f"{first}\n"}.items()
    elif field.type is bool:
        yield from {"true as text": "true", "1": 1, "0": 0, "a list": [True]}.items()
    elif field.type is float:
        yield from {"a number as text": "18", "true": True, "a list": [18], "an object": {}}.items()
    else:
        yield from {"a number": 1, "false": False, "a list": ["one line"], "an object": {}}.items()
        yield from {"no text": "", "spaces": " \u00a0", "zero-width text": "\u200b\u2060\ufeff"}.items()
        yield from {"a bell only": "\u0007", "too much text": "a" * 10_001}.items()


def _family(kind: Kind) -> Iterator[tuple[str, Change]]:
    """Give every field of a full record each of its wrong values, and every object an unknown field."""
    for field in FIELDS[kind.name]:
        path = _where(field.place)
        for name, value in _wrong_values(field):
            yield f"{path}: {name}", put(path, value)
        if field.required:
            yield f"{path}: missing", drop(path)
        if record_type(field.type):
            yield f"{path}: an unknown field", put(f"{path}/surprise", value=1)
            yield f"{path}: the field of another", put(f"{path}/licence", "one line")
    yield "an unknown field", put("surprise", value=1)


FAMILY: dict[str, dict[str, Change]] = {kind.name: dict(_family(kind)) for kind in KINDS}
"""Every field with each of its wrong values."""


def _cases(*tables: dict[str, dict[str, Change]]) -> list[object]:
    """List the changes of tables, by kind, as parameters."""
    return [
        pytest.param(kind, change, id=f"{kind}: {name}")
        for kind in KINDS
        for table in tables
        for name, change in table[kind.name].items()
    ]


@each_kind
def test_the_full_record_has_every_field_somewhere(kind: Kind) -> None:
    def places(found: Iterable[Field]) -> set[Place]:
        return {tuple(step for step in field.place if isinstance(step, str)) for field in found}

    assert places(FIELDS[kind.name]) == places(fields(kind.model, FULL[kind.name]))


@pytest.mark.parametrize(("kind", "change"), _cases(ACCEPTED))
def test_model_and_schema_accept(kind: Kind, change: Change) -> None:
    document = changed(kind, change)

    assert verdicts(kind, document) == dict.fromkeys(verdicts(kind, document), True)


@pytest.mark.parametrize(("kind", "change"), _cases(REFUSED, FAMILY))
def test_model_and_schema_refuse(kind: Kind, change: Change) -> None:
    document = changed(kind, change)

    assert verdicts(kind, document) == dict.fromkeys(verdicts(kind, document), False)


# Generated records.


@each_kind
def test_model_and_schema_accept_every_generated_record(kind: Kind) -> None:
    @settings(max_examples=200)
    @given(records(kind))
    def holds(document: Document) -> None:
        assert verdicts(kind, document) == dict.fromkeys(verdicts(kind, document), True)

    holds()


@each_kind
def test_model_and_schema_agree_after_any_one_change(kind: Kind) -> None:
    accepted = []

    @settings(max_examples=250)
    @given(mutated(records(kind) | st.just(FULL[kind.name])))
    def holds(document: Document) -> None:
        said = verdicts(kind, document)

        accepted.append(said["model"])
        assert set(said.values()) == {said["model"]}, said

    holds()

    assert accepted.count(True) > len(accepted) / 10
    assert accepted.count(False) > len(accepted) / 2


# What is no JSON, or cannot be sent as such.


_NUMBERS = {
    "evaluation": [f"{_MEASURE}/range/min", "population/min_age", "followup_months/0"],
    "intervention": ["duration_of_support/min_months"],
}
_WORDS = {
    "evaluation": ["design", "title", "outcomes/0/outcome", "other_outcomes/0/domain", "stages/0"],
    "intervention": ["accepts", "title", "addresses/0/outcome", "logframe/0/outcomes/0", "gap_actions/0/outcome"],
}


def _places(paths: dict[str, list[str]]) -> list[object]:
    return [pytest.param(kind, path, id=f"{kind}: {path}") for kind in KINDS for path in paths[kind.name]]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(("kind", "path"), _places(_NUMBERS))
def test_the_model_refuses_numbers_that_json_does_not_have(kind: Kind, path: str, number: float) -> None:
    document = changed(kind, put(path, number))

    with pytest.raises(InvalidDocument) as refusal:
        kind.read(document)

    assert [fault.pointer for fault in refusal.value.faults] == [f"/{path}"]
    assert not RUST[kind.name].is_valid(document)


@each_kind
def test_the_model_refuses_half_a_character_which_no_portable_pattern_can_name(kind: Kind) -> None:
    document = changed(kind, put("title", "\ud800"))

    with pytest.raises(InvalidDocument) as refusal:
        kind.read(document)

    assert [str(fault) for fault in refusal.value.faults] == ["/title: This text is not valid Unicode."]
    with pytest.raises(UnicodeEncodeError):
        RUST[kind.name].is_valid(document)


@pytest.mark.parametrize(("kind", "path"), _places(_WORDS))
def test_the_model_refuses_a_number_of_thousands_of_digits(kind: Kind, path: str) -> None:
    document = changed(kind, put(path, 1 << 20_000))  # TOML can say it, in hexadecimal

    with pytest.raises(InvalidDocument) as refusal:
        kind.read(document)

    assert [fault.pointer for fault in refusal.value.faults] == [f"/{path}"]


# The third engine.


def why_no_ajv() -> str | None:
    """Say what keeps us from running ajv, if anything does."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (AJV / "node_modules").is_dir():
        return "ajv is not installed (npm ci --prefix tests/ajv)"
    return None


def identifier(name: str) -> str:
    return str(schemas.load_schema(name)["$id"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What ajv says of one document: whether it is valid, and the schema paths and messages of its errors."""

    valid: bool
    errors: list[dict[str, str]]


Asked = dict[tuple[str, str], tuple[Document, Answer]]


def _generated(kind: Kind) -> list[Document]:
    documents = []

    @settings(max_examples=100)
    @given(mutated(records(kind)))
    def keep(document: Document) -> None:
        documents.append(document)

    keep()
    return documents


def _records(kind: Kind) -> Iterator[tuple[str, str, Document]]:
    for schema in kind.schemas:
        for file in EXAMPLES.glob(f"*/{kind.name}.toml"):
            yield schema, file.parent.name, read_document(str(file))[0]
        for name, change in (ACCEPTED[kind.name] | REFUSED[kind.name]).items():
            yield schema, name, changed(kind, change)
    for name, change in FAMILY[kind.name].items():
        yield kind.name, name, changed(kind, change)
    for number, document in enumerate(_generated(kind)):
        yield kind.name, f"generated {number}", document


def _core_records(kind: Kind) -> Iterator[tuple[str, str, Document]]:
    for schema in kind.core_schemas:
        for there in SUBSETS[::-9]:
            yield schema, f"there: {sorted(there)}", with_only(kind, there)
        for outcome in CORE:
            for number, document in enumerate(one_missing(kind, outcome)):
                yield schema, f"{outcome} {number}", document


def _others() -> Iterator[tuple[str, str, Document]]:
    for edition in mscos.editions():
        packaged = Path(mscos.__file__).parent / "data" / edition / "taxonomy.json"
        yield "taxonomy", edition, json.loads(packaged.read_bytes())
    for kind in KINDS:
        yield "report", kind.name, json.loads(as_json.report(check_any(kind.read(kind.whole))))


@pytest.fixture(scope="module")
def ajv() -> Asked:
    """Put every fixture to ajv, in one process; give each document with the answer, by schema and name."""
    reason = why_no_ajv()
    if reason is not None:
        if os.environ.get("MSCOS_REQUIRE_AJV") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    fixtures = [*_others(), *(case for kind in KINDS for case in (*_records(kind), *_core_records(kind)))]
    cases = [{"schema": identifier(schema), "document": document} for schema, _, document in fixtures]
    question = {"schemas": [schemas.load_schema(name) for name in schemas.names()], "cases": cases}
    command = [str(shutil.which("node")), str(AJV / "validate.mjs")]
    done = subprocess.run(
        command, input=json.dumps(question, allow_nan=False), check=True, capture_output=True, text=True
    )
    answers = (Answer(**answer) for answer in json.loads(done.stdout))
    return {
        (schema, name): (document, answer) for (schema, name, document), answer in zip(fixtures, answers, strict=True)
    }


def test_ajv_and_jsonschema_give_every_fixture_the_same_verdict(ajv: Asked) -> None:
    validators = {schema: schemas.validator(schema) for schema, _ in ajv}

    said = {case: answer.valid for case, (_, answer) in ajv.items()}

    assert said == {case: validators[case[0]].is_valid(document) for case, (document, _) in ajv.items()}


def test_a_person_learns_from_ajv_which_outcome_is_missing(ajv: Asked) -> None:
    cases = {
        (schema, f"{outcome} {number}"): outcome for schema in CORE_SCHEMAS for outcome in CORE for number in (0, 1)
    }

    said = {case: ajv[case][1].errors for case in cases}

    assert said == {
        case: [
            {
                "schemaPath": f"#/$defs/{definition}-{outcome}/else/required",
                "message": f"must have required property '{sentence(KIND[case[0]], outcome)}'",
            },
            {"schemaPath": f"#/$defs/{definition}-{outcome}/if", "message": 'must match "else" schema'},
        ]
        for case, outcome in cases.items()
        for definition in [KIND[case[0]].definition]
    }


def test_ajv_is_pinned_and_its_lock_names_no_host() -> None:
    wanted = json.loads((AJV / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (AJV / "package-lock.json").read_text(encoding="utf-8")

    packages = json.loads(lock)["packages"]

    assert wanted == {"ajv": packages["node_modules/ajv"]["version"]}
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "resolved" not in lock
    assert "://" not in lock
