"""What a report says of data, as lines of text: never a cell, and no header that nobody described."""

from __future__ import annotations

from collections.abc import Iterator

from mscos.dataset_line import DatasetLine
from mscos.findings import Status
from mscos.report import OutcomeLine, Report

_UNITS = {
    "person": "is about a person",
    "person-visit": "is about a person at one time",
    "person-measure": "is one answer of a person",
    "organisation": "is about an organisation",
    "aggregate": "holds numbers about a service, without people",
    "quote": "holds something that a person said",
}

_PEOPLE = {
    "no data": "There are no people in the data.",
    "some data": "There are fewer than {} people, so no shares are shown.",
    "enough": "There are {} people or more; shares are shown as bands.",
}

OF_CASES = (
    "The codebook follows the Human Trafficking Case Data Standard (HTCDS). "
    "It describes cases and support plans, and holds no outcomes."
)
"""What must stand beside a dataset of cases: its 0 of 7 is no failure of the people who kept it."""

_MANY = 12
"""Positions of columns that are listed; of more, their number."""


def in_the_data(report: Report) -> Iterator[str]:
    """Say how far the data of each core outcome got, beside a record."""
    for line in report.core:
        if line.collected is not None:
            yield f"{line.marked_label} ({line.outcome}): {_words(line.collected)}.{shares(line)}"


def shares(line: OutcomeLine) -> str:
    """Say as bands how many people answered; empty text where there is nothing to say."""
    if line.collected in {None, Status.LEFT_OUT, Status.COLUMN_ONLY} or line.at_start is None:
        return ""
    later = f" Again later: {line.later}." if line.later else ""
    return f" At the start: {line.at_start}.{later}"


def how_it_was_read(dataset: DatasetLine) -> Iterator[str]:
    """Say what the data are, and what was left out or could not be told."""
    described = f", described by {dataset.codebook}" if dataset.codebook else ", in the canonical layout"
    yield f"Data: {dataset.format}{described}."
    if dataset.unit_of_row is None:
        yield "It is not known what a row is about. Name the participant's column with mscos:participant."
    else:
        whose = "as the codebook says" if dataset.unit_from == "codebook" else "as the layout shows"
        yield f"A row {_UNITS[dataset.unit_of_row]}, {whose}."
    if dataset.under_18:
        yield "Some rows are about people under 18. They were left out of everything else."
    if dataset.people is not None:
        yield _PEOPLE[dataset.people].format(dataset.min_count)
    yield f"Columns looked at: {dataset.columns}. Left out before that: {dataset.excluded}."
    if dataset.undescribed:
        yield f"{_undescribed(dataset.undescribed)} No verdict depends on that."


def _words(status: Status) -> str:
    return "no column is about it" if status is Status.LEFT_OUT else status.words


def _undescribed(places: tuple[int, ...]) -> str:
    if len(places) > _MANY:
        return f"Columns that no codebook describes: {len(places)}."
    return f"Columns that no codebook describes, by position: {', '.join(map(str, places))}."
