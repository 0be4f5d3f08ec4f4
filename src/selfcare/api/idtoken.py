"""Checks the signed statement of who signed in (OpenID Connect ID token), every claim of it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from selfcare.domain.failures import SignInFailed

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
"""None and the shared-secret ones are refused."""

_TOLERANCE = timedelta(minutes=5)
_LONGEST = 16 * 1024
_KEYS = 1000


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say. `nonce` is "" for a token that came with a refresh."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    now: datetime


def read_id_token(token: str, fetch_keys: Callable[[], dict[str, Any]], expected: Expected) -> dict[str, Any]:
    """The claims of a token that is signed by the issuer, for us, for this very sign-in, and not too old.

    `fetch_keys` gets the issuer's JWKS; it is asked a second time if the token names a key that is not in it (the
    issuer may just have changed its keys). Raises SignInFailed("token"), ("issuer") for another issuer's.
    """
    if len(token) > _LONGEST or token.count(".") != 2:
        raise SignInFailed("token")
    claims, algorithm = _verified(token, fetch_keys)
    _check(claims, algorithm, expected)
    return claims


def _verified(token: str, fetch_keys: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], str]:
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError

    for again in (True, False):
        keys = _keys(fetch_keys())
        try:
            found = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        except InvalidKeyIdError:
            if again:
                continue
            raise SignInFailed("token") from None
        except (JoseError, ValueError, TypeError):
            raise SignInFailed("token") from None
        if "crit" in found.header:
            raise SignInFailed("token")
        return found.claims, str(found.header.get("alg"))
    raise SignInFailed("token")


def _keys(jwks: dict[str, Any]) -> Any:
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    keys = jwks.get("keys")
    if not isinstance(keys, list) or len(keys) > _KEYS:
        raise SignInFailed("token")
    usable = [k for k in keys if isinstance(k, dict) and k.get("kty") in {"RSA", "EC", "OKP"}]
    usable = [k for k in usable if k.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError):
        raise SignInFailed("token") from None


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
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise SignInFailed("token")
    return float(value)


def _same(said: Any, wanted: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(said.encode(), wanted.encode())
