"""Row numbers for the person who must mend a file: on a terminal, and never with a cell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mscos import cli
from mscos._editions import load_taxonomy
from mscos.errors import MscosError
from mscos.intake import prepared
from mscos.locate import NotLocated, locate

ROOT = Path(__file__).parent.parent
HOW = "The headers are row 1. Empty rows and a row of HXL tags are not counted."

MAPPING = """\
column,role,outcome,time,instrument,range,missing_codes
pid,participant,,,,,
age,adult,,,,,
home_6,,housing,month-6,single-item,1..5,-77
home_0,,housing,baseline,single-item,1..5,-77
codes,,safety,baseline,single-item,,-77
"""

WIDE = """\
pid,age,home_0,home_6,codes,Kanarienvogel
CANARYA,34,1,9,-77,CANARYZ1
CANARYB,17,0,2,-77,CANARYZ2
,,,,,
CANARYA,34,2,3,,CANARYZ3
CANARYC,41,-77,2,-77,CANARYZ4
,50,7,2,,CANARYZ5
,51,3,2,,CANARYZ6
CANARYA,34,,,,CANARYZ7
"""

LONG = """\
participant,timepoint,outcome,instrument,value,missing,adult
CANARYA,baseline,housing,homelessness-star,3,,yes
CANARYA,baseline,housing,homelessness-star,11,,yes
CANARYB,baseline,CANARYX,single-item,3,,yes
CANARYB,baseline,CANARYX,single-item,4,,yes
CANARYB,baseline,medical,single-item,-99,,yes
CANARYC,baseline,education,single-item,1,,no
CANARYB,month-6,medical,single-item,,declined,yes
CANARYD,baseline,safety,single-item,99,,yes
CANARYD,one day,safety,single-item,1,,yes
CANARYD,one week,safety,single-item,1,,yes
CANARYD,month-6,safety,single-item,-99,,yes
CANARYD,month-6,CANARYW,single-item,-99,,yes
CANARYA,baseline,housing,homelessness-star,,declined,yes
"""


def files(folder: Path, data: str, mapping: str = MAPPING) -> tuple[str, str]:
    (folder / "data.csv").write_text(data, encoding="utf-8")
    (folder / "mapping.csv").write_text(mapping, encoding="utf-8")
    return str(folder / "data.csv"), str(folder / "mapping.csv")


class Command:
    """The command line, in this process."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture

    def __call__(self, *arguments: str) -> tuple[int, list[str], str]:
        self._patch.setattr(sys, "argv", ["mscos", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        written = self._capture.readouterr()
        assert "CANARY" not in written.out + written.err
        assert "Kanarienvogel" not in written.out + written.err
        return int(left.value.code or 0), written.out.splitlines(), written.err


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("POP-01", ["row 3, column 2 (age)", HOW]),
        ("DAT-02", ["row 2, column 5 (codes)", "row 5, column 5 (codes)", HOW]),
        ("DAT-04", ["row 2, column 4 (home_6)", "row 6, column 3 (home_0)", HOW]),
        (
            "dat-09",
            [
                "row 2, column 3 (home_0)",
                "row 2, column 4 (home_6)",
                "row 4, column 3 (home_0)",
                "row 4, column 4 (home_6)",
                HOW,
            ],
        ),
        ("SAF-02", ["SAF-02: nothing was found in the rows."]),
    ],
)
def test_the_rows_of_a_wide_table_are_named(tmp_path: Path, command: Command, rule: str, lines: list[str]) -> None:
    data, mapping = files(tmp_path, WIDE)

    status, shown, said = command("locate", data, rule, "--codebook", mapping, "--yes-local")

    assert (status, shown, said) == (0, lines, "")


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("POP-01", ["row 7, column 7 (adult)", HOW]),
        ("DAT-02", ["row 6, column 5 (value)", "row 8, column 5 (value)", HOW]),
        ("DAT-04", ["row 3, column 5 (value)", HOW]),
        (
            "DAT-09",
            [
                "row 2, column 5 (value)",
                "row 3, column 5 (value)",
                "row 10, column 5 (value)",
                "row 11, column 5 (value)",
                HOW,
            ],
        ),
        ("STR-04", ["row 4, column 3 (outcome)", "row 5, column 3 (outcome)", "row 13, column 3 (outcome)", HOW]),
    ],
)
def test_the_rows_of_the_canonical_layout_are_named(
    tmp_path: Path, command: Command, rule: str, lines: list[str]
) -> None:
    data, _ = files(tmp_path, LONG)

    status, shown, said = command("locate", data, rule, "--yes-local")

    assert (status, shown, said) == (0, lines, "")


