"""The guards round a sign-in: one at a time, keys looked at seldom, nobody else's session, nobody else's server."""

from __future__ import annotations

import json
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from selfcare.api import login, loopback
from selfcare.api.addresses import allowed_origins
from selfcare.api.client import Wire
from selfcare.api.login import Tokens, refresh, sign_in
from selfcare.api.loopback import Loopback
from selfcare.domain.failures import Failure, NotAnAnswer, SignedOut, SignInFailed
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace

ISSUER = "https://id.example.net/gb"
PROFILE = OperatorProfile("x", "X", "GB", "Europe/London", "GBP", ISSUER, "desk", ("openid",), {})
KEY = ECKey.generate_key("P-256", {"kid": "now"})
OLD = Tokens("a0", "r0", datetime(2026, 11, 21, tzinfo=UTC), "C1", ISSUER, "Claire")
AT = int(datetime.now(UTC).timestamp())


@pytest.fixture(autouse=True)
def nobody_has_looked() -> None:
    """Each test begins without a second look at anybody's keys."""
    login._looked.clear()


class Issuer:
    """A sign-in server with real signatures; `claims`, `kid` and `meta` are changed by the test."""

    def __init__(self, kid: str = "now", meta: dict[str, object] | None = None, **claims: object) -> None:
        self.kid, self.claims, self.meta = kid, claims, meta or {}
        self.asked: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.nonce = ""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        self.asked.append(name)
        said: object = {}
        if name == "openid-configuration":
            places = {"authorization": "auth", "token": "token", "revocation": "revoke"}
            said = {f"{what}_endpoint": f"{ISSUER}/{path}" for what, path in places.items()}
            said |= {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", "code_challenge_methods_supported": ["S256"]}
            said |= self.meta
        elif name == "keys":
            said = {"keys": [KEY.as_dict(private=False)]}
        elif name == "token":
            said = {"access_token": "a1", "token_type": "Bearer", "refresh_token": "r1", "id_token": self.token()}
        if request.method == "POST":
            self.forms.append(dict(parse_qsl(request.read().decode())))
        head = {"content-type": "application/json"}
        return httpx.Response(200, headers=head, stream=httpx.ByteStream(json.dumps(said).encode()))

    def token(self) -> str:
        claims = {"iss": ISSUER, "aud": "desk", "sub": "C1", "exp": AT + 600, "iat": AT, "nonce": self.nonce}
        claims = {name: value for name, value in (claims | self.claims).items() if value not in ("", None)}
        return jws.serialize_compact({"alg": "ES256", "kid": self.kid}, json.dumps(claims), KEY)

    def wire(self) -> Wire:
        return Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(self))

    def browser(self, url: str) -> None:
        """Sends the customer straight back."""
        asked = {name: found[0] for name, found in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        httpx.get(asked["redirect_uri"], params={"code": "c", "state": asked["state"]}, trust_env=False)


def test_the_name_to_greet_with_plays_no_tricks() -> None:
    server = Issuer(name="\0<b>\u202eevil\n" + "x" * 500)
    name = sign_in(PROFILE, server.browser, timeout=10, wire=server.wire()).id_name
    assert name.startswith("\ufffd<b>\ufffdevil\ufffdxx")
    assert len(name) == 200
    server = Issuer(name=["x"])
    assert sign_in(PROFILE, server.browser, timeout=10, wire=server.wire()).id_name == ""


@pytest.mark.parametrize("claims", [{"at_hash": "\ud800"}, {"name": "\ud800"}, {"sub": "C\ud800"}])
def test_a_renewal_with_half_a_character_is_no_mistake_of_ours(claims: dict[str, str]) -> None:
    with pytest.raises(SignedOut):
        refresh(PROFILE, OLD, Issuer(**claims).wire())


def test_a_sign_in_with_a_real_signature_succeeds() -> None:
    server = Issuer()
    assert sign_in(PROFILE, server.browser, timeout=10, wire=server.wire()).subject == "C1"
    assert server.asked == ["openid-configuration", "token", "keys"]


def test_an_unknown_key_makes_us_look_again_once_in_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("selfcare.api.login.time.monotonic", lambda: clock[0])
    server = Issuer(kid="nobody-has-it")
    seen = []
    for at in (1000.0, 1001.0, 1299.0, 1300.0, 1301.0):
        clock[0] = at
        before = server.asked.count("keys")
        with pytest.raises(SignedOut):
            refresh(PROFILE, OLD, server.wire())
        seen.append(server.asked.count("keys") - before)
    assert seen == [2, 1, 1, 2, 1]


def test_a_thousand_keys_are_looked_through_and_more_are_too_many() -> None:
    many = [{**KEY.as_dict(private=False), "kid": f"k{n}"} for n in range(999)]
    server = Issuer()
    real = server.__call__

    def answer(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/keys"):
            return real(request)
        keys = json.dumps({"keys": [*many, KEY.as_dict(private=False)]}, separators=(",", ":")).encode()
        return httpx.Response(200, headers={"content-type": "application/json"}, stream=httpx.ByteStream(keys))

    wire = Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(answer))
    assert refresh(PROFILE, OLD, wire).access == "a1"
    many += many
    with pytest.raises(NotAnAnswer):
        refresh(PROFILE, OLD, Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(answer)))


