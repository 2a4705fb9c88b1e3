"""What the manual brings along as a site: files that stand outside of docs/ come with it, and links still lead there."""

from __future__ import annotations

from pathlib import Path

import pytest

import manual


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    for name, text in {
        "docs/README.md": "[a](a/page.md#b) [out](../OTHER.md) [web](https://x.test/y) [folder](../files)\n",
        "docs/a/page.md": "```text\n[shown](../../files/one.json)\n```\n[here](#b) [one](../../files/one.json)\n",
        "OTHER.md": "[back](docs/a/page.md) [on](files/deep/page.md)\n",
        "files/one.json": "{}",
        "files/two.json": "{}",
        "files/deep/page.md": "[up](../../OTHER.md)\n",
        "secret.md": "Nothing leads here.\n",
        "zensical.toml": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(manual, "ROOT", root)
    monkeypatch.setattr(manual, "DOCS", root / "docs")
    return root


@pytest.mark.usefixtures("project")
def test_what_pages_link_to_comes_along_and_nothing_else(tmp_path: Path) -> None:
    manual.stage(tmp_path / "build")

    docs = tmp_path / "build/docs"
    assert {file.relative_to(docs).as_posix(): file.read_text() for file in docs.rglob("*") if file.is_file()} == {
        "README.md": "[a](a/page.md#b) [out](project/OTHER.md) [web](https://x.test/y) [folder](project/files/README.md)\n",
        "a/page.md": "```text\n[shown](../../files/one.json)\n```\n[here](#b) [one](../project/files/one.json)\n",
        "project/OTHER.md": "[back](../a/page.md) [on](files/deep/page.md)\n",
        "project/files/README.md": "# files\n\n* [one.json](one.json)\n* [two.json](two.json)\n",
        "project/files/deep/page.md": "[up](../../OTHER.md)\n",
        "project/files/one.json": "{}",
        "project/files/two.json": "{}",
    }


def test_staging_again_leaves_nothing_of_before(project: Path, tmp_path: Path) -> None:
    manual.stage(tmp_path / "build")
    (project / "docs/a/page.md").unlink()
    (project / "docs/README.md").write_text("Nothing.\n")

    manual.stage(tmp_path / "build")

    assert [file.name for file in (tmp_path / "build/docs").rglob("*") if file.is_file()] == ["README.md"]
