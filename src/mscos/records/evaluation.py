"""The record of one evaluation: what it measured, what it reports and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr

from mscos._record import Day, EditionName, Language, Line, Many, Months, Record, Slug, Text
from mscos.codelists import ExploitationType, SizeBand, Stage
from mscos.records.entries import OtherOutcome, OutcomeEntry
from mscos.records.origin import Origin


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


class LivedExperience(Record):
    """How survivors took part in the evaluation."""

    level: Literal["survivor_led", "co_produced", "advised", "consulted", "subjects_only"] | None = None
    """The step on the Survivor Research Involvement Ladder."""

    stages: Many[
        Literal["question", "design", "outcomes_chosen", "collection", "analysis", "reporting", "governance"]
    ] = ()
    """The steps of the work in which survivors took part."""

    paid: bool | None = None
    """Whether they were paid."""

    support_offered: bool | None = None
    """Whether they were offered support."""

    number_band: SizeBand | None = None
    """How many took part, as a band."""

    what_changed: Text | None = None
    """What became different because of them."""

    critical_reflection: Text | None = None
    """What went well and what did not."""


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


class EvaluationRecord(Record):
    """A record of one evaluation of support for adult survivors of modern slavery."""

    kind: Literal["evaluation"]
    """What sort of record this is."""

    record_id: Slug
    """Identifier of the record, chosen by you: lowercase letters, digits and hyphens."""

    title: Line
    """Title of the evaluation."""

    schema_version: Literal["1"] = "1"
    """Major version of the record's schema."""

    edition: EditionName | None = None
    """Edition of the taxonomy that the record uses.  Without it the newest one is assumed, and the report says so."""

    organisation: Line | None = None
    """Who runs the service that was evaluated."""

    prepared_by_role: Line | None = None
    """Who collected and recorded the data, as a role and never a name."""

    purpose_of_collection: Text | None = None
    """What the data are for."""

    created: Day | None = None
    """When the record was first written."""

    updated: Day | None = None
    """When it was last changed."""

    language: Language | None = None
    """Language of the record's own text."""

    licence: Line | None = None
    """Terms under which the record may be used."""

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

    _origin: Origin | None = PrivateAttr(default=None)
    _read_by: str | None = PrivateAttr(default=None)

    @property
    def origin(self) -> Origin | None:
        """The file that the record was read from; None for a record built in memory."""
        return self._origin

    @property
    def read_by(self) -> str | None:
        """Fingerprint of the edition that the record was read by; None for a record built in memory."""
        return self._read_by

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the record.  A changed copy is no longer what stands in the file, so it forgets the file."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            copied._origin = copied._read_by = None  # noqa: SLF001 - a record of our own
        return copied

    def entry(self, outcome: str) -> OutcomeEntry | None:
        """Give the entry for an outcome; None if the record does not mention it."""
        return next((entry for entry in self.outcomes if entry.outcome == outcome), None)
