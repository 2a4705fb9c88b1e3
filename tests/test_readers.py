"""Text tables, JSON rows, Parquet and callers' dataframes: any bytes become a table or one of our errors."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import pickle
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, Literal

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation
from mscos.errors import NestedCells, NoSheets, StrayMark, UnusableHeader
from mscos.readers import delimited, reading, rows
from mscos.readers.reading import ENDINGS, READERS, as_table, read_table
from mscos.readers.table import Table

pl = pytest.importorskip("polars")

CANARY = "Ms Canary"
Cells = list[tuple[object, ...]]
Write = Callable[..., str]
"""Writes bytes to a file of a name, and gives its path."""


def cells(table: Table) -> Cells:
    """Collect all cells, as the engine of the embedded default does."""
    return table.frame.collect().rows()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writer(content: bytes | str, name: str = "data.csv") -> str:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(file)

    return writer


def everything_said(error: BaseException) -> str:
    """Join what an error and its whole chain say and hold."""
    parts = []
    here: BaseException | None = error
    while here is not None:
        parts += [str(here), repr(here), repr(here.args), repr(vars(here))]
        assert here.__cause__ is None
        here = here.__context__
    return "\n".join(parts)


# Text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_keep_their_text_exactly(write: Write, separator: str, end: str) -> None:
    text = end.join(("id,n", "007, 1.0 ", '"a""b, c","d\re\nf\r\ng"', "NA,null", "")).replace(",", separator)

    table = read_table(write(text))

    assert (table.headers, table.form) == (("id", "n"), "CSV")
    assert cells(table) == [("007", " 1.0 "), (f'a"b{separator} c', "d\re\nf\r\ng"), ("NA", "null")]
    assert table.frame.collect_schema() == {"id": nw.String(), "n": nw.String()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(write: Write, encoding: str) -> None:
    content = 'naïve,b\n"é €",1\n'.encode(encoding)

    table = read_table(write(content))

    assert (table.headers, cells(table)) == (("naïve", "b"), [("é €", "1")])
    assert table.sha256 == hashlib.sha256(content).hexdigest()


def test_only_what_could_be_anything_must_hold_no_control_characters(write: Write) -> None:
    assert cells(read_table(write("a,b\n1,\x01\n"))) == [("1", "\x01")]
    assert cells(read_table(write("a,b\n1,\x01\n".encode("utf-16"), "other.csv"))) == [("1", "\x01")]


def test_a_line_cut_by_the_bound_does_not_decide(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BOUND", 13)

    assert read_table(write("a,b,c;d\n1;2\n1;2\n")).headers == ("a,b,c", "d")


def test_a_character_cut_by_the_bound_of_a_block_is_still_utf_8(write: Write) -> None:
    text = "a\n" + "x" * (1024 * 1024 - 3) + "é\n"

    assert cells(read_table(write(text))) == [(text[2:-1],)]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,\0\n",
        "a,b\n1,\0\n".encode("utf-16"),
        b"a,b\n1,\xff\x81\n",
        b"a,b\n\xe9,\x01\n",
        "a,b\n".encode("utf-16") + b"x",
        b"a,b\n1,\xc3",
    ],
    ids=["NUL", "NUL in UTF-16", "undefined", "control", "half a character", "cut off"],
)
def test_what_is_no_text_is_refused(write: Write, content: bytes) -> None:
    if content.endswith(b"\xc3"):  # a letter in Windows-1252
        assert cells(read_table(write(content))) == [("1", "Ã")]
        return
    with pytest.raises(errors.NotText):
        read_table(write(content))


@pytest.mark.parametrize("start", ["x^", "x\x01", "xڵ"])
def test_text_that_begins_like_compressed_data_is_read(write: Write, start: str) -> None:
    table = read_table(write(f"{start},b\n1,2\n"))

    assert (table.headers, cells(table)) == ((start, "b"), [("1", "2")])


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ('"a,b,c";d\n1;2\n', ("a,b,c", "d")),
        ("a,b;c;d\n1;2;3\n", ("a,b", "c", "d")),
        ("a,b;c\n1;2\n", ("a,b", "c")),
        ("a;b,c\n1,2\n", ("a;b", "c")),
        ("a,b,c;d\n1;2\n", ("a,b,c", "d")),
        ("a,b,c\td\n\r\n\n1\t2\n", ("a,b,c", "d")),
        ('"a;b;c",d\n"1;2;3",4\n', ("a;b;c", "d")),
        ('"a ""b""",c\n1,2\n', ('a "b"', "c")),
        ("a,b\tc\n\n1\t2\r\n3\t4\n", ("a,b", "c")),
        ("a\n1\n", ("a",)),
        ("a,b\n", ()),
    ],
)
def test_the_separator_is_seen_outside_quotation_marks(write: Write, text: str, headers: tuple[str, ...]) -> None:
    if not headers:
        with pytest.raises(errors.NoRows):
            read_table(write(text))
    else:
        assert read_table(write(text)).headers == headers


