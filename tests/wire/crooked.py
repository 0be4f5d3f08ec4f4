"""A server on this computer that goes wrong byte by byte, in each of the ways in which HTTP can, and well when told."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from tests.wire.listening import Listening

BILL = {"id": "B1", "billNo": "1", "billDate": "2026-10-01T00:00:00Z", "state": "new"}
PDF = b"%PDF-1.4\n" + b"x" * 400 + b"\n%%EOF"
JSON = b"application/json"


@dataclass(slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Crooked(Listening):
    """`fault` names what goes wrong with the next `left` requests (of FAULTS) whose path has `only` in it; then all is
    well. `posts` are the keys of all writing requests as they came, again and again. It holds `bills`, of which it
    gives a `page` at a time, or says `raw` in their place."""

    fault: str = ""
    left: int = 0
    asked: list[Asked] = field(default_factory=list)
    effects: dict[str, bytes] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    url: str = ""
    host: str = ""
    secure: ssl.SSLContext | None = None
    more: tuple[bytes, ...] = ()
    bills: list[dict[str, str]] = field(default_factory=lambda: [BILL])
    raw: bytes = b""
    page: int = 100
    only: str = ""

    def start(self, where: str = "127.0.0.1") -> None:
        """Listen on a free port, or again on the one of before; `secure` speaks TLS, by the name of `host`."""
        self.listen(where)
        scheme = "http" if self.secure is None else "https"
        self.url = f"{scheme}://{self.host or where}:{self.port}"

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(10)
        try:
            if self.secure is not None:
                line = self.secure.wrap_socket(line, server_side=True)
            self._lines.append(line)
            fault = self._fault()
            if fault is not None and fault.before is not None and not self.only:
                self.left -= 1
                fault.before(line)
                return
            while self._answer(line):
                pass
        except (OSError, ValueError):
            pass
        finally:
            line.close()

    def _fault(self) -> Fault | None:
        return FAULTS.get(self.fault) if self.left > 0 else None

    def _answer(self, line: socket.socket) -> bool:
        asked = hear(line)
        if asked is None:
            return False
        fault = self._fault()
        if fault is not None and (fault.only not in asked.path or self.only not in asked.path):
            fault = None
        if fault is not None and fault.before is not None:
            self.left -= 1
            reset(line)
            return False
        self.asked.append(asked)
        if asked.method == "POST" and not asked.path.startswith("/token"):
            self.posts.append(asked.headers.get("idempotency-key", ""))
        if fault is None:
            line.sendall(framed(*self.good(asked), b"200 OK", *self.more))
            return True
        self.left -= 1
        if fault.does_it:
            self.good(asked)
        assert fault.answer is not None
        fault.answer(line, *self.good(asked, only_look=not fault.does_it))
        return False

    def good(self, asked: Asked, *, only_look: bool = False) -> tuple[bytes, bytes]:
        """The kind and the body of the right answer; a POST is carried out once for each key."""
        if asked.path.startswith("/paper"):
            return b"application/pdf", PDF
        if asked.method == "POST" and asked.path.startswith("/token"):
            return JSON, json.dumps({"access_token": "t2", "token_type": "Bearer", "expires_in": 600}).encode()
        if asked.method == "POST":
            key = asked.headers.get("idempotency-key", "")
            document = {**json.loads(asked.body or b"{}"), "id": "T1", "status": "acknowledged"}
            if not only_look:
                self.effects.setdefault(key, json.dumps(document).encode())
            return JSON, self.effects.get(key) or json.dumps(document).encode()
        if asked.path.startswith("/.well-known"):
            base = self.url
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            said = {"issuer": base, **{name: f"{base}/{name}" for name in names}}
            said["code_challenge_methods_supported"] = ["S256"]
            return JSON, json.dumps(said).encode()
        if asked.path.startswith("/jwks_uri"):
            return JSON, b'{"keys": []}'
        if asked.path.partition("?")[0].endswith("/B1"):
            return JSON, json.dumps(self.bills[0]).encode()
        if self.raw:
            return JSON, self.raw if "offset=0" in asked.path or "offset=" not in asked.path else b"[]"
        said = parse_qs(asked.path.partition("?")[2])
        begin = int(said.get("offset", ["0"])[0])
        return JSON, json.dumps(self.bills[begin : begin + self.page]).encode()


@dataclass(frozen=True, slots=True)
class Fault:
    """`number` is that of the list of faults that an HTTP client must bear. `before` acts before the request is read,
    `answer` after; `does_it`: a request was carried out all the same.
    `only` stands in the path of what it concerns; it happens `times`."""

    number: int
    answer: Callable[[socket.socket, bytes, bytes], None] | None = None
    before: Callable[[socket.socket], None] | None = None
    does_it: bool = False
    only: str = ""
    times: int = 9


def hear_head(line: socket.socket) -> tuple[str, dict[str, str], bytes]:
    """The first line of a request, its headers, and what came of its body; ValueError if the other side has gone."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = line.recv(65536)
        if not piece:
            raise ValueError("gone")
        heard += piece
    head, _, body = heard.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    return first, {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}, body


