"""A customer who signs in to the demo operator by hand, with httpx and nothing of the program's."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

REDIRECT = "http://127.0.0.1:5999/here/is/secret"
BASES = {
    "customerBill": "/tmf-api/customerBillManagement/v4",
    "appliedCustomerBillingRate": "/tmf-api/customerBillManagement/v4",
    "troubleTicket": "/tmf-api/troubleTicket/v4",
    "productOrder": "/tmf-api/productOrderingManagement/v4",
    "cancelProductOrder": "/tmf-api/productOrderingManagement/v4",
    "product": "/tmf-api/productInventory/v4",
    "service": "/tmf-api/serviceInventory/v4",
    "customer": "/tmf-api/customerManagement/v4",
    "agreement": "/tmf-api/agreementManagement/v4",
    "document": "/tmf-api/document/v4",
    "partyInteraction": "/tmf-api/partyInteraction/v4",
    "appointment": "/tmf-api/appointment/v4",
    "serviceProblem": "/tmf-api/serviceProblemManagement/v4",
    "payment": "/payment/v4",
}


def verifier_pair() -> tuple[str, str]:
    """A PKCE verifier and its S256 challenge."""
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorise_query(challenge: str, **changes: str) -> dict[str, str]:
    """What the program asks the authorise page; an empty change takes a parameter away."""
    query = {
        "response_type": "code",
        "client_id": "selfcare-desktop",
        "redirect_uri": REDIRECT,
        "scope": "openid profile offline_access selfcare",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    } | changes
    return {name: value for name, value in query.items() if value}


def submit_form(client: httpx.Client, issuer: str, query: dict[str, str], login: str, decision: str = "allow") -> Any:
    """Open the login page, choose somebody, press a button; returns the answer's parameters as lists."""
    page = client.get(f"{issuer}/authorize", params=query)
    assert page.status_code == 200, page.status_code
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    fields = {name: html.unescape(value) for name, value in hidden}
    answer = client.post(f"{issuer}/authorize", data={**fields, "login": login, "decision": decision})
    assert answer.status_code == 303, answer.status_code
    location = answer.headers["location"]
    assert location.startswith(REDIRECT + "?")
    return parse_qs(urlsplit(location).query)


def exchange(client: httpx.Client, issuer: str, code: str, verifier: str, /, **changes: str) -> httpx.Response:
    """Give a code for tokens."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": "selfcare-desktop",
        "code_verifier": verifier,
    } | changes
    return client.post(f"{issuer}/token", data=fields)


@dataclass(slots=True)
class PlainCustomer:
    """Somebody signed in: requests with their token, to addresses below a brand."""

    issuer: str
    tokens: dict[str, Any]
    client: httpx.Client

    def url(self, kind: str, ident: str = "") -> str:
        """The address of a list or a document."""
        return f"{self.issuer}{BASES[kind]}/{kind}" + (f"/{ident}" if ident else "")

    def get(self, kind: str, ident: str = "", headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
        """Read a list or a document; `params` is the query string ("__" stands for ".")."""
        query = {name.replace("__", "."): value for name, value in params.items()}
        return self.client.get(self.url(kind, ident), params=query, headers=headers or {})

    def post(self, kind: str, content: Any, key: str = "") -> httpx.Response:
        """Send something in, under an Idempotency-Key if one is given."""
        headers = {"Idempotency-Key": f'"{key}"'} if key else {}
        return self.client.post(self.url(kind), json=content, headers=headers)

    def patch(self, kind: str, ident: str, content: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        """Change a document."""
        return self.client.patch(self.url(kind, ident), json=content, headers=headers or {})


def sign_in(issuer: str, login: str) -> PlainCustomer:
    """The whole flow, as a program would do it."""
    client = httpx.Client(trust_env=False, timeout=20)
    verifier, challenge = verifier_pair()
    answer = submit_form(client, issuer, authorise_query(challenge), login)
    tokens = exchange(client, issuer, answer["code"][0], verifier).raise_for_status().json()
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    return PlainCustomer(issuer, tokens, client)
