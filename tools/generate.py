"""
Write every generated file of the project, or check that each is up to date.

    python tools/generate.py            write
    python tools/generate.py --check    change nothing; status 1 and the names of the files that are stale
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import case_list
import conformance_files
import crosswalk_pages
import data_pages
import edition_schemas
import interface_pages
import reference_pages
import rule_list
import schema_files
from mscos import editions

ROOT = Path(__file__).parent.parent

FOLDERS = ("schemas", "docs/reference", "conformance/cases")
"""Folders in which every file is generated, so that one that nothing writes any more is stale too."""


def generated() -> dict[str, Callable[[], str]]:
    """Map the path of every generated file to the function that gives its text."""
    files: dict[str, Callable[[], str]] = {
        "schemas/1/taxonomy.schema.json": schema_files.taxonomy,
        "schemas/1/edition-answers.schema.json": schema_files.edition_answers,
        "schemas/1/edition-diff.schema.json": schema_files.edition_diff,
        "schemas/1/report.schema.json": schema_files.report,
        "schemas/1/failure.schema.json": schema_files.failure,
        "schemas/1/portfolio-report.schema.json": schema_files.portfolio_report,
        "schemas/1/verification.schema.json": schema_files.verification,
        "schemas/1/conformance.schema.json": schema_files.conformance,
        "src/mscos/_core_outcome_id.py": schema_files.core_outcome_id,
        "src/mscos/data/rule-cases.json": case_list.case_list,
        "src/mscos/data/rules.json": rule_list.rule_list,
        "docs/reference/README.md": reference_pages.index,
        "docs/reference/command-line.md": interface_pages.command_line,
        "docs/reference/evaluation-record.md": reference_pages.evaluation_record,
        "docs/reference/intervention-record.md": reference_pages.intervention_record,
        "docs/reference/instruments.md": reference_pages.instruments,
        "docs/reference/omission-reasons.md": reference_pages.omission_reasons,
        "docs/reference/deficit-words.md": reference_pages.deficit_words,
        "docs/reference/identifiers.md": data_pages.identifiers,
        "docs/reference/missing-codes.md": data_pages.missing_codes,
        "docs/reference/crosswalks.md": crosswalk_pages.crosswalks,
        "docs/reference/system-barriers.md": crosswalk_pages.system_barriers,
        "docs/reference/stages.md": crosswalk_pages.stages,
        "docs/reference/exit-statuses.md": interface_pages.exit_statuses,
        "docs/reference/python.md": interface_pages.python_interface,
        "docs/reference/rules/README.md": reference_pages.rules,
    }
    for edition in editions():
        for name, write in edition_schemas.of_edition(edition).items():
            files[f"schemas/1/{edition}/{name}.schema.json"] = write
        files[f"schemas/1/{edition}/dataset.tableschema.json"] = partial(edition_schemas.table_schema, edition)
        files[f"docs/reference/outcomes-{edition}.md"] = reference_pages.outcomes_of(edition)
    published = {path: write for path, write in files.items() if path.startswith("schemas/")}
    files["docs/reference/schemas.md"] = partial(interface_pages.schema_list, published)
    for identifier, write in reference_pages.rule_pages().items():
        files[f"docs/reference/rules/{identifier}.md"] = write
    return files | conformance_files.case_files()


def stale() -> dict[Path, str | None]:
    """Map each file that is not as it should be to its text; None for a file that should not be there."""
    wanted = {ROOT / name: write() for name, write in generated().items()}
    there = {file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file()}
    left_over: dict[Path, str | None] = dict.fromkeys(sorted(there - set(wanted)))
    return left_over | {
        path: text for path, text in wanted.items() if not path.is_file() or path.read_bytes() != text.encode()
    }


def main(arguments: list[str]) -> int:
    """Write or check, as the arguments say."""
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    wrong = stale()
    for path, text in wrong.items():
        name = path.relative_to(ROOT).as_posix()
        if arguments:
            print(f"stale: {name}")
        elif text is None:
            path.unlink()
            print(f"removed: {name}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            print(f"wrote: {name}")
    return 1 if wrong and arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
