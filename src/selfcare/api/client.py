"""The one door to the network: asks only allowed addresses, reads only so much, waits only so long, follows nothing."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from selfcare import __version__
from selfcare.domain.failures import (
    BadCertificate,
    BadProxy,
    Failure,
    NotAnAnswer,
    NotEncrypted,
    Offline,
    TimedOut,
    TooLarge,
)
from selfcare.domain.proxy import Proxy
from selfcare.domain.records import Sealed, field

from .addresses import is_allowed
from .digests import Checksums
from .inflate import inflate
from .limits import CLOCK_SET, HEADER_BYTES, JSON_BYTES, SLOW_AFTER, SLOW_RATE, Patience, RetryBudget
from .route import proxy_to

if TYPE_CHECKING:
    import httpx

_READING = frozenset({"GET", "HEAD"})
_REDIRECTS = frozenset({300, 301, 302, 303, 305, 307, 308})
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG"})
"""What OpenSSL says of an answer that is no TLS."""
_HANDSHAKE_CUT = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


class Request(Sealed, frozen=True):
    """What is asked. `cap` bounds the unpacked body, `total` (seconds) the whole answer, None: as for JSON.

    `takes_redirect` hands a redirect back to the caller instead of refusing it; it is never followed here.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    cap: int = JSON_BYTES
    total: float | None = None
    takes_redirect: bool = False


class Reply(Sealed, frozen=True):
    """What came back; `headers` in lower case, several of one name joined (Set-Cookie by line breaks)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    received: datetime
    url: str = ""

    @property
    def is_success(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300


class Wire:
    """A few kept connections to the operator's own addresses. Not tied to a thread; close it when done.

    `proxy` is the way there, by itself the one that the customer has chosen; this computer itself is always reached
    straight.
    `transport` replaces the network in tests (httpx.MockTransport).
    """

    def __init__(
        self,
        allowed_origins: Iterable[str],
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        """Raises BadProxy where the customer's proxy has a password that cannot be read."""
        import httpx

        from .transport import BoundedTransport, Deadline, system_trust

        for name in ("httpx", "httpcore"):  # at INFO and DEBUG they print addresses and cookies
            logging.getLogger(name).setLevel(logging.WARNING)
        self.origins = frozenset(allowed_origins)
        self.patience = patience or Patience()
        self.proxy = proxy or proxy_to(self.origins)
        self._called_off = self._is_over_for_all = False
        self._deadline = Deadline(self._is_over)
        self._budget = RetryBudget()
        secure = any(origin.startswith("https:") for origin in self.origins)
        self._client = httpx.Client(
            transport=transport or BoundedTransport(self._deadline, system_trust() if secure else None, self.proxy),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(self.patience.silence, connect=self.patience.connect),
        )
        self._told: tuple[timedelta, datetime, float] | None = None
        self._client.headers = httpx.Headers({"user-agent": f"Selfcare/{__version__}", "accept-encoding": "gzip"})

    @property
    def ahead(self) -> timedelta | None:
        """How far the server's clock is ahead of ours, by its last answer that named a time. None before one, and once
        our clock was set since, or the computer slept: then it is to be heard anew."""
        if self._told is None:
            return None
        ahead, at, steady = self._told
        gone = (datetime.now(UTC) - at).total_seconds() - (time.monotonic() - steady)
        return ahead if abs(gone) < CLOCK_SET else None

    def send(self, request: Request) -> Reply:
        """One request and its whole answer, of any status but a redirect.

        Raises Offline and BadProxy (nothing was sent), BadCertificate, TimedOut (it may have been carried out),
        TooLarge, and NotAnAnswer ("foreign": not an address of the operator's; "redirect"; "closed": no answer at all;
        "truncated", "encoding", "shape"; "checksum": not what the server counted).
        """
        if not is_allowed(request.url, self.origins):
            raise NotAnAnswer("foreign")
        if self._is_over(request.method not in _READING):
            raise Offline
        self._budget.count()
        try:
            return self._once(request)
        except _Dropped:
            if request.method != "GET" or not self._budget.allows():
                raise NotAnAnswer("closed") from None
        try:  # a kept connection that the server had just closed: a reading request may simply be asked again
            return self._once(request)
        except _Dropped:
            raise NotAnAnswer("closed") from None

    def call_off(self, *, also_changes: bool = False) -> None:
        """Nobody wants an answer any more: what is being read ends within a moment, as Offline, and nothing more is
        asked. What changes something at the operator goes on to its end, unless that is not wanted either. From any
        thread."""
        self._called_off, self._is_over_for_all = True, self._is_over_for_all or also_changes

    @property
    def is_called_off(self) -> bool:
        """Nobody wants an answer any more."""
        return self._called_off

    def _is_over(self, changes: bool) -> bool:
        return self._is_over_for_all or (self._called_off and not changes)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _once(self, request: Request) -> Reply:
        import httpcore
        import httpx

        began = time.monotonic()
        self._deadline.changes = request.method not in _READING
        self._deadline.until = began + (request.total if request.total is not None else self.patience.json_total)
        headers_came = False
        errors = (
            httpx.TransportError, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError,
            httpcore.ProxyError,
        )  # fmt: skip
        try:
            asked = self._client.build_request(
                request.method, request.url, headers=dict(request.headers), content=request.body or None
            )
            response = self._client.send(asked, stream=True)
            headers_came = True
            try:
                return self._read(request, response, began)
            finally:
                response.close()
        except errors as error:
            if self._called_off and request.method in _READING:
                raise Offline from None
            raise self._failure(error, headers_came) from None
        finally:
            self._deadline.until = float("inf")

    def _failure(self, error: Exception, headers_came: bool) -> Failure | _Dropped:
        """Until the way to the server stands nothing has left, whatever became of the way."""
        if self._deadline.is_through or headers_came:
            return _failure(error, headers_came)
        if trouble := _tls_trouble(error):
            return trouble
        if self.proxy is None:
            return Offline()
        return BadProxy(_proxy_trouble(error))

    def _read(self, request: Request, response: httpx.Response, began: float) -> Reply:
        headers = _headers(response.headers.raw)
        if response.status_code in _REDIRECTS and not request.takes_redirect:
            raise NotAnAnswer("redirect")
        if _announced(headers) > request.cap:
            raise TooLarge("body")
        counted = Checksums(headers)
        pieces = counted.through(self._pieces(response, request, began))
        body = inflate(pieces, headers.get("content-encoding", ""), request.cap)
        counted.check(body)
        received = datetime.now(UTC)
        is_fresh = headers.get("age", "0").strip() in {"", "0"}  # else the time is that of a cached answer
        if is_fresh and (clock := http_date(headers.get("date", ""))) is not None:
            self._told = (clock - received, received, time.monotonic())
        return Reply(response.status_code, headers, body, received, request.url)

    def _pieces(self, response: httpx.Response, request: Request, began: float) -> Iterator[bytes]:
        limit = request.total if request.total is not None else self.patience.json_total
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            taken = time.monotonic() - began
            if taken > limit or (taken > SLOW_AFTER and size < SLOW_RATE * taken):
                raise TimedOut
            yield piece


