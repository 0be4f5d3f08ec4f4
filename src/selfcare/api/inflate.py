"""Unpacks a packed answer without ever holding more of it than we are willing to read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from selfcare.domain.failures import NotAnAnswer, TooLarge

_GZIP = 16 + zlib.MAX_WBITS


def inflate(pieces: Iterable[bytes], coding: str, cap: int) -> bytes:
    """The whole body of at most `cap` bytes. `coding` is the Content-Encoding header: "", identity or gzip.

    Raises TooLarge ("body") as soon as the cap is passed, NotAnAnswer ("encoding") for another or a second coding and
    for broken packing, ("truncated") for a packed body that ends early.
    """
    coding = coding.strip().casefold()
    if coding in {"", "identity"}:
        return _plain(pieces, cap)
    if coding not in {"gzip", "x-gzip"}:
        raise NotAnAnswer("encoding")
    unpacker = zlib.decompressobj(_GZIP)
    found: list[bytes] = []
    size = came = 0
    for piece in pieces:
        came += len(piece)
        if came > cap:
            raise TooLarge("body")
        if unpacker.eof:
            raise NotAnAnswer("encoding")
        while piece:
            try:
                part = unpacker.decompress(piece, cap - size + 1)
            except zlib.error:
                raise NotAnAnswer("encoding") from None
            size += len(part)
            if size > cap:
                raise TooLarge("body")
            found.append(part)
            piece = unpacker.unconsumed_tail
    if unpacker.unused_data:
        raise NotAnAnswer("encoding")
    if not unpacker.eof:
        raise NotAnAnswer("truncated")
    return b"".join(found)


def _plain(pieces: Iterable[bytes], cap: int) -> bytes:
    found: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > cap:
            raise TooLarge("body")
        found.append(piece)
    return b"".join(found)
