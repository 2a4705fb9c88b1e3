"""The reference pages of the manual, written from the package itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pydantic import BaseModel

from case_list import cases
from markdown_page import page, table
from mscos import editions, load_taxonomy
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import InterventionRecord
from mscos.reference import load_deficit_words, load_instruments, load_omission_reasons
from mscos.reporters.of_rules import blank, rule_page
from mscos.rules import RULES
from mscos.rules._rule import Rule
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

Page = Callable[[], str]


def index() -> str:
    """Write the table of contents of the reference."""
    lines = [
        "# Reference",
        "",
        "* [The evaluation record](evaluation-record.md): every field",
        "* [The intervention record](intervention-record.md): every field",
        "* [Rules](rules/README.md): every rule, with its page",
        "* [Command line](command-line.md): every command and option",
        "* [Exit statuses](exit-statuses.md): what the end of a command says",
        "* [Python interface](python.md): every public name",
        "* [Published schemas](schemas.md): every schema and its fields",
        *(f"* [Outcomes of edition {edition}](outcomes-{edition}.md)" for edition in editions()),
        "* [Instruments](instruments.md): what is known of them, and how sure it is",
        "* [Reasons for leaving an outcome out](omission-reasons.md)",
        "* [Deficit words](deficit-words.md): the check of positive framing",
        "* [Identifiers](identifiers.md): headers that stop the check of a data file",
        '* [Codes for "no answer"](missing-codes.md)',
        "* [Crosswalks](crosswalks.md): how other frameworks relate to the core outcomes",
        "* [Barriers in the system](system-barriers.md), and what could help",
        "* [Stages and levels](stages.md)",
    ]
    return page(lines)


def outcomes_of(edition: str) -> Page:
    """Write the page of an edition's outcomes."""
    return partial(_outcomes, edition)


def _outcomes(edition: str) -> str:
    taxonomy = load_taxonomy(edition)
    core = taxonomy.core_outcome_set
    return page(
        [
            f"# Outcomes of edition {edition}",
            "",
            core.statement,
            "",
            taxonomy.note,
            "",
            f"Fingerprint (sha256): `{taxonomy.fingerprint}`",
            "",
            "## Core outcomes",
            "",
            *_outcome_table(taxonomy, taxonomy.core),
            "",
            "## Long-list",
            "",
            "No verdict depends on these. Every label is provisional, as its mark says.",
            "",
            *_outcome_table(taxonomy, taxonomy.longlist),
            "",
            "## Domains",
            "",
            *table(
                ("identifier", "domain", "mark"),
                ((f"`{domain.id}`", domain.label, domain.mark) for domain in taxonomy.domains),
            ),
            "",
            "## Sources",
            "",
            *(f"* `{source.id}`: {_cited(source)}" for source in taxonomy.sources),
        ]
    )


def _outcome_table(taxonomy: Taxonomy, outcomes: Iterable[Outcome]) -> Iterator[str]:
    head = ("identifier", "label", "definition (ours)", "domain", "kind (ours)", "rests on", "sources")
    return table(
        head,
        (
            (
                f"`{outcome.id}`",
                outcome.marked_label,
                outcome.definition,
                f"{taxonomy.domain_of(outcome).marked_label} ({outcome.domain_grade})",
                outcome.construct_kind.replace("_", " "),
                outcome.evidence,
                ", ".join(outcome.sources) or "none",
            )
            for outcome in outcomes
        ),
    )


def _cited(source: object) -> str:
    parts = (getattr(source, name) for name in ("author", "title", "publisher", "date", "url"))
    return ". ".join(part for part in parts if part)


def evaluation_record() -> str:
    """Write the page of the fields of an evaluation record."""
    return _record("The evaluation record", EvaluationRecord)


def intervention_record() -> str:
    """Write the page of the fields of an intervention record."""
    return _record("The intervention record", InterventionRecord)


def _record(title: str, record: type[BaseModel]) -> str:
    """Write the page of a record's fields, in the order in which they are defined."""
    lines = [
        f"# {title}",
        "",
        "Every field of a record. A record is JSON or TOML; what is not known is left out.",
        "Fields in **bold** are required. A day is written as year-month-day, such as 2025-11-14.",
    ]
    for model in _models(record):
        lines += ["", f"## {model.__name__}", "", (model.__doc__ or "").split("\n")[0], ""]
        lines += table(("field", "what it says", "values"), _fields(model))
    return page(lines)


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [model]
    for name in model.model_json_schema()["$defs"]:
        found += [each for each in _submodels(model) if each.__name__ == name and each not in found]
    return found


