"""Answers kept under an Idempotency-Key, so that the same request sent twice has one effect."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from .answers import Refusal

KEY_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given the first time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class _Entry:
    fingerprint: str
    since: datetime
    answer: Answer | None = None


def read_key(header: str) -> str:
    """The key in an Idempotency-Key header, a quoted structured-header string or a bare word. Raises Refusal 400."""
    key = header.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable() or '"' in key:
        raise Refusal(400, "The Idempotency-Key is not a string of 1 to 255 characters")
    return key


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What a key is bound to: the same key with anything else is refused."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


class Keys:
    """The keys of all customers (draft-ietf-httpapi-idempotency-key-header-06)."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}

    def claim(self, subject: str, key: str, print_: str, now: datetime) -> Answer | None:
        """Take a key for a request: None to go on, or the answer of the first time.

        Raises Refusal 422 when the key was used for something else, 409 while the first request still runs.
        """
        entry = self._entries.get((subject, key))
        if entry is None or now - entry.since >= KEY_LIFE:
            self._entries[subject, key] = _Entry(print_, now)
            return None
        if entry.fingerprint != print_:
            raise Refusal(422, "This Idempotency-Key was used for another request", code="idempotencyKeyReused")
        if entry.answer is None:
            raise Refusal(409, "The first request with this Idempotency-Key is still running", code="requestInProgress")
        return entry.answer

    def keep(self, subject: str, key: str, answer: Answer) -> None:
        """Remember the answer to a claimed key."""
        self._entries[subject, key].answer = answer

    def release(self, subject: str, key: str) -> None:
        """Forget a claimed key: the request was refused before it had any effect."""
        self._entries.pop((subject, key), None)
