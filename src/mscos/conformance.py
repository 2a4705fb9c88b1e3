"""`check`: a record, judged by the rules, becomes a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mscos._editions import latest_edition, load_taxonomy
from mscos._version import __version__
from mscos.coverage import Caps, statuses
from mscos.errors import InvalidDocument, OtherEdition
from mscos.evidence import Evidence
from mscos.findings import Finding, NotRun, Problem, Severity, Status
from mscos.records.evaluation import EvaluationRecord
from mscos.records.reading import record_faults
from mscos.report import EditionFrom, InputStamp, OutcomeLine, Report, RuleNotRun, Stamps, Subject, Verdict
from mscos.rules import RULES
from mscos.rules._rule import Rule
from mscos.rules.fingerprint import rules_fingerprint
from mscos.sentence import advice, headline
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

_NO_FILE = "No file was read."


def check(record: EvaluationRecord, *, edition: str | Taxonomy | None = None) -> Report:
    """
    Judge an evaluation record: which core outcomes does it report?

    Args:
        record: The record.
        edition: The edition to judge by: the name of a packaged one, or an edition that was read.
            Without it, the one that the record names, or the newest packaged one if it names none.

    Returns:
        The report.

    Raises:
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the record names another edition than the one asked for.
        InvalidDocument: If a record that was built in memory holds what the edition does not know.
    """
    taxonomy = _edition(record, edition)
    if record.read_by != taxonomy.fingerprint:
        faults = record_faults(record, taxonomy)
        if faults:
            raise InvalidDocument("the record", faults)
    chosen: EditionFrom = "record" if record.edition else "caller" if edition else "newest"
    return judge(Evidence(taxonomy=taxonomy, record=record), RULES, edition_from=chosen)


def judge(evidence: Evidence, rules: Iterable[Rule], *, edition_from: EditionFrom = "caller") -> Report:
    """
    Run rules on evidence and put together what they say.

    Args:
        evidence: What was offered; it has a record.
        rules: The rules to run.
        edition_from: Who chose the edition.
    """
    record = evidence.record
    if record is None:
        raise TypeError("there is no record to judge")
    run = _Run([], [], [])
    rules = tuple(rules)
    for rule in rules:
        if rule.needs != "statuses":
            run.look(rule, evidence)
    evidence = replace(evidence, statuses=statuses(evidence, run.caps))
    for rule in rules:
        if rule.needs == "statuses":
            run.look(rule, evidence)
    core = tuple(_line(outcome, evidence) for outcome in evidence.taxonomy.core)
    verdict = _verdict(core, run)
    named = {entry.outcome for entry in record.outcomes}
    return Report(
        headline=headline(verdict, core),
        subject=Subject(record_id=record.record_id, title=record.title, organisation=record.organisation),
        verdicts=(verdict,),
        core=core,
        longlist=tuple(_line(outcome, evidence) for outcome in evidence.taxonomy.longlist if outcome.id in named),
        other_outcomes=len(record.other_outcomes),
        findings=tuple(_findings(run, evidence)),
        rules_run=tuple(rule.id for rule, _ in run.found),
        rules_not_applicable=tuple(RuleNotRun(rule=rule.id, why=_NO_FILE) for rule in run.not_applicable),
        rules_not_run=tuple(RuleNotRun(rule=rule.id, why=why) for rule, why in run.not_run),
        complete=not run.not_run,
        stamps=_stamps(evidence.taxonomy, record, edition_from),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """
    What happened when rules looked.

    Attributes:
        found: Each rule that looked, with its problems.
        not_applicable: Rules whose input was not offered.
        not_run: Rules that tried and could not, with the reason.
    """

    found: list[tuple[Rule, tuple[Problem, ...]]]
    not_applicable: list[Rule]
    not_run: list[tuple[Rule, str]]

    def look(self, rule: Rule, evidence: Evidence) -> None:
        if rule.look is None:  # the reader has applied it, if there was a file to read
            from_file = evidence.record is not None and evidence.record.origin is not None
            if from_file:
                self.found.append((rule, ()))
            else:
                self.not_applicable.append(rule)
            return
        said = tuple(rule.look(evidence))
        failures = [item for item in said if isinstance(item, NotRun)]
        if failures:
            self.not_run.append((rule, failures[0].why))
        else:
            self.found.append((rule, tuple(item for item in said if isinstance(item, Problem))))

    @property
    def caps(self) -> Caps:
        """The lowest cap that a rule puts on each measure."""
        lowest: dict[tuple[str, int | None], Status] = {}
        for rule, problems in self.found:
            for problem in problems:
                if rule.caps is not None and problem.outcome is not None:
                    place = (problem.outcome, problem.measure)
                    lowest[place] = min(rule.caps, lowest.get(place, rule.caps), key=lambda status: status.rank)
        return lowest


def _edition(record: EvaluationRecord, edition: str | Taxonomy | None) -> Taxonomy:
    taxonomy = edition if isinstance(edition, Taxonomy) else None
    asked = taxonomy.edition if taxonomy else edition
    if asked is not None and record.edition not in {None, asked}:
        raise OtherEdition(str(record.edition), str(asked))
    return taxonomy or load_taxonomy(str(asked or record.edition or latest_edition()))


def _verdict(core: tuple[OutcomeLine, ...], run: _Run) -> Verdict:
    withheld = [rule for rule, problems in run.found if rule.withholds and problems]
    if withheld:
        return Verdict(name="reported", answer="not_given", why=withheld[0].sentence)
    if run.not_run:
        checks = "1 rule" if len(run.not_run) == 1 else f"{len(run.not_run)} rules"
        return Verdict(name="reported", answer="not_given", why=f"{checks} could not look.")
    met = all(line.status is Status.REPORTED for line in core)
    return Verdict(name="reported", answer="met" if met else "not_met")


def _line(outcome: Outcome, evidence: Evidence) -> OutcomeLine:
    status = (evidence.statuses or {})[outcome.id]
    entry = evidence.record.entry(outcome.id) if evidence.record else None
    omission = entry.omission if entry else None
    return OutcomeLine(
        outcome=outcome.id,
        label=outcome.label,
        label_grade=outcome.label_grade,
        mark=outcome.mark or None,
        status=status,
        reason=omission.reason if omission else None,
        advice=advice(status, omission),
    )


def _findings(run: _Run, evidence: Evidence) -> list[Finding]:
    places = {outcome.id: place for place, outcome in enumerate(evidence.taxonomy.outcomes, start=1)}
    said = [_finding(rule, problem, evidence) for rule, problems in run.found for problem in problems]
    return sorted(said, key=lambda finding: (finding.severity.rank, places.get(finding.outcome or "", 0)))


def _severity(rule: Rule, problem: Problem, evidence: Evidence) -> Severity:
    """Show nothing as an error that can change no verdict of this report."""
    if rule.serves != "reported":
        return Severity.NOTE
    beside = problem.outcome is not None and not evidence.taxonomy[problem.outcome].is_core
    return Severity.WARNING if beside and rule.severity is Severity.ERROR else rule.severity


def _finding(rule: Rule, problem: Problem, evidence: Evidence) -> Finding:
    label = evidence.taxonomy[problem.outcome].marked_label if problem.outcome else ""
    return Finding(
        rule=rule.id,
        severity=_severity(rule, problem, evidence),
        message=rule.sentence.format(outcome=label),
        outcome=problem.outcome,
        pointer=problem.pointer,
        variable=_variable(problem, evidence),
    )


def _variable(problem: Problem, evidence: Evidence) -> str | None:
    if problem.outcome is None or problem.measure is None or evidence.record is None:
        return None
    entry = evidence.record.entry(problem.outcome)
    return entry.measures[problem.measure].variable if entry else None


def _stamps(taxonomy: Taxonomy, record: EvaluationRecord, edition_from: EditionFrom) -> Stamps:
    origin = record.origin
    return Stamps(
        mscos=__version__,
        edition=taxonomy.edition,
        edition_fingerprint=taxonomy.fingerprint,
        edition_from=edition_from,
        schema_version="1",
        rules_fingerprint=rules_fingerprint(),
        inputs=(
            InputStamp(role="record", path=origin.path, sha256=origin.sha256) if origin else InputStamp(role="record"),
        ),
    )
