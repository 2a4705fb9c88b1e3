"""Logframes: written as a skeleton, filled in, read back, and judged in place of the record's own."""

from __future__ import annotations

import csv
import io
import json
import pickle
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import mscos
from mscos import InterventionRecord, Taxonomy, _files, cli, errors
from mscos.conformance import check_intervention
from mscos.exporters.logframe import EXPORTERS, csv_file, csv_text, xlsx_file
from mscos.logframes import COLUMNS, Logframe, read_logframe, read_logframe_file, shielded, skeleton, unshielded
from mscos.records.intervention import LogframeRow
from mscos.records.origin import Origin
from mscos.workbooks import sheets

CANARY = "Marisol Quetzalcoatl 07700 900123"
HEADING = "activity,output,outcomes,indicator,means_of_verification,assumption,risk\n"
FORMATS = sorted(EXPORTERS)

NASTY = (
    "=HYPERLINK(1)",
    "+44 calls",
    "-1 night outside",
    "@home",
    "  =1+1",
    "\u200f=1+1",
    "\uff1d1+1",
    "'=already shielded",
    "''@twice",
    "'tis a plain apostrophe",
    'says "hello", then leaves',
    "one, two; three",
    'a;=1+1,@b; "-c',
    "a,'=b",
    " spaces at both ends ",
    "00123",
    "1-2",
    "TRUE",
    "_x000D_ looks like an escape",
    "<b>&amp;</b>",
    "Ünïcødé, 日本語, 🏠",
    "abc\u202edesrever\u202c",
    "zero\u200bwidth",
)


def record(**fields: object) -> InterventionRecord:
    return mscos.read_intervention(
        {"kind": "intervention", "record_id": "evening-classes", "title": "Evening classes", "addresses": []} | fields
    )


def covered(outcome: str, *activities: str, how: str = "directly") -> dict[str, object]:
    return {"outcome": outcome, "how": how, "activities": list(activities)}


def row(activity: str | None, *outcomes: str, **cells: str) -> LogframeRow:
    return LogframeRow(activity=activity, outcomes=outcomes, **cells)


def workbook(path: Path, sheets: dict[str, Iterable[Iterable[object]]]) -> Path:
    """Write a workbook as a spreadsheet would: formulas as formulas, numbers as numbers."""
    written = xlsxwriter.Workbook(path)
    for name, table in sheets.items():
        sheet = written.add_worksheet(name)
        for position, cells in enumerate(table):
            sheet.write_row(position, 0, cells)
    written.close()
    return path


