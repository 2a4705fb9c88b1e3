"""
The dictionary of an SPSS file, walked through before a library is let at it.

The library follows the numbers of variables in labels of values without looking where they lead, and some texts there
end the process.  Nobody needs these labels here, so they are blotted out.
"""

from __future__ import annotations

from struct import pack_into, unpack_from
from typing import Final

SIGNATURES: Final = (b"$FL2", b"$FL3")
"""How an SPSS file begins: as SPSS saves it, and compressed as a whole."""

_LAYOUTS = {b"\2\0\0\0": "<", b"\3\0\0\0": "<", b"\0\0\0\2": ">", b"\0\0\0\3": ">"}
_BEGIN: Final = 176
_VARIABLE, _LABELS, _LABELLED, _NOTES, _MORE, _END = 2, 3, 4, 6, 7, 999
_CONTINUED: Final = -1
_LONGEST_TEXT: Final = 255
_MISSING = {-3, -2, 0, 1, 2, 3}
_NOTE: Final = 80

_NEEDED = {3, 4, 13, 14, 16, 20, 22}
"""
Further records that say how to read the data: numbers and code page, what is missing, long names, long texts, the
number of rows, the encoding, and what is missing among long texts.
"""

_NOBODY: Final = 0x7FFF
"""In place of the kind of a further record: no such kind is known, so that it is passed over."""


class _Dictionary:
    """A place in the bytes of a dictionary, and the variables before it."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.place = _BEGIN
        self.order = _LAYOUTS[content[64:68]]
        self.begins: list[bool] = []
        self.continued = 0

    def number(self) -> int:
        found: int = unpack_from(f"{self.order}i", self.content, self.place)[0]
        self.place += 4
        return found

    def skip(self, length: int) -> None:
        if length < 0:
            raise ValueError
        self.place += length

    def blot_out(self, length: int) -> None:
        before = self.place
        self.skip(length)
        self.content[before : self.place] = b" " * length


def without_value_labels(content: bytes) -> bytes:
    """
    Blot out the labels of values in an SPSS file, if its dictionary leads nowhere but to its own variables.

    Raises:
        Exception: Of several kinds, if it does.
    """
    dictionary = _Dictionary(content)
    while (kind := dictionary.number()) != _END:
        _RECORDS[kind](dictionary)
    if dictionary.continued:
        raise ValueError
    return bytes(dictionary.content)


def _variable(dictionary: _Dictionary) -> None:
    width, has_label, missing = (dictionary.number() for _ in range(3))
    dictionary.skip(16)
    if has_label not in {0, 1} or missing not in _MISSING or not _CONTINUED <= width <= _LONGEST_TEXT:
        raise ValueError
    # A text longer than eight bytes goes on in as many records as it needs, and they follow at once.
    if (width == _CONTINUED) != bool(dictionary.continued):
        raise ValueError
    dictionary.continued = dictionary.continued - 1 if width == _CONTINUED else max(0, -(-width // 8) - 1)
    dictionary.begins.append(width != _CONTINUED)
    if has_label:
        dictionary.skip(-(-dictionary.number() // 4) * 4)
    dictionary.skip(abs(missing) * 8)


def _labels(dictionary: _Dictionary) -> None:
    for _ in range(dictionary.number()):
        dictionary.blot_out(8)
        length = dictionary.content[dictionary.place]
        dictionary.skip(1)
        dictionary.blot_out(-(-(length + 1) // 8) * 8 - 1)
    if dictionary.number() != _LABELLED:
        raise ValueError
    for _ in range(dictionary.number()):
        variable = dictionary.number()
        if not (1 <= variable <= len(dictionary.begins) and dictionary.begins[variable - 1]):
            raise ValueError


def _notes(dictionary: _Dictionary) -> None:
    dictionary.skip(dictionary.number() * _NOTE)


def _more(dictionary: _Dictionary) -> None:
    place = dictionary.place
    if dictionary.number() not in _NEEDED:
        pack_into(f"{dictionary.order}i", dictionary.content, place, _NOBODY)
    dictionary.skip(dictionary.number() * dictionary.number())


_RECORDS = {_VARIABLE: _variable, _LABELS: _labels, _NOTES: _notes, _MORE: _more}
