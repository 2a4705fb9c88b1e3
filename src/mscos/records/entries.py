"""What a record says of one outcome: omission, measures and result."""

from __future__ import annotations

from typing import Literal

from mscos._record import Day, Language, Line, Many, OutcomeId, Record, Score, Slug, Text
from mscos.codelists import (
    Direction,
    Level,
    Match,
    MeasureKind,
    OmissionReason,
    ReportedBy,
    SafetySetting,
    SizeBand,
)


class Omission(Record):
    """Why a core outcome is left out.  It stays left out; the reason explains it."""

    reason: OmissionReason
    """The reason, from the published list."""

    note: Text | None = None
    """A sentence in your own words.  Never about a person."""

    survivors_consulted: bool | None = None
    """Whether survivors were asked about leaving it out."""

    decided_by_role: Line | None = None
    """Who decided, as a role and never a name."""

    plan: Literal["amend", "partner", "none"] | None = None
    """Whether the service will change, work with a partner, or neither."""

    partner: Line | None = None
    """The organisation that covers the outcome."""

    partner_record: Slug | None = None
    """The `record_id` of the partner's evaluation that reports the outcome."""

    review_date: Day | None = None
    """When the decision will be looked at again."""


class ScoreRange(Record):
    """The lowest and the highest score that the measure can give."""

    min: Score
    """Lowest possible score."""

    max: Score
    """Highest possible score."""


class Measure(Record):
    """One way in which an outcome was measured."""

    kind: MeasureKind
    """What the measure shows.  Only ``outcome`` counts for an outcome."""

    instrument: Slug
    """
    Identifier from the instrument table: ``single-item`` for a question of your own, ``qualitative-theme`` for a
    finding in words.  For an instrument that the table does not hold, an identifier that you choose.
    """

    match: Match
    """How well the measure fits the outcome, as you see it.  For a known instrument the table decides."""

    match_reason: Text | None = None
    """Why it fits."""

    variable: Line | None = None
    """Name of the variable in the dataset."""

    part: Line | None = None
    """The part of the instrument, such as a subscale, that answers this outcome."""

    timepoints: Many[Slug] = ()
    """When it was measured: labels from the record's `timepoints`, ``baseline`` or ``month-N``."""

    score_form: Literal["raw", "sum", "mean", "metric", "index", "item", "theme"] | None = None
    """How the score is formed."""

    range: ScoreRange | None = None
    """Possible scores."""

    direction: Direction | None = None
    """Whether a higher score is better or worse."""

    reported_by: ReportedBy | None = None
    """Who gave the answers."""

    safety_settings: Many[SafetySetting] = ()
    """For safety: where, or from whom."""

    change_asked: bool | None = None
    """For interviews and other words: whether people were asked what had changed."""

    in_result: bool | None = None
    """Whether the result rests on this measure; absent means that it does."""

    validated_for: Text | None = None
    """The people with whom the measure has been tried."""

    language_versions: Many[Language] = ()
    """The languages in which it was used."""

    chosen_with_survivors: bool | None = None
    """Whether survivors helped to choose it."""

    missing_codes: Many[Line] = ()
    """Codes in the dataset that mean "no answer"."""


class Result(Record):
    """What is published about one outcome: the elements of a defined outcome, and where to read it."""

    measurement_variable: Line | None = None
    """What exactly was measured."""

    analysis_metric: Line | None = None
    """How it was compared, such as change from baseline."""

    aggregation: Line | None = None
    """How it was summed up, such as the median or a proportion."""

    timepoint: Line | None = None
    """The time point that the result is about."""

    estimate_given: bool | None = None
    """Whether the size of the change or difference is given."""

    uncertainty_given: bool | None = None
    """Whether it is said how sure the estimate is, such as with an interval."""

    significance_stated: Literal["significant", "not_significant"] | None = None
    """What is said of statistical significance, if anything."""

    direction_of_change: Literal["better", "worse", "no_change", "mixed", "not_known"] | None = None
    """Which way things went for people."""

    qualitative_finding: bool | None = None
    """Whether a finding in words is given."""

    harms_noted: bool | None = None
    """Whether the report says if anything got worse for anyone."""

    n_band: SizeBand | None = None
    """How many people the result is about, as a band."""

    where_reported: Line | None = None
    """Where the result can be read: a page, a section or an address."""


class Orbit(Record):
    """A reviewer's judgement of outcome reporting bias, in the codes of ORBIT."""

    code: Literal["A", "B", "C", "D", "E", "F", "G", "H", "I"]
    """The ORBIT code."""

    judged_by_role: Line
    """Who judged, as a role and never a name."""

    reason: Text | None = None
    """Why."""


class Certainty(Record):
    """A reviewer's judgement of the certainty of the evidence (GRADE).  It is never computed."""

    rating: Literal["high", "moderate", "low", "very_low"]
    """The rating."""

    judged_by_role: Line
    """Who judged, as a role and never a name."""

    reason: Text | None = None
    """Why."""


class OutcomeEntry(Record):
    """What the record says of one outcome of the edition."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    planned: bool | None = None
    """Whether the evaluation set out to report it."""

    prespecified: bool | None = None
    """Whether it stood in the plan before results were known."""

    prespecified_where: Line | None = None
    """Where the plan can be read."""

    change_from_plan: Text | None = None
    """Why it was added or dropped after the plan was made."""

    measured: bool | None = None
    """Whether it has been measured.  For a plan that names its measures, say false until it has been."""

    analysed: bool | None = None
    """Whether the answers were analysed."""

    omission: Omission | None = None
    """Why it is left out.  An entry with an omission has neither measures nor a result."""

    levels: Many[Level] = ()
    """The levels that it is shown at."""

    measures: Many[Measure] = ()
    """How it was measured."""

    result: Result | None = None
    """What is published about it."""

    orbit: Orbit | None = None
    """A reviewer's judgement of reporting bias."""

    certainty: Certainty | None = None
    """A reviewer's judgement of certainty."""


class OtherOutcome(Record):
    """An outcome that the taxonomy does not hold."""

    label: Line
    """What you call it."""

    domain: OutcomeId | None = None
    """Identifier of the domain that it belongs to."""

    result: Result | None = None
    """What is published about it."""
