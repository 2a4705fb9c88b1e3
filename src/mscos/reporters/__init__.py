"""What the package knows becomes text, JSON or a workbook: pure functions from a value to the content of a file."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mscos.failures import Failure
    from mscos.portfolios.report import PortfolioReport
    from mscos.report import Report


def _from(module: str, function: str) -> Callable[[Any], Any]:
    """Import a reporter when it is used: the command line needs the names before it needs a report."""

    def write(shown: Any) -> Any:  # noqa: ANN401 - the mapping says what goes in and what comes out
        return getattr(import_module(f"{__name__}.{module}"), function)(shown)

    return write


REPORTERS: dict[str, Callable[[Report], str | bytes]] = {
    "text": _from("as_text", "report"),
    "html": _from("as_html", "report"),
    "markdown": _from("as_markdown", "report"),
    "json": _from("as_json", "report"),
    "jsonl": _from("as_jsonl", "report"),
    "csv": _from("as_csv", "report"),
    "xlsx": _from("as_xlsx", "report"),
    "sarif": _from("as_sarif", "report"),
    "junit": _from("as_junit", "report"),
    "github": _from("as_github", "report"),
    "gitlab": _from("as_gitlab", "report"),
}
"""Every format of a report, by its name.  Bytes are for a file, text is for a screen too."""

PORTFOLIO_REPORTERS: dict[str, Callable[[PortfolioReport], str | bytes]] = {
    "text": _from("of_portfolio", "portfolio_text"),
    "html": _from("portfolio_html", "portfolio_html"),
    "markdown": _from("portfolio_markdown", "portfolio_markdown"),
    "json": _from("of_portfolio", "portfolio_json"),
    "jsonl": _from("portfolio_tables", "portfolio_jsonl"),
    "csv": _from("portfolio_tables", "portfolio_csv"),
    "xlsx": _from("portfolio_tables", "portfolio_xlsx"),
}
"""Every format of a report on a portfolio, by its name."""

FAILURES: dict[str, Callable[[Failure], str]] = {
    "json": _from("as_json", "failure"),
    "jsonl": _from("as_jsonl", "failure"),
    "sarif": _from("as_sarif", "failure"),
    "junit": _from("as_junit", "failure"),
    "github": _from("as_github", "failure"),
    "gitlab": _from("as_gitlab", "failure"),
}
"""The formats that say why nothing was judged; the others leave it to the sentence on the screen."""

FOR_PIPELINES = ("sarif", "junit", "github", "gitlab")
"""Those whose files are read by a machine that shows why a check failed, so that a failure goes into the file too."""
