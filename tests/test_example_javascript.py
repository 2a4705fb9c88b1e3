"""The worked example in JavaScript: it runs without Python, and names the core outcomes that are missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from mscos import load_taxonomy

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples/javascript"
AJV = ROOT / "tests/ajv"
LAST = "Form is not all: mscos check also judges whether a measure asks about its outcome."


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script beside the packages that its lock file names; those of the other test are the same."""
    if shutil.which("node") is None or not (AJV / "node_modules/ajv").is_dir():
        assert os.environ.get("MSCOS_REQUIRE_AJV") != "1", "ajv is not installed (npm ci --prefix tests/ajv)"
        pytest.skip("ajv is not installed (npm ci --prefix tests/ajv)")
    folder = tmp_path_factory.mktemp("javascript")
    (folder / "node_modules").symlink_to((AJV / "node_modules").resolve())
    return Path(shutil.copy(EXAMPLE / "check-record.mjs", folder))


def run(script: Path, *arguments: str | Path) -> tuple[int, list[str]]:
    words = ["node", str(script), *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def judged(script: Path, record: Path) -> tuple[int, list[str]]:
    return run(script, record, ROOT / "schemas/1/2023.1")


def test_it_names_the_core_outcomes_that_are_missing(script: Path) -> None:
    assert judged(script, EXAMPLE / "record.json") == (
        1,
        [
            "1 of 7 core outcomes have the form of a reported result.",
            "  not: Safety from any trafficker or other abuser (safety)",
            "  not: Long-term, consistent support (support)",
            "  not: Compassionate, trauma informed services (services)",
            "  not: Finding purpose in life and self-actualisation (purpose)",
            "  not: Access to medical treatment (medical)",
            "  not: Access to education (education)",
            LAST,
        ],
    )


def test_it_accepts_a_record_that_reports_all(script: Path, safe_house: dict[str, object], tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(safe_house), encoding="utf-8")

    assert judged(script, record) == (0, ["7 of 7 core outcomes have the form of a reported result.", LAST])


def test_it_names_places_and_never_what_stands_there(script: Path, tmp_path: Path) -> None:
    document = json.loads((EXAMPLE / "record.json").read_text("utf-8"))
    document["outcomes"][0]["measures"][0]["match"] = "canary"
    document["outcomes"][1]["canary"] = {"canary": "canary"}
    record = tmp_path / "record.json"
    record.write_text(json.dumps(document), encoding="utf-8")

    assert judged(script, record) == (
        3,
        [
            "This is not a valid record:",
            "  /outcomes/0/measures/0/match must be equal to one of the allowed values",
            "  /outcomes/1 must NOT have additional properties",
        ],
    )


def test_what_is_no_record_is_told(script: Path, tmp_path: Path) -> None:
    broken = tmp_path / "canary.json"
    broken.write_text("canary", encoding="utf-8")

    assert judged(script, broken) == (3, ["This file is not JSON that can be read."])
    assert run(script) == (2, ["Name the record: node check-record.mjs RECORD [FOLDER OF SCHEMAS]"])


def test_it_finds_the_schemas_of_the_checkout_by_itself(script: Path) -> None:
    used = (EXAMPLE / "check-record.mjs").read_text("utf-8").partition('new URL("')[2].partition('"')[0]

    assert (EXAMPLE / used / "evaluation.core.bundle.schema.json").resolve().is_file()


def test_its_packages_are_those_that_are_tried_here() -> None:
    named = [json.loads((folder / "package-lock.json").read_text("utf-8")) for folder in (EXAMPLE, AJV)]

    assert [lock["packages"].pop("")["dependencies"] for lock in named] == [{"ajv": "8.20.0"}] * 2
    assert named[0]["packages"] == named[1]["packages"]


def test_the_example_in_r_knows_the_core_outcomes() -> None:
    script = (ROOT / "examples/r/check-record.R").read_text("utf-8")

    listed = ", ".join(f'"{outcome.id}"' for outcome in load_taxonomy("2023.1").core)
    assert f"core <- c({listed})" in script
