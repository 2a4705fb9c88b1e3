"""Parquet files become tables, with the types that they have."""

from __future__ import annotations

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.readers._frames import checked_headers, finished, is_empty, without_empty
from mscos.readers._sources import fingerprint
from mscos.readers.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    import polars as pl

FORM = "Parquet"
"""The format in words."""


def read_parquet(path: str) -> Table:
    """
    Read a Parquet file.

    Args:
        path: The file.

    Returns:
        The table.  All of it was read once, so that no page is broken; none of it is held.

    Raises:
        CannotRead: If there is no table to be had.
        MissingExtra: If the library that reads it is not installed.
    """
    polars = needed("polars", "data")
    failure = errors.BrokenTable(errors.DATA, FORM)
    # A folder on the path, such as `year=2024`, adds no column.
    frame: pl.LazyFrame = asked(lambda: polars.scan_parquet(path, glob=False, hive_partitioning=False), failure)
    schema = asked(frame.collect_schema, failure)
    headers = checked_headers(schema.names())
    if any(kind.is_nested() or kind in {polars.Binary, polars.Object} for kind in schema.dtypes()):
        raise errors.NestedCells(errors.DATA, FORM)
    frame = frame.rename(dict(zip(schema.names(), headers, strict=True)))
    if asked(lambda: frame.select(is_empty().any()).collect(engine="streaming").item(), failure):
        frame = without_empty(frame)
    return finished(frame, headers, FORM, fingerprint(path))
