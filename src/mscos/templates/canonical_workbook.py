"""A workbook for a data officer, in the canonical layout: one row for each answer, so that it needs no codebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from mscos.canonical import CanonicalRow
from mscos.codelists import Direction, ReportedBy
from mscos.records.evaluation import EvaluationRecord
from mscos.templates import wording
from mscos.templates.explained import essential_fields
from mscos.templates.plan import MONTHS, OWN, Plan, timepoint
from mscos.templates.sheets import Offer, Sheet, workbook

DATA: Final = "data"
"""The sheet that people fill in."""

COLUMNS: Final = (
    "participant",
    "timepoint",
    "adult",
    "outcome",
    "value",
    "missing",
    "reported_by",
    "direction",
    "instrument",
)
"""Its headers: the canonical ones that are needed, and those that a data officer can answer."""

REASONS: Final = ("declined", "not asked", "not known")
"""Why there is no answer, as the drop-down offers it."""

_WIDE = 60


def data_workbook(plan: Plan) -> dict[str, bytes]:
    """
    Write a workbook: what it is, the data, the outcomes, the instruments, and how to write the record.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    outcomes = Sheet("outcomes", (("outcome", "set", "label", "mark", "definition (ours)"), *_outcomes(plan)), _WIDE)
    instruments = Sheet("instruments", (("instrument", "name", "what it shows"), *_instruments(plan)), _WIDE)
    sheets = (
        Sheet("read me", [(line,) for line in _read_me(plan)], 110, first=True),
        _data(len(outcomes.rows), len(instruments.rows)),
        outcomes,
        instruments,
        Sheet("record", (("field", "what it says", "values"), *_record()), _WIDE),
    )
    return {".xlsx": workbook(sheets)}


def _data(outcomes: int, instruments: int) -> Sheet:
    offers = {
        "timepoint": Offer(
            [timepoint(months) for months in MONTHS],
            firm=False,
            title="Time point",
            said="baseline, or month-N for N months after the start of support.",
        ),
        "adult": Offer(["yes", "no"], firm=True, title="18 or over?", said=f"yes or no. {wording.ADULTS_ONLY}"),
        "outcome": Offer(
            f"=outcomes!$A$2:$A${outcomes}",
            firm=True,
            title="Outcome",
            said="Choose from the list. The sheet called outcomes says what each one is.",
        ),
        "missing": Offer(
            REASONS,
            firm=False,
            title="Why is there no answer?",
            said="Leave it empty where there is an answer. Where there is none, leave the value empty.",
        ),
        "reported_by": Offer(
            get_args(ReportedBy), firm=True, title="Who answered?", said="self is the person whom the row is about."
        ),
        "direction": Offer(
            get_args(Direction), firm=True, title="Better when…", said="Whether a higher answer is the better one."
        ),
        "instrument": Offer(
            f"=instruments!$A$2:$A${instruments}",
            firm=False,
            title="Instrument",
            said="Leave it empty for a question of your own.",
        ),
    }
    return Sheet(
        DATA,
        (COLUMNS,),
        offers={COLUMNS.index(name): offer for name, offer in offers.items()},
        text=(COLUMNS.index("participant"), COLUMNS.index("timepoint")),
    )


def _read_me(plan: Plan) -> Iterator[str]:
    yield wording.title(plan)
    yield f"Edition {plan.taxonomy.edition}, sha256 {plan.taxonomy.fingerprint}"
    yield ""
    yield from wording.about_words(plan)
    yield ""
    yield "Before you ask anybody"
    yield from wording.before_you_ask()
    yield ""
    yield f"How to fill in the sheet called {DATA}"
    yield "Write one row for each answer: one person, one time point, one outcome."
    for name in COLUMNS:
        yield f"{name}: {' '.join((CanonicalRow.model_fields[name].description or '').replace('``', '').split())}"
    yield ""
    yield "What never to type"
    yield from wording.NEVER
    yield ""
    yield "How to check it"
    yield f"mscos check FILE --sheet {DATA}"
    yield "It shows no cell, and nothing leaves your computer."


def _outcomes(plan: Plan) -> Iterator[tuple[str, ...]]:
    for each in plan.outcomes:
        yield each.id, "core" if each.is_core else "long-list", each.label, each.mark, each.definition


def _instruments(plan: Plan) -> Iterator[tuple[str, ...]]:
    question, words = OWN
    yield question, "A question of your own", "What you wrote it to ask about."
    yield words, "A finding in words", "Write that there is one, such as yes. Never write the words themselves."
    for each in plan.instruments:
        yield each.id, each.name, wording.instrument_note(each, plan)


def _record() -> Iterator[tuple[str, ...]]:
    yield "", "The record says in a small text file what the evaluation measured, reports and leaves out.", ""
    yield "", "Make one to fill in with: mscos template evaluation --output evaluation.toml", ""
    yield "", "Nothing that you type into this sheet is read.", ""
    yield from essential_fields(EvaluationRecord)
