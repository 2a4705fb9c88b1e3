"""A whole edition as JSON: byte for byte the file that it was loaded from, if that is how we write one."""

from __future__ import annotations

from mscos.edition_files import taxonomy_text
from mscos.errors import OnlyWhole
from mscos.exporters.chosen import Chosen


def edition_json(chosen: Chosen) -> str:
    """
    Write an edition in the form of the published ``taxonomy.schema.json``.

    Raises:
        OnlyWhole: If only some of its outcomes are asked for: read back, they would be another edition of its name.
    """
    if chosen.which != "all":
        raise OnlyWhole
    return taxonomy_text(chosen.taxonomy)
