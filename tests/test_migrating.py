"""Records and data are brought to another edition: what keeps its meaning is written anew, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from made_up_editions import LONGLIST, editions, evolved
from mscos import Taxonomy, cli
from mscos.edition_files import taxonomy_text
from mscos.errors import CannotRead, CannotRewrite, NothingToMigrate, NoWayBetween, OtherKind
from mscos.migrating.data import migrate_data
from mscos.migrating.moves import Moves
from mscos.migrating.records import migrate_record
from mscos.succession import Fate, Succession

CANARY = "SECRET-CANARY"

few = settings(max_examples=40)


@pytest.fixture
def later(example1: Taxonomy) -> Taxonomy:
    """
    A later edition.

    ll1 has another label, ll2 another identifier, ll3 became ll6 and ll7, ll4 is withdrawn and nothing took its place.
    """
    worms, birds, moths, herbs = example1.longlist

    def step(kind: Fate, before: str, *after: str) -> Succession:
        return Succession(
            kind=kind,
            from_edition="example1",
            from_outcomes=(before,),
            to_edition="example2",
            to_outcomes=after,
            date="2026-01-31",
            source="green-2001",
        )

    return replace(
        example1,
        edition="example2",
        outcomes=(
            *example1.core,
            replace(worms, label="Worms"),
            replace(birds, id="ll5"),
            replace(moths, id="ll6", label="Moths"),
            replace(moths, id="ll7", label="Day butterflies"),
        ),
        withdrawn=(replace(birds, label="Birdsong, once"), moths, herbs),
        crosswalk=(
            step(Fate.RENAMED, "ll1", "ll1"),
            step(Fate.RENAMED, "ll2", "ll5"),
            step(Fate.SPLIT, "ll3", "ll6", "ll7"),
            step(Fate.WITHDRAWN, "ll4"),
        ),
    )


TOML = """\
# The record of a garden: outcome = "ll2" is birdsong.
kind = "evaluation"
record_id = 'garden'
title = "A garden"   # outcome = "ll2"
edition = "example1" # pinned

[[outcomes]]
outcome = "ll2" # birds
[[outcomes]]
  "outcome"='ll3'
