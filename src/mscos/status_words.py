"""How far an outcome got, in the words of the question that is asked."""

from __future__ import annotations

from mscos.findings import Reach, Status
from mscos.report import VerdictName


def words_of(status: Status | Reach, verdict: VerdictName) -> str:
    """Say how far an outcome got; of a form before it is used, that it can be reported and not that it is planned."""
    return "can be reported" if verdict == "can_report" and status is Status.PLANNED else status.words
