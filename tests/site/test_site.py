"""The manual as a site; tried only where MSCOS_SITE=1 is set, because it needs Chromium, node and what builds it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import manual

if os.environ.get("MSCOS_SITE") != "1":
    pytest.skip("site: not tried", allow_module_level=True)

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PHONE, DESK = 320, 1280
VIEWS = [*product((PHONE, DESK), ("light", "dark"))]

KINDS = (
    "index.html",
    "start/spreadsheet.html",
    "how-to/redcap.html",
    "explanation/safeguarding.html",
    "decisions/0001-outcomes-and-labels.html",
    "limits.html",
    "architecture.html",
    "reference/outcomes-2023.1.html",
    "reference/instruments.html",
    "reference/python.html",
    "reference/command-line.html",
    "reference/rules/index.html",
    "reference/rules/COV-01.html",
    "project/SECURITY.html",
    "404.html",
)
"""A page of every kind."""

LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}
"""What a page loads by itself, by tag."""

Page = Any
Browser = Any


class Links(HTMLParser):
    """Where a page leads, what it loads, and what can be led to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value for name, value in attrs if value is not None}
        self.anchors |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        if tag in LOADED and LOADED[tag] in said:
            self.loads.append(said[LOADED[tag]])


@cache
def links_of(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    assert manual.build(folder) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = import_module("playwright.sync_api")  # not by name: mypy runs without it
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield chromium
        chromium.close()


def opened(browser: Browser, url: str, *, width: int = DESK, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def violations(page: Page) -> list[tuple[str, str]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    assert len(found["passes"]) >= 10
    return [(each["id"], node["html"]) for each in found["violations"] for node in each["nodes"]]


def leads_nowhere(link: str, page: Path, site: Path) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme not in {"https", "http"}
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(site) or not target.is_file():
        return True
    if not parts.fragment or target.suffix != ".html":
        return False
    return unquote(parts.fragment) not in links_of(target).anchors


def test_every_page_of_the_manual_is_in_the_site(site: Path, pages: list[Path]) -> None:
    written = {page.relative_to(manual.DOCS).with_suffix("") for page in manual.DOCS.rglob("*.md")}
    built = {page.relative_to(site).with_suffix("") for page in pages}

    assert len(written) > 100
    assert {name.with_name("index") if name.name == "README" else name for name in written} <= built


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: list[Path]) -> None:
    followed = [(page, link) for page in pages if page.name != "404.html" for link in links_of(page).links]
    dead = [(page.relative_to(site).as_posix(), link) for page, link in followed if leads_nowhere(link, page, site)]

    assert dead == []
    assert len(followed) > 1000


def test_a_dead_link_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<a id=there></a><a href=#there></a><a href=#not></a><a href=none.html></a><a href=../up></a>")

    assert [leads_nowhere(link, page, tmp_path) for link in links_of(page).links] == [False, True, True, True]


def test_no_page_loads_anything_from_elsewhere(site: Path, pages: list[Path]) -> None:
    loaded = {(page.relative_to(site).as_posix(), url) for page in pages for url in links_of(page).loads}
    styles = "".join(file.read_text(encoding="utf-8") for file in site.rglob("*.css"))

    assert {each for each in loaded if urlsplit(each[1]).netloc} == set()
    assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*", styles) == []
    assert "@import" not in styles


@pytest.mark.parametrize("name", KINDS)
def test_no_rule_of_wcag_is_broken_in_any_light_and_at_any_width(browser: Browser, address: str, name: str) -> None:
    for width, scheme in VIEWS:
        page = opened(browser, address + name, width=width, scheme=scheme)

        assert (width, scheme, violations(page)) == (width, scheme, [])
        page.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_no_rule_of_wcag_is_broken_while_somebody_searches(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = opened(browser, address, width=width, scheme=scheme)

    searched(page, "omission")

    assert violations(page) == []


def test_the_menu_of_a_phone_breaks_no_rule_of_wcag(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=PHONE)

    page.locator("label.md-header__button[for=__drawer]").click()
    page.wait_for_timeout(500)

    assert violations(page) == []


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_keyboard_opens_the_menu_of_a_phone(browser: Browser, address: str, key: str) -> None:
    page = opened(browser, address, width=PHONE)

    page.locator("label.md-header__button[for=__drawer]").focus()
    page.keyboard.press(key)

    assert page.evaluate("document.getElementById('__drawer').checked")


def searched(page: Page, words: str) -> str:
    """Search as a person does, and give what is found."""
    page.locator(".md-search__button:visible, label[for=__search]:visible").first.click()
    page.wait_for_timeout(500)
    page.keyboard.type(words)
    page.wait_for_timeout(1500)
    found: str = page.locator("dialog[open]").inner_text()
    return found


@pytest.mark.parametrize("where", ["a server", "a disk"])
def test_the_search_finds_a_page_and_nothing_leaves_the_machine(
    browser: Browser, site: Path, address: str, where: str
) -> None:
    page = browser.new_page(viewport={"width": DESK, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    start = address + "index.html" if where == "a server" else (site / "index.html").as_uri()
    page.goto(start)
    page.wait_for_load_state("networkidle")

    found = searched(page, "partner sets nobody covers")

    assert "results" in found
    assert [url for url in asked if not url.startswith((address, site.as_uri(), "blob:", "data:"))] == []
    assert len(asked) > 3


@pytest.mark.parametrize("name", KINDS)
def test_a_phone_never_scrolls_a_page_sideways(browser: Browser, address: str, name: str) -> None:
    page = opened(browser, address + name, width=PHONE)

    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")

    assert wide[0] <= wide[1]
    page.close()
