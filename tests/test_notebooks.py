"""What a notebook shows, and reports as dataframes."""

from __future__ import annotations

import builtins
import re
from importlib import util
from typing import Any

import narwhals as nw
import pytest

import mscos
from mscos import Report, Taxonomy
from mscos._snippet import snippet
from mscos.conformance import check_any
from mscos.records.reading import read_any
from mscos.report import OutcomeLine
from mscos.report_frames import FINDINGS, OUTCOMES
from shown_pages import MARKUP, ROOT, TURNED, hostile_portfolio, hostile_report, other_reports, sixty_services
from test_pages import Page

BACKENDS = ["polars", "pandas", "pyarrow"]


@pytest.fixture(scope="module")
def service() -> Report:
    return check_any(read_any(ROOT / "examples/advocacy-service/intervention.toml"))


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a notebook is handed
    written = value._repr_html_()
    assert isinstance(written, str)
    return written


def test_a_report_shows_its_sentence_and_a_line_for_each_outcome(service: Report) -> None:
    page = Page(shown(service).replace("</tr>", "</tr>\n").replace("</td>", " </td>").replace("</th>", " </th>"))

    assert [" ".join(line.split()) for line in "".join(page.seen).splitlines()] == [
        "Independent advocacy at Lantern (record lantern-advocacy)"
        "5 of 7 core outcomes are addressed. Not addressed: Finding purpose in life and self-actualisation (partly); "
        "Access to education. For what nobody covers, change the service, or work with a partner who covers it."
        "Outcome How far it got Colour What to do",
        "Secure and suitable housing (housing) by referral amber",
        "Safety from any trafficker or other abuser (safety) directly green",
        "Long-term, consistent support (support) directly green",
        "Compassionate, trauma informed services (services) by a partner green",
        "Finding purpose in life and self-actualisation (purpose) left to a partner who is not named red Name the partner.",
        "Access to medical treatment (medical) directly green",
        "Access to education (education) not addressed red Change the service so that it covers the outcome, "
        "or work with a partner who does. What could help with shared agendas: "
        "Write down together what the partnership wants for survivors, outcome by outcome. "
        "Name a role that keeps this up to date.",
        "Findings: error: 1.",
    ]


def test_a_report_on_data_alone_has_no_colours() -> None:
    folder = ROOT / "examples/ticked-boxes"
    report = mscos.check(data=str(folder / "data.csv"), codebook=str(folder / "dictionary.csv"))

    page = Page(shown(report)).text

    assert "Outcome How far it got What to do".replace(" ", "") in page.replace(" ", "")
    assert not re.search("red|amber|green", page)
    assert "collected over time" in page


def test_without_a_verdict_nothing_is_green_in_a_notebook() -> None:
    page = Page(shown(other_reports()["children"])).text

    assert "No verdict: People under 18 are included." in page
    assert not re.search("red\\b|amber|green", page.replace("reported", ""))


def test_a_form_that_is_not_used_yet_can_be_reported() -> None:
    assert Page(shown(other_reports()["design"])).text.count("can be reported") == 8


def test_a_report_says_that_nothing_was_found_and_that_it_is_not_complete(service: Report) -> None:
    clean = service.model_copy(update={"findings": (), "complete": False})

    assert Page(shown(clean)).text.endswith("Findings: none.The check is not complete.")


def test_a_portfolio_shows_who_is_reached_and_what_is_missing() -> None:
    report = sixty_services()

    page = Page(shown(report.model_copy(update={"complete": False}))).text

    assert page.startswith("Portfolio" + report.headline)
    assert "Access to education (education)by a partner" in page
    assert "Colour" not in page
    assert "green" not in page
    assert (
        "Access to education (education)left to a partner who is not namedred"
        in Page(shown(hostile_portfolio(MARKUP))).text
    )
    assert page.endswith("Members: 100.The portfolio is not complete.")


def test_every_view_of_a_term_marks_what_is_provisional(example1: Taxonomy) -> None:
    everything = Page(shown(example1)).text

    for outcome in example1:
        assert outcome.marked_label in everything
        assert Page(shown(outcome)).text.startswith(outcome.marked_label)
    assert example1.note in everything
    assert everything.endswith("Survivors have not yet reviewed the words that are this project's own.")


def test_an_outcome_shows_its_identifier_its_set_and_that_its_definition_is_ours(edition: Taxonomy) -> None:
    page = Page(shown(edition["ll21"]).replace("</tr>", "</tr>\n").replace("</th>", ": </th>")).seen

    assert "".join(page).splitlines() == [
        "Safety at home [provisional: our label for a published theme, not MS-COS wording]Identifier: ll21",
        "Set: long-list; no verdict depends on it",
        "Definition, in this project's own words: A survivor is, and feels, safe where they live.",
    ]


@pytest.mark.parametrize("value", [hostile_report(MARKUP), hostile_portfolio(MARKUP), hostile_report(TURNED)])
def test_hostile_text_is_shown_as_text(value: object) -> None:
    page = Page(shown(value))

    assert {tag for tag, _ in page.elements} <= {
        "div",
        "p",
        "strong",
        "bdi",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "small",
    }
    assert page.open == []
    assert not set(shown(value)) & set("\u202e\u2066\u200f")


