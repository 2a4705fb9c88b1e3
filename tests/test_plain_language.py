"""Every message that the product can say, read for its words.  `docs/plain-language.md` holds the lists."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import mscos
from mscos import _words, errors, sentence
from mscos.cli import commands
from mscos.errors import Fault, MscosError
from mscos.reference import load_omission_reasons
from mscos.reporters import of_checks
from mscos.reporters.mending import how_to_fix
from mscos.reporters.of_rules import blank
from mscos.rules import RULES
from mscos.rules._rule import Rule
from mscos.verification import MESSAGES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/plain-language.md").read_text(encoding="utf-8")

MOST = 25
"""A sentence has fewer words than this."""


def listed(heading: str) -> dict[str, str]:
    """The first two columns of the table below a heading of the page."""
    table = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = (re.split(r" *\| *", line.strip("| ")) for line in table.splitlines() if line.startswith("|"))
    return {row[0]: row[1] for row in list(rows)[2:]}


BLAME = listed("Words that we do not use")
ACRONYMS = listed("Acronyms that may stand alone")


# What can be said.


def made(error: type[MscosError]) -> MscosError:
    """An error of a kind, with something in each of its parts."""
    samples: dict[str, object] = {
        "stops": (("SAF-01", "name", 3, "client"),),
        "faults": (Fault("/title", "Write it."),),
    }
    parts = list(inspect.signature(error.__init__).parameters.values())[1:]
    given = []
    for part in parts:
        kind = str(part.annotation)
        if part.name in samples and (part.name == "stops" or "Fault" in kind):
            given.append(samples[part.name])
        elif kind.startswith("tuple"):
            given.append(("one", "two"))
        else:
            given.append(3 if "int" in kind else "one")
    return error(*given)


def kinds(error: type[MscosError]) -> Iterator[type[MscosError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds(kind)


def of_errors() -> Iterator[tuple[str, str]]:
    for kind in sorted(set(kinds(MscosError)), key=lambda kind: kind.__name__):
        if kind.__module__.startswith("mscos.") and kind is not errors.CannotRead:
            yield f"error {kind.__name__}", str(made(kind))


def of_advice() -> Iterator[tuple[str, str]]:
    for name in ("_NEXT", "_OF_DATA", "_OF_DESIGN"):
        for status, steps in getattr(sentence, name).items():
            yield from ((f"advice {name} {status}", step) for step in steps)
    yield from (("advice, protected", step) for step in (*sentence._PROTECTED, sentence._LINKED))  # noqa: SLF001
    yield from ((f"question {each.code}", each.question) for each in load_omission_reasons().values() if each.question)
    yield from ((f"meaning {each.code}", each.meaning) for each in load_omission_reasons().values())


def of_help(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    text = inspect.cleandoc(command.help or "").split("Exit status: ")[0]  # which is a list
    # In capital letters the name of an argument stands for what is to be written.
    arguments = [str(each.name).upper() for each in command.params if isinstance(each, click.Argument)]
    names = "|".join(arguments) or "(?!)"  # which is nowhere
    names += "|PATH" if name.endswith("portfolio") else ""
    yield f"help of {name}", re.sub(rf"\b({names})\b", "…", text)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            yield f"help of {name} {option.name}", re.sub(rf"\b({names})\b", "…", option.help)
    if isinstance(command, click.Group):
        for below, each in command.commands.items():
            yield from of_help(each, f"{name} {below}")


def of_rules() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        yield f"{rule.id} says", blank(rule)
        yield f"{rule.id} fix", how_to_fix(rule.id)
        yield f"{rule.id} page", re.sub(r"^## (.*)$", r"\1.", rule.page, flags=re.MULTILINE).split("Source.\n")[0]


def of_words() -> Iterator[tuple[str, str]]:
    for name, value in vars(_words).items():
        if name.isupper() and isinstance(value, str):
            yield f"fault {name}", value


def of_refusals() -> Iterator[tuple[str, str]]:
    """Give what the command line says of wrong usage, as it stands in the code; what is filled in is a mark."""
    for file in sorted((Path(mscos.__file__).parent / "cli").glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = call.func.attr if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else ""
            if name in {"UsageError", "fail"} and isinstance(call, ast.Call):
                yield f"refusal in {file.stem}, line {call.lineno}", _literal(call.args[0]).replace("FILE", "…")


def _literal(said: ast.expr) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    parts = said.values if isinstance(said, ast.JoinedStr) else ()
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)


def everything() -> list[tuple[str, str]]:
    said = [*of_rules(), *of_advice(), *of_errors(), *of_help(commands, "mscos"), *of_words()]
    said += of_refusals()
    said += [(f"verify {code}", message) for code, message in MESSAGES.items()]
    said += [("report", line) for line in (*of_checks.LIMITS, of_checks.COLLECTED, of_checks.REPORTED)]
    return said


SAID = everything()
TEXTS = [text for _, text in SAID]
IDS = [f"{number} {name}" for number, (name, _) in enumerate(SAID)]

each_message = pytest.mark.parametrize("text", TEXTS, ids=IDS)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line that ends a paragraph ends a sentence too."""
    paragraphs = re.split(r"\n\s*\n", text)
    return [each for part in paragraphs for each in re.split(r"(?<=[.?!])\s+", " ".join(part.split())) if each]


