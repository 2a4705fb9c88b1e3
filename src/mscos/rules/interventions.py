"""INT: does the intervention address every core outcome, with whom, and how would it be seen?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.addressing import reach_of
from mscos.evidence import Evidence
from mscos.findings import Problem, Reach, Severity
from mscos.records.intervention import Address, LogframeRow
from mscos.rules._rule import rule


@rule(
    "INT-01",
    Severity.ERROR,
    "The service does not cover {outcome}. Say: change the service, or partner.",
    needs="intervention",
)
def not_covered(evidence: Evidence) -> Iterator[Problem]:
    """
    Nobody covers a core outcome, and it is not said what will be done.

    ## Why it matters
    A person who leaves a service safe and housed may still have nobody to turn to for the rest.

    ## How to fix it
    Change the service so that it covers the outcome, or work with a partner who does.
    Until then, write what is planned: `plan` in the omission, or a row in `gap_actions`.

    ## What it does
    Nothing more: the outcome is not addressed, whatever is planned.

    ## Source
    Grant record AH/V012932/1: consider amending it, or partnering with services that do.
    """
    for outcome in evidence.taxonomy.core if evidence.intervention else ():
        position, entry = _entry(evidence, outcome.id)
        open_ = entry is None or entry.how == "not_addressed"
        if open_ and not _planned(evidence, outcome.id, entry):
            yield Problem(outcome=outcome.id, pointer="/addresses" if entry is None else f"/addresses/{position}")


@rule(
    "INT-02",
    Severity.ERROR,
    "{outcome} is said to be covered by a partner, but no partner is named or linked.",
    needs="intervention",
)
def partner_not_named(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome is left to a partner or a referral, and nobody but the service itself is named.

    ## Why it matters
    A partner without a name cannot be asked whether people arrive.

    ## How to fix it
    Give the organisation in `partner.organisation`, or its record in `partner.record_id`.

    ## What it does
    The outcome does not count as addressed.

    ## Source
    Grant record AH/V012932/1, on partnering; Rights Lab 2018, on visibility and trust between partners.
    """
    for position, entry in _addresses(evidence):
        reach = reach_of(evidence.intervention, entry.outcome) if evidence.intervention else None
        if reach is Reach.PARTNER_NOT_NAMED:
            yield Problem(outcome=entry.outcome, pointer=f"/addresses/{position}/partner")


@rule("INT-03", Severity.WARNING, "No activity leads to {outcome}.", needs="intervention")
def no_activity(evidence: Evidence) -> Iterator[Problem]:
    """
    The service says that it covers an outcome itself, and no activity leads there.

    ## Why it matters
    What nobody does does not happen.

    ## How to fix it
    List what is done in `activities` of the entry.
    If there is a logframe, give the outcome a row in it with its activity.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: linking activities to expected outcomes.
    """
    rows = [row for _, row in rows_of(evidence)]
    led_to = {outcome for row in rows if row.activity for outcome in row.outcomes}
    for position, entry in _addresses(evidence):
        reached = entry.outcome in led_to if rows else bool(entry.activities)
        if entry.how == "directly" and not reached:
            yield Problem(outcome=entry.outcome, pointer=f"/addresses/{position}/activities")


@rule(
    "INT-06",
    Severity.WARNING,
    "The provider may have a conflict of interest. Say how it is avoided.",
    needs="intervention",
)
def conflict_of_interest(evidence: Evidence) -> Iterator[Problem]:
    """
    The provider enforces the law or is not independent, and the record does not say how a conflict is avoided.

    ## Why it matters
    People speak freely only to those who do not also decide about them.

    ## How to fix it
    Write a sentence in `conflict_of_interest`.

    ## What it does
    Nothing.

    ## Source
    Evaluation of the framework for independent advocates, which reports support for leaving out law enforcement.
    """
    intervention = evidence.intervention
    if intervention is None or intervention.conflict_of_interest is not None:
        return
    if intervention.provider_type == "law_enforcement":
        yield Problem(pointer="/provider_type")
    elif intervention.independence == "not_independent":
        yield Problem(pointer="/independence")


@rule("INT-07", Severity.NOTE, "Say to which stages of the journey the support belongs.", needs="intervention")
def no_stage(evidence: Evidence) -> Iterator[Problem]:
    """
    Neither the record nor any of its entries names a stage.

    ## Why it matters
    Partners can follow the whole journey only if each says which part it covers.

    ## How to fix it
    List the stages in `stages`: prevention, discovery, respite and recovery, sustainable resilience.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: prevention; discovery; respite and recovery; sustainable resilience.
    """
    if not _intervention_stages(evidence):
        yield Problem(pointer="/stages")


@rule(
    "INT-08",
    Severity.WARNING,
    "It is not said that support goes on when support from the National Referral Mechanism (NRM) ends.",
    needs="intervention",
)
def ends_with_nrm(evidence: Evidence) -> Iterator[Problem]:
    """
    The record does not say that support outlasts formal support.

    ## Why it matters
    Recovery goes on after formal support ends, and so do its setbacks.

    ## How to fix it
    Set `duration_of_support.after_nrm` to true if it does.
    If support ends there, look for a partner who goes on; the finding stays.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: monitoring beyond and outside the National Referral Mechanism.
    """
    intervention = evidence.intervention
    duration = intervention.duration_of_support if intervention else None
    if duration is None or not duration.after_nrm:
        yield Problem(pointer="/duration_of_support")


@rule(
    "INT-09",
    Severity.NOTE,
    "It is not said that people are asked again in the long term. Can you look after a year?",
    needs="intervention",
)
def short_term_only(evidence: Evidence) -> Iterator[Problem]:
    """
    No long-term follow-up is planned.

    ## Why it matters
    What holds after three months may not hold after a year.

    ## How to fix it
    Plan to ask again after a year or more, and add `long` to `follow_up_terms`.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: long term as well as short term outcomes. The cut-off of a year is ours.
    """
    if evidence.intervention is not None and "long" not in evidence.intervention.follow_up_terms:
        yield Problem(pointer="/follow_up_terms")


def _addresses(evidence: Evidence) -> Iterator[tuple[int, Address]]:
    return enumerate(evidence.intervention.addresses if evidence.intervention else ())


def rows_of(evidence: Evidence) -> Iterator[tuple[int, LogframeRow]]:
    """Walk through the rows of the logframe, with their positions."""
    return enumerate(evidence.intervention.logframe if evidence.intervention else ())


def _entry(evidence: Evidence, outcome: str) -> tuple[int | None, Address | None]:
    found = ((position, entry) for position, entry in _addresses(evidence) if entry.outcome == outcome)
    return next(found, (None, None))


def _planned(evidence: Evidence, outcome: str, entry: Address | None) -> bool:
    plan = entry.omission.plan if entry and entry.omission else None
    actions = evidence.intervention.gap_actions if evidence.intervention else ()
    return plan in {"amend", "partner"} or any(action.outcome == outcome for action in actions)


def _intervention_stages(evidence: Evidence) -> set[str]:
    addressed = (entry for _, entry in _addresses(evidence) if entry.how != "not_addressed")
    named: set[str] = {stage for entry in addressed for stage in entry.stages}
    return named | set(evidence.intervention.stages if evidence.intervention else ())
