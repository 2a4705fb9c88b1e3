from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mscos
from mscos import Report, Severity, Taxonomy, schemas
from mscos._record import Line, Slug, Text
from mscos.codelists import OmissionReason
from mscos.errors import Fault
from mscos.evidence import Evidence
from mscos.findings import Problem, Rag, Reach
from mscos.judging import judge
from mscos.records.entries import Omission
from mscos.rules import RULES
from mscos.rules._rule import rule
from mscos.rules.fingerprint import rules_fingerprint
from mscos.sentence import advice
from strategies import CORE, DROP_IN, INTERVENTION, Document, Place, fields, full_record, parent, reduced, stands_in
from written import in_every_form, in_form

LABELS = {
    "housing": "Secure and suitable housing",
    "safety": "Safety from any trafficker or other abuser",
    "support": "Long-term, consistent support",
    "services": "Compassionate, trauma informed services",
    "purpose": "Finding purpose in life and self-actualisation",
    "medical": "Access to medical treatment",
    "education": "Access to education",
}


def document(*entries: Document, **header: object) -> Document:
    return {"kind": "intervention", "record_id": "one", "title": "One", "addresses": list(entries)} | header


def checked(*entries: Document, **header: object) -> Report:
    return mscos.check_intervention(mscos.read_intervention(document(*entries, **header)))


def each(**entries: Document) -> list[Document]:
    """Give an entry for every core outcome: what is said of it, or that the service covers it itself."""
    return [{"outcome": outcome} | entries.get(outcome, {"how": "directly"}) for outcome in CORE]


# Reading.

BOTH = 'The outcome is both left out and addressed. Keep the omission, or write "not_addressed" in `how`.'
NOTHING = "There is nothing here. Leave the field out instead."
NO_PLACE = "field here has no place. Take it out, or mend its name."
NO_IDENTIFIER = "This is not an identifier of an outcome."
HOUSING: Document = {"outcome": "housing", "how": "directly"}
TIME: Document = {"omission": {"reason": "time"}}

