"""The statement of who signed in is believed only if every claim of it is right."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

from selfcare.api.idtoken import Expected, at_hash, read_id_token
from selfcare.domain.failures import NotAnAnswer, SignInFailed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
EXPECTED = Expected("https://id.example.net", "selfcare-desktop", "nonce-1", "access-1", NOW)
KEYS: dict[str, Any] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "r"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "e"}),
    "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "o"}),
}
KEYS["PS256"] = KEYS["RS256"]
JWKS: dict[str, Any] = {"keys": [KEYS[name].as_dict(private=False) for name in ("RS256", "ES256", "EdDSA")]}
CLAIMS: dict[str, Any] = {
    "iss": "https://id.example.net",
    "aud": "selfcare-desktop",
    "sub": "C4471",
    "nonce": "nonce-1",
    "exp": AT + 300,
    "iat": AT,
    "name": "Claire",
}


def signed(claims: dict[str, Any], algorithm: str = "RS256", **header: Any) -> str:
    key = KEYS[algorithm]
    return jwt.encode({"alg": algorithm, "kid": key.kid, **header}, claims, key, algorithms=[algorithm])


def read(token: str, jwks: dict[str, Any] = JWKS, expected: Expected = EXPECTED) -> dict[str, Any]:
    return read_id_token(token, lambda: jwks, expected)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "PS256", "EdDSA"])
def test_a_right_token_is_believed(algorithm: str) -> None:
    half = at_hash("access-1", algorithm)
    assert read(signed({**CLAIMS, "at_hash": half}, algorithm))["sub"] == "C4471"
    several = {**CLAIMS, "aud": ["other", "selfcare-desktop"], "azp": "selfcare-desktop"}
    assert read(signed(several, algorithm))["name"] == "Claire"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iss": "https://id.example.net/"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "another"}, "token"),
        ({"aud": []}, "token"),
        ({"aud": None}, "token"),
        ({"aud": ["selfcare-desktop", "another"]}, "token"),
        ({"azp": "another"}, "token"),
        ({"exp": AT - 301}, "token"),
        ({"exp": None}, "token"),
        ({"exp": "tomorrow"}, "token"),
        ({"exp": True}, "token"),
        ({"iat": AT + 301}, "token"),
        ({"iat": None}, "token"),
        ({"nbf": AT + 301}, "token"),
        ({"nonce": "nonce-2"}, "token"),
        ({"nonce": None}, "token"),
        ({"sub": ""}, "token"),
        ({"sub": None}, "token"),
        ({"sub": "x" * 256}, "token"),
        ({"at_hash": "wrong"}, "token"),
        ({"at_hash": 5}, "token"),
    ],
)
def test_each_claim_is_checked(change: dict[str, Any], why: str) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == why):
        read(signed({**CLAIMS, **change}))


def signed_as_written(payload: bytes) -> str:
    return jws.serialize_compact({"alg": "RS256", "kid": "r"}, payload, KEYS["RS256"])


def plainly(**more: Any) -> bytes:
    return json.dumps({**CLAIMS, **more}).encode()


@pytest.mark.parametrize(
    "payload",
    [
        plainly()[:-1] + b',"sub":"C1"}',
        plainly()[:-1] + b',"address":{"a":1,"a":2}}',
        plainly().decode().encode("utf-16"),
        plainly(nonce="\ud800"),
        plainly(at_hash="\ud800"),
        plainly(sub="C\ud800"),
        plainly(name="C\ud800"),
        plainly()[:-1] + b',"x":' + b"[" * 3000 + b"]" * 3000 + b"}",
        plainly()[:-1] + b',"x":' + b"9" * 5000 + b"}",
        b"[1]",
        b"\xff\xfe",
        b"",
    ],
    ids=[
        "sub twice",
        "twice inside",
        "utf-16",
        "nonce",
        "at_hash",
        "sub",
        "name",
        "deep",
        "number",
        "list",
        "no text",
        "",
    ],
)
def test_claims_that_are_signed_are_still_read_with_every_doubt(payload: bytes) -> None:
    with pytest.raises(SignInFailed, check=lambda e: e.why == "token"):
        read(signed_as_written(payload))


def test_a_time_with_a_fraction_is_a_time() -> None:
    assert read(signed_as_written(plainly(exp=AT + 300.5, iat=AT - 0.25)))["sub"] == "C4471"
    with pytest.raises(SignInFailed):
        read(signed_as_written(plainly(exp=AT - 300.5)))


@pytest.mark.parametrize(
    "odd", [{"kty": ["RSA"]}, {"kty": {"a": 1}}, {"kty": "RSA", "kid": {"a": 1}}, {"kty": "EC", "crv": ["P-256"]}, 5]
)
def test_an_odd_key_does_not_hide_the_right_one(odd: Any) -> None:
    assert read(signed(CLAIMS), {"keys": [odd, *JWKS["keys"]]})["sub"] == "C4471"
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "shape"):
        read(signed(CLAIMS), {"keys": [odd]})


def test_a_small_difference_of_clocks_is_forgiven() -> None:
    read(signed({**CLAIMS, "exp": AT - 200, "iat": AT + 200, "nbf": AT + 200}))


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_other_algorithms_are_refused() -> None:
    secret = OctKey.import_key(json.dumps(JWKS["keys"][0]).encode())
    shared = jwt.encode({"alg": "HS256", "kid": "r"}, CLAIMS, secret, algorithms=["HS256"])
    none = f"{part({'alg': 'none'})}.{part(CLAIMS)}."
    longer = jwt.encode({"alg": "RS512", "kid": "r"}, CLAIMS, KEYS["RS256"], algorithms=["RS512"])
    for token in (shared, none, longer):
        with pytest.raises(SignInFailed):
            read(token)


def test_forged_tokens_are_refused() -> None:
    good = signed(CLAIMS)
    head, body, mark = good.split(".")
    stranger = RSAKey.generate_key(2048, {"kid": "r"})
    forged = jwt.encode({"alg": "RS256", "kid": "r"}, CLAIMS, stranger, algorithms=["RS256"])
    own_key = jwt.encode({"alg": "RS256", "jwk": stranger.as_dict(private=False)}, CLAIMS, stranger)
    for token in (
        forged,
        own_key,
        f"{head}.{part({**CLAIMS, 'sub': 'C1'})}.{mark}",
        f"{head}.{body}.",
        f"{head}.{body}",
        "",
        "a.b.c",
        "x" * 20_000,
        f"{part({'alg': 'RS256', 'kid': 'r', 'crit': ['b64'], 'b64': False})}.{body}.{mark}",
    ):
        with pytest.raises(SignInFailed):
            read(token)


def test_an_unknown_key_is_looked_for_once_more() -> None:
    calls: list[int] = []

    def fetch() -> dict[str, Any]:
        calls.append(1)
        return {"keys": JWKS["keys"][1:]} if len(calls) == 1 else JWKS

    assert read_id_token(signed(CLAIMS), fetch, EXPECTED)["sub"] == "C4471"
    calls.clear()
    with pytest.raises(SignInFailed):
        read_id_token(signed(CLAIMS, kid="unknown"), lambda: calls.append(1) or JWKS, EXPECTED)  # type: ignore[func-returns-value]
    assert len(calls) == 2


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": "x"},
        {"keys": [{"kty": "RSA"}]},
        {"keys": [{}] * 1001},
        {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "r"}]},
        {"keys": [{**JWKS["keys"][0], "use": "enc"}]},
    ],
)
def test_a_list_without_a_key_says_nothing_of_the_token(jwks: dict[str, Any]) -> None:
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "shape"):
        read(signed(CLAIMS), jwks)


def test_a_key_without_a_name_is_found_by_its_kind() -> None:
    bare = {k: v for k, v in JWKS["keys"][0].items() if k != "kid"}
    token = jwt.encode({"alg": "RS256"}, CLAIMS, KEYS["RS256"], algorithms=["RS256"])
    assert KeySet.import_key_set({"keys": [bare]})
    assert read(token, {"keys": [bare]})["sub"] == "C4471"
