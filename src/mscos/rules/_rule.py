"""What a rule is: a constant sentence, and a function that yields the places where it holds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mscos.evidence import Evidence
from mscos.findings import NotRun, Problem, Severity, Status
from mscos.report import VerdictName

Input = Literal["file", "any", "either", "record", "evaluation", "codebook", "data", "design", "both", "intervention"]
"""
What a rule needs: the file as it is read; a record of either kind or a dataset; a record of either kind; an evaluation
record; such a record, a dataset or a codebook; a codebook; a dataset; a codebook alone; a record and a dataset;
an intervention record.
"""

Look = Callable[[Evidence], Iterator[Problem | NotRun]]

SECTIONS = ("Why it matters", "How to fix it", "What it does", "Source")
"""The sections of every rule's page, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    A named check.

    Attributes:
        id: Family and number; permanent.
        severity: How much its findings matter.
        sentence: What it says; ``{outcome}`` is its only blank.
        needs: The input without which it is not applicable.
        serves: The one verdict it is about, so that a report without that verdict shows its findings as notes;
            None where it is about whatever verdict is given.
        caps: The status above which the measure or outcome that it points at cannot get; None for no effect.
        withholds: Whether no verdict is given where it finds something in a record.
        last: Whether it looks once the statuses of the outcomes are known.
        page: Its documentation, in Markdown.
        look: The function; None for a rule that the reader applies.
    """

    id: str
    severity: Severity
    sentence: str
    needs: Input
    serves: VerdictName | None
    caps: Status | None
    withholds: bool
    last: bool
    page: str
    look: Look | None


def rule(  # noqa: PLR0913 - each argument is a property of the rule
    identifier: str,
    severity: Severity,
    sentence: str,
    *,
    needs: Input = "record",
    serves: VerdictName | None = None,
    caps: Status | None = None,
    withholds: bool = False,
    last: bool = False,
) -> Callable[[Look], Rule]:
    """Make a rule of a function.  Its docstring is the rule's page."""

    def attach(look: Look) -> Rule:
        return Rule(
            id=identifier,
            severity=severity,
            sentence=sentence,
            needs=needs,
            serves=serves,
            caps=caps,
            withholds=withholds,
            last=last,
            page=inspect.cleandoc(look.__doc__ or ""),
            look=look,
        )

    return attach


def refusal(identifier: str, sentence: str, page: str, *, needs: Input = "file") -> Rule:
    """Make a rule that the reader or the screen applies: where it holds, nothing else is looked at."""
    return Rule(
        id=identifier,
        severity=Severity.STOP,
        sentence=sentence,
        needs=needs,
        serves=None,
        caps=None,
        withholds=False,
        last=False,
        page=inspect.cleandoc(page),
        look=None,
    )
