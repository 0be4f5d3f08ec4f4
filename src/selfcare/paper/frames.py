"""The messages between the program and the process that reads PDFs: counted, capped, never more than announced."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEAD = struct.Struct(">4sII")
MAGIC = b"SCP1"
LARGEST_META = 1 << 20


class BadFrame(Exception):
    """The other side sent something that is not a message, or nothing at all."""


def write_frame(stream: IO[bytes], meta: dict[str, Any], payload: bytes | memoryview = b"") -> None:
    """Send one message: a small document and raw bytes."""
    text = json.dumps(meta).encode()
    stream.write(HEAD.pack(MAGIC, len(text), len(payload)))
    stream.write(text)
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes], cap: int) -> tuple[dict[str, Any], bytes]:
    """Receive one message whose raw bytes are at most `cap`. Raises BadFrame; EOFError when the other side is gone."""
    magic, meta_length, payload_length = HEAD.unpack(_exactly(stream, HEAD.size))
    if magic != MAGIC or meta_length > LARGEST_META or payload_length > cap:
        raise BadFrame
    try:
        meta = json.loads(_exactly(stream, meta_length))
    except (ValueError, RecursionError):
        raise BadFrame from None
    if not isinstance(meta, dict):
        raise BadFrame
    return meta, _exactly(stream, payload_length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) != length:
        raise EOFError
    return content
