"""What data are, as a part of a report."""

from __future__ import annotations

from typing import Literal

from mscos._record import Line, Many, Record
from mscos.codebooks.codebook import UnitOfRow


class DatasetLine(Record):
    """What the data are, without anything that they hold."""

    format: Line
    """Format of the file, or that it was a dataframe."""

    codebook: Line | None = None
    """What sort of codebook describes it; absent where the layout itself does."""

    unit_of_row: UnitOfRow | None = None
    """What a row is about; absent where nobody says and it cannot be seen."""

    unit_from: Literal["codebook", "detected"] | None = None
    """Who says so: the codebook, or the layout."""

    columns: int
    """How many columns were looked at."""

    excluded: int
    """How many columns were left out before anything looked at them."""

    undescribed: Many[int]
    """Positions of the columns that nobody describes, from 1.  No verdict depends on them."""

    people: Literal["no data", "some data", "enough"] | None = None
    """Whether there are enough people for shares to be shown; absent where rows are not about people."""

    min_count: int
    """So many people are enough."""

    under_18: bool = False
    """Whether rows about people under 18 were left out."""
