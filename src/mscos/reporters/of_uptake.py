"""Uptake and the ORBIT matrix of a portfolio as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mscos.orbit import Hint
from mscos.portfolios.tables import OrbitMatrix, OrbitRow, Proportion, UptakeTable

ROWS_SHOWN = 50
"""Evaluations of the ORBIT matrix that are written out; the JSON holds them all."""


UPTAKE_COLUMNS = ("Outcome", "Reported by", "Planned or reported by")
"""The columns of the uptake as a table."""


def uptake_lines(table: UptakeTable) -> Iterator[str]:
    """Write how many evaluations report the core outcomes, planned and reported apart."""
    for name, reported, planned in uptake_rows(table):
        yield f"{name}: reported by {reported}; planned or reported by {planned}."
    yield from omission_lines(table)


def uptake_rows(table: UptakeTable) -> Iterator[tuple[str, str, str]]:
    """Write the same counts as the rows of a table, the whole set first."""
    yield "Every core outcome", _share(table.full_set), _share(table.full_set_planned_or_reported)
    for line in table.outcomes:
        yield line.outcome, _share(line.reported), _share(line.planned_or_reported)


def omission_lines(table: UptakeTable) -> Iterator[str]:
    """Write why evaluations leave core outcomes out."""
    for count in table.omissions:
        yield f"{count.outcome}: left out for the reason {count.reason.replace('_', ' ')} by {count.count:,}."
    for line in table.outcomes:
        if line.without_reason:
            yield f"{line.outcome}: left out without a reason by {line.without_reason:,}."


def orbit_lines(matrix: OrbitMatrix) -> Iterator[str]:
    """Write the hints that need a look, and every judgement of a reviewer."""
    found = Counter(hint for row in matrix.rows for hint in row.hints)
    for hint in Hint:
        if found[hint]:
            yield f"{found[hint]:,} of {found.total():,}: {hint.words}."
    rows = [row for row in matrix.rows if row.judged or set(row.hints) != {Hint.NOT_NEEDED}]
    for row in rows[:ROWS_SHOWN]:
        yield f"{row.record_id}: {'; '.join(_cells(row, matrix.outcomes))}."
    if len(rows) > ROWS_SHOWN:
        yield f"{len(rows) - ROWS_SHOWN:,} more evaluations are in the JSON."


def _cells(row: OrbitRow, outcomes: tuple[str, ...]) -> Iterator[str]:
    judged = {judgement.outcome: judgement.code for judgement in row.judged}
    for outcome, hint in zip(outcomes, row.hints, strict=True):
        said = f" (a reviewer judged {judged[outcome]})" if outcome in judged else ""
        if said or hint is not Hint.NOT_NEEDED:
            yield f"{outcome} {hint.value.replace('_', ' ')}{said}"


def _share(share: Proportion) -> str:
    interval = "no interval" if share.low is None else f"{share.low:.2f} to {share.high:.2f}"
    return f"{share.count:,} of {share.total:,} ({interval})"
