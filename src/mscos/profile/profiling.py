"""`profile`: the cells of a bound dataset become counts."""

from __future__ import annotations

from collections.abc import Sequence

from mscos.dataset import BoundDataset
from mscos.profile.columns import tally_columns
from mscos.profile.counts import SMALL_GROUP, Profile
from mscos.profile.long import tally_long
from mscos.profile.people import Counts, count_people
from mscos.profile.rows import rows_of, small_groups

_NOT_PEOPLE = {"aggregate", None}
"""Units of rows that nobody's answers can be followed by."""


def profile(bound: BoundDataset, *, details: Sequence[int] = ()) -> Profile:
    """
    Count what a dataset holds.

    Args:
        bound: The dataset.
        details: Positions of columns whose mix could point to a person, from 0.

    Returns:
        The counts, without any cell.
    """
    rows = rows_of(bound)
    entries, unknown, unreadable = bound.entries, 0, 0
    if bound.layout == "rows":
        long = tally_long(bound, rows)
        tallied, entries, unknown, unreadable = long.tallied, long.entries, long.unknown_outcomes, long.unreadable_words
    else:
        tallied = tally_columns(bound, rows)
    counts = Counts(people=0, cells=tallied.cells, pairs=())
    linked = bound.unit_of_row not in _NOT_PEOPLE and (bound.unit_of_row == "person" or rows.who is not None)
    if linked:
        counts = count_people(tallied.frame, rows.who, tallied.pack, tallied.cells, tallied.outcomes)
    return Profile(
        unit_of_row=bound.unit_of_row,
        rows=tallied.rows,
        people=counts.people if linked else None,
        under_18=rows.under_18,
        adult_unknown=rows.adult_unknown,
        series=tallied.series,
        entries=entries,
        cells=counts.cells,
        pairs=counts.pairs,
        small_groups=small_groups(rows, details, SMALL_GROUP),
        unknown_outcomes=unknown,
        unreadable_words=unreadable,
    )
