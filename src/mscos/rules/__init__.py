"""The rules, in the order of their identifiers within each family."""

from __future__ import annotations

from difflib import get_close_matches

from mscos.errors import UnknownRule
from mscos.rules import (
    answers,
    coverage,
    data,
    design,
    interventions,
    involvement,
    language,
    levels,
    logframe,
    measures,
    over_time,
    people,
    population,
    results,
    safeguarding,
    structure,
)
from mscos.rules._rule import Rule

RULES: tuple[Rule, ...] = (
    structure.unreadable,
    structure.not_in_data,
    structure.contradictory,
    structure.unknown_outcome,
    structure.question_text,
    structure.unlisted_word,
    structure.no_order,
    safeguarding.identifiers,
    safeguarding.patterns,
    safeguarding.picked_out,
    safeguarding.free_text,
    safeguarding.few_people,
    safeguarding.asks_for_identifiers,
    coverage.left_out,
    coverage.omitted,
    coverage.claimed,
    coverage.survivors_not_asked,
    coverage.beyond,
    coverage.partner_not_named,
    coverage.left_out_for_people,
    population.children,
    population.adults_unknown,
    population.missing_people,
    measures.outputs_only,
    measures.other_construct,
    measures.one_for_all,
    measures.no_direction,
    measures.other_direction,
    answers.staff_only,
    measures.not_validated,
    answers.safety_setting,
    measures.broader,
    answers.source_unknown,
    measures.not_written_yet,
    levels.individuals_only,
    levels.no_structure,
    levels.staff_for_survivors,
    data.empty_column,
    data.only_codes,
    data.constant,
    data.outside_range,
    data.mixed_scoring,
    data.crowded_end,
    people.people_left,
    people.different_people,
    people.counted_twice,
    people.by_design,
    data.nothing_inside_range,
    over_time.one_time,
    results.elements,
    results.no_result,
    results.no_size,
    results.planned,
    results.off_plan,
    design.people_who_left,
    design.stops_with_support,
    design.no_comparison,
    over_time.not_in_data,
    design.one_kind,
    results.result_of_which,
    results.reviewer_disagrees,
    interventions.not_covered,
    interventions.partner_not_named,
    interventions.no_activity,
    logframe.no_indicator,
    logframe.no_risk,
    interventions.conflict_of_interest,
    interventions.no_stage,
    interventions.ends_with_nrm,
    interventions.short_term_only,
    logframe.activity_as_indicator,
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
