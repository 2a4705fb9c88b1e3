"""Small instances are compared with every subset there is; larger ones with laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mscos.codelists import Addressing, Agreement
from mscos.gaps import Change, Changes, Gap, MemberEntry, smallest_changes
from mscos.partners import Member, Partner, PartnerSets, smallest_partner_sets

CORE = ("housing", "safety", "support", "purpose", "education")
AREAS = ("north", "south", None)
ACCEPTS = ("adults", "children", "both", None)
NAMES = tuple("abcdefgh")

Chosen = tuple[Member, ...]


def member(record_id: str, covers: str = "", agreements: str = "") -> Member:
    return Member(record_id=record_id, covers=frozenset(covers.split()), agreements=frozenset(agreements.split()))


def members(names: Sequence[str]) -> st.SearchStrategy[list[Member]]:
    """Make one member of each name."""
    one = st.builds(
        Member,
        record_id=st.just("later"),
        covers=st.frozensets(st.sampled_from([*CORE, "ll07"]), max_size=3),
        area=st.sampled_from(AREAS),
        accepts=st.sampled_from(ACCEPTS),
        agreements=st.frozensets(st.sampled_from(["me", *NAMES]), max_size=3),
    )
    several = st.lists(one, min_size=len(names), max_size=len(names))
    return several.map(lambda found: [replace(each, record_id=name) for each, name in zip(found, names, strict=True)])


ME = members(["me"]).map(lambda found: found[0])
OTHERS = st.integers(0, len(NAMES)).flatmap(lambda many: members(NAMES[:many]))


# The oracle: every subset, and the rules in the plainest words.


def may_be_asked(me: Member, other: Member) -> bool:
    somewhere_else = me.area and other.area and me.area != other.area
    return other.accepts in {"adults", "both", None} and not somewhere_else


def have_agreed(me: Member, other: Member) -> bool:
    return me.record_id in other.agreements or other.record_id in me.agreements


def covered(chosen: Chosen) -> set[str]:
    return {outcome for each in chosen for outcome in each.covers}


def by_brute_force(me: Member, others: Sequence[Member]) -> tuple[list[tuple[str, ...]], set[str]]:
    """Try every subset, the small ones first; give the smallest sets in their order, and what is out of reach."""
    pool = tuple(other for other in others if may_be_asked(me, other))
    unreachable = set(CORE) - me.covers - covered(pool)
    goal = set(CORE) - me.covers - unreachable
    for size in range(1, len(pool) + 1):
        found = [chosen for chosen in combinations(pool, size) if goal and goal <= covered(chosen)]
        if found:
            named = [(-sum(have_agreed(me, each) for each in chosen), alphabetical(chosen)) for chosen in found]
            return [ids for _, ids in sorted(named)], unreachable
    return [], unreachable


def alphabetical(chosen: Chosen) -> tuple[str, ...]:
    return tuple(sorted(each.record_id for each in chosen))


def generated(seed: int, many: int, chance: float) -> tuple[Member, list[Member]]:
    """Generate a service that covers nothing, and others, some with agreements and some in unknown areas."""
    random = Random(seed)  # noqa: S311 - made-up services, the same each time
    found = [
        Member(
            record_id=f"service-{number:03}",
            covers=frozenset(outcome for outcome in CORE if random.random() < chance),
            area=random.choice(["north", "north", None, "south"]),
            accepts=random.choice(["adults", "adults", "both", None, "children"]),
            agreements=frozenset(["me"] if random.random() < 0.2 else []),
        )
        for number in range(many)
    ]
    return Member(record_id="me", covers=frozenset(), area="north"), found


@given(ME, OTHERS)
def test_the_sets_are_those_that_trying_every_subset_finds(me: Member, others: list[Member]) -> None:
    expected, unreachable = by_brute_force(me, others)

    found = smallest_partner_sets(me, others, CORE, limit=1_000)

    assert list(found.sets) == expected
    assert found.total == len(expected)
    assert found.uncoverable == tuple(outcome for outcome in CORE if outcome in unreachable)
    assert found.size == (None if unreachable else len(expected[0]) if expected else 0)
    assert found.record_id == "me"


@pytest.mark.parametrize("seed", range(12))
def test_the_sets_among_many_services_are_those_that_trying_every_subset_finds(seed: int) -> None:
    me, others = generated(seed, many=40, chance=0.25)
    expected, _ = by_brute_force(me, others)

    found = smallest_partner_sets(me, others, CORE)

    assert found.sets == tuple(expected[:20])
    assert found.total == len(expected)


@given(ME, OTHERS, st.integers(0, 5))
def test_a_limit_shows_the_first_sets_and_says_how_many_there_are(me: Member, others: list[Member], limit: int) -> None:
    everything = smallest_partner_sets(me, others, CORE, limit=1_000)

    limited = smallest_partner_sets(me, others, CORE, limit=limit)

    assert limited.sets == everything.sets[:limit]
    assert limited.total == everything.total == len(everything.sets)
    assert limited.size == everything.size


@given(ME, OTHERS, st.randoms(use_true_random=False))
def test_the_order_of_the_others_changes_nothing(me: Member, others: list[Member], random: Random) -> None:
    shuffled = random.sample(others, len(others))

    assert smallest_partner_sets(me, iter(shuffled), CORE) == smallest_partner_sets(me, others, CORE)


@given(ME, OTHERS)
def test_every_partner_that_is_named_is_described(me: Member, others: list[Member]) -> None:
    found = smallest_partner_sets(me, others, CORE)
    by_name = {other.record_id: other for other in others}

    assert [partner.record_id for partner in found.partners] == sorted({each for ids in found.sets for each in ids})
    for partner in found.partners:
        other = by_name[partner.record_id]
        assert partner.brings == tuple(each for each in CORE if each in other.covers and each not in me.covers)
        assert partner.brings
        assert partner.agreed == have_agreed(me, other)
        assert partner.area_known == (me.area is not None and other.area is not None)


# By example.


def test_greed_would_take_three_where_two_are_enough() -> None:
    others = [
        member("big", "housing safety support"),
        member("left", "housing purpose"),
        member("right", "safety support education"),
    ]

    found = smallest_partner_sets(member("me"), others, CORE)

    assert found == PartnerSets(
        record_id="me",
        size=2,
        sets=(("left", "right"),),
        total=1,
        uncoverable=(),
        partners=(
            Partner(record_id="left", brings=("housing", "purpose"), agreed=False, area_known=False),
            Partner(record_id="right", brings=("safety", "support", "education"), agreed=False, area_known=False),
        ),
    )


def test_who_covers_everything_needs_nobody() -> None:
    found = smallest_partner_sets(member("me", " ".join(CORE)), [member("a", "housing")], CORE)

    assert found == PartnerSets(record_id="me", size=0, sets=(), total=0, uncoverable=(), partners=())


def test_what_nobody_covers_is_said_and_the_rest_is_still_covered() -> None:
    others = [member("a", "safety"), member("b", "support purpose"), member("c", "safety ll07")]

    found = smallest_partner_sets(member("me", "housing"), others, CORE)

    assert found.size is None
    assert found.sets == (("a", "b"), ("b", "c"))
    assert found.total == 2
    assert found.uncoverable == ("education",)


def test_where_nobody_helps_no_set_is_shown() -> None:
    found = smallest_partner_sets(member("me", "housing"), [member("a", "housing")], CORE)

    assert found == PartnerSets(record_id="me", size=None, sets=(), total=0, uncoverable=CORE[1:], partners=())


def test_sets_with_more_agreements_come_first_and_then_the_alphabet_decides() -> None:
    rest = "safety support purpose education"
    others = [
        member("a", "housing"),
        member("b", "housing", agreements="me"),
        member("c", rest),
        member("d", rest),
        member("e", rest, agreements="a b c d"),
    ]

    found = smallest_partner_sets(member("me", agreements="d"), others, CORE)

    assert found.sets == (("b", "d"), ("a", "d"), ("b", "c"), ("b", "e"), ("a", "c"), ("a", "e"))
    assert {partner.record_id for partner in found.partners if partner.agreed} == {"b", "d"}


@pytest.mark.parametrize(("accepts", "possible"), [("adults", True), ("both", True), (None, True), ("children", False)])
def test_a_partner_accepts_adults(accepts: str | None, possible: bool) -> None:  # noqa: FBT001 - the expected answer
    other = replace(member("a", " ".join(CORE)), accepts=accepts)

    assert smallest_partner_sets(member("me"), [other], CORE).sets == ((("a",),) if possible else ())


@pytest.mark.parametrize(
    ("ours", "theirs", "known"),
    [
        ("north", "north", True),
        ("north", None, False),
        (None, "north", False),
        (None, None, False),
    ],
)
def test_a_partner_in_the_same_area_or_in_an_unknown_one_is_possible(
    ours: str | None,
    theirs: str | None,
    known: bool,  # noqa: FBT001 - the expected answer
) -> None:
    other = replace(member("a", " ".join(CORE)), area=theirs)

    found = smallest_partner_sets(replace(member("me"), area=ours), [other], CORE)

    assert found.sets == (("a",),)
    assert [partner.area_known for partner in found.partners] == [known]


def test_a_partner_in_another_area_is_not_possible() -> None:
    other = replace(member("a", " ".join(CORE)), area="south")

    found = smallest_partner_sets(replace(member("me"), area="north"), [other], CORE)

    assert found.sets == ()
    assert found.uncoverable == CORE


def test_a_service_is_no_partner_of_its_own() -> None:
    other = member("me", " ".join(CORE))

    assert smallest_partner_sets(member("me"), [other], CORE).uncoverable == CORE


def test_two_services_of_one_name_are_refused() -> None:
    others = [member("a", "housing"), member("a", "safety")]

    with pytest.raises(ValueError, match=r"^two services share an identifier$"):
        smallest_partner_sets(member("me"), others, CORE)


def test_the_number_of_sets_is_exact_where_nobody_could_list_them() -> None:
    core = [f"outcome{number}" for number in range(10)]
    others = [member(f"{outcome}-{copy:02}", outcome) for outcome in core for copy in range(30)]

    found = smallest_partner_sets(member("me", agreements="outcome4-07"), others, core)

    assert found.size == 10
    assert found.total == 30**10
    assert len(found.sets) == 20
    assert all("outcome4-07" in ids for ids in found.sets)


@pytest.mark.parametrize("chance", [0.05, 0.2, 0.5])
def test_three_hundred_services_are_searched(chance: float) -> None:
    me, others = generated(300, many=300, chance=chance)

    found = smallest_partner_sets(me, others, CORE)

    by_name = {other.record_id: other for other in others}
    agreements = [sum(have_agreed(me, by_name[each]) for each in ids) for ids in found.sets]
    assert agreements == sorted(agreements, reverse=True)
    assert len(set(found.sets)) == min(found.total, 20)
    assert [partner.record_id for partner in found.partners] == sorted({each for ids in found.sets for each in ids})
    for ids in found.sets:
        assert len(ids) == found.size
        assert covered(tuple(by_name[each] for each in ids)) == set(CORE)
        assert all(may_be_asked(me, by_name[each]) for each in ids)


# What an area would have to change.

ENTRIES = st.dictionaries(
    st.sampled_from(CORE[:3]),
    st.lists(
        st.builds(
            MemberEntry,
            record_id=st.sampled_from("abc"),
            how=st.sampled_from(get_args(Addressing)),
            agreement=st.sampled_from([None, *get_args(Agreement)]),
        ),
        max_size=3,
        unique_by=lambda entry: entry.record_id,
    ),
)


def all_closed(entries: Mapping[str, Sequence[MemberEntry]]) -> bool:
    return all(
        any(
            entry.how == "directly" or (entry.how == "by_partner" and entry.agreement == "written")
            for entry in entries.get(outcome, ())
        )
        for outcome in CORE[:3]
    )


def raised(
    entries: Mapping[str, Sequence[MemberEntry]], places: Sequence[tuple[str, str]]
) -> dict[str, list[MemberEntry]]:
    return {
        outcome: [
            replace(entry, how="directly") if (outcome, entry.record_id) in places else entry for entry in offered
        ]
        for outcome, offered in entries.items()
    }


@given(ENTRIES)
def test_the_changes_are_those_that_trying_every_set_of_changes_finds(entries: dict[str, list[MemberEntry]]) -> None:
    places = [(outcome, entry.record_id) for outcome, offered in entries.items() for entry in offered]
    sizes = range(len(places) + 1)
    closing = (
        [set(each) for each in combinations(places, size) if all_closed(raised(entries, each))] for size in sizes
    )
    smallest = next((found for found in closing if found), [])

    changes = smallest_changes(entries, CORE[:3])

    one_for_each = product(*([(gap.outcome, each.record_id) for each in gap.changes] for gap in changes.gaps))
    ours = [set(each) for each in one_for_each]
    assert sorted(map(sorted, ours)) == sorted(map(sorted, smallest))
    assert all(len(each) == changes.size for each in ours)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(entries: dict[str, list[MemberEntry]], random: Random) -> None:
    shuffled = {outcome: iter(random.sample(entries[outcome], len(entries[outcome]))) for outcome in reversed(entries)}

    assert smallest_changes(shuffled, CORE) == smallest_changes(entries, CORE)


def test_the_nearest_change_comes_first() -> None:
    offered = [
        MemberEntry("a", "not_addressed"),
        MemberEntry("b", "by_referral"),
        MemberEntry("c", "by_referral", "informal"),
        MemberEntry("d", "by_partner"),
        MemberEntry("e", "by_partner", "none"),
        MemberEntry("g", "by_partner", "informal"),
        MemberEntry("f", "by_partner", "informal"),
        MemberEntry("h", "by_referral", "written"),
    ]

    changes = smallest_changes({"housing": offered}, ["housing"])

    assert [(change.record_id, change.words) for change in changes.gaps[0].changes] == [
        ("f", "put the agreement in writing"),
        ("g", "put the agreement in writing"),
        ("e", "put the agreement in writing"),
        ("d", "put the agreement in writing"),
        ("h", "turn the referral into a written agreement"),
        ("c", "turn the referral into a written agreement"),
        ("b", "turn the referral into a written agreement"),
        ("a", "amend the service"),
    ]


def test_gaps_stand_in_the_order_of_the_core_outcomes() -> None:
    entries = {
        "education": [MemberEntry("a", "not_addressed"), MemberEntry("b", "by_referral", "written")],
        "housing": [MemberEntry("a", "directly"), MemberEntry("b", "not_addressed")],
        "safety": [MemberEntry("a", "by_partner", "informal")],
        "support": [MemberEntry("a", "by_partner", "written")],
        "ll07": [MemberEntry("a", "not_addressed")],
    }

    changes = smallest_changes(entries, CORE)

    assert changes == Changes(
        (
            Gap("safety", (Change("a", "put_in_writing"),)),
            Gap("purpose", ()),
            Gap("education", (Change("b", "agree_in_writing"), Change("a", "amend"))),
        )
    )
    assert changes.size == 3


def test_an_area_with_nothing_open_needs_no_change() -> None:
    changes = smallest_changes({}, [])

    assert changes == Changes(())
    assert changes.size == 0
