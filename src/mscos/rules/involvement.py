"""LIV: how did survivors take part?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import rule


@rule("LIV-01", Severity.WARNING, "It is not said how survivors were involved.", needs="either")
def not_said(evidence: Evidence) -> Iterator[Problem]:
    """
    The record does not say how survivors took part.

    ## Why it matters
    The core outcome set was agreed with survivors.
    An evaluation about them is stronger, and fairer, with them.

    ## How to fix it
    Fill in `lived_experience.level`.
    If survivors only answered questions, `subjects_only` is the honest value.

    ## What it does
    Nothing.

    ## Source
    Survivor Research Involvement Ladder (Kennedy and others 2022); grant record AH/V012932/1; the advocacy evaluation.
    """
    lived = evidence.subject.lived_experience if evidence.subject else None
    if lived is None or lived.level is None:
        yield Problem(pointer="/lived_experience")


@rule(
    "LIV-02",
    Severity.WARNING,
    "Survivors were only asked at one step. Could they help choose or explain the outcomes?",
    needs="either",
)
def one_step(evidence: Evidence) -> Iterator[Problem]:
    """
    Survivors took part in one step of the work.

    ## Why it matters
    Being asked once can be a token.
    Survivors see what matters when outcomes are chosen, and what results mean when they are explained.

    ## How to fix it
    Plan for another step, such as choosing the outcomes or reporting.
    List every step in `lived_experience.stages`.

    ## What it does
    Nothing.

    ## Source
    Survivor Research Involvement Ladder (Kennedy and others 2022); the advocacy evaluation, on going beyond tokens.
    """
    lived = evidence.subject.lived_experience if evidence.subject else None
    if lived is not None and len(set(lived.stages)) == 1:
        yield Problem(pointer="/lived_experience/stages")


@rule("LIV-03", Severity.NOTE, "It is not said whether survivors were paid and supported.", needs="either")
def pay_and_support(evidence: Evidence) -> Iterator[Problem]:
    """
    The record does not say whether survivors who took part were paid and supported.

    ## Why it matters
    Work on an evaluation is work, and it can bring the past back.

    ## How to fix it
    Set `lived_experience.paid` and `lived_experience.support_offered`.

    ## What it does
    Nothing.

    ## Source
    Note of the Independent Anti-Slavery Commissioner (2020), on the wellbeing of survivors in research.
    """
    lived = evidence.subject.lived_experience if evidence.subject else None
    if lived is None or lived.level in {None, "subjects_only"}:
        return
    if lived.paid is None or lived.support_offered is None:
        yield Problem(pointer="/lived_experience")
