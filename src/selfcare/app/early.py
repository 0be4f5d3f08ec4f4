"""Opens the account that was open last while the window is still being made: its key store may take its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.host.settings import AccountEntry, Settings
    from selfcare.viewmodel.glance import Look

Opened = tuple["Session", "Look | None"]


class EarlyOpening:
    """One opening begun before anybody asked for it. All but its making is for the store lane.

    Only where the key store holds the key: nobody is to be asked for a passphrase, and nothing is made anew.
    """

    def __init__(self, settings: Settings, opening: Callable[[AccountEntry], Opened]) -> None:
        current = next((one for one in settings.accounts if one.id == settings.current), None)
        self.entry = current if current is not None and current.key_place == "keyring" else None
        self._opening = opening
        self._found: Opened | None = None
        self._trouble: Exception | None = None

    def begin(self) -> None:
        """Open it; what comes of it waits here."""
        if self.entry is not None:
            try:
                self._found = self._opening(self.entry)
            except Exception as trouble:  # whoever asks for the account is told
                self._trouble = trouble

    def take(self, entry: AccountEntry) -> Opened | None:
        """What came of it, once; None where another account is wanted, or this one again: what is here is closed then.

        Raises what the opening raised.
        """
        wanted, self.entry = self.entry, None
        found, trouble, self._found, self._trouble = self._found, self._trouble, None, None
        if wanted != entry:
            if found is not None:
                found[0].close()
            return None
        if trouble is not None:
            raise trouble
        return found

    def drop(self) -> None:
        """Nobody wants it: close it."""
        self.entry = None
        if self._found is not None:
            self._found[0].close()
        self._found = self._trouble = None
