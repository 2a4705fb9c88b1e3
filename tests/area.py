"""
A made-up area: services and evaluations as documents, the same ones for the same seed.

Nothing in it is about anybody.  Every free text is a word that no output may repeat.
"""

from __future__ import annotations

from random import Random
from typing import Any, get_args

from mscos.codelists import Agreement, Level, OmissionReason, Stage, SystemBarrier

Document = dict[str, Any]

CORE = ("housing", "safety", "support", "services", "purpose", "medical", "education")
CANARY = "Marisol Quetzalcoatl 07700 900123"
AREAS = ("northvale", "southmere", None)


def services(number: int = 60, seed: int = 7) -> list[Document]:
    """Make the records of services.  None of them covers education itself."""
    random = Random(seed)  # noqa: S311 - nothing secret
    names = [f"service-{place:03}" for place in range(number)]
    return [_service(random, name, names) for name in names]


def evaluations(number: int = 200, seed: int = 8) -> list[Document]:
    """Make the records of evaluations, from plans to whole results."""
    random = Random(seed)  # noqa: S311 - nothing secret
    return [_evaluation(random, f"evaluation-{place:05}") for place in range(number)]


def _service(random: Random, name: str, names: list[str]) -> Document:
    covered = [outcome for outcome in CORE if random.random() < 0.8]
    addresses = [_address(random, outcome, name, names) for outcome in covered]
    document: Document = {
        "kind": "intervention",
        "record_id": name,
        "title": CANARY,
        "organisation": f"Organisation {name[-3:]} (made up)",
        "edition": "2023.1",
        "prepared_by_role": CANARY,
        "tidier": {"why": CANARY, "who": CANARY},
        "stages": random.sample(get_args(Stage), random.randint(0, 3)),
        "levels": random.sample(get_args(Level), random.randint(0, 2)),
        "structural_factors": CANARY,
        "logframe": [{"activity": CANARY, "outcomes": covered[:1], "risk": CANARY}],
        "addresses": addresses,
        "gap_actions": [_gap_action(random, outcome) for outcome in CORE if outcome not in covered],
    }
    area, accepts = random.choice(AREAS), random.choice(("adults", "both", None))
    return document | ({"area": area} if area else {}) | ({"accepts": accepts} if accepts else {})


def _address(random: Random, outcome: str, name: str, names: list[str]) -> Document:
    how = random.choice(("directly", "by_partner", "by_referral", "not_addressed"))
    if how == "directly" and (outcome == "education" or random.random() < 0.6):
        how = "by_partner"
    entry: Document = {"outcome": outcome, "how": how, "intended_change": CANARY, "activities": [CANARY]}
    if how == "not_addressed":
        entry["omission"] = {"reason": random.choice(get_args(OmissionReason)), "note": CANARY, "partner": CANARY}
    elif how != "directly":
        entry["partner"] = _partner(random, name, names)
    if random.random() < 0.2:
        entry["relation"] = "enabling"
    if random.random() < 0.3:
        entry["stages"] = [random.choice(get_args(Stage))]
    return entry


def _partner(random: Random, name: str, names: list[str]) -> Document:
    partner: Document = {"agreement": random.choice(get_args(Agreement))}
    if random.random() < 0.4:
        partner["record_id"] = random.choice([other for other in names if other != name])
    elif random.random() < 0.9:
        partner["organisation"] = "An organisation elsewhere (made up)"
    return partner


def _gap_action(random: Random, outcome: str) -> Document:
    return {
        "outcome": outcome,
        "action": random.choice(("amend", "partner")),
        "who_role": CANARY,
        "by_date": f"2026-0{random.randint(1, 9)}-01",
        "barrier": random.choice(get_args(SystemBarrier)),
        "enabler": CANARY,
    }


def _evaluation(random: Random, name: str) -> Document:
    diligence = random.random()
    outcomes = [_outcome(random, outcome, diligence) for outcome in CORE]
    return {
        "kind": "evaluation",
        "record_id": name,
        "title": CANARY,
        "organisation": "An organisation (made up)",
        "edition": "2023.1",
        "purpose_of_collection": CANARY,
        "structural_factors": CANARY,
        "followup_months": [6.0, 12.0],
        "population": {"adults_only": True, "inclusion_notes": CANARY},
        "outcomes": [entry for entry in outcomes if entry],
        "other_outcomes": [{"label": CANARY}],
    }


def _outcome(random: Random, outcome: str, diligence: float) -> Document:
    if random.random() < diligence:
        return whole(random, outcome)
    return random.choice(
        (
            {},
            {"outcome": outcome, "omission": {"reason": random.choice(get_args(OmissionReason)), "note": CANARY}},
            {"outcome": outcome, "planned": True},
            {"outcome": outcome, "analysed": True, "measures": [measure(outcome)]},
            whole(random, outcome) | {"result": {"significance_stated": "not_significant"}},
            whole(random, outcome) | {"measures": [measure(outcome) | {"match": "none"}]},
        )
    )


def whole(random: Random, outcome: str) -> Document:
    entry: Document = {
        "outcome": outcome,
        "planned": random.random() < 0.7,
        "measures": [measure(outcome)],
        "result": {
            "measurement_variable": CANARY,
            "analysis_metric": CANARY,
            "aggregation": CANARY,
            "timepoint": CANARY,
            "where_reported": CANARY,
            "estimate_given": True,
            "harms_noted": True,
        },
    }
    if random.random() < 0.1:
        entry["orbit"] = {"code": random.choice("ABCDEFGHI"), "judged_by_role": CANARY, "reason": CANARY}
    return entry


def measure(outcome: str) -> Document:
    measure: Document = {
        "kind": "outcome",
        "instrument": "single-item",
        "match": "specific",
        "match_reason": CANARY,
        "variable": CANARY,
        "timepoints": ["baseline", "month-12"],
        "direction": "higher_better",
        "reported_by": "self",
        "chosen_with_survivors": True,
    }
    return measure | ({"safety_settings": ["at_home"]} if outcome == "safety" else {})
