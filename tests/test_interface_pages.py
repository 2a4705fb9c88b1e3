"""The reference of what programs meet holds every name, and says something of each."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import mscos
from mscos.cli.exits import Exit

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs/reference"


def sections(page: str) -> dict[str, str]:
    """Give the text below each heading of the second level."""
    _, *parts = re.split(r"^## ", (REFERENCE / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {heading: text.strip() for heading, _, text in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", mscos.__all__)
def test_every_public_name_is_explained(name: str) -> None:
    assert len(re.sub(r"```.*?```", "", sections("python.md")[name], flags=re.DOTALL).strip()) > 20


def test_nothing_else_stands_on_the_page_of_the_python_interface() -> None:
    assert [*sections("python.md")] == mscos.__all__


def test_a_signature_stands_as_a_caller_reads_it() -> None:
    shown = sections("python.md")["load_taxonomy"]

    assert "mscos.load_taxonomy(" in shown
    assert "edition: str" in shown
    assert "'str'" not in shown
    assert "**Raises**" in shown


def test_every_exit_status_has_its_row() -> None:
    page = (REFERENCE / "exit-statuses.md").read_text(encoding="utf-8")

    assert [int(row) for row in re.findall(r"^\| `(\d+)` \| \S", page, re.MULTILINE)] == [*Exit]


def test_every_schema_has_its_section_and_every_required_field_is_in_bold() -> None:
    listed = sections("schemas.md")
    files = {
        path.relative_to(ROOT / "schemas/1").as_posix().removesuffix(".json").removesuffix(".schema"): path
        for path in (ROOT / "schemas/1").rglob("*.json")
    }

    assert set(listed) == set(files)
    report = json.loads(files["report"].read_text(encoding="utf-8"))
    assert re.findall(r"^\| \*\*`(\w+)`\*\*", listed["report"], re.MULTILINE) == [
        field for field in report["properties"] if field in report["required"]
    ]


def test_the_citation_names_this_version_and_licence() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert f"\nversion: {mscos.__version__}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation
    assert f'\n  - name: "{project["authors"][0]["name"]}"\n' in citation


def test_the_citation_gives_the_article_as_the_taxonomy_cites_it(edition: mscos.Taxonomy) -> None:
    article = edition.source("jannesari-2024")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")

    cited = re.findall(r"- family-names: (.*)\n +given-names: (.*)", citation)
    assert ", ".join(f"{family} {given}" for family, given in cited) == article.author
    assert f'"{article.title}"' in citation
    assert str(article.url).removeprefix("https://doi.org/") in citation
