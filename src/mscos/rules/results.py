"""REP: is there a result, and is it whole?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.coverage import elements_missing, has_result
from mscos.evidence import Entry, Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import rule


@rule(
    "REP-01",
    Severity.ERROR,
    "{outcome} has data at one time only. A change cannot be shown.",
    serves="collected",
)
def one_time(evidence: Evidence) -> Iterator[Problem]:
    """
    The measures of an outcome were taken at one time, or at times whose order is not known.

    ## Why it matters
    Change needs a before and an after.

    ## How to fix it
    Ask again later, and list both in `timepoints` of the measure.
    Labels other than `baseline` and `month-6` need a place in the order: list them in the record's `timepoints`.
    For findings in words, set `change_asked` to true if people were asked what had changed.

    ## What it does
    It belongs to the verdict on collected data.
    For a record it is a note and changes nothing.

    ## Source
    Rights Lab 2018, on outcomes in the long term.
    """
    for entry in evidence.entries:
        counting = [offer.measure for offer in entry.offers if offer.counts]
        labels = {label for measure in counting for label in measure.timepoints}
        in_order = {evidence.months[label] for label in labels if label in evidence.months}
        if labels and len(in_order) <= 1 and not any(measure.change_asked for measure in counting):
            yield _at(entry, "/measures")


@rule(
    "REP-02",
    Severity.ERROR,
    "The result for {outcome} needs: what was measured, how it was compared, "
    "how it was summed up, when, and where to read it.",
)
def elements(evidence: Evidence) -> Iterator[Problem]:
    """
    A result lacks one of the elements that define an outcome, or a place where it can be read.

    ## Why it matters
    "Wellbeing improved" can mean anything.
    With the elements, a reader can compare it with another evaluation.

    ## How to fix it
    Fill in `measurement_variable`, `analysis_metric`, `aggregation`, `timepoint` and `where_reported`.
    List the measure in `measures` if it is not there.

    ## What it does
    The outcome is partly reported at most; without a measure it stays at "named".

    ## Source
    CONSORT-Outcomes 2022: domain, measurement variable, analysis metric, aggregation and time point.
    """
    for entry in evidence.entries:
        result = entry.content.result
        if result is None or not has_result(result):
            continue
        if elements_missing(result) or not entry.content.measures:
            yield _at(entry, "/result")


@rule("REP-03", Severity.ERROR, "{outcome} was measured, but no result is given.")
def no_result(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome was measured, and the record has no result for it.

    ## Why it matters
    Results that stay in a drawer are often the ones that disappoint.
    Readers then see a service as better than it is.

    ## How to fix it
    Add `result`, whatever it shows.
    If the outcome is planned and not yet measured, set `planned` to true and `measured` to false.

    ## What it does
    The outcome stays at "named".

    ## Source
    ORBIT (outcome reporting bias in trials), codes D, E and F.
    """
    for entry in evidence.entries:
        content = entry.content
        given = content.result is not None and has_result(content.result)
        if (content.measures or content.analysed) and not given and not entry.only_planned:
            yield _at(entry)


@rule(
    "REP-04",
    Severity.WARNING,
    'The result for {outcome} only says which way it went or if it was "significant". '
    "Give the size, and how sure you are.",
)
def no_size(evidence: Evidence) -> Iterator[Problem]:
    """
    A result says that there was a change, and not how large.

    ## Why it matters
    A change can be certain and too small to matter to anyone.

    ## How to fix it
    Give the size of the change in the report and set `estimate_given` to true.
    Give how sure it is and set `uncertainty_given` to true.
    A finding in words is a result as well: set `qualitative_finding` to true.

    ## What it does
    The outcome is partly reported at most.

    ## Source
    ORBIT (outcome reporting bias in trials), codes A and B.
    """
    for entry in evidence.entries:
        result = entry.content.result
        if result is not None and has_result(result) and not (result.estimate_given or result.qualitative_finding):
            yield _at(entry, "/result")


