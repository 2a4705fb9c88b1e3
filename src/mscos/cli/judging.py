"""The command that judges a portfolio."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import monotonic
from typing import TypeVar

import click

from mscos.cli.choosing import chosen_edition, pinned_edition_options
from mscos.cli.clock import now, timestamp_option
from mscos.cli.exits import Exit
from mscos.cli.formats import Wanted, all_wanted, keep_all_apart, keep_all_out_of, report_outputs, write_all
from mscos.cli.group import commands
from mscos.cli.output import needs_since, regression_option
from mscos.reporters import PORTFOLIO_REPORTERS

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
@timestamp_option
@report_outputs(PORTFOLIO_REPORTERS)
def portfolio(  # noqa: PLR0913 - each is an option
    *,
    paths: tuple[str, ...],
    since: str | None,
    fail_on_regression: bool,
    edition: str | None,
    timestamp: bool,
    formats: tuple[Wanted, ...],
    taxonomy: str | None,
    pin: str | None,
    output: str | None,
) -> int:
    """
    Say who in an area covers which core outcome, and how many evaluations report them.

    PATH is a record, or an earlier report on one. It can also be a file with one of them on each line (NDJSON), or
    a folder of such.
    """
    from mscos.pins import chosen_taxonomy
    from mscos.portfolios.changes import changes_since
    from mscos.portfolios.checking import check_portfolio
    from mscos.portfolios.made_earlier import read_portfolio_report
    from mscos.portfolios.members import read_members

    needs_since(fail_on_regression, since)
    wanted = all_wanted(formats, output)
    read = tuple(filter(None, (*paths, since, taxonomy, pin)))
    keep_all_apart(read, wanted)
    keep_all_out_of(read, wanted)
    made_at = now() if timestamp else None
    earlier = read_portfolio_report(since) if since else None
    chosen = chosen_edition(edition, taxonomy, pin)
    members = read_members(paths, taxonomy=chosen_taxonomy(chosen))
    report = check_portfolio(while_reading(members), edition=chosen)
    if earlier is not None:
        report = report.model_copy(update={"since": changes_since(earlier, report)})
    report = report.model_copy(update={"stamps": report.stamps.model_copy(update={"made_at": made_at})})
    write_all(report, None if output else report.headline, wanted, PORTFOLIO_REPORTERS)
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
