"""
Several counts of answers in one number.

Grouping rows by participant costs by the number of columns that are added up.  So each series and time point gets a
digit of a number, and a row adds one to its digit.  A digit that runs over makes the sum of all digits fall short of
the answers that were added: then the rows are added up once more, with more room for each digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import narwhals as nw


@dataclass(frozen=True, slots=True)
class Width:
    """
    How much room a digit has.

    Attributes:
        base: The base of the digits.
        digits: Digits in one number: 52 bits at most, which every backend divides exactly.
    """

    base: int
    digits: int

    def value(self, digit: int) -> int:
        """Give what a row adds to a number for one of its digits."""
        return int(self.base**digit)


WIDTHS = (Width(4, 26), Width(16, 13), Width(2**52, 1))
"""The widths to try in turn.  In the last, a number is one count, and cannot run over."""


@dataclass(frozen=True, slots=True)
class Packed:
    """
    The numbers that rows add up to.

    Attributes:
        numbers: What a row adds to each number, by its name.
        hits: How many answers a row adds in all.
        places: For each cell, the name of its number and the place of its digit.
    """

    numbers: dict[str, nw.Expr]
    hits: nw.Expr
    places: tuple[tuple[str, int], ...]


Packing = Callable[[Width], Packed]


def pack_each(answers: Sequence[nw.Expr]) -> Packing:
    """Pack cells of which each has a condition of its own, and a row can belong to several."""

    def pack(width: Width) -> Packed:
        numbers: dict[str, nw.Expr] = {}
        for place, answer in enumerate(answers):
            name, digit = f"n{place // width.digits}", place % width.digits
            added = count(answer, width.value(digit))
            numbers[name] = numbers[name] + added if name in numbers else added
        places = tuple((f"n{place // width.digits}", place % width.digits) for place in range(len(answers)))
        ones = [count(answer, 1) for answer in answers]
        return Packed(numbers, sum(ones[1:], start=ones[0]) if ones else nw.lit(0, nw.Int64), places)

    return pack


def count(condition: nw.Expr, value: int) -> nw.Expr:
    """Give a number where a condition holds, and nothing elsewhere."""
    return nw.when(condition).then(nw.lit(value, nw.Int64)).otherwise(nw.lit(0, nw.Int64))
