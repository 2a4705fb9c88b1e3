"""A profile: the counts that stand for a dataset's cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from mscos.codebooks.codebook import UnitOfRow
from mscos.offers import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """
    Answers that belong together: those of one variable, or of one outcome and instrument in the canonical layout.

    Attributes:
        name: Name of the variable; None in the canonical layout.
        form: The form that the variable belongs to; None where nobody says.
        asked_of_some: Whether it is shown to some people only.
        constant: Whether there are several answers and all are the same.
    """

    name: str | None
    form: str | None = field(default=None, repr=False)
    asked_of_some: bool = False
    constant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    What the answers of a series amount to at one time point.

    Attributes:
        series: Position of the series in the profile.
        timepoint: Key of the time point; None where it is not known.  Never shown: it can come from a cell.
        months: Months from the start of support; None for a time point without a place in the order.
        rows: Rows in which there could have been an answer.
        blank: Of these, rows without an answer and without a code for it.
        coded: Of these, rows with a code that means "no answer".
        answered: Of these, rows with an answer.
        by_design: Rows in which nothing was asked; they are not among `rows`.
        numeric: Answers that are numbers.
        whole: Of these, whole numbers.
        outside: Of these, numbers that the measure cannot give; 0 where its range is not known.
        at_floor: Of these, the lowest possible score; 0 where it is not known.
        at_ceiling: Of these, the highest possible score; 0 where it is not known.
        only_in: For a measure whose scores have several forms, how many numbers only one of them can give.
        people: Distinct participants among the answers; None where rows are not about people.
        repeated: Of these, participants with more than one answer; None likewise.
        followed: Of these, participants who answered about the same outcome later; None likewise.
    """

    series: int
    timepoint: str | None = field(repr=False)
    months: float | None
    rows: int
    blank: int
    coded: int
    answered: int
    by_design: int
    numeric: int
    whole: int
    outside: int
    at_floor: int
    at_ceiling: int
    only_in: tuple[int, ...]
    people: int | None = None
    repeated: int | None = None
    followed: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two cells about one outcome, one after the other.

    Attributes:
        earlier: Position of the earlier cell in the profile.
        later: Position of the later one.
        both: Participants with an answer in both.
    """

    earlier: int
    later: int
    both: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """
    The counts that stand for a dataset's cells.  No cell is in it.

    Attributes:
        unit_of_row: What a row is about; None where it is not known.
        rows: Rows, without those about people under 18.
        people: Distinct participants; None where rows are not about people.
        under_18: Rows about people under 18, which are left out of every other count.
        adult_unknown: Rows that do not say whether the person is an adult; None where no column says it.
        series: The series.
        entries: What they offer for each outcome, in the order of the edition.
        cells: The cells, in the order of their series and then of time.
        pairs: Every two ordered cells about one outcome; empty where rows are not about people.
        small_groups: Combinations of details that fewer than `SMALL_GROUP` people share; None where there are no
            columns with such details.
        unknown_outcomes: Rows of the canonical layout whose outcome is not in the edition.
        unreadable_words: Rows of the canonical layout in which another column holds a word that its list does not.
    """

    unit_of_row: UnitOfRow | None
    rows: int
    people: int | None
    under_18: int
    adult_unknown: int | None
    series: tuple[Series, ...]
    entries: tuple[Entry, ...]
    cells: tuple[Cell, ...]
    pairs: tuple[Pair, ...]
    small_groups: int | None = None
    unknown_outcomes: int = 0
    unreadable_words: int = 0

    def __repr__(self) -> str:
        """Show no time point, which can come from a cell, and no number of people, which can be one."""
        return f"Profile(series={len(self.series)}, cells={len(self.cells)})"


SMALL_GROUP = 11
"""A combination of details is safe from this many people on, as in the published dataset of CTDC (k = 11)."""
