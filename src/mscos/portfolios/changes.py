"""What became better and what fell away between two reports on a portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Literal

from mscos.errors import OtherEdition
from mscos.findings import Rag
from mscos.portfolios.area_lines import AreaLine
from mscos.portfolios.report import ChangeLine, Changes, MemberChange, PortfolioReport
from mscos.portfolios.tables import Proportion, UptakeTable

_ANSWERS = {"not_given": "not given", "not_met": "not met", "met": "met"}


def changes_since(old: PortfolioReport, new: PortfolioReport) -> Changes:
    """
    Compare two reports on a portfolio.

    Args:
        old: The earlier one.
        new: The later one.

    Returns:
        What became better or worse, in the order of the core outcomes, and the members that came or went.
        What only one of the two can tell is left out, but for the verdict, and for uptake that was counted
        before and is not any more.

    Raises:
        OtherEdition: If they were judged by different editions, so that nothing can be compared.
    """
    if old.stamps.edition_fingerprint != new.stamps.edition_fingerprint:
        raise OtherEdition(old.stamps.edition, new.stamps.edition)
    before = {(member.kind, member.record_id) for member in old.members}
    after = {(member.kind, member.record_id) for member in new.members}
    return Changes(
        comparable=old.complete and new.complete and old.stamps.rules_fingerprint == new.stamps.rules_fingerprint,
        lines=tuple(chain(_verdict(old, new), _area(old, new), _uptake(old, new))),
        gained=tuple(MemberChange(kind=kind, record_id=record_id) for kind, record_id in sorted(after - before)),
        lost=tuple(MemberChange(kind=kind, record_id=record_id) for kind, record_id in sorted(before - after)),
    )


def _verdict(old: PortfolioReport, new: PortfolioReport) -> Iterator[ChangeLine]:
    order = list(_ANSWERS)
    before, after = old.verdict.answer, new.verdict.answer
    if before != after:
        better = order.index(after) > order.index(before)
        yield ChangeLine(what="verdict", direction=_way(better), before=_ANSWERS[before], after=_ANSWERS[after])


def _area(old: PortfolioReport, new: PortfolioReport) -> Iterator[ChangeLine]:
    earlier = {line.outcome: line for line in old.core}
    for line in new.core:
        if line.outcome in earlier:
            yield from _line(earlier[line.outcome], line)
            yield from _rests(line.outcome, old, new)


def _line(old: AreaLine, new: AreaLine) -> Iterator[ChangeLine]:
    if old.there != new.there:
        words = {True: "covered", False: "not covered"}
        yield ChangeLine(
            what="covered",
            direction=_way(new.there),
            outcome=new.outcome,
            before=words[old.there],
            after=words[new.there],
        )
    before, after = Rag(old.rag), Rag(new.rag)
    if before is not after:
        better = after.rank > before.rank
        yield ChangeLine(
            what="rag", direction=_way(better), outcome=new.outcome, before=before.value, after=after.value
        )


def _rests(outcome: str, old: PortfolioReport, new: PortfolioReport) -> Iterator[ChangeLine]:
    """Compare what an outcome rests on that both portfolios cover."""
    if outcome in old.uncovered or outcome in new.uncovered:
        return
    was, is_now = outcome in old.fragile, outcome in new.fragile
    if was != is_now:
        words = {True: "no direct cover or written agreement", False: "direct cover or a written agreement"}
        yield ChangeLine(what="fragile", direction=_way(was), outcome=outcome, before=words[was], after=words[is_now])
    was, is_now = (outcome in {point.outcome for point in each.single_points} for each in (old, new))
    if was != is_now:
        words = {True: "one member", False: "several members"}
        yield ChangeLine(
            what="single_point", direction=_way(was), outcome=outcome, before=words[was], after=words[is_now]
        )


def _uptake(old: PortfolioReport, new: PortfolioReport) -> Iterator[ChangeLine]:
    if old.uptake is None:
        return
    if new.uptake is None:
        yield from _no_uptake(old.uptake)
        return
    if _differ(old.uptake.full_set, new.uptake.full_set):
        yield _shares("full_set_uptake", None, old.uptake.full_set, new.uptake.full_set)
    earlier = {line.outcome: line.reported for line in old.uptake.outcomes}
    for line in new.uptake.outcomes:
        if line.outcome in earlier and _differ(earlier[line.outcome], line.reported):
            yield _shares("uptake", line.outcome, earlier[line.outcome], line.reported)


def _no_uptake(old: UptakeTable) -> Iterator[ChangeLine]:
    """Say what was counted before, where there is nothing to count any more."""
    before = [(line.outcome, line.reported) for line in old.outcomes if line.reported.count]
    yield _lost("full_set_uptake", None, old.full_set)
    yield from (_lost("uptake", outcome, share) for outcome, share in before)


def _lost(what: Literal["uptake", "full_set_uptake"], outcome: str | None, old: Proportion) -> ChangeLine:
    before = f"{old.count} of {old.total}"
    return ChangeLine(what=what, direction="worse", outcome=outcome, before=before, after="no evaluation")


def _shares(
    what: Literal["uptake", "full_set_uptake"], outcome: str | None, old: Proportion, new: Proportion
) -> ChangeLine:
    return ChangeLine(
        what=what,
        direction=_way(_part(new) > _part(old)),
        outcome=outcome,
        before=f"{old.count} of {old.total}",
        after=f"{new.count} of {new.total}",
    )


def _differ(old: Proportion, new: Proportion) -> bool:
    return bool(old.total and new.total) and _part(old) != _part(new)


def _part(share: Proportion) -> Fraction:
    return Fraction(share.count, share.total)


def _way(better: bool) -> Literal["better", "worse"]:  # noqa: FBT001 - a word for a comparison
    return "better" if better else "worse"
