"""How survivors take part."""

from __future__ import annotations

from typing import Literal

from mscos._record import Many, Record, Text
from mscos.codelists import SizeBand


class LivedExperience(Record):
    """How survivors took part in the evaluation, or take part in the service."""

    level: Literal["survivor_led", "co_produced", "advised", "consulted", "subjects_only"] | None = None
    """The step on the Survivor Research Involvement Ladder."""

    stages: Many[
        Literal["question", "design", "outcomes_chosen", "collection", "analysis", "reporting", "governance"]
    ] = ()
    """The steps of the work in which survivors took part."""

    paid: bool | None = None
    """Whether they were paid."""

    support_offered: bool | None = None
    """Whether they were offered support."""

    number_band: SizeBand | None = None
    """How many took part, as a band."""

    what_changed: Text | None = None
    """What became different because of them."""

    critical_reflection: Text | None = None
    """What went well and what did not."""
