"""The record of an intervention: what a service does, which core outcomes it addresses, and with whom."""

from __future__ import annotations

from typing import Literal

from mscos._record import Day, Line, Many, Months, OutcomeId, Record, Slug, Text
from mscos.codelists import Addressing, Agreement, ImsaArea, Level, Stage, SystemBarrier, Term
from mscos.records.entries import Omission, OtherOutcome
from mscos.records.header import Header
from mscos.records.lived_experience import LivedExperience


class Tidier(Record):
    """What the service is, by the twelve items of TIDieR (template for intervention description and replication)."""

    name: Text | None = None
    """Brief name."""

    why: Text | None = None
    """Why it should help."""

    materials: Text | None = None
    """What is used or handed out."""

    procedures: Text | None = None
    """What is done."""

    who: Text | None = None
    """Who provides it, as roles and never names."""

    how: Text | None = None
    """How it is delivered: face to face, by telephone, in groups."""

    where: Text | None = None
    """In what sort of place.  Never an address."""

    when_and_how_much: Text | None = None
    """How often, and for how long."""

    tailoring: Text | None = None
    """How it is fitted to the person."""

    modifications: Text | None = None
    """What was changed on the way."""

    fidelity_planned: Text | None = None
    """How it was to be seen whether it is delivered as meant."""

    fidelity_actual: Text | None = None
    """Whether it was."""


class Partner(Record):
    """Another organisation that covers an outcome."""

    organisation: Line | None = None
    """The organisation."""

    record_id: Slug | None = None
    """The `record_id` of its own intervention record."""

    agreement: Agreement | None = None
    """What is agreed with it: nothing, by word of mouth, or in writing."""


class Address(Record):
    """How the intervention addresses one outcome."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    how: Addressing
    """By whom it is covered, if by anybody."""

    relation: Literal["direct", "enabling"] | None = None
    """Whether the service is about the outcome itself, or only helps it to happen; absent means direct."""

    activities: Many[Line] = ()
    """What is done for it."""

    intended_change: Text | None = None
    """What should become different for people."""

    partner: Partner | None = None
    """Who covers it, where the service itself does not."""

    stages: Many[Stage] = ()
    """Stages of the journey in which it is addressed."""

    levels: Many[Level] = ()
    """Levels at which it is addressed."""

    omission: Omission | None = None
    """Why it is not addressed."""


class LogframeRow(Record):
    """One row of a logical framework: from what is done to what changes, and how that would be seen."""

    activity: Line | None = None
    """What is done."""

    output: Line | None = None
    """What is delivered."""

    outcomes: Many[OutcomeId] = ()
    """Identifiers of the outcomes that it leads to."""

    indicator: Line | None = None
    """The observable sign of the change."""

    means_of_verification: Line | None = None
    """Where the sign can be looked up."""

    assumption: Line | None = None
    """What must hold for it to work."""

    risk: Line | None = None
    """What could stand in its way."""


class DurationOfSupport(Record):
    """For how long people have support."""

    min_months: Months | None = None
    """The shortest time that is promised, in months."""

    open_ended: bool | None = None
    """Whether it lasts for as long as a person needs it."""

    after_nrm: bool | None = None
    """Whether it goes on when support from the National Referral Mechanism (NRM) ends."""


class OrganisationChecklist(Record):
    """Whether the four sections of the framework for independent advocates (IMSA) are met.  Inputs, not outcomes."""

    ethos: bool | None = None
    """Ethos, values and governance."""

    remit: bool | None = None
    """Role and remit."""

    training_accreditation: bool | None = None
    """Training and accreditation."""

    employer_independence: bool | None = None
    """Independence of the organisation that employs the advocates."""


class GapAction(Record):
    """What will be done about an outcome that is not addressed."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    action: Literal["amend", "partner"]
    """Change the service, or work with a partner."""

    who_role: Line | None = None
    """Who sees to it, as a role and never a name."""

    by_date: Day | None = None
    """By when."""

    barrier: SystemBarrier | None = None
    """What stands in the way, from the published list."""

    enabler: Text | None = None
    """What will help."""


class InterventionRecord(Header):
    """A record of one intervention or service for adult survivors of modern slavery."""

    kind: Literal["intervention"]
    """What sort of record this is."""

    area: Slug | None = None
    """The area that the service works in, by a name that its partners use too."""

    accepts: Literal["adults", "children", "both"] | None = None
    """Whom it accepts."""

    provider_type: (
        Literal["charity", "public_body", "health_service", "law_enforcement", "faith_group", "private", "other"] | None
    ) = None
    """What sort of organisation provides it."""

    independence: Literal["independent", "not_independent", "not_known"] | None = None
    """Whether it is independent of those who decide about the people it supports."""

    conflict_of_interest: Text | None = None
    """How a conflict of interest is avoided."""

    msvcc: bool | None = None
    """Whether it is provided under the Modern Slavery Victim Care Contract."""

    tidier: Tidier | None = None
    """What the service is."""

    stages: Many[Stage] = ()
    """Stages of the journey that it belongs to."""

    levels: Many[Level] = ()
    """Levels that it works on."""

    imsa_areas: Many[ImsaArea] = ()
    """For an advocacy service: the key areas that it covers."""

    organisation_checklist: OrganisationChecklist | None = None
    """For an advocacy service: the sections of the framework that it meets."""

    addresses: Many[Address]
    """At most one entry for each outcome of the edition.  A core outcome without one is not addressed."""

    other_outcomes: Many[OtherOutcome] = ()
    """Outcomes that the taxonomy does not hold."""

    logframe: Many[LogframeRow] = ()
    """The logical framework."""

    duration_of_support: DurationOfSupport | None = None
    """For how long people have support."""

    follow_up_terms: Many[Term] = ()
    """Whether people are asked again in the short term, in the long term (a year or more), or both."""

    structural_factors: Text | None = None
    """What in law, policy or society shapes what the service can do."""

    lived_experience: LivedExperience | None = None
    """How survivors take part."""

    gap_actions: Many[GapAction] = ()
    """What will be done about outcomes that are not addressed."""

    review_date: Day | None = None
    """When the record will be looked at again."""

    def entry(self, outcome: str) -> Address | None:
        """Give the entry for an outcome; None if the record does not mention it."""
        return next((entry for entry in self.addresses if entry.outcome == outcome), None)
