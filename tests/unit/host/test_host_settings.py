"""The customer's choices survive restarts, broken files and newer versions."""

from __future__ import annotations

import json
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.failures import DiskTrouble, VaultNewer
from selfcare.domain.records import replace
from selfcare.host.settings import (
    AccountEntry,
    Settings,
    is_entry_kept,
    load_entry,
    load_settings,
    save_entry,
    save_settings,
    with_account,
    without_account,
)

ENTRY = AccountEntry("a-1", "orvane-gb", "profile.json", "Orvane Mobile", "passphrase", "00" * 16)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    chosen = Settings(
        "fr", "dark", 12, (ENTRY, AccountEntry("b", "orvane-fr")), "b", stay_in_tray=True, window="AdnQywAD+/0="
    )
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"null", b" " * (1 << 21)])
def test_a_broken_file_is_put_aside_and_never_lost(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(text)
    assert load_settings(path) == Settings()
    save_settings(path, Settings(language="fr"))
    assert text in [one.read_bytes() for one in tmp_path.glob("settings.json.damaged-*")]


def test_a_flipped_bit_is_noticed_and_what_can_be_read_is_given(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings("fr", accounts=(ENTRY,), current="a-1"))
    whole = path.read_bytes()
    flipped = whole.replace(b'"salt_hex": "00', b'"salt_hex": "10')
    assert flipped != whole
    path.write_bytes(flipped)
    assert load_settings(path).language == "fr"
    assert not path.exists()
    assert flipped in [one.read_bytes() for one in tmp_path.glob("settings.json.damaged-*")]


def test_a_file_of_before_the_checksum_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"format": 1, "language": "fr"}')
    assert load_settings(path) == Settings(language="fr")
    assert path.exists()


def test_the_checksum_of_before_still_counts(tmp_path: Path) -> None:
    told = {"format": 1, "language": "fr"}
    sealed = told | {"check": sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()}
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(sealed))
    assert load_settings(path) == Settings(language="fr")
    assert path.exists()
    path.write_text(json.dumps(sealed | {"language": "en"}))
    load_settings(path)
    assert not path.exists(), "it was put aside"


def test_an_entry_is_kept_where_the_file_holds_just_it(tmp_path: Path) -> None:
    path = tmp_path / "entry.json"
    assert not is_entry_kept(path, ENTRY)
    save_entry(path, ENTRY)
    assert is_entry_kept(path, ENTRY)
    assert not is_entry_kept(path, replace(ENTRY, name="another"))
    path.write_bytes(path.read_bytes() + b" ")
    assert not is_entry_kept(path, ENTRY)


def test_an_entry_in_a_file_of_its_own_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "entry.json"
    assert load_entry(path) is None
    save_entry(path, ENTRY)
    assert load_entry(path) == ENTRY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert load_entry(path) in (None, ENTRY)
    path.write_bytes(whole[:-20])
    assert load_entry(path) is None


@pytest.mark.parametrize("checked", ["", ', "check": "counted in another way"'])
def test_a_file_of_a_newer_version_is_not_touched(tmp_path: Path, checked: str) -> None:
    path = tmp_path / "settings.json"
    newer = '{"format": 2, "language": "fr"' + checked + "}"
    path.write_text(newer)
    with pytest.raises(VaultNewer):
        load_settings(path)
    assert path.read_text() == newer
    assert list(tmp_path.iterdir()) == [path]


def test_nonsense_in_a_field_becomes_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    accounts = [
        {"id": "../../x", "key_place": "keyring"},
        {"id": "A", "key_place": "keyring"},
        {"id": "ok", "key_place": "plain"},
        {"id": "ok", "profile_id": 5, "key_place": "memory"},
        {"id": "ok", "profile_id": "second", "key_place": "keyring"},
        "x",
    ]
    path.write_text(
        json.dumps({"language": "../x", "look": "pink", "interval_hours": 0, "accounts": accounts, "current": "gone"})
    )
    assert load_settings(path) == Settings(
        interval_hours=1, accounts=(AccountEntry("ok", "", key_place="memory"),), current="ok"
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "format",
                        "language",
                        "look",
                        "accounts",
                        "current",
                        "id",
                        "key_place",
                        "interval_hours",
                        "stay_in_tray",
                    ]
                ),
                x,
            )
        ),
    )
)
def test_no_document_can_stop_the_start(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any-settings.json"
    path.write_text(json.dumps(document))
    try:
        found = load_settings(path)
    except VaultNewer:
        return
    assert 1 <= found.interval_hours <= 48


def test_a_full_disk_leaves_the_old_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(language="en"))

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble) as trouble:
        save_settings(path, Settings(language="fr"))
    assert trouble.value.what == "full"
    assert load_settings(path).language == "en"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]


def test_accounts_come_and_go() -> None:
    other = AccountEntry("b", "orvane-fr")
    both = with_account(with_account(Settings(), ENTRY), other)
    assert (both.accounts, both.current) == ((ENTRY, other), "b")
    assert with_account(both, ENTRY).current == "a-1"
    assert without_account(both, "b") == Settings(accounts=(ENTRY,), current="a-1")
    assert without_account(without_account(both, "b"), "a-1") == Settings()


@pytest.mark.parametrize("place", ["é", "A B", "A" * 401, "../x", 5, None, ["A"]])
def test_a_place_of_the_window_that_is_none_is_passed_over(tmp_path: Path, place: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"format": 1, "window": place}), "utf-8")
    assert load_settings(path).window == ""


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../other/profile.json", "..", ".", "a/b", "C:\\x", "a\\b", "x" * 65, "a:b", "-x"]
)
def test_a_description_is_never_anywhere_else(tmp_path: Path, path: str) -> None:
    entry = AccountEntry("orvane-1", "orvane", path)
    save_settings(tmp_path / "settings.json", Settings(accounts=(entry,)))
    save_entry(tmp_path / "entry.json", entry)
    (found,) = load_settings(tmp_path / "settings.json").accounts
    assert found.profile_path == "profile.json"
    assert load_entry(tmp_path / "entry.json") == found
