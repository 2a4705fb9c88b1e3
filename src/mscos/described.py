"""What a codebook says of a variable and of time, in the form in which records say it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mscos.codebooks.codebook import Annotation, Variable
from mscos.instruments import instrument_named_in
from mscos.records.entries import Measure, ScoreRange

PLACEHOLDER = "PLACEHOLDER:"
"""What the label of a question begins with that our templates make, as long as nobody has written it."""

_MONTH = re.compile(r"month-(\d{1,4})")


def time_key(label: str) -> str:
    """Reduce a label of a time point to what two spellings of it share: ``Month 6`` and ``month_6`` are ``month-6``."""
    return re.sub(r"[\s_]+", "-", label.strip().lower())


def months_of(key: str, known: Mapping[str, float]) -> float | None:
    """Give the months from the start of support for a label of a time point; None for one without a place."""
    if key in known:
        return known[key]
    found = _MONTH.fullmatch(key)
    return float(found[1]) if found else None


def measure_of(annotation: Annotation, variable: Variable | None = None) -> Measure:
    """
    Put what a codebook says of a variable into the form in which records say it.

    A variable that is annotated with an outcome and nothing else is a question of one's own that asks about it.
    """
    instrument = annotation.instrument
    if instrument is None and variable is not None:
        instrument = instrument_named_in(variable.label, annotation.outcome)
    return Measure.model_construct(
        kind=annotation.kind or "outcome",
        instrument=_slug(instrument) if instrument else "single-item",
        match=annotation.match or "specific",
        variable=variable.name if variable else None,
        part=variable.name if variable else None,  # a column of its own is the part that answers an outcome
        timepoints=() if annotation.timepoint is None else (time_key(annotation.timepoint),),
        range=_range(annotation),
        direction=annotation.direction,
        reported_by=annotation.reported_by,
    )


def _range(annotation: Annotation) -> ScoreRange | None:
    if annotation.low is None or annotation.high is None:
        return None
    return ScoreRange.model_construct(min=annotation.low, max=annotation.high)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "unnamed"
