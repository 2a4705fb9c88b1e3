"""The command that judges one evaluation or intervention: its status is the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscos import errors
from mscos.cli.choosing import chosen_edition, pinned_edition_options
from mscos.cli.clock import now, timestamp_option
from mscos.cli.exits import Exit
from mscos.cli.formats import Wanted, all_wanted, keep_all_apart, report_outputs, write_all
from mscos.cli.group import commands
from mscos.cli.output import emit, needs_since, regression_option
from mscos.reporters import FAILURES, FOR_PIPELINES, REPORTERS

if TYPE_CHECKING:
    from mscos.failures import Failure
    from mscos.intake import Prepared
    from mscos.pins import AnyEdition
    from mscos.records.reading import AnyRecord
    from mscos.report import Report

TABLES = {
    ".csv",
    ".dta",
    ".jsonl",
    ".ndjson",
    ".ods",
    ".parquet",
    ".sav",
    ".tab",
    ".tsv",
    ".xls",
    ".xlsm",
    ".xlsx",
    ".zsav",
}
"""Endings of files that hold data and no record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of the command that say what is judged, and how."""

    file: str
    record: str | None
    codebooks: tuple[str, ...]
    exclude: tuple[str, ...]
    events: str | None
    min_count: int
    expect: str | None
    logframe: str | None
    sheet: str | None
    resource: str | None
    edition: AnyEdition | None
    taxonomy: str | None
    pin: str | None
    design: bool
    all_editions: bool

    @property
    def of_data(self) -> bool:
        """Whether the file holds data."""
        ending = Path(self.file).suffix.lower()
        return (
            bool(self.codebooks or self.record) or ending in TABLES or (ending == ".json" and _begins_a_list(self.file))
        )

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read."""
        return (self.file, *self.beside)

    @property
    def beside(self) -> tuple[str, ...]:
        """Every file that is read beside the first."""
        return tuple(filter(None, (self.record, *self.codebooks, self.events, self.logframe)))

    @property
    def named(self) -> tuple[str, ...]:
        """Every file whose name may be shown: that of data can be a person's."""
        return self.beside if self.of_data else self.files


def _begins_a_list(path: str) -> bool:
    """Tell rows in JSON, which are a list, from a record."""
    try:
        with Path(path).open("rb") as file:
            return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    except OSError:  # reading it will say so
        return False


@commands.command()
@click.argument("file", type=click.Path())
@click.option("--codebook", "codebooks", multiple=True, type=click.Path(), help="What describes the data; repeatable.")
@click.option("--record", type=click.Path(), help="The evaluation's record, beside its data.")
@click.option("--exclude", multiple=True, metavar="HEADER", help="Leave this column out unread; repeatable.")
@click.option("--design", is_flag=True, help="FILE is a form or codebook: could it report all? Nothing is asked yet.")
@click.option("--events", type=click.Path(), help="REDCap's file of the forms that belong to each event.")
@click.option("--min-count", default=10, show_default=True, type=click.IntRange(min=5), help="Shares from N people on.")
@click.option("--expect", type=click.Choice(("collected", "reported")), help="The verdict that decides the status.")
@click.option("--logframe", type=click.Path(), help="Judge an intervention with this logframe, CSV or XLSX.")
@click.option("--sheet", help="Sheet of a workbook: that of the data, or of the logframe.")
@click.option("--resource", help="Resource of a data package that describes the data.")
@click.option("--all-editions", is_flag=True, help="Say by which editions a record meets the set, and nothing else.")
@click.option("--since", type=click.Path(), help="Say what changed since this report on the record, in JSON.")
@regression_option
@pinned_edition_options
@timestamp_option
@report_outputs(REPORTERS)
def check(
    *,
    since: str | None,
    fail_on_regression: bool,
    timestamp: bool,
    formats: tuple[Wanted, ...],
    output: str | None,
    **options: object,
) -> int:
    """
    Say which core outcomes an evaluation reports, or its data hold, and which are left out.

    FILE is the record of an evaluation or of an intervention, in JSON or TOML, or - for standard input.
    Or it holds data: CSV, XLSX, ODS, Parquet, JSON, SPSS or Stata, with --codebook unless it is in the canonical
    layout. No cell of it is ever shown.

    Where every format has a file, the screen shows the sentence alone.
    """
    asked = Asked(**options)  # type: ignore[arg-type] # click checked them
    needs_since(fail_on_regression, since)
    wanted = all_wanted(formats, output)
    keep_all_apart(filter(None, (*asked.files, since, asked.taxonomy, asked.pin)), wanted)
    made_at = now() if timestamp else None
    try:
        if asked.all_editions:
            return _of_every_edition(asked, since, wanted)
        earlier = _earlier(since)
        asked = replace(asked, edition=chosen_edition(options["edition"], asked.taxonomy, asked.pin))  # type: ignore[arg-type]
        report = _expected(_report(asked), asked.expect)
    except (errors.CannotRead, errors.HoldsIdentifiers) as error:
        from mscos.failures import failure_of

        _say_why(failure_of(error, (*asked.named, *([since] if since else []))), wanted)
        raise
    if earlier is not None:
        report = _compared(earlier, report)
    report = report.model_copy(update={"stamps": report.stamps.model_copy(update={"made_at": made_at})})
    write_all(report, None if output else report.headline, wanted, REPORTERS)
    fell_away = fail_on_regression and report.fell_away
    return Exit.YES if report.met and not fell_away else Exit.NOT_MET


