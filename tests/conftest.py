from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import mscos
from mscos import Taxonomy

ROOT = Path(__file__).parent.parent

# The same examples each time, whatever the speed of the machine.
settings.register_profile(
    "deterministic", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("deterministic")


@pytest.fixture(scope="session")
def example1() -> Taxonomy:
    """The made-up edition: other words and other counts than any packaged one."""
    return mscos.read_taxonomy(ROOT / "tests/data/example1.json")


@pytest.fixture(scope="session")
def edition() -> Taxonomy:
    return mscos.load_taxonomy("2023.1")


@pytest.fixture
def safe_house() -> dict[str, object]:
    """The document of the example that reports every core outcome; each test may change it."""
    from mscos._files import read_document  # noqa: PLC0415

    return read_document(str(ROOT / "examples/safe-house/evaluation.toml"))[0]
