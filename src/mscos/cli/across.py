"""What `check --all-editions` does."""

from __future__ import annotations

from collections.abc import Sequence

import click

from mscos.cli.exits import Exit
from mscos.cli.formats import Wanted
from mscos.cli.output import FORMS, emit


def answer_of_every_edition(record: str, taxonomy: str | None, wanted: Sequence[Wanted]) -> int:
    """Judge a record by every packaged edition, and by the one in a file if one is given."""
    from mscos.across import check_all_editions
    from mscos.edition_files import read_taxonomy
    from mscos.reporters.of_editions import answers_json, answers_text

    if any(each.form not in FORMS for each in wanted):
        raise click.UsageError(f"--all-editions writes one of: {', '.join(FORMS)}.")
    further = [read_taxonomy(taxonomy)] if taxonomy is not None else []
    answers = check_all_editions(record, further=further)
    for each in wanted:
        emit(answers_text(answers) if each.form == "text" else answers_json(answers), each.file)
    return Exit.YES if answers.met else Exit.NOT_MET
