"""
The base of what crosses a file border, and the types of its fields.

Every constraint is one that JSON Schema can state, so that the published schema and the model refuse the
same documents.  Patterns end in `END`: `$` also matches before a final line break in some engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict

END = r"(?![\s\S])"
"""The end of the text, in every regular expression engine."""

_PRINTED = {"id", "record_id", "outcome", "rule", "kind", "status", "severity", "answer", "headline", "message"}

_CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028\u2029"
_UNSEEN = (
    r"\u0020\u00a0\u00ad\u115f\u1160\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0"
)


class Record(BaseModel):
    """A frozen document part that forbids unknown fields and hides what it was given in its errors."""

    model_config = ConfigDict(
        allow_inf_nan=False,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        regex_engine="python-re",  # patterns look ahead for the end of the text
        strict=True,
        use_attribute_docstrings=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """Show names and statuses only: a notebook or a traceback must not print what people wrote."""
        return ((name, value) for name, value in super().__repr_args__() if name in _PRINTED)


def _pattern(annotated: object) -> str:
    return next(
        str(constraint.pattern)
        for field in annotated.__metadata__  # type: ignore[attr-defined]
        for constraint in field.metadata
        if hasattr(constraint, "pattern")
    )


_Item = TypeVar("_Item")

Many = Annotated[tuple[_Item, ...], Strict(strict=False)]
"""An array: a list in the file, kept as a tuple."""

Line = Annotated[
    str,
    Field(max_length=10_000, pattern=rf"^[{_UNSEEN}]*[^{_CONTROL}{_UNSEEN}][^{_CONTROL}]*{END}"),
]
"""One line of text with something to see in it."""

Text = Annotated[str, Field(max_length=10_000, pattern=rf"[^{_CONTROL}{_UNSEEN}]")]
"""Text with something to see in it; it may have several lines."""

Slug = Annotated[str, Field(max_length=100, pattern=rf"^[a-z0-9]+(?:-[a-z0-9]+)*{END}")]
"""Lowercase letters, digits and single hyphens."""

OutcomeId = Annotated[str, Field(max_length=32, pattern=rf"^[a-z][a-z0-9]*{END}")]
"""Identifier of an outcome of the edition."""

EditionName = Annotated[str, Field(max_length=32, pattern=rf"^[a-z0-9]+(?:\.[a-z0-9]+)*{END}")]
"""Name of an edition, such as ``2023.1``."""

Language = Annotated[str, Field(max_length=35, pattern=rf"^[A-Za-z]{{2,8}}(?:-[A-Za-z0-9]{{1,8}})*{END}")]
"""A language tag (BCP 47), such as ``en`` or ``sq-AL``."""

_THIRTY_ONE, _THIRTY = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
)
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"

Day = Annotated[
    str,
    Field(pattern=rf"^(?:[0-9]{{4}}-(?:{_THIRTY_ONE}|{_THIRTY}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}){END}"),
]
"""A day that exists, as ``YYYY-MM-DD``."""

Months = Annotated[float, Field(ge=0, le=1200)]
"""A number of months from the start of support."""

Score = Annotated[float, Field(ge=-1_000_000_000, le=1_000_000_000)]
"""A score, within what every program can hold exactly enough."""

PATTERNS_IN_WORDS = {
    _pattern(Line): "Write one line of text.",
    _pattern(Text): "Write some text.",
    _pattern(Slug): "Use lowercase letters, digits and single hyphens only.",
    _pattern(OutcomeId): "Use an identifier: lowercase letters and digits only.",
    _pattern(EditionName): "Use the name of an edition: lowercase letters, digits and single dots only.",
    _pattern(Language): "Use a language tag, such as en.",
    _pattern(Day): "Write a day that exists, as year-month-day with digits.",
}
"""What each pattern asks for, for a person who cannot read patterns."""
