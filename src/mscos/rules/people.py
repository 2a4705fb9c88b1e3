"""DAT, of people: are the answers theirs, once each, and again later?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.collected import is_linked, pairs_of
from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.rules._rule import rule
from mscos.rules._series import answers_for, at_series, offered, speaking_series, start_of

_MANY = 0.2
"""Share of people without a later answer above which that is said."""


@rule("DAT-07", Severity.WARNING, "Many people have no later answer for {outcome}. Say why.", needs="data")
def people_left(evidence: Evidence) -> Iterator[Problem]:
    """
    More than a fifth of those who answered at the start did not answer again.

    ## Why it matters
    Those who leave may fare worse than those who stay, or better.

    ## How to fix it
    Fill in `attrition` in the record: whether reasons were recorded, and what was done about it.

    ## What it does
    Nothing.
    It speaks where there are ten people or more, and only of outcomes that somebody was asked about again.

    ## Source
    A fifth is a rule of thumb that nobody here has checked; it is a reason to look, and no threshold.
    """
    profile = evidence.profile
    for entry in evidence.data_entries:
        first = [cell for cell in answers_for(entry, profile) if cell.months == start_of(entry, profile)]
        # Not their sum: people who answer two questions are not twice as many.
        most = max(first, key=lambda cell: cell.people or 0, default=None)
        people, followed = (most.people or 0, most.followed or 0) if most else (0, 0)
        if people >= evidence.min_count and followed and people - followed > _MANY * people:
            yield Problem(outcome=entry.outcome.id, in_data=True)


@rule(
    "DAT-08",
    Severity.ERROR,
    "The start and the later answers for {outcome} come from different people, so change cannot be shown.",
    needs="data",
    serves="collected",
    caps=Status.COLLECTED_ONCE,
)
def different_people(evidence: Evidence) -> Iterator[Problem]:
    """
    Fewer than half of those who could have answered at both times did.

    ## Why it matters
    A difference between two groups is not a change in anybody.

    ## How to fix it
    Keep the same participant number for a person throughout.
    If the numbers are right, ask those who were there at the start.

    ## What it does
    The outcome can get to "collected at one time" at most.

    ## Source
    This project's own rule: half of the smaller of the two groups.
    """
    profile = evidence.profile
    for entry in evidence.data_entries:
        if profile is not None:
            pairs = pairs_of(profile, speaking_series(entry), entry.outcome)
            if pairs and not any(is_linked(profile, pair) for pair in pairs):
                yield Problem(outcome=entry.outcome.id, in_data=True)


@rule(
    "DAT-09",
    Severity.WARNING,
    "For {outcome}, some people seem to be counted more than once at the same time point.",
    needs="data",
)
def counted_twice(evidence: Evidence) -> Iterator[Problem]:
    """
    A participant has more than one answer for the same measure at the same time point.

    ## Why it matters
    A person who is counted twice weighs twice in every result.

    ## How to fix it
    Keep one of the answers; `mscos locate` names the rows on your own screen.
    A form that is meant to be filled in several times needs a time point for each.

    ## What it does
    Nothing.

    ## Source
    This project's own rule.
    """
    for entry, series, cells in offered(evidence):
        if any(cell.repeated for cell in cells):
            yield at_series(entry, series)


@rule(
    "DAT-10",
    Severity.NOTE,
    "Some blanks are by design: not asked at that time, or not of everyone. They were not counted as missing.",
    needs="data",
)
def by_design(evidence: Evidence) -> Iterator[Problem]:
    """
    Nothing was asked in some rows, because the form does not belong there or the question is for some people only.

    ## Why it matters
    Such a blank is no missing answer, and counting it as one would blame people for questions they never saw.

    ## How to fix it
    Nothing needs mending.

    ## What it does
    Nothing.

    ## Source
    REDCap: a form belongs to some events only, and branching logic shows a question to some people only.
    """
    if any(cell.by_design for cell in (evidence.profile.cells if evidence.profile else ())):
        yield Problem(in_data=True)
