"""An account that is marked is forgotten, whatever stops the program or the key store meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcare.app import accounts, forgetting
from selfcare.domain.failures import VaultLocked
from selfcare.host.settings import AccountEntry, Settings, load_settings, save_settings

GOING, STAYING = AccountEntry("orvane-1", "orvane", salt_hex="0f" * 16), AccountEntry("orvane-2", "orvane")


class Keys:
    """A key store that may be locked."""

    name = "test"

    def __init__(self) -> None:
        self.secrets = {GOING.id: b"k", STAYING.id: b"k"}
        self.is_locked = False

    def read(self, account: str) -> bytes | None:
        """The secret of this account, or None."""
        if self.is_locked:
            raise VaultLocked
        return self.secrets.get(account)

    def delete(self, account: str) -> None:
        """Forget the secret."""
        if self.is_locked:
            raise VaultLocked
        self.secrets.pop(account, None)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    made = Keys()
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: made)
    return made


@pytest.fixture
def home(tmp_path: Path, keys: Keys) -> Path:
    """Two accounts with a file each."""
    for entry in (GOING, STAYING):
        folder = accounts.account_folder(tmp_path / "data", entry) / "vault"
        folder.mkdir(parents=True)
        (folder / "actions.db").write_bytes(b"x")
    accounts.keep_entries(tmp_path / "data", (GOING, STAYING))
    save_settings(tmp_path / "settings.json", Settings(accounts=(GOING, STAYING), current=GOING.id))
    return tmp_path / "data"


def forget(home: Path, entry: AccountEntry) -> forgetting.Forgetting:
    """What the settings begin where nothing is open."""
    path = home.parent / "settings.json"
    return forgetting.Forgetting(home, entry, None, load_settings(path), path)


def start(home: Path) -> Settings:
    """What a start does about the marks."""
    path = home.parent / "settings.json"
    settings = forgetting.without_marked(load_settings(path), accounts.marked(home))
    forgetting.finish_marked(home, accounts.marked(home), settings, path)
    return load_settings(path)


def test_the_mark_is_there_before_the_key_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[AccountEntry, ...]] = []
    monkeypatch.setattr(forgetting, "forget_key", lambda entry: seen.append(accounts.marked(home)))
    forget(home, GOING).begin()
    assert [[one.id for one in found] for found in seen] == [[GOING.id]]
    assert b"0f0f" not in accounts.mark_path(home, GOING.id).read_bytes()


def test_begun_and_killed_the_next_start_ends_it_and_leaves_the_other(home: Path, keys: Keys) -> None:
    forget(home, GOING).begin()
    assert keys.secrets == {STAYING.id: b"k"}
    assert start(home).accounts == (STAYING,)
    assert [path.name for path in (home / "accounts").iterdir()] == [STAYING.id]
    assert (accounts.account_folder(home, STAYING) / "vault" / "actions.db").exists()


def test_a_locked_key_store_keeps_the_mark_but_no_file(
    home: Path, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    keys.is_locked = True
    going = forget(home, GOING)
    going.begin()
    with pytest.raises(VaultLocked):
        going.finish()
    assert not accounts.account_folder(home, GOING).exists()
    start(home)
    assert [one.id for one in accounts.marked(home)] == [GOING.id]
    keys.is_locked = False
    assert start(home).accounts == (STAYING,)
    assert (accounts.marked(home), keys.secrets) == ((), {STAYING.id: b"k"})
    caplog.clear()


def test_a_marked_account_is_not_found_again_where_the_choices_are_lost(home: Path) -> None:
    forgetting.mark(home, GOING)
    path = home.parent / "settings.json"
    path.unlink()
    found = accounts.restored_choices(home, Settings(), path)
    assert found is not None
    assert found.accounts == (STAYING,)
    forgetting.finish_marked(home, accounts.marked(home), Settings(), path)
    assert not path.exists(), "else the other account would not be looked for"


@pytest.mark.parametrize("name", ["...forget", "..forget", "A.forget", ".forget", "a b.forget"])
def test_a_mark_names_nothing_outside_the_accounts(home: Path, name: str) -> None:
    (home / "accounts" / name).write_bytes(b"{}")
    assert accounts.marked(home) == ()


def test_a_damaged_mark_still_names_its_account(home: Path, keys: Keys) -> None:
    accounts.mark_path(home, GOING.id).write_bytes(b"{")
    assert start(home).accounts == (STAYING,)
    assert keys.secrets == {STAYING.id: b"k"}
