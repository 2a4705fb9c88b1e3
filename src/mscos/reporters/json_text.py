"""One way to write JSON for people and programs alike."""

from __future__ import annotations

import json


def json_text(value: object) -> str:
    """Write a value as indented JSON, with a line break at its end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
