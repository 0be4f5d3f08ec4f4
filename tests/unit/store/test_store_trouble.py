"""A full disk, a program that is killed, a second lane in the middle of a round: nothing confirmed is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.domain.failures import DiskTrouble
from selfcare.store.database import open_database, settle
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.papers import Papers
from selfcare.store.search import BillQuery
from selfcare.store.vault import Vault, open_vault

KEY = bytes(32)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from selfcare.store.action import Action
from selfcare.store.documents import StoredDocument
from selfcare.store.vault import open_vault
now = datetime(2026, 11, 21, tzinfo=UTC)
vault = open_vault(Path(sys.argv[1]), bytes(32))
start = len(vault.actions.all())
print("ready", flush=True)
for n in range(start, start + 100000):
    vault.actions.add(Action(f"a{n}", "k", f"c{n}", "addNote", b"{}", "i", "s", "POST", "TMF621", "p", b"b" * 400, "j",
                             "new", now), now)
    print(n, flush=True)
    documents = [StoredDocument("product", str(m), b"%d-%d" % (n, m)) for m in range(60)]
    vault.cache.replace("product", documents, seen=now, validator=str(n))
"""


def bills(count: int, size: int) -> list[StoredDocument]:
    facts = Columns(number="N", day="2026-10-01", amount="1.00")
    chance = random.Random(size)
    return [StoredDocument("customerBill", str(n), b"%d" % n + chance.randbytes(size), facts) for n in range(count)]


def limit(vault: Vault, which: int, pages: int) -> None:
    database = vault._databases[which]
    database.script(f"PRAGMA max_page_count={int(database.value('PRAGMA page_count')) + pages}")


def test_a_full_disk_keeps_the_last_good_list(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "v", KEY)
    vault.cache.replace("customerBill", bills(20, 100), seen=NOW, validator='"1"')
    before = vault.cache.all("customerBill"), vault.cache.state("customerBill")
    limit(vault, 1, 30)
    with pytest.raises(DiskTrouble) as caught:
        vault.cache.replace("customerBill", bills(2000, 900), seen=NOW, validator='"2"')
    assert caught.value.what == "full"
    assert (vault.cache.all("customerBill"), vault.cache.state("customerBill")) == before
    vault.cache.replace("customerBill", bills(20, 101), seen=NOW)
    assert vault.cache.bill_rows(BillQuery(text="N")).total == 20
    vault.close()


def test_a_full_disk_keeps_no_half_paper(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "v", KEY)
    vault.papers.put("a", "application/pdf", b"%PDF-1", NOW)
    limit(vault, 2, 10)
    with pytest.raises(DiskTrouble):
        vault.papers.put("b", "application/pdf", b"%PDF-" + b"x" * 1_000_000, NOW)
    assert vault.papers.has(["a", "b"]) == {"a"}
    assert vault.papers.get("b") is None
    vault.papers.put("a", "application/pdf", b"%PDF-2", NOW)
    assert vault.papers.get("a") == b"%PDF-2"
    vault.close()


def test_a_killed_program_has_lost_nothing_that_it_confirmed(tmp_path: Path) -> None:
    chance = random.Random(5)
    confirmed = -1
    for _ in range(5):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path / "v")], stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        worker.stdout.readline()
        for _ in range(chance.randrange(1, 25)):
            confirmed = int(worker.stdout.readline())
        worker.kill()
        rest = [line for line in worker.stdout if line.endswith("\n")]
        confirmed = int(rest[-1]) if rest else confirmed
        worker.wait()
        vault = open_vault(tmp_path / "v", KEY)
        kept = vault.actions.all()
        assert len(kept) in {confirmed + 1, confirmed + 2}
        assert [action.id for action in kept] == [f"a{n}" for n in range(len(kept))]
        bodies = [row.body.partition(b"-") for row in vault.cache.all("product", newest_first=False)]
        assert len({number for number, _, _ in bodies}) <= 1
        assert len(bodies) in {0, 60}
        if bodies:
            assert vault.cache.state("product").validator.encode() == bodies[0][0]
        vault.close()


def test_a_lane_may_open_and_read_while_the_other_is_in_the_middle_of_a_round(tmp_path: Path) -> None:
    first = open_vault(tmp_path / "v", KEY)
    first.cache.replace("product", [StoredDocument("product", "1", b"old")], seen=NOW)
    with first.cache.round("product", seen=NOW) as reading:
        reading.put(StoredDocument("product", str(n), b"new %d" % n) for n in range(3000))
        second = open_vault(tmp_path / "v", KEY)
        assert [row.body for row in second.cache.all("product")] == [b"old"]
        second.actions.put_draft("x", b"y")
        reading.commit()
        assert second.cache.count("product") == 3000
        second.close()
    first.cache.tidy()
    first.close()


def test_a_file_that_is_not_kept_open_is_whole(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "v", KEY)
    vault.papers.put("a", "application/pdf", b"%PDF-1", NOW)
    vault.close()
    assert {path.name for path in (tmp_path / "v").iterdir()} == {"actions.db", "cache.db", "papers.db", "key.check"}
    database = open_database(tmp_path / "v" / "papers.db", KEY, "papers")
    settle(database)
    assert Papers(database).get("a") == b"%PDF-1"
    database.close()
