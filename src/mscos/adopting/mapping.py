"""The mapping between an official list and an edition: drafted for a person, and read back once they have decided."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mscos._printable import printable
from mscos.adopting.official import OfficialOutcome, find_domain, read_table
from mscos.codebooks._entries import refusal, row_fault
from mscos.codebooks._tables import Row
from mscos.errors import Fault
from mscos.logframes import shielded
from mscos.succession import DAY
from mscos.taxonomy import Taxonomy, word_key
from mscos.terms import ConstructKind, Outcome, OutcomeSet

HEADINGS: Final = (
    "official_label",
    "proposed_identifier",
    "proposed_label",
    "reason",
    "confirmed",
    "confirmed_by",
    "date",
    "succeeds",
    "domain",
    "construct_kind",
)
"""The headings of a mapping."""

_UNDECIDED = "Write yes or no under confirmed: is this the same outcome as the proposed one?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    What a person decided about one official outcome.

    Attributes:
        official: The outcome as the official list has it.
        same_as: Identifier of the outcome of the edition that is the same; None if none is.
        by: Who decided, as a role or initials.
        date: When.
        succeeds: Identifiers of withdrawn outcomes whose place it takes.
        domain: Identifier of its domain, or a domain's name as the list has it.
        construct_kind: What kind of thing it is; None for one that keeps its kind.
    """

    official: OfficialOutcome
    same_as: str | None
    by: str
    date: str
    succeeds: tuple[str, ...]
    domain: str
    construct_kind: ConstructKind | None