def test_the_ending_tsv_means_tabs(write: Write) -> None:
    table = read_table(write("a,b,c\td\n1\t2\n", "data.TSV"))

    assert (table.form, table.headers) == ("TSV", ("a,b,c", "d"))


def test_rows_that_are_empty_throughout_are_dropped(write: Write) -> None:
    plain = cells(read_table(write("a,b\n\n1,2\n,\n\n ,\n,4\n\n")))
    quoted = cells(read_table(write('a,b\r\n"",""\r\n"1\n",""\r\n,""\r\n')))
    narrow = cells(read_table(write('a\n\n1\n""\n2\n')))

    assert plain == [("1", "2"), (" ", None), (None, "4")]
    assert quoted == [("1\n", None)]
    assert narrow == [("1",), ("2",)]


def test_without_an_empty_row_only_the_columns_that_are_asked_for_are_read(write: Write) -> None:
    table = read_table(write('a,b,c\n"",2,""\n3,4,5\n'))

    plan = table.frame.select("b").to_native().explain()

    assert "PROJECT 1/3 COLUMNS" in plan
    assert "SELECTION" not in plan


@pytest.mark.parametrize("below", ["1,2,,\n\n3,4,,\n", '1,2,"",""\n"3",4,,\n'])
def test_columns_without_a_header_are_left_out_if_nothing_is_in_them(write: Write, below: str) -> None:
    table = read_table(write(f"a,b,, \n{below}"))

    assert (table.headers, cells(table)) == (("a", "b"), [("1", "2"), ("3", "4")])


@pytest.mark.parametrize("below", ["1,2,,\n3,4,5,\n", "1,2,, \n", ",,,5\n"])
def test_columns_without_a_header_are_refused_if_anything_is_in_them(write: Write, below: str) -> None:
    with pytest.raises(errors.NoHeader) as caught:
        read_table(write(f"a,b,,\n{below}"))

    assert caught.value.args == (errors.DATA, 3)


@pytest.mark.parametrize(
    ("text", "error", "args"),
    [
        ("", errors.EmptyFile, ()),
        ("\ufeff \r\n\n", errors.EmptyFile, ()),
        ("a,b\n", errors.NoRows, ()),
        ("a,b", errors.NoRows, ()),
        ("a,b\n\n,\n", errors.NoRows, ()),
        ("\na,b\n1,2\n", errors.NoHeader, (None,)),
        (",\n1,2\n", errors.NoHeader, (None,)),
        ("a,,c\n1,2,3\n", errors.NoHeader, (2,)),
        ("a,b, a \n1,2,3\n", errors.RepeatedHeader, (1, 3)),
        ("a,*\n1,2\n", UnusableHeader, (2,)),
        ("a, ^b$\n1,2\n", UnusableHeader, (2,)),
        ("a,b,c\n1,2,3\n4,5\n", errors.RaggedRow, (3,)),
        ("a,b,c\n1,2,3\n4\n", errors.RaggedRow, (3,)),
        ("a,b,c\n1,2,3\n4,5,6,7\n", errors.RaggedRow, (3,)),
        ("a\n1,2\n", errors.RaggedRow, (2,)),
        ("a,b\n1;2;3,4\n5;6;7\n", errors.RaggedRow, (3,)),
        ('a,b\n"1\n\n1",2\n\n"3\n3"\n5,6', errors.RaggedRow, (7,)),
        ('a,b\n1,2\n1,"2\n3', errors.RaggedRow, (4,)),
        ('a,b\n1,2\n1,"', errors.RaggedRow, (3,)),
        ('a,"b\n1,2\n', errors.RaggedRow, (None,)),
        ('a,b"\n1,"2\n', StrayMark, (2,)),
        ('a,b\n1,5"\n', errors.RaggedRow, (2,)),
        ('a,b\n1,5" x 6"\n', StrayMark, (2,)),
        ('a,b\n1,5"\n2,"6\n', StrayMark, (3,)),
        ('a,b\n1,"5"6\n', StrayMark, (2,)),
        ('a,b\n"1" ,2\n', StrayMark, (2,)),
        ("a,b\n1,2\r3,4\n", StrayMark, (2,)),
        ("a,b\r1,2\r", StrayMark, (1,)),
    ],
)
def test_a_faulty_text_table_is_refused(
    write: Write, text: str, error: type[Exception], args: tuple[object, ...]
) -> None:
    with pytest.raises(error) as caught:
        read_table(write(text))

    assert type(caught.value) is error
    assert caught.value.args == (errors.DATA, *args)


