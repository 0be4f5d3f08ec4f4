"""Codes, access tokens and refresh tokens over time."""

from __future__ import annotations

import pytest

from selfcare.sandbox.grants import CODE_SECONDS, GrantError, Grants, Request, challenge_of
from selfcare.sandbox.oidc import is_loopback_redirect

VERIFIER = "v" * 43
ASKED = Request("desk", "http://127.0.0.1:1/cb", ("openid", "offline_access"), "s", "n", challenge_of(VERIFIER))


def exchanged(grants: Grants, code: str, now: float) -> tuple[str, str]:
    issued = grants.exchange(code, "here", "desk", ASKED.redirect_uri, VERIFIER, now)
    return issued.access, issued.refresh


def test_the_challenge_is_the_published_example() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_code_lives_a_minute() -> None:
    grants = Grants()
    exchanged(grants, grants.approve("claire", "here", ASKED, 0.0), CODE_SECONDS)
    late = grants.approve("claire", "here", ASKED, 0.0)
    with pytest.raises(GrantError):
        exchanged(grants, late, CODE_SECONDS + 1)


def test_an_access_token_lives_ten_minutes_or_as_set() -> None:
    grants = Grants(access_seconds=5)
    access, _ = exchanged(grants, grants.approve("claire", "here", ASKED, 0.0), 0.0)
    family = grants.login_of(access, "here", 4.9)
    assert family is not None
    assert family.login == "claire"
    assert grants.login_of(access, "here", 5.0) is None
    assert grants.login_of(access, "there", 1.0) is None


def test_reuse_beyond_the_grace_ends_everything() -> None:
    grants = Grants(refresh_grace=10)
    _, first = exchanged(grants, grants.approve("claire", "here", ASKED, 0.0), 0.0)
    second = grants.refresh(first, "here", "desk", 100.0)
    third = grants.refresh(first, "here", "desk", 109.0)
    assert len({first, second.refresh, third.refresh}) == 3
    with pytest.raises(GrantError):
        grants.refresh(first, "here", "desk", 111.0)
    assert grants.login_of(second.access, "here", 112.0) is None
    for token in (second.refresh, third.refresh):
        with pytest.raises(GrantError):
            grants.refresh(token, "here", "desk", 112.0)


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("http://127.0.0.1:8000/any/thing", True),
        ("http://[::1]:8000/", True),
        ("http://127.0.0.1/", False),
        ("http://localhost:8000/", False),
        ("https://127.0.0.1:8000/", False),
        ("http://127.0.0.2:8000/", False),
        ("http://user@127.0.0.1:8000/", False),
        ("http://127.0.0.1:8000/#fragment", False),
        ("http://127.0.0.1:99999/", False),
        ("http://127.0.0.1.example:80/", False),
        ("myprogram:/callback", False),
        ("", False),
    ],
)
def test_answers_go_to_this_computer_only(address: str, is_ours: bool) -> None:
    assert is_loopback_redirect(address) is is_ours
