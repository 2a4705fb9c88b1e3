"""How an intervention reaches each outcome, and what red, amber and green say of it."""

from __future__ import annotations

from mscos.findings import Rag, Reach
from mscos.records.intervention import Address, InterventionRecord

_BY_OTHERS = {"by_partner": Reach.BY_PARTNER, "by_referral": Reach.BY_REFERRAL}


def reach_of(entry: Address | None) -> Reach:
    """
    Say how an outcome is reached.

    Args:
        entry: What the record says of the outcome; None if it says nothing.

    Returns:
        `PARTNER_NOT_NAMED` where it is left to somebody whom the record neither names nor links.
    """
    if entry is None or entry.how == "not_addressed":
        return Reach.NOT_ADDRESSED
    if entry.how == "directly":
        return Reach.DIRECTLY
    named = entry.partner is not None and (entry.partner.organisation or entry.partner.record_id)
    return _BY_OTHERS[entry.how] if named else Reach.PARTNER_NOT_NAMED


def rag_of_address(entry: Address | None) -> Rag:
    """
    Give red, amber or green for one outcome of an intervention.

    Red is not addressed.  Amber is a referral, no written agreement, nobody named, or only enabling.  Green is
    direct, or a partner with a written agreement.  The rule is this project's own: the sources give no thresholds.
    """
    reach = reach_of(entry)
    if entry is None or reach is Reach.NOT_ADDRESSED:
        return Rag.RED
    if entry.relation == "enabling":
        return Rag.AMBER
    written = reach is Reach.BY_PARTNER and entry.partner is not None and entry.partner.agreement == "written"
    return Rag.GREEN if reach is Reach.DIRECTLY or written else Rag.AMBER


def partners_of(record: InterventionRecord, outcome: str) -> tuple[str, ...]:
    """Name the partner who covers an outcome: the organisation, or the identifier of its record."""
    entry = record.entry(outcome)
    if entry is None or entry.partner is None or entry.how in {"directly", "not_addressed"}:
        return ()
    named = entry.partner.organisation or entry.partner.record_id
    return (named,) if named else ()
