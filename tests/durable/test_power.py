"""The power goes at any moment: what was told safe is there, and nothing is ever half of two states."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import apsw
import pytest

from selfcare.store.action import Action
from selfcare.store.actions import Actions
from selfcare.store.cache import Cache
from selfcare.store.database import Database, settle
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.schema import bring_up_to_date
from tests.durable.recording import NAME, Recording, RecordingVFS

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
WAYS = ("lost", "half", "torn")
CUTS = 2_000


def open_plain(path: Path, which: str, *, recorded: bool) -> Database:
    """The file as the program settles it. The one process has it for itself: a recorded file has no shared memory."""
    connection = apsw.Connection(str(path), vfs=NAME) if recorded else apsw.Connection(str(path))
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    return Database(connection, which)


def work_on_requests(database: Database, told: Callable[[], None], chance: Random) -> None:
    """Requests are asked for, marked, answered and dropped; each call is one commit."""
    actions = Actions(database)
    for n in range(40):
        action = Action(
            f"a{n}", f"k{n}", f"c{n}", "addNote", b"{}", "i", "s", "POST", "TMF621", "p", b"b" * 700, "j", "new", NOW
        )
        actions.add(action, NOW)
        told()
        for _ in range(chance.randrange(3)):
            actions.claim(f"a{n}", NOW)
            told()
            actions.finish(f"a{n}", chance.choice(["unknown", "done", "new"]), NOW, event="x", next_try=NOW)
            told()
        actions.drop(f"a{chance.randrange(n + 1)}", NOW)
        told()


def work_on_documents(database: Database, told: Callable[[], None], chance: Random) -> None:
    """Lists are read, each whole in one commit, and moved into place now and then."""
    cache = Cache(database)
    for n in range(30):
        facts = Columns(number="N", day="2026-10-01", amount="1.00")
        documents = [
            StoredDocument("customerBill", str(m), b"%d-%d" % (n, m), facts) for m in range(chance.randrange(1, 30))
        ]
        cache.replace("customerBill", documents, seen=NOW + timedelta(minutes=n), keep_missing=True)
        told()
        if n % 7 == 6:
            cache.tidy()
            told()


def shown(database: Database, which: str) -> str:
    """What the file says, as one fingerprint."""
    tables = {"actions": ("actions", "journal"), "cache": ("documents", "blocks", "resources", "unindexed")}[which]
    rows = [database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


class Story:
    """Some work on one file, recorded, with what the file said after each commit."""

    def __init__(self, folder: Path, which: str, seed: int, synchronous: str = "") -> None:
        self.recording, self.which = Recording(), which
        self.states: list[str] = []
        vfs = RecordingVFS(self.recording)
        try:
            database = open_plain(folder / "kept.db", which, recorded=True)
            settle(database)
            if synchronous:
                database.script(f"PRAGMA synchronous={synchronous}")
            if which == "actions":
                database.script("PRAGMA wal_autocheckpoint=25")
            bring_up_to_date(database)
            self._told(database)
            work = work_on_requests if which == "actions" else work_on_documents
            work(database, lambda: self._told(database), Random(seed))
            database.close()
        finally:
            vfs.unregister()

    def _told(self, database: Database) -> None:
        self.states.append(shown(database, self.which))
        self.recording.mark(len(self.states))

    def cut(self, folder: Path, at: int, way: str, chance: Random) -> tuple[int, int]:
        """Cut the power there and open what is left: how many commits were told safe, and up to which they are there.

        -1 where the file says something that it never said, or is damaged.
        """
        for old in folder.iterdir():
            old.unlink()
        for name, held in self.recording.after_cut(at, way, chance).items():
            (folder / name).write_bytes(held)
        told = self.recording.told_before(at)
        database = open_plain(folder / "kept.db", self.which, recorded=False)
        try:
            if database.value("PRAGMA integrity_check") != "ok":
                return told, -1
            if not database.version():
                return told, 0
            state = shown(database, self.which)
        except apsw.Error:
            return told, -1
        finally:
            database.close()
        there = [n for n, kept in enumerate(self.states, 1) if kept == state]
        return told, max(there, default=-1)


@pytest.fixture
def fast() -> Iterator[Path]:
    """A folder in memory, where there is one: the disk's own flushes are not what is tried here."""
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield Path(folder)


def cut_often(fast: Path, which: str, cuts: int, seed: int, synchronous: str = "") -> tuple[int, int]:
    """So many power cuts at moments of their own: in how many something told was lost, and something was damaged."""
    chance = Random(seed)
    (fast / "story").mkdir()
    (fast / "left").mkdir()
    story = Story(fast / "story", which, seed, synchronous)
    lost = damaged = 0
    for n in range(cuts):
        at = chance.randrange(1, len(story.recording.steps) + 1)
        told, there = story.cut(fast / "left", at, WAYS[n % 3], Random(f"{seed} {n}"))
        damaged += there < 0
        lost += 0 <= there < told
    return lost, damaged


def test_requests_that_were_told_safe_outlive_the_power(fast: Path) -> None:
    assert cut_often(fast, "actions", CUTS * 3 // 4, seed=1) == (0, 0)


def test_documents_are_those_of_one_reading(fast: Path) -> None:
    assert cut_often(fast, "cache", CUTS // 4, seed=2)[1] == 0


def test_the_trial_notices_an_outbox_that_does_not_flush(fast: Path) -> None:
    assert cut_often(fast, "actions", 60, seed=3, synchronous="NORMAL")[0] > 0


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(10, 20))
def test_the_power_goes_very_often(fast: Path, seed: int) -> None:
    assert cut_often(fast, "actions", 10_000, seed) == (0, 0)
