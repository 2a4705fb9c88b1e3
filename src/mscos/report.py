"""The report: everything that a check says.  Every output is derived from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import EditionName, Line, Many, OutcomeId, Record, Slug
from mscos.codelists import OmissionReason
from mscos.findings import Finding, Rag, Reach, Status
from mscos.terms import LabelGrade

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}(?![\s\S])")]
"""A sha256, in hexadecimal."""


EditionFrom = Literal["record", "caller", "newest"]
"""Who chose the edition of a check."""


class Verdict(Record):
    """The answer to one question about a record."""

    name: Literal["collected", "reported", "addressed"]
    """The question: are all core outcomes collected, reported, or addressed?"""

    answer: Literal["met", "not_met", "not_given"]
    """The answer."""

    why: Line | None = None
    """Why no verdict is given."""


_THERE = {Status.REPORTED, Reach.BY_REFERRAL, Reach.BY_PARTNER, Reach.DIRECTLY}


class OutcomeLine(Record):
    """How far one outcome got."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    label: Line
    """Its label in the edition."""

    label_grade: LabelGrade
    """How sure the label is.  All but ``published`` are provisional."""

    mark: Line | None = None
    """The words that must stand beside a provisional label; absent for a published one."""

    status: Status | Reach
    """How far it got in an evaluation, or how an intervention reaches it."""

    rag: Rag
    """Red, amber or green, by this project's own rule.  Always show the word."""

    on_trust: bool = False
    """Whether only the record itself says that a measure fits the outcome, and no instrument table."""

    partners: Many[Line] = ()
    """Who else covers it, where an intervention leaves it to others."""

    reason: OmissionReason | None = None
    """Why it is left out, where the record says."""

    advice: Line | None = None
    """What to do about it; absent where there is nothing to do."""

    @property
    def there(self) -> bool:
        """Whether the outcome is reported, or addressed with everybody named."""
        return self.status in _THERE

    @property
    def partly(self) -> bool:
        """Whether it is reported in part, or left to a partner who is not named."""
        return self.status in {Status.PARTLY_REPORTED, Reach.PARTNER_NOT_NAMED}


class InputStamp(Record):
    """A file that the report rests on."""

    role: Literal["record", "logframe"]
    """What the file was used as."""

    path: str | None = None
    """The file as the caller named it; absent for a record built in memory."""

    sha256: Fingerprint | None = None
    """Fingerprint of its bytes; absent for a record built in memory."""


class Stamps(Record):
    """What was used to make the report: the three clocks and the inputs."""

    mscos: str
    """Version of the package."""

    edition: EditionName
    """Edition of the taxonomy."""

    edition_fingerprint: Fingerprint
    """The sha256 of the edition."""

    edition_from: EditionFrom
    """Who chose the edition: the record, the caller, or nobody, so that the newest one was assumed."""

    schema_version: Literal["1"]
    """Major version of the schemas."""

    rules_fingerprint: Fingerprint
    """The sha256 of the rules, with the reference data that they use."""

    inputs: Many[InputStamp]
    """The files."""


class Subject(Record):
    """What the report is about."""

    kind: Literal["evaluation", "intervention"]
    """What sort of record it is."""

    record_id: Slug
    """Identifier of the record."""

    title: Line
    """Its title."""

    organisation: Line | None = None
    """Who runs the service."""


class OutcomeChange(Record):
    """What became of one core outcome since an earlier report."""

    outcome: OutcomeId
    """Identifier of the outcome."""

    direction: Literal["better", "worse"]
    """Which way it went."""

    before: Status | Reach
    """How far it got then."""

    after: Status | Reach
    """How far it got now."""


class RuleNotRun(Record):
    """A rule that did not look, and why."""

    rule: str
    """Identifier of the rule."""

    why: Line
    """Why it did not look."""


class Report(Record):
    """What a check of one evaluation says."""

    kind: Literal["report"] = "report"
    """What sort of document this is."""

    headline: Line
    """The answer in a sentence or two."""

    subject: Subject
    """What the report is about."""

    verdicts: Annotated[Many[Verdict], Field(min_length=1)]
    """The verdicts that were asked for."""

    core: Many[OutcomeLine]
    """Every core outcome of the edition, in its order."""

    longlist: Many[OutcomeLine]
    """The outcomes of the long-list that the record names.  No verdict depends on them."""

    other_outcomes: int
    """How many further outcomes the record names that the edition does not hold."""

    since: Many[OutcomeChange] | None = None
    """What changed since an earlier report; absent where there was none to compare with."""

    findings: Many[Finding]
    """What the rules say, what matters most first."""

    rules_run: Many[str]
    """Identifiers of the rules that looked."""

    rules_not_applicable: Many[RuleNotRun]
    """Rules whose input was not offered."""

    rules_not_run: Many[RuleNotRun]
    """Rules that tried to look and could not."""

    complete: bool
    """Whether every rule that has its input looked."""

    stamps: Stamps
    """What was used to make the report."""

    def verdict(self, name: str | None = None) -> Verdict:
        """
        Give one verdict.

        Args:
            name: Its name; None for the first.

        Raises:
            LookupError: If the report does not give that verdict.
        """
        for verdict in self.verdicts:
            if name in {None, verdict.name}:
                return verdict
        raise LookupError("the report does not give this verdict")

    @property
    def met(self) -> bool:
        """Whether every verdict that was asked for is given and met."""
        return bool(self.verdicts) and all(verdict.answer == "met" for verdict in self.verdicts)

    @property
    def there(self) -> tuple[OutcomeLine, ...]:
        """The core outcomes that are reported, or addressed."""
        return tuple(line for line in self.core if line.there)

    @property
    def missing(self) -> tuple[OutcomeLine, ...]:
        """The core outcomes that are not, or only in part."""
        return tuple(line for line in self.core if not line.there)

    @property
    def fell_away(self) -> bool:
        """Whether an outcome got less far than in the earlier report."""
        return any(change.direction == "worse" for change in self.since or ())

    @property
    def rag(self) -> Rag:
        """Red, amber or green for the whole: the worst of the core outcomes, never an average."""
        return min((line.rag for line in self.core), key=lambda rag: rag.rank)
