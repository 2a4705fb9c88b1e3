"""
The parts of an XLSX workbook, measured and packed again.

The library that reads workbooks reserves as much memory as counts and far-off cells ask for, and ends the process
if there is not enough.  So only what was measured is handed on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from posixpath import join, normpath

from mscos.workbooks.bounds import Bounds, Extent, Measured, TooMuch, bounded

_PART = re.compile(r"(?:xl/|_rels/).*\.(?:xml|rels)|\[Content_Types\]\.xml", re.IGNORECASE)
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_COLUMN = re.compile(r"[A-Za-z]{1,3}")
_DIGITS = "0123456789"

_Start = Callable[[str, dict[str, str]], None]


def measured_xlsx(content: bytes, bounds: Bounds) -> Measured:
    """
    Pack the parts of a workbook again that hold text, if all of them are within bounds.

    Raises:
        TooMuch: If one is not.
        Exception: Of many kinds, if the bytes are no XLSX workbook; what they say may quote the file.
    """
    # Imported here: a table in CSV must not pay for it.
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile  # noqa: PLC0415

    packed = io.BytesIO()
    extents: dict[str, Extent] = {}
    places: list[str] = []
    targets: dict[str, str] = {}
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(packed, "w") as clean:
        members = [each for each in archive.infolist() if _PART.fullmatch(each.filename)]
        if sum(each.file_size for each in members) > bounds.unpacked:
            raise TooMuch
        for member in members:
            if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # others unpack without a bound
                raise ValueError
            with archive.open(member) as part:
                text = part.read(member.file_size)
            name = member.filename.lower()
            if name in extents:  # which of the two the library would take is its own affair
                raise ValueError
            extents[name] = _measure(text, bounds)
            if name == _WORKBOOK:
                places = [each["id"] for each in _elements(text, "sheet")]
            if name == _RELATIONS:
                targets = {each["Id"]: _part(each["Target"]) for each in _elements(text, "Relationship")}
            clean.writestr(member.filename, text)
    return Measured(packed.getvalue(), tuple(extents[targets[place]] for place in places))


def _part(target: str) -> str:
    """Give the name of the part that a relation of the workbook leads to."""
    return normpath(join("/xl", target)).removeprefix("/").lower()


def _elements(text: bytes, name: str) -> list[dict[str, str]]:
    """List the attributes of each element of a name, all without their prefixes."""
    found: list[dict[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == name:
            found.append({key.rpartition(":")[2]: value for key, value in attributes.items()})

    _parse(text, start)
    return found


def _measure(text: bytes, bounds: Bounds) -> Extent:
    """Look for counts that are too high, and for cells with something in them that are too far off."""
    row = column = rows = columns = 0
    holds_error = is_faulty = False
    column_of: dict[str, int] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns, holds_error, is_faulty
        local = name.rpartition(":")[2]
        if local == "c":
            holds_error = attributes.get("t") == "e"
            if reference := attributes.get("r"):
                letters = reference.rstrip(_DIGITS)
                column = column_of.get(letters) or column_of.setdefault(letters, _column(letters))
                row = int(reference[len(letters) :])
            else:
                column += 1
        elif local in {"v", "is", "f"}:
            rows, columns = max(rows, row), max(columns, column)
            is_faulty = is_faulty or holds_error
        elif local == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        else:
            _count(attributes, bounds)

    _parse(text, start)
    bounded(rows, columns, bounds)
    return Extent(rows, columns, is_faulty)


def _count(attributes: dict[str, str], bounds: Bounds) -> None:
    for key, value in attributes.items():
        if key.rpartition(":")[2] in {"count", "uniqueCount"} and int(value) > bounds.cells:
            raise TooMuch


def _column(letters: str) -> int:
    """Give the number of a column such as ``AB``, from 1."""
    if not _COLUMN.fullmatch(letters):
        raise ValueError
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column


def _parse(text: bytes, start: _Start) -> None:
    from xml.parsers import expat  # noqa: PLC0415

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(text, True)  # noqa: FBT003 - the parameter has no name


def _no_doctype(*_: object) -> None:
    raise ValueError
