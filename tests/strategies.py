"""
Records of every kind for tests: a full one, generated ones, and ones that were changed.

What a field may hold is read from the types of the model, so that a new field is tried without a new line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from operator import mul
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import mscos
from mscos._files import read_document
from mscos._record import Day, EditionName, Language, Line, OutcomeId, Record, Slug, Text
from mscos.records.entries import Measure, Omission, OtherOutcome, OutcomeEntry, Result
from mscos.records.evaluation import EvaluationRecord
from mscos.records.intervention import Address, InterventionRecord, Partner

Document = dict[str, Any]
Place = tuple[str | int, ...]

EXAMPLES = Path(__file__).parents[1] / "examples"
TAXONOMY = mscos.load_taxonomy("2023.1")
CORE = [outcome.id for outcome in TAXONOMY.core]
SUBSETS = [frozenset(chosen) for size in range(len(CORE) + 1) for chosen in combinations(CORE, size)]
SAFE_HOUSE = read_document(str(EXAMPLES / "safe-house" / "evaluation.toml"))[0]
DROP_IN: Document = {
    "kind": "intervention",
    "record_id": "drop-in",
    "title": "A drop-in and its partners",
    "edition": TAXONOMY.edition,
    "organisation": "A charity (made up)",
    "accepts": "adults",
    "stages": ["respite_recovery"],
    "levels": ["individual", "organisational"],
    "addresses": [
        {"outcome": "housing", "how": "by_partner", "partner": {"organisation": "A housing trust (made up)"}},
        {"outcome": "safety", "how": "directly", "activities": ["Safety planning"], "relation": "direct"},
        {"outcome": "support", "how": "directly", "activities": ["Key work"]},
        {"outcome": "services", "how": "directly", "relation": "enabling"},
        {"outcome": "purpose", "how": "by_partner", "partner": {"record_id": "allotment", "agreement": "written"}},
        {"outcome": "medical", "how": "by_referral", "partner": {"organisation": "A clinic (made up)"}},
        {"outcome": "education", "how": "by_referral", "partner": {"record_id": "college"}},
    ],
    "logframe": [{"activity": "Key work", "outcomes": ["support", "ll07"]}],
    "duration_of_support": {"min_months": 12},
    "gap_actions": [{"outcome": "ll08", "action": "partner"}],
}
"""An intervention that addresses every core outcome."""


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record, and what its schemas say.

    Attributes:
        name: As it stands in `kind` and in the names of the schemas.
        model: Its type.
        held: The field that holds its entries.
        entry: The type of an entry.
        left_out: An entry, without its outcome, that leaves a core outcome out.
        whole: A record in which no core outcome is left out.
        definition: How a definition of the core schema begins, before the outcome.
        wanted: How the core schema's name for what is missing begins, before the outcome.
    """

    name: Literal["evaluation", "intervention"]
    model: type[EvaluationRecord | InterventionRecord]
    held: str
    entry: type[Record]
    left_out: Document
    whole: Document
    definition: str
    wanted: str

    @property
    def schemas(self) -> tuple[str, str]:
        """Names of the schemas that every record fits."""
        return self.name, f"{self.name}.bundle"

    @property
    def core_schemas(self) -> tuple[str, str]:
        """Names of the schemas that also ask for every core outcome."""
        return f"{self.name}.core", f"{self.name}.core.bundle"

    def read(self, document: Document) -> EvaluationRecord | InterventionRecord:
        """Read a document as this kind of record."""
        return mscos.read_record(document) if self.name == "evaluation" else mscos.read_intervention(document)

    def __str__(self) -> str:
        """Give the name, for the names of tests."""
        return self.name


