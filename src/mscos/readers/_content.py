"""All the bytes of a data file at once, for formats that cannot be read piece by piece."""

from __future__ import annotations

from typing import Final

from mscos import errors
from mscos._foreign import asked
from mscos.readers._sources import first_bytes, opened

LIMIT: Final = 200 * 1024 * 1024
"""Largest file that is read at once, in bytes."""


def data_content(path: str) -> bytes:
    """
    Read the bytes of a data file.

    Raises:
        CannotRead: If there are none to be had, or too many.
    """
    absolute, _ = first_bytes(path)

    def read() -> bytes:
        with opened(absolute) as file:
            return file.read(LIMIT + 1)

    content = asked(read, errors.NotPermitted(errors.DATA))
    if len(content) > LIMIT:
        raise errors.LargeTable(errors.DATA, f"{LIMIT // 1024 // 1024} MiB")
    if not content:
        raise errors.EmptyFile(errors.DATA)
    return content
