"""Colour on a terminal: the same words in the same lines, and only for somebody who sees them."""

from __future__ import annotations

import io
import re
import sys
from types import SimpleNamespace

import pytest

from mscos.cli.colour import on_screen
from mscos.reporters.styled import styled
from shown_pages import pages

STYLES = re.compile(r"\x1b\[[0-9;]*m")

TEXT = """A title

1 of 7. Red.
error: Green.

Heading
  error: A message. (X-01)
  note: error: Amber.
  Housing: by referral. Amber.
  Amber. Green.
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mscos.cli.colour.sys", SimpleNamespace(stdout=Terminal()))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_headings_severities_and_colours_have_a_style_and_nothing_else_has() -> None:
    assert styled(TEXT) == (
        "\x1b[1mA title\x1b[0m\n"
        "\n"
        "1 of 7. Red.\n"
        "error: Green.\n"
        "\n"
        "\x1b[1mHeading\x1b[0m\n"
        "  \x1b[1;31merror\x1b[0m: A message. (X-01)\n"
        "  \x1b[1;36mnote\x1b[0m: error: \x1b[1;33mAmber\x1b[0m.\n"
        "  Housing: by referral. \x1b[1;33mAmber\x1b[0m.\n"
        "  Amber. \x1b[1;32mGreen\x1b[0m.\n"
    )


@pytest.mark.parametrize("name", (in_text := pages("text")))
def test_the_words_are_the_same_byte_for_byte(name: str) -> None:
    assert STYLES.sub("", styled(in_text[name])) == in_text[name]
    assert STYLES.search(styled(in_text[name]))


def test_the_headline_of_a_report_stays_plain() -> None:
    lines = styled(in_text["safe-house/evaluation"]).split("\n")

    assert lines[2] == "7 of 7 core outcomes are reported."
    assert lines[4] == "\x1b[1mReported\x1b[0m"


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_colour() -> None:
    assert on_screen(TEXT) == styled(TEXT)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_none_gets_none(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    assert on_screen(TEXT) == TEXT


@pytest.mark.usefixtures("terminal")
def test_an_empty_no_color_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")

    assert on_screen(TEXT) == styled(TEXT)


@pytest.mark.usefixtures("terminal")
def test_without_rich_there_is_no_colour_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("rich", "rich.style", "rich.color"):
        monkeypatch.setitem(sys.modules, module, None)

    assert on_screen(TEXT) == TEXT


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_a_pipe_or_no_output_at_all_gets_none(stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mscos.cli.colour.sys", SimpleNamespace(stdout=stream))

    assert on_screen(TEXT) == TEXT
