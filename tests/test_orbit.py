"""Hints of outcome reporting bias: one row of the table for each fact that a record can state."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import mscos
from area import measure, whole
from mscos import Report, Taxonomy
from mscos.orbit import Hint, hint_of_line, hints

MEASURES = [measure("housing")]
SOMETHING_ELSE = [measure("housing") | {"match": "none"}]
WHOLE = whole(Random(1), "housing")["result"]  # noqa: S311 - nothing secret
IN_PART = {key: value for key, value in WHOLE.items() if key != "aggregation"}


def read(entry: dict[str, Any] | None) -> mscos.EvaluationRecord:
    outcomes = [] if entry is None else [{"outcome": "housing"} | entry]
    return mscos.read_record({"kind": "evaluation", "record_id": "one", "title": "One", "outcomes": outcomes})


def hint(entry: dict[str, Any] | None, edition: Taxonomy) -> tuple[Hint, str | None]:
    record = read(entry)
    found = {outcome: (told, code) for outcome, told, code in hints(record, mscos.check(record).core, edition)}
    return found["housing"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"measures": MEASURES, "result": WHOLE}, Hint.NOT_NEEDED),
        ({"measures": MEASURES, "result": {"significance_stated": "not_significant"}}, Hint.A),
        ({"measures": MEASURES, "result": {"significance_stated": "significant"}}, Hint.B),
        ({"measures": MEASURES, "result": {"direction_of_change": "better"}}, Hint.A_OR_B),
        ({"measures": MEASURES, "result": IN_PART}, Hint.C),
        ({"measures": [MEASURES[0] | {"match": "general_broader"}], "result": WHOLE}, Hint.NOT_NEEDED),
        ({"measures": MEASURES, "result": IN_PART | {"significance_stated": "significant"}}, Hint.C),
        ({"measures": MEASURES, "analysed": True}, Hint.D),
        ({"analysed": True}, Hint.D),
        ({"measures": MEASURES, "analysed": True, "result": {"direction_of_change": "not_known"}}, Hint.D),
        ({"measures": MEASURES}, Hint.E_OR_F),
        ({"measures": MEASURES, "analysed": False}, Hint.E_OR_F),
        ({"measured": True}, Hint.E_OR_F),
        ({"measures": [MEASURES[0] | {"in_result": False}], "result": WHOLE}, Hint.E_OR_F),
        ({}, Hint.G_OR_H),
        ({"planned": True}, Hint.G_OR_H),
        ({"measures": SOMETHING_ELSE, "result": WHOLE}, Hint.G_OR_H),
        ({"measures": SOMETHING_ELSE, "analysed": True}, Hint.G_OR_H),
        ({"planned": True, "measured": False, "measures": MEASURES}, Hint.I),
        ({"omission": {"reason": "time"}}, Hint.I),
        (None, Hint.G_OR_H),
    ],
)
def test_a_hint_says_what_the_record_states_and_no_more(
    entry: dict[str, Any] | None, expected: Hint, edition: Taxonomy
) -> None:
    assert hint(entry, edition) == (expected, None)


def test_a_machine_never_decides_what_a_person_must_judge() -> None:
    assert [each.value for each in Hint if each.asks] == ["A_or_B", "E_or_F", "G_or_H"]
    assert all(each.words.endswith("please judge") == each.asks for each in Hint)


def test_the_judgement_of_a_reviewer_stands_beside_the_hint_and_does_not_change_it(edition: Taxonomy) -> None:
    judged = {"measures": MEASURES, "orbit": {"code": "F", "judged_by_role": "second reviewer"}}

    assert hint(judged, edition) == (Hint.E_OR_F, "F")
    assert hint(judged | {"result": WHOLE}, edition) == (Hint.NOT_NEEDED, "F")


def test_a_report_made_earlier_tells_less() -> None:
    def told(entry: dict[str, Any] | None) -> Hint:
        report: Report = mscos.check(read(entry))
        return hint_of_line(report.core[0])

    assert told({"measures": MEASURES, "result": WHOLE}) is Hint.NOT_NEEDED
    assert told({"omission": {"reason": "time"}}) is Hint.I
    assert told(None) is Hint.NOT_KNOWN
    assert told({"measures": MEASURES}) is Hint.NOT_KNOWN
