"""LAN: are outcomes worded as what people gain?"""

from __future__ import annotations

from collections.abc import Iterator

from mscos.evidence import Evidence
from mscos.findings import Problem, Severity
from mscos.reference import find_deficit_words
from mscos.rules._rule import rule


@rule(
    "LAN-01",
    Severity.NOTE,
    "This outcome is worded as a problem. The core outcome set words outcomes as what people gain.",
    needs="either",
)
def problem_wording(evidence: Evidence) -> Iterator[Problem]:
    """
    The label of a further outcome holds a word from the list of deficit words.

    ## Why it matters
    The survivor research advisory board had every outcome worded as what people gain.
    Words for problems can hurt, and they fix what a reader sees.

    ## How to fix it
    Say what should be true for a person instead: "sleeping well" for "fewer nightmares".
    Keep the label if it is the name of something published.
    The list is a proxy: it can miss a word, and it can name one that does no harm.

    ## What it does
    Nothing.

    ## Source
    Grant record AH/V012932/1, on positive framing; the list of words is this project's own.
    """
    for position, other in enumerate(evidence.subject.other_outcomes if evidence.subject else ()):
        if find_deficit_words(other.label):
            yield Problem(pointer=f"/other_outcomes/{position}/label")
