"""The demo operator's documents: how they are written to the wire, read from it, and told apart by their ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

Document = dict[str, Any]

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def encode(value: Any) -> bytes:
    """A value as JSON; a Decimal becomes a number with its own digits, never a float."""
    return _encoder.encode(value)


def decode(body: bytes) -> Any:
    """JSON as Python values, numbers with a point as Decimal. Raises msgspec.DecodeError."""
    return _decoder.decode(body)


def etag_of(parts: Iterable[bytes]) -> str:
    """A strong ETag (RFC 9110, 8.8.3) over some bytes, quotes included."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
        digest.update(b"\n")
    return f'"{digest.hexdigest()}"'


def etag_matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match or If-Match header names an ETag (weak comparison, RFC 9110, 13.1.2)."""
    given = [part.strip().removeprefix("W/") for part in header.split(",")]
    return "*" in given or etag in given


def instant(text: str) -> datetime | None:
    """An ISO date or date-time as an aware instant (no zone: UTC), or None when it is not one."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def written(moment: datetime) -> str:
    """An instant as TMF writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
