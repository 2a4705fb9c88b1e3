"""
The command line: parses, calls, prints and exits.

Exit status, for every command: 0 the answer is yes, or a command that judges nothing did its work; 1 not met,
or no verdict could be given; 2 wrong usage; 3 the input could not be read; 4 refused for safety; 5 our own fault.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from mscos import errors
from mscos._version import __version__
from mscos.reporters import REPORTERS

YES, NOT_MET, WRONG_USAGE, NOT_READ, REFUSED, OUR_FAULT = range(6)
INTERRUPTED = 130
"""As shells report a command that was stopped with Ctrl-C."""

_SORRY = (
    f"mscos: sorry, this is our own fault and nothing was judged (mscos {__version__}). Please report it with the "
    "command you ran, but without your file. With MSCOS_DEBUG=1 you see where it happened; that may quote your file."
)

FORMS = ("text", "json")
"""Forms of everything but a report, which has `REPORTERS`."""

_Command = Callable[..., int]


def _outputs(*forms: str) -> Callable[[_Command], _Command]:
    """Add the options that say where the output goes, and in which form."""
    form = click.option(
        "--format", "form", type=click.Choice(forms), default="text", show_default=True, help="Form of the output."
    )
    output = click.option("--output", type=click.Path(), help="Write to this file instead of the screen.")
    return lambda command: form(output(command))


_edition_option = click.option("--edition", help="Edition of the taxonomy, such as 2023.1.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mscos")
def commands() -> None:
    """
    Which of the seven core outcomes of the Modern Slavery Core Outcome Set (MS-COS) does an evaluation report?

    Exit status: 0 yes, or done; 1 not met, or no verdict; 2 wrong usage; 3 the input could not be read;
    4 refused for safety; 5 our own fault.
    """


@commands.command()
@click.argument("file", type=click.Path())
@_edition_option
@_outputs(*REPORTERS)
def check(file: str, edition: str | None, form: str, output: str | None) -> int:
    """
    Say which core outcomes an evaluation record reports, and which it leaves out.

    FILE is the record, in JSON or TOML.
    """
    from mscos.conformance import check as judge
    from mscos.records.reading import read_record
    from mscos.reporters import as_json

    _keep_apart(file, output)
    try:
        report = judge(read_record(file), edition=edition)
    except errors.CannotRead as error:
        if form == "json" and output is None:
            _write(as_json.failure(error, NOT_READ), None)
        raise
    _write(REPORTERS[form](report), output)
    return YES if report.met else NOT_MET


@commands.command()
@click.argument("outcome", required=False)
@_edition_option
@_outputs(*FORMS)
def show(outcome: str | None, edition: str | None, form: str, output: str | None) -> int:
    """
    Show the outcomes of an edition, or one of them.

    OUTCOME is an identifier, a label or a published alias.
    """
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.reporters import of_taxonomy

    taxonomy = load_taxonomy(edition or latest_edition())
    if outcome is None:
        text, shown = of_taxonomy.all_outcomes_text(taxonomy), taxonomy.outcomes
    else:
        one = taxonomy.find(outcome)
        text, shown = of_taxonomy.one_outcome_text(taxonomy, one), (one,)
    _write(text if form == "text" else of_taxonomy.outcomes_json(taxonomy, shown), output)
    return YES


@commands.command()
@click.argument("words", nargs=-1, required=True)
@_edition_option
@_outputs(*FORMS)
def search(words: tuple[str, ...], edition: str | None, form: str, output: str | None) -> int:
    """
    Search the outcomes of an edition.

    Finds outcomes with all WORDS in their label, aliases or definition; if there is none, those called
    something near.
    """
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.reporters import of_taxonomy

    taxonomy = load_taxonomy(edition or latest_edition())
    found = taxonomy.search(" ".join(words))
    if not found:
        found = taxonomy.suggest(" ".join(words))
        if found:
            click.echo("mscos: no outcome has these words; these are near:", err=True)
        else:
            click.echo("mscos: no outcome has these words, and none is near", err=True)
    _write(
        of_taxonomy.found_text(found) if form == "text" else of_taxonomy.outcomes_json(taxonomy, found),
        output,
    )
    return YES


@commands.command()
@_outputs(*FORMS)
def editions(form: str, output: str | None) -> int:
    """List the packaged editions of the taxonomy with their fingerprints."""
    from mscos import _editions
    from mscos.reporters import of_taxonomy

    fingerprints = {name: _editions.load_taxonomy(name).fingerprint for name in _editions.editions()}
    write = of_taxonomy.editions_text if form == "text" else of_taxonomy.editions_json
    _write(write(fingerprints, _editions.latest_edition()), output)
    return YES


@commands.command()
@click.argument("name", required=False)
@_edition_option
@_outputs(*FORMS)
def schema(name: str | None, edition: str | None, form: str, output: str | None) -> int:
    """
    List the published JSON Schemas, or print one of them.

    NAME is a name from the list; a schema is JSON in either form.
    """
    from mscos import schemas
    from mscos.reporters import of_taxonomy

    if name is not None:
        _write(schemas.read_schema_text(name, edition=edition), output)
    else:
        write = of_taxonomy.names_text if form == "text" else of_taxonomy.names_json
        _write(write(schemas.names()), output)
    return YES


@commands.command()
@_outputs(*FORMS)
def rules(form: str, output: str | None) -> int:
    """List the rules."""
    from mscos.reporters.of_rules import rules_json, rules_text
    from mscos.rules import RULES

    _write(rules_text(RULES) if form == "text" else rules_json(RULES), output)
    return YES


@commands.command()
@click.argument("rule")
@_outputs(*FORMS)
def explain(rule: str, form: str, output: str | None) -> int:
    """Explain RULE, such as COV-01: why it matters and how to mend what it finds."""
    from mscos.reporters.of_rules import rule_text, rules_json
    from mscos.rules import find_rule

    found = find_rule(rule)
    _write(rule_text(found) if form == "text" else rules_json((found,)), output)
    return YES


def main() -> NoReturn:
    """Run the command line, and exit with the documented status."""
    for stream in (sys.stdout, sys.stderr):
        # A title may hold a letter that the terminal cannot show; that must not end the check.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_status())


def _status() -> int:
    try:
        status: Any = commands.main(prog_name="mscos", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except errors.CannotRead as error:
        return _say(error, NOT_READ)
    except errors.MscosError as error:
        return _say(error, WRONG_USAGE)
    except Exception:  # noqa: BLE001 - whatever it is, it is our fault and gets the documented status
        if os.environ.get("MSCOS_DEBUG") == "1":
            traceback.print_exc()
        click.echo(_SORRY, err=True)
        return OUR_FAULT
    return status if isinstance(status, int) else YES


def _say(error: errors.MscosError, status: int) -> int:
    from mscos.reporters.printable import printable

    click.echo("\n".join(printable(line) for line in f"mscos: {error}".splitlines()), err=True)
    return status


def _keep_apart(file: str, output: str | None) -> None:
    """Refuse to write the report over the file that it is about."""
    if output is not None and Path(output).exists() and Path(file).exists() and Path(output).samefile(file):
        raise click.UsageError("--output names the record itself; choose another file.")


def _write(text: str, output: str | None) -> None:
    """Write text to the screen or to a file; a file is there whole or not at all."""
    try:
        if output is None:
            click.echo(text, nl=False)
            sys.stdout.flush()
        else:
            _replace(Path(output), text)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise click.UsageError(f"cannot write to {output}: {error.strerror}.") from None


def _replace(path: Path, text: str) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe is written to as it is
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
