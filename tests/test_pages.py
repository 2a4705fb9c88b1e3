"""The pages: whole ones as expected, all the words of the text, and nothing that runs, loads or deceives."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import area
import mscos
from mscos import PortfolioReport, Report, Taxonomy
from mscos.conformance import check_any
from mscos.findings import Rag, Reach
from mscos.portfolios.checking import check_portfolio
from mscos.portfolios.members import read_members
from mscos.records.reading import read_any
from mscos.reporters.heat_map import SERVICES_SHOWN, heat_map
from mscos.reporters.pages import _environment, headed
from mscos.reporters.picture import picture
from shown_pages import MARKUP, TURNED, hostile_portfolio, hostile_report, hostile_service, pages, sixty_services
from test_reporters import stamped
from written import in_form, portfolio_in_form

ROOT = Path(__file__).parent.parent
ENDINGS = {"html": "html", "markdown": "md"}
VOID = {"meta", "rect", "path", "circle", "link", "img", "br"}


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and the text that is seen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "desc"} & set(self.open):
            self.seen.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.seen).split())


@cache
def all_pages() -> dict[str, str]:
    return pages("html")


def phrases(text: str) -> set[str]:
    """Cut a text into the phrases that must stand in every form of it."""
    cut = re.split(r"[:.;,()\[\]]+(?:\s|$)|\n|\s\(", text)
    return {" ".join(phrase.split()).strip("()[]:;,. ").casefold() for phrase in cut} - {""}


@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize("example", ["advocacy-service/intervention", "therapy-study/evaluation"])
def test_an_example_gives_its_whole_expected_page(example: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path = f"examples/{example}.toml"
    expected = Path(path).with_name(f"expected.{ENDINGS[form]}").read_text(encoding="utf-8")

    assert in_form(form, check_any(read_any(path))) == stamped(expected)


@pytest.mark.parametrize("form", ENDINGS)
def test_the_portfolio_gives_its_whole_expected_page(
    form: str, edition: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = Path(f"examples/area-partnership/expected.{ENDINGS[form]}").read_text(encoding="utf-8")

    report = check_portfolio(read_members(["examples/area-partnership/members"], taxonomy=edition))

    assert portfolio_in_form(form, report) == stamped(expected)


@pytest.mark.parametrize("name", sorted(set(all_pages()) - {"long"}))
def test_a_page_has_all_the_words_of_the_text(name: str) -> None:
    said = Page(all_pages()[name]).text.casefold()
    # In the table of the uptake these words are the heads of columns.
    wanted = phrases(re.sub(r"(?:planned or )?reported by (?=\d)", "", pages_in_text()[name]))

    assert {phrase for phrase in wanted if phrase not in said} == set()


@cache
def pages_in_text() -> dict[str, str]:
    return pages("text")


@pytest.mark.parametrize("name", all_pages())
def test_a_page_closes_what_it_opens_and_uses_no_identifier_twice(name: str) -> None:
    page = Page(all_pages()[name])
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    named = " ".join(attributes.get("aria-labelledby") or "" for _, attributes in page.elements).split()

    assert page.open == []
    assert len(identifiers) == len(set(identifiers))
    assert set(named) <= set(identifiers)


@pytest.mark.parametrize("name", all_pages())
def test_a_page_holds_nothing_that_runs_or_loads(name: str) -> None:
    page = Page(all_pages()[name])

    assert {tag for tag, _ in page.elements} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "a",
        "form",
        "base",
    } == set()
    for _, attributes in page.elements:
        assert [each for each in attributes if each.startswith("on") or each in {"style", "src", "href"}] == []
    assert "@import" not in all_pages()[name]
    assert set(re.findall(r"url\((.*?)\)", all_pages()[name])) <= {"#hatch-amber", "#hatch-red", "#hatch-no"}


@pytest.mark.parametrize("name", ["safe-house/evaluation", "area"])
def test_the_only_style_that_a_page_allows_is_its_own(name: str) -> None:
    page = all_pages()[name]
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()

    assert len(styles) == 1
    assert (
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'\">"
    ) in page


@pytest.mark.parametrize("name", all_pages())
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(all_pages()[name]).elements if re.fullmatch(r"h\d", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", ["hostile", "hostile-service", "hostile-portfolio"])
def test_markup_in_a_record_is_shown_as_text(name: str) -> None:
    page = Page(all_pages()[name])

    assert MARKUP in "".join(page.seen)
    assert ("bdi", {}) in page.elements


@pytest.mark.parametrize("report", [hostile_report(TURNED), hostile_service(TURNED)])
def test_what_turns_the_direction_of_text_is_an_escape_and_kept_apart(report: Report) -> None:
    page = in_form("html", report)

    assert r"<bdi>\u202eback\u2066wards\u200f" in page
    assert not set(page) & set("\u202e\u2066\u200f\ue000\ue001")


def test_characters_for_private_use_cannot_stand_for_our_marks() -> None:
    page = in_form("html", hostile_report("\ue000a\ue001b"))

    assert r"<bdi>\ue000a\ue001b</bdi>" in page
    assert r"\ue000a\ue001b, \ue000a\ue001b (record " in in_form("text", hostile_report("\ue000a\ue001b"))


def test_a_long_title_is_shown_whole_set_small_and_cut_in_the_tab() -> None:
    page = all_pages()["long"]

    assert f'<h1 class="long"><bdi>{"long" * 2500}</bdi></h1>' in page
    assert f"<title>{'long' * 20}…</title>" in page
    assert "<h1><bdi>" in all_pages()["safe-house/evaluation"]


def test_a_page_reads_in_the_order_in_which_people_ask() -> None:
    def headings(name: str) -> list[str]:
        return re.findall(r"<h2>(.*?)</h2>", all_pages()[name])

    assert headings("hostile")[:2] == ["Reported", "Not reported: what to add"]
    assert headings("misleading-scores/expected.txt") == [
        "Not reported: what to add",
        "Findings: what to mend in the record",
        "Findings: problems in the data",
        "In the data",
        "How this was checked",
    ]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("a: b: c", ("a", "b: c")),
        ("Safe [provisional: ours] (ll21): planned", ("Safe [provisional: ours] (ll21)", "planned")),
        ("x, \ue000A: B\ue001: met", ("x, \ue000A: B\ue001", "met")),
        ("at 10:30: met", ("at 10:30", "met")),
        ("no head", ("", "no head")),
        ("[", ("", "[")),
    ],
)
def test_what_a_line_is_about_stands_before_its_first_colon(line: str, parts: tuple[str, str]) -> None:
    assert headed(line) == parts


def test_the_picture_says_of_each_outcome_how_far_it_got_and_its_colour() -> None:
    drawn = picture(check_any(read_any(ROOT / "examples/advocacy-service/intervention.toml")))

    assert drawn.words == (
        "Secure and suitable housing: by referral, amber. Safety from any trafficker or other abuser: directly, green. "
        "Long-term, consistent support: directly, green. Compassionate, trauma informed services: by a partner, green. "
        "Finding purpose in life and self-actualisation: left to a partner who is not named, red. "
        "Access to medical treatment: directly, green. Access to education: not addressed, red."
    )
    assert [row.reached for row in drawn.rows] == [2, 4, 4, 3, 1, 4, 0]
    assert [[step.reached for step in row.steps].count(True) for row in drawn.rows] == [2, 4, 4, 3, 1, 4, 0]
    assert [row.look for row in drawn.rows] == ["amber", "green", "green", "green", "red", "green", "red"]


def test_the_rows_of_a_picture_do_not_overlap() -> None:
    drawn = picture(check_any(read_any(ROOT / "examples/advocacy-service/intervention.toml")))
    feet = [row.words_foot for row in drawn.rows]
    heads = [row.label[0][0] - 13 for row in drawn.rows]

    assert all(foot < head for foot, head in zip(feet, heads[1:], strict=False))
    assert heads[0] >= 0
    assert feet[-1] < drawn.height


@pytest.mark.parametrize(
    ("name", "coloured"), [("ticked-boxes/expected.txt", False), ("ticked-boxes/expected-with-record.txt", True)]
)
def test_colours_belong_to_what_is_reported_and_not_to_data_alone(*, name: str, coloured: bool) -> None:
    page = Page(all_pages()[name])

    assert ("Colour" in page.text) is coloured
    assert bool(re.search(r", (red|amber|green)\b", page.text)) is coloured


def test_without_a_verdict_nothing_is_green() -> None:
    page = Page(all_pages()["children"])

    assert page.text.count("green") == 0
    assert {row["class"] for tag, row in page.elements if tag == "g"} == {"no"}
    assert "reported, green" in Page(all_pages()["safe-house/evaluation"]).text


def test_a_portfolio_without_a_verdict_has_no_colours_above_its_map() -> None:
    assert not re.search('class="word', all_pages()["sixty"])
    assert all_pages()["area"].count('class="word') == 7


def test_a_form_that_is_not_used_yet_can_be_reported_and_is_not_called_planned() -> None:
    page = Page(all_pages()["design"])

    assert "planned" not in page.text
    assert {row["class"] for tag, row in page.elements if tag == "g"} == {"yes"}
    assert "can be reported 2 of 2" in " ".join(" ".join(page.seen).split())


def test_a_provisional_label_is_marked_wherever_it_stands(safe_house: dict[str, object]) -> None:
    outcomes = safe_house["outcomes"]
    assert isinstance(outcomes, list)
    outcomes.append({"outcome": "ll21", "planned": True})
    report = mscos.check(mscos.read_record(safe_house))
    core = tuple(line.model_copy(update={"mark": "provisional: a test"}) for line in report.core)

    marked = in_form("html", report.model_copy(update={"core": core}))

    assert "Safety at home [provisional: our label for a published theme, not MS-COS wording] (ll21)" in marked
    # In the words of the picture, in its table and in its place in a list.
    assert marked.count("Access to education [provisional: a test]") == 3
    assert len(re.findall(r"<text [^>]*>[^<]*\[provisional:", marked)) == 7


def test_the_map_shows_how_each_service_reaches_each_outcome() -> None:
    report = sixty_services()
    shown = heat_map(report)

    assert len(shown.services) == sum(member.kind == "intervention" for member in report.members) == 60
    for place, line in enumerate(report.core):
        directly = {service.member.record_id for service in shown.services if service.reaches[place] is Reach.DIRECTLY}
        assert directly == set(line.directly)
        referred = {
            service.member.record_id for service in shown.services if service.reaches[place] is Reach.BY_REFERRAL
        }
        assert referred == {each.record_id for each in line.by_referral}
    assert [row.service for part in shown.parts for row in part.rows] == list(shown.services)
    assert [(part.first, part.last) for part in shown.parts] == [(1, 24), (25, 48), (49, 60)]
    assert all(part.height <= 620 for part in shown.parts)


def test_the_longest_name_of_a_service_is_shown_whole_in_lines_that_fit() -> None:
    rows = [row for part in heat_map(hostile_portfolio(MARKUP)).parts for row in part.rows]

    for row in rows:
        lines = [words for _, words in row.name]
        assert "".join(lines) == row.service.member.record_id
        assert all(len(words) <= 21 for words in lines)
        assert row.top < row.name[0][0] - 10
        assert row.name[-1][0] < row.top + row.height
    assert all(above.top + above.height == below.top for above, below in pairwise(rows))


def test_the_names_take_no_more_room_than_the_longest_needs() -> None:
    assert heat_map(sixty_services()).width == int(11 * 7.3) + 12 + 7 * 26
    assert heat_map(hostile_portfolio(MARKUP)).width == int(20 * 7.3) + 12 + 7 * 26


def test_a_service_that_is_set_aside_is_not_in_the_map() -> None:
    report = sixty_services()
    members = tuple(
        member.model_copy(update={"answer": "not_given"}) if member.record_id == "service-003" else member
        for member in report.members
    )

    shown = heat_map(report.model_copy(update={"members": members}))

    assert "service-003" not in {service.member.record_id for service in shown.services}
    assert len(shown.services) == 59


def test_of_very_many_services_some_are_left_to_the_json_and_the_page_says_so() -> None:
    report = sixty_services()
    first = next(member for member in report.members if member.kind == "intervention")
    many = tuple(first.model_copy(update={"record_id": f"s-{number}"}) for number in range(SERVICES_SHOWN + 3))
    long = report.model_copy(update={"members": many})

    assert "3 more services are in the JSON." in Page(portfolio_in_form("html", long)).text
    assert "3 more services are in the JSON." in portfolio_in_form("markdown", long)
    assert "more services" not in all_pages()["sixty"]


def evaluations_only() -> PortfolioReport:
    return check_portfolio(read_any(document) for document in area.evaluations(5))


def test_a_portfolio_of_evaluations_alone_has_no_map() -> None:
    for form in ENDINGS:
        page = portfolio_in_form(form, evaluations_only())
        assert "Who covers what" not in page
        assert "Planned or reported by" in page


def test_the_whole_of_a_portfolio_has_the_colours_of_its_outcomes_in_words() -> None:
    page = Page(all_pages()["area"]).text

    assert "education Access to education, red" in page
    assert Rag.AMBER.value in page


@pytest.mark.parametrize(
    "write",
    [lambda: in_form("html", hostile_report(MARKUP)), lambda: portfolio_in_form("html", sixty_services())],
    ids=["a report", "a portfolio"],
)
def test_without_jinja2_a_page_names_the_command_that_helps(
    write: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _environment.cache_clear()
    for module in ("jinja2", "markupsafe"):
        monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(mscos.MissingExtra, match=r"pip install 'mscos\[html\]'"):
        write()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pages("html") == all_pages()
