"""The list of rules, for other languages and for the fingerprint of the rules."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from mscos import reference
from mscos.rules import RULES

PACKAGE = Path(__file__).parent.parent / "src" / "mscos"

APART = {
    "__init__.py",
    "__main__.py",
    "_shipped.py",
    "_version.py",
    "cases.py",
    "cli",
    "exporters",
    "failures.py",
    "proving.py",
    "reporters",
    "schemas.py",
    "templates",
    "testing.py",
    "verification.py",
    "verifying",
}
"""Modules and packages that show what a report says and decide nothing of it."""


def rule_list() -> str:
    """Write the rules, with the sha256 of all that they rest on."""
    rules = [
        {
            "id": rule.id,
            "severity": rule.severity.value,
            "sentence": rule.sentence,
            "needs": rule.needs,
            "serves": rule.serves,
            "caps": rule.caps.value if rule.caps else None,
            "withholds": rule.withholds,
            "page": rule.page,
        }
        for rule in RULES
    ]
    modules = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in APART)
    data = [PACKAGE / "data" / "reference" / f"{name}.json" for name in reference.FILES]
    digests = {path.relative_to(PACKAGE).as_posix(): _sha256(path) for path in (*modules, *data)}
    return json.dumps({"rules": rules, "rests_on": digests}, indent=1, ensure_ascii=False) + "\n"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
