"""In the place of a file of the vault there may be anything: a link, a pipe, a folder, a file without end."""

from __future__ import annotations

import os
import stat
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.domain.failures import Failure, VaultDamaged
from selfcare.store.vault import FILES, destroy_vault, open_vault, rebuild_cache

KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with something in it, closed."""
    folder = tmp_path / "v"
    made = open_vault(folder, KEY)
    made.actions.put_draft("letter", b"begun")
    made.close()
    return folder


def put(path: Path, what: str) -> Path:
    """Something else in the place of a file; where what was there is now."""
    aside = path.parent.parent / f"{path.name}.aside"
    path.rename(aside)
    match what:
        case "link":
            path.symlink_to(aside)
        case "dangling link":
            path.symlink_to(path.parent.parent / "nothing")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "endless":
            with path.open("wb") as file:
                file.truncate(1 << 40)
    return aside


def in_time(folder: Path) -> list[object]:
    """What opening it comes to; it may not wait for ever."""
    came: list[object] = []

    def work() -> None:
        try:
            vault = open_vault(folder, KEY)
            came.append(vault.actions.draft("letter"))
            vault.close()
        except Failure as failure:
            came.append(failure)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "it waits for ever"
    return came


@POSIX
@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("what", ["link", "dangling link", "pipe", "folder", "endless"])
def test_it_is_named_and_nothing_behind_it_is_touched(vault: Path, which: str, what: str) -> None:
    aside = put(vault / f"{which}.db", what)
    before = aside.read_bytes()
    assert in_time(vault) == [VaultDamaged(which)]
    assert aside.read_bytes() == before
    assert not (vault.parent / "nothing").exists()
    if which != "actions":
        rebuild_cache(vault, NOW, (which,))
        assert in_time(vault) == [b"begun"]
        assert aside.read_bytes() == before


@POSIX
@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("side", ["-wal", "-shm"])
@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_stands_beside_it_and_is_no_part_of_it_is_named_too(vault: Path, which: str, side: str, what: str) -> None:
    place = vault / f"{which}.db{side}"
    place.unlink(missing_ok=True)
    place.write_bytes(b"mine")
    aside = put(place, what)
    assert in_time(vault) == [VaultDamaged(which)]
    assert aside.read_bytes() == b"mine"
    if which != "actions":
        rebuild_cache(vault, NOW, (which,))
        assert in_time(vault) == [b"begun"]


@POSIX
@pytest.mark.parametrize("what", ["link", "dangling link", "pipe", "endless", "folder"])
def test_the_key_check_may_be_anything_too(vault: Path, what: str) -> None:
    put(vault / "key.check", what)
    assert in_time(vault) == [b"begun"]
    assert stat.S_ISREG((vault / "key.check").lstat().st_mode), "it was written anew, not through it"
    assert not (vault.parent / "nothing").exists()


@POSIX
@pytest.mark.parametrize("what", ["account", "vault", "both"])
def test_a_folder_that_was_moved_with_a_link_in_its_place_goes_there_too(tmp_path: Path, what: str) -> None:
    folder, elsewhere = tmp_path / "accounts" / "orvane-1", tmp_path / "disk"
    open_vault(folder / "vault", KEY).close()
    for name in ("profile.json", "profile.json.copy", "entry.json", "entry.json.0badcafe.new"):
        (folder / name).write_bytes(b"{}")
    (folder / "vault" / "damaged-1-cache.db").write_bytes(b"x")
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_bytes(b"of the customer's own")
    for place in [one for one in (folder / "vault", folder) if what in (one.parent.name[:-1], one.name, "both")]:
        there = elsewhere / place.name
        place.rename(there)
        place.symlink_to(there)
    open_vault(folder / "vault", KEY).close()
    destroy_vault(folder)
    assert not os.path.lexists(folder)
    assert [path.name for path in elsewhere.rglob("*")] == ["mine.txt"]


@POSIX
def test_what_is_not_ours_behind_such_a_link_stays(tmp_path: Path) -> None:
    folder = tmp_path / "accounts" / "orvane-1"
    folder.parent.mkdir()
    disk = tmp_path / "disk"
    open_vault(disk / "vault", KEY).close()
    (disk / "thesis.odt").write_bytes(b"x")
    (disk / "photos").mkdir()
    (disk / "photos" / "profile.json").write_bytes(b"x")
    folder.symlink_to(disk)
    destroy_vault(folder)
    assert not os.path.lexists(folder)
    assert sorted(path.name for path in disk.rglob("*")) == ["photos", "profile.json", "thesis.odt"]


@POSIX
def test_a_link_that_leads_nowhere_goes(tmp_path: Path) -> None:
    folder = tmp_path / "orvane-1"
    folder.symlink_to(tmp_path / "nowhere")
    destroy_vault(folder)
    assert not os.path.lexists(folder)
