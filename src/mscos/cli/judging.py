"""The command that judges a portfolio."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import monotonic
from typing import TypeVar

import click

from mscos.cli.choosing import chosen_edition, pinned_edition_options
from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import emit, keep_apart, keep_out_of, needs_since, outputs, regression_option

_Member = TypeVar("_Member")

PATIENCE = 2.0
"""Seconds for which nothing is said of progress."""

_STEP = 0.2
"""Seconds between two words on progress."""


@commands.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--since", type=click.Path(), help="Say what changed since this report on the portfolio, in JSON.")
@regression_option
@pinned_edition_options
@outputs("text", "json")
def portfolio(  # noqa: PLR0913 - each is an option
    *,
    paths: tuple[str, ...],
    since: str | None,
    fail_on_regression: bool,
    edition: str | None,
    taxonomy: str | None,
    pin: str | None,
    form: str,
    output: str | None,
) -> int:
    """
    Say who in an area covers which core outcome, and how many evaluations report them.

    PATH is a record or an earlier report on one, a file with one of them on each line (NDJSON), or a folder of such.
    """
    from mscos.pins import chosen_taxonomy
    from mscos.portfolios.changes import changes_since
    from mscos.portfolios.checking import check_portfolio
    from mscos.portfolios.made_earlier import read_portfolio_report
    from mscos.portfolios.members import read_members
    from mscos.reporters import of_portfolio

    needs_since(fail_on_regression, since)
    for path in filter(None, (*paths, since, taxonomy, pin)):
        keep_apart(path, output)
        keep_out_of(path, output)
    earlier = read_portfolio_report(since) if since else None
    chosen = chosen_edition(edition, taxonomy, pin)
    members = read_members(paths, taxonomy=chosen_taxonomy(chosen))
    report = check_portfolio(while_reading(members), edition=chosen)
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
