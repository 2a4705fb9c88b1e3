"""Where the bytes of a data file come from: a path, or what was piped in; and their fingerprint."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from pathlib import Path
from typing import Final

from mscos import errors
from mscos._files import why_not_opened
from mscos._foreign import asked

FIRST: Final = 16
"""How many bytes from the start of a file say what it is."""


def first_bytes(path: str) -> tuple[str, bytes]:
    """
    Open a data file for the first time.

    Args:
        path: The file as the caller named it.

    Returns:
        Its absolute path, because it is read again later, perhaps from another folder; and the first bytes.

    Raises:
        CannotRead: If there is no file that can be opened.
    """
    failure: errors.CannotRead = errors.NotAFile(errors.DATA)
    try:
        absolute = str(Path(path).absolute())
        if stat.S_ISREG(Path(absolute).stat().st_mode):  # whoever opens a pipe waits for somebody to write
            with Path(absolute).open("rb") as file:
                return absolute, file.read(FIRST)
    except (OSError, ValueError) as error:
        failure = type(why_not_opened(path, error))(errors.DATA)
    raise failure


def last_bytes(path: str, count: int) -> bytes:
    """Read the last bytes of a file; fewer, if it has no more."""
    with Path(path).open("rb") as file:
        file.seek(-min(count, file.seek(0, os.SEEK_END)), os.SEEK_END)
        return file.read()


def piped_in() -> bytes:
    """Read standard input to its end."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:  # a program without a console
        raise errors.NotPermitted(errors.DATA)
    content: bytes = asked(stream.read, errors.NotPermitted(errors.DATA))
    return content


def opened(source: str | bytes) -> io.BytesIO | io.BufferedReader:
    """Open a path, or what was read already, to be read from its start."""
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb")


def fingerprint(source: str | bytes) -> str:
    """Give the sha256 of the bytes, without holding all of them at once."""

    def digest() -> str:
        with opened(source) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return asked(digest, errors.NotPermitted(errors.DATA))
