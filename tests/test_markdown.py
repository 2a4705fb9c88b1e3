"""Markdown: nothing that people wrote becomes markup, a link or a mention, and no word of the text is lost."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mscos._printable import printable
from mscos.reporters.foreign import foreign
from mscos.reporters.markdown import bullets, heading, table, text
from shown_pages import MARKDOWN, MARKUP, hostile_report, pages
from test_pages import phrases
from written import in_form

RENDERED = MarkdownIt("commonmark").enable(["table", "strikethrough"])

OURS = {"h1", "h2", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}


def tags(page: str) -> set[str]:
    return set(re.findall(r"</?(\w+)", page))


def seen(page: str) -> str:
    """What a reader sees of a page, without the spaces of no width that keep mentions apart."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u200b", "")
    return " ".join(words.split())


@cache
def all_pages() -> dict[str, str]:
    return pages("markdown")


@cache
def in_text() -> dict[str, str]:
    return pages("text")


@pytest.mark.parametrize("name", sorted(set(all_pages()) - {"long"}))
def test_markdown_has_all_the_words_of_the_text(name: str) -> None:
    said = seen(RENDERED.render(all_pages()[name])).casefold()
    wanted = phrases(re.sub(r"(?:planned or )?reported by (?=\d)", "", in_text()[name]))

    assert {phrase for phrase in wanted if phrase not in said and phrase.rstrip(".") not in said} == set()


@pytest.mark.parametrize("name", all_pages())
def test_only_our_own_markup_is_markup(name: str) -> None:
    assert tags(RENDERED.render(all_pages()[name])) <= OURS


@pytest.mark.parametrize("name", all_pages())
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name: str) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", all_pages()[name], re.MULTILINE):
        bars = {len(re.findall(r"(?<!\\)\|", row.replace(r"\\", ""))) for row in block.splitlines()}
        assert len(bars) == 1


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Two years, at Harbour House (made up): 1 of 2!", "Two years, at Harbour House (made up): 1 of 2!"),
        ("@admin a@b.test @ home", "@&#8203;admin a@&#8203;b.test @ home"),
        ("see #12, GH-3 and a/b#4", r"see \#&#8203;12, GH-&#8203;3 and a/b\#&#8203;4"),
        ("https://x.test www.x.test http://", r"https\://x.test www\.x.test http\://"),
        ("_www.x.test", r"\_www\.x.test"),
        (":tada: at 10:30:15", r":&#8203;tada: at 10:30:15"),
        ("<b>a</b> &lt; *b* _c_ `d` ~~e~~ $f$", r"\<b\>a\</b\> \&lt; \*b\* \_c\_ \`d\` \~\~e\~\~ \$f\$"),
        ("[x](y) ![x](y)", r"\[x\](y) !\[x\](y)"),
        ("a | b \\", "a \\| b \\\\"),
        ("# a #", r"\# a \#"),
        ("a@.b@-c", "a@&#8203;.b@&#8203;-c"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("12) a 3. b", "12&#8203;) a 3. b"),
        ("line\nbreak\0", r"line\\nbreak\\x00"),
    ],
)
def test_what_markdown_would_make_something_of_is_taken_as_it_stands(words: str, written: str) -> None:
    assert text(foreign(words)) == written


def test_words_of_ours_may_have_a_rule_or_an_outcome_in_them_and_stay_as_they_are() -> None:
    assert text(f"Input: {foreign('a_b.toml')} (record). 1 of 7.") == r"Input: a\_b.toml (record). 1 of 7."


PIECES = [*"@#:/.&;|\\`*_[]()<>!~$-+=123 axw\n\t\ue000\ue001", "www.", "://", "GH-", "&lt;", "&#64;", "---", "    "]
WORDS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(words=WORDS)
def test_whatever_somebody_writes_is_seen_as_they_wrote_it(words: str) -> None:
    title = foreign(words)

    written = "\n".join((*heading(1, f"A {title}"), *bullets([title, title]), *table(("x", "y"), [(title, "z")])))

    page = RENDERED.render(written)
    shown = " ".join(printable(words).split())
    assert tags(page) <= OURS
    assert page.count("<li>") == 2
    assert page.count("<td>") == 2
    assert seen(page) == " ".join(f"A {shown} {shown} {shown} x y {shown} z".split())
    assert not re.search(r"@[^\s<]|#\d|GH-\d", page)


def test_a_hostile_title_is_seen_as_it_was_written_in_the_whole_report() -> None:
    for words in (MARKUP, MARKDOWN):
        page = RENDERED.render(in_form("markdown", hostile_report(words)))
        assert seen(page).startswith(f"{words}, {words} (record harbour-house-2025)")
        assert "<a" not in page


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    alone = all_pages()["ticked-boxes/expected.txt"]
    with_record = all_pages()["ticked-boxes/expected-with-record.txt"]
    form = all_pages()["design"]
    service = all_pages()["advocacy-service/intervention"]

    assert "## Can be reported\n\n| Outcome |\n| --- |\n| Secure and suitable housing (housing) |\n" in form
    assert "| Outcome | How far it got | People who answered |\n" in alone
    assert "| Outcome | How far it got | Colour | People who answered | What to do |\n" in with_record
    assert "| Outcome | How far it got | Colour |\n" in service