def test_rows_are_looked_at_whole_wherever_a_block_ends(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = write('a,b\r\n"1""\n\n2",3\r\n\r\n4,"5"')
    faulty = write('a,b\r\n"1""\n\n2",3\r\n\r\n4,"5",6', "faulty.csv")
    for size in range(1, 12):
        monkeypatch.setattr(delimited, "_BLOCK", size)

        assert cells(read_table(sound)) == [('1"\n\n2', "3"), ("4", "5")]
        with pytest.raises(errors.RaggedRow) as caught:
            read_table(faulty)
        assert caught.value.line == 6


def test_a_row_without_end_is_not_held_as_a_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('a,b\n1,"' + "2\n" * 60)
    monkeypatch.setattr(delimited, "_BLOCK", 10)
    monkeypatch.setattr(delimited, "LONGEST_ROW", 100)

    with pytest.raises(errors.RaggedRow) as caught:
        read_table(path)

    assert caught.value.line is None


def test_a_table_that_the_engine_cannot_look_over_is_read_all_the_same(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise pl.exceptions.ComputeError(CANARY)

    monkeypatch.setattr(delimited, "_at_a_glance", fail)

    assert cells(read_table(write("a,b\n1,2\n\n"))) == [("1", "2")]
    with pytest.raises(errors.RaggedRow) as caught:
        read_table(write("a,b\n1\n"))
    assert CANARY not in everything_said(caught.value)


def test_a_table_of_a_thousand_columns_with_an_empty_row_is_read_at_once(write: Write) -> None:
    wide = ",".join(f"h{place}" for place in range(1000))

    assert len(cells(read_table(write(f"{wide}\n{wide}\n\n")))) == 1


def test_a_table_wider_than_any_spreadsheet_is_refused(write: Write) -> None:
    with pytest.raises(errors.LargeTable, match="16,384 columns"):
        read_table(write(",".join(map(str, range(16_385))) + "\n"))
    with pytest.raises(errors.NoRows):
        read_table(write(",".join(map(str, range(16_384))) + "\n"))


def test_headers_longer_than_the_bound_are_refused(write: Write) -> None:
    with pytest.raises(errors.RaggedRow):
        read_table(write("a," + "b" * 1024 * 1024 + "\n1,2\n"))


def test_a_row_of_hxl_tags_is_a_codebook(write: Write) -> None:
    table = read_table(write("Made by us\nHome;Who\n#indicator+mscos+housing;#meta\n1;2\n"))

    assert (table.headers, cells(table)) == (("Home", "Who"), [("1", "2")])
    assert table.codebook is not None
    assert [(each.name, each.annotations) for each in table.codebook.variables] == [
        ("Home", (Annotation(outcome="housing"),))
    ]


def test_hxl_tags_in_the_first_row_are_headers(write: Write) -> None:
    table = read_table(write("#indicator+mscos+housing,#meta\n1,2\n"))

    assert table.headers == ("#indicator+mscos+housing", "#meta")
    assert table.codebook is not None
    assert cells(table) == [("1", "2")]


def test_hxl_tags_beside_the_headers_are_refused(write: Write) -> None:
    with pytest.raises(errors.RaggedRow) as caught:
        read_table(write("Home\n#indicator+mscos+housing,#meta\n1,2\n"))

    assert caught.value.line == 2


def test_a_table_without_hxl_tags_has_no_codebook(write: Write) -> None:
    assert read_table(write("a,b\n#x,2\n")).codebook is None


# Rows as JSON objects


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.json", '[{"a": "007", " b ": 1.0, "c": true}, {"c": null, "a": 1e400, " b ": false}]'),
        ("data.ndjson", '{"a": "007", " b ": 1.0, "c": true}\n\n{"c": null, "a": 1e400, " b ": false}'),
        ("data.jsonl", '\ufeff{"a": "007", " b ": 1.0, "c": true}\r\n{"c": null, "a": 1e400, " b ": false}\r\n'),
    ],
)
def test_values_of_json_are_the_text_in_the_file(write: Write, name: str, content: str) -> None:
    table = read_table(write(content, name))

    assert (table.headers, table.form) == (("a", "b", "c"), ENDINGS[Path(name).suffix])
    assert cells(table) == [("007", "1.0", "true"), ("1e400", "false", None)]
    assert table.sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_long_numbers_of_json_are_text(write: Write) -> None:
    assert cells(read_table(write('{"a": ' + "1" * 5000 + "}", "data.ndjson"))) == [("1" * 5000,)]


