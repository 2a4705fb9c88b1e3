"""The rules as plain text and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from functools import cache

from mscos._package_data import read_bytes
from mscos.reporters.json_text import json_text
from mscos.rules._rule import Rule


@dataclass(frozen=True, slots=True)
class Cases:
    """
    The two cases of a rule, in short.

    Attributes:
        dirty: One that it finds.
        clean: The nearest that it does not.
    """

    dirty: str
    clean: str


@cache
def load_cases() -> dict[str, Cases]:
    """Load the cases of every rule, by its identifier."""
    return {rule: Cases(**each) for rule, each in json.loads(read_bytes("rule-cases.json")).items()}


def rules_text(rules: tuple[Rule, ...]) -> str:
    """List rules, one a line."""
    return "".join(f"{rule.id}  {rule.severity:<7}  {blank(rule)}\n" for rule in rules)


def rule_text(rule: Rule) -> str:
    """Show the page of a rule, without the marks of Markdown at the beginning of its lines."""
    return re.sub(r"^(#+|>|\*) ", "", rule_page(rule, load_cases().get(rule.id)), flags=re.MULTILINE) + "\n"


def rule_page(rule: Rule, cases: Cases | None) -> str:
    """Write the page of a rule in Markdown: what it says, why, how to mend it, and its two cases."""
    lines = [f"# {rule.id}", "", f"> {blank(rule)}", "", f"Severity: {rule.severity}", "", rule.page]
    if cases is not None:
        lines += ["", "## Cases", f"* It finds this: {cases.dirty}", f"* It finds nothing here: {cases.clean}"]
    return "\n".join(lines)


def blank(rule: Rule) -> str:
    """Give a rule's sentence with a word in place of its blank."""
    return rule.sentence.format(outcome="(Outcome)")


def rules_json(rules: tuple[Rule, ...]) -> str:
    """Write rules, each with its page."""
    return json_text(
        [
            {
                "id": rule.id,
                "severity": rule.severity.value,
                "sentence": rule.sentence,
                "needs": rule.needs,
                "serves": rule.serves,
                "page": rule.page,
                "cases": asdict(load_cases()[rule.id]),
            }
            for rule in rules
        ]
    )
