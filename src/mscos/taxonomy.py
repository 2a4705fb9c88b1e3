"""The taxonomy: one edition of the terms, the ways to look them up, and what must hold between them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from mscos.errors import ContradictoryEdition, UnknownOutcome, WithdrawnOutcome
from mscos.succession import Succession, led_on, steps_after, succession_faults
from mscos.terms import IDENTIFIER, SCHEMA_CONFIG, CoreOutcomeSet, Domain, Outcome, Source

NOT_REVIEWED = "Survivors have not yet reviewed the words that are this project's own."
"""What a reader of an edition must know that survivors have not reviewed."""

_SHORT_WORD = 4
"""Longest word of which a search takes every letter."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Taxonomy:
    """
    One edition of the taxonomy.

    Raises:
        ContradictoryEdition: If two outcomes share an identifier or a label, or if something named is not there.
    """

    __pydantic_config__ = SCHEMA_CONFIG

    edition: str
    """Name of the edition: year of the consensus, then revision."""

    title: str
    """Title of the edition."""

    note: str
    """What a reader must know before quoting from the edition."""

    reviewed_by_survivors: bool
    """Whether survivors have reviewed the words that are this project's own."""

    core_outcome_set: CoreOutcomeSet
    """The agreed minimum."""

    domains: tuple[Domain, ...]
    """Every domain."""

    outcomes: tuple[Outcome, ...]
    """Every outcome: the core outcomes first, in the order of their publication."""

    sources: tuple[Source, ...]
    """Every source."""

    withdrawn: tuple[Outcome, ...] = ()
    """Outcomes of earlier editions that are no longer in use; no identifier is ever forgotten."""

    crosswalk: tuple[Succession, ...] = ()
    """What became of each outcome from edition to edition, the oldest step first; empty for a first edition."""

    fingerprint: str
    """The sha256 of the file that the edition was read from, in hexadecimal."""

    _by_id: dict[str, Outcome] = field(init=False, repr=False, compare=False)
    _by_key: dict[str, Outcome] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = [*_malformed(self), *_repeated(self), *_dangling(self), *_broken_off(self)]
        if faults:
            raise ContradictoryEdition(tuple(faults))
        object.__setattr__(self, "_by_id", {outcome.id: outcome for outcome in self.outcomes})
        object.__setattr__(self, "_by_key", {key: outcome for outcome in self.outcomes for key in _keys(outcome)})

    @property
    def core(self) -> tuple[Outcome, ...]:
        """The core outcomes, in the order of their publication."""
        return tuple(self._by_id[outcome] for outcome in self.core_outcome_set.outcomes)

    @property
    def longlist(self) -> tuple[Outcome, ...]:
        """The outcomes of the long-list, provisional ones included."""
        return tuple(outcome for outcome in self.outcomes if not outcome.is_core)

    @property
    def published(self) -> tuple[Outcome, ...]:
        """Only the outcomes whose label stands word for word in the publication of the final set."""
        return tuple(outcome for outcome in self.outcomes if not outcome.provisional)

    def __repr__(self) -> str:
        return f"Taxonomy(edition={self.edition!r})"

    def _repr_html_(self) -> str:
        """Show the edition in a notebook."""
        from mscos._snippet import snippet  # noqa: PLC0415 - loading an edition must not pay for it

        return snippet(
            f"{self.core_outcome_set.name} ({self.core_outcome_set.acronym}), edition {self.edition}",
            columns=("Identifier", "Outcome", "Set"),
            rows=((outcome.id, outcome.marked_label, outcome.set.words) for outcome in self),
            notes=(self.note, *_not_reviewed(self)),
        )

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def __getitem__(self, identifier: str) -> Outcome:
        """
        Look an outcome up by its identifier, exactly.

        Raises:
            UnknownOutcome: If no outcome has the identifier.  It names near ones.
        """
        try:
            return self._by_id[identifier]
        except KeyError:
            raise self._unknown(identifier) from None

    def find(self, words: str) -> Outcome:
        """
        Find an outcome by its identifier, its label or a cited alias.

        Case, hyphens, punctuation and spaces do not matter; everything else does.

        Raises:
            UnknownOutcome: If no outcome is called so.  It names near ones, and picks none.
        """
        try:
            return self._by_key[word_key(words)]
        except KeyError:
            raise self._unknown(words) from None

    def suggest(self, words: str, limit: int = 3) -> tuple[Outcome, ...]:
        """
        Suggest outcomes whose identifier, label or alias is near some words.

        Suggestions are for a person to choose from: nothing in the package acts on one.

        Args:
            words: What somebody wrote.
            limit: The largest number of suggestions.

        Returns:
            At most `limit` outcomes, the nearest first; none if nothing is near.
        """
        # Imported here: loading an edition must not pay for it.
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(word_key(words), self._by_key, n=4 * limit, cutoff=0.75)
        return tuple(dict.fromkeys(self._by_key[key] for key in near))[:limit]

    def search(self, words: str) -> tuple[Outcome, ...]:
        """
        Search for outcomes that hold every one of some words.

        Args:
            words: Words or parts of words, between spaces.  Case, punctuation and the end of a longer word do not
                matter, so that "house" finds housing.

        Returns:
            The outcomes with all of them in their label, aliases or definition, in the order of the edition.
        """
        keys = [_beginning(key) for key in map(word_key, words.split()) if key]
        return tuple(o for o in self.outcomes if keys and all(key in _haystack(o) for key in keys))

    def became(self, identifier: str, *, since: str | None = None) -> tuple[Succession, ...]:
        """
        Tell what became of an outcome, step by step.  Nothing is chosen: a step can lead to several, or to none.

        Args:
            identifier: Its identifier in an earlier edition, or in this one.
            since: The edition to begin at; None for the first one in which anything happened.

        Returns:
            The steps, the oldest first; empty if no edition says anything about the identifier.
        """
        return steps_after(self.crosswalk, identifier, since)

    def successors(self, identifier: str) -> tuple[Outcome, ...]:
        """Give the outcomes of this edition to which an identifier leads; itself if it is one of them."""
        if identifier in self._by_id:
            return (self._by_id[identifier],)
        return tuple(self._by_id[each] for each in led_on(self.crosswalk, identifier) if each in self._by_id)

    def domain_of(self, outcome: Outcome) -> Domain:
        """Give the domain that an outcome belongs to."""
        return next(domain for domain in self.domains if domain.id == outcome.domain)

    def source(self, identifier: str) -> Source:
        """
        Look a source up by its identifier.

        Raises:
            LookupError: If the edition has no such source.
        """
        for source in self.sources:
            if source.id == identifier:
                return source
        raise LookupError(f"edition {self.edition!r} has no such source")

    def _unknown(self, words: str) -> UnknownOutcome:
        for outcome in self.withdrawn:
            if word_key(words) in _keys(outcome):
                successors = tuple(each.id for each in self.successors(outcome.id))
                return WithdrawnOutcome(self.edition, outcome.id, successors)
        return UnknownOutcome(self.edition, tuple(outcome.id for outcome in self.suggest(words)))


