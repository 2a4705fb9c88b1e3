"""What the README shows at first sight; `test_manual.py` tries it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_screen_shows_the_two_commands_the_sentence_and_three_lines_of_python() -> None:
    screen = "\n".join(README.splitlines()[:40])

    assert "make demo" in screen
    assert "make test" in screen
    assert "7 of 7 core outcomes are reported." in screen
    assert "mscos.read_record(" in screen
