"""MEA, of the answers: who gave them, and where were they asked?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.offers import Offer
from mscos.rules._places import at_measure, at_measures
from mscos.rules._rule import rule
from mscos.rules.levels import stands_for_survivors
from mscos.terms import ConstructKind

SAFETY = "safety"
"""Identifier of the core outcome that has settings."""


@rule(
    "MEA-06", Severity.NOTE, "{outcome} is rated by staff only. Add survivors' own view if you can.", needs="evaluation"
)
def staff_only(evidence: Evidence) -> Iterator[Problem]:
    """
    Nobody but staff, observers or records speaks for an outcome.

    ## Why it matters
    The person who lives the outcome sees what others cannot.

    ## How to fix it
    Add a measure that survivors answer, alone or with help.
    For access to something, a record of getting it is enough.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018 and the publication of March 2022, on survivors' own perspectives.
    """
    for entry in evidence.all_entries:
        counting = [offer for offer in entry.offers if offer.counts and not stands_for_survivors(offer)]
        if counting and not any(offer.from_survivors or offer.source_unknown or _got(offer) for offer in counting):
            yield at_measures(entry)


@rule(
    "MEA-08",
    Severity.NOTE,
    "Say where {outcome} was asked about: other abusers, at home, in a safe house, in services?",
)
def safety_setting(evidence: Evidence) -> Iterator[Problem]:
    """
    Safety is asked about without a setting, or from traffickers alone.

    ## Why it matters
    A person can be out of a trafficker's reach and still not be safe at home.

    ## How to fix it
    List the settings that were asked about in `safety_settings` of the measures.

    ## What it does
    Nothing.

    ## Source
    The publication of March 2022: safety at home, in safe houses and in mental health services.
    """
    for entry in evidence.entries:
        counting = [offer for offer in entry.offers if offer.counts]
        settings = {setting for offer in counting for setting in offer.measure.safety_settings}
        if entry.outcome.id == SAFETY and counting and settings <= {"from_trafficker"}:
            yield at_measures(entry)


@rule("MEA-10", Severity.WARNING, "Say who gave the answers for {outcome}.", needs="evaluation")
def source_unknown(evidence: Evidence) -> Iterator[Problem]:
    """
    It is not said who gave the answers.

    ## Why it matters
    What survivors say and what staff say of them are different things.

    ## How to fix it
    Fill in `reported_by` of the measure.

    ## What it does
    Nothing.

    ## Source
    CONSORT-Outcomes 2022, on who assessed the outcome.
    """
    for offer in evidence.all_offers:
        if offer.counts and offer.source_unknown:
            yield at_measure(offer)


def _got(offer: Offer) -> bool:
    """Whether it is a record of getting the thing that an outcome gives access to."""
    return offer.outcome.construct_kind is ConstructKind.ACCESS and offer.measure.reported_by == "record"
