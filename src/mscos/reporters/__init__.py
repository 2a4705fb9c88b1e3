"""What the package knows becomes text or JSON: pure functions from a value to the content of a file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mscos.portfolios.report import PortfolioReport
    from mscos.report import Report


def _text(report: Report) -> str:
    from mscos.reporters import as_text  # noqa: PLC0415

    return as_text.report(report)


def _html(report: Report) -> str:
    from mscos.reporters import as_html  # noqa: PLC0415

    return as_html.report(report)


def _markdown(report: Report) -> str:
    from mscos.reporters import as_markdown  # noqa: PLC0415

    return as_markdown.report(report)


def _json(report: Report) -> str:
    from mscos.reporters import as_json  # noqa: PLC0415

    return as_json.report(report)


# Each imports its module when it is used: the command line needs the names before it needs a report.
REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "json": _json,
}
"""Every format of a report, by its name."""


def _portfolio_text(report: PortfolioReport) -> str:
    from mscos.reporters import of_portfolio  # noqa: PLC0415

    return of_portfolio.portfolio_text(report)


def _portfolio_html(report: PortfolioReport) -> str:
    from mscos.reporters import portfolio_html  # noqa: PLC0415

    return portfolio_html.portfolio_html(report)


def _portfolio_markdown(report: PortfolioReport) -> str:
    from mscos.reporters import portfolio_markdown  # noqa: PLC0415

    return portfolio_markdown.portfolio_markdown(report)


def _portfolio_json(report: PortfolioReport) -> str:
    from mscos.reporters import of_portfolio  # noqa: PLC0415

    return of_portfolio.portfolio_json(report)


PORTFOLIO_REPORTERS: dict[str, Callable[[PortfolioReport], str]] = {
    "text": _portfolio_text,
    "html": _portfolio_html,
    "markdown": _portfolio_markdown,
    "json": _portfolio_json,
}
"""Every format of a report on a portfolio, by its name."""
