"""Where a session goes is not for a plain file to say: the vault vouches for the operator's description."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from selfcare.account.session import Session
from selfcare.api.profile import read_profile
from selfcare.app import accounts
from selfcare.app.vouching import KEPT_AS
from selfcare.domain.failures import ProfileError, VaultDamaged
from selfcare.host.settings import AccountEntry
from tests.keyholding import PROFILE

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch) -> AccountEntry:
    monkeypatch.setattr(accounts, "_key", lambda *facts: bytes(range(32)))
    return AccountEntry("orvane-gb-1", "orvane-gb", "profile.json", "Orvane Mobile")


def written(profile: dict[str, Any]) -> bytes:
    return json.dumps(profile).encode()


def opened(home: Path, entry: AccountEntry) -> Session:
    return accounts.open_account(home, entry, lambda: NOW)


def changed(change: Change) -> bytes:
    profile = json.loads(json.dumps(PROFILE))
    change(profile)
    return written(profile)


def other_host(profile: dict[str, Any]) -> None:
    profile["apis"]["TMF678"] = {"version": "v4", "baseUrl": "https://evil.example/bills"}
    profile["hosts"] = ["evil.example"]


def other_login(profile: dict[str, Any]) -> None:
    profile["auth"]["issuer"] = "https://evil.example"


@pytest.mark.parametrize("change", [other_host, other_login, lambda profile: profile.update(name="Orvane Two")])
@pytest.mark.parametrize("also_copy", [False, True])
def test_a_description_that_was_changed_in_its_file_is_not_believed(
    tmp_path: Path, entry: AccountEntry, caplog: pytest.LogCaptureFixture, change: Change, also_copy: bool
) -> None:
    accounts.keep_profile(tmp_path, entry, written(PROFILE))
    session = opened(tmp_path, entry)
    good = session.profile
    session.close()
    file = accounts.account_folder(tmp_path, entry) / "profile.json"
    assert accounts.kept_profile(tmp_path, entry) == good
    bad = changed(change)
    file.write_bytes(bad)
    if also_copy:
        file.with_name("profile.json.copy").write_bytes(bad)
    assert accounts.kept_profile(tmp_path, entry) != good

    session = opened(tmp_path, entry)
    assert session.profile == good
    session.close()
    assert file.read_bytes() == written(PROFILE)
    assert "not the one that was agreed to" in caplog.text
    caplog.clear()
    session = opened(tmp_path, entry)
    assert session.profile == good
    session.close()


def looped(path: Path) -> None:
    path.symlink_to(path.name)


def bound(path: Path) -> None:
    place = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"/proc/self/fd/{place}/{path.name}")
    os.close(place)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"{"),
        pytest.param(looped, marks=pytest.mark.skipif(sys.platform == "win32", reason="links")),
        pytest.param(bound, marks=pytest.mark.skipif(sys.platform != "linux", reason="a long name of a socket")),
    ],
)
def test_where_both_files_are_damaged_the_vault_has_it_still(
    tmp_path: Path, entry: AccountEntry, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], object]
) -> None:
    accounts.keep_profile(tmp_path, entry, written(PROFILE))
    session = opened(tmp_path, entry)
    good = session.profile
    session.close()
    folder = accounts.account_folder(tmp_path, entry)
    for name in ("profile.json", "profile.json.copy"):
        (folder / name).unlink()
        harm(folder / name)
    session = opened(tmp_path, entry)
    assert session.profile == good
    session.close()
    caplog.clear()
    assert (folder / "profile.json").read_bytes() == written(PROFILE)


BROKEN = b"broken" * 2000


def changed_with_damage(home: Path, entry: AccountEntry, *names: str) -> Path:
    """An account whose description was changed in its file and the copy, and of whose vault these were overwritten."""
    accounts.keep_profile(home, entry, written(PROFILE))
    opened(home, entry).close()
    folder = accounts.account_folder(home, entry)
    for name in ("profile.json", "profile.json.copy"):
        (folder / name).write_bytes(changed(other_host))
    for name in names:
        (folder / "vault" / name).write_bytes(BROKEN)
    return folder


@pytest.mark.parametrize("names", [("actions.db",), ("actions.db", "papers.db")])
def test_a_damaged_file_of_requests_does_not_take_the_agreed_description_along(
    tmp_path: Path, entry: AccountEntry, caplog: pytest.LogCaptureFixture, names: tuple[str, ...]
) -> None:
    folder = changed_with_damage(tmp_path, entry, *names)
    assert accounts.set_requests_aside(tmp_path, entry, lambda: NOW) is not None
    session = opened(tmp_path, entry)
    assert session.profile == read_profile(written(PROFILE))
    assert session.draft(KEPT_AS) == written(PROFILE)
    session.close()
    assert (folder / "profile.json").read_bytes() == written(PROFILE)
    assert "not the one that was agreed to" in caplog.text
    assert ("the papers file is damaged; it was put aside" in caplog.text) == ("papers.db" in names)
    caplog.clear()


def test_where_nothing_vouches_for_it_any_more_the_account_stays_closed(tmp_path: Path, entry: AccountEntry) -> None:
    folder = changed_with_damage(tmp_path, entry, "actions.db", "cache.db")
    for tried in (opened, lambda home, entry: accounts.set_requests_aside(home, entry, lambda: NOW)):
        with pytest.raises(VaultDamaged, check=lambda e: e.which == "alone"):
            tried(tmp_path, entry)
    assert [(folder / "vault" / name).read_bytes() for name in ("actions.db", "cache.db")] == [BROKEN, BROKEN]


def test_what_this_version_cannot_read_is_not_replaced_by_what_a_file_says(
    tmp_path: Path, entry: AccountEntry, caplog: pytest.LogCaptureFixture
) -> None:
    accounts.keep_profile(tmp_path, entry, written(PROFILE))
    session = opened(tmp_path, entry)
    older = changed(lambda profile: profile.update(name="Orvane\u202eMobile"))
    session.save_draft(KEPT_AS, older)
    session.close()
    folder = accounts.account_folder(tmp_path, entry)
    (folder / "profile.json.copy").write_bytes(changed(other_login))
    for said in (older, written(PROFILE), changed(other_login)):
        (folder / "profile.json").write_bytes(said)
        with pytest.raises(ProfileError):
            opened(tmp_path, entry)
    caplog.clear()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="tells the open files of a process on Linux")
def test_an_account_that_cannot_be_opened_holds_no_files(tmp_path: Path, entry: AccountEntry) -> None:
    accounts.keep_profile(tmp_path, entry, written(PROFILE))
    session = opened(tmp_path, entry)
    session.save_draft(KEPT_AS, b"{")
    session.close()
    for _again in range(2):
        with pytest.raises(ProfileError):
            opened(tmp_path, entry)
        held = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
        assert not [one for one in held if str(tmp_path) in one]


def test_a_damaged_description_of_an_account_that_never_opened_is_said(tmp_path: Path, entry: AccountEntry) -> None:
    accounts.keep_profile(tmp_path, entry, b"{")
    with pytest.raises(ProfileError):
        opened(tmp_path, entry)
    assert not (accounts.account_folder(tmp_path, entry) / "vault" / "actions.db").exists()


def test_an_operator_on_this_computer_may_have_another_port(
    tmp_path: Path, entry: AccountEntry, caplog: pytest.LogCaptureFixture
) -> None:
    def at(port: int) -> bytes:
        text = written(PROFILE).decode()
        hosts = {one for one in text.split('"') if one.startswith("https://")}
        for one in hosts:
            text = text.replace(one, "http://127.0.0.1:" + f"{port}/" + one.partition("://")[2].partition("/")[2])
        profile = json.loads(text)
        profile["hosts"] = []
        return written(profile)

    for port in (4001, 4002):
        accounts.keep_profile(tmp_path, entry, at(port))
        session = opened(tmp_path, entry)
        assert f":{port}" in session.profile.issuer
        assert session.draft(KEPT_AS) == at(port)
        session.close()
    file = accounts.account_folder(tmp_path, entry) / "profile.json"
    file.write_bytes(written(PROFILE))
    session = opened(tmp_path, entry)
    assert ":4002" in session.profile.issuer
    session.close()
    caplog.clear()
