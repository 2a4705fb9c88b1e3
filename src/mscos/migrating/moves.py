"""Where the identifiers of one edition lead in another."""

from __future__ import annotations

from dataclasses import dataclass

from mscos.errors import NoWayBetween
from mscos.succession import Fate, editions_before
from mscos.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Move:
    """
    Where one identifier leads.

    Attributes:
        identifier: The identifier as it stands.
        target: The identifier to write; None where a person must decide.
        fate: What became of the outcome, if that is why; None for an identifier that the edition does not know.
        choices: Identifiers to choose among; empty where nothing took its place.
    """

    identifier: str
    target: str | None
    fate: Fate | None = None
    choices: tuple[str, ...] = ()

    @property
    def rewrites(self) -> bool:
        """Whether another identifier is to be written."""
        return self.target not in {None, self.identifier}


@dataclass(frozen=True, slots=True)
class Moves:
    """
    Where the identifiers of an earlier edition lead.

    Attributes:
        before: Name of the edition to begin at.
        after: The edition to reach.

    Raises:
        NoWayBetween: If no crosswalk leads from the one to the other.
    """

    before: str
    after: Taxonomy

    def __post_init__(self) -> None:
        ways = editions_before(self.after.crosswalk)
        if self.before not in {self.after.edition, *ways}:
            raise NoWayBetween(self.before, self.after.edition, ways)

    def of(self, identifier: str) -> Move:
        """Say where an identifier leads."""
        # What is of the later edition already is left alone, so that a second run changes nothing.
        if identifier in self.after:
            return Move(identifier, identifier)
        # One that was withdrawn even earlier leads on from there.
        steps = self.after.became(identifier, since=self.before) or self.after.became(identifier)
        lost = [step.kind for step in steps if not step.kind.keeps_meaning]
        choices = tuple(outcome.id for outcome in self.after.successors(identifier))
        if choices and not lost:
            return Move(identifier, choices[0])
        return Move(identifier, None, lost[0] if lost else None, choices)
