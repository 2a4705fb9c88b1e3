"""What cannot be exported, and why."""

from __future__ import annotations

from mscos.errors.asked import MscosError, quoted


class UnknownExport(MscosError, LookupError):
    """
    An edition cannot be exported in this format.

    Attributes:
        available: The formats that there are.
    """

    def __init__(self, available: tuple[str, ...]) -> None:
        super().__init__(available)
        self.available = available

    def __str__(self) -> str:
        return f"there is no such format to export to (have: {', '.join(self.available)})"


class NothingToExport(MscosError, LookupError):
    """
    None of the outcomes that were asked for has a place in this export.

    Attributes:
        edition: Name of the edition.
    """

    def __init__(self, edition: str) -> None:
        super().__init__(edition)
        self.edition = edition

    def __str__(self) -> str:
        return f"edition {quoted(self.edition)} has no such outcome for this export; ask for other ones with --outcomes"


class OnlyWhole(MscosError, ValueError):
    """
    A part of an edition was to be written in the format of a whole one.

    Read back, it would be another edition of the same name.
    """

    def __str__(self) -> str:
        return "this format holds a whole edition, never a part of one; leave --outcomes out"
