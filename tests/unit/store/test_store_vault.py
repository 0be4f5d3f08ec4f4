"""The vault is private, unreadable without its key, and tells a wrong key from a broken file."""

from __future__ import annotations

import itertools
import os
import random
import stat
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from selfcare.domain.failures import DiskTrouble, VaultDamaged, VaultNewer, VaultWrongKey
from selfcare.store.database import open_database, settle
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.schema import KINDS, STEPS, bring_up_to_date
from selfcare.store.search import BillQuery
from selfcare.store.unsent import unsent_in
from selfcare.store.vault import FILES, destroy_vault, has_vault, open_vault, rebuild_cache, set_aside_actions
from tests import samples

KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CANARY = "Canary-7719"


def fill(folder: Path) -> None:
    vault = open_vault(folder, KEY)
    columns = Columns(number=CANARY, day="2026-10-01", amount="77.19", text=CANARY)
    bodies = [b'{"name": "%s %d"}' % (CANARY.encode(), n) for n in range(400)]
    vault.cache.replace(
        "customerBill",
        [StoredDocument("customerBill", str(n), body, columns) for n, body in enumerate(bodies)],
        seen=NOW,
    )
    vault.papers.put("paper", "application/pdf", b"%PDF-" + CANARY.encode() * 2000, NOW)
    vault.actions.put_draft("leaving", CANARY.encode() * 100)
    vault.actions.keep_session(CANARY.encode())
    for path in folder.iterdir():
        assert CANARY.encode() not in path.read_bytes(), path.name
        assert not path.read_bytes().startswith(b"SQLite format 3"), path.name
    vault.close()


def test_nothing_readable_is_ever_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    fill(folder)
    assert {f"{which}.db" for which in FILES} <= {path.name for path in folder.iterdir()}
    for path in folder.iterdir():
        assert CANARY.encode() not in path.read_bytes()
        assert b"SQLite" not in path.read_bytes()[:32]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_folder_and_files_are_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    before = os.umask(0)
    try:
        folder.mkdir(mode=0o777)
        vault = open_vault(folder, KEY)
        vault.cache.replace("product", [StoredDocument("product", "1", b"x")], seen=NOW)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        vault.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "cache.db-wal" in modes
    assert {mode & 0o077 for mode in modes.values()} == {0}


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.cache.bill_rows(BillQuery(text=CANARY)).total == 400
    assert vault.papers.get("paper") == b"%PDF-" + CANARY.encode() * 2000
    assert vault.papers.has(["paper", "other"]) == {"paper"}
    assert vault.papers.size() == 5 + len(CANARY) * 2000
    assert vault.actions.session() == CANARY.encode()


def test_another_key_is_told_from_damage_and_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    before = {path.name: path.read_bytes() for path in (tmp_path / "v").iterdir()}
    with pytest.raises(VaultWrongKey):
        open_vault(tmp_path / "v", bytes(32))
    assert {path.name: path.read_bytes() for path in (tmp_path / "v").iterdir()} == before
    open_vault(tmp_path / "v", KEY).close()


def test_another_key_is_told_where_the_key_check_was_lost(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "v" / "key.check").unlink()
    with pytest.raises(VaultWrongKey):
        open_vault(tmp_path / "v", bytes(32))
    open_vault(tmp_path / "v", KEY).close()
    with pytest.raises(VaultWrongKey):
        open_vault(tmp_path / "v", bytes(32))


def test_a_damaged_key_check_is_made_anew_and_makes_no_damage_a_wrong_key(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    check, cache = tmp_path / "v" / "key.check", tmp_path / "v" / "cache.db"
    check.write_bytes(bytes(48))
    good = cache.read_bytes()
    cache.write_bytes(b"broken" * 1000)
    with pytest.raises(VaultDamaged) as caught:
        open_vault(tmp_path / "v", KEY)
    assert caught.value.which == "cache"
    with pytest.raises(VaultWrongKey):
        open_vault(tmp_path / "v", bytes(32))
    cache.write_bytes(good)
    open_vault(tmp_path / "v", KEY).close()
    assert check.read_bytes() != bytes(48)
    (tmp_path / "v" / "actions.db").write_bytes(b"broken" * 1000)
    with pytest.raises(VaultDamaged):
        open_vault(tmp_path / "v", KEY)


def test_a_session_proves_its_key_check_once_its_page_is_there(tmp_path: Path) -> None:
    from selfcare.account.session import Session

    fill(tmp_path / "v")
    check = tmp_path / "v" / "key.check"
    check.write_bytes(bytes(48))
    session = Session(tmp_path / "v", KEY, samples.profile(), lambda: NOW)
    assert check.read_bytes() == bytes(48)
    session.tidy()
    assert check.read_bytes() != bytes(48)
    session.close()


@pytest.mark.parametrize("which", FILES)
def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path, which: str) -> None:
    fill(tmp_path / "v")
    path = tmp_path / "v" / f"{which}.db"
    connection = apsw.Connection(str(path))
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{KEY.hex()}")
    connection.pragma("user_version", 99)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(VaultNewer):
        open_vault(tmp_path / "v", KEY)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("which", "other"), [*itertools.permutations(FILES, 2)])
