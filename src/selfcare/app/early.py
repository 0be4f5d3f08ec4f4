"""Opens the account that was open last while the window is still being made: its key store may take its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.app.forgetting import without_marked
from selfcare.app.language import words_of
from selfcare.i18n.american import at_home_in

if TYPE_CHECKING:
    from pathlib import Path

    from selfcare.account.session import Session
    from selfcare.host.settings import AccountEntry, Settings
    from selfcare.i18n import Words
    from selfcare.ui.desk import Desk
    from selfcare.viewmodel.glance import Look

Opened = tuple["Session", "Look | None"]


class EarlyOpening:
    """One opening begun before anybody asked for it. All but its making is for the store lane.

    Only where the key store holds the key: nobody is to be asked for a passphrase, and nothing is made anew. Without
    settings nothing is opened.
    """

    def __init__(
        self, settings: Settings | None = None, opening: Callable[[AccountEntry], Opened] | None = None
    ) -> None:
        current = None
        if settings is not None:
            current = next((one for one in settings.accounts if one.id == settings.current), None)
        self.entry = current if current is not None and current.key_place == "keyring" else None
        self._opening = opening
        self._found: Opened | None = None
        self._trouble: Exception | None = None

    def begin(self) -> None:
        """Open it; what comes of it waits here."""
        if self.entry is not None and self._opening is not None:
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


def begin_early(desk: Desk, home: Path, settings: Settings) -> EarlyOpening:
    """Let the store lane open the account that was open last. One that is to be forgotten is left alone."""
    words = words_of(settings)
    kept = without_marked(settings, accounts.marked(home))
    early = EarlyOpening(kept, lambda entry: open_and_look(home, utc_now, words, entry))
    if early.entry is not None:
        desk.store.run(early.begin)
    return early


def open_and_look(
    home: Path,
    now: Callable[[], datetime],
    words: Words,
    entry: AccountEntry,
    passphrase: str = "",
    *,
    shows: bool = True,
) -> Opened:
    """Open an account, and find what its first page shows now where that was made ahead. For the store lane.

    Raises what `accounts.open_account` raises.
    """
    session = accounts.open_account(home, entry, now, passphrase)
    look = None
    if shows and not session.profile.is_archive:
        from selfcare.ui.looks import first_look

        look = first_look(session, at_home_in(words, session.profile.country), now())
    if look is None:
        _ = session.reader  # finds the decoders here rather than on the screen's thread
    return session, look


def utc_now() -> datetime:
    """The instant, aware, in UTC. The only clock of the program."""
    return datetime.now(UTC)
