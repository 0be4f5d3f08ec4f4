"""Looks for facts and secrets that must not be readable in any file, in every dress they may have put on."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from selfcare.api.client import Reply, Request, Wire

SHORTEST = 8
"""Characters; shorter facts stand somewhere in a megabyte of random bytes by chance."""
_PERSONAL = re.compile(
    r"name|street|city|postcode|email|phone|number|value|^id$|billno|description|text|content|iban|serial|msisdn|code",
    re.IGNORECASE,
)
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def dresses(canary: str | bytes) -> set[bytes]:
    """A fact in UTF-8, UTF-16 of both orders, hexadecimal, and base64 at its three offsets."""
    texts = (
        [canary] if isinstance(canary, bytes) else [canary.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    )
    found = set(texts)
    for text in texts:
        found |= {text.hex().encode(), text.hex().upper().encode()}
        for offset in range(3):
            coded = base64.b64encode(b"\0" * offset + text)
            inner = coded[4 if offset else 0 : len(coded) - 4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {one for one in found if len(one) >= SHORTEST}


def hits(folders: Iterable[Path], canaries: Iterable[str | bytes]) -> list[tuple[str, str | bytes]]:
    """Where a fact stands readable: in a file's content, also where it was packed, or in its name."""
    wanted = {dress: canary for canary in canaries for dress in dresses(canary)}
    found = []
    for path in sorted({file for folder in folders for file in folder.rglob("*")}):
        content = path.name.encode() + b"\0"
        if path.is_file() and not path.is_symlink():
            content += path.read_bytes()
        for piece in (content, *unpacked(content)):
            found += [(str(path), canary) for dress, canary in wanted.items() if dress in piece]
    return found


def unpacked(content: bytes) -> Iterator[bytes]:
    """What was packed in these bytes, as far as it can be unpacked."""
    whole = memoryview(content)
    for match in _ZLIB.finditer(content):
        try:
            yield zlib.decompressobj().decompress(whole[match.start() :], 1 << 20)
        except zlib.error:
            continue


def facts_in(value: Any, key: str = "") -> Iterator[str]:
    """The personal facts of a document: texts that say who, where, which number, how much."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from facts_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from facts_in(inner, key)
    elif isinstance(value, str) and SHORTEST <= len(value) <= 200 and _PERSONAL.search(key):
        yield value


SHORTEST_SECRET = 8
"""No token of a real login is shorter; the demo operator's have 43 signs."""


class Heard:
    """Everything secret or personal that went over the wire while it was listened to."""

    def __init__(self) -> None:
        self.facts: set[str] = set()
        self.secrets: set[str] = set()

    def hear(self, request: Request, reply: Reply) -> None:
        """Remember what a request and its answer hold."""
        bearer = request.headers.get("authorization", "")
        self._hear_secret(bearer.partition(" ")[2])
        for pair in request.body.decode("latin-1").split("&"):
            name, _, value = pair.partition("=")
            if name in {"code", "code_verifier", "refresh_token", "token"} and value:
                self._hear_secret(value)
        if "json" not in reply.headers.get("content-type", ""):
            return
        try:
            said = json.loads(reply.body)
        except (ValueError, RecursionError):
            return
        if isinstance(said, dict) and "access_token" in said:
            for name in ("access_token", "refresh_token", "id_token"):
                self._hear_secret(str(said.get(name) or ""))
        elif "authorization" in request.headers:
            self.facts |= set(facts_in(said))

    def _hear_secret(self, value: str) -> None:
        """The tokens of another test's stand-in, such as "t", say nothing: every sentence has them in it."""
        if len(value) >= SHORTEST_SECRET:
            self.secrets.add(value)


@contextmanager
def listening() -> Iterator[Heard]:
    """Listen to every wire that is used meanwhile."""
    heard = Heard()
    real = Wire.send

    def send(self: Wire, request: Request) -> Reply:
        reply = real(self, request)
        heard.hear(request, reply)
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Wire, "send", send)
        yield heard