def test_what_a_notebook_shows_needs_no_library(monkeypatch: pytest.MonkeyPatch, service: Report) -> None:
    real = builtins.__import__

    def refused(name: str, *rest: Any) -> Any:  # noqa: ANN401 - as it is defined
        assert name.split(".", maxsplit=1)[0] not in {"jinja2", "markupsafe", "rich", "polars"}
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refused)

    assert shown(service).startswith("<div ")


def test_a_snippet_escapes_every_part() -> None:
    page = Page(snippet("<a>", ["<b>"], columns=["<c>"], rows=[["<d>", "<e>"]], notes=["<f>"]))

    assert "".join(page.seen) == "<a><b><c><d><e><f>"


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_outcomes_are_rows_of_a_dataframe_in_the_library_that_is_asked_for(
    backend: Any,  # noqa: ANN401 - a parameter
    service: Report,
) -> None:
    frame = nw.from_native(service.to_frame(backend), eager_only=True)

    assert frame.implementation.value == backend
    assert frame.columns == list(OUTCOMES)
    assert frame["outcome"].to_list() == [line.outcome for line in service.core]
    assert set(frame["record_id"].to_list()) == {"lantern-advocacy"}
    assert set(frame["edition"].to_list()) == {"2023.1"}
    assert frame["status"].to_list()[:3] == ["by_referral", "directly", "directly"]
    assert frame["rag"].to_list()[:3] == ["amber", "green", "green"]
    assert frame["partners"].is_null().to_list() == [False, True, True, False, True, True, True]
    assert frame["on_trust"].to_list() == [False] * 7
    assert frame["set"].to_list() == ["core"] * 7


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_findings_are_rows_of_a_dataframe(backend: Any) -> None:  # noqa: ANN401 - a parameter
    folder = ROOT / "examples/ticked-boxes"
    report = mscos.check(data=str(folder / "data.csv"), codebook=str(folder / "dictionary.csv"))

    frame = nw.from_native(report.findings_to_frame(backend), eager_only=True)

    assert frame.columns == list(FINDINGS)
    assert frame["rule"].to_list() == [finding.rule for finding in report.findings]
    assert frame["severity"].to_list() == ["error", "error", "warning"]
    assert frame["variable"].to_list() == ["purpose", "learn_access", "staff_kind"]
    assert frame["record_id"].is_null().all()
    assert frame["column"].is_null().all()
    assert frame["column"].dtype == nw.Int64


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_findings_are_a_dataframe_without_rows(backend: Any, service: Report) -> None:  # noqa: ANN401 - a parameter
    clean = service.model_copy(update={"findings": ()})

    frame = nw.from_native(clean.findings_to_frame(backend), eager_only=True)

    assert (frame.shape, frame.columns) == ((0, len(FINDINGS)), list(FINDINGS))


def test_outcomes_of_the_long_list_come_last(safe_house: dict[str, Any]) -> None:
    safe_house["outcomes"].append({"outcome": "ll21", "planned": True})
    report = mscos.check(mscos.read_record(safe_house))

    frame = nw.from_native(report.to_frame(), eager_only=True)

    assert frame["set"].to_list() == [*["core"] * 7, "longlist"]
    assert frame["mark"].to_list()[-1] == "provisional: our label for a published theme, not MS-COS wording"


@pytest.mark.parametrize(
    ("there", "taken"), [(BACKENDS, "polars"), (["pandas", "pyarrow"], "pandas"), (["pyarrow"], "pyarrow")]
)
def test_without_a_choice_the_first_library_that_is_installed_is_taken(
    there: list[str], taken: str, monkeypatch: pytest.MonkeyPatch, service: Report
) -> None:
    real = util.find_spec
    monkeypatch.setattr("mscos._frames.find_spec", lambda name: real(name) if name in there else None)

    assert nw.from_native(service.to_frame(), eager_only=True).implementation.value == taken


def test_without_any_library_the_command_that_helps_is_named(monkeypatch: pytest.MonkeyPatch, service: Report) -> None:
    monkeypatch.setattr("mscos._frames.find_spec", lambda _: None)
    monkeypatch.setitem(__import__("sys").modules, "polars", None)

    with pytest.raises(mscos.MissingExtra, match=r"pip install 'mscos\[data\]'"):
        service.to_frame()


def test_a_library_that_is_not_known_is_refused_by_name(service: Report) -> None:
    with pytest.raises(ValueError, match="the backend must be one of polars, pandas, pyarrow"):
        service.to_frame("os")  # type: ignore[arg-type]


def test_the_dataframes_have_a_column_for_every_member_of_a_finding_and_of_an_outcome() -> None:
    assert set(FINDINGS) - {"record_id", "edition"} == set(mscos.Finding.model_fields)
    assert set(OUTCOMES) - {"record_id", "edition", "set"} == set(OutcomeLine.model_fields) - {"label_grade"}
