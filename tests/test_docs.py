"""The written pages: their links lead somewhere, and their picture of the layers is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/mscos"

PAGES = (
    *sorted(ROOT.glob("*.md")),
    PACKAGE / "data/README.md",
    ROOT / "conformance/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
"""Every page with links that a reader can follow in a checkout."""

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Give the text of a page without its code blocks."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Give the anchors that a page's headings get on GitHub."""
    found: dict[str, int] = {}
    for heading in HEADING.findall(prose(page)):
        anchor = re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")
        found[anchor] = found.get(anchor, -1) + 1
        if found[anchor]:
            found[f"{anchor}-{found[anchor]}"] = 0
    return set(found)


def dead_links(page: Path) -> list[str]:
    dead = []
    for link in LINK.findall(prose(page)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (anchor and anchor not in anchors(target)):
            dead.append(link)
    return dead


def layers() -> dict[str, int]:
    """
    Read the layer of each module from the table of the architecture page.

    Returns:
        The layer by name of the module, without the slash of packages.

    Raises:
        ValueError: If a module stands in two rows.
    """
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = page.split("| layer | modules | job |\n", 1)[1].split("\n\n", 1)[0]
    found: dict[str, int] = {}
    for row in table.splitlines()[1:]:
        layer, modules = (cell.strip() for cell in row.split("|")[1:3])
        for module in re.findall(r"`(\w+)/?`", modules):
            if module in found:
                raise ValueError(f"{module} stands in two rows")
            found[module] = int(layer)
    return found


def modules() -> set[str]:
    """List the modules and packages of mscos, without its table of contents."""
    files = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__"}
    return files | {file.parent.name for file in PACKAGE.glob("*/__init__.py")}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    assert dead_links(page) == []


def test_a_link_to_nowhere_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_docs.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# A `b`, c\n[1](#a-b-c) [2](#a-b) [3](none.md) [4](page.md#x) [5](https://x.test) [6](../..)\n")

    assert dead_links(page) == ["#a-b", "none.md", "page.md#x", "../.."]


def test_every_module_has_one_row_in_the_table_of_layers() -> None:
    assert set(layers()) == modules()


def test_the_table_of_layers_goes_from_nine_down_to_zero() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| (\d) \|", page, re.MULTILINE) == list("9876543210")
