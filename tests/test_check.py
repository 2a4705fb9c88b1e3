from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

import mscos
from mscos import Report, Severity, Status, Taxonomy
from mscos.evidence import Evidence
from mscos.judging import judge
from mscos.rules import RULES
from mscos.sentence import advice, headline
from probe_rules import broken, cannot_look, other_verdict, whole_outcome

ROOT = Path(__file__).parent.parent

LABELS = {
    "housing": "Secure and suitable housing",
    "safety": "Safety from any trafficker or other abuser",
    "support": "Long-term, consistent support",
    "services": "Compassionate, trauma informed services",
    "purpose": "Finding purpose in life and self-actualisation",
    "medical": "Access to medical treatment",
    "education": "Access to education",
}

MEASURE: dict[str, object] = {
    "kind": "outcome",
    "instrument": "single-item",
    "match": "specific",
    "direction": "higher_better",
}
RESULT: dict[str, object] = {
    "measurement_variable": "the answer",
    "analysis_metric": "change from baseline",
    "aggregation": "median",
    "timepoint": "12 months",
    "where_reported": "page 3",
    "estimate_given": True,
}
WHOLE: dict[str, object] = {"measures": [MEASURE], "result": RESULT}


def checked(*entries: dict[str, object], **header: object) -> Report:
    document = {"kind": "evaluation", "record_id": "one", "title": "One", "outcomes": list(entries), **header}
    return mscos.check(mscos.read_record(document))


def status_of(outcome: str, report: Report) -> str:
    return next(line.status.value for line in (*report.core, *report.longlist) if line.outcome == outcome)


@pytest.mark.parametrize("kept", list(product((True, False), repeat=7)))
def test_the_sentence_names_exactly_what_is_left_out(safe_house: dict[str, Any], kept: tuple[bool, ...]) -> None:
    keep = dict(zip(LABELS, kept, strict=True))
    for position, entry in enumerate(safe_house["outcomes"]):
        if not keep[entry["outcome"]]:
            omitted = {"outcome": entry["outcome"], "omission": {"reason": "funding"}}
            safe_house["outcomes"][position] = omitted

    report = mscos.check(mscos.read_record(safe_house))

    missing = "; ".join(label for outcome, label in LABELS.items() if not keep[outcome])
    following = {
        0: "",
        1: f" Not reported: {missing}. Ask about it next time, or link the partner's evaluation that reports it.",
    }.get(
        7 - sum(kept),
        f" Not reported: {missing}. Ask about them next time, or link the partners' evaluations that report them.",
    )
    assert report.headline == f"{sum(kept)} of 7 core outcomes are reported.{following}"
    assert report.met is all(kept)
    assert report.verdict().answer == ("met" if all(kept) else "not_met")
    assert [line.outcome for line in report.there] == [outcome for outcome in LABELS if keep[outcome]]
    assert [line.outcome for line in report.missing] == [outcome for outcome in LABELS if not keep[outcome]]


