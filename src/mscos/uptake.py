"""
Uptake: how many evaluations report the core outcomes, all of them and each by itself.

It is counted as studies of uptake count it (Kirkham 2017, BMJ 357:j2262; Hughes 2021, J Clin Epi 129:114): the
whole set and each outcome, what is reported apart from what is planned or reported, and the reasons for leaving
out.  It counts evaluations and never people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from mscos.findings import Status

_Z = 1.959963984540054
"""The standard normal distribution has 95 % of its mass between -z and z."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """
    A part of a whole, with its 95 % interval.

    Attributes:
        count: How many.
        total: Of how many.
        low: Lower end of the interval, from 0 to 1; None where there is nothing to count.
        high: Upper end of the interval, from 0 to 1; None where there is nothing to count.
    """

    count: int
    total: int
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """The numbers, for a person: how many of how many, and the interval as parts of one."""
        interval = "no interval" if self.low is None else f"95 % interval {self.low:.2f} to {self.high:.2f}"
        return f"{self.count} of {self.total} ({interval})"


def proportion(count: int, total: int) -> Proportion:
    """
    Give a part of a whole its 95 % interval, as a score interval.

    Wilson, E. B. (1927).  Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22(158), 209-212.

    Raises:
        ValueError: If the part is less than nothing, or more than the whole.

    >>> proportion(145, 189).words
    '145 of 189 (95 % interval 0.70 to 0.82)'
    """
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a part of a whole")
    if total == 0:
        return Proportion(count, total, None, None)
    return Proportion(count, total, _lower_end(count, total), 1 - _lower_end(total - count, total))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLine:
    """
    What uptake needs to know of one evaluation.

    Attributes:
        record_id: The record that it comes from.
        statuses: How far each outcome got; an outcome that is not there is left out.
        planned: The outcomes that the evaluation set out to report, whatever came of it.
        reasons: Why an outcome is left out, where the record says.
    """

    record_id: str
    statuses: Mapping[str, Status]
    planned: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptake:
    """
    How many evaluations report the core outcomes.

    An outcome is planned or reported if the evaluation set out to report it, or got anywhere with it.

    Attributes:
        evaluations: How many were counted.
        full_set: Those that report every core outcome.
        full_set_planned_or_reported: Those that plan or report every core outcome.
        reported: For each core outcome, those that report it.
        planned_or_reported: For each core outcome, those that plan or report it.
        reasons: For each reason that was given, how often each core outcome was left out for it.
        without_reason: How often each core outcome is neither planned nor reported, and no reason is given.
    """

    evaluations: int
    full_set: Proportion
    full_set_planned_or_reported: Proportion
    reported: Mapping[str, Proportion]
    planned_or_reported: Mapping[str, Proportion]
    reasons: Mapping[str, Mapping[str, int]]
    without_reason: Mapping[str, int]


@dataclass(slots=True)
class UptakeTally:
    """
    Uptake while it is counted: a few numbers, however many evaluations there are.

    Attributes:
        core: The core outcomes, in their order.
    """

    core: Sequence[str]
    _evaluations: int = 0
    _full: int = 0
    _full_reached: int = 0
    _reported: Counter[str] = field(default_factory=Counter)
    _reached: Counter[str] = field(default_factory=Counter)
    _reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    _silent: Counter[str] = field(default_factory=Counter)

    def add(self, line: EvaluationLine) -> None:
        """Count one more evaluation.  The same one twice counts twice."""
        core = frozenset(self.core)
        reported = {outcome for outcome in core if _status(line, outcome) == Status.REPORTED}
        reached = {outcome for outcome in core if _status(line, outcome) != Status.LEFT_OUT} | (core & line.planned)
        self._evaluations += 1
        self._full += reported == core
        self._full_reached += reached == core
        self._reported.update(reported)
        self._reached.update(reached)
        self._reasons.update((line.reasons[outcome], outcome) for outcome in core & line.reasons.keys())
        self._silent.update(core - reached - line.reasons.keys())

    @property
    def uptake(self) -> Uptake:
        """What has been counted so far."""
        return Uptake(
            evaluations=self._evaluations,
            full_set=self._of_all(self._full),
            full_set_planned_or_reported=self._of_all(self._full_reached),
            reported={outcome: self._of_all(self._reported[outcome]) for outcome in self.core},
            planned_or_reported={outcome: self._of_all(self._reached[outcome]) for outcome in self.core},
            reasons={reason: self._left_out_for(reason) for reason in sorted({reason for reason, _ in self._reasons})},
            without_reason={outcome: self._silent[outcome] for outcome in self.core},
        )

    def _of_all(self, count: int) -> Proportion:
        return proportion(count, self._evaluations)

    def _left_out_for(self, reason: str) -> dict[str, int]:
        return {outcome: self._reasons[reason, outcome] for outcome in self.core}


def count_uptake(lines: Iterable[EvaluationLine], core: Sequence[str]) -> Uptake:
    """
    Count the uptake of the core outcomes.

    Args:
        lines: One line for each evaluation.  They are read once and none is kept.
        core: The core outcomes, in their order.

    Returns:
        The counts.  The order of the evaluations does not matter.
    """
    tally = UptakeTally(core)
    for line in lines:
        tally.add(line)
    return tally.uptake


def _lower_end(count: int, total: int) -> float:
    """Give the lower end of the interval.  The upper end is the lower end of the rest, seen from 1."""
    square = _Z * _Z
    half = _Z * sqrt(square + 4 * count * (total - count) / total)
    return (2 * count + square - half) / (2 * (total + square))


def _status(line: EvaluationLine, outcome: str) -> Status:
    return line.statuses.get(outcome, Status.LEFT_OUT)
