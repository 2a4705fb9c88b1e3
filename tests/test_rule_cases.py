"""The rules, by their cases: each folder holds a record and what must be said of it."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import mscos
from mscos.conformance import check_any
from mscos.records.reading import read_any
from mscos.rules import RULES
from mscos.rules._rule import SECTIONS, Rule

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.relative_to(CASES).as_posix() for folder in CASES.glob("*/*"))

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_judged_as_it_expects(name: str) -> None:
    expected = _expected(name)
    source = _source(name)

    said = _refused(source) if "faults" in expected else _judged(source)

    assert {"description": expected["description"], **said} == expected


def test_every_folder_is_a_case_of_a_rule() -> None:
    shapes = {tuple(sorted(file.name for file in (CASES / name).iterdir())) for name in NAMES}

    assert {name.split("/")[0] for name in NAMES} == {rule.id for rule in RULES}
    assert all(re.fullmatch(r"(clean|dirty)(-[a-z]+)*", name.split("/")[1]) for name in NAMES)
    assert shapes <= {
        ("evaluation.toml", "expected.json"),
        ("evaluation.json", "expected.json"),
        ("expected.json", "intervention.toml"),
    }


@each_rule
def test_a_rule_has_a_dirty_and_a_clean_case(rule: Rule) -> None:
    assert {f"{rule.id}/clean", f"{rule.id}/dirty"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_fails_without_its_rule_if_and_only_if_it_is_dirty(name: str) -> None:
    expected = _expected(name)

    speaks = "faults" in expected or bool(expected["found"])

    assert speaks == name.split("/")[1].startswith("dirty")


@each_rule
def test_a_page_has_every_section_in_order_with_something_in_each(rule: Rule) -> None:
    opening, *sections = re.split(r"^## ", rule.page, flags=re.MULTILINE)
    heads, texts = zip(*(section.split("\n", 1) for section in sections), strict=True)

    assert opening.strip()
    assert heads == SECTIONS
    assert all(text.strip() for text in texts)


@each_rule
def test_a_message_has_short_sentences_and_no_blank_but_the_outcome(rule: Rule) -> None:
    blanks = {blank for _, blank, _, _ in Formatter().parse(rule.sentence) if blank is not None}
    sentences = re.split(r"(?<=[.?!])\s+", rule.sentence.format(outcome=""))

    assert blanks <= {"outcome"}
    assert [sentence for sentence in sentences if len(sentence.split()) >= 25] == []


def test_identifiers_are_a_family_and_a_number_each_once_and_in_order() -> None:
    identifiers = [rule.id for rule in RULES]
    families = [family for family, _ in groupby(identifier[:3] for identifier in identifiers)]

    assert all(re.fullmatch(r"[A-Z]{3}-\d\d", identifier) for identifier in identifiers)
    assert sorted(set(families)) == sorted(families)
    assert identifiers == sorted(set(identifiers), key=lambda identifier: (families.index(identifier[:3]), identifier))


def _source(name: str) -> Path:
    (source,) = (file for file in (CASES / name).iterdir() if file.name != "expected.json")
    return source


def _expected(name: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((CASES / name / "expected.json").read_text("utf-8"))
    return expected


def _judged(source: Path) -> dict[str, object]:
    report = check_any(read_any(source))
    rule = source.parents[1].name
    return {
        "verdict": report.verdict().answer,
        "statuses": {line.outcome: line.status.value for line in report.core},
        "found": [
            {"outcome": finding.outcome, "pointer": finding.pointer, "variable": finding.variable}
            for finding in report.findings
            if finding.rule == rule
        ],
    }


def _refused(source: Path) -> dict[str, object]:
    with pytest.raises(mscos.CannotRead) as caught:
        mscos.read_record(source)
    faults = caught.value.faults if isinstance(caught.value, mscos.InvalidDocument) else ()
    return {"faults": [{"pointer": fault.pointer, "rule": fault.rule} for fault in faults]}
