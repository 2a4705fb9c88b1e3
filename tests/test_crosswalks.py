"""The crosswalks, barriers, stages and levels: this project's inference, held to the lists and to the edition."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import crosswalk_pages
import mscos
from mscos import Taxonomy, reference
from mscos.codelists import ImsaArea, Level, Stage, SystemBarrier
from mscos.crosswalks import load_dodd, load_imsa, load_stages, load_system_barriers
from mscos.records.intervention import OrganisationChecklist
from mscos.reporters import of_crosswalks

FILES = ("imsa", "dodd", "system-barriers", "stages")

CORE = ("housing", "safety", "support", "services", "purpose", "medical", "education")

TABLE = {
    "health_and_social_care": "- - e e - D -",
    "housing_and_subsistence": "D e - - - - -",
    "survivor_support_and_nrm": "- - D e - - -",
    "reducing_risk": "- D - - e - -",
    "criminal_justice": "- e - - - - -",
    "civil_justice": "e - - - - - e",
    "multi_agency_working": "- e e - - e e",
    "independent_advocacy": "- - e e e - -",
}
"""The table as it was drawn: an area each row, the core outcomes in their order; D names it, e helps it."""

UNCHECKED_AREAS = {
    "Adverse events",
    "Delivery of care",
    "Emotional functioning/wellbeing",
    "Global quality of life",
    "Personal circumstances",
    "Role functioning",
}

HOUSING_TEXT = (
    "Key areas of independent modern slavery advocates (IMSA) and the core outcomes: this project's inference\n"
    "\n"
    "Housing and subsistence (housing_and_subsistence)\n"
    "  names Secure and suitable housing (housing): "
    "The area names housing, and a secure home is what the outcome is about.\n"
    "  helps Safety from any trafficker or other abuser (safety): "
    "A secure home and enough to live on make it easier to stay out of an abuser's reach.\n"
    "\n"
    "Named: Secure and suitable housing.\n"
    "Helped and not named: Safety from any trafficker or other abuser.\n"
    "Neither named nor helped: Long-term, consistent support; Compassionate, trauma informed services; "
    "Finding purpose in life and self-actualisation; Access to medical treatment; Access to education.\n"
    "No area shown names: Safety from any trafficker or other abuser; Long-term, consistent support; "
    "Compassionate, trauma informed services; Finding purpose in life and self-actualisation; "
    "Access to medical treatment; Access to education.\n"
    "For an outcome that is not named, change the service or work with a partner that covers it.\n"
    "\n"
    f"{load_imsa().note}\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mscos", "crosswalk", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ,
        check=False,
    )


def packaged(name: str) -> object:
    return json.loads((Path(mscos.__file__).parent / f"data/reference/{name}.json").read_bytes())


def messages(value: object, key: str = "") -> Iterator[str]:
    """Yield every text for people: all texts but identifiers, labels and citations."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from messages(inner, name)
        case list():
            for inner in value:
                yield from messages(inner, key)
        case str() if key in {"note", "why", "enablers", "meaning", "remark"}:
            yield value


def too_long(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text) if len(sentence.split()) >= 25]


def named_in_edition(edition: Taxonomy, *outcomes: str) -> list[dict[str, str]]:
    return [{"outcome": outcome, "label": edition[outcome].label} for outcome in outcomes]


def test_the_lists_are_those_that_records_use() -> None:
    imsa, stages = load_imsa(), load_stages()

    assert tuple(area.id for area in imsa.areas) == get_args(ImsaArea)
    assert tuple(each.code for each in load_system_barriers().barriers) == get_args(SystemBarrier)
    assert tuple(each.code for each in stages.stages) == get_args(Stage)
    assert tuple(each.code for each in stages.levels) == get_args(Level)
    assert [each.id for each in imsa.sections] == list(OrganisationChecklist.model_fields)


def test_the_cells_of_imsa_are_the_table_each_once_and_nothing_else(edition: Taxonomy) -> None:
    signs = {"D": "direct", "e": "enabling"}
    drawn = [
        (area, outcome, signs[sign])
        for area, row in TABLE.items()
        for outcome, sign in zip(CORE, row.split(), strict=True)
        if sign != "-"
    ]
    cells = load_imsa().cells

    assert edition.core_outcome_set.outcomes == CORE
    assert [(cell.area, cell.outcome, cell.relation) for cell in cells] == drawn
    assert len(cells) == 19


def test_every_cell_of_imsa_has_a_reason_of_its_own() -> None:
    reasons = [cell.why for cell in load_imsa().cells]

    assert len(set(reasons)) == len(reasons)
    assert [reason for reason in reasons if not re.fullmatch(r"[A-Z][^.?!]*\.", reason)] == []


