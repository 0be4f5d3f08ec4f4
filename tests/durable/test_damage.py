"""A disk that is full, a bit that flips, a file that is cut: what was kept is there, or the damage is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from selfcare.domain.failures import DiskTrouble, VaultDamaged, VaultKeyLost, VaultNewer, VaultWrongKey
from selfcare.store.action import Action
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.vault import Vault, open_vault

KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NOTICED = (VaultDamaged, VaultWrongKey, VaultNewer, VaultKeyLost, DiskTrouble)


def asked(n: int) -> Action:
    return Action(
        f"a{n}", "k", f"c{n}", "addNote", b"{}", "i", "s", "POST", "TMF621", "p", b"b" * 3000, "j", "new", NOW
    )  # fmt: skip


def fill(vault: Vault, most: int) -> int:
    """Ask until the disk is full; how many were kept."""
    for n in range(most):
        try:
            vault.actions.add(asked(n), NOW)
        except DiskTrouble:
            return n
    return most


def filled(folder: Path) -> Path:
    vault = open_vault(folder, KEY)
    for n in range(12):
        vault.actions.add(asked(n), NOW)
    facts = Columns(number="N", day="2026-10-01", amount="1.00")
    bills = [StoredDocument("customerBill", str(n), b"%d" % n * 800, facts) for n in range(40)]
    vault.cache.replace("customerBill", bills, seen=NOW)
    vault.close()
    return folder


def told(vault: Vault) -> tuple[object, ...]:
    """All that the vault says."""
    return vault.actions.all(), vault.actions.journal(), vault.cache.all("customerBill"), vault.cache.seal()


def read_all(folder: Path) -> tuple[object, ...] | None:
    """All that is kept, or None where the damage was noticed."""
    vault = None
    try:
        vault = open_vault(folder, KEY)
        for database in vault._databases:
            if database.rows("PRAGMA integrity_check") != [("ok",)]:
                return None
        return told(vault)
    except NOTICED:
        return None
    finally:
        if vault is not None:
            vault.close()


def spoil_often(tmp_path: Path, which: str, times: int, seed: int) -> tuple[int, int]:
    """Flip one bit, so many times: how often that was noticed, and how often something else was said than before."""
    chance = Random(seed)
    folder = filled(tmp_path / "v")
    before = read_all(folder)
    good = (folder / f"{which}.db").read_bytes()
    noticed = wrong = 0
    for _ in range(times):
        spoiled = bytearray(good)
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        (folder / f"{which}.db").write_bytes(spoiled)
        found = read_all(folder)
        noticed += found is None
        wrong += found is not None and found != before
        for side in ("-wal", "-shm"):
            (folder / f"{which}.db{side}").unlink(missing_ok=True)
    (folder / f"{which}.db").write_bytes(good)
    assert read_all(folder) == before
    return noticed, wrong


@pytest.mark.parametrize("which", ["actions", "cache"])
def test_a_flipped_bit_is_noticed(tmp_path: Path, which: str) -> None:
    noticed, wrong = spoil_often(tmp_path, which, 60, seed=5)
    assert wrong == 0
    assert noticed >= 59, "only a bit that no page uses may pass"


@pytest.mark.campaign
@pytest.mark.parametrize("which", ["actions", "cache", "papers"])
def test_a_thousand_flipped_bits(tmp_path: Path, which: str) -> None:
    assert spoil_often(tmp_path, which, 1_000, seed=6)[1] == 0


@pytest.mark.parametrize("which", ["actions", "cache"])
def test_a_cut_file_is_noticed_or_whole(tmp_path: Path, which: str) -> None:
    folder = filled(tmp_path / "v")
    good = (folder / f"{which}.db").read_bytes()
    for size in range(0, len(good), max(512, len(good) // 40 // 512 * 512)):
        (folder / f"{which}.db").write_bytes(good[:size])
        assert read_all(folder) is None
        for side in ("-wal", "-shm"):
            (folder / f"{which}.db{side}").unlink(missing_ok=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes; skipped where none may be mounted."""
    where = tmp_path / "small"
    where.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small file system here")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "selfcare-trial", str(where)], check=False)
    if made.returncode:
        pytest.skip("no small file system can be mounted here")
    yield where
    subprocess.run(["umount", str(where)], check=True)


def test_a_full_disk_loses_nothing_that_was_told(small_disk: Path) -> None:
    vault = open_vault(small_disk / "v", KEY)
    kept = fill(vault, 5_000)
    assert 50 < kept < 5_000
    with pytest.raises(DiskTrouble) as caught:
        vault.actions.add(asked(kept), NOW)
    assert caught.value.what in {"full", "io"}
    assert len(vault.actions.all()) == kept
    with pytest.raises(DiskTrouble):
        vault.papers.put("p", "application/pdf", b"x" * 4_000_000, NOW)
    vault.close()
    again = open_vault(small_disk / "v", KEY)
    assert [action.id for action in again.actions.all()] == [f"a{n}" for n in range(kept)]
    again.close()


def test_a_disk_that_fills_at_every_size(small_disk: Path) -> None:
    """The last free bytes run out at another moment each time; what was told is there each time."""
    for left in range(0, 400_000, 25_000):
        folder = small_disk / f"v{left}"
        ballast = small_disk / "ballast"
        vault = open_vault(folder, KEY)
        free = shutil.disk_usage(small_disk).free
        ballast.write_bytes(b"x" * max(0, free - left))
        kept = fill(vault, 200)
        with suppress(DiskTrouble):
            vault.close()
        ballast.unlink()
        again = open_vault(folder, KEY)
        assert len(again.actions.all()) == kept
        again.close()
        shutil.rmtree(folder)
