"""The end of a session with an operator: forgotten here first, and then the operator is told, as far as it answers."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from .session import Session, take_tokens

if TYPE_CHECKING:
    from selfcare.api.login import Tokens
    from selfcare.domain.operator import OperatorProfile

WHOLE = 5.0
"""Seconds that the end of a session may take at its operator, and the ends of all sessions together at the closing of
the program: whoever closed the window waits for them."""

LEAST = 1.0
"""Seconds that each has at least: a session that is found last is ended too, where its operator answers."""


class PartingTime:
    """How long the end of a session may take now. From any thread."""

    def __init__(self) -> None:
        self._over: float | None = None

    def closes(self) -> None:
        """The program is being closed: from now on the time is one for all. A second time does nothing."""
        if self._over is None:
            self._over = monotonic() + WHOLE

    def left(self) -> float:
        """Seconds."""
        return WHOLE if self._over is None else max(LEAST, self._over - monotonic())


class Parting:
    """One end of one session. `forget` is for the store lane, `tell_operator` for the sync lane; both must be asked
    for, in whichever order they run: the second waits for the first. `tell_before`, on the sync lane, and
    `await_told`, on the store lane, come before both where nobody could end the session after a kill."""

    def __init__(self, session: Session | None, time: PartingTime | None = None) -> None:
        self._session = session
        self._profile = session.profile if session is not None else None
        self._tokens: Tokens | None = None
        self._told: Tokens | None = None
        self._time = time or PartingTime()
        self._is_forgotten, self._is_told = Event(), Event()

    def take(self, profile: OperatorProfile, tokens: Tokens) -> None:
        """A session that was taken from files that are closed; before `forget`."""
        self._profile, self._tokens = profile, tokens

    def tell_before(self) -> None:
        """Revoke the session while it is still kept here. Raises DiskTrouble, VaultDamaged."""
        session = self._session
        try:
            if session is not None:
                self._told = _kept(session)
                self._tell(self._told)
        finally:
            self._is_told.set()

    def await_told(self) -> None:
        """Wait until the operator was told by `tell_before`, but no longer than that may take."""
        self._is_told.wait(self._time.left())

    def forget(self) -> None:
        """Forget the session, on the disk too. Raises DiskTrouble, VaultDamaged."""
        session, self._session = self._session, None
        try:
            if session is not None:
                self._tokens = take_tokens(session)
        finally:
            self._is_forgotten.set()

    def tell_operator(self) -> None:
        """Revoke what was forgotten (RFC 7009). Best effort: nothing is kept here any more."""
        self._is_forgotten.wait()
        tokens, self._tokens = self._tokens, None
        if tokens != self._told:
            self._tell(tokens)

    def _tell(self, tokens: Tokens | None) -> None:
        if tokens is None or self._profile is None:
            return
        from .signin import tell_operator

        tell_operator(self._profile, tokens, self._time.left())


def tell_all(partings: Iterable[Parting]) -> None:
    """Tell the operators of all these sessions at the same time."""
    threads = [Thread(target=one.tell_operator, name="parting") for one in partings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _kept(session: Session) -> Tokens | None:
    from .signin import kept_tokens

    return kept_tokens(session._vault().actions)
