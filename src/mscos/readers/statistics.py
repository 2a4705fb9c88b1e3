"""
Files of SPSS and Stata become tables, with what they say of their own variables.

Labels of values are not put in place of values.  Numbers stay numbers and dates stay dates.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from mscos import errors
from mscos._extras import needed
from mscos._foreign import asked
from mscos.codebooks.labels import MissingValues, codebook_of_labels
from mscos.readers._content import data_content
from mscos.readers._frames import checked_headers, finished, is_empty
from mscos.readers._sav import SIGNATURES, without_value_labels
from mscos.readers.table import Table

CELLS: Final = 50_000_000
"""Most cells of a file.  Python holds each of them for a while."""

UNPACKED: Final = 2 * 1024 * 1024 * 1024
"""Most bytes that the rows of a file can fill."""

_ROWS_IF_UNKNOWN: Final = 100_000
"""Rows that the library makes room for, if a file does not say how many it has."""

_DEFLATED: Final = 1032
"""How many bytes one byte of a compressed file can stand for."""

_WHOLE: Final = 2**53
"""Below this a number in a file is exactly the whole number that it seems to be."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """
    How a format writes dates.

    Attributes:
        dates: What the display format of a date looks like.
        datetimes: The same of a date with a time.
        begin: What 0 stands for.
        unit_of_dates: What 1 stands for in a date.
        unit_of_datetimes: The same in a date with a time.
    """

    dates: re.Pattern[str]
    datetimes: re.Pattern[str]
    begin: datetime
    unit_of_dates: timedelta
    unit_of_datetimes: timedelta


_SPSS: Final = _Calendar(
    re.compile(r"(?:[AEJS]?DATE|MOYR|QYR|WKYR)[0-9.]*"),
    re.compile(r"(?:DATETIME|YMDHMS)[0-9.]*"),
    datetime(1582, 10, 14),  # noqa: DTZ001 - these files know no time zones
    timedelta(seconds=1),
    timedelta(seconds=1),
)
_STATA: Final = _Calendar(
    re.compile(r"%-?(?:td|d).*", re.DOTALL),
    re.compile(r"%-?t[cC].*", re.DOTALL),
    datetime(1960, 1, 1),  # noqa: DTZ001 - these files know no time zones
    timedelta(days=1),
    timedelta(milliseconds=1),
)
_OLD_STATA = re.compile(rb"[\x68-\x73][\x01\x02]\x01", re.DOTALL)
_NEW_STATA, _END_OF_STATA = b"<stata_dta>", b"</stata_dta>"

_Columns = Mapping[str, list[Any]]


def read_sav(path: str) -> Table:
    """
    Read a file of SPSS, compressed or not.

    Returns:
        The rows.  Codes that mean "no answer" are kept, and the codebook names them; in dates they are nothing.
        Columns in which every number is whole hold whole numbers.

    Raises:
        CannotRead: If there is no table to be had.
        MissingExtra: If a library that this needs is not installed.
    """
    pyreadstat = needed("pyreadstat", "stats")
    content = data_content(path)
    if not content.startswith(SIGNATURES):
        raise errors.UnknownFormat(errors.DATA)
    broken = errors.BrokenTable(errors.DATA, "an SPSS file")
    plain = asked(lambda: without_value_labels(content), broken)
    density = _DEFLATED if content.startswith(SIGNATURES[1]) else 1
    columns, said = _read(partial(pyreadstat.read_sav, user_missing=True), plain, density, broken)
    return _table(columns, said, _SPSS, ("SPSS", "the labels of an SPSS file"), content)


def read_dta(path: str) -> Table:
    """
    Read a file of Stata.

    Returns:
        The rows.  Stata's missing values, from ``.`` to ``.z``, are nothing.
        Columns in which every number is whole hold whole numbers.

    Raises:
        CannotRead: If there is no table to be had.
        MissingExtra: If a library that this needs is not installed.
    """
    pyreadstat = needed("pyreadstat", "stats")
    content = data_content(path)
    broken = errors.BrokenTable(errors.DATA, "a Stata file")
    if content.startswith(_NEW_STATA):
        if not content.endswith(_END_OF_STATA):  # the library does not miss it
            raise broken
    elif not _OLD_STATA.match(content):
        raise errors.UnknownFormat(errors.DATA)
    # Asked for the values that its user declared missing, the library gives letters among the numbers.
    read = partial(pyreadstat.read_dta, user_missing=False)
    columns, said = _read(read, content, 1, broken)
    return _table(columns, said, _STATA, ("Stata", "the labels of a Stata file"), content)


def _read(
    reader: Callable[..., tuple[_Columns, Any]], content: bytes, density: int, broken: errors.BrokenTable
) -> tuple[_Columns, Any]:
    """Read what a file says of itself, and its rows if it can hold as many as it says."""
    read = partial(reader, output_format="dict", disable_datetime_conversion=True)
    said = asked(lambda: read(io.BytesIO(content), metadataonly=True)[1], broken)
    rows = _ROWS_IF_UNKNOWN if said.number_rows is None else said.number_rows
    cells, width = rows * said.number_columns, sum(said.variable_storage_width.values())
    if said.number_rows is not None and cells > density * len(content):
        raise broken
    if cells > CELLS or rows * width > UNPACKED:
        raise errors.LargeTable(errors.DATA, f"{CELLS:,} cells")
    return asked(lambda: read(io.BytesIO(content)), broken)


def _table(columns: _Columns, said: Any, calendar: _Calendar, forms: tuple[str, str], content: bytes) -> Table:  # noqa: ANN401 - a type that only an extra installs
    pl = needed("polars", "data")
    headers = checked_headers(said.column_names)
    missing: dict[str, MissingValues] = {}
    series = []
    for header, name in zip(headers, said.column_names, strict=True):
        shown_as = said.original_variable_types[name] or ""
        stated = _missing(said.missing_ranges.get(name, []))
        dated = _dated(columns[name], shown_as, calendar, stated)
        if dated is not None:
            is_date = calendar.dates.fullmatch(shown_as)
            series.append(pl.Series(header, dated, dtype=pl.Date if is_date else pl.Datetime("us")))
            continue
        missing[header] = stated
        if said.readstat_variable_types[name] == "string":
            series.append(pl.Series(header, [value or None for value in columns[name]], dtype=pl.String))
        else:
            series.append(_numbers(pl.Series(header, columns[name], dtype=pl.Float64, strict=False)))
    frame = pl.DataFrame(series).lazy().filter(~is_empty())
    labels = {header: label or "" for header, label in zip(headers, said.column_labels, strict=True)}
    return replace(
        finished(frame, headers, forms[0], hashlib.sha256(content).hexdigest()),
        codebook=codebook_of_labels(forms[1], labels, missing),
    )


def _numbers(series: Any) -> Any:  # noqa: ANN401 - a type that only an extra installs
    """Make whole numbers of numbers, if all of them are whole: these files know no other kind."""
    pl = needed("polars", "data")
    are_whole = ((series.floor() == series) & (series.abs() < _WHOLE)).all()
    return series.cast(pl.Int64) if are_whole else series


def _dated(values: list[Any], shown_as: str, calendar: _Calendar, missing: MissingValues) -> list[Any] | None:
    """Make dates of numbers, without those that mean "no answer"; None if they are no dates, or none that can be."""
    is_date = bool(calendar.dates.fullmatch(shown_as))
    if not is_date and not calendar.datetimes.fullmatch(shown_as):
        return None
    unit = calendar.unit_of_dates if is_date else calendar.unit_of_datetimes
    try:
        moments = [
            None if value is None or _is_missing(value, missing) else calendar.begin + value * unit for value in values
        ]
    except (OverflowError, TypeError, ValueError):
        return None
    return [moment.date() if moment and is_date else moment for moment in moments]


def _missing(ranges: list[dict[str, Any]]) -> MissingValues:
    codes = tuple(_code(each["lo"]) for each in ranges if each["lo"] == each["hi"])
    return MissingValues(codes, tuple((each["lo"], each["hi"]) for each in ranges if each["lo"] != each["hi"]))


def _code(value: float | str) -> str:
    """Write a code as people do: 99 and not 99.0."""
    return value if isinstance(value, str) else f"{value:.15g}"


def _is_missing(value: float, missing: MissingValues) -> bool:
    return _code(value) in missing.codes or any(low <= value <= high for low, high in missing.ranges)