EVALUATION = Kind(
    name="evaluation",
    model=EvaluationRecord,
    held="outcomes",
    entry=OutcomeEntry,
    left_out={"omission": {"reason": "funding"}},
    whole=SAFE_HOUSE,
    definition="reports",
    wanted="a reported result for",
)
INTERVENTION = Kind(
    name="intervention",
    model=InterventionRecord,
    held="addresses",
    entry=Address,
    left_out={"how": "not_addressed", "omission": {"reason": "funding"}},
    whole=DROP_IN,
    definition="addresses",
    wanted="somebody named who covers",
)
KINDS = (EVALUATION, INTERVENTION)
KIND = {name: kind for kind in KINDS for name in (*kind.schemas, *kind.core_schemas)}
"""The kind of record that each schema is about."""

RECORD_SCHEMAS = tuple(name for kind in KINDS for name in kind.schemas)
CORE_SCHEMAS = tuple(name for kind in KINDS for name in kind.core_schemas)


# The types of the model.


@dataclass(frozen=True, slots=True)
class Field:
    """
    A place in a document for which the model has a type.

    Attributes:
        place: The steps from the root of the document.
        type: The type, without None and without what annotates it.
        limits: What annotates it: `pattern`, `max_length`, `ge`, `le`.
        required: Whether something must stand there.
    """

    place: Place
    type: object
    limits: dict[str, Any]
    required: bool


def reduced(hint: object) -> tuple[object, dict[str, Any]]:
    """Take a type apart: what it is without None, and its limits."""
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is not Annotated:
        return hint, {}
    base, *annotations = get_args(hint)
    rules = (rule for annotation in annotations for rule in getattr(annotation, "metadata", ()))
    names = ("pattern", "max_length", "ge", "le")
    return base, {name: getattr(rule, name) for rule in rules for name in names if hasattr(rule, name)}


def item_of(array: object) -> object:
    """Give the type of the items of an array."""
    return get_args(array)[0]


def record_type(kind: object) -> type[Record] | None:
    """Give the type itself if it is a part of a record with fields of its own."""
    return kind if isinstance(kind, type) and issubclass(kind, Record) else None


@cache
def hints(model: type[Record]) -> dict[str, object]:
    """Give the types of the fields of a part of a record."""
    found = get_type_hints(model, include_extras=True)
    return {name: found[name] for name in model.model_fields}


def fields(model: type[Record], document: Document, place: Place = ()) -> Iterator[Field]:
    """Find every field that a document has or could have, and every item of its lists."""
    for name, hint in hints(model).items():
        base, limits = reduced(hint)
        yield Field((*place, name), base, limits, model.model_fields[name].is_required())
        if name in document:
            yield from _fields_within(base, document[name], (*place, name))


def _fields_within(base: object, value: Any, place: Place) -> Iterator[Field]:  # noqa: ANN401 - any JSON
    if model := record_type(base):
        yield from fields(model, value, place)
    elif get_origin(base) is tuple:
        item, limits = reduced(item_of(base))
        for index, member in enumerate(value):
            yield Field((*place, index), item, limits, required=False)
            yield from _fields_within(item, member, (*place, index))


def parent(document: Document, place: Place) -> Any:  # noqa: ANN401 - an object or a list
    """Give the object or list in which a place lies."""
    found: Any = document
    for step in place[:-1]:
        found = found[step]
    return found


def stands_in(document: Document, place: Place) -> bool:
    """Whether there is something at a place whose parent there is."""
    step = place[-1]
    return isinstance(step, int) or step in parent(document, place)


# One record with everything.


def _pattern(alias: object) -> str:
    return str(reduced(alias)[1]["pattern"])


_TEXTS = {
    _pattern(Line): "one line",
    _pattern(Text): "two\nlines",
    _pattern(Slug): "a-slug-2",
    _pattern(EditionName): TAXONOMY.edition,
    _pattern(Language): "sq-AL",
    _pattern(Day): "2024-02-29",
    _pattern(OutcomeId): "housing",
}


