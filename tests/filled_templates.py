"""Templates, filled in with generated answers as the program that each is for would hand them back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mscos.templates.listed import TEMPLATES
from mscos.templates.plan import Plan

PEOPLE = 12
TIMES = {"baseline": "0", "month-6": "6"}
"""Time points, and the codes that REDCap has for them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A data file, what describes it, and what `check` is asked besides."""

    data: Path
    codebook: Path | None = None
    sheet: str | None = None


def filled_workbook(plan: Plan, folder: Path) -> Filled:
    empty = TEMPLATES["xlsx"][".xlsx"](plan)[".xlsx"]
    rows = [
        [who, time, "yes", outcome.id, str(dice.randint(1, 5)), "", "self", "higher_better"]
        for who, time, dice in _visits()
        for outcome in plan.outcomes
    ]
    path = folder / "data.xlsx"
    path.write_bytes(with_rows(empty, rows))
    return Filled(path, sheet="data")


def filled_xlsform(plan: Plan, folder: Path) -> Filled:
    form = folder / "form.xlsx"
    form.write_bytes(TEMPLATES["xlsform"][".xlsx"](plan)[".xlsx"])
    return Filled(_kobo_export(plan, folder), form)


def filled_xlsform_csv(plan: Plan, folder: Path) -> Filled:
    form = folder / "form.csv"
    form.write_bytes(TEMPLATES["xlsform"][".csv"](plan)[".csv"])
    return Filled(_kobo_export(plan, folder), form)


def filled_redcap(plan: Plan, folder: Path) -> Filled:
    dictionary = folder / "dictionary.csv"
    dictionary.write_bytes(TEMPLATES["redcap"][".csv"](plan)[".csv"])
    fields = [row["Variable / Field Name"] for row in csv.DictReader(io.StringIO(dictionary.read_text("utf-8")))]
    added = ["redcap_event_name", "mscos_outcomes_complete"]
    rows = (
        [who, TIMES[time], "1", *_answers(plan, dice), f"visit_{TIMES[time]}_arm_1", "2"]
        for who, time, dice in _visits()
    )
    return Filled(_csv(folder, [*fields, *added], rows), dictionary)


def filled_table(plan: Plan, folder: Path) -> Filled:
    files = TEMPLATES["csv"][".csv"](plan)
    schema = folder / "data.schema.json"
    schema.write_bytes(files[".schema.json"])
    header = files[".csv"].decode().strip().split(",")
    rows = ([who, time, "yes", *_answers(plan, dice)] for who, time, dice in _visits())
    return Filled(_csv(folder, header, rows), schema)


FILLED: dict[str, Callable[[Plan, Path], Filled]] = {
    "xlsx": filled_workbook,
    "xlsform": filled_xlsform,
    "xlsform as csv": filled_xlsform_csv,
    "redcap": filled_redcap,
    "csv": filled_table,
}


def filled_record(text: str) -> str:
    """Fill in the blanks of a record in TOML: each as its field needs it."""
    words = {
        "record_id": "riverside-2025",
        "match": "specific",
        "direction": "higher_better",
        "reported_by": "self",
        "how": "directly",
    }
    return re.sub(
        r'^(\w+) = ""$',
        lambda blank: f'{blank[1]} = "{words.get(blank[1], "said in words")}"',
        text,
        flags=re.MULTILINE,
    )


def with_rows(workbook: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """Type rows into the sheet of the data, below its headers."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                typed = "".join(_row(number, cells) for number, cells in enumerate(rows, 2))
                content = content.replace(b"</sheetData>", f"{typed}</sheetData>".encode())
            new.writestr(name, content)
    return written.getvalue()


def _row(number: int, cells: Sequence[str]) -> str:
    typed = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{typed}</row>'


def _visits() -> Iterator[tuple[str, str, Random]]:
    for number in range(1, PEOPLE + 1):
        for time in TIMES:
            yield f"{number:03}", time, Random(f"{number} {time}")  # noqa: S311 - made-up answers


def _answers(plan: Plan, dice: Random) -> Iterator[str]:
    for question in plan.questions:
        low, high = (1, 5) if question.low is None or question.high is None else (question.low, question.high)
        yield str(dice.randint(int(low), int(high)))


def _kobo_export(plan: Plan, folder: Path) -> Path:
    """Export as Kobo does: the group stands before the name, and the server adds columns of its own."""
    asked = [f"{each.name}_group/{each.name}" for each in plan.questions]
    rows = (
        [who, time, "yes", *_answers(plan, dice), str(number)] for number, (who, time, dice) in enumerate(_visits())
    )
    return _csv(folder, ["participant", "timepoint", "adult", *asked, "_id"], rows)


def _csv(folder: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    path = folder / "data.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
