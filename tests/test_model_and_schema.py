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
from mscos.errors import CannotRead, InvalidDocument
from mscos.records.evaluation import EvaluationRecord
from mscos.reporters import as_json
from strategies import (
    CORE,
    CORE_SCHEMAS,
    EVALUATION,
    EXAMPLES,
    SAFE_HOUSE,
    SUBSETS,
    TAXONOMY,
    Document,
    Field,
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
    without_results,
)

AJV = Path(__file__).parent / "ajv"
FULL = full_record()
FIELDS = [field for field in fields(EvaluationRecord, FULL) if stands_in(FULL, field.place)]
PYTHON = schemas.validator("evaluation")
RUST = jsonschema_rs.Draft202012Validator(schemas.load_schema("evaluation"), offline=True)
BUNDLE = jsonschema_rs.Draft202012Validator(schemas.load_schema("evaluation.bundle"), offline=True)

Change = Callable[[Document], object]


def model_accepts(document: Document) -> bool:
    try:
        mscos.read_record(document)
    except CannotRead:
        return False
    return True


def verdicts(document: Document) -> dict[str, bool]:
    return {
        "model": model_accepts(document),
        "jsonschema": PYTHON.is_valid(document),
        "jsonschema-rs": RUST.is_valid(document),
        "jsonschema-rs, bundle": BUNDLE.is_valid(document),
    }


def changed(change: Change) -> Document:
    document = deepcopy(FULL)
    change(document)
    return document


# Changes of the full record.  A place is written as its steps with slashes between them.


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

