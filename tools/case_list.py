"""The two cases of every rule in short, so that `mscos explain` can show them without the tests."""

from __future__ import annotations

import json
from pathlib import Path

from mscos.reporters.of_rules import Cases
from mscos.rules import RULES

CASES = Path(__file__).parent.parent / "tests" / "cases"


def cases() -> dict[str, Cases]:
    """Give what each rule's two cases are: one that it finds, and the nearest that it does not."""
    return {rule.id: Cases(_described(rule.id, "dirty"), _described(rule.id, "clean")) for rule in RULES}


def case_list() -> str:
    """Write them as they are packaged."""
    listed = {rule: {"dirty": each.dirty, "clean": each.clean} for rule, each in cases().items()}
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


def _described(rule: str, name: str) -> str:
    expected = json.loads((CASES / rule / name / "expected.json").read_text(encoding="utf-8"))
    return str(expected["description"])
