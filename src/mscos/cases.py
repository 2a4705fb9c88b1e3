"""The cases of ``conformance/``: what another implementation is given, and what it must find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from mscos._record import END, EditionName, Line, Many, Record
from mscos._shipped import shipped

RuleId = Annotated[str, Field(pattern=rf"^[A-Z]{{3}}-[0-9]{{2}}{END}")]
"""Identifier of a rule."""

FileName = Annotated[str, Field(max_length=100, pattern=rf"^[a-z0-9][a-z0-9._-]*{END}")]
"""Name of a file, in the folder of its case."""


class InputFile(Record):
    """A file of a case: either as JSON or as text."""

    name: FileName
    """Its name."""

    document: dict[str, JsonValue] | None = None
    """What it holds, for a file that is to be written as JSON."""

    text: str | None = None
    """What it holds, for any other file: UTF-8, to be written as it is."""


class CaseInput(Record):
    """What is judged."""

    kind: Literal["record", "data", "form"]
    """Whether it is a record alone, data, or a form before it is used."""

    main: FileName
    """The file that is judged."""

    codebooks: Many[FileName] = ()
    """What describes the data, the most trusted first."""

    record: FileName | None = None
    """The record that stands beside the data."""

    events: FileName | None = None
    """REDCap's file of the forms that belong to each event."""

    exclude: Many[Line] = ()
    """Headers of columns that are dropped before anything looks at them."""

    min_count: Annotated[int, Field(ge=5)] | None = None
    """From how many people on shares are shown; absent means 10."""

    files: Many[InputFile]
    """Every file that is named above."""


class Expected(Record):
    """What must be found.  No words are compared."""

    verdicts: dict[Literal["reported", "collected", "addressed", "can_report"], Literal["met", "not_met", "not_given"]]
    """The answer of each verdict; none where the input is refused."""

    statuses: dict[str, Line]
    """The status of each core outcome; none where the input is refused."""

    found: Many[RuleId]
    """Rules that must be named."""

    not_found: Many[RuleId]
    """Rules that must not be named.  Of the others nothing is said."""


class Case(Record):
    """One thing to judge, and what must be found."""

    id: Annotated[str, Field(pattern=rf"^[A-Za-z0-9-]+/[a-z-]+{END}")]
    """Identifier: the rule that the case is about, or ``documents``, and a name."""

    description: Line
    """What is special about it, in one sentence."""

    input: CaseInput
    """What is judged."""

    expected: Expected
    """What must be found."""


class CaseFile(Record):
    """A file of cases."""

    kind: Literal["conformance"]
    """What sort of file this is."""

    schema_version: Literal["1"] = "1"
    """Major version of the schema."""

    edition: EditionName
    """Edition of the taxonomy by which the cases are judged."""

    cases: Many[Case]
    """The cases."""


def load_cases(*patterns: str) -> tuple[Case, ...]:
    """
    Load the cases that the project ships.

    Args:
        patterns: Which ones, by identifier; ``*`` stands for anything.  Without one, all of them.
    """
    return tuple(
        case
        for case in _all_cases()
        if not patterns or any(fnmatchcase(case.id.lower(), pattern.lower()) for pattern in patterns)
    )


def _all_cases() -> Iterator[Case]:
    for path in sorted((shipped("conformance") / "cases").glob("*.json")):
        yield from CaseFile.model_validate_json(path.read_bytes()).cases


def write_files(case: Case, folder: Path) -> tuple[str, ...]:
    """
    Write the files of a case.

    Args:
        case: The case.
        folder: Where to.

    Returns:
        The arguments with which they are judged: options first, and the file that is judged last.
    """
    for file in case.input.files:
        text = file.text if file.text is not None else json.dumps(file.document, ensure_ascii=False, indent=1)
        (folder / file.name).write_text(text, encoding="utf-8", newline="")
    return tuple(_arguments(case.input, folder))


def _arguments(given: CaseInput, folder: Path) -> Iterator[str]:
    if given.kind == "form":
        yield "--design"
    named = [("--codebook", name) for name in given.codebooks]
    named += [("--record", given.record)] if given.record else []
    named += [("--events", given.events)] if given.events else []
    for option, name in named:
        yield from (option, str(folder / name))
    for header in given.exclude:
        yield from ("--exclude", header)
    if given.min_count is not None:
        yield from ("--min-count", str(given.min_count))
    yield str(folder / given.main)
