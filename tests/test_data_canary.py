"""
No cell of a data file, and no header that nobody describes, reaches an output, an error or a file.

Printable are the names of variables that a codebook describes, positions of columns, and paths of codebooks.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import canaries
import mscos
from canaries import (
    CODEBOOKS,
    DESCRIBED,
    FORMS,
    HEADERS,
    LATER,
    MAPPING,
    NUMBER,
    START,
    STEM,
    WRITERS,
    Sealed,
    canaries_in,
    codebook_file,
    csv_text,
    data_file,
    everything_of,
    rows,
    run,
    said_of,
)
from mscos import conformance, intake, pointing
from mscos.codebooks.codebook import Annotation, Codebook, Role, TimeLabel, Variable
from mscos.conformance import check_design
from mscos.dataset import bind_form
from mscos.evidence import Evidence
from mscos.findings import Problem
from mscos.intake import prepared
from mscos.judging import judge
from mscos.records.evaluation import EvaluationRecord
from mscos.rules import RULES
from mscos.screen import screen_form
from probe_rules import everywhere
from profile_tables import BACKENDS
from test_canary import DOCUMENT, ROOT, TEXTS, planted
from written import in_every_form

INTERVENTION = ROOT / "examples/advocacy-service/intervention.toml"

BOOK = Codebook(
    form="a codebook",
    variables=(
        Variable(name="pid", label="Zzyxlabel", role="participant"),
        Variable(name="phase", role="timepoint"),
        Variable(
            name="home", form="Zzyxform", missing_codes=("Zzyxcode",), annotations=(Annotation(outcome="housing"),)
        ),
        Variable(
            name="heal", annotations=(Annotation(outcome="medical", instrument="Zzyxscale"),), columns=("Zzyx99qq",)
        ),
        Variable(name="score", annotations=(Annotation(outcome="purpose", low=0, high=10),)),
    ),
    timepoints=(TimeLabel(START, 0), TimeLabel(LATER, 6)),
)


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    return Sealed(tmp_path, monkeypatch)


def refused(data: object, codebook: object = BOOK, **more: Any) -> str:  # noqa: ANN401
    """All that is said where nothing is judged."""
    with pytest.raises(mscos.MscosError) as caught:
        mscos.check(data=data, codebook=codebook, **more)  # type: ignore[arg-type]
    said = everything_of(caught.value)
    assert said_of(data, codebook, **more)
    return said + said_of(data, codebook, **more)


# What is judged


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_leaks_nothing(
    name: str,
    tmp_path: Path,
    sealed: Sealed,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MSCOS_DEBUG", "0")
    data, codebook = data_file(tmp_path, name), codebook_file(tmp_path, "mapping")
    sealed.seal()

    said = said_of(str(data), str(codebook))
    statuses = []
    for form in FORMS:
        status, written = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--format", form)
        statuses.append(status)
        said += written

    assert canaries_in(said) == []
    assert set(statuses) == {1}
    assert all(variable in said for variable in DESCRIBED)
    assert '"collected": "collected_over_time"' in said
    assert "DAT-04" in said
    assert "Columns that no codebook describes, by position: 6, 7, 8, 9." in said
    assert sealed.leaks == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_dataframe_leaks_nothing(backend: str, sealed: Sealed) -> None:
    frame = BACKENDS[backend](HEADERS, rows())
    sealed.seal()

    said = said_of(frame, BOOK) + repr(mscos.check(data=frame, codebook=BOOK))

    assert canaries_in(said) == []
    assert '"collected": "collected_over_time"' in said
    assert '"DAT-04"' in said
    assert sealed.leaks == []


@pytest.mark.parametrize("dialect", CODEBOOKS)
def test_what_people_write_into_a_codebook_leaks_nothing(dialect: str, tmp_path: Path) -> None:
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, dialect)

    said = said_of(str(data), str(codebook))
    book = mscos.read_codebook(codebook)
    taxonomy = mscos.load_taxonomy("2023.1")
    evidence = Evidence(taxonomy=taxonomy, bound=bind_form(taxonomy, book), screening=screen_form(book))
    probed = judge(evidence, (*RULES, everywhere))
    assert any(finding.rule == "TST-09" for finding in probed.findings)
    said += "".join(in_every_form(each) for each in (probed, check_design(codebook)))

    assert canaries_in(said) == []
    assert all(variable in said for variable in DESCRIBED)
    assert '"collected": "collected_o' in said


def test_the_canonical_layout_leaks_nothing(tmp_path: Path) -> None:
    headers = (
        "participant", "timepoint", "outcome", "value", "instrument", "kind", "reported_by", "direction", "match",
        "missing", "group", "Zzyx90qq",
    )  # fmt: skip
    words = [f"Zzyx{place}qq" for place in range(len(headers))]
    table = [
        (*words[:1], time, outcome, *words[3:]) for time in ("baseline", words[1]) for outcome in ("housing", words[2])
    ]
    WRITERS["comma.csv"](tmp_path / "Zzyx.csv", headers, table)

    said = said_of(str(tmp_path / "Zzyx.csv"))

    assert canaries_in(said) == []
    assert '"STR-04"' in said
    assert '"housing"' in said


def test_labels_that_a_file_has_of_its_own_leak_nothing(tmp_path: Path) -> None:
    """A row of HXL tags describes what it tags for MS-COS, and nothing else."""
    tags = ("#meta+mscos+participant", "#date+mscos+timepoint", "#indicator+mscos+housing", *["#meta+zzyx"] * 6)
    data = tmp_path / "Zzyx.csv"
    data.write_text(csv_text(HEADERS, [tags, *rows()]), encoding="utf-8")

    said = said_of(str(data))

    assert canaries_in(said) == []
    assert '"variable": "home"' in said
    assert '"variable": "heal"' not in said


def test_the_forms_of_events_leak_nothing(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text(f"arm_num,unique_event_name,form\n1,{START},Zzyxform\n1,{LATER},Zzyxother\n")

    said = said_of(str(data_file(tmp_path, "comma.csv")), BOOK, events=str(events))

    assert canaries_in(said) == []
    assert "events.csv" in said


def full_record() -> EvaluationRecord:
    """A record with a canary wherever it takes free text."""
    document = DOCUMENT
    for place in TEXTS:
        changed = planted(document, place, "Zzyxtext qq")
        try:
            mscos.read_record(changed)
        except mscos.CannotRead:
            continue
        document = changed
    assert len(canaries_in(json.dumps(document))) == 1
    return mscos.read_record(document)


def test_a_record_beside_data_leaks_nothing(tmp_path: Path) -> None:
    said = said_of(str(data_file(tmp_path, "comma.csv")), BOOK, record=full_record())

    assert canaries_in(said) == []
    assert '"name": "reported"' in said
    assert '"name": "collected"' in said


def test_a_record_beside_data_with_an_unknown_field_leaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, "mapping")
    record = tmp_path / "record.json"
    changed = deepcopy(DOCUMENT) | {"Zzyxkey": {"Zzyxkey": "Zzyxvalue"}}
    record.write_text(json.dumps(changed))

    for form in FORMS:
        status, said = run(
            capsys, monkeypatch,
            "check", str(data), "--codebook", str(codebook), "--record", str(record), "--format", form,
        )  # fmt: skip

        assert canaries_in(said) == []
        assert status == 3
        assert "record.json" in said


# What is left out, and compared


@pytest.mark.parametrize("header", ["Zzyx90qq", "home"])
def test_a_header_that_is_left_out_is_never_repeated(
    header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, "mapping")

    said = said_of(str(data), str(codebook), exclude=(header,))
    _, written = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--exclude", header)

    assert canaries_in(said + written) == []
    assert "Left out before that: 1." in written


@pytest.mark.parametrize("header", ["Zzyxnowhere", "zzyx90qq", "Zzyx90qqé"])
def test_a_header_to_leave_out_that_is_not_there_is_never_repeated(
    header: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, "mapping")

    said = refused(str(data), str(codebook), exclude=("home", header))
    for command in (("check", str(data), "--codebook", str(codebook)), ("locate", str(data), "SAF-02", "--yes-local")):
        status, written = run(capsys, monkeypatch, *command, "--exclude", header)
        said += written
        assert status == 2

    assert canaries_in(said) == []


def test_a_comparison_with_an_earlier_report_leaks_nothing(
    tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, "mapping")
    earlier, again = tmp_path / "earlier.json", tmp_path / "cwd" / "again.json"
    common = ("check", str(data), "--codebook", str(codebook), "--format", "json")
    sealed.seal()

    run(capsys, monkeypatch, *common, "--output", str(earlier))
    _, said = run(capsys, monkeypatch, *common, "--since", str(earlier), "--output", str(again))

    assert canaries_in(said + earlier.read_text() + again.read_text()) == []
    assert '"since"' in again.read_text()
    assert sealed.leaks == sorted([str(earlier), str(again)])


# What is refused by the screen


def with_cell(place: int, cell: str) -> list[tuple[str, ...]]:
    return [(*cells[:place], cell, *cells[place + 1 :]) for cells in rows()]


SCREENED: dict[str, tuple[Sequence[str], list[tuple[str, ...]], str]] = {
    "a header": ((*HEADERS[:8], "Zzyx surname"), rows(), "column 9: name (SAF-01)"),
    "an address in a header": ((*HEADERS[:8], "zzyx17@example.org"), rows(), "column 9: contact (SAF-01)"),
    "an address in a cell": (HEADERS, with_cell(7, "zzyx17@example.org"), "column 8: email (SAF-02)"),
    "an address in a described cell": (HEADERS, with_cell(2, "zzyx17@example.org"), "column 3 (home): email (SAF-02)"),
    "a number in a cell": (HEADERS, with_cell(8, "Zzyx 07700 900123"), "column 9: phone (SAF-02)"),
}


@pytest.mark.parametrize("case", SCREENED)
@pytest.mark.parametrize("name", ["comma.csv", "new.xlsx", "one.parquet"])
def test_what_the_screen_refuses_leaks_nothing(  # noqa: PLR0913, PLR0917 - fixtures
    case: str,
    name: str,
    tmp_path: Path,
    sealed: Sealed,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    headers, table, expected = SCREENED[case]
    data, codebook = data_file(tmp_path, name, headers, table), codebook_file(tmp_path, "mapping")
    sealed.seal()

    said = refused(str(data), str(codebook))
    for form in FORMS:
        status, written = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--format", form)
        said += written
        assert status == 4

    assert canaries_in(said) == []
    assert "900123" not in said
    assert "example.org" not in said
    assert expected in said
    assert sealed.leaks == []


# What cannot be read

_TEXT = csv_text(HEADERS, rows())
UNREADABLE: dict[str, tuple[str, bytes]] = {
    "a long row": ("a.csv", f"{_TEXT}Zzyxlast{',Zzyxmore' * 20}\n".encode()),
    "a short row": ("a.csv", f"{_TEXT}Zzyxlast,Zzyxmore\n".encode()),
    "a stray mark": ("a.csv", f'{_TEXT}Zzyx"last{",Zzyxmore" * 8}\n'.encode()),
    "a cell that does not end": ("a.csv", f'{_TEXT}"Zzyxlast{",Zzyxmore" * 8}\n'.encode()),
    "a repeated header": ("a.csv", csv_text((*HEADERS[:8], HEADERS[7]), rows()).encode()),
    "a column without a header": ("a.csv", csv_text((*HEADERS[:7], "", HEADERS[8]), rows()).encode()),
    "a header that is a pattern": ("a.csv", csv_text((*HEADERS[:8], "^Zzyx.*$"), rows()).encode()),
    "no rows": ("a.csv", csv_text(HEADERS, []).encode()),
    "bytes that are no text": ("a.csv", _TEXT.encode() + b"Zzyx\x00\x01"),
    "another format": ("a.pdf", b"%PDF Zzyxlast"),
    "JSON that is cut off": ("a.json", f'[{{"Zzyx90qq": "Zzyxlast", "{NUMBER}'.encode()),
    "JSON with a repeated name": ("a.json", b'[{"Zzyx90qq": "Zzyxlast", "Zzyx90qq": "Zzyxmore"}]'),
    "JSON that nests": ("a.json", b'[{"pid": "Zzyxp1", "home": {"Zzyxkey": ["Zzyxlast"]}}]'),
    "lines of JSON that are cut off": ("a.ndjson", b'{"Zzyx90qq": "Zzyxlast"}\n{"Zzyx90qq": "Zzyxm'),
    "a workbook that is none": ("a.xlsx", b"PK\x03\x04 Zzyxlast"),
    "Parquet that is cut off": ("a.parquet", b"PAR1Zzyxlast"),
    "SPSS that is cut off": ("a.sav", b"$FL2Zzyxlast"),
    "Stata that is cut off": ("a.dta", b"<stata_dta>Zzyxlast"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_leaks_nothing(
    case: str, tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, content = UNREADABLE[case]
    data, codebook = tmp_path / f"Zzyxfile-{ending}", codebook_file(tmp_path, "mapping")
    data.write_bytes(content)
    sealed.seal()

    said = refused(str(data), str(codebook))
    for form in FORMS:
        status, written = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--format", form)
        said += written
        assert status == 3

    assert canaries_in(said) == []
    assert "the data file" in said
    assert sealed.leaks == []


@pytest.mark.parametrize("name", ["new.xlsx", "old.xls", "free.ods", "one.parquet", "one.sav", "one.dta"])
def test_a_file_that_is_cut_off_leaks_nothing(name: str, tmp_path: Path) -> None:
    data = data_file(tmp_path, name)
    content = data.read_bytes()
    data.write_bytes(content[: len(content) * 2 // 3])

    said = refused(str(data))

    assert canaries_in(said) == []
    assert "the data file" in said


def test_a_sheet_that_is_not_there_leaks_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, codebook = data_file(tmp_path, "new.xlsx"), codebook_file(tmp_path, "mapping")

    status, said = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--sheet", "Visits")

    assert canaries_in(said) == []
    assert status == 2
    assert "the data file: the workbook has 1 sheet" in said


def test_data_that_nothing_describes_leak_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = data_file(tmp_path, "comma.csv")

    said = refused(str(data), ())
    status, written = run(capsys, monkeypatch, "check", str(data))

    assert canaries_in(said + written) == []
    assert status == 2


BROKEN_CODEBOOKS: dict[str, tuple[str, str]] = {
    "an outcome that is no identifier": ("mapping.csv", MAPPING.replace("housing", "Zzyx outcome")),
    "a role that is none": ("mapping.csv", MAPPING.replace("participant", "Zzyxrole")),
    "a range that is none": ("mapping.csv", MAPPING.replace("0..10", "Zzyxlow..Zzyxhigh")),
    "two places for one label": ("mapping.csv", MAPPING.replace(LATER, START)),
    "a row that is too long": ("mapping.csv", f"{MAPPING}heal,{'Zzyx,' * 20}\n"),
    "a stray mark": ("mapping.csv", f'{MAPPING}heal,"Zzyx"last,\n'),
    "an unknown member": ("codebook.json", CODEBOOKS["own"][1].replace('"label"', '"Zzyxkey"')),
    "a repeated name": ("codebook.json", '{"kind": "codebook", "Zzyxkey": 1, "Zzyxkey": "Zzyxvalue"}'),
    "a list of what is none": ("codebook.json", CODEBOOKS["own"][1].replace('"housing"', '"Zzyx outcome"')),
    "JSON that is cut off": ("codebook.json", CODEBOOKS["own"][1][:-40]),
    "a token in a note": ("redcap.csv", CODEBOOKS["redcap"][1].replace("mscos:housing", "mscos:Zzyx=;")),
    "a token in a hint": ("form.csv", CODEBOOKS["xlsform"][1].replace("mscos:housing", "[mscos:Zzyx time=]")),
    "a note of a field": ("datapackage.json", CODEBOOKS["frictionless"][1].replace("mscos:housing", "[mscos:Zzyx")),
    "a term": ("metadata.json", CODEBOOKS["csvw"][1].replace('"participant"', '"Zzyxrole"')),
    "a concept": ("book.xml", CODEBOOKS["ddi"][1].replace("mscos:housing", "[mscos:Zzyx")),
    "XML that is cut off": ("book.xml", CODEBOOKS["ddi"][1][:-30]),
    "a table of something else": ("other.csv", "Zzyx90qq,Zzyx91qq\nZzyx1qq,Zzyx2qq\n"),
    "the data themselves": ("other.csv", _TEXT),
}


@pytest.mark.parametrize("case", BROKEN_CODEBOOKS)
def test_a_codebook_that_cannot_be_read_leaks_nothing(
    case: str, tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, text = BROKEN_CODEBOOKS[case]
    data, codebook = data_file(tmp_path, "comma.csv"), tmp_path / name
    codebook.write_text(text, encoding="utf-8")
    sealed.seal()

    said = refused(str(data), str(codebook))
    for form in FORMS:
        status, written = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--format", form)
        said += written
        assert status == 3

    assert canaries_in(said) == []
    assert name in said
    assert sealed.leaks == []


def test_an_outcome_that_the_edition_does_not_hold_is_not_repeated(tmp_path: Path) -> None:
    codebook = tmp_path / "mapping.csv"
    codebook.write_text(MAPPING.replace("housing", "zzyxoutcome"))

    said = said_of(str(data_file(tmp_path, "comma.csv")), str(codebook))

    assert canaries_in(said) == []
    assert '"STR-04"' in said


def test_a_name_of_a_dataframe_that_is_none_leaks_nothing() -> None:
    class Frame:
        def __repr__(self) -> str:
            return "Zzyxrepr"

    with pytest.raises(TypeError) as caught:
        mscos.check(data=Frame(), codebook=BOOK)

    assert canaries_in(everything_of(caught.value)) == []


WRONG_PLACES: dict[str, tuple[str, ...]] = {
    "as a record": ("check", "{data}.toml"),
    "as JSON": ("check", "{data}.json"),
    "beside data": ("check", "{data}.csv", "--codebook", "{codebook}", "--record", "{data}.csv"),
    "as events": ("check", "{data}.csv", "--codebook", "{codebook}", "--events", "{data}.csv"),
    "as a codebook": ("check", "{codebook}", "--codebook", "{data}.csv"),
    "as a design": ("check", "{data}.csv", "--design"),
    "as an earlier report": ("check", "{data}.csv", "--codebook", "{codebook}", "--since", "{data}.json"),
    "as a logframe": ("check", str(INTERVENTION), "--logframe", "{data}.csv"),
    "as an intervention": ("logframe", "{data}.json"),
    "as a portfolio": ("portfolio", "{data}.json"),
    "as lines of a portfolio": ("portfolio", "{data}.ndjson"),
}
"""Commands that are given a data file where something else belongs.  The name of what belongs there may be shown."""


@pytest.mark.parametrize("case", WRONG_PLACES)
def test_data_in_the_wrong_place_leak_nothing(
    case: str, tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("csv", "json", "ndjson", "toml"):
        writer = WRITERS["comma.csv" if ending in {"csv", "toml"} else f"one.{ending}"]
        writer(tmp_path / f"visits.{ending}", HEADERS, rows())
    files = {"data": str(tmp_path / "visits"), "codebook": str(codebook_file(tmp_path, "mapping"))}
    sealed.seal()

    status, said = run(capsys, monkeypatch, *(each.format(**files) for each in WRONG_PLACES[case]))

    assert canaries_in(said) == []
    assert status == (2 if case == "as JSON" else 3)  # rows in JSON are data: the codebook is asked for
    assert sealed.leaks == []


@pytest.mark.parametrize("ticks", [False, True])
def test_what_an_export_adds_to_a_described_name_is_not_repeated(ticks: bool) -> None:  # noqa: FBT001 - a case
    headers = ("pid", "phase", "Zzyxgroup/home", "home/Zzyxchoice" if ticks else "Zzyx90qq")
    variables = [replace(each, ticks=ticks) if each.name == "home" else each for each in BOOK.variables]
    table = [[*cells[:2], "1", "1"] for cells in rows()]

    said = said_of(BACKENDS["polars"](headers, table), replace(BOOK, variables=tuple(variables)))

    assert canaries_in(said) == []
    assert '"variable": "home"' in said


def test_what_a_label_of_a_file_gives_away_is_refused_without_the_label(tmp_path: Path) -> None:
    frame = {"pid": ["Zzyx1qq"], "home": ["Zzyx2qq"], "Zzyx90qq": ["Zzyx3qq"]}
    pyreadstat.write_sav(pl.DataFrame(frame), str(tmp_path / "Zzyx.sav"), column_labels=["", "", "Zzyx surname"])

    said = refused(str(tmp_path / "Zzyx.sav"))

    assert canaries_in(said) == []
    assert "column 3: name (SAF-01)" in said


# The other commands on data


@pytest.mark.parametrize("rule", ["SAF-02", "POP-01", "DAT-02", "DAT-04", "DAT-09", "STR-04"])
def test_naming_rows_leaks_nothing(
    rule: str, tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = with_cell(7, "zzyx17@example.org") if rule == "SAF-02" else rows()
    data, codebook = data_file(tmp_path, "comma.csv", table=table), codebook_file(tmp_path, "mapping")
    sealed.seal()

    _, said = run(capsys, monkeypatch, "locate", str(data), rule, "--codebook", str(codebook), "--yes-local")

    assert canaries_in(said) == []
    assert "example.org" not in said
    assert ("row 2, column 8" in said) is (rule == "SAF-02")
    assert ("row 2, column 5 (score)" in said) is (rule == "DAT-04")
    assert sealed.leaks == []


def test_a_draft_holds_headers_in_its_file_and_nothing_on_the_screen(
    tmp_path: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, draft = data_file(tmp_path, "comma.csv"), tmp_path / "draft.csv"
    sealed.seal()

    status, said = run(capsys, monkeypatch, "suggest", str(data), "--output", str(draft))

    assert canaries_in(said) == []
    assert status == 0
    assert canaries_in(draft.read_text()) == sorted(HEADERS[5:])
    assert sealed.leaks == [str(draft)]


@pytest.mark.parametrize(("module", "name", "expected"), [(intake, "profile", 3), (conformance, "judge", 5)])
def test_what_another_library_says_is_never_repeated(  # noqa: PLR0913, PLR0917 - fixtures
    module: ModuleType,
    name: str,
    expected: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Zzyxcell")

    monkeypatch.setenv("MSCOS_DEBUG", "0")
    monkeypatch.setattr(module, name, broken)
    data, codebook = data_file(tmp_path, "comma.csv"), codebook_file(tmp_path, "mapping")

    for form in FORMS:
        status, said = run(capsys, monkeypatch, "check", str(data), "--codebook", str(codebook), "--format", form)

        assert canaries_in(said) == []
        assert status == expected


def test_an_error_while_counting_holds_nothing_of_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Zzyxcell")

    monkeypatch.setattr(intake, "profile", broken)

    assert canaries_in(refused(BACKENDS["polars"](HEADERS, rows()))) == []


def test_what_is_held_shows_neither_headers_nor_labels_when_it_is_printed(tmp_path: Path) -> None:
    taxonomy = mscos.load_taxonomy("2023.1")
    ready = prepared(str(data_file(tmp_path, "one.sav")), BOOK)
    evidence = ready.evidence(taxonomy, None, 10)

    assert repr(ready.codebook) == "Codebook(form='a codebook and the labels of an SPSS file', variables=5)"
    assert repr(evidence.bound) == ("BoundDataset(table=Table(form='SPSS', columns=9), variables=5, edition='2023.1')")
    assert repr(evidence.profile) == "Profile(series=5, cells=6)"
    assert repr(evidence) == "Evidence(edition='2023.1', offered='bound, profile')"
    assert canaries_in(repr((BOOK.variables, BOOK.timepoints))) == []


# Any table

WORDS = st.builds(
    "{}{}".format,
    st.sampled_from(["Zzyx", " zzyx", "ZZYX ", "=zzyx", '"zzyx', "0zzyx", "zzyx@zz.yx", "07700 900123 zzyx"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
ROLES: tuple[Role | None, ...] = ("participant", "timepoint", "adult", "group", None)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], Codebook]:
    """A table of any words; some of its columns are described, as anything."""
    width = draw(st.integers(1, 5))
    described = [f"v{place}" for place in range(draw(st.integers(1, width)))]
    others = draw(st.lists(WORDS, min_size=width - len(described), max_size=width - len(described)))
    cells = st.one_of(WORDS, st.sampled_from([NUMBER, "", "zzyxpre", "zzyxpost", f"{NUMBER}.5"]))
    table = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4))
    roles = draw(st.permutations(ROLES))
    outcomes = draw(st.permutations(["housing", "medical", "ll01", "zzyxoutcome", "safety"]))
    variables = tuple(
        Variable(
            name=name,
            label=draw(WORDS),
            role=role,
            annotations=() if role else (Annotation(outcome=outcome, low=0, high=draw(st.integers(1, 9))),),
            ticks=draw(st.booleans()),
        )
        for name, role, outcome in zip(described, roles, outcomes, strict=False)
    )
    labels = (TimeLabel("zzyxpre", 0), TimeLabel("zzyxpost", 6))
    return [*described, *others], table, Codebook(form="a codebook", variables=variables, timepoints=labels)


@settings(max_examples=50)
@given(made=tables())
def test_no_table_leaks_anything(made: tuple[list[str], list[list[str]], Codebook], tmp_path_factory: Any) -> None:  # noqa: ANN401
    headers, table, codebook = made
    data = tmp_path_factory.getbasetemp() / "Zzyxany.csv"
    data.write_text(csv_text(headers, table), encoding="utf-8", newline="")

    said = said_of(str(data), codebook)
    if len(set(headers)) == len(headers):
        said += said_of(BACKENDS["polars"](headers, table), codebook)

    assert canaries_in(said) == []
    assert "07700" not in said


# That these tests can fail


def test_a_cell_that_a_finding_holds_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def cell(evidence: Evidence) -> Iterator[Problem]:
        if evidence.bound is not None:
            yield Problem(in_data=True, variable=str(evidence.bound.rows.frame.collect().row(0)[2]))

    monkeypatch.setattr(canaries, "everywhere", replace(everywhere, look=cell))

    held_back = canaries_in(said_of(BACKENDS["polars"](HEADERS, rows()), BOOK))
    monkeypatch.setattr(pointing, "_is_described", lambda *_: True)

    assert held_back == []
    assert canaries_in(said_of(BACKENDS["polars"](HEADERS, rows()), BOOK)) == ["Zzyx0qqé"]


def test_headers_in_the_place_of_positions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def headers(evidence: Evidence) -> Iterator[Problem]:
        for place in evidence.bound.undescribed if evidence.bound else ():
            yield Problem(in_data=True, variable=evidence.bound.rows.headers[place] if evidence.bound else None)

    monkeypatch.setattr(canaries, "everywhere", replace(everywhere, look=headers))

    held_back = canaries_in(said_of(BACKENDS["polars"](HEADERS, rows()), BOOK))
    monkeypatch.setattr(pointing, "_is_described", lambda *_: True)

    assert held_back == []
    assert canaries_in(said_of(BACKENDS["polars"](HEADERS, rows()), BOOK)) == sorted(HEADERS[5:])


def test_a_cell_behind_an_error_is_found() -> None:
    cause, context = ValueError("Zzyxcause"), KeyError("Zzyxcontext")
    cause.__context__ = context
    error = mscos.MscosError("ours")
    error.__cause__ = cause
    error.add_note("Zzyxadded")

    assert canaries_in(everything_of(error)) == ["Zzyxadded", "Zzyxcause", "Zzyxcontext"]


def test_a_number_is_found_too() -> None:
    assert canaries_in(f"12{NUMBER}34 {STEM.upper()}90") == [NUMBER, "ZZYX90"]


def test_a_file_that_is_made_and_one_that_is_asked_for_are_found(tmp_path: Path, sealed: Sealed) -> None:
    sealed.seal()
    (tmp_path / "cwd" / "made").write_text("")
    with pytest.raises(AssertionError):
        tempfile.mkstemp()

    assert sealed.leaks == [str(tmp_path / "cwd" / "made"), "mkstemp"]
