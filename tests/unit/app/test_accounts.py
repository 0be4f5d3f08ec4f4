"""An account is found again by its own folder, and a key that cannot be one is said, not stumbled over."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from selfcare.api.profile import read_profile
from selfcare.app import accounts
from selfcare.domain.failures import ProfileError, VaultKeyLost
from selfcare.host.settings import AccountEntry, KeyPlace, Settings, load_entry, load_settings, save_settings
from selfcare.store.vault import has_vault, open_vault
from tests import samples
from tests.keyholding import PROFILE

SALT = "0f" * 16


def entry(account_id: str = "orvane-gb-1", place: KeyPlace = "passphrase", salt: str = SALT) -> AccountEntry:
    """An account with a passphrase."""
    return AccountEntry(account_id, "orvane-gb", "profile.json", "Orvane Mobile", place, salt)


def kept(home: Path, *entries: AccountEntry) -> None:
    """Accounts with a folder each, and their entries in them."""
    for one in entries:
        accounts.account_folder(home, one).mkdir(parents=True)
    accounts.keep_entries(home, entries)


@pytest.mark.parametrize("damage", [b"", b"{", b"salt", None])
def test_accounts_come_back_after_their_list_is_damaged(tmp_path: Path, damage: bytes | None) -> None:
    home, path = tmp_path / "data", tmp_path / "settings.json"
    first, second = entry(), entry("orvane-fr-2", "keyring", "")
    kept(home, first, second)
    save_settings(path, Settings("fr", accounts=(first, second), current=second.id))
    if damage is None:
        path.unlink()
    elif damage == b"salt":
        path.write_bytes(path.read_bytes().replace(SALT.encode(), b"1f" * 16))
    else:
        path.write_bytes(damage)
    found = accounts.restored_choices(home, load_settings(path), path)
    assert found is not None
    assert set(found.accounts) == {first, second}
    assert found.current in {first.id, second.id}


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no names elsewhere")
@pytest.mark.parametrize("harm", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_nobody_waits_for_a_pipe_nor_reads_a_device_to_its_end(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    home, path = tmp_path / "data", tmp_path / "settings.json"
    first, second = entry(), entry("orvane-fr-2", "keyring", "")
    kept(home, first, second)
    folder = accounts.account_folder(home, first)
    accounts.keep_profile(home, first, json.dumps(PROFILE).encode())
    for place in (path, folder / "profile.json.copy", folder / "entry.json", home / "accounts" / "other.forget"):
        place.unlink(missing_ok=True)
        harm(place)
    assert accounts.kept_profile(home, first).name == "Orvane Mobile"
    found = accounts.restored_choices(home, load_settings(path), path)
    assert found is not None
    assert found.accounts == (second,)
    assert [one.id for one in accounts.marked(home)] == ["other"]
    for name in ("profile.json", "profile.json.copy"):
        (folder / name).unlink()
        harm(folder / name)
    with pytest.raises(ProfileError):
        accounts.kept_profile(home, first)


def test_nothing_is_restored_where_nothing_was_lost(tmp_path: Path) -> None:
    home, path = tmp_path / "data", tmp_path / "settings.json"
    assert accounts.restored_choices(home, Settings(), path) is None
    kept(home, entry())
    save_settings(path, Settings())
    assert accounts.restored_choices(home, Settings(), path) is None


def test_a_strange_entry_is_not_believed(tmp_path: Path) -> None:
    home = tmp_path / "data"
    kept(home, entry())
    file = home / "accounts" / "orvane-gb-1" / "entry.json"
    elsewhere = home / "accounts" / "other" / "entry.json"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(file.read_bytes())
    file.write_text(json.dumps({**json.loads(file.read_text()), "salt_hex": "00" * 16}))
    assert load_entry(file) is None
    assert accounts.restored_choices(home, Settings(), tmp_path / "settings.json") is None


def test_no_folder_is_made_for_an_account_that_is_gone(tmp_path: Path) -> None:
    accounts.keep_entries(tmp_path, [entry()])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("salt", ["", "0f", "zz" * 16, "0f" * 15, "0f" * 16 + "0"])
def test_a_salt_that_is_none_is_a_lost_key(tmp_path: Path, salt: str) -> None:
    with pytest.raises(VaultKeyLost):
        accounts._key(tmp_path, entry(salt=salt), "nine blue herons")


class Keys:
    """A key store with a secret of the wrong length in it."""

    name = "Test"

    def __init__(self) -> None:
        self.secret: bytes = b"short"

    def read(self, account: str) -> bytes:
        """The secret."""
        return self.secret

    def write(self, account: str, secret: bytes) -> None:
        """Keep another one."""
        self.secret = secret


def test_a_key_of_the_wrong_length_is_a_lost_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys()
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", lambda: keys)
    there = tmp_path / "vault"
    there.mkdir()
    (there / "actions.db").write_bytes(b"something")
    with pytest.raises(VaultKeyLost):
        accounts._key(there, entry(place="keyring"), "")
    assert keys.secret == b"short"
    key = accounts._key(tmp_path / "new", entry(place="keyring"), "")
    assert len(key) == accounts.KEY_BYTES
    assert keys.secret == key


def test_an_entry_that_says_nothing_is_kept_deletes_nothing(tmp_path: Path) -> None:
    there = tmp_path / "vault"
    there.mkdir()
    (there / "actions.db").write_bytes(b"something")
    with pytest.raises(VaultKeyLost):
        accounts._key(there, entry(place="memory"), "")
    assert [path.name for path in there.iterdir()] == ["actions.db"]


def test_what_a_crash_left_of_an_account_that_nothing_is_kept_of_goes(tmp_path: Path) -> None:
    there = tmp_path / "vault"
    first = accounts._key(there, entry(place="memory"), "")
    open_vault(there, first).close()
    assert has_vault(there)
    second = accounts._key(there, entry(place="memory"), "")
    assert first != second
    assert not has_vault(there)
    open_vault(there, second).close()


def test_the_sample_profile_gets_an_entry_with_a_salt_that_is_one() -> None:
    made = accounts.new_entry(samples.profile(), "passphrase")
    assert re.fullmatch(accounts._SALT, made.salt_hex)


def described(home: Path) -> tuple[AccountEntry, Path]:
    """An account whose operator's description was read once."""
    one = entry()
    kept(home, one)
    accounts.keep_profile(home, one, json.dumps(PROFILE).encode())
    accounts.kept_profile(home, one)
    return one, accounts.account_folder(home, one) / "profile.json"


