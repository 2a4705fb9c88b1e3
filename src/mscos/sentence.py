"""The sentence: which core outcomes are reported or addressed, which are not, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mscos.findings import Reach, Status
from mscos.records.entries import Omission
from mscos.reference import load_omission_reasons
from mscos.report import OutcomeLine, Verdict

_NEXT: dict[Status | Reach, tuple[str, str, str]] = {
    Reach.NOT_ADDRESSED: (
        "Change the service so that it covers the outcome, or work with a partner who does.",
        "Change the service so that it covers them, or work with partners who do.",
        "For what nobody covers, change the service, or work with a partner who covers it.",
    ),
    Reach.PARTNER_NOT_NAMED: (
        "Name the partner.",
        "Name the partners.",
        "Name the partner.",
    ),
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
    Status.COLLECTED_ONCE: (
        "Give its result.",
        "Give their results.",
        "Give the results of what is collected.",
    ),
    Status.COLLECTED_OVER_TIME: (
        "Give its result.",
        "Give their results.",
        "Give the results of what is collected.",
    ),
    Status.PARTLY_REPORTED: (
        "The findings about it say what its result or its measure lacks.",
        "The findings about them say what their results or measures lack.",
        "The findings say what is lacking.",
    ),
}
"""The next step: for one outcome, for several that got equally far, and where others got further."""

_PROTECTED = (
    "Plan with survivors how it could be known safely, or link a partner's evaluation that reports it.",
    "Plan with survivors how they could be known safely, or link partners' evaluations that report them.",
    "Plan with survivors how what is left out could be known safely, or link a partner's evaluation that reports it.",
)
"""The next step where asking again could harm people, or goes against their choice."""

_LINKED = "See the partner's evaluation, and make sure that it reports the outcome."


_OF_DATA: dict[Status | Reach, tuple[str, str, str]] = {
    Status.LEFT_OUT: _NEXT[Status.LEFT_OUT],
    Status.COLUMN_ONLY: (
        "Collect answers with a measure that asks about it.",
        "Collect answers with measures that ask about them.",
        "Where nothing counts yet, collect answers with a measure that asks about the outcome.",
    ),
    Status.COLLECTED_ONCE: (
        "Ask the same people again later.",
        "Ask the same people again later.",
        "Ask the same people again later.",
    ),
}
"""The same, for the verdict on collected data."""


_OF_DESIGN: dict[Status | Reach, tuple[str, str, str]] = {
    Status.LEFT_OUT: (
        "Add a question that asks about it.",
        "Add questions that ask about them.",
        "Add questions about what is left out.",
    ),
    Status.COLUMN_ONLY: (
        "Use a measure that asks about it.",
        "Use measures that ask about them.",
        "Where nothing counts yet, use a measure that asks about the outcome.",
    ),
}
"""The same, for a form that is judged before it is used."""

_STEPS = {"collected": _OF_DATA, "can_report": _OF_DESIGN}

_WORDS = {"can_report": ("can be reported", "Cannot be reported")}
"""How a verdict reads where its name does not."""


def sentence_of(verdict: Verdict, core: Sequence[OutcomeLine]) -> str:
    """Put the answer into words, as `headline` does; where it is about data, by how far the data alone got."""
    if verdict.name != "collected":
        return headline(verdict, core)
    return headline(verdict, [line.model_copy(update={"status": line.collected}) for line in core])


def headline(verdict: Verdict, core: Sequence[OutcomeLine]) -> str:
    """
    Put the answer into words.

    Args:
        verdict: The verdict.
        core: The core outcomes of the edition with their statuses, by that verdict.

    Returns:
        One sentence when all are there or no verdict is given; otherwise also those that are not, and
        the next step for the ones that are furthest from it.
    """
    if verdict.answer == "not_given":
        return f"No verdict: {verdict.why}"
    missing = [line for line in core if not line.is_there(verdict.name)]
    done, not_done = _WORDS.get(verdict.name, (f"are {verdict.name}", f"Not {verdict.name}"))
    first = f"{len(core) - len(missing)} of {len(core)} core outcomes {done}."
    if not missing:
        return first
    labels = "; ".join(map(_label, missing))
    return f"{first} {not_done}: {labels}. {_next_step(missing, _STEPS.get(verdict.name, _NEXT))}"


def advice(status: Status | Reach, omission: Omission | None = None) -> str | None:
    """
    Say what to do about one outcome of a record.

    Args:
        status: How far it got.
        omission: Why it is left out, where the record says.

    Returns:
        One or two sentences; None for an outcome that is reported or addressed.
    """
    if status not in _NEXT:
        return None
    if omission is None:
        return _NEXT[status][0]
    if status is Status.LEFT_OUT and omission.partner_record is not None:
        return _LINKED
    reason = load_omission_reasons()[omission.reason]
    step = _PROTECTED[0] if reason.protects_people and status is Status.LEFT_OUT else _NEXT[status][0]
    answered = any(getattr(omission, field) is not None for field in reason.answered_by)
    return step if answered or reason.question is None else f"{step} {reason.question}"


def advice_on_data(status: Status, *, design: bool) -> str | None:
    """Say what to do about one outcome of a dataset, or of a form before it is used; None where nothing is to do."""
    steps = _OF_DESIGN if design else _OF_DATA
    return steps[status][0] if status in steps else None


def _label(line: OutcomeLine) -> str:
    return f"{line.marked_label} (partly)" if line.partly else line.marked_label


def _next_step(missing: Sequence[OutcomeLine], steps: Mapping[Status | Reach, tuple[str, str, str]]) -> str:
    lowest = min((line.status for line in missing), key=lambda status: status.rank)
    furthest = [line for line in missing if line.status is lowest]
    protected = any(_protected(line) for line in furthest)
    one, several, some = _PROTECTED if protected else steps[lowest]
    if len(missing) == 1:
        return one
    return several if len(furthest) == len(missing) else some


def _protected(line: OutcomeLine) -> bool:
    return (
        line.status is Status.LEFT_OUT
        and line.reason is not None
        and load_omission_reasons()[line.reason].protects_people
    )
