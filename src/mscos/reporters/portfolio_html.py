"""A report on a portfolio as a page: the sentence, a map of services by outcomes, and everything that the text says."""

from __future__ import annotations

from mscos.portfolios.report import PortfolioReport
from mscos.reporters.heat_map import LETTERS, heat_map
from mscos.reporters.of_portfolio import HOW, UPTAKE, portfolio_sections, portfolio_title
from mscos.reporters.of_uptake import UPTAKE_COLUMNS, omission_lines, uptake_rows
from mscos.reporters.pages import filled


def portfolio_html(report: PortfolioReport) -> str:
    """
    Write a report as HTML.

    Raises:
        MissingExtra: If jinja2 is not installed.
    """
    values: dict[str, object] = {
        "report": report,
        "title": portfolio_title(report),
        "map": heat_map(report),
        "letters": LETTERS,
        "sections": portfolio_sections(report),
        "how_heading": HOW,
        "uptake_heading": UPTAKE,
        "uptake_columns": UPTAKE_COLUMNS,
        "uptake_rows": list(uptake_rows(report.uptake)) if report.uptake else [],
        "omissions": list(omission_lines(report.uptake)) if report.uptake else [],
    }
    return filled("portfolio.html", portfolio_title(report), values)
