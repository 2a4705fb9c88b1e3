"""COV: which core outcomes are left out, and is the reason whole?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.reference import load_omission_reasons
from mscos.rules._rule import rule


@rule("COV-01", Severity.ERROR, "{outcome} is left out. No reason is given.", needs="evaluation", last=True)
def left_out(evidence: Evidence) -> Iterator[Problem]:
    """
    A core outcome is left out without a reason.

    ## Why it matters
    The core outcome set is a minimum: every evaluation reports all of it.
    An outcome that nobody mentions may be one that nobody asked about.

    ## How to fix it
    Add an entry for the outcome with its measures and its result.
    If it was not measured, say why in `omission`, and plan how it will be covered.
    In data, ask about it next time, and say in the codebook which column holds the answers.

    ## What it does
    Nothing more: the outcome is left out already.

    ## Source
    Grant record AH/V012932/1: the outcomes should be reported on as a minimum standard.
    """
    if evidence.statuses is None:
        return
    entries = evidence.record.outcomes if evidence.record else ()
    named = {entry.outcome: (position, entry) for position, entry in enumerate(entries)}
    for outcome in evidence.taxonomy.core:
        position, entry = named.get(outcome.id, (None, None))
        if evidence.statuses[outcome.id] is not Status.LEFT_OUT or (entry is not None and entry.omission is not None):
            continue
        if evidence.record is None:
            yield Problem(outcome=outcome.id, in_data=True)
        else:
            yield Problem(outcome=outcome.id, pointer="/outcomes" if position is None else f"/outcomes/{position}")


@rule(
    "COV-02",
    Severity.WARNING,
    "{outcome} is left out, with a reason. Ask about it next time, or link the partner's evaluation that reports it.",
)
def omitted(evidence: Evidence) -> Iterator[Problem]:
    """
    A core outcome is left out, and the record says why.

    ## Why it matters
    A reason explains a gap; it does not close it.
    The set is complete only when all of its outcomes are reported.

    ## How to fix it
    Plan to ask about the outcome next time.
    If a partner reports it, give the identifier of the partner's record in `omission.partner_record`.
    The finding stays, because this record still leaves the outcome out.

    ## What it does
    Nothing more: the outcome is left out already.

    ## Source
    Grant record AH/V012932/1: amend the service, or partner with services that cover the outcome.
    """
    for outcome, pointer, omission in evidence.omissions:
        if not load_omission_reasons()[omission.reason].protects_people:
            yield Problem(outcome=outcome, pointer=pointer)


@rule(
    "COV-03",
    Severity.ERROR,
    "The record says that it uses the core outcome set, but not all of its outcomes are reported.",
    last=True,
)
def claimed(evidence: Evidence) -> Iterator[Problem]:
    """
    The record declares the core outcome set and does not report all of it.

    ## Why it matters
    Readers take the claim at its word.
    Studies of uptake find that saying so and doing so differ.

    ## How to fix it
    Report the outcomes that are missing, or set `cos_declared` to false until they are.

    ## What it does
    Nothing more: the verdict counts the outcomes and not the claim.

    ## Source
    Hughes 2019 (PLoS One 0222418) and Hughes 2021 (J Clin Epi 129:114), on claim and use.
    """
    if evidence.record is None or evidence.statuses is None or not evidence.record.cos_declared:
        return
    if any(evidence.statuses[outcome.id] is not Status.REPORTED for outcome in evidence.taxonomy.core):
        yield Problem(pointer="/cos_declared")


@rule(
    "COV-04",
    Severity.ERROR,
    "The reason for leaving out {outcome} needs one more answer: were survivors asked?",
    needs="either",
)
def survivors_not_asked(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome is left out as not applying, and the record does not say whether survivors were asked.

    ## Why it matters
    The reason `preconceptions` says that somebody assumed something about survivors.
    Only they can say whether it is true.

    ## How to fix it
    Ask survivors, then set `omission.survivors_consulted` to true or false.

    ## What it does
    Nothing more: the outcome is left out already.

    ## Source
    The reason re-uses a barrier named by the Independent Anti-Slavery Commissioner (2020); the question is ours.
    """
    for outcome, pointer, omission in evidence.omissions:
        answered_by = load_omission_reasons()[omission.reason].answered_by
        if "survivors_consulted" in answered_by and omission.survivors_consulted is None:
            yield Problem(outcome=outcome, pointer=pointer)


@rule("COV-05", Severity.NOTE, "You also report outcomes beyond the core outcome set. That is welcome.")
def beyond(evidence: Evidence) -> Iterator[Problem]:
    """
    The record holds outcomes that the edition does not.

    ## Why it matters
    The core outcome set is a minimum and not a fence.
    What else matters to survivors belongs in the evaluation too.

    ## How to fix it
    There is nothing to mend.

    ## What it does
    Nothing: no verdict depends on a further outcome.

    ## Source
    Grant record AH/V012932/1: not an exhaustive set.
    """
    if evidence.record is not None and evidence.record.other_outcomes:
        yield Problem(pointer="/other_outcomes")


@rule("COV-06", Severity.ERROR, "Name the partner who covers {outcome}.", needs="either")
def partner_not_named(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome is left to others, and no partner is named.

    ## Why it matters
    "Somebody else does it" is how an outcome comes to be nobody's.

    ## How to fix it
    Give the organisation in `omission.partner`, or its record in `omission.partner_record`.

    ## What it does
    Nothing more: the outcome is left out already.

    ## Source
    Grant record AH/V012932/1, on partnering; asking for the name is ours.
    """
    own = evidence.subject.record_id if evidence.subject else None
    for outcome, pointer, omission in evidence.omissions:
        named = omission.partner or (omission.partner_record and omission.partner_record != own)
        if "partner_record" in load_omission_reasons()[omission.reason].answered_by and not named:
            yield Problem(outcome=outcome, pointer=pointer)


@rule(
    "COV-07",
    Severity.WARNING,
    "{outcome} is left out for people's safety or by their choice. Plan with survivors how it could be known safely.",
)
def left_out_for_people(evidence: Evidence) -> Iterator[Problem]:
    """
    A core outcome is left out because asking could harm people, or because they asked not to be asked.

    ## Why it matters
    People come first, and the gap is still there.
    Often there is another way to know: another time, another person, another question.

    ## How to fix it
    Plan with survivors how the outcome could be known safely.
    If a partner knows already, link the partner's record in `omission.partner_record`.

    ## What it does
    Nothing more: the outcome is left out already.

    ## Source
    This project's own rule.
    """
    for outcome, pointer, omission in evidence.omissions:
        if load_omission_reasons()[omission.reason].protects_people:
            yield Problem(outcome=outcome, pointer=pointer)
