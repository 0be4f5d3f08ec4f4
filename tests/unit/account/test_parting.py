"""The ends of sessions at their operators: not longer than a few seconds together, and none is told twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from selfcare.account import parting as parting_room
from selfcare.account.parting import Parting, PartingTime, tell_all
from selfcare.account.session import Session, take_tokens
from selfcare.account.signin import keep_tokens
from selfcare.api.login import Tokens
from selfcare.api.profile import read_profile
from selfcare.domain.operator import OperatorProfile
from tests.keyholding import PROFILE

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


class Slow(ThreadingHTTPServer):
    """An operator's sign-in server that takes its time over each answer, however many ask."""

    pause = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.revoked: list[bytes] = []
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"

    def profile(self) -> OperatorProfile:
        """An operator that signs its customers in here."""
        told = json.loads(json.dumps(PROFILE))
        told["auth"]["issuer"] = self.issuer
        return read_profile(json.dumps(told).encode())

    def tokens(self, name: str) -> Tokens:
        """A session from here."""
        return Tokens("a" + name, "r" + name, NOW + timedelta(hours=1), "me", issuer=self.issuer)


class _Answers(BaseHTTPRequestHandler):
    server: Slow

    def do_GET(self) -> None:
        here = self.server.issuer
        ends = {f"{what}_endpoint": f"{here}/{what}" for what in ("authorization", "token", "revocation")}
        facts = {"issuer": here, "jwks_uri": f"{here}/keys", "code_challenge_methods_supported": ["S256"], **ends}
        self._answer(json.dumps(facts).encode())

    def do_POST(self) -> None:
        self.server.revoked.append(self.rfile.read(int(self.headers["content-length"])))
        self._answer(b"{}")

    def _answer(self, body: bytes) -> None:
        time.sleep(self.server.pause)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_facts: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Slow]:
    made = Slow()
    thread = Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def ended(server: Slow, name: str, time_for_all: PartingTime) -> Parting:
    """One whose session was forgotten here."""
    made = Parting(None, time_for_all)
    made.take(server.profile(), server.tokens(name))
    made.forget()
    return made


def seconds_of(partings: list[Parting]) -> float:
    start = time.monotonic()
    tell_all(partings)
    return time.monotonic() - start


def test_the_three_questions_together_have_an_end(server: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parting_room, "WHOLE", 1.0)
    server.pause = 0.7
    assert seconds_of([ended(server, "1", PartingTime())]) < 1.35, "each alone would be in time, all three are not"
    assert [one for one in server.revoked if b"token=r1" in one], "what renews the session is revoked first"


def test_several_go_at_the_same_time(server: Slow) -> None:
    server.pause = 0.5
    assert seconds_of([ended(server, str(n), PartingTime()) for n in range(4)]) < 3.0
    assert len(server.revoked) == 8


def test_once_the_program_closes_the_time_is_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(parting_room, "monotonic", lambda: now[0])
    whole = PartingTime()
    assert whole.left() == parting_room.WHOLE
    whole.closes()
    now[0] += 2
    whole.closes()
    assert whole.left() == parting_room.WHOLE - 2
    now[0] += 60
    assert whole.left() == parting_room.LEAST


def test_what_was_told_before_is_not_told_twice_and_what_came_since_is(tmp_path: Path, server: Slow) -> None:
    for renewed in (False, True):
        session = Session(tmp_path / str(renewed), bytes(32), server.profile(), lambda: NOW)
        keep_tokens(session._reading.actions, server.tokens("old"))
        server.revoked.clear()
        parting = Parting(session)
        parting.tell_before()
        parting.await_told()
        assert session.is_signed_in, "what is killed now can be ended again"
        assert len(server.revoked) == 2
        if renewed:
            keep_tokens(session._reading.actions, server.tokens("new"))
        parting.forget()
        parting.tell_operator()
        assert len(server.revoked) == (4 if renewed else 2)
        assert take_tokens(session) is None
        session.close()
