"""The wire itself: every read and write ends by a deadline, however slowly the other side drips its bytes."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from selfcare.domain.proxy import Proxy

from .addresses import LOOPBACK
from .reach import reach

LOOKS_UP = 0.25
"""Seconds after which whoever waits for an answer looks whether anybody still wants it."""


class Deadline(threading.local):
    """When the request of this thread must be over, on the monotonic clock, and how far it has come.

    `is_through`: the way to the server stands, past any proxy and with its certificate checked; before that not a byte
    of the request has left. `is_over` tells of a request, by whether it changes anything there, that nobody wants its
    answer any more.
    """

    until: float = float("inf")
    is_through: bool = True
    changes: bool = False

    def __init__(self, is_over: Callable[[bool], bool] = lambda changes: False) -> None:
        self.is_over = is_over

    def left(self, timeout: float | None) -> float:
        """Seconds that one step may take. Raises a read time-out when there are none left."""
        remaining = self.until - time.monotonic()
        if remaining <= 0 or self.is_over(self.changes):
            raise httpcore.ReadTimeout("deadline")
        return remaining if timeout is None else min(timeout, remaining)

    def asker(self) -> Callable[[], bool]:
        """Tells, on any thread, whether nobody wants the answer to this thread's request any more."""
        is_over, changes = self.is_over, self.changes
        return lambda: is_over(changes)


@contextlib.contextmanager
def _cut_once(is_over: Callable[[], bool], line: socket.socket) -> Iterator[None]:
    """Cut a connection once it `is_over`: its handshake is one step, in which nobody else can look whether it is."""
    done, same = threading.Event(), line.dup()

    def look() -> None:
        while not done.wait(LOOKS_UP):
            if is_over():
                with contextlib.suppress(OSError):
                    same.shutdown(socket.SHUT_RDWR)
                return

    looking = threading.Thread(target=look, name="selfcare-handshake", daemon=True)
    looking.start()
    try:
        yield
    finally:
        done.set()
        looking.join()
        same.close()


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is bounded by the deadline."""

    def __init__(self, line: socket.socket, deadline: Deadline, leads_there: bool) -> None:
        self._line = line
        self._deadline = deadline
        self._leads_there = leads_there
        self.is_spent = False
        """Nothing more is asked here."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        silent = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            self._line.settimeout(min(self._deadline.left(timeout), LOOKS_UP))
            try:
                return self._line.recv(max_bytes)
            except TimeoutError as trouble:
                if time.monotonic() >= silent:
                    raise httpcore.ReadTimeout(str(trouble)) from trouble
            except OSError as trouble:
                raise httpcore.ReadError(str(trouble)) from trouble

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._deadline.is_through |= self._leads_there
        rest = memoryview(buffer)
        while rest:
            self._line.settimeout(self._deadline.left(timeout))
            try:
                rest = rest[self._line.send(rest) :]
            except TimeoutError as trouble:
                raise httpcore.WriteTimeout(str(trouble)) from trouble
            except OSError as trouble:
                raise httpcore.WriteError(str(trouble)) from trouble

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._line.settimeout(self._deadline.left(timeout))
        try:
            with _cut_once(self._deadline.asker(), self._line):
                secured = ssl_context.wrap_socket(self._line, server_hostname=server_hostname)
        except TimeoutError as trouble:
            self._line.close()
            raise httpcore.ConnectTimeout(str(trouble)) from trouble
        except OSError as trouble:
            self._line.close()
            raise httpcore.ConnectError(str(trouble)) from trouble
        self._deadline.is_through = True
        return _Stream(secured, self._deadline, True)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._line if isinstance(self._line, ssl.SSLSocket) else None
        if info == "is_readable":
            return self._is_readable()
        return self._line if info == "socket" else None

    def _is_readable(self) -> bool:
        """Whether something came that nobody asked for: a kept connection that was closed meanwhile. One that is spent
        says so as well, and is not used again."""
        if self.is_spent or self._line.fileno() < 0:
            return True
        with selectors.DefaultSelector() as seen:
            seen.register(self._line, selectors.EVENT_READ)
            return bool(seen.select(0))


