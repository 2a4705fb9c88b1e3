"""The picture of one report: how far each core outcome got, as rows of steps.  A page draws it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

from mscos.findings import Reach, Status
from mscos.report import OutcomeLine, Report, VerdictName
from mscos.status_words import words_of

_LADDERS: dict[VerdictName, tuple[Status | Reach, ...]] = {
    "reported": tuple(Status),
    "collected": (Status.LEFT_OUT, Status.COLUMN_ONLY, Status.COLLECTED_ONCE, Status.COLLECTED_OVER_TIME),
    "addressed": tuple(Reach),
    "can_report": (Status.LEFT_OUT, Status.COLUMN_ONLY, Status.PLANNED),
}
"""The steps of each question, the lowest first."""

_WIDTH, _LETTERS, _LINE = 320, 34, 17
"""Width of the picture, letters in a line of a label, and height of such a line."""

_STEPS_HEIGHT, _WORDS_HEIGHT, _GAP = 16, 18, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a row: where it begins, and whether the outcome got so far."""

    left: int
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One outcome in the picture.

    Attributes:
        outcome: The outcome.
        label: Its label, cut into lines, each with the place of its foot.
        steps: Its steps, the lowest first, without the one that everything is on.
        steps_top: Where they begin.
        reached: How many of them it got.
        status: How far it got, in words.
        words: The same, with the word for its colour.
        words_foot: The place of their foot.
        look: Red, amber or green where the question has colours; else whether it got far enough.
    """

    outcome: OutcomeLine
    label: tuple[tuple[int, str], ...]
    steps: tuple[Step, ...]
    steps_top: int
    reached: int
    status: str
    words: str
    words_foot: int
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """
    The picture of a report.

    Attributes:
        width: Its width.
        height: Its height.
        step: Width of a step.
        rows: One for each core outcome.
        ladder: The steps in words, the lowest first.
        coloured: Whether red, amber and green belong to it.
    """

    width: int
    height: int
    step: int
    rows: tuple[Row, ...]
    ladder: tuple[str, ...]
    coloured: bool

    @property
    def words(self) -> str:
        """The picture as sentences."""
        return " ".join(f"{row.outcome.marked_label}: {row.words}." for row in self.rows)


def picture(report: Report) -> Picture:
    """Lay out how far each core outcome got, by the verdict that was asked for."""
    verdict = report.verdict().name
    ladder = _LADDERS[verdict]
    step = _WIDTH // (len(ladder) - 1)
    labels = [wrap(line.marked_label, _LETTERS) for line in report.core]
    heights = [len(label) * _LINE + _STEPS_HEIGHT + _WORDS_HEIGHT + _GAP for label in labels]
    tops = accumulate(heights, initial=0)
    return Picture(
        width=_WIDTH,
        height=sum(heights),
        step=step,
        rows=tuple(_row(line, report, label, top) for line, label, top in zip(report.core, labels, tops, strict=False)),
        ladder=tuple(words_of(each, verdict) for each in ladder),
        coloured=report.coloured,
    )


def _row(line: OutcomeLine, report: Report, label: list[str], top: int) -> Row:
    verdict = report.verdict().name
    ladder, status = _LADDERS[verdict], line.reached(verdict)
    words = words_of(status, verdict)
    step = _WIDTH // (len(ladder) - 1)
    reached = ladder.index(status) if status in ladder else 0
    foot = top + len(label) * _LINE
    return Row(
        outcome=line,
        label=tuple((top + place * _LINE - 4, cut) for place, cut in enumerate(label, start=1)),
        steps=tuple(Step(left=place * step, reached=place < reached) for place in range(len(ladder) - 1)),
        steps_top=foot + 2,
        reached=reached,
        status=words,
        words=f"{words}, {line.rag}" if report.coloured else words,
        words_foot=foot + _STEPS_HEIGHT + 14,
        look=_look(line, report),
    )


def _look(line: OutcomeLine, report: Report) -> str:
    if report.coloured:
        return line.rag.value
    return "yes" if line in report.there and report.verdict().answer != "not_given" else "no"
