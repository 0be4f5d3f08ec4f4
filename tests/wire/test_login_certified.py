"""Signing in at a login server that nobody here wrote: the whole flow, and each thing that it refuses."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from threading import Event
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import pytest

from selfcare.api.addresses import allowed_origins
from selfcare.api.client import Wire
from selfcare.api.discovery import discover
from selfcare.api.login import challenge_of, refresh, revoke, sign_in
from selfcare.api.profile import read_profile
from selfcare.domain.failures import Offline, SignedOut, SignInFailed
from selfcare.domain.operator import OperatorProfile
from tests.certified_login import LoginServer, Person, installed, missing, profile_text, start_login
from tests.sandbox_process import Sandbox

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    try:
        installed()
    except subprocess.SubprocessError:
        pytest.skip("npm cannot get the login server's packages here")


@pytest.fixture(scope="module")
def login() -> Iterator[LoginServer]:
    with start_login() as running:
        yield running


@pytest.fixture
def profile(sandbox: Sandbox, login: LoginServer) -> OperatorProfile:
    return read_profile(profile_text(sandbox.profile(), login))


def with_query(url: str, **values: str) -> str:
    parts = urlsplit(url)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()} | values
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in query.items() if v})))


def test_a_customer_signs_in_and_is_greeted_by_name(profile: OperatorProfile) -> None:
    tokens = sign_in(profile, Person("edith"), timeout=20)
    assert (tokens.subject, tokens.issuer) == ("edith", profile.issuer)
    assert tokens.refresh


def test_each_renewal_gives_a_new_token_and_an_old_one_ends_the_session(profile: OperatorProfile) -> None:
    first = sign_in(profile, Person("edith"), timeout=20)
    second = refresh(profile, first)
    third = refresh(profile, second)
    assert len({first.refresh, second.refresh, third.refresh}) == 3
    assert third.subject == "edith"
    with pytest.raises(SignedOut):
        refresh(profile, first)
    with pytest.raises(SignedOut):
        refresh(profile, third)


def test_after_signing_out_nothing_renews(profile: OperatorProfile) -> None:
    tokens = sign_in(profile, Person("nadia"), timeout=20)
    revoke(profile, tokens)
    with pytest.raises(SignedOut):
        refresh(profile, tokens)


def test_turning_away_is_said_so(profile: OperatorProfile) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(profile, Person(declines=True), timeout=20)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": "", "code_challenge": ""},
        {"scope": "openid nothing:known", "resource": "urn:somebody:elses"},
        {"response_type": "token"},
    ],
    ids=["no challenge", "plain", "no PKCE", "foreign resource", "implicit"],
)
def test_a_request_that_the_server_does_not_take_ends_as_an_answer(
    profile: OperatorProfile, spoiled: dict[str, str]
) -> None:
    person = Person()
    with pytest.raises(SignInFailed, check=lambda e: e.why in {"answer", "state", "timeout"}):
        sign_in(profile, lambda url: person(with_query(url, **spoiled)), timeout=3)


def test_another_challenge_makes_the_code_worthless(profile: OperatorProfile) -> None:
    person = Person()
    other = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    with pytest.raises(SignInFailed, check=lambda e: e.why == "answer"):
        sign_in(profile, lambda url: person(with_query(url, code_challenge=other)), timeout=20)


@pytest.mark.parametrize("where", ["http://localhost:9/callback", "http://127.0.0.1:9/other", "http://[::2]/callback"])
def test_a_page_that_never_comes_back_can_be_waited_for_or_left(profile: OperatorProfile, where: str) -> None:
    """The server shows a page of its own and sends nobody back: only time or the customer ends it."""
    person = Person()

    def lost(url: str) -> None:
        person(with_query(url, redirect_uri=where))
        left.set()

    left = Event()
    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(profile, lost, timeout=60, cancelled=left.is_set)
    assert person.last == 400
    with pytest.raises(SignInFailed, check=lambda e: e.why == "timeout"):
        sign_in(profile, lambda url: person(with_query(url, redirect_uri=where)), timeout=0.3)


def redeem(profile: OperatorProfile, answer: str, verifier: str = "x" * 64) -> str:
    """What the server says to somebody who saw the browser's answer, but perhaps not the verifier."""
    form = {
        "grant_type": "authorization_code", "code": parse_qs(urlsplit(answer).query)["code"][0],
        "client_id": profile.client_id, "redirect_uri": answer.partition("?")[0], "code_verifier": verifier,
    }  # fmt: skip
    return httpx.post(f"{profile.issuer}/token", data=form, trust_env=False).text


