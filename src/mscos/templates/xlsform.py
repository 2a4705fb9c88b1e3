"""A form for ODK, Kobo and SurveyCTO: an XLSForm as a workbook, or as one CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from mscos.templates import wording
from mscos.templates.plan import HIGH, LOW, MONTHS, NO_ANSWER, Plan, Question, timepoint
from mscos.templates.sheets import Sheet, workbook

SURVEY: Final = ("type", "name", "label", "hint", "required", "constraint", "constraint_message", "instance::mscos")
"""The headings of the questions."""

FORM_ID: Final = "mscos_outcomes"
"""Identifier of the form."""

_Rows = Iterable[tuple[str, ...]]
_CODE = "regex(., '^[A-Za-z0-9_-]{1,20}$')"
_CODE_ONLY = "Use at most 20 letters, digits and hyphens. Never a name."


def form_workbook(plan: Plan) -> dict[str, bytes]:
    """
    Write a form as a workbook.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    return {".xlsx": workbook([Sheet(name, tuple(rows)) for name, rows in _sheets(plan)])}


def form_csv(plan: Plan) -> dict[str, bytes]:
    """Write a form as one CSV file, with the name of each sheet in the first column."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for name, rows in _sheets(plan):
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return {".csv": written.getvalue().encode()}


def _sheets(plan: Plan) -> Iterator[tuple[str, _Rows]]:
    yield "survey", (SURVEY, *_survey(plan))
    yield "choices", (("list_name", "name", "label"), *_choices())
    edition = plan.taxonomy.edition
    yield "settings", (("form_title", "form_id", "version"), (wording.title(plan), FORM_ID, edition))


def _survey(plan: Plan) -> _Rows:
    about = " ".join((*wording.about_words(plan), *wording.before_you_ask()))
    yield "note", "about", f"Take this note out before you use the form. {about}", "", "", "", "", ""
    yield (
        "text",
        "participant",
        wording.PARTICIPANT,
        wording.NEVER_A_NAME,
        "yes",
        _CODE,
        _CODE_ONLY,
        "mscos:participant",
    )
    yield "select_one timepoint", "timepoint", wording.TIMEPOINT, "", "yes", "", "", "mscos:timepoint"
    yield "select_one yes_no", "adult", wording.ADULT, "", "yes", ". = 'yes'", wording.ADULTS_ONLY, "mscos:adult"
    for question in plan.questions:
        yield from _question(question, plan)


def _question(question: Question, plan: Plan) -> _Rows:
    head = "; ".join(each.outcome.marked_label for each in question.shows) or wording.topic(question)
    kind, constraint, message = ("select_one scale", "", "") if question.instrument is None else _score(question)
    yield "begin_group", f"{question.name}_group", head, "", "", "", "", ""
    label, hint = wording.topic(question), wording.hint(question, plan)
    yield kind, question.name, label, hint, "", constraint, message, question.tokens
    yield "end_group", "", "", "", "", "", "", ""


def _score(question: Question) -> tuple[str, str, str]:
    if question.low is None:
        return "decimal", "", ""
    low, high = f"{question.low:g}", f"{question.high:g}"
    return "decimal", f". >= {low} and . <= {high}", f"The score goes from {low} to {high}."


def _choices() -> _Rows:
    for months in MONTHS:
        yield "timepoint", timepoint(months), wording.month_words(months)
    yield "yes_no", "yes", "Yes"
    yield "yes_no", "no", "No"
    for value in range(LOW, HIGH + 1):
        yield "scale", str(value), wording.scale_words(value)
    for code, words in NO_ANSWER.items():
        yield "scale", code, words
