"""What the sign-in server says is believed only where it is right; every other answer has its own reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.api.addresses import allowed_origins
from selfcare.api.client import Wire
from selfcare.api.discovery import Discovery, discover
from selfcare.api.login import Tokens, challenge_of, code_in, refresh, revoke, sign_in
from selfcare.domain.failures import Failure, NotAnAnswer, Offline, ServerTrouble, SignedOut, SignInFailed, TooOften
from selfcare.domain.operator import OperatorProfile

ISSUER = "https://id.example.net/gb"
PROFILE = OperatorProfile("x", "X", "GB", "Europe/London", "GBP", ISSUER, "desk", ("openid", "offline_access"), {})
FOUND = Discovery(ISSUER, f"{ISSUER}/auth", f"{ISSUER}/token", f"{ISSUER}/keys", f"{ISSUER}/revoke", True)
META: dict[str, Any] = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "revocation_endpoint": f"{ISSUER}/revoke",
    "code_challenge_methods_supported": ["S256"],
}
ALL_PLACES = (FOUND.authorize, FOUND.token, FOUND.keys, FOUND.revoke)
OLD = Tokens("a0", "r0", datetime(2026, 11, 21, tzinfo=UTC), "C1", ISSUER, "Claire")


def reply(body: object, status: int = 200) -> httpx.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, headers={"content-type": "application/json"}, stream=httpx.ByteStream(raw))


def page(status: int) -> httpx.Response:
    """What a proxy or a guest network answers in the operator's place."""
    return httpx.Response(
        status, headers={"content-type": "text/html"}, stream=httpx.ByteStream(b"<html>The proxy says no</html>")
    )


class Server:
    """A sign-in server whose every answer is set by the test."""

    def __init__(self, meta: object = META, **answers: Any) -> None:
        self.meta = meta
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name == "openid-configuration":
            return self.meta if isinstance(self.meta, httpx.Response) else reply(self.meta)
        self.asked.append((name, dict(parse_qsl(request.read().decode()))))
        answer = self.answers.get(name, reply({}, 404))
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]

    def wire(self) -> Wire:
        return Wire(allowed_origins(PROFILE), transport=httpx.MockTransport(self))


def without(*names: str) -> dict[str, Any]:
    return {k: v for k, v in META.items() if k not in names}


def test_the_endpoints_are_found() -> None:
    found = discover(PROFILE, Server().wire())
    assert (found.authorize, found.token, found.revoke) == (FOUND.authorize, FOUND.token, FOUND.revoke)
    assert not found.names_itself
    assert discover(PROFILE, Server(without("revocation_endpoint")).wire()).revoke == ""
    branded = {**META, "authorization_endpoint": f"{ISSUER}/auth?brand=gb"}
    assert discover(PROFILE, Server(branded).wire()).authorize == f"{ISSUER}/auth?brand=gb"


@pytest.mark.parametrize(
    ("meta", "why"),
    [
        ({**META, "issuer": f"{ISSUER}/"}, "issuer"),
        ({**META, "issuer": "https://id.example.net"}, "issuer"),
        ({**META, "token_endpoint": "https://evil.example/token"}, "issuer"),
        ({**META, "token_endpoint": "http://id.example.net/token"}, "issuer"),
        ({**META, "jwks_uri": "https://id.example.net@evil.example/"}, "issuer"),
        ({**META, "authorization_endpoint": "javascript:alert(1)"}, "issuer"),
        ({**META, "authorization_endpoint": 5}, "issuer"),
        *(({**META, name: f"{META[name]}#part"}, "issuer") for name in META if META[name] in ALL_PLACES),
        *(
            ({**META, "authorization_endpoint": f"{ISSUER}/auth?x=1&{ours}"}, "issuer")
            for ours in ("state=evil", "redirect_uri=https://evil.example", "nonce", "code_challenge_method=plain")
        ),
        ({**META, "authorization_endpoint": f"{ISSUER}/auth?x=1;state=evil"}, "issuer"),
        (without("token_endpoint"), "issuer"),
        (without("code_challenge_methods_supported"), "pkce"),
        ({**META, "code_challenge_methods_supported": ["plain"]}, "pkce"),
        ({**META, "code_challenge_methods_supported": "S256"}, "pkce"),
    ],
)
def test_a_server_that_is_not_the_operators_or_not_safe(meta: object, why: str) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == why):
        discover(PROFILE, Server(meta).wire())


