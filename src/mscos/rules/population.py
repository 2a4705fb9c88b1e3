"""POP: whom is the record about?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import rule

ADULT = 18
"""Age from which a person is an adult, in years."""


@rule(
    "POP-01",
    Severity.ERROR,
    "People under 18 are included. The core outcome set is for adults.",
    needs="any",
    withholds=True,
)
def children(evidence: Evidence) -> Iterator[Problem]:
    """
    The evaluation or its data include people under 18, or the service is for them alone.

    ## Why it matters
    The core outcome set was agreed for adults.
    Children have other needs, and other frameworks.

    ## How to fix it
    Write a record about the adults alone, with results that are about them alone.
    Then set `population.adults_only` to true.
    A service that accepts adults as well says so in `accepts`.

    ## What it does
    In a record: no verdict is given.
    In data: the rows about people under 18 are left out of everything else, and the finding is a warning.

    ## Source
    Grant record AH/V012932/1 and the project's web site: adult survivors.
    """
    if evidence.profile is not None and evidence.profile.under_18:
        yield Problem(in_data=True)
    if evidence.intervention is not None and evidence.intervention.accepts == "children":
        yield Problem(pointer="/accepts")
    population = evidence.record.population if evidence.record else None
    if population is None:
        return
    if population.min_age is not None and population.min_age < ADULT:
        yield Problem(pointer="/population/min_age")
    elif population.adults_only is False:
        yield Problem(pointer="/population/adults_only")


@rule("POP-02", Severity.WARNING, "We cannot tell that everyone is an adult. Please say so in the record.", needs="any")
def adults_unknown(evidence: Evidence) -> Iterator[Problem]:
    """
    Neither the record nor the data say that everybody is an adult.

    ## Why it matters
    The core outcome set was agreed for adults, and many studies mix ages.

    ## How to fix it
    Set `population.adults_only`, or give the youngest age in `population.min_age`.
    For a service, say in `accepts` whom it accepts.
    In data without a record, give the column that says it the role `mscos:adult`.

    ## What it does
    Nothing.

    ## Source
    Grant record AH/V012932/1; mixed ages in a review of programmes (SSWR 2017).
    """
    if evidence.intervention is not None:
        if evidence.intervention.accepts is None:
            yield Problem(pointer="/accepts")
        return
    population = evidence.record.population if evidence.record else None
    said = population is not None and (population.adults_only is not None or population.min_age is not None)
    said_by_data = evidence.profile is not None and evidence.profile.adult_unknown == 0
    if not said and not said_by_data:
        yield Problem(in_data=True) if evidence.record is None else Problem(pointer="/population")


@rule("POP-03", Severity.NOTE, "Say who is missing from the evaluation, and why.")
def missing_people(evidence: Evidence) -> Iterator[Problem]:
    """
    The record does not say who is missing.

    ## Why it matters
    Some survivors are seldom asked: people outside formal support, men, people who need an interpreter.
    A reader must know whom the results do not speak for.

    ## How to fix it
    Write a sentence or two in `population.inclusion_notes`.
    Speak of groups and never of a person.

    ## What it does
    Nothing.

    ## Source
    Grant record AH/V012932/1, on survivors who were under-represented in earlier research.
    """
    population = evidence.record.population if evidence.record else None
    if population is None or population.inclusion_notes is None:
        yield Problem(pointer="/population")
