"""Waits on this computer alone for the one answer that the sign-in page sends back through the browser."""

from __future__ import annotations

import contextlib
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from selfcare.domain.failures import SignInFailed

_REQUEST_BYTES = 8 * 1024
_REQUEST_SECONDS = 5.0
_CONNECTIONS = 64
_TICK = 0.1
_PLACES = ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]"))
"""This computer alone, by its two names; the second where the first is not to be had (RFC 8252 7.3)."""


@dataclass(slots=True)
class _Visitor:
    """A connection that has not yet said what it wants."""

    until: float
    said: bytes = field(default=b"", repr=False)


class Loopback:
    """Listens on 127.0.0.1 (or ::1) at a random port under a random path (RFC 8252 7.3) and takes one GET on it.

    `path` is given only where the operator has registered one. Such an address is no secret: what `is_ours` does not
    know of the query is sent away (400), `was_disturbed` remembers it, and the listening goes on.

    Raises SignInFailed("answer") where this computer lets nobody listen.

    Everything else is sent away: other paths (404), other methods (405), another Host (400, DNS rebinding), slow or
    long requests. `page` is what the browser then shows: plain text, nothing of the request in it.
    """

    def __init__(self, page: str, path: str = "", is_ours: Callable[[str], bool] = lambda query: True) -> None:
        self.was_disturbed = False
        self._is_ours = is_ours
        self._page = page.encode()
        self._path = path or f"/{secrets.token_urlsafe(24)}"
        self._socket, self._host = _listening()
        self._answer = ""
        self._came = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="selfcare-loopback", daemon=True)

    @property
    def address(self) -> str:
        """The redirect_uri."""
        return f"http://{self._host}{self._path}"

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def wait(self, timeout: float, cancelled: Callable[[], bool]) -> str | None:
        """The query of the answer; None if it was cancelled or did not come in time (seconds)."""
        until = time.monotonic() + timeout
        while not self._came.wait(_TICK):
            if cancelled() or time.monotonic() > until:
                return None
        return self._answer

    def _serve(self) -> None:
        with selectors.DefaultSelector() as watched, self._socket:
            watched.register(self._socket, selectors.EVENT_READ)
            while not self._over.is_set():
                for key, _ in watched.select(_TICK):
                    if key.fileobj is self._socket:
                        self._accept(watched)
                    elif isinstance(key.fileobj, socket.socket) and key.fileobj.fileno() >= 0:  # not just sent away
                        self._listen(watched, key.fileobj, key.data)
                now = time.monotonic()
                for key in list(watched.get_map().values()):
                    if isinstance(key.data, _Visitor) and now > key.data.until:
                        self._drop(watched, key.fileobj)
            for key in list(watched.get_map().values()):
                if isinstance(key.data, _Visitor):
                    self._drop(watched, key.fileobj)

    def _accept(self, watched: selectors.BaseSelector) -> None:
        try:
            connection, _ = self._socket.accept()
        except OSError:
            return
        visitors = [key for key in watched.get_map().values() if isinstance(key.data, _Visitor)]
        if len(visitors) >= _CONNECTIONS:
            self._drop(watched, min(visitors, key=lambda key: key.data.until).fileobj)
        connection.setblocking(False)
        watched.register(connection, selectors.EVENT_READ, _Visitor(time.monotonic() + _REQUEST_SECONDS))

    def _listen(self, watched: selectors.BaseSelector, connection: socket.socket, visitor: _Visitor) -> None:
        try:
            piece = connection.recv(_REQUEST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        visitor.said += piece
        end = visitor.said.find(b"\r\n\r\n")
        if 0 <= end <= _REQUEST_BYTES:
            answer = self._reply_to(visitor.said)
            with contextlib.suppress(OSError):
                connection.settimeout(1.0)
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_WR)
            self._drop(watched, connection)
        elif not piece or end >= 0 or len(visitor.said) > _REQUEST_BYTES:
            self._drop(watched, connection)

    @staticmethod
    def _drop(watched: selectors.BaseSelector, connection: object) -> None:
        if isinstance(connection, socket.socket):
            watched.unregister(connection)
            connection.close()

    def _reply_to(self, said: bytes) -> bytes:
        head = said.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        words = head[0].split(" ")
        hosts = [line.partition(":")[2].strip() for line in head[1:] if line.casefold().startswith("host:")]
        if len(words) != 3 or not words[2].startswith("HTTP/1.") or hosts != [self._host]:
            return _response("400 Bad Request", b"")
        if words[0] != "GET":
            return _response("405 Method Not Allowed", b"", "Allow: GET\r\n")
        path, _, query = words[1].partition("?")
        if not secrets.compare_digest(path.encode(), self._path.encode()) or self._came.is_set():
            return _response("404 Not Found", b"")
        if not self._is_ours(query):
            self.was_disturbed = True
            return _response("400 Bad Request", b"")
        self._answer = query
        self._came.set()
        return _response("200 OK", self._page)


def _listening() -> tuple[socket.socket, str]:
    for family, address, shown in _PLACES:
        ear = socket.socket(family, socket.SOCK_STREAM) if socket.has_ipv6 or family == socket.AF_INET else None
        if ear is None:
            continue
        try:
            ear.bind((address, 0))
            ear.listen(128)
            ear.setblocking(False)
        except OSError:
            ear.close()
            continue
        return ear, f"{shown}:{ear.getsockname()[1]}"
    raise SignInFailed("answer")


def _response(status: str, body: bytes, more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        f"Content-Security-Policy: default-src 'none'\r\n{more}Connection: close\r\n\r\n"
    )
    return head.encode() + body
