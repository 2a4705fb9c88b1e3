"""
Statements about things, written as Turtle or as JSON-LD: the same bytes each time.

A parser of RDF is for those who read it; to write a fixed set of statements in a fixed order takes these lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mscos.reporters.json_text import json_text


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing with a name.  What no IRI can hold is written as per cent and numbers."""

    value: str

    @property
    def safe(self) -> str:
        """The IRI with nothing in it that Turtle or JSON-LD refuses."""
        return quote(self.value, safe="%!#$&'()*+,/:;=?@[]~")


@dataclass(frozen=True, slots=True)
class Text:
    """A text; without a language, it is a code."""

    value: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Ordered:
    """Things in an order."""

    items: tuple[Iri, ...]


Value = Iri | Text | Truth | Ordered


@dataclass(frozen=True, slots=True)
class Node:
    """
    A thing and what is stated of it.

    Attributes:
        name: The thing.
        kind: Its class, such as ``skos:Concept``.
        statements: Properties, such as ``skos:prefLabel``, with their values; those of one property stand together.
    """

    name: Iri
    kind: str
    statements: tuple[tuple[str, Value], ...]


def turtle(prefixes: Mapping[str, str], nodes: Sequence[Node]) -> str:
    """Write statements as Turtle."""
    heads = [f"@prefix {prefix}: <{base}> .\n" for prefix, base in prefixes.items()]
    return "".join(heads) + "".join(f"\n{_block(node)}" for node in nodes)


def json_ld(prefixes: Mapping[str, str], nodes: Sequence[Node]) -> str:
    """Write statements as JSON-LD."""
    return json_text({"@context": dict(prefixes), "@graph": [_object(node) for node in nodes]})


def _block(node: Node) -> str:
    lines = [f"a {node.kind}"]
    for name, values in _grouped(node).items():
        lines.append(f"{name} {', '.join(_term(value) for value in values)}")
    return f"<{node.name.safe}> " + " ;\n    ".join(lines) + " .\n"


def _object(node: Node) -> dict[str, object]:
    said: dict[str, object] = {"@id": node.name.safe, "@type": node.kind}
    for name, values in _grouped(node).items():
        written = [_value(value) for value in values]
        said[name] = written if len(written) > 1 else written[0]
    return said


def _grouped(node: Node) -> dict[str, list[Value]]:
    grouped: dict[str, list[Value]] = {}
    for name, value in node.statements:
        grouped.setdefault(name, []).append(value)
    return grouped


def _term(value: Value) -> str:
    match value:
        case Iri():
            return f"<{value.safe}>"
        case Text():
            return _quoted(value.value) + (f"@{value.language}" if value.language else "")
        case Truth():
            return str(value.value).lower()
        case Ordered():
            return f"( {' '.join(map(_term, value.items))} )"


def _value(value: Value) -> object:
    match value:
        case Iri():
            return {"@id": value.safe}
        case Text():
            return {"@value": value.value, "@language": value.language} if value.language else value.value
        case Truth():
            return value.value
        case Ordered():
            return {"@list": [_value(each) for each in value.items]}


_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f-\x9f]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], f"\\u{ord(found[0]):04X}")