LADDER: dict[str, tuple[dict[str, object], str]] = {
    "an entry that says nothing": ({}, "left_out"),
    "an omission": ({"omission": {"reason": "time"}}, "left_out"),
    "a plan": ({"planned": True}, "planned"),
    "a plan with its measure, not measured yet": ({"planned": True, "measured": False, "measures": [MEASURE]}, "planned"),
    "a plan with its measure and no result": ({"planned": True, "measures": [MEASURE]}, "column_only"),
    "a plan that is not measured and yet analysed": ({"planned": True, "measured": False, "analysed": True, "measures": [MEASURE]}, "column_only"),
    "not measured, and not planned": ({"measured": False, "measures": [MEASURE]}, "column_only"),
    "a plan that was analysed and has no result": ({"planned": True, "measures": [MEASURE], "analysed": True}, "column_only"),
    "analysed, and nothing else": ({"analysed": True}, "column_only"),
    "a measure without a result": ({"measures": [MEASURE]}, "column_only"),
    "a result without a measure": ({"result": RESULT}, "column_only"),
    "a result that says nothing": ({"measures": [MEASURE], "result": {"direction_of_change": "not_known"}}, "column_only"),
    "a result with its place alone": ({"measures": [MEASURE], "result": RESULT | {"estimate_given": False}}, "column_only"),
    "an output": ({"measures": [MEASURE | {"kind": "output"}], "result": RESULT}, "column_only"),
    "an activity": ({"measures": [MEASURE | {"kind": "activity"}], "result": RESULT}, "column_only"),
    "a measure that does not match": ({"measures": [MEASURE | {"match": "none"}], "result": RESULT}, "column_only"),
    "significance alone": ({"measures": [MEASURE], "result": RESULT | {"estimate_given": False, "significance_stated": "significant"}}, "partly_reported"),
    "a direction alone": ({"measures": [MEASURE], "result": RESULT | {"estimate_given": False, "direction_of_change": "better"}}, "partly_reported"),
    "a broader measure": ({"measures": [MEASURE | {"match": "general_broader"}], "result": RESULT}, "partly_reported"),
    "a score without a direction": ({"measures": [MEASURE | {"direction": "undefined"}], "result": RESULT}, "partly_reported"),
    "a narrower measure": ({"measures": [MEASURE | {"match": "general_narrower"}], "result": RESULT}, "reported"),
    "a whole result": (WHOLE, "reported"),
    "a finding in words": ({"measures": [MEASURE], "result": RESULT | {"estimate_given": False, "qualitative_finding": True}}, "reported"),
    "a plan that was kept": (WHOLE | {"planned": True}, "reported"),
}  # fmt: skip


@pytest.mark.parametrize("case", LADDER)
def test_an_outcome_gets_as_far_as_its_best_measure_and_its_result(case: str) -> None:
    entry, status = LADDER[case]

    report = checked({"outcome": "education", **entry})

    assert status_of("education", report) == status


@pytest.mark.parametrize(
    "missing", ["measurement_variable", "analysis_metric", "aggregation", "timepoint", "where_reported"]
)
def test_a_result_without_one_of_its_elements_is_partly_reported(missing: str) -> None:
    result = {name: value for name, value in RESULT.items() if name != missing}

    report = checked({"outcome": "education", "measures": [MEASURE], "result": result})

    assert status_of("education", report) == "partly_reported"
    assert "REP-02" in [finding.rule for finding in report.findings]


def test_a_partly_reported_outcome_is_not_reported_and_the_sentence_says_partly() -> None:
    entries = [{"outcome": outcome, **WHOLE} for outcome in LABELS if outcome != "medical"]
    partly: dict[str, object] = {"outcome": "medical", "measures": [MEASURE], "result": RESULT | {"estimate_given": False, "significance_stated": "significant"}}  # fmt: skip

    report = checked(*entries, partly)

    assert report.headline == (
        "6 of 7 core outcomes are reported. Not reported: Access to medical treatment (partly). "
        "The findings about it say what its result or its measure lacks."
    )
    assert not report.met


