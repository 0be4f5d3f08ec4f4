"""Signs the customer in at the operator's own page in the browser (OpenID Connect, PKCE), renews, signs out."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from selfcare.domain.failures import Failure, NotAnAnswer, Refused, SignedOut, SignInFailed, TimedOut, TooLarge
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Sealed, replace

from .addresses import allowed_origins
from .called_off import unless_over
from .client import Reply, Request, Wire
from .discovery import Discovery, ask_object, discover
from .idtoken import Expected, read_id_token
from .limits import SMALL_JSON
from .loopback import Loopback
from .replies import failure_of, require_json, server_time
from .strict_json import decode_object

DONE = "You are signed in. You may close this page and go back to the program."
_FORM = "application/x-www-form-urlencoded"
_CARRIED = re.compile(r"[\x21-\x7e]+")
"""What a header can carry of an access token (RFC 6750, 2.1, allows less still)."""
_ENDED = frozenset({"invalid_grant", "invalid_client"})
_LONGEST_ACCESS = 16 * 1024
"""No server that is known takes a longer header."""
_USUAL_LIFE = 300
_LONGEST_LIFE = 10 * 86400
_LOOK_AGAIN = 300.0
"""Seconds between two second looks at an issuer's keys: tokens that name a key nobody has must not make us ask on and
on."""
_LONG_AGO = datetime.fromtimestamp(0, UTC)
_lock = Lock()
_looked: dict[str, float] = {}
_newest: list[object] = []


class Tokens(Sealed, frozen=True):
    """A session at an operator. `subject` is the customer there, `id_name` the name to greet with ("" if not told).

    `access` is "" while nobody has checked whom the last renewal named: it must be renewed before it is used.
    """

    access: str
    refresh: str
    expires: datetime
    subject: str
    issuer: str
    id_name: str = ""


def sign_in(
    profile: OperatorProfile,
    open_browser: Callable[[str], None],
    *,
    timeout: float = 300.0,
    cancelled: Callable[[], bool] = lambda: False,
    login_hint: str = "",
    done_page: str = DONE,
    wire: Wire | None = None,
) -> Tokens:
    """Let the customer sign in and come back with a session. Waits at most `timeout` seconds for the browser.

    `open_browser` is given the operator's page; `done_page` is the sentence that the browser shows at the end. Of two
    sign-ins at once the older one ends as cancelled.

    Raises SignInFailed (declined, timeout, state, issuer, token, answer, pkce) and every failure of the wire.
    """
    is_over = _given_up(cancelled)
    verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
    is_ours = (lambda query: is_answer_to(state, query)) if profile.redirect_path else (lambda query: True)
    with contextlib.ExitStack() as held, Loopback(done_page, profile.redirect_path, is_ours) as listener:
        line = held.enter_context(_wire(profile, wire))

        def let_go(asked: Future[Any]) -> None:
            still = held.pop_all()
            asked.add_done_callback(lambda done: _end_unused(profile, line, done, still.close))

        found = unless_over(lambda: discover(profile, line), is_over, let_go)
        query = {
            "response_type": "code",
            "client_id": profile.client_id,
            "redirect_uri": listener.address,
            "scope": " ".join(dict.fromkeys(["openid", *profile.scopes])),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        if "offline_access" in profile.scopes:
            query["prompt"] = "consent"
        if login_hint:
            query["login_hint"] = login_hint
        joint = "&" if urlsplit(found.authorize).query else "?"
        open_browser(f"{found.authorize}{joint}{urlencode(query)}")
        answer = listener.wait(timeout, is_over)
        if answer is None or is_over():
            raise SignInFailed("declined" if is_over() else "state" if listener.was_disturbed else "timeout")
        code = code_in(answer, state, found)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": listener.address,
            "client_id": profile.client_id,
            "code_verifier": verifier,
        }
        return unless_over(lambda: _redeemed(profile, line, found, form, nonce), is_over, let_go)


def _redeemed(profile: OperatorProfile, wire: Wire, found: Discovery, form: dict[str, str], nonce: str) -> Tokens:
    reply = _post(wire, found.token, form)
    if 400 <= reply.status < 500 and reply.status not in {408, 425, 429}:
        raise SignInFailed("answer")
    said = _answer(reply)
    try:
        return _tokens(profile, wire, found, said, server_time(reply), nonce, None)
    except Failure:
        _end(profile, wire, found, said)
        raise


def _end_unused(profile: OperatorProfile, wire: Wire, done: Future[Any], close: Callable[[], None]) -> None:
    """End what comes after the customer gave up: a session that nobody wants any more, and the way to the operator."""
    if done.exception() is None and isinstance(tokens := done.result(), Tokens):
        revoke(profile, tokens, wire)
    close()


def refresh(
    profile: OperatorProfile,
    tokens: Tokens,
    wire: Wire | None = None,
    keep: Callable[[Tokens], None] = lambda _tokens: None,
) -> Tokens:
    """A new session for an old one; the old refresh token is used up. Keep the new one before using it.

    `keep` is given the new refresh token as soon as it came, where there is more to ask or to doubt before the rest of
    the answer can be used: whatever becomes of that, the session goes on from there. What it raises rises.

    A lost answer is asked for once more with the old token (operators keep a moment of grace for exactly this), unless
    the `wire` was called off.
    Raises SignedOut only where the operator itself says that the session is over (OAuth: invalid_grant,
    invalid_client), or vouches for somebody else or with a false proof (what it gave is then ended, unused); every
    other failure leaves the session as it was: NotAnAnswer for what no operator would answer here, ServerTrouble,
    TooOften, and every failure of the wire.
    """
    if not tokens.refresh:
        raise SignedOut
    with _wire(profile, wire) as line:
        try:
            found = discover(profile, line)
        except (SignInFailed, SignedOut, Refused, TooLarge):
            raise NotAnAnswer("shape") from None
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": profile.client_id}
        try:
            reply = _post(line, found.token, form)
        except (TimedOut, NotAnAnswer):
            if line.is_called_off:
                raise
            reply = _post(line, found.token, form)
        _require_renewal(reply)
        try:
            said = _answer(reply)
        except (SignInFailed, SignedOut, Refused):
            raise NotAnAnswer("shape") from None
        half = _half(said, tokens)
        if half.refresh != tokens.refresh:
            keep(half)
        try:
            return _tokens(profile, line, found, said, server_time(reply), "", tokens)
        except SignInFailed as failure:
            if failure.why not in {"token", "account", "issuer"}:
                raise NotAnAnswer("shape") from None
            _end(profile, line, found, said, tokens.refresh)
            raise SignedOut from None
        except (SignedOut, Refused, TooLarge):
            raise NotAnAnswer("shape") from None


def _half(said: dict[str, Any], before: Tokens) -> Tokens:
    """What a renewal leaves us with whatever becomes of the rest of it; as before where that is all."""
    renewal, is_proof_needed = said.get("refresh_token"), said.get("id_token") is not None
    if not isinstance(renewal, str) or renewal == "" or (_is_usable(said) and not is_proof_needed):
        return before
    return replace(before, access="" if is_proof_needed else before.access, refresh=renewal, expires=_LONG_AGO)


def _end(profile: OperatorProfile, wire: Wire, found: Discovery, said: dict[str, Any], renewal: str = "") -> None:
    """Have a session that must not be used ended at the operator, so that nobody else uses it either. Best effort."""
    access, came = (said[name] if isinstance(said.get(name), str) else "" for name in ("access_token", "refresh_token"))
    with contextlib.suppress(Failure):
        _revoke(profile, wire, found, access, came or renewal)


def _require_renewal(reply: Reply) -> None:
    """Do nothing for 2xx. SignedOut is an OAuth error in JSON (RFC 6749, 5.2); a proxy's or a guest network's page
    is not."""
    failure = failure_of(reply)
    if not isinstance(failure, SignedOut | Refused):
        if failure is not None:
            raise failure
        return
    try:
        said = decode_object(require_json(reply))
    except TooLarge:
        raise NotAnAnswer("shape") from None
    raise SignedOut if str(said.get("error")) in _ENDED else NotAnAnswer("shape")


def revoke(profile: OperatorProfile, tokens: Tokens, wire: Wire | None = None) -> None:
    """Tell the operator that the session is over (RFC 7009). Best effort: the keys here are dropped in any case."""
    with contextlib.suppress(Failure), _wire(profile, wire) as line:
        found = discover(profile, line)
        _revoke(profile, line, found, tokens.access, tokens.refresh)


def _revoke(profile: OperatorProfile, wire: Wire, found: Discovery, access: str, renewal: str) -> None:
    for kind, token in (("refresh_token", renewal), ("access_token", access)):
        if found.revoke and token:
            _post(wire, found.revoke, {"token": token, "token_type_hint": kind, "client_id": profile.client_id})


def code_in(query: str, state: str, found: Discovery) -> str:
    """The code in the browser's answer. Raises SignInFailed (state, issuer, declined, answer)."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        raise SignInFailed("answer") from None
    values = dict(pairs)
    if len(values) != len(pairs):
        raise SignInFailed("answer")
    if not hmac.compare_digest(values.get("state", "").encode(), state.encode()):
        raise SignInFailed("state")
    issuer = values.get("iss")
    if (issuer is None and found.names_itself) or (issuer is not None and issuer != found.issuer):
        raise SignInFailed("issuer")
    if "error" in values:
        raise SignInFailed("declined" if values["error"] == "access_denied" else "answer")
    code = values.get("code", "")
    if not 0 < len(code) <= 4096:
        raise SignInFailed("answer")
    return code


