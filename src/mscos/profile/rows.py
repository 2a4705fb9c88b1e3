"""The rows of a dataset, made ready: whom each is about, when, and whether that person is an adult."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from mscos.dataset import BoundDataset
from mscos.profile.answers import BLANK, answer, is_one_of, missing_of, number_of, text_of
from mscos.profile.tallies import TIME

WHO = "_who"
"""Name of the column that says whom a row is about."""

_NO = ("no", "n", "false", "0", "0.0", "child", "minor", "<18", "< 18", "u18", "under 18", "under-18", "below 18")
_YES = ("yes", "y", "true", "1", "1.0", "adult")
"""What a column that asks whether somebody is an adult holds, in lower case."""

_YEARS = r"\s*(?:y|yo|y\.o\.|yrs?|years?)(?:[ -]old)?\.?$"
"""What may stand behind an age, in lower case."""

_ADULT = 18


@dataclass(frozen=True, slots=True)
class Who:
    """
    Whom a row is about.

    Attributes:
        column: The column that says so, as it stands in the rows.
        key: What two spellings of one participant share, worked out from that column.
        known: Whether the key says whom a row is about, as a condition on `WHO`.
    """

    column: str
    key: nw.Expr
    known: nw.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """
    The rows of adults.

    Attributes:
        frame: The rows, with columns by position, `TIME` and `WHO`.
        schema: Types of the columns.
        who: Whom a row is about; None where no column says it.
        under_18: Rows about people under 18, which are not in the frame.
        adult_unknown: Rows that do not say; None where no column does.
    """

    frame: nw.LazyFrame[Any]
    schema: nw.Schema
    who: Who | None
    under_18: int = 0
    adult_unknown: int | None = None


def column(place: int) -> str:
    """Name the column at a position."""
    return f"c{place}"


def text_column(place: int) -> str:
    """Name the column that holds the text of a variable about an outcome."""
    return f"t{place}"


def rows_of(bound: BoundDataset) -> Rows:
    """Make the rows of a dataset ready, and leave out those about people under 18."""
    frame, schema = frame_of(bound)
    added: dict[str, nw.Expr] = {TIME: time_key_of(bound, schema)}
    # Worked out once, as columns: several expressions are built on each.
    added |= {
        text_column(place): text_of(column(place), schema[column(place)])
        for each in bound.variables
        for place in (each.columns if each.variable.annotations else ())
        if not schema[column(place)].is_numeric()
    }
    who = _who(bound, schema)
    if who is not None:
        added[WHO] = who.key
    frame = frame.with_columns(**added)
    if bound.adult is None:
        return Rows(frame=frame, schema=schema, who=who)
    under, unknown = ages(column(bound.adult), schema, bound)
    flagged = _with_what_is_known(frame.with_columns(_under=under, _unknown=unknown), who)
    ones = [nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0)).alias(name) for name in ("_under", "_unknown")]
    (found,) = flagged.select(*ones).select(nw.col("_under").sum(), nw.col("_unknown").sum()).collect().rows(named=True)
    return Rows(
        frame=flagged.filter(~nw.col("_under")),
        schema=schema,
        who=who,
        under_18=int(found["_under"] or 0),
        adult_unknown=int(found["_unknown"] or 0),
    )


def _with_what_is_known(flagged: nw.LazyFrame[Any], who: Who | None) -> nw.LazyFrame[Any]:
    """
    Fill in from a participant's other rows what a row does not say: many forms ask it once.

    A participant who was under 18 in some row is taken for that in the rows that do not say.
    """
    if who is None:
        return flagged
    under, told = (nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0)) for name in ("_under", "_told"))
    rows = (
        flagged.with_columns(_told=~nw.col("_unknown")).filter(who.known).select(WHO, _any_under=under, _any_told=told)
    )
    people = rows.group_by(WHO).agg(nw.col("_any_under").max(), nw.col("_any_told").max())
    joined = flagged.join(people, on=WHO, how="left")
    inherits = nw.col("_unknown") & _sure(nw.col("_any_under") > 0)
    still_unknown = nw.col("_unknown") & ~_sure(nw.col("_any_told") > 0)
    return joined.with_columns(_under=nw.col("_under") | inherits, _unknown=still_unknown)


def _who(bound: BoundDataset, schema: nw.Schema) -> Who | None:
    """Say whom a row is about.  A code for "no answer" is nobody: all who have it would be one person."""
    if bound.participant is None:
        return None
    name = column(bound.participant)
    nobody = missing_of(bound.codebook, bound.variable_at(bound.participant))
    if schema[name].is_numeric():
        coded = _sure(nw.col(WHO).cast(nw.Float64).is_in(nobody.numbers))
        return Who(name, nw.col(name), ~nw.col(WHO).is_null() & ~coded)
    said = nw.col(WHO).str.to_lowercase()
    known = ~is_one_of(said, ("", *nobody.codes)) & ~_sure(number_of(said).is_in(nobody.numbers))
    return Who(name, text_of(name, schema[name]), known)


def frame_of(bound: BoundDataset) -> tuple[nw.LazyFrame[Any], nw.Schema]:
    """Give the rows with columns by position, and their types.  What is no number (NaN) is empty on every backend."""
    frame = _joinable(bound)
    schema = frame.collect_schema()
    floats = [nw.col(name) for name, dtype in schema.items() if dtype.is_float()]
    numbers = [nw.when(~cell.is_nan()).then(cell) for cell in floats]
    return (frame.with_columns(*numbers) if numbers else frame), schema


def _joinable(bound: BoundDataset) -> nw.LazyFrame[Any]:
    """
    Give the rows with columns that every library can join.

    pyarrow joins no rows that have a column of lists, or one without any type because it is empty throughout.
    """
    frame = bound.rows.by_position()
    schema = frame.collect_schema()
    used = {column(place) for each in bound.variables for place in each.columns}
    used |= {column(place) for place in bound.canonical.values()}
    empty = [nw.col(name).cast(nw.String) for name, dtype in schema.items() if isinstance(dtype, nw.Unknown)]
    nested = [name for name, dtype in schema.items() if dtype.is_nested() and name not in used]
    frame = frame.with_columns(*empty) if empty else frame
    return frame.with_columns(**{name: nw.lit("") for name in nested}) if nested else frame


def time_key_of(bound: BoundDataset, schema: nw.Schema) -> nw.Expr:
    """Give the key of the time point of each row; empty text where no column says it."""
    if bound.timepoint is None:
        return nw.lit("")
    name = column(bound.timepoint)
    key = text_of(name, schema[name]).str.to_lowercase().str.replace_all(f"[{BLANK}_]+", "-")
    return key.str.replace_all(r"\.0$", "") if schema[name].is_numeric() else key


def ages(name: str, schema: nw.Schema, bound: BoundDataset) -> tuple[nw.Expr, nw.Expr]:
    """Tell children and people of unknown age from a yes or no, or from an age in years."""
    told = answer(name, schema[name], missing_of(bound.codebook, bound.variable_at(bound.adult)))
    said = told.text.str.to_lowercase()
    age = told.number if schema[name].is_numeric() else number_of(said.str.replace_all(_YEARS, ""))
    under = _sure(said.is_in(_NO) | ((age > 1) & (age < _ADULT)))
    unknown = ~under & ~_sure(said.is_in(_YES) | ((age >= _ADULT) & (age < 130)))  # noqa: PLR2004 - nobody is older
    return under, unknown


def _sure(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(value=True)).otherwise(nw.lit(value=False))


def small_groups(rows: Rows, columns: Sequence[int], smallest: int) -> int | None:
    """
    Count the combinations of details that few people share.

    Args:
        rows: The rows.
        columns: Positions of the columns that hold such details.
        smallest: A combination of so many people or more is not counted.

    Returns:
        How many combinations there are; None if no column holds such details.
    """
    if not columns:
        return None
    details = {f"q{place}": text_of(column(place), rows.schema[column(place)]) for place in columns}
    who = [] if rows.who is None else [WHO]
    frame = rows.frame.select(*who, **details)
    if who:
        frame = frame.unique(subset=[*who, *details])
    groups = frame.group_by(*details).agg(nw.len().alias("_size")).filter(nw.col("_size") < smallest)
    return int(groups.select(nw.len()).collect().item())
