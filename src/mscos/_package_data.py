"""
Bytes of the data that the package ships.

The loader of the package gives them, from a folder or from a zip file.  `importlib.resources` would do
the same and take longer to import than an edition takes to load.
"""

from __future__ import annotations

import os

_DIRECTORY = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120 - pathlib is slow to import


def read_bytes(name: str) -> bytes:
    """
    Read one packaged file.

    Args:
        name: Path below the package's data folder, with forward slashes.

    Raises:
        OSError: If the package was installed without the file.
    """
    path = os.path.join(_DIRECTORY, *name.split("/"))  # noqa: PTH118
    content: bytes = __spec__.loader.get_data(path)  # type: ignore[union-attr]  # every file loader has it
    return content
