"""Where the output of a command goes, and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from mscos.errors import STANDARD_INPUT, shown

FORMS = ("text", "json")
"""Forms of everything but a report, which has `REPORTERS`."""

Command = Callable[..., int]


def outputs(*forms: str) -> Callable[[Command], Command]:
    """Add the options that say where the output goes, and in which form."""
    form = click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(forms),
        default="text",
        show_default=True,
        help="Form of the output.",
    )
    output = click.option("--output", type=click.Path(), help="Write to this file instead of the screen.")
    return lambda command: form(output(command))


edition_option = click.option("--edition", help="Edition of the taxonomy, such as 2023.1.")


regression_option = click.option(
    "--fail-on-regression", is_flag=True, help="Status 1 if something fell away since then."
)


def needs_since(fail_on_regression: bool, since: str | None) -> None:  # noqa: FBT001 - an option, passed on
    """Refuse to look for what fell away where there is nothing to compare with."""
    if fail_on_regression and since is None:
        raise click.UsageError("--fail-on-regression needs --since, the report to compare with.")


def keep_apart(file: str, output: str | None) -> None:
    """Refuse to write the report over a file that it is about."""
    if output is not None and file != STANDARD_INPUT and _is_same_file(file, output):
        raise click.UsageError("the output names a file that is read; choose another one.")


def keep_out_of(folder: str, output: str | None) -> None:
    """Refuse to write the output into a folder whose files are read: it could replace one, or be read the next time."""
    if output is None:
        return
    try:
        inside = Path(folder).is_dir() and Path(output).resolve().is_relative_to(Path(folder).resolve())
    except (OSError, ValueError):  # reading or writing will say so
        return
    if inside:
        raise click.UsageError("the output is inside a folder that is read; choose another place.")


def _is_same_file(file: str, output: str) -> bool:
    try:
        return Path(output).samefile(file)
    except (OSError, ValueError):  # one of them is not there, or cannot be: reading or writing will say so
        return False


def emit(content: str | bytes, output: str | None) -> None:
    """Write to the screen, or to a file that is there whole or not at all.  A terminal gets no bytes."""
    if output is None and isinstance(content, bytes) and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("this format is for a file and not for a screen; name one with --output.")
    try:
        if output is None:
            click.echo(content, nl=False)
            if sys.stdout is not None:
                sys.stdout.flush()
        else:
            _replace(Path(output), content if isinstance(content, bytes) else content.encode())
    except BrokenPipeError:  # the reader, such as head, has seen enough
        _let_go_of_screen()
    except OSError as error:
        if output is None:
            _let_go_of_screen()
        where = "the output" if output is None else f"to {shown(output)}"
        why = f": {error.strerror}" if error.strerror else ""
        raise click.UsageError(f"cannot write {where}{why}.") from None


def _let_go_of_screen() -> None:
    """Send what is still buffered nowhere: Python would try to write it when it ends, and end with another status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe is written to as it is
        path.write_bytes(content)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
