"""A CSV file with one row for each person and time point, and the Table Schema (Frictionless) that describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from mscos.templates import wording
from mscos.templates.plan import MONTHS, NO_ANSWER, Plan, Question, timepoint

PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
"""What the schema says that it is."""

_Object = dict[str, Any]


def table(plan: Plan) -> dict[str, bytes]:
    """Write the header row, and beside it the schema."""
    fields = list(_fields(plan))
    header = ",".join(field["name"] for field in fields)
    return {
        ".csv": f"{header}\n".encode(),
        ".schema.json": (json.dumps(_schema(plan, fields), indent=2, ensure_ascii=False) + "\n").encode(),
    }


def _schema(plan: Plan, fields: list[_Object]) -> _Object:
    return {
        "$schema": PROFILE,
        "title": wording.title(plan),
        "description": " ".join((*wording.about_words(plan), *wording.before_you_ask(), *wording.NEVER)),
        "mscos": {"edition": plan.taxonomy.edition, "unit_of_row": "person-visit"},
        "missingValues": ["", *NO_ANSWER],
        "fields": fields,
    }


def _fields(plan: Plan) -> Iterator[_Object]:
    yield {
        "name": "participant",
        "type": "string",
        "description": f"{wording.PARTICIPANT}. {wording.NEVER_A_NAME}",
        "constraints": {"required": True},
        "mscos": {"role": "participant"},
    }
    offered = ", ".join(timepoint(months) for months in MONTHS)
    yield {
        "name": "timepoint",
        "type": "string",
        "description": f"{wording.TIMEPOINT}: {offered}, or another month.",
        "constraints": {"required": True, "pattern": "baseline|month-[0-9]{1,4}"},
        "mscos": {"role": "timepoint"},
    }
    yield {
        "name": "adult",
        "type": "string",
        "description": f"{wording.ADULT} {wording.ADULTS_ONLY}",
        "constraints": {"enum": ["yes", "no"]},
        "mscos": {"role": "adult"},
    }
    codes = ", ".join(f"{code} {words.lower()}" for code, words in NO_ANSWER.items())
    for question in plan.questions:
        yield {
            "name": question.name,
            "title": wording.topic(question),
            "description": f"{wording.hint(question, plan)} No answer: {codes}.",
            "type": "number" if question.instrument else "integer",
            **({"constraints": bounds} if (bounds := _bounds(question)) else {}),
            **({"mscos": question.tokens} if question.shows else {}),
        }


def _bounds(question: Question) -> _Object:
    return {} if question.low is None else {"minimum": question.low, "maximum": question.high}
