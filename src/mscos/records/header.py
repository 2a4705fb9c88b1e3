"""What every record begins with, and where it came from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import PrivateAttr

from mscos._record import Day, EditionName, Language, Line, Record, Slug
from mscos.records.origin import Origin


class Header(Record):
    """The part that all kinds of records share."""

    kind: str
    """What sort of record this is."""

    record_id: Slug
    """Identifier of the record, chosen by you: lowercase letters, digits and hyphens."""

    title: Line
    """Title of what the record is about."""

    schema_version: Literal["1"] = "1"
    """Major version of the record's schema."""

    edition: EditionName | None = None
    """Edition of the taxonomy that the record uses.  Without it the newest one is assumed, and the report says so."""

    organisation: Line | None = None
    """Who runs the service."""

    prepared_by_role: Line | None = None
    """Who collected and recorded the data, as a role and never a name."""

    created: Day | None = None
    """When the record was first written."""

    updated: Day | None = None
    """When it was last changed."""

    language: Language | None = None
    """Language of the record's own text."""

    licence: Line | None = None
    """Terms under which the record may be used."""

    _origin: Origin | None = PrivateAttr(default=None)
    _read_by: str | None = PrivateAttr(default=None)
    _content: int | None = PrivateAttr(default=None)

    @property
    def origin(self) -> Origin | None:
        """The file that the record was read from; None for one built in memory, or changed since it was read."""
        return self._origin if self._unchanged else None

    @property
    def read_by(self) -> str | None:
        """Fingerprint of the edition that the record was read by; None as for `origin`."""
        return self._read_by if self._unchanged else None

    def came_from(self, origin: Origin | None, edition_fingerprint: str) -> None:
        """Note where the record came from.  For the reader, which does it once."""
        self._origin = origin
        self._read_by = edition_fingerprint
        self._content = hash(self)

    def as_document(self) -> dict[str, Any]:
        """Give the record as a document that JSON can hold and the readers can read again."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def _unchanged(self) -> bool:
        """Whether the record is what was read.  A changed copy takes its private notes with it."""
        try:
            return self._content == hash(self)
        except TypeError:  # a copy was given something that no record holds
            return False
