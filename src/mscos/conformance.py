"""`check` and `check_intervention`: a record, judged by the rules, becomes a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from mscos._editions import latest_edition, load_taxonomy
from mscos._version import __version__
from mscos.coverage import rests_on_record, statuses
from mscos.errors import InvalidDocument, OtherEdition
from mscos.evidence import Evidence
from mscos.findings import Finding, Problem, Severity, Status
from mscos.lines import line_of_evaluation, line_of_intervention
from mscos.logframes import Logframe
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.records.origin import Origin
from mscos.records.reading import record_faults
from mscos.report import EditionFrom, InputStamp, OutcomeLine, Report, RuleNotRun, Stamps, Subject, Verdict
from mscos.rules import RULES
from mscos.rules._rule import Rule, VerdictName
from mscos.rules.fingerprint import rules_fingerprint
from mscos.rules.running import Run
from mscos.sentence import headline
from mscos.taxonomy import Taxonomy


def check(record: EvaluationRecord, *, edition: str | Taxonomy | None = None) -> Report:
    """
    Judge an evaluation record: which core outcomes does it report?

    Args:
        record: The record.
        edition: The edition to judge by: the name of a packaged one, or an edition that was read.
            Without it, the one that the record names, or the newest packaged one if it names none.

    Returns:
        The report, with the verdict *reported*.

    Raises:
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the record names another edition than the one asked for.
        InvalidDocument: If a record that was built in memory holds what the edition does not know.
    """
    if not isinstance(record, EvaluationRecord):
        raise _not_a_record(record, "check", "read_record")
    taxonomy = _edition(record, edition)
    return judge(Evidence(taxonomy=taxonomy, record=record), RULES, edition_from=_chosen(record, edition))


def check_intervention(
    record: InterventionRecord, *, edition: str | Taxonomy | None = None, logframe: Logframe | None = None
) -> Report:
    """
    Judge an intervention record: which core outcomes does it address, by whom, and which does it leave out?

    Args:
        record: The record.
        edition: As for `check`.
        logframe: A logframe to judge in place of the record's own.

    Returns:
        The report, with the verdict *addressed*: met if no core outcome is left out and every partner is named.

    Raises:
        UnknownEdition: If no such edition is packaged.
        OtherEdition: If the record names another edition than the one asked for.
        InvalidDocument: If a record that was built in memory holds what the edition does not know.
    """
    if not isinstance(record, InterventionRecord):
        raise _not_a_record(record, "check_intervention", "read_intervention")
    taxonomy = _edition(record, edition)
    if logframe is not None:
        faults = record_faults(record.model_copy(update={"logframe": logframe.rows}), taxonomy)
        if faults:
            raise InvalidDocument("the logframe", faults)
    evidence = Evidence(taxonomy=taxonomy, intervention=record)
    return judge(evidence, RULES, edition_from=_chosen(record, edition), logframe=logframe)


def check_any(record: EvaluationRecord | InterventionRecord, *, edition: str | Taxonomy | None = None) -> Report:
    """Judge a record by its kind, with `check` or `check_intervention`."""
    if isinstance(record, InterventionRecord):
        return check_intervention(record, edition=edition)
    return check(record, edition=edition)


def judge(
    evidence: Evidence,
    rules: Iterable[Rule],
    *,
    edition_from: EditionFrom = "caller",
    logframe: Logframe | None = None,
) -> Report:
    """
    Run rules on evidence and put together what they say.

    Args:
        evidence: What was offered: a record of either kind.
        rules: The rules to run.
        edition_from: Who chose the edition.
        logframe: A logframe that stands in for that of the intervention.
    """
    subject = evidence.subject
    if subject is None:
        raise TypeError("there is no record to judge")
    evidence = replace(evidence, file=subject.origin)
    if logframe is not None and evidence.intervention is not None:
        evidence = replace(evidence, intervention=evidence.intervention.model_copy(update={"logframe": logframe.rows}))
    rules = tuple(rules)
    run = Run()
    run.look((rule for rule in rules if rule.needs != "statuses"), evidence)
    reached = statuses(evidence, run.caps)
    run.look((rule for rule in rules if rule.needs == "statuses"), replace(evidence, statuses=reached))
    name: VerdictName = "reported" if evidence.record is not None else "addressed"
    findings = _findings(run, evidence, name)
    core, longlist = _lines(evidence, reached, findings)
    verdict = _verdict(name, core, run)
    return Report(
        headline=headline(verdict, core),
        subject=Subject(
            kind="evaluation" if evidence.record is not None else "intervention",
            record_id=subject.record_id,
            title=subject.title,
            organisation=subject.organisation,
        ),
        verdicts=(verdict,),
        core=core,
        longlist=longlist,
        other_outcomes=len(subject.other_outcomes),
        findings=findings,
        rules_run=tuple(rule.id for rule, _ in run.found),
        rules_not_applicable=tuple(RuleNotRun(rule=rule.id, why=why) for rule, why in run.not_applicable),
        rules_not_run=tuple(RuleNotRun(rule=rule.id, why=why) for rule, why in run.not_run),
        complete=not run.not_run,
        stamps=_stamps(evidence.taxonomy, subject, edition_from, logframe),
    )


def _not_a_record(given: object, call: str, reader: str) -> TypeError:
    if isinstance(given, InterventionRecord):
        return TypeError("this is an intervention record; check_intervention judges it")
    if isinstance(given, EvaluationRecord):
        return TypeError("this is an evaluation record; check judges it")
    return TypeError(f"{call} takes a record; {reader} makes one of a file or a document")


def _edition(record: EvaluationRecord | InterventionRecord, edition: str | Taxonomy | None) -> Taxonomy:
    """Find the edition to judge by, and hold a record to it that was not read by it."""
    taxonomy = edition if isinstance(edition, Taxonomy) else None
    if edition is not None and not isinstance(edition, str | Taxonomy):
        raise TypeError("name the edition as text, such as '2023.1'")
    asked = taxonomy.edition if taxonomy else edition
    if asked is not None and record.edition not in {None, asked}:
        raise OtherEdition(str(record.edition), str(asked))
    found = taxonomy or load_taxonomy(str(asked or record.edition or latest_edition()))
    if record.read_by != found.fingerprint:
        faults = record_faults(record, found)
        if faults:
            raise InvalidDocument("the record", faults)
    return found


def _chosen(record: EvaluationRecord | InterventionRecord, edition: str | Taxonomy | None) -> EditionFrom:
    if record.edition:
        return "record"
    return "caller" if edition else "newest"


def _lines(
    evidence: Evidence, reached: Mapping[str, Status], findings: tuple[Finding, ...]
) -> tuple[tuple[OutcomeLine, ...], tuple[OutcomeLine, ...]]:
    """Say how far each core outcome got, and each outcome of the long-list that the record names."""
    if evidence.record is not None:
        record = evidence.record
        weak = {found.outcome for found in findings if found.severity is Severity.ERROR or found.rule == "REP-01"}
        on_trust = {entry.outcome.id for entry in evidence.entries if rests_on_record(entry)}
        named = {entry.outcome for entry in record.outcomes}
        lines = [
            line_of_evaluation(
                outcome, reached[outcome.id], record, weak=outcome.id in weak, on_trust=outcome.id in on_trust
            )
            for outcome in evidence.taxonomy.outcomes
            if outcome.is_core or outcome.id in named
        ]
    else:
        intervention = evidence.intervention
        if intervention is None:
            raise TypeError("there is no record to judge")
        named = {entry.outcome for entry in intervention.addresses}
        lines = [
            line_of_intervention(outcome, intervention)
            for outcome in evidence.taxonomy.outcomes
            if outcome.is_core or outcome.id in named
        ]
    core = {outcome.id for outcome in evidence.taxonomy.core}
    return (
        tuple(line for line in lines if line.outcome in core),
        tuple(line for line in lines if line.outcome not in core),
    )


def _verdict(name: VerdictName, core: tuple[OutcomeLine, ...], run: Run) -> Verdict:
    if run.withheld is not None:
        return Verdict(name=name, answer="not_given", why=run.withheld.sentence)
    if run.not_run:
        number = "1 rule" if len(run.not_run) == 1 else f"{len(run.not_run)} rules"
        return Verdict(name=name, answer="not_given", why=f"{number} could not look.")
    return Verdict(name=name, answer="met" if all(line.there for line in core) else "not_met")


def _findings(run: Run, evidence: Evidence, verdict: VerdictName) -> tuple[Finding, ...]:
    places = {outcome.id: place for place, outcome in enumerate(evidence.taxonomy.outcomes, start=1)}
    said = [_finding(rule, problem, evidence, verdict) for rule, problems in run.found for problem in problems]
    said.sort(key=lambda finding: (finding.severity.rank, places.get(finding.outcome or "", 0)))
    return tuple(said)


def _finding(rule: Rule, problem: Problem, evidence: Evidence, verdict: VerdictName) -> Finding:
    label = evidence.taxonomy[problem.outcome].marked_label if problem.outcome else ""
    return Finding(
        rule=rule.id,
        severity=_severity(rule, problem, evidence, verdict),
        message=rule.sentence.format(outcome=label),
        outcome=problem.outcome,
        pointer=problem.pointer,
        variable=_variable(problem, evidence),
    )


def _severity(rule: Rule, problem: Problem, evidence: Evidence, verdict: VerdictName) -> Severity:
    """Show nothing as an error that can change no verdict of this report."""
    if rule.serves not in {None, verdict}:
        return Severity.NOTE
    beside = problem.outcome is not None and not evidence.taxonomy[problem.outcome].is_core
    return Severity.WARNING if beside and rule.severity is Severity.ERROR else rule.severity


def _variable(problem: Problem, evidence: Evidence) -> str | None:
    if problem.outcome is None or problem.measure is None or evidence.record is None:
        return None
    entry = evidence.record.entry(problem.outcome)
    return entry.measures[problem.measure].variable if entry else None


def _stamps(
    taxonomy: Taxonomy,
    record: EvaluationRecord | InterventionRecord,
    edition_from: EditionFrom,
    logframe: Logframe | None,
) -> Stamps:
    inputs = [_stamp("record", record.origin)]
    if logframe is not None:
        inputs.append(_stamp("logframe", logframe.origin))
    return Stamps(
        mscos=__version__,
        edition=taxonomy.edition,
        edition_fingerprint=taxonomy.fingerprint,
        edition_from=edition_from,
        schema_version="1",
        rules_fingerprint=rules_fingerprint(),
        inputs=tuple(inputs),
    )


def _stamp(role: Literal["record", "logframe"], origin: Origin | None) -> InputStamp:
    return InputStamp(role=role, path=origin.path, sha256=origin.sha256) if origin else InputStamp(role=role)
