"""Verifying: each way in which a report and what it rests on do not belong together has its own code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

import mscos
from mscos import schemas
from mscos.conformance import check_any
from mscos.portfolios.checking import check_portfolio
from mscos.portfolios.members import read_members
from mscos.records.reading import read_any
from mscos.report import VerdictName
from mscos.reporters import as_json
from mscos.reporters.of_portfolio import portfolio_json
from mscos.reporters.of_verification import verification_json, verification_text
from mscos.verification import MESSAGES, Code, Verification
from test_command_line import run

ROOT = Path(__file__).parent.parent
THERAPY = ROOT / "examples/therapy-study"
EVENTS = ROOT / "tests/cases/DAT-10/dirty"

Document = dict[str, Any]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own, into which the examples are copied."""
    for name in ("therapy-study", "safe-house", "area-partnership"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)


def codes(found: Verification) -> list[str]:
    return [each.code for each in found.discrepancies]


def of_record(name: str = "safe-house/evaluation.toml") -> Document:
    document: Document = json.loads(as_json.report(check_any(read_any(name))))
    return document


def of_data() -> Document:
    report = mscos.check(data="therapy-study/data.csv", codebook="therapy-study/dictionary.csv")
    document: Document = json.loads(as_json.report(report))
    return document


def of_members() -> Document:
    document: Document = json.loads(portfolio_json(check_portfolio(read_members(["area-partnership/members"]))))
    return document


def verified(document: Document, *inputs: str) -> Verification:
    Path("report.json").write_text(json.dumps(document), encoding="utf-8")
    found = mscos.verify_report("report.json", inputs)
    assert list(schemas.validator("verification").iter_errors(json.loads(verification_json(found)))) == []
    return found


# What belongs together.


def test_a_report_on_a_record_belongs_with_it_and_can_be_repeated() -> None:
    found = verified(of_record())

    assert found == Verification(of="report", belongs=True, repeated=True, matched=1, discrepancies=())
    assert verification_text(found) == (
        "The report, its edition, its rules and its inputs belong together.\n"
        "1 input is as it was.\n"
        "The check was made again and says the same.\n"
    )


def test_data_are_known_by_their_content_alone() -> None:
    Path("therapy-study/data.csv").rename("someone.csv")
    document = json.loads(as_json.report(mscos.check(data="someone.csv", codebook="therapy-study/dictionary.csv")))

    found = verified(document, "someone.csv")

    assert found == Verification(of="report", belongs=True, repeated=True, matched=2, discrepancies=())


