"""What is to be mended, as a list for people and machines: what matters first comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mscos._printable import printable
from mscos.findings import Finding, Role, Severity, Status
from mscos.report import OutcomeLine, Report
from mscos.rules import RULES

VERDICT = "VERDICT"
"""Stands for a rule where the verdict itself, or the status of an outcome, is what has to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """
    One thing to mend.

    Attributes:
        rule: Identifier of the rule that says it; `VERDICT` where no rule does.
        severity: How much it matters.
        message: What is said.
        outcome: Identifier of the outcome; None for the whole.
        about: The input that it is about; None for the check itself.
        pointer: Place in the record, as a JSON Pointer; empty for the whole of it.
        variable: Name of the variable, safe to show; None where there is none.
        column: Position of a column that has no name to show, from 1.
        timepoint: The time point that the variable is asked at; None where there is none, or several.
        how: How to mend it, in a few sentences.
    """

    rule: str
    severity: Severity
    message: str
    outcome: str | None = None
    about: Role | None = None
    pointer: str = ""
    variable: str | None = None
    column: int | None = None
    timepoint: str | None = None
    how: str = ""

    @property
    def more(self) -> str:
        """The command that says more; nothing where no rule speaks."""
        return "" if self.rule == VERDICT else f"mscos explain {self.rule}"

    @property
    def where(self) -> str:
        """The place, in words: a variable, a column or a place in the record."""
        if self.variable is not None:
            return f"variable {self.variable}"
        if self.column is not None:
            return f"column {self.column}"
        return self.pointer

    @property
    def said(self) -> str:
        """What is said, where, and how to mend it."""
        where = f"At {self.where}." if self.where else ""
        return " ".join(filter(None, (self.message, where, self.how)))


def mends(report: Report) -> tuple[Mend, ...]:
    """
    List what is to be mended.

    Returns:
        Why there is no verdict, and which rules could not look; then by severity, and in the order of the outcomes,
        what the rules say.  A core outcome that is missing has an entry even if no rule speaks of it.
    """
    places = {line.outcome: place for place, line in enumerate((*report.core, *report.longlist), start=1)}
    said = [*map(_of_finding, report.findings), *_of_outcomes(report)]
    said.sort(key=lambda mend: (mend.severity.rank, places.get(mend.outcome or "", 0)))
    return (*_of_check(report), *said)


def status_of(line: OutcomeLine, report: Report) -> str:
    """Say how far an outcome got, by the verdict that was asked for."""
    of_data = report.verdict().name == "collected" and isinstance(line.collected, Status)
    return line.collected.words if of_data and line.collected else line.status.words


@cache
def how_to_fix(rule: str) -> str:
    """Give what a rule's page says under *How to fix it*, as one paragraph; nothing for a rule that is not listed."""
    page = next((each.page for each in RULES if each.id == rule), "")
    found = re.search(r"^## How to fix it\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return " ".join(found.group(1).split()) if found else ""


def _of_check(report: Report) -> Iterator[Mend]:
    verdict = report.verdict()
    if verdict.answer == "not_given":
        yield Mend(rule=VERDICT, severity=Severity.STOP, message=f"No verdict: {verdict.why}")
    for failed in report.rules_not_run:
        yield Mend(
            rule=failed.rule,
            severity=Severity.STOP,
            message=f"{failed.rule} could not look. {failed.why}",
            how=how_to_fix(failed.rule),
        )


def _of_outcomes(report: Report) -> Iterator[Mend]:
    """Speak of the missing outcomes of which no rule speaks, beside notes."""
    spoken_of = {finding.outcome for finding in report.findings if finding.severity is not Severity.NOTE}
    for line in report.missing:
        if line.outcome not in spoken_of:
            yield Mend(
                rule=VERDICT,
                severity=Severity.ERROR,
                message=f"{line.marked_label}: {status_of(line, report)}.",
                outcome=line.outcome,
                how=line.advice or "",
            )


def _of_finding(finding: Finding) -> Mend:
    return Mend(
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        outcome=finding.outcome,
        about=finding.about,
        pointer=finding.pointer,
        variable=printable(finding.variable) if finding.variable else None,
        column=finding.column,
        timepoint=finding.timepoint,
        how=how_to_fix(finding.rule),
    )