ACCEPTED: dict[str, Change] = {
    "nothing changed": lambda _: None,
    "no outcomes": put("outcomes", []),
    "no edition named": drop("edition"),
    "no schema version": drop("schema_version"),
    "an age of 18": put("population/min_age", 18),
    "an age of 18.0": put("population/min_age", 18.0),
    "the largest age": put("population/min_age", 130),
    "an empty object where all is optional": put("population", {}),
    "an empty list": put("evidence_kinds", []),
    "the same code twice in a list": put("stages", ["prevention", "prevention"]),
    "the start": put("followup_months", [0]),
    "minus zero months": put("followup_months", [-0.0]),
    "29 February of a leap year": put("created", "2024-02-29"),
    "29 February of the year 2000": put("created", "2000-02-29"),
    "a negative score": put(f"{_MEASURE}/range/min", -10),
    "a line of 10,000 characters": put("title", "x" * 10_000),
    "a line of 10,000 characters beyond the basic plane": put("title", "\U0001f600" * 10_000),
    "text on several lines": put("structural_factors", "\none\r\n\ttwo\n"),
    "a line in another script": put("title", "評価 Đánh giá Оцінка"),
    "a visible letter after a zero-width space": put("title", "\u200bx"),
    "joined letters in a line": put("title", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    "a slug of 100 characters": put("record_id", "a" * 100),
    "a language with script and region": put("language", "zh-Hant-TW"),
    "only an omission": put("outcomes/1", {"outcome": "safety", "omission": {"reason": "time"}}),
    "an outcome of the long-list": put("outcomes/1/outcome", "ll38"),
    "an instrument of one's own": put(f"{_MEASURE}/instrument", "our-own-scale"),
    "two other outcomes with one label": append("other_outcomes", {"label": "one line"}),
}
"""Near misses: changes of the full record after which it is still right."""

REFUSED: dict[str, Change] = {
    "another kind": put("kind", "intervention"),
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
    "a wrong language in a list": put(f"{_MEASURE}/language_versions", ["en", "e"]),
    "negative months": put("followup_months", [-1]),
    "too many months": put("after_nrm_exit_months", 1201),
    "a negative age": put("population/min_age", -0.5),
    "an age over 130": put("population/min_age", 130.5),
    "a score beyond what numbers can hold": put(f"{_MEASURE}/range/max", 10**400),
    "an outcome by its label": put("outcomes/0/outcome", TAXONOMY["housing"].label),
    "an outcome with a capital": put("outcomes/0/outcome", "Housing"),
    "an outcome with a line break at its end": put("outcomes/0/outcome", "housing\n"),
    "an outcome that the edition does not know": put("outcomes/0/outcome", "ll39"),
    "a domain by its label": put("other_outcomes/0/domain", TAXONOMY.domains[0].label),
    "an unknown domain": put("other_outcomes/0/domain", "d11"),
    "two entries for a core outcome": append("outcomes", {"outcome": "housing"}),
    "two entries for an outcome of the long-list": put("outcomes", [{"outcome": "ll07"}, {"outcome": "ll07"}]),
    "an omission with measures": put("outcomes/1/measures", [FULL["outcomes"][0]["measures"][0]]),
    "an omission with an empty list of measures": put("outcomes/1/measures", []),
    "an omission with a result": put("outcomes/1/result", {}),
    "a code with a capital": put("design", "Mixed"),
    "a status": put("outcomes/0/status", "reported"),
    "null in a list": append("stages", None),
    "a list in a list": put("stages", [["prevention"]]),
    "all entries as one object": put("outcomes", {"housing": {}}),
}
"""Single faults that are worth a name."""


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


def _family() -> Iterator[tuple[str, Change]]:
    """Give every field of the full record each of its wrong values, and every object an unknown field."""
    for field in FIELDS:
        path = _where(field.place)
        for name, value in _wrong_values(field):
            yield f"{path}: {name}", put(path, value)
        if field.required:
            yield f"{path}: missing", drop(path)
        if record_type(field.type):
            yield f"{path}: an unknown field", put(f"{path}/surprise", value=1)
            yield f"{path}: the field of another", put(f"{path}/record_id", "a-slug")
    yield "an unknown field", put("surprise", value=1)


FAMILY = dict(_family())
"""Every field with each of its wrong values."""


def test_the_full_record_has_every_field_somewhere() -> None:
    def kinds(found: Iterable[Field]) -> set[Place]:
        return {tuple(step for step in field.place if isinstance(step, str)) for field in found}

    assert kinds(FIELDS) == kinds(fields(EvaluationRecord, FULL))


@pytest.mark.parametrize("change", ACCEPTED.values(), ids=ACCEPTED)
def test_model_and_schema_accept(change: Change) -> None:
    document = changed(change)

    assert verdicts(document) == dict.fromkeys(verdicts(document), True)


@pytest.mark.parametrize("change", (REFUSED | FAMILY).values(), ids=REFUSED | FAMILY)
def test_model_and_schema_refuse(change: Change) -> None:
    document = changed(change)

    assert verdicts(document) == dict.fromkeys(verdicts(document), False)


# Generated records.


@settings(max_examples=200)
@given(records())
def test_model_and_schema_accept_every_generated_record(document: Document) -> None:
    assert verdicts(document) == dict.fromkeys(verdicts(document), True)


def test_model_and_schema_agree_after_any_one_change() -> None:
    accepted = []

    @settings(max_examples=250)
    @given(mutated(records() | st.just(FULL)))
    def holds(document: Document) -> None:
        said = verdicts(document)

        accepted.append(said["model"])
        assert set(said.values()) == {said["model"]}, said

    holds()

    assert accepted.count(True) > len(accepted) / 10
    assert accepted.count(False) > len(accepted) / 2


# What is no JSON, or cannot be sent as such.


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("path", [f"{_MEASURE}/range/min", "population/min_age", "followup_months/0"])
def test_the_model_refuses_numbers_that_json_does_not_have(path: str, number: float) -> None:
    document = changed(put(path, number))

    with pytest.raises(InvalidDocument) as refusal:
        mscos.read_record(document)

    assert [fault.pointer for fault in refusal.value.faults] == [f"/{path}"]
    assert not RUST.is_valid(document)


def test_the_model_refuses_half_a_character_which_no_portable_pattern_can_name() -> None:
    document = changed(put("title", "\ud800"))

    with pytest.raises(InvalidDocument) as refusal:
        mscos.read_record(document)

    assert [str(fault) for fault in refusal.value.faults] == ["/title: This text is not valid Unicode."]
    with pytest.raises(UnicodeEncodeError):
        RUST.is_valid(document)


@pytest.mark.parametrize("path", ["design", "title", "outcomes/0/outcome", "other_outcomes/0/domain", "stages/0"])
def test_the_model_refuses_a_number_of_thousands_of_digits(path: str) -> None:
    document = changed(put(path, 1 << 20_000))  # TOML can say it, in hexadecimal

    with pytest.raises(InvalidDocument) as refusal:
        mscos.read_record(document)

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


def _generated() -> list[Document]:
    documents = []

    @settings(max_examples=100)
    @given(mutated(records()))
    def keep(document: Document) -> None:
        documents.append(document)

    keep()
    return documents


def _records() -> Iterator[tuple[str, str, Document]]:
    for schema in EVALUATION:
        for file in EXAMPLES.glob("*/evaluation.toml"):
            yield schema, file.parent.name, read_document(str(file))[0]
        for name, change in (ACCEPTED | REFUSED).items():
            yield schema, name, changed(change)
    for name, change in FAMILY.items():
        yield "evaluation", name, changed(change)
    for number, document in enumerate(_generated()):
        yield "evaluation", f"generated {number}", document


def _core_records() -> Iterator[tuple[str, str, Document]]:
    for schema in CORE_SCHEMAS:
        for reported in SUBSETS[::-9]:
            yield schema, f"reported: {sorted(reported)}", without_results(reported)
        for outcome in CORE:
            for number, document in enumerate(one_missing(outcome)):
                yield schema, f"{outcome} {number}", document


def _others() -> Iterator[tuple[str, str, Document]]:
    for edition in mscos.editions():
        packaged = Path(mscos.__file__).parent / "data" / edition / "taxonomy.json"
        yield "taxonomy", edition, json.loads(packaged.read_bytes())
    yield "report", "safe-house", json.loads(as_json.report(mscos.check(mscos.read_record(SAFE_HOUSE))))


@pytest.fixture(scope="module")
def ajv() -> Asked:
    """Put every fixture to ajv, in one process; give each document with the answer, by schema and name."""
    reason = why_no_ajv()
    if reason is not None:
        if os.environ.get("MSCOS_REQUIRE_AJV") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    fixtures = [*_records(), *_core_records(), *_others()]
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
                "schemaPath": f"#/$defs/reports-{outcome}/else/required",
                "message": f"must have required property '{sentence(outcome)}'",
            },
            {"schemaPath": f"#/$defs/reports-{outcome}/if", "message": 'must match "else" schema'},
        ]
        for case, outcome in cases.items()
    }


def test_ajv_is_pinned_and_its_lock_names_no_host() -> None:
    wanted = json.loads((AJV / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (AJV / "package-lock.json").read_text(encoding="utf-8")

    packages = json.loads(lock)["packages"]

    assert wanted == {"ajv": packages["node_modules/ajv"]["version"]}
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "resolved" not in lock
    assert "://" not in lock
