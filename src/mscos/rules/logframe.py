"""INT, of the logframe: how would a change be seen, and what must hold for it?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import rule
from mscos.rules.interventions import rows_of


@rule("INT-04", Severity.WARNING, "{outcome} has no indicator.", needs="intervention")
def no_indicator(evidence: Evidence) -> Iterator[Problem]:
    """
    The logframe leads to an outcome and does not say how that would be seen.

    ## Why it matters
    Without a sign to look for, nobody can tell whether anything changed.

    ## How to fix it
    Fill in `indicator` in a row of the logframe that names the outcome.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018, on logical frameworks.
    """
    for outcome in evidence.taxonomy.outcomes:
        rows = [(position, row) for position, row in rows_of(evidence) if outcome.id in row.outcomes]
        if rows and not any(row.indicator for _, row in rows):
            yield Problem(outcome=outcome.id, pointer=f"/logframe/{rows[0][0]}/indicator")


@rule("INT-05", Severity.NOTE, "No risk or assumption is written.", needs="intervention")
def no_risk(evidence: Evidence) -> Iterator[Problem]:
    """
    A row of the logframe has neither a risk nor an assumption.

    ## Why it matters
    What must hold for the plan to work is what to watch.

    ## How to fix it
    Write one of the two in the row.

    ## What it does
    Nothing.

    ## Source
    Rights Lab 2018: identifying risks and assumptions.
    """
    for position, row in rows_of(evidence):
        if not row.risk and not row.assumption:
            yield Problem(pointer=f"/logframe/{position}")


@rule(
    "INT-10",
    Severity.WARNING,
    "The indicator repeats the activity. Say what would be seen to change for people.",
    needs="intervention",
)
def activity_as_indicator(evidence: Evidence) -> Iterator[Problem]:
    """
    A row of the logframe gives its activity as its own indicator.

    ## Why it matters
    That classes were held shows that classes were held.

    ## How to fix it
    Write what would be different for a person, such as taking up a course of one's own choice.

    ## What it does
    Nothing.

    ## Source
    Bryant and Landman 2020: outputs rather than outcomes; Rights Lab 2018, on logical frameworks.
    """
    for position, row in rows_of(evidence):
        if row.indicator and row.activity and _same(row.indicator, row.activity):
            yield Problem(pointer=f"/logframe/{position}/indicator")


def _same(first: str, second: str) -> bool:
    return first.strip().casefold() == second.strip().casefold()
