from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, replace
from math import isclose, sqrt
from random import Random
from typing import Any
from weakref import ReferenceType, ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos.findings import Status
from mscos.uptake import EvaluationLine, Proportion, count_uptake, proportion

CORE = ("housing", "safety", "support")

PARTS = st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
"""How many, of how many."""

LINES = st.lists(
    st.builds(
        EvaluationLine,
        record_id=st.just("one"),
        statuses=st.dictionaries(st.sampled_from([*CORE, "ll07"]), st.sampled_from(Status)),
        planned=st.frozensets(st.sampled_from([*CORE, "ll07"])),
        reasons=st.dictionaries(st.sampled_from([*CORE, "ll07"]), st.sampled_from(["funding", "time"])),
    ),
    max_size=12,
)


def line(planned: str = "", reasons: Mapping[str, str] | None = None, **statuses: Status) -> EvaluationLine:
    return EvaluationLine(
        record_id="one", statuses=statuses, planned=frozenset(planned.split()), reasons=dict(reasons or {})
    )


def whole(planned: str = "") -> EvaluationLine:
    return replace(line(planned), statuses=dict.fromkeys(CORE, Status.REPORTED))


def counts(proportions: Mapping[str, Proportion]) -> dict[str, int]:
    return {outcome: each.count for outcome, each in proportions.items()}


def ends(part: Proportion) -> tuple[float, float]:
    assert part.low is not None
    assert part.high is not None
    return part.low, part.high


def end_by_bisection(count: int, total: int, inside: float, outside: float) -> float:
    """Find where the score test of a true share first rejects, between a share that it keeps and one beyond."""
    for _ in range(200):
        middle = (inside + outside) / 2
        distance = abs(count / total - middle) / sqrt(middle * (1 - middle) / total)
        inside, outside = (middle, outside) if distance < 1.959963984540054 else (inside, middle)
    return inside


# The interval.


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        pytest.param(145, 189, "145 of 189 (95 % interval 0.70 to 0.82)", id="registered, Kirkham 2017, BMJ 357:j2262"),
        pytest.param(116, 143, "116 of 143 (95 % interval 0.74 to 0.87)", id="with results, Kirkham 2017"),
        (0, 7, "0 of 7 (95 % interval 0.00 to 0.35)"),
        (7, 7, "7 of 7 (95 % interval 0.65 to 1.00)"),
        (0, 0, "0 of 0 (no interval)"),
    ],
)
def test_a_proportion_is_said_in_words(count: int, total: int, words: str) -> None:
    assert proportion(count, total).words == words


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(count: int, total: int, low: float, high: float) -> None:
    # Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872: its examples, by the score method without correction.
    assert ends(proportion(count, total)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("count", "total"), [(145, 189), (116, 143), (1, 2), (1, 1000), (9_999, 10_000)])
def test_the_interval_holds_the_shares_that_the_score_test_keeps(count: int, total: int) -> None:
    share = count / total

    low, high = ends(proportion(count, total))

    assert isclose(low, end_by_bisection(count, total, share, 0.0), rel_tol=1e-9)
    assert isclose(high, end_by_bisection(count, total, share, 1.0), rel_tol=1e-9)


@given(PARTS)
def test_the_interval_lies_within_0_and_1_and_around_the_share(part: tuple[int, int]) -> None:
    count, total = part

    low, high = ends(proportion(count, total))

    assert 0 <= low <= count / total <= high <= 1
    assert high > low


@given(PARTS)
def test_the_interval_of_the_rest_is_the_mirror_image(part: tuple[int, int]) -> None:
    count, total = part
    low, high = ends(proportion(count, total))

    rest = ends(proportion(total - count, total))

    assert rest == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(PARTS, st.integers(2, 50))
def test_the_interval_of_the_same_share_of_more_is_narrower(part: tuple[int, int], times: int) -> None:
    low, high = ends(proportion(*part))

    narrower = ends(proportion(part[0] * times, part[1] * times))

    assert narrower[1] - narrower[0] < high - low


@given(st.integers(1, 10_000))
def test_nothing_and_everything_are_ends_of_their_intervals(total: int) -> None:
    assert proportion(0, total).low == 0
    assert proportion(total, total).high == 1


def test_of_nothing_there_is_no_interval() -> None:
    assert proportion(0, 0) == Proportion(0, 0, None, None)


@pytest.mark.parametrize(("count", "total"), [(-1, 3), (4, 3), (1, 0), (0, -1), (-1, -1)])
def test_a_part_is_never_less_than_nothing_or_more_than_the_whole(count: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"^{count} of {total} is not a part of a whole$"):
        proportion(count, total)


# The counts.


def test_the_published_uptake_is_recomputed() -> None:
    """Kirkham 2017, BMJ 357:j2262: registered trials that plan or report the full set, and trials that report it."""
    planning = [line(" ".join(CORE))] * 100 + [whole()] * 45 + [line("housing safety")] * 44
    reporting = [whole()] * 116 + [line(" ".join(CORE), housing=Status.REPORTED)] * 27

    planned = count_uptake(planning, CORE).full_set_planned_or_reported
    reported = count_uptake(reporting, CORE).full_set

    assert (planned.count, planned.total) == (145, 189)
    assert (reported.count, reported.total) == (116, 143)


def test_what_is_planned_is_kept_apart_from_what_is_reported() -> None:
    lines = [
        whole(),
        line("housing safety support"),
        line("support", housing=Status.REPORTED, safety=Status.PARTLY_REPORTED),
        line(housing=Status.LEFT_OUT, safety=Status.REPORTED),
    ]

    uptake = count_uptake(lines, CORE)

    assert uptake.evaluations == 4
    assert uptake.full_set == proportion(1, 4)
    assert uptake.full_set_planned_or_reported == proportion(3, 4)
    assert uptake.reported == {
        "housing": proportion(2, 4),
        "safety": proportion(2, 4),
        "support": proportion(1, 4),
    }
    assert uptake.planned_or_reported == {
        "housing": proportion(3, 4),
        "safety": proportion(4, 4),
        "support": proportion(3, 4),
    }


