"""REP, of data: are there answers behind a result, and from more than one time?"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from mscos.collected import change_was_asked, pairs_of, starts_over_time
from mscos.coverage import has_result
from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.profile.counts import Profile
from mscos.rules._rule import rule
from mscos.rules._series import is_usable, speaking_series
from mscos.terms import Outcome


@rule(
    "REP-01",
    Severity.ERROR,
    "{outcome} is not measured at the start and again later. A change cannot be shown.",
    needs="evaluation",
    serves="collected",
)
def one_time(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome was measured at one time, only later than the start, or at times whose order is not known.

    ## Why it matters
    Change needs a before and an after.

    ## How to fix it
    Ask at the start and again later, and list both in `timepoints` of the measure.
    The start is `baseline`, or any label that stands at 0 months.
    The quality of a service may begin later: nobody can judge a service before it began.
    Labels other than `baseline` and `month-6` need a place in the order: list them in the record's `timepoints`.
    For findings in words, set `change_asked` to true if people were asked what had changed.
    In data, say with `mscos:participant` and `mscos:timepoint` which columns hold the person and the time.
    The codebook puts labels of time points in order.

    ## What it does
    It belongs to the verdict on collected data, where the outcome stays at "collected at one time".
    For a record it is a note and changes nothing.
    Numbers about a service as a whole, without people, are left alone.

    ## Source
    Rights Lab 2018, on outcomes in the long term.
    """
    if evidence.profile is not None:
        yield from _one_time_in_data(evidence, evidence.profile)
        return
    for entry in evidence.entries:
        counting = [offer.measure for offer in entry.offers if offer.counts]
        labels = {label for measure in counting for label in measure.timepoints}
        in_order = {evidence.months[label] for label in labels if label in evidence.months}
        change_asked = any(measure.change_asked for measure in counting)
        if labels and not change_asked and not _start_and_later(in_order, entry.outcome):
            yield Problem(outcome=entry.outcome.id, pointer=f"{entry.pointer}/measures")


@rule(
    "REP-10",
    Severity.ERROR,
    "The record reports {outcome}, but the data hold no usable answers for it.",
    needs="both",
    caps=Status.PARTLY_REPORTED,
)
def not_in_data(evidence: Evidence) -> Iterator[Problem]:
    """
    A record has a result for an outcome, and the data beside it have no answer that counts.

    ## Why it matters
    A result that the data cannot bear out may rest on other data, or on none.

    ## How to fix it
    Check the data that the result comes from, or describe the column in the codebook.

    ## What it does
    The outcome is partly reported at most.

    ## Source
    This project's own rule.
    """
    usable = {entry.outcome.id for entry in evidence.data_entries if is_usable(entry, evidence)}
    for entry in evidence.entries:
        result = entry.content.result
        if result is not None and has_result(result) and entry.outcome.id not in usable:
            yield Problem(outcome=entry.outcome.id, pointer=f"{entry.pointer}/result")


def _start_and_later(months: AbstractSet[float], outcome: Outcome) -> bool:
    return len(months) > 1 and starts_over_time(min(months), outcome)


def _one_time_in_data(evidence: Evidence, profile: Profile) -> Iterator[Problem]:
    if profile.unit_of_row == "aggregate":
        return
    for entry in profile.entries:
        series = speaking_series(entry)
        over_time = pairs_of(profile, series, entry.outcome) or change_was_asked(entry, profile, series, evidence)
        if is_usable(entry, evidence) and not over_time:
            yield Problem(outcome=entry.outcome.id, in_data=True)
