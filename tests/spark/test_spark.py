"""The same profile on a real Spark; tried only where MSCOS_SPARK=1 is set, because it needs Java and takes a while."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import mscos
from mscos.codebooks.codebook import Annotation, Codebook, Variable
from mscos.profile.packing import WIDTHS, Width
from mscos.profile.profiling import profile
from profile_oracle import oracle
from profile_tables import Case, cases

if os.environ.get("MSCOS_SPARK") != "1":
    pytest.skip("spark: not tried", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("default")  # what Spark warns of is not ours to mend


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = import_module("pyspark.sql")  # not by name: mypy runs without it
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def frame_of(spark: Any, case: Case) -> Any:  # noqa: ANN401 - Spark is not there for mypy
    types = import_module("pyspark.sql.types")
    schema = types.StructType([types.StructField(header, types.StringType()) for header in case.headers])
    return spark.createDataFrame([tuple(row) for row in case.rows], schema)


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_spark_gives_the_profile_of_a_plain_loop(spark: Any, case: Case) -> None:  # noqa: ANN401 - the same
    bound = case.typed(frame_of(spark, case))

    assert profile(bound, details=case.details) == oracle(bound, case.rows, case.details)


@pytest.mark.parametrize("width", [Width(4, 2), Width(2**20, 4)], ids=["a digit", "a number"])
def test_what_runs_over_is_counted_again_with_more_room(
    spark: Any,  # noqa: ANN401 - the same
    width: Width,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mscos.profile.people.WIDTHS", (width, WIDTHS[-1]))
    variables = tuple(
        Variable(name=f"q{place}", annotations=(Annotation(outcome="housing", timepoint=f"month-{place}"),))
        for place in range(5)
    )
    many = Case(
        headers=("who", *(each.name for each in variables)),
        rows=(("p", "1", "1", "1", "1", "1"),) * 30,
        codebook=Codebook(form="a test", variables=(Variable(name="who", role="participant"), *variables)),
    )

    assert profile(many.typed(frame_of(spark, many))) == oracle(many.bound(), many.rows)


def test_columns_with_types_are_judged(spark: Any) -> None:  # noqa: ANN401 - the same
    nan = float("nan")
    rows = [(1, 0.0, 3, True), (1, 6.0, 4, None), (2, 0.0, None, False), (2, 6.0, -99, True), (None, nan, 5, True)]
    frame = spark.createDataFrame(rows, "who long, when double, q1 int, q2 boolean")
    text = tuple(
        tuple("" if cell is None or cell != cell else str(cell).lower().removesuffix(".0") for cell in row)  # noqa: PLR0124
        for row in rows
    )
    book = Codebook(
        form="a test",
        variables=(
            Variable(name="who", role="participant"),
            Variable(name="when", role="timepoint"),
            Variable(name="q1", annotations=(Annotation(outcome="housing", low=0.0, high=4.0),)),
            Variable(name="q2", annotations=(Annotation(outcome="safety"),)),
        ),
    )
    typed = Case(headers=("who", "when", "q1", "q2"), rows=text, codebook=book)

    assert profile(typed.typed(frame)) == oracle(typed.bound(), text)
    assert mscos.check(data=frame, codebook=book).dataset is not None
