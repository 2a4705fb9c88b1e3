from __future__ import annotations

import io
import json
import os
import pickle
import re
import sys
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import mscos
from mscos import Taxonomy, errors
from mscos._files import DEPTH, LIMIT
from written import in_form

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


@pytest.mark.parametrize(
    "name", ["record.toml", "Record.TOML", "record", "record.txt", "record.text", "record.toml.txt"]
)
def test_toml_is_read_by_its_ending_or_by_its_content(tmp_path: Path, name: str) -> None:
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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bad\udcff.json", r"bad\udcff.json"),
        ("two\nlines \x1b[31m.json", r"two\nlines \x1b[31m.json"),
        ("back\u202ewards.json", r"back\u202ewards.json"),
        ("nothing\u3164.json", r"nothing\u3164.json"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
def test_a_path_is_kept_and_reported_as_it_can_be_shown(tmp_path: Path, name: str, shown: str) -> None:
    file = tmp_path / name
    file.write_text(json.dumps(MINIMAL))

    record = mscos.read_record(file)
    report = mscos.check(record)

    assert record.origin is not None
    assert record.origin.path == f"{tmp_path}/{shown}"
    assert f"  Input: {tmp_path}/{shown} (record, sha256 {record.origin.sha256})." in in_form("text", report)
    assert json.loads(in_form("json", report))["stamps"]["inputs"][0]["path"] == f"{tmp_path}/{shown}"


def test_standard_input_is_read_where_a_dash_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-").write_text(json.dumps(MINIMAL | {"title": "A file"}))
    monkeypatch.chdir(tmp_path)
    piped = io.TextIOWrapper(io.BytesIO(b'kind = "evaluation"\nrecord_id = "a"\ntitle = "Piped"\noutcomes = []'))
    monkeypatch.setattr(sys, "stdin", piped)

    record = mscos.read_record("-")

    assert record.title == "Piped"
    assert record.origin is not None
    assert record.origin.path == "standard input"
    assert [mscos.read_record(path).title for path in ("./-", Path("./-"))] == ["A file", "A file"]


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (io.TextIOWrapper(io.BytesIO(b"")), "standard input: the file is empty. Nothing was checked."),
        (io.TextIOWrapper(io.BytesIO(b"{")), "standard input: the JSON has a fault at line 1, column 2. Nothing was checked."),
        (io.TextIOWrapper(io.BytesIO(b"{}")), "standard input: 4 faults. Nothing was checked.\n  /kind: This is missing.\n  /outcomes: This is missing.\n  /record_id: This is missing.\n  /title: This is missing."),
        (io.TextIOWrapper(io.BytesIO(b" " * (LIMIT + 1))), "standard input: the file is larger than 1,048,576 bytes, the limit for a record. Nothing was checked."),
        (io.StringIO("{}"), "standard input: the system does not let us read this file. Nothing was checked."),
        (None, "standard input: the system does not let us read this file. Nothing was checked."),
    ],
)  # fmt: skip
def test_what_is_piped_in_and_is_no_record_gets_a_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, stream: object, said: str
) -> None:
    monkeypatch.setattr(sys, "stdin", stream)

    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record("-")

    assert str(caught.value) == said


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(MINIMAL | {"title": "Maria T"}),
        json.dumps(MINIMAL | {"title": "Maria T " * 100_000}),
        ' \n[{"title": "Maria T"}]',
        "Maria T\n",
        'title = "Maria T"\rkind = "evaluation"',
        "Maria T" * 200,
    ],
)
def test_text_that_is_handed_in_as_a_path_is_not_repeated(text: str) -> None:
    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record(text)

    assert str(caught.value) == (
        "the given text: this is not a path; parse the text and hand in the document. Nothing was checked."
    )
    assert "Maria" not in repr(caught.value)
    assert caught.value.path == "the given text"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_path_that_could_be_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("[draft].json").write_text(json.dumps(MINIMAL))

    assert mscos.read_record("[draft].json").title == "One"
    for path, said in {
        "draft {1}.json": "draft {1}.json: there is no such file. Nothing was checked.",
        "x" * 1024: f"{'x' * 1024}: there is no such file. Nothing was checked.",
        "": "'': this is not a file; name one record. Nothing was checked.",
    }.items():
        with pytest.raises(mscos.CannotRead) as caught:
            mscos.read_record(path)

        assert str(caught.value) == said


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (PermissionError(13, "no"), "the system does not let us read this file"),
        (OSError(22, "no"), "there is no such file"),
    ],
)
@pytest.mark.parametrize("folder", [False, True])
def test_what_the_system_says_is_not_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: OSError, said: str, *, folder: bool
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise refusal

    path = str(tmp_path if folder else tmp_path / "record.json")
    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "stat", refused)

    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record(path)

    sentence = "this is not a file; name one record" if folder and refusal.errno == 13 else said
    assert str(caught.value) == f"{path}: {sentence}. Nothing was checked."
    assert caught.value.__context__ is None


