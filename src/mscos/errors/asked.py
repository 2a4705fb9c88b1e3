"""The base of every exception, and what was asked for and is not there."""

from __future__ import annotations

from mscos._printable import printable

STANDARD_INPUT = "-"
"""The path that stands for what is piped in.  A file of this name is reached as ``./-``."""


def shown(path: str) -> str:
    """Write a path as it is shown to a person."""
    return "standard input" if path == STANDARD_INPUT else printable(path) or "''"


def quoted(name: object) -> str:
    """Write a name in quotation marks, as it is shown to a person."""
    return printable(repr(name))


class MscosError(Exception):
    """Base of every error that this package raises on purpose."""


class UnknownEdition(MscosError, LookupError):
    """No such edition of the taxonomy is packaged."""

    def __init__(self, edition: str, available: tuple[str, ...]) -> None:
        super().__init__(edition, available)
        self.edition = edition
        self.available = available

    def __str__(self) -> str:
        return f"no edition {quoted(self.edition)} is packaged (have: {', '.join(self.available)})"


class OtherFingerprint(MscosError, ValueError):
    """An edition is not, byte for byte, the one that was asked for."""

    def __init__(self, edition: str, expected: str, found: str) -> None:
        super().__init__(edition, expected, found)
        self.edition = edition
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return (
            f"edition {quoted(self.edition)} has the fingerprint {self.found}, not {printable(self.expected)}; "
            "look at which of the two you meant before you go on"
        )


class OtherEdition(MscosError, ValueError):
    """A record names one edition and the caller asked for another."""

    def __init__(self, named: str, asked: str) -> None:
        super().__init__(named, asked)
        self.named = named
        self.asked = asked

    def __str__(self) -> str:
        return (
            f"the record names edition {quoted(self.named)} and edition {quoted(self.asked)} was asked for; "
            "ask for the one that the record names"
        )


class UnknownOutcome(MscosError, LookupError):
    """No outcome of the edition has this identifier, label or alias."""

    def __init__(self, edition: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(edition, near)
        self.edition = edition
        self.near = near

    def __str__(self) -> str:
        hint = f"; near it: {', '.join(self.near)}" if self.near else ""
        return f"edition {quoted(self.edition)} has no such outcome{hint}"


class UnknownRule(MscosError, LookupError):
    """No rule has this identifier."""

    def __init__(self, near: tuple[str, ...] = ()) -> None:
        super().__init__(near)
        self.near = near

    def __str__(self) -> str:
        hint = f"; near it: {', '.join(self.near)}" if self.near else ""
        return f"no rule has this identifier{hint}"


class UnknownSchema(MscosError, LookupError):
    """No schema of this name is published."""

    def __init__(self, available: tuple[str, ...]) -> None:
        super().__init__(available)
        self.available = available

    def __str__(self) -> str:
        return f"no schema of this name is published (have: {', '.join(self.available)})"


class MissingExtra(MscosError):
    """
    A library is not there that only an extra of the package installs.

    Attributes:
        extra: The extra.
    """

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra

    def __str__(self) -> str:
        return f"this needs a part that is not installed; get it with: pip install 'mscos[{self.extra}]'"


class WhichSheet(MscosError, LookupError):
    """
    A workbook has several sheets, and which one is meant is not clear.

    Attributes:
        path: The file as the caller named it.
        sheets: How many sheets it has.
        wanted: The name of the sheet that is looked for; None for a file in which no name is usual.
    """

    def __init__(self, path: str, sheets: int, wanted: str | None = None) -> None:
        super().__init__(path, sheets, wanted)
        self.path = path
        self.sheets = sheets
        self.wanted = wanted

    def __str__(self) -> str:
        if self.wanted is None:
            number = f"{self.sheets} sheets"
        else:
            which = "1 sheet, and it is not" if self.sheets == 1 else f"{self.sheets} sheets, and none is"
            number = f"{which} called {shown(repr(self.wanted))}"
        return f"{shown(self.path)}: the workbook has {number}; name the right one with --sheet"


class WhichResource(MscosError, LookupError):
    """
    A data package has several resources, and which one describes the data is not clear.

    Attributes:
        path: The file as the caller named it.
        resources: How many resources it has.
    """

    def __init__(self, path: str, resources: int) -> None:
        super().__init__(path, resources)
        self.path = path
        self.resources = resources

    def __str__(self) -> str:
        return (
            f"{shown(self.path)}: the package describes {self.resources} resources; name the right one with --resource"
        )


class WhichCodebook(MscosError, LookupError):
    """
    A table was given without a codebook, and it is not in the canonical layout.

    Nothing is guessed from the names of columns.
    """

    def __str__(self) -> str:
        return (
            "nothing says which outcome a column is about; give the codebook with --codebook, "
            'or draft one with "mscos suggest"'
        )


class NoSheets(MscosError):
    """
    A sheet was named, and the file is not a workbook.

    Attributes:
        path: What stands for the file.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{shown(self.path)}: only a workbook has sheets; leave --sheet out"


class NotAColumn(MscosError, LookupError):
    """
    A column that is to be left out is not in the data, or every column is.

    Attributes:
        number: Its place among those that are to be left out, from 1; None if no column would be left.
    """

    def __init__(self, number: int | None) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        if self.number is None:
            return "every column is to be left out, so there is nothing to look at"
        return f"there is no column of the name that is to be left out (number {self.number}); look at its spelling"


class NoDraftNeeded(MscosError):
    """The table is in the canonical layout, in which the rows say what a mapping would."""

    def __str__(self) -> str:
        return "the table is in the canonical layout, which needs no mapping; check it as it is"
