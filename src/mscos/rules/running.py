"""Rules look at evidence: what they found, which had nothing to look at, and which could not look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mscos.coverage import Caps
from mscos.evidence import Evidence
from mscos.findings import NotRun, Problem, Status
from mscos.rules._rule import Rule

_ABSENT = {
    "file": "No file was read.",
    "either": "No record was offered.",
    "record": "No evaluation record was offered.",
    "statuses": "No evaluation record was offered.",
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
                self.not_applicable.append((rule, _ABSENT[rule.needs]))
            elif rule.look is None:  # the reader has applied it and found nothing
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
        """The lowest cap that a rule puts on each measure or outcome."""
        lowest: dict[tuple[str, int | None], Status] = {}
        for rule, problems in self.found:
            for problem in problems:
                if rule.caps is not None and problem.outcome is not None:
                    place = (problem.outcome, problem.measure)
                    lowest[place] = min(rule.caps, lowest.get(place, rule.caps), key=lambda status: status.rank)
        return lowest

    @property
    def withheld(self) -> Rule | None:
        """A rule that found something which lets no verdict be given; None if there is none."""
        return next((rule for rule, problems in self.found if rule.withholds and problems), None)


def _offered(rule: Rule, evidence: Evidence) -> bool:
    match rule.needs:
        case "file":
            return evidence.file is not None
        case "either":
            return evidence.subject is not None
        case "intervention":
            return evidence.intervention is not None
        case _:
            return evidence.record is not None
