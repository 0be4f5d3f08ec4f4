"""Whoever waits for a silent operator is free once nobody wants the answer any more."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import pytest

from selfcare.api.client import Reply, Request, Wire
from selfcare.api.limits import Patience
from selfcare.domain.failures import Offline, TimedOut

LONG = Patience(connect=600, silence=600, json_total=600)


class Silent:
    """Takes every connection, hears everything and says `begun`, and no more."""

    def __init__(self, begun: bytes = b"") -> None:
        self._begun = begun
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(20)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._line: socket.socket | None = None

    def hear(self) -> bytes:
        """The request, once it is there."""
        self._line, _ = self._listener.accept()
        self._line.settimeout(20)
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += self._line.recv(4096)
        self._line.sendall(self._begun)
        return heard

    def close(self) -> None:
        for line in (self._line, self._listener):
            if line is not None:
                line.close()


@pytest.fixture(params=[b"", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"])
def silent(request: pytest.FixtureRequest) -> Iterator[Silent]:
    server = Silent(request.param)
    yield server
    server.close()


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as aside:
        yield aside


def asked(aside: ThreadPoolExecutor, silent: Silent, method: str) -> tuple[Wire, Future[Reply]]:
    wire = Wire({silent.url}, LONG)
    answer = aside.submit(wire.send, Request(method, f"{silent.url}/x"))
    assert silent.hear().startswith(method.encode())
    return wire, answer


def test_a_reading_request_ends_as_if_nobody_were_there_and_no_other_is_sent(
    silent: Silent, aside: ThreadPoolExecutor
) -> None:
    wire, answer = asked(aside, silent, "GET")
    wire.call_off()
    with pytest.raises(Offline):
        answer.result(20)
    with pytest.raises(Offline):
        wire.send(Request("GET", f"{silent.url}/x"))
    wire.close()


@pytest.fixture
def full() -> Iterator[str]:
    """An address where nobody is let in: a connection to it is neither made nor refused."""
    with contextlib.ExitStack() as held:
        listener = held.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            line = held.enter_context(socket.socket())
            line.setblocking(False)
            line.connect_ex(listener.getsockname())
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def called_off(aside: ThreadPoolExecutor, url: str, is_there: Callable[[], object]) -> None:
    """Whoever asks there comes back once it is called off, and not before."""
    wire = Wire({url}, LONG)
    answer = aside.submit(wire.send, Request("GET", f"{url}/x"))
    is_there()
    with pytest.raises(NotYet):
        answer.result(0.3)
    wire.call_off()
    with pytest.raises(Offline):
        answer.result(20)
    wire.close()


def test_who_looks_up_a_name_is_free_too(aside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    asks, answers = threading.Event(), threading.Event()

    def look_up(*_facts: object, **_named: object) -> list[object]:
        asks.set()
        answers.wait(20)
        return []

    monkeypatch.setattr("selfcare.api.reach.socket.getaddrinfo", look_up)
    called_off(aside, "https://silent.test:443", lambda: asks.wait(20))
    answers.set()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere more are let in than were said")
def test_who_knocks_is_free_too(aside: ThreadPoolExecutor, full: str) -> None:
    called_off(aside, f"http://{full}", lambda: None)


def test_who_shakes_hands_is_free_too(aside: ThreadPoolExecutor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        lines: list[socket.socket] = []
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        called_off(aside, url, lambda: lines.append(listener.accept()[0]))
        lines[0].close()


def test_what_changes_something_there_goes_on_unless_that_is_not_wanted_either(
    silent: Silent, aside: ThreadPoolExecutor
) -> None:
    wire, answer = asked(aside, silent, "POST")
    wire.call_off()
    with pytest.raises(NotYet):
        answer.result(0.6)
    wire.call_off(also_changes=True)
    with pytest.raises(TimedOut):
        answer.result(20)
    with pytest.raises(Offline):
        wire.send(Request("POST", f"{silent.url}/x"))
    wire.close()
