"""Several codebooks of one dataset."""

from __future__ import annotations

import pytest

from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, TimeLabel, Variable
from mscos.codebooks.merging import merged, united
from mscos.errors import Fault
from mscos.records.origin import Origin

HOUSING = Annotation(outcome="housing")
SAFETY = Annotation(outcome="safety")


def book(*variables: Variable, form: str = "one", timepoints: tuple[TimeLabel, ...] = ()) -> Codebook:
    return Codebook(form=form, variables=variables, timepoints=timepoints)


def x(*annotations: Annotation, name: str = "x") -> Variable:
    return Variable(name=name, annotations=annotations)


def test_one_codebook_stays_as_it_is() -> None:
    codebook = book(x(HOUSING))

    assert merged([codebook]) is codebook


def test_each_fills_what_the_others_leave_silent() -> None:
    first = Variable(
        name="x",
        annotations=(Annotation(outcome="housing", kind="outcome", low=0, high=5),),
        missing_codes=("-9",),
        missing_ranges=((-9, -8),),
        role="group",
    )
    second = Variable(
        name="x",
        label="At home?",
        annotations=(Annotation(outcome="housing", direction="higher_better", timepoint="baseline", low=0, high=5),),
        form="home",
        identifier=True,
        free_text=True,
        asked_of_some=True,
        missing_codes=("-9", "NA"),
        missing_ranges=((-9, -8), (90, 99)),
        columns=("x___1",),
        ticks=True,
    )

    expected = Variable(
        name="x",
        label="At home?",
        annotations=(
            Annotation(
                outcome="housing", kind="outcome", direction="higher_better", timepoint="baseline", low=0, high=5
            ),
        ),
        role="group",
        form="home",
        identifier=True,
        free_text=True,
        asked_of_some=True,
        missing_codes=("-9", "NA"),
        missing_ranges=((-9, -8), (90, 99)),
        columns=("x___1",),
        ticks=True,
    )
    assert merged([book(first), book(second)]).variables == (expected,)
    assert merged([book(second), book(first)]).variables == (expected,)
    assert merged([book(first), book(second)]).contradictory == ()


def test_the_first_one_gives_the_label_the_form_and_the_columns() -> None:
    first = Variable(name="x", label="One", form="a", columns=("p",))
    second = Variable(name="x", label="Two", form="b", columns=("q",))

    assert merged([book(first), book(second)]).variables == (first,)


def test_what_a_whole_codebook_says_is_put_together() -> None:
    first = Codebook(
        form="a table",
        variables=(x(),),
        timepoints=(TimeLabel("a", 0),),
        missing_codes=("-9",),
        ignored=("p",),
        edition="2023.1",
    )
    second = Codebook(
        form="a form",
        variables=(x(name="y"), x()),
        unit_of_row="person",
        timepoints=(TimeLabel("a", 0), TimeLabel("b", 6)),
        missing_codes=("-9", "NA"),
        ignored=("p", "q"),
        edition="2023.1",
        of_cases=True,
        contradictory=("y",),
        origin=Origin("form.csv", "0"),
    )

    assert merged([first, second]) == Codebook(
        form="a table and a form",
        variables=(x(), x(name="y")),
        unit_of_row="person",
        timepoints=(TimeLabel("a", 0), TimeLabel("b", 6)),
        missing_codes=("-9", "NA"),
        ignored=("p", "q"),
        edition="2023.1",
        of_cases=True,
        contradictory=("y",),
        origin=Origin("form.csv", "0"),
    )
    assert merged([second, first]).unit_of_row == "person"
    assert merged([second, first]).of_cases
    assert merged([second, second]).form == "a form"


def test_the_origin_is_that_of_the_first() -> None:
    origins = [Origin("a", "1"), Origin("b", "2")]

    found = merged([book(x()).from_file(origin) for origin in origins])

    assert found.origin == origins[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((HOUSING,), (SAFETY,)),
        ((HOUSING,), (HOUSING, SAFETY)),
        ((HOUSING, SAFETY), (HOUSING,)),
        ((Annotation(outcome="housing", kind="outcome"),), (Annotation(outcome="housing", kind="output"),)),
        (
            (SAFETY, Annotation(outcome="housing", timepoint="a")),
            (SAFETY, Annotation(outcome="housing", timepoint="b")),
        ),
        ((Annotation(outcome="housing", low=0, high=5),), (Annotation(outcome="housing", low=0, high=6),)),
    ],
)
def test_where_two_differ_nothing_is_picked(one: tuple[Annotation, ...], other: tuple[Annotation, ...]) -> None:
    found = merged([book(x(*one), x(SAFETY, name="y")), book(x(*other))])

    assert found.contradictory == ("x",)
    assert found.variables == (x(), x(SAFETY, name="y"))


def test_the_order_of_outcomes_is_no_difference() -> None:
    found = merged([book(x(HOUSING, SAFETY)), book(x(SAFETY, HOUSING))])

    assert (found.variables, found.contradictory) == ((x(HOUSING, SAFETY),), ())


