"""What the rules say, as parts of lines: what is said of several variables of a dataset is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mscos.findings import Finding, Severity
from mscos.reporters.foreign import foreign

_OF_RECORD = {"record", "logframe"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """
    One thing that a rule says, of one place or of several variables.

    Attributes:
        rule: Identifier of the rule.
        severity: How much it matters.
        message: The rule's sentence.
        named: Sentences that name the variables or columns; empty where there are none.
        outcome: Identifier of the outcome that it is about.
        place: Where it is.
        in_record: Whether the record or its logframe is to be mended, and not the data or their description.
    """

    rule: str
    severity: Severity
    message: str
    named: str
    outcome: str | None
    place: str
    in_record: bool

    @property
    def words(self) -> str:
        """The sentence, with what it names."""
        return f"{self.message}{self.named}"

    @property
    def where(self) -> str:
        """The rule, the outcome and the place."""
        return ", ".join(filter(None, (self.rule, self.outcome, self.place)))


def finding_lines(findings: Sequence[Finding]) -> Iterator[FindingLine]:
    """Put findings into lines, in their order."""
    for _, alike in groupby(findings, key=lambda each: (each.severity, each.message, each.about)):
        same = list(alike)
        if same[0].about in _OF_RECORD:
            yield from (_line([finding]) for finding in same)
        else:
            yield _line(same)


def _line(same: Sequence[Finding]) -> FindingLine:
    first = same[0]
    return FindingLine(
        rule=first.rule,
        severity=first.severity,
        message=first.message,
        named=_named(same),
        outcome=first.outcome,
        place=_place(first),
        in_record=first.about in _OF_RECORD,
    )


def _place(finding: Finding) -> str:
    if finding.about not in _OF_RECORD:
        return f"in the {finding.about}"
    of = " of the logframe" if finding.about == "logframe" else ""
    return f"at {foreign(finding.pointer or '/')}{of}"


def _named(same: Sequence[Finding]) -> str:
    variables = list(dict.fromkeys(foreign(each.variable) for each in same if each.variable))
    columns = [str(each.column) for each in same if each.column is not None]
    return "".join((*_list("Variable", variables), *_list("Column", columns)))


def _list(word: str, names: Sequence[str]) -> Iterable[str]:
    return [f" {word}{'' if len(names) == 1 else 's'}: {', '.join(names)}."] if names else []