def test_empty_rows_of_json_are_dropped(write: Write) -> None:
    table = read_table(write('[{"a": null, "b": ""}, {"a": "", "b": "1"}]', "data.json"))

    assert cells(table) == [("", "1")]


def test_ndjson_is_read_in_batches(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_BATCH", 2)
    for count in range(1, 6):
        path = write("\n".join(f'{{"a": {number}}}' for number in range(count)), "data.ndjson")

        assert cells(read_table(path)) == [(str(number),) for number in range(count)]


@pytest.mark.parametrize(
    ("text", "error", "args"),
    [
        ("", errors.EmptyFile, ()),
        ("[]", errors.NoRows, ()),
        ('[{"a": null}]', errors.NoRows, ()),
        ("[{}]", errors.NoHeader, (None,)),
        ('[{" ": 1}]', errors.NoHeader, (1,)),
        ('[{"a": 1, "a ": 1}]', errors.RepeatedHeader, (1, 2)),
        ('[{"*": 1}]', UnusableHeader, (1,)),
        ('[{"a": 1, "a": 1}]', errors.BrokenTable, ("JSON",)),
        ('[{"a": {"b": 1, "b": 1}}]', errors.BrokenTable, ("JSON",)),
        ('[{"a": NaN}]', errors.BrokenTable, ("JSON",)),
        ('[{"a": 1}, {"a": [1]}]', NestedCells, ("JSON",)),
        ('[{"a": {"b": 1}}]', NestedCells, ("JSON",)),
        ('[{"a": 1}, {"b": 1}]', errors.RaggedRow, (None,)),
        ('[{"a": 1}, {"a": 1, "b": 1}]', errors.RaggedRow, (None,)),
        ('[{"a": 1}, 2]', errors.BrokenTable, ("JSON",)),
        ("[1]", errors.BrokenTable, ("JSON",)),
        ("[null]", errors.BrokenTable, ("JSON",)),
        ('{"a": 1}', errors.BrokenTable, ("JSON",)),
        ('[{"a": 1}', errors.BrokenTable, ("JSON",)),
        ("[" * 100_000, errors.BrokenTable, ("JSON",)),
        (r'[{"a": "\ud800"}]', errors.BrokenTable, ("JSON",)),
        (r'[{"\ud800": "a"}]', errors.BrokenTable, ("JSON",)),
    ],
)
def test_faulty_json_is_refused(write: Write, text: str, error: type[Exception], args: tuple[object, ...]) -> None:
    with pytest.raises(error) as caught:
        read_table(write(text, "data.json"))

    assert type(caught.value) is error
    assert caught.value.args == (errors.DATA, *args)


@pytest.mark.parametrize(
    ("content", "error", "args"),
    [
        (b"\n \n", errors.EmptyFile, ()),
        (b'{"a": 1}\n\n{"b": 1}\n', errors.RaggedRow, (3,)),
        (b'{"a": 1}\n{"a": 1', errors.BrokenTable, ("NDJSON",)),
        (b'{"a": 1}\n[]\n', errors.BrokenTable, ("NDJSON",)),
        (b'{"a": 1}\n{"a": "\xff"}\n', errors.NotText, (2,)),
        (b'{"a": 1} {"a": 2}\n', errors.BrokenTable, ("NDJSON",)),
    ],
)
def test_faulty_ndjson_is_refused(
    write: Write, content: bytes, error: type[Exception], args: tuple[object, ...]
) -> None:
    with pytest.raises(error) as caught:
        read_table(write(content, "data.ndjson"))

    assert type(caught.value) is error
    assert caught.value.args == (errors.DATA, *args)


def test_json_larger_than_the_limit_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('[{"a": 1}]', "data.json")
    monkeypatch.setattr(rows, "LIMIT", 10)
    assert cells(read_table(path)) == [("1",)]
    monkeypatch.setattr(rows, "LIMIT", 9)

    with pytest.raises(errors.LargeTable):
        read_table(path)


def test_a_line_larger_than_the_limit_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write('{"a": 1}', "data.ndjson")
    monkeypatch.setattr(rows, "LONGEST_LINE", 8)
    assert cells(read_table(path)) == [("1",)]
    monkeypatch.setattr(rows, "LONGEST_LINE", 7)

    with pytest.raises(errors.LargeTable):
        read_table(path)


# Parquet


def parquet(**columns: object) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


def test_parquet_keeps_its_types(write: Write) -> None:
    content = parquet(a=[1, None, 3], b=["x", "", "y"], day=[date(2024, 1, 2), None, None])

    table = read_table(write(content, "data.parquet"))

    assert (table.headers, table.form) == (("a", "b", "day"), "Parquet")
    assert cells(table) == [(1, "x", date(2024, 1, 2)), (3, "y", None)]
    assert table.sha256 == hashlib.sha256(content).hexdigest()


def test_a_folder_whose_name_looks_like_a_value_adds_no_column(write: Write, tmp_path: Path) -> None:
    (tmp_path / "year=2024").mkdir()

    table = read_table(write(parquet(a=["1"]), "year=2024/data[*].parquet"))

    assert cells(table) == [("1",)]


def test_headers_of_parquet_have_no_blanks_at_their_ends(write: Write) -> None:
    table = read_table(write(parquet(**{" a ": [1]}), "data.parquet"))

    assert (table.headers, table.frame.collect().columns) == (("a",), ["a"])


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.BrokenTable),
        (parquet(a=[1, 2, 3])[:-1], errors.BrokenTable),
        (parquet(a=[1, 2, 3])[:40], errors.BrokenTable),
        (b"PAR1" + b"x" * 40 + b"PAR1", errors.BrokenTable),
        (parquet(), errors.NoHeader),
        (parquet(**{" ": [1]}), errors.NoHeader),
        (parquet(**{"a": [1], " a": [1]}), errors.RepeatedHeader),
        (parquet(a=pl.Series([], dtype=pl.String)), errors.NoRows),
        (parquet(a=[None, ""]), errors.NoRows),
        (parquet(a=[[1]]), NestedCells),
        (parquet(a=[{"b": 1}]), NestedCells),
        (parquet(a=[b"1"]), NestedCells),
    ],
)
def test_faulty_parquet_is_refused(write: Write, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_table(write(content, "data.parquet"))

    assert type(caught.value) is error


def test_a_broken_page_is_noticed_before_anybody_asks_for_it(write: Write) -> None:
    file = io.BytesIO()
    pl.DataFrame({"a": ["x"], "b": ["abcdefgh" * 9]}).write_parquet(file, compression="uncompressed", statistics=False)

    with pytest.raises(errors.BrokenTable):
        read_table(write(file.getvalue().replace(b"abcdefgh", b"\xff" * 8), "data.parquet"))


# Formats


def test_every_ending_has_a_reader() -> None:
    assert set(ENDINGS.values()) == set(READERS)


def archive(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name.replace("__", "/"), content)
    return file.getvalue()


_XLSX = archive(xl__workbook="")
_ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("x.csv", _XLSX, "XLSX"),
        ("x.csv", _ODS, "ODS"),
        ("x.csv", archive(mimetype="application/vnd.oasis.opendocument.text"), "CSV"),
        ("x.xlsx", archive(word__document=""), "XLSX"),
        ("x.docx", archive(word__document=""), None),
        ("x.ods", _ODS[:30], "ODS"),
        ("x.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        ("x.csv", b"$FL2@(#)", "SPSS"),
        ("x.csv", b"$FL3@(#)", "SPSS"),
        ("x.csv", b"<stata_dta><header>", "Stata"),
        ("x.csv", b"\x72\x02\x01\0", "Stata"),
        ("x.csv", b"\x72\x01\x01\0", "Stata"),
        ("x.csv", b"PAR1 and PAR1", "Parquet"),
        ("x.csv", b"PAR1,b", "CSV"),
        ("x.json", b"a,b", "JSON"),
        ("X.JSON", b"a,b", "JSON"),
        ("x", b"a,b", "CSV"),
        ("x.txt", b"a,b", "CSV"),
        ("x.tab", b"a,b", "TSV"),
        ("x.zsav", b"a,b", "SPSS"),
        ("x.pdf", b"%PDF", None),
    ],
    # Bytes hold the time at which they were made.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_the_content_decides_the_format_and_then_the_ending(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, form: str | None
) -> None:
    table = object()
    asked_for = []

    def reader(form: str) -> Callable[[str, str | None], object]:
        def read(path: str, sheet: str | None) -> object:
            asked_for.append((form, path, sheet))
            return table

        return read

    monkeypatch.setattr(reading, "READERS", {each: reader(each) for each in READERS})
    path = write(content, name)

    if form is None:
        with pytest.raises(errors.UnknownFormat):
            read_table(path)
    else:
        assert read_table(Path(path), sheet="s") is table
        assert asked_for == [(form, path, "s")]


@pytest.mark.parametrize("form", [each for each in READERS if each not in {"XLSX", "XLS", "ODS"}])
def test_only_a_workbook_has_sheets(form: str) -> None:
    with pytest.raises(NoSheets, match=r"^the data file: only a workbook has sheets; leave --sheet out$"):
        READERS[form]("nowhere", "sheet")


@pytest.mark.parametrize(
    ("form", "module", "name"),
    [
        ("XLSX", "workbooks", "read_workbook"),
        ("XLS", "workbooks", "read_workbook"),
        ("ODS", "workbooks", "read_workbook"),
        ("SPSS", "statistics", "read_sav"),
        ("Stata", "statistics", "read_dta"),
    ],
)
def test_other_formats_have_modules_of_their_own(
    monkeypatch: pytest.MonkeyPatch, form: str, module: str, name: str
) -> None:
    fake = SimpleNamespace(**{name: lambda *args, **more: (args, more)})
    monkeypatch.setitem(sys.modules, f"mscos.readers.{module}", fake)

    asked_for: object = READERS[form]("path", None)

    assert asked_for == (("path",), {"sheet": None} if module == "workbooks" else {})


# Paths


def test_a_path_that_is_no_file_is_not_shown(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = write("a\n1\n", f"{CANARY}.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    faulty = {
        str(tmp_path / f"{CANARY}.txt"): errors.NoSuchFile,
        f"{there}/{CANARY}": errors.NoSuchFile,
        f"{CANARY}\0": errors.NoSuchFile,
        str(tmp_path): errors.NotAFile,
        str(tmp_path / "pipe.csv"): errors.NotAFile,
        f"a,b\n{CANARY},1\n": errors.NotAPath,
        "": errors.NotAFile,
    }
    for path, error in faulty.items():
        with pytest.raises(error) as caught:
            read_table(path)

        assert type(caught.value) is error
        assert caught.value.args == (errors.DATA,)
        assert CANARY not in everything_said(caught.value)

    def refuse(*_: object) -> None:
        raise PermissionError(CANARY)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(errors.NotPermitted) as denied:
        read_table(there)
    assert CANARY not in everything_said(denied.value)


def test_a_path_with_signs_of_a_pattern_is_a_path(write: Write) -> None:
    path = write("a,b\n1,2\n", "a*[b]%20? {x}.csv")

    assert cells(read_table(path)) == [("1", "2")]


def test_rows_are_read_later_from_another_folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(write("a,b\n1,2\n"))
    monkeypatch.chdir(path.parent)
    table = read_table(path.name)
    monkeypatch.chdir("/")

    assert cells(table) == [("1", "2")]


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_text_can_be_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"a;b\n1;2\n\n")

    table = read_table("-")

    assert (table.form, table.headers, cells(table), cells(table)) == ("CSV", ("a", "b"), [("1", "2")], [("1", "2")])
    assert table.sha256 == hashlib.sha256(b"a;b\n1;2\n\n").hexdigest()


def test_what_is_piped_in_can_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    with pytest.raises(errors.EmptyFile):
        read_table("-")
    with pytest.raises(NoSheets):
        read_table("-", sheet="a")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(errors.NotPermitted):
        read_table("-")


@pytest.mark.parametrize("name", ["data.csv", "data.json", "data.ndjson", "data.parquet"])
def test_without_the_engine_the_extra_is_named(write: Write, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = write('[{"a": 1}]' if name == "data.json" else '{"a": 1}', name)
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(errors.MissingExtra) as caught:
        read_table(path)

    assert caught.value.extra == "data"


@pytest.mark.parametrize("name", ["data.csv", "data.json", "data.ndjson", "data.parquet"])
def test_a_file_that_vanishes_is_not_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.CannotRead) as caught:
        READERS[ENDINGS[Path(name).suffix]](str(tmp_path / f"{CANARY}{name}"), None)

    assert CANARY not in everything_said(caught.value)


# Callers' dataframes


def frames_of(module: str) -> Any:  # noqa: ANN401 - a module has no type of its own
    return pytest.importorskip(module, reason=f"{module}: not tried")


def test_polars_keeps_its_types() -> None:
    for frame in (pl.DataFrame({"a": [1, None], "b ": ["x", ""]}), pl.LazyFrame({"a": [1, None], "b ": ["x", ""]})):
        table = as_table(frame)

        assert (table.headers, table.form, table.sha256, table.codebook) == (("a", "b "), "dataframe", None, None)
        assert isinstance(table.frame, nw.LazyFrame)
        assert cells(table) == [(1, "x"), (None, "")]


def test_pandas_is_read() -> None:
    pandas = frames_of("pandas")

    assert cells(as_table(pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}))) == [(1, "x"), (2, "y")]


