"""What a report rests on: the three clocks and the inputs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import EditionName, Many, Record
from mscos.findings import Role
from mscos.records.origin import Origin

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}(?![\s\S])")]
"""A sha256, in hexadecimal."""


EditionFrom = Literal["record", "codebook", "pin", "caller", "newest"]
"""Who chose the edition of a check."""


_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

Moment = Annotated[str, Field(pattern=rf"^[0-9]{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T{_CLOCK}Z(?![\s\S])")]
"""A time in UTC, to the second, as RFC 3339 writes it."""


class InputStamp(Record):
    """A file that the report rests on."""

    role: Role
    """What the file was used as."""

    path: str | None = None
    """The file as the caller named it; absent for what was built in memory, and for a data file, whose name can be
    that of a person."""

    sha256: Fingerprint | None = None
    """Fingerprint of its bytes; absent for what was built in memory."""

    @classmethod
    def of(cls, role: Role, origin: Origin | None) -> InputStamp:
        """Make the stamp of a file; of something built in memory, one without a fingerprint."""
        return cls(role=role, path=origin.path, sha256=origin.sha256) if origin else cls(role=role)


class Stamps(Record):
    """What was used to make the report: the three clocks and the inputs."""

    mscos: str
    """Version of the package."""

    edition: EditionName
    """Edition of the taxonomy."""

    edition_fingerprint: Fingerprint
    """The sha256 of the edition."""

    edition_from: EditionFrom
    """Who chose the edition: the record, the codebook, a pin, the caller, or nobody, so that the newest was assumed."""

    schema_version: Literal["1"]
    """Major version of the schemas."""

    rules_fingerprint: Fingerprint
    """The sha256 of the rules, with the reference data that they use."""

    inputs: Many[InputStamp]
    """The files."""

    made_at: Moment | None = None
    """When the report was made; absent unless it was asked for, so that the same input gives the same bytes."""
