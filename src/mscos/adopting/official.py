"""The official list, as a table with a row for each outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mscos._printable import printable
from mscos.codebooks._entries import refusal, row_fault
from mscos.codebooks._tables import Row, below_heading, decoded, heading_of, read_bytes, rows_of
from mscos.errors import Fault
from mscos.logframes import unshielded
from mscos.taxonomy import Taxonomy, word_key
from mscos.terms import Domain, OutcomeSet

HEADINGS: Final = ("label", "set", "domain", "definition")
"""The headings of an official list.  Only the label must be there."""

_LONGEST = 10_000
_BECAUSE = "If that is right, say why with --because."


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialOutcome:
    """
    One row of an official list.

    Attributes:
        label: The label, word for word.
        set: Core outcome set or long-list.
        domain: Its domain as the list has it; None where the list names none.
        definition: Its definition as published; None where the list has none.
    """

    label: str
    set: OutcomeSet
    domain: str | None = None
    definition: str | None = None


def read_table(path: str, headings: Sequence[str]) -> tuple[Row, ...]:
    """
    Read a table with some of these headings and no other.

    Raises:
        CannotRead: If it cannot be read; `InvalidDocument` if a heading is not one of them.
    """
    rows = [[unshielded(cell) for cell in row] for row in rows_of(decoded(read_bytes(path), path), path)]
    found = [heading.replace(" ", "_") for heading in heading_of(rows)]
    strange = [
        Fault("/heading", f"Column {place} has no place here. The headings are: {', '.join(headings)}.")
        for place, heading in enumerate(found, start=1)
        if heading and heading not in headings
    ]
    if headings[0] not in found:
        strange.append(Fault("/heading", f"There is no column {headings[0]}."))
    if strange:
        raise refusal(path, strange)
    return below_heading(rows, found, path, headings)


def read_official(path: str, base: Taxonomy, because: str | None) -> tuple[OfficialOutcome, ...]:
    """
    Read an official list.

    Args:
        path: CSV, with the headings label and, if known, set (core or longlist), domain and definition.
        base: The edition whose provisional labels it is to replace.
        because: Why its counts or domains may differ from those of the edition; None if they may not.

    Raises:
        CannotRead: If it cannot be read; `InvalidDocument` with every fault, or with every difference in counts and
            domains that nobody explains.
    """
    rows = read_table(path, HEADINGS)
    faults = [fault for row in rows for fault in _faults(row)]
    faults += _repeated(rows)
    faults += [] if rows else [Fault("", "There is no outcome in the list.")]
    if faults:
        raise refusal(path, faults)
    official = tuple(_outcome(row) for row in rows)
    misfits = [*_core_misfits(official, base), *(_misfits(official, base) if because is None else ())]
    if misfits:
        raise refusal(path, [Fault("", each) for each in misfits])
    return official


def _outcome(row: Row) -> OfficialOutcome:
    return OfficialOutcome(
        label=row.cell("label"),
        set=OutcomeSet(row.cell("set") or OutcomeSet.LONGLIST),
        domain=row.cell("domain") or None,
        definition=row.cell("definition") or None,
    )


def _faults(row: Row) -> Iterator[Fault]:
    if not row.cell("label"):
        yield row_fault(row.number, "There is no label.")
    for heading in ("label", "domain", "definition"):
        cell = row.cell(heading)
        if printable(cell) != cell or len(cell) > _LONGEST:
            yield row_fault(row.number, f"The {heading} is too long, or holds a line break or what cannot be seen.")
    if row.cell("set") not in {"", *OutcomeSet}:
        yield row_fault(row.number, "The set is none of: core, longlist.")


def _repeated(rows: Sequence[Row]) -> Iterator[Fault]:
    number = Counter(word_key(row.cell("label")) for row in rows)
    for row in rows:
        if row.cell("label") and number[word_key(row.cell("label"))] > 1:
            yield row_fault(row.number, "This label stands in several rows. Keep one.")


def _core_misfits(official: Sequence[OfficialOutcome], base: Taxonomy) -> Iterator[str]:
    """See that the core outcome set is whole or not there: another one would be a new consensus."""
    core = sum(outcome.set is OutcomeSet.CORE for outcome in official)
    if core not in {0, len(base.core)}:
        yield f"The list has {core} core outcomes, and edition {base.edition} has {len(base.core)}. Give all or none."


def _misfits(official: Sequence[OfficialOutcome], base: Taxonomy) -> Iterator[str]:
    further = sum(outcome.set is OutcomeSet.LONGLIST for outcome in official)
    if further != len(base.longlist):
        yield (
            f"The list has {further} further outcomes, and edition {base.edition} has {len(base.longlist)}. {_BECAUSE}"
        )
    unknown = dict.fromkeys(each.domain for each in official if each.domain and find_domain(base, each.domain) is None)
    if unknown:
        number = f"{len(unknown)} {'domain' if len(unknown) == 1 else 'domains'}"
        yield f"The list names {number} that edition {base.edition} does not have. {_BECAUSE}"


def find_domain(base: Taxonomy, words: str) -> Domain | None:
    """Find a domain by its identifier or one of its labels; None if no domain is called so."""
    for domain in base.domains:
        if word_key(words) in {word_key(name) for name in (domain.id, domain.label, domain.long_label or domain.id)}:
            return domain
    return None
