"""What `check --all-editions` does."""

from __future__ import annotations

import click

from mscos.cli.exits import Exit
from mscos.cli.output import FORMS, emit


def answer_of_every_edition(record: str, taxonomy: str | None, form: str, output: str | None) -> int:
    """Judge a record by every packaged edition, and by the one in a file if one is given."""
    from mscos.across import check_all_editions
    from mscos.edition_files import read_taxonomy
    from mscos.reporters.of_editions import answers_json, answers_text

    if form not in FORMS:
        raise click.UsageError(f"--all-editions writes one of: {', '.join(FORMS)}.")
    further = [read_taxonomy(taxonomy)] if taxonomy is not None else []
    answers = check_all_editions(record, further=further)
    emit(answers_text(answers) if form == "text" else answers_json(answers), output)
    return Exit.YES if answers.met else Exit.NOT_MET
