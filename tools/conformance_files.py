"""The cases of ``conformance/``, written from ``tests/cases`` and from the worked examples."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mscos import editions
from mscos._files import read_document
from mscos.cases import CaseFile
from mscos.errors import CannotRead
from mscos.rules import RULES

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases"
EXAMPLES = ROOT / "examples"

_DESCRIBING = ("codebook", "dictionary")
_RECORDS = {"evaluation": "reported", "intervention": "addressed"}
_RUN = re.compile(
    r"^```console\n\$ mscos check (.*?)\n```\n\nStatus \d\. The whole answer: \[text\]\(\S+\), \[JSON\]\((\S+)\)\.$",
    re.MULTILINE | re.DOTALL,
)
_OPTIONS = {"--codebook": "codebooks", "--record": "record", "--exclude": "exclude"}


def case_files() -> dict[str, Callable[[], str]]:
    """Map the path of every file of cases to the function that writes it."""
    files: dict[str, Callable[[], str]] = {
        f"conformance/cases/{rule.id}.json": partial(_of_rule, rule.id) for rule in RULES
    }
    return files | {"conformance/cases/documents.json": _of_documents}


def _of_rule(rule: str) -> str:
    return _text([_case(folder) for folder in sorted((CASES / rule).iterdir())])


def _text(cases: list[dict[str, Any]]) -> str:
    (edition,) = editions()  # with a second one, every case must say which it is about
    document = {"kind": "conformance", "schema_version": "1", "edition": edition, "cases": cases}
    CaseFile.model_validate_json(json.dumps(document))
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _case(folder: Path) -> dict[str, Any]:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    files = {file.stem: file for file in sorted(folder.iterdir()) if file.name != "expected.json"}
    rule = folder.parent.name
    return {
        "id": f"{rule}/{folder.name}",
        "description": expected["description"],
        "input": _input(files, expected.get("asked", {})),
        "expected": _expected(expected, rule, files),
    }


def _input(files: dict[str, Path], asked: dict[str, Any]) -> dict[str, Any]:
    describing = [files[stem] for stem in _DESCRIBING if stem in files]
    record = next((files[stem] for stem in _RECORDS if stem in files), None)
    if "data" in files:
        main, kind = files["data"], "data"
    elif record is not None:
        main, kind = record, "record"
    else:
        (main,), kind = describing, "form"
    written = {file: _file(file) for file in files.values()}
    given: dict[str, Any] = {"kind": kind, "main": written[main]["name"]}
    if kind == "data":
        given["codebooks"] = [written[file]["name"] for file in describing]
        given |= {"record": written[record]["name"]} if record else {}
        given |= {"events": written[files["events"]]["name"]} if "events" in files else {}
    given |= asked
    return {name: value for name, value in given.items() if value != []} | {"files": list(written.values())}


def _file(path: Path) -> dict[str, Any]:
    """Give a record in TOML as the JSON that it stands for, and any other file, or a broken record, as it is."""
    if path.suffix == ".toml":
        try:
            document = read_document(str(path))[0]
            return {"name": f"{path.stem}.json", "document": json.loads(json.dumps(document, allow_nan=False))}
        except (CannotRead, TypeError, ValueError):
            pass
    with path.open(encoding="utf-8", newline="") as file:
        return {"name": path.name, "text": file.read()}


def _expected(expected: dict[str, Any], rule: str, files: dict[str, Path]) -> dict[str, Any]:
    if {"faults", "error", "stops"} & {*expected}:
        named = {place["rule"] for place in (*expected.get("faults", ()), *expected.get("stops", ()))}
        return {"verdicts": {}, "statuses": {}, "found": sorted(named | {rule}), "not_found": []}
    verdicts = expected.get("verdicts") or {_RECORDS[next(iter(files))]: expected["verdict"]}
    speaks = bool(expected["found"])
    return {
        "verdicts": verdicts,
        "statuses": expected.get("statuses") or expected["collected"],
        "found": [rule] if speaks else [],
        "not_found": [] if speaks else [rule],
    }


def _of_documents() -> str:
    pages = sorted(EXAMPLES.glob("*/README.md"))
    return _text([*(case for page in pages for case in _of_page(page)), _advocacy()])


def _of_page(page: Path) -> Iterator[dict[str, Any]]:
    for command, answer in _RUN.findall(page.read_text("utf-8")):
        given = _given(shlex.split(command.replace("\\\n", " ")))
        if given is not None:
            yield _document(page.parent, answer, given)


def _advocacy() -> dict[str, Any]:
    """Give the example of a service, which has no page."""
    folder = EXAMPLES / "advocacy-service"
    given = _given([str((folder / "intervention.toml").relative_to(ROOT))])
    return _document(folder, "expected.json", given or {})


def _document(folder: Path, answer: str, given: dict[str, Any]) -> dict[str, Any]:
    report = json.loads((folder / answer).read_text("utf-8"))
    name = f"{folder.name}-{answer.removeprefix('expected').removesuffix('.json').removeprefix('-')}".rstrip("-")
    return {
        "id": f"documents/{name}",
        "description": f"A whole worked example: {folder.name.replace('-', ' ')}.",
        "input": given,
        "expected": _whole(report),
    }


def _given(arguments: list[str]) -> dict[str, Any] | None:
    """Read the arguments of a command; None where one of its files is no text."""
    given: dict[str, Any] = {"codebooks": [], "exclude": []}
    paths: dict[str, Path] = {}
    words = iter(arguments)
    for word in words:
        value = next(words) if word in _OPTIONS else word
        name = _OPTIONS.get(word, "main")
        if name != "exclude":
            paths[value] = ROOT / value
            if paths[value].suffix in {".sav", ".xlsx"}:
                return None
            value = _file(paths[value])["name"]
        given[name] = [*given[name], value] if name in {"codebooks", "exclude"} else value
    kind = "record" if paths[arguments[0]].suffix == ".toml" else "data"
    kept = {name: value for name, value in given.items() if value != []}
    return {"kind": kind} | kept | {"files": [_file(path) for path in paths.values()]}


def _whole(report: dict[str, Any]) -> dict[str, Any]:
    """Give all that a whole answer says: each rule is named or is not."""
    if report["kind"] == "failure":
        found = {place["rule"] for place in (*report["faults"], *report["stops"])}
        return {"verdicts": {}, "statuses": {}, "found": sorted(found), "not_found": []}
    found = {finding["rule"] for finding in report["findings"]}
    return {
        "verdicts": {verdict["name"]: verdict["answer"] for verdict in report["verdicts"]},
        "statuses": {line["outcome"]: line["status"] for line in report["core"]},
        "found": sorted(found),
        "not_found": [rule.id for rule in RULES if rule.id not in found],
    }