@rule("REP-05", Severity.NOTE, "{outcome} is planned but not yet reported.")
def planned(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome is planned, and there is no result yet.

    ## Why it matters
    A plan is not a report, and readers must be able to see that it was kept.

    ## How to fix it
    Add `result` when it is known, whatever it shows.

    ## What it does
    Nothing more: the outcome is planned.

    ## Source
    Kirkham 2017 (BMJ 357:j2262): planned and reported are counted apart.
    """
    for entry in evidence.entries:
        result = entry.content.result
        if entry.only_planned and not (result is not None and has_result(result)):
            yield _at(entry)


@rule("REP-06", Severity.WARNING, "{outcome} was added or dropped after the plan was made. Say why.")
def off_plan(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome was not in the plan, and the record does not say why it is here.

    ## Why it matters
    Choosing outcomes after seeing results makes almost any service look good.

    ## How to fix it
    Write the reason in `change_from_plan`.

    ## What it does
    Nothing.

    ## Source
    CONSORT-Outcomes 2022, on outcomes that were not prespecified.
    """
    for entry in evidence.entries:
        if entry.content.prespecified is False and entry.content.change_from_plan is None:
            yield _at(entry)


@rule("REP-07", Severity.WARNING, "Say what was done about people who left.")
def people_who_left(evidence: Evidence) -> Iterator[Problem]:
    """
    People were followed over time, and the record does not say how missing answers were handled.

    ## Why it matters
    Those who stay are often those for whom things went well.

    ## How to fix it
    Write a sentence in `attrition.handling`.
    "Nobody left" is an answer.

    ## What it does
    Nothing.

    ## Source
    The revised Cochrane tool for risk of bias (RoB 2), on missing outcome data.
    """
    record = evidence.record
    if record is None or (record.attrition is not None and record.attrition.handling is not None):
        return
    if any(months > 0 for months in record.followup_months) or _measured_later(evidence):
        yield Problem(pointer="/attrition")


@rule(
    "REP-08",
    Severity.WARNING,
    "Follow-up stops when support from the National Referral Mechanism (NRM) stops. "
    "Can you look later, or include people outside it?",
)
def stops_with_support(evidence: Evidence) -> Iterator[Problem]:
    """
    Nobody is followed after formal support ends, and nobody outside it is included.

    ## Why it matters
    Recovery goes on after formal support, and so do its setbacks.
    Survivors outside formal support are seldom asked at all.

    ## How to fix it
    Ask again after support has ended, and write the months in `after_nrm_exit_months`.
    Or include people who never entered it.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018, recommendation 5a; note of the Independent Anti-Slavery Commissioner (2020), on gaps.
    """
    record = evidence.record
    population = record.population if record else None
    if record and population and population.nrm == "in_nrm" and not record.after_nrm_exit_months:
        yield Problem(pointer="/after_nrm_exit_months")


@rule(
    "REP-09",
    Severity.WARNING,
    "There is no comparison group. Please avoid words that claim the service caused the change.",
)
def no_comparison(evidence: Evidence) -> Iterator[Problem]:
    """
    Nobody is compared with, and the record does not say that the report makes no causal claim.

    ## Why it matters
    People often get better with time, with or without a service.

    ## How to fix it
    Read the report for words such as "led to" and "because of".
    Then set `causal_claim` to false.

    ## What it does
    Nothing.

    ## Source
    Common knowledge of evaluation design; not checked at a source.
    """
    record = evidence.record
    if record is None or record.causal_claim is False:
        return
    compared = record.design in {"comparison_group", "randomised"} or record.comparator not in {None, "none"}
    if not compared:
        yield Problem(pointer="/comparator")


@rule("REP-11", Severity.NOTE, "There is one kind of evidence only. Numbers and words together say more.")
def one_kind(evidence: Evidence) -> Iterator[Problem]:
    """
    The evidence is numbers only, or words only.

    ## Why it matters
    Numbers show how much, and words show what it was like.

    ## How to fix it
    Add the other kind if you can, and list both in `evidence_kinds`.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: both qualitative and quantitative.
    """
    if evidence.record is not None and len(set(evidence.record.evidence_kinds)) == 1:
        yield Problem(pointer="/evidence_kinds")


def _measured_later(evidence: Evidence) -> bool:
    return any(evidence.months.get(label) != 0 for offer in evidence.offers for label in offer.measure.timepoints)


def _at(entry: Entry, below: str = "") -> Problem:
    return Problem(outcome=entry.outcome.id, pointer=entry.pointer + below)
