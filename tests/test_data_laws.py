"""Laws of a check of data: what must not matter does not, and nothing that anybody said comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import mscos
from mscos import errors
from mscos.codebooks.codebook import Annotation, Codebook, Variable
from mscos.report import Report
from profile_oracle import Row
from profile_tables import BACKENDS, Case, cases, wide
from written import in_every_form

CANARY = "Quetzalcoatl"


def checked(case: Case, backend: str = "polars") -> Report:
    frame = BACKENDS[backend](case.headers, case.rows)
    return mscos.check(data=frame, codebook=() if case.codebook is None else case.codebook)


def reached(report: Report) -> dict[str, int]:
    return {line.outcome: line.collected.rank for line in report.core if line.collected is not None}


def renamed(case: Case, names: dict[str, str]) -> Case:
    """Give a case in which headers, and what the codebook says of them, have other names."""
    book = case.codebook
    assert book is not None

    def new(variable: Variable) -> Variable:
        columns = tuple(names.get(column, column) for column in variable.columns)
        return replace(variable, name=names.get(variable.name, variable.name), columns=columns)

    codebook = replace(book, variables=tuple(map(new, book.variables)))
    return replace(case, headers=tuple(names.get(header, header) for header in case.headers), codebook=codebook)


def changed(rows: Sequence[Row], place: int, words: dict[str, str]) -> tuple[Row, ...]:
    """Give rows in which the cells of one column are other words."""
    return tuple(
        tuple(words.get((cell or "").strip(), cell) if at == place else cell for at, cell in enumerate(row))
        for row in rows
    )


@settings(max_examples=18)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: Case, random: object) -> None:
    rows = list(case.rows)
    random.shuffle(rows)  # type: ignore[attr-defined] # it is a random.Random

    assert checked(case.with_rows(rows)) == checked(case)


@settings(max_examples=18)
@given(cases(), st.lists(st.sampled_from(["", "1", "NA", CANARY]), min_size=14, max_size=14))
def test_a_column_that_nobody_describes_changes_no_status(case: Case, cells: list[str]) -> None:
    rows = tuple((*row, cell) for row, cell in zip(case.rows, cells, strict=False))
    wider = replace(case, headers=(*case.headers, "q9"), rows=rows)

    before, after = checked(case), checked(wider)

    assert (after.verdicts, after.core, after.longlist) == (before.verdicts, before.core, before.longlist)


@settings(max_examples=18)
@given(wide(), st.data())
def test_describing_one_more_column_about_an_outcome_never_lowers_a_status(case: Case, data: st.DataObject) -> None:
    assert case.codebook is not None
    some = [variable for variable in case.codebook.variables if variable.role is None]
    assume(some)
    left_out = data.draw(st.sampled_from(some))
    fewer = replace(case.codebook, variables=tuple(each for each in case.codebook.variables if each is not left_out))

    before, after = reached(checked(replace(case, codebook=fewer))), reached(checked(case))

    assert before.keys() == after.keys()
    assert all(before[outcome] <= after[outcome] for outcome in after)


@settings(max_examples=18)
@given(wide())
def test_renaming_a_header_and_its_entry_together_changes_nothing_but_the_name(case: Case) -> None:
    names = {"q0": "q5", "q0_a": "q5_a", "q0_b": "q5_b", "who": "q6", "when": "q7", "adult": "q8"}

    there = checked(renamed(case, names)).model_dump_json()

    for old, new in names.items():
        there = there.replace(f'"{new}"', f'"{old}"')
    assert there == checked(case).model_dump_json()


@settings(max_examples=18)
@given(cases())
def test_renaming_participants_one_to_one_changes_nothing(case: Case) -> None:
    place = next((case.headers.index(name) for name in ("who", "participant") if name in case.headers), None)
    assume(place is not None)
    assert place is not None
    people = {(row[place] or "").strip() for row in case.rows} - {""}
    names = {name: f"z{number}" for number, name in enumerate(sorted(people))}

    assert checked(case.with_rows(changed(case.rows, place, names))) == checked(case)


@settings(max_examples=18)
@given(cases(), st.data())
def test_no_report_quotes_a_cell_or_a_header_that_nobody_describes(case: Case, data: st.DataObject) -> None:
    words = st.sampled_from([None, None, CANARY, f"{CANARY} ", f"-{CANARY}", CANARY.lower()])
    rows = tuple(tuple(data.draw(words) or cell for cell in row) for row in case.rows)
    headers = tuple(CANARY if header == "undescribed" else header for header in case.headers)

    report = checked(replace(case, headers=headers, rows=rows))

    assert CANARY.lower() not in in_every_form(report).lower()


def said_by(error: BaseException) -> str:
    chain = (error, error.__cause__, error.__context__)
    return " ".join(f"{each} {each!r} {getattr(each, 'args', '')}" for each in chain)


@pytest.mark.parametrize("backend", [*BACKENDS])
def test_what_stops_the_screen_is_not_said(backend: str) -> None:
    case = Case(
        headers=("who", "q1"),
        rows=((CANARY, f"{CANARY}@example.org"),),
        codebook=Codebook(form="a test", variables=(Variable(name="q1"),)),
    )

    with pytest.raises(errors.HoldsIdentifiers) as caught:
        checked(case, backend)

    assert CANARY not in said_by(caught.value)


def test_what_an_engine_says_when_it_cannot_count_is_not_passed_on() -> None:
    lists = pl.DataFrame({"q1": [[CANARY], ["b"]]})
    variable = Variable(name="q1", annotations=(Annotation(outcome="housing"),))

    with pytest.raises(errors.CouldNotCount) as caught:
        mscos.check(data=lists, codebook=Codebook(form="a test", variables=(variable,)))

    assert CANARY not in said_by(caught.value)
