"""The canonical long layout: one row for each answer of a person.  A table in it needs no codebook."""

from __future__ import annotations

from typing import Literal

from mscos._record import Line, OutcomeId, Record, Slug
from mscos.codelists import Direction, Match, MeasureKind, ReportedBy

REQUIRED = ("participant", "timepoint", "outcome", "value")
"""The headers that every table in the layout has.  A value may be empty."""


class CanonicalRow(Record):
    """One answer: whose it is, when it was given, and what it is about."""

    participant: Line
    """A number or code for the person, the same at every time point.  Never a name."""

    timepoint: Line
    """When: ``baseline``, or ``month-N`` for N months after the start of support."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    value: Line | float | bool | None = None
    """The answer; empty where there is none."""

    instrument: Slug | None = None
    """Identifier from the instrument table; empty for a question of your own."""

    kind: MeasureKind | None = None
    """What the value shows; empty for ``outcome``."""

    reported_by: ReportedBy | None = None
    """Who gave the answer."""

    direction: Direction | None = None
    """Which way the score goes when things get better."""

    match: Match | None = None
    """How well the measure fits the outcome; empty for ``specific``.  For a known instrument the table decides."""

    missing: Line | None = None
    """Why there is no answer: declined, not asked, and so on.  With a reason here, the value is no answer."""

    adult: Literal["yes", "no"] | None = None
    """Whether the person is 18 or over."""

    group: Line | None = None
    """Group of a comparison that the person belongs to."""


OPTIONAL = tuple(name for name in CanonicalRow.model_fields if name not in REQUIRED)
"""The headers that it can have besides."""
