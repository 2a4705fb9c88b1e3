"""The record of one evaluation: what it measured, what it reports and what it leaves out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import Many, Months, Record, Slug, Text
from mscos.codelists import ExploitationType, SizeBand, Stage
from mscos.records.entries import OtherOutcome, OutcomeEntry
from mscos.records.header import Header
from mscos.records.lived_experience import LivedExperience


class Population(Record):
    """Whom the evaluation is about."""

    adults_only: bool | None = None
    """Whether everybody was 18 or over."""

    min_age: Annotated[float, Field(ge=0, le=130)] | None = None
    """Age of the youngest, in years."""

    n_band: SizeBand | None = None
    """How many people, as a band."""

    nrm: Literal["in_nrm", "post_nrm", "never_nrm", "mixed", "not_known"] | None = None
    """Where people stand towards the National Referral Mechanism (NRM)."""

    exploitation_types: Many[ExploitationType] = ()
    """What people had been through, as types."""

    inclusion_notes: Text | None = None
    """Who is missing from the evaluation, and why."""


class TimePoint(Record):
    """A time point with its place in the order."""

    label: Slug
    """The label that measures use."""

    months_from_start: Months
    """Months from the start of support; 0 is the start."""


class Attrition(Record):
    """What is known of people who left before the end."""

    reasons_recorded: bool | None = None
    """Whether it was recorded why people left."""

    handling: Text | None = None
    """What was done about their missing answers."""

    people_lost_differ: Literal["yes", "no", "not_known"] | None = None
    """Whether those who left differ from those who stayed."""


class DataProtection(Record):
    """How the data are kept safe."""

    identifiers_removed: bool | None = None
    """Whether names and contact details were taken out."""

    dpia_done: bool | None = None
    """Whether a data protection impact assessment was made."""

    lawful_basis_recorded: bool | None = None
    """Whether the lawful basis is written down."""

    consent_recorded: bool | None = None
    """Whether consent is written down."""

    sharing: Literal["internal", "partners", "public"] | None = None
    """With whom the data are shared."""


class EvaluationRecord(Header):
    """A record of one evaluation of support for adult survivors of modern slavery."""

    kind: Literal["evaluation"]
    """What sort of record this is."""

    purpose_of_collection: Text | None = None
    """What the data are for."""

    cos_declared: bool | None = None
    """Whether the evaluation says that it uses the core outcome set."""

    design: (
        Literal[
            "single_group_pre_post",
            "comparison_group",
            "randomised",
            "cross_sectional",
            "qualitative",
            "mixed",
            "monitoring_only",
        ]
        | None
    ) = None
    """Design of the evaluation."""

    comparator: Literal["none", "usual_support", "waiting_list", "other_service"] | None = None
    """What people are compared with."""

    causal_claim: bool | None = None
    """Whether the report says that the service caused the change."""

    evidence_kinds: Many[Literal["quantitative", "qualitative"]] = ()
    """Numbers, words, or both."""

    population: Population | None = None
    """Whom the evaluation is about."""

    stages: Many[Stage] = ()
    """Stages of the journey that the support belongs to."""

    timepoints: Many[TimePoint] = ()
    """Time points other than ``baseline`` and ``month-N``, with their order."""

    followup_months: Many[Months] = ()
    """When people were asked again, in months from the start of support."""

    after_nrm_exit_months: Months | None = None
    """How long people were followed after support from the National Referral Mechanism (NRM) ended, in months."""

    attrition: Attrition | None = None
    """What is known of people who left."""

    structural_factors: Text | None = None
    """What in law, policy or society shaped the results."""

    lived_experience: LivedExperience | None = None
    """How survivors took part."""

    data_protection: DataProtection | None = None
    """How the data are kept safe."""

    outcomes: Many[OutcomeEntry]
    """At most one entry for each outcome of the edition."""

    other_outcomes: Many[OtherOutcome] = ()
    """Outcomes that the taxonomy does not hold."""

    def entry(self, outcome: str) -> OutcomeEntry | None:
        """Give the entry for an outcome; None if the record does not mention it."""
        return next((entry for entry in self.outcomes if entry.outcome == outcome), None)
