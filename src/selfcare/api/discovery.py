"""Asks the operator's sign-in server where the customer signs in and out, and refuses what leads elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from selfcare.domain.failures import SignInFailed
from selfcare.domain.marks import few_marks
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct

from .addresses import allowed_origins, is_allowed
from .client import Request, Wire
from .limits import SMALL_JSON
from .replies import require_json, require_success
from .strict_json import decode_object

_OURS = frozenset({
    "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
    "prompt", "login_hint",
})  # fmt: skip
"""What the address of the sign-in page may not say already (RFC 6749, 3.1: no parameter twice, no fragment)."""
_LONGEST_ISSUER = 200


class Discovery(Struct, frozen=True):
    """What the issuer says of itself (OpenID Connect Discovery); kept for the whole of one sign-in."""

    issuer: str
    authorize: str
    token: str
    keys: str
    revoke: str
    names_itself: bool


def discover(profile: OperatorProfile, wire: Wire) -> Discovery:
    """The issuer's endpoints. Every one must be at an address of the operator's, whole and without a word of ours, and
    PKCE S256 must be offered.

    Raises SignInFailed ("issuer", "pkce") and every failure of the wire.
    """
    url = f"{profile.issuer.rstrip('/')}/.well-known/openid-configuration"
    said = ask_object(wire, url)
    itself = said.get("issuer")
    if itself != profile.issuer:
        raise SignInFailed("issuer", profile.issuer, _shown(itself))
    origins = allowed_origins(profile)
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint")
    found = [_endpoint(said, name, origins) for name in names]
    methods = said.get("code_challenge_methods_supported")
    if not isinstance(methods, list) or "S256" not in methods:
        raise SignInFailed("pkce")
    asks = urlsplit(found[0]).query.replace(";", "&")  # some servers part at either sign
    if _OURS & {name for name, _ in parse_qsl(asks, keep_blank_values=True)}:
        raise SignInFailed("issuer")
    names_itself = said.get("authorization_response_iss_parameter_supported") is True
    return Discovery(profile.issuer, found[0], found[1], found[2], found[3], names_itself)


def _shown(itself: Any) -> str:
    """What a server calls itself, to be put into a sentence: on one line, control and direction marks made visible."""
    if not isinstance(itself, str):
        return ""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in few_marks(itself[:_LONGEST_ISSUER]))


def _endpoint(said: dict[str, Any], name: str, origins: frozenset[str]) -> str:
    address = said.get(name)
    if address is None and name == "revocation_endpoint":
        return ""
    if not isinstance(address, str) or not is_allowed(address, origins) or "#" in address:
        raise SignInFailed("issuer")
    return address


def ask_object(wire: Wire, url: str) -> dict[str, Any]:
    """A small object in JSON at one of the issuer's addresses. Raises every failure of the wire."""
    reply = wire.send(Request("GET", url, {"accept": "application/json"}, cap=SMALL_JSON))
    require_success(reply)
    return decode_object(require_json(reply))
