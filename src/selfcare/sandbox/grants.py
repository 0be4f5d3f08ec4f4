"""Who is signed in: codes, access tokens and refresh tokens, how long they live, and what becomes of a stolen one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from .signing import b64url

CODE_SECONDS = 60.0
ACCESS_SECONDS = 600.0


class GrantError(Exception):
    """A token request that is refused; `code` is the error word of RFC 6749, section 5.2."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for at the authorise page."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    nonce: str
    challenge: str


@dataclass(slots=True)
class Family:
    """Everything that came from one sign-in; revoked as a whole."""

    login: str
    issuer: str
    request: Request
    signed_in: float
    revoked: bool = False


@dataclass(slots=True)
class _Code:
    family: Family
    expires: float
    used: bool = False


@dataclass(slots=True)
class _Access:
    family: Family
    expires: float


@dataclass(slots=True)
class _Refresh:
    family: Family
    used_at: float | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """Fresh tokens. `refresh` is empty when offline access was not asked for; `expires_in` is seconds."""

    family: Family
    access: str
    refresh: str
    expires_in: int


@dataclass(slots=True)
class Grants:
    """All sign-ins of the demo operator. Times are seconds since 1970, of the real world, never of the demo clock.

    `refresh_grace` is how many seconds a used refresh token may be used once more (a lost answer); 0: never.
    """

    access_seconds: float = ACCESS_SECONDS
    refresh_grace: float = 0.0
    _codes: dict[str, _Code] = field(default_factory=dict)
    _accesses: dict[str, _Access] = field(default_factory=dict)
    _refreshes: dict[str, _Refresh] = field(default_factory=dict)

    def approve(self, login: str, issuer: str, request: Request, now: float) -> str:
        """A code for a client, good for one minute and one use."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Code(Family(login, issuer, request, now), now + CODE_SECONDS)
        return code

    def exchange(self, code: str, issuer: str, client_id: str, redirect_uri: str, verifier: str, now: float) -> Issued:
        """Tokens for a code. A code used twice revokes what came from it (RFC 6749, 4.1.2). Raises GrantError."""
        kept = self._codes.get(code)
        if kept is None or kept.family.issuer != issuer:
            raise GrantError("invalid_grant", "This code is not known")
        request = kept.family.request
        if kept.used:
            kept.family.revoked = True
            raise GrantError("invalid_grant", "This code was used before")
        kept.used = True
        if now > kept.expires:
            raise GrantError("invalid_grant", "This code is too old")
        if client_id != request.client_id or redirect_uri != request.redirect_uri:
            raise GrantError("invalid_grant", "This code was given to another client or address")
        if not secrets.compare_digest(challenge_of(verifier), request.challenge):
            raise GrantError("invalid_grant", "The code_verifier does not fit")
        return self._issue(kept.family, now)

    def refresh(self, token: str, issuer: str, client_id: str, now: float) -> Issued:
        """New tokens for a refresh token, which is then used up; using it again revokes the family."""
        kept = self._refreshes.get(token)
        if kept is None or kept.family.issuer != issuer or kept.family.request.client_id != client_id:
            raise GrantError("invalid_grant", "This refresh token is not known")
        if kept.family.revoked:
            raise GrantError("invalid_grant", "This sign-in has ended")
        if kept.used_at is not None and now - kept.used_at > self.refresh_grace:
            kept.family.revoked = True
            raise GrantError("invalid_grant", "This refresh token was used before")
        kept.used_at = kept.used_at or now
        return self._issue(kept.family, now)

    def revoke(self, token: str, issuer: str) -> None:
        """End the sign-in a token belongs to (RFC 7009); an unknown token is no error."""
        kept = self._refreshes.get(token) or self._accesses.get(token)
        if kept is not None and kept.family.issuer == issuer:
            kept.family.revoked = True

    def login_of(self, token: str, issuer: str, now: float) -> Family | None:
        """Whose access token this is, or None when it is unknown, too old, revoked, or of the other brand."""
        kept = self._accesses.get(token)
        if kept is None or kept.family.issuer != issuer or kept.family.revoked or now >= kept.expires:
            return None
        return kept.family

    def expire_all(self) -> None:
        """Let every access token be too old now; refresh tokens stay good."""
        self._accesses.clear()

    def _issue(self, family: Family, now: float) -> Issued:
        access = secrets.token_urlsafe(32)
        self._accesses[access] = _Access(family, now + self.access_seconds)
        refresh = ""
        if "offline_access" in family.request.scopes:
            refresh = secrets.token_urlsafe(32)
            self._refreshes[refresh] = _Refresh(family)
        return Issued(family, access, refresh, int(self.access_seconds))


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636, 4.2)."""
    return b64url(hashlib.sha256(verifier.encode("ascii", "replace")).digest())
