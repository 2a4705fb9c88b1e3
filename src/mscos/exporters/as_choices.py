"""
The outcomes as the choices of one question, for tools that collect data: XLSForm, REDCap, and a list of HXL tags.

The question asks what support worked towards.  That is an activity: no verdict counts it, whoever ticks it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from mscos._extras import needed
from mscos.exporters.as_table import COLUMNS, cells, csv_text
from mscos.exporters.chosen import Chosen
from mscos.exporters.statements import RIGHTS, about, one_line
from mscos.terms import Outcome

FIELD: Final = "mscos_outcomes"
"""The name of the question, and of the list of its choices."""

QUESTION: Final = "Which outcomes did this support work towards?"
"""The question, in this project's own words."""

HINT: Final = "This records what was done. It is no evidence that anything changed for a person."
"""What must be known of the answer."""

REDCAP: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
"""The headings of a REDCap dictionary, as the screen has them."""

_CHOICES: Final = ("list_name", "name", "label")
_BESIDE: Final = ("definition", "set", "domain_label", "domain_mark", "label_grade", "mark", "status", "successors")
_IN_HXL: Final = (*_BESIDE, "id", "label", "references", "reviewed_by_survivors", "edition")
_FORM_ID: Final = "mscos_outcomes"
_IN_SHEETS: Final = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})

_Rows = Sequence[Sequence[str]]


def xlsform_choices_csv(chosen: Chosen) -> str:
    """Write the rows of the sheet ``choices``, to be pasted into a form."""
    return csv_text(_choices(chosen))


def xlsform_workbook(chosen: Chosen) -> bytes:
    """
    Write a whole form with the one question, and every outcome explained in a sheet that no tool reads.

    Raises:
        MissingExtra: If the library that writes workbooks is not installed.
    """
    xlsxwriter = needed("xlsxwriter", "excel")
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    # The same edition gives the same bytes on every day.
    workbook.set_properties({"created": datetime(2023, 1, 1, tzinfo=UTC)})
    text = workbook.add_format({"num_format": "@", "quote_prefix": True})
    for name, rows in _sheets(chosen).items():
        sheet = workbook.add_worksheet(name)
        for position, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(position, column, cell.translate(_IN_SHEETS), text)
    workbook.close()
    return written.getvalue()


def redcap_csv(chosen: Chosen) -> str:
    """Write a data dictionary: the number of a record, and the question with its choices and tokens."""
    record = {
        "Variable / Field Name": "record_id",
        "Form Name": _FORM_ID,
        "Field Type": "text",
        "Field Label": "Record number",
        "Field Note": "Never a name",
    }
    question = {
        "Variable / Field Name": FIELD,
        "Form Name": _FORM_ID,
        "Field Type": "checkbox",
        "Field Label": QUESTION,
        "Choices, Calculations, OR Slider Labels": " | ".join(_redcap_choices(chosen)),
        "Field Note": HINT,
        "Field Annotation": f"{one_line(about(chosen.taxonomy))} {_tokens(chosen)}",
    }
    return csv_text([REDCAP, *([row.get(heading, "") for heading in REDCAP] for row in (record, question))])


def hxl_csv(chosen: Chosen) -> str:
    """Write the HXL tag of each outcome, to be put above the column that shows it."""
    columns = [column for column in COLUMNS if column.name in _IN_HXL]
    heading = ["tag", *(column.name for column in columns)]
    rows = [
        [hxl_tag(outcome), *(one_line(column.cell(chosen.taxonomy, outcome)) for column in columns)]
        for outcome in chosen.current
    ]
    return csv_text([heading, [f"#meta+{name}" for name in heading], *rows])


def hxl_tag(outcome: Outcome) -> str:
    """Give the HXL tag of a column that shows an outcome."""
    return f"#indicator+mscos+{outcome.id}"


def _tokens(chosen: Chosen) -> str:
    return " ".join(f"[mscos:{outcome.id} kind=activity]" for outcome in chosen.current)


def _choices(chosen: Chosen) -> _Rows:
    names = [column.name for column in COLUMNS]
    beside = [[_in_a_form(row[names.index(name)]) for name in _BESIDE] for row in cells(chosen)]
    rows = [
        [FIELD, outcome.id, _in_a_form(outcome.marked_label), *others]
        for outcome, others in zip(chosen.outcomes, beside, strict=True)
        if outcome in chosen.current
    ]
    return [(*_CHOICES, *_BESIDE), *rows]


def _sheets(chosen: Chosen) -> dict[str, _Rows]:
    edition = chosen.taxonomy.edition
    return {
        "survey": [
            ("type", "name", "label", "hint", "instance::mscos"),
            (f"select_multiple {FIELD}", FIELD, QUESTION, HINT, _tokens(chosen)),
        ],
        "choices": _choices(chosen),
        "settings": [
            ("form_title", "form_id", "version"),
            (one_line(f"Outcomes, edition {edition}"), _FORM_ID, one_line(edition)),
        ],
        "about": [
            (one_line(about(chosen.taxonomy)),),
            (RIGHTS,),
            tuple(column.name for column in COLUMNS),
            *cells(chosen),
        ],
    }


def _in_a_form(text: str) -> str:
    """Write a text so that no form takes a part of it for the name of a question."""
    return one_line(text).replace("${", "$ {")


def _redcap_choices(chosen: Chosen) -> Iterator[str]:
    """Yield the choices; what REDCap would take for another choice, a piped field or HTML is written otherwise."""
    shown = str.maketrans({"|": "/", "[": "(", "]": ")", "<": "&lt;", ">": "&gt;"})
    for outcome in chosen.current:
        yield f"{outcome.id}, {one_line(outcome.marked_label).translate(shown)}"
