from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import mscos
from mscos import Taxonomy
from mscos._files import DEPTH, LIMIT

MINIMAL: dict[str, object] = {"kind": "evaluation", "record_id": "one", "title": "One", "outcomes": []}


def faults_of(document: dict[str, object], taxonomy: Taxonomy | None = None) -> list[str]:
    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(document, taxonomy=taxonomy)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["record.json", "RECORD.JSON", "record", "record.txt"])
def test_json_is_read_by_its_ending_or_its_first_character(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps(MINIMAL))

    assert mscos.read_record(file).title == "One"


@pytest.mark.parametrize("name", ["record.toml", "Record.TOML", "record"])
def test_toml_is_read_by_its_ending_or_without_one(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(
        b'\xef\xbb\xbf# a comment\nkind = "evaluation"\nrecord_id = "one"\ntitle = "Un\xc3\xa9"\noutcomes = []\n'
    )

    assert mscos.read_record(file).title == "Uné"


def test_a_day_may_stand_in_toml_as_a_date_or_as_text(tmp_path: Path) -> None:
    file = tmp_path / "record.toml"
    file.write_text(
        'kind="evaluation"\nrecord_id="one"\ntitle="x"\ncreated=2024-02-29\nupdated="2025-03-01"\noutcomes=[]'
    )

    record = mscos.read_record(file)

    assert (record.created, record.updated) == ("2024-02-29", "2025-03-01")


def test_a_record_knows_its_file_and_its_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(json.dumps(MINIMAL).encode())

    origin = mscos.read_record(str(file)).origin

    assert origin is not None
    assert origin.path == str(file)
    assert re.fullmatch("[0-9a-f]{64}", origin.sha256)
    assert mscos.read_record(MINIMAL).origin is None


def nested(depth: int) -> str:
    return '{"kind": "evaluation", "title": ' + "[" * depth + "]" * depth + "}"


BAD_FILES: dict[str, tuple[str, bytes | Callable[[Path], object] | None, str]] = {
    "a missing file": ("gone.json", None, "there is no such file. Nothing was checked."),
    "a file below a file": ("here.json/gone.json", lambda path: path.parent.write_text("{}"), "there is no such file. Nothing was checked."),
    "a folder": ("folder.json", Path.mkdir, "this is not a file; name one record. Nothing was checked."),
    "an empty file": ("empty.json", b"", "the file is empty. Nothing was checked."),
    "a file of blanks": ("blank.toml", b" \n\t\n", "the file is empty. Nothing was checked."),
    "binary rubbish": ("rubbish.json", bytes(range(128, 256)), "this is not UTF-8 text; save the record as UTF-8. Nothing was checked."),
    "UTF-16": ("wide.toml", "kind".encode("utf-16"), "this is not UTF-8 text; save the record as UTF-8. Nothing was checked."),
    "broken JSON": ("broken.json", b'{"kind": "evaluation",\n "title" "Maria"}', "the JSON has a fault at line 2, column 10. Nothing was checked."),
    "JSON that is cut off": ("cut.json", b'{"kind": "evalu', "the JSON has a fault at line 1, column 10. Nothing was checked."),
    "broken TOML": ("broken.toml", b'kind = "evaluation"\ntitle = Maria\n', "the TOML has a fault at line 2, column 9. Nothing was checked."),
    "TOML that is cut off": ("cut.toml", b'kind = "evaluation"\ntitle = """Maria', "the TOML has a fault at the end of the file. Nothing was checked."),
    "a repeated table in TOML": ("twice.toml", b"[maria]\n[maria]\n", "the TOML has a fault at line 2, column 7. Nothing was checked."),
    "deeply nested JSON": ("deep.json", nested(100_000).encode(), "the document is nested too deeply to be a record. Nothing was checked."),
    "JSON nested a little too deeply": ("deep.json", nested(DEPTH + 1).encode(), "the document is nested too deeply to be a record. Nothing was checked."),
    "deeply nested TOML": ("deep.toml", b"a = " + b"[" * 5_000 + b"]" * 5_000, "the document is nested too deeply to be a record. Nothing was checked."),
    "an enormous file": ("huge.json", b" " * (LIMIT + 1), "the file is larger than 4,194,304 bytes, the limit for a record. Nothing was checked."),
    "a list": ("list.json", b'["evaluation"]', "a record is an object with named fields, and this is something else. Nothing was checked."),
    "another format": ("record.yaml", b"kind: evaluation\n", "this is neither JSON nor TOML; write the record as one of the two. Nothing was checked."),
    "a table": ("data.csv", b"pid,house_ok\n1,2\n", "this is neither JSON nor TOML; write the record as one of the two. Nothing was checked."),
    "a record of another kind": ("other.json", b'{"kind": "intervention", "title": "Maria"}', 'the record\'s "kind" is not "evaluation". Nothing was checked.'),
    "a kind that is no text": ("other.json", b'{"kind": ["evaluation"]}', 'the record\'s "kind" is not "evaluation". Nothing was checked.'),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_is_no_record_gets_a_clear_sentence(tmp_path: Path, case: str) -> None:
    name, content, said = BAD_FILES[case]
    file = tmp_path / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        content(file)

    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record(file)

    assert str(caught.value) == f"{file}: {said}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"kind": "evaluation", "maria": 1, "maria": 2}', "/: An object holds the same name twice. Keep one."),
        (b'{"kind": ' + b"1" * 5000 + b"}", "/: A number is too long."),
    ],
)
def test_json_that_only_some_programs_would_read_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(content)

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(file)

    assert [str(fault) for fault in caught.value.faults] == [said]
    assert caught.value.__context__ is None