def test_nobody_is_told_to_ask_again_where_asking_could_harm(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"][1] = {"outcome": "safety", "omission": {"reason": "participant_safety"}}
    alone = mscos.check(mscos.read_record(safe_house))
    safe_house["outcomes"][6] = {"outcome": "education", "omission": {"reason": "funding"}}
    beside = mscos.check(mscos.read_record(safe_house))

    assert alone.headline == (
        "6 of 7 core outcomes are reported. Not reported: Safety from any trafficker or other abuser. "
        "Plan with survivors how it could be known safely, or link a partner's evaluation that reports it."
    )
    assert beside.headline == (
        "5 of 7 core outcomes are reported. Not reported: Safety from any trafficker or other abuser; "
        "Access to education. Plan with survivors how they could be known safely, or link partners' evaluations "
        "that report them."
    )


@pytest.mark.parametrize("instrument", ["phq9", "PHQ-9".lower(), "phq-9-modified", "p-h-q-9", "pcl5", "gad7", "core10", "bdi-ii", "hads", "harvard-trauma-questionnaire", "phq-8", "phq9-total"])  # fmt: skip
def test_a_symptom_scale_by_any_of_its_names_does_not_count(safe_house: dict[str, Any], instrument: str) -> None:
    medical = safe_house["outcomes"][5]
    medical["measures"] = [
        MEASURE | {"instrument": instrument, "match_reason": "x", "validated_for": "x", "reported_by": "record"}
    ]

    report = mscos.check(mscos.read_record(safe_house))

    assert not report.met
    assert status_of("medical", report) == "column_only"


def test_a_report_without_a_verdict_is_not_met() -> None:
    report = checked()

    assert not report.model_copy(update={"verdicts": ()}).met


def test_the_report_says_how_many_outcomes_rest_on_the_record_alone(safe_house: dict[str, Any]) -> None:
    report = mscos.check(mscos.read_record(safe_house))

    assert [line.outcome for line in report.core if line.on_trust] == [
        "housing",
        "safety",
        "support",
        "medical",
        "education",
    ]


@pytest.mark.parametrize("instrument", ["phq-9", "pcl-5", "gad-7", "core-10", "itq"])
@pytest.mark.parametrize("outcome", LABELS)
def test_a_symptom_scale_counts_for_no_core_outcome_whatever_the_record_claims(outcome: str, instrument: str) -> None:
    claimed = {"kind": "outcome", "instrument": instrument, "match": "specific", "direction": "lower_better"}

    report = checked({"outcome": outcome, "measures": [claimed], "result": RESULT})

    assert status_of(outcome, report) == "column_only"
    assert [finding.outcome for finding in report.findings if finding.rule == "MEA-02"] == [outcome]


def test_the_instrument_table_beats_the_claim_in_the_other_direction_too() -> None:
    claimed = {"kind": "outcome", "instrument": "mlq-presence", "match": "none"}

    assert status_of("purpose", checked({"outcome": "purpose", "measures": [claimed], "result": RESULT})) == "reported"


def test_an_instrument_that_the_table_does_not_know_is_taken_at_its_word() -> None:
    claimed = MEASURE | {"instrument": "our-own-scale"}

    assert status_of("purpose", checked({"outcome": "purpose", "measures": [claimed], "result": RESULT})) == "reported"


@pytest.mark.parametrize("case", [case for case, (entry, _) in LADDER.items() if "omission" not in entry])
def test_one_more_measure_never_lowers_a_status(case: str) -> None:
    entry, status = LADDER[case]
    poor = MEASURE | {"match": "none", "direction": "undefined", "reported_by": "organisation"}
    more = entry | {"measures": [poor, *entry.get("measures", [])]}  # type: ignore[misc]

    after = status_of("education", checked({"outcome": "education", **more}))

    assert Status(after).rank >= Status(status).rank


def test_no_verdict_depends_on_the_long_list(safe_house: dict[str, Any]) -> None:
    alone = mscos.check(mscos.read_record(safe_house))
    safe_house["outcomes"] += [{"outcome": "ll24", **WHOLE}, {"outcome": "ll01"}, {"outcome": "ll28", "planned": True}]

    beside = mscos.check(mscos.read_record(safe_house))

    assert beside.verdicts == alone.verdicts
    assert beside.core == alone.core
    assert beside.headline == alone.headline
    assert [(line.outcome, line.status.value, line.mark) for line in beside.longlist] == [
        ("ll01", "left_out", "provisional: drafted by this project, not MS-COS wording"),
        ("ll24", "reported", "provisional: drafted by this project, not MS-COS wording"),
        ("ll28", "planned", "provisional: wording of the interim list of March 2022"),
    ]


def test_a_finding_about_a_long_list_outcome_marks_its_label() -> None:
    report = checked({"outcome": "ll24", "planned": True})

    assert [finding.message for finding in report.findings if finding.rule == "REP-05"] == [
        "Mental and emotional wellbeing [provisional: drafted by this project, not MS-COS wording] is planned but not yet reported."
    ]


def test_the_order_of_the_entries_changes_nothing_but_places(safe_house: dict[str, Any]) -> None:
    forward = mscos.check(mscos.read_record(safe_house))
    safe_house["outcomes"].reverse()

    backward = mscos.check(mscos.read_record(safe_house))

    assert backward.core == forward.core
    assert [(f.rule, f.outcome) for f in backward.findings] == [(f.rule, f.outcome) for f in forward.findings]


def test_an_outcome_left_out_with_a_reason_shows_the_reason_and_the_question_that_follows() -> None:
    report = checked({"outcome": "education", "omission": {"reason": "funding"}})

    line = report.core[-1]
    assert (line.status, line.reason) == (Status.LEFT_OUT, "funding")
    assert line.advice == (
        "Ask about it next time, or link the partner's evaluation that reports it. Can it be put in the next bid?"
    )


def test_the_advice_takes_up_what_the_omission_says() -> None:
    ask = "Ask about it next time, or link the partner's evaluation that reports it."
    plan = "Plan with survivors how it could be known safely, or link a partner's evaluation that reports it."
    omissions: list[tuple[dict[str, object], str]] = [
        ({"reason": "funding"}, f"{ask} Can it be put in the next bid?"),
        ({"reason": "time"}, f"{ask} When will it be seen?"),
        ({"reason": "time", "review_date": "2026-01-01"}, ask),
        ({"reason": "preconceptions", "survivors_consulted": False}, ask),
        ({"reason": "relevance", "partner": "College (made up)"}, ask),
        ({"reason": "participant_choice"}, plan),
        ({"reason": "participant_safety"}, f"{plan} Who decided?"),
        ({"reason": "participant_safety", "decided_by_role": "safeguarding lead"}, plan),
        (
            {"reason": "partner_covers", "partner": "College (made up)"},
            "Ask about it next time, or link the partner's evaluation that reports it. Which record reports it?",
        ),
        (
            {"reason": "partner_covers", "partner_record": "college-2025"},
            "See the partner's evaluation, and make sure that it reports the outcome.",
        ),
    ]

    said = [checked({"outcome": "education", "omission": omission}).core[-1].advice for omission, _ in omissions]

    assert said == [wanted for _, wanted in omissions]


def test_advice_never_says_to_drop_an_outcome_and_a_reported_one_needs_none() -> None:
    reachable = [status for status in Status if not status.value.startswith("collected")]

    said = {status.value: advice(status) for status in reachable}

    assert said == {
        "left_out": "Ask about it next time, or link the partner's evaluation that reports it.",
        "planned": "Report it when its result is known.",
        "column_only": "Use a measure that asks about it, and give its result.",
        "partly_reported": "The findings about it say what its result or its measure lacks.",
        "reported": None,
    }


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("planned", "planned", "Report them when their results are known."),
        ("planned", "column_only", "Report what is planned when its result is known."),
        ("column_only", "column_only", "Use measures that ask about them, and give their results."),
        (
            "column_only",
            "partly_reported",
            "Where nothing counts yet, use a measure that asks about the outcome, and give its result.",
        ),
        ("partly_reported", "partly_reported", "The findings about them say what their results or measures lack."),
        (
            "partly_reported",
            "left_out",
            "Ask about what is left out next time, or link a partner's evaluation that reports it.",
        ),
    ],
)
def test_the_next_step_is_for_the_outcomes_that_are_furthest_from_reported(first: str, second: str, said: str) -> None:
    report = checked()
    statuses = [Status(first), Status(second), *[Status.REPORTED] * 5]
    core = [line.model_copy(update={"status": status}) for line, status in zip(report.core, statuses, strict=True)]

    sentence = headline(report.verdict(), core)

    partly = " (partly)" if second == "partly_reported" else ""
    assert sentence.endswith(f"; {LABELS['safety']}{partly}. {said}")


