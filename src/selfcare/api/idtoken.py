"""Checks the signed statement of who signed in (OpenID Connect ID token), every claim of it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from selfcare.domain.failures import NotAnAnswer, SignInFailed, TooLarge
from selfcare.domain.records import Struct

from .strict_json import decode_object

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
"""None and the shared-secret ones are refused."""

_TOLERANCE = timedelta(minutes=5)
_LONGEST = 16 * 1024
_KEYS = 1000
_KINDS = ("RSA", "EC", "OKP")


class Expected(Struct, frozen=True):
    """What the token must say. `nonce` is "" for a token that came with a refresh."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: datetime


def read_id_token(
    token: str,
    fetch_keys: Callable[[], dict[str, Any]],
    expected: Expected,
    may_look_again: Callable[[], bool] = lambda: True,
) -> dict[str, Any]:
    """The claims of a token that is signed by the issuer, for us, for this very sign-in, and not too old.

    `fetch_keys` gets the issuer's JWKS; it is asked a second time if the token names a key that is not in it (the
    issuer may just have changed its keys) and `may_look_again` agrees. Raises SignInFailed("token"), ("issuer") for
    another issuer's, both only of a token that was held against real keys; NotAnAnswer where what came instead of a
    JWKS holds none of them, and what `fetch_keys` raises.
    """
    if len(token) > _LONGEST or token.count(".") != 2:
        raise SignInFailed("token")
    claims, algorithm = _verified(token, fetch_keys, may_look_again)
    _check(claims, algorithm, expected)
    return claims


def _verified(
    token: str, fetch_keys: Callable[[], dict[str, Any]], may_look_again: Callable[[], bool]
) -> tuple[dict[str, Any], str]:
    from joserfc import jws
    from joserfc.errors import InvalidKeyIdError

    algorithm = _algorithm(token)
    for is_second in (False, True):
        if is_second and not may_look_again():
            break
        keys = _keys(fetch_keys())
        try:
            said = jws.deserialize_compact(token, keys, algorithms=[algorithm]).payload
        except InvalidKeyIdError:
            continue
        except Exception:  # whatever a stranger's bytes lead the kept library to, they are no proof
            break
        return _claims(said), algorithm
    raise SignInFailed("token")


def _claims(said: bytes) -> dict[str, Any]:
    """What was signed, read with every doubt: no key twice, proper UTF-8, of a sane depth."""
    try:
        return decode_object(said)
    except (NotAnAnswer, TooLarge):
        raise SignInFailed("token") from None


def _algorithm(token: str) -> str:
    """How the token says it is signed; only what is allowed, and nothing that we would have to understand (crit)."""
    head = token.partition(".")[0]
    try:
        header = decode_object(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, NotAnAnswer, TooLarge):
        raise SignInFailed("token") from None
    said = header.get("alg")
    if said not in ALGORITHMS or "crit" in header:
        raise SignInFailed("token")
    return str(said)


def _keys(jwks: dict[str, Any]) -> Any:
    from joserfc.jwk import Key, KeySet, import_key

    keys = jwks.get("keys")
    if not isinstance(keys, list) or len(keys) > _KEYS:
        raise NotAnAnswer("shape")
    usable: list[Key] = []
    for key in keys:
        if isinstance(key, dict) and key.get("kty") in _KINDS and key.get("use", "sig") == "sig":
            with contextlib.suppress(Exception):  # a kind of key we do not know, or none at all
                usable.append(import_key(key))
    if not usable:
        raise NotAnAnswer("shape")  # some page in the place of the keys: it says nothing of the token
    return KeySet(usable)


def _check(claims: dict[str, Any], algorithm: str, expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise SignInFailed("issuer")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    is_ours = expected.client_id in audiences
    azp = claims.get("azp")
    if not is_ours or (len(audiences) > 1 and azp is None) or (azp is not None and azp != expected.client_id):
        raise SignInFailed("token")
    now = expected.now.timestamp()
    slack = _TOLERANCE.total_seconds()
    expires, issued = _time(claims.get("exp")), _time(claims.get("iat"))
    not_before = _time(claims.get("nbf", 0))
    if expires <= now - slack or issued > now + slack or not_before > now + slack:
        raise SignInFailed("token")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise SignInFailed("token")
    if expected.nonce and not _same(claims.get("nonce"), expected.nonce):
        raise SignInFailed("token")
    half = claims.get("at_hash")
    if half is not None and not _same(half, at_hash(expected.access_token, algorithm, claims)):
        raise SignInFailed("token")


def at_hash(access_token: str, algorithm: str, claims: dict[str, Any] | None = None) -> str:
    """The left half of the access token's hash, by which the ID token vouches for it (OpenID Connect 3.1.3.6)."""
    digest = hashlib.sha512 if algorithm == "EdDSA" else hashlib.sha256
    whole = digest(access_token.encode()).digest()
    return base64.urlsafe_b64encode(whole[: len(whole) // 2]).rstrip(b"=").decode()


def _time(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 <= value < 1e12:
        raise SignInFailed("token")
    return float(value)


def _same(said: Any, wanted: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(said.encode(), wanted.encode())
