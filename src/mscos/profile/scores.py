"""What scores a measure can give: as its codebook says, or as the instrument table knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mscos.offers import Offer


@dataclass(frozen=True, slots=True)
class Scores:
    """
    The scores that a measure can give.

    Attributes:
        forms: Lowest and highest score of each form that its scores can have; empty where nothing is known.
    """

    forms: tuple[tuple[float, float], ...] = ()

    @property
    def ends(self) -> tuple[float, float] | None:
        """Lowest and highest score, for a measure of one form; None where it has several, or nothing is known."""
        return self.forms[0] if len(self.forms) == 1 else None


def scores_of(offers: Sequence[Offer]) -> Scores:
    """Say what scores the measure behind some offers can give.  What nobody has checked is not used."""
    for offer in offers:
        if offer.measure.range is not None:
            return Scores(((offer.measure.range.min, offer.measure.range.max),))
    for offer in offers:
        if offer.instrument is not None and not offer.variant:
            known = [known for known in offer.instrument.ranges if known.basis != "unchecked"]
            return Scores(tuple((each.min, each.max) for each in known))
    return Scores()
