"""The rules, in the order of their identifiers within each family."""

from __future__ import annotations

from difflib import get_close_matches

from mscos.errors import UnknownRule
from mscos.rules import coverage, involvement, language, levels, measures, population, results, structure
from mscos.rules._rule import Rule

RULES: tuple[Rule, ...] = (
    structure.unreadable,
    structure.unknown_outcome,
    coverage.left_out,
    coverage.omitted,
    coverage.claimed,
    coverage.survivors_not_asked,
    coverage.beyond,
    coverage.partner_not_named,
    population.children,
    population.adults_unknown,
    population.missing_people,
    measures.outputs_only,
    measures.other_construct,
    measures.one_for_all,
    measures.no_direction,
    measures.other_direction,
    measures.staff_only,
    measures.not_validated,
    measures.safety_setting,
    measures.broader,
    levels.individuals_only,
    levels.no_structure,
    levels.staff_for_survivors,
    results.one_time,
    results.elements,
    results.no_result,
    results.no_size,
    results.planned,
    results.off_plan,
    results.people_who_left,
    results.stops_with_support,
    results.no_comparison,
    results.one_kind,
    involvement.not_said,
    involvement.one_step,
    involvement.pay_and_support,
    language.problem_wording,
)
"""Every rule.  A rule not listed here does not exist."""


def find_rule(identifier: str) -> Rule:
    """
    Look a rule up by its identifier; case does not matter.

    Raises:
        UnknownRule: If no rule has the identifier.  It names near ones.
    """
    by_id = {rule.id: rule for rule in RULES}
    wanted = identifier.strip().upper()
    if wanted in by_id:
        return by_id[wanted]
    raise UnknownRule(tuple(get_close_matches(wanted, by_id, n=3, cutoff=0.6)))