[[outcomes]]
outcome = "soil"
[[outcomes]]
outcome = "ll4"
"""


def migrated(text: str, to: Taxonomy, name: str = "record.toml") -> str:
    return migrate_record(text.encode(), name, to, assumed="example1").content.decode()


def test_only_identifiers_that_keep_their_meaning_and_the_edition_change_in_a_record(later: Taxonomy) -> None:
    done = migrate_record(TOML.encode(), "record.toml", later, assumed="2023.1")

    changed = TOML.replace('outcome = "ll2" # birds', 'outcome = "ll5" # birds').replace('"example1"', '"example2"')
    assert done.content.decode() == changed
    assert (done.before, done.assumed, done.after) == ("example1", False, "example2")
    assert done.rewritten == (("ll2", "ll5"),)
    assert [(each.place, each.move.identifier, each.move.fate, each.move.choices) for each in done.left] == [
        ("/outcomes/1/outcome", "ll3", Fate.SPLIT, ("ll6", "ll7")),
        ("/outcomes/3/outcome", "ll4", Fate.WITHDRAWN, ()),
    ]


def test_what_is_left_is_refused_when_the_record_is_read(later: Taxonomy) -> None:
    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(tomllib.loads(migrated(TOML, later)), taxonomy=later)

    assert [fault.pointer for fault in caught.value.faults] == ["/outcomes/1/outcome", "/outcomes/3/outcome"]


def test_an_intervention_is_migrated_in_every_place_that_names_an_outcome(later: Taxonomy) -> None:
    text = json.dumps(
        {
            "kind": "intervention",
            "record_id": "a",
            "title": 'outcome": "ll2"',
            "addresses": [{"outcome": "ll2", "how": "directly"}],
            "logframe": [{"outcomes": ["ll2", "soil", "ll1"], "activity": "ll2"}],
            "gap_actions": [{"outcome": "ll2", "action": "partner"}],
        },
        indent=2,
    )

    made = json.loads(migrated(text, later, "record.json"))

    assert made["edition"] == "example2"
    assert (made["title"], made["logframe"][0]["activity"]) == ('outcome": "ll2"', "ll2")
    assert made["addresses"][0]["outcome"] == made["gap_actions"][0]["outcome"] == "ll5"
    assert made["logframe"][0]["outcomes"] == ["ll5", "soil", "ll1"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('# first\n\nkind = "evaluation"\n', '# first\n\nedition = "example2"\nkind = "evaluation"\n'),
        ('kind = "evaluation"\r\n', 'edition = "example2"\r\nkind = "evaluation"\r\n'),
        (
            'record_id = "a"\n[[outcomes]]\noutcome = "ll2"\n',
            'edition = "example2"\nrecord_id = "a"\n[[outcomes]]\noutcome = "ll5"\n',
        ),
        (
            'outcomes = [{outcome = "ll2"}, { outcome="ll1"}]\nrecord_id = "a"\n',
            'edition = "example2"\noutcomes = [{outcome = "ll5"}, { outcome="ll1"}]\nrecord_id = "a"\n',
        ),
        (
            '{"outcomes": [{"outcome": "ll2"}], "record_id": "a"}',
            '{"edition": "example2", "outcomes": [{"outcome": "ll5"}], "record_id": "a"}',
        ),
        ('{\n  "kind": "evaluation"\n}\n', '{\n  "edition": "example2",\n  "kind": "evaluation"\n}\n'),
    ],
)
def test_a_record_that_names_no_edition_names_the_new_one_afterwards(later: Taxonomy, text: str, wanted: str) -> None:
    done = migrate_record(text.encode(), "record", later, assumed="example1")

    assert done.content.decode() == wanted
    assert done.assumed


@pytest.mark.parametrize(
    "text",
    [
        'record_id = "a"\noutcomes = [{outcome = """ll2"""}]\n',
        'record_id = "a"\n[[outcomes]]\noutcome = "l\\u006c2"\n',
        '{"record_id": "a", "outcomes": [{"outc\\u006fme": "ll2"}]}',
        "# nothing but this, and a list\nx = []\nrecord_id = 'a'\n[[outcomes]]\noutcome = 'soil'\n[[outcomes.measures]]\noutcome = 'll2'\n",
    ],
)
def test_a_record_in_which_something_else_would_change_is_left_alone(later: Taxonomy, text: str) -> None:
    with pytest.raises(CannotRewrite) as caught:
        migrate_record(text.encode(), "record", later, assumed="example1")

    assert str(caught.value) == (
        "record: the identifiers in it cannot be replaced without touching something else. Write each on a line of "
        'its own, such as outcome = "housing", and try again. Nothing was written.'
    )


def test_there_is_no_way_without_a_crosswalk(example1: Taxonomy, later: Taxonomy) -> None:
    with pytest.raises(NoWayBetween) as none:
        Moves("example2", example1)
    with pytest.raises(NoWayBetween) as other:
        Moves("2023.1", later)

    assert str(none.value) == "edition 'example1' has no crosswalk from edition 'example2' (it has none)"
    assert str(other.value) == "edition 'example2' has no crosswalk from edition '2023.1' (it has one from 'example1')"


def test_the_text_of_a_record_in_place_of_an_edition_is_not_shown(later: Taxonomy) -> None:
    with pytest.raises(mscos.InvalidDocument) as caught:
        migrate_record(f'record_id = "a"\nedition = "{CANARY}"'.encode(), "record.toml", later, assumed="example1")

    assert CANARY not in str(caught.value)


@st.composite
def records(draw: st.DrawFn, edition: Taxonomy) -> str:
    """Write a record with comments and of any layout that people use."""
    chosen = draw(st.lists(st.sampled_from([*(outcome.id for outcome in edition), *LONGLIST, "nothing"]), unique=True))
    quote = draw(st.sampled_from("\"'"))
    lines = [
        "# outcome = 'll1'",
        "record_id = 'a'",
        f"edition = {quote}{edition.edition}{quote}",
        f"title = {quote}outcome{quote}",
    ]
    for each in chosen:
        lines += ["[[outcomes]]", f"outcome = {quote}{each}{quote} # {each}", f"note = {quote}{each}{quote}"]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@few
@given(data=st.data())
def test_migrating_a_record_twice_changes_nothing_more(data: st.DataObject) -> None:
    before = data.draw(editions("2001.1"))
    after = data.draw(evolved(before))
    text = data.draw(records(before))

    once = migrated(text, after)

    assert migrated(once, after) == once


@few
@given(data=st.data())
def test_every_identifier_of_a_record_is_the_same_outcome_afterwards_or_is_listed(data: st.DataObject) -> None:
    before = data.draw(editions("2001.1"))
    after = data.draw(evolved(before))
    text = data.draw(records(before))

    done = migrate_record(text.encode(), "record.toml", after, assumed="2001.1")

    old, new = tomllib.loads(text), tomllib.loads(done.content.decode())
    listed = {each.place for each in done.left}
    assert (new["edition"], new["title"]) == (after.edition, "outcome")
    for index, (was, is_now) in enumerate(zip(old.get("outcomes", []), new.get("outcomes", []), strict=True)):
        assert was["note"] == is_now["note"]
        if f"/outcomes/{index}/outcome" in listed:
            assert is_now["outcome"] == was["outcome"]
            assert is_now["outcome"] not in after
        else:
            steps = after.became(was["outcome"], since="2001.1")
            assert all(step.kind.keeps_meaning for step in steps)
            assert is_now["outcome"] == (steps[-1].to_outcomes[0] if steps else was["outcome"])
            assert is_now["outcome"] in after


DATA = "\r\n".join(  # noqa: FLY002 - a row on each line
    (
        "participant,outcome,timepoint,value",
        'P1,ll2,baseline,"SECRET-CANARY, ""ll2"""',
        'P2,"ll2",baseline,ll2',
        "ll2, ll2 ,month-6,3",
        "P3,ll3,month-6,",
        "P3,SECRET-CANARY,month-6,",
        "P4,soil,month-6,3",
    )
)


