"""For projects that keep evaluation records in a repository: an assertion for their own tests."""

from __future__ import annotations

from os import PathLike

from mscos.conformance import check
from mscos.errors import MscosError
from mscos.intake import Codebooks, Data
from mscos.records.evaluation import EvaluationRecord
from mscos.records.reading import read_record
from mscos.report import Report
from mscos.reporters.mending import mends


def assert_reports_core_set(
    record: EvaluationRecord | str | PathLike[str],
    *,
    data: Data | None = None,
    codebook: Codebooks = None,
    edition: str | None = None,
) -> None:
    """
    Fail a test unless an evaluation reports every core outcome.

    Args:
        record: The record, or the path of it.
        data: The data beside the record, as for `check`.  What they contradict is not reported.
        codebook: What describes the data.
        edition: The edition to judge by, as for `check`.

    Raises:
        AssertionError: If a core outcome is not reported, or no verdict is given.  It says the sentence and what is
            to be mended, and no cell of the data.
        MscosError: If we could not look.  Nothing of how we tried hangs on it: a test runner shows what is in each
            frame, and that could be a cell.
    """
    __tracebackhide__ = True
    answer = _looked(record, data, codebook, edition)
    del data  # a test runner can be told to show what is in this frame too
    if isinstance(answer, MscosError):
        raise answer
    if not answer.met:
        raise AssertionError(_said(answer))


def _looked(
    record: EvaluationRecord | str | PathLike[str], data: Data | None, codebook: Codebooks, edition: str | None
) -> Report | MscosError:
    """Check, or give what kept us from it without the way there."""
    try:
        read = record if isinstance(record, EvaluationRecord) else read_record(record)
        return check(read, data=data, codebook=codebook, edition=edition)
    except MscosError as error:
        return error.with_traceback(None)


def _said(report: Report) -> str:
    return "\n".join((report.headline, *(f"  {mend.severity}: {mend.said} ({mend.rule})" for mend in mends(report))))
