"""Codebooks as files: which dialect a file is in, and what is refused."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mscos.codebooks.reading
from mscos import errors
from mscos.codebooks import _tables
from mscos.codebooks.codebook import Annotation, Codebook
from mscos.codebooks.reading import CODEBOOKS, read_codebook
from mscos.errors import Fault, NoSheets

MAPPING = "column,outcome\nhouse_ok,housing\n"
REDCAP = "field_name,form_name,field_type,field_annotation\nrecord_id,home,text,\nhouse_ok,home,radio,mscos:housing\n"
XLSFORM = '"survey",,\n,type,name,label\n,integer,house_ok,At home? mscos:housing\n'
OWN = '{"kind": "codebook", "variables": [{"name": "house_ok", "outcomes": [{"outcome": "housing"}]}]}'
OWN_TOML = 'kind = "codebook"\n\n[[variables]]\nname = "house_ok"\noutcomes = [{outcome = "housing"}]\n'
SCHEMA = '{"fields": [{"name": "house_ok", "mscos": {"outcome": "housing"}}]}'
PACKAGE = f'{{"resources": [{{"name": "people", "schema": {SCHEMA}}}]}}'
CSVW = '{"tableSchema": {"columns": [{"name": "house_ok", "dc:subject": "https://w3id.org/mscos/housing"}]}}'
CSVW_CONTEXT = f'{{"@context": "http://www.w3.org/ns/csvw", "tables": [{CSVW}]}}'
CSVW_CONTEXTS = f'{{"@context": ["http://www.w3.org/ns/csvw", {{"@language": "en"}}], "tables": [{CSVW}]}}'
VAR = '<var name="house_ok"><concept vocab="MS-COS">housing</concept></var>'
DDI = (
    f'<?xml version="1.0"?>\n<!-- <other> -->\n<codeBook xmlns="ddi:codebook:2_5"><dataDscr>{VAR}</dataDscr></codeBook>'
)
DDI_PREFIX = f'<d:codeBook xmlns:d="ddi:codebook:2_5"><d:dataDscr>{VAR.replace("<", "<d:").replace("<d:/", "</d:")}</d:dataDscr></d:codeBook>'
LIMESURVEY = "class\ttype/scale\tname\trelevance\ttext\thelp\nQ\tL\thouse\t1\tAt home?\tmscos:housing\n"

EACH = {
    "mapping": MAPPING,
    "redcap": REDCAP,
    "xlsform": XLSFORM,
    "own": OWN,
    "frictionless": SCHEMA,
    "csvw": CSVW,
    "ddi": DDI,
    "limesurvey": LIMESURVEY,
}


def written(folder: Path, content: str | bytes, name: str = "codebook") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def outcomes(codebook: Codebook) -> set[str]:
    return {each.outcome for variable in codebook.variables for each in variable.annotations}


def workbook(**sheets: list[list[str]]) -> bytes:
    xlsxwriter = import_module("xlsxwriter")
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    return content.getvalue()


def split(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (MAPPING, "a table of variables"),
        (REDCAP, "a REDCap dictionary"),
        (XLSFORM, "an XLSForm"),
        (OWN, "a codebook file"),
        (SCHEMA, None),
        (PACKAGE, None),
        (CSVW, None),
        (CSVW_CONTEXT, None),
        (CSVW_CONTEXTS, None),
        (DDI, None),
        (DDI_PREFIX, None),
        (LIMESURVEY, None),
    ],
)
def test_what_stands_in_a_file_decides_the_dialect(tmp_path: Path, text: str, form: str | None) -> None:
    path = written(tmp_path, text)

    codebook = read_codebook(path)

    assert outcomes(codebook) == {"housing"}
    assert form is None or codebook.form == form
    assert codebook.origin is not None
    assert codebook.origin.path == str(path)
    assert codebook.origin.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_every_dialect_fits_its_own_files_alone(tmp_path: Path) -> None:
    assert set(EACH) == set(CODEBOOKS)
    for name, text in EACH.items():
        source = mscos.codebooks.reading._opened(str(written(tmp_path, text)), None, None)  # noqa: SLF001
        assert [each for each, dialect in CODEBOOKS.items() if dialect.fits(source)] == [name]


def test_a_codebook_file_may_be_toml(tmp_path: Path) -> None:
    codebook = read_codebook(written(tmp_path, OWN_TOML, "codebook.TOML"))

    assert codebook.form == "a codebook file"
    assert codebook.origin is not None
    assert codebook.origin.sha256 == hashlib.sha256(OWN_TOML.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["mapping", "redcap", "xlsform", "own", "frictionless", "limesurvey"])
def test_text_may_be_in_any_of_the_usual_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    text = EACH[name].replace("house", "höuse")

    codebook = read_codebook(written(tmp_path, text.encode(encoding)))

    assert any("höuse" in variable.name for variable in codebook.variables)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_csv_may_be_split_at_other_marks(tmp_path: Path, mark: str) -> None:
    codebook = read_codebook(written(tmp_path, REDCAP.replace(",", mark)))

    assert outcomes(codebook) == {"housing"}


def test_a_heading_with_commas_in_quotation_marks_does_not_mislead(tmp_path: Path) -> None:
    text = 'Variable / Field Name;"Choices, Calculations, OR Slider Labels";Field Type;Field Annotation\nx;"1, a";radio;mscos:housing\n'

    assert outcomes(read_codebook(written(tmp_path, text))) == {"housing"}


def test_a_cell_may_have_several_lines(tmp_path: Path) -> None:
    text = 'column,outcome,label\r\nhouse_ok,housing,"Do you\r\nfeel at home?"\r\n'

    assert read_codebook(written(tmp_path, text)).variables[0].label == "Do you\r\nfeel at home?"


@pytest.mark.parametrize(
    "text",
    [
        "house_ok,age\n4,30\n",
        "name,outcome\nMaria,housing\n",
        "[1, 2]",
        '[{"field_name": "x"}]',
        '{"kind": "evaluation"}',
        '{"kind": ["codebook"], "@context": 3}',
        '{"@context": [3]}',
        "<html><codeBook/></html>",
        "<!-- <codeBook> --><other/>",
        "words",
    ],
)
def test_what_is_in_no_dialect_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.NotACodebook) as caught:
        read_codebook(written(tmp_path, text))

    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", [b"\xff\xfeo", b"column,outcome\n\x81,housing\n", b"column\0,outcome\nx,housing\n"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(errors.NotText) as caught:
        read_codebook(written(tmp_path, content))

    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", [b"", b" \n\t"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(errors.EmptyFile):
        read_codebook(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.NoSuchFile) as caught:
        read_codebook(tmp_path / "none.csv")

    assert caught.value.__context__ is None


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_tables, "LIMIT", len(MAPPING))

    codebook = read_codebook(written(tmp_path, MAPPING))
    with pytest.raises(_tables.LargeCodebook) as caught:
        read_codebook(written(tmp_path, f"{MAPPING}\n", "larger"))

    assert outcomes(codebook) == {"housing"}
    assert str(caught.value) == (
        f"{tmp_path / 'larger'}: the file is larger than 8,388,608 bytes, the limit for a codebook. Nothing was checked."
    )


@pytest.mark.parametrize("text", ['column,outcome\nx,"hous"ing\n', 'column,outcome\nx,"housing\n'])
def test_a_broken_row_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_codebook(written(tmp_path, text))

    assert caught.value.faults == (Fault("", "The row that ends in line 2 is broken. Look at its quotation marks."),)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{REDCAP}house_ok,home,radio,\n", 'Variable "house_ok": this name stands 2 times. Keep one.'),
        (f"{XLSFORM},text,house_ok,\n", 'Variable "house_ok": this name stands 2 times. Keep one.'),
        ("column,role\na,adult\nb,adult\n", "2 variables have the role adult. Keep one."),
        (
            f"{XLSFORM},text,a,mscos:participant\n,text,b,mscos:participant\n",
            "2 variables have the role participant. Keep one.",
        ),
    ],
)
def test_a_name_or_a_role_that_stands_twice_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_codebook(written(tmp_path, text))

    assert caught.value.faults == (Fault("/variables", message),)


@pytest.mark.parametrize(
    ("names", "of_cases"),
    [
        (["prs_Birthdate", "vic_Status", "cas_Status"], True),
        (["PRS_Birthdate", "group/hte_Place", "spl_Type", "age"], True),
        (["prs_Birthdate", "prs_Gender", "vic_Status"], False),
        (["prs", "vic", "cas"], False),
        (["person_a", "victim_b", "case_c"], False),
    ],
)
def test_names_of_the_case_data_standard_are_known(tmp_path: Path, names: list[str], of_cases: bool) -> None:  # noqa: FBT001
    codebook = read_codebook(written(tmp_path, "column,role\n" + "".join(f"{name},\n" for name in names)))

    assert codebook.of_cases is of_cases


def test_a_form_in_a_workbook_is_read(tmp_path: Path) -> None:
    survey = [["type", "name", "mscos"], ["select_multiple a", "help", "medical"]]
    content = workbook(cover=[["x"]], Survey=survey, choices=[["list_name", "name"], ["a", "gp"]])

    codebook = read_codebook(written(tmp_path, content))
    named = read_codebook(written(tmp_path, content), sheet="SURVEY")

    assert codebook == named
    assert [variable.columns for variable in codebook.variables] == [("help/gp",)]
    assert outcomes(codebook) == {"medical"}


def test_a_form_in_a_workbook_needs_no_choices(tmp_path: Path) -> None:
    content = workbook(survey=[["type", "name", "mscos"], ["text", "x", "housing"]])

    assert outcomes(read_codebook(written(tmp_path, content))) == {"housing"}


@pytest.mark.parametrize("text", [MAPPING, REDCAP])
def test_a_table_in_a_workbook_is_read(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, workbook(notes=[["x"]], other=split(text)))

    codebook = read_codebook(path, sheet="other")

    assert outcomes(codebook) == {"housing"}
    assert outcomes(read_codebook(written(tmp_path, workbook(only=split(text)), "only"))) == {"housing"}
    assert outcomes(read_codebook(written(tmp_path, workbook(notes=[["x"]], mapping=split(text)), "usual"))) == {
        "housing"
    }
    with pytest.raises(errors.WhichSheet):
        read_codebook(path)


def test_another_sheet_than_the_form_can_be_asked_for(tmp_path: Path) -> None:
    content = workbook(survey=[["type", "name"], ["text", "x"]], mine=split(MAPPING))

    assert read_codebook(written(tmp_path, content), sheet="mine").form == "a table of variables"


def test_a_sheet_of_a_file_without_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSheets):
        read_codebook(written(tmp_path, MAPPING), sheet="mapping")


def test_the_resource_of_a_package_can_be_named(tmp_path: Path) -> None:
    document = json.loads(PACKAGE)
    document["resources"].append({"name": "other", "schema": {"fields": [{"name": "y"}]}})
    path = written(tmp_path, json.dumps(document))

    assert outcomes(read_codebook(path, resource="people")) == {"housing"}
    with pytest.raises(errors.WhichResource):
        read_codebook(path)


def test_a_resource_of_a_file_without_resources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.InvalidDocument) as caught:
        read_codebook(written(tmp_path, MAPPING), resource="people")

    assert caught.value.faults == (Fault("", "Only a data package has resources. Leave --resource out."),)


def test_the_resource_of_csvw_can_be_named_too(tmp_path: Path) -> None:
    with pytest.raises(errors.WhichResource):
        read_codebook(written(tmp_path, CSVW_CONTEXT), resource="nowhere.csv")


@given(
    name=st.sampled_from(sorted(EACH)),
    cut=st.integers(0, 200),
    junk=st.text(alphabet='Kanary,;"\n\t[]{}<>:=#/', max_size=20),
)
def test_any_bytes_become_a_codebook_or_one_of_our_errors(
    tmp_path_factory: pytest.TempPathFactory, name: str, cut: int, junk: str
) -> None:
    text = EACH[name][:cut] + "Kanary" + junk + EACH[name][cut:]
    path = written(tmp_path_factory.getbasetemp(), text)
    said: list[object] = []

    try:
        read_codebook(path)
    except errors.MscosError as error:
        faults = getattr(error, "faults", ())
        # The name of a variable that is described may be shown.
        said = [error.__context__, error.__cause__, *(fault for fault in faults if "Variable" not in fault.message)]

    assert "kanary" not in repr(said).casefold()


def test_a_caller_may_look_at_a_variable_of_what_was_read(tmp_path: Path) -> None:
    codebook = replace(read_codebook(written(tmp_path, MAPPING)), origin=None)

    found = codebook.variable("house_ok")

    assert found is not None
    assert found.annotations == (Annotation(outcome="housing"),)


SAMPLES = os.environ.get("MSCOS_SAMPLES")


@pytest.mark.skipif(not SAMPLES, reason="samples: not tried")
@pytest.mark.parametrize(
    ("name", "form", "variables", "of_cases"),
    [
        ("redcap_ui_simple_dictionary.csv", "a REDCap dictionary", 17, False),
        ("redcap_ui_longitudinal_dictionary.csv", "a REDCap dictionary", 96, False),
        ("redcap_api_simple_metadata.csv", "a REDCap dictionary", 17, False),
        ("xlsform_widgets.csv", "an XLSForm", 21, False),
        ("htcds_xlsform.xlsx", "an XLSForm", 32, True),
    ],
)
def test_the_samples_are_read(name: str, form: str, variables: int, of_cases: bool) -> None:  # noqa: FBT001
    codebook = read_codebook(Path(SAMPLES or "") / name)

    assert (codebook.form, len(codebook.variables), codebook.of_cases) == (form, variables, of_cases)
    assert outcomes(codebook) == set()


@pytest.mark.skipif(not SAMPLES, reason="samples: not tried")
@pytest.mark.parametrize(
    "name", ["redcap_simple_data.csv", "redcap_longitudinal_data.csv", "redcap_longitudinal_event.csv"]
)
def test_a_sample_of_data_is_no_codebook(name: str) -> None:
    with pytest.raises(errors.NotACodebook):
        read_codebook(Path(SAMPLES or "") / name)