def test_a_renewal_that_names_somebody_else_is_the_end_and_the_strangers_session_is_ended_unused() -> None:
    server = Issuer(sub="C2")
    with pytest.raises(SignedOut):
        refresh(PROFILE, OLD, server.wire())
    assert [form["token"] for form in server.forms if "token" in form] == ["r1", "a1"]


@pytest.mark.parametrize(
    ("claims", "kid"),
    [
        ({"iss": "https://other.example"}, "now"),
        ({"aud": "another-desk"}, "now"),
        ({"aud": ["desk", "another"], "azp": "another"}, "now"),
        ({"exp": AT - 3600}, "now"),
        ({"iat": AT + 3600}, "now"),
        ({"sub": None}, "now"),
        ({"nonce": "another"}, "now"),
        ({"nonce": None}, "now"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "now"),
        ({}, "unknown"),
    ],
)
def test_each_claim_broken_once_over_the_whole_flow(claims: dict[str, Any], kid: str) -> None:
    server = Issuer(kid, **claims)
    with pytest.raises(SignInFailed, check=lambda e: e.why in {"token", "issuer"}):
        sign_in(PROFILE, server.browser, timeout=10, wire=server.wire())
    assert [form["token"] for form in server.forms if "token" in form] == ["r1", "a1"], "and nobody else may use it"


@pytest.mark.parametrize("trouble", [503, 404, httpx.ReadTimeout("x"), httpx.ConnectError("x"), {"keys": []}])
def test_a_session_that_nobody_can_vouch_for_now_is_ended(trouble: Any) -> None:
    server = Issuer()

    def answer(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/keys"):
            return server(request)
        if isinstance(trouble, Exception):
            raise trouble
        head, body = {"content-type": "application/json"}, json.dumps(trouble if isinstance(trouble, dict) else {})
        return httpx.Response(
            trouble if isinstance(trouble, int) else 200, headers=head, stream=httpx.ByteStream(body.encode())
        )

    wire = Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(answer))
    with pytest.raises(Failure, check=lambda e: not isinstance(e, SignInFailed)):
        sign_in(PROFILE, server.browser, timeout=10, wire=wire)
    assert [form["token"] for form in server.forms if "token" in form] == ["r1", "a1"]


@pytest.mark.parametrize("what", ["authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint"])
@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/x", "http://id.example.net/x", "https://id.example.net:444/x",
        "https://u@id.example.net/x", "https://id.example.net.evil.example/x", "https://id.example.net%2eevil.example/",
        "//evil.example/x", "/gb/x", "file:///etc/passwd", "https://\u0456d.example.net/x", "https://id.example.net\\@evil",
        "", 7, ["https://id.example.net/x"],
    ],
)  # fmt: skip
def test_an_endpoint_anywhere_else_is_never_asked(what: str, where: object) -> None:
    server = Issuer(meta={what: where})
    opened: list[str] = []
    with pytest.raises(SignInFailed, check=lambda e: e.why == "issuer"):
        sign_in(PROFILE, opened.append, timeout=10, wire=server.wire())
    assert server.asked == ["openid-configuration"]
    assert opened == []


def test_what_was_discovered_at_the_start_holds_to_the_end() -> None:
    server = Issuer()

    def browser(url: str) -> None:
        server.meta = {"token_endpoint": "https://evil.example/token", "issuer": "https://evil.example"}
        server.browser(url)

    assert sign_in(PROFILE, browser, timeout=10, wire=server.wire()).subject == "C1"
    assert server.asked.count("openid-configuration") == 1