def test_inputs_are_looked_for_beside_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("safe-house")
    document = of_record("evaluation.toml")
    Path("report.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.chdir("/")

    assert mscos.verify_report(tmp_path / "safe-house/report.json").belongs


def test_a_portfolio_belongs_with_its_members() -> None:
    found = verified(of_members(), "area-partnership/members")

    assert found == Verification(of="portfolio", belongs=True, repeated=True, matched=3, discrepancies=())


@pytest.mark.parametrize("first", ["collected", "reported"])
def test_whichever_verdict_was_asked_for_the_report_belongs(first: VerdictName) -> None:
    record = mscos.read_record("therapy-study/evaluation.toml")
    report = mscos.check(record, data="therapy-study/data.csv", codebook="therapy-study/dictionary.csv")

    found = verified(json.loads(as_json.report(report.expecting(first))), "therapy-study/data.csv")

    assert (found.belongs, found.repeated) == (True, True)


def test_events_have_a_fingerprint_too() -> None:
    shutil.copytree(EVENTS, "events")
    report = mscos.check(data="events/data.csv", codebook="events/dictionary.csv", events="events/events.csv")
    document = json.loads(as_json.report(report))

    same = verified(document, "events/data.csv")
    with Path("events/events.csv").open("a") as file:
        file.write("\n")
    changed = verified(document, "events/data.csv")

    assert (same.matched, same.belongs) == (3, True)
    assert [(each.code, each.role, each.path) for each in changed.discrepancies] == [
        ("input_changed", "events", "events/events.csv")
    ]


def test_columns_that_were_left_out_are_not_named_so_nothing_is_repeated() -> None:
    report = mscos.check(data="therapy-study/data.csv", codebook="therapy-study/dictionary.csv", exclude=["phq9_pre"])

    found = verified(json.loads(as_json.report(report)), "therapy-study/data.csv")

    assert found == Verification(of="report", belongs=True, repeated=False, matched=2, discrepancies=())


# Each way in which they do not.


def test_a_form_of_report_that_is_not_known_is_said_first() -> None:
    document = of_record()
    document["stamps"]["schema_version"] = "2"
    document["new"] = "field"

    assert codes(verified(document)) == ["schema_unknown"]


def test_an_edition_that_is_not_packaged() -> None:
    document = of_record()
    document["stamps"]["edition"] = "2031.1"

    assert codes(verified(document)) == ["edition_unknown"]


def test_an_edition_with_other_words() -> None:
    document = of_record()
    document["stamps"]["edition_fingerprint"] = "0" * 64

    assert codes(verified(document)) == ["edition_changed"]


def test_other_rules() -> None:
    document = of_record()
    document["stamps"]["rules_fingerprint"] = "0" * 64
    document["headline"] = document["verdicts"][0]["sentence"] = "All seven are there."

    found = verified(document)

    assert codes(found) == ["rules_changed"]
    assert not found.repeated


def test_another_version_is_a_note() -> None:
    document = of_record()
    document["stamps"]["mscos"] = "0.0.9"

    found = verified(document)

    assert codes(found) == ["version_differs"]
    assert found.belongs


def test_an_input_that_is_gone() -> None:
    document = of_record()
    Path("safe-house/evaluation.toml").unlink()

    assert codes(verified(document)) == ["input_missing"]


def test_data_that_were_not_handed_in() -> None:
    found = verified(of_data())

    assert [(each.code, each.role, each.path) for each in found.discrepancies] == [("input_missing", "data", None)]


def test_an_input_that_has_changed() -> None:
    document = of_record()
    with Path("safe-house/evaluation.toml").open("a") as file:
        file.write("\n")

    assert codes(verified(document)) == ["input_changed"]
    assert codes(verified(document, "safe-house/evaluation.toml")) == ["input_changed"]


def test_data_that_have_changed() -> None:
    document = of_data()
    with Path("therapy-study/data.csv").open("a") as file:
        file.write("\n")

    found = verified(document, "therapy-study/data.csv")

    assert [(each.code, each.role, each.path) for each in found.discrepancies] == [("input_changed", "data", None)]
    assert "data.csv" not in verification_json(found) + verification_text(found)


def test_an_input_that_the_report_does_not_name() -> None:
    found = verified(of_record(), "therapy-study/data.csv", "safe-house/evaluation.toml")

    assert [(each.code, each.number) for each in found.discrepancies] == [("input_not_named", 1)]
    assert "data.csv" not in verification_json(found) + verification_text(found)


def test_a_record_that_was_built_in_memory() -> None:
    document = of_record()
    document["stamps"]["inputs"] = [{"role": "record"}]

    assert codes(verified(document)) == ["input_without_fingerprint"]


def _met(document: Document) -> None:
    document["verdicts"][0]["answer"] = "met"


def _status(document: Document) -> None:
    document["core"][0]["status"] = "reported"


def _sentence(document: Document) -> None:
    document["headline"] = document["verdicts"][0]["sentence"] = "7 of 7 core outcomes are reported."


def _headline(document: Document) -> None:
    document["headline"] = "7 of 7 core outcomes are reported."


def _label(document: Document) -> None:
    document["core"][0]["label"] = "Housing"


def _fewer(document: Document) -> None:
    del document["core"][0]


def _message(document: Document) -> None:
    document["findings"][0]["message"] = "All is well."


def _rule(document: Document) -> None:
    document["findings"][0]["rule"] = "ABC-01"


def _complete(document: Document) -> None:
    document["complete"] = False


def _withheld(document: Document) -> None:
    document["verdicts"][0] |= {"answer": "not_given"}


ALTERED = [_met, _status, _sentence, _headline, _label, _fewer, _message, _rule, _complete, _withheld]


@pytest.mark.parametrize("alter", ALTERED)
def test_a_report_that_was_altered_is_noticed_without_its_inputs(alter: Callable[[Document], None]) -> None:
    document = of_record("therapy-study/evaluation.toml")
    assert codes(verified(document)) == []
    Path("therapy-study/evaluation.toml").unlink()

    alter(document)

    assert codes(verified(document)) == ["input_missing", "report_altered"]


def test_what_only_the_inputs_can_tell_is_noticed_with_them() -> None:
    document = of_record("therapy-study/evaluation.toml")
    document["findings"] = document["findings"][1:]

    found = verified(document)

    assert codes(found) == ["report_altered"]
    assert not found.repeated


@pytest.mark.parametrize(
    ("place", "value"),
    [("headline", "All is well."), ("complete", False), ("verdict", {"name": "addressed", "answer": "met"})],
)
def test_a_portfolio_that_was_altered(place: str, value: object) -> None:
    assert codes(verified(of_members() | {place: value})) == ["input_missing", "report_altered"]


def test_a_portfolio_in_which_a_member_was_altered_is_noticed_with_its_members() -> None:
    document = of_members()
    document["members"][0]["organisation"] = "Somebody else"

    assert codes(verified(document, "area-partnership/members")) == ["report_altered"]


def test_a_portfolio_of_other_members() -> None:
    found = verified(of_members(), "area-partnership/members", "safe-house/evaluation.toml")

    assert codes(found) == ["input_changed"]
    assert found.matched == 0


def test_every_code_has_its_message_and_is_tried_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")

    assert set(MESSAGES) == set(get_args(Code))
    assert [code for code in MESSAGES if f'"{code}"' not in source] == []


# As a command.


def test_the_status_is_the_answer(tmp_path: Path) -> None:
    Path("report.json").write_text(json.dumps(of_record()), encoding="utf-8")
    Path("altered.json").write_text(json.dumps(of_record() | {"headline": "All is well."}), encoding="utf-8")

    statuses = [
        run("verify", tmp_path / name, tmp_path / "safe-house/evaluation.toml").returncode
        for name in ("report.json", "altered.json", "safe-house/evaluation.toml", "none.json")
    ]
    missing = run("verify", tmp_path / "report.json", tmp_path / "none.csv")

    assert statuses == [0, 1, 3, 3]
    assert missing.returncode == 3
    assert missing.stderr == "mscos: input 1: there is no such file. Nothing was checked.\n"
    assert run("verify").returncode == 2
    assert run("verify", tmp_path / "report.json", "--output", tmp_path / "report.json").returncode == 2


@pytest.mark.parametrize("content", ['{"kind": "report"}', '{"kind": "evaluation"}', "[1]", "\xff", '{"stamps": 1}'])
def test_what_is_no_report_cannot_be_verified(content: str) -> None:
    Path("report.json").write_text(content, encoding="latin-1")

    with pytest.raises(mscos.CannotRead):
        mscos.verify_report("report.json")
