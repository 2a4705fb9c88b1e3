from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import mscos
from mscos import Taxonomy
from mscos.reference import find_deficit_words, load_deficit_words

DATA = Path(mscos.__file__).parent / "data"


def locked() -> dict[str, str]:
    lines = (DATA / "EDITIONS.lock").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_no_byte_of_a_released_edition_has_changed() -> None:
    found = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in DATA.glob("[0-9]*/*")}

    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == locked()


def test_every_released_edition_loads_and_is_listed() -> None:
    assert mscos.editions() == ("2023.1",)
    assert mscos.latest_edition() == "2023.1"
    for name in mscos.editions():
        assert mscos.load_taxonomy(name).fingerprint == locked()[f"{name}/taxonomy.json"]


def test_an_edition_is_the_same_object_each_time() -> None:
    assert mscos.load_taxonomy("2023.1") is mscos.load_taxonomy("2023.1")


def test_an_edition_can_be_asked_for_by_its_fingerprint(edition: Taxonomy) -> None:
    assert mscos.load_taxonomy("2023.1", fingerprint=edition.fingerprint.upper()) is edition
    with pytest.raises(mscos.OtherFingerprint) as caught:
        mscos.load_taxonomy("2023.1", fingerprint="0" * 64)

    assert str(caught.value) == (
        f"edition '2023.1' has the fingerprint {edition.fingerprint}, not {'0' * 64}; "
        "look at which of the two you meant before you go on"
    )


@pytest.mark.parametrize("name", ["2022.1", "latest", "", "2023.1 ", "../2023.1"])
def test_an_edition_that_is_not_packaged_is_an_error_that_names_those_that_are(name: str) -> None:
    with pytest.raises(mscos.UnknownEdition) as caught:
        mscos.load_taxonomy(name)

    assert str(caught.value) == f"no edition {name!r} is packaged (have: 2023.1)"


def test_edition_2023_1_has_the_published_counts(edition: Taxonomy) -> None:
    assert (len(edition.domains), len(edition.core), len(edition.longlist), len(edition.published)) == (10, 7, 38, 7)
    assert len(edition.outcomes) == 45


def test_edition_2023_1_has_the_seven_core_outcomes_word_for_word_and_in_their_order(edition: Taxonomy) -> None:
    assert [(outcome.id, outcome.label) for outcome in edition.core] == [
        ("housing", "Secure and suitable housing"),
        ("safety", "Safety from any trafficker or other abuser"),
        ("support", "Long-term, consistent support"),
        ("services", "Compassionate, trauma informed services"),
        ("purpose", "Finding purpose in life and self-actualisation"),
        ("medical", "Access to medical treatment"),
        ("education", "Access to education"),
    ]


def test_edition_2023_1_has_the_grades_that_its_sources_allow(edition: Taxonomy) -> None:
    grades = [outcome.label_grade.value for outcome in edition.longlist]

    assert {grade: grades.count(grade) for grade in set(grades)} == {"interim": 1, "theme": 7, "adapted": 30}
    assert {outcome.label_grade.value for outcome in edition.core} == {"published"}
    assert not edition.reviewed_by_survivors
    assert all(domain.mark for domain in edition.domains)


@pytest.mark.parametrize(
    ("words", "identifier"),
    [
        ("Access to medical and healthcare services", "medical"),
        ("Trauma-informed services", "services"),
        ("Compassionate, trauma-informed services", "services"),
        ("Safety from any trafficker or other abusers", "safety"),
        ("Purpose in life and self actualisation", "purpose"),
        ("Finding purpose in life and self-actualization", "purpose"),
        ("long term consistent support", "support"),
        ("fair treatment of survivors", "ll28"),
    ],
)
def test_the_labels_of_every_publication_find_their_outcome(edition: Taxonomy, words: str, identifier: str) -> None:
    assert edition.find(words).id == identifier


def test_a_misspelt_label_is_suggested_and_not_found(edition: Taxonomy) -> None:
    assert [outcome.id for outcome in edition.suggest("acess to educaton")] == ["education"]


def test_every_long_list_identifier_is_opaque(edition: Taxonomy) -> None:
    assert [outcome.id for outcome in edition.longlist] == [f"ll{number:02}" for number in range(1, 39)]


def test_our_own_wording_is_positive_and_every_exemption_is_needed(edition: Taxonomy) -> None:
    flagged = {
        (outcome.id, field)
        for outcome in edition.outcomes
        for field in ("label", "definition")
        if find_deficit_words(getattr(outcome, field))
    }
    flagged_domains = [domain.id for domain in edition.domains if find_deficit_words(domain.label)]

    assert flagged == {(exempt.outcome, exempt.field) for exempt in load_deficit_words().exempt}
    assert flagged_domains == []
