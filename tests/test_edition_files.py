"""Editions that are not packaged: read whole or refused with every fault, and usable wherever a packaged one is."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import mscos
from made_up_editions import editions, with_fingerprint
from mscos import Taxonomy
from mscos.edition_files import taxonomy_document, taxonomy_text
from mscos.errors import ContradictoryEdition, WithdrawnOutcome
from mscos.reporters.of_taxonomy import one_outcome_text
from mscos.succession import Fate, Succession

EXAMPLE = Path(__file__).parent / "data/example1.json"

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    loaded: Document = json.loads(EXAMPLE.read_bytes())
    return loaded


def faults(document: Document, folder: Path) -> list[str]:
    file = folder / "edition.json"
    file.write_text(json.dumps(document))
    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_taxonomy(file)
    return [str(fault) for fault in caught.value.faults]


@settings(max_examples=30)
@given(edition=editions())
def test_writing_an_edition_and_reading_it_back_changes_nothing(
    edition: Taxonomy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("edition") / "edition.json"
    file.write_bytes(taxonomy_text(edition).encode())

    assert mscos.read_taxonomy(file) == edition


def test_the_packaged_edition_is_written_with_everything_in_its_file(edition: Taxonomy) -> None:
    packaged = Path(mscos.__file__).parent / "data/2023.1/taxonomy.json"

    assert taxonomy_document(edition) == json.loads(packaged.read_bytes())


def test_a_copy_of_a_packaged_edition_is_that_edition_with_the_fingerprint_of_the_copy(
    edition: Taxonomy, tmp_path: Path
) -> None:
    file = tmp_path / "copy.json"
    file.write_text(json.dumps(taxonomy_document(edition)), encoding="utf-8")

    copy = mscos.read_taxonomy(file)

    assert copy != edition
    assert replace(copy, fingerprint=edition.fingerprint) == edition


def test_another_edition_under_a_packaged_name_is_refused(edition: Taxonomy, tmp_path: Path) -> None:
    other = taxonomy_document(edition)
    other["reviewed_by_survivors"] = True

    assert faults(other, tmp_path) == [
        "/edition: This is the name of a packaged edition, and the file holds another one. Give it a name of its own."
    ]


def break_core(document: Document) -> None:
    document["core_outcome_set"]["outcomes"] = []


def break_edition(document: Document) -> None:
    document["edition"] = "Example 1"


def break_label(document: Document) -> None:
    document["outcomes"][1]["label"] = "Water\u202e"
    document["domains"][0]["note"] = "two\nlines"


def break_definition(document: Document) -> None:
    document["outcomes"][0]["definition"] = "x" * 10_001
    document["outcomes"][0]["label"] = " "


def break_unknown(document: Document) -> None:
    document["outcomes"][0]["a name\u001b of their own"] = "\u001b[31m"


def break_crosswalk(document: Document) -> None:
    document["crosswalk"] = [
        {
            "kind": "gone",
            "from_edition": "example0",
            "from_outcomes": ["ll4"],
            "to_edition": "example1",
            "to_outcomes": [],
            "date": "31.1.2026",
            "source": "green-2001",
        }
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (break_core, ["/core_outcome_set/outcomes: This does not fit the published schema."]),
        (
            break_edition,
            ["/edition: Use the name of an edition: lowercase letters, digits and single dots only."],
        ),
        (
            break_label,
            [
                "/domains/0/note: There is a character here that cannot be seen, or a line break. Take it out.",
                "/outcomes/1/label: There is a character here that cannot be seen, or a line break. Take it out.",
            ],
        ),
        (
            break_definition,
            [
                "/outcomes/0/label: There is nothing to see here. Write some text.",
                "/outcomes/0/definition: This has more than 10,000 characters. Shorten it.",
            ],
        ),
        (
            break_unknown,
            ["/outcomes/0: There is a field that has no place here. Take it out, or mend its name."],
        ),
        (
            break_crosswalk,
            [
                "/crosswalk/0/date: Write a day that exists, as year-month-day with digits.",
                "/crosswalk/0/kind: Use one of: same, renamed, split, merged, withdrawn.",
            ],
        ),
    ],
)
def test_a_file_is_refused_with_the_place_of_every_fault(
    document: Document, change: Callable[[Document], None], said: list[str], tmp_path: Path
) -> None:
    change(document)

    assert faults(document, tmp_path) == said


def test_every_contradiction_is_a_fault_of_its_own(document: Document, tmp_path: Path) -> None:
    document["sources"] = []
    document["outcomes"][3]["domain"] = "d9"
    document["outcomes"][4]["id"] = "ll1"

    assert faults(document, tmp_path) == [
        "/: Outcome identifier 'll1' stands twice.",
        "/: Outcome label 'll1' stands twice.",
        "/: There is no domain 'd9'.",
        "/: There is no source 'green-2001'.",
    ]


def step(  # noqa: PLR0913 - the fields of a step
    kind: Fate,
    before: str,
    after: str,
    *,
    from_edition: str = "example0",
    to_edition: str = "example1",
    date: str = "2026-01-31",
    source: str = "green-2001",
) -> Succession:
    return Succession(
        kind=kind,
        from_edition=from_edition,
        from_outcomes=tuple(before.split()),
        to_edition=to_edition,
        to_outcomes=tuple(after.split()),
        date=date,
        source=source,
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([step(Fate.SAME, "soil", "water")], "step 1 of the crosswalk says same, and the identifier is another"),
        ([step(Fate.SAME, "soil", "")], "step 1 of the crosswalk says same, and does not lead from 1 to 1"),
        ([step(Fate.RENAMED, "ll9", "ll1 ll2")], "step 1 of the crosswalk says renamed, and does not lead from 1 to 1"),
        ([step(Fate.SPLIT, "ll9", "ll1")], "step 1 of the crosswalk says split, and does not lead from 1 to several"),
        ([step(Fate.MERGED, "ll9", "ll1")], "step 1 of the crosswalk says merged, and does not lead from several to 1"),
        (
            [step(Fate.SPLIT, "ll1", "ll1 ll2")],
            "step 1 of the crosswalk says split, and keeps an identifier, which cannot get another meaning",
        ),
        ([step(Fate.WITHDRAWN, "", "ll1")], "step 1 of the crosswalk names no outcome"),
        ([step(Fate.WITHDRAWN, "ll9", "", date="soon")], "step 1 of the crosswalk has no day such as 2026-01-31"),
        ([step(Fate.WITHDRAWN, "ll9", "", source="none")], "there is no source 'none'"),
        (
            [step(Fate.WITHDRAWN, "ll9", "ll8")],
            "step 1 of the crosswalk names 'll8', which is neither in use nor withdrawn",
        ),
        (
            [step(Fate.SAME, "soil", "soil", to_edition="example2")],
            "the crosswalk does not lead from edition to edition as far as 'example1'",
        ),
        (
            [step(Fate.SAME, "soil", "soil", from_edition="example1")],
            "the crosswalk does not lead from edition to edition as far as 'example1'",
        ),
        (
            [step(Fate.SAME, "soil", "soil"), step(Fate.RENAMED, "soil", "soil")],
            "the crosswalk names 'soil' of edition 'example0' twice",
        ),
        ([step(Fate.RENAMED, "ll1", "ll2")], "the crosswalk leads away from 'll1', which is still in use"),
        (
            [step(Fate.SAME, "ll2", "ll2"), step(Fate.RENAMED, "ll9", "ll2")],
            "the crosswalk renames an outcome to 'll2', which edition 'example0' has",
        ),
        ([step(Fate.SAME, "soil", "soil")], "the crosswalk does not say what became of 'll9'"),
    ],
)
def test_a_crosswalk_that_contradicts_itself_is_refused(example1: Taxonomy, steps: list[Succession], said: str) -> None:
    gone = replace(example1["ll4"], id="ll9", label="Gone")

    with pytest.raises(ContradictoryEdition) as caught:
        replace(example1, withdrawn=(gone,), crosswalk=tuple(steps))

    assert said in caught.value.faults
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


@pytest.fixture
def later(example1: Taxonomy) -> Taxonomy:
    """A third edition: ll5 was split into ll6 and ll7, of which ll7 was withdrawn for ll4; ll8 has no successor."""
    gone = tuple(replace(example1["ll4"], id=each, label=f"Gone {each}") for each in ("ll5", "ll7", "ll8"))
    named = replace(example1["ll4"], id="ll6", label="Mint")
    return with_fingerprint(
        replace(
            example1,
            edition="a.3",
            outcomes=(*example1.outcomes, named),
            withdrawn=gone,
            crosswalk=(
                step(Fate.SPLIT, "ll5", "ll6 ll7", from_edition="a.1", to_edition="a.2"),
                step(Fate.SAME, "soil", "soil", from_edition="a.1", to_edition="a.2"),
                step(Fate.WITHDRAWN, "ll7", "ll4", from_edition="a.2", to_edition="a.3"),
                step(Fate.WITHDRAWN, "ll8", "", from_edition="a.2", to_edition="a.3"),
            ),
        )
    )


def test_an_edition_tells_step_by_step_what_became_of_an_outcome(later: Taxonomy) -> None:
    split, same, moved, ended = later.crosswalk

    assert later.became("ll5") == (split, moved)
    assert later.became("ll5", since="a.2") == ()
    assert later.became("ll7", since="a.2") == (moved,)
    assert later.became("soil") == (same,)
    assert later.became("ll8") == (ended,)
    assert later.became("ll1") == ()


def test_an_edition_names_all_to_which_an_outcome_leads_and_chooses_none(later: Taxonomy) -> None:
    named = ("ll5", "ll7", "ll8", "soil", "x")

    successors = {each: [outcome.id for outcome in later.successors(each)] for each in named}

    assert successors == {"ll5": ["ll6", "ll4"], "ll7": ["ll4"], "ll8": [], "soil": ["soil"], "x": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ll5", "edition 'a.3' has no outcome 'll5' any more: see ll6, ll4"),
        ("Gone ll5", "edition 'a.3' has no outcome 'll5' any more: see ll6, ll4"),
        ("ll8", "edition 'a.3' has no outcome 'll8' any more: nothing took its place"),
    ],
)
def test_a_withdrawn_outcome_is_never_found_and_its_error_names_what_took_its_place(
    later: Taxonomy, words: str, said: str
) -> None:
    with pytest.raises(WithdrawnOutcome) as caught:
        later.find(words)

    assert str(caught.value) == said
    assert isinstance(caught.value, mscos.UnknownOutcome)
    assert str(pickle.loads(pickle.dumps(caught.value))) == said  # noqa: S301 - our own bytes
    assert "ll5" not in later


def test_a_record_that_names_a_withdrawn_outcome_is_told_what_to_choose_among(later: Taxonomy) -> None:
    record = {
        "kind": "evaluation",
        "record_id": "a",
        "title": "b",
        "edition": "a.3",
        "outcomes": [{"outcome": "ll5"}, {"outcome": "ll8"}],
    }

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_record(record, taxonomy=later)

    assert [str(fault) for fault in caught.value.faults] == [
        "/outcomes/0/outcome: Edition a.3 has this outcome no more. Choose what you meant among: ll6, ll4; or take it out.",
        "/outcomes/1/outcome: Edition a.3 has this outcome no more, and nothing took its place. Take it out.",
    ]


def test_an_outcome_is_shown_with_the_steps_that_led_to_it(later: Taxonomy) -> None:
    shown = one_outcome_text(later, later["ll4"]).splitlines()

    assert shown[-2] == "  From edition a.2 to a.3: ll7 became ll4 (withdrawn; 2026-01-31; source: green-2001)."
    assert one_outcome_text(later, later["soil"]).splitlines()[-2] == (
        "  From edition a.1 to a.2: soil kept its identifier (same; 2026-01-31; source: green-2001)."
    )


def test_a_definition_is_said_to_be_ours_unless_it_is_published(example1: Taxonomy) -> None:
    def definition(words: str, source: str | None) -> str:
        outcome = replace(example1["ll4"], definition=words, definition_source=source)
        return one_outcome_text(example1, outcome).splitlines()[1]

    assert definition("It smells.", None) == "  It smells. (definition in this project's own words)"
    assert definition("It smells.", "green-2001") == "  It smells. (definition as published; source: green-2001)"
    assert definition("", None) == "  There is no definition."
