"""The closed lists of values that fields of records take."""

from __future__ import annotations

from typing import Literal

OmissionReason = Literal[
    "access",
    "feasibility",
    "funding",
    "preconceptions",
    "relevance",
    "time",
    "no_instrument",
    "participant_safety",
    "participant_choice",
    "partner_covers",
]
"""Why an outcome is left out.  Meanings and sources: ``data/reference/omission-reasons.json``."""

MeasureKind = Literal["outcome", "output", "activity", "context"]
"""What a measure shows: what changed for people, what was delivered, what was done, or background."""

Match = Literal["specific", "general_broader", "general_narrower", "none"]
"""How a measure fits an outcome: exactly, wider than it, narrower than it, or not at all."""

Direction = Literal["higher_better", "lower_better", "undefined"]
"""Which way a score goes when things get better."""

ReportedBy = Literal["self", "supported_self", "staff", "record", "observer", "organisation"]
"""Who gave the answers."""

Level = Literal["individual", "organisational", "governmental", "societal"]
"""The level that an outcome is shown at."""

SafetySetting = Literal["from_trafficker", "from_other_abuser", "at_home", "in_safe_house", "in_services"]
"""Where, or from whom, safety was asked about."""

SizeBand = Literal["under_10", "10_29", "30_99", "100_plus"]
"""How many people, as a band: a small number can point to a person."""


Stage = Literal["prevention", "discovery", "respite_recovery", "sustainable_resilience"]
"""The stage of the journey that the support belongs to."""

ExploitationType = Literal[
    "forced_labour",
    "sexual_exploitation",
    "child_labour",
    "forced_marriage",
    "servitude",
    "forced_military_by_non_state_actors",
    "organ_removal",
    "forced_begging",
    "forced_adoption",
    "surrogacy",
    "other",
]
"""Types of exploitation, after the Human Trafficking Case Data Standard (IOM, CC BY 4.0)."""

Addressing = Literal["directly", "by_partner", "by_referral", "not_addressed"]
"""By whom an outcome is covered: the service itself, a partner, someone that people are referred to, or nobody."""

Agreement = Literal["none", "informal", "written"]
"""What is agreed with a partner."""

Term = Literal["short", "long"]
"""When people are asked again.  Long is a year or more after support starts; the cut-off is this project's own."""

ImsaArea = Literal[
    "health_and_social_care",
    "housing_and_subsistence",
    "survivor_support_and_nrm",
    "reducing_risk",
    "criminal_justice",
    "civil_justice",
    "multi_agency_working",
    "independent_advocacy",
]
"""Key areas of the framework for independent modern slavery advocates (IMSA).  Labels: ``data/reference/imsa.json``."""

SystemBarrier = Literal[
    "shared_agendas",
    "survivor_engagement",
    "timeframes",
    "resources",
    "whole_journey_visibility",
    "partners_not_engaged",
    "trust",
]
"""What stands in the way of partnerships (Rights Lab 2018).  Labels: ``data/reference/system-barriers.json``."""
