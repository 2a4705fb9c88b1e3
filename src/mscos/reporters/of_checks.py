"""What a report rests on and how far it can be trusted, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mscos.report import Report, RuleNotRun
from mscos.reporters.foreign import foreign
from mscos.reporters.of_dataset import how_it_was_read
from mscos.stamps import Stamps

ANSWERS = {"met": "met", "not_met": "not met", "not_given": "not given"}
"""Each answer to a verdict, in words."""

_CHOSEN = {
    "record": "named by the record",
    "codebook": "named by the codebook",
    "pin": "pinned by the project; nothing else names one",
    "caller": "asked for; nothing else names one",
    "newest": "assumed: nothing names one, so the newest edition was used",
}

_FEW = 4
"""So many rules are named each; of more, their families."""

LIMITS = (
    "MS-COS, the Modern Slavery Core Outcome Set, says what to report and not how to measure it.",
    "The rules, the advice and the instrument table are this project's own.",
    "Survivors have not yet reviewed them.",
)
COLLECTED = "Collected means that people answered at the start and later. It does not mean that anything is reported."
REPORTED = "Reported means that a result can be read, good or bad. It does not mean that people are better off."
"""What a reader must know before trusting a report."""


def how_it_was_checked(report: Report) -> Iterator[str]:
    """Say what a report rests on: its verdicts, stamps and inputs, which rules looked, and what it does not mean."""
    for verdict in report.verdicts:
        yield f"Verdict ({verdict.name.replace('_', ' ')}): {ANSWERS[verdict.answer]}."
    if report.subject.kind == "intervention":
        yield f"Red, amber or green for the whole, the worst of the {len(report.core)}: {report.rag}."
    stamps = report.stamps
    yield f"Edition {stamps.edition}, {_CHOSEN[stamps.edition_from]} (sha256 {stamps.edition_fingerprint})."
    yield f"mscos {stamps.mscos}, schemas {stamps.schema_version}, rules sha256 {stamps.rules_fingerprint}."
    yield from _inputs(stamps)
    if report.dataset is not None:
        yield from how_it_was_read(report.dataset)
    yield from _rules(report)
    trusted = sum(line.on_trust for line in report.there)
    if trusted:
        yield f"Reported outcomes for which only the record says that a measure fits: {trusted}."
    if report.dataset is not None:
        yield COLLECTED
    if report.subject.kind == "evaluation":
        yield REPORTED
    yield from LIMITS


def _rules(report: Report) -> Iterator[str]:
    yield f"Rules that looked: {len(report.rules_run)}."
    for why, skipped in groupby(sorted(report.rules_not_applicable, key=_why), key=_why):
        yield f"Not applicable: {_names([each.rule for each in skipped])}. {why}"
    for failed in report.rules_not_run:
        yield f"{failed.rule} could not look. {failed.why}"
    if not report.complete:
        yield "The check is not complete."


def _names(rules: list[str]) -> str:
    """Name a few rules, and of many their number and families."""
    if len(rules) <= _FEW:
        return ", ".join(rules)
    return f"{len(rules)} rules ({', '.join(dict.fromkeys(rule.split('-')[0] for rule in rules))})"


def _why(skipped: RuleNotRun) -> str:
    return skipped.why


def _inputs(stamps: Stamps) -> Iterator[str]:
    if stamps.made_at is not None:
        yield f"Made at {stamps.made_at}."
    for stamp in stamps.inputs:
        name = foreign(stamp.path) if stamp.path else f"the {stamp.role}"
        if stamp.sha256:
            yield f"Input: {name} ({stamp.role}, sha256 {stamp.sha256})."
        else:
            yield f"Input: a {stamp.role} built in memory, without a fingerprint."