def test_pyarrow_is_read() -> None:
    pyarrow = frames_of("pyarrow")

    assert cells(as_table(pyarrow.table({"a": [1, 2], "b": ["x", None]}))) == [(1, "x"), (2, None)]


def test_duckdb_is_read_lazily() -> None:
    duckdb = frames_of("duckdb")
    table = as_table(duckdb.connect().sql("select 1 as a, 'x' as b"))

    assert table.frame.implementation.is_duckdb()
    assert cells(table) == [(1, "x")]


def test_a_narwhals_frame_is_taken_as_it_is() -> None:
    assert cells(as_table(nw.from_native(pl.DataFrame({"a": [1]})))) == [(1,)]


def test_names_that_sql_takes_for_one_are_refused() -> None:
    duckdb = frames_of("duckdb")

    assert as_table(pl.DataFrame({"a": [1], "A": [1]})).headers == ("a", "A")
    with pytest.raises(errors.RepeatedHeader):
        as_table(duckdb.connect().sql("select 1 as a, 2 as A"))


@pytest.mark.parametrize(
    ("names", "error", "args"),
    [
        (["a", CANARY, CANARY], errors.RepeatedHeader, (2, 3)),
        (["a", " a"], errors.RepeatedHeader, (1, 2)),
        ([1, 2], UnusableHeader, (1,)),
        (["a", None], UnusableHeader, (2,)),
        ([(CANARY, "a"), (CANARY, "b")], UnusableHeader, (1,)),
        (["a", ""], errors.NoHeader, (2,)),
        ([], errors.NoHeader, (None,)),
        (["a", "*"], UnusableHeader, (2,)),
        (["a", "b\0"], UnusableHeader, (2,)),
    ],
)
def test_faulty_names_of_pandas_are_refused(names: list[Any], error: type[Exception], args: tuple[object, ...]) -> None:
    pandas = frames_of("pandas")
    frame = pandas.DataFrame([range(len(names))], columns=pandas.Index(names, tupleize_cols=False))

    with pytest.raises(error) as caught:
        as_table(frame)

    assert caught.value.args == (errors.DATA, *args)
    assert CANARY not in everything_said(caught.value)