class _Backend(httpcore.NetworkBackend):
    """Opens such connections; what is written to one is for the server (`leads_there`), or for the proxy first."""

    def __init__(self, deadline: Deadline, leads_there: bool) -> None:
        self._deadline = deadline
        self._leads_there = leads_there

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._deadline.is_through = False
        try:
            line = reach(host, port, self._deadline.left(timeout), self._deadline.asker())
        except TimeoutError as trouble:
            raise httpcore.ConnectTimeout(str(trouble)) from trouble
        except OSError as trouble:
            raise httpcore.ConnectError(str(trouble)) from trouble
        return _Stream(line, self._deadline, self._leads_there)


class _Body(httpx.SyncByteStream):
    """The body of an answer, read piece by piece. What came behind its end is nobody's answer, least of all the next's.

    Nor is the next request sent where one was just refused: many servers close such a connection, and what crosses
    their closing is told as lost though it never arrived.
    """

    def __init__(self, found: httpcore.Response) -> None:
        self._inner: Any = found.stream
        line = found.extensions.get("network_stream")
        self._line = line if isinstance(line, _Stream) else None
        if self._line is not None and found.status >= 400:
            self._line.is_spent = True

    def __iter__(self) -> Iterator[bytes]:
        has_content = False
        for piece in self._inner:
            has_content = True
            yield piece
        if rest := _left_over(self._inner):
            if self._line is not None:
                self._line.is_spent = True
            if has_content and rest.strip():  # content behind a 304, or an empty line, spoils nothing
                raise httpcore.RemoteProtocolError("more came than the answer said")

    def close(self) -> None:
        self._inner.close()


def _left_over(body: Any) -> bytes:
    """What was received behind the end of an answer. httpcore would read it as the beginning of the next one on the
    same connection, and has no public word for it (its `_connection`, of h11: `trailing_data`)."""
    connection = getattr(getattr(body, "_stream", body), "_connection", None)
    trailing: tuple[bytes, bool] = getattr(getattr(connection, "_h11_state", None), "trailing_data", (b"", False))
    return trailing[0]


class BoundedTransport(httpx.BaseTransport):
    """HTTP/1.1 over at most two kept connections, no environment, with a deadline for each thread; through a proxy
    where one is given, except to this computer itself."""

    def __init__(self, deadline: Deadline, context: ssl.SSLContext | None, proxy: Proxy | None = None) -> None:
        self._deadline = deadline
        settings: dict[str, Any] = {
            "ssl_context": context,
            "max_connections": 2,
            "max_keepalive_connections": 2,
            "keepalive_expiry": 30.0,
            "http1": True,
            "http2": False,
            "retries": 0,
        }
        self._straight = httpcore.ConnectionPool(network_backend=_Backend(deadline, True), **settings)
        self._through = self._straight
        if proxy is not None:
            self._through = _by_proxy(proxy, network_backend=_Backend(deadline, False), **settings)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body is read by the caller."""
        url = request.url
        is_near = url.host in LOOPBACK
        self._deadline.is_through = True
        found = (self._straight if is_near else self._through).handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(found.status, headers=found.headers, stream=_Body(found))

    def close(self) -> None:
        self._straight.close()
        self._through.close()


def _by_proxy(proxy: Proxy, **settings: Any) -> httpcore.ConnectionPool:
    """The same, each connection asked of the proxy (CONNECT). Its name and password go to the proxy alone."""
    shown = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    known = (proxy.user.encode(), proxy.password.encode()) if proxy.user else None
    return httpcore.HTTPProxy(f"http://{shown}:{proxy.port}", proxy_auth=known, **settings)


def system_trust() -> ssl.SSLContext:
    """Certificates are judged by this computer's own list, as the browser does; TLS 1.2 at least."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
