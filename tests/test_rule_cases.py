"""
The rules, by their cases: each folder holds a record, a dataset, both or a codebook, and what must be said of it.

A dataset is a file called ``data``.  What describes it are ``codebook`` and ``dictionary``, in this order; ``events``
is REDCap's form-event mapping.  Under ``asked``, `expected.json` holds further arguments of `check`.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import mscos
from mscos.conformance import check_any, check_design
from mscos.errors import HoldsIdentifiers
from mscos.records.reading import read_any
from mscos.rules import RULES
from mscos.rules._rule import SECTIONS, Rule

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.relative_to(CASES).as_posix() for folder in CASES.glob("*/*"))
OF_DATA = {name for name in NAMES for kind in ("data", "codebook", "dictionary") if [*(CASES / name).glob(f"{kind}.*")]}
STOP = ("rule", "why", "column", "variable")
REFUSED = {"faults", "error", "stops"}
SEVERITIES = {rule.id: rule.severity for rule in RULES}

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_judged_as_it_expects(name: str) -> None:
    expected = _expected(name)
    described = {"description": expected["description"]}

    said = _said_of_data(name, expected) if name in OF_DATA else _said_of_record(_source(name), expected)

    assert {**described, **said} == expected


def test_every_folder_is_a_case_of_a_rule() -> None:
    assert {name.split("/")[0] for name in NAMES} == {rule.id for rule in RULES}
    assert all(re.fullmatch(r"(clean|dirty)(-[a-z]+)*", name.split("/")[1]) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_holds_a_record_or_a_dataset_with_what_describes_it(name: str) -> None:
    files = sorted(file.name for file in (CASES / name).iterdir())
    stems = [file.split(".")[0] for file in files]

    assert "expected.json" in files
    assert len(set(stems)) == len(stems)
    if name in OF_DATA:
        assert {*stems} <= {"codebook", "data", "dictionary", "evaluation", "events", "expected"}
    else:
        assert stems in (["evaluation", "expected"], ["expected", "intervention"])


@each_rule
def test_a_rule_has_a_dirty_and_a_clean_case(rule: Rule) -> None:
    assert {f"{rule.id}/clean", f"{rule.id}/dirty"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_fails_without_its_rule_if_and_only_if_it_is_dirty(name: str) -> None:
    expected = _expected(name)

    speaks = bool(REFUSED & {*expected}) or bool(expected["found"])

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


def _said_of_record(source: Path, expected: dict[str, Any]) -> dict[str, object]:
    return _refused(source) if "faults" in expected else _judged(source)


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
    return {"faults": _faults(caught.value)}


def _faults(error: mscos.CannotRead) -> list[dict[str, object]]:
    faults = error.faults if isinstance(error, mscos.InvalidDocument) else ()
    return [{"pointer": fault.pointer, "rule": fault.rule} for fault in faults]


def _said_of_data(name: str, expected: dict[str, Any]) -> dict[str, object]:
    asked = expected.get("asked", {})
    said = {"asked": asked} if asked else {}
    try:
        report = _checked(CASES / name, asked)
    except HoldsIdentifiers as error:
        stops = [dict(zip(STOP, stop, strict=True)) for stop in error.stops]
        return {**said, "stops": stops}
    except mscos.CannotRead as error:
        faults = _faults(error)
        return {**said, "error": type(error).__name__, **({"faults": faults} if faults else {})}
    return {**said, **_judged_data(report, name.partition("/")[0])}


def _checked(folder: Path, asked: dict[str, Any]) -> mscos.Report:
    files = {file.stem: file for file in folder.iterdir()}
    codebooks = [files[stem] for stem in ("codebook", "dictionary") if stem in files]
    if "data" not in files:
        return check_design(*codebooks)
    return mscos.check(
        mscos.read_record(files["evaluation"]) if "evaluation" in files else None,
        data=files["data"],
        codebook=codebooks,
        events=str(files["events"]) if "events" in files else None,
        exclude=tuple(asked.get("exclude", ())),
        min_count=asked.get("min_count", 10),
    )


def _judged_data(report: mscos.Report, rule: str) -> dict[str, object]:
    verdicts = {verdict.name: verdict.answer for verdict in report.verdicts}
    statuses = {"statuses": {line.outcome: line.status.value for line in report.core}}
    collected = {"collected": {line.outcome: line.collected and line.collected.value for line in report.core}}
    return {
        "verdicts": verdicts,
        **(statuses if verdicts.keys() != {"collected"} else {}),
        **(collected if "collected" in verdicts else {}),
        "found": [_found(finding) for finding in report.findings if finding.rule == rule],
    }


def _found(finding: mscos.Finding) -> dict[str, object]:
    """Say where a finding is; its pointer where it is about the record; its severity where it is not the rule's."""
    place = {name: getattr(finding, name) for name in ("outcome", "variable", "column", "about")}
    pointer = {"pointer": finding.pointer} if finding.about == "record" else {}
    own = finding.severity is SEVERITIES[finding.rule]
    return {**place, **pointer, **({} if own else {"severity": finding.severity.value})}
