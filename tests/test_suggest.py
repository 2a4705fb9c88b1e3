"""Drafts of a mapping: headers go into the file only, and nothing counts before a person has copied it."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from mscos import cli
from mscos._editions import load_taxonomy
from mscos.codebooks.codebook import Annotation, Codebook, Variable
from mscos.codebooks.reading import read_codebook
from mscos.readers.reading import read_table
from mscos.suggesting import HEADINGS, Line, csv_text, draft

FITS_NONE = "by the instrument table, it shows none of the core outcomes"
FITS_SEVERAL = "by the instrument table, it shows several outcomes in part, so choose"
MONTHS = "write the months from the start of support for N"
LABELS = "write its labels under time, such as pre=baseline; post=month-6"

CANARIES = (
    "first_name,pid,Kanarienvogel_house_pre,Kanarienvogel_house_post,Kanarienvogel\n"
    "CANARYA,CANARYB,CANARYC,CANARYD,CANARYE\nCANARYA,CANARYG,CANARYC,CANARYD,call 07700 900123\n"
)


class Command:
    """The command line, in this process."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture

    def __call__(self, *arguments: str | Path) -> tuple[int, list[str], str]:
        self._patch.setattr(sys, "argv", ["mscos", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        written = self._capture.readouterr()
        assert "CANARY" not in written.out + written.err
        assert "Kanarienvogel" not in written.out + written.err
        return int(left.value.code or 0), written.out.splitlines(), written.err


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


def written(folder: Path, text: str, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def drafted(folder: Path, headers: str, codebook: Codebook | None = None) -> tuple[Line, ...]:
    table = read_table(written(folder, f"{headers}\n{','.join('1' * len(headers.split(',')))}\n"))
    return draft(table, codebook, load_taxonomy("2023.1")).lines


def test_the_screen_says_what_was_drafted_and_what_to_do_next(tmp_path: Path, command: Command) -> None:
    data, output = written(tmp_path, CANARIES), tmp_path / "mapping.csv"

    status, shown, said = command("suggest", data, "--output", output)

    assert (status, said) == (0, "")
    assert shown == [
        "Columns: 5. Described already: 0. Proposals: 3.",
        "Not drafted, because they seem to hold names, contact details or other marks of a person:",
        "  column 1: name",
        "  column 5: phone",
        "Take these columns out of the data, or leave them out with --exclude.",
        f"Written to {output}: 3 columns. Nothing in it counts yet.",
        "Next: open it. Where a proposal is right, copy its cells to the left, and change what is not.",
        "Where there is none, write the column's header under column, and its outcome or role.",
        f"Then: mscos check DATA --codebook {output}",
    ]


def test_the_file_holds_headers_and_proposals_beside_empty_cells(tmp_path: Path, command: Command) -> None:
    data, output = written(tmp_path, CANARIES), tmp_path / "mapping.csv"

    command("suggest", data, "--output", output)

    content = output.read_bytes()
    empty = "," * 12
    assert content.startswith(b"\xef\xbb\xbfcolumn,role,outcome,time,instrument,label,")
    assert content.decode("utf-8-sig").splitlines() == [
        "column,role,outcome,time,instrument,label,kind,reported_by,direction,match,range,missing_codes,"
        "proposed_column,proposed_role,proposed_outcome,proposed_time,proposed_instrument,proposed_label,proposal",
        f"{empty}pid,participant,,,,,proposed: confirm or change",
        f"{empty}Kanarienvogel_house_pre,,housing,baseline,,,proposed: confirm or change",
        f"{empty}Kanarienvogel_house_post,,housing,month-N,,,proposed: confirm or change; {MONTHS}",
    ]
    assert sorted(tmp_path.iterdir()) == [data, output]


def test_a_draft_makes_nothing_count_and_describes_no_column(tmp_path: Path, command: Command) -> None:
    data, output = written(tmp_path, "pid,house_pre,Kanarienvogel,mlq_presence\nA,1,2,3\n"), tmp_path / "mapping.csv"
    command("suggest", data, "--output", output)

    status, shown, _ = command("check", data, "--codebook", output)

    assert status == 1
    assert shown[2].startswith("0 of 7 core outcomes are collected.")
    assert any("Columns that no codebook describes, by position: 1, 2, 3, 4." in line for line in shown)
    assert read_codebook(output).variables == ()


def test_a_line_counts_once_its_proposal_is_copied(tmp_path: Path, command: Command) -> None:
    data, output = written(tmp_path, "pid,house_pre,house_fu6\nA,1,2\nB,2,3\n"), tmp_path / "mapping.csv"
    command("suggest", data, "--output", output)
    lines = list(csv.reader(io.StringIO(output.read_text(encoding="utf-8-sig"))))
    for line in lines[1:]:
        line[:6] = line[12:18]
    confirmed = io.StringIO()
    csv.writer(confirmed).writerows(lines)

    _, shown, _ = command("check", data, "--codebook", written(tmp_path, confirmed.getvalue(), "confirmed.csv"))

    assert shown[2].startswith("1 of 7 core outcomes are collected.")


def test_a_line_half_confirmed_is_refused(tmp_path: Path, command: Command) -> None:
    mapping = written(tmp_path, "column,outcome,proposed_column\n,housing,house\n", "mapping.csv")

    status, _, said = command("check", written(tmp_path, "house\n1\n"), "--codebook", mapping)

    assert status == 3
    assert "Row 2: The variable has no name." in said


def test_a_table_without_any_line_is_still_refused(tmp_path: Path, command: Command) -> None:
    mapping = written(tmp_path, ",".join(HEADINGS) + "\n", "mapping.csv")

    status, _, said = command("check", written(tmp_path, "house\n1\n"), "--codebook", mapping)

    assert status == 3
    assert "This codebook describes no variable." in said


@pytest.mark.parametrize(
    ("headers", "times"),
    [
        ("house_t0,house_t1,house_t2", ["baseline", "month-N", "month-N"]),
        ("house_w1,house_w2", ["baseline", "month-N"]),
        ("house_w1,school,house_w2,house_t0", ["baseline", "", "month-N", "baseline"]),
        ("house_pre,house_post", ["baseline", "month-N"]),
        ("house_base,house_fu6", ["baseline", "month-6"]),
        ("house_bl,house_3m,house_6m,house_12M", ["baseline", "month-3", "month-6", "month-12"]),
        ("house_month_6,house-m3,house.followup,house_0m", ["month-6", "month-3", "month-N", "baseline"]),
        ("house_baseline,house_fu,housepost", ["baseline", "month-N", ""]),
    ],
)
def test_the_end_of_a_header_can_be_a_time_point(tmp_path: Path, headers: str, times: list[str]) -> None:
    lines = drafted(tmp_path, headers)

    assert [line.time for line in lines] == times
    assert [line.advice for line in lines] == [(MONTHS,) if time == "month-N" else () for time in times]


@pytest.mark.parametrize(
    ("header", "instrument", "outcome", "advice"),
    [
        ("pcl5_pre", "pcl-5", "", (FITS_NONE,)),
        ("PHQ-9_total", "phq-9", "", (FITS_NONE,)),
        ("swemwbs", "swemwbs", "purpose", ()),
        ("mlq_presence_housing", "mlq-presence", "purpose", ()),
        ("icecap_a", "icecap-a", "", (FITS_SEVERAL,)),
        ("ohts_1", "ohts", "", (FITS_SEVERAL,)),
        ("single_item_housing", "", "housing", ()),
        ("house_pcl5", "", "housing", ()),
    ],
)
def test_the_instrument_table_decides_what_is_proposed(
    tmp_path: Path, header: str, instrument: str, outcome: str, advice: tuple[str, ...]
) -> None:
    (line,) = drafted(tmp_path, header)

    assert (line.instrument, line.outcome, line.advice) == (instrument, outcome, advice)


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ("house_ok", "housing"),
        ("saftey", "safety"),
        ("safety_rating", "safety"),
        ("treatments_missed", "medical"),
        ("peer_group", "ll13"),
        ("access", ""),
        ("other", ""),
        ("from_x", ""),
        ("trafficker_housing", ""),
        ("me", ""),
        ("bonjour", ""),
        ("bonjour_pre", ""),
        ("bonjour_post", ""),
    ],
)
def test_an_outcome_is_proposed_by_the_words_of_its_names(tmp_path: Path, header: str, outcome: str) -> None:
    (line,) = drafted(tmp_path, header)

    assert (line.outcome, line.proposes, line.time, line.advice) == (outcome, bool(outcome), "", ())


@pytest.mark.parametrize("header", ["q7", "q7_pre"])
@pytest.mark.parametrize(
    ("label", "outcome"), [("Acess to education", "education"), ("Is the house  warm\nenough?", "housing")]
)
def test_a_label_helps(tmp_path: Path, header: str, label: str, outcome: str) -> None:
    book = Codebook(form="a form", variables=(Variable(name=header, label=label),))

    (line,) = drafted(tmp_path, header, book)

    assert (line.outcome, line.label) == (outcome, " ".join(label.split()))


def test_a_role_is_proposed_for_one_column_only(tmp_path: Path) -> None:
    lines = drafted(tmp_path, "Record ID,id,wave,Age,study_arm,over-18,mspss")

    assert [line.role for line in lines] == ["participant", "", "timepoint", "adult", "group", "", ""]
    assert [line.proposes for line in lines] == [True, False, True, True, True, False, True]
    assert [line.advice for line in lines] == [(), (), (LABELS,), (), (), (), (FITS_NONE,)]


def test_what_a_codebook_marks_needs_no_line(tmp_path: Path) -> None:
    book = Codebook(
        form="a form",
        variables=(
            Variable(name="a", annotations=(Annotation(outcome="housing"),)),
            Variable(name="b", role="participant"),
            Variable(name="c"),
        ),
        ignored=("redcap_*",),
    )
    table = read_table(written(tmp_path, "a,b,c,redcap_x,d\n1,1,1,1,1\n"))

    made = draft(table, book, load_taxonomy("2023.1"))

    assert [line.column for line in made.lines] == ["c", "d"]
    assert (made.columns, made.described, made.proposals) == (5, 3, 0)


def test_a_column_that_stops_is_named_by_its_variable_and_its_place_in_the_file(
    tmp_path: Path, command: Command
) -> None:
    data = written(tmp_path, "x,y,first_name\n1,2,CANARYA\n")
    book = written(tmp_path, "column,outcome\nfirst_name,\n", "book.csv")

    status, shown, _ = command(
        "suggest", data, "--codebook", book, "--exclude", "x", "--exclude", "y", "--output", tmp_path / "mapping.csv"
    )

    assert status == 0
    assert shown == [
        "Columns: 1. Described already: 0. Proposals: 0.",
        "Not drafted, because they seem to hold names, contact details or other marks of a person:",
        "  column 3 (first_name): name",
        "Take these columns out of the data, or leave them out with --exclude.",
        "No column is left to describe, so nothing was written.",
    ]
    assert not (tmp_path / "mapping.csv").exists()


def test_a_column_that_seems_to_hold_a_birth_date_is_described(tmp_path: Path, command: Command) -> None:
    _, shown, _ = command("suggest", written(tmp_path, "a,dob\n1,2\n"), "--output", tmp_path / "mapping.csv")

    assert shown[2] == "  column 2: birth date"


def test_no_file_is_overwritten(tmp_path: Path, command: Command) -> None:
    data, output = written(tmp_path, "house\n1\n"), written(tmp_path, "mine", "mapping.csv")

    status, shown, said = command("suggest", data, "--output", output)

    assert (status, shown) == (2, [])
    assert "--output names something that is there already" in said
    assert output.read_text() == "mine"


@pytest.mark.parametrize("arguments", [(), ("--output", "no/such/folder/mapping.csv")])
def test_without_a_place_to_write_nothing_is_read(tmp_path: Path, command: Command, arguments: tuple[str, ...]) -> None:
    status, shown, said = command("suggest", tmp_path / "no-such-data.csv", *arguments)

    assert (status, shown) == (2, [])
    assert "--output" in said or "there is no such folder" in said


def test_the_canonical_layout_needs_no_mapping(tmp_path: Path, command: Command) -> None:
    data = written(tmp_path, "participant,timepoint,outcome,value\nCANARYA,baseline,housing,1\n")

    status, shown, said = command("suggest", data, "--output", tmp_path / "mapping.csv")

    assert (status, shown) == (2, [])
    assert said == "mscos: the table is in the canonical layout, which needs no mapping; check it as it is\n"


def test_a_header_is_no_formula(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, '"=1+2"\n1\n'))

    text = csv_text(draft(table, None, load_taxonomy("2023.1")))

    assert ",'=1+2," in text
    assert text.endswith(",nothing proposed\n")
