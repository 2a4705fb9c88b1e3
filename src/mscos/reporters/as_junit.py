"""
A report as JUnit XML, as build servers show test results.

The core outcomes are tests: one that is missing is a failure.  What the rules say stands beside them and fails
nothing, because no verdict depends on it.  So the tests pass if and only if the verdict is met.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from mscos.failures import Failure
from mscos.report import OutcomeLine, Report
from mscos.reporters.mending import Mend, mends, status_of

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def report(report: Report) -> str:
    """Write a report as one suite: a test for each core outcome, and one for each rule."""
    found = mends(report)
    suite = ET.Element("testsuite")
    cases = [*_verdict(report), *_outcomes(report, found), *_rules(report)]
    suite.extend(cases)
    properties = ET.Element("properties")
    for name, value in _properties(report):
        ET.SubElement(properties, "property", name=name, value=_clean(value))
    suite.insert(0, properties)
    said = ET.SubElement(suite, "system-out")
    said.text = _clean("\n".join((report.headline, *map(_line, found))))
    return _document(suite, cases)


def failure(failure: Failure) -> str:
    """Write why nothing was judged: one test that could not be run."""
    suite = ET.Element("testsuite")
    case = _case("mscos", "the input can be read")
    _mark(case, "error", failure.rule, failure.message, "\n".join(failure.details))
    suite.append(case)
    return _document(suite, [case])


def _verdict(report: Report) -> Iterator[ET.Element]:
    """Give a test that could not be run where no verdict is given."""
    verdict = report.verdict()
    if verdict.answer == "not_given":
        case = _case("mscos.verdict", f"a verdict is given: {verdict.name.replace('_', ' ')}")
        yield _mark(case, "error", "not_given", f"No verdict: {verdict.why}")


def _outcomes(report: Report, found: Sequence[Mend]) -> Iterator[ET.Element]:
    for line in report.core:
        case = _case(f"mscos.{report.verdict().name}", f"{line.marked_label} ({line.outcome})")
        if line in report.missing:
            about = [_line(mend) for mend in found if mend.outcome == line.outcome]
            _mark(case, "failure", str(line.status), _missing(line, report), "\n".join(about))
        yield case


def _missing(line: OutcomeLine, report: Report) -> str:
    return " ".join(filter(None, (f"{line.marked_label}: {status_of(line, report)}.", line.advice)))


def _rules(report: Report) -> Iterator[ET.Element]:
    """Give a test for each rule: it looked, it had nothing to look at, or it could not."""
    said = defaultdict(list)
    for finding in report.findings:
        said[finding.rule].append(f"{finding.severity}: {finding.message}")
    for rule in report.rules_run:
        case = _case("mscos.rules", rule)
        if said[rule]:
            ET.SubElement(case, "system-out").text = _clean("\n".join(said[rule]))
        yield case
    for skipped in report.rules_not_applicable:
        yield _mark(_case("mscos.rules", skipped.rule), "skipped", None, skipped.why)
    for failed in report.rules_not_run:
        yield _mark(_case("mscos.rules", failed.rule), "error", "not_run", failed.why)


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    stamps = report.stamps
    yield "record_id", report.subject.record_id or "none"
    yield "verdict", f"{report.verdict().name}: {report.verdict().answer}"
    yield "edition", stamps.edition
    yield "edition_fingerprint", stamps.edition_fingerprint
    yield "mscos", stamps.mscos
    yield "rules_fingerprint", stamps.rules_fingerprint
    yield from ((f"input_{each.role}", each.sha256) for each in stamps.inputs if each.sha256)


def _line(mend: Mend) -> str:
    return f"{mend.severity}: {mend.said} ({mend.rule})"


def _case(group: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=group, name=_clean(name), time="0")


def _mark(case: ET.Element, tag: str, kind: str | None, message: str, text: str = "") -> ET.Element:
    attributes = {"message": _clean(message), **({"type": kind} if kind else {})}
    ET.SubElement(case, tag, attributes).text = _clean(text) or None
    return case


def _document(suite: ET.Element, cases: Sequence[ET.Element]) -> str:
    counts = {
        "tests": str(len(cases)),
        **{
            name: str(sum(case.find(tag) is not None for case in cases))
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
        },
        "time": "0",
    }
    suite.attrib.update({"name": "mscos", **counts})
    root = ET.Element("testsuites", {"name": "mscos", **counts})
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
