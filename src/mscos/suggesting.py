"""
A draft of a mapping file, from headers and labels alone, for a person to confirm.

A proposal stands in columns of its own, and so does the header that it is about.  No reader of codebooks reads them.
So a draft describes nothing until a person has copied a line, and a header that nobody confirmed stays one that
nobody described.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mscos.codebooks.codebook import Codebook, Role
from mscos.codebooks.naming import Naming, find_variable, index, is_ignored
from mscos.dataset import is_canonical
from mscos.errors import NoDraftNeeded
from mscos.instruments import find_instrument
from mscos.logframes import shielded
from mscos.readers.table import Table
from mscos.reference import Instrument
from mscos.screen import screen
from mscos.screen.screening import Why
from mscos.taxonomy import Taxonomy
from mscos.terms import Outcome

COLUMNS: Final = ("column", "role", "outcome", "time", "instrument", "label")
"""What a person confirms by copying."""

OTHERS: Final = ("kind", "reported_by", "direction", "match", "range", "missing_codes")
"""What a person can say besides."""

HEADINGS: Final = (*COLUMNS, *OTHERS, *(f"proposed_{name}" for name in COLUMNS), "proposal")
"""The headings of a draft."""

_CONFIRM = "proposed: confirm or change"
_NOTHING = "nothing proposed"
_MONTHS = "write the months from the start of support for N"
_LABELS = "write its labels under time, such as pre=baseline; post=month-6"
_FITS_NONE = "by the instrument table, it shows none of the core outcomes"
_FITS_SEVERAL = "by the instrument table, it shows several outcomes in part, so choose"

_TIME = re.compile(
    r"(?P<stem>.+?)[\W_]+(?:(?P<start>pre|base|baseline|bl)|(?P<later>post|fu|followup)"
    r"|(?P<family>[tw])(?P<number>\d{1,2})|(?:fu|month|m)[\W_]?(?P<months>\d{1,3})|(?P<before>\d{1,3})m)",
    re.IGNORECASE,
)
"""A header that ends in a time point, as they are often written."""

_SPELLINGS: Final[Mapping[Role, str]] = {
    "participant": "id pid participant participantid participantno participantnumber participantcode personid recordid "
    "studyid subjectid clientid respondentid survivorid serviceuserid",
    "timepoint": "timepoint time wave visit assessment redcapeventname",
    "adult": "adult isadult over18 age ageyears",
    "group": "group arm studyarm allocation treatmentgroup",
}
"""Headers, in letters and digits, that often have a role."""

_SHORT = 4
"""Fewest letters of a word that can tell something."""

_EMPTY = frozenset({"from", "other", "others", "your"})
"""Longer words that tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A column, with what is proposed for it.

    Attributes:
        column: Its header.
        label: Its label; empty where there is none.
        role: The role that is proposed.
        outcome: The outcome that is proposed.
        time: The time point that is proposed.
        instrument: The instrument that is proposed.
        advice: What to look at, in our own words.
    """

    column: str
    label: str = ""
    role: str = ""
    outcome: str = ""
    time: str = ""
    instrument: str = ""
    advice: tuple[str, ...] = ()

    @property
    def proposes(self) -> bool:
        """Whether there is more than its header."""
        return bool(self.role or self.outcome or self.instrument)


@dataclass(frozen=True, slots=True)
class Stopped:
    """
    A column that is not drafted.

    Attributes:
        position: Its position in the file, from 1.
        variable: Name of its variable; None if no codebook describes it.
        why: What it seems to hold.
    """

    position: int
    variable: str | None
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    A draft of a mapping file.

    Attributes:
        columns: How many columns the table has.
        described: How many of them need no line, for the codebook says what they show.
        lines: The others.
        stops: What keeps columns out of the draft.
    """

    columns: int
    described: int
    lines: tuple[Line, ...]
    stops: tuple[Stopped, ...]

    @property
    def proposals(self) -> int:
        """How many lines propose something."""
        return sum(line.proposes for line in self.lines)


def draft(table: Table, codebook: Codebook | None, taxonomy: Taxonomy) -> Draft:
    """
    Draft a mapping of a table.  The screen looks at its cells; nothing else does.

    Args:
        table: The table, without the columns that the caller excludes.
        codebook: What describes it; its labels help, and what it marks needs no proposal.
        taxonomy: The edition.

    Raises:
        NoDraftNeeded: If the table is in the canonical layout.
        BrokenTable: If the rows of the table cannot be had.
    """
    if is_canonical(table.headers):
        raise NoDraftNeeded
    kept, stops = _screened(table, codebook)
    namings = [index(book) for book in (codebook, table.codebook) if book is not None]
    headers = [header for header in kept if not _says_enough(header, codebook)]
    lines = _once_each_role(_line(header, _label(header, namings), taxonomy, headers) for header in headers)
    described = len(kept) - len(headers)
    return Draft(columns=len(table.headers), described=described, lines=tuple(lines), stops=stops)


