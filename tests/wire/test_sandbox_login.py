"""Signing in at the demo operator, the right way and all the wrong ones."""

from __future__ import annotations

import base64
import hashlib
import json
import time

import httpx
import pytest

from tests.plain_client import REDIRECT, authorise_query, exchange, sign_in, submit_form, verifier_pair
from tests.sandbox_process import Sandbox


@pytest.fixture
def client() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=20)


def a_code(client: httpx.Client, issuer: str, **changes: str) -> tuple[str, str]:
    verifier, challenge = verifier_pair()
    answer = submit_form(client, issuer, authorise_query(challenge, **changes), "nadia")
    return answer["code"][0], verifier


def part(token: str, place: int) -> dict[str, object]:
    text = token.split(".")[place]
    return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


def test_discovery_names_itself_and_insists_on_s256(sandbox: Sandbox, client: httpx.Client) -> None:
    for brand in ("orvane-gb", "orvane-fr"):
        found = client.get(f"{sandbox.issuer(brand)}/.well-known/openid-configuration").json()
        assert found["issuer"] == sandbox.issuer(brand)
        assert found["code_challenge_methods_supported"] == ["S256"]
        assert found["authorization_response_iss_parameter_supported"] is True
        assert all(found[name].startswith(sandbox.issuer(brand) + "/") for name in found if name.endswith("_endpoint"))


def test_a_customer_signs_in_and_the_id_token_is_signed(sandbox: Sandbox, client: httpx.Client) -> None:
    from joserfc import jwt
    from joserfc.jwk import KeySet

    issuer = sandbox.issuer()
    verifier, challenge = verifier_pair()
    answer = submit_form(client, issuer, authorise_query(challenge), "claire")
    assert answer["state"] == ["state-1"]
    assert answer["iss"] == [issuer]
    got = exchange(client, issuer, answer["code"][0], verifier)
    assert got.headers["cache-control"] == "no-store"
    tokens = got.json()
    keys = KeySet.import_key_set(client.get(f"{issuer}/jwks").json())
    token = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
    claims = token.claims
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (issuer, "selfcare-desktop", "nonce-1")
    assert abs(claims["iat"] - time.time()) < 30
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.get(f"{issuer}/userinfo", headers=bearer).json()["sub"] == claims["sub"]


def test_the_login_page_ticks_the_hinted_person_and_shows_only_its_brand(
    sandbox: Sandbox, client: httpx.Client
) -> None:
    _, challenge = verifier_pair()
    query = authorise_query(challenge, login_hint="lucie", state='"><script>alert(1)</script>')
    page = client.get(f"{sandbox.issuer('orvane-fr')}/authorize", params=query).text
    assert 'value="lucie" checked' in page
    assert "claire" not in page
    assert "<script" not in page
    assert '<html lang="fr">' in page


