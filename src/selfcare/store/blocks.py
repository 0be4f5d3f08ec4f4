"""Keeps the operator's documents many to a block, packed: they are much alike, and so take a tenth of the room."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from selfcare.domain.failures import VaultDamaged
from selfcare.domain.precedence import SCREEN

from .database import Database, Value

_BLOCK_BYTES = 64 * 1024
"""A block is closed when this much is in it: twice as far as the packing (DEFLATE, RFC 1951) looks back."""
_LEVEL = 1
_HELD = 8
"""So many unpacked blocks are held while documents are read; those that came together stand together."""

JOINED = "documents JOIN blocks ON blocks.no = documents.block"
"""Where a document and its bytes are found together, in one look at the file."""
PLACE = "documents.block, documents.start, documents.size, blocks.data"
"""The columns that `with_bodies` takes, last of all."""


def packed(raw: bytes) -> bytes:
    """Bytes as they are kept."""
    return zlib.compress(raw, _LEVEL)


def write_blocks(database: Database, bodies: Iterable[bytes]) -> list[tuple[int, int, int]]:
    """Write documents' bytes into new blocks; for each the number of its block, where it starts there and its size.

    A block goes when the last of its documents goes (a trigger of the schema sees to it); its number never comes back.
    """
    last = int(database.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name='blocks'") or 0)
    places: list[tuple[int, int, int]] = []
    blocks: list[tuple[Value, ...]] = []
    gathered: list[bytes] = []
    filled = 0

    def close() -> None:
        SCREEN.give_way()
        blocks.append((last + len(blocks) + 1, len(gathered), packed(b"".join(gathered))))

    for body in bodies:
        if gathered and filled + len(body) > _BLOCK_BYTES:
            close()
            gathered, filled = [], 0
        places.append((last + len(blocks) + 1, filled, len(body)))
        gathered.append(body)
        filled += len(body)
    if gathered:
        close()
    database.insert("INSERT INTO blocks(no, used, data)", blocks)
    return places


def with_bodies(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows that end with PLACE, each with the document's bytes, as they came, in its stead.

    Raises VaultDamaged where a block cannot be unpacked.
    """
    unpacked: dict[int, bytes] = {}
    for *facts, block, start, size, data in rows:
        raw = unpacked.get(block)
        if raw is None:
            if len(unpacked) >= _HELD:
                del unpacked[next(iter(unpacked))]
            raw = unpacked[block] = _unpacked(data)
        yield (*facts, raw[start : start + size])


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise VaultDamaged("cache") from error
