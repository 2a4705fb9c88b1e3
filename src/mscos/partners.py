"""
The partner finder: with whom a service covers all core outcomes.

How the smallest sets are found.  Each possible partner becomes a bitmask of the core outcomes that are still
needed and that it covers.  The sets of k partners that cover all of them are counted by inclusion and exclusion
over the outcomes that a set misses; the smallest k with a set is the size.  Sets are then written in order:
one agreement fewer at a time, and alphabetically among those.  A table of the last place from which a set can
still be finished keeps every step on a path that leads to one, so that only what is shown is looked for.
Nothing is approximated.  With seven outcomes there are 128 subsets, so hundreds of services take no time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count, islice
from math import comb
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """
    A service, as far as finding partners goes.

    Attributes:
        record_id: Identifier of its record.
        covers: The outcomes that it addresses directly.
        area: Where it works; None where its record does not say.
        accepts: Whom it accepts: `adults`, `children` or `both`; None where its record does not say.
        agreements: Identifiers of the records with which it has an agreement, written or by word of mouth.
    """

    record_id: str
    covers: frozenset[str]
    area: str | None = None
    accepts: str | None = None
    agreements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """
    A possible partner.

    Attributes:
        record_id: Identifier of its record.
        brings: The needed core outcomes that it covers, in their order.
        agreed: Whether there is an agreement already, by the record of either side.
        area_known: Whether both records say the area.  If not, ask whether it is the same.
    """

    record_id: str
    brings: tuple[str, ...]
    agreed: bool
    area_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSets:
    """
    The smallest sets of partners with which a service covers all core outcomes.

    Attributes:
        record_id: Identifier of the service's own record.
        size: Partners in each of the smallest sets; 0 where none is needed, None where no set covers everything.
        sets: The first of the smallest sets, each in alphabetical order: those with more agreements first, then
            alphabetically.  Where some outcomes are out of reach, they cover the rest.  No set is empty.
        total: How many smallest sets there are, shown or not.
        uncoverable: The needed core outcomes that no possible partner covers, in their order.
        partners: Everyone named in the sets that are shown, alphabetically.
    """

    record_id: str
    size: int | None
    sets: tuple[tuple[str, ...], ...]
    total: int
    uncoverable: tuple[str, ...]
    partners: tuple[Partner, ...]


def smallest_partner_sets(
    member: Member, others: Iterable[Member], core: Sequence[str], limit: int = 20
) -> PartnerSets:
    """
    Find the smallest sets of other services that, with one service, cover all core outcomes.

    A possible partner accepts adults, and works in the same area; where a record does not say, it is not ruled out.

    Args:
        member: The service.
        others: The services to choose from; the service itself among them is passed over.
        core: The core outcomes, in their order.
        limit: The largest number of sets to show.

    Returns:
        The sets.  The order of the other services does not matter.

    Raises:
        ValueError: If two of the other services share an identifier.
    """
    needed = tuple(outcome for outcome in core if outcome not in member.covers)
    pool = sorted((other for other in others if _possible(member, other)), key=lambda other: other.record_id)
    _refuse_repeated(pool)
    within_reach = frozenset(outcome for other in pool for outcome in other.covers)
    wanted = tuple(outcome for outcome in needed if outcome in within_reach)
    uncoverable = tuple(outcome for outcome in needed if outcome not in within_reach)
    kinds = tuple(_Kind(_mask(wanted, other.covers), _agreed(member, other)) for other in pool)
    size, total = _smallest(kinds, len(wanted))
    places = tuple(islice(_in_order(kinds, len(wanted), size), limit)) if size else ()
    return PartnerSets(
        record_id=member.record_id,
        size=None if uncoverable else size,
        sets=tuple(tuple(pool[place].record_id for place in chosen) for chosen in places),
        total=total if size else 0,
        uncoverable=uncoverable,
        partners=tuple(_partner(member, pool[place], wanted) for place in sorted({*chain(*places)})),
    )


class _Kind(NamedTuple):
    """What tells one possible partner from another: the wanted outcomes that it covers, and whether it has agreed."""

    mask: int
    agreed: bool


class _Wanted(NamedTuple):
    """What a set that is being put together still has to get."""

    mask: int
    partners: int
    agreements: int

    def after(self, kind: _Kind) -> _Wanted:
        """Say what is still wanted once a partner is in."""
        return _Wanted(self.mask & ~kind.mask, self.partners - 1, self.agreements - kind.agreed)


def _possible(member: Member, other: Member) -> bool:
    same_area = member.area == other.area or not _area_known(member, other)
    return other.record_id != member.record_id and other.accepts != "children" and same_area


def _area_known(member: Member, other: Member) -> bool:
    return member.area is not None and other.area is not None


def _agreed(member: Member, other: Member) -> bool:
    return other.record_id in member.agreements or member.record_id in other.agreements


def _partner(member: Member, other: Member, wanted: Sequence[str]) -> Partner:
    return Partner(
        record_id=other.record_id,
        brings=tuple(outcome for outcome in wanted if outcome in other.covers),
        agreed=_agreed(member, other),
        area_known=_area_known(member, other),
    )


def _refuse_repeated(pool: Sequence[Member]) -> None:
    if len({other.record_id for other in pool}) < len(pool):
        raise ValueError("two services share an identifier")


def _mask(wanted: Sequence[str], covers: frozenset[str]) -> int:
    return sum(1 << place for place, outcome in enumerate(wanted) if outcome in covers)


def _smallest(kinds: Sequence[_Kind], outcomes: int) -> tuple[int, int]:
    """Give the size of the smallest sets that cover so many outcomes, and how many sets there are."""
    masks = Counter(kind.mask for kind in kinds)
    signed = [
        ((-1) ** missed.bit_count(), sum(many for mask, many in masks.items() if not mask & missed))
        for missed in range(1 << outcomes)
    ]
    totals = ((size, sum(sign * comb(many, size) for sign, many in signed)) for size in count())
    return next((size, total) for size, total in totals if total)


def _in_order(kinds: Sequence[_Kind], outcomes: int, size: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of every set of a size that covers so many outcomes: more agreements first, then by place."""
    latest = _latest(kinds)

    def begun(wanted: _Wanted, start: int) -> Iterator[tuple[int, ...]]:
        if not wanted.partners:
            yield ()
            return
        for place in range(start, latest(wanted) + 1):
            rest = wanted.after(kinds[place])
            if latest(rest) > place:
                yield from ((place, *others) for others in begun(rest, place + 1))

    everything = (1 << outcomes) - 1
    return chain.from_iterable(begun(_Wanted(everything, size, agreed), 0) for agreed in range(size, -1, -1))


def _latest(kinds: Sequence[_Kind]) -> Callable[[_Wanted], int]:
    """Give a table of the last place at which what is wanted can still be begun; -1 where it cannot be had."""
    places: dict[_Kind, list[int]] = {}
    for place, kind in enumerate(kinds):
        places.setdefault(kind, []).append(place)

    @cache
    def latest(wanted: _Wanted) -> int:
        if not wanted.partners:
            return -1 if wanted.mask or wanted.agreements else len(kinds)
        return max(_last_below(places[kind], latest(wanted.after(kind))) for kind in places)

    return latest


def _last_below(places: Sequence[int], limit: int) -> int:
    at = bisect_left(places, limit)
    return places[at - 1] if at else -1
