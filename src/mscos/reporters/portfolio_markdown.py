"""A report on a portfolio as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from mscos.portfolios.report import PortfolioReport
from mscos.portfolios.tables import UptakeTable
from mscos.reporters.heat_map import heat_map
from mscos.reporters.markdown import bullets, heading, table, text
from mscos.reporters.of_portfolio import UPTAKE, portfolio_sections, portfolio_title
from mscos.reporters.of_uptake import UPTAKE_COLUMNS, omission_lines, uptake_rows


def portfolio_markdown(report: PortfolioReport) -> str:
    """Write a report as GitHub-flavoured Markdown."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: PortfolioReport) -> Iterator[str]:
    yield from heading(1, portfolio_title(report))
    yield from (f"**{text(report.headline)}**", "")
    yield from _map(report)
    for above, lines in portfolio_sections(report):
        yield from heading(2, above)
        yield from _uptake(report.uptake) if above == UPTAKE and report.uptake else bullets(lines)


def _map(report: PortfolioReport) -> Iterator[str]:
    """Write who covers what as a table: a row for each service, a column for each core outcome."""
    shown = heat_map(report)
    if not shown.services:
        return
    yield from heading(2, "Who covers what")
    yield from table(
        ("Service", *(line.outcome for line in shown.core)),
        ((service.member.record_id, *(reach.words for reach in service.reaches)) for service in shown.services),
    )
    if shown.more:
        yield from (f"{shown.more:,} more services are in the JSON.", "")


def _uptake(uptake: UptakeTable) -> Iterator[str]:
    yield from table(UPTAKE_COLUMNS, uptake_rows(uptake))
    reasons = list(omission_lines(uptake))
    if reasons:
        yield from bullets(reasons)
