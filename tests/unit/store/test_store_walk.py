"""Walking through everything that is kept, a part at a time, as it was when the walk began."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.vault import open_vault

SEEN = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_walk_is_the_list_newest_first_whatever_it_holds_at_once(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, bytes(32))
    bills = [
        StoredDocument("customerBill", f"B{n}", f'{{"id":"B{n}"}}'.encode(), Columns(day=f"2026-{n % 12 + 1:02}-01"))
        for n in range(50)
    ]
    vault.cache.replace("customerBill", [*bills, StoredDocument("customerBill", "", b"?", readable=False)], seen=SEEN)
    vault.cache.replace("payment", [StoredDocument("payment", "P", b"{}")], seen=SEEN)
    expected = vault.cache.all("customerBill")
    for at_once in (1, 7, 50, 51, 200):
        assert list(vault.cache.walk("customerBill", at_once=at_once)) == expected
    assert list(vault.cache.walk("customerBill", 10, at_once=3)) == expected[:10]
    assert list(vault.cache.walk("product")) == []
    assert vault.cache.kinds() == ["customerBill", "payment", "unreadable:customerBill"]
    vault.close()


def test_who_holds_the_vault_sees_it_as_it_was(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, bytes(32))
    vault.papers.put("D1", "application/pdf", b"one", SEEN)
    held = open_vault(tmp_path, bytes(32))
    held.hold()
    vault.papers.put("D2", "application/pdf", b"two", SEEN)
    vault.cache.note_promise("T", "2026-11-22T10:00:00+00:00", SEEN)
    assert list(held.papers.ids()) == ["D1"]
    assert held.cache.promised_ends() == []
    held.close()
    assert list(vault.papers.ids(at_once=1)) == ["D1", "D2"]
    assert vault.cache.promised_ends() == [("T", "2026-11-22T10:00:00+00:00", SEEN.isoformat())]
    vault.close()
