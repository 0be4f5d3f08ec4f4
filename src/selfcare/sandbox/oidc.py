"""Signing in at the demo operator: OpenID Connect, authorization code and PKCE, for programs on a desk (RFC 8252)."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .answers import html_answer, json_answer
from .brands import BRANDS, Brand
from .grants import GrantError, Grants, Issued
from .grants import Request as Asked
from .loginpage import login_page, wrong_page
from .signing import Signer, half_hash
from .world import World

CLIENT_ID = "selfcare-desktop"
SCOPES = ("openid", "profile", "offline_access", "selfcare")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_ASKED = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "login_hint",
    "response_mode",
)


Endpoint = Callable[[Request], Awaitable[Response]]


class AuthorizeError(Exception):
    """A request that goes back to the client with an error word of RFC 6749, 4.1.2.1."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


def discovery(issuer: str) -> dict[str, Any]:
    """What a client must know to sign somebody in (OpenID Connect Discovery 1.0, 3)."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "revocation_endpoint": f"{issuer}/revoke",
        "jwks_uri": f"{issuer}/jwks",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name"],
        "authorization_response_iss_parameter_supported": True,
        "ui_locales_supported": ["en-GB", "fr-FR"],
    }


def is_loopback_redirect(address: str) -> bool:
    """Whether an address is on this very computer by number, any port and path (RFC 8252, 7.3)."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "http"
        and parts.hostname in ("127.0.0.1", "::1")
        and port is not None
        and "@" not in parts.netloc
        and not parts.fragment
    )


def read_request(asked: Mapping[str, str]) -> Asked:
    """The client's request, checked. Raises AuthorizeError."""
    if asked.get("response_type") != "code":
        raise AuthorizeError("unsupported_response_type", "Only response_type=code is offered")
    if asked.get("response_mode", "query") != "query":
        raise AuthorizeError("invalid_request", "Only response_mode=query is offered")
    if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        raise AuthorizeError("invalid_request", "PKCE with S256 is compulsory")
    scopes = tuple(asked.get("scope", "").split())
    if "openid" not in scopes or not set(scopes) <= set(SCOPES):
        raise AuthorizeError("invalid_scope", "openid is needed; offered are " + " ".join(SCOPES))
    if asked.get("prompt") == "none":
        raise AuthorizeError("login_required", "Nobody is signed in here")
    return Asked(
        asked["client_id"],
        asked["redirect_uri"],
        scopes,
        asked.get("state", ""),
        asked.get("nonce", ""),
        asked["code_challenge"],
    )