@pytest.mark.parametrize("damage", [None, b"", b'{"id": "orvane-gb"', b"\xff\xfe", b"[]"])
def test_a_damaged_description_does_not_lock_anybody_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes | None
) -> None:
    one, path = described(tmp_path)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert accounts.kept_profile(tmp_path, one).id == PROFILE["id"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    caplog.clear()


def test_a_newer_description_replaces_the_copy_and_two_damaged_ones_are_said(tmp_path: Path) -> None:
    one, path = described(tmp_path)
    accounts.keep_profile(tmp_path, one, json.dumps({**PROFILE, "name": "Orvane Two"}).encode())
    assert accounts.kept_profile(tmp_path, one).name == "Orvane Two"
    copy = path.with_name("profile.json.copy")
    assert b"Orvane Two" in copy.read_bytes()
    for file in (path, copy):
        file.write_bytes(b"{")
    with pytest.raises(ProfileError):
        accounts.kept_profile(tmp_path, one)


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_what_others_may_read_is_narrowed_but_nothing_behind_a_link(tmp_path: Path) -> None:
    home, mine, other = tmp_path / "data", entry(), tmp_path / "elsewhere"
    kept(home, mine)
    folder = accounts.account_folder(home, mine)
    open_vault(folder / "vault", bytes(32)).close()
    accounts.keep_profile(home, mine, json.dumps(PROFILE).encode())
    other.write_bytes(b"x")
    (folder / "link").symlink_to(other)
    ours = [folder.parent, *[path for path in folder.parent.rglob("*") if not path.is_symlink()]]
    for path in (*ours, other):
        path.chmod(0o777 if path.is_dir() else 0o666)
    accounts.keep_entries(home, [mine])
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in ours if path.stat().st_mode & 0o077} == {}
    assert other.stat().st_mode & 0o777 == 0o666


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")
def test_a_description_is_not_written_through_what_was_planted_beside_it(tmp_path: Path) -> None:
    one = entry()
    folder = accounts.account_folder(tmp_path, one)
    folder.mkdir(parents=True)
    victim = tmp_path / "diary.txt"
    victim.write_bytes(b"mine")
    (folder / "profile.json").symlink_to(victim)
    (folder / "profile.json.new").symlink_to(victim)
    os.mkfifo(folder / "profile.json.copy.new")

    accounts.keep_profile(tmp_path, one, json.dumps(PROFILE).encode())
    assert accounts.kept_profile(tmp_path, one) == read_profile(json.dumps(PROFILE).encode())
    assert victim.read_bytes() == b"mine"
    for name in ("profile.json", "profile.json.copy"):
        assert not (folder / name).is_symlink()
        assert (folder / name).read_bytes() == json.dumps(PROFILE).encode()
