"""What the operator said is replaced whole or not at all, and what vanished is remembered where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from selfcare.domain.failures import NotAnAnswer
from selfcare.store.blocks import packed
from selfcare.store.cache import Cache
from selfcare.store.database import Database
from selfcare.store.documents import Columns, ResourceState, StoredDocument
from selfcare.store.schema import STEPS, bring_up_to_date
from selfcare.store.search import BillQuery
from selfcare.store.vault import open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    vault = open_vault(tmp_path / "v", bytes(32))
    yield vault.cache
    vault.close()


def bill(name: str, body: str = "", day: str = "2026-10-01", **facts: str) -> StoredDocument:
    return StoredDocument("customerBill", name, (body or name).encode(), Columns(number=f"N{name}", day=day, **facts))


def ids(cache: Cache, kind: str = "customerBill") -> list[str]:
    return [row.id for row in cache.all(kind)]


def test_a_list_is_replaced(cache: Cache) -> None:
    assert cache.replace("customerBill", [bill("a", day="2026-09-01"), bill("b")], seen=NOW, validator='"1"')
    assert ids(cache) == ["b", "a"]
    assert cache.replace("customerBill", [bill("b", "new"), bill("c", day="2026-11-01")], seen=LATER, validator='"2"')
    assert ids(cache) == ["c", "b"]
    assert cache.get("customerBill", "b") == b"new"
    assert cache.get("customerBill", "a") is None
    assert cache.state("customerBill") == ResourceState("customerBill", '"2"', LATER, LATER, count=2)


def test_the_same_list_again_changes_nothing_but_its_age(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a"), bill("b")], seen=NOW)
    stamp = cache.stamp("customerBill")
    assert not cache.replace("customerBill", [bill("b"), bill("a")], seen=LATER)
    assert cache.stamp("customerBill") == stamp
    assert cache.state("customerBill").seen == LATER


def test_an_emptied_list_is_empty(cache: Cache) -> None:
    cache.replace("troubleTicket", [StoredDocument("troubleTicket", "t", b"x")], seen=NOW)
    assert cache.replace("troubleTicket", [], seen=LATER)
    assert ids(cache, "troubleTicket") == []


def test_a_bill_that_is_no_longer_listed_stays_and_says_so(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a"), bill("b")], seen=NOW, keep_missing=True)
    assert cache.replace("customerBill", [bill("b")], seen=LATER, keep_missing=True)
    assert {row.id: row.gone for row in cache.all("customerBill")} == {"a": True, "b": False}
    assert [row.gone for row in cache.bill_rows(BillQuery(text="Na")).rows] == [True]
    assert cache.state("customerBill").count == 1
    assert not cache.replace("customerBill", [bill("b")], seen=LATER, keep_missing=True)
    assert cache.replace("customerBill", [bill("a"), bill("b")], seen=LATER, keep_missing=True)
    assert not any(row.gone for row in cache.all("customerBill"))


def test_a_failure_in_the_middle_leaves_everything_as_it_was(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a"), bill("b")], seen=NOW, validator='"1"')
    before = cache.all("customerBill"), cache.state("customerBill"), cache.bill_rows(BillQuery(text="N"))

    def breaks() -> Iterator[StoredDocument]:
        for n in range(1200):
            yield bill(f"x{n}", f"body {n}")
        raise RuntimeError("the wire was cut")

    with pytest.raises(RuntimeError, match="cut"):
        cache.replace("customerBill", breaks(), seen=LATER, validator='"2"')
    assert (cache.all("customerBill"), cache.state("customerBill"), cache.bill_rows(BillQuery(text="N"))) == before


def test_a_round_that_is_left_without_commit_leaves_everything_as_it_was(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a")], seen=NOW)
    with cache.round("customerBill", seen=LATER) as reading:
        reading.put([bill("b")])
    assert ids(cache) == ["a"]


def test_a_list_shorter_than_announced_is_not_taken(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a"), bill("b")], seen=NOW)
    with cache.round("customerBill", seen=LATER) as reading:
        reading.put([bill("c"), bill("c")])
        with pytest.raises(NotAnAnswer) as caught:
            reading.commit(2)
    assert caught.value.what == "truncated"
    assert sorted(ids(cache)) == ["a", "b"]


def test_a_list_that_changed_while_it_was_read_is_read_from_its_start(cache: Cache) -> None:
    with cache.round("customerBill", seen=NOW) as reading:
        reading.put([bill("a"), bill("b")])
        reading.restart()
        reading.put([bill("c")])
        assert reading.commit(1, '"9"')
    assert ids(cache) == ["c"]
    assert cache.state("customerBill").validator == '"9"'


def test_documents_come_as_bytes_and_only_new_ones_are_read(cache: Cache) -> None:
    read: list[bytes] = []

    def reader(body: bytes) -> StoredDocument:
        read.append(body)
        return StoredDocument("product", body.decode()[0], body)

    for bodies in ([b"a1", b"b1"], [b"b1", b"a2"]):
        with cache.round("product", seen=NOW) as reading:
            reading.put_bodies(bodies, reader)
            reading.commit(2)
    assert read == [b"a1", b"b1", b"a2"]
    assert cache.get("product", "a") == b"a2"


def test_a_document_that_came_twice_counts_once(cache: Cache) -> None:
    cache.replace("customerBill", [bill("a", "1"), bill("a", "2"), bill("a", "2")], seen=NOW)
    assert [row.body for row in cache.all("customerBill")] == [b"2"]
    assert cache.bill_rows(BillQuery(text="Na")).total == 1


def test_two_documents_may_say_the_same(cache: Cache) -> None:
    for _ in range(2):
        cache.replace("customerBill", [bill("a", "same"), bill("b", "same")], seen=NOW)
        assert sorted(ids(cache)) == ["a", "b"]


def test_parts_of_a_resource_do_not_touch_each_other(cache: Cache) -> None:
    cache.replace("payment", [StoredDocument("payment", "1", b"x")], seen=NOW, scope="one")
    cache.replace("payment", [StoredDocument("payment", "2", b"y")], seen=NOW, scope="two")
    cache.replace("payment", [StoredDocument("payment", "2", b"z")], seen=LATER, scope="one")
    assert [(row.id, row.body) for row in cache.all("payment")] == [("2", b"z")]
    assert cache.scopes("payment") == ["one", "two"]


def test_not_changed_and_failed_are_remembered(cache: Cache) -> None:
    assert cache.state("product") == ResourceState("product")
    cache.replace("product", [StoredDocument("product", "a", b"x")], seen=NOW, validator='"1"')
    cache.failed("product", LATER, "ServerTrouble", '{"status": 502}')
    assert cache.state("product") == ResourceState("product", '"1"', NOW, LATER, "ServerTrouble", '{"status": 502}', 1)
    cache.confirm("product", LATER)
    assert cache.state("product") == ResourceState("product", '"1"', LATER, LATER, count=1)
    cache.failed("service", NOW, "Offline")
    assert cache.state("service") == ResourceState("service", "", None, NOW, "Offline")


def test_children_are_found_by_their_parent_in_order(cache: Cache) -> None:
    lines = [StoredDocument("appliedCustomerBillingRate", str(n), b"%d" % n, Columns(parent="b")) for n in range(12)]
    cache.replace("appliedCustomerBillingRate", lines, seen=NOW)
    assert [row.id for row in cache.of_parent("appliedCustomerBillingRate", "b")] == [str(n) for n in range(12)]
    assert cache.of_parent("appliedCustomerBillingRate", "") == []


def test_moments_of_one_day_stand_side_by_side(cache: Cache) -> None:
    days = ["2026-10-01T10:00:00+00:00", "2026-10-01T09:00:00+00:00", "2026-10-01", "", "no day", "2026-09-30"]
    tickets = [StoredDocument("troubleTicket", str(n), b"%d" % n, Columns(day=day)) for n, day in enumerate(days)]
    cache.replace("troubleTicket", tickets, seen=NOW)
    assert [row.id for row in cache.all("troubleTicket", newest_first=False)] == ["3", "4", "5", "0", "1", "2"]
    changed = StoredDocument("troubleTicket", "1", b"new", Columns(day="2026-10-01T12:00:00+00:00"))
    cache.replace("troubleTicket", [tickets[0], changed, *tickets[2:]], seen=LATER)
    assert [row.id for row in cache.all("troubleTicket", newest_first=False)] == ["3", "4", "5", "0", "1", "2"]


def test_every_promise_is_remembered_in_order_also_one_that_came_back(cache: Cache) -> None:
    first, second = "2026-11-23T10:00:00+00:00", "2026-11-20T10:00:00+00:00"
    cache.note_promise("t", first, NOW)
    cache.note_promise("t", first, NOW + timedelta(minutes=1))
    cache.note_promise("t", second, LATER)
    cache.note_promise("t", second, LATER + timedelta(minutes=1))
    cache.note_promise("t", first, LATER + timedelta(hours=1))
    found = [(end, datetime.fromisoformat(seen)) for end, seen in cache.promises("t")]
    assert found == [(first, NOW), (second, LATER), (first, LATER + timedelta(hours=1))]
    assert cache.promises("other") == []


def test_small_things_are_kept_beside(cache: Cache) -> None:
    assert cache.note("profile") is None
    cache.keep_note("profile", b"1")
    cache.keep_note("profile", b"2")
    assert cache.note("profile") == b"2"


def test_an_instant_without_a_zone_is_a_mistake(cache: Cache) -> None:
    with pytest.raises(ValueError, match="zone"):
        cache.confirm("product", datetime(2026, 1, 1))


def test_ten_thousand_bills_are_kept_and_found(cache: Cache) -> None:
    start = date(2026, 11, 1)
    documents = [
        bill(
            str(n), f"{n}" + "x" * 1300, day=(start - timedelta(days=n // 3)).isoformat(), amount=f"{n}.20", text="Plan"
        )
        for n in range(10_000)
    ]
    assert cache.replace("customerBill", documents, seen=NOW)
    assert not cache.replace("customerBill", documents, seen=LATER)
    cache.finish()
    for typed in ("1", "12", "123", "1234", "N5", "plan", "99.2"):
        assert cache.bill_rows(BillQuery(text=typed)).total > 0


def test_what_an_earlier_version_remembered_of_promises_is_kept() -> None:
    old = Database(apsw.Connection(":memory:"), "cache")
    old.function("packed", packed)
    for step in STEPS["cache"][:6]:
        old.script(step)
    old.script("PRAGMA user_version=6")
    old.run("INSERT INTO promises(ticket, promised, seen) VALUES('t', 'first', ?)", NOW.isoformat())
    old.run("INSERT INTO promises(ticket, promised, seen) VALUES('t', 'second', ?)", LATER.isoformat())
    bring_up_to_date(old)
    Cache(old).note_promise("t", "first", LATER + timedelta(hours=1))
    assert [end for end, _seen in Cache(old).promises("t")] == ["first", "second", "first"]
    assert old.version() == len(STEPS["cache"])
