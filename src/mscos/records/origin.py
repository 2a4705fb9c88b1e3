"""Where a record came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """
    The file that a record was read from.

    Attributes:
        path: The file as the caller named it.
        sha256: Fingerprint of its bytes, in hexadecimal.
    """

    path: str
    sha256: str
