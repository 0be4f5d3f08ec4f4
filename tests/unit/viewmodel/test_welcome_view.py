"""The first start as it is shown: addresses, passphrases, where the key goes, and progress."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcare.domain.failures import DiskTrouble, SignInFailed, VaultDamaged, VaultKeyLost, VaultLocked, VaultNewer
from selfcare.domain.records import replace
from selfcare.i18n import load_words
from selfcare.viewmodel.welcome import (
    KeyChoice,
    KeyStore,
    SignInChoice,
    Stage,
    WelcomeFacts,
    address_trouble,
    passphrase_trouble,
    welcome_view,
)

WORDS = load_words("en", Path("no-catalogue"))


@pytest.mark.parametrize(
    "address",
    ["https://care.example.com", " https://care.example.com/x ", "http://127.0.0.1:8080/orvane-gb", "http://[::1]/x"],
)
def test_safe_addresses_are_taken(address: str) -> None:
    assert address_trouble(address, WORDS) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Type the address"),
        ("http://care.example.com", "begins with https://"),
        ("http://127.0.0.1.example.com/", "begins with https://"),
        ("care.example.com", "not an address"),
        ("https://", "not an address"),
        ("https://me@care.example.com", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("https://[", "not an address"),
    ],
)
def test_other_addresses_say_what_is_wrong(address: str, words: str) -> None:
    assert words in address_trouble(address, WORDS)


def test_a_passphrase_is_long_enough_and_typed_twice() -> None:
    assert passphrase_trouble("short", "short", WORDS) == "At least 10 characters."
    assert passphrase_trouble(" " * 12, " " * 12, WORDS) == "At least 10 characters."
    assert passphrase_trouble("long enough", "long enouhg", WORDS) == "The two are not the same."
    assert passphrase_trouble("long enough", "long enough", WORDS) == ""


def test_a_passphrase_is_never_shown_by_mistake() -> None:
    choice = SignInChoice(KeyChoice("passphrase", "open sesame 1"), "orvane-gb")
    assert "sesame" not in repr(choice)


@pytest.mark.parametrize(
    ("store", "asks", "words"),
    [
        (KeyStore.WORKS, False, "key store of this computer"),
        (KeyStore.LOCKED, True, "is locked"),
        (KeyStore.NONE, True, "no key store"),
    ],
)
def test_the_customer_is_told_where_the_key_goes(store: KeyStore, asks: bool, words: str) -> None:
    view = welcome_view(WelcomeFacts(key_store=store), WORDS)
    assert view.asks_for_key is asks
    assert words in view.key_sentence


def test_progress_counts_and_failures_have_words() -> None:
    reading = welcome_view(WelcomeFacts(stage=Stage.READING, what="bills", done=300, total=10_000), WORDS)
    assert (reading.progress, reading.percent) == ("Reading bills: 300 of 10,000", 3)
    assert welcome_view(WelcomeFacts(stage=Stage.READING), WORDS).percent is None
    assert "in your browser" in welcome_view(WelcomeFacts(stage=Stage.BROWSER), WORDS).progress
    assert welcome_view(WelcomeFacts(stage=Stage.STARTING), WORDS).progress == "Starting the demo operator…"
    failed = welcome_view(WelcomeFacts(failure=SignInFailed("declined")), WORDS)
    assert failed.notice is not None


def test_forgetting_what_is_closed_says_whether_the_session_ends() -> None:
    stays = "nothing changes; this program’s sign-in stays valid there until it runs out"
    locked = WelcomeFacts(stage=Stage.OPEN, account="Orvane", is_locked=True)
    for facts, said in (
        (locked, "nothing changes"),
        (replace(locked, asks_passphrase=True), stays),
        (replace(locked, failure=VaultKeyLost()), stays),
        (replace(locked, asks_passphrase=True, is_archive=True), "nothing changes"),
    ):
        assert [fact.value for fact in welcome_view(facts, WORDS).forget_facts] == ["Orvane", said]


def test_a_key_is_asked_for_only_where_it_is_what_is_missing() -> None:
    for failure, asks in (
        (None, True),
        (VaultLocked(), True),
        (VaultKeyLost(), True),
        (VaultNewer(), False),
        (VaultDamaged("cache"), False),
        (DiskTrouble("io"), False),
    ):
        said = welcome_view(WelcomeFacts(stage=Stage.OPEN, account="Orvane", failure=failure), WORDS).progress
        assert said.startswith("Your data from Orvane is here, encrypted.")
        assert said.endswith("Its key is needed.") == asks
