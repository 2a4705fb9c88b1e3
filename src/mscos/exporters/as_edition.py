"""A whole edition as JSON: byte for byte the file that it was loaded from, if that is how we write one."""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Final

from mscos.errors import OnlyWhole
from mscos.exporters.chosen import Chosen

_NOT_IN_A_FILE: Final = "fingerprint"
_ALWAYS: Final = ("alternative_labels",)
_AFTER: Final = {
    "published_list": ("label_grade",),
    "long_label": ("label",),
    "author": ("title",),
    "date": ("publisher",),
    "url": ("date", "publisher"),
}
"""The fields that may be missing, and the one that each stands behind in the file: the first that is there."""


def edition_json(chosen: Chosen) -> str:
    """
    Write an edition in the form of the published ``taxonomy.schema.json``.

    Raises:
        OnlyWhole: If only some of its outcomes are asked for: read back, they would be another edition of its name.
    """
    if chosen.which != "all":
        raise OnlyWhole
    return json.dumps(_document(chosen.taxonomy), indent=1, ensure_ascii=False) + "\n"


def _document(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of the dataclasses of an edition
    written = [each for each in fields(value) if _is_written(each, getattr(value, each.name))]
    return {name: _plain(getattr(value, name)) for name in _in_order(written)}


def _is_written(field: Field[Any], value: object) -> bool:
    """Tell whether a field stands in the file: not where it says what its absence says."""
    if not field.init or field.name == _NOT_IN_A_FILE:
        return False
    return field.name in _ALWAYS or value != field.default


def _in_order(written: list[Field[Any]]) -> list[str]:
    names = [each.name for each in written if each.default is MISSING or each.name not in _AFTER]
    for each in written:
        if each.name not in names:
            before = next(name for name in _AFTER[each.name] if name in names)
            names.insert(names.index(before) + 1, each.name)
    return names


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _document(value) if is_dataclass(value) else value