def is_answer_to(state: str, query: str) -> bool:
    """Whether the browser's answer carries the state of this very sign-in; anybody's page can call a known address."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return False
    return any(name == "state" and hmac.compare_digest(said.encode(), state.encode()) for name, said in pairs)


def challenge_of(verifier: str) -> str:
    """PKCE S256 (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def way_to(profile: OperatorProfile) -> Wire:
    """A way to the operator's sign-in server; whoever asked for it closes it. Raises BadProxy."""
    return Wire(allowed_origins(profile))


@contextlib.contextmanager
def _wire(profile: OperatorProfile, given: Wire | None) -> Iterator[Wire]:
    line = given or way_to(profile)
    try:
        yield line
    finally:
        if given is None:
            line.close()


def _post(wire: Wire, url: str, form: dict[str, str]) -> Reply:
    headers = {"content-type": _FORM, "accept": "application/json"}
    return wire.send(Request("POST", url, headers, urlencode(form).encode(), cap=SMALL_JSON))


def _answer(reply: Reply) -> dict[str, Any]:
    failure = failure_of(reply)
    if failure is not None:
        raise failure
    try:
        return decode_object(require_json(reply))
    except TooLarge:
        raise SignInFailed("answer") from None


def _is_usable(said: dict[str, Any]) -> bool:
    """Whether an access token came that a header can carry."""
    access = said.get("access_token")
    is_bearer = str(said.get("token_type", "")).casefold() == "bearer"
    return isinstance(access, str) and len(access) <= _LONGEST_ACCESS and bool(_CARRIED.fullmatch(access)) and is_bearer


def _tokens(
    profile: OperatorProfile,
    wire: Wire,
    found: Discovery,
    said: dict[str, Any],
    now_there: datetime,
    nonce: str,
    before: Tokens | None,
) -> Tokens:
    if not _is_usable(said):
        raise SignInFailed("answer")
    access, renewal = str(said["access_token"]), said.get("refresh_token")
    if renewal is None or renewal == "" or (before is not None and not isinstance(renewal, str)):
        renewal = before.refresh if before is not None else ""  # the access token is good, whatever that was
    now = datetime.now(UTC)
    life = said.get("expires_in", _USUAL_LIFE)
    seconds = min(int(life), _LONGEST_LIFE) if isinstance(life, int) and life > 0 else _USUAL_LIFE
    subject = before.subject if before is not None else ""
    name = before.id_name if before is not None else ""
    token = said.get("id_token")
    if token is not None or before is None or not before.access:
        expected = Expected(profile.issuer, profile.client_id, nonce, access, now_there)
        claims = read_id_token(
            str(token or ""), lambda: _keys(wire, found), expected, lambda: _may_look_again(found.keys)
        )
        if before is not None and claims["sub"] != before.subject:
            raise SignInFailed("account")
        subject = claims["sub"]
        name = _name(claims.get("name")) or name
    if not isinstance(renewal, str):
        raise SignInFailed("answer")
    return Tokens(access, renewal, now + timedelta(seconds=seconds), subject, profile.issuer, name)


def _name(said: Any) -> str:
    """A name to greet with: one line, control and direction marks made visible; "" for what is no text."""
    if not isinstance(said, str):
        return ""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in said.strip()[:200])


def _keys(wire: Wire, found: Discovery) -> dict[str, Any]:
    return ask_object(wire, found.keys)


def _may_look_again(address: str) -> bool:
    """Whether an issuer's keys may be fetched once more for a token that names one that was not among them."""
    with _lock:
        now = time.monotonic()
        if now - _looked.get(address, -_LOOK_AGAIN) < _LOOK_AGAIN:
            return False
        _looked[address] = now
        return True


def _given_up(cancelled: Callable[[], bool]) -> Callable[[], bool]:
    """Begin a sign-in: tells from now on whether the customer, or a newer sign-in, has put an end to it."""
    mine = object()
    with _lock:
        _newest[:] = [mine]
    return lambda: cancelled() or _newest[0] is not mine
