"""A table: rows that nobody has looked at yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from mscos.codebooks.codebook import Codebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A data file or a caller's dataframe, lazy, with what it says of itself.

    Only `screen` and `profile` look at its cells.

    Attributes:
        frame: The rows.  Every column of a file of text is text, without any conversion; a caller's dataframe keeps
            its own types.  Rows of a file that are empty throughout are not in it.
        headers: The headers, in the order of the file.
        form: The format in words, such as ``CSV``.
        sha256: Fingerprint of the bytes of the file; None for a dataframe.
        codebook: What the file itself says of its variables (labels of SPSS and Stata, a row of HXL tags);
            None for a format that says nothing.
        held: Whether the rows are in memory, so that several questions do not cost several readings.
        places: Positions of the columns in the file, from 1; empty where none is left out.
    """

    frame: nw.LazyFrame[Any]
    headers: tuple[str, ...]
    form: str
    sha256: str | None = None
    codebook: Codebook | None = None
    held: bool = False
    places: tuple[int, ...] = ()

    def __repr__(self) -> str:
        """Show no header: one that nobody described can hold a name."""
        return f"Table(form={self.form!r}, columns={len(self.headers)})"

    def position(self, place: int) -> int:
        """Give the position of a column in the file, from 1, whatever was left out of the table."""
        return self.places[place] if self.places else place + 1

    def hold(self) -> Table:
        """Take the rows into memory."""
        return self if self.held else replace(self, frame=self.frame.collect().lazy(), held=True)

    def by_position(self) -> nw.LazyFrame[Any]:
        """
        Give the rows with columns named ``c0``, ``c1`` and so on.

        An engine takes some headers for patterns, and quotes others when it fails.
        """
        return self.frame.rename({header: f"c{place}" for place, header in enumerate(self.headers)})

    def without(self, columns: frozenset[str]) -> Table:
        """Give the table without some columns, so that nothing looks at them."""
        kept = {f"c{place}": header for place, header in enumerate(self.headers) if header not in columns}
        # By position: some engines take the name of a column for a pattern, or drop nothing.
        frame = self.by_position().select(*kept).rename(kept)
        places = tuple(self.position(place) for place, header in enumerate(self.headers) if header not in columns)
        return replace(self, frame=frame, headers=tuple(kept.values()), places=places)
