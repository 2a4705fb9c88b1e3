"""A data file or a caller's dataframe becomes a table."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final

import narwhals as nw

from mscos import errors
from mscos.readers._frames import checked_headers
from mscos.readers._sources import first_bytes, last_bytes, piped_in
from mscos.readers.delimited import read_csv, read_tsv
from mscos.readers.parquet import read_parquet
from mscos.readers.rows import read_json, read_ndjson
from mscos.readers.table import Table

Reader = Callable[[str, str | None], Table]
"""Reads the file at a path; of a workbook, the sheet of a name or the only one."""


def _one_table(read: Callable[[str], Table]) -> Reader:
    """Make a reader of a format that has no sheets."""

    def reader(path: str, sheet: str | None) -> Table:
        if sheet is not None:
            raise errors.NoSheets(errors.DATA)
        return read(path)

    return reader


def _workbook(path: str, sheet: str | None) -> Table:
    from mscos.readers.workbooks import read_workbook  # noqa: PLC0415 - a table in CSV must not pay for it

    return read_workbook(path, sheet=sheet)


def _sav(path: str) -> Table:
    from mscos.readers.statistics import read_sav  # noqa: PLC0415 - the same

    return read_sav(path)


def _dta(path: str) -> Table:
    from mscos.readers.statistics import read_dta  # noqa: PLC0415 - the same

    return read_dta(path)


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "CSV": _one_table(read_csv),
        "TSV": _one_table(read_tsv),
        "JSON": _one_table(read_json),
        "NDJSON": _one_table(read_ndjson),
        "Parquet": _one_table(read_parquet),
        "XLSX": _workbook,
        "XLS": _workbook,
        "ODS": _workbook,
        "SPSS": _one_table(_sav),
        "Stata": _one_table(_dta),
    }
)
"""Every format that is read, with its reader."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "CSV",
        ".csv": "CSV",
        ".txt": "CSV",
        ".tsv": "TSV",
        ".tab": "TSV",
        ".json": "JSON",
        ".ndjson": "NDJSON",
        ".jsonl": "NDJSON",
        ".parquet": "Parquet",
        ".xlsx": "XLSX",
        ".xlsm": "XLSX",
        ".xls": "XLS",
        ".ods": "ODS",
        ".sav": "SPSS",
        ".zsav": "SPSS",
        ".dta": "Stata",
    }
)
"""The format of a file by the ending of its name, where its first bytes do not say it."""

_BEGINNINGS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "XLS",
    b"$FL2": "SPSS",
    b"$FL3": "SPSS",
    b"<stata_dta>": "Stata",
}

_OLD_STATA = re.compile(rb"[\x66-\x73][\x01\x02]\x01\0")
"""Stata's files before its version 13: number of the format, order of bytes, and two that never change."""

FORM = "dataframe"
"""What stands for the format of a caller's dataframe."""

_NO_DATAFRAME = "this is no dataframe; hand in one of pandas, polars, pyarrow, DuckDB or PySpark, or read_table(path)"

_PARQUET = b"PAR1"
_ZIP = b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read_table(path: str | PathLike[str], *, sheet: str | None = None) -> Table:
    """
    Read a data file.

    Args:
        path: CSV, TSV, JSON rows, NDJSON, Parquet, a workbook (XLSX, XLS, ODS), SPSS or Stata; ``-`` for CSV from
            standard input.
        sheet: The sheet of a workbook.  Without it, the only one.

    Returns:
        The table.  Nobody has looked at its cells; each row was counted, so that reading them later cannot fail.

    Raises:
        CannotRead: If there is no table to be had.  It names neither the file nor anything in it.
        NoSheets: If a sheet is named and the file is not a workbook.
        WhichSheet: If it is not clear which sheet is meant.
        MissingExtra: If the library that reads the format is not installed.
    """
    path = os.fspath(path)
    if path == errors.STANDARD_INPUT:
        content = piped_in()
        return _one_table(lambda _: read_csv(content))(path, sheet)
    path, first = first_bytes(path)
    form = _form_in(path, first) or ENDINGS.get(PurePath(path).suffix.lower())
    if form is None:
        raise errors.UnknownFormat(errors.DATA)
    return READERS[form](path, sheet)


def _form_in(path: str, first: bytes) -> str | None:
    """Name the format that the bytes of a file say; None for text, and for bytes that say nothing."""
    if first.startswith(_ZIP):
        return _form_of_archive(path)
    if first.startswith(_PARQUET) and last_bytes(path, len(_PARQUET)) == _PARQUET:
        return "Parquet"
    if _OLD_STATA.match(first):
        return "Stata"
    return next((form for beginning, form in _BEGINNINGS.items() if first.startswith(beginning)), None)


def _form_of_archive(path: str) -> str | None:
    from zipfile import ZipFile  # noqa: PLC0415 - a table in CSV must not pay for it

    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            if any(name.startswith("xl/") for name in names):
                return "XLSX"
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    return "ODS" if file.read(len(_ODS)) == _ODS else None
    except Exception:  # noqa: BLE001, S110 - archives have many errors, and each may quote the file
        pass
    return None


def as_table(frame: object) -> Table:
    """
    Take a caller's dataframe for a table.

    Args:
        frame: What narwhals knows, eager or lazy: of pandas, polars, pyarrow, DuckDB, PySpark and others.

    Returns:
        The table, with the types and the names of the dataframe.  Nothing was computed.

    Raises:
        TypeError: If it is none.
        CannotRead: If two of its columns share a name, or one has none that is text.
    """
    lazy, names = _lazy(frame)
    # SQL takes `Age` and `age` for one column, and would silently take the first.
    is_sql = lazy is not None and (lazy.implementation.is_duckdb() or lazy.implementation.is_spark_like())
    checked_headers(names, str.casefold if is_sql else str)
    if lazy is None:
        raise errors.BrokenTable(errors.DATA, FORM)
    return Table(frame=lazy, headers=tuple(map(str, names)), form=FORM)


def _lazy(frame: Any) -> tuple[nw.LazyFrame[Any] | None, Sequence[object]]:  # noqa: ANN401 - what it is, is asked here
    """Give a dataframe as narwhals sees it, None if it sees two columns of one name; and the names."""
    failure: Exception = TypeError(_NO_DATAFRAME)
    try:
        lazy = nw.from_native(frame).lazy()
        return lazy, lazy.collect_schema().names()
    except nw.exceptions.DuplicateError:
        return None, list(getattr(frame, "column_names", getattr(frame, "columns", ())))
    except TypeError:
        pass
    except Exception:  # noqa: BLE001 - every library has its own, and each may quote the frame
        failure = errors.BrokenTable(errors.DATA, FORM)
    raise failure
