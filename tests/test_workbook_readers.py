"""Workbooks become tables of text: XLSX, XLS and ODS, whatever is in them, and without a word of it in an error."""

from __future__ import annotations

import io
import pickle
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Variable
from mscos.readers import _content, workbooks
from mscos.readers.table import Table
from mscos.readers.workbooks import read_workbook
from mscos.workbooks import bounds
from mscos.workbooks.bounds import Bounds
from mscos.workbooks.ods import measured_ods
from mscos.workbooks.ole import packed_stream, stream_of
from mscos.workbooks.sheets import NotAWorkbook, read_sheet, sheet_names
from mscos.workbooks.xls import measured_xls
from mscos.workbooks.xlsx import measured_xlsx

pytest.importorskip("polars", reason="the extra `data` is not installed")

CANARY = "Marisol Quetzalcoatl 07700 900123"
TINY = Bounds(unpacked=1_000_000, rows=100, columns=20, cells=500)

Sheets = dict[str, Sequence[Sequence[object]]]


def rows_of(table: Table) -> list[tuple[str | None, ...]]:
    frame = table.frame.collect()
    assert tuple(frame.columns) == table.headers
    assert set(frame.schema.values()) <= {nw.String()}
    return list(frame.iter_rows())


def everything_of(error: BaseException | None) -> str:
    """Give all that an error says or holds, and those behind it."""
    if error is None:
        return ""
    held = f"{error} {error!r} {error.args} {vars(error)}"
    return held + everything_of(error.__cause__) + everything_of(error.__context__)


def refused(path: Path, sheet: str | None = None) -> errors.MscosError:
    with pytest.raises(errors.MscosError) as caught:
        read_workbook(str(path), sheet=sheet)
    assert CANARY.casefold() not in everything_of(caught.value).casefold()
    assert str(path) not in everything_of(caught.value)
    return caught.value


# Workbooks made by hand


def xlsx(path: Path, sheets: Sheets, hidden: Iterable[str] = ()) -> Path:
    """Write a workbook as a spreadsheet would: formulas as formulas, numbers as numbers."""
    written = xlsxwriter.Workbook(path)
    written.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same bytes each time
    shown_as = {
        datetime: written.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: written.add_format({"num_format": "yyyy-mm-dd"}),
        time: written.add_format({"num_format": "hh:mm:ss"}),
        timedelta: written.add_format({"num_format": "[h]:mm:ss"}),
    }
    for name, table in sheets.items():
        sheet = written.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if type(cell) in shown_as:
                    sheet.write_datetime(row, column, cell, shown_as[type(cell)])
                elif isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write(row, column, cell)
    written.close()
    return path


def changed(path: Path, before: bytes, after: bytes, number: int = -1) -> Path:
    """Change the text of the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(before in content for content in parts.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(before, after, number))
    return path


NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def paragraphs(text: str) -> str:
    return "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))


def ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        said = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, timedelta):
        said = 'office:value-type="time" office:time-value="PT30H00M00S"'
    else:
        return f'<table:table-cell office:value-type="string">{paragraphs(str(value))}</table:table-cell>'
    return f"<table:table-cell {said}><text:p>shown otherwise</text:p></table:table-cell>"


def ods_rows(table: Sequence[Sequence[object]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in table)


def ods(path: Path, tables: dict[str, str], before: str = "", more: Sequence[str] = ()) -> Path:
    """Write a workbook of tables that are XML already, as LibreOffice nests them."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
    body = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in tables.items())
    body += "".join(more)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), "<manifest/>")
        archive.writestr(zipfile.ZipInfo("Pictures/portrait.png"), CANARY)
        archive.writestr(
            zipfile.ZipInfo("content.xml"),
            f"{before}<office:document-content {names}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def record(kind: int, *data: bytes) -> bytes:
    joined = b"".join(data)
    return struct.pack("<HH", kind, len(joined)) + joined


BOF, EOF = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)), record(0x000A)
STYLES = b"".join(record(0x00E0, struct.pack("<HH", 0, style), bytes(16)) for style in (0, 14, 22, 21))
"""The first is of no kind; the others are those of a date, of a date with a time, and of a time."""


