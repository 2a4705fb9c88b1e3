"""
The terms of the taxonomy: domains, outcomes, the core outcome set and the sources that they rest on.

Standard dataclasses, frozen and slotted, so that an edition loads without pydantic.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

IDENTIFIER = "[a-z][a-z0-9]*"
"""What the identifiers of outcomes and domains look like: some formats refuse hyphens, others underscores."""

# Read by pydantic when the published schema is generated; nothing is imported for it here.
SCHEMA_CONFIG = {"extra": "forbid", "use_attribute_docstrings": True}


class LabelGrade(StrEnum):
    """How sure we are of a label."""

    PUBLISHED = "published"
    INTERIM = "interim"
    THEME = "theme"
    ADAPTED = "adapted"

    @property
    def mark(self) -> str:
        """The words that stand beside a label of this grade; empty for a published one."""
        return _MARKS[self]


_MARKS = {
    LabelGrade.PUBLISHED: "",
    LabelGrade.INTERIM: "provisional: wording of the interim list of March 2022",
    LabelGrade.THEME: "provisional: our label for a published theme, not MS-COS wording",
    LabelGrade.ADAPTED: "provisional: drafted by this project, not MS-COS wording",
}


_LISTS = {"interim-2022": "published with the interim list of March 2022"}


class DomainGrade(StrEnum):
    """Where the membership of an outcome in a domain comes from."""

    PUBLISHED = "published"
    INTERIM = "interim"
    THEME = "theme"
    INFERRED = "inferred"


class ConstructKind(StrEnum):
    """What kind of thing an outcome is.  This is the project's own reading."""

    STATE = "state"
    ACCESS = "access"
    SERVICE_QUALITY = "service_quality"


class OutcomeSet(StrEnum):
    """Whether an outcome belongs to the core outcome set or to the long-list beside it."""

    CORE = "core"
    LONGLIST = "longlist"

    @property
    def words(self) -> str:
        """What it says, for a person."""
        return "core outcome set" if self is OutcomeSet.CORE else "long-list; no verdict depends on it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication, record or page that the taxonomy rests on."""

    __pydantic_config__ = SCHEMA_CONFIG

    id: str
    """Identifier within the edition."""

    type: str
    """What kind of source it is, such as article or web page."""

    title: str
    """Title as printed."""

    publisher: str
    """Who published it."""

    used_for: str
    """What this edition takes from it."""

    author: str | None = None
    """Who wrote it; None where the source names nobody."""

    date: str | None = None
    """Date as printed; None where the source has none."""

    url: str | None = None
    """Where it can be read; None where no public address is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeLabel:
    """Another label under which an outcome is published, or a variant of its spelling."""

    __pydantic_config__ = SCHEMA_CONFIG

    label: str
    """The label."""

    source: str
    """Identifier of the source that uses it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A family of outcomes."""

    __pydantic_config__ = SCHEMA_CONFIG

    id: str
    """Identifier: lowercase letters and digits, never renamed or reused."""

    label: str
    """The label."""

    grade: LabelGrade
    """How sure we are of the label."""

    published_list: str
    """The published list that the domain stands in."""

    sources: tuple[str, ...]
    """Identifiers of the sources of the label."""

    note: str
    """What a reader must know about the label."""

    long_label: str | None = None
    """A longer published label; None where there is none."""

    @property
    def mark(self) -> str:
        """The words that must stand beside the label wherever it is shown; empty if it needs none."""
        return self.grade.mark or _LISTS.get(self.published_list, "")

    @property
    def marked_label(self) -> str:
        """The label with its mark in square brackets, if it needs one."""
        return f"{self.label} [{self.mark}]" if self.mark else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome: what should be true for a survivor."""

    __pydantic_config__ = SCHEMA_CONFIG

    id: str
    """Identifier: lowercase letters and digits, never renamed, reused or given another meaning."""

    set: OutcomeSet
    """Core outcome set or long-list."""

    domain: str
    """Identifier of the domain."""

    domain_grade: DomainGrade
    """Where the domain membership comes from."""

    label: str
    """The label.  Show `mark` beside it."""

    label_grade: LabelGrade
    """How sure we are of the label."""

    definition: str
    """One sentence, in this project's own words unless `definition_source` says otherwise; empty if there is none."""

    construct_kind: ConstructKind
    """State of a person, access to something, or quality of a service; this project's own reading."""

    sources: tuple[str, ...]
    """Identifiers of the sources of the label; empty where it was drafted without one."""

    evidence: str
    """What in the sources the label rests on."""

    alternative_labels: tuple[AlternativeLabel, ...] = ()
    """Other labels, each with its source."""

    published_list: str | None = None
    """The published list that the label stands in, where it is not the final one."""

    definition_source: str | None = None
    """Identifier of the source of a published definition; None where the words are this project's own."""

    @property
    def is_core(self) -> bool:
        """Whether the outcome belongs to the core outcome set."""
        return self.set is OutcomeSet.CORE

    @property
    def provisional(self) -> bool:
        """Whether the label is anything but the published final wording."""
        return self.label_grade is not LabelGrade.PUBLISHED

    @property
    def mark(self) -> str:
        """The words that must stand beside the label wherever it is shown; empty if it is published."""
        return self.label_grade.mark

    @property
    def marked_label(self) -> str:
        """The label with its mark in square brackets, if it needs one."""
        return f"{self.label} [{self.mark}]" if self.mark else self.label

    def _repr_html_(self) -> str:
        """Show the outcome in a notebook."""
        from mscos._snippet import snippet  # noqa: PLC0415 - loading an edition must not pay for it

        said = (
            ("Identifier", self.id),
            ("Set", self.set.words),
            ("Definition, in this project's own words", self.definition),
        )
        return snippet(self.marked_label, rows=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreOutcomeSet:
    """What the core outcome set is, who agreed it and what it is for."""

    __pydantic_config__ = SCHEMA_CONFIG

    name: str
    """Full name."""

    acronym: str
    """Short name."""

    statement: str
    """What the set asks for, in this project's own words."""

    population: str
    """Whom it is for."""

    consensus: str
    """Who agreed it, in this project's own words."""

    published: str
    """Date of publication."""

    outcomes: tuple[str, ...]
    """Identifiers of the core outcomes, in the order of their publication."""

    sources: tuple[str, ...]
    """Identifiers of the sources."""
