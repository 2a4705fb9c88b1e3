"""
Build the manual as a site that needs no network.

    python tools/manual.py            into build/site
    python tools/manual.py FOLDER     into FOLDER/site

What pages link to outside of docs/ comes along, so that no link is dead: files as they are, pages as pages.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from os.path import relpath
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

ELSEWHERE = "project"
"""The folder of the site for what stands outside of docs/."""

_PARTS = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\]\()([^)\s#]+)(#[^)\s]*)?(?=\))")
_SCHEME = re.compile(r"[a-z]+:")


def stage(folder: Path) -> Path:
    """Put all that the site holds into a folder, links rewritten; give the configuration that builds it."""
    staged = folder / "docs"
    for old in (staged, folder / "site"):
        shutil.rmtree(old, ignore_errors=True)
    waiting, done = [file for file in sorted(DOCS.rglob("*")) if file.is_file()], set[Path]()
    while waiting:
        file = waiting.pop()
        if file not in done:
            done.add(file)
            waiting += _put(file, staged)
    shutil.copy(ROOT / "zensical.toml", folder)
    return folder / "zensical.toml"


def _put(file: Path, staged: Path) -> list[Path]:
    """Put one file into the site, and give what it links to."""
    place = staged / _place(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    if file.is_dir():
        place.write_text(_listing(file), encoding="utf-8")
        return [each for each in file.iterdir() if each.is_file()]
    if file.suffix != ".md":
        shutil.copyfile(file, place)
        return []
    text = file.read_text(encoding="utf-8")
    place.write_text(_rewritten(text, file), encoding="utf-8")
    return list(_targets(text, file))


def _place(file: Path) -> Path:
    """Say where a file or folder of the checkout stands in the site."""
    if file.is_dir():
        file /= "README.md"
    return file.relative_to(DOCS) if file.is_relative_to(DOCS) else ELSEWHERE / file.relative_to(ROOT)


def _listing(folder: Path) -> str:
    """Write a page for a folder that has none of its own."""
    files = sorted(each.name for each in folder.iterdir() if each.is_file())
    return "\n".join([f"# {folder.relative_to(ROOT).as_posix()}", "", *(f"* [{each}]({each})" for each in files), ""])


def _target(link: str, page: Path) -> Path:
    """Say which file of the checkout a link leads to: for a folder, its page if it has one."""
    target = (page.parent / link).resolve()
    return target / "README.md" if (target / "README.md").is_file() else target


def _links(text: str) -> Iterator[str]:
    for part in _PARTS.split(text)[::2]:
        yield from (link for _, link, _ in _LINK.findall(part) if not _SCHEME.match(link))


def _targets(text: str, page: Path) -> Iterator[Path]:
    return (_target(link, page) for link in _links(text))


def _rewritten(text: str, page: Path) -> str:
    def rewritten(found: re.Match[str]) -> str:
        opened, link, anchor = found.groups(default="")
        if _SCHEME.match(link):
            return found[0]
        return f"{opened}{relpath(_place(_target(link, page)), _place(page).parent)}{anchor}"

    parts = _PARTS.split(text)
    parts[::2] = [_LINK.sub(rewritten, part) for part in parts[::2]]
    return "".join(parts)


def build(folder: Path) -> int:
    """Build the site; a warning is an error."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = stage(folder)
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", str(configuration)]
    return subprocess.run(command, check=False, cwd=folder).returncode  # noqa: S603 - our own command


if __name__ == "__main__":
    raise SystemExit(build(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "build"))
