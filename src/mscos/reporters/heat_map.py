"""The picture of a portfolio: services by core outcomes, cut into parts of which each fits on a sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from mscos.findings import Reach
from mscos.portfolios.area_lines import AreaLine
from mscos.portfolios.report import MemberLine, PortfolioReport

SERVICES_SHOWN = 500
"""Services in the picture and its table; the JSON holds them all."""

LETTERS = {
    Reach.DIRECTLY: "D",
    Reach.BY_PARTNER: "P",
    Reach.BY_REFERRAL: "R",
    Reach.PARTNER_NOT_NAMED: "?",
    Reach.NOT_ADDRESSED: "-",
}
"""What stands in a cell of the picture, so that no colour is needed to read it."""

_LETTERS_IN_LINE, _LETTER, _LINE, _PADDING = 21, 7.3, 14, 8
_CELL, _ROW, _HEAD, _TALLEST = 26, 22, 76, 620


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """
    One service of the map.

    Attributes:
        member: The service.
        reaches: How it reaches each core outcome, in their order.
    """

    member: MemberLine
    reaches: tuple[Reach, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the picture: a service, its name in lines with their feet, and where the row is."""

    service: Service
    name: tuple[tuple[int, str], ...]
    top: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the picture that fits on a sheet: its rows, and the number of its first service, from 1."""

    rows: tuple[Row, ...]
    first: int

    @property
    def last(self) -> int:
        """Number of its last service."""
        return self.first + len(self.rows) - 1

    @property
    def height(self) -> int:
        """Height of the part."""
        return self.rows[-1].top + self.rows[-1].height


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """
    Who covers what.

    Attributes:
        core: The core outcomes.
        services: The services that are shown, in the order of the report.
        more: How many services are not shown.
    """

    core: tuple[AreaLine, ...]
    services: tuple[Service, ...]
    more: int

    @property
    def names(self) -> int:
        """Width of the names, which are set in letters of one width."""
        longest = max((len(line) for service in self.services for line in _name(service)), default=0)
        return int(longest * _LETTER) + 12

    @property
    def width(self) -> int:
        """Width of the picture."""
        return self.names + _CELL * len(self.core)

    @property
    def columns(self) -> tuple[tuple[int, AreaLine], ...]:
        """The core outcomes, each with where its column begins."""
        return tuple((self.names + place * _CELL, line) for place, line in enumerate(self.core))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The picture."""
        return tuple(_parts(self.services))

    def words(self, part: Part) -> str:
        """Say a part of the picture as sentences, one for each service."""
        return " ".join(
            f"{row.service.member.record_id}: {_words(self.core, row.service.reaches)}." for row in part.rows
        )


def heat_map(report: PortfolioReport) -> HeatMap:
    """Lay out how each service of a portfolio reaches each core outcome."""
    reached = [_reached(line) for line in report.core]
    counted = [each for each in report.members if each.kind == "intervention" and each.answer != "not_given"]
    services = tuple(
        Service(member=member, reaches=tuple(by.get(member.record_id, Reach.NOT_ADDRESSED) for by in reached))
        for member in counted[:SERVICES_SHOWN]
    )
    return HeatMap(core=report.core, services=services, more=len(counted) - len(services))


def _reached(line: AreaLine) -> dict[str, Reach]:
    return {
        **dict.fromkeys(line.partner_not_named, Reach.PARTNER_NOT_NAMED),
        **{each.record_id: Reach.BY_REFERRAL for each in line.by_referral},
        **{each.record_id: Reach.BY_PARTNER for each in line.by_partner},
        **dict.fromkeys(line.directly, Reach.DIRECTLY),
    }


def _words(core: Sequence[AreaLine], reaches: Sequence[Reach]) -> str:
    said = [
        f"{line.outcome} {reach.words}"
        for line, reach in zip(core, reaches, strict=True)
        if reach is not Reach.NOT_ADDRESSED
    ]
    return ", ".join(said) or "nothing"


def _parts(services: Sequence[Service]) -> Iterator[Part]:
    begun: list[Service] = []
    first = 1
    for service in services:
        if begun and _height([*begun, service]) > _TALLEST:
            yield _part(begun, first)
            first, begun = first + len(begun), []
        begun.append(service)
    if begun:
        yield _part(begun, first)


def _height(services: Sequence[Service]) -> int:
    return _HEAD + sum(map(_row_height, services))


def _row_height(service: Service) -> int:
    return max(_ROW, len(_name(service)) * _LINE + _PADDING)


def _part(services: Sequence[Service], first: int) -> Part:
    heights = list(map(_row_height, services))
    tops = accumulate(heights, initial=_HEAD)
    rows = (_row(service, top, height) for service, top, height in zip(services, tops, heights, strict=False))
    return Part(rows=tuple(rows), first=first)


def _row(service: Service, top: int, height: int) -> Row:
    lines = _name(service)
    begins = top + (height - len(lines) * _LINE) // 2 + _LINE - 3
    return Row(
        service=service,
        name=tuple((begins + place * _LINE, words) for place, words in enumerate(lines)),
        top=top,
        height=height,
    )


def _name(service: Service) -> list[str]:
    """Cut the identifier of a service into lines, after hyphens where there are any."""
    lines = [""]
    for part in re.findall(rf"[^-]{{1,{_LETTERS_IN_LINE - 1}}}-?", service.member.record_id):
        if lines[-1] and len(lines[-1]) + len(part) > _LETTERS_IN_LINE:
            lines.append("")
        lines[-1] += part
    return lines
