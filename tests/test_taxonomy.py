from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mscos
from mscos import Taxonomy


def test_an_outcome_is_looked_up_by_its_identifier_exactly(example1: Taxonomy) -> None:
    assert example1["soil"].label == "Rich, living soil"
    assert "soil" in example1
    assert "Soil" not in example1


@pytest.mark.parametrize(
    "words", ["soil", "SOIL", "rich living soil", "Rich, Living-Soil!", "rich-living soils", " Soil "]
)
def test_find_takes_identifiers_labels_and_aliases_whatever_their_case_and_punctuation(
    example1: Taxonomy, words: str
) -> None:
    assert example1.find(words).id == "soil"


def test_find_reads_an_ampersand_as_and(example1: Taxonomy) -> None:
    assert example1.find("Worms and beetles").id == "ll1"


@pytest.mark.parametrize("words", ["", "soi", "soil and water", "living"])
def test_find_never_picks_what_is_only_near(example1: Taxonomy, words: str) -> None:
    with pytest.raises(mscos.UnknownOutcome):
        example1.find(words)


def test_an_unknown_outcome_is_an_error_that_names_near_ones_and_not_what_was_asked_for(example1: Taxonomy) -> None:
    with pytest.raises(mscos.UnknownOutcome) as caught:
        example1["watr"]

    assert str(caught.value) == "edition 'example1' has no such outcome; near it: water"
    assert isinstance(caught.value, LookupError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


def test_suggestions_are_near_and_few(example1: Taxonomy) -> None:
    assert [outcome.id for outcome in example1.suggest("acess to watter")] == ["water"]
    assert example1.suggest("quite something else") == ()
    assert len(example1.suggest("ll", limit=2)) <= 2


def test_search_finds_what_holds_every_word(example1: Taxonomy) -> None:
    assert [outcome.id for outcome in example1.search("gardeners PLANTS")] == ["shade"]
    assert [outcome.id for outcome in example1.search("the")] == ["soil", "shade", "ll1", "ll2", "ll4"]
    assert [outcome.id for outcome in example1.search("water")] == ["water"]
    assert example1.search("kind soil") == ()
    assert example1.search("") == ()
    assert example1.search("--") == ()


def test_the_core_the_longlist_and_the_published_are_told_apart(example1: Taxonomy) -> None:
    assert [outcome.id for outcome in example1.core] == ["soil", "water", "shade"]
    assert [outcome.id for outcome in example1.longlist] == ["ll1", "ll2", "ll3", "ll4"]
    assert [outcome.id for outcome in example1.published] == ["soil", "water", "shade", "ll4"]


def test_every_provisional_label_is_marked_in_words(example1: Taxonomy) -> None:
    marked = {outcome.id: outcome.marked_label for outcome in example1.outcomes}

    assert marked == {
        "soil": "Rich, living soil",
        "water": "Access to water",
        "shade": "Kind gardeners",
        "ll1": "Worms & beetles [provisional: wording of the interim list of March 2022]",
        "ll2": "Birdsong [provisional: our label for a published theme, not MS-COS wording]",
        "ll3": "Butterflies [provisional: drafted by this project, not MS-COS wording]",
        "ll4": "Scent of herbs",
    }
    assert [outcome.provisional for outcome in example1.outcomes] == [False] * 3 + [True] * 3 + [False]


def test_a_domain_of_the_interim_list_says_so(example1: Taxonomy) -> None:
    assert [domain.mark for domain in example1.domains] == ["", "published with the interim list of March 2022"]
    assert example1.domain_of(example1["shade"]).label == "Air"
    assert [domain.marked_label for domain in example1.domains] == [
        "Ground",
        "Air [published with the interim list of March 2022]",
    ]


def test_a_source_is_looked_up_by_its_identifier(example1: Taxonomy) -> None:
    assert example1.source("green-2001").title == "On gardens"
    with pytest.raises(LookupError):
        example1.source("blue-2002")


def test_an_edition_cannot_be_changed(example1: Taxonomy) -> None:
    with pytest.raises(FrozenInstanceError):
        example1["soil"].label = "Mud"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        example1.edition = "x"  # type: ignore[misc]


@given(st.text())
def test_whatever_is_found_is_called_so(words: str) -> None:
    taxonomy = mscos.load_taxonomy("2023.1")

    try:
        found = taxonomy.find(words)
    except mscos.UnknownOutcome:
        return

    kept = {character for character in words.casefold() if character.isalnum()}
    called = {found.id, found.label, *(other.label for other in found.alternative_labels)}
    assert any(kept <= set(label.casefold()) for label in called)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcomes": 2}, "outcome identifier 'soil' stands twice"),
        ({"domains": 2}, "domain 'd1' stands twice"),
        ({"sources": 2}, "source 'green-2001' stands twice"),
        ({"domains": 0}, "there is no domain 'd1'; there is no domain 'd2'"),
        ({"sources": 0}, "there is no source 'green-2001'"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(example1: Taxonomy, change: dict[str, int], said: str) -> None:
    parts = {name: getattr(example1, name) * times for name, times in change.items()}

    with pytest.raises(ValueError, match=said):
        replace(example1, **parts)


def test_an_edition_whose_core_set_lists_other_outcomes_is_refused(example1: Taxonomy) -> None:
    fewer = replace(example1.core_outcome_set, outcomes=("soil", "water"))

    with pytest.raises(ValueError, match="does not list the core outcomes"):
        replace(example1, core_outcome_set=fewer)


def test_two_outcomes_that_share_a_label_are_refused(example1: Taxonomy) -> None:
    twin = replace(example1["ll4"], id="ll5", label="Bird-Song")

    with pytest.raises(ValueError, match="outcome label 'birdsong' stands twice"):
        replace(example1, outcomes=(*example1.outcomes, twin))


def test_an_identifier_with_a_hyphen_is_refused(example1: Taxonomy) -> None:
    hyphened = replace(example1["ll4"], id="ll-5", label="Other")

    with pytest.raises(ValueError, match="'ll-5' is not an identifier"):
        replace(example1, outcomes=(*example1.outcomes, hyphened))


def test_a_file_that_breaks_the_schema_is_refused_with_every_fault(tmp_path: Path) -> None:
    document = json.loads((Path(__file__).parent / "data/example1.json").read_bytes())
    del document["title"]
    document["colour"] = "green"
    document["domains"][0]["grade"] = "publishd"
    document["outcomes"][0]["label"] = 7
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document))

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_taxonomy(file)

    assert [str(fault) for fault in caught.value.faults] == [
        "/: There is a field that has no place here. Take it out, or mend its name.",
        "/title: This is missing.",
        '/domains/0/grade: Use one of: published, interim, theme, adapted. Did you mean "published"?',
        "/outcomes/0/label: Write text here.",
    ]


def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    document = json.loads((Path(__file__).parent / "data/example1.json").read_bytes())
    document["sources"] = []
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(document))

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.read_taxonomy(file)

    assert [str(fault) for fault in caught.value.faults] == ["/: There is no source 'green-2001'."]


def test_an_edition_can_be_walked_through_and_prints_in_a_line(example1: Taxonomy) -> None:
    assert [outcome.id for outcome in example1] == [outcome.id for outcome in example1.outcomes]
    assert len(example1) == 7
    assert repr(example1) == "Taxonomy(edition='example1')"


def test_an_edition_without_a_core_outcome_is_refused_because_every_record_would_meet_it(example1: Taxonomy) -> None:
    none = replace(example1.core_outcome_set, outcomes=())

    with pytest.raises(ValueError, match="the core outcome set has no outcome"):
        replace(example1, core_outcome_set=none, outcomes=example1.longlist)