def test_no_area_names_purpose_or_education_and_services_are_helped_only(edition: Taxonomy) -> None:
    reach = load_imsa().reach(edition.core_outcome_set.outcomes)

    assert reach.named == ("housing", "safety", "support", "medical")
    assert reach.not_named == reach.only_helped == ("services", "purpose", "education")
    assert reach.not_reached == ()


def test_the_conclusion_follows_the_data(edition: Taxonomy) -> None:
    imsa = load_imsa()
    cells = tuple(
        cell.model_copy(update={"relation": "direct"}) if cell.outcome == "services" else cell for cell in imsa.cells
    )

    lines = of_crosswalks.conclusion(imsa, edition)
    changed = of_crosswalks.conclusion(imsa.model_copy(update={"cells": cells}), edition)

    assert lines == (
        "Named: Secure and suitable housing; Safety from any trafficker or other abuser; "
        "Long-term, consistent support; Access to medical treatment.",
        "Helped and not named: Compassionate, trauma informed services; "
        "Finding purpose in life and self-actualisation; Access to education.",
        "No area names: Compassionate, trauma informed services; "
        "Finding purpose in life and self-actualisation; Access to education.",
        "For an outcome that is not named, change the service or work with a partner that covers it.",
    )
    assert changed[2] == "No area names: Finding purpose in life and self-actualisation; Access to education."


def test_nothing_is_advised_where_every_core_outcome_is_named(edition: Taxonomy) -> None:
    imsa = load_imsa()
    cells = tuple(cell.model_copy(update={"relation": "direct"}) for cell in imsa.cells)

    [line] = of_crosswalks.conclusion(imsa.model_copy(update={"cells": cells}), edition)

    assert line == f"Named: {'; '.join(outcome.label for outcome in edition.core)}."


def test_every_core_outcome_has_a_candidate_area_by_name_and_never_by_number() -> None:
    cells = load_dodd().cells

    assert tuple(dict.fromkeys(cell.outcome for cell in cells)) == CORE
    assert len({(cell.outcome, cell.area) for cell in cells}) == len(cells) == 10
    assert {cell.area for cell in cells if cell.basis == "unchecked"} == UNCHECKED_AREAS
    assert [cell.area for cell in cells if any(character.isdigit() for character in cell.area)] == []
    assert [(cell.outcome, cell.area) for cell in cells if cell.benefit_or_harm == "harm"] == [
        ("safety", "Adverse events")
    ]


def test_every_barrier_has_one_to_three_suggestions() -> None:
    assert {len(each.enablers) for each in load_system_barriers().barriers} <= {1, 2, 3}


def test_the_sources_stand_in_the_edition(edition: Taxonomy) -> None:
    stages = load_stages()
    cited = {
        load_imsa().source,
        load_system_barriers().source,
        *(stage.source for stage in stages.stages),
        *(level.source for level in stages.levels),
    }

    assert cited == {"imsa-eval", "rightslab-2018", "gtr-ah-v012932-1"}
    assert cited <= {source.id for source in edition.sources}


def test_the_fingerprint_of_the_rules_rests_on_these_files() -> None:
    assert set(FILES) <= set(reference.FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_whose_words_it_holds(name: str) -> None:
    note = next(messages(packaged(name)))

    assert "this project's" in note
    assert note.endswith("Not reviewed by survivors.")


@pytest.mark.parametrize("name", FILES)
def test_every_sentence_of_a_message_has_fewer_than_25_words(name: str) -> None:
    assert [sentence for message in messages(packaged(name)) for sentence in too_long(message)] == []


def test_a_long_sentence_would_be_noticed() -> None:
    assert too_long(f"Short. {'word ' * 24}end.") == [f"{'word ' * 24}end."]
    assert too_long(f"{'word ' * 23}end. Short.") == []


def test_loading_twice_gives_the_same_objects() -> None:
    for load in (load_imsa, load_dodd, load_system_barriers, load_stages):
        assert load() is load()


def test_one_area_as_text() -> None:
    done = run("--area", "housing_and_subsistence")

    assert done.returncode == 0
    assert done.stdout == HOUSING_TEXT
    assert done.stderr == ""


def test_one_area_as_json(edition: Taxonomy) -> None:
    done = run("imsa", "--area", "housing_and_subsistence", "--format", "json")

    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "crosswalk": "imsa",
        "status": "inferred",
        "note": load_imsa().note,
        "source": "imsa-eval",
        "edition": mscos.latest_edition(),
        "areas": [
            {
                "area": "housing_and_subsistence",
                "label": "Housing and subsistence",
                "outcomes": [
                    {
                        "outcome": "housing",
                        "label": "Secure and suitable housing",
                        "relation": "direct",
                        "why": "The area names housing, and a secure home is what the outcome is about.",
                    },
                    {
                        "outcome": "safety",
                        "label": "Safety from any trafficker or other abuser",
                        "relation": "enabling",
                        "why": "A secure home and enough to live on make it easier to stay out of an abuser's reach.",
                    },
                ],
            }
        ],
        "named": named_in_edition(edition, "housing"),
        "only_helped": named_in_edition(edition, "safety"),
        "not_reached": named_in_edition(edition, "support", "services", "purpose", "medical", "education"),
        "not_named": named_in_edition(edition, "safety", "support", "services", "purpose", "medical", "education"),
    }


