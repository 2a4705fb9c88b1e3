"""Decisions on an official list become a new edition, with its crosswalk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mscos._editions import editions
from mscos.adopting.mapping import Decision
from mscos.adopting.official import find_domain
from mscos.edition_files import parse_taxonomy, taxonomy_text
from mscos.errors import EditionNameTaken
from mscos.succession import Fate, Succession, editions_before
from mscos.taxonomy import Taxonomy, word_key
from mscos.terms import AlternativeLabel, ConstructKind, Domain, DomainGrade, LabelGrade, Outcome, Source

_NOTE = (
    "Adopted from an official list: {title}. The labels of the long-list are those of that list, and this project "
    "has not compared them with any other publication. Definitions without a source, construct kinds and inferred "
    "domain memberships are this project's own. This edition is not a publication of the MS-COS authors."
)
_NOBODY = "Nobody confirmed that an official outcome is the same."


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """
    Where an official list comes from.

    Attributes:
        title: Title of the list.
        publisher: Who published it.
        published: When; None where nobody says.
        url: Where it can be read; None where nobody says.
        because: Why its counts or domains differ; None where they do not.
    """

    title: str
    publisher: str
    published: str | None = None
    url: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """
    A new edition, and what goes with it.

    Attributes:
        taxonomy: The edition.
        text: Its file.
        kept: How many outcomes of the long-list keep their identifier.
        new: Identifiers of the outcomes that are new.
        withdrawn: Identifiers of the outcomes that are withdrawn.
    """

    taxonomy: Taxonomy
    text: str
    kept: int
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @property
    def lock_line(self) -> str:
        """The line for ``EDITIONS.lock``, should the edition be packaged."""
        return f"{self.taxonomy.fingerprint}  {self.taxonomy.edition}/taxonomy.json"


def adopt(base: Taxonomy, decisions: Sequence[Decision], edition: str, origin: Origin) -> Adoption:
    """
    Build the edition in which official labels take the place of provisional ones.

    Args:
        base: The edition to begin at.
        decisions: What a person decided about each official outcome, in the order of the list.
        edition: Name of the new edition.
        origin: Where the list comes from.

    Raises:
        EditionNameTaken: If an edition has the name already.
        ContradictoryEdition: If the decisions contradict each other, such as with two outcomes of one label.
        InvalidDocument: If what is said of the list cannot stand in an edition.
    """
    if edition in {*editions(), base.edition, *editions_before(base.crosswalk)}:
        raise EditionNameTaken(edition)
    building = _Building(base, decisions, edition, _source(base, edition, origin))
    made = replace(
        base,
        edition=edition,
        title=base.title.replace(base.edition, edition),
        note=" ".join([_NOTE.format(title=origin.title), *_reasons(origin)]),
        domains=building.domains,
        outcomes=(*building.core, *building.longlist),
        sources=(*base.sources, building.source),
        withdrawn=(*base.withdrawn, *building.withdrawn),
        crosswalk=(*base.crosswalk, *building.steps),
        fingerprint="",
    )
    text = taxonomy_text(made)
    return Adoption(
        taxonomy=parse_taxonomy(text, "the new edition"),
        text=text,
        kept=sum(each.same_as is not None and not base[each.same_as].is_core for each in decisions),
        new=tuple(building.new.values()),
        withdrawn=tuple(outcome.id for outcome in building.withdrawn),
    )


def _reasons(origin: Origin) -> list[str]:
    return (
        [f"Its counts or domains differ from those of the edition before: {origin.because}"] if origin.because else []
    )


def _source(base: Taxonomy, edition: str, origin: Origin) -> Source:
    identifier = f"official-{edition.replace('.', '-')}"
    while any(source.id == identifier for source in base.sources):
        identifier += "-adopted"
    return Source(
        id=identifier,
        type="official list",
        title=origin.title,
        publisher=origin.publisher,
        used_for="labels of the long-list; domains and definitions where it has them",
        date=origin.published,
        url=origin.url,
    )


class _Building:
    """The parts of the new edition, each worked out once."""

    def __init__(self, base: Taxonomy, decisions: Sequence[Decision], edition: str, source: Source) -> None:
        self.base = base
        self.edition = edition
        self.source = source
        self.date = max(each.date for each in decisions)
        self.same = {each.same_as: each for each in decisions if each.same_as is not None}
        self.new = _numbered(base, [each for each in decisions if each.same_as is None])
        self.domains, self._by_name = _with_domains(base, decisions, source)
        self.core = tuple(self._kept(outcome) for outcome in base.core)
        self.longlist = tuple(
            self._new(each) if each.same_as is None else self._kept(base[each.same_as])
            for each in decisions
            if each.same_as is None or not base[each.same_as].is_core
        )
        self.withdrawn = tuple(outcome for outcome in base.longlist if outcome.id not in self.same)
        self.steps = (*self._steps_of_kept(), *self._steps_of_withdrawn(decisions))

    def _kept(self, outcome: Outcome) -> Outcome:
        decision = self.same.get(outcome.id)
        if decision is None:
            return outcome
        official = decision.official
        found = self._placed(decision, outcome)
        if official.definition is not None:
            found = replace(found, definition=official.definition, definition_source=self.source.id)
        return replace(
            found,
            label=official.label,
            label_grade=LabelGrade.PUBLISHED,
            sources=(self.source.id,),
            evidence="the label in the official list",
            alternative_labels=tuple(_aliases(outcome, official.label)),
            published_list=None,
            construct_kind=decision.construct_kind or outcome.construct_kind,
        )

    def _new(self, decision: Decision) -> Outcome:
        official = decision.official
        return self._placed(
            decision,
            Outcome(
                id=self.new[official.label],
                set=official.set,
                domain=self._by_name[decision.domain],
                domain_grade=DomainGrade.INFERRED,
                label=official.label,
                label_grade=LabelGrade.PUBLISHED,
                definition=official.definition or "",
                construct_kind=decision.construct_kind or ConstructKind.STATE,
                sources=(self.source.id,),
                evidence="the label in the official list",
                definition_source=self.source.id if official.definition else None,
            ),
        )

    def _placed(self, decision: Decision, outcome: Outcome) -> Outcome:
        """Put an outcome into its domain: as the list has it, or as the person inferred."""
        if decision.official.domain is not None:
            domain = self._by_name[decision.official.domain]
            return replace(outcome, domain=domain, domain_grade=DomainGrade.PUBLISHED)
        if decision.domain and self._by_name[decision.domain] != outcome.domain:
            return replace(outcome, domain=self._by_name[decision.domain], domain_grade=DomainGrade.INFERRED)
        return outcome

    def _steps_of_kept(self) -> Iterator[Succession]:
        for outcome in (*self.base.core, *self.base.longlist):
            decision = self.same.get(outcome.id)
            if decision is not None or outcome.is_core:
                said = decision is not None and decision.official.label != outcome.label
                note = f"Confirmed by {decision.by}." if decision else "The official list does not name it."
                date = decision.date if decision else self.date
                yield self._step(Fate.RENAMED if said else Fate.SAME, (outcome.id,), (outcome.id,), date, note)

    def _steps_of_withdrawn(self, decisions: Sequence[Decision]) -> Iterator[Succession]:
        """Withdraw each outcome that nobody confirmed; what was split or merged is told as that."""
        after = {gone.id: self._successors(gone.id, decisions) for gone in self.withdrawn}
        before = {each: [gone for gone, new in after.items() if each in new] for new in after.values() for each in new}
        told: set[str] = set()
        for gone, new in after.items():
            # What a kept outcome takes over cannot be told as a part of it: it would have another meaning.
            as_new = set(new) <= set(self.new.values())
            merged = before[new[0]] if len(new) == 1 else []
            if gone in told:
                continue
            if len(new) > 1 and as_new:
                yield self._step(Fate.SPLIT, (gone,), new, self.date, None)
            elif len(merged) > 1 and as_new and all(len(after[each]) == 1 for each in merged):
                told.update(merged)
                yield self._step(Fate.MERGED, tuple(merged), new, self.date, None)
            else:
                yield self._step(Fate.WITHDRAWN, (gone,), new, self.date, _NOBODY)

    def _successors(self, gone: str, decisions: Sequence[Decision]) -> tuple[str, ...]:
        return tuple(each.same_as or self.new[each.official.label] for each in decisions if gone in each.succeeds)

    def _step(
        self, kind: Fate, before: tuple[str, ...], after: tuple[str, ...], date: str, note: str | None
    ) -> Succession:
        return Succession(
            kind=kind,
            from_edition=self.base.edition,
            from_outcomes=before,
            to_edition=self.edition,
            to_outcomes=after,
            date=date,
            source=self.source.id,
            note=note,
        )


def _numbered(base: Taxonomy, new: Sequence[Decision]) -> dict[str, str]:
    """Give each new outcome the next number of the long-list; no number is ever used again."""
    used = [outcome.id for outcome in (*base.outcomes, *base.withdrawn)]
    first = max((int(each[2:]) for each in used if re.fullmatch("ll[0-9]+", each)), default=0) + 1
    return {each.official.label: f"ll{number:02}" for number, each in enumerate(new, start=first)}


def _with_domains(
    base: Taxonomy, decisions: Sequence[Decision], source: Source
) -> tuple[tuple[Domain, ...], Mapping[str, str]]:
    """Give the domains with those that only the list has, and the identifier of each by every name in use."""
    names = dict.fromkeys(name for each in decisions for name in (each.official.domain, each.domain) if name)
    known = {name: domain.id for name in names if (domain := find_domain(base, name))}
    used = [int(domain.id[1:]) for domain in base.domains if re.fullmatch("d[0-9]+", domain.id)]
    made: dict[str, Domain] = {}
    for name in names:
        if name not in known:
            key = word_key(name)
            identifier = f"d{max(used, default=0) + len(made) + 1:02}"
            made.setdefault(key, _new_domain(identifier, name, source))
            known[name] = made[key].id
    return (*base.domains, *made.values()), known


def _new_domain(identifier: str, label: str, source: Source) -> Domain:
    return Domain(
        id=identifier,
        label=label,
        grade=LabelGrade.PUBLISHED,
        published_list=source.id,
        sources=(source.id,),
        note="A domain of the official list that no earlier edition has.",
    )


def _aliases(outcome: Outcome, label: str) -> Iterator[AlternativeLabel]:
    """Keep the published labels that it had before; a provisional one was never anybody's label."""
    kept = [AlternativeLabel(label=outcome.label, source=each) for each in outcome.sources[:1]]
    for other in (*(kept if outcome.label_grade is LabelGrade.PUBLISHED else ()), *outcome.alternative_labels):
        if other.label != label:
            yield other
