"""Rules look at evidence: what they found, which had nothing to look at, and which could not look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mscos.coverage import Caps
from mscos.evidence import Evidence
from mscos.findings import NotRun, Problem, Status
from mscos.rules._rule import Input, Rule

_NO_RECORD, _NO_DATA = "No evaluation record was offered.", "No dataset was offered."

_ABSENT: dict[Input, str] = {
    "file": "No file was read.",
    "any": "Neither a record nor a dataset was offered.",
    "either": "No record was offered.",
    "record": _NO_RECORD,
    "evaluation": _NO_RECORD,
    "codebook": _NO_DATA,
    "data": _NO_DATA,
    "design": _NO_DATA,
    "both": _NO_DATA,
    "intervention": "No intervention record was offered.",
}


@dataclass(frozen=True, slots=True)
class Run:
    """
    What happened when rules looked.

    Attributes:
        found: Each rule that looked, with its problems.
        not_applicable: Rules whose input was not offered, with the reason.
        not_run: Rules that tried and could not, with the reason.
    """

    found: list[tuple[Rule, tuple[Problem, ...]]] = field(default_factory=list)
    not_applicable: list[tuple[Rule, str]] = field(default_factory=list)
    not_run: list[tuple[Rule, str]] = field(default_factory=list)

    def look(self, rules: Iterable[Rule], evidence: Evidence) -> None:
        """Let rules look, and keep what they say."""
        for rule in rules:
            if not _offered(rule, evidence):
                self.not_applicable.append((rule, _absent(rule, evidence)))
            elif rule.look is None:  # the reader or the screen has applied it and found nothing
                self.found.append((rule, ()))
            else:
                self._keep(rule, tuple(rule.look(evidence)))

    def _keep(self, rule: Rule, said: tuple[Problem | NotRun, ...]) -> None:
        failures = [item for item in said if isinstance(item, NotRun)]
        if failures:
            self.not_run.append((rule, failures[0].why))
        else:
            self.found.append((rule, tuple(item for item in said if isinstance(item, Problem))))

    @property
    def caps(self) -> Caps:
        """The lowest cap that a rule puts on each measure or outcome of the record."""
        return self._caps(in_data=False)

    @property
    def data_caps(self) -> Caps:
        """The lowest cap that a rule puts on each series or outcome of the dataset."""
        return self._caps(in_data=True)

    @property
    def data_faults(self) -> Caps:
        """The same, by the rules that look at answers and not at what a codebook says or leaves out."""
        return self._caps(in_data=True, family="DAT")

    def _caps(self, *, in_data: bool, family: str = "") -> Caps:
        lowest: dict[tuple[str, int | None], Status] = {}
        for rule, problems in self.found:
            if not rule.id.startswith(family):
                continue
            for problem in problems:
                if rule.caps is not None and problem.outcome is not None and problem.in_data is in_data:
                    place = (problem.outcome, problem.series if in_data else problem.measure)
                    lowest[place] = min(rule.caps, lowest.get(place, rule.caps), key=lambda status: status.rank)
        return lowest

    @property
    def withheld(self) -> Rule | None:
        """A rule that found something in a record which lets no verdict be given; None if there is none."""
        withholding = (rule for rule, problems in self.found if rule.withholds and any(not p.in_data for p in problems))
        return next(withholding, None)


def _offered(rule: Rule, evidence: Evidence) -> bool:
    record, data = evidence.record is not None, evidence.profile is not None
    there: dict[Input, bool] = {
        "file": evidence.file is not None or evidence.bound is not None,
        "any": evidence.subject is not None or data,
        "either": evidence.subject is not None,
        "record": record,
        "evaluation": record or data or evidence.is_design,
        "codebook": evidence.bound is not None,
        "design": evidence.is_design,
        "data": data,
        "both": record and data,
        "intervention": evidence.intervention is not None,
    }
    return there[rule.needs]


def _absent(rule: Rule, evidence: Evidence) -> str:
    if rule.needs == "design" and evidence.profile is not None:
        return "It is for a codebook without data."
    return _NO_RECORD if rule.needs == "both" and evidence.record is None else _ABSENT[rule.needs]