def example(hint: object) -> Any:  # noqa: ANN401 - any JSON
    """Give one value of a type, with every field filled in."""
    base, limits = reduced(hint)
    if model := record_type(base):
        return {name: example(inner) for name, inner in hints(model).items()}
    if get_origin(base) is tuple:
        return [example(item_of(base))]
    if get_origin(base) is Literal:
        return get_args(base)[0]
    return _TEXTS[limits["pattern"]] if base is str else {bool: True, float: 1.5}[base]  # type: ignore[index]


def full_record(kind: Kind) -> Document:
    """Make a record in which every field of the model is filled in somewhere."""
    entry = example(kind.entry)
    omission = {"outcome": "safety"} | kind.left_out | {"omission": entry.pop("omission")}
    other = example(OtherOutcome) | {"domain": TAXONOMY.domains[0].id}
    record: Document = example(kind.model) | {kind.held: [entry, omission], "other_outcomes": [other]}
    return record


# Generated records.

_LINE_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
_SEEN = st.characters(exclude_categories=("C", "Z"))


def _with_something_to_see(characters: SearchStrategy[str]) -> SearchStrategy[str]:
    around = st.text(characters, max_size=6)
    longest = st.builds(mul, st.sampled_from("x\U0001f600"), st.just(10_000))
    return st.tuples(around, _SEEN, around).map("".join) | longest


def _like(pattern: str) -> SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


_GENERATED_TEXTS = {
    _pattern(Line): _with_something_to_see(_LINE_CHARACTERS),
    _pattern(Text): _with_something_to_see(st.characters(codec="utf-8")),
    _pattern(Slug): _like("[a-z0-9]{1,9}(?:-[a-z0-9]{1,9}){0,3}") | st.sampled_from(["baseline", "month-6", "a" * 100]),
    _pattern(EditionName): st.just(TAXONOMY.edition),
    _pattern(Language): _like("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}"),
    _pattern(Day): st.dates().map(str),
    _pattern(OutcomeId): st.sampled_from([outcome.id for outcome in TAXONOMY.outcomes]),
}


def _numbers(limits: dict[str, Any]) -> SearchStrategy[float]:
    low, high = limits.get("ge"), limits.get("le")
    whole = st.integers(low if low is None else int(low), high if high is None else int(high))
    return whole | st.floats(low, high, allow_nan=False, allow_infinity=False)


@cache
def values(hint: object) -> SearchStrategy[Any]:
    """Generate values of a type."""
    return values_of(*reduced(hint))


def values_of(base: object, limits: dict[str, Any]) -> SearchStrategy[Any]:
    """Generate values of a type that was taken apart."""
    if model := record_type(base):
        return parts(model)
    if get_origin(base) is tuple:
        return st.lists(values(item_of(base)), max_size=3)
    if get_origin(base) is Literal:
        return st.sampled_from(get_args(base))
    if base is str:
        return _GENERATED_TEXTS[limits["pattern"]]
    return st.booleans() if base is bool else _numbers(limits)


def parts(
    model: type[Record], known: Mapping[str, SearchStrategy[Any]] | None = None, *, without: tuple[str, ...] = ()
) -> SearchStrategy[Document]:
    """
    Generate a part of a record, with any of its optional fields.

    Args:
        model: The type of the part.
        known: Fields that are always there, with what to put there.
        without: Fields to leave out.
    """
    always = dict(known or {})
    wanted = {name: hint for name, hint in hints(model).items() if name not in {*without, *always}}
    required = {name for name in wanted if model.model_fields[name].is_required()}
    return st.fixed_dictionaries(
        {name: values(wanted[name]) for name in required} | always,
        optional={name: values(wanted[name]) for name in wanted if name not in required},
    )


def _entries(kind: Kind) -> SearchStrategy[list[Document]]:
    omission = {"omission": parts(Omission)}
    if kind is EVALUATION:
        there = _measured(parts(OutcomeEntry, without=("omission",)))
        omitted = parts(OutcomeEntry, omission, without=("measures", "result"))
    else:
        there = parts(Address, without=("omission",))
        omitted = parts(Address, omission | {"how": st.just("not_addressed")})
    return st.lists(there | omitted, max_size=4, unique_by=lambda entry: entry["outcome"])


