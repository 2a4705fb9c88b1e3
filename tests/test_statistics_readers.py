"""Files of SPSS and Stata become tables with a codebook of their own, whatever is in them."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.labels import MissingValues, codebook_of_labels
from mscos.readers import _sav, statistics
from mscos.readers.statistics import read_dta, read_sav
from mscos.readers.table import Table

pl = pytest.importorskip("polars", reason="the extra `data` is not installed")
pyreadstat = pytest.importorskip("pyreadstat", reason="the extra `stats` is not installed")

CANARY = "Marisol Quetzalcoatl 07700 900123"

Read = Callable[[str], Table]
READERS: dict[str, Read] = {".sav": read_sav, ".zsav": read_sav, ".dta": read_dta}


def sav(path: Path, columns: Mapping[str, list[Any]], **said: Any) -> Path:  # noqa: ANN401
    pyreadstat.write_sav(pl.DataFrame(columns), str(path), compress=path.suffix == ".zsav", **said)
    return path


def dta(path: Path, columns: Mapping[str, list[Any]], **said: Any) -> Path:  # noqa: ANN401
    pyreadstat.write_dta(pl.DataFrame(columns), str(path), **said)
    return path


WRITERS = {".sav": sav, ".zsav": sav, ".dta": dta}


@pytest.fixture(params=WRITERS)
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def changed(path: Path, before: bytes, after: bytes) -> Path:
    content = path.read_bytes()
    assert before in content
    assert len(before) == len(after)
    path.write_bytes(content.replace(before, after))
    return path


def columns_of(table: Table) -> dict[str, list[object]]:
    frame = table.frame.collect()
    assert tuple(frame.columns) == table.headers
    return {name: frame[name].to_list() for name in frame.columns}


def kinds_of(table: Table) -> dict[str, str]:
    return {name: str(kind) for name, kind in table.frame.collect_schema().items()}


def codebook_of(table: Table) -> Codebook:
    assert table.codebook is not None
    return table.codebook


def everything_of(error: BaseException | None) -> str:
    """Give all that an error says or holds, and those behind it."""
    if error is None:
        return ""
    held = f"{error} {error!r} {error.args} {vars(error)}"
    return held + everything_of(error.__cause__) + everything_of(error.__context__)


def refused(path: Path) -> errors.MscosError:
    with pytest.raises(errors.MscosError) as caught:
        READERS[path.suffix](str(path))
    assert CANARY not in everything_of(caught.value)
    assert str(path) not in everything_of(caught.value)
    return caught.value


def broken(ending: str) -> str:
    form = "a Stata file" if ending == ".dta" else "an SPSS file"
    return f"the data file: it cannot be read as {form} to its end; save it again. Nothing was checked."


UNKNOWN = (
    "the data file: this is no table that we can read; save it as CSV, XLSX, ODS, Parquet, JSON, SPSS or Stata. "
    "Nothing was checked."
)
MOMENT = datetime(2020, 1, 2, 3, 4, 5)  # noqa: DTZ001


# What can be read


def test_numbers_stay_numbers_text_stays_text_and_dates_stay_dates(ending: str, tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {
        "pid": ["007", " P 2", None],
        "score": [1, 2, None],
        "mean": [0.5, -1.0, None],
        "day": [date(1890, 5, 17), date(2020, 2, 29), None],
        "moment": [MOMENT, MOMENT, None],
        "last": [None, None, "x"],
    }
    path = WRITERS[ending](tmp_path / f"{CANARY}{ending}", columns)

    table = READERS[ending](str(path))

    assert columns_of(table) == columns
    assert kinds_of(table) == {
        "pid": "String",
        "score": "Int64",
        "mean": "Float64",
        "day": "Date",
        "moment": "Datetime(time_unit='us', time_zone=None)",
        "last": "String",
    }
    assert (table.form, table.sha256) == (
        "Stata" if ending == ".dta" else "SPSS",
        sha256(path.read_bytes()).hexdigest(),
    )


def test_a_file_whose_rows_are_compressed_is_read(tmp_path: Path) -> None:
    path = sav(tmp_path / "a.sav", {"n": [1, 2, 300], "t": ["a", "b", "c"]}, row_compress=True)

    assert columns_of(read_sav(str(path))) == {"n": [1, 2, 300], "t": ["a", "b", "c"]}


def test_labels_are_read_for_their_tokens_and_no_value_is_replaced_by_its_label(ending: str, tmp_path: Path) -> None:
    label = "Feels secure at home [mscos:housing]"
    path = WRITERS[ending](
        tmp_path / f"a{ending}",
        {"home": [1, 2], "pid": ["a", "b"]},
        column_labels={"home": label},
        variable_value_labels={"home": {1: "yes", 2: "no"}},
    )

    table = READERS[ending](str(path))

    assert columns_of(table)["home"] == [1, 2]
    assert codebook_of(table) == Codebook(
        form="the labels of a Stata file" if ending == ".dta" else "the labels of an SPSS file",
        variables=(Variable(name="home", label=label, annotations=(Annotation(outcome="housing"),)),),
    )


def test_values_that_mean_no_answer_are_kept_and_named(tmp_path: Path) -> None:
    lowest = float("-inf")
    path = sav(
        tmp_path / "a.sav",
        {
            "one": [1, 99, 98],
            "half": [0.5, 9.5, 99.0],
            "some": [-9, -1, 77],
            "low": [-5, 0, 1],
            "text": ["a", "NA", "-"],
        },
        missing_ranges={
            "one": [99, 98],
            "half": [9.5, 99],
            "some": [{"lo": -9, "hi": -1}, 77],
            "low": [{"lo": lowest, "hi": -1}],
            "text": ["NA"],
        },
    )

    table = read_sav(str(path))

    assert columns_of(table)["one"] == [1, 99, 98]
    assert columns_of(table)["text"] == ["a", "NA", "-"]
    assert codebook_of(table).variables == (
        Variable(name="one", missing_codes=("99", "98")),
        Variable(name="half", missing_codes=("9.5", "99")),
        Variable(name="some", missing_codes=("77",), missing_ranges=((-9.0, -1.0),)),
        Variable(name="low", missing_ranges=((lowest, -1.0),)),
        Variable(name="text", missing_codes=("NA",)),
    )


def test_a_date_that_means_no_answer_is_nothing(tmp_path: Path) -> None:
    day = date(2020, 1, 2)
    seconds = (day - date(1582, 10, 14)).days * 86400.0
    path = sav(
        tmp_path / "a.sav",
        {"one": [seconds, 99.0, None], "some": [seconds, 1.0, 9.0]},
        variable_format={"one": "DATE11", "some": "ADATE10"},
        missing_ranges={"one": [99], "some": [{"lo": 1, "hi": 9}]},
    )

    table = read_sav(str(path))

    assert columns_of(table) == {"one": [day], "some": [day]}
    assert codebook_of(table).variables == ()


@pytest.mark.parametrize("shown_as", ["DATE11", "ADATE10", "EDATE10", "JDATE7", "SDATE10", "MOYR8", "QYR8", "WKYR10"])
def test_a_date_of_spss_is_one_however_it_is_shown(shown_as: str, tmp_path: Path) -> None:
    day = date(2020, 1, 2)
    seconds = (day - date(1582, 10, 14)).days * 86400.0
    path = sav(tmp_path / "a.sav", {"day": [seconds]}, variable_format={"day": shown_as})

    assert columns_of(read_sav(str(path))) == {"day": [day]}


@pytest.mark.parametrize("shown_as", ["%td", "%d", "%-td", "%tdDD/NN/CCYY", "%dD_m_Y"])
def test_a_date_of_stata_is_one_however_it_is_shown(shown_as: str, tmp_path: Path) -> None:
    path = dta(tmp_path / "a.dta", {"day": [21916.0]}, variable_format={"day": shown_as})

    assert columns_of(read_dta(str(path))) == {"day": [date(2020, 1, 2)]}


@pytest.mark.parametrize("shown_as", ["%tc", "%tC", "%-tc", "%tcHH:MM:SS"])
def test_a_moment_of_stata_is_one_however_it_is_shown(shown_as: str, tmp_path: Path) -> None:
    path = dta(tmp_path / "a.dta", {"moment": [1893553445000.0]}, variable_format={"moment": shown_as})

    assert columns_of(read_dta(str(path))) == {"moment": [MOMENT]}


@pytest.mark.parametrize(
    ("shown_as", "ending"), [("%tw", ".dta"), ("%10.0g", ".dta"), ("TIME8", ".sav"), ("F8", ".sav")]
)
def test_other_numbers_are_no_dates(shown_as: str, ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [3000.0]}, variable_format={"n": shown_as})

    assert columns_of(READERS[ending](str(path))) == {"n": [3000]}


@pytest.mark.parametrize(("number", "kind"), [(2.0**53 - 1, "Int64"), (2.0**53, "Float64"), (-(2.0**53), "Float64")])
def test_numbers_too_large_to_be_exact_are_not_called_whole(number: float, kind: str, tmp_path: Path) -> None:
    path = sav(tmp_path / "a.sav", {"n": [number]})

    assert kinds_of(read_sav(str(path))) == {"n": kind}


def test_moments_that_no_calendar_holds_stay_numbers(tmp_path: Path) -> None:
    path = sav(
        tmp_path / "a.sav", {"day": [1e300, 1.0]}, variable_format={"day": "DATE11"}, missing_ranges={"day": [1]}
    )

    table = read_sav(str(path))

    assert columns_of(table) == {"day": [1e300, 1.0]}
    assert codebook_of(table).variables == (Variable(name="day", missing_codes=("1",)),)


def test_the_missing_values_of_stata_are_no_answers(tmp_path: Path) -> None:
    path = dta(tmp_path / "a.dta", {"n": [1.0, 9911.0, 9926.0, 9900.0]})
    for number, missing in ((9911.0, b"\x01"), (9926.0, b"\x1a"), (9900.0, b"\x00")):
        changed(path, struct.pack("<d", number), b"\0\0\0\0\0" + missing + b"\xe0\x7f")

    assert columns_of(read_dta(str(path))) == {"n": [1]}


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_old_files_of_stata_are_read(version: int, tmp_path: Path) -> None:
    path = dta(
        tmp_path / "a.dta", {"n": [1, 2], "t": ["a", "b"]}, version=version, variable_value_labels={"n": {1: "x"}}
    )

    assert columns_of(read_dta(str(path))) == {"n": [1, 2], "t": ["a", "b"]}


def test_rows_that_hold_nothing_are_dropped(ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [None, 1.5, None], "t": ["", "", None]})

    assert columns_of(READERS[ending](str(path))) == {"n": [1.5], "t": [None]}


def test_a_file_that_does_not_say_how_many_rows_it_has_is_read(tmp_path: Path) -> None:
    path = sav(tmp_path / "a.sav", {"n": [1, 2, 3]})
    content = path.read_bytes()
    path.write_bytes(content[:80] + struct.pack("<i", -1) + content[84:])

    assert columns_of(read_sav(str(path))) == {"n": [1, 2, 3]}


def test_pandas_is_not_needed(tmp_path: Path) -> None:
    paths = (str(sav(tmp_path / "a.sav", {"n": [1]})), str(dta(tmp_path / "a.dta", {"n": [1]})))
    program = (
        "import sys; from mscos.readers.statistics import read_dta, read_sav; "
        f"read_sav({paths[0]!r}).frame.collect(); read_dta({paths[1]!r}).frame.collect(); "
        "print('pandas' in sys.modules)"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert (ran.stdout, ran.stderr) == ("False\n", "")


# What would end the process


def test_labels_of_values_in_another_encoding_do_no_harm(tmp_path: Path) -> None:
    said = {"variable_value_labels": {"t": {"LABELLED": "a label"}}}
    path = sav(tmp_path / "a.sav", {"t": ["x", "y"], "u": ["abcdefgh", "z"]}, **said)
    changed(path, b"LABELLED", b"\xf0?\xff\xff\xe9?\x81\x8d")

    assert columns_of(read_sav(str(path))) == {"t": ["x", "y"], "u": ["abcdefgh", "z"]}


def test_nothing_of_the_labels_of_values_is_handed_on(tmp_path: Path) -> None:
    said = {"variable_value_labels": {"t": {"LABELLED": CANARY}, "long": {"a" * 20: CANARY}}}
    content = sav(tmp_path / "a.sav", {"t": ["x"], "n": [1], "long": ["a" * 300]}, **said).read_bytes()

    plain = _sav.without_value_labels(content)

    assert len(plain) == len(content)
    assert (b"LABELLED" in content, content.count(CANARY.encode())) == (True, 2)
    assert b"LABELLED" not in plain


def dictionary(*numbers: int | bytes, order: str = "<") -> bytes:
    """Write the dictionary of a file of SPSS, of numbers of four bytes and of texts."""
    head = (b"$FL2" + bytes(60) + struct.pack(f"{order}i", 2)).ljust(176, b"\0")
    return head + b"".join(each if isinstance(each, bytes) else struct.pack(f"{order}i", each) for each in numbers)


NUMBER = (2, 0, 0, 0, bytes(16))
TEXT = (2, 20, 0, 0, bytes(16), 2, -1, 0, 0, bytes(16), 2, -1, 0, 0, bytes(16))
LABEL = (3, 1, b"VALUE   ", b"\2ab     ")


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(
    "numbers",
    [
        (*NUMBER, 999),
        (*TEXT, *NUMBER, 999),
        (*NUMBER, *LABEL, 4, 1, 1, 999),
        (*TEXT, *NUMBER, *LABEL, 4, 2, 1, 4, 999),
        (2, 0, 1, 0, bytes(16), 5, b"label...", 999),
        (2, 0, 0, 3, bytes(16), bytes(24), 999),
        (2, 0, 0, -2, bytes(16), bytes(16), 999),
        (6, 2, bytes(160), 999),
        (7, 20, 1, 5, b"UTF-8", 999),
    ],
)
def test_a_sound_dictionary_is_passed_on(numbers: tuple[int | bytes, ...], order: str) -> None:
    content = dictionary(*numbers, order=order)

    assert _sav.without_value_labels(content) == content.replace(b"VALUE   ", b" " * 8).replace(
        b"\2ab     ", b"\2       "
    )


def test_further_records_that_nobody_needs_are_passed_over() -> None:
    content = dictionary(7, 21, 2, 4, b"LABELLED", 999)

    assert _sav.without_value_labels(content) == dictionary(7, 0x7FFF, 2, 4, b"LABELLED", 999)


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        (2, 0, 0, 0),
        (5, 999),
        (2, 256, 0, 0, bytes(16), 999),
        (2, -2, 0, 0, bytes(16), 999),
        (2, 0, 2, 0, bytes(16), 0, 999),
        (2, 0, 0, 4, bytes(16), bytes(32), 999),
        (2, 0, 1, 0, bytes(16), -4, 999),
        (2, 0, 1, 0, bytes(16), 400, 999),
        (2, 20, 0, 0, bytes(16), *NUMBER, 999),
        (2, 20, 0, 0, bytes(16), 999),
        (2, -1, 0, 0, bytes(16), 999),
        (*NUMBER, *LABEL, 999),
        (*NUMBER, *LABEL, 4, 1, 0, 999),
        (*NUMBER, *LABEL, 4, 1, 2, 999),
        (*TEXT, *LABEL, 4, 1, 2, 999),
        (*NUMBER, 3, 9999, b"VALUE   ", b"\2ab     ", 4, 1, 1, 999),
        (6, 1, bytes(8), 999, bytes(68), 6, -1, 999),
        (7, 20, -1, 4, 999),
    ],
)
def test_a_dictionary_that_leads_elsewhere_is_refused(numbers: tuple[int | bytes, ...], tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    path.write_bytes(dictionary(*numbers))

    with pytest.raises((IndexError, KeyError, ValueError, struct.error)):
        _sav.without_value_labels(path.read_bytes())
    assert str(refused(path)) == broken(".sav")


# What cannot be read


def test_a_file_that_is_cut_off_anywhere_is_refused(ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](
        tmp_path / f"a{ending}", {"n": [1.5, 2.5, 3.5], "t": [CANARY, "b", "c"]}, column_labels={"n": CANARY}
    )
    content = path.read_bytes()

    said = set()
    for length in range(1, len(content), 7):
        path.write_bytes(content[:length])
        said.add(str(refused(path)))
    path.write_bytes(content[:-1])
    said.add(str(refused(path)))

    assert said == {broken(ending), UNKNOWN}


def test_what_is_of_another_format_is_unknown(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    for content in (
        CANARY.encode(),
        b"\0",
        b"PK\x03\x04",
        b"<stata",
        b"$FL1",
        b"\x67\x01\x01",
        b"r\x03\x01",
        b"r\x01\x02",
    ):
        path.write_bytes(content)

        assert str(refused(path)) == UNKNOWN


def test_a_file_that_is_not_there_is_not_named(ending: str, tmp_path: Path) -> None:
    empty = tmp_path / f"a{ending}"
    empty.touch()

    assert str(refused(tmp_path / f"{CANARY}{ending}")) == "the data file: there is no such file. Nothing was checked."
    assert str(refused(empty)) == "the data file: the file is empty. Nothing was checked."


def test_a_file_without_rows_is_refused(ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [None], "t": [""]})

    assert str(refused(path)) == "the data file: the table has headers and no rows. Nothing was checked."


def test_more_rows_than_a_file_can_hold_are_not_made_room_for(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [1.0, 2.0]})
    content = path.read_bytes()
    place, form, claim = (content.index(b"<N>") + 3, "<q", 40_000) if ending == ".dta" else (80, "<i", 1_200_000)
    assert struct.unpack_from(form, content, place) == (2,)
    path.write_bytes(content[:place] + struct.pack(form, claim) + content[place + struct.calcsize(form) :])
    whole = []
    for name in ("read_sav", "read_dta"):
        reader = getattr(pyreadstat, name)

        def read(*given: object, reader: Callable[..., object] = reader, **more: object) -> object:
            whole.append("metadataonly" not in more)
            return reader(*given, **more)

        monkeypatch.setattr(pyreadstat, name, read)

    assert str(refused(path)) == broken(ending)
    assert whole == [False]


def test_a_file_of_too_many_cells_or_bytes_is_refused(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [1.5] * 3, "m": [2.5] * 3})

    with monkeypatch.context() as patched:
        patched.setattr(statistics, "CELLS", 5)
        cells = refused(path)
    with monkeypatch.context() as patched:
        patched.setattr(statistics, "UNPACKED", 47)
        unpacked = refused(path)
    monkeypatch.setattr(statistics, "CELLS", 6)
    monkeypatch.setattr(statistics, "UNPACKED", 48)

    assert str(cells) == "the data file: it has more than 5 cells; save it as CSV or Parquet. Nothing was checked."
    assert isinstance(unpacked, errors.LargeTable)
    assert columns_of(READERS[ending](str(path))) == {"n": [1.5] * 3, "m": [2.5] * 3}


def test_room_for_rows_that_a_file_does_not_count_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sav(tmp_path / "a.sav", {"n": [1.5]})
    content = path.read_bytes()
    path.write_bytes(content[:80] + struct.pack("<i", -1) + content[84:])
    monkeypatch.setattr(statistics, "CELLS", 99_999)

    assert isinstance(refused(path), errors.LargeTable)


def test_two_variables_of_one_name_are_refused(tmp_path: Path) -> None:
    path = changed(dta(tmp_path / "a.dta", {"abc": [1], "abd": [2]}), b"abd\0", b"abc\0")

    assert str(refused(path)) == broken(".dta")


def test_a_name_with_blanks_at_its_ends_is_read_without_them(tmp_path: Path) -> None:
    path = changed(dta(tmp_path / "a.dta", {"abc": [1]}, column_labels={"abc": "x mscos:housing"}), b"abc\0", b"ab \0")

    table = read_dta(str(path))

    assert columns_of(table) == {"ab": [1]}
    assert [each.name for each in codebook_of(table).variables] == ["ab"]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Small files of every format, with all that a dictionary can hold."""
    folder = tmp_path_factory.mktemp("originals")
    columns: dict[str, list[Any]] = {
        "pid": [CANARY, "b"],
        "n": [1.0, 99.0],
        "day": [date(2020, 1, 2), None],
        "t": ["NA", "y"],
    }
    labels = {"column_labels": {"n": "Home [mscos:housing]"}, "variable_value_labels": {"n": {1: "yes"}}}
    missing = {"missing_ranges": {"n": [99], "t": ["NA"]}}
    return [
        sav(folder / "a.sav", columns, **labels, **missing, note="a note"),
        sav(folder / "b.sav", columns, **labels, **missing, row_compress=True),
        sav(folder / "c.zsav", columns, **labels, **missing),
        dta(folder / "a.dta", columns, **labels),
        dta(folder / "b.dta", columns, **labels, version=10),
    ]


