"""The fingerprint of the rules: what they say, how they look, and the reference data that they use."""

from __future__ import annotations

import hashlib
from functools import cache

from mscos._package_data import read_bytes


@cache
def rules_fingerprint() -> str:
    """Give the sha256 of the packaged rule list, which holds the digest of everything a rule rests on."""
    return hashlib.sha256(read_bytes("rules.json")).hexdigest()