@pytest.mark.parametrize("says_what_it_is", [True, False])
def test_a_file_in_the_place_of_another_is_named(
    tmp_path: Path, which: str, other: str, *, says_what_it_is: bool
) -> None:
    fill(tmp_path / "v")
    if not says_what_it_is:
        as_before(tmp_path / "v")
    body = (tmp_path / "v" / f"{other}.db").read_bytes()
    (tmp_path / "v" / f"{which}.db").write_bytes(body)
    with pytest.raises(VaultDamaged) as caught:
        open_vault(tmp_path / "v", KEY)
    assert caught.value.which == which
    assert (tmp_path / "v" / f"{which}.db").read_bytes() == body
    assert unsent_in(tmp_path / "v", KEY) == ()


def test_files_of_before_they_said_what_they_are_go_on(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    as_before(tmp_path / "v")
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.actions.session() == CANARY.encode()
    kinds = {one.which: one.value("PRAGMA application_id") for one in vault._databases}
    assert kinds == KINDS
    vault.close()


def as_before(folder: Path) -> None:
    """Take back the step by which each file says what it is, and what came after it."""
    for which in FILES:
        database = open_database(folder / f"{which}.db", KEY, which)
        if which == "actions":
            for column in ("asked_ahead", "sent_ahead", "run", "confirmed", "confirmed_ahead", "changed"):
                database.script(f"ALTER TABLE actions DROP COLUMN {column}")
            database.script("DROP TABLE clock")
        before = next(n for n, step in enumerate(STEPS[which]) if "application_id" in step)
        database.script(f"PRAGMA application_id=0; PRAGMA user_version={before}")
        database.close()


@pytest.mark.parametrize("which", FILES)
@pytest.mark.parametrize("harm", ["zeroed", "emptied", "cut", "plain", "folder"])
def test_a_broken_file_is_named(tmp_path: Path, which: str, harm: str) -> None:
    fill(tmp_path / "v")
    path = tmp_path / "v" / f"{which}.db"
    body = path.read_bytes()
    if harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        harmed = {"zeroed": bytes(4096) + body[4096:], "emptied": b"", "cut": body[:1000]}
        path.write_bytes(harmed.get(harm, b"SQLite format 3\x00" + bytes(5000)))
    with pytest.raises(VaultDamaged) as caught:
        open_vault(tmp_path / "v", KEY)
    assert caught.value.which == which
    assert path.exists()


def test_a_lost_outbox_is_told_and_a_lost_cache_is_begun_anew(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "v" / "cache.db").unlink()
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.cache.count("customerBill") == 0
    vault.close()
    (tmp_path / "v" / "actions.db").unlink()
    with pytest.raises(VaultDamaged) as caught:
        open_vault(tmp_path / "v", KEY)
    assert caught.value.which == "actions"


@pytest.mark.parametrize("check", ["whole", "gone", "empty", "flipped"])
@pytest.mark.parametrize("rest", [("cache", "papers"), ("papers",)])
@pytest.mark.parametrize("harm", ["gone", "empty", "flipped"])
def test_a_harmed_outbox_is_told_whatever_became_of_the_key_check(
    tmp_path: Path, check: str, rest: tuple[str, ...], harm: str
) -> None:
    folder = tmp_path / "v"
    fill(folder)
    hurt(folder / "key.check", check)
    hurt(folder / "actions.db", harm)
    for which in {"cache", "papers"} - set(rest):
        (folder / f"{which}.db").unlink()
    for side in ("-wal", "-shm"):
        (folder / f"actions.db{side}").unlink(missing_ok=True)
    before = {path.name: path.read_bytes() for path in folder.glob("*.db")}
    with pytest.raises(VaultDamaged, check=lambda e: e.which == "actions"):
        open_vault(folder, KEY)
    with pytest.raises(VaultWrongKey):
        open_vault(folder, bytes(32))
    assert {path.name: path.read_bytes() for path in folder.glob("*.db")} == before


def hurt(path: Path, harm: str) -> None:
    """Do it to a file."""
    body = path.read_bytes()
    match harm:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "flipped":
            path.write_bytes(body[:30] + bytes([body[30] ^ 1]) + body[31:])


def test_the_count_of_what_waited_is_the_last_trace_of_a_lost_vault(tmp_path: Path) -> None:
    (tmp_path / "unsent.json").write_text('{"count": 1}')
    with pytest.raises(VaultDamaged, check=lambda e: e.which == "actions"):
        open_vault(tmp_path, KEY)
    (tmp_path / "unsent.json").write_text('{"count": 0}')
    open_vault(tmp_path, KEY).close()


@pytest.mark.parametrize("made", range(4))
def test_a_vault_that_was_being_made_is_made_to_the_end(tmp_path: Path, made: int) -> None:
    """The program ended after so many of its files had their shape; the others are empty."""
    for which in FILES:
        database = open_database(tmp_path / f"{which}.db", KEY, which)
        if which in FILES[:made]:
            settle(database)
            assert (tmp_path / f"{which}.db").stat().st_size
            bring_up_to_date(database)
        database.close()
    open_vault(tmp_path, KEY).close()


def test_flipped_bits_are_always_noticed(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    path = tmp_path / "v" / "cache.db"
    good = path.read_bytes()
    chance = random.Random(7)
    noticed = 0
    for _ in range(60):
        bad = bytearray(good)
        at = chance.randrange(len(bad))
        bad[at] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        try:
            vault = open_vault(tmp_path / "v", KEY)
        except VaultDamaged:
            noticed += 1
            continue
        seen: object = None
        try:
            seen = [row.body for row in vault.cache.all("customerBill", newest_first=False)]
            assert vault.cache.bill_rows(BillQuery(text=CANARY)).total == 400
            assert vault.cache._database.rows("PRAGMA integrity_check") == [("ok",)]
        except VaultDamaged:
            noticed += 1
        else:
            assert seen == [b'{"name": "%s %d"}' % (CANARY.encode(), n) for n in range(400)]
        vault.close()
    assert noticed == 60


def test_only_what_can_be_read_again_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "v" / "cache.db").write_bytes(b"broken" * 1000)
    with pytest.raises(VaultDamaged):
        open_vault(tmp_path / "v", KEY)
    moved = rebuild_cache(tmp_path / "v", NOW, ("cache",))
    assert [path.read_bytes() for path in moved] == [b"broken" * 1000]
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.cache.count("customerBill") == 0
    assert vault.papers.get("paper") is not None
    vault.close()
    with pytest.raises(ValueError, match="rebuilt"):
        rebuild_cache(tmp_path / "v", NOW, ("actions",))


def test_a_broken_outbox_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "v" / "actions.db").write_bytes(b"broken" * 1000)
    moved = set_aside_actions(tmp_path / "v", KEY, NOW)
    assert [path.read_bytes() for path in moved] == [b"broken" * 1000]
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.actions.all() == []
    assert vault.cache.count("customerBill") == 400
    vault.close()


