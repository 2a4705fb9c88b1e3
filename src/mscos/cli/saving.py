"""Where bytes that are no text go: into a file that is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mscos.errors import shown


def save(content: bytes, path: Path) -> None:
    """Write a file that is there whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot write to {shown(str(path))}: {error.strerror}.") from None