def test_repeated_names_of_pyarrow_are_refused() -> None:
    pyarrow = frames_of("pyarrow")

    with pytest.raises(errors.RepeatedHeader) as caught:
        as_table(pyarrow.Table.from_arrays([pyarrow.array([1])] * 2, names=[CANARY, CANARY]))

    assert caught.value.args == (errors.DATA, 1, 2)
    assert CANARY not in everything_said(caught.value)


@pytest.mark.parametrize("value", [{CANARY: [CANARY]}, [CANARY], CANARY, None, pl.Series([CANARY])])
def test_what_is_no_dataframe_is_a_type_error_without_its_value(value: object) -> None:
    with pytest.raises(TypeError, match=r"^this is no dataframe; hand in one of pandas, polars, ") as caught:
        as_table(value)

    assert CANARY not in everything_said(caught.value)


def test_a_query_that_cannot_be_planned_is_refused_without_its_words() -> None:
    with pytest.raises(errors.BrokenTable) as caught:
        as_table(pl.LazyFrame({CANARY: [1]}).select("b"))

    assert CANARY not in everything_said(caught.value)


def test_two_columns_of_one_name_that_nothing_names_are_refused() -> None:
    class Frame:
        columns = ("a", "b")

    def refuse(_: object) -> None:
        raise nw.exceptions.DuplicateError(CANARY)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nw, "from_native", refuse)
        with pytest.raises(errors.BrokenTable) as caught:
            as_table(Frame())

    assert CANARY not in everything_said(caught.value)