def draft_mapping(official: Sequence[OfficialOutcome], base: Taxonomy) -> str:
    """
    Draft the mapping as CSV: for each official outcome the one that it may be, and why.

    Nothing is decided: the column ``confirmed`` is left to a person, even where the labels are the same.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    for each, (proposed, reason) in zip(official, proposals(official, base), strict=True):
        known = (proposed.id, proposed.marked_label) if proposed else ("", "")
        row = (each.label, *known, reason, "", "", "", "", *_said(each, proposed, base))
        writer.writerow([shielded(cell) for cell in row])
    return text.getvalue()


def _said(official: OfficialOutcome, proposed: Outcome | None, base: Taxonomy) -> tuple[str, str]:
    """Give the domain and the kind: as the list has them, or as the proposed outcome has."""
    named = find_domain(base, official.domain) if official.domain else None
    if official.domain:
        return (named.id if named else official.domain, proposed.construct_kind if proposed else "")
    return (proposed.domain, proposed.construct_kind) if proposed else ("", "")


def proposals(official: Sequence[OfficialOutcome], base: Taxonomy) -> list[tuple[Outcome | None, str]]:
    """Say of each official outcome which one of the edition it may be, and why; no outcome is proposed twice."""
    sure = [_called(each, base) for each in official]
    taken = {outcome.id for outcome, _ in sure if outcome}
    found: list[tuple[Outcome | None, str]] = []
    for each, (outcome, reason) in zip(official, sure, strict=True):
        near = None if outcome else _near(each, base, taken)
        taken |= {near.id} if near else set()
        found.append((outcome, reason) if outcome else (near, "near: read both" if near else "nothing is near"))
    return found


def _called(official: OfficialOutcome, base: Taxonomy) -> tuple[Outcome | None, str]:
    for outcome in base.outcomes:
        if outcome.set is not official.set:
            continue
        aliases = [other.label for other in outcome.alternative_labels]
        if official.label == outcome.label:
            return outcome, "exact label"
        if official.label in aliases:
            return outcome, "alias"
        if word_key(official.label) in {word_key(label) for label in (outcome.label, *aliases)}:
            return outcome, "normalised label"
    return None, ""


def _near(official: OfficialOutcome, base: Taxonomy, taken: Iterable[str]) -> Outcome | None:
    near = base.suggest(official.label, limit=5)
    return next((each for each in near if each.set is official.set and each.id not in taken), None)


def read_mapping(path: str, official: Sequence[OfficialOutcome], base: Taxonomy) -> tuple[Decision, ...]:
    """
    Read a mapping in which a person has decided on every official outcome.

    Returns:
        The decisions, in the order of the official list.

    Raises:
        CannotRead: If it cannot be read; `InvalidDocument` with every row that is not decided, or contradicts
            another or the edition.
    """
    rows = read_table(path, HEADINGS)
    by_label = {each.label: each for each in official}
    faults = [fault for row in rows for fault in _row_faults(row, by_label, base)]
    faults += _repeated(rows, "official_label", "This label stands in several rows. Keep one.")
    same = [row for row in rows if row.cell("confirmed") == "yes"]
    faults += _repeated(same, "proposed_identifier", "This outcome is confirmed in several rows. Keep one.")
    kept = {row.cell("proposed_identifier") for row in same}
    faults += [_kept_fault(row) for row in rows if kept & set(_succeeds(row))]
    there = {row.cell("official_label"): row for row in rows}
    faults += [Fault("", f'There is no row for "{label}".') for label in by_label if label not in there]
    if faults:
        raise refusal(path, faults)
    return tuple(_decision(there[each.label], each) for each in official)


def _decision(row: Row, official: OfficialOutcome) -> Decision:
    kind = row.cell("construct_kind")
    return Decision(
        official=official,
        same_as=row.cell("proposed_identifier") if row.cell("confirmed") == "yes" else None,
        by=row.cell("confirmed_by"),
        date=row.cell("date"),
        succeeds=_succeeds(row),
        domain=row.cell("domain") or official.domain or "",
        construct_kind=ConstructKind(kind) if kind else None,
    )


def _succeeds(row: Row) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s,;]+", row.cell("succeeds")))


def _row_faults(row: Row, official: Mapping[str, OfficialOutcome], base: Taxonomy) -> Iterator[Fault]:
    listed = official.get(row.cell("official_label"))
    if listed is None:
        yield row_fault(row.number, "The official list has no such label.")
        return
    said = _undecided(row) or _misnamed(row, listed, base)
    if said:
        yield row_fault(row.number, said)


def _undecided(row: Row) -> str | None:
    """Say what a person has not filled in yet."""
    if row.cell("confirmed") not in {"yes", "no"}:
        return _UNDECIDED
    by = row.cell("confirmed_by")
    if not by or printable(by) != by:
        return "Write who decided under confirmed_by, as a role or initials."
    if not re.fullmatch(DAY, row.cell("date")):
        return "Write the day of the decision under date, such as 2026-01-31."
    return None


def _misnamed(row: Row, listed: OfficialOutcome, base: Taxonomy) -> str | None:
    """Say what the edition or the official list does not have."""
    if not {*_succeeds(row)} <= {outcome.id for outcome in base.longlist}:
        return f"Under succeeds, name outcomes of the long-list of edition {base.edition} by their identifiers."
    if row.cell("construct_kind") not in {"", *ConstructKind}:
        return f"The construct_kind is none of: {_KINDS}."
    domain = row.cell("domain")
    if domain and listed.domain and _domain_key(domain, base) != _domain_key(listed.domain, base):
        return "The official list names another domain for this outcome. Leave the domain empty here."
    if domain and not listed.domain and find_domain(base, domain) is None:
        return f"The domain is none of: {', '.join(each.id for each in base.domains)}."
    return _unfit(row, listed, base) if row.cell("confirmed") == "yes" else _incomplete(row, listed, base)


def _domain_key(words: str, base: Taxonomy) -> str:
    found = find_domain(base, words)
    return found.id if found else word_key(words)


def _unfit(row: Row, listed: OfficialOutcome, base: Taxonomy) -> str | None:
    """Say why an outcome cannot be the same as the proposed one."""
    named = row.cell("proposed_identifier")
    if named in base and base[named].set is listed.set:
        return None
    return f"Under proposed_identifier, name an outcome of the same set of edition {base.edition}."


def _incomplete(row: Row, listed: OfficialOutcome, base: Taxonomy) -> str | None:
    """Say what a new outcome lacks."""
    if listed.set is OutcomeSet.CORE:
        return "A core outcome is one of those that the edition has. Confirm which one."
    if not row.cell("domain") and not listed.domain:
        return f"This outcome is new. Write its domain: one of {', '.join(each.id for each in base.domains)}."
    return None if row.cell("construct_kind") else f"This outcome is new. Write its construct_kind: {_KINDS}."


_KINDS = f"{', '.join(list(ConstructKind)[:-1])} or {list(ConstructKind)[-1]}"


def _repeated(rows: Sequence[Row], heading: str, said: str) -> Iterator[Fault]:
    number = Counter(row.cell(heading) for row in rows)
    return (row_fault(row.number, said) for row in rows if number[row.cell(heading)] > 1)


def _kept_fault(row: Row) -> Fault:
    return row_fault(row.number, "Under succeeds stands an outcome that another row keeps. It is not withdrawn.")