# How it is said.


def test_there_is_much_to_read() -> None:
    assert len(SAID) > 350
    assert {name.split()[0] for name, _ in SAID} >= {
        "advice,",
        "error",
        "fault",
        "help",
        "question",
        "refusal",
        "report",
        "verify",
    }


@each_message
def test_a_sentence_is_short(text: str) -> None:
    assert [each for each in sentences(text) if len(each.split()) >= MOST] == []


@each_message
def test_nobody_is_blamed(text: str) -> None:
    found = [word for word in BLAME if re.search(rf"\b{word}\b", text, re.IGNORECASE)]

    assert found == []


@each_message
def test_an_acronym_is_explained(text: str) -> None:
    bare = re.sub(r"\b[A-Z]{3}-\d\d\b|`[^`]*`|\b[A-Z]+\[:[A-Z]+\]", "", text)
    found = {acronym for acronym in re.findall(r"\b[A-Z]{2,}(?:-[A-Z]{2,})*\b", bare) if acronym not in ACRONYMS}

    assert [acronym for acronym in sorted(found) if not is_explained(acronym, text)] == []


def is_explained(acronym: str, text: str) -> bool:
    """Whether words stand beside an acronym: in brackets after it, or it in brackets after them, or after a comma."""
    flat = " ".join(text.split())
    return f"({acronym})" in flat or re.search(rf"\b{acronym}(?: \(|, the )", flat) is not None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_first_what_to_do(rule: Rule) -> None:
    how = how_to_fix(rule.id)

    assert how in NOTHING or how.split()[0] in VERBS


NOTHING = {"There is nothing to mend.", "Nothing needs mending."}
"""What is said where a rule only tells."""

VERBS = {
    "Add",
    "Ask",
    "Change",
    "Check",
    "Choose",
    "Export",
    "Fill",
    "Find",
    "Give",
    "Keep",
    "List",
    "Look",
    "Mend",
    "Name",
    "Plan",
    "Read",
    "Report",
    "Say",
    "Score",
    "Set",
    "Take",
    "Write",
}
"""What a way to mend begins with."""


def test_the_lists_would_notice() -> None:
    assert sentences("One two. Three?\n\nFour") == ["One two.", "Three?", "Four"]
    assert not is_explained("NRM", "when the NRM stops")
    assert is_explained("NRM", "the National Referral Mechanism (NRM) stops")
    assert len(BLAME) > 10
    assert "invalid" in BLAME
    assert ACRONYMS["CSV"].startswith("the name")
