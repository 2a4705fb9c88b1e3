"""The reference pages about data: codebook files, identifiers, and codes for "no answer"."""

from __future__ import annotations

from markdown_page import page, table
from mscos.identifiers import load_identifiers
from mscos.missing_codes import load_missing_codes


def identifiers() -> str:
    """Write the page of the names of columns that identify people."""
    listed = load_identifiers()
    return page(
        [
            "# Identifiers",
            "",
            listed.note,
            "",
            "## Columns that stop the check",
            "",
            *table(
                ("words in the header", "how it is held against them", "what it holds", "source", "basis"),
                ((f"`{e.words}`", e.match, e.why.replace("_", " "), e.source, e.basis) for e in listed.identifiers),
            ),
            "",
            "## Columns that could help to pick a person out",
            "",
            *table(
                ("words in the header", "how it is held against them", "source", "basis"),
                ((f"`{e.words}`", e.match, e.source, e.basis) for e in listed.quasi),
            ),
            "",
            "## Sources",
            "",
            *table(
                ("source", "what it is", "where", "basis"),
                ((e.id, e.title, e.url or "-", e.basis) for e in listed.sources),
            ),
        ]
    )


def missing_codes() -> str:
    """Write the page of the codes for "no answer"."""
    listed = load_missing_codes()
    rows = ((f"`{each.code}`", each.why, each.basis) for each in listed.codes)
    return page(['# Codes for "no answer"', "", listed.note, "", *table(("code", "why", "basis"), rows)])
