"""Reports as they are written, with the text that is packed away in workbooks."""

from __future__ import annotations

import io
import zipfile

from mscos.portfolios.report import PortfolioReport
from mscos.report import Report
from mscos.reporters import PORTFOLIO_REPORTERS, REPORTERS


def unpacked(content: str | bytes) -> str:
    """Give text as it is, and of a workbook every file in it with its name."""
    if isinstance(content, str):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(f"{name}\n{packed.read(name).decode()}" for name in packed.namelist())


def in_form(form: str, report: Report) -> str:
    """Write a report in one form."""
    return unpacked(REPORTERS[form](report))


def in_every_form(report: Report) -> str:
    """Write a report in every form there is."""
    return "\n".join(in_form(form, report) for form in REPORTERS)


def portfolio_in_form(form: str, report: PortfolioReport) -> str:
    """Write a report on a portfolio in one form."""
    return unpacked(PORTFOLIO_REPORTERS[form](report))


def portfolio_in_every_form(report: PortfolioReport) -> str:
    """Write a report on a portfolio in every form there is."""
    return "\n".join(portfolio_in_form(form, report) for form in PORTFOLIO_REPORTERS)
