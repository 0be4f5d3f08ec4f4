"""Signing in and out: the session with the operator is kept encrypted, renewed once at a time, revoked at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING

from selfcare.domain.failures import Failure, SignedOut, SignInFailed
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.store.actions import Actions

if TYPE_CHECKING:
    from selfcare.api.client import Wire
    from selfcare.api.login import Tokens

_EARLY = timedelta(seconds=60)

REPLACED_SECONDS = 5.0
"""How long the end of the session before may take at the operator: the browser waits for it."""


class _Unkept(Struct, frozen=True):
    """What a renewal gave and could not be kept, and the refresh token that was used up for it."""

    before: str
    tokens: Tokens


class SignedIn:
    """The session of one customer with one operator, as it is kept in the vault. Raises SignedOut where there is none.

    Where it cannot be renewed for now, it stays, and the failure says that nothing of what was to be asked has left.
    Belongs to the sync lane; the lock holds for those who ask at the same time all the same, and `turn`, a file beside
    the vault, for other processes: a refresh token that is used twice ends the session (RFC 9700 4.14).
    """

    def __init__(
        self,
        actions: Actions,
        profile: OperatorProfile,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        turn: Path | None = None,
    ) -> None:
        self._actions = actions
        self._profile = profile
        self._now = now
        self._lock = Lock()
        self._given = local()
        self._turn = turn
        self._line: Wire | None = None
        self._unkept: _Unkept | None = None
        self._held = ExitStack()
        """The turn, as long as there is something that could not be kept."""
        self._called_off = self._is_over_for_all = False

    def call_off(self, *, also_changes: bool = False) -> None:
        """Nobody waits for a renewal any more; as api.client.Wire.call_off, also for what is only about to be asked.
        One that the operator has heard goes on, unless that is not wanted either, and what it gives is kept. From any
        thread."""
        self._called_off, self._is_over_for_all = True, self._is_over_for_all or also_changes
        line = self._line
        if line is not None:
            line.call_off(also_changes=also_changes)

    def access(self) -> str:
        """A token that is good for a minute at least, renewed before if need be. Raises SignedOut and every other
        Failure of api.login.refresh."""
        with self._lock:
            tokens = self._kept()
            if self._is_old(tokens):
                tokens = self._renew(self._is_old)
            return self._hand_out(tokens)

    def renew(self) -> str:
        """Another token in place of the one that this thread was given last and the operator refused; if somebody has
        renewed it since, that one. Raises as access does."""
        with self._lock:
            refused = getattr(self._given, "token", "")
            tokens = self._kept()
            if tokens.access == refused or self._is_old(tokens):
                tokens = self._renew(lambda kept: kept.access == refused or self._is_old(kept))
            return self._hand_out(tokens)

    def subject(self) -> str:
        """Who is signed in, by the operator's own word; "" if nobody is."""
        tokens = kept_tokens(self._actions)
        return "" if tokens is None else str(tokens.subject)

    def leave(self) -> None:
        """Forget the session, and then tell the operator that it is over, as far as it can be reached."""
        from selfcare.api.login import revoke

        with self._lock, ExitStack() as held:
            newer, self._unkept = self._unkept, None
            self._held.close()
            with suppress(Failure):  # who has the turn and does not end must keep nobody signed in
                held.enter_context(self._alone())
            tokens = kept_tokens(self._actions)
            self._actions.drop_session()
            if tokens is not None:
                last = newer.tokens if newer is not None and newer.before == tokens.refresh else tokens
                revoke(self._profile, last)

    def _is_old(self, tokens: Tokens) -> bool:
        return tokens.expires - self._now() < _EARLY

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        from selfcare.host.turns import own_turn

        with own_turn(self._turn):
            yield

    def _hand_out(self, tokens: Tokens) -> str:
        self._given.token = tokens.access
        return tokens.access

    def _kept(self) -> Tokens:
        self._keep_what_was_not()
        tokens = kept_tokens(self._actions)
        if tokens is None:
            raise SignedOut
        return tokens

    def _renew(self, is_needed: Callable[[Tokens], bool]) -> Tokens:
        """Another session, on the disk before it is used; if somebody else has renewed it meanwhile, that one."""
        from selfcare.api.login import refresh

        try:
            with self._own_turn():
                tokens = self._kept()
                if not is_needed(tokens):
                    return tokens
                keep = partial(self._keep, tokens.refresh)
                try:
                    with self._way() as line:
                        fresh = refresh(self._profile, tokens, line, keep=keep)
                except SignedOut:
                    self._actions.drop_session()
                    raise
                keep(fresh)
                return fresh
        except SignedOut:
            raise
        except Failure as failure:
            failure.is_before_sending = True
            raise

    @contextmanager
    def _way(self) -> Iterator[Wire]:
        """A way to the sign-in server for one renewal, which can be called off."""
        from selfcare.api.login import way_to

        with closing(way_to(self._profile)) as line:
            self._line = line
            if self._called_off:
                line.call_off(also_changes=self._is_over_for_all)
            try:
                yield line
            finally:
                self._line = None

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        """The turn for one renewal; it is not given back before what that gave is on the disk: the next one to have it
        would use up the old refresh token a second time."""
        with ExitStack() as turn:
            turn.enter_context(self._alone())
            try:
                yield
            finally:
                if self._unkept is not None:
                    self._held = turn.pop_all()

    def _keep(self, before: str, tokens: Tokens) -> None:
        """Keep what a renewal gave for the refresh token `before`. Raises SignedOut, having it ended, where the
        customer signed out meanwhile. What the disk does not take is not lost: it is kept before anything is asked."""
        from selfcare.api.login import revoke

        try:
            is_kept = keep_renewed(self._actions, tokens)
        except BaseException:
            self._unkept = _Unkept(before, tokens)
            raise
        if not is_kept:
            revoke(self._profile, tokens)
            raise SignedOut

    def _keep_what_was_not(self) -> None:
        """Keep what an earlier renewal gave, unless somebody has signed in anew or out since. Raises DiskTrouble where
        that cannot be yet."""
        from selfcare.api.login import revoke

        unkept = self._unkept
        if unkept is None:
            return
        there = kept_tokens(self._actions)
        is_ours = there is not None and there.refresh in {unkept.before, unkept.tokens.refresh}
        if not is_ours or not keep_renewed(self._actions, unkept.tokens):
            revoke(self._profile, unkept.tokens)
        self._unkept = None
        self._held.close()


