"""The customer's proxy is the way of every call: finding the operator, signing in, renewing, reading and sending."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account.session import Session
from selfcare.api.client import Wire
from selfcare.api.discovery import discover
from selfcare.api.finding import fetch_profile
from selfcare.api.login import Tokens, refresh, revoke, sign_in
from selfcare.api.route import take_route
from selfcare.domain.failures import BadProxy, SignInFailed
from tests.wire.authority import Authority
from tests.wire.calls import operator_at
from tests.wire.crooked import Crooked
from tests.wire.network import NAME, Place
from tests.wire.proxies import SmallProxy

OLD = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    known = Authority(tmp_path, "known")
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))
    made = Place(Crooked(secure=known.server(NAME), host=NAME), known, known, SmallProxy(known="carl:geheim"))
    real = socket.getaddrinfo

    def only_here(host: object, *more: object, **named: object) -> object:
        assert host == "127.0.0.1", "the name must be left to the proxy"
        return real(host, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", only_here)
    made.server.start()
    made.proxy.start()
    take_route(lambda host: made.proxy.way)
    yield made
    take_route(None)
    made.server.stop()
    made.proxy.stop()


def test_every_call_goes_through_it(place: Place) -> None:
    profile = operator_at(place.server).profile
    assert fetch_profile(place.server.url).startswith(b"{")
    with pytest.raises(SignInFailed):
        sign_in(profile, lambda url: None, timeout=0.05)
    wire = Wire({place.server.url})
    assert discover(profile, wire).token
    wire.close()
    tokens = refresh(profile, Tokens("a", "r", OLD, "s", profile.issuer))
    assert tokens.access == "t2"
    revoke(profile, tokens)
    paths = [asked.path for asked in place.server.asked]
    assert "/.well-known/selfcare-operator" in paths
    assert "/token_endpoint" in paths
    assert len(place.proxy.asked) == 5
    assert set(place.proxy.asked) == {f"CONNECT {NAME}:{place.server.port} HTTP/1.1"}


def test_a_session_takes_the_new_way_at_its_next_round(place: Place, tmp_path: Path) -> None:
    profile = operator_at(place.server).profile
    session = Session(tmp_path / "vault", bytes(32), profile, lambda: datetime.now(UTC))
    first = session._desk()
    assert session._desk() is first
    take_route(None)
    assert session._desk().wire.proxy is None

    def unknown(host: str) -> None:
        raise BadProxy("unknown")

    take_route(unknown)
    with pytest.raises(BadProxy):
        session._desk()
    session.close()
