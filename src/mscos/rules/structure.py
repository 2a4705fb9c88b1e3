"""STR: can the files be read, and do they fit together?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.rules._rule import refusal, rule

_SENTENCE = 4
"""Fewest words of a header that reads as a question."""

_SEVERAL = 3
"""Fewest such headers that are spoken of."""

unreadable = refusal(
    "STR-01",
    "We could not read this file. Nothing was checked.",
    """
    A record, a codebook or a data file cannot be read.

    ## Why it matters
    A check that could not look must never seem like a check that found nothing.

    ## How to fix it
    Mend every fault: each is listed with its place and with what to write instead.
    Then run the check again.

    ## What it does
    No report is made, and the command ends with status 3.

    ## Source
    This project's own rule.
    """,
)


@rule(
    "STR-02",
    Severity.ERROR,
    "The codebook lists a variable that is not in the data.",
    needs="data",
)
def not_in_data(evidence: Evidence) -> Iterator[Problem]:
    """
    The codebook describes a variable about an outcome, or with a role, and the data have no such column.

    ## Why it matters
    What was asked about may have been left out of this file, and a check of the rest would not notice.

    ## How to fix it
    Export the column as well, mend its name on one side, or take it out of the codebook.

    ## What it does
    Nothing: the outcome has what the other columns give it.

    ## Source
    Each format of a codebook says which header belongs to a variable.
    """
    for name in evidence.bound.absent if evidence.bound else ():
        yield Problem(in_data=True, variable=name)


@rule(
    "STR-03",
    Severity.ERROR,
    "Two places say different things about the same variable. Choose one.",
    needs="codebook",
)
def contradictory(evidence: Evidence) -> Iterator[Problem]:
    """
    Two codebooks, or a codebook and the data's own labels or rows, differ on what a variable shows.

    ## Why it matters
    Choosing one of them in silence could make a column count for what it does not show.

    ## How to fix it
    Take one of the two out, or let both say the same.
    Each may fill in what the other leaves out.

    ## What it does
    Neither is used, so the variable counts for no outcome.

    ## Source
    This project's own rule.
    """
    bound = evidence.bound
    for name in bound.codebook.contradictory if bound and bound.codebook else ():
        yield Problem(in_data=True, variable=name)
    if bound is not None and bound.layout == "rows":  # there the rows say it
        for each in bound.variables:
            if each.variable.annotations:
                yield Problem(in_data=True, variable=each.variable.name)


@rule(
    "STR-04",
    Severity.ERROR,
    'An outcome is not in the edition. Use one of the identifiers that "mscos show" lists.',
    needs="file",
)
def unknown_outcome(evidence: Evidence) -> Iterator[Problem]:
    """
    An outcome is not named by an identifier of the edition.

    ## Why it matters
    A label can be written in many ways, and two editions can share one.
    Only identifiers keep their meaning, so only they stand in records, codebooks and tables.

    ## How to fix it
    Write the identifier, such as `medical` for Access to medical treatment.
    `mscos show` lists them, and `mscos search` finds one by its words.
    In a record, put an outcome that the edition does not hold under `other_outcomes`.

    ## What it does
    In a record: no report is made, and the command ends with status 3.
    In a codebook or a table: what stands there counts for no outcome.

    ## Source
    Labels differ between the publications of the core outcome set; see the aliases in the edition.
    """
    for name in evidence.bound.unknown if evidence.bound else ():
        yield Problem(in_data=True, variable=name)
    if evidence.bound and evidence.profile and evidence.profile.unknown_outcomes:
        yield Problem(in_data=True, variable="outcome")


@rule(
    "STR-05",
    Severity.WARNING,
    "The headings look like question text, not variable names. Export with variable names.",
    needs="data",
)
def question_text(evidence: Evidence) -> Iterator[Problem]:
    """
    Many headers are sentences, and the codebook describes none of them.

    ## Why it matters
    A question's text changes with every edit and translation, so it cannot be joined to a codebook for long.

    ## How to fix it
    Choose "XML values and headers" in KoboToolbox, and question codes in LimeSurvey.

    ## What it does
    Nothing.

    ## Source
    Export settings of KoboToolbox and LimeSurvey.
    """
    if evidence.bound is not None:
        headers = [evidence.bound.rows.headers[place] for place in evidence.bound.undescribed]
        sentences = [header for header in headers if len(header.split()) >= _SENTENCE]
        if len(sentences) >= _SEVERAL and 2 * len(sentences) > len(headers):
            yield Problem(in_data=True)


@rule(
    "STR-06",
    Severity.ERROR,
    "Some rows hold a word that is not in its list, in kind, reported_by, direction or match. They do not count.",
    needs="data",
)
def unlisted_word(evidence: Evidence) -> Iterator[Problem]:
    """
    In the canonical layout, a row says something about its value in a word that the published list does not hold.

    ## Why it matters
    `outputs` may have been meant for `output`, which does not count for an outcome.
    Taking it for nothing would let the row count.

    ## How to fix it
    Write a word of the list; `mscos schema dataset` shows them.

    ## What it does
    Such rows count for no outcome.

    ## Source
    This project's own rule.
    """
    if evidence.profile is not None and evidence.profile.unreadable_words:
        yield Problem(in_data=True)


@rule(
    "STR-07",
    Severity.WARNING,
    "Some time points have no place in the order. Say in the codebook which of their labels comes when.",
    needs="data",
)
def no_order(evidence: Evidence) -> Iterator[Problem]:
    """
    Answers stand at a time point whose label is neither `baseline` nor `month-N`, and that nobody puts in order.

    ## Why it matters
    Without an order there is no start and no later, so no change can be shown.

    ## How to fix it
    Write the labels in a mapping under `time`, in the line of the time column: `pre=baseline; post=month-6`.
    In other codebooks, use the mark `[mscos:timepoint pre=baseline post=month-6]`, or the record's `timepoints`.

    ## What it does
    Nothing more: answers without a place in the order are not over time.

    ## Source
    This project's own rule.
    """
    cells = evidence.profile.cells if evidence.profile else ()
    has_times = evidence.bound is not None and evidence.bound.timepoint is not None
    if has_times and any(cell.answered and cell.months is None for cell in cells):
        yield Problem(in_data=True)
