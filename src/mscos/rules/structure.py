"""STR: can the file be read?  The reader applies these rules, and its errors name them."""

from __future__ import annotations

from mscos.rules._rule import refusal

unreadable = refusal(
    "STR-01",
    "We could not read this file. Nothing was checked.",
    """
    The file cannot be read as a record.

    ## Why it matters
    A check that could not look must never seem like a check that found nothing.

    ## How to fix it
    Each fault is listed with its place and with what to write instead.
    Mend them all, then run the check again.

    ## What it does
    No report is made, and the command ends with status 3.

    ## Source
    This project's own rule.
    """,
)

unknown_outcome = refusal(
    "STR-04",
    "An outcome in the record is not in the edition. Nothing was checked.",
    """
    An outcome is not named by an identifier of the edition.

    ## Why it matters
    A label can be written in many ways, and two editions can share one.
    Only identifiers keep their meaning, so only they stand in records.

    ## How to fix it
    Write the identifier, such as `medical` for Access to medical treatment.
    `mscos show` lists them, and `mscos search` finds one by its words.
    Put an outcome that the edition does not hold under `other_outcomes`.

    ## What it does
    No report is made, and the command ends with status 3.

    ## Source
    Labels differ between the publications of the core outcome set; see the aliases in the edition.
    """,
)
