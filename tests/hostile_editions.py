"""Made-up editions for tests of exports: words that no format likes, and outcomes that were withdrawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

import mscos
from mscos import Taxonomy
from mscos.exporters.chosen import Fate
from mscos.terms import AlternativeLabel, Outcome

EXAMPLE = mscos.read_taxonomy(Path(__file__).parent / "data/example1.json")

NASTY = (
    'He said "no"',
    "two\nlines\rand\r\nmore",
    "a\ttab",
    "a | b || c",
    "one, two; three",
    "<b>bold</b> & <script>",
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM",
    " \u00a0=1",
    "\u202eright to left \u05d0\u05d1",
    "${soil} [mscos:water] {{x}}",
    "\\n \\u0041 \\",
    "# no comment",
    "it's \u2019quoted\u201d",
    "\u0000\u0001\u007f\u0085",
    "\U0001f33b \u00e9 e\u0301",
    "' : - yaml",
)
"""Labels that some format could take for something else."""

WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(st.sampled_from("=+-@'\"\t\r\n ,;|<>&\\$#[]{}ab\u00a0\u202e"), max_size=8),
)


def with_words(label: str, definition: str, other: str) -> Taxonomy:
    """Give the made-up edition with other words for one provisional outcome."""
    changed = replace(
        EXAMPLE["ll3"],
        label=f"{label}9",
        definition=definition,
        alternative_labels=(AlternativeLabel(label=f"{other}8", source="green-2001"),),
    )
    outcomes = tuple(changed if each.id == "ll3" else each for each in EXAMPLE)
    return replace(EXAMPLE, outcomes=outcomes, note=f"{EXAMPLE.note} {other}")


EDITIONS = st.builds(with_words, WORDS, WORDS, WORDS)


def fate_of(_: Taxonomy, outcome: Outcome) -> Fate:
    """Say that two of the outcomes were withdrawn, and what took the place of one."""
    return {"ll2": Fate("withdrawn", ("ll4", "soil")), "ll3": Fate("withdrawn")}.get(outcome.id, Fate())