def csv_text(made: Draft) -> str:
    """
    Write a draft as CSV.

    It begins with a byte order mark, for Excel.  What a spreadsheet would take for a formula begins with an
    apostrophe; such a header has to be renamed to be described.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HEADINGS)
    empty = ("",) * (len(COLUMNS) + len(OTHERS))
    for line in made.lines:
        proposed = (shielded(getattr(line, name)) for name in COLUMNS)
        said = "; ".join((_CONFIRM if line.proposes else _NOTHING, *line.advice))
        writer.writerow((*empty, *proposed, said))
    return "\ufeff" + written.getvalue()


def _screened(table: Table, codebook: Codebook | None) -> tuple[tuple[str, ...], tuple[Stopped, ...]]:
    """Leave out what stops the screen.  It looks at no cell before the headers are clean, so it is asked again."""
    stopped: list[Stopped] = []
    while stops := screen(table, codebook).stops:
        places = [stop.place.position - 1 for stop in stops]
        where = map(table.position, places)
        stopped += [Stopped(place, stop.place.variable, stop.why) for place, stop in zip(where, stops, strict=True)]
        if len(set(places)) == len(table.headers):
            return (), tuple(stopped)
        table = table.without(frozenset(table.headers[place] for place in places))
    return table.headers, tuple(sorted(stopped, key=lambda each: each.position))


def _says_enough(header: str, codebook: Codebook | None) -> bool:
    """Whether the codebook says what a column shows, or that its format adds it to an export."""
    if codebook is None:
        return False
    found = find_variable(header, codebook)
    return is_ignored(header, codebook) or (found is not None and bool(found.annotations or found.role))


def _label(header: str, namings: Iterable[Naming]) -> str:
    found = (naming.find(header) for naming in namings)
    return next((" ".join(variable.label.split()) for variable in found if variable and variable.label), "")


def _once_each_role(lines: Iterable[Line]) -> Iterator[Line]:
    """Propose a role for the first column that could have it: no two can."""
    given: set[str] = set()
    for line in lines:
        yield Line(column=line.column, label=line.label) if line.role in given else line
        given |= {line.role} - {""}


def _line(header: str, label: str, taxonomy: Taxonomy, headers: Sequence[str]) -> Line:
    spelling = "".join(_words(header))
    role = next((role for role, known in _SPELLINGS.items() if spelling in known.split()), None)
    if role is not None:
        return Line(column=header, label=label, role=role, advice=(_LABELS,) if role == "timepoint" else ())
    stem, time = _parted(header, headers)
    instrument = _instrument(stem)
    advice: list[str] = []
    if instrument is None:
        outcome = _outcome_in_words(stem, label, taxonomy)
    else:
        outcome, *advice = _outcome_shown_by(instrument)
    proposes = bool(instrument or outcome)
    return Line(
        column=header,
        label=label,
        outcome=outcome,
        time=time if proposes else "",
        instrument=instrument.id if instrument else "",
        advice=(*advice, *((_MONTHS,) if proposes and time == "month-N" else ())),
    )


def _parted(header: str, headers: Sequence[str]) -> tuple[str, str]:
    """Part a header into what is measured and when; without a time, it is whole."""
    found = _TIME.fullmatch(header)
    if found is None:
        return header, ""
    months = found["months"] or found["before"]
    if found["start"] or (months and int(months) == 0) or (found["family"] and _is_first(found, headers)):
        return found["stem"], "baseline"
    return found["stem"], f"month-{int(months)}" if months else "month-N"


def _is_first(found: re.Match[str], headers: Sequence[str]) -> bool:
    """Whether a number such as that of ``_w1`` is the lowest of its kind, so that it can stand for the start."""
    parted = filter(None, map(_TIME.fullmatch, headers))
    family = [int(each["number"]) for each in parted if (each["family"] or "").lower() == found["family"].lower()]
    return int(found["number"]) == min(family)


def _instrument(stem: str) -> Instrument | None:
    """Find the instrument that a header begins with; a question of one's own and a theme are none."""
    found, _ = find_instrument("-".join(_words(stem)))
    return found if found is not None and found.answered_by != "declared" else None


def _outcome_shown_by(instrument: Instrument) -> tuple[str, ...]:
    """Give the one outcome that an instrument shows; if there is not one, nothing and why."""
    shown = [known.outcome for known in instrument.matches if known.match != "none"]
    if len(shown) == 1:
        return (shown[0],)
    return "", _FITS_SEVERAL if shown or instrument.otherwise == "declared" else _FITS_NONE


def _outcome_in_words(stem: str, label: str, taxonomy: Taxonomy) -> str:
    """Find the one outcome whose name is near a header or a label, or shares most words with them."""
    for whole in (stem, label):
        near = taxonomy.suggest(whole)
        if near:
            return near[0].id
    words = {word for word in (*_words(stem), *_words(label)) if len(word) >= _SHORT} - _EMPTY
    shared = {outcome.id: sum(_is_named_by(outcome, word) for word in words) for outcome in taxonomy}
    most = max(shared.values())
    best = _core_first([outcome for outcome in taxonomy if shared[outcome.id] == most > 0])
    return best[0].id if len(best) == 1 else ""


def _is_named_by(outcome: Outcome, word: str) -> bool:
    """Whether a word, but for its ending, begins one in the names of an outcome: ``housed`` is about housing."""
    names = (outcome.label, *(other.label for other in outcome.alternative_labels))
    beginning = word[: max(_SHORT, len(word) - 2)]
    return any(each.startswith(beginning) for name in names for each in _words(name))


def _core_first(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """Leave out the long-list where there is a core outcome."""
    return [outcome for outcome in outcomes if outcome.is_core] or outcomes


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
