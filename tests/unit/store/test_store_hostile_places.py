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
from selfcare.store.vault import FILES, open_vault, rebuild_cache

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
@pytest.mark.parametrize("what", ["link", "dangling link", "pipe", "endless", "folder"])
def test_the_key_check_may_be_anything_too(vault: Path, what: str) -> None:
    put(vault / "key.check", what)
    assert in_time(vault) == [b"begun"]
    assert stat.S_ISREG((vault / "key.check").lstat().st_mode), "it was written anew, not through it"
    assert not (vault.parent / "nothing").exists()
