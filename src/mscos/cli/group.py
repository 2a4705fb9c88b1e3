"""The group that every command belongs to."""

from __future__ import annotations

import click

from mscos._version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mscos")
def commands() -> None:
    """
    Which of the seven core outcomes are reported, or addressed?

    They are the Modern Slavery Core Outcome Set (MS-COS), the minimum that evaluations of support should report.

    Exit status: 0 yes, or done; 1 not met, or no verdict; 2 wrong usage; 3 the input could not be read;
    4 refused for safety; 5 our own fault.
    """
