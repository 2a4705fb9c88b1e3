"""Columns as a dataframe in the library of the caller's choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Literal, get_args

import narwhals as nw
from narwhals.typing import IntoDataFrame

from mscos._extras import needed

Backend = Literal["polars", "pandas", "pyarrow"]
"""The libraries that can hold a dataframe of ours, the one that is taken first without a choice first."""

Cell = str | int | bool | None
"""What stands in a cell."""

_TYPES: Mapping[type, nw.dtypes.DType] = {str: nw.String(), int: nw.Int64(), bool: nw.Boolean()}


def frame(
    columns: Mapping[str, type], rows: Sequence[Mapping[str, Cell]], backend: Backend | None = None
) -> IntoDataFrame:
    """
    Make a dataframe.

    Args:
        columns: The name of each column, with the type of its cells.
        rows: The rows; a column that a row lacks is missing there.
        backend: The library; without one, the first that is installed.

    Raises:
        MissingExtra: If the library is not installed, or none is.
        ValueError: If it is none of `Backend`.
    """
    chosen = backend or _installed()
    if chosen not in get_args(Backend):
        raise ValueError(f"the backend must be one of {', '.join(get_args(Backend))}")
    library = needed(chosen, "data")
    schema = nw.Schema({name: _TYPES[of] for name, of in columns.items()})
    cells = {name: [row.get(name) for row in rows] for name in columns}
    if chosen == "pandas":  # its usual types have no missing numbers
        in_pandas: IntoDataFrame = library.DataFrame(cells).astype(schema.to_pandas("numpy_nullable"))
        return in_pandas
    made: IntoDataFrame = nw.from_dict(cells, schema=schema, backend=chosen).to_native()
    return made


def _installed() -> Backend:
    return next((name for name in get_args(Backend) if find_spec(name) is not None), "polars")
