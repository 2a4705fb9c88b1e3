"""The text of a report with styles for a terminal: the same words in the same lines, and nothing is wrapped."""

from __future__ import annotations

import re

from mscos._extras import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.style import Style

_HEADLINE = 2
"""Number of the line that holds the answer, from 0."""

_STYLES = {
    "stop": "bold red",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "Red": "bold red",
    "Amber": "bold yellow",
    "Green": "bold green",
}
"""The words of a report that have a style."""

_SEVERITY = re.compile(r"(?<=^  )(?:stop|error|warning|note)(?=: )")
_COLOUR = re.compile(r"\b(?:Red|Amber|Green)(?=\.$)")


def styled(text: str) -> str:
    """
    Put styles into the text of a report.

    Raises:
        MissingExtra: If rich is not installed.
    """
    lines = text.split("\n")
    return "\n".join(_line(place, line, after_gap=lines[place - 1] == "") for place, line in enumerate(lines))


def _line(place: int, line: str, *, after_gap: bool) -> str:
    heading = after_gap and line and not line.startswith(" ") and place != _HEADLINE
    if place == 0 or heading:
        return _rendered(line, "bold")
    if place < _HEADLINE or not line.startswith(" "):
        return line
    coloured = _SEVERITY.sub(_word, line)
    return _COLOUR.sub(_word, coloured)


def _word(found: re.Match[str]) -> str:
    return _rendered(found[0], _STYLES[found[0]])


def _rendered(words: str, definition: str) -> str:
    style: Style = needed("rich.style", "terminal").Style.parse(definition)
    return style.render(words, color_system=needed("rich.color", "terminal").ColorSystem.STANDARD)