def sign_in(
    actions: Actions,
    profile: OperatorProfile,
    open_browser: Callable[[str], None],
    *,
    timeout: float,
    cancelled: Callable[[], bool],
    login_hint: str = "",
    done_page: str = "",
) -> str:
    """Sign in through the browser and keep the session; who it is, by the operator's own word.

    A session that is kept already ends here and at the operator before the browser opens, whatever becomes of the
    sign-in: nobody could end it later, and many operators end with an old session the new one beside it.

    Raises SignInFailed; with "account" where the login is another customer's than the one whose documents are here,
    with "moved" where that cannot be told, because the operator's issuer is another one since.
    """
    from selfcare.api import login

    def replaces(url: str) -> None:
        before = kept_tokens(actions)
        if before is not None and before.issuer == profile.issuer:
            actions.drop_session()
            tell_operator(profile, before, REPLACED_SECONDS)
        open_browser(url)

    tokens = login.sign_in(
        profile, replaces, timeout=timeout, cancelled=cancelled, login_hint=login_hint,
        done_page=done_page or login.DONE,
    )  # fmt: skip
    try:
        owner = actions.owner()
        if owner is not None and owner != (profile.issuer, tokens.subject):
            raise SignInFailed("account" if owner[0] == profile.issuer else "moved")
        actions.keep_owner(profile.issuer, tokens.subject)
        keep_tokens(actions, tokens)
    except BaseException:  # what is not kept here is nobody's, whatever kept it from being kept
        login.revoke(profile, tokens)
        raise
    return tokens.subject


def tell_operator(profile: OperatorProfile, tokens: Tokens, seconds: float) -> None:
    """Revoke a session that is kept no more (RFC 7009), waiting for so many seconds at most. Best effort, and only at
    whoever issued it."""
    from threading import Timer

    from selfcare.api.addresses import allowed_origins
    from selfcare.api.client import Wire
    from selfcare.api.limits import Patience
    from selfcare.api.login import revoke

    if tokens.issuer != profile.issuer:
        return
    patience = Patience(connect=seconds, silence=seconds, json_total=seconds)
    with suppress(Failure), closing(Wire(allowed_origins(profile), patience)) as wire:
        over = Timer(seconds, partial(wire.call_off, also_changes=True))
        over.start()
        try:
            revoke(profile, tokens, wire)
        finally:
            over.cancel()


def keep_tokens(actions: Actions, tokens: Tokens) -> None:
    """Keep a session, encrypted and on the disk before it is used."""
    actions.keep_session(_written(tokens))


def keep_renewed(actions: Actions, tokens: Tokens) -> bool:
    """Keep a session in the place of the one it was renewed from; False where that was dropped meanwhile."""
    return actions.renew_session(_written(tokens))


def kept_tokens(actions: Actions) -> Tokens | None:
    """The session that was kept, if there is one."""
    return _read(actions.session())


def take_tokens(actions: Actions) -> Tokens | None:
    """The session that was kept, if there is one; it is kept no more when this returns."""
    return _read(actions.take_session())


def _read(text: bytes | None) -> Tokens | None:
    from selfcare.api.login import Tokens

    if text is None:
        return None
    facts = json.loads(text)
    return Tokens(**{**facts, "expires": datetime.fromisoformat(facts["expires"])})


def _written(tokens: Tokens) -> bytes:
    return json.dumps(
        {
            "access": tokens.access,
            "refresh": tokens.refresh,
            "expires": tokens.expires.isoformat(),
            "subject": tokens.subject,
            "issuer": tokens.issuer,
            "id_name": tokens.id_name,
        }
    ).encode()
