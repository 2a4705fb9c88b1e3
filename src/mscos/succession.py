"""
What became of each outcome from one edition to the next.

An identifier never gets another meaning.  So one that no step names is the same outcome in both editions, and one
that is no longer in use keeps its place among the withdrawn ones.  Nothing follows a step in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from mscos.terms import SCHEMA_CONFIG

DAY = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
"""What a day looks like."""


class Fate(StrEnum):
    """What became of outcomes in a step to the next edition."""

    SAME = "same"
    """Nothing changed but, perhaps, what is said about it."""

    RENAMED = "renamed"
    """The same meaning under another label, or under another identifier."""

    SPLIT = "split"
    """One became several."""

    MERGED = "merged"
    """Several became one."""

    WITHDRAWN = "withdrawn"
    """No longer in use.  What took its place, if anything, does not mean the same."""

    @property
    def keeps_meaning(self) -> bool:
        """Whether what was said of the outcome before can be said of what it became."""
        return self in {Fate.SAME, Fate.RENAMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One step: what outcomes of an edition became in the next."""

    __pydantic_config__ = SCHEMA_CONFIG

    kind: Fate
    """What became of them."""

    from_edition: str
    """Name of the earlier edition."""

    from_outcomes: tuple[str, ...]
    """Identifiers in the earlier edition."""

    to_edition: str
    """Name of the later edition."""

    to_outcomes: tuple[str, ...]
    """Identifiers in the later edition; empty where nothing took the place of a withdrawn outcome."""

    date: str
    """The day of the decision, as `YYYY-MM-DD`."""

    source: str
    """Identifier of the source that it rests on."""

    note: str | None = None
    """Who decided, or why, in one sentence."""


def steps_after(crosswalk: Sequence[Succession], identifier: str, since: str | None) -> tuple[Succession, ...]:
    """Give the steps that lead on from an identifier, the oldest first."""
    return tuple(step for step, _ in _walk(crosswalk, identifier, since))


def led_on(crosswalk: Sequence[Succession], identifier: str, since: str | None = None) -> tuple[str, ...]:
    """Give the identifiers to which an identifier leads in the end; itself if no step names it."""
    ways = [reached for _, reached in _walk(crosswalk, identifier, since)]
    return ways[-1] if ways else (identifier,)


def _walk(
    crosswalk: Sequence[Succession], identifier: str, since: str | None
) -> Iterator[tuple[Succession, tuple[str, ...]]]:
    reached: tuple[str, ...] = (identifier,)
    for step in _from(crosswalk, since):
        if set(reached) & set(step.from_outcomes):
            left = [each for each in reached if each not in step.from_outcomes]
            reached = tuple(dict.fromkeys((*left, *step.to_outcomes)))
            yield step, reached


def _from(crosswalk: Sequence[Succession], since: str | None) -> Iterator[Succession]:
    begun = since is None
    for step in crosswalk:
        begun = begun or step.from_edition == since
        if begun:
            yield step


def editions_before(crosswalk: Sequence[Succession]) -> tuple[str, ...]:
    """Name the editions from which a crosswalk leads here, the oldest first."""
    return tuple(dict.fromkeys(step.from_edition for step in crosswalk))


def succession_faults(
    crosswalk: Sequence[Succession], edition: str, current: Collection[str], withdrawn: Collection[str]
) -> Iterator[str]:
    """Say what in a crosswalk contradicts itself, or the outcomes of its edition."""
    for number, step in enumerate(crosswalk, start=1):
        for fault in _step_faults(step, {*current, *withdrawn}):
            yield f"step {number} of the crosswalk {fault}"
    yield from _chain_faults(crosswalk, edition)
    yield from _naming_faults(crosswalk)
    left = {each for step in crosswalk for each in step.from_outcomes if each not in step.to_outcomes}
    for each in sorted(set(withdrawn) - left):
        yield f"the crosswalk does not say what became of {each!r}"
    for each in sorted(set(current) & left):
        yield f"the crosswalk leads away from {each!r}, which is still in use"


def _naming_faults(crosswalk: Sequence[Succession]) -> Iterator[str]:
    """See that every outcome leads one way, and that a new name is no other outcome's."""
    named = Counter((step.from_edition, each) for step in crosswalk for each in step.from_outcomes)
    for (edition, each), number in named.items():
        if number > 1:
            yield f"the crosswalk names {each!r} of edition {edition!r} twice"
    renamed = [step for step in crosswalk if step.kind is Fate.RENAMED and step.from_outcomes != step.to_outcomes]
    for step in renamed:
        for each in step.to_outcomes:
            if (step.from_edition, each) in named:
                yield f"the crosswalk renames an outcome to {each!r}, which edition {step.from_edition!r} has"


_NUMBERS = {
    Fate.SAME: "1 to 1",
    Fate.RENAMED: "1 to 1",
    Fate.SPLIT: "1 to several",
    Fate.MERGED: "several to 1",
}


def _step_faults(step: Succession, known: Collection[str]) -> Iterator[str]:
    wanted = _NUMBERS.get(step.kind)
    if wanted and f"{_number(step.from_outcomes)} to {_number(step.to_outcomes)}" != wanted:
        yield f"says {step.kind}, and does not lead from {wanted}"
    if not step.from_outcomes:
        yield "names no outcome"
    if step.kind is Fate.SAME and step.from_outcomes != step.to_outcomes:
        yield "says same, and the identifier is another"
    if not step.kind.keeps_meaning and set(step.from_outcomes) & set(step.to_outcomes):
        yield f"says {step.kind}, and keeps an identifier, which cannot get another meaning"
    if not re.fullmatch(DAY, step.date):
        yield "has no day such as 2026-01-31"
    for each in sorted({*step.from_outcomes, *step.to_outcomes} - set(known)):
        yield f"names {each!r}, which is neither in use nor withdrawn"


def _number(outcomes: Collection[str]) -> str:
    return {0: "none", 1: "1"}.get(len(set(outcomes)), "several")


def _chain_faults(crosswalk: Sequence[Succession], edition: str) -> Iterator[str]:
    """See that the steps lead from edition to edition, and to this one."""
    pairs = [pair for pair, _ in groupby((step.from_edition, step.to_edition) for step in crosswalk)]
    linked = all(first[1] == second[0] for first, second in pairwise(pairs))
    names = [before for before, _ in pairs]
    if pairs and not (linked and pairs[-1][1] == edition and len({*names, edition}) == len(names) + 1):
        yield f"the crosswalk does not lead from edition to edition as far as {edition!r}"