def test_a_server_that_calls_itself_otherwise_is_named_with_what_was_expected() -> None:
    with pytest.raises(SignInFailed) as caught:
        discover(PROFILE, Server({**META, "issuer": "https://other.example"}).wire())
    assert caught.value == SignInFailed("issuer", ISSUER, "https://other.example")


def test_what_a_server_calls_itself_plays_no_tricks() -> None:
    named = "https://\u202egro.\nx\x1b" + "e" + "\u0301" * 50 + "y" * 500
    with pytest.raises(SignInFailed) as caught:
        discover(PROFILE, Server({**META, "issuer": named}).wire())
    assert caught.value.found == "https://\ufffdgro.\ufffdx\ufffde" + "\u0301" * 8 + "y" * 133


@pytest.mark.parametrize(
    ("meta", "failure"),
    [
        (reply(b"<html>"), NotAnAnswer),
        (reply(b'{"issuer": 1, "issuer": 2}'), NotAnAnswer),
        (reply(b"", 500), ServerTrouble),
        (reply([]), NotAnAnswer),
    ],
)
def test_a_server_that_says_nothing_useful(meta: httpx.Response, failure: type[Failure]) -> None:
    with pytest.raises(failure):
        discover(PROFILE, Server(meta).wire())


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "state"),
        ("code=c", "state"),
        ("code=c&state=other&iss=ISS", "state"),
        ("code=c&state=s&state=s&iss=ISS", "answer"),
        ("code=c&code=d&state=s&iss=ISS", "answer"),
        ("code=c&state=s", "issuer"),
        ("code=c&state=s&iss=https://evil.example", "issuer"),
        ("error=access_denied&state=s&iss=ISS", "declined"),
        ("error=server_error&state=s&iss=ISS", "answer"),
        ("state=s&iss=ISS", "answer"),
        ("code=&state=s&iss=ISS", "answer"),
        ("&".join(f"a{n}=1" for n in range(60)), "answer"),
    ],
)
def test_the_browsers_answer_is_checked(query: str, why: str) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == why):
        code_in(query.replace("ISS", ISSUER), "s", FOUND)


def test_a_right_answer_gives_its_code() -> None:
    assert code_in(f"code=c%2B1&state=s&iss={ISSUER}", "s", FOUND) == "c+1"


@given(st.text(max_size=80))
def test_any_answer_is_judged(query: str) -> None:
    with pytest.raises(SignInFailed):
        code_in(query, "a-state-nobody-guesses", FOUND)


def test_pkce_is_the_rfcs_own_example() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_browser_is_given_a_fresh_and_complete_address() -> None:
    opened: list[str] = []
    for _ in range(2):
        with pytest.raises(SignInFailed, check=lambda e: e.why == "timeout"):
            sign_in(PROFILE, opened.append, timeout=0.01, login_hint="claire", wire=Server().wire())
    one, other = (parse_qs(urlsplit(url).query) for url in opened)
    assert opened[0].startswith(f"{ISSUER}/auth?")
    assert one["code_challenge_method"] == ["S256"]
    assert (one["login_hint"], one["client_id"], one["scope"]) == (["claire"], ["desk"], ["openid offline_access"])
    for secret in ("state", "nonce", "code_challenge", "redirect_uri"):
        assert one[secret] != other[secret]
        assert len(one[secret][0]) >= 43


def test_the_customer_may_give_up() -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(PROFILE, lambda url: None, cancelled=lambda: True, wire=Server().wire())


