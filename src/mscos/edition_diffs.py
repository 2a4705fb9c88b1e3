"""What differs between two editions: `apply_diff(diff(a, b), a)` is `b`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, JsonValue

from mscos._editions import taxonomy_of
from mscos._record import EditionName, Line, Many, Record
from mscos.edition_files import plain, taxonomy_document
from mscos.errors import OtherBase
from mscos.succession import Fate, Succession
from mscos.taxonomy import Taxonomy
from mscos.terms import Domain, Outcome

What = Literal[
    "renamed", "moved", "redefined", "regraded", "core_membership", "aliases", "sources", "kind", "described"
]
"""What a change of one field amounts to."""

Fields = Mapping[str, object]

_WHAT: Final[Mapping[str, What]] = {
    "label": "renamed",
    "long_label": "renamed",
    "domain": "moved",
    "domain_grade": "moved",
    "definition": "redefined",
    "definition_source": "redefined",
    "label_grade": "regraded",
    "grade": "regraded",
    "set": "core_membership",
    "core_outcome_set.outcomes": "core_membership",
    "alternative_labels": "aliases",
    "sources": "sources",
    "core_outcome_set.sources": "sources",
    "evidence": "sources",
    "published_list": "sources",
    "construct_kind": "kind",
}
"""What a change of a field amounts to; of any other, that something is described in another way."""

_PARTS: Final = ("outcomes", "withdrawn", "domains", "sources")
_CORE: Final = "core_outcome_set"
_OMITTED: Final = {*_PARTS, _CORE, "crosswalk", "edition"}

_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}(?![\s\S])")]


class EditionStamp(Record):
    """An edition, by its name and its bytes."""

    edition: EditionName
    """Name of the edition."""

    sha256: _Sha256
    """Fingerprint of its file."""


class Change(Record):
    """A field that has another value."""

    what: What
    """What the change amounts to."""

    field: str
    """Name of the field; after a dot, of a field within it."""

    before: JsonValue = None
    """Its value before; absent where there was none."""

    after: JsonValue = None
    """Its value after; absent where there is none."""


class Entry(Record):
    """An outcome, a domain or a source as it is shown."""

    id: str
    """Identifier."""

    label: Line
    """Its label, or the title of a source."""

    mark: Line | None = None
    """The words that must stand beside a provisional label; absent where there are none."""


class Added(Entry):
    """An entry that was not there before."""

    entry: dict[str, JsonValue]
    """All of it, in the form of the published ``taxonomy.schema.json``."""


class Changed(Record):
    """An entry that is in both editions, and not the same."""

    before: Entry
    """As it was."""

    after: Entry
    """As it is."""

    changes: Many[Change]
    """The fields that differ."""


class Part(Record):
    """What differs in one list of an edition."""

    added: Many[Added] = ()
    """Entries that were not there before."""

    removed: Many[Entry] = ()
    """Entries that are there no more."""

    changed: Many[Changed] = ()
    """Entries that are in both and differ."""

    order: Many[str] = ()
    """All identifiers in their order; absent where new entries only follow those that stay."""


class Withdrawal(Entry):
    """An outcome that is no longer in use."""

    fate: Fate
    """What became of it."""

    successors: Many[str]
    """Identifiers of the outcomes to which it leads; nothing chooses among them."""


class EditionDiff(Record):
    """What differs between two editions."""

    kind: Literal["edition-diff"] = "edition-diff"
    """What sort of document this is."""

    schema_version: Literal["1"] = "1"
    """Major version of its schema."""

    before: EditionStamp
    """The edition to begin at."""

    after: EditionStamp
    """The edition to reach."""

    about: Many[Change]
    """What is said of the edition and of its core outcome set."""

    newly_withdrawn: Many[Withdrawal]
    """Outcomes that were in use and are withdrawn, each with what took its place."""

    outcomes: Part
    """The outcomes in use."""

    withdrawn: Part
    """The withdrawn outcomes."""

    domains: Part
    """The domains."""

    sources: Part
    """The sources."""

    crosswalk: Many[Succession] | None = None
    """The whole crosswalk of the edition to reach; absent if it is the same."""

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        parts = (self.outcomes, self.withdrawn, self.domains, self.sources)
        return not self.about and self.crosswalk is None and all(part == Part() for part in parts)


def diff(before: Taxonomy, after: Taxonomy) -> EditionDiff:
    """
    Compare two editions.

    Args:
        before: The one to begin at.
        after: The one to reach.
    """
    old, new = taxonomy_document(before), taxonomy_document(after)
    crosswalk = {"crosswalk": after.crosswalk} if before.crosswalk != after.crosswalk else {}
    return EditionDiff.model_validate(
        {
            "before": {"edition": before.edition, "sha256": before.fingerprint},
            "after": {"edition": after.edition, "sha256": after.fingerprint},
            "about": _changes(_about(old), _about(new)),
            "newly_withdrawn": [_withdrawal(each.id, before, after) for each in after.withdrawn if each.id in before],
            **{name: _part(name, before, after) for name in _PARTS},
            **crosswalk,
        }
    )


def _about(document: Fields) -> Fields:
    core = document[_CORE]
    held = {f"{_CORE}.{name}": value for name, value in core.items()} if isinstance(core, dict) else {}
    return {name: value for name, value in document.items() if name not in _OMITTED} | held


def _withdrawal(identifier: str, before: Taxonomy, after: Taxonomy) -> dict[str, object]:
    steps = after.became(identifier)
    successors = [each.id for each in after.successors(identifier)]
    return _shown("outcomes", before, identifier) | {"fate": steps[-1].kind, "successors": successors}


def _part(name: str, before: Taxonomy, after: Taxonomy) -> dict[str, object]:
    old, new = _entries(taxonomy_document(before), name), _entries(taxonomy_document(after), name)
    kept = [each for each in old if each in new]
    followed = [*kept, *(each for each in new if each not in old)]
    return {
        "added": [_shown(name, after, each) | {"entry": new[each]} for each in new if each not in old],
        "removed": [_shown(name, before, each) for each in old if each not in new],
        "changed": [
            {
                "before": _shown(name, before, each),
                "after": _shown(name, after, each),
                "changes": _changes(old[each], new[each]),
            }
            for each in kept
            if old[each] != new[each]
        ],
        "order": [] if followed == list(new) else list(new),
    }


def _entries(document: Fields, name: str) -> dict[str, Fields]:
    held = document.get(name)
    return {entry["id"]: entry for entry in held} if isinstance(held, list) else {}


def _shown(name: str, taxonomy: Taxonomy, identifier: str) -> dict[str, object]:
    if name == "sources":
        return {"id": identifier, "label": taxonomy.source(identifier).title}
    outcomes = taxonomy.withdrawn if name == "withdrawn" else taxonomy.outcomes
    held: Iterable[Outcome | Domain] = taxonomy.domains if name == "domains" else outcomes
    entry = next(each for each in held if each.id == identifier)
    return {"id": identifier, "label": entry.label, "mark": entry.mark or None}


def _changes(old: Fields, new: Fields) -> list[dict[str, object]]:
    return [
        {"what": _WHAT.get(field, "described"), "field": field, "before": old.get(field), "after": new.get(field)}
        for field in dict.fromkeys((*old, *new))
        if old.get(field) != new.get(field)
    ]


def apply_diff(difference: EditionDiff, edition: Taxonomy) -> Taxonomy:
    """
    Make the later edition of the earlier one.

    Args:
        difference: What differs.
        edition: The edition at which it begins.

    Returns:
        The edition that it reaches.

    Raises:
        OtherBase: If it begins at another edition.
    """
    if edition.fingerprint != difference.before.sha256:
        raise OtherBase(difference.before.sha256, edition.fingerprint)
    document = taxonomy_document(edition)
    parts = {name: list(_applied(getattr(difference, name), _entries(document, name))) for name in _PARTS}
    about = _with(_about(document), difference.about)
    core = {name.removeprefix(f"{_CORE}."): value for name, value in about.items() if name.startswith(_CORE)}
    rest = {name: value for name, value in about.items() if not name.startswith(_CORE)}
    steps = edition.crosswalk if difference.crosswalk is None else difference.crosswalk
    made = {**rest, **parts, _CORE: core, "crosswalk": plain(steps), "edition": difference.after.edition}
    return taxonomy_of(made, difference.after.sha256)


def _applied(part: Part, entries: Mapping[str, Fields]) -> Iterator[Fields]:
    made = {name: entry for name, entry in entries.items() if name not in {each.id for each in part.removed}}
    made |= {each.after.id: _with(made[each.after.id], each.changes) for each in part.changed}
    made |= {each.id: each.entry for each in part.added}
    return (made[name] for name in part.order or made)


def _with(fields: Fields, changes: Iterable[Change]) -> dict[str, object]:
    made = dict(fields) | {change.field: change.after for change in changes}
    return {name: value for name, value in made.items() if value is not None}
