"""One record, judged by one edition after the other: under which does it meet the set?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from mscos._editions import editions, load_taxonomy
from mscos._files import read_document
from mscos._record import EditionName, Line, Many, Record
from mscos.conformance import check_any
from mscos.errors import InvalidDocument
from mscos.records.reading import read_any
from mscos.stamps import Fingerprint
from mscos.taxonomy import Taxonomy


class EditionAnswer(Record):
    """What one edition says of the record."""

    edition: EditionName
    """Name of the edition."""

    edition_fingerprint: Fingerprint
    """The sha256 of the edition."""

    answer: Literal["met", "not_met", "not_given", "not_read"]
    """The verdict; ``not_read`` if the record is none of this edition."""

    sentence: Line
    """The answer in words."""


class EditionAnswers(Record):
    """What every edition says of one record."""

    kind: Literal["edition-answers"] = "edition-answers"
    """What sort of document this is."""

    schema_version: Literal["1"] = "1"
    """Major version of its schema."""

    answers: Annotated[Many[EditionAnswer], Field(min_length=1)]
    """The answers, the oldest edition first."""

    @property
    def met(self) -> bool:
        """Whether the answer is yes by every edition."""
        return all(each.answer == "met" for each in self.answers)


def check_all_editions(path: str, *, further: Sequence[Taxonomy] = ()) -> EditionAnswers:
    """
    Judge a record by every packaged edition, whichever it names itself.

    Args:
        path: The record, in JSON or TOML, or ``-`` for standard input.
        further: Editions that are not packaged.

    Raises:
        CannotRead: If there is no record to be had.
    """
    document, _ = read_document(path)
    every = (*map(load_taxonomy, editions()), *further)
    return EditionAnswers(answers=tuple(_answer(document, taxonomy) for taxonomy in every))


def _answer(document: dict[str, object], taxonomy: Taxonomy) -> EditionAnswer:
    answer, sentence = _judged(document | {"edition": taxonomy.edition}, taxonomy)
    return EditionAnswer(
        edition=taxonomy.edition, edition_fingerprint=taxonomy.fingerprint, answer=answer, sentence=sentence
    )


def _judged(
    document: dict[str, object], taxonomy: Taxonomy
) -> tuple[Literal["met", "not_met", "not_given", "not_read"], str]:
    try:
        report = check_any(read_any(document, taxonomy=taxonomy), edition=taxonomy)
    except InvalidDocument as error:
        number = "1 fault" if error.number == 1 else f"{error.number:,} faults"
        return "not_read", f"It cannot be read by this edition: {number}."
    return report.verdict().answer, report.headline