def test_only_cells_of_the_column_outcome_change_in_data(later: Taxonomy) -> None:
    done = migrate_data(DATA.encode(), later, before="example1", assumed=False)

    wanted = DATA.replace("P1,ll2", "P1,ll5").replace('P2,"ll2"', 'P2,"ll5"').replace("ll2, ll2 ", "ll2, ll5 ")
    assert done.content.decode() == wanted
    assert done.rewritten == (("ll2", "ll5"),)
    assert [(each.place, each.move.fate) for each in done.left] == [("outcome", None), ("outcome", Fate.SPLIT)]
    assert CANARY not in repr(done)


@few
@given(data=st.data(), separator=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
def test_data_are_migrated_as_a_reader_of_csv_sees_them_and_twice_is_once(
    data: st.DataObject, separator: str, end: str
) -> None:
    before = data.draw(editions("2001.1"))
    after = data.draw(evolved(before))
    cells = st.sampled_from([*LONGLIST, "soil", "", "a b", f"x{separator}y", 'say "ll1"'])
    rows = data.draw(st.lists(st.lists(cells, min_size=5, max_size=5), max_size=6))
    place = data.draw(st.integers(0, 4))
    heading = ["participant", "timepoint", "value", "note"]
    heading.insert(place, "outcome")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows([heading, *rows])

    once = migrate_data(text.getvalue().encode(), after, before="2001.1", assumed=False)
    twice = migrate_data(once.content, after, before="2001.1", assumed=False)

    moves = Moves("2001.1", after)
    made = list(csv.reader(io.StringIO(once.content.decode(), newline=""), delimiter=separator))
    assert twice.content == once.content
    for row, new in zip(rows, made[1:], strict=True):
        cell = row[place]
        assert new == [*row[:place], (moves.of(cell).target or cell) if cell else cell, *row[place + 1 :]]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"participant,outcome,outcome,timepoint,value\n1,2,3,4,5\n", b"SECRET-CANARY"]
)
def test_other_tables_are_refused_without_a_word_of_theirs(later: Taxonomy, content: bytes) -> None:
    with pytest.raises(NothingToMigrate) as caught:
        migrate_data(content, later, before="example1", assumed=True)

    assert str(caught.value) == (
        "the data file: only records and CSV files in the canonical layout can be migrated; the outcomes of other "
        "data stand in their codebook. Nothing was written."
    )


