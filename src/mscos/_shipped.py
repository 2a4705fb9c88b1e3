"""Folders that stand at the top of the project, for every language, and that the wheel brings too."""

from __future__ import annotations

import atexit
import sys
from contextlib import ExitStack
from functools import cache
from pathlib import Path

if sys.version_info >= (3, 12):
    from importlib.resources import as_file, files
else:  # its standard library cannot give a directory of package data
    from importlib_resources import as_file, files

_open_files = ExitStack()
atexit.register(_open_files.close)


@cache
def shipped(name: str) -> Path:
    """
    Give a folder of the project: that of the checkout, or the copy in the package.

    Args:
        name: Name of the folder at the top of the project, and below the package's data.

    Returns:
        The folder.  It lasts until the process ends.
    """
    in_checkout = Path(__file__).parents[2] / name
    if in_checkout.is_dir() and (in_checkout.parent / "pyproject.toml").is_file():
        return in_checkout
    return Path(_open_files.enter_context(as_file(files("mscos") / "data" / name)))
