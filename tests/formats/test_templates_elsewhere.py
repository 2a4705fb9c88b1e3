"""Other programs take the templates; tried only where MSCOS_FORMATS=1 is set, because it installs a good deal."""

from __future__ import annotations

import io
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from filled_templates import FILLED
from mscos.templates.listed import TEMPLATES
from mscos.templates.plan import plan

if os.environ.get("MSCOS_FORMATS") != "1":
    pytest.skip("formats: not tried", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("default")  # what other programs warn of is not ours to mend

PLANS = {
    "core": plan("2023.1"),
    "all, with instruments": plan("2023.1", ["all"], ["phq-9", "mlq-presence", "tic-grade", "aso"]),
}
each_plan = pytest.mark.parametrize("name", PLANS)


@each_plan
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_pyxform_converts_the_form(name: str, ending: str) -> None:
    pyxform: Any = import_module("pyxform.xls2xform")
    content = TEMPLATES["xlsform"][ending](PLANS[name])[ending]

    converted = pyxform.convert(xlsform=io.BytesIO(content), file_type=ending)

    assert converted.warnings == []
    for outcome in PLANS[name].outcomes:
        assert f'nodeset="/data/{outcome.id}_group/{outcome.id}"' in converted.xform
        assert f'mscos="[mscos:{outcome.id} by=self dir=up range=1..5]"' in converted.xform


@each_plan
def test_frictionless_accepts_the_schema_and_the_filled_table(name: str, tmp_path: Path) -> None:
    frictionless: Any = import_module("frictionless")
    filled = FILLED["csv"](PLANS[name], tmp_path)
    schema = frictionless.Schema.from_descriptor(json.loads((tmp_path / "data.schema.json").read_text("utf-8")))

    report = frictionless.Resource(path=filled.data.name, basepath=str(tmp_path), schema=schema).validate()

    assert report.flatten(["type", "message"]) == []


def test_openpyxl_sees_the_drop_downs_of_the_workbook(tmp_path: Path) -> None:
    openpyxl: Any = import_module("openpyxl")
    path = tmp_path / "data.xlsx"
    path.write_bytes(TEMPLATES["xlsx"][".xlsx"](PLANS["core"])[".xlsx"])

    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["read me", "data", "outcomes", "instruments", "record"]
    assert [each.type for each in book["data"].data_validations.dataValidation] == ["list"] * 7
    assert book["data"].max_row == 1
