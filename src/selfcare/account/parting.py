"""The end of a session with an operator: forgotten here first, and then the operator is told, as far as it answers."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from .session import Session, take_tokens

if TYPE_CHECKING:
    from selfcare.api.login import Tokens
    from selfcare.domain.operator import OperatorProfile


class Parting:
    """One end of one session. `forget` is for the store lane, `tell_operator` for the sync lane; both must be asked
    for, in whichever order they run: the second waits for the first."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._profile = session.profile if session is not None else None
        self._tokens: Tokens | None = None
        self._is_forgotten = Event()

    def take(self, profile: OperatorProfile, tokens: Tokens) -> None:
        """A session that was taken from files that are closed; before `forget`."""
        self._profile, self._tokens = profile, tokens

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
        if tokens is None or self._profile is None:
            return
        from .signin import tell_operator

        tell_operator(self._profile, tokens)