def test_the_outbox_that_is_begun_anew_knows_whose_the_rest_is(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "v", KEY)
    vault.actions.keep_owner("https://op", "9176")
    vault.agree_on_owner()
    vault.close()
    (tmp_path / "v" / "actions.db").write_bytes(b"broken" * 1000)
    set_aside_actions(tmp_path / "v", KEY, NOW)
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.actions.owner() == ("https://op", "9176")
    vault.close()
    (tmp_path / "v" / "cache.db").write_bytes(b"broken" * 1000)
    rebuild_cache(tmp_path / "v", NOW, ("cache",))
    open_vault(tmp_path / "v", KEY).close()
    (tmp_path / "v" / "actions.db").write_bytes(b"broken" * 1000)
    set_aside_actions(tmp_path / "v", KEY, NOW)
    vault = open_vault(tmp_path / "v", KEY)
    assert vault.actions.owner() == ("https://op", "9176"), "the list of what was read was begun anew before"
    vault.close()


def test_a_broken_outbox_stays_where_it_is_under_another_key(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    (tmp_path / "v" / "actions.db").write_bytes(b"broken" * 1000)
    with pytest.raises(VaultWrongKey):
        set_aside_actions(tmp_path / "v", bytes(32), NOW)
    assert (tmp_path / "v" / "actions.db").read_bytes() == b"broken" * 1000
    (tmp_path / "v" / "key.check").unlink()
    with pytest.raises(VaultWrongKey):
        set_aside_actions(tmp_path / "v", bytes(32), NOW)
    set_aside_actions(tmp_path / "v", KEY, NOW)
    open_vault(tmp_path / "v", KEY).close()


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "v")
    assert has_vault(tmp_path / "v")
    destroy_vault(tmp_path / "v")
    assert not (tmp_path / "v").exists()
    assert not has_vault(tmp_path / "v")
    destroy_vault(tmp_path / "v")


def test_a_key_must_have_its_length(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_vault(tmp_path / "v", b"short")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir(mode=0o500)
    with pytest.raises(DiskTrouble):
        open_vault(tmp_path / "v" / "deeper", KEY)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "v").write_text("")
    with pytest.raises(DiskTrouble):
        open_vault(tmp_path / "v", KEY)


def test_two_threads_may_have_it_open(tmp_path: Path) -> None:
    first, second = open_vault(tmp_path / "v", KEY), open_vault(tmp_path / "v", KEY)
    with second.cache.round("product", seen=NOW) as reading:
        reading.put(StoredDocument("product", "1", b"x"))
        assert first.cache.count("product") == 0
        first.actions.put_draft("a", b"b")
        reading.commit()
    assert first.cache.count("product") == 1
    first.close()
    second.close()