def test_people_are_counted_twice_only_at_one_time_point(tmp_path: Path, command: Command) -> None:
    data, mapping = files(
        tmp_path,
        "pid,wave,home\nA,pre,1\nA,post,1\nA,post,\nB,later,1\nB,other,1\n",
        "column,role,outcome,time\npid,participant,,\nwave,timepoint,,pre=baseline; post=month-6\nhome,,housing,\n",
    )

    _, shown, _ = command("locate", data, "DAT-09", "--codebook", mapping, "--yes-local")

    assert shown == ["row 5, column 3 (home)", "row 6, column 3 (home)", HOW]


def test_a_variable_of_one_time_point_has_one_answer_of_a_person(tmp_path: Path, command: Command) -> None:
    data, mapping = files(
        tmp_path,
        "pid,wave,home\nA,pre,1\nA,post,1\nB,pre,1\n",
        "column,role,outcome,time\npid,participant,,\nwave,timepoint,,pre=baseline; post=month-6\n"
        "home,,housing,baseline\n",
    )

    _, shown, _ = command("locate", data, "DAT-09", "--codebook", mapping, "--yes-local")

    assert shown == ["row 2, column 3 (home)", "row 3, column 3 (home)", HOW]


def test_a_record_puts_time_points_in_order(tmp_path: Path, command: Command) -> None:
    data, mapping = files(
        tmp_path,
        "pid,wave,home\nB,later,1\nB,other,1\n",
        "column,role,outcome\npid,participant,\nwave,timepoint,\nhome,,housing\n",
    )
    record = tmp_path / "record.json"
    record.write_text(
        '{"kind":"evaluation","record_id":"a","title":"b","outcomes":[],"timepoints":'
        '[{"label":"later","months_from_start":3},{"label":"other","months_from_start":4}]}'
    )

    _, shown, _ = command("locate", data, "DAT-09", "--codebook", mapping, "--record", str(record), "--yes-local")

    assert shown == ["DAT-09: nothing was found in the rows."]


def test_a_range_is_looked_at_in_each_column_of_a_variable(tmp_path: Path, command: Command) -> None:
    data, _ = files(tmp_path, "who/home,home\n1,9\n9,1\n")
    book = tmp_path / "book.csv"
    book.write_text("column,outcome,range\nhome,housing,1..5\n")

    _, shown, _ = command("locate", data, "DAT-04", "--codebook", str(book), "--yes-local")

    assert shown == ["row 2, column 2 (home)", "row 3, column 1 (home)", HOW]


CONTACTS = """\
first_name,Kanarienvogel,notes,cell_1,codes
CANARYA,1,call 07700 900123,x,1
CANARYB,2,nothing,y,2
CANARYC,3,canary@CANARY.org,z,3
"""


def test_contact_details_are_found_behind_columns_that_hold_names(tmp_path: Path, command: Command) -> None:
    data, _ = files(tmp_path, CONTACTS)

    status, shown, _ = command("locate", data, "SAF-02", "--yes-local")

    assert (status, shown) == (0, ["row 2, column 3", "row 4, column 3", HOW])


def test_the_position_of_a_column_is_that_in_the_file(tmp_path: Path, command: Command) -> None:
    data, mapping = files(tmp_path, CONTACTS, "column,outcome\nnotes,\n")

    _, shown, _ = command("locate", data, "SAF-02", "--codebook", mapping, "--exclude", "first_name", "--yes-local")

    assert shown == ["row 2, column 3 (notes)", "row 4, column 3 (notes)", HOW]


def test_dates_of_birth_are_found_where_they_are_many(tmp_path: Path, command: Command) -> None:
    data, _ = files(tmp_path, "a,b\n1985-03-12,1\n1990-11-02,2\nnone,3\n")

    _, shown, _ = command("locate", data, "SAF-02", "--yes-local")

    assert shown == ["row 2, column 1", "row 3, column 1", HOW]


def test_what_is_too_rare_to_stop_is_not_named(tmp_path: Path, command: Command) -> None:
    data, _ = files(tmp_path, "notes\ncall 07700 900123\nSW1A 1AA\n" + "x\n" * 40)

    _, shown, _ = command("locate", data, "SAF-02", "--yes-local")

    assert shown == ["row 2, column 1", HOW]


def test_other_rules_are_refused_for_safety_where_the_screen_stops(tmp_path: Path, command: Command) -> None:
    data, mapping = files(tmp_path, CONTACTS)

    status, shown, _ = command("locate", data, "DAT-04", "--codebook", mapping, "--yes-local")

    assert (status, shown) == (4, [])


