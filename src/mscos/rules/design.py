"""REP, of the evaluation as a whole: who was followed, for how long, and compared with whom?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import rule


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
    "No comparison group is named. Please avoid words that claim the service caused the change.",
)
def no_comparison(evidence: Evidence) -> Iterator[Problem]:
    """
    No comparison is named, and the record does not say that the report makes no causal claim.

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
    counting = (offer.measure for offer in evidence.offers if offer.counts)
    return any(evidence.months.get(label) != 0 for measure in counting for label in measure.timepoints)
