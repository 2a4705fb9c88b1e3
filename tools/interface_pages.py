"""The reference pages of what programs meet: the command line, Python, schemas and exit statuses."""

from __future__ import annotations

import ast
import enum
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import click
from pydantic import BaseModel

import mscos
from markdown_page import page, table
from mscos.cli import commands, exits

_OF_NO_WORDS = "The canonical layout, for tools that read CSV."
"""What a Table Schema is for; that format has no place to say so."""

_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields):$")
_ENTRY = re.compile(r"^    (\w+): (.*)$")


def exit_statuses() -> str:
    """Write the page of the exit statuses, from the code that gives them."""
    rows = ((f"`{status}`", said) for status, said in _members(exits.Exit))
    return page(
        [
            "# Exit statuses",
            "",
            "The status with which a command ends is its answer. One contract holds for every command.",
            "",
            *table(("status", "meaning"), rows),
            "",
            "`--expect collected` or `--expect reported` picks the verdict that decides between 0 and 1.",
            "A file that could not be read never gets status 0 or 1: nothing was checked.",
            "",
            "[The verdict](../verdict.md#exit-status) gives an example of each.",
        ]
    )


def _members(enumeration: type[enum.Enum]) -> Iterator[tuple[object, str]]:
    """Give the value of each member, and the text that stands below it."""
    return ((enumeration[name].value, said) for name, said in _said_below(enumeration))


def _said_below(thing: type) -> Iterator[tuple[str, str]]:
    """Give the names that a class assigns or declares, each with the text that stands below it."""
    body = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
    assert isinstance(body, ast.ClassDef)
    for member, below in pairwise(body.body):
        match member, below:
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                yield name, _even(said)


def schema_list(files: Mapping[str, Callable[[], str]]) -> str:
    """Write the page of the published schemas, with the fields of each, from their paths and what writes them."""
    lines = [
        "# Published schemas",
        "",
        "[Schemas](../schemas.md) says which to take, and how to use them.",
        "A schema whose name holds `bundle` says the same in one file that refers to no other.",
    ]
    for path, write in sorted(files.items()):
        lines += ["", *_schema(path, json.loads(write()))]
    return page(lines)


def _schema(path: str, schema: dict[str, Any]) -> Iterator[str]:
    name = path.removeprefix("schemas/1/").removesuffix(".json").removesuffix(".schema")
    yield f"## {name}"
    yield ""
    yield f"{schema.get('description', _OF_NO_WORDS)} File: [`{path}`](../../{path})."
    if ".bundle" in name or not schema.get("properties"):
        return
    yield ""
    required = set(schema.get("required", ()))
    rows = (
        (f"**`{field}`**" if field in required else f"`{field}`", " ".join(str(said.get("description", "")).split()))
        for field, said in schema["properties"].items()
    )
    yield from table(("field (required in bold)", "what it says"), rows)


def python_interface() -> str:
    """Write the page of every public name of the package, from signatures and docstrings."""
    lines = [
        "# Python interface",
        "",
        "What stands here is public. What does not stand here may change without notice.",
        "Names are imported when they are first used: `import mscos` costs next to nothing.",
    ]
    for name in mscos.__all__:
        lines += ["", *_public(name, getattr(mscos, name))]
    return page(lines)


def _public(name: str, thing: object) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    match thing:
        case str():
            yield "The version of the package, as text."
        case type():
            yield from _class(name, thing)
        case _ if inspect.isfunction(thing) or hasattr(thing, "__wrapped__"):
            yield from _signature(f"mscos.{name}", thing)
            yield from _docstring(thing)
        case _ if inspect.ismodule(thing):
            yield from _docstring(thing)
            for each in sorted(getattr(thing, "__all__", ())):
                if inspect.isfunction(getattr(thing, each)):
                    yield ""
                    yield f"### {name}.{each}"
                    yield ""
                    yield from _signature(f"mscos.{name}.{each}", getattr(thing, each))
                    yield from _docstring(getattr(thing, each))
        case _:
            yield f"A type: one of {', '.join(f'`{each}`' for each in thing.__args__)}."  # type: ignore[attr-defined]