def table_or_error(path: Path) -> Table | errors.MscosError:
    try:
        return READERS[path.suffix](str(path))
    except errors.MscosError as error:
        return error


@settings(max_examples=300)
@given(data=st.data())
def test_any_bytes_become_a_table_or_one_of_our_errors(data: st.DataObject, originals: list[Path]) -> None:
    original = data.draw(st.sampled_from(originals))
    content = bytearray(original.read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    path = original.with_stem("changed")
    path.write_bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])

    found = table_or_error(path)

    if isinstance(found, Table):
        assert len(found.frame.collect()) > 0
    else:
        assert CANARY not in everything_of(found)
        assert (found.__cause__, found.__context__) == (None, None)


@pytest.mark.parametrize(("module", "extra"), [("pyreadstat", "stats"), ("polars", "data")])
def test_without_an_extra_it_is_named(
    module: str, extra: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [1]})
    monkeypatch.setitem(sys.modules, module, None)

    assert refused(path).args == (extra,)


# What the labels say


def test_labels_describe_variables_and_their_missing_values() -> None:
    found = codebook_of_labels(
        "labels",
        {
            "pid": "Who [mscos:participant]",
            "time": "When [mscos:timepoint 0=baseline 1=month-6]",
            "home": "Secure [mscos:housing by=self]",
            "age": "Age in years",
            "plain": "",
            "code": "",
            "range": "",
        },
        {
            "code": MissingValues(codes=("99",)),
            "range": MissingValues(ranges=((-9, -1),)),
            "plain": MissingValues(),
            "elsewhere": MissingValues(codes=("99",)),
        },
    )

    assert found == Codebook(
        form="labels",
        variables=(
            Variable(name="pid", label="Who [mscos:participant]", role="participant"),
            Variable(name="time", label="When [mscos:timepoint 0=baseline 1=month-6]", role="timepoint"),
            Variable(
                name="home",
                label="Secure [mscos:housing by=self]",
                annotations=(Annotation(outcome="housing", reported_by="self"),),
            ),
            Variable(name="age", label="Age in years"),
            Variable(name="code", missing_codes=("99",)),
            Variable(name="range", missing_ranges=((-9, -1),)),
        ),
        timepoints=(TimeLabel("0", 0.0), TimeLabel("1", 6.0)),
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [("MarisolQ", "Marisol Q."), ("marisol_q", "MARISOL Q"), ("a" * 32, "A" * 30 + " " + "a" * 9), ("x", "--")],
)
def test_a_label_that_only_repeats_the_name_describes_nothing(name: str, label: str) -> None:
    described = codebook_of_labels("labels", {name: label}, {})
    coded = codebook_of_labels("labels", {name: label}, {name: MissingValues(codes=("9",))})

    assert described.variables == ()
    assert coded.variables == (Variable(name=name, missing_codes=("9",)),)


