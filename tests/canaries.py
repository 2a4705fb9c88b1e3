"""Datasets in which every cell and every header that nobody describes holds a canary, and what finds one."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pyreadstat
import pytest

import mscos
from mscos import cli
from mscos.codebooks.codebook import Codebook
from mscos.errors import MscosError
from mscos.intake import Prepared, prepared
from mscos.judging import judge
from mscos.records.evaluation import EvaluationRecord
from mscos.reporters import REPORTERS
from mscos.rules import RULES
from probe_rules import everywhere
from test_workbook_readers import as_ods, xls, xlsx
from written import in_every_form

STEM = "zzyx"
"""What every canary begins with, in any case; no word of ours holds it."""

NUMBER = "73918461"
"""A canary among numbers."""

_CANARY = re.compile(rf"{STEM}\w*|{NUMBER}", re.IGNORECASE)

DESCRIBED = ("pid", "phase", "home", "heal", "score")
HEADERS = (*DESCRIBED, "Zzyx90qq", "Zzyx91qq", "Zzyx92qq", "Zzyx93qq")
START, LATER = f"{STEM}pre", f"{STEM}post"
"""The labels of the time points; a codebook puts them in order."""

Rows = Sequence[Sequence[str]]

FORMS = tuple(form for form in REPORTERS if form != "xlsx")
"""Every form that can go to a screen; what is in a workbook is looked at where it is unpacked."""


def canaries_in(text: str) -> list[str]:
    """Every canary in a text, so that a failure says which one got out."""
    return sorted(set(_CANARY.findall(text)))


def rows(people: int = 3) -> list[tuple[str, ...]]:
    """Two visits of each person; no two cells hold the same word but for those that have to."""
    words = (f"Zzyx{number}qqé" for number in count())
    return [
        (f"Zzyxp{person}", time, next(words), next(words), NUMBER, *(next(words) for _ in HEADERS[5:]))
        for person in range(people)
        for time in (START, LATER)
    ]


# What anything can say


def everything_of(error: BaseException | None) -> str:
    """All that an error says or holds, and those behind it."""
    if error is None:
        return ""
    held = f"{error} {error!r} {error.args!r} {vars(error)!r} {getattr(error, '__notes__', '')}"
    return f"{held}\n{everything_of(error.__cause__)}\n{everything_of(error.__context__)}"


def said_of(
    data: object,
    codebook: Any = (),  # noqa: ANN401 - whatever a caller may hand in
    *,
    record: EvaluationRecord | None = None,
    **more: Any,  # noqa: ANN401 - the same
) -> str:
    """All that judging data can say: reports in every format, with a rule that points everywhere, and all reprs."""
    taxonomy = mscos.load_taxonomy("2023.1")
    try:
        ready = prepared(data, codebook, **more)
        evidence = ready.evidence(taxonomy, record, 10)
    except MscosError as error:
        return everything_of(error)
    reports = [judge(evidence, rules, inputs=ready.inputs) for rules in (RULES, (*RULES, everywhere))]
    written = [in_every_form(report) for report in reports]
    assert '"TST-09"' in written[-1]
    shown = (report._repr_html_() for report in reports)
    frames = (str(nw.from_native(report.findings_to_frame()).rows()) for report in reports)
    return "\n".join((*written, *shown, *frames, *map(repr, reports), *_reprs(ready, evidence)))


def _reprs(ready: Prepared, evidence: Any) -> Iterator[str]:  # noqa: ANN401 - it is only printed
    held: list[object] = [ready, evidence, evidence.bound, evidence.profile, ready.table, ready.screening]
    held += [evidence.bound.variables, evidence.profile.cells, evidence.profile.series, evidence.profile.entries]
    for book in (ready.codebook, ready.table.codebook):
        held += [book, *_parts(book)]
    yield from map(repr, held)


def _parts(book: Codebook | None) -> list[object]:
    return [] if book is None else [book.timepoints]


# Files


def csv_text(headers: Sequence[str], table: Rows, separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows((headers, *table))
    return written.getvalue()


Write = Callable[[Path, Sequence[str], Rows], object]


def _csv(separator: str, encoding: str) -> Write:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    return lambda path, headers, table: path.write_bytes(mark + csv_text(headers, table, separator).encode(encoding))


def _objects(headers: Sequence[str], table: Rows) -> list[str]:
    return [json.dumps(dict(zip(headers, cells, strict=True))) for cells in table]


def _polars(headers: Sequence[str], table: Rows) -> pl.DataFrame:
    return pl.DataFrame([list(cells) for cells in table], schema=list(headers), orient="row")


def _labels(headers: Sequence[str]) -> list[str | None]:
    return [f"Zzyxlabel of {place}" for place, _ in enumerate(headers)]


WRITERS: Mapping[str, Write] = {
    "comma.csv": _csv(",", "utf-8"),
    "semicolon.csv": _csv(";", "utf-8-sig"),
    "tab.csv": _csv("\t", "utf-16-le"),
    "old.csv": _csv(",", "cp1252"),
    "tab.tsv": _csv("\t", "utf-8"),
    "new.xlsx": lambda path, headers, table: xlsx(path, {"Zzyxsheet": [headers, *table]}),
    "old.xls": lambda path, headers, table: xls(path, {"Zzyxsheet": [headers, *table]}),
    "free.ods": lambda path, headers, table: as_ods(path, {"Zzyxsheet": [headers, *table]}),
    "one.parquet": lambda path, headers, table: _polars(headers, table).write_parquet(path),
    "one.json": lambda path, headers, table: path.write_text(f"[{','.join(_objects(headers, table))}]"),
    "one.ndjson": lambda path, headers, table: path.write_text("\n".join(_objects(headers, table))),
    "one.sav": lambda path, headers, table: pyreadstat.write_sav(
        _polars(headers, table), str(path), column_labels=_labels(headers), note="Zzyxnote"
    ),
    "one.dta": lambda path, headers, table: pyreadstat.write_dta(
        _polars(headers, table), str(path), column_labels=_labels(headers)
    ),
}
"""Every data format, with what writes it.  The name of the file is a canary too."""


def data_file(folder: Path, name: str, headers: Sequence[str] = HEADERS, table: Rows | None = None) -> Path:
    """Write a data file whose name could be that of a person."""
    path = folder / f"Zzyxfile-{name}"
    WRITERS[name](path, headers, rows() if table is None else table)
    return path


# Codebooks

_TIMES = f"{START}=baseline {LATER}=month-6"
_IRI = "https://w3id.org/mscos/2023.1/outcome/"
_TERM = "https://w3id.org/mscos/terms/"
_LABEL = "Zzyxlabel"

MAPPING = (
    "column,outcome,role,time,label,range,missing_codes,notes\n"
    f"pid,,participant,,{_LABEL},,,Zzyxnote\n"
    f"phase,,timepoint,{START}=baseline; {LATER}=month-6,{_LABEL},,,Zzyxnote\n"
    f"home,housing,,,{_LABEL},,Zzyxcode,Zzyxnote\n"
    f"heal,medical,,,{_LABEL},,,Zzyxnote\n"
    f"score,purpose,,,{_LABEL},0..10,,Zzyxnote\n"
)

_REDCAP_HEADINGS = (
    "field_name,form_name,field_type,field_label,select_choices_or_calculations,field_note,identifier,"
    "branching_logic,text_validation_type_or_show_slider_number,field_annotation\n"
)


def _redcap(name: str, token: str) -> str:
    return f'{name},zzyxform,radio,{_LABEL},"1, Zzyxchoice | 2, Zzyxother",Zzyxnote,,,,"{token}"\n'


def _xlsform(name: str, token: str) -> str:
    return f',select_one zzyxlist,{name},{_LABEL},"Zzyxhint {token}"\n'


_TOKENS = {
    "pid": "mscos:participant",
    "phase": f"[mscos:timepoint {_TIMES}]",
    "home": "mscos:housing",
    "heal": "mscos:medical",
    "score": "[mscos:purpose range=0..10]",
}

_OWN = {
    "kind": "codebook",
    "timepoints": [{"label": START, "months_from_start": 0}, {"label": LATER, "months_from_start": 6}],
    "missing_codes": ["Zzyxcode"],
    "variables": [
        {"name": "pid", "role": "participant", "label": _LABEL},
        {"name": "phase", "role": "timepoint", "label": _LABEL},
        {"name": "home", "label": _LABEL, "form": "Zzyxform", "outcomes": [{"outcome": "housing"}]},
        {"name": "heal", "outcomes": [{"outcome": "medical", "instrument": "zzyx-scale"}], "columns": ["Zzyx99qq"]},
        {"name": "score", "outcomes": [{"outcome": "purpose", "range": {"min": 0, "max": 10}}]},
    ],
}

_FRICTIONLESS = {
    "name": "zzyxpackage",
    "resources": [
        {
            "name": "zzyxresource",
            "path": "zzyx.csv",
            "schema": {
                "fields": [
                    {"name": name, "title": _LABEL, "description": "Zzyxnote", "zzyxkey": "Zzyxvalue", "mscos": token}
                    for name, token in _TOKENS.items()
                ],
                "missingValues": ["", "Zzyxcode"],
            },
        }
    ],
}

_CSVW = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "zzyx.csv",
    "tableSchema": {
        "columns": [
            {"name": "pid", "titles": _LABEL, f"{_TERM}role": "participant", "zzyxkey": "Zzyxvalue"},
            {"name": "phase", "dc:title": "Zzyxtitle", f"{_TERM}role": "timepoint"},
            {"name": "home", "titles": _LABEL, "propertyUrl": f"{_IRI}housing", "null": ["", "Zzyxcode"]},
            {"name": "heal", "propertyUrl": f"{_IRI}medical"},
            {"name": "score", "propertyUrl": f"{_IRI}purpose"},
        ]
    },
}

_DDI = (
    '<codeBook xmlns="ddi:codebook:2_5"><docDscr><citation>Zzyxtitle</citation></docDscr><dataDscr>'
    + "".join(
        f'<var ID="V{name}" name="{name}"><labl>{_LABEL}</labl><notes>Zzyxnote {token}</notes>'
        '<catgry missing="Y"><catValu>Zzyxcode</catValu><labl>Zzyxchoice</labl></catgry></var>'
        for name, token in _TOKENS.items()
    )
    + "</dataDscr></codeBook>"
)

CODEBOOKS: Mapping[str, tuple[str, str]] = {
    "mapping": ("mapping.csv", MAPPING),
    "own": ("codebook.json", json.dumps(_OWN)),
    "redcap": (
        "redcap.csv",
        _REDCAP_HEADINGS + "".join(_redcap(name, token) for name, token in _TOKENS.items()),
    ),
    "xlsform": (
        "form.csv",
        "survey,,,,\n,type,name,label,hint\n"
        + "".join(_xlsform(name, token) for name, token in _TOKENS.items())
        + "choices,,,,\n,list_name,name,label,\n,zzyxlist,zzyxone,Zzyxchoice,\n",
    ),
    "frictionless": ("datapackage.json", json.dumps(_FRICTIONLESS)),
    "csvw": ("metadata.json", json.dumps(_CSVW)),
    "ddi": ("book.xml", _DDI),
    "limesurvey": (
        "survey.txt",
        "class\ttype/scale\tname\ttext\thelp\n"
        f"S\t\tsid\t1\t\nG\tG0\t{_LABEL}\tZzyxnote\t\n"
        + "".join(f"Q\tS\t{name}\t{_LABEL}\tZzyxnote {token}\n" for name, token in _TOKENS.items()),
    ),
}
"""A codebook of the same dataset in each dialect, with canaries wherever people write."""


def codebook_file(folder: Path, dialect: str) -> Path:
    name, text = CODEBOOKS[dialect]
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# The command line, and what must not happen on the side


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """Run the command in this process: its status, and all that it wrote."""
    monkeypatch.setattr(sys, "argv", ["mscos", *arguments])
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return int(str(ended.value.code)), said.out + said.err


_TEMPORARY = ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory")


class Sealed:
    """A folder in which nothing new may appear, once it is sealed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Make it the working directory and that of temporary files."""
        self.asked_for: list[str] = []
        self._folder, self._monkeypatch = folder, monkeypatch
        for name in ("cwd", "tmp"):
            (folder / name).mkdir()
        monkeypatch.chdir(folder / "cwd")
        monkeypatch.setenv("TMPDIR", str(folder / "tmp"))
        monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))

    def seal(self) -> None:
        """Take what is there now for granted; from here on, note every file and every call for a temporary one."""
        self._before = self._listing()
        for name in _TEMPORARY:
            self._monkeypatch.setattr(tempfile, name, self._refused(name))

    def _refused(self, name: str) -> Callable[..., None]:
        # What is raised may be caught on the way, so the call is noted as well.
        def refused(*_: object, **__: object) -> None:
            self.asked_for.append(name)
            raise AssertionError(name)

        return refused

    def _listing(self) -> list[str]:
        return sorted(map(str, self._folder.rglob("*")))

    @property
    def leaks(self) -> list[str]:
        """Files that have appeared since, and temporary ones that were asked for."""
        return sorted({*self._listing()} - {*self._before}) + self.asked_for
