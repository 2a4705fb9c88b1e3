"""Commands that judge: their status is the answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import click

from mscos import errors
from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import edition_option, emit, keep_apart, keep_out_of, outputs
from mscos.reporters import REPORTERS

if TYPE_CHECKING:
    from mscos.records.reading import AnyRecord
    from mscos.report import Report

_Member = TypeVar("_Member")

PATIENCE = 2.0
"""Seconds for which nothing is said of progress."""

_STEP = 0.2
"""Seconds between two words on progress."""


_regression_option = click.option(
    "--fail-on-regression", is_flag=True, help="Status 1 if something fell away since then."
)


@commands.command()
@click.argument("file", type=click.Path())
@click.option("--logframe", type=click.Path(), help="Judge an intervention with this logframe, CSV or XLSX.")
@click.option("--sheet", help="Sheet of the logframe, in a workbook with several.")
@click.option("--since", type=click.Path(), help="Say what changed since this report on the record, in JSON.")
@_regression_option
@edition_option
@outputs(*REPORTERS)
def check(  # noqa: PLR0913 - a parameter for each option
    *,
    file: str,
    logframe: str | None,
    sheet: str | None,
    since: str | None,
    fail_on_regression: bool,
    edition: str | None,
    form: str,
    output: str | None,
) -> int:
    """
    Say which core outcomes a record reports or addresses, and which it leaves out.

    FILE is the record of an evaluation or of an intervention, in JSON or TOML, or - for standard input.
    """
    from mscos.conformance import check_any
    from mscos.portfolios.made_earlier import read_report
    from mscos.records.reading import read_any
    from mscos.reporters import as_json

    _needs_since(fail_on_regression, since)
    for path in (file, *([logframe] if logframe else []), *([since] if since else [])):
        keep_apart(path, output)
    if sheet is not None and logframe is None:
        raise click.UsageError("--sheet belongs to --logframe; give both.")
    try:
        record = read_any(file)
        earlier = read_report(since) if since else None
        if logframe is None:
            report = check_any(record, edition=edition)
        else:
            report = _check_with_logframe(record, logframe, sheet, edition)
    except errors.CannotRead as error:
        if form == "json" and output is None:
            emit(as_json.failure(error, Exit.NOT_READ), None)
        raise
    if earlier is not None:
        report = _compared(earlier, report)
    emit(REPORTERS[form](report), output)
    fell_away = fail_on_regression and report.fell_away
    return Exit.YES if report.met and not fell_away else Exit.NOT_MET


def _compared(earlier: Report, report: Report) -> Report:
    from mscos.changes import outcome_changes

    try:
        return report.model_copy(update={"since": outcome_changes(earlier, report)})
    except ValueError as error:
        raise click.UsageError(f"--since: {error}.") from None


def _needs_since(fail_on_regression: bool, since: str | None) -> None:  # noqa: FBT001 - an option, passed on
    if fail_on_regression and since is None:
        raise click.UsageError("--fail-on-regression needs --since, the report to compare with.")


def _check_with_logframe(record: AnyRecord, logframe: str, sheet: str | None, edition: str | None) -> Report:
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.conformance import check_intervention
    from mscos.logframes import read_logframe_file
    from mscos.records.intervention import InterventionRecord

    if not isinstance(record, InterventionRecord):
        raise click.UsageError("--logframe belongs to the record of an intervention; this one is of an evaluation.")
    taxonomy = load_taxonomy(record.edition or edition or latest_edition())
    return check_intervention(record, edition=edition, logframe=read_logframe_file(logframe, taxonomy, sheet=sheet))


@commands.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--since", type=click.Path(), help="Say what changed since this report on the portfolio, in JSON.")
@_regression_option
@edition_option
@outputs("text", "json")
def portfolio(  # noqa: PLR0913 - each is an option
    *,
    paths: tuple[str, ...],
    since: str | None,
    fail_on_regression: bool,
    edition: str | None,
    form: str,
    output: str | None,
) -> int:
    """
    Say who in an area covers which core outcome, and how many evaluations report them.

    PATH is a record or an earlier report on one, a file with one of them on each line (NDJSON), or a folder of such.
    """
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.portfolios.changes import changes_since
    from mscos.portfolios.checking import check_portfolio
    from mscos.portfolios.made_earlier import read_portfolio_report
    from mscos.portfolios.members import read_members
    from mscos.reporters import of_portfolio

    _needs_since(fail_on_regression, since)
    for path in (*paths, *([since] if since else [])):
        keep_apart(path, output)
        keep_out_of(path, output)
    earlier = read_portfolio_report(since) if since else None
    taxonomy = load_taxonomy(edition or latest_edition())
    report = check_portfolio(while_reading(read_members(paths, taxonomy=taxonomy)), edition=edition)
    if earlier is not None:
        report = report.model_copy(update={"since": changes_since(earlier, report)})
    emit(of_portfolio.portfolio_text(report) if form == "text" else of_portfolio.portfolio_json(report), output)
    if not report.stamps.inputs:
        return Exit.NOT_READ
    fell_away = fail_on_regression and report.since is not None and bool(report.since.worse)
    return Exit.YES if report.met and not fell_away else Exit.NOT_MET


def while_reading(members: Iterator[_Member]) -> Iterator[_Member]:
    """Pass members on, and after two seconds say on a terminal how many there have been."""
    begun = shown = monotonic()
    number = 0
    for number, member in enumerate(members, start=1):
        yield member
        now = monotonic()
        if sys.stderr.isatty() and now - begun > PATIENCE and now - shown > _STEP:
            shown = now
            click.echo(f"\rmscos: {number:,} members read", err=True, nl=False)
    if shown > begun:
        click.echo(f"\rmscos: {number:,} members read", err=True)
