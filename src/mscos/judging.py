"""Evidence and rules become a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from mscos._version import __version__
from mscos.collected import answered_series, collected, designed
from mscos.coverage import Caps, rests_on_record, statuses
from mscos.dataset_line import DatasetLine
from mscos.evidence import Evidence
from mscos.findings import Finding, Severity, Status
from mscos.lines import line_of_dataset, line_of_evaluation, line_of_intervention, with_data
from mscos.logframes import Logframe
from mscos.pointing import findings_of
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.report import OutcomeLine, Report, RuleNotRun, Subject, Verdict, VerdictName
from mscos.rules import RULES
from mscos.rules._rule import Rule
from mscos.rules.fingerprint import rules_fingerprint
from mscos.rules.running import Run
from mscos.sentence import sentence_of
from mscos.stamps import EditionFrom, InputStamp, Stamps
from mscos.taxonomy import Taxonomy

_FORM = "A form or codebook, before it is used"
_DATASET = "A dataset"
"""What stands for the title of data without a record.  The name of a data file is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """
    How far each outcome of the edition got.

    Attributes:
        all: By record and data together.
        data: By the data alone.
    """

    all: Mapping[str, Status]
    data: Mapping[str, Status]


def judge(  # noqa: PLR0913 - what a report is made of
    evidence: Evidence,
    rules: Iterable[Rule] = RULES,
    *,
    edition_from: EditionFrom = "caller",
    logframe: Logframe | None = None,
    inputs: tuple[InputStamp, ...] = (),
    excluded: int = 0,
) -> Report:
    """
    Run rules on evidence and put together what they say.

    Args:
        evidence: What was offered: a record of either kind, a profile, or an evaluation record with a profile.
        rules: The rules to run.
        edition_from: Who chose the edition.
        logframe: A logframe that stands in for that of the intervention.
        inputs: The further files that the report rests on.
        excluded: How many columns were left out of the data.
    """
    subject = evidence.subject
    if subject is None and evidence.bound is None:
        raise TypeError("there is nothing to judge")
    evidence = replace(evidence, file=subject.origin if subject else None)
    if logframe is not None and evidence.intervention is not None:
        stands_in = evidence.intervention.model_copy(update={"logframe": logframe.rows})
        evidence = replace(evidence, intervention=stands_in, logframe_apart=True)
    rules = tuple(rules)
    run = Run()
    run.look((rule for rule in rules if not rule.last), evidence)
    reached = _reached(evidence, run)
    run.look((rule for rule in rules if rule.last), replace(evidence, statuses=reached.all))
    names = _names(evidence)
    findings = findings_of(run, evidence, names)
    core, longlist = _lines(evidence, reached, findings, run.data_caps)
    verdicts = tuple(_verdict(name, core, run) for name in names)
    return Report(
        headline=verdicts[0].sentence or "",
        subject=_subject(evidence),
        verdicts=verdicts,
        dataset=_dataset(evidence, excluded),
        of_cases=bool(evidence.bound and evidence.bound.codebook and evidence.bound.codebook.of_cases),
        core=core,
        longlist=longlist,
        other_outcomes=len(subject.other_outcomes) if subject else 0,
        findings=findings,
        rules_run=tuple(rule.id for rule, _ in run.found),
        rules_not_applicable=tuple(RuleNotRun(rule=rule.id, why=why) for rule, why in run.not_applicable),
        rules_not_run=tuple(RuleNotRun(rule=rule.id, why=why) for rule, why in run.not_run),
        complete=not run.not_run,
        stamps=_stamps(evidence.taxonomy, edition_from, (*_of_record(evidence, subject, logframe), *inputs)),
    )


def _reached(evidence: Evidence, run: Run) -> Reached:
    """Say how far each outcome got: as far as the record or the data take it."""
    if evidence.is_design:
        planned = designed(evidence, run.data_caps)
        return Reached(all=planned, data=planned)
    of_data = collected(evidence, run.data_caps)
    if evidence.profile is None:
        return Reached(all=statuses(evidence, run.caps), data=of_data)
    if evidence.record is None:
        return Reached(all=of_data, data=of_data)
    of_record = statuses(evidence, {**run.caps, **_caps_by_data(evidence, run)})
    both = {outcome: max(of_record[outcome], of_data[outcome], key=lambda status: status.rank) for outcome in of_record}
    return Reached(all=both, data=of_data)


def _caps_by_data(evidence: Evidence, run: Run) -> dict[tuple[str, int | None], Status]:
    """
    Give the caps that faults of the data put on what the record says of the same outcomes.

    An outcome is capped where every series that counts and holds answers has a fault: so one more column lowers
    nothing.
    """
    faulty: dict[tuple[str, int | None], Status] = {}
    for entry in evidence.data_entries:
        places = [(entry.outcome.id, series) for series in answered_series(evidence, entry)]
        bearing = [place for place in places if run.data_caps.get(place) is not Status.COLUMN_ONLY]
        if {run.data_faults.get(place) for place in bearing} == {Status.PARTLY_REPORTED}:
            cap = run.caps.get((entry.outcome.id, None), Status.PARTLY_REPORTED)
            faulty[entry.outcome.id, None] = min(cap, Status.PARTLY_REPORTED, key=lambda status: status.rank)
    return faulty