def hear(line: socket.socket) -> Asked | None:
    """One request; None if the other side has gone."""
    try:
        first, headers, body = hear_head(line)
    except ValueError:
        return None
    while len(body) < int(headers.get("content-length", "0")):
        body += line.recv(65536)
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, body)


def framed(kind: bytes, body: bytes, status: bytes = b"200 OK", *more: bytes, length: int | None = None) -> bytes:
    """A whole answer."""
    size = b"Content-Length: %d" % (len(body) if length is None else length)
    return b"\r\n".join([b"HTTP/1.1 " + status, b"Content-Type: " + kind, size, *more, b"", body])


def reset(line: socket.socket) -> None:
    """Close with RST."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def _cut(line: socket.socket, kind: bytes, body: bytes) -> None:
    line.sendall(framed(kind, body)[: -len(body) // 2])
    reset(line)


def _after_headers(line: socket.socket, kind: bytes, body: bytes) -> None:
    line.sendall(framed(kind, body)[: -len(body)])
    reset(line)


def _drip(line: socket.socket, kind: bytes, body: bytes) -> None:
    for byte in framed(kind, body):
        line.sendall(bytes([byte]))
        time.sleep(0.02)


def _interim(line: socket.socket, kind: bytes, body: bytes) -> None:
    for _ in range(400):
        line.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        time.sleep(0.005)
    line.sendall(framed(kind, body))


def _says(status: bytes, *more: bytes, body: bytes | None = None, kind: bytes = JSON) -> Callable[..., None]:
    said = b'{"code": "1", "reason": "Because"}' if body is None else body
    return lambda line, _kind, _body: line.sendall(framed(kind, said, status, *more))


def _packed(change: Callable[[bytes], bytes], coding: bytes = b"gzip") -> Callable[..., None]:
    def answer(line: socket.socket, kind: bytes, body: bytes) -> None:
        line.sendall(framed(kind, change(gzip.compress(body)), b"200 OK", b"Content-Encoding: " + coding))

    return answer


def _raw(make: Callable[[bytes, bytes], bytes]) -> Callable[..., None]:
    return lambda line, kind, body: line.sendall(make(kind, body))


def _goes_away(line: socket.socket, kind: bytes, body: bytes) -> None:
    line.sendall(_GOAWAY[:9])
    reset(line)


def _dated(date: bytes) -> Callable[..., None]:
    return lambda line, kind, body: line.sendall(framed(kind, body, b"200 OK", b"Date: " + date))


def _endless(line: socket.socket, kind: bytes, _body: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n")
    try:
        while True:
            line.sendall(b" " * 65536)
    except OSError:
        pass


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([packer.compress(bytes(1 << 20)) for _ in range(200)]) + packer.flush()


def _chunked(body: bytes, end: bytes) -> bytes:
    return b"%x\r\n%s\r\n%s" % (len(body), body, end)


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: "
_CHUNKED = b"\r\nTransfer-Encoding: chunked\r\n\r\n"
_GOAWAY = b"\0\0\0\4\0\0\0\0\0" + b"\0\0\x08\7\0\0\0\0\0" + bytes(8)
"""What a server says that speaks HTTP/2 alone (RFC 9113): its settings, and that it goes away."""
ELSEWHERE = b"Location: http://localhost:9/elsewhere"
FAULTS: dict[str, Fault] = {
    "reset before the request": Fault(5, before=reset),
    "lost response": Fault(6, lambda line, kind, body: reset(line), does_it=True),
    "reset after the headers": Fault(7, _after_headers, does_it=True),
    "reset in the body": Fault(8, _cut, does_it=True),
    "half-close after the headers": Fault(9, _raw(lambda k, b: framed(k, b)[: -len(b)])),
    "empty answer": Fault(10, lambda line, kind, body: None),
    "hang": Fault(12, lambda line, kind, body: time.sleep(1.2)),
    "slow loris": Fault(13, _drip, does_it=True),
    "slow upload": Fault(14, before=lambda line: time.sleep(1.2)),
    "length too long": Fault(18, _raw(lambda k, b: framed(k, b, length=len(b) + 9))),
    "length too short": Fault(19, _raw(lambda k, b: framed(k, b, length=len(b) // 2))),
    "no length, cut": Fault(20, _raw(lambda k, b: _HEAD + k + b"\r\n\r\n" + b[: len(b) // 2])),
    "chunked, cut": Fault(21, _raw(lambda k, b: _HEAD + k + _CHUNKED + _chunked(b, b""))),
    "two lengths": Fault(22, _raw(lambda k, b: framed(k, b, b"200 OK", b"Content-Length: 3"))),
    "length and chunks": Fault(
        23,
        _raw(lambda k, b: framed(k, _chunked(b, b"0\r\n\r\n"), b"200 OK", b"Transfer-Encoding: chunked")),
    ),
    "garbage": Fault(24, _raw(lambda k, b: b"SSH-2.0-OpenSSH\r\n\r\n")),
    "gzip cut": Fault(25, _packed(lambda b: b[: len(b) // 2])),
    "gzip with a wrong sum": Fault(26, _packed(lambda b: b[:-8] + bytes(8))),
    "gzip with something behind": Fault(27, _packed(lambda b: b + b)),
    "gzip bomb": Fault(28, _packed(lambda b: _bomb())),
    "gzip in gzip": Fault(29, _packed(gzip.compress, b"gzip, gzip")),
    "another coding": Fault(30, _packed(lambda b: b, b"br")),
    "headers of 200 kB": Fault(31, _says(b"200 OK", b"X: " + b"y" * 200_000)),
    "interim answers": Fault(32, _interim),
    "body without end": Fault(33, _endless),
    "announced as 2 GiB": Fault(34, _raw(lambda k, b: framed(k, b, length=2 << 30))),
    "204": Fault(35, _says(b"204 No Content", body=b"")),
    "304 unasked": Fault(35, _says(b"304 Not Modified", body=b"")),
    "206": Fault(36, _raw(lambda k, b: framed(k, b, b"206 Partial Content"))),
    "302 elsewhere": Fault(37, _says(b"302 Found", ELSEWHERE, body=b"")),
    "302 with a body without end": Fault(
        37, _raw(lambda k, b: b"HTTP/1.1 302 Found\r\n" + ELSEWHERE + b"\r\nContent-Length: %d\r\n\r\n" % (2 << 30))
    ),
    "308 elsewhere": Fault(38, _says(b"308 Permanent Redirect", ELSEWHERE, body=b"")),
    "307 to http": Fault(39, _says(b"307 Temporary Redirect", b"Location: http://operator.test/x", body=b"")),
    "303 in a circle": Fault(40, _says(b"303 See Other", b"Location: /x", body=b"")),
    "kept connection closed": Fault(11, lambda line, kind, body: None, times=1),
    "401 once": Fault(41, _says(b"401 Unauthorized"), times=1),
    "401 at the second page": Fault(71, _says(b"401 Unauthorized"), only="offset=1", times=1),
    "401": Fault(42, _says(b"401 Unauthorized")),
    "403": Fault(43, _says(b"403 Forbidden")),
    "404": Fault(44, _says(b"404 Not Found")),
    "410": Fault(44, _says(b"410 Gone")),
    "403 of a gateway": Fault(65, _says(b"403 Forbidden", kind=b"text/html", body=b"<html>Blocked")),
    "409": Fault(45, _says(b"409 Conflict")),
    "412": Fault(46, _says(b"412 Precondition Failed")),
    "428": Fault(46, _says(b"428 Precondition Required")),
    "413": Fault(47, _says(b"413 Content Too Large")),
    "415": Fault(48, _says(b"415 Unsupported Media Type")),
    "422": Fault(49, _says(b"422 Unprocessable Content")),
    "429 in seconds": Fault(50, _says(b"429 Too Many Requests", b"Retry-After: 30")),
    "429 with a date that has passed": Fault(
        50, _says(b"429 Too Many Requests", b"Retry-After: Sat, 21 Nov 2020 10:00:00 GMT")
    ),
    "429 in 31 years": Fault(50, _says(b"429 Too Many Requests", b"Retry-After: 1000000000")),
    "429 with nonsense": Fault(50, _says(b"429 Too Many Requests", b"Retry-After: -1")),
    "500": Fault(51, _says(b"500 Internal Server Error")),
    "500 after the effect": Fault(53, _says(b"500 Internal Server Error"), does_it=True),
    "502": Fault(54, _says(b"502 Bad Gateway", kind=b"text/html", body=b"<html>Bad")),
    "504": Fault(54, _says(b"504 Gateway Timeout", kind=b"text/html", body=b"<html>Late")),
    "503": Fault(55, _says(b"503 Service Unavailable", b"Retry-After: 60")),
    "200 with an error": Fault(56, _says(b"200 OK")),
    "202 that never ends": Fault(57, _says(b"202 Accepted", b"Location: /later")),
    "HTTP/2 goes away": Fault(17, _raw(lambda k, b: _GOAWAY)),
    "HTTP/2 wanted": Fault(17, _says(b"426 Upgrade Required", b"Upgrade: h2c", b"Connection: Upgrade")),
    "HTTP/2 resets": Fault(17, _goes_away),
    **{
        f"clock {name} off": Fault(67, _dated(date), does_it=True)
        for name, date in (
            ("10 minutes", b"Sat, 21 Nov 2026 10:10:00 GMT"),
            ("50 years", b"Mon, 21 Nov 1976 10:00:00 GMT"),
            ("2 days", b"Mon, 23 Nov 2026 10:00:00 GMT"),
            ("nobody knows how far", b"Tomorrow"),
        )
    },
    "a checksum of something else": Fault(
        27, _raw(lambda k, b: framed(k, b, b"200 OK", b"Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==")), does_it=True
    ),
    "out of a cache": Fault(68, _raw(lambda k, b: framed(k, b, b"200 OK", b"Age: 86400")), does_it=True),
    "by the name of plain text": Fault(
        65, lambda line, kind, body: line.sendall(framed(b"text/plain", body)), does_it=True
    ),
    "portal by 302": Fault(65, _says(b"302 Found", b"Location: http://portal.invalid/", body=b"")),
    "portal by 200": Fault(65, _says(b"200 OK", kind=b"text/html", body=b"<html>Welcome")),
    "portal by 511": Fault(65, _says(b"511 Network Authentication Required", kind=b"text/html", body=b"<html>")),
}
"""Every fault of a server; those of the way to it are in tests/wire/network.py."""
