"""Can a check have said what a report says?  What follows from something else in it is worked out again."""

from __future__ import annotations

from mscos.findings import Finding
from mscos.portfolios.checking import portfolio_headline
from mscos.portfolios.made_earlier import faults_of
from mscos.portfolios.report import PortfolioReport
from mscos.report import OutcomeLine, Report, Verdict
from mscos.rules import RULES
from mscos.sentence import sentence_of
from mscos.taxonomy import Taxonomy

_RULES = {rule.id: rule for rule in RULES}


def agrees(report: Report, taxonomy: Taxonomy | None, *, same_rules: bool) -> bool:
    """
    Tell whether a report agrees with itself, and with its edition and rules.

    Args:
        report: The report.
        taxonomy: Its edition; None if that one is not to be had.
        same_rules: Whether it was made by the rules that are installed, so that their wording must be in it.
    """
    answers = all(_follows(verdict, report) for verdict in report.verdicts)
    whole = report.complete == (not report.rules_not_run)
    of_edition = taxonomy is None or _is_of(report, taxonomy)
    worded = not same_rules or (_is_worded(report) and all(_is_said(each, taxonomy) for each in report.findings))
    return answers and whole and of_edition and worded


def portfolio_agrees(report: PortfolioReport, *, same_rules: bool) -> bool:
    """Tell whether a report on a portfolio agrees with itself."""
    verdict = report.verdict
    withheld = bool(report.unreadable) or not report.core or len(report.areas) > 1
    answer = "not_given" if withheld else ("met" if all(line.there for line in report.core) else "not_met")
    worded = not same_rules or report.headline == portfolio_headline(verdict, report.core, report.uptake)
    whole = report.complete == (not report.unreadable)
    return not any(faults_of(report)) and verdict.answer == answer and worded and whole


def _follows(verdict: Verdict, report: Report) -> bool:
    """Tell whether an answer is the one that the statuses give."""
    if verdict.answer == "not_given":
        return verdict.why is not None
    there = all(line.is_there(verdict.name) for line in report.core)
    return report.complete and verdict.answer == ("met" if there else "not_met")


def _is_of(report: Report, taxonomy: Taxonomy) -> bool:
    """Tell whether the outcomes are those of the edition, in its words."""
    core = [line.outcome for line in report.core] == [outcome.id for outcome in taxonomy.core]
    known = {outcome.id for outcome in taxonomy.outcomes}
    return core and all(
        line.outcome in known and _is_labelled(line, taxonomy) for line in (*report.core, *report.longlist)
    )


def _is_labelled(line: OutcomeLine, taxonomy: Taxonomy) -> bool:
    outcome = taxonomy[line.outcome]
    return (line.label, line.mark, line.label_grade) == (outcome.label, outcome.mark or None, outcome.label_grade)


def _is_worded(report: Report) -> bool:
    """Tell whether the sentences are the ones that the statuses give."""
    sentences = all(verdict.sentence == sentence_of(verdict, report.core) for verdict in report.verdicts)
    return sentences and report.headline == report.verdict().sentence


def _is_said(finding: Finding, taxonomy: Taxonomy | None) -> bool:
    rule = _RULES.get(finding.rule)
    if rule is None or taxonomy is None:
        return rule is not None
    known = finding.outcome is not None and finding.outcome in {outcome.id for outcome in taxonomy.outcomes}
    label = taxonomy[str(finding.outcome)].marked_label if known else ""
    return finding.message == rule.sentence.format(outcome=label)
