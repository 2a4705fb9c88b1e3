"""Files of the user that are replaced: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from mscos.errors import shown


def replace_file(path: str, content: bytes) -> None:
    """
    Write a file, in place of the one that is there; its permissions stay.

    A link stays a link: what it leads to is replaced.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(content)
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot write to {shown(path)}: {error.strerror}.") from None
