"""How another implementation did, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mscos.proving import Outcome
from mscos.reporters.json_text import json_text


def proof_text(outcomes: Sequence[Outcome]) -> str:
    """Say how many cases pass, and what is not as it must be in those that do not."""
    return "\n".join(_lines(outcomes)) + "\n"


def _lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    failed = [each for each in outcomes if each.differences]
    number = len(outcomes)
    yield f"{number - len(failed):,} of {number:,} {'case passes' if number == 1 else 'cases pass'}."
    for each in failed:
        yield ""
        yield f"{each.case.id}: {each.case.description}"
        yield from (f"  {difference}" for difference in each.differences)


def proof_json(outcomes: Sequence[Outcome]) -> str:
    """Write the same as JSON."""
    failed = [each for each in outcomes if each.differences]
    return json_text(
        {
            "kind": "conformance-report",
            "cases": len(outcomes),
            "passed": len(outcomes) - len(failed),
            "failed": [{"case": each.case.id, "differences": list(each.differences)} for each in failed],
        }
    )
