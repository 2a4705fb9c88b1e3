"""One stream out of an OLE compound file, the container of workbooks before 2007, and back into a new one."""

from __future__ import annotations

from struct import pack, unpack_from
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE, _END, _OF_TABLE, _NO_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFA
_SIZES = {512, 4096}
_SMALL: Final = 4096
"""Streams below this size, in bytes, are kept in sectors of 64 bytes of their own."""

_ENTRY: Final = 128
_SECTOR: Final = 4096
_IN_HEADER: Final = 109
"""How many sectors of the table are listed in the header."""

_Numbers = tuple[int, ...]


def stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    """
    Give the first stream that has one of the names.

    Raises:
        Exception: Of several kinds, if there is none, or the container is broken.
    """
    size = 1 << unpack_from("<H", content, 30)[0]
    if not content.startswith(SIGNATURE) or size not in _SIZES:
        raise ValueError
    sectors = content[size:]
    table = _table(content, sectors, size)
    entries = _entries(_chain(unpack_from("<I", content, 48)[0], table, sectors, size))
    _, start, length = next(each for wanted in names for each in entries if each[0] == wanted)
    if length < _SMALL:
        sectors = _chain(entries[0][1], table, sectors, size)
        table = _numbers(_chain(unpack_from("<I", content, 60)[0], table, content[size:], size))
        size = 64
    stream = _chain(start, table, sectors, size)
    if len(stream) < length:
        raise ValueError
    return stream[:length]


def _numbers(data: bytes) -> _Numbers:
    return unpack_from(f"<{len(data) // 4}I", data)


def _table(content: bytes, sectors: bytes, size: int) -> _Numbers:
    """Give the table that says which sector follows which.  It is no longer than the file needs."""
    number_of_sectors = len(sectors) // size + 1
    listed = list(unpack_from(f"<{_IN_HEADER}I", content, 76))
    more = unpack_from("<I", content, 68)[0]
    while more < _NO_SECTOR:
        *numbers, more = _numbers(sectors[more * size : (more + 1) * size])
        listed += numbers
        if len(listed) > number_of_sectors + _IN_HEADER + size:
            raise ValueError
    used = [number for number in listed if number < _NO_SECTOR]
    return _numbers(b"".join(sectors[number * size : (number + 1) * size] for number in used))[:number_of_sectors]


def _chain(start: int, table: _Numbers, sectors: bytes, size: int) -> bytes:
    """Join the sectors of a chain; one that runs in a circle, or through a sector that is cut off, is refused."""
    parts: list[bytes] = []
    while start != _END:
        parts.append(sectors[start * size : (start + 1) * size])
        start = table[start]
        if len(parts) > len(table) or (len(parts[-1]) < size and start != _END):
            raise ValueError
    return b"".join(parts)


def _entries(directory: bytes) -> list[tuple[str, int, int]]:
    """List what is in the container: name, first sector and length in bytes."""
    found = []
    for place in range(0, len(directory), _ENTRY):
        length_of_name, start, length = (
            unpack_from("<H", directory, place + 64)[0],
            *unpack_from("<II", directory, place + 116),
        )
        name = directory[place : place + max(2, length_of_name) - 2].decode("utf-16-le")
        found.append((name, start, length))
    return found


def packed_stream(name: str, stream: bytes) -> bytes:
    """Pack a stream into a container of its own."""
    stream = stream.ljust(_SMALL, b"\0")
    number = -(-len(stream) // _SECTOR)
    # The table comes first, then the directory, a sector for the small streams that are not there, and the stream.
    tables = -(-(number + 2) // (_SECTOR // 4 - 1))
    follows = [_OF_TABLE] * tables + [_END, _END] + [tables + 3 + each for each in range(number - 1)] + [_END]
    table = pack(f"<{len(follows)}I", *follows).ljust(tables * _SECTOR, b"\xff")
    listed = [*range(tables), *[_FREE] * (_IN_HEADER - tables)]
    header = SIGNATURE + bytes(16) + pack("<5H", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    header += pack("<9I", 1, tables, tables, 0, _SMALL, _END, 0, _END, 0) + pack(f"<{_IN_HEADER}I", *listed)
    directory = _entry("Root Entry", 5, 1, tables + 1, 64) + _entry(name, 2, _FREE, tables + 2, len(stream))
    sectors = (header, table, directory, b"", stream)
    return b"".join(each.ljust(-(-max(1, len(each)) // _SECTOR) * _SECTOR, b"\0") for each in sectors)


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + pack("<HBB3I", len(text) + 2, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + pack("<IQ", start, length)
