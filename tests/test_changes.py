"""What changed since an earlier report on the same record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mscos
from mscos import schemas
from mscos.changes import outcome_changes
from mscos.cli import commands
from written import in_form


def judged(document: dict[str, Any]) -> mscos.Report:
    return mscos.check(mscos.read_record(document))


def without(document: dict[str, Any], outcome: str, **entry: object) -> dict[str, Any]:
    kept = [each for each in document["outcomes"] if each["outcome"] != outcome]
    return document | {"outcomes": [*kept, {"outcome": outcome, **entry}]}


def test_an_outcome_that_got_further_is_better_and_one_that_fell_back_is_worse(safe_house: dict[str, Any]) -> None:
    old = judged(without(safe_house, "education", planned=True))
    new = judged(without(safe_house, "safety", omission={"reason": "time"}))

    changes = [(each.direction, each.outcome, each.before, each.after) for each in outcome_changes(old, new)]

    assert changes == [
        ("worse", "safety", "reported", "left_out"),
        ("better", "education", "planned", "reported"),
    ]
    assert outcome_changes(new, new) == ()


def test_reports_on_different_records_or_by_different_editions_are_not_compared(
    safe_house: dict[str, Any], example1: mscos.Taxonomy
) -> None:
    other = judged(safe_house | {"record_id": "other"})
    document = {"kind": "evaluation", "record_id": safe_house["record_id"], "title": "x", "outcomes": []}
    elsewhere = mscos.check(mscos.read_record(document, taxonomy=example1), edition=example1)

    with pytest.raises(ValueError, match=r"^the two reports are about different records$"):
        outcome_changes(other, judged(safe_house))
    with pytest.raises(mscos.OtherEdition):
        outcome_changes(elsewhere, judged(safe_house))


def run(*arguments: str | Path) -> int:
    status: int = commands.main([str(each) for each in arguments], standalone_mode=False)
    return status


def test_the_command_says_what_changed_and_can_fail_for_it(
    safe_house: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, old, new = tmp_path / "record.json", tmp_path / "old.json", tmp_path / "new.json"
    record.write_text(json.dumps(without(safe_house, "education", planned=True)))
    run("check", record, "--format", "json", "--output", old)
    record.write_text(json.dumps(safe_house))
    better = run("check", record, "--since", old, "--fail-on-regression")
    text = capsys.readouterr().out
    run("check", record, "--format", "json", "--output", new)
    record.write_text(json.dumps(without(safe_house, "education", planned=True)))
    worse = run("check", record, "--since", new, "--fail-on-regression", "--format", "json")
    written = json.loads(capsys.readouterr().out)

    assert (better, worse) == (0, 1)
    assert (
        "\nSince the earlier report\n  better: Access to education (education): was planned, not yet reported, now reported.\n"
        in text
    )
    assert written["since"] == [
        {"outcome": "education", "direction": "worse", "before": "reported", "after": "planned"}
    ]
    assert list(schemas.validator("report").iter_errors(written)) == []


def test_a_regression_alone_is_status_1(safe_house: dict[str, Any]) -> None:
    report = judged(safe_house)
    fewer = judged(without(safe_house, "education", planned=True))

    assert not report.fell_away
    assert fewer.model_copy(update={"since": outcome_changes(report, fewer)}).fell_away
    assert not report.model_copy(update={"since": outcome_changes(fewer, report)}).fell_away


def test_a_report_without_changes_says_so(safe_house: dict[str, Any]) -> None:
    report = judged(safe_house)

    text = in_form("text", report.model_copy(update={"since": ()}))

    assert "\nSince the earlier report\n  Nothing changed.\n" in text
    assert "Since the earlier report" not in in_form("text", report)