def biff_cell(row: int, column: int, value: object) -> bytes:
    at = struct.pack("<HH", row, column)
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return record(0x0205, at, struct.pack("<HBB", 0, value, 0))
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x0204, at, struct.pack("<HHB", 0, len(text) // 2, 1), text)
    style, number = value if isinstance(value, tuple) else (0, value)
    return record(0x0203, at, struct.pack("<Hd", style, number))


def biff(sheets: Sheets, workbook: bytes = b"", hidden: Iterable[str] = (), kinds: Sequence[int] = ()) -> bytes:
    """Write the stream of a workbook: its own records, then those of each sheet."""
    parts = []
    for table in sheets.values():
        cells = [
            biff_cell(row, column, value)
            for row, values in enumerate(table)
            for column, value in enumerate(values)
            if value is not None
        ]
        parts.append(BOF + b"".join(cells) + EOF)
    names = [name.encode("latin-1") for name in sheets]
    head = BOF + record(0x0042, struct.pack("<H", 1200)) + STYLES + workbook
    place = len(head) + sum(12 + len(name) for name in names) + len(EOF)
    for name, part, kind in zip(names, parts, [*kinds, *[0] * len(names)], strict=False):
        state = int(name.decode("latin-1") in hidden)
        head += record(0x0085, struct.pack("<IBBBB", place, state, kind, len(name), 0), name)
        place += len(part)
    return head + EOF + b"".join(parts)


END, FREE = 0xFFFFFFFE, 0xFFFFFFFF


def ole(path: Path, stream: bytes, name: str = "Workbook") -> Path:
    """
    Write a container with sectors of 512 bytes, as Excel does.

    The table is in sector 0, the directory in 1, the table of small sectors in 2.  The stream runs backwards through
    the sectors from 3 on, so that nobody can take them as they come.
    """
    is_small = len(stream) < 4096
    inner = stream.ljust(-(-len(stream) // 64) * 64, b"\0")
    sectors = [inner[place : place + 512].ljust(512, b"\0") for place in range(0, len(inner), 512)]
    last = 2 + len(sectors)
    follows = [0xFFFFFFFD, END, END, END, *range(3, last)]
    small = [*range(1, len(inner) // 64), END] if is_small else []
    directory = b""
    for entry, kind, start, length in (
        ("Root Entry", 5, last if is_small else END, len(inner) if is_small else 0),
        (name, 2, 0 if is_small else last, len(stream)),
    ):
        text = entry.encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text) + 2, kind, 1, FREE, FREE, 1) + bytes(36)
        directory += struct.pack("<IQ", start, length)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 2, 1, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    table = struct.pack(f"<{len(follows)}I", *follows).ljust(512, b"\xff")
    small_table = struct.pack(f"<{len(small)}I", *small).ljust(512, b"\xff")
    assert len(head) == len(table) == len(small_table) == 512
    path.write_bytes(head + table + directory.ljust(512, b"\0") + small_table + b"".join(reversed(sectors)))
    return path


def xls(path: Path, sheets: Sheets, workbook: bytes = b"", hidden: Iterable[str] = ()) -> Path:
    return ole(path, biff(sheets, workbook, hidden))


def as_ods(path: Path, sheets: Sheets, hidden: Iterable[str] = ()) -> Path:
    del hidden  # that a table is hidden stands in its style, which nobody reads
    return ods(path, {name: ods_rows(table) for name, table in sheets.items()})


MAKERS: dict[str, Callable[..., Path]] = {"XLSX": xlsx, "XLS": xls, "ODS": as_ods}


@pytest.fixture(params=MAKERS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(form: str, tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook of the format under a name that nobody may see."""

    def make(sheets: Sheets, **more: Any) -> Path:  # noqa: ANN401
        return MAKERS[form](tmp_path / f"{CANARY}.{form.lower()}", sheets, **more)

    return make


# What can be read


def test_cells_become_text(form: str, made: Callable[..., Path]) -> None:
    path = made({"Data": [["id", "score", "ok"], ["007", 7, True], [" #N/A ", 7.5, False], ["a\nb", -0.25, None]]})

    table = read_workbook(str(path), sheet=None)

    assert rows_of(table) == [
        ("007", "7", "true"),
        (" #N/A ", "7.5", "false"),
        ("a\nb", "-0.25", None),
    ]
    assert (table.form, table.headers, table.codebook) == (form, ("id", "score", "ok"), None)
    assert table.sha256 == sha256(path.read_bytes()).hexdigest()
    assert repr(table) == f"Table(form='{form}', columns=3)"


def test_dates_times_and_durations_are_written_as_iso_8601(tmp_path: Path) -> None:
    moment = datetime(2020, 1, 2, 3, 4)  # noqa: DTZ001
    headers = ["day", "moment", "time", "long"]
    new = xlsx(
        tmp_path / "a.xlsx",
        {"A": [headers, [date(2020, 1, 2), moment, time(3, 4, 5), timedelta(hours=30, minutes=2, seconds=1.5)]]},
    )
    old = xls(tmp_path / "a.xls", {"A": [headers, [(1, 43832), (2, 43832.5), (3, 0.5), (0, 1)]]})
    free = as_ods(tmp_path / "a.ods", {"A": [headers, [date(2020, 1, 2), moment, None, timedelta(hours=30)]]})

    assert rows_of(read_workbook(str(new), sheet=None)) == [
        ("2020-01-02", "2020-01-02T03:04:00", "03:04:05", "PT30H2M1.5S")
    ]
    assert rows_of(read_workbook(str(old), sheet=None)) == [("2020-01-02", "2020-01-02T12:00:00", "12:00:00", "1")]
    assert rows_of(read_workbook(str(free), sheet=None)) == [("2020-01-02", "2020-01-02T03:04:00", None, "PT30H00M00S")]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (447700900123, "447700900123"),
        (999999999999999, "999999999999999"),
        (1e15, "1e+15"),
        (0.1 + 0.2, "0.3"),
        (-7, "-7"),
        (1e300, "1e+300"),
    ],
)
def test_numbers_are_written_with_the_digits_that_a_spreadsheet_keeps(
    number: float, written: str, tmp_path: Path
) -> None:
    path = as_ods(tmp_path / "a.ods", {"A": [["n"], [number]]})

    assert rows_of(read_workbook(str(path), sheet=None)) == [(written,)]


def test_the_first_row_with_something_in_it_is_the_headers_and_blank_rows_are_dropped(
    made: Callable[..., Path],
) -> None:
    path = made(
        {
            "Data": [
                [None],
                [None, "  ", None],
                [None, " id ", None, "score", None],
                [None, None, None, " "],
                [None, "P1", None, 1],
                [None],
                [None, "P2", None, None, " "],
            ]
        }
    )

    table = read_workbook(str(path), sheet=None)

    assert table.headers == ("id", "score")
    assert rows_of(table) == [("P1", "1"), ("P2", None)]


def test_what_a_formula_gave_last_is_its_value(tmp_path: Path) -> None:
    at = struct.pack("<HHH", 1, 0, 0)
    rubbish = struct.pack("<H", 3) + b"\xff\xff\xff"
    number = record(0x0006, at, struct.pack("<d", 2.5), bytes(6), rubbish)
    text = record(0x0006, struct.pack("<HHH", 1, 1, 0), b"\0\0\0\0\0\0\xff\xff", bytes(6), rubbish)
    text += record(0x0207, struct.pack("<HB", 3, 0), b"yes")
    truth = record(0x0006, struct.pack("<HHH", 1, 2, 0), b"\1\0\1\0\0\0\xff\xff", bytes(6), rubbish)
    new = xlsx(tmp_path / "a.xlsx", {"A": [["a", "b"], [("=1+1.5", 2.5), ('="y"&"es"', "yes")]]})
    old = xls(tmp_path / "a.xls", {"A": [["a", "b", "c"], [number, text, truth]]})
    value = 'table:formula="of:=1+1.5" office:value-type="float" office:value="2.5"'
    free = ods(
        tmp_path / "a.ods", {"A": ods_rows([["a"]]) + f"<table:table-row><table:table-cell {value}/></table:table-row>"}
    )

    assert rows_of(read_workbook(str(new), sheet=None)) == [("2.5", "yes")]
    assert rows_of(read_workbook(str(old), sheet=None)) == [("2.5", "yes", "true")]
    assert rows_of(read_workbook(str(free), sheet=None)) == [("2.5",)]


def test_old_workbooks_keep_texts_in_a_list_and_numbers_in_short(tmp_path: Path) -> None:
    many = b"".join(struct.pack("<HI", 0, number << 2 | 2) for number in (8, 9))
    short = record(0x027E, struct.pack("<HHHI", 1, 1, 0, 7 << 2 | 2))
    row = record(0x00BD, struct.pack("<HH", 1, 2), many, struct.pack("<H", 3))
    listed = record(0x00FD, struct.pack("<HHHI", 1, 0, 0, 1))
    begun = record(0x00FC, struct.pack("<II", 2, 2), struct.pack("<HB", 1, 0), b"x", struct.pack("<HB", 4, 0), b"fi")
    strings = begun + record(0x003C, b"\0ve")
    drawing = record(0x00EB, b"not looked at") + record(0x003C, b"nor this")
    path = xls(tmp_path / "a.xls", {"A": [["a", "b", "c", "d"], [listed, short, row]]}, strings + drawing)

    assert measured_xls(path.read_bytes(), TINY).extents == (bounds.Extent(2, 4),)
    assert rows_of(read_workbook(str(path), sheet=None)) == [("five"[:2] + "ve", "7", "8", "9")]


def test_a_chart_within_a_sheet_is_passed_over(tmp_path: Path) -> None:
    chart = BOF + biff_cell(1, 0, 99) + EOF
    path = xls(tmp_path / "a.xls", {"A": [["a"], [5, chart], [6]]})

    assert rows_of(read_workbook(str(path), sheet=None)) == [("5",), ("6",)]


def test_a_workbook_of_any_size_is_taken_out_of_its_sectors(tmp_path: Path) -> None:
    table: list[list[object]] = [["n", "t"], *([number, f"text {number}"] for number in range(600))]
    path = xls(tmp_path / "a.xls", {"A": table})

    assert path.stat().st_size > 20_000
    assert rows_of(read_workbook(str(path), sheet=None)) == [(str(n), f"text {n}") for n in range(600)]


def test_a_stream_is_taken_out_of_its_container_as_it_was_put_in() -> None:
    for length in (0, 1, 4095, 4096, 4097, 5_000_000):
        stream = bytes(range(251)) * (length // 251 + 1)
        packed = packed_stream("Workbook", stream[:length])

        assert stream_of(packed, ("Book", "Workbook"))[:length] == stream[:length]


def test_rows_of_tags_say_what_the_columns_above_the_people_show(made: Callable[..., Path]) -> None:
    path = made(
        {
            "Data": [
                ["Survey of spring"],
                ["id", None, "home"],
                ["#meta+id", None, "#indicator+mscos+housing"],
                ["P1", None, 1],
            ]
        }
    )

    table = read_workbook(str(path), sheet=None)

    assert (table.headers, rows_of(table)) == (("id", "home"), [("P1", "1")])
    assert table.codebook is not None
    assert table.codebook.variables == (Variable(name="home", annotations=(Annotation(outcome="housing"),)),)


def test_tags_without_headers_above_them_are_the_headers(made: Callable[..., Path]) -> None:
    path = made({"Data": [["#meta+id", "#indicator+mscos+housing"], ["P1", 1]]})

    table = read_workbook(str(path), sheet=None)

    assert (table.headers, rows_of(table)) == (("#meta+id", "#indicator+mscos+housing"), [("P1", "1")])


def test_more_rows_than_are_held_at_once_are_all_there(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "_CHUNK", 3)
    path = made({"Data": [["n"], *([number] for number in range(10))]})

    assert rows_of(read_workbook(str(path), sheet=None)) == [(str(number),) for number in range(10)]


# Which sheet


def test_sheets_that_hold_nothing_do_not_count(made: Callable[..., Path]) -> None:
    path = made({"First": [], "Data": [["id"], ["P1"]], "Last": [[None]]})

    assert rows_of(read_workbook(str(path), sheet=None)) == [("P1",)]


def test_charts_are_no_sheets(tmp_path: Path) -> None:
    new = tmp_path / "a.xlsx"
    written = xlsxwriter.Workbook(new)
    written.add_worksheet("Data").write_column(0, 0, ["n", 1])
    chart = written.add_chart({"type": "bar"})
    chart.add_series({"values": "=Data!$A$2:$A$2"})
    written.add_chartsheet("Chart").set_chart(chart)
    written.close()
    old = ole(tmp_path / "a.xls", biff({"Chart": [["99"]], "Data": [["n"], [1]]}, kinds=[2]))

    assert rows_of(read_workbook(str(new), sheet=None)) == [("1",)]
    assert rows_of(read_workbook(str(old), sheet=None)) == [("1",)]
    assert str(refused(new, "Chart")) == (
        "the data file: the workbook has 1 sheet, and it is not called 'Chart'; name the right one with --sheet"
    )


def test_a_second_sheet_that_holds_something_is_asked_about_even_if_it_is_hidden(made: Callable[..., Path]) -> None:
    path = made({"Data": [["id"], ["P1"]], "More": [[CANARY]], "Empty": []}, hidden=["More"])

    assert str(refused(path)) == "the data file: the workbook has 3 sheets; name the right one with --sheet"
    assert rows_of(read_workbook(str(path), sheet="Data")) == [("P1",)]
    assert rows_of(read_workbook(str(path), sheet="data")) == [("P1",)]


def test_a_sheet_of_another_name_is_not_there(made: Callable[..., Path]) -> None:
    path = made({CANARY[:31]: [[CANARY], [CANARY]]})

    assert str(refused(path, "Spring")) == (
        "the data file: the workbook has 1 sheet, and it is not called 'Spring'; name the right one with --sheet"
    )


def test_the_very_name_goes_before_one_in_other_letters(tmp_path: Path) -> None:
    path = as_ods(tmp_path / "a.ods", {"data": [["n"], [1]], "Data": [["n"], [2]]})

    assert rows_of(read_workbook(str(path), sheet="Data")) == [("2",)]
    assert isinstance(refused(path, "DATA"), errors.WhichSheet)


# What is wrong with a table


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "the first row holds no headers"),
        ([[CANARY]], "the table has headers and no rows"),
        ([[CANARY], [" "]], "the table has headers and no rows"),
        (
            [[CANARY, None, f"{CANARY} "], [1, None, 2]],
            "columns 1 and 3 have the same header; rename one",
        ),
        (
            [[CANARY, "b"], [1, 2], [None], [3, 4, CANARY]],
            "the row on line 4 has more or fewer cells than there are headers, or the file ends within it. "
            "Mend it, or save the file again",
        ),
        ([[CANARY, None, "c"], [1, CANARY, 2]], "column 2 has no header"),
        ([[CANARY, " ", "c"], [1, 2, 3, 4]], "column 2 has no header"),
        ([["#meta", None, "#x+mscos+housing"], ["P1", CANARY, 2]], "column 2 has no header"),
        ([["*"], [CANARY]], "the header of column 1 is no text, or it is a pattern such as * or ^a$; rename it"),
    ],
)
def test_a_table_that_cannot_be_joined_with_a_codebook_is_refused(
    table: Sequence[Sequence[object]], sentence: str, made: Callable[..., Path]
) -> None:
    assert str(refused(made({"Data": table}))) == f"the data file: {sentence}. Nothing was checked."


def test_a_named_sheet_that_holds_nothing_has_no_headers(made: Callable[..., Path]) -> None:
    path = made({"Data": [["id"], ["P1"]], "Empty": []})

    assert str(refused(path, "Empty")) == "the data file: the first row holds no headers. Nothing was checked."


UNREADABLE = (
    "the data file: some cells hold an error of the spreadsheet in place of a value; mend them. Nothing was checked."
)


def xls_error(code: int = 42) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", 1, 0, 0, code, 1))


LONG_TEXT = (
    record(0x0006, struct.pack("<HHH", 1, 0, 0), b"\0\0\0\0\0\0\xff\xff", bytes(8))
    + record(0x0207, struct.pack("<HB", 6, 0), b"abc")
    + record(0x003C, b"\0def")
)


def in_a_row(cell: str) -> str:
    return ods_rows([["a"]]) + f"<table:table-row>{cell}</table:table-row>"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: xlsx(path, {"A": [["a"], [("=1/0", "#DIV/0!")]]}),
        lambda path: xlsx(path, {"A": [["a"], [("=A9", "#REF!")]]}),
        lambda path: xlsx(path, {"A": [[("=NA()", "#N/A")], ["x"]]}),
        lambda path: changed(xlsx(path, {"A": [["a"], [7]]}), b"<v>7</v>", b"<v>NaN</v>"),
        lambda path: changed(xlsx(path, {"A": [["a"], [7]]}), b"<v>7</v>", b"<v>1e999</v>"),
        lambda path: xls(path, {"A": [["a"], [xls_error()]]}),
        lambda path: xls(path, {"A": [["a"], [record(0x0006, bytes(6), b"\2\0\7\0\0\0\xff\xff", bytes(8))], [1]]}),
        lambda path: xls(path, {"A": [["a"], [LONG_TEXT]]}),
        lambda path: xls(path, {"A": [["a"], [record(0x00D6, struct.pack("<HHHH", 1, 0, 0, 1), b"x\0\0")]]}),
        lambda path: ods(
            path,
            {
                "A": in_a_row(
                    '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error"/>'
                )
            },
        ),
        lambda path: ods(
            path,
            {
                "A": in_a_row(
                    '<table:table-cell office:value-type="string" office:string-value=""><text:p>#REF!</text:p>'
                    "</table:table-cell>"
                )
            },
        ),
        lambda path: ods(path, {"A": in_a_row("<table:table-cell><text:p>untyped</text:p></table:table-cell>")}),
        lambda path: ods(
            path, {"A": in_a_row('<table:table-cell office:value-type="float"><text:p>7</text:p></table:table-cell>')}
        ),
    ],
)
def test_an_error_of_the_spreadsheet_is_never_taken_for_a_blank(make: Callable[[Path], Path], tmp_path: Path) -> None:
    assert str(refused(make(tmp_path / CANARY))) == UNREADABLE


def test_an_error_in_another_sheet_is_none_of_ours(tmp_path: Path) -> None:
    data = [["id"], ["P1"]]
    new = xlsx(tmp_path / "a.xlsx", {"Sums": [["a"], [("=1/0", "#DIV/0!")]], "Data": data})
    old = xls(tmp_path / "a.xls", {"Sums": [["a"], [xls_error()]], "Data": data})
    untyped = "<table:table-row><table:table-cell><text:p>untyped</text:p></table:table-cell></table:table-row>"
    free = ods(tmp_path / "a.ods", {"Sums": untyped, "Data": ods_rows(data)})

    for path in (new, old, free):
        assert rows_of(read_workbook(str(path), sheet="Data")) == [("P1",)]


def test_a_note_beside_a_cell_is_not_its_value(tmp_path: Path) -> None:
    note = f"<office:annotation><text:p>{CANARY}</text:p></office:annotation>"
    blank = f"<table:table-cell>{note}</table:table-cell>"
    text = f'<table:table-cell office:value-type="string">{note}<text:p>yes</text:p></table:table-cell>'
    empty = '<table:table-cell office:value-type="string" office:string-value=""><text:p/></table:table-cell>'
    untyped = f"<table:table-cell>{note}<text:p>untyped</text:p></table:table-cell>"
    headers = ods_rows([["a", "b", "c"]])
    path = ods(tmp_path / "a.ods", {"A": f"{headers}<table:table-row>{blank}{text}{empty}</table:table-row>"})
    faulty = ods(tmp_path / "b.ods", {"A": f"{headers}<table:table-row>{blank}{untyped}</table:table-row>"})

    assert rows_of(read_workbook(str(path), sheet=None)) == [(None, "yes", None)]
    assert str(refused(faulty)) == UNREADABLE


# What is no workbook


def broken(form: str) -> str:
    return f"the data file: it cannot be read as an {form} workbook to its end; save it again. Nothing was checked."


UNKNOWN = (
    "the data file: this is no table that we can read; save it as CSV, XLSX, ODS, Parquet, JSON, SPSS or Stata. "
    "Nothing was checked."
)


def test_a_workbook_that_is_cut_off_anywhere_is_refused(form: str, made: Callable[..., Path]) -> None:
    path = made({"Data": [["id"], [CANARY], ["007"]]})
    content = path.read_bytes()

    said = set()
    for length in range(8, len(content) - 512, 97):
        path.write_bytes(content[:length])
        said.add(str(refused(path)))

    assert said <= {broken(form), UNKNOWN}
    assert broken(form) in said


def test_a_cut_off_container_goes_by_its_ending(tmp_path: Path) -> None:
    said = {}
    for ending in (".xlsx", ".XLSM", ".ods", ".docx"):
        path = tmp_path / f"a{ending}"
        path.write_bytes(b"PK\x03\x04" + b"\0" * 50)
        said[ending] = str(refused(path))

    assert said == {".xlsx": broken("XLSX"), ".XLSM": broken("XLSX"), ".ods": broken("ODS"), ".docx": UNKNOWN}


def test_a_locked_workbook_is_refused(tmp_path: Path) -> None:
    new = ole(tmp_path / "a.xlsx", CANARY.encode() * 9, name="EncryptedPackage")
    old = xls(tmp_path / "a.xls", {"A": [["a"], [1]]}, record(0x002F, struct.pack("<H", 1), CANARY.encode()))

    assert str(refused(new)) == broken("XLSX")
    assert str(refused(old)) == broken("XLS")


@pytest.mark.parametrize(
    "content", [CANARY.encode(), b"<html><table>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"$FL2"]
)
def test_what_is_no_workbook_is_of_an_unknown_format(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    assert str(refused(path)) == UNKNOWN


def test_a_file_that_is_not_there_is_not_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()

    assert str(refused(tmp_path / CANARY)) == "the data file: there is no such file. Nothing was checked."
    assert isinstance(refused(tmp_path), errors.NotAFile)
    assert str(refused(empty)) == "the data file: the file is empty. Nothing was checked."


def test_a_file_of_too_many_bytes_is_refused(made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = made({"Data": [["id"], [CANARY]]})
    size = path.stat().st_size
    monkeypatch.setattr(_content, "LIMIT", size)
    read_workbook(str(path), sheet=None)
    monkeypatch.setattr(_content, "LIMIT", size - 1)

    assert isinstance(refused(path), errors.LargeTable)


LARGE = (
    "the data file: it has more than 1,048,576 rows, 16,384 columns or 10,000,000 cells in a workbook; "
    "save it as CSV or Parquet. Nothing was checked."
)


def repeated(columns: int, rows: int, cell: str = 'office:value-type="string"') -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" {cell}><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    )


BLANK = '<table:table-cell table:number-columns-repeated="{}"/>'
FAR = struct.pack("<HHHd", 65535, 255, 0, 1.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: changed(xlsx(path, {"A": [["a"], [7]]}), b'r="A2"', b'r="XFD1048576"'),
        lambda path: changed(xlsx(path, {"A": [["a"], [7]]}), b'r="A2"', b'r="A1048577"'),
        lambda path: changed(xlsx(path, {"A": [["a"], [7]]}), b'r="A2"', b'r="XFE2"'),
        lambda path: changed(xlsx(path, {"A": [["a"], ["x"]]}), b'uniqueCount="2"', b'uniqueCount="10000001"'),
        lambda path: xls(path, {"A": [["a"], [record(0x0203, FAR)]]}),
        lambda path: xls(path, {"A": [["a"], [record(0x0203, struct.pack("<HHHd", 1, 16_384, 0, 1.0))]]}),
        lambda path: xls(path, {"A": [["a"], [record(0x00BD, struct.pack("<HH", 60000, 0), struct.pack("<H", 200))]]}),
        lambda path: xls(
            path,
            {
                "A": [["a"], [record(0x0203, struct.pack("<HHHd", 65535, 99, 0, 1.0))]],
                "B": [["a"], [record(0x0203, struct.pack("<HHHd", 65535, 99, 0, 1.0))]],
            },
        ),
        lambda path: xls(path, {"A": [["a"]]}, record(0x00FC, struct.pack("<II", 1, 2**31 - 1))),
        lambda path: ods(path, {"A": repeated(20_000, 1)}),
        lambda path: ods(path, {"A": repeated(1, 1_048_577)}),
        lambda path: ods(path, {"A": repeated(16_000, 1_000)}),
        lambda path: ods(path, {"A": repeated(10, 999_999), "B": repeated(10, 999_999), "C": repeated(10, 1)}),
        lambda path: ods(
            path,
            {"A": f"<table:table-row>{2 * BLANK.format(21_000_000)}</table:table-row>"},
        ),
        lambda path: ods(path, {"A": repeated(1, 1).replace("x<", '<text:s text:c="1000001"/><')}),
    ],
)
def test_a_workbook_that_asks_for_too_much_memory_is_refused_before_it_is_opened(
    make: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "a")
    monkeypatch.setattr(workbooks, "asked", None)

    assert str(refused(path)) == LARGE


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    claim = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    old = xls(tmp_path / "a.xls", {"A": [[claim], ["a"], [7]]})
    new = changed(xlsx(tmp_path / "a.xlsx", {"A": [["a"], [7]]}), b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    blank = repeated(16_384, 1_048_000, cell="").replace("<text:p>x</text:p>", "")
    free = ods(tmp_path / "a.ods", {"A": ods_rows([["a"], [7]]) + blank})

    for path in (old, new, free):
        assert rows_of(read_workbook(str(path), sheet=None)) == [("7",)]


def test_the_parts_of_a_workbook_are_bounded_too(tmp_path: Path) -> None:
    new = xlsx(tmp_path / "a.xlsx", {"A": [["a"], [7]]}).read_bytes()
    free = as_ods(tmp_path / "a.ods", {"A": [["a"], [7]]}).read_bytes()
    small = Bounds(unpacked=100, rows=9, columns=9, cells=81)

    for measure, content in ((measured_xlsx, new), (measured_ods, free)):
        assert measure(content, TINY).extents == (bounds.Extent(2, 1),)
        with pytest.raises(bounds.TooMuch):
            measure(content, small)


@pytest.mark.parametrize("edge", [(10, 20), (25, 20), (100, 5)])
def test_a_sheet_at_the_bounds_is_read_and_one_beyond_is_not(edge: tuple[int, int], tmp_path: Path) -> None:
    rows, columns = edge
    new = xlsx(tmp_path / "a.xlsx", {"A": [[]] * (rows - 1) + [[None] * (columns - 1) + [1]]}).read_bytes()
    old = xls(tmp_path / "a.xls", {"A": [[]] * (rows - 1) + [[None] * (columns - 1) + [1]]}).read_bytes()
    free = ods(tmp_path / "a.ods", {"A": repeated(columns, rows)}).read_bytes()
    tighter = Bounds(unpacked=1_000_000, rows=100, columns=20, cells=rows * columns - 1)

    for measure, content in ((measured_xlsx, new), (measured_xls, old), (measured_ods, free)):
        assert measure(content, TINY).extents == (bounds.Extent(rows, columns),)
        with pytest.raises(bounds.TooMuch):
            measure(content, tighter)


@pytest.mark.parametrize(
    "tables",
    [
        {"A": ods_rows([["a"]]) + f'<table:table table:name="B">{repeated(1, 1)}</table:table>'},
        {"A": f"<table:table-row>{repeated(1, 1)}</table:table-row>"},
        {"A": "<table:table-row><table:table-cell><table:table-cell/></table:table-cell></table:table-row>"},
        {"A": "<table:table-cell/>"},
        {"A": repeated(0, 1)},
        {"A": repeated(1, -1)},
        {"A": repeated(1, 1) + "<unclosed>"},
    ],
)
def test_tables_that_two_programs_could_read_in_two_ways_are_refused(tables: dict[str, str], tmp_path: Path) -> None:
    assert str(refused(ods(tmp_path / "a.ods", tables))) == broken("ODS")


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    again = f'<table:table table:name="A">{repeated(1, 2)}</table:table>'
    free = ods(tmp_path / "a.ods", {"A": ods_rows([["a"], [1]])}, more=[again])
    new = changed(xlsx(tmp_path / "a.xlsx", {"One": [["a"], [1]], "Two": []}), b'name="Two"', b'name="One"')

    assert str(refused(free)) == broken("ODS")
    assert str(refused(new)) == broken("XLSX")


def test_a_sheet_that_nobody_measured_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_ods(tmp_path / "a.ods", {"A": [["a"], [1]]})
    content = measured_ods(path.read_bytes(), TINY).content
    monkeypatch.setitem(workbooks.FORMS, "ODS", lambda *_: bounds.Measured(content, ()))

    assert str(refused(path)) == broken("ODS")


def test_entities_and_unbounded_compression_are_refused(tmp_path: Path) -> None:
    entity = f'<!DOCTYPE x [<!ENTITY x "{CANARY}">]>'
    free = ods(tmp_path / "a.ods", {"A": ods_rows([["a"], [1]])}, before=entity)
    new = changed(xlsx(tmp_path / "a.xlsx", {"A": [["a"], [1]]}), b"<worksheet ", entity.encode() + b"<worksheet ")
    packed = [as_ods(tmp_path / "b.ods", {"A": [["a"], [1]]}), xlsx(tmp_path / "b.xlsx", {"A": [["a"], [1]]})]
    for path in packed:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
            for name, content in parts.items():
                archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)

    assert str(refused(free)) == broken("ODS")
    assert str(refused(new)) == broken("XLSX")
    assert [str(refused(path)) for path in packed] == [broken("ODS"), broken("XLSX")]


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"A": [["a"], [1]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/Sheet1.xml", "<worksheet/>")

    assert str(refused(path)) == broken("XLSX")


def spoiled(place: int, form: str, *numbers: int) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        data = struct.pack(form, *numbers)
        return content[:place] + data + content[place + len(data) :]

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        spoiled(30, "<H", 10),
        spoiled(30, "<H", 60000),
        spoiled(48, "<I", 77),
        lambda content: spoiled(68, "<I", 0)(spoiled(512 + 508, "<I", 0)(content)),
        spoiled(76, "<I", 77),
        spoiled(512 + 4 * 1, "<I", 1),
        spoiled(512 + 4 * 3, "<I", 3),
        spoiled(1024 + 128 + 116, "<I", 9),
        spoiled(1024 + 128 + 120, "<I", 4000),
        spoiled(1024 + 128 + 64, "<H", 60000),
    ],
)
def test_a_container_that_leads_in_circles_or_nowhere_is_refused(
    spoil: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = xls(tmp_path / "a.xls", {"A": [["a"], [CANARY]]})
    path.write_bytes(spoil(path.read_bytes()))

    assert str(refused(path)) == broken("XLS")


PLACE_OF_B = len(biff({"A": [["a"], [1]], "B": []})) - len(BOF + EOF)


@pytest.mark.parametrize(
    "stream",
    [
        EOF + BOF,
        BOF,
        BOF + record(0x0085, struct.pack("<IBBBB", 9999, 0, 0, 1, 0), b"A") + EOF,
        BOF + record(0x0085, struct.pack("<IBBBB", 1, 0, 0, 1, 0), b"A") + EOF,
        biff({"A": [["a"], [1]]})[:-1],
        biff({"A": [["a"], [1]]})[: -len(EOF) - 3],
        biff({"A": [["a"], [1]], "B": [["b"]]}).replace(
            struct.pack("<IBBBB", PLACE_OF_B, 0, 0, 1, 0), struct.pack("<IBBBB", PLACE_OF_B + len(BOF), 0, 0, 1, 0)
        ),
        biff({"A": [["a"], [record(0x0203, b"\0")]]}),
    ],
)
def test_records_that_end_nowhere_are_refused(stream: bytes, tmp_path: Path) -> None:
    assert str(refused(ole(tmp_path / "a.xls", stream))) == broken("XLS")


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small workbook of each format, with a second sheet that holds nothing."""
    folder = tmp_path_factory.mktemp("originals")
    sheets: Sheets = {"Data": [["id", "score"], [CANARY, 1], ["007", 2.5]], "More": []}
    return {form: make(folder / f"a.{form.lower()}", sheets) for form, make in MAKERS.items()}


def table_or_error(path: Path) -> Table | errors.MscosError:
    try:
        return read_workbook(str(path), sheet=None)
    except errors.MscosError as error:
        return error


@settings(max_examples=120)
@given(data=st.data())
def test_any_bytes_become_a_table_or_one_of_our_errors(data: st.DataObject, originals: dict[str, Path]) -> None:
    original = originals[data.draw(st.sampled_from(sorted(originals)))]
    content = bytearray(original.read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = original.with_stem("changed")
    path.write_bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])

    found = table_or_error(path)

    assert len(rows_of(found)) > 0 if isinstance(found, Table) else CANARY not in everything_of(found)


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_in_the_parts_of_a_workbook_becomes_a_table_or_one_of_our_errors(
    data: st.DataObject, originals: dict[str, Path]
) -> None:
    original = originals[data.draw(st.sampled_from(["ODS", "XLSX"]))]
    with zipfile.ZipFile(original) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    content = parts[data.draw(st.sampled_from([name for name in parts if "sheet" in name or name == "content.xml"]))]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.from_regex(rb'[0-9A-Z<>/"=&;]{0,6}'))
    path = original.with_stem("changed")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    found = table_or_error(path)

    assert len(rows_of(found)) > 0 if isinstance(found, Table) else CANARY not in everything_of(found)


@pytest.mark.parametrize(("module", "extra"), [("python_calamine", "excel"), ("polars", "data")])
def test_without_an_extra_it_is_named(
    module: str, extra: str, made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made({"Data": [["id"], [CANARY]]})
    monkeypatch.setitem(sys.modules, module, None)

    assert refused(path).args == (extra,)


# Sheets of what a person filled in


def test_the_sheets_of_a_codebook_are_listed_and_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "form.xlsx", {"survey": [["name"], [7]], "choices": [["x"]]}, hidden=["choices"])
    content = path.read_bytes()

    assert sheet_names(content, "form.xlsx") == ("survey", "choices")
    assert read_sheet(content, "form.xlsx", None, "survey") == [["name"], ["7"]]
    assert read_sheet(content, "form.xlsx", "Choices", "survey") == [["x"]]


def test_what_is_no_workbook_has_no_sheets() -> None:
    with pytest.raises(NotAWorkbook) as caught:
        sheet_names(io.BytesIO(CANARY.encode()).getvalue(), "form.xlsx")

    assert str(caught.value).startswith("form.xlsx: this is not an XLSX workbook")
    assert CANARY not in everything_of(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).path == "form.xlsx"  # noqa: S301 - our own bytes