def _submodels(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    from mscos.records._model_faults import models_in  # noqa: PLC0415

    for field in model.model_fields.values():
        for inner in models_in(field.annotation):
            yield inner
            yield from _submodels(inner)


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    schema = model.model_json_schema()
    for name, field in model.model_fields.items():
        shown = f"**`{name}`**" if field.is_required() else f"`{name}`"
        yield shown, " ".join((field.description or "").replace("``", "`").split()), _values(schema["properties"][name])


def _values(schema: dict[str, object]) -> str:  # noqa: PLR0911 - one answer for each shape of schema
    match schema:
        case {"anyOf": [dict(inner), *_]}:
            return _values(inner)
        case {"$ref": str(reference)}:
            name = reference.rsplit("/", 1)[1]
            return f"[{name}](#{name.lower()})"
        case {"items": dict(items)}:
            return f"list of: {_values(items)}"
        case {"const": value}:
            return f"`{value}`"
        case {"enum": list(values)}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "boolean"}:
            return "true or false"
        case {"type": "number"}:
            return "number"
        case _:
            return "text"


def instruments() -> str:
    """Write the page of the instrument table."""
    lines = [
        "# Instruments",
        "",
        "What is known of instruments: facts about them, never their wording.",
        "The core outcome set names no instruments. How one fits an outcome is this project's own judgement.",
        "Survivors have not reviewed it.",
        "",
        "A fact was read at the *publisher*'s, in a *secondary* source, or is *unchecked* professional knowledge.",
        "",
    ]
    head = (
        "identifier",
        "instrument",
        "measures",
        "answered by",
        "range",
        "better when",
        "fits",
        "other core outcomes",
        "mind",
    )
    rows = (
        (
            f"`{each.id}`",
            each.name,
            each.measures,
            each.answered_by.replace("_", " "),
            "; ".join(f"{known.form} {known.min:g} to {known.max:g} ({known.basis})" for known in each.ranges),
            f"{each.direction.value.replace('_', ' ')} ({each.direction.basis})",
            "; ".join(f"`{known.outcome}` {known.match.replace('_', ' ')}: {known.why}" for known in each.matches),
            "none" if each.otherwise == "none" else "as the record says",
            each.trap,
        )
        for each in load_instruments().values()
    )
    return page([*lines, *table(head, rows)])


def omission_reasons() -> str:
    """Write the page of the omission reasons."""
    lines = [
        "# Reasons for leaving an outcome out",
        "",
        "An outcome left out with a reason is still left out.",
        "The first six are barriers to research having impact, named by the Independent Anti-Slavery Commissioner.",
        "Using them for this purpose is our re-use, and the meanings are our own. Survivors have not reviewed them.",
        "",
    ]
    rows = (
        (
            f"`{each.code}`",
            each.meaning,
            each.question or "",
            each.source + (" (re-used)" if each.reused else ""),
        )
        for each in load_omission_reasons().values()
    )
    return page([*lines, *table(("code", "meaning (ours)", "what to ask next", "from"), rows)])


def deficit_words() -> str:
    """Write the page of the deficit words."""
    listed = load_deficit_words()
    return page(
        [
            "# Deficit words",
            "",
            listed.note,
            "",
            *table(("word", "why"), ((each.word, each.why) for each in listed.words)),
            "",
            "## Wordings that may hold them",
            "",
            *table(("outcome", "words", "why"), ((f"`{e.outcome}`", e.field, e.why) for e in listed.exempt)),
        ]
    )


def rules() -> str:
    """Write the table of the rules."""
    lines = [
        "# Rules",
        "",
        "The severity of a rule orders the list of findings. The verdict depends on the seven statuses alone.",
        "",
    ]
    rows = ((f"[{rule.id}]({rule.id}.md)", rule.severity.value, blank(rule)) for rule in RULES)
    return page([*lines, *table(("rule", "severity", "what it says"), rows)])


def rule_pages() -> dict[str, Page]:
    """Map the identifier of each rule to the function that writes its page."""
    return {rule.id: partial(_rule_page, rule) for rule in RULES}


def _rule_page(rule: Rule) -> str:
    return page([rule_page(rule, cases()[rule.id])])
