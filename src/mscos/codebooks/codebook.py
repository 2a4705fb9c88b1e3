"""A codebook in memory: what a dataset's own description says of each variable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from mscos.codelists import Direction, Match, MeasureKind, ReportedBy
from mscos.records.origin import Origin

Role = Literal["participant", "timepoint", "adult", "group"]
"""
What a variable is for, beside outcomes: who the row is about, when it was measured, whether the person is an adult,
and which group of a comparison the person belongs to.
"""

UnitOfRow = Literal["person", "person-visit", "person-measure", "organisation", "aggregate", "quote"]
"""What one row of a dataset is about."""


@dataclass(frozen=True, slots=True)
class TimeLabel:
    """
    A label of a time point, as the data write it, with its place in the order.

    Attributes:
        label: The label, such as ``pre``, ``0`` or ``visit_1_arm_1``.
        months: Months from the start of support; 0 is the start.
    """

    label: str = field(repr=False)
    months: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """
    What a codebook says that a variable shows.

    Attributes:
        outcome: The outcome as the codebook writes it, in lower case.  It may be unknown to the edition, so it is
            shown only once the edition has been asked.
        kind: What the variable shows; None where the codebook is silent.
        timepoint: When it was measured, for a variable of one time point only; None otherwise.
        reported_by: Who gave the answers; None where the codebook is silent.
        direction: Which way the score goes; None where the codebook is silent.
        instrument: Identifier of the instrument; None where the codebook is silent.
        low: Lowest possible score; None where the codebook is silent.
        high: Highest possible score; None where the codebook is silent.
        match: How the variable fits the outcome; None where the codebook is silent.
    """

    outcome: str
    kind: MeasureKind | None = None
    timepoint: str | None = None
    reported_by: ReportedBy | None = None
    direction: Direction | None = None
    instrument: str | None = None
    low: float | None = None
    high: float | None = None
    match: Match | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """
    One variable, as its codebook describes it.

    Attributes:
        name: Its name; in the data it is the header, unless `columns` says otherwise.
        label: Its label or question, in the words of the codebook.  Never shown.
        annotations: What it shows; empty for a variable that is about none of the outcomes.
        role: What it is for, beside outcomes.
        form: The form or questionnaire that it belongs to; None where the format has none.
        identifier: Whether the codebook itself marks it as identifying.
        free_text: Whether its answers are people's own words.
        asked_of_some: Whether it is shown to some people only, so that a blank can be by design.
        missing_codes: Codes that mean "no answer".
        missing_ranges: Ranges of numbers that mean "no answer", both ends included.
        columns: Headers under which an export shows it, where that is not the name alone.
        ticks: Whether each column is a box that is ticked or not: an empty box is no answer.
    """

    name: str
    label: str = field(default="", repr=False)
    annotations: tuple[Annotation, ...] = field(default=(), repr=False)
    role: Role | None = None
    form: str | None = field(default=None, repr=False)
    identifier: bool = False
    free_text: bool = False
    asked_of_some: bool = False
    missing_codes: tuple[str, ...] = field(default=(), repr=False)
    missing_ranges: tuple[tuple[float, float], ...] = ()
    columns: tuple[str, ...] = field(default=(), repr=False)
    ticks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """
    The description of a dataset.

    Attributes:
        form: What sort of codebook it is, in words, such as ``a REDCap dictionary``.
        variables: The variables, in their order.
        unit_of_row: What a row is about; None where the codebook is silent.
        timepoints: Labels of time points as the data write them, with their order.
        missing_codes: Codes that mean "no answer" in every variable.
        ignored: Headers that the format itself adds to an export and that describe nothing, such as
            ``redcap_repeat_instance``; a name may end in ``*``.
        edition: Edition of the taxonomy that it names; None where it names none.
        of_cases: Whether it describes cases and not outcomes, as the Human Trafficking Case Data Standard does.
        contradictory: Names of the variables of which two places say different things.
        origin: The file that it was read from; None for one built in memory.
    """

    form: str
    variables: tuple[Variable, ...]
    unit_of_row: UnitOfRow | None = None
    timepoints: tuple[TimeLabel, ...] = ()
    missing_codes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    edition: str | None = None
    of_cases: bool = False
    contradictory: tuple[str, ...] = ()
    origin: Origin | None = None

    def __repr__(self) -> str:
        """Show no variable: a data file that describes itself describes every header, and one can hold a name."""
        return f"Codebook(form={self.form!r}, variables={len(self.variables)})"

    def variable(self, name: str) -> Variable | None:
        """Give the variable of a name; None if the codebook describes none of that name."""
        return next((variable for variable in self.variables if variable.name == name), None)

    def from_file(self, origin: Origin | None) -> Codebook:
        """Note the file that it was read from."""
        return replace(self, origin=origin)