@pytest.mark.parametrize(
    "population", [{"adults_only": False}, {"adults_only": True, "min_age": 17.5}, {"min_age": 16}]
)
def test_no_verdict_is_given_about_people_under_18(safe_house: dict[str, Any], population: dict[str, object]) -> None:
    report = mscos.check(mscos.read_record(safe_house | {"population": population}))

    assert report.headline == "No verdict: People under 18 are included. The core outcome set is for adults."
    assert report.verdict().answer == "not_given"
    assert not report.met
    assert report.complete


def test_a_record_that_names_no_edition_is_judged_by_the_newest_and_the_report_says_so() -> None:
    report = checked()

    assert (report.stamps.edition, report.stamps.edition_from) == ("2023.1", "newest")


def test_a_record_can_be_judged_by_an_edition_that_the_caller_names(example1: Taxonomy) -> None:
    document = {"kind": "evaluation", "record_id": "one", "title": "One", "outcomes": [{"outcome": "soil", **WHOLE}]}

    report = mscos.check(mscos.read_record(document, taxonomy=example1), edition=example1)

    assert report.headline == (
        "1 of 3 core outcomes are reported. Not reported: Access to water; Kind gardeners. "
        "Ask about them next time, or link the partners' evaluations that report them."
    )
    assert report.stamps.edition_from == "caller"
    assert report.stamps.edition_fingerprint == example1.fingerprint


