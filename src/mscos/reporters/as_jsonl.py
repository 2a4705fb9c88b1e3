"""A report as JSON Lines: each verdict, outcome and finding on a line that can be understood alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mscos._record import Record
from mscos.failures import Failure
from mscos.report import Report

Fields = dict[str, object]


def report(report: Report) -> str:
    """Write the verdicts, then the outcomes, then what the rules say: one object on each line."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(report))


def failure(failure: Failure) -> str:
    """Write why nothing was judged, on one line."""
    return failure.model_dump_json(exclude_none=True) + "\n"


def _lines(report: Report) -> Iterator[Fields]:
    about = _about(report)
    yield from ({"kind": "verdict", **about, **_fields(each)} for each in report.verdicts)
    yield from ({"kind": "outcome", **about, "set": "core", **_fields(each)} for each in report.core)
    yield from ({"kind": "outcome", **about, "set": "longlist", **_fields(each)} for each in report.longlist)
    yield from ({"kind": "finding", **about, **_fields(each)} for each in report.findings)
    yield from ({"kind": "rule_not_run", **about, **_fields(each)} for each in report.rules_not_run)


def _about(report: Report) -> Fields:
    """Say of which record and edition a line is, and on which file it rests."""
    stamps, subject = report.stamps, report.subject
    record = {"record_id": subject.record_id} if subject.record_id is not None else {}
    rests_on = {"inputs_sha256": [each.sha256 for each in stamps.inputs if each.sha256]}
    clocks = {"edition": stamps.edition, "edition_fingerprint": stamps.edition_fingerprint, "mscos": stamps.mscos}
    return {"subject": subject.kind, **record, **clocks, **rests_on}


def _fields(part: Record) -> Fields:
    fields: Fields = part.model_dump(mode="json", exclude_none=True)
    return fields