def test_all_faults_are_reported_at_once_in_their_order_and_without_a_value() -> None:
    document = {
        "kind": "evaluation",
        "record_id": "Maria T",
        "maria": 1,
        "titel": "x",
        "created": "2026-02-29",
        "language": "english please",
        "followup_months": [6, True, -1, 5000, float("inf")],
        "organisation": None,
        "licence": "x" * 10_001,
        "population": {"adults_ony": True, "nrm": "in nrm", "min_age": "18"},
        "outcomes": [
            {"outcome": "Access to medical and healthcare services"},
            {"outcome": "housing", "omission": {"reason": "Relevant"}, "result": {}},
            {"outcome": "housing", "planned": "yes", "measures": {}},
            {"outcome": "zzz"},
            "safety",
        ],
        "other_outcomes": [{"label": "\u200b", "domain": "D06"}, {"label": "a\nb", "result": {"timepoint": "\ud800"}}],
    }

    reasons = (
        "access, feasibility, funding, preconceptions, relevance, time, no_instrument, participant_safety, "
        "participant_choice, partner_covers"
    )
    assert faults_of(document) == [
        "/: There is a field that has no place here. Take it out, or mend its name.",
        '/: There is a field that has no place here. Take it out, or mend its name. Did you mean "title"?',
        "/created: Write a day that exists, as year-month-day with digits.",
        "/followup_months/1: Write a number here, without quotation marks.",
        "/followup_months/2: Write a number from 0 on.",
        "/followup_months/3: Write a number up to 1200.",
        "/followup_months/4: Write a number that is finite.",
        "/language: Use a language tag, such as en.",
        "/licence: Write at most 10,000 characters.",
        "/organisation: There is nothing here. Leave the field out instead.",
        '/other_outcomes/0/domain: Use one of: d01, d02, d03, d04, d05, d06, d07, d08, d09, d10. Did you mean "d06"?',
        "/other_outcomes/0/label: Write one line of text.",
        "/other_outcomes/1/label: Write one line of text.",
        "/other_outcomes/1/result/timepoint: This text is not valid Unicode.",
        '/outcomes/0/outcome: This is not an identifier of an outcome. Did you mean "medical"?',
        "/outcomes/1: The outcome is both left out and measured. Keep the omission, or the measures and the result.",
        f'/outcomes/1/omission/reason: Use one of: {reasons}. Did you mean "relevance"?',
        '/outcomes/2: There are two entries for "housing". Keep one.',
        "/outcomes/2/measures: Write a list here.",
        "/outcomes/2/planned: Write true or false here, without quotation marks.",
        "/outcomes/3/outcome: This is not an identifier of an outcome. Use one of: "
        "housing, safety, support, services, purpose, medical, education, or an identifier of the long-list.",
        "/outcomes/4: Write named fields here.",
        '/population: There is a field that has no place here. Take it out, or mend its name. Did you mean "adults_only"?',
        "/population/min_age: Write a number here, without quotation marks.",
        '/population/nrm: Use one of: in_nrm, post_nrm, never_nrm, mixed, not_known. Did you mean "in_nrm"?',
        "/record_id: Use lowercase letters, digits and single hyphens only.",
        "/title: This is missing.",
    ]


def test_an_outcome_that_is_not_in_the_edition_names_the_rule_that_says_more() -> None:
    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(MINIMAL | {"outcomes": [{"outcome": "hosing"}], "title": ""})

    assert [(fault.pointer, fault.rule) for fault in caught.value.faults] == [
        ("/outcomes/0/outcome", "STR-04"),
        ("/title", "STR-01"),
    ]


def test_an_edition_that_is_not_packaged_is_a_fault_that_names_those_that_are() -> None:
    assert faults_of(MINIMAL | {"edition": "1999.1"}) == [
        "/edition: There is no such edition here. Use one of: 2023.1."
    ]


def test_a_record_is_read_by_the_edition_that_is_given(example1: Taxonomy) -> None:
    record = mscos.read_record(MINIMAL | {"outcomes": [{"outcome": "soil"}]}, taxonomy=example1)

    assert record.read_by == example1.fingerprint
    assert faults_of(MINIMAL | {"edition": "2023.1"}, example1) == [
        "/edition: The record is read by edition example1, and it names another one."
    ]
    assert faults_of(MINIMAL | {"outcomes": [{"outcome": "housing"}]}, example1) == [
        "/outcomes/0/outcome: This is not an identifier of an outcome. Use one of: soil, water, shade, "
        "or an identifier of the long-list."
    ]


def test_null_below_an_unknown_field_does_not_name_the_field() -> None:
    assert faults_of(MINIMAL | {"maria": {"born": None}}) == [
        "/: There is a field that has no place here. Take it out, or mend its name.",
        "/: There is nothing here. Leave the field out instead.",
    ]


def test_a_document_with_keys_that_are_not_text_is_refused() -> None:
    assert faults_of({**MINIMAL, 7: "x"}) == [  # type: ignore[dict-item]
        "/: There is a field that has no place here. Take it out, or mend its name."
    ]
