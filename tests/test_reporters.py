from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mscos
from mscos import Taxonomy, schemas
from mscos._printable import printable
from mscos.conformance import check_any
from mscos.evidence import Evidence
from mscos.judging import judge
from mscos.portfolios.checking import check_portfolio, portfolio_headline
from mscos.portfolios.members import read_members
from mscos.records.reading import read_any
from mscos.reporters import REPORTERS
from mscos.reporters.of_taxonomy import all_outcomes_text, one_outcome_text, outcomes_json
from mscos.rules.fingerprint import rules_fingerprint
from mscos.sentence import headline
from probe_rules import cannot_look
from written import in_form

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(
    path.relative_to(ROOT).as_posix()
    for kind in ("evaluation", "intervention")
    for path in ROOT.glob(f"examples/*/{kind}.toml")
)


def stamped(text: str) -> str:
    """Put in what changes with every release, so that it need not be typed into the expected files."""
    return text.replace("{mscos}", mscos.__version__).replace("{rules}", rules_fingerprint())


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_its_whole_expected_output(example: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ending = {"text": "txt", "json": "json"}[form]
    expected = (ROOT / example).with_name(f"expected.{ending}").read_text(encoding="utf-8")

    report = check_any(read_any(example))

    assert in_form(form, report) == stamped(expected)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_report_in_json_can_be_read_back(example: str) -> None:
    report = check_any(read_any(ROOT / example))

    written = in_form("json", report)

    assert mscos.Report.model_validate_json(written) == report
    assert list(schemas.validator("report").iter_errors(json.loads(written))) == []


def test_text_shows_what_is_reported_before_what_is_missing(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"][0] = {"outcome": "housing", "omission": {"reason": "no_instrument"}}
    safe_house["outcomes"].append({"outcome": "ll21", "planned": True})

    lines = in_form("text", mscos.check(mscos.read_record(safe_house))).splitlines()

    assert lines[4:18] == [
        "Reported",
        "  Safety from any trafficker or other abuser (safety)",
        "  Long-term, consistent support (support)",
        "  Compassionate, trauma informed services (services)",
        "  Finding purpose in life and self-actualisation (purpose)",
        "  Access to medical treatment (medical)",
        "  Access to education (education)",
        "",
        "Not reported",
        "  Secure and suitable housing (housing): left out, reason: no instrument. Ask about it next time, or link "
        "the partner's evaluation that reports it. Could one question or an interview show it?",
        "",
        "Also named, from the long-list (no verdict depends on these)",
        "  Safety at home [provisional: our label for a published theme, not MS-COS wording] (ll21): "
        "planned, not yet reported",
        "",
    ]


def test_text_says_where_an_input_has_no_fingerprint_and_which_edition_was_assumed(safe_house: dict[str, Any]) -> None:
    del safe_house["edition"]

    lines = in_form("text", mscos.check(mscos.read_record(safe_house))).splitlines()

    assert "  Input: a record built in memory, without a fingerprint." in lines
    assert any("assumed: nothing names one, so the newest edition was used" in line for line in lines)
    assert "  Not applicable: STR-01, STR-04. No file was read." in lines


def test_text_says_which_rule_could_not_look(safe_house: dict[str, Any]) -> None:
    evidence = Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=mscos.read_record(safe_house))

    lines = in_form("text", judge(evidence, (cannot_look,))).splitlines()

    assert lines[2] == "No verdict: 1 rule could not look."
    assert "  TST-02 could not look. The lamp was out." in lines
    assert "  The check is not complete." in lines
    assert "  Verdict (reported): not given." in lines


def test_no_output_holds_a_score_or_a_percentage(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"] = safe_house["outcomes"][:4]
    report = mscos.check(mscos.read_record(safe_house))

    for form in REPORTERS:
        text = in_form(form, report).casefold()
        assert not any(word in text for word in ("%", "percent", "score of", "stars", "4/7"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with é and 中", "plain, with é and 中"),
        ("red \x1b[31m", r"red \x1b[31m"),
        ("back\u202ewards", r"back\u202ewards"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("line\nbreak\u2028", r"line\nbreak\u2028"),
        ("half \ud800", r"half \ud800"),
        ("tag \U000e0041", r"tag \U000e0041"),
    ],
)
def test_what_could_deceive_a_reader_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_hostile_text_in_a_record_is_shown_as_text(safe_house: dict[str, Any]) -> None:
    safe_house |= {"title": "\u202e<b>{0}%s" + "long " * 1990, "organisation": "A\u200bB"}
    safe_house["outcomes"][1]["measures"][0] |= {"variable": "x\u2066y", "direction": "undefined"}

    text = in_form("text", mscos.check(mscos.read_record(safe_house)))

    assert text.startswith(r"\u202e<b>{0}%slong long ")
    assert r"A\u200bB" in text
    assert r"Variable: x\u2066y." in text
    assert not set(text) & set("\u202e\u200b\u2066")


def test_every_view_of_the_taxonomy_marks_what_is_provisional(example1: Taxonomy) -> None:
    everything = all_outcomes_text(example1)
    as_json = json.loads(outcomes_json(example1, example1.outcomes))

    for outcome, entry in zip(example1.outcomes, as_json, strict=True):
        assert outcome.marked_label in everything
        assert one_outcome_text(example1, outcome).startswith(f"{outcome.marked_label} ({outcome.id})\n")
        assert (entry["mark"], entry["provisional"]) == (outcome.mark, outcome.provisional)
    assert "Survivors have not yet reviewed the words that are this project's own." in everything


def test_a_provisional_core_label_keeps_its_mark_in_the_sentence() -> None:
    report = check_any(read_any(ROOT / "examples/therapy-study/evaluation.toml"))
    marked = [line.model_copy(update={"mark": "provisional: a test"}) for line in report.core]

    assert headline(report.verdict(), marked).count("[provisional: a test]") == 7


def test_the_sentence_about_an_area_keeps_the_mark_of_a_provisional_label(edition: Taxonomy) -> None:
    report = check_portfolio(read_members([str(ROOT / "examples/area-partnership/members")], taxonomy=edition))
    marked = [line.model_copy(update={"mark": "provisional: a test"}) for line in report.core]

    assert "Access to education [provisional: a test]." in portfolio_headline(report.verdict, marked, None)
