"""Portfolios: the worked example, a generated area with an independent count, and what must hold for any of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from math import isclose, sqrt
from pathlib import Path
from random import Random
from typing import Any

import pytest

import area
import mscos
from mscos import PortfolioReport, Taxonomy, schemas
from mscos.cli import judging
from mscos.portfolios.changes import changes_since
from mscos.portfolios.checking import Content, check_portfolio
from mscos.portfolios.made_earlier import read_portfolio_report
from mscos.portfolios.members import PassedOver, PortfolioMember, Unread, read_members
from mscos.records.reading import read_any
from mscos.reporters.of_portfolio import portfolio_json, portfolio_text
from mscos.rules.fingerprint import rules_fingerprint
from mscos.uptake import EvaluationLine, count_uptake
from written import portfolio_in_every_form

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/area-partnership"
CORE = area.CORE

Document = dict[str, Any]


def records(documents: Iterable[Document]) -> list[Content]:
    return [read_any(document) for document in documents]


def judged(*documents: Document) -> PortfolioReport:
    return check_portfolio(records(documents))


def service(record_id: str, **how: object) -> Document:
    """Make the record of a service: for each outcome how it is covered, or the whole entry."""
    entries = [
        {"outcome": outcome} | (said if isinstance(said, dict) else {"how": said}) for outcome, said in how.items()
    ]
    return {"kind": "intervention", "record_id": record_id, "title": "A service", "addresses": entries}


def whole(record_id: str) -> Document:
    return service(record_id, **dict.fromkeys(CORE, "directly"))


def partner(agreement: str | None = None, how: str = "by_partner", **named: str) -> Document:
    return {"how": how, "partner": named | ({"agreement": agreement} if agreement else {})}


def evaluation(record_id: str, *reported: str) -> Document:
    outcomes = [area.whole(Random(1), outcome) for outcome in reported]  # noqa: S311 - nothing secret
    return {"kind": "evaluation", "record_id": record_id, "title": "An evaluation", "outcomes": outcomes}


def everything_of(report: PortfolioReport) -> list[str]:
    """All that a report can say: in every format, in a notebook and in a traceback."""
    return [portfolio_in_every_form(report), report._repr_html_(), repr(report)]


def on_lines(path: Path, documents: Iterable[Document]) -> Path:
    path.write_text("".join(f"{json.dumps(document)}\n" for document in documents), encoding="utf-8")
    return path


def in_files(folder: Path, documents: Iterable[Document]) -> Path:
    folder.mkdir()
    for document in documents:
        (folder / f"{document['record_id']}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mscos", "portfolio", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ,
        check=False,
    )


# The worked example.


@pytest.mark.parametrize(("form", "ending"), [(portfolio_text, "txt"), (portfolio_json, "json")])
def test_the_example_gives_its_whole_expected_output(
    form: Callable[[PortfolioReport], str], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = (ROOT / EXAMPLE / f"expected.{ending}").read_text(encoding="utf-8")

    report = check_portfolio(read_members([f"{EXAMPLE}/members"]))

    assert form(report) == expected.replace("{mscos}", mscos.__version__).replace("{rules}", rules_fingerprint())


def test_the_example_is_coloured_as_its_scenario_says() -> None:
    report = check_portfolio(read_members([ROOT / EXAMPLE / "members"]))

    assert {line.outcome: line.rag.value for line in report.core} == {
        "housing": "green",
        "safety": "green",
        "support": "amber",
        "services": "amber",
        "purpose": "amber",
        "medical": "green",
        "education": "red",
    }
    assert report.rag == "red"
    assert report.uncovered == ("education",)


# A generated area, counted again by other means.

SERVICES, EVALUATIONS = area.services(), area.evaluations()


@pytest.fixture(scope="module")
def generated() -> PortfolioReport:
    return judged(*SERVICES, *EVALUATIONS)


def entry_of(document: Document, outcome: str, entries: str = "addresses") -> Document:
    return next((entry for entry in document[entries] if entry["outcome"] == outcome), {})


def covers(document: Document, outcome: str) -> bool:
    entry = entry_of(document, outcome)
    named = {"organisation", "record_id"} & entry.get("partner", {}).keys()
    return entry.get("how") == "directly" or (entry.get("how") in {"by_partner", "by_referral"} and bool(named))


def holds_itself(document: Document, outcome: str) -> bool:
    return entry_of(document, outcome).get("how") == "directly"


def confirmed(document: Document, outcome: str) -> bool:
    """Tell whether the member that an outcome is left to, if it is one of ours, holds it itself."""
    entry = entry_of(document, outcome)
    others = [other for other in SERVICES if other["record_id"] == entry.get("partner", {}).get("record_id")]
    return entry.get("how") == "directly" or all(holds_itself(other, outcome) for other in others)


def agrees(document: Document, other: Document) -> bool:
    partners = [entry.get("partner", {}) for entry in document["addresses"]]
    return any(
        each.get("record_id") == other["record_id"]
        and each["agreement"] in {"informal", "written"}
        and covers(document, entry["outcome"])
        for each, entry in zip(partners, document["addresses"], strict=True)
    )


def test_the_area_is_covered_as_a_plain_count_says(generated: PortfolioReport) -> None:
    for line in generated.core:
        covering = {
            document["record_id"]
            for document in SERVICES
            if covers(document, line.outcome) and confirmed(document, line.outcome)
        }
        said = {*line.directly, *(each.record_id for each in (*line.by_partner, *line.by_referral))}
        assert said == covering
        assert line.there == bool(covering)
    assert generated.uncovered == ()


def test_no_verdict_is_given_for_services_of_several_areas(generated: PortfolioReport) -> None:
    here, there = whole("one") | {"area": "northvale"}, service("two") | {"area": "southmere"}

    assert generated.headline == (
        "No verdict: These services work in 2 areas, and what is covered in one is not covered in another. "
        "Make a portfolio of each area."
    )
    assert generated.rag is None
    assert generated.areas == ("northvale", "southmere")
    assert "  Areas: northvale, southmere." in portfolio_text(generated).splitlines()
    assert [judged(here, there).verdict.answer, judged(here, service("two")).verdict.answer] == ["not_given", "met"]
    assert [line.there for line in judged(here, there).core] == [True] * 7


def test_gaps_are_what_nobody_covers_directly_or_in_writing(generated: PortfolioReport) -> None:
    def closes(document: Document, outcome: str) -> bool:
        entry = entry_of(document, outcome)
        written = entry.get("how") == "by_partner" and entry.get("partner", {}).get("agreement") == "written"
        return holds_itself(document, outcome) or (written and covers(document, outcome))

    open_ = [outcome for outcome in CORE if not any(closes(document, outcome) for document in SERVICES)]

    assert [gap.outcome for gap in generated.changes_needed] == open_
    assert all(gap.total == len(SERVICES) and len(gap.options) == 5 for gap in generated.changes_needed)


def brute_force(document: Document) -> tuple[int, set[tuple[str, ...]]]:
    """Find the smallest sets by trying every set of so many members."""
    others = [
        other
        for other in SERVICES
        if other is not document
        and (not {"area"} <= document.keys() & other.keys() or other["area"] == document["area"])
    ]
    held = {other["record_id"]: {outcome for outcome in CORE if holds_itself(other, outcome)} for other in others}
    within = set().union(*held.values())
    needed = {outcome for outcome in CORE if not holds_itself(document, outcome)} & within
    for size in range(len(CORE) + 1):
        found = {
            names
            for names in combinations(sorted(held), size)
            if needed <= set().union(*(held[name] for name in names))
        }
        if found:
            return size, found
    raise AssertionError


@pytest.mark.parametrize("document", SERVICES[::6], ids=lambda document: document["record_id"])
def test_the_smallest_partner_sets_are_those_that_trying_all_sets_finds(
    document: Document, generated: PortfolioReport
) -> None:
    found = next(each for each in generated.partner_sets if each.record_id == document["record_id"])

    size, sets = brute_force(document)

    agreed = {other["record_id"] for other in SERVICES if agrees(document, other) or agrees(other, document)}
    best_first = sorted(sets, key=lambda names: (-len(agreed & set(names)), names))
    assert "education" in found.uncoverable or holds_itself(document, "education")
    assert found.size is None
    assert found.total == len(sets)
    assert [len(each) for each in found.sets] == [size] * min(5, len(sets))
    assert list(found.sets) == best_first[:5]


def wilson(count: int, total: int) -> tuple[float, float]:
    z = 1.959963984540054
    middle = (count / total + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(count / total * (1 - count / total) / total + z * z / (4 * total * total))
    return middle - half, middle + half


def test_uptake_is_what_a_plain_count_of_the_documents_says(generated: PortfolioReport) -> None:
    table = generated.uptake
    assert table is not None

    def reports(document: Document, outcome: str) -> bool:
        entry = entry_of(document, outcome, "outcomes")
        return bool(
            entry.get("result", {}).get("estimate_given")
            and "orbit" not in entry  # a reviewer who disagrees is to be heard first
            and any(measure["match"] == "specific" for measure in entry.get("measures", []))
        )

    def reaches(document: Document, outcome: str) -> bool:
        entry = entry_of(document, outcome, "outcomes")
        return bool(entry.get("planned") or entry.get("measures"))

    def reasons(outcome: str) -> Counter[str]:
        found = [entry_of(document, outcome, "outcomes").get("omission", {}).get("reason") for document in EVALUATIONS]
        return Counter(reason for reason in found if reason)

    full = sum(all(reports(document, outcome) for outcome in CORE) for document in EVALUATIONS)
    assert (table.evaluations, table.full_set.count) == (200, full)
    for line in table.outcomes:
        assert line.reported.count == sum(reports(document, line.outcome) for document in EVALUATIONS)
        assert line.planned_or_reported.count == sum(reaches(document, line.outcome) for document in EVALUATIONS)
        ends = wilson(line.reported.count, 200)
        assert isclose(line.reported.low or 0, ends[0], abs_tol=1e-4)
        assert isclose(line.reported.high or 0, ends[1], abs_tol=1e-4)
        counted = {each.reason: each.count for each in table.omissions if each.outcome == line.outcome}
        assert counted == dict(reasons(line.outcome))
        silent = 200 - line.planned_or_reported.count - sum(counted.values())
        assert line.without_reason == silent


@pytest.mark.parametrize(("reporting", "trials", "rounded"), [(145, 189, 77), (116, 143, 81)])
def test_published_figures_come_out_of_the_same_count(reporting: int, trials: int, rounded: int) -> None:
    """Kirkham and others 2017, BMJ 357:j2262: trials with the full set, by registry and by publication."""
    full = dict.fromkeys(CORE, mscos.Status.REPORTED)
    lines = (
        EvaluationLine(record_id=str(place), statuses=full if place < reporting else {}) for place in range(trials)
    )

    found = count_uptake(lines, CORE).full_set

    assert (found.count, found.total) == (reporting, trials)
    assert round(100 * found.count / found.total) == rounded


# What must hold for any portfolio.


def test_no_free_text_of_any_member_reaches_an_output(generated: PortfolioReport) -> None:
    for text in everything_of(generated):
        assert "Marisol" not in text
        assert "07700" not in text


def test_no_content_of_what_cannot_be_read_reaches_an_output(tmp_path: Path) -> None:
    bad: list[Document] = [
        {"kind": "intervention", "record_id": area.CANARY, "title": "A", "addresses": [], area.CANARY: area.CANARY},
        {"kind": area.CANARY},
        {"kind": "report", "headline": area.CANARY, area.CANARY: 1},
        {"kind": "evaluation", "record_id": "a", "title": "A", "edition": area.CANARY, "outcomes": []},
    ]
    path = on_lines(tmp_path / "members.ndjson", bad)
    with path.open("a", encoding="utf-8") as file:
        file.write(f'{{"{area.CANARY}\n"{area.CANARY}"\n')

    report = check_portfolio(read_members([path]))

    assert len(report.unreadable) == 6
    for text in everything_of(report):
        assert "Marisol" not in text


def test_the_order_of_the_members_changes_nothing(generated: PortfolioReport) -> None:
    documents = [*SERVICES, *EVALUATIONS]
    Random(3).shuffle(documents)  # noqa: S311 - nothing secret

    assert judged(*documents) == generated


def test_a_report_can_be_read_back_and_fits_its_schema(generated: PortfolioReport, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(portfolio_json(generated), encoding="utf-8")

    assert read_portfolio_report(path) == generated
    assert list(schemas.validator("portfolio-report").iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


def test_a_file_with_one_record_on_each_line_equals_the_same_records_in_files(tmp_path: Path) -> None:
    documents = [*SERVICES[:9], *EVALUATIONS[:9]]

    from_lines = check_portfolio(read_members([on_lines(tmp_path / "all.ndjson", documents)]))
    from_files = check_portfolio(read_members([in_files(tmp_path / "folder", documents)]))

    assert from_lines == from_files
    assert from_lines.stamps.inputs_sha256 is not None


def test_a_thousand_records_stream_through(tmp_path: Path) -> None:
    path = on_lines(tmp_path / "all.ndjson", area.evaluations(1000))
    alive = 0

    def watched() -> Iterator[PortfolioMember | Unread | PassedOver]:
        nonlocal alive
        for member in read_members([path]):
            alive += 1
            yield member

    report = check_portfolio(watched())

    assert alive == 1000
    assert report.uptake is not None
    assert report.uptake.evaluations == 1000
    assert report.headline == (
        f"Every core outcome is reported by {report.uptake.full_set.count} of 1000 evaluations. "
        "No verdict on an area: there is no intervention."
    )


# Reading.


def test_what_cannot_be_read_is_listed_and_no_verdict_is_given(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "folder", [whole("one")])
    (folder / "broken.toml").write_text("kind = ", encoding="utf-8")
    (folder / "other.json").write_text('{"kind": "taxonomy"}', encoding="utf-8")

    report = check_portfolio(read_members([folder]))

    assert report.headline == "No verdict: 2 files could not be read."
    assert not report.complete
    assert report.rag is None
    assert [Path(each.path).name for each in report.unreadable] == ["broken.toml", "other.json"]
    assert [member.record_id for member in report.members] == ["one"]


def test_lines_are_named_by_their_number_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "all.ndjson"
    path.write_text(f"{json.dumps(whole('one'))}\r\n\n[1]\n" + "x" * 1_100_000 + f"\n{json.dumps(whole('two'))}")

    found = list(read_members([path]))

    assert [each.path.rsplit(":", 1)[1] for each in found] == ["1", "3", "4", "5"]
    assert [isinstance(each, Unread) for each in found] == [False, True, True, False]
    assert [each.message for each in found if isinstance(each, Unread)] == [
        "A record is an object with named fields, and this is something else.",
        "The file is larger than 1,048,576 bytes, the limit for a record.",
    ]


def test_a_folder_is_read_without_what_is_hidden_and_a_file_once(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "folder", [whole("b"), whole("a")])
    in_files(folder / "below", [whole("c")])
    in_files(folder / ".hidden", [whole("d")])
    (folder / ".e.json").write_text("{}")
    (folder / "notes.txt").write_text("nothing")

    found = list(read_members([folder / "b.json", folder, folder / "below"]))

    assert [Path(each.path).name for each in found] == ["b.json", "a.json", "c.json", "notes.txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.json", "There is no such file."),
        ("empty", "There is no record in it."),
        ("empty.ndjson", "The file is empty."),
    ],
)
def test_nothing_at_a_path_is_never_silent(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.ndjson").write_text("\n")

    found = list(read_members([tmp_path / name]))

    assert [(type(each), getattr(each, "message", "")) for each in found] == [(Unread, message)]


def test_files_with_other_endings_are_named_and_withhold_nothing(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "folder", [whole("one")])
    for number in range(19):
        (folder / f"note-{number:02}.txt").write_text("nothing")
    for name in ("two.toml.txt", "three", "\x1b.txt", ".hidden.txt"):
        (folder / name).write_text(json.dumps(whole("two")))

    report = check_portfolio(read_members([folder, folder]))

    assert len(report.passed_over) == 22
    assert [Path(path).name for path in report.passed_over[-2:]] == ["three", "two.toml.txt"]
    assert report.met
    (line,) = [line for line in portfolio_text(report).splitlines() if "because of their ending" in line]
    assert line.startswith("  Not read, because of their ending: ")
    assert line.endswith("note-18.txt and 2 more.")
    assert "\x1b" not in portfolio_text(report)


def test_a_folder_without_a_record_says_so_beside_what_was_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.toml.txt").write_text("")

    report = check_portfolio(read_members([tmp_path]))

    assert [each.message for each in report.unreadable] == ["There is no record in it."]
    assert [Path(path).name for path in report.passed_over] == ["one.toml.txt"]


def test_a_link_to_a_folder_is_not_followed_and_not_passed_over(tmp_path: Path) -> None:
    elsewhere = in_files(tmp_path / "elsewhere", [whole("two")])
    folder = in_files(tmp_path / "folder", [whole("one")])
    (folder / "more").symlink_to(elsewhere, target_is_directory=True)

    found = check_portfolio(read_members([folder]))

    assert [each.message for each in found.unreadable] == ["This is a link to a folder; name the folder itself."]
    assert [member.record_id for member in found.members] == ["one"]


def test_a_folder_that_cannot_be_listed_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = in_files(tmp_path / "folder", [whole("one")])
    locked = str(in_files(folder / "locked", [whole("two")]))
    listed = os.scandir

    def scandir(path: str) -> Any:  # noqa: ANN401 - the system's own
        if path == locked:
            raise PermissionError(13, "no", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)

    found = check_portfolio(read_members([folder]))

    assert [(each.path, each.message) for each in found.unreadable] == [
        (locked, "The system does not let us read this folder.")
    ]
    assert [member.record_id for member in found.members] == ["one"]


@pytest.mark.parametrize("ending", ["", ".json", ".ndjson"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ('{"title": "Marisol"}', "the given text"),
        ("Marisol\n" * 3, "the given text"),
        ("x" * 5000, "the given text"),
        ("x" * 500, "x" * 500),
        ("a\0b", "a\\x00b"),
    ],
)
def test_what_is_no_path_is_neither_shown_nor_a_crash(path: str, shown: str, ending: str) -> None:
    (found,) = read_members([path + ending])

    assert isinstance(found, Unread)
    assert found.path == (shown if shown == "the given text" else shown + ending)


def test_a_file_in_a_locked_folder_is_one_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "no", "locked/one.json")

    monkeypatch.setattr(Path, "open", locked)
    monkeypatch.setattr(Path, "is_dir", locked)

    assert list(read_members(["locked/one.json", "locked/two.ndjson"])) == [
        Unread("locked/one.json", "The system does not let us read this file."),
        Unread("locked/two.ndjson", "The system does not let us read this file."),
    ]


def test_members_that_share_an_identifier_are_not_counted_and_no_verdict_is_given() -> None:
    report = judged(whole("one"), service("one"), whole("two"), evaluation("two"))

    assert report.headline == "No verdict: Two members share a record_id."
    assert [each.path for each in report.unreadable] == ["one", "one"]
    assert [(member.record_id, member.kind) for member in report.members] == [
        ("two", "evaluation"),
        ("two", "intervention"),
    ]


def test_a_record_of_another_edition_is_not_counted(example1: Taxonomy) -> None:
    report = check_portfolio(records([whole("one") | {"edition": "2023.1"}]), edition=example1)

    assert [each.path for each in report.unreadable] == ["one"]
    assert report.headline == "No verdict: 1 file could not be read."


def test_reports_made_earlier_count_with_their_lines() -> None:
    document = service("one", housing="directly", support=partner("written", organisation="X"), safety=partner("none"))
    contents = records([document, evaluation("two", "housing")])
    reports = [mscos.check_intervention(contents[0]), mscos.check(contents[1])]  # type: ignore[arg-type]

    report = check_portfolio(reports)

    again = check_portfolio(contents)
    assert [member.source for member in report.members] == ["report", "report"]
    assert [(line.reach, line.rag) for line in report.core] == [(line.reach, line.rag) for line in again.core]
    assert report.uptake == again.uptake
    assert report.changes_needed == again.changes_needed


def test_a_report_made_earlier_is_read_from_its_file(tmp_path: Path) -> None:
    report = mscos.check_intervention(read_any(whole("one")))  # type: ignore[arg-type]
    path = tmp_path / "report.json"
    path.write_text(report.model_dump_json(exclude_none=True), encoding="utf-8")

    assert check_portfolio(read_members([path])).headline == "7 of 7 core outcomes are addressed."


def test_a_report_without_every_core_outcome_is_not_counted() -> None:
    report = mscos.check_intervention(read_any(whole("one")))  # type: ignore[arg-type]

    found = check_portfolio([report.model_copy(update={"core": report.core[:6]})])

    assert [each.message for each in found.unreadable] == ["The report does not hold a line for each core outcome."]


REFERRED = dict.fromkeys(CORE[1:], "directly") | {"housing": partner(how="by_referral", organisation="Elsewhere")}


def edited(**changes: Any) -> Document:  # noqa: ANN401 - any JSON
    """Make a report on a service, and write over some of it."""
    record = read_any(service("one", **REFERRED))
    document: Document = json.loads(mscos.check_intervention(record).model_dump_json(exclude_none=True))  # type: ignore[arg-type]
    return document | changes


def first_line(**changes: Any) -> list[Document]:  # noqa: ANN401 - any JSON
    core: list[Document] = edited()["core"]
    return [core[0] | changes, *core[1:]]


ADDRESSED = {"name": "addressed", "answer": "met"}
CHILDREN = {"rule": "POP-01", "severity": "error", "message": "Children.", "pointer": ""}


@pytest.mark.parametrize(
    "changes",
    [
        {"verdicts": [ADDRESSED, ADDRESSED]},
        {"verdicts": [{"name": "reported", "answer": "met"}]},
        {"verdicts": [{"name": "addressed", "answer": "not_met"}]},
        {"complete": False},
        {"rules_not_run": [{"rule": "INT-01", "why": "It could not."}]},
        {"findings": [CHILDREN]},
        {"core": first_line(status="not_addressed")},
        {"core": first_line(partners=[])},
        {"core": first_line(status="by_partner", partners=[])},
        {"core": first_line(rag="green")},
    ],
)
def test_a_report_that_does_not_agree_with_itself_is_not_believed(changes: Document, tmp_path: Path) -> None:
    believed = check_portfolio(read_members([on_lines(tmp_path / "true.ndjson", [edited()])]))
    found = check_portfolio(read_members([on_lines(tmp_path / "all.ndjson", [edited(**changes)])]))

    assert believed.met
    assert [each.message for each in found.unreadable] == ["The report does not agree with itself."]
    assert found.verdict.answer == "not_given"


def test_the_reason_that_a_report_gives_is_never_shown(tmp_path: Path) -> None:
    verdict = {"name": "addressed", "answer": "not_given", "why": area.CANARY}
    found = check_portfolio(read_members([on_lines(tmp_path / "a.ndjson", [edited(verdicts=[verdict])])]))

    assert "one (intervention): The report gives no verdict." in portfolio_text(found)
    assert area.CANARY not in "".join(everything_of(found))


# The verdict and what it rests on.


def test_one_service_for_each_outcome_is_enough() -> None:
    report = judged(*(service(f"service-{outcome}", **{outcome: "directly"}) for outcome in CORE))

    assert report.met
    assert report.headline == "7 of 7 core outcomes are addressed."
    assert report.rag == "green"
    assert [point.outcome for point in report.single_points] == list(CORE)


def test_a_partner_who_is_not_named_covers_nothing() -> None:
    report = judged(whole("one") | service("one", **dict.fromkeys(CORE[1:], "directly"), housing={"how": "by_partner"}))

    assert report.headline == (
        "6 of 7 core outcomes are addressed. Not addressed: Secure and suitable housing (partly). Name the partner."
    )
    assert report.uncovered == ("housing",)


def test_a_service_for_children_is_set_aside() -> None:
    report = judged(whole("one") | {"accepts": "children"}, service("two", housing="directly"))

    assert [(member.record_id, member.answer) for member in report.members] == [
        ("one", "not_given"),
        ("two", "not_met"),
    ]
    assert report.core[0].directly == ("two",)
    assert "one (intervention): People under 18 are included." in portfolio_text(report)


def test_who_leaves_an_outcome_to_another_member_is_no_second_one() -> None:
    linked = service("two", housing=partner("written", record_id="one"))
    elsewhere = service("three", housing=partner("written", organisation="Elsewhere (made up)"))

    assert [point.record_id for point in judged(whole("one"), linked).single_points if point.outcome == "housing"] == [
        "one"
    ]
    assert "housing" not in [point.outcome for point in judged(whole("one"), linked, elsewhere).single_points]


def test_a_member_that_relies_on_one_which_does_not_cover_it_is_named() -> None:
    by_name = service("two", housing=partner(organisation="one house (made up)"))
    report = judged(service("one", safety="directly") | {"organisation": "One House (made up)"}, by_name)

    assert [(each.record_id, each.partner) for each in report.not_confirmed] == [("two", "one")]
    assert "housing" in report.uncovered
    assert not report.core[0].there


def test_two_members_that_refer_to_each_other_cover_nothing() -> None:
    one = service("one", **dict.fromkeys(CORE[1:], "directly"), housing=partner("written", record_id="two"))
    two = service("two", **dict.fromkeys(CORE[1:], "directly"), housing=partner("written", record_id="one"))

    report = judged(one, two)

    assert report.verdict.answer == "not_met"
    assert report.uncovered == ("housing",)
    assert report.rag == "red"


def test_who_relies_on_a_member_that_is_set_aside_covers_nothing() -> None:
    children = whole("kids") | {"accepts": "children", "organisation": "Kids (made up)"}
    linked = service("one", **dict.fromkeys(CORE[1:], "directly"), housing=partner("written", record_id="kids"))
    by_name = service("two", housing=partner("written", organisation="Kids (made up)"))

    report = judged(children, linked, by_name)

    assert report.uncovered == ("housing",)
    assert [(each.record_id, each.partner) for each in report.not_confirmed] == [("one", "kids"), ("two", "kids")]
    assert not report.met


def test_a_link_that_leads_nowhere_does_not_hide_what_the_name_says() -> None:
    other = service("one", safety="directly") | {"organisation": "One House (made up)"}
    claim = partner("written", record_id="gone", organisation="One House (made up)")

    assert judged(other, service("two", housing=claim)).uncovered[0] == "housing"
    assert judged(other, service("two", safety=claim)).core[1].rag == "green"


@pytest.mark.parametrize(
    "name", ["ONE  HOUSE (made up)", "\uff2fne House (made up)", "One\u200b House (made\u00a0up) "]
)
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    other = service("one", safety="directly") | {"organisation": "One House (made up)"}

    found = judged(other, service("two", housing=partner("written", organisation=name)))

    assert [each.partner for each in found.not_confirmed] == ["one"]


def test_an_organisation_with_several_services_confirms_what_another_one_of_them_covers() -> None:
    ours = {"organisation": "One House (made up)"}
    claim = partner("written", record_id="gone", organisation="One House (made up)")
    first, second = service("one", safety="directly") | ours, service("two", housing="directly") | ours

    outside = judged(first, second, service("three", housing=claim, support=claim))
    assert [each.record_id for each in outside.core[0].by_partner] == ["three"]
    assert [(each.outcome, each.partner) for each in outside.not_confirmed] == [("support", "one"), ("support", "two")]

    inside = judged(service("one", housing=claim) | ours, second)
    assert [each.record_id for each in inside.core[0].by_partner] == ["one"]
    alone = judged(service("one", housing=claim) | ours)
    assert alone.uncovered[0] == "housing"
    assert [(each.record_id, each.partner) for each in alone.not_confirmed] == [("one", "one")]


def test_a_service_that_names_itself_as_its_partner_covers_nothing() -> None:
    assert judged(service("one", housing=partner("written", record_id="one"))).uncovered[0] == "housing"


def test_what_rests_on_a_partner_is_no_greener_than_the_partner() -> None:
    enabling = service("one", housing={"how": "directly", "relation": "enabling"})
    claim = service("two", housing=partner("written", record_id="one"))

    report = judged(enabling, claim)

    assert report.core[0].rag == "amber"
    assert report.enabled_only == ("housing",)


def test_a_claim_that_is_denied_closes_no_gap() -> None:
    one = service("one", **dict.fromkeys(CORE[1:], "directly"))
    two = service("two", housing=partner("written", record_id="one"))

    (gap,) = judged(one, two).changes_needed

    assert gap.outcome == "housing"
    assert [(each.record_id, each.change) for each in gap.options] == [("one", "amend"), ("two", "amend")]


# Change.


def test_what_became_better_and_what_fell_away_is_said() -> None:
    old = judged(whole("one"), whole("two"), evaluation("e1", "housing"), evaluation("e2"))
    less = service("one", **dict.fromkeys(CORE[1:], "directly"), housing=partner("informal", organisation="Elsewhere"))
    new = judged(less, evaluation("e1", "housing", "safety"), evaluation("e2"))

    changes = changes_since(old, new)

    assert [(line.direction, line.what, line.outcome) for line in changes.lines] == [
        ("worse", "rag", "housing"),
        ("worse", "fragile", "housing"),
        *(("worse", "single_point", outcome) for outcome in CORE),
        ("better", "uptake", "safety"),
    ]
    assert [(each.kind, each.record_id) for each in changes.lost] == [("intervention", "two")]
    assert changes.gained == ()
    assert changes.comparable
    back = changes_since(new, old)
    assert [line.direction for line in back.lines] == ["better"] * 9 + ["worse"]


def test_a_portfolio_has_not_changed_since_itself(generated: PortfolioReport) -> None:
    changes = changes_since(generated, generated)

    assert (changes.lines, changes.gained, changes.lost, changes.comparable) == ((), (), (), True)


def test_uptake_that_is_not_counted_any_more_fell_away() -> None:
    old, new = judged(whole("one"), evaluation("e1", "housing"), evaluation("e2")), judged(whole("one"))

    changes = changes_since(old, new)

    assert [(line.direction, line.what, line.outcome, line.before, line.after) for line in changes.lines] == [
        ("worse", "full_set_uptake", None, "0 of 2", "no evaluation"),
        ("worse", "uptake", "housing", "1 of 2", "no evaluation"),
    ]
    assert changes_since(new, old).lines == ()


def test_an_earlier_report_that_holds_what_no_check_says_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    text = portfolio_json(judged(whole("one"), evaluation("e1", "housing")))

    def refused(change: Callable[[Document], object]) -> list[str]:
        document: Document = json.loads(text)
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(mscos.errors.InvalidDocument) as caught:
            read_portfolio_report(path)
        return [fault.pointer for fault in caught.value.faults]

    assert refused(lambda document: document["core"].pop()) == ["/core"]
    assert refused(lambda document: document["core"].clear()) == ["/core"]
    assert refused(lambda document: document["uptake"]["outcomes"].pop()) == ["/uptake/outcomes"]
    assert refused(lambda document: document.pop("uptake")) == ["/uptake"]
    assert refused(lambda document: document["uptake"]["full_set"].update(count=2)) == ["/uptake"]
    assert refused(lambda document: document["uptake"]["outcomes"][0]["reported"].update(total=9)) == ["/uptake"]
    assert refused(lambda document: document["uptake"].update(evaluations=9)) == ["/uptake", "/uptake"]


# The command.


def test_the_command_answers_with_its_status(tmp_path: Path) -> None:
    met = on_lines(tmp_path / "met.ndjson", [whole("one")])
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    assert run(met).returncode == 0
    assert run(f"{EXAMPLE}/members").returncode == 1
    assert run(met, broken).returncode == 1
    assert run(broken, tmp_path / "none").returncode == 3
    assert run().returncode == 2
    assert run(met, "--edition", "1999.1").returncode == 2
    assert run(met, "--fail-on-regression").returncode == 2
    assert run(met, "--output", met).returncode == 2
    assert run(met, "--since", broken).returncode == 3


def test_the_command_fails_on_regression_if_it_is_asked_to(tmp_path: Path) -> None:
    before, after = tmp_path / "before.json", on_lines(tmp_path / "after.ndjson", [whole("one")])
    both = on_lines(tmp_path / "both.ndjson", [whole("one"), whole("two")])

    assert run(both, "--format", "json", "--output", before).returncode == 0

    said = run(after, "--since", before)
    assert (said.returncode, said.stderr) == (0, "")
    assert "  worse: housing, who covers it: several members before, one member now." in said.stdout.splitlines()
    assert "  Lost: two (intervention)." in said.stdout.splitlines()
    assert run(after, "--since", before, "--fail-on-regression").returncode == 1
    assert run(both, "--since", before, "--fail-on-regression").returncode == 0


def test_progress_is_shown_on_a_terminal_once_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(judging, "monotonic", lambda: next(clock))

    assert list(judging.while_reading(iter("abcd"))) == list("abcd")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(judging.while_reading(iter("abcd"))) == list("abcd")

    assert capsys.readouterr().err == "\rmscos: 3 members read\rmscos: 4 members read\rmscos: 4 members read\n"


def test_a_record_with_faults_is_named_by_its_file_and_line(tmp_path: Path) -> None:
    faulty = '{"kind":"evaluation","record_id":"a","title":"b","outcomes":[{"outcome":"x"}]}'
    (tmp_path / "a.json").write_text(faulty)
    (tmp_path / "b.ndjson").write_text(f"\n{faulty}\n")

    report = check_portfolio(read_members([tmp_path]))

    assert [(each.path, each.message) for each in report.unreadable] == [
        (str(tmp_path / "a.json"), "1 fault."),
        (f"{tmp_path / 'b.ndjson'}:2", "1 fault."),
    ]
