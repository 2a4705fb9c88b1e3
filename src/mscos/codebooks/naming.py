"""Which variable of a codebook a header stands for: the one place where headers and names meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mscos.codebooks.codebook import Codebook, Variable

_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Naming:
    """
    An index of a codebook, for tables of many columns.

    In each mapping, None stands for a spelling that several variables share.

    Attributes:
        names: The variables by name.
        columns: The variables by the other headers under which an export shows them.
        ticks: The variables of boxes to tick, by name.
        folded: The variables by name or other header, in lower case.
    """

    names: dict[str, Variable | None]
    columns: dict[str, Variable | None]
    ticks: dict[str, Variable | None]
    folded: dict[str, Variable | None]

    def find(self, header: str) -> Variable | None:
        """
        Find the variable that a header stands for.

        A header is looked up as it is, then without the groups that stand before its name (``group/name``, as Kobo
        writes it), then in lower case.  The longest spelling that a variable has decides; nothing is guessed if
        several variables share it.

        Args:
            header: A header, as the table has it.

        Returns:
            The variable, or None if there is none or more than one.
        """
        for tail in _tails(header):
            for table, spelling in ((self.names, tail), (self.columns, tail), (self.ticks, _question_of(tail))):
                if spelling in table:
                    return table[spelling]
        return self.folded.get(header.casefold())


def index(codebook: Codebook) -> Naming:
    """Index a codebook, so that many headers can be looked up."""
    variables = codebook.variables
    columns = [(column, variable) for variable in variables for column in variable.columns]
    names = [(variable.name, variable) for variable in variables]
    return Naming(
        names=_unique(names),
        columns=_unique(columns),
        ticks=_unique((name, variable) for name, variable in names if variable.ticks),
        folded=_unique((spelling.casefold(), variable) for spelling, variable in (*names, *columns)),
    )


def find_variable(header: str, codebook: Codebook) -> Variable | None:
    """Find the variable that one header stands for; see `Naming.find`."""
    return index(codebook).find(header)


def is_ignored(header: str, codebook: Codebook) -> bool:
    """Tell whether a header is one that the format itself adds to an export."""
    return any(header.startswith(name[:-1]) if name.endswith("*") else header == name for name in codebook.ignored)


def is_described(header: str, codebook: Codebook) -> bool:
    """Tell whether a codebook describes a header: as a variable, or as one that its format adds."""
    return find_variable(header, codebook) is not None or is_ignored(header, codebook)


def _tails(header: str) -> Iterator[str]:
    """Yield the header, then what is left of it without its first group, its first two, and so on."""
    yield header
    while _SEPARATOR in header:
        header = header.partition(_SEPARATOR)[2]
        yield header


def _question_of(tail: str) -> str | None:
    """Give the name of the question whose choice this may be (``name/choice``)."""
    name, separator, choice = tail.partition(_SEPARATOR)
    return name if separator and choice and _SEPARATOR not in choice else None


def _unique(pairs: Iterable[tuple[str, Variable]]) -> dict[str, Variable | None]:
    found: dict[str, Variable | None] = {}
    for spelling, variable in pairs:
        found[spelling] = variable if found.get(spelling, variable) is variable else None
    return found
