from __future__ import annotations

import pytest

from mscos.codebooks.codebook import Codebook, Variable
from mscos.codebooks.naming import find_variable, index, is_described, is_ignored

BOOK = Codebook(
    form="a made-up codebook",
    variables=(
        Variable(name="home"),
        Variable(name="Trust"),
        Variable(name="gym", columns=("gym___0", "gym___1"), ticks=True),
        Variable(name="services", ticks=True),
        Variable(name="advice", columns=("advice/legal", "advice/home"), ticks=True),
        Variable(name="legal"),
        Variable(name="worker", columns=("Q3",)),
        Variable(name="CASE"),
        Variable(name="case"),
        Variable(name="twice"),
        Variable(name="twice", label="another"),
        Variable(name="left", columns=("shared",)),
        Variable(name="right", columns=("shared",)),
    ),
    ignored=("_uuid", "redcap_*"),
)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("home", "home"),
        ("CASE", "CASE"),
        ("case", "case"),
        ("gym___1", "gym"),
        ("Q3", "worker"),
        ("group/home", "home"),
        ("first/second/home", "home"),
        ("group/gym___0", "gym"),
        ("services/money", "services"),
        ("group/services/money", "services"),
        ("advice/legal", "advice"),
        ("group/advice/home", "advice"),
        ("services/home", "services"),
        ("trust", "Trust"),
        ("TRUST", "Trust"),
        ("q3", "worker"),
        ("GYM___0", "gym"),
    ],
)
def test_a_header_stands_for_one_variable(header: str, name: str) -> None:
    found = find_variable(header, BOOK)

    assert found is not None
    assert found.name == name
    assert is_described(header, BOOK)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "/",
        "home/",
        "services/",
        "unknown",
        "hom",
        "home2",
        "home.x",
        "group.home",
        "pre-home",
        "home/other",  # not a question of boxes to tick
        "gym___2",
        "Case",  # two names in lower case
        "twice",
        "group/twice",
        "shared",
        "group/trust",  # groups and lower case at once is guessing
        "services/money/more",
        " home",
    ],
)
def test_nothing_is_guessed(header: str) -> None:
    assert find_variable(header, BOOK) is None
    assert not is_described(header, BOOK)


@pytest.mark.parametrize("header", ["_uuid", "redcap_", "redcap_event_name"])
def test_a_header_that_the_format_adds_is_described(header: str) -> None:
    assert is_ignored(header, BOOK)
    assert is_described(header, BOOK)
    assert find_variable(header, BOOK) is None


@pytest.mark.parametrize("header", ["_uuid2", "a_uuid", "_UUID", "redcap", "my_redcap_id"])
def test_a_header_that_the_format_does_not_add_is_not_described(header: str) -> None:
    assert not is_ignored(header, BOOK)
    assert not is_described(header, BOOK)


def test_an_index_answers_as_the_function_does() -> None:
    naming = index(BOOK)

    assert [naming.find(header) for header in ("home", "Q3", "Case")] == [
        find_variable(header, BOOK) for header in ("home", "Q3", "Case")
    ]


def test_one_variable_with_several_spellings_is_no_doubt() -> None:
    book = Codebook(form="a made-up codebook", variables=(Variable(name="q1", columns=("Q1", "q1")),))

    found = find_variable("Q1", book)

    assert found is book.variables[0]
    assert find_variable("x/q1", book) is found