@pytest.mark.parametrize("rule", ["COV-01", "nothing"])
def test_a_rule_that_names_no_rows_is_wrong_usage(command: Command, rule: str) -> None:
    status, shown, said = command("locate", "no-such-data.csv", rule, "--yes-local")

    assert (status, shown) == (2, [])
    assert said == (
        "mscos: rows can be named for SAF-02, POP-01, DAT-02, DAT-04, DAT-09, STR-04; this is none of them\n"
    )


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("POP-01", "no column says whether people are adults; mark it with the role adult."),
        ("DAT-09", "no column says whom a row is about; mark it with the role participant."),
        ("STR-04", "in these data the codebook names the outcomes, and no row does."),
    ],
)
def test_what_cannot_be_looked_at_is_not_said_to_be_absent(
    tmp_path: Path, command: Command, rule: str, why: str
) -> None:
    data, mapping = files(tmp_path, "home\n1\n", "column,outcome\nhome,housing\n")

    status, shown, said = command("locate", data, rule, "--codebook", mapping, "--yes-local")

    assert (status, shown, said) == (2, [], f"mscos: no row can be named: {why}\n")


def test_rows_of_numbers_about_a_service_are_about_no_people(tmp_path: Path, command: Command) -> None:
    data, _ = files(tmp_path, "who,home\nA,1\nA,1\n")
    book = tmp_path / "book.json"
    book.write_text(
        '{"kind":"codebook","unit_of_row":"aggregate","variables":[{"name":"who","role":"participant"},'
        '{"name":"home","outcomes":[{"outcome":"housing"}]}]}'
    )

    status, *_ = command("locate", data, "DAT-09", "--codebook", str(book), "--yes-local")

    assert status == 2


@pytest.mark.parametrize("rule", ["DAT-02", "DAT-04", "DAT-09"])
def test_where_nothing_is_offered_nothing_is_found(tmp_path: Path, command: Command, rule: str) -> None:
    data, mapping = files(tmp_path, "pid,home\nA,1\nA,1\n", "column,role\npid,participant\nhome,\n")

    status, shown, _ = command("locate", data, rule, "--codebook", mapping, "--yes-local")

    assert (status, shown) == (0, [f"{rule}: nothing was found in the rows."])


def test_rows_are_not_written_to_a_pipe(tmp_path: Path, command: Command) -> None:
    data, mapping = files(tmp_path, WIDE)

    status, shown, said = command("locate", data, "DAT-04", "--codebook", mapping)

    assert (status, shown) == (2, [])
    assert "a terminal only" in said


def test_what_is_piped_in_is_not_looked_at(command: Command) -> None:
    status, shown, said = command("locate", "-", "DAT-04", "--yes-local")

    assert (status, shown) == (2, [])
    assert "name a file" in said


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_rows_are_written_to_a_terminal(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not on every system

    data, mapping = files(tmp_path, WIDE)
    ours, theirs = pty.openpty()

    done = subprocess.run(
        [sys.executable, "-m", "mscos", "locate", data, "POP-01", "--codebook", mapping],
        stdout=theirs,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    shown = os.read(ours, 10_000).decode().splitlines()
    os.close(theirs)
    os.close(ours)

    assert (done.returncode, done.stderr) == (0, b"")
    assert shown == ["row 3, column 2 (age)", HOW]


def test_the_name_of_a_variable_moves_no_cursor(tmp_path: Path, command: Command) -> None:
    data, mapping = files(tmp_path, "ho\x1bme\n9\n", "column,outcome,range\nho\x1bme,housing,1..5\n")

    _, shown, _ = command("locate", data, "DAT-04", "--codebook", mapping, "--yes-local")

    assert shown[0] == "row 2, column 1 (ho\\x1bme)"


def test_the_error_of_the_library_names_what_can_be_located(tmp_path: Path) -> None:
    data, mapping = files(tmp_path, WIDE)
    bound = prepared(data, mapping).bound(load_taxonomy("2023.1"), None)

    with pytest.raises(NotLocated) as caught:
        locate(bound, "COV-01")

    assert isinstance(caught.value, MscosError)
    assert caught.value.known == ("SAF-02", "POP-01", "DAT-02", "DAT-04", "DAT-09", "STR-04")


@pytest.mark.parametrize(("text", "codebook"), [(WIDE, MAPPING), (LONG, None)])
def test_as_many_rows_are_named_as_a_check_counts(tmp_path: Path, text: str, codebook: str | None) -> None:
    data, mapping = files(tmp_path, text, codebook or "")
    ready = prepared(data, mapping if codebook else ())
    taxonomy = load_taxonomy("2023.1")
    bound, counted = ready.bound(taxonomy, None), ready.evidence(taxonomy, None, 10).profile

    assert counted is not None
    assert len(locate(bound, "POP-01")) == counted.under_18 > 0
    assert len(locate(bound, "DAT-04")) == sum(cell.outside for cell in counted.cells) > 0
    assert bool(locate(bound, "DAT-09")) == any(cell.repeated for cell in counted.cells)
