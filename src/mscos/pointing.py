"""What rules point at becomes findings, with names that may be shown."""

from __future__ import annotations

from mscos.canonical import REQUIRED
from mscos.described import months_of
from mscos.evidence import Evidence
from mscos.findings import Finding, Problem, Role, Severity
from mscos.offers import Offer
from mscos.report import VerdictName
from mscos.rules._rule import Rule
from mscos.rules.running import Run


def findings_of(run: Run, evidence: Evidence, verdicts: tuple[VerdictName, ...]) -> tuple[Finding, ...]:
    """Give what the rules say as findings, what matters most first and then in the order of the edition."""
    places = {outcome.id: place for place, outcome in enumerate(evidence.taxonomy.outcomes, start=1)}
    said = [_finding(rule, problem, evidence, verdicts) for rule, problems in run.found for problem in problems]
    said.sort(key=lambda finding: (finding.severity.rank, places.get(finding.outcome or "", 0)))
    return tuple(said)


def _finding(rule: Rule, problem: Problem, evidence: Evidence, verdicts: tuple[VerdictName, ...]) -> Finding:
    label = evidence.taxonomy[problem.outcome].marked_label if problem.outcome else ""
    return Finding(
        rule=rule.id,
        severity=_severity(rule, problem, evidence, verdicts),
        message=rule.sentence.format(outcome=label),
        outcome=problem.outcome,
        about=_about(problem, evidence),
        pointer=problem.pointer,
        variable=_variable(problem, evidence),
        column=_column(problem, evidence),
        timepoint=_timepoint(problem, evidence),
    )


def _about(problem: Problem, evidence: Evidence) -> Role:
    if problem.in_data:
        return "codebook" if evidence.is_design else "data"
    return "logframe" if evidence.logframe_apart and problem.pointer.startswith("/logframe") else "record"


def _severity(rule: Rule, problem: Problem, evidence: Evidence, verdicts: tuple[VerdictName, ...]) -> Severity:
    """Show nothing as an error that can change no verdict of this report."""
    if rule.serves not in {None, *verdicts}:
        return Severity.NOTE
    beside = problem.outcome is not None and not evidence.taxonomy[problem.outcome].is_core
    left_out = rule.withholds and problem.in_data  # the rows were left out, and the verdict stands
    weaker = (beside or left_out) and rule.severity is Severity.ERROR
    return Severity.WARNING if weaker else rule.severity


def _variable(problem: Problem, evidence: Evidence) -> str | None:
    if problem.variable is not None:
        return problem.variable if _is_described(problem.variable, evidence) else None
    if problem.column is not None and evidence.bound is not None:
        place = problem.column
        names = (bound.variable.name for bound in evidence.bound.variables if place in bound.columns)
        return next(names, None)
    if problem.series is not None and evidence.profile is not None:
        return evidence.profile.series[problem.series].name
    if problem.outcome is None or problem.measure is None or evidence.record is None or problem.in_data:
        return None
    entry = evidence.record.entry(problem.outcome)
    return entry.measures[problem.measure].variable if entry else None


def _timepoint(problem: Problem, evidence: Evidence) -> str | None:
    """Give the one time point of a measure, in our own spelling: a label of somebody else's is not shown."""
    labels = {label for offer in _offers_at(problem, evidence) for label in offer.measure.timepoints}
    (label,) = labels if len(labels) == 1 else ("",)
    return label if label == "baseline" or months_of(label, {}) is not None else None


def _offers_at(problem: Problem, evidence: Evidence) -> tuple[Offer, ...]:
    entries = evidence.data_entries if problem.in_data else evidence.entries
    place = problem.series if problem.in_data else problem.measure
    if problem.outcome is None or place is None:
        return ()
    (entry,) = [each for each in entries if each.outcome.id == problem.outcome] or (None,)
    if entry is None:
        return ()
    places = entry.series if problem.in_data else range(len(entry.offers))
    return tuple(offer for offer, at in zip(entry.offers, places, strict=True) if at == place)


def _is_described(name: str, evidence: Evidence) -> bool:
    """Whether a name is one of the codebook's, or a header of the canonical layout: no other may be shown."""
    codebook = evidence.bound.codebook if evidence.bound else None
    return name in REQUIRED or (codebook is not None and codebook.variable(name) is not None)


def _column(problem: Problem, evidence: Evidence) -> int | None:
    """Give the position of a column that has no other name."""
    if problem.column is None or _variable(problem, evidence) is not None:
        return None
    return evidence.bound.position(problem.column) if evidence.bound else None