FAULTS: dict[str, tuple[Document, list[str]]] = {
    "no entries at all": (
        {"kind": "intervention", "record_id": "one", "title": "One"},
        ["/addresses: This is missing."],
    ),
    "no kind": (
        {"record_id": "one", "title": "One", "addresses": []},
        ["/kind: This is missing."],
    ),
    "two entries for one outcome": (
        document(HOUSING, {"outcome": "safety", "how": "directly"}, HOUSING),
        ['/addresses/2: There are two entries for "housing". Keep one.'],
    ),
    "two entries that differ": (
        document(HOUSING, {"outcome": "housing", "how": "not_addressed"}),
        ['/addresses/1: There are two entries for "housing". Keep one.'],
    ),
    "an omission of what the service does": (document(HOUSING | TIME), [f"/addresses/0: {BOTH}"]),
    "an omission of what a partner does": (
        document(HOUSING | TIME | {"how": "by_partner"}),
        [f"/addresses/0: {BOTH}"],
    ),
    "an omission of what people are referred for": (
        document(HOUSING, {"outcome": "safety", "how": "by_referral"} | TIME),
        [f"/addresses/1: {BOTH}"],
    ),
    "an outcome by its label": (
        document({"outcome": "Access to education", "how": "directly"}),
        [f'/addresses/0/outcome: {NO_IDENTIFIER} Did you mean "education"?'],
    ),
    "an outcome that is like no other": (
        document({"outcome": "wasser", "how": "directly"}),
        [f"/addresses/0/outcome: {NO_IDENTIFIER} Use one of: {', '.join(CORE)}, or an identifier of the long-list."],
    ),
    "an outcome without a letter": (
        document({"outcome": " ", "how": "directly"}),
        ["/addresses/0/outcome: This is missing."],
    ),
    "an outcome that there is not, twice": (
        document({"outcome": "hosing", "how": "directly"}, {"outcome": "hosing", "how": "directly"}),
        [f'/addresses/{position}/outcome: {NO_IDENTIFIER} Did you mean "housing"?' for position in (0, 1)],
    ),
    "two outcomes in one entry": (
        document({"outcome": ["housing", "safety"], "how": "directly"}),
        ["/addresses/0/outcome: Write text here, in quotation marks."],
    ),
    "outcomes of the logframe": (
        document(logframe=[{}, {"outcomes": ["hosing", "housing", "Access to education"]}]),
        [
            f'/logframe/1/outcomes/0: {NO_IDENTIFIER} Did you mean "housing"?',
            f'/logframe/1/outcomes/2: {NO_IDENTIFIER} Did you mean "education"?',
        ],
    ),
    "an outcome of a gap": (
        document(gap_actions=[{"outcome": "hosing", "action": "amend"}]),
        [f'/gap_actions/0/outcome: {NO_IDENTIFIER} Did you mean "housing"?'],
    ),
    "an action that drops the outcome": (
        document(gap_actions=[{"outcome": "housing", "action": "drop"}]),
        ["/gap_actions/0/action: Use one of: amend, partner."],
    ),
    "a domain that there is not": (
        document(other_outcomes=[{"label": "Quiet", "domain": "quiet"}]),
        ["/other_outcomes/0/domain: Use one of: d01, d02, d03, d04, d05, d06, d07, d08, d09, d10."],
    ),
    "another word for how": (
        document(HOUSING | {"how": "partner"}),
        [
            "/addresses/0/how: Use one of: directly, by_partner, by_referral, not_addressed. "
            'Did you mean "by_partner"?'
        ],
    ),
    "nothing in a field": (document(tidier=None), [f"/tidier: {NOTHING}"]),
    "nothing in a field of a part": (document(tidier={"name": None}), [f"/tidier/name: {NOTHING}"]),
    "nothing in the logframe": (
        document(logframe=[None, {"outcomes": None}, {"outcomes": [None]}]),
        [f"/logframe/0: {NOTHING}", f"/logframe/1/outcomes: {NOTHING}", f"/logframe/2/outcomes/0: {NOTHING}"],
    ),
    "nothing for a partner": (document(HOUSING | {"partner": None}), [f"/addresses/0/partner: {NOTHING}"]),
    "an unknown field": (document(surprise=1), [f"/: The 5th {NO_PLACE}"]),
    "an unknown field of an entry": (
        document(HOUSING | {"activites": []}),
        [f'/addresses/0: The 3rd {NO_PLACE} Did you mean "activities"?'],
    ),
    "an unknown field of a partner": (
        document(HOUSING | {"partner": {"name": "A trust (made up)"}}),
        [f"/addresses/0/partner: The 1st {NO_PLACE}"],
    ),
    "the measures of an evaluation": (document(HOUSING | {"measures": []}), [f"/addresses/0: The 3rd {NO_PLACE}"]),
    "a record of a partner with a capital": (
        document(HOUSING | {"partner": {"record_id": "Trust"}}),
        ["/addresses/0/partner/record_id: Use lowercase letters, digits and single hyphens only."],
    ),
    "all at once": (
        document(
            {"outcome": "hosing", "how": "partly"}, HOUSING | TIME, review_date="soon", accepts=None, duration=12
        ),
        [
            f"/: The 7th {NO_PLACE}",
            f"/accepts: {NOTHING}",
            "/addresses/0/how: Use one of: directly, by_partner, by_referral, not_addressed.",
            f'/addresses/0/outcome: {NO_IDENTIFIER} Did you mean "housing"?',
            f"/addresses/1: {BOTH}",
            "/review_date: Write a day that exists, as year-month-day with digits.",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_record_is_refused_with_all_its_faults(case: str) -> None:
    source, faults = FAULTS[case]

    with pytest.raises(mscos.InvalidDocument) as refusal:
        mscos.read_intervention(source)

    assert [str(fault) for fault in refusal.value.faults] == faults


def test_what_names_no_outcome_is_a_fault_of_rule_str_04() -> None:
    source = document({"outcome": "hosing", "how": "directly"}, logframe=[{"outcomes": ["hosing"]}], gap_actions=[{"outcome": "hosing", "action": "amend"}], surprise=1)  # fmt: skip

    with pytest.raises(mscos.InvalidDocument) as refusal:
        mscos.read_intervention(source)

    assert [(fault.pointer, fault.rule) for fault in refusal.value.faults] == [
        ("", "STR-01"),
        ("/addresses/0/outcome", "STR-04"),
        ("/gap_actions/0/outcome", "STR-04"),
        ("/logframe/0/outcomes/0", "STR-04"),
    ]


@pytest.mark.parametrize("kind", ["evaluation", "Intervention", "", None, 3, ["intervention"]])
def test_a_record_of_another_kind_is_refused(kind: object) -> None:
    with pytest.raises(mscos.CannotRead) as refusal:
        mscos.read_intervention(document(kind=kind))

    assert str(refusal.value) == 'the record: the record\'s "kind" is not "intervention". Nothing was checked.'


def test_an_intervention_is_no_evaluation_record() -> None:
    with pytest.raises(mscos.CannotRead) as refusal:
        mscos.read_record(document())

    assert str(refusal.value) == 'the record: the record\'s "kind" is not "evaluation". Nothing was checked.'


def test_a_record_can_be_read_and_judged_by_an_edition_that_the_caller_names(example1: Taxonomy) -> None:
    source = document({"outcome": "soil", "how": "directly"}, logframe=[{"outcomes": ["soil"]}])

    report = mscos.check_intervention(mscos.read_intervention(source, taxonomy=example1), edition=example1)

    assert report.headline == (
        "1 of 3 core outcomes are addressed. Not addressed: Access to water; Kind gardeners. "
        "Change the service so that it covers them, or work with partners who do."
    )
    assert (report.stamps.edition, report.stamps.edition_from) == ("example1", "caller")


def test_a_record_built_in_memory_is_held_to_the_edition_as_well() -> None:
    record = mscos.InterventionRecord.model_validate(
        document(HOUSING | TIME, logframe=[{"outcomes": ["hosing"]}], gap_actions=[{"outcome": "x", "action": "amend"}])
    )

    with pytest.raises(mscos.InvalidDocument) as refusal:
        mscos.check_intervention(record)

    assert sorted((fault.pointer, fault.rule) for fault in refusal.value.faults) == [
        ("/addresses/0", Fault("", "").rule),
        ("/gap_actions/0/outcome", "STR-04"),
        ("/logframe/0/outcomes/0", "STR-04"),
    ]


# The sentence.


@pytest.mark.parametrize("kept", list(product((True, False), repeat=7)))
def test_the_sentence_names_exactly_what_is_not_addressed(kept: tuple[bool, ...]) -> None:
    keep = dict(zip(LABELS, kept, strict=True))
    missing = [LABELS[outcome] for outcome in LABELS if not keep[outcome]]
    source = deepcopy(DROP_IN)
    for position, entry in enumerate(source["addresses"]):
        if not keep[entry["outcome"]]:
            source["addresses"][position] = {"outcome": entry["outcome"], "how": "not_addressed"}

    report = mscos.check_intervention(mscos.read_intervention(source))

    step = {
        0: "",
        1: "Change the service so that it covers the outcome, or work with a partner who does.",
    }.get(len(missing), "Change the service so that it covers them, or work with partners who do.")
    following = f" Not addressed: {'; '.join(missing)}. {step}" if missing else ""
    assert report.headline == f"{sum(kept)} of 7 core outcomes are addressed.{following}"
    assert (report.verdict().name, report.verdict().answer) == ("addressed", "met" if all(kept) else "not_met")
    assert report.met is all(kept)
    assert [line.outcome for line in report.there] == [outcome for outcome in LABELS if keep[outcome]]
    assert [line.outcome for line in report.missing] == [outcome for outcome in LABELS if not keep[outcome]]


@pytest.mark.parametrize("without", [frozenset({"purpose"}), frozenset({"housing", "purpose"}), frozenset(CORE)])
def test_an_outcome_without_an_entry_is_not_addressed(without: frozenset[str]) -> None:
    silent = [entry for entry in each() if entry["outcome"] not in without]
    said = each(**{outcome: {"how": "not_addressed"} for outcome in without})

    assert checked(*silent).headline == checked(*said).headline
    assert checked(*silent).core == checked(*said).core


NOBODY: Document = {"how": "not_addressed"}
PARTNER: Document = {"how": "by_partner"}
REFERRAL: Document = {"how": "by_referral", "partner": {"agreement": "written"}}

NEXT_STEPS: dict[str, tuple[dict[str, Document], str]] = {
    "one partner who is not named": (
        {"medical": PARTNER},
        "6 of 7 core outcomes are addressed. Not addressed: Access to medical treatment (partly). Name the partner.",
    ),
    "one referral to nobody": (
        {"medical": REFERRAL},
        "6 of 7 core outcomes are addressed. Not addressed: Access to medical treatment (partly). Name the partner.",
    ),
    "two partners who are not named": (
        {"medical": PARTNER, "housing": REFERRAL},
        "5 of 7 core outcomes are addressed. Not addressed: Secure and suitable housing (partly); "
        "Access to medical treatment (partly). Name the partners.",
    ),
    "one that nobody covers and one partner who is not named": (
        {"medical": NOBODY, "housing": PARTNER},
        "5 of 7 core outcomes are addressed. Not addressed: Secure and suitable housing (partly); "
        "Access to medical treatment. "
        "For what nobody covers, change the service, or work with a partner who covers it.",
    ),
    "two that nobody covers and one partner who is not named": (
        {"medical": NOBODY, "housing": PARTNER, "safety": NOBODY},
        "4 of 7 core outcomes are addressed. Not addressed: Secure and suitable housing (partly); "
        "Safety from any trafficker or other abuser; Access to medical treatment. "
        "For what nobody covers, change the service, or work with a partner who covers it.",
    ),
}


@pytest.mark.parametrize("case", NEXT_STEPS)
def test_the_next_step_is_for_what_is_furthest_from_addressed(case: str) -> None:
    entries, sentence = NEXT_STEPS[case]

    report = checked(*each(**entries))

    assert report.headline == sentence
    assert not report.met


def test_no_verdict_is_given_on_a_service_for_children_alone() -> None:
    report = checked(*each(), accepts="children")

    assert report.headline == "No verdict: People under 18 are included. The core outcome set is for adults."
    assert report.verdict().answer == "not_given"
    assert not report.met
    assert report.complete


# Left out stays left out.


@pytest.mark.parametrize("plan", [None, "amend", "partner", "none"])
@pytest.mark.parametrize("reason", get_args(OmissionReason))
def test_an_omission_keeps_an_outcome_not_addressed(reason: str, plan: str | None) -> None:
    omission = {"reason": reason, "partner": "A college (made up)", "partner_record": "college", "survivors_consulted": True}  # fmt: skip
    planned = {} if plan is None else {"plan": plan}
    entries = each(education={"how": "not_addressed", "omission": omission | planned})

    report = checked(*entries, gap_actions=[{"outcome": "education", "action": "partner"}])

    line = report.core[-1]
    assert (line.status, line.rag, line.reason, line.partners) == (Reach.NOT_ADDRESSED, Rag.RED, reason, ())
    assert [missing.outcome for missing in report.missing] == ["education"]
    assert report.headline.startswith("6 of 7 core outcomes are addressed. Not addressed: Access to education. ")
    assert not report.met


def test_advice_never_says_to_drop_an_outcome_and_an_addressed_one_needs_none() -> None:
    said = {reach.value: advice(reach) for reach in Reach}

    assert said == {
        "not_addressed": "Change the service so that it covers the outcome, or work with a partner who does.",
        "partner_not_named": "Name the partner.",
        "by_referral": None,
        "by_partner": None,
        "directly": None,
    }


@pytest.mark.parametrize("reason", get_args(OmissionReason))
def test_advice_on_an_omission_says_to_amend_or_partner_whatever_its_reason(reason: OmissionReason) -> None:
    said = advice(Reach.NOT_ADDRESSED, Omission(reason=reason))

    assert said is not None
    assert said.startswith("Change the service so that it covers the outcome, or work with a partner who does.")
    assert not any(word in said.casefold() for word in ("drop", "leave it out", "remove", "instead of"))


AMEND_OR_PARTNER = "Change the service so that it covers the outcome, or work with a partner who does."

ADVICE: dict[str, tuple[Omission, str]] = {
    "a reason alone": (Omission(reason="funding"), f"{AMEND_OR_PARTNER} Can it be put in the next bid?"),
    "a question that is open": (Omission(reason="time"), f"{AMEND_OR_PARTNER} When will it be seen?"),
    "a question that is answered": (Omission(reason="time", review_date="2027-01-01"), AMEND_OR_PARTNER),
    "survivors were asked": (Omission(reason="preconceptions", survivors_consulted=False), AMEND_OR_PARTNER),
    "a partner's evaluation is linked": (Omission(reason="partner_covers", partner_record="college"), AMEND_OR_PARTNER),
    "people's own choice": (Omission(reason="participant_choice"), AMEND_OR_PARTNER),
}


@pytest.mark.parametrize("case", ADVICE)
def test_advice_asks_what_the_omission_leaves_open(case: str) -> None:
    omission, said = ADVICE[case]

    assert advice(Reach.NOT_ADDRESSED, omission) == said


# Red, amber, green.

RED_AMBER_GREEN = """
                          partner not named        partner named
                          -  none informal written -  none informal written
directly      -           G  G    G        G       G  G    G        G
directly      direct      G  G    G        G       G  G    G        G
directly      enabling    A  A    A        A       A  A    A        A
by_partner    -           R  R    R        R       A  A    A        G
by_partner    direct      R  R    R        R       A  A    A        G
by_partner    enabling    R  R    R        R       A  A    A        A
by_referral   -           R  R    R        R       A  A    A        A
by_referral   direct      R  R    R        R       A  A    A        A
by_referral   enabling    R  R    R        R       A  A    A        A
not_addressed -           R  R    R        R       R  R    R        R
not_addressed direct      R  R    R        R       R  R    R        R
not_addressed enabling    R  R    R        R       R  R    R        R
"""
"""How, relation, and the colour under each agreement.  A dash is a field that is not there."""

NAMES: tuple[Document, ...] = ({"organisation": "A trust (made up)"}, {"record_id": "a-trust"})


HELP_WITH_TRUST = (
    " What could help with trust: Write down what is shared, with whom and why."
    " Let staff of both services meet often enough to know each other."
)


@pytest.mark.parametrize(
    ("plan", "help_given"),
    [
        ({"barrier": "trust"}, HELP_WITH_TRUST),
        ({"barrier": "trust", "enabler": "a shared office"}, ""),
        ({}, ""),
        ({"barrier": "trust", "outcome": "safety"}, ""),
    ],
)
def test_a_plan_that_names_a_barrier_is_told_what_could_help(plan: Document, help_given: str) -> None:
    silent = checked(*each(housing={"how": "not_addressed"})).core[0].advice
    planned = [{"outcome": "housing", "action": "partner"} | plan]

    report = checked(*each(housing={"how": "not_addressed"}), gap_actions=planned)

    assert report.core[0].advice == f"{silent}{help_given}"


def test_an_outcome_that_is_addressed_needs_no_help() -> None:
    report = checked(*each(), gap_actions=[{"outcome": "housing", "action": "partner", "barrier": "trust"}])

    assert report.core[0].advice is None


def _colours() -> Iterator[tuple[Document, str]]:
    for row in RED_AMBER_GREEN.strip().splitlines()[2:]:
        how, relation, *colours = row.split()
        columns = product((False, True), ("-", "none", "informal", "written"))
        for (named, agreement), colour in zip(columns, colours, strict=True):
            entry = {"how": how} | ({} if relation == "-" else {"relation": relation})
            agreed = {} if agreement == "-" else {"agreement": agreement}
            for name in NAMES if named else ({},):
                yield entry | {"partner": name | agreed}, colour


COLOURS = list(_colours())


@pytest.mark.parametrize(("entry", "colour"), COLOURS, ids=str)
def test_an_outcome_is_red_amber_or_green(entry: Document, colour: str) -> None:
    line = checked({"outcome": "medical"} | entry).core[CORE.index("medical")]

    assert line.rag == {"R": "red", "A": "amber", "G": "green"}[colour]


def test_the_table_of_colours_is_whole() -> None:
    assert len(COLOURS) == 4 * 4 * 3 * 3
    assert {colour for _, colour in COLOURS} == set("RAG")


def test_a_partner_who_is_not_there_is_not_named() -> None:
    assert checked({"outcome": "medical", "how": "by_partner"}).core[5].rag is Rag.RED


@pytest.mark.parametrize(
    "itself",
    [
        {"record_id": "harbour"},
        {"organisation": "A  CHARITY (made up)"},
        {"organisation": "Harbour Advocates"},
        {"organisation": "TBC"},
        {"organisation": "n/a"},
    ],
    ids=str,
)
def test_a_service_is_not_its_own_partner_and_a_placeholder_is_nobody(itself: Document) -> None:
    entry = {"outcome": "medical", "how": "by_partner", "partner": itself | {"agreement": "written"}}

    report = mscos.check_intervention(mscos.read_intervention(SMALL | {"addresses": [entry]}))

    assert report.core[5].status is Reach.PARTNER_NOT_NAMED
    assert report.core[5].partners == ()
    assert [finding.outcome for finding in report.findings if finding.rule == "INT-02"] == ["medical"]


def test_the_whole_is_as_good_as_the_worst_of_the_seven_and_never_an_average() -> None:
    @settings(max_examples=100)
    @given(st.lists(st.sampled_from(COLOURS), min_size=7, max_size=7))
    def holds(drawn: list[tuple[Document, str]]) -> None:
        entries = [{"outcome": outcome} | entry for outcome, (entry, _) in zip(CORE, drawn, strict=True)]
        colours = {colour for _, colour in drawn}

        report = checked(*entries)

        assert report.rag == ("red" if "R" in colours else "amber" if "A" in colours else "green")
        assert (report.rag == "red") == any(not line.there for line in report.core)

    holds()


@pytest.mark.parametrize(
    ("worst", "whole"),
    [
        ({"how": "directly"}, "green"),
        ({"how": "by_referral", "partner": NAMES[0]}, "amber"),
        ({"how": "by_referral"}, "red"),
        (NOBODY, "red"),
    ],
)
def test_one_outcome_decides_about_the_whole_and_the_long_list_does_not(worst: Document, whole: str) -> None:
    report = checked(*each(purpose=worst), {"outcome": "ll07", "how": "not_addressed"})

    assert report.rag == whole


# What a reader sees.

SMALL: Document = {
    "kind": "intervention",
    "record_id": "harbour",
    "title": "Harbour advocates",
    "organisation": "A charity (made up)",
    "accepts": "adults",
    "edition": "2023.1",
    "stages": ["discovery"],
    "levels": ["individual", "societal"],
    "structural_factors": "Few homes are to be had.",
    "lived_experience": {"level": "subjects_only"},
    "duration_of_support": {"after_nrm": True},
    "follow_up_terms": ["long"],
    "addresses": [
        {
            "outcome": "housing",
            "how": "by_partner",
            "partner": {"organisation": "A housing trust (made up)", "record_id": "trust", "agreement": "written"},
        },
        {"outcome": "safety", "how": "directly", "activities": ["Safety planning"]},
        {"outcome": "support", "how": "by_referral", "partner": {"record_id": "befriending"}},
        {"outcome": "services", "how": "directly", "relation": "enabling", "activities": ["Training"]},
        {"outcome": "purpose", "how": "by_partner"},
        {"outcome": "medical", "how": "not_addressed", "omission": {"reason": "funding", "plan": "partner"}},
        {"outcome": "ll07", "how": "directly", "activities": ["Training"]},
    ],
}


def test_text_says_what_is_addressed_by_whom_and_what_is_not() -> None:
    of_evaluations = [rule.id for rule in RULES if rule.needs in {"record", "evaluation", "both"}]
    of_data = [rule.id for rule in RULES if rule.needs in {"data", "codebook", "design"}]
    looked = [rule.id for rule in RULES if rule.needs in {"any", "either", "intervention"}]

    text = in_form("text", mscos.check_intervention(mscos.read_intervention(SMALL)))

    assert (
        text
        == f"""\
Harbour advocates, A charity (made up) (record harbour)

4 of 7 core outcomes are addressed. Not addressed: Finding purpose in life and self-actualisation (partly); Access to medical treatment; Access to education. For what nobody covers, change the service, or work with a partner who covers it.

Addressed
  Secure and suitable housing (housing): by a partner, A housing trust (made up). Green.
  Safety from any trafficker or other abuser (safety): directly. Green.
  Long-term, consistent support (support): by referral, befriending. Amber.
  Compassionate, trauma informed services (services): directly. Amber.

Not addressed
  Finding purpose in life and self-actualisation (purpose): left to a partner who is not named. Name the partner.
  Access to medical treatment (medical): not addressed, reason: funding. Change the service so that it covers the outcome, or work with a partner who does. Can it be put in the next bid?
  Access to education (education): not addressed. Change the service so that it covers the outcome, or work with a partner who does.

Also named, from the long-list (no verdict depends on these)
  Respectful language about survivors [provisional: drafted by this project, not MS-COS wording] (ll07): directly

Findings
  error: Finding purpose in life and self-actualisation is said to be covered by a partner, but no partner is named or linked. (INT-02, purpose, at /addresses/4/partner)
  error: The service does not cover Access to education. Say: change the service, or partner. (INT-01, education, at /addresses)
  "mscos explain INT-02" says why a rule matters and how to mend it.

How this was checked
  Verdict (addressed): not met.
  Red, amber or green for the whole, the worst of the 7: red.
  Edition 2023.1, named by the record (sha256 {mscos.load_taxonomy("2023.1").fingerprint}).
  mscos {mscos.__version__}, schemas 1, rules sha256 {rules_fingerprint()}.
  Input: a record built in memory, without a fingerprint.
  Rules that looked: {len(looked)}.
  Not applicable: {len(of_data)} rules (STR, SAF, DAT). No dataset was offered.
  Not applicable: {len(of_evaluations)} rules (COV, POP, MEA, LEV, REP). No evaluation record was offered.
  Not applicable: STR-01, STR-04. No file was read.
  MS-COS, the Modern Slavery Core Outcome Set, says what to report and not how to measure it.
  The rules, the advice and the instrument table are this project's own.
  Survivors have not yet reviewed them.
"""
    )


@pytest.mark.parametrize("source", [SMALL, DROP_IN, document(), document(accepts="children")])
def test_json_fits_the_published_schema_and_can_be_read_back(source: Document) -> None:
    report = mscos.check_intervention(mscos.read_intervention(source))

    written = in_form("json", report)

    assert list(schemas.validator("report").iter_errors(json.loads(written))) == []
    assert Report.model_validate_json(written) == report


def test_json_says_who_covers_each_outcome_and_its_colour() -> None:
    written = json.loads(in_form("json", mscos.check_intervention(mscos.read_intervention(SMALL))))

    assert written["subject"]["kind"] == "intervention"
    assert written["verdicts"] == [{"name": "addressed", "sentence": written["headline"], "answer": "not_met"}]
    assert [(line["status"], line["rag"], line["partners"]) for line in written["core"]] == [
        ("by_partner", "green", ["A housing trust (made up)"]),
        ("directly", "green", []),
        ("by_referral", "amber", ["befriending"]),
        ("directly", "amber", []),
        ("partner_not_named", "red", []),
        ("not_addressed", "red", []),
        ("not_addressed", "red", []),
    ]


def test_a_file_is_stamped_with_its_fingerprint_and_its_rules_of_reading_have_looked(tmp_path: Path) -> None:
    file = tmp_path / "intervention.json"
    file.write_text(json.dumps(SMALL), encoding="utf-8")

    report = mscos.check_intervention(mscos.read_intervention(file))

    (stamp,) = report.stamps.inputs
    assert (stamp.role, stamp.path) == ("record", str(file))
    assert len(stamp.sha256 or "") == 64
    assert {each.why for each in report.rules_not_applicable} == {
        "No dataset was offered.",
        "No evaluation record was offered.",
    }
    assert {"STR-01", "STR-04", "INT-01", "LIV-01", "POP-01"} <= set(report.rules_run)


def test_every_rule_is_accounted_for() -> None:
    report = mscos.check_intervention(mscos.read_intervention(SMALL))

    skipped = [each.rule for each in report.rules_not_applicable]
    assert {*report.rules_run, *skipped} == {rule.id for rule in RULES}
    assert len([*report.rules_run, *skipped]) == len(RULES)
    assert report.complete


def test_what_is_wrong_beside_the_core_is_no_error() -> None:
    report = checked(*each(), {"outcome": "ll07", "how": "by_partner"})

    assert [found.severity for found in report.findings if found.rule == "INT-02"] == [Severity.WARNING]
    assert report.met


def test_the_order_of_the_entries_changes_nothing_but_places() -> None:
    forward = mscos.check_intervention(mscos.read_intervention(SMALL))
    backward = mscos.check_intervention(mscos.read_intervention(SMALL | {"addresses": SMALL["addresses"][::-1]}))

    assert backward.headline == forward.headline
    assert backward.core == forward.core
    assert [(f.rule, f.outcome) for f in backward.findings] == [(f.rule, f.outcome) for f in forward.findings]


# What no reader sees.

CANARY = "Zzyx Quetzalcoatl 07700 900123"
SLUG_CANARY = "zzyx-quetzalcoatl"


@rule("TST-10", Severity.ERROR, "{outcome} is here.", needs="intervention")
def everywhere(evidence: Evidence) -> Iterator[Problem]:
    """Point at every entry and at every row of the logframe."""
    assert evidence.intervention is not None
    for position, entry in enumerate(evidence.intervention.addresses):
        yield Problem(outcome=entry.outcome, pointer=f"/addresses/{position}")
    for position, _ in enumerate(evidence.intervention.logframe):
        yield Problem(pointer=f"/logframe/{position}")


def said_of(source: Document) -> str:
    """Everything that reading and checking a document can say, exceptions and what they carry included."""
    try:
        record = mscos.read_intervention(source)
    except mscos.CannotRead as error:
        chain = [error, error.__cause__, error.__context__]
        return " ".join(f"{link} {link!r} {getattr(link, 'args', '')}" for link in chain)
    report = judge(Evidence(taxonomy=mscos.load_taxonomy("2023.1"), intervention=record), (*RULES, everywhere))
    return in_every_form(report)


def base(how: str) -> Document:
    """Make a record with every field filled in; its first entry is covered in this way, its second left out."""
    source = full_record(INTERVENTION)
    source["addresses"][0]["how"] = how
    source["addresses"][0]["partner"]["record_id"] = "another-service"
    return source


def planted(source: Document, place: Place, value: object) -> Document:
    changed = deepcopy(source)
    parent(changed, place)[place[-1]] = value
    return changed


def _patterned(*kinds: object) -> list[Place]:
    """List the places of the full record whose text is of one of these kinds."""
    patterns = {reduced(kind)[1]["pattern"] for kind in kinds}
    source = base("directly")
    found = [field for field in fields(INTERVENTION.model, source) if stands_in(source, field.place)]
    return [field.place for field in found if field.limits.get("pattern") in patterns]


WORDS, SLUGS = _patterned(Line, Text), _patterned(Slug)
PARTNER_NAME: Place = ("addresses", 0, "partner", "organisation")
PRINTABLE: set[Place] = {("title",), ("organisation",)}


def by_place(place: Place) -> str:
    """Give a name to a test."""
    return "/".join(map(str, place))


def test_the_canary_is_planted_wherever_people_write_words() -> None:
    assert len(WORDS) > 30
    assert {("conflict_of_interest",), ("tidier", "why"), ("addresses", 0, "intended_change")} <= set(WORDS)
    assert {("addresses", 0, "activities", 0), ("logframe", 0, "indicator"), PARTNER_NAME} <= set(WORDS)


@pytest.mark.parametrize("how", ["directly", "by_partner", "by_referral"])
@pytest.mark.parametrize("place", WORDS, ids=by_place)
def test_only_titles_and_organisations_are_printed(place: Place, how: str) -> None:
    source = planted(base(how), place, CANARY)
    shown = place in PRINTABLE or (place == PARTNER_NAME and how != "directly")

    assert mscos.read_intervention(source)
    assert (CANARY in said_of(source)) is shown


def test_the_partner_of_what_nobody_covers_is_not_printed() -> None:
    source = base("not_addressed")
    del source["addresses"][0]["partner"]["record_id"]

    assert CANARY not in said_of(planted(source, PARTNER_NAME, CANARY))


@pytest.mark.parametrize("place", SLUGS, ids=by_place)
def test_of_identifiers_only_the_record_itself_and_a_partner_without_another_name_are_printed(place: Place) -> None:
    source = planted(base("by_partner"), place, SLUG_CANARY)
    unnamed = planted(source, PARTNER_NAME, "x")
    del unnamed["addresses"][0]["partner"]["organisation"]

    assert (SLUG_CANARY in said_of(source)) is (place == ("record_id",))
    assert (SLUG_CANARY in said_of(unnamed)) is (place in {("record_id",), ("addresses", 0, "partner", "record_id")})


PLACES = [field.place for field in fields(INTERVENTION.model, base("by_partner")) if stands_in(base("by_partner"), field.place)]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=by_place)
def test_a_value_of_the_wrong_sort_reaches_no_exception(place: Place) -> None:
    for value in (CANARY, [CANARY], {CANARY: CANARY}, [{CANARY: [None]}], {"note": CANARY}):
        if (place in PRINTABLE or place == PARTNER_NAME) and value == CANARY:
            continue  # of the right sort
        assert CANARY not in said_of(planted(base("by_partner"), place, value))


def test_a_report_on_hostile_text_shows_it_as_text() -> None:
    source = base("by_partner") | {"title": "\u202eback", "organisation": "A\u200bB"}
    source["addresses"][0]["partner"] |= {"organisation": "C\u2066D", "record_id": "another"}

    text = in_form("text", mscos.check_intervention(mscos.read_intervention(source)))

    assert text.startswith("\\u202eback, A\\u200bB (record")
    assert "by a partner, C\\u2066D." in text
    assert not set(text) & set("\u202e\u200b\u2066")


def test_an_intervention_is_not_checked_as_an_evaluation() -> None:
    with pytest.raises(TypeError, match="this is an intervention record; check_intervention judges it"):
        mscos.check(mscos.read_intervention(SMALL))  # type: ignore[arg-type]


def test_the_next_step_for_a_service_is_to_amend_or_partner_whatever_the_reason() -> None:
    entries = [{"outcome": outcome, "how": "directly"} for outcome in CORE[:-1]]
    left_out = {"outcome": CORE[-1], "how": "not_addressed", "omission": {"reason": "participant_safety"}}

    assert checked(*entries, left_out).headline.endswith(
        "Change the service so that it covers the outcome, or work with a partner who does."
    )