def test_a_record_is_never_judged_by_another_edition_than_it_names(example1: Taxonomy) -> None:
    record = mscos.read_record(
        {"kind": "evaluation", "record_id": "a", "title": "b", "edition": "2023.1", "outcomes": []}
    )

    with pytest.raises(mscos.OtherEdition) as caught:
        mscos.check(record, edition=example1)

    assert str(caught.value) == (
        "the record names edition '2023.1' and edition 'example1' was asked for; ask for the one that the record names"
    )
    assert mscos.check(record, edition="2023.1").stamps.edition_from == "record"


def test_a_record_built_in_memory_is_held_to_the_edition_as_well() -> None:
    record = mscos.EvaluationRecord.model_validate(
        {"kind": "evaluation", "record_id": "a", "title": "b", "outcomes": [{"outcome": "hosing"}]}
    )

    with pytest.raises(mscos.InvalidDocument) as caught:
        mscos.check(record)

    assert [str(fault) for fault in caught.value.faults] == [
        '/outcomes/0/outcome: This is not an identifier of an outcome. Did you mean "housing"?'
    ]


def test_a_changed_copy_of_a_record_forgets_the_file_it_was_read_from() -> None:
    record = mscos.read_record(ROOT / "examples/safe-house/evaluation.toml")

    same, changed = record.model_copy(), record.model_copy(update={"outcomes": ()})
    with pytest.warns(DeprecationWarning, match="copy"):
        old_way = record.copy(update={"outcomes": ()})
    broken = record.model_copy(update={"outcomes": []})

    assert same.origin == record.origin is not None
    assert [copy.origin for copy in (changed, old_way, broken)] == [None, None, None]
    assert mscos.check(changed).stamps.inputs[0].sha256 is None


def test_a_record_can_be_written_and_read_again(safe_house: dict[str, Any]) -> None:
    record = mscos.read_record(safe_house)

    again = mscos.read_record(record.as_document())

    assert mscos.check(again) == mscos.check(record)


def test_a_record_does_not_show_what_people_wrote_when_it_is_printed(safe_house: dict[str, Any]) -> None:
    record = mscos.read_record(safe_house)

    assert repr(record) == "EvaluationRecord(kind='evaluation', record_id='harbour-house-2025')"
    assert repr(record.outcomes[0]) == "OutcomeEntry(outcome='housing')"
    assert repr(record.population) == "Population()"


def test_a_path_or_a_number_in_place_of_a_record_or_an_edition_is_a_plain_error() -> None:
    record = mscos.read_record({"kind": "evaluation", "record_id": "a", "title": "b", "outcomes": []})

    with pytest.raises(TypeError, match="check takes a record; read_record makes one of a file or a document"):
        mscos.check("evaluation.toml")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="this is an evaluation record; check judges it"):
        mscos.check_intervention(record)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="check_intervention takes a record; read_intervention makes one"):
        mscos.check_intervention({})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"name the edition as text, such as '2023\.1'"):
        mscos.check(record, edition=2023.1)  # type: ignore[arg-type]