def _not_reviewed(taxonomy: Taxonomy) -> list[str]:
    return [] if taxonomy.reviewed_by_survivors else [NOT_REVIEWED]


def word_key(words: str) -> str:
    """Reduce words to what counts when a label is looked up: letters and digits."""
    folded = unicodedata.normalize("NFKC", words).casefold().replace("&", "and")
    return "".join(character for character in folded if character.isalnum())


def _beginning(key: str) -> str:
    """Cut a longer word down to what its other forms share."""
    return key[: max(_SHORT_WORD, len(key) - 2)]


def _keys(outcome: Outcome) -> frozenset[str]:
    labels = (outcome.id, outcome.label, *(alternative.label for alternative in outcome.alternative_labels))
    return frozenset(map(word_key, labels))


def _haystack(outcome: Outcome) -> str:
    """Give all that a search looks at, with words kept apart."""
    texts = (
        outcome.id,
        outcome.label,
        outcome.definition,
        *(other.label for other in outcome.alternative_labels),
    )
    return " ".join(word_key(word) for text in texts for word in text.split())


def _malformed(taxonomy: Taxonomy) -> list[str]:
    outcomes = (*taxonomy.outcomes, *taxonomy.withdrawn)
    identifiers = [*(domain.id for domain in taxonomy.domains), *(outcome.id for outcome in outcomes)]
    faults = [f"{each!r} is not an identifier" for each in identifiers if not re.fullmatch(IDENTIFIER, each)]
    if not taxonomy.core_outcome_set.outcomes:  # or every record would meet it
        faults.append("the core outcome set has no outcome")
    return faults


def _repeated(taxonomy: Taxonomy) -> list[str]:
    counts = {
        "outcome identifier": Counter(outcome.id for outcome in (*taxonomy.outcomes, *taxonomy.withdrawn)),
        "outcome label": Counter(key for outcome in taxonomy.outcomes for key in _keys(outcome)),
        "domain": Counter(domain.id for domain in taxonomy.domains),
        "source": Counter(source.id for source in taxonomy.sources),
    }
    return [f"{what} {name!r} stands twice" for what, names in counts.items() for name, n in names.items() if n > 1]


def _dangling(taxonomy: Taxonomy) -> list[str]:
    domains = {domain.id for domain in taxonomy.domains}
    sources = {source.id for source in taxonomy.sources}
    core = tuple(outcome.id for outcome in taxonomy.outcomes if outcome.is_core)
    outcomes = (*taxonomy.outcomes, *taxonomy.withdrawn)
    cited = {
        *taxonomy.core_outcome_set.sources,
        *(source for domain in taxonomy.domains for source in domain.sources),
        *(source for outcome in outcomes for source in outcome.sources),
        *(other.source for outcome in outcomes for other in outcome.alternative_labels),
        *(outcome.definition_source for outcome in outcomes if outcome.definition_source is not None),
        *(step.source for step in taxonomy.crosswalk),
    }
    faults = [f"there is no domain {name!r}" for name in sorted({o.domain for o in outcomes} - domains)]
    faults += [f"there is no source {name!r}" for name in sorted(cited - sources)]
    if core != taxonomy.core_outcome_set.outcomes:
        faults.append("the core outcome set does not list the core outcomes in their order")
    return faults


def _broken_off(taxonomy: Taxonomy) -> list[str]:
    current = {outcome.id for outcome in taxonomy.outcomes}
    withdrawn = {outcome.id for outcome in taxonomy.withdrawn}
    return list(succession_faults(taxonomy.crosswalk, taxonomy.edition, current, withdrawn))
