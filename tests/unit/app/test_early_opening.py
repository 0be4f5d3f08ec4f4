"""The account that was open last is opened before it is asked for, and what came of it reaches only who wants it."""

from __future__ import annotations

from typing import Any

import pytest

from selfcare.app.early import EarlyOpening
from selfcare.domain.failures import VaultLocked
from selfcare.host.settings import AccountEntry, Settings

ENTRY = AccountEntry("one", "orvane-gb")
OTHER = AccountEntry("two", "orvane-gb")
SETTINGS = Settings(accounts=(OTHER, ENTRY), current="one")


class Opening:
    """Stands for a session; says whether it was closed."""

    is_closed = False

    def close(self) -> None:
        """Let go of it."""
        self.is_closed = True


def begun(settings: Settings = SETTINGS) -> tuple[EarlyOpening, Any, list[AccountEntry]]:
    """An opening that was begun; its session, and for whom it was opened."""
    session, asked = Opening(), list[AccountEntry]()

    def opening(entry: AccountEntry) -> Any:
        asked.append(entry)
        return session, None

    early = EarlyOpening(settings, opening)
    early.begin()
    return early, session, asked


def test_it_is_handed_over_once() -> None:
    early, session, asked = begun()
    assert asked == [ENTRY]
    assert early.take(ENTRY) == (session, None)
    assert early.take(ENTRY) is None
    assert not session.is_closed


def test_another_account_gets_nothing_of_it() -> None:
    early, session, _ = begun()
    assert early.take(OTHER) is None
    assert session.is_closed
    assert early.take(ENTRY) is None


def test_what_nobody_wants_is_closed() -> None:
    early, session, _ = begun()
    early.drop()
    assert session.is_closed
    assert early.take(ENTRY) is None


@pytest.mark.parametrize("place", ["passphrase", "memory"])
def test_only_a_key_store_is_asked_before_the_customer_is(place: Any) -> None:
    settings = Settings(accounts=(AccountEntry("one", "orvane-gb", key_place=place),), current="one")
    assert begun(settings)[2] == []
    assert begun(Settings(accounts=(ENTRY,), current="gone"))[2] == []


def test_what_went_wrong_is_told_to_who_asks_for_it_and_asked_again_after() -> None:
    def locked(entry: AccountEntry) -> Any:
        raise VaultLocked

    early = EarlyOpening(SETTINGS, locked)
    early.begin()
    with pytest.raises(VaultLocked):
        early.take(ENTRY)
    assert early.take(ENTRY) is None, "the next try is a new one"
