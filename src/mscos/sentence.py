"""The sentence: which core outcomes are reported, which are not, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from mscos.findings import Status
from mscos.records.entries import Omission
from mscos.reference import load_omission_reasons
from mscos.report import OutcomeLine, Verdict

_NEXT = {
    Status.LEFT_OUT: (
        "Ask about it next time, or link the partner's evaluation that reports it.",
        "Ask about them next time, or link the partners' evaluations that report them.",
        "Ask about what is left out next time, or link a partner's evaluation that reports it.",
    ),
    Status.PLANNED: (
        "Report it when its result is known.",
        "Report them when their results are known.",
        "Report what is planned when its result is known.",
    ),
    Status.COLUMN_ONLY: (
        "Use a measure that asks about it, and give its result.",
        "Use measures that ask about them, and give their results.",
        "Where nothing counts yet, use a measure that asks about the outcome, and give its result.",
    ),
    Status.PARTLY_REPORTED: (
        "Mend what the findings say of it.",
        "Mend what the findings say of them.",
        "Mend what the findings say of it.",
    ),
}
"""The next step: for one outcome, for several that got equally far, and where others got further."""

_LINKED = "See the partner's evaluation, and make sure that it reports the outcome."


def headline(verdict: Verdict, core: Sequence[OutcomeLine]) -> str:
    """
    Put the answer into words.

    Args:
        verdict: The verdict.
        core: The core outcomes of the edition with their statuses.

    Returns:
        One sentence when all are reported or no verdict is given; otherwise also those that are not, and
        the next step for the ones that are furthest from it.
    """
    if verdict.answer == "not_given":
        return f"No verdict: {verdict.why}"
    missing = [line for line in core if line.status is not Status.REPORTED]
    first = f"{len(core) - len(missing)} of {len(core)} core outcomes are reported."
    if not missing:
        return first
    labels = "; ".join(map(_label, missing))
    return f"{first} Not reported: {labels}. {_next_step(missing)}"


def advice(status: Status, omission: Omission | None = None) -> str | None:
    """
    Say what to do about one outcome.

    Args:
        status: How far it got.
        omission: Why it is left out, where the record says.

    Returns:
        One or two sentences; None for an outcome that is reported.
    """
    if status is Status.REPORTED:
        return None
    if omission is None:
        return _NEXT[status][0]
    if omission.partner_record is not None:
        return _LINKED
    question = load_omission_reasons()[omission.reason].question
    return f"{_NEXT[status][0]} {question}" if question else _NEXT[status][0]


def _label(line: OutcomeLine) -> str:
    return f"{line.label} (partly)" if line.status is Status.PARTLY_REPORTED else line.label


def _next_step(missing: Sequence[OutcomeLine]) -> str:
    lowest = min((line.status for line in missing), key=lambda status: status.rank)
    one, several, some = _NEXT[lowest]
    if len(missing) == 1:
        return one
    return several if all(line.status is lowest for line in missing) else some