def run(folder: Path, *arguments: str) -> Result:
    with chdir(folder):
        return CliRunner().invoke(cli.commands, arguments, standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path, later: Taxonomy) -> Path:
    """A folder with the later edition, a record and data."""
    (tmp_path / "later.json").write_text(taxonomy_text(later), encoding="utf-8")
    (tmp_path / "record.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "data.csv").write_bytes(DATA.encode())
    return tmp_path


SAID = """\
From edition example1 to example2.
  written anew: ll2 is now ll5
  left for you: /outcomes/1/outcome: ll3 was split; choose among ll6, ll7
  left for you: /outcomes/3/outcome: ll4 was withdrawn; nothing took its place
What is left stands as it was, and a check refuses it. Change it by hand.
"""


def test_the_command_writes_the_record_to_the_screen_and_leaves_the_file_alone(folder: Path, later: Taxonomy) -> None:
    done = run(folder, "migrate", "record.toml", "--to", "later.json")

    assert done.return_value == 1
    assert done.stdout == migrated(TOML, later)
    assert done.stderr == SAID
    assert (folder / "record.toml").read_text(encoding="utf-8") == TOML


def test_the_command_replaces_the_file_only_if_it_is_told_to(folder: Path, later: Taxonomy) -> None:
    done = run(folder, "migrate", "record.toml", "--to", "later.json", "--in-place")

    assert done.stdout == SAID
    assert (folder / "record.toml").read_text(encoding="utf-8") == migrated(TOML, later)
    assert sorted(file.name for file in folder.iterdir()) == ["data.csv", "later.json", "record.toml"]


def test_the_command_never_shows_data(folder: Path) -> None:
    done = run(folder, "migrate", "data.csv", "--to", "later.json", "--from", "example1", "--output", "new.csv")
    screen = run(folder, "migrate", "data.csv", "--to", "later.json", "--from", "example1")

    assert done.output == (
        "From edition example1 to example2.\n"
        "  written anew: ll2 is now ll5\n"
        "  left for you: outcome: an identifier that neither edition knows\n"
        "  left for you: outcome: ll3 was split; choose among ll6, ll7\n"
        "What is left stands as it was, and a check refuses it. Change it by hand.\n"
    )
    assert str(screen.exception) == "data do not go to the screen; give --output or --in-place."
    assert (folder / "data.csv").read_bytes() == DATA.encode()
    assert b"ll5" in (folder / "new.csv").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--in-place", "--output", "x"], "--in-place replaces FILE itself; leave --output out, and name a file."),
        (["--output", "record.toml"], "the output names a file that is read; choose another one."),
        (["--output", "later.json"], "the output names a file that is read; choose another one."),
    ],
)
def test_the_command_protects_what_it_reads(folder: Path, arguments: list[str], said: str) -> None:
    done = run(folder, "migrate", "record.toml", "--to", "later.json", *arguments)

    assert str(done.exception) == said
    assert (folder / "record.toml").read_text(encoding="utf-8") == TOML


def test_nothing_to_do_is_said_and_the_file_is_not_written(folder: Path, later: Taxonomy) -> None:
    text = TOML.replace("example1", "example2").replace("ll2", "ll5").replace("ll3", "ll6").replace("ll4", "ll1")
    (folder / "record.toml").write_text(text, encoding="utf-8")
    stamp = (folder / "record.toml").stat().st_mtime_ns

    done = run(folder, "migrate", "record.toml", "--to", "later.json", "--in-place")

    assert done.return_value == 0
    assert done.output == "From edition example2 to example2.\nEvery identifier keeps its meaning as it stands.\n"
    assert (folder / "record.toml").stat().st_mtime_ns == stamp


def test_a_workbook_is_refused(folder: Path) -> None:
    (folder / "SECRET-CANARY.xlsx").write_bytes(b"PK\x03\x04")

    done = run(folder, "migrate", "SECRET-CANARY.xlsx", "--to", "later.json")

    assert isinstance(done.exception, NothingToMigrate)
    assert CANARY not in str(done.exception)


def test_the_name_of_a_data_file_is_in_no_error(folder: Path) -> None:
    (folder / "empty.csv").write_bytes(b"")
    (folder / "broken.csv").write_bytes(b'participant,outcome,timepoint,value\n"SECRET-CANARY')

    for name in ("empty.csv", "broken.csv", "none.csv"):
        done = run(folder, "migrate", name, "--to", "later.json", "--from", "example1", "--in-place")

        assert isinstance(done.exception, CannotRead)
        assert str(done.exception).startswith("the data file: ")
        assert CANARY not in str(done.exception)


@pytest.mark.parametrize(
    "text", ['{"name": "a package"}', '{"kind": "report"}', "[project]\nname = 'a'\n", '{"edition": "example1"}']
)
def test_a_file_that_is_no_record_is_not_touched(later: Taxonomy, text: str) -> None:
    with pytest.raises(OtherKind):
        migrate_record(text.encode(), "file", later, assumed="example1")


def test_data_in_which_a_cell_looks_like_a_row_are_left_alone(later: Taxonomy) -> None:
    text = 'participant,outcome,timepoint,value\nP1,ll2,baseline,"a\nb,ll2,c"\n'

    with pytest.raises(CannotRewrite):
        migrate_data(text.encode(), later, before="example1", assumed=False)
