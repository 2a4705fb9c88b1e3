"""The pages in a real browser; tried only where MSCOS_BROWSER=1 is set, because it needs Chromium and node."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import area
from mscos.portfolios.checking import check_portfolio
from mscos.records.reading import read_any
from shown_pages import MARKUP, pages
from written import portfolio_in_form

if os.environ.get("MSCOS_BROWSER") != "1":
    pytest.skip("browser: not tried", allow_module_level=True)

HERE = Path(__file__).parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PHONE, DESK = 320, 1280

Page = Any
Browser = Any


@cache
def all_pages() -> dict[str, str]:
    return pages("html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = import_module("playwright.sync_api")  # not by name: mypy runs without it
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def opened(browser: Browser, file: Path, *, width: int = DESK, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(file.as_uri())
    return page


def written(folder: Path, content: str) -> Path:
    file = folder / "page.html"
    file.write_text(content, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", all_pages())
def test_no_rule_of_wcag_is_broken_in_any_light_and_at_any_width(browser: Browser, folder: Path, name: str) -> None:
    file = written(folder, all_pages()[name])
    for width, scheme in product((PHONE, DESK), ("light", "dark")):
        page = opened(browser, file, width=width, scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)

        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert len(found["passes"]) >= 10
        page.close()


def test_a_broken_rule_would_be_noticed(browser: Browser, folder: Path) -> None:
    page = opened(browser, written(folder, '<html lang="en"><title>x</title><p style="color: #bbb">Too faint</p>'))
    page.evaluate(AXE.read_text(encoding="utf-8"))

    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)

    assert [each["id"] for each in found["violations"]] == ["color-contrast"]
    page.close()


@pytest.mark.parametrize("name", all_pages())
def test_a_phone_never_scrolls_sideways(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, written(folder, all_pages()[name]), width=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    page.close()


@pytest.mark.parametrize("name", all_pages())
def test_what_is_in_a_page_does_not_leave_its_place(browser: Browser, folder: Path, name: str) -> None:
    """Text in a picture is drawn where it is said to be, however wide it is: it must not be cut off."""
    page = opened(browser, written(folder, all_pages()[name]))
    outside = page.evaluate(
        """[...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
             const frame = svg.getBoundingClientRect();
             return [...svg.querySelectorAll('text')].filter(text => {
               const box = text.getBoundingClientRect();
               return box.left < frame.left - 1 || box.right > frame.right + 1
                 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
             }).map(text => text.textContent);
           })"""
    )

    assert outside == []
    page.close()


@pytest.mark.parametrize("letter", "mwi9")
def test_the_name_of_a_service_keeps_out_of_its_cells(browser: Browser, folder: Path, letter: str) -> None:
    documents = [document | {"record_id": letter * (100 - place)} for place, document in enumerate(area.services(3))]
    for document in documents:
        document["addresses"] = []
    report = check_portfolio(read_any(document) for document in documents)
    page = opened(browser, written(folder, portfolio_in_form("html", report)))

    ends = page.evaluate("[...document.querySelectorAll('.service')].map(each => each.getBoundingClientRect().right)")
    begin = page.evaluate("document.querySelector('.cell').getBoundingClientRect().left")

    assert max(ends) < begin
    page.close()


@pytest.mark.parametrize("name", all_pages())
def test_a_page_asks_for_nothing_and_runs_nothing(browser: Browser, folder: Path, name: str) -> None:
    file = written(folder, all_pages()[name])
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.accept() or dialog.message))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri(), wait_until="networkidle")

    assert asked == [file.as_uri()]
    assert said == []
    page.close()


@pytest.mark.parametrize("name", ["hostile", "hostile-service", "hostile-portfolio"])
def test_hostile_text_is_read_as_it_was_written(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, written(folder, all_pages()[name]))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert MARKUP in page.inner_text("main")
    page.close()


@pytest.mark.parametrize("name", ["sixty", "area", "ticked-boxes/expected-with-record.txt"])
def test_everything_that_scrolls_or_opens_can_be_reached_with_the_keyboard(
    browser: Browser, folder: Path, name: str
) -> None:
    page = opened(browser, written(folder, all_pages()[name]), width=PHONE)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        page.evaluate("document.activeElement.dataset.reached = ''")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")

    assert page.evaluate("[...document.querySelectorAll('details')].every(each => each.open)")
    scrolling = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(each =>
             /auto|scroll/.test(getComputedStyle(each).overflowX + getComputedStyle(each).overflowY)
             && (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight)
           ).map(each => ['reached' in each.dataset, each.getAttribute('role'), each.getAttribute('aria-label')])"""
    )
    assert scrolling != []
    assert all(reached and role == "region" and label for reached, role, label in scrolling)
    page.close()


def test_the_picture_reads_as_sentences_to_a_screen_reader(browser: Browser, folder: Path) -> None:
    page = opened(browser, written(folder, all_pages()["advocacy-service/intervention"]))

    tree = page.locator("main").aria_snapshot()

    assert 'img "How far each core outcome got Secure and suitable housing: by referral, amber.' in tree
    assert 'heading "Addressed" [level=2]' in tree
    page.close()


def printed(browser: Browser, file: Path) -> list[str]:
    """Print a page to A4 and read the text of each sheet."""
    page = opened(browser, file)
    paper = file.with_suffix(".pdf")
    page.pdf(path=str(paper), prefer_css_page_size=True, print_background=True)
    page.close()
    text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True).stdout  # noqa: S607 - Debian's
    return text.split("\f")[:-1]


def test_paper_cuts_no_row_repeats_the_head_and_shows_what_is_closed_on_screen(browser: Browser, folder: Path) -> None:
    # The first and the last word of each service's name, with so many between them that a row takes several lines.
    documents = [
        document | {"organisation": f"Begin{place:03} {'word ' * (place % 37)}End{place:03}"}
        for place, document in enumerate(area.services(60))
    ]
    report = check_portfolio(read_any(document) for document in documents)

    sheets = printed(browser, written(folder, portfolio_in_form("html", report)))

    for sheet in sheets:
        joined = re.sub(r"\s+", " ", sheet)
        begun, ended = (sorted(re.findall(rf"{word}(\d{{3}})", joined)) for word in ("Begin", "End"))
        assert begun == ended
    tables = [sheet for sheet in sheets if "directly" in sheet and re.search(r"Begin\d{3}", sheet)]
    assert len(tables) >= 4
    assert all("Compassionate," in sheet for sheet in tables)
    assert re.sub(r"\s+", " ", sheets[-1]).strip().endswith("Survivors have not yet reviewed them.")


def test_paper_is_white_in_the_dark(browser: Browser, folder: Path) -> None:
    page = opened(browser, written(folder, all_pages()["area"]), scheme="dark")
    on_screen = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.emulate_media(media="print")

    assert on_screen == "rgb(23, 25, 27)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


def test_no_part_of_a_picture_is_taller_than_a_sheet(browser: Browser, folder: Path) -> None:
    page = opened(browser, written(folder, all_pages()["hostile-portfolio"]))
    page.emulate_media(media="print")

    heights = page.evaluate("[...document.querySelectorAll('svg[role=img]')].map(each => each.clientHeight)")

    assert max(heights) < 261 / 25.4 * 96
    page.close()
