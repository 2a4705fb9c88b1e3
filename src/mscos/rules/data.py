"""DAT: what do the answers of a dataset amount to?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.collected import cells_of
from mscos.evidence import Evidence
from mscos.findings import Problem, Severity, Status
from mscos.offers import Entry
from mscos.profile.counts import Cell, Profile
from mscos.profile.scores import scores_of
from mscos.rules._rule import rule
from mscos.rules._series import at_series, offered, start_of

_ENOUGH = 30
"""Fewest answers from which a floor or a ceiling is spoken of."""

_CROWDED = 0.15
"""Share of answers at one end of a scale above which it is crowded."""


@rule("DAT-01", Severity.ERROR, "There is a column for {outcome}, but it has no answers.", needs="data")
def empty_column(evidence: Evidence) -> Iterator[Problem]:
    """
    A column offered as evidence for an outcome is empty.

    ## Why it matters
    A heading shows that someone meant to ask, not that anyone answered.

    ## How to fix it
    Fill the column, or take the outcome out of its codebook entry.

    ## What it does
    The column does not count, because there is nothing in it.

    ## Source
    A pitfall of checks that look at headings alone; this project's own rule.
    """
    for entry, series, cells in offered(evidence):
        if not any(cell.answered or cell.coded for cell in cells):
            yield at_series(entry, series)


@rule("DAT-02", Severity.ERROR, 'The column for {outcome} has only "missing" codes.', needs="data")
def only_codes(evidence: Evidence) -> Iterator[Problem]:
    """
    All that a column holds are codes that mean "no answer", such as -99 or `NA`.

    ## Why it matters
    A column full of codes looks filled to a program that counts cells.

    ## How to fix it
    Find out why nobody answered, and say so in the record.
    If a code is an answer after all, give it another value.

    ## What it does
    The column does not count.

    ## Source
    The list of missing codes in the reference data, and what the codebook adds to it.
    """
    for entry, series, cells in offered(evidence):
        if any(cell.coded for cell in cells) and not any(cell.answered for cell in cells):
            yield at_series(entry, series)


@rule("DAT-03", Severity.WARNING, "Every answer for {outcome} is the same. Is this a default?", needs="data")
def constant(evidence: Evidence) -> Iterator[Problem]:
    """
    A column has several answers and all are the same.

    ## Why it matters
    Forms that fill themselves in write the same answer for everyone.

    ## How to fix it
    Look whether the answer was given or was there from the start.
    If everybody did answer alike, nothing needs mending.

    ## What it does
    Nothing.

    ## Source
    This project's own rule.
    """
    profile = evidence.profile
    if profile is not None:
        for entry in profile.entries:
            yield from (at_series(entry, each) for each in dict.fromkeys(entry.series) if profile.series[each].constant)


@rule(
    "DAT-04",
    Severity.ERROR,
    "Some scores for {outcome} are outside the possible range of this measure.",
    needs="data",
    caps=Status.PARTLY_REPORTED,
)
def outside_range(evidence: Evidence) -> Iterator[Problem]:
    """
    A measure has scores that it cannot give.

    ## Why it matters
    A score that cannot be shows a fault in scoring or in copying, and other scores may have it as well.

    ## How to fix it
    Look the scores up; `mscos locate` names the rows on your own screen.
    If the range is not that of the measure, mend it in the codebook.

    ## What it does
    With a record, the outcome can earn "partly reported" at most.
    For the verdict on collected data it changes nothing: people did answer.

    ## Source
    The range in the codebook or, for a known instrument, in the instrument table, where somebody has checked it.
    """
    for entry, series, cells in offered(evidence):
        if any(cell.outside for cell in cells):
            yield at_series(entry, series)


@rule(
    "DAT-11",
    Severity.ERROR,
    "At one time point, no score for {outcome} is inside the possible range of this measure.",
    needs="data",
    caps=Status.COLUMN_ONLY,
)
def nothing_inside_range(evidence: Evidence) -> Iterator[Problem]:
    """
    All the scores that a measure has at one time point are scores that it cannot give.

    ## Why it matters
    A column full of 99 on a scale from 1 to 5 most often says that nobody answered.

    ## How to fix it
    Look the scores up; `mscos locate` names the rows of DAT-04 on your own screen.
    If a score stands for "no answer", say so in the codebook's `missing_codes`.
    If the range is not that of the measure, mend it in the codebook.

    ## What it does
    The answers of this variable count for nothing.

    ## Source
    The range in the codebook or, for a known instrument, in the instrument table, where somebody has checked it.
    """
    for entry, series, cells in offered(evidence):
        if any(cell.outside and cell.outside == cell.answered for cell in cells):
            yield at_series(entry, series)


@rule(
    "DAT-05",
    Severity.WARNING,
    "The scores for {outcome} look like two scoring methods mixed. Check raw, changed, sum or average.",
    needs="data",
)
def mixed_scoring(evidence: Evidence) -> Iterator[Problem]:
    """
    Some scores of an instrument can only be of one form, and others only of another.

    ## Why it matters
    A sum at the start and an average at the end look like a great change, and are none.

    ## How to fix it
    Score all answers in one way, and say which in the codebook's range.

    ## What it does
    Nothing.

    ## Source
    Warwick's guidance on the short scale of wellbeing (raw scores are whole, changed ones have decimals);
    scoring notes of the Meaning in Life Questionnaire and of WHOQOL-BREF.
    """
    for entry in evidence.data_entries:
        for series in _mixed(entry, evidence.profile):
            yield at_series(entry, series)


@rule(
    "DAT-06",
    Severity.WARNING,
    "For {outcome}, many answers are at the top or bottom of the scale at the start. Change may not show.",
    needs="data",
)
def crowded_end(evidence: Evidence) -> Iterator[Problem]:
    """
    More than 15 % of the first answers are the highest or the lowest possible score.

    ## Why it matters
    Who begins at the top cannot rise on the scale, whatever happens.

    ## How to fix it
    Say so beside the result.
    Next time, choose a measure with more room, or ask in words.

    ## What it does
    Nothing.
    It speaks only where there are 30 answers or more.
    It is silent on a question with two answers, such as yes and no, if both are given.

    ## Source
    Quality criteria by Terwee and others (2007): at most 15 % at either end.
    """
    for entry, series, cells in offered(evidence):
        start = start_of(entry, evidence.profile)
        at_start = [cell for cell in cells if start is not None and cell.months == start]
        varied = _has_two_answers(entry, series, cells) and any(map(_at_both_ends, at_start))
        if any(map(_crowded, at_start)) and not varied:
            yield at_series(entry, series)


def _crowded(cell: Cell) -> bool:
    return cell.answered >= _ENOUGH and max(cell.at_floor, cell.at_ceiling) > _CROWDED * cell.answered


def _at_both_ends(cell: Cell) -> bool:
    return min(cell.at_floor, cell.at_ceiling) > 0


def _has_two_answers(entry: Entry, series: int, cells: tuple[Cell, ...]) -> bool:
    """Whether a question has two answers by its range, such as yes and no: both are ends of the scale."""
    ends = scores_of([offer for offer in entry.offers if offer.series == series]).ends
    return ends is not None and ends[1] - ends[0] <= 1 and all(cell.whole == cell.numeric for cell in cells)


def _mixed(entry: Entry, profile: Profile | None) -> Iterator[int]:
    """Name the series of an instrument whose scores are of two forms."""
    known: dict[str, list[int]] = {}
    for offer, series in zip(entry.offers, entry.series, strict=True):
        if offer.instrument is not None and offer.instrument.otherwise != "declared":
            known.setdefault(offer.instrument.id, []).append(series)
    for several in known.values():
        cells = () if profile is None else cells_of(profile, several)
        if _two_forms(cells) or _two_kinds_of_number(cells):
            yield from dict.fromkeys(several)


def _two_forms(cells: tuple[Cell, ...]) -> bool:
    counted = [cell.only_in for cell in cells if cell.only_in]
    forms: list[int] = [sum(numbers) for numbers in zip(*counted, strict=True)]
    return sum(number > 0 for number in forms) > 1


def _two_kinds_of_number(cells: tuple[Cell, ...]) -> bool:
    """Whether one time has whole scores alone, and at another most have decimals."""
    filled = [cell for cell in cells if cell.numeric > 1]
    return any(cell.whole == cell.numeric for cell in filled) and any(2 * cell.whole < cell.numeric for cell in filled)
