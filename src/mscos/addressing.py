"""How an intervention reaches each outcome, and what red, amber and green say of it."""

from __future__ import annotations

import unicodedata

from mscos.coverage import PLACEHOLDERS
from mscos.findings import Rag, Reach
from mscos.records.intervention import InterventionRecord, Partner

_BY_OTHERS = {"by_partner": Reach.BY_PARTNER, "by_referral": Reach.BY_REFERRAL}


def reach_of(record: InterventionRecord, outcome: str) -> Reach:
    """
    Say how an intervention reaches an outcome.

    Returns:
        `PARTNER_NOT_NAMED` where it is left to somebody whom the record neither names nor links, or to itself.
    """
    entry = record.entry(outcome)
    if entry is None or entry.how == "not_addressed":
        return Reach.NOT_ADDRESSED
    if entry.how == "directly":
        return Reach.DIRECTLY
    named = entry.partner is not None and _names_another(record, entry.partner)
    return _BY_OTHERS[entry.how] if named else Reach.PARTNER_NOT_NAMED


def _names_another(record: InterventionRecord, partner: Partner) -> bool:
    """Whether a partner is named or linked, and is not the service itself."""
    own = {_key(record.organisation), _key(record.title), ""}
    if partner.record_id is not None:
        return partner.record_id != record.record_id
    return _key(partner.organisation) not in own | PLACEHOLDERS


def _key(name: str | None) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name or "").casefold()))


def rag_of_address(record: InterventionRecord, outcome: str) -> Rag:
    """
    Give red, amber or green for one outcome of an intervention.

    Red is not addressed, or nobody named.  Amber is a referral, no written agreement, or only enabling.  Green is
    direct, or a partner with a written agreement.  The rule is this project's own: the sources give no thresholds.
    """
    entry, reach = record.entry(outcome), reach_of(record, outcome)
    if entry is None or reach in {Reach.NOT_ADDRESSED, Reach.PARTNER_NOT_NAMED}:
        return Rag.RED
    if entry.relation == "enabling":
        return Rag.AMBER
    written = reach is Reach.BY_PARTNER and entry.partner is not None and entry.partner.agreement == "written"
    return Rag.GREEN if reach is Reach.DIRECTLY or written else Rag.AMBER


def partners_of(record: InterventionRecord, outcome: str) -> tuple[str, ...]:
    """Name the partner who covers an outcome: the organisation, or the identifier of its record."""
    entry = record.entry(outcome)
    if entry is None or entry.partner is None or reach_of(record, outcome) not in _BY_OTHERS.values():
        return ()
    named = entry.partner.organisation or entry.partner.record_id
    return (named,) if named else ()
