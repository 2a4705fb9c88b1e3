"""The report: everything that a check says.  Every output is derived from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mscos._record import Line, Many, OutcomeId, Record, Slug
from mscos.codelists import OmissionReason
from mscos.dataset_line import DatasetLine
from mscos.findings import Finding, Rag, Reach, Status
from mscos.stamps import Stamps
from mscos.terms import LabelGrade

TYPE_CHECKING = False
if TYPE_CHECKING:  # a report that is only printed needs no dataframe
    from narwhals.typing import IntoDataFrame

    from mscos._frames import Backend

VerdictName = Literal["collected", "reported", "addressed", "can_report"]
"""The questions: are all core outcomes collected, reported or addressed, or could they be with a form as it is?"""

Band = Literal["no data", "some data", "under half", "half to most", "most", "all or nearly all"]
"""How many of the people answered, as a band.  Of fewer than ten people only whether there are data."""


class Verdict(Record):
    """The answer to one question about a record or a dataset."""

    name: VerdictName
    """The question."""

    sentence: Line | None = None
    """The answer in words; absent in a report on a portfolio, whose headline it is."""

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

    collected: Status | None = None
    """How far its data alone got; absent where there are no data."""

    at_start: Band | None = None
    """Share of the people in the data who answered at the first time point; absent where rows are not about people."""

    later: Band | None = None
    """Share of those who answered at the first time point and answered again; absent where nobody was asked again."""

    on_trust: bool = False
    """Whether only the record itself says that a measure fits the outcome, and no instrument table."""

    partners: Many[Line] = ()
    """Who else covers it, where an intervention leaves it to others."""

    reason: OmissionReason | None = None
    """Why it is left out, where the record says."""

    advice: Line | None = None
    """What to do about it; absent where there is nothing to do."""

    @property
    def marked_label(self) -> str:
        """The label with its mark in square brackets, if it needs one."""
        return f"{self.label} [{self.mark}]" if self.mark else self.label

    @property
    def there(self) -> bool:
        """Whether the outcome is reported, or addressed with everybody named."""
        return self.status in _THERE

    def is_there(self, verdict: VerdictName) -> bool:
        """Whether the outcome got as far as a verdict asks."""
        if verdict == "collected":
            return self.collected is Status.COLLECTED_OVER_TIME
        return self.status is Status.PLANNED if verdict == "can_report" else self.there

    def reached(self, verdict: VerdictName) -> Status | Reach:
        """Give the status that a verdict looks at."""
        return self.collected or Status.LEFT_OUT if verdict == "collected" else self.status

    @property
    def partly(self) -> bool:
        """Whether it is reported in part, or left to a partner who is not named."""
        return self.status in {Status.PARTLY_REPORTED, Reach.PARTNER_NOT_NAMED}


class Subject(Record):
    """What the report is about."""

    kind: Literal["evaluation", "intervention", "dataset", "design"]
    """What sort of record it is, or that there are data alone, or a codebook alone."""

    record_id: Slug | None = None
    """Identifier of the record; absent without a record."""

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
    """What a check of one evaluation, intervention or dataset says."""

    kind: Literal["report"] = "report"
    """What sort of document this is."""

    headline: Line
    """The answer in a sentence or two."""

    subject: Subject
    """What the report is about."""

    verdicts: Annotated[Many[Verdict], Field(min_length=1)]
    """The verdicts that can be given of what was offered.  The first is the one that was asked for."""

    dataset: DatasetLine | None = None
    """What the data are; absent where there were none."""

    of_cases: bool = False
    """Whether the codebook describes cases and no outcomes, as the Human Trafficking Case Data Standard does."""

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

    def to_frame(self, backend: Backend | None = None) -> IntoDataFrame:
        """
        Give the outcomes as a dataframe: a row for each core outcome, then for each of the long-list that is named.

        Args:
            backend: The library of the dataframe: ``polars``, ``pandas`` or ``pyarrow``.  Without one, the first of
                them that is installed.

        Raises:
            MissingExtra: If the library is not installed.
        """
        from mscos.report_frames import outcomes_frame  # noqa: PLC0415 - it needs this module

        return outcomes_frame(self, backend)

    def findings_to_frame(self, backend: Backend | None = None) -> IntoDataFrame:
        """Give the findings as a dataframe, what matters most first.  The arguments are those of `to_frame`."""
        from mscos.report_frames import findings_frame  # noqa: PLC0415 - it needs this module

        return findings_frame(self, backend)

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        from mscos.report_snippet import in_notebook  # noqa: PLC0415 - it needs this module

        return in_notebook(self)

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

    def expecting(self, name: VerdictName) -> Report:
        """
        Put one verdict first, so that it is the answer.

        Args:
            name: Its name.

        Raises:
            LookupError: If the report does not give that verdict.
        """
        wanted = self.verdict(name)
        others = tuple(verdict for verdict in self.verdicts if verdict is not wanted)
        update = {"verdicts": (wanted, *others), "headline": wanted.sentence or self.headline}
        return self.model_copy(update=update)

    @property
    def met(self) -> bool:
        """Whether the verdict that was asked for is given and met."""
        return self.verdicts[:1] != () and self.verdicts[0].answer == "met"

    @property
    def there(self) -> tuple[OutcomeLine, ...]:
        """The core outcomes that are reported, addressed or collected, by the verdict that was asked for."""
        return tuple(line for line in self.core if line.is_there(self.verdict().name))

    @property
    def missing(self) -> tuple[OutcomeLine, ...]:
        """The core outcomes that are not, or only in part."""
        return tuple(line for line in self.core if not line.is_there(self.verdict().name))

    @property
    def fell_away(self) -> bool:
        """Whether an outcome got less far than in the earlier report."""
        return any(change.direction == "worse" for change in self.since or ())

    @property
    def coloured(self) -> bool:
        """Whether red, amber and green belong to the verdict that was asked for.  Without one nothing is green."""
        return self.verdict().name in {"reported", "addressed"} and self.verdict().answer != "not_given"

    @property
    def rag(self) -> Rag:
        """Red, amber or green for the whole: the worst of the core outcomes, never an average."""
        return min((line.rag for line in self.core), key=lambda rag: rag.rank)
