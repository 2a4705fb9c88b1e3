"""What differs between two editions, and that nothing that differs is left unsaid."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from made_up_editions import editions, with_fingerprint
from mscos import EditionDiff, Taxonomy, schemas
from mscos.edition_files import find_taxonomy, taxonomy_document, taxonomy_text
from mscos.errors import OtherBase
from mscos.reporters.of_editions import diff_json, diff_markdown, diff_text
from mscos.succession import Fate, Succession
from mscos.terms import LabelGrade

VALIDATOR = schemas.validator("edition-diff")

few = settings(max_examples=30)
"""Each example is two whole editions."""


@few
@given(before=editions(), after=editions())
def test_applying_what_differs_makes_the_one_edition_of_the_other(before: Taxonomy, after: Taxonomy) -> None:
    found = EditionDiff.model_validate_json(diff_json(mscos.diff(before, after)))

    assert mscos.apply_diff(found, before) == after


@few
@given(before=editions(), after=editions())
def test_every_difference_fits_the_published_schema(before: Taxonomy, after: Taxonomy) -> None:
    document = json.loads(diff_json(mscos.diff(before, after)))

    assert list(VALIDATOR.iter_errors(document)) == []


@few
@given(edition=editions())
def test_an_edition_does_not_differ_from_itself(edition: Taxonomy) -> None:
    found = mscos.diff(edition, edition)

    assert found.is_empty
    assert diff_text(found).endswith("\n\nThe two say the same.\n")
    assert diff_markdown(found).endswith("\n\nThe two say the same.\n")


def said(edition: Taxonomy) -> dict[str, object]:
    return {name: value for name, value in taxonomy_document(edition).items() if name != "edition"}


@few
@given(before=editions(), after=editions())
def test_what_differs_is_never_shown_as_nothing(before: Taxonomy, after: Taxonomy) -> None:
    found = mscos.diff(before, after)

    same = said(before) == said(after)
    assert found.is_empty == same
    assert ("The two say the same." in diff_text(found)) == same


@few
@given(before=editions(), after=editions())
def test_every_provisional_label_that_is_shown_is_marked(before: Taxonomy, after: Taxonomy) -> None:
    shown = diff_text(mscos.diff(before, after))

    known = [outcome for each in (before, after) for outcome in (*each.outcomes, *each.withdrawn)]
    published = {outcome.label for outcome in known if not outcome.mark}
    for label in {outcome.label for outcome in known} - published:
        bare = re.findall(rf"{label}(?! \[provisional: )", shown)
        assert bare == []


def test_a_difference_is_applied_to_the_edition_that_it_begins_at_and_to_no_other(example1: Taxonomy) -> None:
    found = mscos.diff(example1, example1)
    other = replace(example1, fingerprint="0" * 64)

    with pytest.raises(OtherBase) as caught:
        mscos.apply_diff(found, other)

    assert str(caught.value) == (
        f"the difference begins at an edition with sha256 {example1.fingerprint}, and this one has {'0' * 64}"
    )
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own bytes


@pytest.fixture
def example2(example1: Taxonomy) -> Taxonomy:
    """A later edition in which something of every sort has changed."""
    soil, water, shade, worms, birds, moths, herbs = example1.outcomes
    step = Succession(
        kind=Fate.WITHDRAWN,
        from_edition="example1",
        from_outcomes=("ll4",),
        to_edition="example2",
        to_outcomes=("ll5",),
        date="2026-01-31",
        source="green-2001",
    )
    return with_fingerprint(
        replace(
            example1,
            edition="example2",
            title="A later edition about @gardens",
            outcomes=(
                soil,
                replace(water, alternative_labels=soil.alternative_labels[:0], definition_source="green-2001"),
                replace(shade, label="Kind <b>people</b>"),
                replace(worms, domain="d2"),
                replace(birds, label_grade=LabelGrade.PUBLISHED, definition="Birds sing in the evening."),
                replace(moths, label="Moths"),
                replace(herbs, id="ll5", label="Scent of roses"),
            ),
            withdrawn=(herbs,),
            crosswalk=(step,),
        )
    )


def test_every_sort_of_change_is_said_in_a_section_of_its_own(example1: Taxonomy, example2: Taxonomy) -> None:
    assert diff_text(mscos.diff(example1, example2)).splitlines()[1:] == [
        "",
        "Added: 1",
        "  ll5  Scent of roses",
        "",
        "Withdrawn: 1",
        "  ll4  Scent of herbs; see ll5",
        "",
        "Renamed: 2",
        "  shade  Kind gardeners is now Kind <b>people</b>",
        "  ll3  Butterflies [provisional: drafted by this project, not MS-COS wording] is now "
        "Moths [provisional: drafted by this project, not MS-COS wording]",
        "",
        "Moved to another domain: 1",
        '  ll1  Worms & beetles [provisional: wording of the interim list of March 2022]: domain was "d1", and is "d2"',
        "",
        "Redefined: 2",
        '  water  Access to water: definition source was nothing, and is "green-2001"',
        '  ll2  Birdsong: definition was "Birds sing in the morning.", and is "Birds sing in the evening."',
        "",
        "Regraded: 1",
        '  ll2  Birdsong: label grade was "theme", and is "published"',
        "",
        "Crosswalk: 1",
        "  It now has 1 entry.",
        "",
        "About the edition: 1",
        '  title was "A made-up edition about gardens", and is "A later edition about @gardens"',
    ]


def test_nothing_in_an_edition_becomes_markup_or_a_mention(example1: Taxonomy, example2: Taxonomy) -> None:
    written = diff_markdown(mscos.diff(example1, example2))

    assert written.splitlines()[0].startswith("# From edition example1 (sha256 ")
    assert "* shade  Kind gardeners is now Kind &lt;b>people&lt;/b>" in written.splitlines()
    assert "A later edition about &#64;gardens" in written
    assert "\\[provisional: drafted by this project" in written


def test_an_edition_is_named_or_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "copy.json"
    file.write_text(taxonomy_text(mscos.load_taxonomy("2023.1")), encoding="utf-8")

    assert find_taxonomy("2023.1") is mscos.load_taxonomy("2023.1")
    assert mscos.diff(find_taxonomy("2023.1"), find_taxonomy(str(file))).is_empty
    with pytest.raises(mscos.UnknownEdition):
        find_taxonomy("2022.1")


@few
@given(st.data())
def test_withdrawn_outcomes_are_named_with_what_took_their_place(data: st.DataObject) -> None:
    after = data.draw(editions())
    before = data.draw(editions())

    found = mscos.diff(before, after).newly_withdrawn

    assert [each.id for each in found] == [each.id for each in after.withdrawn if each.id in before]
    for each in found:
        assert list(each.successors) == [outcome.id for outcome in after.successors(each.id)]
