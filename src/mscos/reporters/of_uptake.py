"""Uptake and the ORBIT matrix of a portfolio as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mscos.orbit import Hint
from mscos.portfolios.tables import OrbitMatrix, OrbitRow, Proportion, UptakeTable

ROWS_SHOWN = 50
"""Evaluations of the ORBIT matrix that are written out; the JSON holds them all."""


def uptake_lines(table: UptakeTable) -> Iterator[str]:
    """Write how many evaluations report the core outcomes, planned and reported apart."""
    yield f"Every core outcome: {_both(table.full_set, table.full_set_planned_or_reported)}"
    for line in table.outcomes:
        yield f"{line.outcome}: {_both(line.reported, line.planned_or_reported)}"
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


def _both(reported: Proportion, planned: Proportion) -> str:
    return f"reported by {_share(reported)}; planned or reported by {_share(planned)}."


def _share(share: Proportion) -> str:
    interval = "no interval" if share.low is None else f"{share.low:.2f} to {share.high:.2f}"
    return f"{share.count:,} of {share.total:,} ({interval})"