class LoginDesk:
    """The sign-in endpoints of both brands. Runs on the real time, so that clients with a right clock accept tokens."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.grants = Grants()
        self._signers = {brand: Signer() for brand in BRANDS}

    def routes(self, brand: Brand) -> list[Route]:
        """The routes of one brand, to be mounted under its issuer."""

        def bound(endpoint: Callable[[Brand, Request], Awaitable[Response]]) -> Endpoint:
            async def call(request: Request) -> Response:
                return await endpoint(brand, request)

            return call

        return [
            Route("/.well-known/openid-configuration", bound(self._discovery), methods=["GET"]),
            Route("/jwks", bound(self._jwks), methods=["GET"]),
            Route("/authorize", bound(self._authorize), methods=["GET", "POST"]),
            Route("/token", bound(self._token), methods=["POST"]),
            Route("/revoke", bound(self._revoke), methods=["POST"]),
            Route("/userinfo", bound(self._userinfo), methods=["GET", "POST"]),
        ]

    async def _discovery(self, brand: Brand, request: Request) -> Response:
        return json_answer(discovery(self.world.issuer(brand.id)), headers={"Cache-Control": "max-age=300"})

    async def _jwks(self, brand: Brand, request: Request) -> Response:
        keys = {"keys": [self._signers[brand.id].public_key]}
        return json_answer(keys, headers={"Cache-Control": "max-age=300"})

    async def _authorize(self, brand: Brand, request: Request) -> Response:
        sent = request.query_params.multi_items() if request.method == "GET" else await _form(request)
        given = dict(sent)
        asked = {name: given[name] for name in _ASKED if name in given}
        if len({name for name, _ in sent}) != len(sent):
            return html_answer(wrong_page(brand, "A parameter is given twice."), 400)
        if asked.get("client_id") != CLIENT_ID:
            return html_answer(wrong_page(brand, "The program that asks is not known here."), 400)
        if not is_loopback_redirect(asked.get("redirect_uri", "")):
            return html_answer(wrong_page(brand, "The address to answer to is not on this computer."), 400)
        issuer = self.world.issuer(brand.id)
        try:
            wanted = read_request(asked)
            people = [(login, name) for login, (of, name) in self.world.people.items() if of == brand.id]
            if request.method == "GET":
                return html_answer(login_page(brand, f"{issuer}/authorize", asked, people, asked.get("login_hint", "")))
            if given.get("decision") == "refuse":
                raise AuthorizeError("access_denied", "The customer refused")
            login = given.get("login") or asked.get("login_hint", "")
            if login not in dict(people):
                return html_answer(wrong_page(brand, "There is no such demo customer."), 400)
            answer = {"code": self.grants.approve(login, issuer, wanted, time.time())}
        except AuthorizeError as wrong:
            answer = {"error": wrong.code, "error_description": wrong.text}
        if "state" in asked:
            answer["state"] = asked["state"]
        answer["iss"] = issuer
        joint = "&" if "?" in asked["redirect_uri"] else "?"
        return RedirectResponse(asked["redirect_uri"] + joint + urlencode(answer), 303, _NO_STORE)

    async def _token(self, brand: Brand, request: Request) -> Response:
        issuer, now = self.world.issuer(brand.id), time.time()
        try:
            sent = await _form(request)
            given = dict(sent)
            if len(given) != len(sent):
                raise GrantError("invalid_request", "A parameter is given twice")
            if given.get("client_id") != CLIENT_ID:
                raise GrantError("invalid_client", "The program that asks is not known here")
            kind = given.get("grant_type")
            if kind == "authorization_code":
                needed = _needed(given, "code", "redirect_uri", "code_verifier")
                if not _VERIFIER.fullmatch(needed[2]):
                    raise GrantError("invalid_grant", "The code_verifier does not fit")
                issued = self.grants.exchange(needed[0], issuer, CLIENT_ID, needed[1], needed[2], now)
            elif kind == "refresh_token":
                issued = self.grants.refresh(_needed(given, "refresh_token")[0], issuer, CLIENT_ID, now)
            else:
                raise GrantError("unsupported_grant_type", "Offered are authorization_code and refresh_token")
        except GrantError as wrong:
            status = 401 if wrong.code == "invalid_client" else 400
            return json_answer({"error": wrong.code, "error_description": wrong.text}, status, _NO_STORE)
        return json_answer(self._tokens(brand, issued, now), headers=_NO_STORE)

    def _tokens(self, brand: Brand, issued: Issued, now: float) -> dict[str, Any]:
        request = issued.family.request
        household = self.world.household(issued.family.login)
        claims = {
            "iss": issued.family.issuer,
            "sub": household.person.customer_id,
            "aud": request.client_id,
            "azp": request.client_id,
            "iat": int(now),
            "exp": int(now) + 600,
            "auth_time": int(issued.family.signed_in),
            "at_hash": half_hash(issued.access),
        }
        if request.nonce:
            claims["nonce"] = request.nonce
        if "profile" in request.scopes:
            claims["name"] = household.person.name
        answer: dict[str, Any] = {
            "access_token": issued.access,
            "token_type": "Bearer",
            "expires_in": issued.expires_in,
            "scope": " ".join(request.scopes),
            "id_token": self._signers[brand.id].sign(claims),
        }
        if issued.refresh:
            answer["refresh_token"] = issued.refresh
        return answer

    async def _revoke(self, brand: Brand, request: Request) -> Response:
        given = dict(await _form(request))
        if given.get("client_id") != CLIENT_ID or "token" not in given:
            return json_answer({"error": "invalid_request"}, 400, _NO_STORE)
        self.grants.revoke(given["token"], self.world.issuer(brand.id))
        return Response(b"", 200, _NO_STORE)

    async def _userinfo(self, brand: Brand, request: Request) -> Response:
        token = bearer(request.headers.get("authorization", ""))
        family = self.grants.login_of(token, self.world.issuer(brand.id), time.time())
        if family is None:
            return json_answer({"error": "invalid_token"}, 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        person = self.world.household(family.login).person
        return json_answer({"sub": person.customer_id, "name": person.name}, headers=_NO_STORE)


def bearer(header: str) -> str:
    """The token in an Authorization header, or an empty string."""
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _needed(given: Mapping[str, str], *names: str) -> list[str]:
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise GrantError("invalid_request", f"{missing[0]} is missing")
    return [given[name] for name in names]


async def _form(request: Request) -> list[tuple[str, str]]:
    body = await request.body()
    if len(body) > 65536:
        return []
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
