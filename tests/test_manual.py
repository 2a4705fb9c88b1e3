"""The README and the manual: whatever they show is run and compared, or says that it is not run."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

import mscos
import picture
from shown import ROOT, Reader, blocks, blocks_of
from test_docs import PAGES, name_of

WRITTEN = [page for page in PAGES if not page.is_relative_to(ROOT / "docs/reference")]
"""Every page that somebody wrote; those of the reference are written by a program, and show nothing to type."""

SHOWING = [page for page in WRITTEN if blocks(page.read_text(encoding="utf-8"))]

COPIED = ("conformance", "docs", "examples", "schemas", "src", "tests", "tools", "pyproject.toml")
"""What somebody needs of the project who adds a rule."""


@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_every_block_is_run_or_says_that_it_is_not(page: Path) -> None:
    assert [block.text for block in blocks_of(page) if not block.kind] == []
    assert [
        block.text
        for block in blocks_of(page)
        if block.kind != block.language and not (block.name or block.kind == "output")
    ] == []


@pytest.mark.parametrize("page", SHOWING, ids=name_of)
def test_a_test_module_that_a_page_names_is_there_and_reads_the_page(page: Path) -> None:
    named = {block.name for block in blocks_of(page) if block.kind == "tried in"}

    assert [name for name in named if name_of(page) not in (ROOT / name).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", [page for page in SHOWING if page.name != "CONTRIBUTING.md"], ids=name_of)
def test_what_a_page_shows_happens(page: Path, tmp_path: Path) -> None:
    shown = blocks_of(page)
    if any(block.kind == "js" for block in shown) and not (ROOT / "tests/ajv/node_modules/ajv").is_dir():
        assert os.environ.get("MSCOS_REQUIRE_AJV") != "1"
        pytest.skip("node: not tried")

    assert list(Reader(tmp_path).follow(shown)) == []


def test_somebody_can_add_a_first_rule_to_the_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(str(tmp_path / name) for name in ("src", "tools")))

    assert list(Reader(tmp_path, beside=()).follow(blocks_of(ROOT / "CONTRIBUTING.md"))) == []


def test_a_page_that_shows_something_else_would_be_noticed(tmp_path: Path) -> None:
    page = """
```console
$ echo one
two
$ mscos show nothing-of-this-name
```

<!-- file: a.txt -->
```text
one
```

<!-- add to: a.txt -->
```text
two
```

```console
$ cat a.txt
one
two
$ false
$ echo $?
1
$ echo left out here
left […] here
```

```python
print(1)  # prints: 2
```

```python
print(1)
```

<!-- output -->
```text
1
```

```sh
false
```
"""

    wrong = list(Reader(tmp_path).follow(blocks(page)))

    assert [each.splitlines()[0] for each in wrong] == [
        "shown:",
        "status 2: mscos show nothing-of-this-name",
        "shown:",
        "shown:",
        "status 1: false: ",
    ]


@pytest.fixture
def entries(safe_house: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["outcome"]: entry for entry in safe_house["outcomes"]}


def leave_out(safe_house: dict[str, Any], *outcomes: str) -> None:
    safe_house["outcomes"] = [entry for entry in safe_house["outcomes"] if entry["outcome"] not in outcomes]


def test_the_page_of_the_verdict_shows_the_sentences_that_records_get(
    safe_house: dict[str, Any], entries: dict[str, dict[str, Any]]
) -> None:
    def headline() -> str:
        return mscos.check(mscos.read_record(safe_house)).headline

    page = (ROOT / "docs/verdict.md").read_text(encoding="utf-8")
    shown = [block.text.strip() for block in blocks(page.split("## The sentence")[1].split("## Exit status")[0])]

    made = [headline()]
    safe_house["population"]["adults_only"] = False
    no_verdict = headline()
    safe_house["population"]["adults_only"] = True
    whole = safe_house["outcomes"]
    leave_out(safe_house, "education")
    made.append(headline())
    leave_out(safe_house, "purpose", "education")
    made.append(headline())
    safe_house["outcomes"] = whole
    del entries["medical"]["result"]["where_reported"]
    made.append(headline())
    leave_out(safe_house, "education")
    partly = headline()
    safe_house["outcomes"] = [each for each in whole if each["outcome"] not in {"medical", "safety"}]
    safe_house["outcomes"].append({"outcome": "safety", "planned": True})
    entries["medical"]["result"]["where_reported"] = "report, page 1"
    safe_house["outcomes"].append(entries["medical"])
    made += [headline(), no_verdict, partly]

    assert shown[1:] == made


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs/README.md"], ids=name_of)
def test_the_words_for_the_picture_of_a_report_are_its_sentence(page: Path) -> None:
    words = re.findall(r"!\[The page of a report\. (.*)\]\((.*)\)", page.read_text(encoding="utf-8"))
    report = mscos.check_intervention(mscos.read_intervention(ROOT / picture.RECORD))

    assert [sentence for sentence, _ in words] == [report.headline]
    assert [(page.parent / file).resolve() for _, file in words] == [picture.PICTURE]


def test_every_page_of_the_manual_stands_in_the_navigation() -> None:
    listed = re.findall(r'"([^"\s]+\.md)"', (ROOT / "zensical.toml").read_text(encoding="utf-8"))
    there = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}
    rules = {page for page in there if page.startswith("reference/rules/") and not page.endswith("README.md")}

    assert len(listed) == len(set(listed))
    assert set(listed) == there - rules
    assert tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["theme"]["font"] is False