def _measured(entries: SearchStrategy[Document]) -> SearchStrategy[Document]:
    """See to it that what has a result is not said to be unmeasured."""
    return entries.map(lambda entry: entry | {"measured": True} if {"measured", "result"} <= entry.keys() else entry)


def _other_outcomes() -> SearchStrategy[list[Document]]:
    domains = st.sampled_from([domain.id for domain in TAXONOMY.domains])
    return st.lists(parts(OtherOutcome, without=("domain",)) | parts(OtherOutcome, {"domain": domains}), max_size=2)


def records(kind: Kind, entries: SearchStrategy[list[Document]] | None = None) -> SearchStrategy[Document]:
    """
    Generate records, as documents.

    Args:
        kind: Of what kind.
        entries: Their entries.  Without it, a few of any sort.
    """
    held = _entries(kind) if entries is None else entries
    return parts(kind.model, {kind.held: held, "other_outcomes": _other_outcomes()})


def whole_records(kind: Kind) -> SearchStrategy[Document]:
    """Generate records in which the core schema misses nothing."""
    content = _reported() if kind is EVALUATION else _addressed()
    return records(kind, st.tuples(*(content(st.just(name)) for name in CORE)).map(list))


Content = Callable[[SearchStrategy[str]], SearchStrategy[Document]]


def _reported() -> Content:
    """Give measures and a whole result to an outcome."""
    elements = ("measurement_variable", "analysis_metric", "aggregation", "timepoint", "where_reported")
    measure = parts(
        Measure,
        {
            "kind": st.just("outcome"),
            "instrument": st.sampled_from(["single-item", "a-scale-of-our-own"]),
            "match": st.sampled_from(["specific", "general_narrower"]),
            "direction": st.sampled_from(["higher_better", "lower_better"]),
            "reported_by": st.just("self"),
        },
    )
    content = {
        "measures": st.lists(measure, min_size=1, max_size=2),
        "result": parts(Result, {"estimate_given": st.just(value=True)} | {name: values(Line) for name in elements}),
    }
    return lambda outcome: _measured(parts(OutcomeEntry, {"outcome": outcome} | content, without=("omission",)))


def _addressed() -> Content:
    """Let the service itself cover an outcome, or somebody who is named."""
    named = parts(Partner, {"organisation": values(Line)}) | parts(Partner, {"record_id": values(Slug)})
    by_others = {"how": st.sampled_from(["by_partner", "by_referral"]), "partner": named}
    return lambda outcome: (
        parts(Address, {"outcome": outcome, "how": st.just("directly")}, without=("omission",))
        | parts(Address, {"outcome": outcome} | by_others, without=("omission",))
    )


# Changed records.

_FIXED = {"kind", "edition", "outcome", "outcomes", "addresses", "other_outcomes", "omission", "domain", "measured"}
"""Fields whose values depend on the edition or on each other, or that hold everything."""


@st.composite
def varied(draw: st.DrawFn, document: Document) -> Document:
    """Change a few fields of a valid document so that it stays valid."""
    kind = KIND[document["kind"]]
    changed = deepcopy(document)
    for _ in range(draw(st.integers(1, 4))):
        free = [
            field
            for field in fields(kind.model, changed)
            if field.place[-1] not in _FIXED and field.type is not kind.entry
        ]
        field = draw(st.sampled_from(free))
        inside, key = parent(changed, field.place), field.place[-1]
        if stands_in(changed, field.place) and not field.required and draw(st.booleans()):
            del inside[key]
        else:
            inside[key] = draw(values_of(field.type, field.limits))
    return changed


