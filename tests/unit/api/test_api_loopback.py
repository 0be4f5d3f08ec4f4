"""The listener for the browser's answer hears this computer alone, takes one answer, and minds nothing else."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from selfcare.api.loopback import Loopback

PAGE = "You may close this page – merci."


@pytest.fixture
def listener() -> Iterator[Loopback]:
    with Loopback(PAGE) as running:
        yield running


def talk(listener: Loopback, said: bytes, *, finish: bool = True) -> bytes:
    parts = urlsplit(listener.address)
    with socket.create_connection(("127.0.0.1", parts.port or 0), timeout=5) as line:
        line.sendall(said)
        if finish:
            line.shutdown(socket.SHUT_WR)
        heard = b""
        while piece := line.recv(65536):
            heard += piece
        return heard


def request(listener: Loopback, target: str = "", method: str = "GET", host: str = "") -> bytes:
    parts = urlsplit(listener.address)
    return f"{method} {target or parts.path} HTTP/1.1\r\nHost: {host or parts.netloc}\r\n\r\n".encode()


def never() -> bool:
    return False


def test_the_answer_is_heard_and_the_page_shows_nothing_of_it(listener: Loopback) -> None:
    path = urlsplit(listener.address).path
    heard = talk(listener, request(listener, f"{path}?code=secret&state=%3Cb%3E"))
    head, _, body = heard.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert body.decode() == PAGE
    assert b"secret" not in heard
    for needed in (b"Cache-Control: no-store", b"Referrer-Policy: no-referrer", b"text/plain", b"nosniff"):
        assert needed in head
    assert b"Access-Control" not in head
    assert listener.wait(1, never) == "code=secret&state=%3Cb%3E"


def test_only_the_first_answer_counts(listener: Loopback) -> None:
    path = urlsplit(listener.address).path
    talk(listener, request(listener, f"{path}?code=1"))
    assert talk(listener, request(listener, f"{path}?code=2")).startswith(b"HTTP/1.1 404")
    assert listener.wait(1, never) == "code=1"


def test_every_try_has_its_own_secret_path() -> None:
    with Loopback("") as one, Loopback("") as other:
        assert len(urlsplit(one.address).path) > 30
        assert urlsplit(one.address).path != urlsplit(other.address).path
        assert urlsplit(one.address).hostname == "127.0.0.1"


@pytest.mark.parametrize(
    ("target", "method", "host", "status"),
    [
        ("/", "GET", "", b"404"),
        ("/favicon.ico", "GET", "", b"404"),
        ("", "POST", "", b"405"),
        ("", "HEAD", "", b"405"),
        ("", "OPTIONS", "", b"405"),
        ("", "GET", "evil.example", b"400"),
        ("", "GET", "localhost", b"400"),
    ],
)
def test_anything_else_is_sent_away(listener: Loopback, target: str, method: str, host: str, status: bytes) -> None:
    assert talk(listener, request(listener, target, method, host)).split(b" ")[1] == status
    assert listener.wait(0.01, never) is None


def test_odd_requests_are_sent_away(listener: Loopback) -> None:
    path = urlsplit(listener.address).path
    host = urlsplit(listener.address).netloc
    twice = f"GET {path}?code=1 HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n".encode()
    for said in (twice, b"\x16\x03\x01\x00\xa5\r\n\r\n", b"GET\r\n\r\n", f"GET {path} HTTP/1.1\r\n\r\n".encode()):
        assert talk(listener, said).startswith(b"HTTP/1.1 400")
    assert talk(listener, b"") == b""
    assert talk(listener, b"GET / HTTP/1.1\r\nX: " + b"y" * 5000) == b""
    assert listener.wait(0.01, never) is None


def test_a_head_of_more_than_8_kib_is_sent_away_also_where_it_has_ended(listener: Loopback) -> None:
    path = urlsplit(listener.address).path
    longest = request(listener, f"{path}?code=").partition(b" HTTP/")
    for spare, is_heard in ((1, False), (0, True)):
        letters = 8 * 1024 - len(b"".join(longest)) + 4 + spare
        said = longest[0] + b"a" * letters + b" HTTP/" + longest[2]
        with contextlib.suppress(ConnectionResetError):
            assert talk(listener, said).startswith(b"HTTP/1.1 200") is is_heard
        assert (listener.wait(0.05, never) is not None) is is_heard


def test_a_crowd_does_not_disturb(listener: Loopback) -> None:
    port = urlsplit(listener.address).port or 0
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(200)]
    try:
        for number, line in enumerate(crowd):
            if number % 2:
                line.sendall(b"GET / HT")
        path = urlsplit(listener.address).path
        assert talk(listener, request(listener, f"{path}?code=1")).startswith(b"HTTP/1.1 200")
        assert listener.wait(1, never) == "code=1"
    finally:
        for line in crowd:
            line.close()


def test_waiting_ends_by_time_or_by_the_customer(listener: Loopback) -> None:
    began = time.monotonic()
    assert listener.wait(0.05, never) is None
    assert listener.wait(60, lambda: True) is None
    assert time.monotonic() - began < 30


def test_it_listens_on_this_computer_only_and_stops_listening(listener: Loopback) -> None:
    port = urlsplit(listener.address).port or 0
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("this system has no table of sockets")
    listening = [line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
    with Loopback("") as other:
        gone = urlsplit(other.address).port or 0
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", gone), timeout=1)
    assert not [t for t in threading.enumerate() if t.name == "selfcare-loopback" and not t.daemon]
