"""One column's cells as expressions: is there an answer, and what number is it?  The same on every backend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw

from mscos.codebooks.codebook import Codebook, Variable
from mscos.missing_codes import load_missing_codes

NUMBER = r"^[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)$"
"""A number in a column of text, with a point or a comma."""

BLANK = (
    "\t\n\x0b\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
"""
Characters that cannot be seen: what Python takes for space, and what has no width.  Left to itself, each backend has
a list of its own.
"""

TICKED = ("1", "1.0", "x", "y", "yes", "true", "checked")
"""What a ticked box exports as, in lower case."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The cells of a variable, as expressions over its rows.

    Attributes:
        answered: Whether there is an answer; never null.
        coded: Whether there is a code that means "no answer" in place of one; never null.
        text: The answer as text; null where there is none.
        number: The answer as a number; null where it is none.
    """

    answered: nw.Expr
    coded: nw.Expr
    text: nw.Expr
    number: nw.Expr


@dataclass(frozen=True, slots=True)
class Missing:
    """What means "no answer": codes in lower case, and ranges of numbers with both ends included."""

    codes: tuple[str, ...]
    ranges: tuple[tuple[float, float], ...] = ()

    @property
    def spelled(self) -> tuple[str, ...]:
        """The codes as a column of text may hold them: what wrote the file may have added a point and zeros."""
        numbers = [code for code in self.codes if _is_number(code)]
        return (*self.codes, *(f"{code}.0" for code in numbers), *(f"{code}.00" for code in numbers))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The codes that are numbers."""
        return tuple(float(code) for code in self.codes if _is_number(code))


def missing_of(codebook: Codebook | None, variable: Variable | None = None) -> Missing:
    """Gather what means "no answer" for a variable: the published list, and what its codebook adds."""
    codes = [entry.code for entry in load_missing_codes().codes]
    codes += codebook.missing_codes if codebook else ()
    codes += variable.missing_codes if variable else ()
    return Missing(
        tuple(dict.fromkeys(code.strip().lower() for code in codes)), variable.missing_ranges if variable else ()
    )


def text_of(column: str, dtype: nw.dtypes.DType) -> nw.Expr:
    """Write the cells of a column as text without blanks around it; an empty cell is empty text."""
    cell = nw.col(column)
    if isinstance(dtype, nw.Boolean):
        return (
            nw.when(cell.is_null())
            .then(nw.lit(""))
            .otherwise(nw.when(cell).then(nw.lit("true")).otherwise(nw.lit("false")))
        )
    if dtype.is_decimal():  # 1 has no zeros after the point, whatever number of them the column has
        cell = cell.cast(nw.Float64)
    written = cell if isinstance(dtype, nw.String) else cell.cast(nw.String)
    return nw.when(~cell.is_null()).then(written).otherwise(nw.lit("")).str.strip_chars(BLANK)


def answer(column: str, dtype: nw.dtypes.DType, missing: Missing) -> Answer:
    """Tell answers from blanks and codes in one column."""
    if dtype.is_numeric():
        return _answer_in_numbers(column, missing)
    return answer_in_text(text_of(column, dtype), missing)


def answer_in_text(text: nw.Expr, missing: Missing) -> Answer:
    """Tell answers from blanks and codes in text without blanks around it."""
    number = number_of(text)
    coded = text.str.to_lowercase().is_in(missing.spelled)
    for low, high in missing.ranges:
        coded = coded | _true(number.is_between(low, high))
    answered = (text != "") & ~coded
    return Answer(answered, coded, nw.when(answered).then(text), nw.when(answered).then(number))


def ticked(columns: Sequence[tuple[str, nw.dtypes.DType]], missing: Missing) -> Answer:
    """Tell people who ticked any of several boxes: a box that is not ticked may be a no, or no answer."""
    texts = [text_of(column, dtype).str.to_lowercase() for column, dtype in columns]
    answered = _any(text.is_in(TICKED) for text in texts)
    coded = ~answered & _any(text.is_in(missing.spelled) for text in texts)
    one = nw.when(answered).then(nw.lit(1.0))
    return Answer(answered, coded, one.cast(nw.String), one)


def any_of(answers: Sequence[Answer]) -> Answer:
    """Take several columns of one variable together: it is answered if one of them is.  The first answer stands."""
    if len(answers) == 1:
        return answers[0]
    answered = _any(each.answered for each in answers)
    coded = ~answered & _any(each.coded for each in answers)
    text, number = answers[-1].text, answers[-1].number
    for each in answers[-2::-1]:
        text = nw.when(each.answered).then(each.text).otherwise(text)
        number = nw.when(each.answered).then(each.number).otherwise(number)
    return Answer(answered, coded, text, number)


def is_one_of(text: nw.Expr, words: Sequence[str]) -> nw.Expr:
    """Tell whether a text is one of some words; pyarrow refuses an empty list."""
    return text.is_in(words) if words else nw.lit(value=False)


def number_of(text: nw.Expr) -> nw.Expr:
    """Read text as a number where it is one.  Nothing is forced: what is no number is null."""
    digits = nw.when(text.str.contains(NUMBER)).then(text.str.replace_all(",", ".", literal=True))
    return digits.cast(nw.Float64)


def _answer_in_numbers(column: str, missing: Missing) -> Answer:
    cell = nw.col(column)
    there, number = ~cell.is_null(), cell.cast(nw.Float64)
    coded = _true(number.is_in(missing.numbers))
    for low, high in missing.ranges:
        coded = coded | _true(number.is_between(low, high))
    answered = there & ~coded
    told = nw.when(answered).then(number)
    return Answer(answered, coded, told.cast(nw.String), told)


def _is_number(code: str) -> bool:
    try:
        float(code)
    except ValueError:
        return False
    return code.lower() != "nan"


def _true(condition: nw.Expr) -> nw.Expr:
    """Take a condition that is not known for one that does not hold."""
    return nw.when(condition).then(nw.lit(value=True)).otherwise(nw.lit(value=False))


def _any(conditions: Iterable[nw.Expr]) -> nw.Expr:
    first, *others = conditions
    for other in others:
        first = first | other
    return first
