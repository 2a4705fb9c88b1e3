"""The option that names the formats of a report, each with the file that it goes to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from mscos._printable import printable
from mscos.cli.colour import on_screen
from mscos.cli.output import Command, emit, keep_apart, keep_out_of

_Report = TypeVar("_Report")


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    A format that was asked for.

    Attributes:
        form: Its name.
        file: The file that it goes to; None for the screen.
    """

    form: str
    file: str | None = None


class FormatAndFile(click.ParamType[Wanted]):
    """The name of a format; after a colon, the file that it goes to."""

    name = "FORMAT[:FILE]"

    def __init__(self, forms: Sequence[str]) -> None:
        self.forms = forms

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Wanted:
        """Take a name and a file apart."""
        if isinstance(value, Wanted):
            return value
        form, colon, file = str(value).partition(":")
        if form not in self.forms:
            self.fail(f"there is no format {printable(repr(form))}; there are: {', '.join(self.forms)}.", param, ctx)
        if colon and not file:
            self.fail("name a file after the colon, or leave the colon out.", param, ctx)
        return Wanted(form, file or None)


def report_outputs(reporters: Mapping[str, object]) -> Callable[[Command], Command]:
    """Add the options that say in which formats a report is written, and where to."""
    forms = tuple(reporters)
    form = click.option(
        "-f",
        "--format",
        "formats",
        multiple=True,
        type=FormatAndFile(forms),
        help=f"Format, and a file for it; repeatable. One of: {', '.join(forms)}.  [default: text]",
    )
    output = click.option("--output", type=click.Path(), help="Write to this file instead of the screen.")
    return lambda command: form(output(command))


def all_wanted(formats: Sequence[Wanted], output: str | None) -> tuple[Wanted, ...]:
    """
    Say which format goes where: at most one to the screen, and none to the file of another.

    Args:
        formats: What was asked for; none stands for text.
        output: The file for the one format that names none.
    """
    formats = formats or (Wanted("text"),)
    unnamed = [wanted.form for wanted in formats if wanted.file is None]
    if len(unnamed) > 1:
        raise click.UsageError(
            f"only one format can go to the screen; name a file for the others, such as {unnamed[1]}:FILE."
        )
    if output is not None and not unnamed:
        raise click.UsageError("every format names its file, so there is nothing for --output; leave it out.")
    found = tuple(Wanted(wanted.form, wanted.file or output) for wanted in formats)
    files = [os.path.realpath(wanted.file) for wanted in found if wanted.file is not None]
    if len(set(files)) < len(files):
        raise click.UsageError("two formats go to the same file; name another one for one of them.")
    return found


def keep_all_apart(read: Iterable[str], wanted: Iterable[Wanted]) -> None:
    """Refuse to write over a file that is read."""
    files = [each.file for each in wanted]
    for path in read:
        for file in files:
            keep_apart(path, file)


def keep_all_out_of(read: Iterable[str], wanted: Iterable[Wanted]) -> None:
    """Refuse to write into a folder that is read."""
    files = [each.file for each in wanted]
    for path in read:
        for file in files:
            keep_out_of(path, file)


def write_all(
    report: _Report,
    sentence: str | None,
    wanted: Sequence[Wanted],
    reporters: Mapping[str, Callable[[_Report], str | bytes]],
) -> None:
    """
    Write a report in every format that was asked for: all of them, or none.

    Args:
        report: The report.
        sentence: What the screen shows where every format goes to a file; None for nothing.
        wanted: The formats, each with its file.
        reporters: Every format there is.
    """
    written = [(reporters[each.form](report), each) for each in wanted]
    for content, each in written:
        if each.file is not None:
            emit(content, each.file)
    to_screen = [_coloured(content, each.form) for content, each in written if each.file is None]
    if to_screen or sentence:
        emit(to_screen[0] if to_screen else f"{sentence}\n", None)


def _coloured(content: str | bytes, form: str) -> str | bytes:
    return on_screen(content) if form == "text" and isinstance(content, str) else content
