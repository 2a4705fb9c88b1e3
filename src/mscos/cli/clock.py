"""The one place that asks for the time, and only where somebody wants it said."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable that stands for the clock where the same input must give the same bytes."""

timestamp_option = click.option(
    "--timestamp", is_flag=True, help=f"Say when the report was made, in UTC; {EPOCH} stands for the clock."
)


def now() -> str:
    """Give the time as RFC 3339 writes it, in UTC and to the second."""
    epoch = os.environ.get(EPOCH)
    try:
        moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"{EPOCH} is no number of seconds; set it right, or unset it.") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