def test_a_session_is_renewed_with_a_new_token() -> None:
    server = Server(
        token=reply({"access_token": "a1", "token_type": "Bearer", "refresh_token": "r1", "expires_in": 60})
    )
    new = refresh(PROFILE, OLD, server.wire())
    assert (new.access, new.refresh, new.subject, new.id_name) == ("a1", "r1", "C1", "Claire")
    assert server.asked[0][1] == {"grant_type": "refresh_token", "refresh_token": "r0", "client_id": "desk"}
    kept = Server(token=reply({"access_token": "a1", "token_type": "bearer"}))
    assert refresh(PROFILE, OLD, kept.wire()).refresh == "r0"
    nothing = Server(token=reply({"access_token": "a1", "token_type": "bearer", "refresh_token": ""}))
    assert refresh(PROFILE, OLD, nothing.wire()).refresh == "r0", "a token of no letters is none"


def test_a_lost_answer_is_asked_for_once_more() -> None:
    good = reply({"access_token": "a1", "token_type": "Bearer", "refresh_token": "r1"})
    server = Server(token=[httpx.ReadError("reset"), good])
    assert refresh(PROFILE, OLD, server.wire()).access == "a1"
    assert [form["refresh_token"] for _, form in server.asked] == ["r0", "r0"]
    with pytest.raises(NotAnAnswer):
        refresh(PROFILE, OLD, Server(token=[httpx.ReadError("a"), httpx.ReadError("b")]).wire())


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (reply({"error": "invalid_grant"}, 400), SignedOut),
        (reply({"error": "invalid_client"}, 401), SignedOut),
        (reply({"access_token": "a", "token_type": "Bearer", "id_token": "not.a.token"}), SignedOut),
    ],
)
def test_a_session_that_the_operator_ends(answer: Any, failure: type[Failure]) -> None:
    with pytest.raises(failure):
        refresh(PROFILE, OLD, Server(token=answer).wire())


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (reply({}, 401), NotAnAnswer("shape")),
        (reply({}), NotAnAnswer("shape")),
        (reply({"token_type": "Bearer"}), NotAnAnswer("shape")),
        (reply({"access_token": "a", "token_type": "mac"}), NotAnAnswer("shape")),
        *(
            (reply({"access_token": bad, "token_type": "Bearer", "refresh_token": "r1"}), NotAnAnswer("shape"))
            for bad in ("é", "€", "a\r\nX-Evil: y", "a b", "a\0b", "a\n", "", "a" * 20_000)
        ),
        (reply({"error": "invalid_request"}, 400), NotAnAnswer("shape")),
        (reply({"error": ["invalid_grant"]}, 400), NotAnAnswer("shape")),
        (reply({"error": "access_denied"}, 403), NotAnAnswer("shape")),
        (reply({"code": "60", "reason": "No such page"}, 404), NotAnAnswer("shape")),
        (reply(b"{not json", 400), NotAnAnswer("html")),
        *((page(status), NotAnAnswer("html")) for status in (200, 400, 401, 403, 404, 407)),
        (reply(b"", 429), TooOften(None, 429)),
        (reply(b"", 500), ServerTrouble(500)),
        (page(502), ServerTrouble(502)),
        (httpx.ConnectError("no"), Offline()),
    ],
)
def test_what_is_not_the_operators_word_ends_no_session(answer: Any, failure: Failure) -> None:
    server = Server(token=answer)
    with pytest.raises(type(failure), check=lambda e: e == failure):
        refresh(PROFILE, OLD, server.wire())
    assert len([name for name, _ in server.asked if name == "token"]) == 1


@pytest.mark.parametrize(
    "meta", [page(403), page(401), reply({"code": "1", "reason": "no"}, 404), reply({**META, "issuer": "https://x"})]
)
def test_a_page_in_place_of_the_operators_own_description_ends_no_session(meta: httpx.Response) -> None:
    with pytest.raises(NotAnAnswer):
        refresh(PROFILE, OLD, Server(meta).wire())


def test_signing_out_tells_the_server_and_never_fails() -> None:
    server = Server(revoke=[reply(b""), reply(b"")])
    revoke(PROFILE, OLD, server.wire())
    assert [form["token"] for _, form in server.asked] == ["r0", "a0"]
    revoke(PROFILE, OLD, Server(reply(b"", 500)).wire())


def test_a_session_shows_nothing_of_itself() -> None:
    assert repr(OLD) == "Tokens()"
