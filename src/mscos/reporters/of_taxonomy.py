"""The taxonomy as plain text and as JSON, with every mark in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from mscos.reporters.json_text import json_text
from mscos.succession import Succession
from mscos.taxonomy import NOT_REVIEWED, Taxonomy
from mscos.terms import Outcome, Source


def all_outcomes_text(taxonomy: Taxonomy) -> str:
    """List the outcomes of an edition: the core outcomes, then the long-list by domain."""
    return "\n".join(_all_outcomes(taxonomy)) + "\n"


def _all_outcomes(taxonomy: Taxonomy) -> Iterator[str]:
    core = taxonomy.core_outcome_set
    yield f"{core.name} ({core.acronym}), edition {taxonomy.edition}"
    yield core.statement
    yield ""
    yield "Core outcomes"
    for outcome in taxonomy.core:
        yield f"  {outcome.id:<10} {outcome.marked_label}"
    yield ""
    yield "Long-list (no verdict depends on it)"
    for domain in taxonomy.domains:
        here = [outcome for outcome in taxonomy.longlist if outcome.domain == domain.id]
        if here:
            yield f"  {domain.marked_label} ({domain.id})"
        for outcome in here:
            yield f"    {outcome.id:<8} {outcome.marked_label}"
    yield ""
    yield taxonomy.note
    if not taxonomy.reviewed_by_survivors:
        yield NOT_REVIEWED


def one_outcome_text(taxonomy: Taxonomy, outcome: Outcome) -> str:
    """Show all that an edition holds about one outcome."""
    return "\n".join(_one_outcome(taxonomy, outcome)) + "\n"


def _one_outcome(taxonomy: Taxonomy, outcome: Outcome) -> Iterator[str]:
    domain = taxonomy.domain_of(outcome)
    yield f"{outcome.marked_label} ({outcome.id})"
    yield f"  {_definition(outcome)}"
    yield f"  Set: {outcome.set.words}"
    yield f"  Domain: {domain.marked_label}; membership {_membership(outcome)}"
    yield f"  Kind: {outcome.construct_kind.replace('_', ' ')} (this project's own reading)"
    for other in outcome.alternative_labels:
        yield f"  Also called: {other.label} (source: {other.source})"
    yield f"  Grade of the label: {outcome.label_grade}"
    yield f"  Rests on: {outcome.evidence}"
    for identifier in outcome.sources:
        yield f"  Source: {_source(taxonomy.source(identifier))}"
    if not outcome.sources:
        yield "  Source: none"
    yield from (f"  {step_text(step)}" for step in taxonomy.crosswalk if outcome.id in step.to_outcomes)
    yield f"  Edition {taxonomy.edition}, sha256 {taxonomy.fingerprint}"


def step_text(step: Succession) -> str:
    """Say in a line what became of outcomes from one edition to the next."""
    before, after = (", ".join(outcomes) or "nothing" for outcomes in (step.from_outcomes, step.to_outcomes))
    note = f" {step.note}" if step.note else ""
    became = "kept its identifier" if before == after else f"became {after}"
    return (
        f"From edition {step.from_edition} to {step.to_edition}: {before} {became} "
        f"({step.kind}; {step.date}; source: {step.source}).{note}"
    )


def _definition(outcome: Outcome) -> str:
    if not outcome.definition:
        return "There is no definition."
    if outcome.definition_source is not None:
        return f"{outcome.definition} (definition as published; source: {outcome.definition_source})"
    return f"{outcome.definition} (definition in this project's own words)"


def found_text(outcomes: tuple[Outcome, ...]) -> str:
    """List outcomes that a search found, one a line."""
    return "".join(f"{outcome.id:<10} {outcome.marked_label}\n" for outcome in outcomes)


def editions_text(fingerprints: Mapping[str, str], newest: str) -> str:
    """List the packaged editions, one a line."""
    return "".join(
        f"{name}{' (newest)' if name == newest else ''}  sha256 {sha256}\n" for name, sha256 in fingerprints.items()
    )


def names_text(names: tuple[str, ...]) -> str:
    """List names, one a line."""
    return "".join(f"{name}\n" for name in names)


def _membership(outcome: Outcome) -> str:
    grade = outcome.domain_grade
    return "inferred by this project" if grade == "inferred" else f"from a source ({grade})"


def _source(source: Source) -> str:
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ". ".join(part for part in parts if part)


def outcomes_json(taxonomy: Taxonomy, outcomes: tuple[Outcome, ...]) -> str:
    """Write outcomes of an edition, each with its grade, its mark and its sources."""
    return json_text([_outcome(taxonomy, outcome) for outcome in outcomes])


def editions_json(fingerprints: Mapping[str, str], newest: str) -> str:
    """Write the packaged editions, the oldest first."""
    return json_text(
        [{"edition": name, "sha256": sha256, "newest": name == newest} for name, sha256 in fingerprints.items()]
    )


def names_json(names: tuple[str, ...]) -> str:
    """Write a list of names."""
    return json_text(list(names))


def _outcome(taxonomy: Taxonomy, outcome: Outcome) -> dict[str, object]:
    domain = taxonomy.domain_of(outcome)
    return asdict(outcome) | {
        "provisional": outcome.provisional,
        "mark": outcome.mark,
        "definition_by": outcome.definition_source or "this project",
        "domain": asdict(domain) | {"mark": domain.mark},
        "sources": [asdict(taxonomy.source(identifier)) for identifier in outcome.sources],
        "edition": taxonomy.edition,
    }
