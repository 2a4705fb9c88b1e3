"""What became better and what fell away between two reports on the same record."""

from __future__ import annotations

from mscos.errors import OtherEdition
from mscos.report import OutcomeChange, Report


def outcome_changes(old: Report, new: Report) -> tuple[OutcomeChange, ...]:
    """
    Compare two reports on the same evaluation, or on the same intervention.

    Args:
        old: The earlier one.
        new: The later one.

    Returns:
        Each core outcome that got further or less far, in the order of the edition.

    Raises:
        OtherEdition: If they were judged by different editions, so that nothing can be compared.
        ValueError: If they are about different records.
    """
    if old.stamps.edition_fingerprint != new.stamps.edition_fingerprint:
        raise OtherEdition(old.stamps.edition, new.stamps.edition)
    if (old.subject.kind, old.subject.record_id) != (new.subject.kind, new.subject.record_id):
        raise ValueError("the two reports are about different records")
    earlier = {line.outcome: line.status for line in old.core}
    return tuple(
        OutcomeChange(
            outcome=line.outcome,
            direction="better" if line.status.rank > earlier[line.outcome].rank else "worse",
            before=earlier[line.outcome],
            after=line.status,
        )
        for line in new.core
        if line.outcome in earlier and line.status != earlier[line.outcome]
    )
