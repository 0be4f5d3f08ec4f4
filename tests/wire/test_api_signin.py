"""Signing in at the demo operator over real HTTP: the whole flow, and every way in which it ends otherwise."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import jsonschema
import pytest

from selfcare.api.addresses import allowed_origins
from selfcare.api.client import Wire
from selfcare.api.demo_login import demo_browser
from selfcare.api.finding import fetch_profile
from selfcare.api.login import refresh, revoke, sign_in
from selfcare.api.operator import Operator
from selfcare.api.profile import read_profile
from selfcare.domain.failures import NotAnAnswer, Offline, Refused, SignedOut, SignInFailed
from selfcare.domain.operator import OperatorProfile
from tests.sandbox_process import Sandbox

SCHEMA = Path(__file__).parents[2] / "resources/api/operator-profile.schema.json"


def profile_of(sandbox: Sandbox, brand: str = "orvane-gb") -> OperatorProfile:
    return read_profile(sandbox.profile(brand))


def changed(url: str, **values: str) -> str:
    """The authorise address with other values in it; "" takes one out."""
    parts = urlsplit(url)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()} | values
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in query.items() if v})))


def answer_with(make: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[str], None]:
    """A browser that goes straight back to the program with an answer of its own."""

    def browser(url: str) -> None:
        asked = {name: found[0] for name, found in parse_qs(urlsplit(url).query).items()}
        httpx.get(asked["redirect_uri"], params=make(asked), trust_env=False).raise_for_status()

    return browser


@pytest.mark.parametrize("brand", ["orvane-gb", "orvane-fr"])
def test_the_published_profile_is_found_and_keeps_to_its_schema(sandbox: Sandbox, brand: str) -> None:
    text = fetch_profile(sandbox.issuer(brand))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(json.loads(text))
    assert read_profile(text).issuer == sandbox.issuer(brand)
    for address in (f"{sandbox.url}/nobody", f"{sandbox.issuer(brand)}/tmf-api"):
        with pytest.raises(Refused):
            fetch_profile(address)
    for address in ("http://op.example", "file:///etc/passwd", "https://u@op.example", ""):
        with pytest.raises(NotAnAnswer, check=lambda e: e.what == "foreign"):
            fetch_profile(address)


@pytest.mark.parametrize(
    ("brand", "person", "name"),
    [("orvane-gb", "claire", "Claire"), ("orvane-gb", "edith", "Edith"), ("orvane-fr", "julien", "Julien")],
)
def test_a_customer_signs_in(sandbox: Sandbox, brand: str, person: str, name: str) -> None:
    profile = profile_of(sandbox, brand)
    tokens = sign_in(profile, demo_browser, timeout=10, login_hint=person)
    assert tokens.issuer == profile.issuer
    assert tokens.id_name.startswith(name)
    with_token = Operator(profile, Wire(allowed_origins(profile)), lambda: tokens.access)
    assert with_token.fetch_one("TMF629", "customer", tokens.subject).document
    with_token.wire.close()


def test_the_refresh_token_is_used_once_and_its_reuse_ends_the_session(sandbox: Sandbox) -> None:
    profile = profile_of(sandbox)
    first = sign_in(profile, demo_browser, timeout=10, login_hint="nadia")
    second = refresh(profile, first)
    assert second.subject == first.subject
    assert second.refresh != first.refresh
    third = refresh(profile, second)
    with pytest.raises(SignedOut):
        refresh(profile, first)
    with pytest.raises(SignedOut):
        refresh(profile, third)


def test_signing_out_ends_the_session_there_too(sandbox: Sandbox) -> None:
    profile = profile_of(sandbox)
    tokens = sign_in(profile, demo_browser, timeout=10, login_hint="nadia")
    revoke(profile, tokens)
    with pytest.raises(SignedOut):
        refresh(profile, tokens)


def test_an_access_token_that_is_too_old_is_renewed_once(sandbox: Sandbox) -> None:
    profile = profile_of(sandbox)
    tokens = sign_in(profile, demo_browser, timeout=10, login_hint="nadia")
    sandbox.expire_tokens()
    wire = Wire(allowed_origins(profile))
    with pytest.raises(SignedOut):
        Operator(profile, wire, lambda: tokens.access).fetch_one("TMF629", "customer", tokens.subject)
    renewing = Operator(profile, wire, lambda: tokens.access, lambda: refresh(profile, tokens).access)
    assert renewing.fetch_one("TMF629", "customer", tokens.subject).document
    wire.close()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda asked: {"code": "c", "state": "other"}, "state"),
        (lambda asked: {"code": "c"}, "state"),
        (lambda asked: {"error": "access_denied", "state": asked["state"]}, "declined"),
        (lambda asked: {"code": "c", "state": asked["state"], "iss": "https://evil.example"}, "issuer"),
    ],
)
def test_answers_that_are_not_the_operators(
    sandbox: Sandbox, make: Callable[[dict[str, str]], dict[str, str]], why: str
) -> None:
    profile = profile_of(sandbox)

    def named(asked: dict[str, str]) -> dict[str, str]:
        return {"iss": profile.issuer} | make(asked)

    with pytest.raises(SignInFailed, check=lambda e: e.why == why):
        sign_in(profile, answer_with(named), timeout=10)


def test_a_code_of_nobody_is_refused_by_the_operator(sandbox: Sandbox) -> None:
    profile = profile_of(sandbox)
    browser = answer_with(lambda asked: {"code": "c", "state": asked["state"], "iss": profile.issuer})
    with pytest.raises(SignInFailed, check=lambda e: e.why == "answer"):
        sign_in(profile, browser, timeout=10)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "answer"),
        ({"nonce": "another-nonce-than-ours"}, "token"),
        ({"state": "another-state-than-ours"}, "state"),
    ],
)
def test_a_browser_that_changes_the_request_gets_nothing(sandbox: Sandbox, change: dict[str, str], why: str) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == why):
        sign_in(
            profile_of(sandbox),
            lambda url: demo_browser(changed(url, **change)),
            timeout=10,
            login_hint="claire",
        )


def test_nobody_answers(sandbox: Sandbox) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == "timeout"):
        sign_in(profile_of(sandbox), lambda url: None, timeout=0.2)
    looks: list[int] = []
    with pytest.raises(SignInFailed, check=lambda e: e.why == "declined"):
        sign_in(profile_of(sandbox), lambda url: None, cancelled=lambda: looks.append(1) or len(looks) > 2)  # type: ignore[func-returns-value]


def test_an_operator_that_is_not_there(new_sandbox: Callable[..., Sandbox]) -> None:
    gone = new_sandbox()
    profile = profile_of(gone)
    gone.stop()
    with pytest.raises(Offline):
        sign_in(profile, demo_browser, timeout=5)


def test_no_secret_is_logged(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        tokens = sign_in(profile_of(sandbox), demo_browser, timeout=10, login_hint="claire")
        tokens = refresh(profile_of(sandbox), tokens)
        revoke(profile_of(sandbox), tokens)
    for secret in (tokens.access, tokens.refresh, tokens.id_name, "code="):
        assert secret not in caplog.text
