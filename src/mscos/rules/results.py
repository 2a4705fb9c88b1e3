"""REP, of one outcome: is there a result, and is it whole?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.coverage import elements_missing, has_result
from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.offers import Entry
from mscos.rules._rule import rule
from mscos.rules._series import is_usable


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
    An outcome was measured, or the data beside the record hold answers, and the record has no result for it.

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
    named: set[str] = set()
    for entry in evidence.entries:
        content = entry.content
        given = content.result is not None and has_result(content.result)
        asked = any(measure.kind == "outcome" for measure in content.measures)
        if (asked or content.measured or content.analysed) and not given and not entry.only_planned:
            named.add(entry.outcome.id)
            yield _at(entry)
        elif given:
            named.add(entry.outcome.id)
    for entry in evidence.data_entries:
        if entry.outcome.id not in named and is_usable(entry, evidence):
            yield Problem(outcome=entry.outcome.id, pointer="/outcomes")


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
    # What the data hold is no plan any more: REP-03 speaks of it.
    measured = {entry.outcome.id for entry in evidence.data_entries if is_usable(entry, evidence)}
    for entry in evidence.entries:
        result = entry.content.result
        given = result is not None and has_result(result)
        if entry.only_planned and not given and entry.outcome.id not in measured:
            yield _at(entry)


@rule("REP-06", Severity.WARNING, "{outcome} was added or dropped after the plan was made. Say why.")
def off_plan(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome was added to the plan or dropped from it, and the record does not say why.

    ## Why it matters
    Choosing outcomes after seeing results makes almost any service look good.

    ## How to fix it
    Write the reason in `change_from_plan`; for an outcome that is left out, the omission's `note` does as well.

    ## What it does
    Nothing.

    ## Source
    CONSORT-Outcomes 2022, on outcomes that were not prespecified.
    """
    for position, content in enumerate(evidence.record.outcomes if evidence.record else ()):
        added = content.omission is None and content.prespecified is False
        dropped = content.omission is not None and content.prespecified and content.omission.note is None
        if (added or dropped) and content.change_from_plan is None:
            yield Problem(outcome=content.outcome, pointer=f"/outcomes/{position}")


@rule("REP-12", Severity.WARNING, "Say on which of its measures the result for {outcome} rests.")
def result_of_which(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome has a result, and only some of its measures count.

    ## Why it matters
    A published result of a symptom scale must not pass for the answer to another question.

    ## How to fix it
    Set `in_result` to true on the measures that the result rests on, and to false on the others.

    ## What it does
    Nothing; a measure with `in_result = false` earns nothing for the outcome.

    ## Source
    CONSORT-Outcomes 2022, on the measurement variable; this project's own rule.
    """
    for entry in evidence.entries:
        result = entry.content.result
        offers = [offer for offer in entry.offers if offer.measure.kind == "outcome"]
        mixed = any(offer.counts for offer in offers) and not all(offer.counts for offer in offers)
        said = any(offer.measure.in_result is not None for offer in offers)
        if result is not None and has_result(result) and mixed and not said:
            yield _at(entry, "/measures")


@rule(
    "REP-13",
    Severity.ERROR,
    "A reviewer judged that {outcome} is not fully reported. Settle which of the two is right.",
    caps=Status.PARTLY_REPORTED,
)
def reviewer_disagrees(evidence: Evidence) -> Iterator[Problem]:
    """
    The record holds a result and a reviewer's judgement that the result is missing or in part.

    ## Why it matters
    Every code of ORBIT says that something about the result is not reported.

    ## How to fix it
    Take out `orbit` if the result has been published since, or mend the result.

    ## What it does
    The outcome is partly reported at most.

    ## Source
    ORBIT (outcome reporting bias in trials), codes A to I.
    """
    for entry in evidence.entries:
        result = entry.content.result
        if entry.content.orbit is not None and result is not None and has_result(result):
            yield _at(entry, "/orbit")


def _at(entry: Entry, below: str = "") -> Problem:
    return Problem(outcome=entry.outcome.id, pointer=entry.pointer + below)
