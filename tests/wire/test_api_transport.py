"""The wire itself against servers that misbehave byte by byte, and against certificates nobody should believe."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from selfcare.api.client import Request, Wire
from selfcare.api.limits import Patience
from selfcare.domain.failures import BadCertificate, Failure, NotAnAnswer, NotEncrypted, Offline, TimedOut, TooLarge

QUICK = Patience(connect=1.0, silence=0.5, json_total=1.0)
Talk = Callable[[socket.socket], None]


@contextmanager
def serving(talk: Talk, secure: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server whose every connection is handled by `talk`; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            try:
                line, _ = listener.accept()
            except OSError:
                return
            try:
                if secure is not None:
                    line = secure.wrap_socket(line, server_side=True)
                talk(line)
            except OSError:
                pass
            finally:
                line.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    scheme = "https" if secure is not None else "http"
    try:
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def hear(line: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = line.recv(4096)
        if not piece:
            break
        heard += piece
    return heard


def says(*pieces: bytes, pause: float = 0.0) -> Talk:
    def talk(line: socket.socket) -> None:
        hear(line)
        for piece in pieces:
            line.sendall(piece)
            time.sleep(pause)

    return talk


def ask(url: str, method: str = "GET") -> bytes:
    wire = Wire({url}, QUICK)
    try:
        return wire.send(Request(method, f"{url}/x", cap=1000)).body
    finally:
        wire.close()


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("talk", "failure"),
    [
        (lambda line: None, NotAnAnswer("closed")),
        (says(), NotAnAnswer("closed")),
        (says(OK), NotAnAnswer("closed")),
        (says(OK + b"Content-Length: 10\r\n\r\n[1"), NotAnAnswer("truncated")),
        (says(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2"), NotAnAnswer("truncated")),
        (says(OK + b"Content-Length: 2\r\n\r\n[], and more"), NotAnAnswer("truncated")),
        (says(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]"), NotAnAnswer("shape")),
        (says(b"SSH-2.0-OpenSSH\r\n\r\n"), NotAnAnswer("shape")),
        (says(OK + b"X: " + b"y" * 200_000 + b"\r\n\r\n"), NotAnAnswer("shape")),
        (says(OK + b"\r\n" + b"x" * 2000), TooLarge("body")),
        (says(*[b"HTTP/1.1 102 Processing\r\n\r\n"] * 400, pause=0.005), TimedOut()),
        (says(*[bytes([b]) for b in OK * 10], pause=0.02), TimedOut()),
        (says(OK + b"\r\n", *[b"x"] * 100, pause=0.05), TimedOut()),
        (lambda line: time.sleep(1.0), TimedOut()),
    ],
)
def test_servers_that_misbehave(talk: Talk, failure: Failure) -> None:
    with serving(talk) as url, pytest.raises(type(failure)) as caught:
        ask(url)
    assert caught.value == failure


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    with serving(says(OK + b"\r\n[]")) as url:
        assert ask(url) == b"[]"


def test_a_kept_connection_that_was_closed_is_opened_again() -> None:
    answered: list[int] = []

    def talk(line: socket.socket) -> None:
        hear(line)
        answered.append(1)
        line.sendall(OK + b"Content-Length: 2\r\n\r\n[]")

    with serving(talk) as url:
        wire = Wire({url}, QUICK)
        for _ in range(3):
            assert wire.send(Request("GET", f"{url}/x")).body == b"[]"
        wire.close()
    assert len(answered) == 3


_FORGED = OK + b"Content-Length: 7\r\n\r\nforged!"


@pytest.mark.parametrize(
    "first",
    [
        OK + b"Content-Length: 2\r\n\r\n[]\r\n",
        b"HTTP/1.1 304 Not Modified\r\n\r\n" + _FORGED,
        b"HTTP/1.1 204 No Content\r\n\r\n[1, 2]",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n\r\n\r\n",
        OK + b"Content-Length: 0\r\n\r\n" + _FORGED,
    ],
)
def test_what_came_behind_an_answer_is_nobodys_answer(first: bytes) -> None:
    answered: list[bytes] = []

    def talk(line: socket.socket) -> None:
        answer = OK + b'Content-Length: 5\r\n\r\n["2"]'
        while hear(line):
            answered.append(first if not answered else answer)
            line.sendall(answered[-1])

    with serving(talk) as url:
        wire = Wire({url}, QUICK)
        assert wire.send(Request("GET", f"{url}/1")).body in {b"", b"[]"}
        assert wire.send(Request("POST", f"{url}/2")).body == b'["2"]'
        wire.close()
    assert len(answered) == 2


def test_nothing_is_asked_where_something_was_refused() -> None:
    spoken: list[socket.socket] = []

    def talk(line: socket.socket) -> None:
        spoken.append(line)
        answer = OK if len(spoken) > 1 else OK.replace(b"200 OK", b"401 Unauthorized")
        hear(line)
        line.sendall(answer + b"Content-Length: 2\r\n\r\n[]")
        hear(line)

    with serving(talk) as url:
        wire = Wire({url}, QUICK)
        assert wire.send(Request("POST", f"{url}/1")).status == 401
        assert wire.send(Request("POST", f"{url}/2")).status == 200
        wire.close()
    assert len(spoken) == 2


def test_nobody_listens() -> None:
    with serving(says()) as url:
        pass
    with pytest.raises(Offline):
        ask(url)
    with pytest.raises(Offline):
        Wire({"https://nobody.invalid:443"}, QUICK).send(Request("GET", "https://nobody.invalid/"))


def certificate(folder: Path, starts: datetime, ends: datetime) -> ssl.SSLContext:
    """A certificate that the server wrote for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.mark.parametrize("days", [30, -1])
def test_a_certificate_from_nobody_or_out_of_date(tmp_path: Path, days: int) -> None:
    now = datetime.now(UTC)
    context = certificate(tmp_path, now - timedelta(days=60), now + timedelta(days=days))
    heard: list[bytes] = []
    with serving(lambda line: heard.append(hear(line)), context) as url, pytest.raises(BadCertificate):
        ask(url, "POST")
    assert not any(heard)


def test_a_server_without_any_certificate() -> None:
    with serving(says(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url:
        secure = url.replace("http://", "https://")
        with pytest.raises((BadCertificate, Offline)):
            ask(secure)


def test_a_server_of_plain_http_is_not_said_to_have_a_bad_certificate() -> None:
    def talk(line: socket.socket) -> None:
        line.recv(4096)
        line.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")

    with serving(talk) as url, pytest.raises(NotEncrypted):
        ask(url.replace("http://", "https://"))


def test_a_handshake_that_never_ends() -> None:
    with serving(lambda line: time.sleep(1.3)) as url, pytest.raises(Offline):
        ask(url.replace("http://", "https://"))