@pytest.mark.parametrize("status", Status)
def test_only_the_last_status_is_reported_and_only_the_first_is_nowhere(status: Status) -> None:
    uptake = count_uptake([line(housing=status)], CORE)

    assert uptake.reported["housing"].count == (status is Status.REPORTED)
    assert uptake.planned_or_reported["housing"].count == (status is not Status.LEFT_OUT)
    assert uptake.without_reason["housing"] == (status is Status.LEFT_OUT)


def test_a_plan_counts_whatever_came_of_it() -> None:
    left_out = count_uptake([line("housing", housing=Status.LEFT_OUT)], CORE)
    reported = count_uptake([line("housing", housing=Status.REPORTED)], CORE)

    assert counts(left_out.planned_or_reported) == {"housing": 1, "safety": 0, "support": 0}
    assert counts(left_out.reported) == {"housing": 0, "safety": 0, "support": 0}
    assert counts(reported.planned_or_reported) == {"housing": 1, "safety": 0, "support": 0}


def test_statuses_that_are_plain_text_count_the_same() -> None:
    read_back: Any = dict.fromkeys(CORE, "reported") | {"support": "left_out"}

    uptake = count_uptake([EvaluationLine(record_id="one", statuses=read_back)], CORE)

    assert counts(uptake.reported) == counts(uptake.planned_or_reported) == {"housing": 1, "safety": 1, "support": 0}


def test_reasons_are_tabulated_by_outcome_and_silence_is_counted_too() -> None:
    lines = [
        line(reasons={"housing": "time", "safety": "funding"}),
        line(reasons={"housing": "time", "support": "time"}, safety=Status.REPORTED),
        line("support", reasons={"housing": "access"}),
    ]

    uptake = count_uptake(lines, CORE)

    assert list(uptake.reasons) == ["access", "funding", "time"]
    assert uptake.reasons == {
        "access": {"housing": 1, "safety": 0, "support": 0},
        "funding": {"housing": 0, "safety": 1, "support": 0},
        "time": {"housing": 2, "safety": 0, "support": 1},
    }
    assert uptake.without_reason == {"housing": 0, "safety": 1, "support": 1}


def test_outcomes_beyond_the_core_count_for_nothing() -> None:
    beyond = line("ll07", {"ll08": "funding"}, ll09=Status.REPORTED)

    uptake = count_uptake([replace(whole(), planned=beyond.planned, reasons=beyond.reasons), beyond], CORE)

    assert uptake.full_set == proportion(1, 2)
    assert uptake.full_set_planned_or_reported == proportion(1, 2)
    assert list(uptake.reported) == list(uptake.planned_or_reported) == list(uptake.without_reason) == list(CORE)
    assert uptake.reasons == {}


def test_of_no_evaluations_nothing_is_said() -> None:
    uptake = count_uptake([], CORE)

    assert uptake.evaluations == 0
    assert {uptake.full_set, *uptake.reported.values(), *uptake.planned_or_reported.values()} == {proportion(0, 0)}


def test_evaluations_are_read_once_and_none_is_kept() -> None:
    class Statuses(dict[str, Status]):
        """Unlike a plain dictionary, this can be watched."""

    watched: list[ReferenceType[Statuses]] = []
    alive: list[int] = []

    def lines() -> Iterator[EvaluationLine]:
        for _ in range(50):
            statuses = Statuses(housing=Status.REPORTED)
            watched.append(ref(statuses))
            alive.append(sum(each() is not None for each in watched))
            yield EvaluationLine(record_id="one", statuses=statuses)

    uptake = count_uptake(lines(), CORE)

    assert uptake.reported["housing"] == proportion(50, 50)
    assert max(alive) <= 2  # this one, and the one before it in the hands of the loop


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_evaluations_changes_nothing(lines: list[EvaluationLine], random: Random) -> None:
    shuffled = random.sample(lines, len(lines))

    assert count_uptake(iter(shuffled), CORE) == count_uptake(iter(lines), CORE)


@given(LINES)
def test_more_is_planned_or_reported_than_is_reported(lines: list[EvaluationLine]) -> None:
    uptake = count_uptake(lines, CORE)

    assert uptake.full_set.count <= min(counts(uptake.reported).values())
    assert uptake.full_set_planned_or_reported.count <= min(counts(uptake.planned_or_reported).values())
    assert uptake.full_set.count <= uptake.full_set_planned_or_reported.count
    for outcome in CORE:
        assert uptake.reported[outcome].count <= uptake.planned_or_reported[outcome].count <= len(lines)


@given(LINES, LINES)
def test_two_portfolios_together_count_what_each_counts(
    ours: list[EvaluationLine], theirs: list[EvaluationLine]
) -> None:
    one, other, both = (count_uptake(lines, CORE) for lines in (ours, theirs, ours + theirs))

    assert both.full_set.count == one.full_set.count + other.full_set.count
    for outcome in CORE:
        assert both.without_reason[outcome] == one.without_reason[outcome] + other.without_reason[outcome]
        for reason in ("funding", "time"):
            given_for = (uptake.reasons.get(reason, {}).get(outcome, 0) for uptake in (one, other))
            assert both.reasons.get(reason, {}).get(outcome, 0) == sum(given_for)


def test_what_was_counted_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        count_uptake([], CORE).evaluations = 1  # type: ignore[misc]
