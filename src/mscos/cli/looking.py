"""Commands that look things up: they judge nothing."""

from __future__ import annotations

from typing import get_args

import click

from mscos.cli.choosing import edition_options, named_taxonomy
from mscos.cli.exits import Exit
from mscos.cli.group import commands
from mscos.cli.output import FORMS, edition_option, emit, outputs
from mscos.codelists import ImsaArea


@commands.command()
@click.argument("outcome", required=False)
@edition_options
@outputs(*FORMS)
def show(outcome: str | None, edition: str | None, taxonomy: str | None, form: str, output: str | None) -> int:
    """
    Show the outcomes of an edition, or one of them.

    OUTCOME is an identifier, a label or a published alias.
    """
    from mscos.reporters import of_taxonomy

    chosen = named_taxonomy(edition, taxonomy)
    if outcome is None:
        text, shown = of_taxonomy.all_outcomes_text(chosen), chosen.outcomes
    else:
        one = chosen.find(outcome)
        text, shown = of_taxonomy.one_outcome_text(chosen, one), (one,)
    emit(text if form == "text" else of_taxonomy.outcomes_json(chosen, shown), output)
    return Exit.YES


@commands.command()
@click.argument("words", nargs=-1, required=True)
@edition_options
@outputs(*FORMS)
def search(words: tuple[str, ...], edition: str | None, taxonomy: str | None, form: str, output: str | None) -> int:
    """
    Search the outcomes of an edition.

    Finds outcomes with all WORDS in their label, aliases or definition; if there is none, those called
    something near.
    """
    from mscos.reporters import of_taxonomy

    chosen = named_taxonomy(edition, taxonomy)
    found = chosen.search(" ".join(words))
    if not found:
        found = chosen.suggest(" ".join(words))
        if found:
            click.echo("mscos: no outcome has these words; these are near:", err=True)
        else:
            click.echo("mscos: no outcome has these words, and none is near", err=True)
    emit(
        of_taxonomy.found_text(found) if form == "text" else of_taxonomy.outcomes_json(chosen, found),
        output,
    )
    return Exit.YES


@commands.command()
@outputs(*FORMS)
def editions(form: str, output: str | None) -> int:
    """List the packaged editions of the taxonomy with their fingerprints."""
    from mscos import _editions
    from mscos.reporters import of_taxonomy

    fingerprints = {name: _editions.load_taxonomy(name).fingerprint for name in _editions.editions()}
    write = of_taxonomy.editions_text if form == "text" else of_taxonomy.editions_json
    emit(write(fingerprints, _editions.latest_edition()), output)
    return Exit.YES


@commands.command()
@click.argument("name", required=False)
@edition_option
@outputs(*FORMS)
def schema(name: str | None, edition: str | None, form: str, output: str | None) -> int:
    """
    List the published JSON Schemas, or print one of them.

    NAME is a name from the list; a schema is JSON in either form.
    """
    from mscos import schemas
    from mscos.reporters import of_taxonomy

    if name is not None:
        emit(schemas.read_schema_text(name, edition=edition), output)
    else:
        write = of_taxonomy.names_text if form == "text" else of_taxonomy.names_json
        emit(write(schemas.names()), output)
    return Exit.YES


@commands.command()
@outputs(*FORMS)
def rules(form: str, output: str | None) -> int:
    """List the rules."""
    from mscos.reporters.of_rules import rules_json, rules_text
    from mscos.rules import RULES

    emit(rules_text(RULES) if form == "text" else rules_json(RULES), output)
    return Exit.YES


@commands.command()
@click.argument("rule")
@outputs(*FORMS)
def explain(rule: str, form: str, output: str | None) -> int:
    """Explain RULE, such as COV-01: why it matters and how to mend what it finds."""
    from mscos.reporters.of_rules import rule_text, rules_json
    from mscos.rules import find_rule

    found = find_rule(rule)
    emit(rule_text(found) if form == "text" else rules_json((found,)), output)
    return Exit.YES


@commands.command()
@click.argument("name", type=click.Choice(("imsa", "dodd")), default="imsa")
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="ID",
    type=click.Choice(get_args(ImsaArea)),
    help="For imsa: only this key area, by its identifier. Can be given more than once.",
)
@outputs(*FORMS)
def crosswalk(name: str, areas: tuple[str, ...], form: str, output: str | None) -> int:
    """
    Show how another framework relates to the core outcomes. This is the project's own inference.

    NAME is imsa, the key areas of independent modern slavery advocates (the default), or dodd, the outcome
    taxonomy by Dodd and others.
    """
    from mscos import crosswalks
    from mscos._editions import latest_edition, load_taxonomy
    from mscos.reporters import of_crosswalks

    taxonomy = load_taxonomy(latest_edition())
    if name == "imsa":
        imsa = crosswalks.load_imsa().only(areas or get_args(ImsaArea))
        written = (of_crosswalks.imsa_text if form == "text" else of_crosswalks.imsa_json)(imsa, taxonomy)
    elif areas:
        raise click.UsageError("--area belongs to imsa; leave it out here.")
    else:
        dodd = crosswalks.load_dodd()
        written = (of_crosswalks.dodd_text if form == "text" else of_crosswalks.dodd_json)(dodd, taxonomy)
    emit(written, output)
    return Exit.YES
