"""JUnit XML, as a library reads it that others use: `junitparser`."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

import mscos
from mscos.reporters import REPORTERS

pytestmark = pytest.mark.skipif(os.environ.get("MSCOS_FORMATS") != "1", reason="asks other tools; see `make formats`")

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(("name", "missing"), [("safe-house", 0), ("therapy-study", 7)])
def test_junitparser_counts_what_is_missing_as_failures(name: str, missing: int) -> None:
    junitparser = import_module("junitparser")  # only `make formats` installs it

    report = mscos.check(mscos.read_record(EXAMPLES / name / "evaluation.toml"))

    suites = junitparser.JUnitXml.fromstring(str(REPORTERS["junit"](report)).encode())
    failed = [
        case for suite in suites for case in suite if any(type(each).__name__ == "Failure" for each in case.result)
    ]

    assert (suites.failures, suites.errors) == (missing, 0)
    assert len(failed) == missing
    assert suites.tests == 7 + len(report.rules_run) + len(report.rules_not_applicable)