def _inside(value: object, place: Place = ()) -> Iterator[Place]:
    """List the places in a document, but not its root."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in members:
        yield (*place, step)
        yield from _inside(member, (*place, step))


_FULL_FIELDS = [field for kind in KINDS for field in fields(kind.model, full_record(kind))]
_NAMES = sorted({str(field.place[-1]) for field in _FULL_FIELDS})
_CODES = sorted({code for field in _FULL_FIELDS if get_origin(field.type) is Literal for code in get_args(field.type)})
_NEAR_MISSES: list[Any] = [
    *(None, True, False, 0, 1, -1, 18.0, 1200, 1200.5, 131, 10**30, 1e308),
    *("", " ", "\n", "\u200b", "a\n", "a\u0000", "a\u2028b", "A", "a--b", "true", "18", "2026-02-29", "en_GB"),
    *("housing", "d07", "Secure and suitable housing", "2023.2", "x" * 10_001, "a" * 101),
    *([], {}, [None], [[]], ["housing"], {"": ""}, {"outcome": "housing"}, {"outcome": "housing", "omission": {}}),
]
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
_ANYTHING = (
    st.sampled_from(_NEAR_MISSES)
    | st.sampled_from(_CODES)
    | st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
)


@st.composite
def mutated(draw: st.DrawFn, documents: SearchStrategy[Document]) -> Document:
    """Change one thing, anywhere in a document, to anything that JSON can say."""
    document = deepcopy(draw(documents))
    places = list(_inside(document))
    place = draw(st.sampled_from(places))
    inside, key = parent(document, place), place[-1]
    old = inside[key]
    match draw(st.sampled_from(["replace", "move", "add", "double", "wrap", "unwrap", "touch", "delete"])):
        case "replace":
            inside[key] = draw(_ANYTHING)
        case "move":  # what is right in one place may be wrong in another
            other = draw(st.sampled_from(places))
            inside[key] = deepcopy(parent(document, other)[other[-1]])
        case "add":
            objects = [document, *(value for value in [inside, old] if isinstance(value, dict))]
            draw(st.sampled_from(objects))[draw(st.sampled_from(_NAMES) | st.text())] = draw(_ANYTHING)
        case "double" if isinstance(inside, list):
            inside.insert(draw(st.integers(0, len(inside))), deepcopy(old))
        case "unwrap" if isinstance(old, list) and old:
            inside[key] = old[0]
        case "touch" if isinstance(old, str):
            inside[key] = draw(st.sampled_from([f"{old}\n", f" {old}", f"{old}\u200b", old.upper(), old[:-1], old * 2]))
        case "touch" if isinstance(old, float | int):
            inside[key] = draw(st.sampled_from([-old, str(old), bool(old), old + 1300, float(old), int(old)]))
        case "wrap":
            inside[key] = [deepcopy(old)]
        case _:
            del inside[key]
    return document


# Records that leave some of the core outcomes out.


def with_only(kind: Kind, there: frozenset[str]) -> Document:
    """Take the whole record and leave out all core outcomes but some, half of them with a reason."""
    document = deepcopy(kind.whole)
    entries = {entry["outcome"]: entry for entry in document[kind.held]}
    missing = [name for name in entries if name not in there]
    omitted = [{"outcome": name} | deepcopy(kind.left_out) for name in missing[::2]]
    document[kind.held] = [entries[name] for name in entries if name in there] + omitted
    return document


def sentence(kind: Kind, outcome: str) -> str:
    """Give the words by which every engine names a core outcome that is missing."""
    return f"{kind.wanted} {outcome} ({TAXONOMY[outcome].label})"


def one_missing(kind: Kind, outcome: str) -> list[Document]:
    """Make records without one outcome: one is silent about it, one gives a reason."""
    omitted = with_only(kind, frozenset(CORE) - {outcome})
    silent = omitted | {kind.held: [entry for entry in omitted[kind.held] if entry["outcome"] != outcome]}
    return [silent, omitted]