@pytest.mark.parametrize(("name", "label"), [("a" * 31, "a" * 40), ("age", "age in years"), ("a" * 32, "other")])
def test_a_label_that_says_more_than_the_name_describes_it(name: str, label: str) -> None:
    assert codebook_of_labels("labels", {name: label}, {}).variables == (Variable(name=name, label=label),)


def test_a_label_that_cannot_be_read_is_named_by_its_position() -> None:
    labels = {"a": "fine", CANARY: f"{CANARY} [mscos:housing kind=sofa]", "c": "mscos:"}

    with pytest.raises(errors.InvalidDocument) as caught:
        codebook_of_labels("labels", labels, {})

    assert [(fault.pointer, fault.message.partition(". ")[0]) for fault in caught.value.faults] == [
        ("/variables/1/label", "Variable 2: its label cannot be read"),
        ("/variables/2/label", "Variable 3: its label cannot be read"),
    ]
    assert caught.value.path == errors.DATA
    assert CANARY not in everything_of(caught.value)


def test_two_places_of_one_time_point_are_a_contradiction() -> None:
    labels = {"a": "[mscos:timepoint t1=baseline t2=month-6]", "b": "[mscos:timepoint t1=month-3 t3=month-12]"}

    found = codebook_of_labels("labels", labels, {})

    assert found.contradictory == ("b",)
    assert found.timepoints == (TimeLabel("t1", 0.0), TimeLabel("t2", 6.0), TimeLabel("t3", 12.0))


def test_a_frame_of_narwhals_is_lazy(ending: str, tmp_path: Path) -> None:
    path = WRITERS[ending](tmp_path / f"a{ending}", {"n": [1]})

    assert isinstance(READERS[ending](str(path)).frame, nw.LazyFrame)
