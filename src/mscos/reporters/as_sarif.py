"""
A report as SARIF 2.1.0, the form in which code scanners share what they find.

A result is shown beside a record or a codebook.  The first line stands for the whole file: no row is ever named.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from mscos._version import __version__
from mscos.failures import Failure
from mscos.findings import Severity
from mscos.report import Report
from mscos.reporters.json_text import json_text
from mscos.reporters.mending import VERDICT, Mend, mends
from mscos.reporters.of_rules import blank
from mscos.reporters.places import file_of, uri
from mscos.rules import RULES
from mscos.rules._rule import Rule

Object = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The official schema."""

FINGERPRINT = "mscosFinding/v1"
"""Name of our fingerprint of a result.  It stays the same while the same thing is said of the same place."""

_LEVELS = {Severity.STOP: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}

_ENTRY = re.compile(r"^/(outcomes|addresses)/\d+")
"""The position of an outcome's entry in a record; it changes when an entry is put before it."""


def report(report: Report) -> str:
    """Write a report as one run of SARIF."""
    found = mends(report)
    rules = _descriptors(mend.rule for mend in found)
    positions = {each["id"]: position for position, each in enumerate(rules)}
    return _log(
        rules,
        {
            "automationDetails": {"id": f"mscos/{report.subject.record_id or report.subject.kind}/"},
            "invocations": [{"executionSuccessful": report.complete, **_notifications(found)}],
            "results": [_result(mend, report, positions[mend.rule]) for mend in found if mend.severity != "stop"],
            "properties": _properties(report),
        },
    )


def failure(failure: Failure) -> str:
    """Write why nothing was judged: a run that did not succeed, without results."""
    notification: Object = {
        "level": "error",
        "descriptor": {"id": failure.rule, "index": 0},
        "message": {"text": "\n".join((failure.message, *failure.details))},
    }
    if failure.path:
        notification["locations"] = [_physical(failure.path)]
    invocation = {
        "executionSuccessful": False,
        "exitCode": failure.status,
        "toolExecutionNotifications": [notification],
    }
    descriptors = _descriptors([failure.rule])
    return _log([], {"invocations": [invocation], "results": []}, notifications=descriptors)


def _log(rules: list[Object], run: Object, notifications: Iterable[Object] = ()) -> str:
    driver: Object = {"name": "mscos", "version": __version__, "semanticVersion": __version__, "rules": rules}
    if notifications:
        driver["notifications"] = list(notifications)
    return json_text(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", **run}],
        }
    )


def _descriptors(identifiers: Iterable[str]) -> list[Object]:
    wanted = set(identifiers)
    of_rules = [_descriptor(rule) for rule in RULES if rule.id in wanted]
    listed = {rule.id for rule in RULES} | {VERDICT}
    others: list[Object] = [{"id": each} for each in sorted(wanted - listed)]
    return [*of_rules, *others, *([_VERDICT] if VERDICT in wanted else [])]


def _descriptor(rule: Rule) -> Object:
    opening = rule.page.split("\n\n", 1)[0]
    return {
        "id": rule.id,
        "shortDescription": {"text": blank(rule)},
        "fullDescription": {"text": " ".join(opening.split())},
        "help": {"text": rule.page.replace("## ", "").replace("`", ""), "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.id.split("-")[0]]},
    }


_VERDICT: Object = {
    "id": VERDICT,
    "shortDescription": {"text": "(Outcome) did not get as far as the verdict asks."},
    "fullDescription": {"text": "The verdict follows from how far each core outcome got, and from nothing else."},
    "help": {"text": "Do what the message says for the outcome."},
    "defaultConfiguration": {"level": "error"},
}


def _notifications(found: Iterable[Mend]) -> Object:
    """Say what kept the check from an answer: that is no result."""
    said = [
        {"level": "error", "associatedRule": {"id": mend.rule}, "message": {"text": mend.message}}
        for mend in found
        if mend.severity is Severity.STOP
    ]
    return {"toolExecutionNotifications": said} if said else {}


def _result(mend: Mend, report: Report, position: int) -> Object:
    return {
        "ruleId": mend.rule,
        "ruleIndex": position,
        "level": _LEVELS[mend.severity],
        "message": {"text": mend.said},
        "locations": [_location(mend, report)],
        "partialFingerprints": {FINGERPRINT: fingerprint(mend, report)},
        "properties": {
            name: value
            for name, value in (("outcome", mend.outcome), ("input", mend.about), ("pointer", mend.pointer))
            if value
        },
    }


def _location(mend: Mend, report: Report) -> Object:
    file = file_of(mend, report)
    physical = _physical(file) if file else {}
    subject = report.subject.record_id or report.subject.kind
    logical = {
        "name": mend.variable or mend.where or subject,
        "fullyQualifiedName": f"{subject}{mend.pointer or (f'/{mend.where}' if mend.where else '')}",
        "kind": "variable" if mend.variable or mend.column else "member",
    }
    return {**physical, "logicalLocations": [logical]}


def _physical(path: str) -> Object:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": {"startLine": 1}}}


def fingerprint(mend: Mend, report: Report) -> str:
    """Give what tells a thing to mend from any other, whatever was put before it in its record."""
    pointer = _ENTRY.sub(r"/\1/*", mend.pointer) if mend.outcome else mend.pointer
    parts = (report.subject.record_id, mend.rule, mend.outcome, mend.about, pointer, mend.variable, mend.column)
    return hashlib.sha256("\n".join("" if part is None else str(part) for part in parts).encode()).hexdigest()


def _properties(report: Report) -> Object:
    """Give the answer itself, and what it rests on."""
    stamps = report.stamps
    return {
        "headline": report.headline,
        "verdicts": {each.name: each.answer for each in report.verdicts},
        "statuses": {line.outcome: line.status.value for line in report.core},
        "edition": stamps.edition,
        "editionFingerprint": stamps.edition_fingerprint,
        "rulesFingerprint": stamps.rules_fingerprint,
        "inputs": [{"role": each.role, "sha256": each.sha256} for each in stamps.inputs if each.sha256],
    }