def test_of_two_sign_ins_the_older_one_ends() -> None:
    ended: list[str] = []
    waits = threading.Event()
    server = Issuer()

    def older() -> None:
        try:
            sign_in(PROFILE, lambda url: waits.set(), timeout=60, wire=Issuer().wire())
        except SignInFailed as failure:
            ended.append(failure.why)

    thread = threading.Thread(target=older)
    thread.start()
    assert waits.wait(10)
    assert sign_in(PROFILE, server.browser, timeout=10, wire=server.wire()).subject == "C1"
    thread.join(10)
    assert ended == ["declined"]


def test_an_answer_that_comes_after_the_customer_gave_up_is_not_redeemed() -> None:
    server = Issuer()
    given_up = threading.Event()

    def browser(url: str) -> None:
        server.browser(url)
        given_up.set()

    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(PROFILE, browser, timeout=10, cancelled=given_up.is_set, wire=server.wire())
    assert "token" not in server.asked


@pytest.mark.parametrize("silent", ["openid-configuration", "token"])
def test_who_gives_up_need_not_wait_for_a_silent_operator(silent: str) -> None:
    server, speaks, asked, ended = Issuer(), threading.Event(), threading.Event(), threading.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(silent):
            asked.set()
            assert speaks.wait(20)
        reply = server(request)
        if [form["token"] for form in server.forms if "token" in form] == ["r1", "a1"]:
            ended.set()
        return reply

    wire = Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(answer))
    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(PROFILE, server.browser, timeout=20, cancelled=asked.is_set, wire=wire)
    assert not speaks.is_set(), "it came back while the operator was still silent"
    speaks.set()
    if silent == "token":
        assert ended.wait(20), "a session that came too late is ended"


def test_at_a_known_address_anybodys_call_uses_up_no_answer() -> None:
    server, profile = Issuer(), replace(PROFILE, redirect_path="/callback")

    def browser(url: str) -> None:
        back = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        for strange in ({"code": "evil", "state": "bad"}, {"code": "evil"}, {}, {"error": "access_denied"}):
            assert httpx.get(back, params=strange, trust_env=False).status_code == 400
        server.browser(url)

    assert sign_in(profile, browser, timeout=10, wire=server.wire()).subject == "C1"
    assert server.forms[0]["code"] == "c"


def test_where_only_strange_answers_came_it_says_so() -> None:
    def browser(url: str) -> None:
        httpx.get(parse_qs(urlsplit(url).query)["redirect_uri"][0], params={"state": "bad"}, trust_env=False)

    with pytest.raises(SignInFailed, check=lambda e: e.why == "state"):
        sign_in(replace(PROFILE, redirect_path="/callback"), browser, timeout=0.1, wire=Issuer().wire())


needs_six = pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="no IPv6 on this computer")


@needs_six
def test_without_the_first_loopback_address_the_second_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = (socket.AF_INET, "192.0.2.1", "192.0.2.1")
    monkeypatch.setattr(loopback, "_PLACES", (taken, loopback._PLACES[1]))
    with Loopback("done") as listener:
        assert listener.address.startswith("http://[::1]:")
        port = urlsplit(listener.address).port or 0
        listening = [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
        found = [row[1] for row in listening if row[3] == "0A" and row[1].endswith(f":{port:04X}")]
        assert found == [f"00000000000000000000000001000000:{port:04X}"]
        assert httpx.get(f"{listener.address}?code=1", trust_env=False).text == "done"
        assert listener.wait(5, lambda: False) == "code=1"
        assert httpx.get(listener.address, headers={"host": f"127.0.0.1:{port}"}, trust_env=False).status_code == 400


@needs_six
def test_a_whole_sign_in_over_the_second_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback, "_PLACES", loopback._PLACES[1:])
    server = Issuer()
    assert sign_in(PROFILE, server.browser, timeout=10, wire=server.wire()).subject == "C1"
    assert server.forms[0]["redirect_uri"].startswith("http://[::1]:")


def test_where_nobody_may_listen_the_sign_in_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback, "_PLACES", ((socket.AF_INET, "192.0.2.1", "192.0.2.1"),))
    with pytest.raises(SignInFailed, check=lambda e: e.why == "answer"):
        sign_in(PROFILE, lambda url: None, wire=Issuer().wire())
