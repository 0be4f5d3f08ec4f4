"""Holds a whole answer against the checksum that its server gave along, where it gave one that is known here."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from selfcare.domain.failures import NotAnAnswer

_FIELD = re.compile(r"(?:^|,)\s*([A-Za-z0-9-]+)\s*=\s*:?([A-Za-z0-9+/]+={0,2}):?\s*(?=,|$)")
_KNOWN = {"sha-256": "sha256", "sha-512": "sha512", "md5": "md5"}
"""RFC 9530 5, RFC 3230 4.1: MD5 finds damage as well as the others do; forgeries are TLS's to find."""


class Checksums:
    """What the head of an answer says about its content (Content-Digest, Digest, Content-MD5).

    The content is what is counted, packed as it came; some servers count it before it is packed, which is taken too.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._said = dict(_said(headers))
        self._packed = {name: hashlib.new(name, usedforsecurity=False) for name in self._said}

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Count the pieces as they come."""
        for piece in pieces:
            for counted in self._packed.values():
                counted.update(piece)
            yield piece

    def check(self, body: bytes) -> None:
        """The whole content has come. Raises NotAnAnswer ("checksum") if it is not what was counted."""
        for name, said in self._said.items():
            if self._packed[name].digest() != said and hashlib.new(name, body, usedforsecurity=False).digest() != said:
                raise NotAnAnswer("checksum")


def _said(headers: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for field in ("content-digest", "digest"):
        for found in _FIELD.finditer(headers.get(field, "")):
            yield from _one(_KNOWN.get(found[1].casefold(), ""), found[2])
    yield from _one("md5", headers.get("content-md5", "").strip())


def _one(name: str, said: str) -> Iterator[tuple[str, bytes]]:
    """A checksum that has the length of its kind; anything else is ignored as if it were not there."""
    try:
        value = base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return
    if name and value and len(value) == hashlib.new(name, usedforsecurity=False).digest_size:
        yield name, value
