"""The end of a session with an operator: forgotten here first, and then the operator is told, as far as it answers."""

from __future__ import annotations

from contextlib import closing, suppress
from threading import Event
from typing import TYPE_CHECKING

from selfcare.domain.failures import Failure

from .session import Session, take_tokens

if TYPE_CHECKING:
    from selfcare.api.login import Tokens

SECONDS = 6.0
"""How long each of the three questions to the operator may take: a window that was closed waits for them."""


class Parting:
    """One end of one session. `forget` is for the store lane, `tell_operator` for the sync lane; both must be asked
    for, in whichever order they run: the second waits for the first."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._profile = session.profile if session is not None else None
        self._tokens: Tokens | None = None
        self._is_forgotten = Event()

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
        from selfcare.api.addresses import allowed_origins
        from selfcare.api.client import Wire
        from selfcare.api.limits import Patience
        from selfcare.api.login import revoke

        patience = Patience(connect=SECONDS, silence=SECONDS, json_total=SECONDS)
        with suppress(Failure), closing(Wire(allowed_origins(self._profile), patience)) as wire:
            revoke(self._profile, tokens, wire)
