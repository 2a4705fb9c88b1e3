"""Editions that nobody made, for laws that hold for every edition."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from mscos.edition_files import taxonomy_text
from mscos.succession import Fate, Succession
from mscos.taxonomy import Taxonomy
from mscos.terms import (
    AlternativeLabel,
    ConstructKind,
    CoreOutcomeSet,
    Domain,
    DomainGrade,
    LabelGrade,
    Outcome,
    OutcomeSet,
    Source,
)

_Choice = TypeVar("_Choice")
_NUMBERS = st.integers(0, 100_000)

CORE = ("soil", "water", "shade")
LONGLIST = tuple(f"ll{number}" for number in range(1, 9))


def with_fingerprint(taxonomy: Taxonomy) -> Taxonomy:
    """Give an edition the fingerprint of its file."""
    return replace(taxonomy, fingerprint=hashlib.sha256(taxonomy_text(taxonomy).encode()).hexdigest())


def outcome(identifier: str, domains: list[str], number: int) -> Outcome:
    """Make an outcome whose words depend on little, so that two editions often agree: on the digits of a number."""

    def one_of(choices: Sequence[_Choice]) -> _Choice:
        nonlocal number
        number, digit = divmod(number, len(choices))
        return choices[digit]

    return Outcome(
        id=identifier,
        set=OutcomeSet.CORE if identifier in CORE else OutcomeSet.LONGLIST,
        label=f"Label {one_of('01')} of {identifier}",
        label_grade=one_of(tuple(LabelGrade)),
        domain=one_of(domains),
        domain_grade=one_of(tuple(DomainGrade)),
        definition=one_of(("", "One.", "Another.")),
        construct_kind=one_of(tuple(ConstructKind)),
        sources=one_of(((), ("s1",))),
        evidence=one_of(("", "made up")),
        alternative_labels=tuple(
            AlternativeLabel(label=f"Alias {each} of {identifier}", source="s1") for each in range(one_of((0, 1, 2)))
        ),
        published_list=one_of((None, "interim-2022")),
        definition_source=one_of((None, "s1")),
    )


@st.composite
def editions(draw: DrawFn, name: str = "") -> Taxonomy:
    """Make an edition: some outcomes in use, some withdrawn, and a crosswalk from an edition before it."""
    called = name or draw(st.sampled_from(["2001.1", "2002.1", "2003.1"]))
    domains = draw(st.lists(st.sampled_from(["d1", "d2", "d3"]), min_size=1, unique=True))
    core = draw(st.permutations(CORE).map(lambda each: each[:2]))
    longlist = draw(st.lists(st.sampled_from(LONGLIST), unique=True))
    gone = draw(st.lists(st.sampled_from([each for each in LONGLIST if each not in longlist] or ["ll9"]), unique=True))
    in_use = [*core, *longlist]
    return with_fingerprint(
        Taxonomy(
            edition=called,
            title=draw(st.sampled_from(["A title", "Another title"])),
            note="Made up.",
            reviewed_by_survivors=draw(st.booleans()),
            core_outcome_set=CoreOutcomeSet(
                name="Garden Core Outcome Set",
                acronym="G-COS",
                statement="Report these.",
                population=draw(st.sampled_from(["Gardens.", "Parks."])),
                consensus="Nobody.",
                published="2001-05-01",
                outcomes=tuple(core),
                sources=("s1",),
            ),
            domains=tuple(_domain(each, draw(st.integers(0, 1))) for each in domains),
            outcomes=tuple(outcome(each, domains, draw(_NUMBERS)) for each in in_use),
            sources=tuple(_source(each) for each in draw(st.sampled_from([["s1"], ["s1", "s2"], ["s2", "s1"]]))),
            withdrawn=tuple(outcome(each, domains, draw(_NUMBERS)) for each in gone),
            crosswalk=tuple(_step(called, each, draw(_some(in_use))) for each in gone),
            fingerprint="",
        )
    )


def _some(identifiers: list[str]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(identifiers), max_size=2, unique=True)


def _domain(identifier: str, variant: int) -> Domain:
    return Domain(
        id=identifier,
        label=f"Domain {variant} {identifier}",
        grade=LabelGrade.PUBLISHED,
        published_list="final",
        sources=("s1",),
        note="Made up.",
    )


def _source(identifier: str) -> Source:
    return Source(id=identifier, type="book", title=f"Title of {identifier}", publisher="Nobody", used_for="all")


def _step(edition: str, identifier: str, successors: list[str]) -> Succession:
    return Succession(
        kind=Fate.WITHDRAWN,
        from_edition="2000.1",
        from_outcomes=(identifier,),
        to_edition=edition,
        to_outcomes=tuple(successors),
        date="2026-01-31",
        source="s1",
    )


@st.composite
def evolved(draw: DrawFn, before: Taxonomy) -> Taxonomy:
    """Make a later edition of one: each outcome of its long-list keeps its meaning, is split, or is withdrawn."""
    outcomes_now: list[Outcome] = list(before.core)
    gone: list[Outcome] = []
    steps: list[Succession] = []
    for number, each in enumerate(before.longlist):
        kind = draw(st.sampled_from([Fate.SAME, Fate.RENAMED, Fate.SPLIT, Fate.WITHDRAWN]))
        new = [f"ll{20 + 2 * number + other}" for other in range({Fate.SPLIT: 2, Fate.WITHDRAWN: 0}.get(kind, 1))]
        stays = kind is Fate.SAME or (kind is Fate.RENAMED and draw(st.booleans()))
        new = [each.id] if stays else new
        outcomes_now += [replace(each, id=other, label=f"{each.label} {other}", alternative_labels=()) for other in new]
        gone += [] if stays else [each]
        steps.append(_between(before.edition, kind, each.id, new))
    return with_fingerprint(
        replace(
            before,
            edition=f"{before.edition}.1",
            outcomes=tuple(outcomes_now),
            withdrawn=(*before.withdrawn, *gone),
            crosswalk=(*before.crosswalk, _same(before), *steps),
        )
    )


def _between(edition: str, kind: Fate, identifier: str, new: Sequence[str]) -> Succession:
    return Succession(
        kind=kind,
        from_edition=edition,
        from_outcomes=(identifier,),
        to_edition=f"{edition}.1",
        to_outcomes=tuple(new),
        date="2026-01-31",
        source="s1",
    )


def _same(before: Taxonomy) -> Succession:
    core = before.core_outcome_set.outcomes[0]
    return _between(before.edition, Fate.SAME, core, [core])
