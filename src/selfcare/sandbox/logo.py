"""Draws the demo operators' sign, a ring in their colour, as the small picture that their profile carries."""

from __future__ import annotations

import base64
import struct
import zlib

SIDE = 48
_OUTER, _INNER = 22.0, 12.0


def logo(colour: str) -> str:
    """The sign as a data: address with a PNG in it (RFC 2397); `colour` is #rrggbb."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)
        for x in range(SIDE):
            away = ((x - SIDE / 2 + 0.5) ** 2 + (y - SIDE / 2 + 0.5) ** 2) ** 0.5
            inside = min(1.0, max(0.0, _OUTER - away)) * min(1.0, max(0.0, away - _INNER))
            rows += bytes((red, green, blue, round(255 * inside)))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    parts = _part(b"IHDR", head) + _part(b"IDAT", zlib.compress(bytes(rows), 9)) + _part(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
