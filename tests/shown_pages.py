"""What pages are made of for tests: every example as its user checks it, hostile text, and sixty services."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import area
import mscos
from mscos import PortfolioReport, Report
from mscos._files import read_document
from mscos.changes import outcome_changes
from mscos.conformance import check_any
from mscos.portfolios.checking import check_portfolio
from mscos.records.reading import read_any
from test_scenarios import RUNS, done
from written import in_form, portfolio_in_form

ROOT = Path(__file__).parent.parent

MARKUP = "</title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}<!--]]>&lt;b&gt;"
"""What would run, load something or be filled in, were it not shown as text."""

TURNED = "\u202eback\u2066wards\u200f \u0639\u0631\u0628\u064a 123"
"""Marks that turn the direction of text, and letters that do so by themselves."""

MARKDOWN = "@admin a@b.test https://evil.test www.evil.test #1 GH-2 :tada: [x](http://x.test) ![y](z) `c` | **b** $x$"
"""What Markdown, and GitHub after it, would make something of."""


def safe_house() -> dict[str, Any]:
    return read_document(str(ROOT / "examples/safe-house/evaluation.toml"))[0]


@cache
def hostile_report(text: str) -> Report:
    """Check an evaluation that leaves something out, with a text in every place that is printed."""
    document = safe_house() | {"title": text, "organisation": text}
    document["outcomes"][0]["measures"][0] |= {"variable": text, "direction": "undefined"}
    del document["outcomes"][3:]
    return mscos.check(mscos.read_record(document))


@cache
def hostile_service(text: str) -> Report:
    """Check a service whose partners are named by a text."""
    document = read_document(str(ROOT / "examples/advocacy-service/intervention.toml"))[0]
    for entry in document["addresses"]:
        if "partner" in entry:
            entry["partner"] |= {"organisation": text}
    return check_any(read_any(document))


@cache
def hostile_portfolio(text: str) -> PortfolioReport:
    """Check services that are run by a text, one of them with the longest name there can be."""
    documents = [
        document | {"organisation": text, "record_id": name}
        for document, name in zip(area.services(3), ("a", "x" * 100, "-".join(["yyyy"] * 20)), strict=True)
    ]
    for document in documents:
        for entry in document["addresses"]:
            entry["partner"] = {"organisation": text}
    return check_portfolio(read_any(document) for document in documents)


@cache
def sixty_services() -> PortfolioReport:
    """Check the sixty services of the made-up area, and evaluations beside them."""
    return check_portfolio(read_any(document) for document in (*area.services(60), *area.evaluations(40)))


def other_reports() -> dict[str, Report]:
    """Check what no example is: a form before it is used, children, and what changed since an earlier report."""
    document = safe_house()
    document["outcomes"].append({"outcome": "ll21", "planned": True})
    whole = mscos.check(mscos.read_record(document))
    fewer = mscos.check(mscos.read_record(document | {"outcomes": document["outcomes"][2:]}))
    children = mscos.check(mscos.read_record(document | {"population": {"adults_only": False}}))
    return {
        "design": mscos.check_design(mscos.read_codebook(ROOT / "examples/ticked-boxes/dictionary.csv")),
        "children": children,
        "since": fewer.model_copy(update={"since": outcome_changes(whole, fewer)}),
        "since-nothing": whole.model_copy(update={"since": ()}),
    }


def pages(form: str) -> dict[str, str]:
    """Write every report of the examples in one format, by the name of its expected file, and those above."""
    examples = {name: done(run.command, "--format", form).stdout for name, run in RUNS.items()}
    for name in ("safe-house/evaluation", "advocacy-service/intervention", "therapy-study/evaluation"):
        examples[name] = in_form(form, check_any(read_any(ROOT / f"examples/{name}.toml")))
    examples |= {name: in_form(form, report) for name, report in other_reports().items()}
    hostile = {
        "hostile": in_form(form, hostile_report(MARKUP)),
        "turned": in_form(form, hostile_report(TURNED)),
        "long": in_form(form, hostile_report("long" * 2500)),
        "hostile-service": in_form(form, hostile_service(MARKUP)),
        "hostile-portfolio": portfolio_in_form(form, hostile_portfolio(MARKUP)),
        "turned-portfolio": portfolio_in_form(form, hostile_portfolio(TURNED)),
        "sixty": portfolio_in_form(form, sixty_services()),
        "area": portfolio_in_form(
            form, check_portfolio(read_any(path) for path in sorted(ROOT.glob("examples/area-*/members/*")))
        ),
    }
    return {name: page for name, page in (examples | hostile).items() if page}