def test_areas_stand_in_their_own_order_and_once_whatever_was_typed() -> None:
    areas = ("--area", "civil_justice", "--area", "reducing_risk", "--area", "civil_justice")

    shown = json.loads(run(*areas, "--format", "json").stdout)

    assert [area["area"] for area in shown["areas"]] == ["reducing_risk", "civil_justice"]
    assert [each["outcome"] for each in shown["only_helped"]] == ["housing", "purpose", "education"]


def test_imsa_is_shown_whole_unless_areas_are_named(edition: Taxonomy) -> None:
    assert run().stdout == run("imsa").stdout == of_crosswalks.imsa_text(load_imsa(), edition)
    assert run("imsa").stdout.count("\n  names ") == 4
    assert run("imsa").stdout.count("\n  helps ") == 15


def test_dodd_gives_the_candidate_areas_of_each_core_outcome() -> None:
    text, document = run("dodd"), json.loads(run("dodd", "--format", "json").stdout)

    assert text.returncode == 0
    assert text.stdout.startswith(
        "The core outcomes in the outcome taxonomy by Dodd and others (2018): this project's inference\n"
        "\n"
        "Secure and suitable housing (housing)\n"
        "  Personal circumstances (benefit; name unchecked): "
        "A home is part of the circumstances that a person lives in.\n"
    )
    assert text.stdout.endswith(f"\n\n{load_dodd().note}\n")
    assert (document["crosswalk"], document["status"], document["note"]) == ("dodd", "inferred", load_dodd().note)
    assert [each["outcome"] for each in document["outcomes"]] == list(CORE)
    assert document["outcomes"][1] == {
        "outcome": "safety",
        "label": "Safety from any trafficker or other abuser",
        "areas": [
            {
                "area": "Personal circumstances",
                "basis": "unchecked",
                "benefit_or_harm": "benefit",
                "why": "Being safe from others is part of the circumstances that a person lives in.",
            },
            {
                "area": "Adverse events",
                "basis": "unchecked",
                "benefit_or_harm": "harm",
                "why": "Being exploited again is an event that does harm.",
            },
        ],
    }


@pytest.mark.parametrize("arguments", [(), ("dodd",), ("--area", "civil_justice")])
@pytest.mark.parametrize("form", ["text", "json"])
def test_every_output_says_that_it_is_this_projects_inference(arguments: tuple[str, ...], form: str) -> None:
    done = run(*arguments, "--format", form)

    assert "this project's inference" in done.stdout
    assert "Not reviewed by survivors." in done.stdout


@pytest.mark.parametrize("arguments", [("--area", "housing"), ("dodd", "--area", "civil_justice"), ("grade",)])
def test_status_2_says_that_the_area_or_the_name_is_wrong(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_output_can_go_to_a_file(tmp_path: Path) -> None:
    done = run("dodd", "--output", str(tmp_path / "dodd.txt"))

    assert done.stdout == ""
    assert (tmp_path / "dodd.txt").read_text(encoding="utf-8") == run("dodd").stdout


def test_the_pages_hold_every_relation_barrier_stage_and_level() -> None:
    crosswalks, barriers, stages = (
        crosswalk_pages.crosswalks(),
        crosswalk_pages.system_barriers(),
        crosswalk_pages.stages(),
    )

    assert all(f"| {cell.relation} | {cell.why} |" in crosswalks for cell in load_imsa().cells)
    assert all(f"| {cell.benefit_or_harm} | {cell.why} |" in crosswalks for cell in load_dodd().cells)
    assert "* No area names: Compassionate, trauma informed services;" in crosswalks
    assert all(enabler in barriers for each in load_system_barriers().barriers for enabler in each.enablers)
    assert all(f"| {stage.meaning} |" in stages for stage in load_stages().stages)
    assert all(f"| {level.meaning} |" in stages for level in load_stages().levels)