def _names(evidence: Evidence) -> tuple[VerdictName, ...]:
    if evidence.intervention is not None:
        return ("addressed",)
    if evidence.is_design:
        return ("can_report",)
    reported: tuple[VerdictName, ...] = ("reported",) if evidence.record is not None else ()
    return (*reported, "collected") if evidence.profile is not None else reported


def _subject(evidence: Evidence) -> Subject:
    subject = evidence.subject
    if evidence.is_design:
        return Subject(kind="design", title=_FORM)
    if subject is None:
        return Subject(kind="dataset", title=_DATASET)
    return Subject(
        kind="evaluation" if evidence.record is not None else "intervention",
        record_id=subject.record_id,
        title=subject.title,
        organisation=subject.organisation,
    )


def _dataset(evidence: Evidence, excluded: int) -> DatasetLine | None:
    bound, profile = evidence.bound, evidence.profile
    if bound is None or profile is None:
        return None
    people = profile.people
    return DatasetLine(
        format=bound.rows.form,
        codebook=bound.codebook.form if bound.codebook else None,
        unit_of_row=bound.unit_of_row,
        unit_from=bound.unit_from,
        columns=len(bound.rows.headers),
        excluded=excluded,
        undescribed=tuple(map(bound.position, bound.undescribed)),
        people=None if people is None else _enough(people, evidence.min_count),
        min_count=evidence.min_count,
        under_18=profile.under_18 > 0,
    )


def _enough(people: int, min_count: int) -> Literal["no data", "some data", "enough"]:
    if people == 0:
        return "no data"
    return "enough" if people >= min_count else "some data"


def _lines(
    evidence: Evidence, reached: Reached, findings: tuple[Finding, ...], caps: Caps
) -> tuple[tuple[OutcomeLine, ...], tuple[OutcomeLine, ...]]:
    """Say how far each core outcome got, and each outcome of the long-list that is named."""
    named = _named(evidence)
    lines = [
        with_data(_line(evidence, outcome.id, reached, findings), evidence, reached.data, caps)
        for outcome in evidence.taxonomy.outcomes
        if outcome.is_core or outcome.id in named
    ]
    core = {outcome.id for outcome in evidence.taxonomy.core}
    return (
        tuple(line for line in lines if line.outcome in core),
        tuple(line for line in lines if line.outcome not in core),
    )


def _named(evidence: Evidence) -> set[str]:
    named = {entry.outcome.id for entry in evidence.data_entries}
    if evidence.record is not None:
        named |= {entry.outcome for entry in evidence.record.outcomes}
    if evidence.intervention is not None:
        named |= {entry.outcome for entry in evidence.intervention.addresses}
    return named


def _line(evidence: Evidence, identifier: str, reached: Reached, findings: tuple[Finding, ...]) -> OutcomeLine:
    outcome, status = evidence.taxonomy[identifier], reached.all[identifier]
    if evidence.intervention is not None:
        return line_of_intervention(outcome, evidence.intervention)
    if evidence.record is None:
        return line_of_dataset(outcome, status, design=evidence.is_design)
    weak = any(
        found.outcome == identifier and (found.severity is Severity.ERROR or found.rule == "REP-01")
        for found in findings
    )
    on_trust = any(entry.outcome.id == identifier and rests_on_record(entry) for entry in evidence.entries)
    return line_of_evaluation(outcome, status, evidence.record, weak=weak, on_trust=on_trust)


def _verdict(name: VerdictName, core: tuple[OutcomeLine, ...], run: Run) -> Verdict:
    verdict = _answer(name, core, run)
    return verdict.model_copy(update={"sentence": sentence_of(verdict, core)})


def _answer(name: VerdictName, core: tuple[OutcomeLine, ...], run: Run) -> Verdict:
    if run.withheld is not None:
        return Verdict(name=name, answer="not_given", why=run.withheld.sentence)
    if run.not_run:
        number = "1 rule" if len(run.not_run) == 1 else f"{len(run.not_run)} rules"
        return Verdict(name=name, answer="not_given", why=f"{number} could not look.")
    return Verdict(name=name, answer="met" if all(line.is_there(name) for line in core) else "not_met")


def _of_record(
    evidence: Evidence, subject: EvaluationRecord | InterventionRecord | None, logframe: Logframe | None
) -> Iterator[InputStamp]:
    """Give the stamps of the record as it was offered, and of the logframe that stands in for its own."""
    if subject is not None:
        yield InputStamp.of("record", subject.origin)
    if logframe is not None and evidence.intervention is not None:
        yield InputStamp.of("logframe", logframe.origin)


def _stamps(taxonomy: Taxonomy, edition_from: EditionFrom, inputs: tuple[InputStamp, ...]) -> Stamps:
    return Stamps(
        mscos=__version__,
        edition=taxonomy.edition,
        edition_fingerprint=taxonomy.fingerprint,
        edition_from=edition_from,
        schema_version="1",
        rules_fingerprint=rules_fingerprint(),
        inputs=inputs,
    )
