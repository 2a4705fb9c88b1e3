"""The rules as plain text and as JSON."""

from __future__ import annotations

from mscos.reporters.json_text import json_text
from mscos.rules._rule import Rule


def rules_text(rules: tuple[Rule, ...]) -> str:
    """List rules, one a line."""
    return "".join(f"{rule.id}  {rule.severity:<7}  {blank(rule)}\n" for rule in rules)


def rule_text(rule: Rule) -> str:
    """Show a rule with its page."""
    page = rule.page.replace("## ", "")
    return f"{rule.id} ({rule.severity})\n{blank(rule)}\n\n{page}\n"


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
            }
            for rule in rules
        ]
    )
