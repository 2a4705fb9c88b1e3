"""What the package knows becomes text, JSON or a workbook: pure functions from a value to the content of a file."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mscos.failures import Failure
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


def _jsonl(report: Report) -> str:
    from mscos.reporters import as_jsonl  # noqa: PLC0415

    return as_jsonl.report(report)


def _csv(report: Report) -> str:
    from mscos.reporters import as_csv  # noqa: PLC0415

    return as_csv.report(report)


def _xlsx(report: Report) -> bytes:
    from mscos.reporters import as_xlsx  # noqa: PLC0415

    return as_xlsx.report(report)


def _sarif(report: Report) -> str:
    from mscos.reporters import as_sarif  # noqa: PLC0415

    return as_sarif.report(report)


def _junit(report: Report) -> str:
    from mscos.reporters import as_junit  # noqa: PLC0415

    return as_junit.report(report)


def _github(report: Report) -> str:
    from mscos.reporters import as_github  # noqa: PLC0415

    return as_github.report(report)


def _gitlab(report: Report) -> str:
    from mscos.reporters import as_gitlab  # noqa: PLC0415

    return as_gitlab.report(report)


# Each imports its module when it is used: the command line needs the names before it needs a report.
REPORTERS: dict[str, Callable[[Report], str | bytes]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
}
"""Every format of a report, by its name.  Bytes are for a file, text is for a screen too."""


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


def _portfolio_jsonl(report: PortfolioReport) -> str:
    from mscos.reporters import portfolio_tables  # noqa: PLC0415

    return portfolio_tables.portfolio_jsonl(report)


def _portfolio_csv(report: PortfolioReport) -> str:
    from mscos.reporters import portfolio_tables  # noqa: PLC0415

    return portfolio_tables.portfolio_csv(report)


def _portfolio_xlsx(report: PortfolioReport) -> bytes:
    from mscos.reporters import portfolio_tables  # noqa: PLC0415

    return portfolio_tables.portfolio_xlsx(report)


PORTFOLIO_REPORTERS: dict[str, Callable[[PortfolioReport], str | bytes]] = {
    "text": _portfolio_text,
    "html": _portfolio_html,
    "markdown": _portfolio_markdown,
    "json": _portfolio_json,
    "jsonl": _portfolio_jsonl,
    "csv": _portfolio_csv,
    "xlsx": _portfolio_xlsx,
}
"""Every format of a report on a portfolio, by its name."""


def _json_failure(failure: Failure) -> str:
    from mscos.reporters import as_json  # noqa: PLC0415

    return as_json.failure(failure)


def _jsonl_failure(failure: Failure) -> str:
    from mscos.reporters import as_jsonl  # noqa: PLC0415

    return as_jsonl.failure(failure)


def _sarif_failure(failure: Failure) -> str:
    from mscos.reporters import as_sarif  # noqa: PLC0415

    return as_sarif.failure(failure)


def _junit_failure(failure: Failure) -> str:
    from mscos.reporters import as_junit  # noqa: PLC0415

    return as_junit.failure(failure)


def _github_failure(failure: Failure) -> str:
    from mscos.reporters import as_github  # noqa: PLC0415

    return as_github.failure(failure)


def _gitlab_failure(failure: Failure) -> str:
    from mscos.reporters import as_gitlab  # noqa: PLC0415

    return as_gitlab.failure(failure)


FAILURES: dict[str, Callable[[Failure], str]] = {
    "json": _json_failure,
    "jsonl": _jsonl_failure,
    "sarif": _sarif_failure,
    "junit": _junit_failure,
    "github": _github_failure,
    "gitlab": _gitlab_failure,
}
"""The formats that say why nothing was judged; the others leave it to the sentence on the screen."""

FOR_PIPELINES = ("sarif", "junit", "github", "gitlab")
"""Those whose files are read by a machine that shows why a check failed, so that a failure goes into the file too."""
