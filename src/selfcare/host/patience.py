"""Waiting so long and no longer for the computer's key store, which may put a question nobody answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from selfcare.domain.failures import VaultLocked

T = TypeVar("T")


class Patience:
    """Runs a call on a thread of its own and waits so long; the key store's questions to the customer have no limit."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._one_at_a_time = threading.Lock()
        self._unanswered: threading.Thread | None = None

    def __call__(self, call: Callable[[], T]) -> T:
        """The call's result. Raises what it raises, VaultLocked when it takes too long.

        While an earlier call still hangs (its question is still on the screen), no second question is asked.
        """
        with self._one_at_a_time:
            if self._unanswered is not None:
                self._unanswered.join(self._timeout)
                if self._unanswered.is_alive():
                    raise VaultLocked()
                self._unanswered = None
            results: list[T] = []
            troubles: list[BaseException] = []

            def run() -> None:
                try:
                    results.append(call())
                except BaseException as trouble:  # handed over to the thread that waits
                    troubles.append(trouble)

            thread = threading.Thread(target=run, name="keychain", daemon=True)
            thread.start()
            thread.join(self._timeout)
            if thread.is_alive():
                self._unanswered = thread
                raise VaultLocked()
            if troubles:
                raise troubles[0]
            return results[0]
