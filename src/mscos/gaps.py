"""What an area would have to change so that every core outcome is covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mscos.codelists import Addressing, Agreement

ChangeKind = Literal["put_in_writing", "agree_in_writing", "amend"]
"""How an entry is raised, the nearest first."""


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """
    How a member of an area addresses an outcome.

    Attributes:
        record_id: Identifier of the member's record.
        how: By whom the outcome is covered, if by anybody.
        agreement: What is agreed with that partner; None where the record does not say.
    """

    record_id: str
    how: Addressing
    agreement: Agreement | None = None

    @property
    def closes(self) -> bool:
        """Whether it covers the outcome for the area: directly, or by a partner with a written agreement."""
        return self.how == "directly" or (self.how == "by_partner" and self.agreement == "written")


@dataclass(frozen=True, slots=True)
class Change:
    """
    One entry that can be raised.

    Attributes:
        record_id: Identifier of the record that holds the entry.
        change: How the entry is raised.
    """

    record_id: str
    change: ChangeKind

    @property
    def words(self) -> str:
        """What is to be done, for a person."""
        return _WORDS[self.change]


@dataclass(frozen=True, slots=True)
class Gap:
    """
    A core outcome that nobody in the area covers, directly or by a written agreement.

    Attributes:
        outcome: Identifier of the outcome.
        changes: The changes that close it, each by itself, the nearest first; none if no member has an entry.
    """

    outcome: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """
    The smallest set of changes that closes every gap of an area: one for each gap, because a change raises one entry.

    Attributes:
        gaps: The gaps, in the order of the core outcomes.
    """

    gaps: tuple[Gap, ...]

    @property
    def size(self) -> int:
        """How many changes are needed at least."""
        return len(self.gaps)


_NEAREST: Mapping[Addressing, ChangeKind] = {
    "by_partner": "put_in_writing",
    "by_referral": "agree_in_writing",
    "not_addressed": "amend",
}
"""The change that raises an entry which closes nothing, the nearest first."""

_WORDS: Mapping[ChangeKind, str] = {
    "put_in_writing": "put the agreement in writing",
    "agree_in_writing": "turn the referral into a written agreement",
    "amend": "amend the service",
}

_AGREED: tuple[Agreement | None, ...] = ("written", "informal", "none", None)
"""How near an agreement is to a written one."""


def smallest_changes(entries: Mapping[str, Iterable[MemberEntry]], core: Sequence[str]) -> Changes:
    """
    Find the smallest set of changes with which an area covers all core outcomes.

    Args:
        entries: For each outcome, how each member addresses it.  Give a member that is silent as `not_addressed`.
        core: The core outcomes, in their order.

    Returns:
        What is open, and for each the changes to choose one from.  The order of the entries does not matter.
    """
    of_each = {outcome: tuple(entries.get(outcome, ())) for outcome in core}
    return Changes(
        tuple(
            Gap(outcome, _nearest_first(offered))
            for outcome, offered in of_each.items()
            if not any(entry.closes for entry in offered)
        )
    )


def _nearest_first(entries: Iterable[MemberEntry]) -> tuple[Change, ...]:
    return tuple(Change(entry.record_id, _NEAREST[entry.how]) for entry in sorted(entries, key=_distance))


def _distance(entry: MemberEntry) -> tuple[int, int, str]:
    return list(_NEAREST).index(entry.how), _AGREED.index(entry.agreement), entry.record_id