def _say_why(failure: Failure, wanted: tuple[Wanted, ...]) -> None:
    """Say why nothing was judged to a program that asked, and to a pipeline in its file; no other file is touched."""
    for each in wanted:
        if each.form in FAILURES and (each.file is None or each.form in FOR_PIPELINES):
            emit(FAILURES[each.form](failure), each.file)


def _of_every_edition(asked: Asked, since: str | None, wanted: tuple[Wanted, ...]) -> int:
    from mscos.cli.across import answer_of_every_edition

    other = (since, asked.edition, asked.pin, asked.expect, asked.design or None, *asked.exclude)
    if asked.of_data or len(asked.files) > 1 or any(other):
        raise click.UsageError("--all-editions judges one record by itself; leave the other options out.")
    return answer_of_every_edition(asked.file, asked.taxonomy, wanted)


def _earlier(since: str | None) -> Report | None:
    if since is None:
        return None
    from mscos.portfolios.made_earlier import read_report

    return read_report(since)


def _report(asked: Asked) -> Report:
    if asked.design:
        return _of_design(asked)
    return _of_data(asked) if asked.of_data else _of_record(asked)


def _of_design(asked: Asked) -> Report:
    from mscos.codebooks.reading import read_codebook
    from mscos.conformance import check_design

    if len(asked.files) > 1 or asked.exclude:
        raise click.UsageError("--design judges a form or codebook alone; leave the other files out.")
    codebook = read_codebook(asked.file, sheet=asked.sheet, resource=asked.resource)
    return check_design(codebook, edition=asked.edition)


def _of_record(asked: Asked) -> Report:
    from mscos.conformance import check_any, read_by
    from mscos.records.reading import read_any

    if asked.exclude or asked.events is not None:
        raise click.UsageError("--exclude and --events belong to data; give the data file, and --codebook.")
    if asked.sheet is not None and asked.logframe is None:
        raise click.UsageError("--sheet belongs to --logframe or to data; give one of them.")
    record = read_by(read_any, asked.file, asked.edition)
    if asked.logframe is None:
        return check_any(record, edition=asked.edition)
    return _with_logframe(record, asked)


def _of_data(asked: Asked) -> Report:
    from mscos.conformance import check_prepared, read_by
    from mscos.records.reading import read_record

    if asked.logframe is not None:
        raise click.UsageError("--logframe belongs to the record of an intervention, not to data.")
    record = read_by(read_record, asked.record, asked.edition) if asked.record is not None else None
    return check_prepared(_prepared(asked), record, edition=asked.edition, min_count=asked.min_count)


def _prepared(asked: Asked) -> Prepared:
    from mscos.intake import prepared

    return prepared(
        asked.file,
        asked.codebooks,
        exclude=asked.exclude,
        events=asked.events,
        sheet=asked.sheet,
        resource=asked.resource,
    )


def _expected(report: Report, name: str | None) -> Report:
    if name is None:
        return report
    try:
        return report.expecting(name)  # type: ignore[arg-type] # click checked it
    except LookupError:
        what = "data" if name == "collected" else "an evaluation record"
        raise click.UsageError(f"--expect {name} needs {what}.") from None


def _compared(earlier: Report, report: Report) -> Report:
    from mscos.changes import outcome_changes

    try:
        return report.model_copy(update={"since": outcome_changes(earlier, report)})
    except ValueError as error:
        raise click.UsageError(f"--since: {error}.") from None


def _with_logframe(record: AnyRecord, asked: Asked) -> Report:
    from mscos.conformance import check_intervention
    from mscos.logframes import read_logframe_file
    from mscos.pins import chosen_taxonomy
    from mscos.records.intervention import InterventionRecord

    if not isinstance(record, InterventionRecord):
        raise click.UsageError("--logframe belongs to the record of an intervention; this one is of an evaluation.")
    named = record.edition if isinstance(asked.edition, str) else None
    taxonomy = chosen_taxonomy(named or asked.edition or record.edition)
    logframe = read_logframe_file(str(asked.logframe), taxonomy, sheet=asked.sheet)
    return check_intervention(record, edition=asked.edition, logframe=logframe)