def repacked(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Change the text of every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


Ran = tuple[int, str, str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["mscos", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(str(ended.value.code)), said.out, said.err

    return ran


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    """An intervention that leaves every decision about its logframe open."""
    path = tmp_path / "intervention.json"
    document = {
        "kind": "intervention",
        "record_id": "evening-classes",
        "title": "Evening classes",
        "edition": "2023.1",
        "addresses": [
            {"outcome": "education", "how": "directly", "activities": ["Evening classes", "Help with forms"]},
            {"outcome": "housing", "how": "by_partner", "partner": {"organisation": "Roof"}},
            {"outcome": "medical", "how": "by_referral", "activities": ["Registration with a doctor"]},
            {"outcome": "safety", "how": "not_addressed", "activities": ["Nothing yet"]},
        ],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


# What the skeleton holds


def test_there_is_a_row_for_each_activity_of_each_outcome_that_is_covered_here_or_by_a_partner() -> None:
    rows = skeleton(
        record(
            addresses=[
                covered("education", "Evening classes", "Help with forms"),
                covered("housing", "Weekly visits", how="by_partner"),
                covered("medical", "Registration", how="by_referral"),
                covered("safety", "Nothing yet", how="not_addressed"),
                covered("ll07", "Day trips"),
            ]
        )
    )

    assert rows == (
        row("Evening classes", "education"),
        row("Help with forms", "education"),
        row("Weekly visits", "housing"),
        row("Day trips", "ll07"),
    )


def test_an_outcome_without_activities_has_a_row_to_fill_in() -> None:
    assert skeleton(record(addresses=[covered("education")])) == (row(None, "education"),)


def test_the_rows_of_the_record_come_first_and_are_not_repeated() -> None:
    rows = skeleton(
        record(
            addresses=[
                covered("housing"),
                covered("education", "evening classes ", "Help with forms", "Help with forms"),
                covered("purpose", "Evening classes"),
            ],
            logframe=[
                {"output": "A room", "outcomes": ["housing"]},
                {"activity": "Evening classes", "outcomes": ["education"], "risk": "Too far"},
            ],
        )
    )

    assert rows == (
        row(None, "housing", output="A room"),
        row("Evening classes", "education", risk="Too far"),
        row("Help with forms", "education"),
        row("Evening classes", "purpose"),
    )


def test_nothing_covered_gives_a_heading_and_no_rows() -> None:
    assert csv_text(skeleton(record())) == HEADING


# Written, filled in by a program, read back


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_filled_in_is_read_back_as_it_was_written(ending: str, edition: Taxonomy, tmp_path: Path) -> None:
    begun = skeleton(record(addresses=[covered("education", *NASTY), covered("housing")]))
    filled = tuple(
        each.model_copy(
            update={
                "output": NASTY[place % len(NASTY)],
                "outcomes": (*each.outcomes, "purpose", "ll07"),
                "indicator": NASTY[-place - 1],
                "means_of_verification": "=A1",
                "risk": None,
            }
        )
        for place, each in enumerate(begun[:-1])
    )
    path = tmp_path / f"plan{ending}"
    path.write_bytes(EXPORTERS[ending](filled, edition))

    assert len(begun) == len(NASTY) + 1
    assert read_logframe(path, edition) == filled


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=60)
@given(data=st.data())
def test_any_row_is_read_back_as_it_was_written(
    ending: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    taxonomy = mscos.load_taxonomy("2023.1")
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
    hard = st.text(st.sampled_from(" '\"=+-@,;\u200f\uff1dx"), max_size=12)
    lines = st.tuples(hard | st.text(letters, max_size=20), hard).map(lambda two: f"{two[0]}x{two[1]}")
    some = st.none() | lines
    rows = data.draw(
        st.lists(
            st.builds(
                LogframeRow,
                activity=lines,
                outcomes=st.lists(st.sampled_from([outcome.id for outcome in taxonomy])).map(tuple),
                **{name: some for name in COLUMNS if name not in {"activity", "outcomes"}},
            ),
            min_size=1,
            max_size=4,
        )
    )
    path = tmp_path_factory.mktemp("any") / f"plan{ending}"
    path.write_bytes(EXPORTERS[ending](rows, taxonomy))

    assert read_logframe(path, taxonomy) == tuple(rows)


@given(st.text(st.sampled_from(" '\"=+-@,;\t\r\n\u200f\uff1dx"), max_size=12))
def test_taking_the_shield_away_is_the_inverse_of_putting_it_there(text: str) -> None:
    assert unshielded(shielded(text)) == text


# What a spreadsheet would run


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a,  @b", "a,'  @b"),
        ('a;"=1', """a;'"=1"""),
        ("a=1", "a=1"),
        ("'tis", "'tis"),
        ("a - b", "a - b"),
    ],
)
def test_csv_shields_what_a_spreadsheet_would_take_for_a_formula(text: str, written: str) -> None:
    assert shielded(text) == written


def test_no_cell_of_a_csv_file_begins_a_formula_wherever_a_spreadsheet_splits_it(edition: Taxonomy) -> None:
    text = csv_text([row(each, "education", indicator=each) for each in NASTY])

    for delimiter in ",;\t":
        cells = (cell for cells in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in cells)
        assert [cell for cell in cells if cell.strip(' "\u200f')[:1] in set("=+-@\uff1d")] == []


def test_a_workbook_holds_text_only_with_its_heading_in_place_and_the_outcomes_explained(edition: Taxonomy) -> None:
    content = xlsx_file([row(each, "education", indicator="5") for each in NASTY], edition)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    read = CalamineWorkbook.from_filelike(io.BytesIO(content))
    first, second = (read.get_sheet_by_name(name).to_python() for name in read.sheet_names)

    assert read.sheet_names == ["logframe", "outcomes"]
    assert first[0] == list(COLUMNS)
    assert [cells[0] for cells in first[1:]] == list(NASTY)
    assert {cells[3] for cells in first[1:]} == {"5"}
    assert second == [
        ["outcome", "set", "label", "mark"],
        *(
            [each.id, "core outcome set" if each.is_core else "long-list", each.label, each.mark]
            for each in edition.outcomes
        ),
    ]
    assert str(second[8][3]).startswith("provisional: ")
    for name in ("sheet1", "sheet2"):
        sheet = parts[f"xl/worksheets/{name}.xml"]
        assert "<f>" not in sheet
        assert sheet.count("<v>") == sheet.count(' t="s"><v>')
        assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]
    assert [name for name in parts if "vba" in name.lower() or "external" in name.lower()] == []


def test_the_same_rows_give_the_same_bytes(edition: Taxonomy) -> None:
    rows = skeleton(record(addresses=[covered("education", "Evening classes")]))

    assert xlsx_file(rows, edition) == xlsx_file(rows, edition)
    assert csv_file(rows, edition) == f"\ufeff{HEADING}Evening classes,,education,,,,\n".encode()


def test_what_no_workbook_can_hold_is_marked_and_the_rest_can_be_read(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(xlsx_file([row("a\uffffb\ufffec", "education")], edition))

    assert read_logframe(path, edition) == (row("a\ufffdb\ufffdc", "education"),)


# What can be read


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_is_read_as_spreadsheets_save_it(
    mark: str, delimiter: str, ending: str, edition: Taxonomy, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    table = [
        [f" {name}" if name == "risk" else f'"{name}"' for name in (*reversed(COLUMNS), "", "")],
        ["Too far", "", "", "", '"education, housing;ll07 purpose"', "", '"Classes, ""at"" five"', "", ""],
        [""] * 9,
        ["  "],
        ["", "", "", "", "safety", "", "", "", " "],
    ]
    text = mark + ending.join(delimiter.join(cells) for cells in table) + ending
    path.write_bytes(text.encode())

    assert read_logframe(path, edition) == (
        row('Classes, "at" five', "education", "housing", "ll07", "purpose", risk="Too far"),
        row(None, "safety"),
    )


def test_a_workbook_is_read_as_a_spreadsheet_shows_it(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    written = xlsxwriter.Workbook(path)
    sheet = written.add_worksheet("Sheet1")
    sheet.write_row(0, 0, COLUMNS)
    sheet.write_formula(1, 0, '="Evening"&" classes"', None, "Evening classes")
    sheet.write_row(1, 1, [12, "education", 0.5, True])
    sheet.write_datetime(1, 6, date(2026, 1, 31), written.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_blank(3, 4, None, written.add_format({"bold": True}))
    sheet.write_string(4, 0, "After a gap")
    written.close()

    assert read_logframe(path, edition) == (
        row(
            "Evening classes",
            "education",
            output="12",
            indicator="0.5",
            means_of_verification="TRUE",
            risk="2026-01-31",
        ),
        row("After a gap"),
    )


def test_the_sheet_is_the_one_called_logframe_or_the_only_one_or_the_one_that_is_named(
    edition: Taxonomy, tmp_path: Path
) -> None:
    good, other = [COLUMNS, ["Evening classes"]], [COLUMNS, ["Something else"]]
    usual = workbook(tmp_path / "usual.xlsx", {"notes": [["x"]], "Logframe": good})
    only = workbook(tmp_path / "only.xlsx", {"Sheet1": good})
    several = workbook(tmp_path / "several.xlsx", {"logframe": other, "Spring": good})

    assert read_logframe(usual, edition) == (row("Evening classes"),)
    assert read_logframe(only, edition) == (row("Evening classes"),)
    assert read_logframe(several, edition, sheet="spring") == (row("Evening classes"),)


def test_a_workbook_is_known_by_its_bytes_too_and_its_origin_is_kept(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(xlsx_file([row("Evening classes", "education")], edition))

    assert read_logframe_file(path, edition) == Logframe(
        rows=(row("Evening classes", "education"),),
        origin=Origin(str(path), sha256(path.read_bytes()).hexdigest()),
    )


# What cannot be read, in whole sentences


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"", "PATH: the file is empty. Nothing was checked."),
        (b"\xef\xbb\xbf", "PATH: the file is empty. Nothing was checked."),
        (b",,\n , ,\n", "PATH: the file is empty. Nothing was checked."),
        (
            f"activity;{CANARY}ü".encode("cp1252"),
            'PATH: this is not UTF-8 text; save it as "CSV UTF-8" or as an XLSX workbook. Nothing was checked.',
        ),
        (
            f"activity,output,outcomes,Indicator,{CANARY},risk,,activity\n".encode(),
            "PATH: 5 faults. Nothing was checked.\n"
            "  /heading: Add what is missing: indicator, means_of_verification, assumption.\n"
            '  /heading/3: Column 4 has no place here. Did you mean "indicator"?\n'
            "  /heading/4: Column 5 has no place here.\n"
            "  /heading/6: Column 7 has no place here.\n"
            '  /heading/7: There are two columns "activity". Keep one.',
        ),
        (
            HEADING.encode(),
            "PATH: 1 fault. Nothing was checked.\n  /rows: There is nothing below the heading. Fill in a row.",
        ),
        (
            f"{HEADING},,,,,,\n{CANARY},,education,,,\na,,,,,,,{CANARY}\n".encode(),
            "PATH: 2 faults. Nothing was checked.\n"
            "  /rows/1: Row 3: This row has more or fewer cells than the heading.\n"
            "  /rows/2: Row 4: This row has more or fewer cells than the heading.",
        ),
        (
            f'{HEADING}a,,education,,,,\n{CANARY},"{CANARY}" {CANARY},,,,,\n'.encode(),
            "PATH: 1 fault. Nothing was checked.\n"
            "  /: The row that begins in line 3 is broken. Look at its quotation marks.",
        ),
        (
            f'{HEADING}a,"{CANARY}\n\n\n'.encode(),
            "PATH: 1 fault. Nothing was checked.\n"
            "  /: The row that begins in line 2 is broken. Look at its quotation marks.",
        ),
        (
            f'{HEADING}a,,Secure and suitable housing,,,,\nb,,"education, hosing",,,,\nc,,{CANARY},,,,\n'.encode(),
            "PATH: 3 faults. Nothing was checked.\n"
            '  /rows/0/outcomes: Row 2: This is not an identifier of an outcome. Did you mean "housing"?\n'
            '  /rows/1/outcomes: Row 3: This is not an identifier of an outcome. Did you mean "housing"?\n'
            "  /rows/2/outcomes: Row 4: This is not an identifier of an outcome. Use one of: housing, safety, support, "
            "services, purpose, medical, education, or an identifier of the long-list.",
        ),
        (
            f'{HEADING}"{CANARY}\n{CANARY}",,x,,,,\n,,,,,,{"z" * 10_001}\n'.encode(),
            "PATH: 3 faults. Nothing was checked.\n"
            "  /rows/0/activity: Row 2: Write one line of text.\n"
            "  /rows/0/outcomes: Row 2: This is not an identifier of an outcome. Use one of: housing, safety, support, "
            "services, purpose, medical, education, or an identifier of the long-list.\n"
            "  /rows/1/risk: Row 3: Write at most 10,000 characters.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_quotes_nothing(
    content: bytes, sentences: str, edition: Taxonomy, tmp_path: Path
) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(content)

    with pytest.raises(mscos.CannotRead) as caught:
        read_logframe(path, edition)

    assert str(caught.value) == sentences.replace("PATH", str(path))
    assert CANARY not in everything_of(caught.value)


def everything_of(error: BaseException) -> str:
    chain = [error, error.__cause__, error.__context__]
    return " ".join(f"{each} {each!r} {getattr(each, 'args', '')} {vars(each) if each else ''}" for each in chain)


def test_an_unknown_outcome_belongs_to_its_own_rule(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(f"{HEADING}\n\n,,hosing,,,,\n", encoding="utf-8")

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_logframe(path, edition)

    assert caught.value.faults == (
        mscos.Fault(
            "/rows/2/outcomes",
            'Row 4: This is not an identifier of an outcome. Did you mean "housing"?',
            "STR-04",
        ),
    )


def test_a_label_in_place_of_an_identifier_gets_the_identifier(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    labels = [outcome.label for outcome in edition if outcome.label not in edition]
    path.write_text(HEADING + "".join(f'a,,"{label}",,,,\n' for label in labels), encoding="utf-8")

    with pytest.raises(mscos.InvalidDocument) as caught:
        read_logframe(path, edition)

    assert [fault.message.partition(": ")[2] for fault in caught.value.faults] == [
        f'This is not an identifier of an outcome. Did you mean "{edition.find(label).id}"?' for label in labels
    ]


def test_an_edition_that_is_not_packaged_has_identifiers_of_its_own(example1: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    outcome = example1.outcomes[0].id
    path.write_text(f"{HEADING}a,,{outcome},,,,\n", encoding="utf-8")

    assert read_logframe(path, example1) == (row("a", outcome),)
    path.write_text(f"{HEADING}a,,medical,,,,\n", encoding="utf-8")
    with pytest.raises(mscos.InvalidDocument):
        read_logframe(path, example1)


def test_there_must_be_a_file_of_a_size_that_a_logframe_has(edition: Taxonomy, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (_files.LIMIT + 1))

    with pytest.raises(mscos.CannotRead) as missing:
        read_logframe(tmp_path / "none.csv", edition)
    with pytest.raises(mscos.CannotRead) as too_large:
        read_logframe(large, edition)

    assert str(missing.value) == f"{tmp_path / 'none.csv'}: there is no such file. Nothing was checked."
    assert type(too_large.value).__name__ == "TooLarge"


def too_many_bytes(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * sheets.UNPACKED)


def bytes_that_are_not_counted(path: Path) -> None:
    """Let the directory of the file say that a part is shorter than it is."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", f"<a>{' ' * 2 * sheets.UNPACKED}</a>")
        size = archive.getinfo("xl/more.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))


def an_unbounded_compression(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/more.xml", b"<a/>")


def changed(before: bytes, after: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            assert any(before in archive.read(name) for name in archive.namelist())
        repacked(path, lambda text: text.replace(before, after))

    return change


LARGE = (
    f"PATH: the workbook has more than 10,000 rows, 100 columns or {sheets.UNPACKED:,} bytes; copy the sheet alone. "
    "Nothing was checked."
)
BROKEN = (
    "PATH: this is not an XLSX workbook that can be opened; save it again as XLSX, without a password. "
    "Nothing was checked."
)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_bytes(CANARY.encode()), BROKEN),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + CANARY.encode()), BROKEN),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), BROKEN),
        (changed(b"</sheetData>", b""), BROKEN),
        (changed(b"<v>7</v>", b"<v>777</v>"), BROKEN),
        (changed(b'r="A2"', b'r="2A"'), BROKEN),
        (changed(b'<row r="2"', f'<row r="{CANARY}"'.encode()), BROKEN),
        (changed(b"<worksheet ", f'<!DOCTYPE x [<!ENTITY x "{CANARY}">]><worksheet '.encode()), BROKEN),
        (changed(b"<sheet name=", b"<nothing name="), BROKEN),
        (an_unbounded_compression, BROKEN),
        (bytes_that_are_not_counted, BROKEN),
        (too_many_bytes, LARGE),
        (changed(b'r="A2"', b'r="XFD1048576"'), LARGE),
        (changed(b'r="A2"', b'r="A10001"'), LARGE),
        (changed(b'r="A2"', b'r="CW2"'), LARGE),
        (changed(b'<row r="2" spans="1:7"><c r="A2"', b'<row r="99999"><c'), LARGE),
        (changed(b'<c r="A2"', b"<c/>" * 100 + b"<c"), LARGE),
        (changed(b' uniqueCount="', b' uniqueCount="40000000'), LARGE),
    ],
)
def test_a_workbook_that_is_broken_or_asks_for_too_much_is_refused_before_it_is_opened(
    spoil: Callable[[Path], None], sentence: str, edition: Taxonomy, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "plan.xlsx", {"logframe": [COLUMNS, [CANARY, *[""] * 5, "risk"]]})
    assert len(read_logframe(path, edition)) == 1
    spoil(path)

    with pytest.raises(mscos.CannotRead) as caught:
        read_logframe(path, edition)

    assert str(caught.value) == sentence.replace("PATH", str(path))
    assert CANARY not in everything_of(caught.value)


def test_a_workbook_at_the_bounds_is_read(edition: Taxonomy, tmp_path: Path) -> None:
    path = workbook(tmp_path / "plan.xlsx", {"logframe": [COLUMNS, ["Evening classes"]]})
    changed(b'<row r="2" spans="1:7"><c r="A2"', b'<row r="10000"><c r="A10000"')(path)

    assert read_logframe(path, edition) == (row("Evening classes"),)


def test_another_kind_of_workbook_with_the_ending_is_refused(edition: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")

    with pytest.raises(mscos.CannotRead) as caught:
        read_logframe(path, edition)

    assert str(caught.value) == BROKEN.replace("PATH", str(path))


@settings(max_examples=150)
@given(data=st.data())
def test_any_bytes_become_rows_or_one_of_our_errors(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    taxonomy = mscos.load_taxonomy("2023.1")
    ending = data.draw(st.sampled_from(FORMATS))
    content = bytearray(EXPORTERS[ending]([row("Evening classes", "education", risk="Too far")], taxonomy))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path_factory.mktemp("bytes") / f"plan{ending}"
    path.write_bytes(content)

    try:
        rows = read_logframe(path, taxonomy)
    except mscos.MscosError:
        rows = ()

    assert all(isinstance(each, LogframeRow) for each in rows)


@pytest.mark.parametrize(
    ("sheets", "sheet", "sentence"),
    [
        (
            ["Spring", CANARY],
            None,
            "PATH: the workbook has 2 sheets, and none is called 'logframe'; name the right one with --sheet",
        ),
        (
            [CANARY],
            "Spring",
            "PATH: the workbook has 1 sheet, and it is not called 'Spring'; name the right one with --sheet",
        ),
        (
            ["logframe", CANARY],
            "a\u202eb",
            r"PATH: the workbook has 2 sheets, and none is called 'a\u202eb'; name the right one with --sheet",
        ),
    ],
)
def test_a_sheet_that_is_not_clear_is_asked_for(
    sheets: list[str], sheet: str | None, sentence: str, edition: Taxonomy, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "plan.xlsx", {name[:31]: [[CANARY]] for name in sheets})

    with pytest.raises(errors.WhichSheet) as caught:
        read_logframe(path, edition, sheet=sheet)

    assert str(caught.value) == sentence.replace("PATH", str(path))
    assert CANARY[:31] not in everything_of(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        errors.MissingExtra("excel"),
        errors.WhichSheet("plan.xlsx", 2, "logframe"),
        sheets.NotAWorkbook("plan.xlsx"),
        sheets.LargeWorkbook("plan.xlsx"),
    ],
)
def test_the_errors_can_be_pickled(error: mscos.MscosError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


# On the command line


def test_the_command_writes_csv_to_the_screen(run: Callable[..., Ran], classes: Path) -> None:
    assert run("logframe", classes) == (
        0,
        f"{HEADING}Evening classes,,education,,,,\nHelp with forms,,education,,,,\n,,housing,,,,\n",
        "",
    )


@pytest.mark.parametrize("ending", [*FORMATS, ".CSV"])
def test_the_command_writes_files_that_check_takes(run: Callable[..., Ran], classes: Path, ending: str) -> None:
    plan = classes.parent / f"plan{ending}"

    written = run("logframe", classes, "--output", plan)
    status, out, _ = run("check", classes, "--logframe", plan, "--format", "json")
    report = json.loads(out)

    assert written == (0, "", "")
    assert status == 1
    assert report["stamps"]["inputs"] == [
        {"role": "record", "path": str(classes), "sha256": sha256(classes.read_bytes()).hexdigest()},
        {"role": "logframe", "path": str(plan), "sha256": sha256(plan.read_bytes()).hexdigest()},
    ]
    assert [(each["rule"], each["pointer"]) for each in report["findings"] if "/logframe" in each["pointer"]] == [
        ("INT-04", "/logframe/2/indicator"),
        ("INT-04", "/logframe/0/indicator"),
        ("INT-05", "/logframe/0"),
        ("INT-05", "/logframe/1"),
        ("INT-05", "/logframe/2"),
    ]
    assert sorted(file.name for file in classes.parent.iterdir()) == sorted([classes.name, plan.name])


def test_the_text_report_names_the_logframe_beside_the_record(run: Callable[..., Ran], classes: Path) -> None:
    plan = classes.parent / "plan.csv"
    plan.write_text(f"{HEADING}Evening classes,,education,,,,\n", encoding="utf-8")

    _, out, _ = run("check", classes, "--logframe", plan)

    assert [line.strip() for line in out.splitlines() if line.strip().startswith("Input: ")] == [
        f"Input: {path} ({role}, sha256 {sha256(path.read_bytes()).hexdigest()})."
        for path, role in ((classes, "record"), (plan, "logframe"))
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["logframe", "RECORD", "--output", "RECORD"], "the output names a file that is read; choose another one."),
        (["logframe", "RECORD", "--output", "plan.ods"], "--output ends in one of: .csv, .xlsx."),
        (["check", "RECORD", "--sheet", "Spring"], "--sheet belongs to --logframe or to data; give one of them."),
        (
            ["check", "EVALUATION", "--logframe", "RECORD"],
            "--logframe belongs to the record of an intervention; this one is of an evaluation.",
        ),
    ],
)
def test_wrong_usage_has_status_2_and_changes_nothing(
    run: Callable[..., Ran], classes: Path, arguments: list[str], sentence: str
) -> None:
    evaluation = classes.parent / "evaluation.json"
    evaluation.write_text('{"kind":"evaluation","record_id":"a","title":"b","outcomes":[]}', encoding="utf-8")
    before = classes.read_bytes()

    status, out, err = run(
        *(each.replace("RECORD", str(classes)).replace("EVALUATION", str(evaluation)) for each in arguments)
    )

    assert (status, out, err.splitlines()[-1]) == (2, "", f"Error: {sentence}")
    assert classes.read_bytes() == before


def test_the_report_is_not_written_over_the_logframe(run: Callable[..., Ran], classes: Path) -> None:
    plan = classes.parent / "plan.csv"
    plan.write_text(f"{HEADING}Evening classes,,education,,,,\n", encoding="utf-8")
    before = plan.read_bytes()

    status, out, _ = run("check", classes, "--logframe", plan, "--output", plan)

    assert (status, out, plan.read_bytes()) == (2, "", before)


def test_a_file_that_cannot_be_written_is_named(run: Callable[..., Ran], classes: Path) -> None:
    plan = classes.parent / "no/such/folder/plan.xlsx"

    status, out, err = run("logframe", classes, "--output", plan)

    assert (status, out) == (2, "")
    assert err.splitlines()[-1] == f"Error: cannot write to {plan}: No such file or directory."


def test_a_sheet_is_named_with_an_option(run: Callable[..., Ran], classes: Path) -> None:
    table = [COLUMNS, ["Evening classes", "", "education", "People enrol", "", "Time", ""]]
    plan = workbook(classes.parent / "plan.xlsx", {"Spring": table, "Autumn": [[CANARY]]})
    text = classes.parent / "plan.csv"
    text.write_text(HEADING, encoding="utf-8")

    unclear = run("check", classes, "--logframe", plan)
    named, out, _ = run("check", classes, "--logframe", plan, "--sheet", "Spring", "--format", "json")
    not_a_workbook = run("check", classes, "--logframe", text, "--sheet", "Spring")

    assert unclear == (
        2,
        "",
        f"mscos: {plan}: the workbook has 2 sheets, and none is called 'logframe'; name the right one with --sheet\n",
    )
    assert named == 1
    assert "/logframe" not in out
    assert not_a_workbook == (2, "", f"mscos: {text}: only a workbook has sheets; leave --sheet out\n")


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("xlsxwriter", ["logframe", "RECORD", "--output", "PLAN"]),
        ("python_calamine", ["check", "RECORD", "--logframe", "PLAN"]),
    ],
)
def test_without_the_extra_the_command_names_what_to_install(
    module: str, arguments: list[str], run: Callable[..., Ran], classes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = workbook(classes.parent / "plan.xlsx", {"logframe": [COLUMNS, ["Evening classes"]]})
    before = plan.read_bytes()
    monkeypatch.setitem(sys.modules, module, None)

    said = run(*(each.replace("RECORD", str(classes)).replace("PLAN", str(plan)) for each in arguments))

    assert said == (
        2,
        "",
        "mscos: this needs a part that is not installed; get it with: pip install 'mscos[excel]'\n",
    )
    assert plan.read_bytes() == before


def test_a_logframe_that_cannot_be_read_has_status_3_and_leaks_nothing(
    run: Callable[..., Ran], classes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = classes.parent / "plan.csv"
    plan.write_text(f"{HEADING}{CANARY},,{CANARY},{CANARY}\n", encoding="utf-8")
    monkeypatch.setenv("MSCOS_DEBUG", "1")

    text = run("check", classes, "--logframe", plan)
    status, out, err = run("check", classes, "--logframe", plan, "--format", "json")

    said = "Row 2: This row has more or fewer cells than the heading."
    assert text == (3, "", f"mscos: {plan}: 1 fault. Nothing was checked.\n  /rows/0: {said}\n")
    assert status == 3
    assert json.loads(out)["faults"] == [{"pointer": "/rows/0", "message": said, "rule": "STR-01"}]
    assert CANARY not in out + err


def test_no_cell_reaches_a_report(run: Callable[..., Ran], classes: Path) -> None:
    plan = classes.parent / "plan.csv"
    cells = ",".join("education" if name == "outcomes" else CANARY for name in COLUMNS)
    plan.write_text(f"{HEADING}{cells}\n", encoding="utf-8")

    for form in ("text", "json"):
        status, out, err = run("check", classes, "--logframe", plan, "--format", form)

        assert status == 1
        assert "INT-10" in out
        assert CANARY not in out + err


# What is said of a filled one


def judged(addresses: list[dict[str, object]], *rows: LogframeRow) -> list[dict[str, object]]:
    """Give what the four rules about logframes say, whole."""
    report = check_intervention(record(addresses=addresses), logframe=Logframe(rows=rows))
    return [
        finding.model_dump(mode="json", exclude_none=True)
        for finding in report.findings
        if finding.rule in {"INT-03", "INT-04", "INT-05", "INT-10"}
    ]


def test_a_complete_logframe_is_passed_in_silence() -> None:
    complete = (
        row("Classes", "education", indicator="People enrol", assumption="Evenings are free"),
        row("Visits", "housing", indicator="People stay", risk="Rents rise"),
    )

    assert judged([covered("education"), covered("housing")], *complete) == []


def test_an_outcome_that_no_row_gives_an_indicator_is_named() -> None:
    assert judged(
        [covered("education", "Classes")],
        row("Classes", "education", risk="Too far"),
        row("Forms", "education", risk="Too long"),
    ) == [
        {
            "rule": "INT-04",
            "severity": "warning",
            "message": "Access to education has no indicator.",
            "outcome": "education",
            "about": "logframe",
            "pointer": "/logframe/0/indicator",
        }
    ]


def test_a_core_outcome_that_no_activity_reaches_is_named() -> None:
    assert judged(
        [covered("housing"), covered("education")],
        row("Visits", "housing", indicator="People stay", risk="Rents rise"),
        row(None, "education", indicator="People enrol", risk="Too far"),
    ) == [
        {
            "rule": "INT-03",
            "severity": "warning",
            "message": "No activity leads to Access to education.",
            "outcome": "education",
            "about": "record",
            "pointer": "/addresses/1/activities",
        }
    ]


def test_a_row_without_a_risk_or_an_assumption_is_named() -> None:
    assert judged(
        [covered("education")],
        row("Classes", "education", indicator="People enrol", risk="Too far"),
        row("Forms", "education", indicator="People apply"),
    ) == [
        {
            "rule": "INT-05",
            "severity": "note",
            "message": "No risk or assumption is written.",
            "about": "logframe",
            "pointer": "/logframe/1",
        }
    ]


def test_an_activity_that_is_its_own_indicator_is_named() -> None:
    assert judged(
        [covered("education")],
        row("Classes", "education", indicator="People enrol", risk="Too far"),
        row("Help with forms", "education", indicator="help with forms ", risk="Too long"),
    ) == [
        {
            "rule": "INT-10",
            "severity": "warning",
            "message": "The indicator repeats the activity. Say what would be seen to change for people.",
            "about": "logframe",
            "pointer": "/logframe/1/indicator",
        }
    ]


def test_the_rows_stand_in_for_those_of_the_record_and_change_nothing_else() -> None:
    addresses = [covered("education", "Classes")]
    own = record(addresses=addresses, logframe=[{"activity": "Classes", "indicator": "Classes"}])
    other = record(addresses=addresses, logframe=[{"activity": "Forms", "outcomes": ["education"]}])

    replaced = check_intervention(own, logframe=Logframe(rows=other.logframe))
    expected = check_intervention(other)

    assert [stamp.model_dump() for stamp in replaced.stamps.inputs] == [
        {"role": "record", "path": None, "sha256": None},
        {"role": "logframe", "path": None, "sha256": None},
    ]
    in_record = tuple(finding.model_copy(update={"about": "record"}) for finding in replaced.findings)
    assert {finding.about for finding in replaced.findings} == {"record", "logframe"}
    assert replaced.model_copy(update={"stamps": expected.stamps, "findings": in_record}) == expected
    assert own.logframe[0].activity == "Classes"


def test_rows_built_in_memory_are_held_to_the_edition_too() -> None:
    with pytest.raises(mscos.InvalidDocument) as caught:
        check_intervention(record(), logframe=Logframe(rows=(row("Classes", "hosing"),)))

    assert str(caught.value) == (
        "the logframe: 1 fault. Nothing was checked.\n"
        '  /logframe/0/outcomes/0: This is not an identifier of an outcome. Did you mean "housing"?'
    )
