"""Bytes of a text table become UTF-8; a file that is UTF-8 already stays where it is."""

from __future__ import annotations

import codecs
import re
from typing import Final

from mscos import errors
from mscos._foreign import asked
from mscos.readers._sources import opened

_BLOCK: Final = 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_LIKE_ZLIB = (b"x\x01", b"x^", b"x\xda")
"""Texts that polars takes for compressed data, unless a byte order mark stands before them."""

_FALLBACK: Final = "cp1252"

_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
"""What no text in Windows-1252 has: nearly all bytes are letters there, so that anything could be taken for it."""


def as_utf8(source: str | bytes) -> str | bytes:
    """
    Give a text in UTF-8, with or without a byte order mark.

    Args:
        source: A path, or bytes: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

    Returns:
        The source itself if it is UTF-8; otherwise its text as bytes.

    Raises:
        NotText: If it is none of these.
    """
    failure = errors.NotPermitted(errors.DATA)
    first = asked(lambda: _first(source), failure)
    if first in _UTF_16:
        return _transcoded(asked(lambda: _content(source), failure), "utf-16")
    if not asked(lambda: _is_utf8(source), failure):
        return _transcoded(asked(lambda: _content(source), failure), _FALLBACK)
    return codecs.BOM_UTF8 + asked(lambda: _content(source), failure) if first in _LIKE_ZLIB else source


def _first(source: str | bytes) -> bytes:
    with opened(source) as file:
        return file.read(2)


def _content(source: str | bytes) -> bytes:
    with opened(source) as file:
        return file.read()


def _is_utf8(source: str | bytes) -> bool:
    """Tell whether all of it is UTF-8 text, block by block."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(source) as file:
        try:
            while block := file.read(_BLOCK):
                if b"\0" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _transcoded(content: bytes, encoding: str) -> bytes:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    found = text.encode()
    if b"\0" in found or (encoding == _FALLBACK and _NO_TEXT.search(found)):
        raise errors.NotText(errors.DATA)
    return found