# Laws


FAULTY = {
    "data.csv": [
        f"a,b\n{CANARY},1,2\n",
        f"a,b\n{CANARY}\n",
        f'a,b\n{CANARY},"1\n',
        f'a,b\n{CANARY},"1"2\n',
        f"a,,{CANARY}\n1,2,3\n",
        f"{CANARY},{CANARY}\n1,2\n",
        f"^{CANARY}$,b\n1,2\n",
        f"{CANARY},b,\n{CANARY},2,{CANARY}\n",
        f"{CANARY},b\n",
        f"{CANARY},b\n\0,2\n",
        f"a,b,c\n#indicator+mscos,#x,{CANARY}\n1,2,3\n",
    ],
    "data.json": [f'[{{"{CANARY}": NaN}}]', f'[{{"{CANARY}": ["{CANARY}"]}}]', f'[{{"a": 1}}, {{"{CANARY}": 1}}]'],
    "data.ndjson": [f'{{"a": "{CANARY}"', f'{{"{CANARY}": 1, "{CANARY}": 1}}', f'{{"a": "{CANARY}\\ud800"}}'],
    "data.parquet": [f"PAR1{CANARY}PAR1", CANARY],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FAULTY.items() for text in texts])
def test_no_error_tells_a_cell_or_a_header(write: Write, name: str, text: str) -> None:
    with pytest.raises(errors.CannotRead) as caught:
        read_table(write(text, name))

    assert CANARY not in everything_said(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            StrayMark(errors.DATA, 1000),
            "the row on line 1,000 has a quotation mark in the middle of a cell, or half of",
        ),
        (UnusableHeader(errors.DATA, 2), "the header of column 2 is no text, or it is a pattern such as * or ^a$; "),
        (NestedCells(errors.DATA, "JSON"), "some cells hold a list, a group or bytes; give each value a column of its"),
    ],
)
def test_errors_say_what_to_do(error: errors.CannotRead, text: str) -> None:
    assert str(error).startswith(f"the data file: {text}")
    assert str(error).endswith(". Nothing was checked.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


PIECES = st.lists(
    st.sampled_from(
        ["a", "1", '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", " ", "é", "#b+mscos+x", "[", "{", ":", "}"]
    ),
    max_size=40,
).map(lambda pieces: "".join(pieces).encode())
CONTENTS = st.binary(max_size=60) | PIECES | PIECES.map(lambda piece: b"a,b\n" + piece)


@given(content=CONTENTS, ending=st.sampled_from(["csv", "tsv", "json", "ndjson"]))
def test_any_bytes_become_a_table_or_one_of_our_errors(folder: Path, content: bytes, ending: str) -> None:
    path = folder / f"any.{ending}"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except errors.CannotRead as error:
        assert (error.path, error.__context__, error.__cause__) == (errors.DATA, None, None)  # noqa: PT017
    else:
        everything = table.frame.to_native()
        assert everything.collect(engine="streaming").equals(everything.collect())
        assert tuple(everything.collect().columns) == table.headers
        assert not everything.collect().is_empty()


@settings(max_examples=40)
@given(content=st.binary(max_size=60), cut=st.integers(0, 400))
def test_any_bytes_called_parquet_become_a_table_or_one_of_our_errors(folder: Path, content: bytes, cut: int) -> None:
    path = folder / "any.parquet"
    for each in (content, b"PAR1" + content + b"PAR1", parquet(a=[1, 2], b=["x", "y"])[:cut]):
        path.write_bytes(each)
        with pytest.raises(errors.CannotRead) as caught:
            read_table(path)
        assert (caught.value.__context__, caught.value.__cause__) == (None, None)


MINIMAL: Final = 0  # csv.QUOTE_MINIMAL
ALL: Final = 1  # csv.QUOTE_ALL
CELLS = st.text(st.sampled_from("aé €1\"'#^\\,;\t"), max_size=4)
BROKEN_CELLS = st.text(st.sampled_from('a"\n\r'), max_size=4)


@given(
    table=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
    ),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    quoting=st.sampled_from([MINIMAL, ALL]),
    broken=BROKEN_CELLS,
    cut=st.booleans(),
)
def test_what_the_standard_library_writes_is_read_again(  # noqa: PLR0913, PLR0917 - each is one thing that may vary
    folder: Path,
    table: list[list[str]],
    separator: str,
    end: str,
    encoding: str,
    quoting: Literal[0, 1],
    broken: str,
    *,
    cut: bool,
) -> None:
    if end == "\r\n" or quoting == ALL:  # the library leaves other breaks bare
        table[0][0] += broken
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([[f"h{place}" for place, _ in enumerate(table[0])], *table])
    path = folder / "again.csv"
    path.write_bytes((text.getvalue().removesuffix(end) if cut else text.getvalue()).encode(encoding))
    expected = [tuple(cell or None for cell in row) for row in table if any(row)]

    if expected:
        assert cells(read_table(path)) == expected
    else:
        with pytest.raises(errors.NoRows):
            read_table(path)


ROW = st.tuples(st.text(max_size=3), st.none() | st.text(max_size=3))


@settings(max_examples=30)
@given(table=st.lists(ROW, min_size=1, max_size=4))
def test_rows_of_text_are_read_again(folder: Path, table: list[tuple[str, str | None]]) -> None:
    expected = [row for row in table if any(row)]
    objects = [{"a": first, "b": second} for first, second in table]
    (folder / "again.json").write_text(json.dumps(objects), encoding="utf-8")
    (folder / "again.ndjson").write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")

    for name in ("again.json", "again.ndjson"):
        if expected:
            assert cells(read_table(folder / name)) == expected
        else:
            with pytest.raises(errors.NoRows):
                read_table(folder / name)


def test_the_samples_are_read() -> None:
    if "MSCOS_SAMPLES" not in os.environ:
        pytest.skip("samples: not tried")
    for file in Path(os.environ["MSCOS_SAMPLES"]).glob("redcap*data.csv"):
        with file.open(encoding="utf-8-sig", newline="") as text:
            headers, *expected = csv.reader(text)
        table = read_table(file)

        assert table.headers == tuple(headers)
        assert [[cell or "" for cell in row] for row in cells(table)] == [row for row in expected if any(row)]
