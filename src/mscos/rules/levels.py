"""LEV: at which level is an outcome shown, and can the measure speak for it?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.offers import Offer
from mscos.rules._places import at_measure
from mscos.rules._rule import rule
from mscos.terms import ConstructKind


@rule(
    "LEV-01",
    Severity.WARNING,
    "Every outcome is about individuals only. Could the service, government or society level be shown too?",
    needs="either",
)
def individuals_only(evidence: Evidence) -> Iterator[Problem]:
    """
    Every entry is shown at the level of individuals.

    ## Why it matters
    The outcomes work on four levels: individuals, organisations, government and society.
    Looking at people alone can hide what a service or a law does to them.

    ## How to fix it
    Add the other level to `levels` of the outcome, where there is evidence at it.

    ## What it does
    Nothing.

    ## Source
    Grant record AH/V012932/1: individual, organisational, governmental and societal.
    """
    levels = {level for entry in evidence.entries for level in entry.content.levels}
    if evidence.intervention is not None:
        addressed = (entry for entry in evidence.intervention.addresses if entry.how != "not_addressed")
        levels |= {*evidence.intervention.levels, *(level for entry in addressed for level in entry.levels)}
    if levels == {"individual"}:
        yield Problem(pointer="/outcomes" if evidence.record else "/levels")


@rule(
    "LEV-02",
    Severity.NOTE,
    "Nothing is said about structural factors: law, policy, housing supply, immigration status. "
    "One or two lines are enough.",
    needs="either",
)
def no_structure(evidence: Evidence) -> Iterator[Problem]:
    """
    The record says nothing of structural factors.

    ## Why it matters
    What happens to people depends on more than the service.
    Without that, a service can be given credit for what others did, or be judged for it.

    ## How to fix it
    Write one or two lines in `structural_factors`.

    ## What it does
    Nothing.

    ## Source
    Grant record AH/V012932/1: the importance of structural factors in evaluations.
    """
    if evidence.subject is not None and evidence.subject.structural_factors is None:
        yield Problem(pointer="/structural_factors")


@rule(
    "LEV-03",
    Severity.ERROR,
    "{outcome} rests on what staff say of themselves or of the service. Ask survivors.",
    caps=Status.COLUMN_ONLY,
    needs="evaluation",
)
def staff_for_survivors(evidence: Evidence) -> Iterator[Problem]:
    """
    What staff say of themselves or their service stands for what survivors experience.

    ## Why it matters
    A service can find itself compassionate, and the people in it may not.

    ## How to fix it
    Add a measure that survivors answer.
    For an outcome that is a quality of the service, the measure can count for the organisation.
    Write `organisational` alone in `levels` if that is what it shows.

    ## What it does
    The measure does not count.

    ## Source
    A review of measures (PMC9660280): TICOMETER and ARTIC are answered by staff.
    """
    for offer in evidence.all_offers:
        if offer.counts and stands_for_survivors(offer):
            yield at_measure(offer)


def stands_for_survivors(offer: Offer) -> bool:
    """Whether what staff say of themselves or of the service is offered for what survivors experience."""
    if not offer.describes_service:
        return False
    if offer.outcome.construct_kind is not ConstructKind.SERVICE_QUALITY:
        return True
    levels = offer.entry.content.levels
    survivors_speak = any(
        other.counts and not other.describes_service and other.measure.in_result is not False
        for other in offer.entry.offers
    )
    return "organisational" not in levels or ("individual" in levels and not survivors_speak)