HOSTILE = "a\nmscos: all is well \x1b[31m\u202e\u3164.toml"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.NoSuchFile(HOSTILE), "{}: there is no such file. Nothing was checked."),
        (errors.NotText(HOSTILE, 3), "{}: this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8. The first fault is in line 3. Nothing was checked."),
        (errors.TooLarge(HOSTILE, 1000), "{}: the file is larger than 1,000 bytes, the limit for a record. Nothing was checked."),
        (errors.BadSyntax(HOSTILE, "JSON", 1, 2), "{}: the JSON has a fault at line 1, column 2. Nothing was checked."),
        (errors.OtherKind(HOSTILE, ("evaluation",)), '{}: the record\'s "kind" is not "evaluation". Nothing was checked.'),
        (errors.InvalidDocument(HOSTILE, (mscos.Fault("", HOSTILE),)), "{0}: 1 fault. Nothing was checked.\n  /: {0}"),
        (errors.UnknownEdition(HOSTILE, ("1.0",)), "no edition '{}' is packaged (have: 1.0)"),
        (errors.OtherFingerprint(HOSTILE, HOSTILE, "ab"), "edition '{0}' has the fingerprint ab, not {0}; look at which of the two you meant before you go on"),
        (errors.OtherEdition(HOSTILE, HOSTILE), "the record names edition '{0}' and edition '{0}' was asked for; ask for the one that the record names"),
        (errors.UnknownOutcome(HOSTILE), "edition '{}' has no such outcome"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_no_error_lets_a_name_print_a_line_of_its_own(error: mscos.MscosError, said: str) -> None:
    assert str(error) == said.format(r"a\nmscos: all is well \x1b[31m\u202e\u3164.toml")


@pytest.mark.parametrize("blank", ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"])
def test_a_letter_or_symbol_that_shows_nothing_is_shown_as_an_escape(blank: str) -> None:
    assert str(errors.NoSuchFile(f"a{blank}b")) == rf"a\u{ord(blank):04x}b: there is no such file. Nothing was checked."


CURLY = "there is a curly quotation mark in this line; use a straight one"
COMMENT = "there is a comment here, and JSON has none; take it out"
LAST_COMMA = "there is a comma before a closing bracket; take it out"
COLON = "there is a colon after the name; write an equals sign"
DATE = "write a date as year-month-day"
TRUE = "write true and false in small letters"
UNQUOTED = "write text in quotation marks"


@pytest.mark.parametrize(
    ("content", "line", "column", "hint"),
    [
        ('{"title": “Maria”}', 1, 11, CURLY),
        ('{\n“title”: "Maria"}', 2, 1, CURLY),
        ('{"title": "Maria”,\n"kind": 1}', 1, 19, CURLY),
        ('{"title": "Maria\u2019s plan" "kind": 1}', 1, 26, None),
        ('{"title": "“Maria”" "kind": 1}', 1, 21, None),
        ('{"title": "Maria\u2019s plan\n}', 1, 24, None),
        ('{"title": 1, // Maria\n "kind": 2}', 1, 14, COMMENT),
        ('{\n  /* Maria */ "kind": 2}', 2, 3, COMMENT),
        ('{"title": 1 # Maria\n}', 1, 13, COMMENT),
        ('{"title": "https://x.org/#a" "kind": 1}', 1, 30, None),
        ('{"title": "Maria",}', 1, 18, LAST_COMMA),
        ('{"title": ["Maria",\n  ]\n}', 1, 19, LAST_COMMA),
        ('{"title": [1] ,\n\n}', 1, 15, LAST_COMMA),
        ('{"title": ]}', 1, 11, None),
        ("“" * 20_000, 1, 1, None),
    ],
)
def test_the_usual_cause_of_a_fault_in_json_is_named(
    tmp_path: Path, content: str, line: int, column: int, hint: str | None
) -> None:
    assert syntax_fault(tmp_path / "record.json", content) == ("JSON", line, column, hint)


@pytest.mark.parametrize(
    ("content", "line", "column", "hint"),
    [
        ("a = 1\ntitle = “Maria”\n", 2, 9, CURLY),
        ("title = \u2018Maria\u2019", 1, 9, CURLY),
        ('“title” = "Maria"', 1, 1, CURLY),
        ('title = "Maria”\nkind = 1', 1, 16, CURLY),
        ('title = "Maria”\n\n', 1, 16, CURLY),
        ('title = "Maria”', None, None, CURLY),
        ('title = "Maria\u2019s plan" "“”"', 1, 24, None),
        ('title = "Maria" x # “Maria”', 1, 17, None),
        ('title: "Maria"', 1, 6, COLON),
        ('"title" : 1', 1, 9, COLON),
        ("- outcome: housing", 1, 3, COLON),
        ('title "Maria: x"', 1, 7, None),
        ("created = 03/04/2025", 1, 12, DATE),
        ("created = 2025/4/3", 1, 15, DATE),
        ("created = 3.4.2025", 1, 14, DATE),
        ("created = 2025-4-3", 1, 15, DATE),
        ("created = 2025-02-30", 1, 11, None),
        ('created = "03/04/2025" "03/04/2025"', 1, 24, None),
        ("planned = True", 1, 11, TRUE),
        ("planned = FALSE", 1, 11, TRUE),
        ("planned = true x", 1, 16, None),
        ("title = Maria", 1, 9, UNQUOTED),
        ("title = nan x", 1, 13, None),
        ("population = { min_age = 18, adults_only = True }", 1, 44, TRUE),
        ("eight people = good", 1, 7, None),
        ("title == 1", 1, 8, None),
    ],
)
def test_the_usual_cause_of_a_fault_in_toml_is_named(
    tmp_path: Path, content: str, line: int | None, column: int | None, hint: str | None
) -> None:
    assert syntax_fault(tmp_path / "record.toml", content) == ("TOML", line, column, hint)


def syntax_fault(file: Path, content: str) -> tuple[str, int | None, int | None, str | None]:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(errors.BadSyntax) as caught:
        mscos.read_record(file)
    error = caught.value
    place = f"at line {error.line}, column {error.column}" if error.line else "at the end of the file"
    cause = f": {error.hint}" if error.hint else ""
    assert str(error) == f"{file}: the {error.language} has a fault {place}{cause}. Nothing was checked."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes
    return error.language, error.line, error.column, error.hint


@pytest.mark.parametrize(
    "content",
    [
        ".".join("a" * DEPTH) + " = 1",
        'a = "' + "b." * 100 + '"',
        'a = """\n' + "b." * 100 + '"""',
        "# " + "b." * 100 + "\na = [1.5, 2.5]",
        "\n".join(f"a{number}.b = 1" for number in range(100)),
    ],
)
def test_dots_that_do_not_nest_too_deeply_are_no_fault_of_their_own(tmp_path: Path, content: str) -> None:
    file = tmp_path / "record.toml"
    file.write_text(content)

    with pytest.raises(mscos.InvalidDocument):
        mscos.read_record(file)


def nested(depth: int) -> str:
    return '{"kind": "evaluation", "title": ' + "[" * depth + "]" * depth + "}"


BAD_FILES: dict[str, tuple[str, bytes | Callable[[Path], object] | None, str]] = {
    "a missing file": ("gone.json", None, "there is no such file. Nothing was checked."),
    "a name that is too long": ("x" * 300, None, "there is no such file. Nothing was checked."),
    "a name with a NUL": ("x\0.json", None, "there is no such file. Nothing was checked."),
    "a file below a file": ("here.json/gone.json", lambda path: path.parent.write_text("{}"), "there is no such file. Nothing was checked."),
    "a folder": ("folder.json", Path.mkdir, "this is not a file; name one record. Nothing was checked."),
    "an empty file": ("empty.json", b"", "the file is empty. Nothing was checked."),
    "a file of blanks": ("blank.toml", b" \n\t\n", "the file is empty. Nothing was checked."),
    "binary rubbish": ("rubbish.json", bytes(range(128, 256)), "this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8. Nothing was checked."),
    "UTF-16": ("wide.toml", "kind".encode("utf-16"), "this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8. Nothing was checked."),
    "UTF-16 that does not say so": ("wide.toml", "kind".encode("utf-16-le"), "this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8. Nothing was checked."),
    "text in an older encoding": ("old.toml", b'\xef\xbb\xbfkind = "evaluation"\n\ntitle = "Zo\xeb"\n', "this is not UTF-8 text; in the editor, choose Save as and the encoding UTF-8. The first fault is in line 3. Nothing was checked."),
    "a workbook": ("record.xlsx", b"PK\x03\x04\x14\x00", "this is a workbook or another binary file; a record is a text file in TOML or JSON. Nothing was checked."),
    "a workbook with another ending": ("record.toml", b"PK\x03\x04\x14\x00", "this is a workbook or another binary file; a record is a text file in TOML or JSON. Nothing was checked."),
    "an old workbook": ("record.xls", b"\xd0\xcf\x11\xe0\xa1", "this is a workbook or another binary file; a record is a text file in TOML or JSON. Nothing was checked."),
    "broken JSON": ("broken.json", b'{"kind": "evaluation",\n "title" "Maria"}', "the JSON has a fault at line 2, column 10. Nothing was checked."),
    "JSON that is cut off": ("cut.json", b'{"kind": "evalu', "the JSON has a fault at line 1, column 10. Nothing was checked."),
    "broken TOML": ("broken.toml", b'kind = "evaluation"\ntitle = Maria\n', "the TOML has a fault at line 2, column 9: write text in quotation marks. Nothing was checked."),
    "TOML that is cut off": ("cut.toml", b'kind = "evaluation"\ntitle = """Maria', "the TOML has a fault at the end of the file. Nothing was checked."),
    "a repeated table in TOML": ("twice.toml", b"[maria]\n[maria]\n", "the TOML has a fault at line 2, column 7. Nothing was checked."),
    "deeply nested JSON": ("deep.json", nested(100_000).encode(), "the document is nested too deeply to be a record. Nothing was checked."),
    "JSON nested a little too deeply": ("deep.json", nested(DEPTH + 1).encode(), "the document is nested too deeply to be a record. Nothing was checked."),
    "deeply nested TOML": ("deep.toml", b"a = " + b"[" * 5_000 + b"]" * 5_000, "the document is nested too deeply to be a record. Nothing was checked."),
    "TOML with a long dotted name": ("long.toml", b"a." * 200_000 + b"a = 1", "the document is nested too deeply to be a record. Nothing was checked."),
    "TOML with a long dotted name in quotation marks": ("long.toml", b"x = {" + b"\"a\" . 'a' ." * 50_000 + b"a = 1}", "the document is nested too deeply to be a record. Nothing was checked."),
    "TOML with a long dotted heading": ("long.toml", b"[" + b"a." * 200_000 + b"a]", "the document is nested too deeply to be a record. Nothing was checked."),
    "an enormous file": ("huge.json", b" " * (LIMIT + 1), "the file is larger than 1,048,576 bytes, the limit for a record. Nothing was checked."),
    "a list": ("list.json", b'["evaluation"]', "a record is an object with named fields, and this is something else. Nothing was checked."),
    "another format": ("record.yaml", b"kind: evaluation\n", "this is neither JSON nor TOML; save it as a text file whose name ends in .toml or .json. Nothing was checked."),
    "prose": ("record.txt", b"Eight people had a home: good = better.\n", "this is neither JSON nor TOML; save it as a text file whose name ends in .toml or .json. Nothing was checked."),
    "a page of the web": ("record.html", b'<html lang="en">', "this is neither JSON nor TOML; save it as a text file whose name ends in .toml or .json. Nothing was checked."),
    "TOML with a fault and another ending": ("evaluation.toml.txt", b'# ours\n\nkind = "evaluation"\ntitle "x"\n', "the TOML has a fault at line 4, column 7. Nothing was checked."),
    "JSON with a fault and another ending": ("evaluation.json.txt", b'\n{"kind"}', "the JSON has a fault at line 2, column 8. Nothing was checked."),
    "a table": ("data.csv", b"pid,house_ok\n1,2\n", "this is neither JSON nor TOML; save it as a text file whose name ends in .toml or .json. Nothing was checked."),
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

    shown = str(file).replace("\0", r"\x00")
    assert str(caught.value) == f"{shown}: {said}"
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
        "/: The 3rd field here has no place. Take it out, or mend its name.",
        '/: The 4th field here has no place. Take it out, or mend its name. Did you mean "title"?',
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
        "/outcomes/2/measures: Write a list here; in TOML, `[[…]]` with two brackets begins each entry.",
        "/outcomes/2/planned: Write true or false here, without quotation marks.",
        "/outcomes/3/outcome: This is not an identifier of an outcome. Use one of: "
        "housing, safety, support, services, purpose, medical, education, or an identifier of the long-list.",
        "/outcomes/4: Write named fields here.",
        '/population: The 1st field here has no place. Take it out, or mend its name. Did you mean "adults_only"?',
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
        "/edition: The record is read by edition example1, and it names another one. "
        'Read it by the one that it names, or bring it to this one with "mscos migrate".'
    ]
    assert faults_of(MINIMAL | {"outcomes": [{"outcome": "housing"}]}, example1) == [
        "/outcomes/0/outcome: This is not an identifier of an outcome. Use one of: soil, water, shade, "
        "or an identifier of the long-list."
    ]


def test_null_below_an_unknown_field_does_not_name_the_field() -> None:
    assert faults_of(MINIMAL | {"maria": {"born": None}}) == [
        "/: The 5th field here has no place. Take it out, or mend its name.",
        "/: There is nothing here. Leave the field out instead.",
    ]


def test_a_document_with_keys_that_are_not_text_is_refused() -> None:
    odd: dict[object, object] = {7: "x", b"title": "x", None: "x", "\ud800": "x"}

    assert faults_of({**MINIMAL, **odd}) == [  # type: ignore[dict-item]
        f"/: The {number}th field here has no place. Take it out, or mend its name." for number in (5, 6, 7, 8)
    ]


def test_a_codelist_and_an_edition_are_written_in_quotation_marks(example1: Taxonomy) -> None:
    document = MINIMAL | {
        "edition": 2023.1,
        "schema_version": 1,
        "population": {"n_band": 10, "nrm": ["in_nrm"]},
        "other_outcomes": [{"label": "x", "domain": 6}],
    }

    assert faults_of(document) == [
        '/edition: Write the edition in quotation marks, such as "2023.1".',
        "/other_outcomes/0/domain: Write one of these in quotation marks: "
        '"d01", "d02", "d03", "d04", "d05", "d06", "d07", "d08", "d09", "d10".',
        '/population/n_band: Write one of these in quotation marks: "under_10", "10_29", "30_99", "100_plus".',
        "/population/nrm: Write one of these in quotation marks: "
        '"in_nrm", "post_nrm", "never_nrm", "mixed", "not_known".',
        '/schema_version: Write one of these in quotation marks: "1".',
    ]
    assert faults_of(MINIMAL | {"schema_version": "2", "population": {"n_band": "100plus"}}) == [
        '/population/n_band: Use one of: "under_10", "10_29", "30_99", "100_plus". Did you mean "100_plus"?',
        '/schema_version: Use one of: "1".',
    ]
    assert faults_of(MINIMAL | {"edition": 1}, example1) == [
        '/edition: Write the edition in quotation marks, such as "example1".'
    ]
    assert faults_of(MINIMAL | {"edition": None}) == ["/edition: There is nothing here. Leave the field out instead."]


@pytest.mark.parametrize("edition", [2023.1, 2023, ["2023.1"], None])
def test_an_edition_that_is_not_named_as_text_is_a_mistake_in_the_program(edition: object) -> None:
    with pytest.raises(TypeError, match=r"^name the edition as text, such as '2023\.1'$"):
        mscos.load_taxonomy(edition)  # type: ignore[arg-type]


def test_an_edition_asked_for_as_a_number_is_a_mistake_in_the_program() -> None:
    for named in ({}, {"edition": "2023.1"}):
        with pytest.raises(TypeError, match=r"^name the edition as text, such as '2023\.1'$"):
            mscos.check(mscos.read_record(MINIMAL | named), edition=2023.1)  # type: ignore[arg-type]


def test_a_table_where_a_list_belongs_gets_the_brackets_that_toml_wants(tmp_path: Path) -> None:
    file = tmp_path / "record.toml"
    file.write_text(
        'kind = "evaluation"\nrecord_id = "a"\ntitle = "b"\n[[outcomes]]\noutcome = "housing"\n'
        '[outcomes.measures]\nkind = "outcome"\n[timepoints]\nmaria = 1\n'
    )

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(file)

    assert [str(fault) for fault in caught.value.faults] == [
        "/outcomes/0/measures: Write a list here; in TOML, `[[…]]` with two brackets begins each entry.",
        "/timepoints: Write a list here; in TOML, `[[…]]` with two brackets begins each entry.",
    ]


def test_each_field_that_has_no_place_is_numbered_as_it_stands_in_its_object() -> None:
    document = {f"maria{number}": number for number in range(1, 24)} | MINIMAL
    document["outcomes"] = [{"outcome": "housing", "maria": 1, "planed": True}]
    th = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}

    assert faults_of(document) == [
        *(
            f"/: The {number}{th.get(number, 'th')} field here has no place. Take it out, or mend its name."
            for number in range(1, 24)
        ),
        "/outcomes/0: The 2nd field here has no place. Take it out, or mend its name.",
        '/outcomes/0: The 3rd field here has no place. Take it out, or mend its name. Did you mean "planned"?',
    ]


@pytest.mark.parametrize("number", [50, 51, 2_050])
def test_fifty_faults_are_listed_and_the_others_counted(number: int) -> None:
    unknown = {f"maria{each}": each for each in range(number - 2)}

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(MINIMAL | {"edition": "1999.1", "title": ""} | unknown)

    first, *lines, last = str(caught.value).split("\n")
    more = [] if number == 50 else [f"  /: …and {number - 50:,} more."]
    assert first == f"the record: {number:,} faults. Nothing was checked."
    assert lines[0] == "  /: The 6th field here has no place. Take it out, or mend its name."
    assert len(lines) + 1 == 50 + len(more)
    assert [last] == (more or ["  /title: Write one line of text."])
    assert caught.value.number == number
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


class Unlisted:
    """A sequence by its behaviour only."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: int) -> object:
        return [{"outcome": "hosing"}][index]


@pytest.mark.parametrize(
    "outcomes",
    [
        (entry for entry in [{"outcome": "hosing"}]),
        iter([{"outcome": "hosing"}]),
        {"one": {"outcome": "hosing"}}.values(),
        {"outcome": "hosing"}.items(),
        {"outcome": "hosing"}.keys(),
        deque([{"outcome": "hosing"}]),
        map(dict, [{"outcome": "hosing"}]),
        frozenset({"hosing"}),
        {"hosing"},
        range(1),
        Unlisted(),
        "hosing",
        b"hosing",
        7,
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_a_list_is_a_list(outcomes: object) -> None:
    assert faults_of(MINIMAL | {"outcomes": outcomes}) == ["/outcomes: Write a list here."]


def test_what_is_no_part_of_a_document_has_no_place_anywhere_in_it() -> None:
    made = mscos.read_record(MINIMAL | {"outcomes": [{"outcome": "housing"}]})
    document = {
        "kind": "evaluation",
        "record_id": Path("one"),
        "title": b"One",
        "cos_declared": object(),
        "created": Decimal(1),
        "design": object(),
        "followup_months": [Decimal(1), (6 for _ in "1")],
        "maria": iter("maria"),
        "outcomes": (made.outcomes[0], {"outcome": "safety", "measures": iter(())}),
        "population": made,
    }

    assert faults_of(document) == [
        "/: The 8th field here has no place. Take it out, or mend its name.",
        "/cos_declared: Write true or false here, without quotation marks.",
        "/created: Write text here, in quotation marks.",
        "/design: Write one of these in quotation marks: "
        '"single_group_pre_post", "comparison_group", "randomised", "cross_sectional", "qualitative", "mixed", '
        '"monitoring_only".',
        "/followup_months/0: Write a number here, without quotation marks.",
        "/followup_months/1: Write a number here, without quotation marks.",
        "/outcomes/0: Write named fields here.",
        "/outcomes/1/measures: Write a list here.",
        "/population: Write named fields here.",
        "/record_id: Write text here, in quotation marks.",
        "/title: Write text here, in quotation marks.",
    ]


class Word(str):
    """Text that says that it equals everything."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 7

    def __str__(self) -> str:
        return "another"


class Number(IntEnum):
    SIX = 6


class Size(float):
    """A number with a fraction, of a kind of its own."""


class Objects(Mapping[str, object]):
    """A mapping that is no dict."""

    def __init__(self, **members: object) -> None:
        self._members = members

    def __getitem__(self, name: str) -> object:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


class Twice(Objects):
    """A mapping that gives one name twice, as some multi-dicts do."""

    def items(self) -> Any:  # noqa: ANN401
        return [*super().items(), *super().items()]


def test_mappings_lists_and_values_of_other_kinds_become_those_of_python() -> None:
    class Entries(list[object]):
        """A list that holds something else when it is looked at by its length."""

        def __len__(self) -> int:
            return 0

    record = mscos.read_record(
        Objects(
            kind=Word("evaluation"),
            record_id="one",
            title=Word("One"),
            followup_months=(Number.SIX, Size(1.5)),
            outcomes=Entries([Objects(outcome=Word("housing")), OrderedDict(outcome="safety")]),
            population=MappingProxyType({"min_age": Size(18)}),
        )
    )

    assert record.model_dump(mode="python", exclude_defaults=True) == {
        "kind": "evaluation",
        "record_id": "one",
        "title": "One",
        "followup_months": (6, 1.5),
        "outcomes": ({"outcome": "housing"}, {"outcome": "safety"}),
        "population": {"min_age": 18.0},
    }
    assert {type(value) for value in (record.title, record.outcomes[0].outcome)} == {str}
    assert [type(value) for value in record.followup_months] == [float, float]


def test_an_edition_is_held_against_what_is_written_whatever_kind_of_text_it_is() -> None:
    outcomes = Objects(outcome=Word("hosing"))

    assert faults_of(MINIMAL | {"outcomes": [outcomes, {"outcome": Number.SIX}], "cos_declared": Number.SIX}) == [
        "/cos_declared: Write true or false here, without quotation marks.",
        '/outcomes/0/outcome: This is not an identifier of an outcome. Did you mean "housing"?',
        "/outcomes/1/outcome: Write text here, in quotation marks.",
    ]


def test_a_mapping_that_gives_a_name_twice_is_refused() -> None:
    for document in (Twice(kind="evaluation"), MINIMAL | {"population": Twice(min_age=18)}):
        with pytest.raises(mscos.InvalidDocument) as caught:
            mscos.read_record(document)

        assert str(caught.value) == (
            "the record: 1 fault. Nothing was checked.\n  /: An object holds the same name twice. Keep one."
        )


@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 28 + "1," * 500_000,
        f"[{'.'.join('a' * 33)}]\n" + "\n".join(f"{'.'.join('a' * 32)}.b{number} = 1" for number in range(14_000)),
    ],
    ids=["an open list", "dotted names as long as can be"],
)
def test_the_slowest_toml_that_we_know_of_ends_soon(tmp_path: Path, content: str) -> None:
    file = tmp_path / "record.toml"
    file.write_text(content)
    assert 900_000 < file.stat().st_size <= LIMIT
    begun = time.process_time()

    with pytest.raises(mscos.CannotRead):
        mscos.read_record(file)

    assert time.process_time() - begun < 20
