from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

import generate
import mscos
from mscos import reference
from mscos.codelists import OmissionReason
from mscos.instruments import find_instrument
from mscos.rules import RULES
from probe_rules import everywhere

ROOT = Path(__file__).parent.parent


def test_no_generated_file_is_stale() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in generate.stale()] == []


def test_the_check_names_a_stale_file_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "generated", lambda: {"docs/reference/page.md": lambda: "new\n"})
    folder = tmp_path / "docs/reference"
    folder.mkdir(parents=True)
    (folder / "page.md").write_text("old\n")
    (folder / "left-over.md").write_text("old\n")

    checked = generate.main(["--check"])
    untouched = sorted(file.read_text() for file in folder.iterdir())
    written = generate.main([])

    assert checked == 1
    assert untouched == ["old\n", "old\n"]
    assert written == 0
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"page.md": "new\n"}
    assert generate.main(["--check"]) == 0
    assert generate.main(["--else"]) == 2
    assert capsys.readouterr().out.splitlines()[:4] == [
        "stale: docs/reference/left-over.md",
        "stale: docs/reference/page.md",
        "removed: docs/reference/left-over.md",
        "wrote: docs/reference/page.md",
    ]


def test_no_label_stands_on_the_page_of_outcomes_without_its_mark() -> None:
    page = (ROOT / "docs/reference/outcomes-2023.1.md").read_text(encoding="utf-8")
    tables, domains = page.split("## Domains")
    edition = mscos.load_taxonomy("2023.1")

    for outcome in edition:
        assert f"| `{outcome.id}` | {outcome.marked_label} |" in tables
        assert f"| {edition.domain_of(outcome).marked_label} ({outcome.domain_grade}) |" in tables
    assert all(f"| {domain.label} | {domain.mark} |" in domains for domain in edition.domains)


def test_the_list_of_rules_rests_on_every_module_and_file_that_decides() -> None:
    package = Path(mscos.__file__).parent
    listed = json.loads((package / "data/rules.json").read_bytes())

    assert [entry["id"] for entry in listed["rules"]] == [rule.id for rule in RULES]
    assert {f"data/reference/{path.name}" for path in (package / "data/reference").iterdir()} <= set(listed["rests_on"])
    assert {f"rules/{path.name}" for path in (package / "rules").glob("*.py")} <= set(listed["rests_on"])
    deciding = {
        "coverage.py",
        "conformance.py",
        "evidence.py",
        "sentence.py",
        "reference.py",
        "taxonomy.py",
        "report.py",
    }
    assert deciding | {"records/reading.py", "records/entries.py"} <= set(listed["rests_on"])
    assert not [name for name in listed["rests_on"] if name.startswith(("cli", "reporters"))]


def test_reference_data_agree_with_the_types_and_the_edition() -> None:
    core = {outcome.id for outcome in mscos.load_taxonomy("2023.1").core}
    instruments = reference.load_instruments()

    matched = {known.outcome for instrument in instruments.values() for known in instrument.matches}
    assert len(instruments) == 43
    assert matched <= core
    assert all(known.min < known.max for each in instruments.values() for known in each.ranges)
    assert all(each.sources for each in instruments.values())
    assert list(reference.load_omission_reasons()) == list(get_args(OmissionReason))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.word) for entry in reference.load_deficit_words().words)


def test_what_nobody_has_checked_stays_marked() -> None:
    """The instruments whose facts were all read somewhere; nothing about the others may be stated as a fact."""
    checked = {
        each.id
        for each in reference.load_instruments().values()
        if each.direction.basis != "unchecked" and all(known.basis != "unchecked" for known in each.ranges)
    }

    assert checked == {
        "whoqol-bref",
        "wemwbs",
        "swemwbs",
        "pcl-5",
        "phq-9",
        "gad-7",
        "core-10",
        "mlq-presence",
        "mlq-search",
        "itq",
        "aso",
        "homelessness-star",
        "ticometer",
        "artic",
        "tic-grade",
    }


def test_an_instrument_is_found_by_its_spellings_and_its_variants() -> None:
    def found(identifier: str) -> tuple[str | None, bool]:
        instrument, variant = find_instrument(identifier)
        return instrument.id if instrument else None, variant

    assert found("phq-9") == found("phq9") == found("p-h-q-9") == ("phq-9", False)
    assert found("phq-9-arabic") == found("phq9-arabic-short") == ("phq-9", True)
    assert found("patient-health-questionnaire-9") == ("phq-9", False)
    assert found("phq-99") == (None, False)
    assert found("my-phq-9") == (None, False)


def test_a_rule_that_is_attached_is_not_thereby_listed() -> None:
    assert everywhere.id == "TST-09"
    assert "TST-09" not in [each.id for each in RULES]
