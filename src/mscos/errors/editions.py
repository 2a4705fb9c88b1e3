"""What keeps us from using an edition, or a pin on one."""

from __future__ import annotations

from mscos.errors.asked import MscosError, UnknownOutcome, quoted, shown
from mscos.errors.documents import CannotRead


class ContradictoryEdition(MscosError, ValueError):
    """
    An edition contradicts itself.

    Attributes:
        faults: Every contradiction, as half a sentence.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


class WithdrawnOutcome(UnknownOutcome):
    """
    The edition has withdrawn this outcome.  What took its place is named and never chosen.

    Attributes:
        identifier: Identifier of the withdrawn outcome.
        successors: Identifiers of the outcomes of the edition to which it leads.
    """

    def __init__(self, edition: str, identifier: str, successors: tuple[str, ...]) -> None:
        super().__init__(edition, successors)
        self.args = (edition, identifier, successors)
        self.identifier = identifier
        self.successors = successors

    def __str__(self) -> str:
        now = f"see {', '.join(self.successors)}" if self.successors else "nothing took its place"
        return f"edition {quoted(self.edition)} has no outcome {quoted(self.identifier)} any more: {now}"


class NoWayBetween(MscosError, LookupError):
    """
    No crosswalk leads from one edition to another, so that nothing says which outcomes are the same.

    Attributes:
        before: Name of the edition to begin at.
        after: Name of the edition to reach.
        ways: Names of the editions from which a crosswalk leads there.
    """

    def __init__(self, before: str, after: str, ways: tuple[str, ...]) -> None:
        super().__init__(before, after, ways)
        self.before = before
        self.after = after
        self.ways = ways

    def __str__(self) -> str:
        have = f"it has one from {', '.join(map(quoted, self.ways))}" if self.ways else "it has none"
        return f"edition {quoted(self.after)} has no crosswalk from edition {quoted(self.before)} ({have})"


class OtherBase(MscosError, ValueError):
    """A difference between editions is to be applied to another edition than the one that it begins at."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return f"the difference begins at an edition with sha256 {self.expected}, and this one has {self.found}"


class EditionNameTaken(MscosError, ValueError):
    """An edition has this name already, and an edition never changes."""

    def __init__(self, edition: str) -> None:
        super().__init__(edition)
        self.edition = edition

    def __str__(self) -> str:
        return f"there is an edition {quoted(self.edition)} already, and an edition never changes; choose another name"


class OtherPin(CannotRead):
    """
    Something names another edition than the one that is pinned.

    Attributes:
        pinned: Name of the pinned edition.
        what: What names the other one, such as ``the record``.
    """

    def __init__(self, path: str, pinned: str, what: str = "the record") -> None:
        super().__init__(path)
        self.args = (path, pinned, what)
        self.pinned = pinned
        self.what = what

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: edition {quoted(self.pinned)} is pinned here, and {self.what} names another one. "
            'Bring it to this edition with "mscos migrate", or pin the other one with "mscos pin". '
            "Nothing was checked."
        )


class ChangedSincePinned(CannotRead):
    """
    The pinned edition is not, byte for byte, what it was when it was pinned.

    Attributes:
        pinned: Name of the pinned edition.
        expected: The sha256 that the pin asks for.
        found: The sha256 that the edition has.
    """

    def __init__(self, path: str, pinned: str, expected: str, found: str) -> None:
        super().__init__(path)
        self.args = (path, pinned, expected, found)
        self.pinned = pinned
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: edition {quoted(self.pinned)} is pinned with sha256 {self.expected}, and it has "
            f'{self.found}. Find out why it differs; if that is right, pin it anew with "mscos pin". '
            "Nothing was checked."
        )


class PinnedIsNotHere(CannotRead):
    """
    The pinned edition is not packaged.

    Attributes:
        pinned: Its name.
        available: The packaged editions.
    """

    def __init__(self, path: str, pinned: str, available: tuple[str, ...]) -> None:
        super().__init__(path)
        self.args = (path, pinned, available)
        self.pinned = pinned
        self.available = available

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: edition {quoted(self.pinned)} is pinned here, and it is not packaged "
            f"(have: {', '.join(self.available)}). Give its file with --taxonomy, or pin another one with "
            '"mscos pin". Nothing was checked.'
        )


class NoPin(CannotRead):
    """The file that was named as the one with the pin has none."""

    why = 'there is no table [tool.mscos] in it; write one with "mscos pin"'


class CannotPin(CannotRead):
    """
    The pin cannot be written into the file without changing something else.

    Attributes:
        lines: What to write by hand.
    """

    def __init__(self, path: str, lines: str) -> None:
        super().__init__(path)
        self.args = (path, lines)
        self.lines = lines

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: the pin cannot be written here without touching other lines, so nothing was. "
            f"Write these lines yourself, in place of what there is:\n{self.lines}"
        )


class CannotRewrite(CannotRead):
    """The identifiers in a file cannot be replaced without changing something else, so nothing was written."""

    why = (
        "the identifiers in it cannot be replaced without touching something else. Write each on a line of its own, "
        'such as outcome = "housing", and try again'
    )

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.why}. Nothing was written."


class NothingToMigrate(CannotRead):
    """The file is neither a record nor data in the canonical layout."""

    why = "only records and CSV files in the canonical layout can be migrated; the outcomes of other data stand in "
    why += "their codebook"

    def __str__(self) -> str:
        return f"{shown(self.path)}: {self.why}. Nothing was written."
