"""Rules that no user gets: they show what a rule can do to a report."""

from __future__ import annotations

from collections.abc import Iterator

from mscos import Severity, Status
from mscos.evidence import Evidence
from mscos.findings import NotRun, Problem
from mscos.rules._rule import rule


@rule("TST-01", Severity.ERROR, "{outcome} is seen.", caps=Status.COLUMN_ONLY)
def whole_outcome(evidence: Evidence) -> Iterator[Problem]:
    """Point at an outcome as a whole."""
    yield Problem(outcome="housing", pointer="/outcomes/0")


@rule("TST-02", Severity.WARNING, "Nothing could be seen.")
def cannot_look(evidence: Evidence) -> Iterator[Problem | NotRun]:
    """Try to look, and fail."""
    yield Problem(outcome="housing")
    yield NotRun("The lamp was out.")


@rule("TST-03", Severity.ERROR, "{outcome} is about another verdict.", serves="collected")
def other_verdict(evidence: Evidence) -> Iterator[Problem]:
    """Speak of a verdict that the report does not give."""
    yield Problem(outcome="housing")


@rule("TST-04", Severity.ERROR, "This breaks.")
def broken(evidence: Evidence) -> Iterator[Problem]:
    """Break."""
    raise ZeroDivisionError
    yield


@rule("TST-09", Severity.ERROR, "{outcome} is here.", needs="evaluation")
def everywhere(evidence: Evidence) -> Iterator[Problem]:
    """Point at every measure of a record, and at every outcome, series, column and variable of a dataset."""
    for offer in evidence.offers:
        yield Problem(outcome=offer.outcome.id, pointer=offer.pointer, measure=offer.position)
    yield from (Problem(outcome=each.id, in_data=True) for each in evidence.taxonomy if evidence.bound)
    for place, _ in enumerate(evidence.profile.series if evidence.profile else ()):
        yield Problem(in_data=True, series=place)
    if evidence.bound is not None:
        for place, _ in enumerate(evidence.bound.table.headers if evidence.bound.table else ()):
            yield Problem(in_data=True, column=place)
        for each in evidence.bound.variables:
            yield Problem(in_data=True, variable=each.variable.name)