def _class(name: str, thing: type) -> Iterator[str]:
    if issubclass(thing, enum.Enum):
        yield f"A closed list of values: {', '.join(f'`{member.value}`' for member in thing)}."
        yield ""
        yield from _docstring(thing)
        return
    if issubclass(thing, Exception):
        yield f"An exception. Catch it also as {', '.join(f'`{base.__name__}`' for base in thing.__bases__)}."
        yield ""
    yield from _docstring(thing)
    if issubclass(thing, BaseModel):
        yield ""
        described = ((f"`{field}`", _even(each.description or "")) for field, each in thing.model_fields.items())
        yield from table(("field", "what it says"), described)
    elif fields := [*_said_below(thing)]:
        yield ""
        yield from table(("field", "what it says"), ((f"`{field}`", said) for field, said in fields))
    for method, each in _methods(thing):
        yield ""
        yield f"### {name}.{method}"
        yield ""
        if not isinstance(each, property):
            yield from _signature(f"{name}.{method}", each)
        yield from _docstring(each)


def _methods(thing: type) -> Iterator[tuple[str, Any]]:
    """Give the public methods and properties that a class of ours defines itself."""
    for name, each in vars(thing).items():
        member = each.__func__ if isinstance(each, classmethod | staticmethod) else each
        shown = inspect.isfunction(member) or isinstance(member, property)
        if shown and member.__doc__ and not name.startswith(("_", "model_")):
            yield name, member


def _signature(name: str, thing: object) -> Iterator[str]:
    yield "```python"
    signature = _unquoted(inspect.signature(thing))  # type: ignore[arg-type]
    short = f"{name}{signature}"
    if len(short) <= 100:  # noqa: PLR2004 - what fits on a line
        yield short
    else:
        yield f"{name}("
        star = False
        for each in signature.parameters.values():
            if each.kind is each.KEYWORD_ONLY and not star:
                star = True
                yield "    *,"
            yield f"    {each},"
        returned = repr(signature.return_annotation)
        yield f") -> {returned}"
    yield "```"
    yield ""


class _Annotation:
    """An annotation that is shown as it is written, without the quotation marks of a text."""

    def __init__(self, written: object) -> None:
        self.written = written

    def __repr__(self) -> str:
        return str(self.written)


def _unquoted(signature: inspect.Signature) -> inspect.Signature:
    empty = inspect.Parameter.empty
    parameters = [
        each if each.annotation is empty else each.replace(annotation=_Annotation(each.annotation))
        for each in signature.parameters.values()
        if each.name != "self"
    ]
    return signature.replace(parameters=parameters, return_annotation=_Annotation(signature.return_annotation))


def _docstring(thing: object) -> Iterator[str]:
    """Write a docstring as Markdown: its sections become lists."""
    section, text = "", inspect.getdoc(thing) or ""
    joined = re.sub(r"\n {8,}(?=\S)", " ", text)  # an entry that runs over several lines
    for line in joined.splitlines():
        if found := _SECTION.match(line):
            section = found[1]
            yield f"**{section}**"
            yield ""
        elif section and (entry := _ENTRY.match(line)):
            yield f"* `{entry[1]}`: {_even(entry[2])}"
        elif section and line.strip():
            yield _even(line.strip())
        else:
            yield _even(line) if not line.startswith("    ") else line


def _even(text: str) -> str:
    """Write the marks of docstrings as those of Markdown, on one line."""
    return " ".join(text.replace("``", "`").split())


def command_line() -> str:
    """Write the page of the command line from its own help."""
    above = commands.make_context("mscos", [], resilient_parsing=True)
    return page(["# Command line", "", *_help(commands, None, "mscos"), *_helps(commands, above, "mscos")])


def _helps(group: click.Group, above: click.Context, path: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        yield from ("", f"## {path} {name}", "", *_help(command, above, name))
        if isinstance(command, click.Group):
            yield from _helps(command, command.make_context(name, [], above, resilient_parsing=True), f"{path} {name}")


def _help(command: click.Command, above: click.Context | None, name: str) -> list[str]:
    context = command.make_context(name, [], above, resilient_parsing=True, terminal_width=100)
    return ["```text", command.get_help(context), "```"]
