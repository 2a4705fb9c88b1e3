"""Fills the packaged pages: everything is escaped, and the only style is named by its fingerprint."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from mscos._extras import needed
from mscos._package_data import read_bytes
from mscos.reporters.foreign import CLOSE, OPEN, foreign, pieces, unmarked
from mscos.reporters.of_outcomes import answered, begun, how_far, there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_IN_TAB = 80
"""Letters of a title that a browser's tab shows."""

_HEAD = re.compile(rf"((?:{OPEN}[^{CLOSE}]*{CLOSE}|\[[^\]]*\]|[^{OPEN}{CLOSE}:\[]|:(?! ))+): (.+)")
"""What stands before the first colon, but for colons in a mark or in words of somebody else."""


def filled(name: str, title: str, values: dict[str, object]) -> str:
    """
    Fill a page.

    Args:
        name: Name of the page.
        title: What it is about.
        values: What it shows.

    Raises:
        MissingExtra: If jinja2 is not installed.
    """
    style = _packaged("page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _environment().get_template(name)
    return page.render(values, style=_markup(style), style_sha256=digest, tab=_short(unmarked(title))) + "\n"


@cache
def _environment() -> Environment:
    jinja2 = needed("jinja2", "html")
    environment: Environment = jinja2.Environment(
        autoescape=True,
        loader=jinja2.FunctionLoader(_packaged),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "answered": answered,
        "begun": begun,
        "foreign": foreign,
        "headed": headed,
        "how_far": how_far,
        "said": said,
        "there": there,
    }
    return environment


@cache
def _packaged(name: str) -> str:
    return read_bytes(f"pages/{name}").decode()


def _markup(text: str) -> Markup:
    markup: Markup = needed("markupsafe", "html").Markup(text)  # only for our own style
    return markup


def said(text: str) -> Markup:
    """Escape words, and keep somebody else's from turning the direction of ours."""
    markupsafe = needed("markupsafe", "html")
    isolated = markupsafe.Markup("<bdi>{}</bdi>")
    parts = (isolated.format(piece) if strange else markupsafe.escape(piece) for piece, strange in pieces(text))
    joined: Markup = markupsafe.Markup("").join(parts)
    return joined


def headed(line: str) -> tuple[str, str]:
    """Part what a line is about from what it says; the first is empty where it is about nothing."""
    found = _HEAD.fullmatch(line)
    return (found[1], found[2]) if found else ("", line)


def _short(title: str) -> str:
    return title if len(title) <= _IN_TAB else f"{title[:_IN_TAB]}…"