def seeing(answers: list[str], then: Callable[[str], object] = len) -> Callable[[str], None]:
    """A browser over whose shoulder somebody looks: the address of the answer is seen, and `then` done first."""

    def browser(url: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            real = httpx.Client.get

            def get(self: httpx.Client, address: str, **more: object) -> httpx.Response:
                if "/callback?" in address:
                    answers.append(address)
                    then(address)
                return real(self, address, **more)  # type: ignore[arg-type]

            patch.setattr(httpx.Client, "get", get)
            Person()(url)

    return browser


def test_a_code_without_its_verifier_is_worth_nothing(profile: OperatorProfile) -> None:
    said: list[str] = []
    tokens = sign_in(profile, seeing([], lambda answer: said.append(redeem(profile, answer))), timeout=20)
    assert "invalid_grant" in said[0]
    assert tokens.subject == "claire"


def test_a_code_that_comes_again_ends_the_session(profile: OperatorProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    verifiers: list[str] = []
    monkeypatch.setattr(
        "selfcare.api.login.challenge_of", lambda verifier: verifiers.append(verifier) or challenge_of(verifier)
    )
    tokens = sign_in(profile, seeing(answers), timeout=20)
    assert "invalid_grant" in redeem(profile, answers[0], verifiers[0])
    with pytest.raises(SignedOut):
        refresh(profile, tokens)


def test_a_state_or_issuer_of_somebody_else_is_not_taken(profile: OperatorProfile) -> None:
    for spoiled, why in (({"state": "another"}, "state"), ({"iss": "http://127.0.0.1:1"}, "issuer")):

        def spoiling(url: str, spoiled: dict[str, str] = spoiled) -> None:
            with pytest.MonkeyPatch.context() as patch:
                real = httpx.Client.get

                def get(self: httpx.Client, address: str, **more: object) -> httpx.Response:
                    if "/callback?" in address:
                        address = with_query(address, **spoiled)
                    return real(self, address, **more)  # type: ignore[arg-type]

                patch.setattr(httpx.Client, "get", get)
                Person()(url)

        with pytest.raises(SignInFailed, check=lambda e, why=why: e.why == why):
            sign_in(profile, spoiling, timeout=20)


def test_its_answers_name_their_issuer_and_it_offers_s256(profile: OperatorProfile) -> None:
    wire = Wire(allowed_origins(profile))
    found = discover(profile, wire)
    assert found.names_itself
    wire.close()


def test_a_server_that_started_anew_has_other_keys_and_knows_no_session(sandbox: Sandbox) -> None:
    with start_login() as first:
        profile = read_profile(profile_text(sandbox.profile(), first))
        tokens = sign_in(profile, Person(), timeout=20)
    with pytest.raises(Offline):
        refresh(profile, tokens)
    with start_login(first.port):
        with pytest.raises(SignedOut):
            refresh(profile, tokens)
        again = sign_in(profile, Person(), timeout=20)
        assert again.subject == "claire"


def test_a_refresh_token_that_ran_out_asks_for_a_new_sign_in(sandbox: Sandbox) -> None:
    with start_login(RT_TTL="1", AT_TTL="1") as short:
        profile = read_profile(profile_text(sandbox.profile(), short))
        tokens = sign_in(profile, Person(), timeout=20)
        form = {"token": tokens.refresh, "client_id": profile.client_id}
        until = time.monotonic() + 20
        while httpx.post(f"{short.issuer}/token/introspection", data=form, trust_env=False).json()["active"]:
            assert time.monotonic() < until, "it never ran out"
        with pytest.raises(SignedOut):
            refresh(profile, tokens)
