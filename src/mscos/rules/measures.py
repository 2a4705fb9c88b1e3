"""MEA: can a measure show its outcome?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.offers import Offer
from mscos.rules._places import at_measure, at_measures
from mscos.rules._rule import rule

GENERIC = {"single-item", "qualitative-theme"}
"""Instruments that are not one measure but a kind of measure."""

_THREE = 3


@rule(
    "MEA-01",
    Severity.ERROR,
    "{outcome} is shown only by what the service did. Add what changed for people.",
    needs="evaluation",
)
def outputs_only(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome has measures, and none of them is of what changed for people.

    ## Why it matters
    Referrals made, nights housed and sessions held say what a service did.
    They do not say whether anyone is safer, housed or well.

    ## How to fix it
    Add a measure of kind `outcome`: what is different for the person.
    For access, getting the thing counts, such as being registered with a doctor.
    Referring someone does not.

    ## What it does
    The outcome stays at "named" until a measure of kind `outcome` is there.

    ## Source
    Bryant and Landman 2020: evaluations speak of outputs rather than outcomes.
    """
    for entry in evidence.all_entries:
        if entry.offers and all(offer.measure.kind != "outcome" for offer in entry.offers):
            yield at_measures(entry)


@rule(
    "MEA-02",
    Severity.ERROR,
    "This measure does not ask about {outcome}. It can stay, but it does not count for that outcome.",
    needs="evaluation",
)
def other_construct(evidence: Evidence) -> Iterator[Problem]:
    """
    The measure is about something else.

    ## Why it matters
    A scale of symptoms offered for access to treatment looks like an answer.
    It hides that nobody asked whether people can see a doctor.

    ## How to fix it
    Choose a measure that asks about the outcome; one plain question can do.
    Keep this one under `other_outcomes` if it matters to you.

    ## What it does
    The measure does not count.

    ## Source
    COSMIN, first step: be clear what is to be measured.
    How known instruments fit is this project's judgement, in the instrument table.
    """
    for offer in evidence.all_offers:
        if offer.measure.kind == "outcome" and offer.match == "none":
            yield at_measure(offer)


@rule(
    "MEA-03",
    Severity.WARNING,
    "One measure is used for three or more outcomes. Show which part answers each one.",
    needs="evaluation",
)
def one_for_all(evidence: Evidence) -> Iterator[Problem]:
    """
    One instrument is offered for three or more outcomes, without a part of its own for each.

    ## Why it matters
    A broad scale can touch many things and answer none of them.

    ## How to fix it
    Name the subscale or the question in `part` of each measure.

    ## What it does
    Nothing.

    ## Source
    COMET, on composite outcomes; the number three is this project's choice.
    """
    offers: dict[tuple[bool, str], list[Offer]] = defaultdict(list)
    for offer in evidence.all_offers:
        if offer.counts and offer.measure.instrument not in GENERIC:
            offers[offer.in_data, offer.measure.instrument].append(offer)
    for same in offers.values():
        parts = Counter(part for _, part in {(offer.outcome.id, offer.measure.part) for offer in same})
        if len({offer.outcome.id for offer in same}) >= _THREE:
            yield from (
                at_measure(offer) for offer in same if offer.measure.part is None or parts[offer.measure.part] > 1
            )


@rule(
    "MEA-04",
    Severity.ERROR,
    "Say whether a higher score is better or worse for {outcome}.",
    caps=Status.PARTLY_REPORTED,
    needs="evaluation",
)
def no_direction(evidence: Evidence) -> Iterator[Problem]:
    """
    It is not known which way the score goes.

    ## Why it matters
    Without a direction, a reader cannot tell help from harm.

    ## How to fix it
    Set `direction` to `higher_better` or `lower_better`.
    Findings in words need none, and neither does an instrument whose direction the table knows.

    ## What it does
    The measure can earn "partly reported" at most.

    ## Source
    Directions of known instruments differ; see the instrument table.
    """
    for offer in evidence.all_offers:
        declared = offer.measure.direction not in {None, "undefined"}
        if offer.counts and not offer.in_words and not declared and _known_direction(offer) is None:
            yield at_measure(offer)


@rule(
    "MEA-05",
    Severity.ERROR,
    "The direction given for {outcome} does not fit what is known about this measure.",
    caps=Status.PARTLY_REPORTED,
    needs="evaluation",
)
def other_direction(evidence: Evidence) -> Iterator[Problem]:
    """
    The record gives a direction, and the instrument table gives another.

    ## Why it matters
    A score that is read the other way round turns getting worse into getting better.

    ## How to fix it
    Look at the guide of the instrument, then mend `direction`.
    If you turned the score round yourself, give it an identifier of your own and say so in `match_reason`.

    ## What it does
    The measure can earn "partly reported" at most.

    ## Source
    The instrument table; directions that nobody has checked are not used here.
    """
    for offer in evidence.all_offers:
        known = _known_direction(offer)
        if offer.counts and known is not None and offer.measure.direction not in {None, known}:
            yield at_measure(offer)


@rule(
    "MEA-07",
    Severity.WARNING,
    "Say if this measure has been tried with people like these, in the languages used.",
    needs="evaluation",
)
def not_validated(evidence: Evidence) -> Iterator[Problem]:
    """
    It is not said with whom, and in which languages, the measure has been tried.

    ## Why it matters
    A question can mean something else to other people or in another language.

    ## How to fix it
    Fill in `validated_for` and `language_versions`.
    "With ten of our own service users, in English" is an answer.
    For an instrument that our table does not know, also say in `match_reason` why it fits.

    ## What it does
    Nothing.

    ## Source
    CONSORT-Outcomes 2022; COSMIN, on content validity.
    """
    for offer in evidence.all_offers:
        measure = offer.measure
        generic = measure.instrument in GENERIC
        on_trust = offer.taken_on_trust and not generic and measure.match_reason is None
        asked = not offer.in_words and measure.reported_by != "record"
        untried = asked and (measure.validated_for is None or not measure.language_versions)
        # A codebook has no place for whom a measure was tried with.
        if offer.counts and (on_trust or (untried and not offer.in_data)):
            yield at_measure(offer)


@rule(
    "MEA-09",
    Severity.WARNING,
    "This measure asks about more than {outcome}. Alone, it can show that outcome only in part.",
    needs="evaluation",
)
def broader(evidence: Evidence) -> Iterator[Problem]:
    """
    Every measure that counts for an outcome is broader than it.

    ## Why it matters
    A score about life as a whole can rise while the home gets worse.

    ## How to fix it
    Add a measure that asks about the outcome alone; one plain question can do.

    ## What it does
    The outcome is partly reported at most.

    ## Source
    Agreement between outcome sets is graded specific or general, and broader or narrower (BMJ Medicine 2022).
    How known instruments fit is this project's judgement, in the instrument table.
    """
    for entry in evidence.all_entries:
        counting = [offer for offer in entry.offers if offer.counts]
        if counting and all(offer.match == "general_broader" for offer in counting):
            yield from map(at_measure, counting)


def _known_direction(offer: Offer) -> str | None:
    """Give the direction that the instrument table states as checked."""
    if offer.instrument is None or offer.variant or offer.instrument.direction.basis == "unchecked":
        return None
    value = offer.instrument.direction.value
    return None if value == "undefined" else value
