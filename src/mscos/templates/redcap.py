"""A data dictionary for REDCap, with the headings that its screen uploads and downloads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from mscos.templates import wording
from mscos.templates.plan import HIGH, LOW, MONTHS, NO_ANSWER, Plan, Question, timepoint

HEADINGS: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
"""The headings of a data dictionary, in REDCap's order."""

FORM: Final = "mscos_outcomes"
"""The one form of the template."""

_TYPE, _LABEL, _CHOICES, _NOTE = "Field Type", "Field Label", HEADINGS[5], "Field Note"
_VALIDATION, _MIN, _MAX, _ANNOTATION = HEADINGS[7], "Text Validation Min", "Text Validation Max", "Field Annotation"


def dictionary(plan: Plan) -> dict[str, bytes]:
    """Write a data dictionary: one form, to be filled in at every time point."""
    written = io.StringIO()
    writer = csv.DictWriter(written, HEADINGS, restval="", lineterminator="\n")
    writer.writeheader()
    for name, field in _fields(plan):
        writer.writerow({"Variable / Field Name": name, "Form Name": FORM, **field})
    return {".csv": written.getvalue().encode()}


def _fields(plan: Plan) -> Iterator[tuple[str, Mapping[str, str]]]:
    # REDCap needs the record identifier to be the first field.
    yield (
        "record_id",
        {
            _TYPE: "text",
            _LABEL: wording.PARTICIPANT,
            _NOTE: wording.NEVER_A_NAME,
            _ANNOTATION: "mscos:participant",
        },
    )
    labels = " ".join(f"{months}={timepoint(months)}" for months in MONTHS)
    yield (
        "timepoint",
        {
            "Section Header": f"{wording.title(plan)}. {wording.WHAT_NOT_HOW}",
            _TYPE: "radio",
            _LABEL: wording.TIMEPOINT,
            _CHOICES: _choices({str(months): wording.month_words(months) for months in MONTHS}),
            "Required Field?": "y",
            _ANNOTATION: f"[mscos:timepoint {labels}]",
        },
    )
    yield (
        "adult",
        {
            _TYPE: "radio",
            _LABEL: wording.ADULT,
            _CHOICES: _choices({"1": "Yes", "0": "No"}),
            _NOTE: wording.ADULTS_ONLY,
            "Required Field?": "y",
            _ANNOTATION: "mscos:adult",
        },
    )
    for question in plan.questions:
        yield (
            question.name,
            {
                _LABEL: wording.topic(question),
                _NOTE: wording.hint(question, plan),
                _ANNOTATION: question.tokens,
                **(_scale() if question.instrument is None else _score(question)),
            },
        )


def _scale() -> dict[str, str]:
    steps = {str(value): wording.scale_words(value) for value in range(LOW, HIGH + 1)}
    return {_TYPE: "radio", _CHOICES: _choices(steps | NO_ANSWER)}


def _score(question: Question) -> dict[str, str]:
    bounds = {} if question.low is None else {_MIN: f"{question.low:g}", _MAX: f"{question.high:g}"}
    return {_TYPE: "text", _VALIDATION: "number", **bounds}


def _choices(choices: Mapping[str, str]) -> str:
    # A bar parts the choices, and the first comma parts the code from its words.
    return " | ".join(f"{code}, {words}" for code, words in choices.items())
