"""Settings as they are shown: where the key is in plain words, sizes, and what forgetting really takes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcare.host.settings import AccountEntry, KeyPlace, Settings
from selfcare.i18n import load_words
from selfcare.viewmodel.facts import FactView
from selfcare.viewmodel.settings import SettingsFacts, key_sentence, settings_view, size_text

WORDS = load_words("en", Path("no-catalogue"))
ACCOUNT = AccountEntry("a1", "orvane-gb", name="Orvane Mobile")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("keyring", "key store of this computer: Wallet"),
        ("passphrase", "do not lose it"),
        ("memory", "Nothing is kept"),
    ],
)
def test_the_key_place_is_told_plainly(place: KeyPlace, words: str) -> None:
    assert words in key_sentence(AccountEntry("a", "o", key_place=place), "Wallet", WORDS)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 kB"),
        (1, "1 kB"),
        (1001, "2 kB"),
        (999_000, "999 kB"),
        (999_001, "1 MB"),
        (6_368_500, "6.4 MB"),
        (9_999_001, "10 MB"),
        (12_345_678, "13 MB"),
    ],
)
def test_sizes_are_rounded_up(size: int, text: str) -> None:
    assert size_text(size, WORDS) == text


def test_an_interval_of_ones_own_stays_choosable() -> None:
    view = settings_view(SettingsFacts(Settings(interval_hours=5), "1.0"), WORDS)
    assert "5" in [row.value for row in view.intervals]
    assert view.interval == "5"
    assert view.intervals[0].label == "every 1 hour"


def test_forgetting_states_its_facts() -> None:
    unsent = (FactView("kept here, not sent yet", "Ticket: No line"),)
    facts = SettingsFacts(
        Settings(accounts=(ACCOUNT,), current="a1"), "1.0", size=9_000, account_size=5_000, unsent=unsent
    )
    shown = {f.name: f.value for f in settings_view(facts, WORDS).forget.facts}
    assert shown == {
        "Account": "Orvane Mobile",
        "Deleted here": "5 kB",
        "kept here, not sent yet": "Ticket: No line",
        "At your operator": "nothing changes",
    }


def test_the_current_account_is_marked() -> None:
    other = AccountEntry("a2", "orvane-fr")
    view = settings_view(SettingsFacts(Settings(accounts=(ACCOUNT, other), current="a2"), "1.0"), WORDS)
    assert [(a.name, a.is_current) for a in view.accounts] == [("Orvane Mobile", False), ("orvane-fr", True)]
    assert settings_view(SettingsFacts(Settings(), "1.0"), WORDS).accounts == ()


def test_signed_out_is_told() -> None:
    facts = SettingsFacts(Settings(accounts=(ACCOUNT,), current="a1"), "1.0", is_signed_out=True)
    assert settings_view(facts, WORDS).is_signed_out
