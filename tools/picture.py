"""
Take the picture of a report that the README and the manual show.

    python tools/picture.py     writes docs/assets/report.png; needs Chromium and `make browser`'s environment

The report is that of an example, made up.  Take it again when the page looks different: nothing compares pixels.
"""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path

import mscos
from mscos.reporters import REPORTERS

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs/assets/report.png"

RECORD = "examples/advocacy-service/intervention.toml"


def take() -> None:
    """Show the report in a browser, and keep what is seen first."""
    page_of = REPORTERS["html"]
    record = mscos.read_intervention(ROOT / RECORD)
    playwright = import_module("playwright.sync_api")  # not by name: mypy runs without it
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(viewport={"width": 900, "height": 860}, color_scheme="light")
        page.set_content(str(page_of(mscos.check_intervention(record))))
        page.screenshot(path=str(PICTURE))
        browser.close()


if __name__ == "__main__":
    take()