def test_what_is_wrong_beside_the_core_is_no_error(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"].append({"outcome": "ll07", "measures": [MEASURE]})

    report = mscos.check(mscos.read_record(safe_house))

    assert [f.severity.value for f in report.findings if f.rule == "REP-03"] == ["warning"]
    assert report.met


def test_a_record_that_was_read_by_one_edition_is_looked_at_again_for_another(example1: Taxonomy) -> None:
    document = {"kind": "evaluation", "record_id": "a", "title": "b", "outcomes": [{"outcome": "soil"}]}

    with pytest.raises(mscos.InvalidDocument):
        mscos.check(mscos.read_record(document, taxonomy=example1))


def evidence_of(document: dict[str, Any]) -> Evidence:
    record = mscos.read_record(document)
    return Evidence(taxonomy=mscos.load_taxonomy("2023.1"), record=record)


def test_a_rule_can_cap_an_outcome_as_a_whole(safe_house: dict[str, Any]) -> None:
    report = judge(evidence_of(safe_house), (*RULES, whole_outcome))

    assert status_of("housing", report) == "column_only"
    assert len(report.there) == 6


def test_a_rule_that_could_not_look_leaves_the_verdict_open_and_says_why(safe_house: dict[str, Any]) -> None:
    report = judge(evidence_of(safe_house), (*RULES, cannot_look))

    assert report.headline == "No verdict: 1 rule could not look."
    assert [(each.rule, each.why) for each in report.rules_not_run] == [("TST-02", "The lamp was out.")]
    assert not report.complete
    assert not report.met
    assert "TST-02" not in report.rules_run
    assert "TST-02" not in [finding.rule for finding in report.findings]


def test_what_serves_a_verdict_that_is_not_given_is_a_note(safe_house: dict[str, Any]) -> None:
    report = judge(evidence_of(safe_house), (other_verdict,))

    assert [finding.severity for finding in report.findings] == [Severity.NOTE]
    assert report.met


def test_a_rule_that_raises_is_our_own_fault_and_is_not_hidden(safe_house: dict[str, Any]) -> None:
    with pytest.raises(ZeroDivisionError):
        judge(evidence_of(safe_house), (broken,))


def test_every_rule_is_accounted_for(safe_house: dict[str, Any]) -> None:
    report = mscos.check(mscos.read_record(safe_house))

    skipped = {each.rule: each.why for each in report.rules_not_applicable}
    assert {*report.rules_run, *skipped} == {rule.id for rule in RULES}
    assert {rule for rule, why in skipped.items() if why == "No file was read."} == {"STR-01", "STR-04"}
    without_data = {rule for rule, why in skipped.items() if why == "No dataset was offered."}
    assert without_data == {rule.id for rule in RULES if rule.needs in {"data", "codebook", "design", "both"}}
    assert {rule[:3] for rule, why in skipped.items() if why == "No intervention record was offered."} == {"INT"}
    assert set(skipped.values()) == {
        "No dataset was offered.",
        "No file was read.",
        "No intervention record was offered.",
    }


def test_findings_stand_in_the_order_of_what_matters_most(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"] = [{"outcome": "education"}, {"outcome": "housing", "planned": True}, {"outcome": "medical"}]

    report = mscos.check(mscos.read_record(safe_house))

    ranks = [finding.severity.rank for finding in report.findings]
    errors = [finding.outcome for finding in report.findings if finding.rule == "COV-01"]
    assert ranks == sorted(ranks)
    assert errors == ["safety", "support", "services", "purpose", "medical", "education"]


def test_the_report_is_stamped_with_all_that_it_rests_on(safe_house: dict[str, Any]) -> None:
    stamps = mscos.check(mscos.read_record(safe_house)).stamps

    assert stamps.mscos == mscos.__version__
    assert stamps.edition_fingerprint == mscos.load_taxonomy("2023.1").fingerprint
    assert stamps.schema_version == "1"
    assert len(stamps.rules_fingerprint) == 64
    assert [(stamp.role, stamp.path, stamp.sha256) for stamp in stamps.inputs] == [("record", None, None)]


def test_a_verdict_that_is_not_given_cannot_be_had() -> None:
    with pytest.raises(LookupError):
        checked().verdict("collected")
