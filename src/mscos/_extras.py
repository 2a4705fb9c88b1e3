"""Modules that only an extra of the package installs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from mscos.errors import MissingExtra


def needed(module: str, extra: str) -> ModuleType:
    """
    Import a module that only an extra of the package installs.

    Args:
        module: Name of the module.
        extra: Name of the extra.

    Raises:
        MissingExtra: If it is not there.
    """
    try:
        return import_module(module)
    except ImportError:
        pass
    raise MissingExtra(extra)
