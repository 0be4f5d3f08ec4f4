"""The event hub of the demo operator: who wants to be told of changes, and telling them (TMF630, Part 1, events)."""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from urllib.parse import parse_qsl, urlsplit

from .answers import Refusal
from .catalogue import Kind
from .documents import Document, encode, written

MOST = 20
"""Listeners of one customer at one API."""
PATIENCE = 5.0
"""Seconds until a listener that does not answer is given up; it is not told again."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody to be told of one customer's documents of one API, in one of its versions (TMF EventSubscription)."""

    id: str
    login: str
    api: str
    version: str
    callback: str
    query: str = ""

    def document(self, href: str) -> Document:
        """As it is shown."""
        found: Document = {"id": self.id, "callback": self.callback}
        found |= {"query": self.query} if self.query else {}
        return found | ({"href": href, "@type": "Hub"} if self.version == "v5" else {})

    def wants(self, event: str) -> bool:
        """Whether its query, eventType=A,B, lets an event through; a query of anything else lets all through."""
        named = [value for name, value in parse_qsl(self.query) if name == "eventType"]
        return not named or event.casefold() in {one.casefold() for value in named for one in value.split(",")}


@dataclass(slots=True)
class Hub:
    """All listeners. Only those on this computer are told: the demo operator reaches nobody else."""

    listeners: dict[str, Listener] = field(default_factory=dict)
    _telling: set[asyncio.Task[None]] = field(default_factory=set)

    def register(self, login: str, api: str, version: str, body: object) -> Listener:
        """Take a listener in. Raises Refusal 400 without a callback, 409 where there are very many."""
        said = body if isinstance(body, dict) else {}
        callback, query = said.get("callback"), said.get("query", "")
        if not isinstance(callback, str) or not callback or len(callback) > 2000 or not isinstance(query, str):
            raise Refusal(400, "Object missing required field `callback`")
        if _scheme(callback) not in ("http", "https"):
            raise Refusal(400, "The callback is no web address")
        if sum(one.login == login and one.api == api for one in self.listeners.values()) >= MOST:
            raise Refusal(409, f"There are {MOST} listeners already")
        found = Listener(token_hex(8), login, api, version, callback, query)
        self.listeners[found.id] = found
        return found

    def one(self, login: str, api: str, version: str, ident: str) -> Listener:
        """A customer's own listener. Raises Refusal 404."""
        found = self.listeners.get(ident)
        if found is None or (found.login, found.api, found.version) != (login, api, version):
            raise Refusal(404)
        return found

    def tell(self, login: str, kind: Kind, event: str, document: Document, now: datetime) -> None:
        """Tell all who want to know, beside the answer; nobody waits for it."""
        name = f"{kind.name}{event}"
        for one in self.listeners.values():
            if (one.login, one.api, one.version) == (login, kind.api, kind.version) and one.wants(name):
                told = asyncio.ensure_future(_post(one.callback, name, _event(kind, name, document, now)))
                self._telling.add(told)
                told.add_done_callback(self._telling.discard)


def _event(kind: Kind, name: str, document: Document, now: datetime) -> bytes:
    stamp = written(now)
    return encode(
        {
            "eventId": token_hex(8),
            "eventTime": stamp,
            "timeOcurred": stamp,
            "eventType": f"{name[:1].upper()}{name[1:]}",
            "event": {kind.name: document},
        }
    )


async def _post(callback: str, name: str, body: bytes) -> None:
    """POST {callback}/listener/{event}; whatever goes wrong is the listener's own loss."""
    parts = urlsplit(callback)
    host = parts.hostname or ""
    if parts.scheme != "http" or not _is_here(host):
        return
    head = (
        f"POST {parts.path.rstrip('/')}/listener/{name} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with suppress(OSError, ValueError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(host, parts.port or 80)
            try:
                writer.write(head.encode("ascii", "ignore") + body)
                await writer.drain()
                await reader.readline()
            finally:
                writer.close()


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:  # such as a bracket that is not closed
        return ""


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