def test_two_roles_of_one_variable_are_a_contradiction() -> None:
    first, second = Variable(name="x", role="adult", annotations=(HOUSING,)), Variable(name="x", role="group")

    found = merged([book(first), book(second)])

    assert (found.variables, found.contradictory) == ((x(),), ("x",))


def test_one_role_said_twice_is_no_contradiction() -> None:
    event = Variable(name="redcap_event_name", role="timepoint")

    found = merged([book(event), book(event)])

    assert (found.variables, found.contradictory) == ((event,), ())


def test_a_third_codebook_does_not_fill_what_is_contradictory() -> None:
    found = merged([book(x(HOUSING)), book(x(SAFETY)), book(x(HOUSING))])

    assert (found.variables, found.contradictory) == ((x(),), ("x",))


@pytest.mark.parametrize("name", ["x", "X"])
def test_what_one_codebook_says_against_itself_is_not_settled_by_another(name: str) -> None:
    torn = Codebook(form="two", variables=(x(name=name),), contradictory=(name,))

    found = merged([book(x(HOUSING)), torn])

    assert (found.variables, found.contradictory) == ((x(),), ("x",))


def test_names_in_another_case_are_the_same_variable() -> None:
    found = merged([book(x(name="House_OK")), book(x(HOUSING, name="house_ok"))])

    assert found.variables == (x(HOUSING, name="House_OK"),)


def test_names_that_differ_by_case_alone_in_one_codebook_are_kept_apart() -> None:
    found = merged([book(x(name="a"), x(name="A")), book(x(HOUSING, name="A"))])

    assert found.variables == (x(name="a"), x(HOUSING, name="A"))


def test_a_role_that_an_earlier_codebook_has_given_away_is_not_given_again() -> None:
    first = book(Variable(name="pid", role="participant"))
    second = book(Variable(name="record_id", role="participant"), Variable(name="event", role="timepoint"), x())

    found = merged([first, second])

    assert [(variable.name, variable.role) for variable in found.variables] == [
        ("pid", "participant"),
        ("record_id", None),
        ("event", "timepoint"),
        ("x", None),
    ]
    assert found.contradictory == ()


def test_a_variable_that_yields_its_role_is_still_filled() -> None:
    first = book(Variable(name="pid", role="participant"), x())
    second = book(Variable(name="x", role="participant", label="Record"))

    found = merged([first, second])

    assert [(each.name, each.role, each.label) for each in found.variables] == [
        ("pid", "participant", ""),
        ("x", None, "Record"),
    ]


def test_a_variable_with_another_role_is_contradictory_even_if_the_role_is_taken() -> None:
    first = book(Variable(name="pid", role="participant"), Variable(name="x", role="group"))

    found = merged([first, book(Variable(name="x", role="participant"))])

    assert found.contradictory == ("x",)


def test_one_box_of_a_question_is_described_as_the_question_is() -> None:
    question = Variable(
        name="gp",
        label="Help",
        role="group",
        annotations=(SAFETY,),
        form="health",
        columns=("gp___1",),
        ticks=True,
        asked_of_some=True,
    )

    found = merged([book(x(HOUSING, name="gp___1")), book(question)])

    assert found.variables == (
        Variable(name="gp___1", annotations=(HOUSING,), form="health", ticks=True, asked_of_some=True),
        question,
    )


def test_a_label_in_two_places_makes_those_contradictory_that_depend_on_it() -> None:
    at_a = Annotation(outcome="housing", timepoint="a")
    at_b = Annotation(outcome="housing", timepoint="b")
    wave = Variable(name="wave", role="timepoint")
    first = book(wave, x(at_a), x(at_b, name="y"), timepoints=(TimeLabel("a", 0), TimeLabel("b", 6)))
    second = book(x(at_a, name="z"), timepoints=(TimeLabel("a", 1), TimeLabel("b", 6)))

    found = merged([first, second])

    assert found.contradictory == ("wave", "x", "z")
    assert found.timepoints == (TimeLabel("b", 6),)
    assert found.variables == (wave, x(), x(at_b, name="y"), x(name="z"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("edition", "Two codebooks of this dataset name different editions. Name the same one in both."),
        ("unit_of_row", "Two codebooks of this dataset say different things of what a row is. Say the same in both."),
    ],
)
def test_two_editions_or_units_are_refused(name: str, message: str) -> None:
    first = Codebook(form="one", variables=(), edition="2023.1", unit_of_row="person")
    second = Codebook(form="two", variables=(), edition="example.1", unit_of_row="quote")
    second = Codebook(form="two", variables=(), **{name: getattr(second, name)})

    with pytest.raises(errors.InvalidDocument) as unnamed:
        merged([first, second])
    with pytest.raises(errors.InvalidDocument) as named:
        merged([first, second.from_file(Origin("b.csv", "0"))])

    assert (unnamed.value.path, named.value.path) == ("the codebook", "b.csv")
    assert named.value.faults == (Fault(f"/{name}", message),)


def test_what_two_places_say_of_one_outcome_is_united() -> None:
    assert united(HOUSING, Annotation(outcome="housing", low=0)) == Annotation(outcome="housing", low=0)
    assert united(HOUSING, SAFETY) is None
