"""With the last account goes what stands beside it: a proxy's password, damaged choices, how rounds went."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.app import accounts, forgetting
from selfcare.app.patience import FILE, keep_patience, kept_patience
from selfcare.app.rhythm import Rhythm
from selfcare.domain.failures import NoKeyring, VaultLocked
from selfcare.domain.records import replace
from selfcare.host.keychain import session_keychain
from selfcare.host.settings import AccountEntry, KeyPlace, Settings, load_settings, save_settings
from selfcare.store.vault import open_vault
from tests.keyholding import PROFILE

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
BUSY = Rhythm(timedelta(hours=6), NOW, failures=1)


class Desk:
    """A home with one account, its choices with a proxy, and a key store that may be locked or absent."""

    def __init__(self, folder: Path, place: KeyPlace = "keyring") -> None:
        self.home, self.path = folder / "data", folder / "settings.json"
        self.keys, self.trouble = session_keychain(), None
        self.entry = AccountEntry("orvane-1", "orvane", "profile.json", key_place=place)
        accounts.keep_profile(self.home, self.entry, json.dumps(PROFILE).encode())
        self.keys.write("orvane-1", b"k")
        self.keys.write("proxy", b"geheim")
        self.save(Settings(accounts=(self.entry,), current="orvane-1"))

    trouble: Exception | None

    def key_store(self, timeout: float = 30.0) -> object:
        """What stands for the computer's own."""
        if self.trouble is not None:
            raise self.trouble
        return self.keys

    def save(self, settings: Settings) -> None:
        """Keep the choices, with a proxy that asks for a password."""
        proxy = replace(settings, proxy="own", proxy_address="proxy.example:8080", proxy_user="carl")
        save_settings(self.path, proxy)
        accounts.keep_entries(self.home, settings.accounts)

    def forget(self) -> None:
        """What the settings do, one thing after the other."""
        settings = load_settings(self.path)
        found = accounts.restored_choices(self.home, settings, self.path)
        settings = settings if found is None else found
        going = forgetting.Forgetting(self.home, self.entry, None, settings, self.path)
        going.begin()
        try:
            going.finish()
        finally:
            save_settings(self.path, forgetting.without_marked(settings, accounts.marked(self.home)))
        going.unmark()

    def start(self) -> None:
        """What a start does about the marks."""
        left = accounts.marked(self.home)
        settings = forgetting.without_marked(load_settings(self.path), left)
        forgetting.finish_marked(self.home, left, settings, self.path)

    def left(self) -> list[str]:
        """The files that are left, but for the choices, and the secrets."""
        files = [path.name for path in self.home.parent.rglob("*") if path.is_file() and path != self.path]
        return sorted([*files, *[name for name in ("orvane-1", "proxy") if self.keys.read(name) is not None]])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", made.key_store)
    return made


def test_the_proxys_password_goes_with_it(desk: Desk) -> None:
    desk.forget()
    assert desk.left() == []
    kept = load_settings(desk.path)
    assert (kept.proxy, kept.proxy_address, kept.proxy_user) == ("none", "", "")


def test_a_locked_key_store_gives_it_up_at_the_next_start(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.trouble = VaultLocked()
    with pytest.raises(VaultLocked):
        desk.forget()
    assert load_settings(desk.path).proxy_user == ""
    assert desk.left() == ["orvane-1", "orvane-1.forget", "proxy", "proxy.forget"]
    desk.start()
    assert "proxy" in desk.left(), "nothing is lost sight of while it is locked"
    desk.trouble = None
    desk.start()
    assert desk.left() == []
    caplog.clear()


def test_a_program_that_was_killed_gives_it_up_at_the_next_start(desk: Desk) -> None:
    forgetting.Forgetting(desk.home, desk.entry, None, load_settings(desk.path), desk.path).begin()
    desk.start()
    assert desk.left() == []
    assert load_settings(desk.path).proxy_user == ""


@pytest.mark.parametrize("place", ["keyring", "passphrase"])
def test_choices_that_were_damaged_hide_no_password(desk: Desk, place: KeyPlace) -> None:
    desk.entry = replace(desk.entry, key_place=place)
    desk.save(Settings(accounts=(desk.entry,), current="orvane-1"))
    if place == "passphrase":
        desk.keys.delete("orvane-1")
    desk.path.write_bytes(desk.path.read_bytes()[:200])
    desk.forget()
    assert desk.left() == []


def test_a_passphrase_without_a_proxy_asks_no_key_store(desk: Desk) -> None:
    desk.entry = replace(desk.entry, key_place="passphrase")
    save_settings(desk.path, Settings(accounts=(desk.entry,)))
    desk.trouble = AssertionError("asked")
    desk.forget()
    assert not (desk.home / "accounts" / "orvane-1").exists()
    assert accounts.marked(desk.home) == ()


def test_where_there_is_no_key_store_no_mark_of_it_stays(desk: Desk) -> None:
    desk.entry = replace(desk.entry, key_place="passphrase")
    desk.save(Settings(accounts=(desk.entry,)))
    desk.trouble = NoKeyring()
    desk.forget()
    assert accounts.marked(desk.home) == ()


def test_while_another_account_is_here_it_stays(desk: Desk) -> None:
    other = replace(desk.entry, id="orvane-2")
    accounts.keep_profile(desk.home, other, json.dumps(PROFILE).encode())
    desk.save(Settings(accounts=(desk.entry, other)))
    desk.forget()
    assert "proxy" in desk.left()
    assert load_settings(desk.path).proxy_user == "carl"


def test_a_first_sign_in_that_came_to_nothing_takes_no_password(desk: Desk) -> None:
    desk.save(Settings())
    accounts.forget_account(desk.home, desk.entry)
    forgetting.mark(desk.home, desk.entry)
    desk.start()
    assert desk.left() == ["proxy"]
    assert load_settings(desk.path).proxy_user == "carl"


def test_how_an_operators_rounds_stood_goes_with_its_last_account(desk: Desk) -> None:
    issuer = str(PROFILE["auth"]["issuer"])
    keep_patience(desk.home, issuer, BUSY)
    keep_patience(desk.home, "https://another.example", BUSY)
    other = replace(desk.entry, id="orvane-2")
    accounts.keep_profile(desk.home, other, json.dumps(PROFILE).encode())
    desk.save(Settings(accounts=(desk.entry, other)))
    desk.forget()
    assert kept_patience(desk.home, issuer) is not None, "the other account is with the same operator"
    assert kept_patience(desk.home, "https://another.example") is None
    (desk.home / f"{FILE}.0badcafe.new").write_bytes(b"half written")
    desk.entry = other
    desk.forget()
    assert desk.left() == []


def test_it_goes_also_where_a_kill_came_between(desk: Desk) -> None:
    keep_patience(desk.home, str(PROFILE["auth"]["issuer"]), BUSY)
    forgetting.mark(desk.home, desk.entry)
    desk.start()
    assert FILE not in desk.left()


@pytest.mark.parametrize("harm", ["newer", "no description", "another key"])
def test_a_closed_account_that_nobody_can_read_goes_all_the_same(desk: Desk, harm: str) -> None:
    folder = accounts.account_folder(desk.home, desk.entry)
    vault = open_vault(folder / "vault", bytes(32))
    if harm == "newer":
        vault._databases[0].script("PRAGMA user_version=999")
    vault.close()
    desk.keys.write("orvane-1", bytes(32) if harm != "another key" else b"\1" * 32)
    if harm == "no description":
        (folder / "profile.json").unlink()
    desk.forget()
    assert desk.left() == []