def test_refusing_tells_the_program(sandbox: Sandbox, client: httpx.Client) -> None:
    _, challenge = verifier_pair()
    answer = submit_form(client, sandbox.issuer(), authorise_query(challenge), "claire", "refuse")
    assert answer["error"] == ["access_denied"]
    assert "code" not in answer
    assert answer["iss"] == [sandbox.issuer()]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_wrong_request_goes_back_with_its_error(
    sandbox: Sandbox, client: httpx.Client, change: dict[str, str], word: str
) -> None:
    _, challenge = verifier_pair()
    answer = client.get(f"{sandbox.issuer()}/authorize", params=authorise_query(challenge, **change))
    assert answer.status_code == 303
    assert f"error={word}" in answer.headers["location"]
    assert "state=state-1" in answer.headers["location"]


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "somebody-else"},
        {"redirect_uri": "https://elsewhere.example/cb"},
        {"redirect_uri": "http://localhost:5999/cb"},
        {"redirect_uri": "http://127.0.0.1.elsewhere.example:80/cb"},
        {"redirect_uri": "http://127.0.0.1:80@elsewhere.example:80/cb"},
    ],
)
def test_an_unknown_program_or_address_is_never_redirected(
    sandbox: Sandbox, client: httpx.Client, change: dict[str, str]
) -> None:
    _, challenge = verifier_pair()
    answer = client.get(f"{sandbox.issuer()}/authorize", params=authorise_query(challenge, **change))
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"redirect_uri": REDIRECT + "2"}, "invalid_grant"),
        ({"client_id": "somebody-else"}, "invalid_client"),
        ({"code": ""}, "invalid_request"),
        ({"code": "guessed"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_code_is_given_to_its_owner_only(
    sandbox: Sandbox, client: httpx.Client, change: dict[str, str], word: str
) -> None:
    issuer = sandbox.issuer()
    code, verifier = a_code(client, issuer)
    answer = exchange(client, issuer, code, verifier, **change)
    assert answer.status_code == (401 if word == "invalid_client" else 400)
    assert answer.json()["error"] == word


def test_a_code_used_twice_ends_the_sign_in(sandbox: Sandbox, client: httpx.Client) -> None:
    issuer = sandbox.issuer()
    code, verifier = a_code(client, issuer)
    tokens = exchange(client, issuer, code, verifier).json()
    assert exchange(client, issuer, code, verifier).json()["error"] == "invalid_grant"
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.get(f"{issuer}/userinfo", headers=bearer).status_code == 401


def test_the_other_brand_takes_neither_code_nor_token(sandbox: Sandbox, client: httpx.Client) -> None:
    code, verifier = a_code(client, sandbox.issuer())
    other = sandbox.issuer("orvane-fr")
    assert exchange(client, other, code, verifier).json()["error"] == "invalid_grant"
    customer = sign_in(sandbox.issuer(), "nadia")
    assert customer.client.get(f"{other}/userinfo").status_code == 401


def refreshed(client: httpx.Client, issuer: str, token: str) -> httpx.Response:
    fields = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "selfcare-desktop"}
    return client.post(f"{issuer}/token", data=fields)


def test_a_refresh_token_changes_each_time_and_its_reuse_ends_the_family(
    sandbox: Sandbox, client: httpx.Client
) -> None:
    issuer = sandbox.issuer()
    first = sign_in(issuer, "nadia").tokens["refresh_token"]
    second = refreshed(client, issuer, first).json()["refresh_token"]
    third = refreshed(client, issuer, second).json()
    assert len({first, second, third["refresh_token"]}) == 3
    assert refreshed(client, issuer, first).json()["error"] == "invalid_grant"
    assert refreshed(client, issuer, third["refresh_token"]).json()["error"] == "invalid_grant"
    bearer = {"Authorization": f"Bearer {third['access_token']}"}
    assert client.get(f"{issuer}/userinfo", headers=bearer).status_code == 401


def test_with_a_grace_a_lost_refresh_answer_is_forgiven(sandbox: Sandbox, client: httpx.Client) -> None:
    sandbox.set_tokens(refreshGrace=30)
    issuer = sandbox.issuer()
    first = sign_in(issuer, "nadia").tokens["refresh_token"]
    assert refreshed(client, issuer, first).status_code == 200
    assert refreshed(client, issuer, first).status_code == 200


def test_no_refresh_token_without_offline_access(sandbox: Sandbox, client: httpx.Client) -> None:
    issuer = sandbox.issuer()
    code, verifier = a_code(client, issuer, scope="openid")
    tokens = exchange(client, issuer, code, verifier).json()
    assert "refresh_token" not in tokens
    assert "name" not in part(tokens["id_token"], 1)


def test_revoking_ends_the_sign_in_and_an_unknown_token_is_no_error(sandbox: Sandbox) -> None:
    customer = sign_in(sandbox.issuer(), "nadia")
    revoke = f"{sandbox.issuer()}/revoke"
    for token in (customer.tokens["refresh_token"], "never heard of"):
        answer = customer.client.post(revoke, data={"token": token, "client_id": "selfcare-desktop"})
        assert answer.status_code == 200
    assert customer.get("customer").status_code == 401


def test_an_old_access_token_is_refused_with_a_challenge(sandbox: Sandbox) -> None:
    customer = sign_in(sandbox.issuer(), "nadia")
    sandbox.expire_tokens()
    answer = customer.get("customer")
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert answer.json()["code"] == "missingCredentials"