def http_date(said: str) -> datetime | None:
    """An instant as HTTP writes it (RFC 9110, 5.6.7); None if it is none."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(said)
        return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


class _Dropped(Exception):
    """The connection was closed before the answer began."""


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    size = 0
    for key, value in raw:
        size += len(key) + len(value)
        if size > HEADER_BYTES:
            raise TooLarge("body")
        name, said = key.decode("latin-1").lower(), value.decode("latin-1")
        joint = "\n" if name == "set-cookie" else ", "
        found[name] = f"{found[name]}{joint}{said}" if name in found else said
    return found


def _failure(error: Exception, headers_came: bool) -> Failure | _Dropped:
    """What an error of the transport means; httpx and httpcore name the same errors alike."""
    name = type(error).__name__
    if name in {"ConnectError", "ConnectTimeout", "ProxyError", "PoolTimeout"}:
        return _tls_trouble(error) or Offline()
    if name in {"ReadTimeout", "WriteTimeout", "WriteError", "TimeoutException"}:
        return TimedOut()
    if headers_came:
        return NotAnAnswer("truncated")
    if name == "ReadError" or "disconnected" in str(error).casefold():
        return _Dropped()
    return NotAnAnswer("shape")


def _proxy_trouble(error: Exception) -> str:
    """What BadProxy says: the proxy is not there, wants another name or password, or does not lead there."""
    name = type(error).__name__
    if name == "ProxyError":
        return "password" if str(error).startswith("407") else "refused"
    return "unreachable" if name in {"ConnectError", "ConnectTimeout"} else "refused"


def _announced(headers: Mapping[str, str]) -> int:
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _tls_trouble(error: BaseException) -> BadCertificate | None:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _HANDSHAKE_CUT):
            return None
        if isinstance(seen, ssl.SSLError):
            return NotEncrypted() if seen.reason in _NO_TLS else BadCertificate()
        seen = seen.__cause__ or seen.__context__
    return None
