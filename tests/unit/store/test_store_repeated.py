"""A list that holds a document twice, in any of the ways in which a server can get its pages wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.domain.failures import ListChanged
from selfcare.store.cache import Cache
from selfcare.store.documents import Columns, StoredDocument, rank_of
from selfcare.store.earlier import Earlier
from selfcare.store.search import NOT_STATED, BillQuery
from selfcare.store.vault import open_vault

NOW = datetime(2026, 11, 3, tzinfo=UTC)
LINE = "appliedCustomerBillingRate"
MANY = 1200


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    vault = open_vault(tmp_path / "vault", bytes(32))
    yield vault.cache
    vault.close()


def bill(body: bytes) -> StoredDocument:
    own, _, day = body.decode().partition("|")
    return StoredDocument("customerBill", own, body, Columns(number=own, day=day))


def bodies(day: str, first: int = 0, count: int = MANY) -> list[bytes]:
    return [f"b{n}|{day}".encode() for n in range(first, first + count)]


def read(cache: Cache, *lists: list[bytes]) -> int:
    with cache.round("customerBill", seen=NOW, keep_missing=True) as reading:
        for one in lists:
            reading.put_bodies(one, bill)
        reading.commit()
    return cache.state("customerBill").count


@pytest.mark.parametrize("day", ["2026-10-01", "2026-10-02"])
def test_in_a_first_reading_the_last_of_an_id_stays(cache: Cache, day: str) -> None:
    assert read(cache, bodies("2026-10-01"), bodies(day, 100, 50), bodies("2026-10-03", 120, 1)) == MANY
    assert cache.count("customerBill") == MANY
    assert {cache.get("customerBill", f"b{n}") for n in (99, 119, 120)} == {
        b"b99|2026-10-01", f"b119|{day}".encode(), b"b120|2026-10-03"
    }  # fmt: skip
    cache.finish()
    assert [row.id for row in cache.bill_rows(BillQuery(text="b120", limit=3)).rows] == ["b120"]
    assert cache.bill_rows(BillQuery(text="b")).total == MANY


def test_in_a_later_reading_too_and_what_did_not_come_is_marked(cache: Cache) -> None:
    read(cache, bodies("2026-10-01"))
    assert read(cache, bodies("2026-10-01", 1), bodies("2026-10-04", 5, 1), bodies("2026-10-05", 5, 1)) == MANY
    assert cache.get("customerBill", "b5") == b"b5|2026-10-05"
    assert [row.id for row in cache.all("customerBill") if row.gone] == ["b0"]
    assert cache.count("customerBill") == MANY + 1
    read(cache, bodies("2026-10-01", 0, 2))
    assert sum(row.gone for row in cache.all("customerBill")) == MANY - 1
    assert not cache.row("customerBill", "b0").gone  # type: ignore[union-attr]


def test_as_it_was_and_as_another_one_the_later_counts(cache: Cache) -> None:
    read(cache, bodies("2026-10-01", 0, 3))
    read(cache, bodies("2026-10-09", 1, 1), bodies("2026-10-01", 0, 3))
    assert cache.get("customerBill", "b1") == b"b1|2026-10-01"
    read(cache, bodies("2026-10-01", 0, 3), bodies("2026-10-09", 1, 1))
    assert cache.get("customerBill", "b1") == b"b1|2026-10-09"
    read(cache, bodies("2026-11-01"), bodies("2026-12-01", 5000), bodies("2026-10-01", 2, 1))
    assert cache.get("customerBill", "b2") == b"b2|2026-10-01"
    assert cache.get("customerBill", "b0") == b"b0|2026-11-01"


def test_if_it_came_as_it_was_while_another_one_was_being_written_the_list_is_refused(cache: Cache) -> None:
    read(cache, bodies("2026-10-01", 0, 3))
    with cache.round("customerBill", seen=NOW) as reading:
        reading.put_bodies(bodies("2026-11-01"), bill)
        reading._writing.result()  # type: ignore[union-attr]
        reading.put_bodies([b"b2|2026-10-01"], bill)
        with pytest.raises(ListChanged):
            reading.commit()
    assert cache.get("customerBill", "b2") == b"b2|2026-10-01"


def test_what_was_here_is_found_by_its_bytes_alone() -> None:
    marks = [bytes([7] * 8 + [n] * 8) for n in range(4)]
    here = Earlier([(10 * n, mark, n == 1, n != 2) for n, mark in enumerate(marks)])
    assert [here.has_come(mark, 5) for mark in marks] == [True, False, False, True]
    assert not here.has_come(bytes([7] * 8 + [9] * 8), 6)
    assert [here.at(no) for no in (0, 5, 10, 30, 31)] == [0, None, 1, 3, None]
    assert list(here.unseen()) == [(10, True, True), (20, False, False)]
    here.replace(0, 9)
    assert not here.has_come(marks[0], 10)
    assert (here.seen, here.came_last(0), here.came_last(3), len(here)) == (2, 9, 5, 4)


@pytest.mark.parametrize(
    "amount", ["0.00", "45923.61", "-45923.61", "7.5", "1E+3", "99999999999.99", "", "one", "1.2a"]
)
def test_an_amount_is_ranked_as_it_is_worth(amount: str) -> None:
    try:
        worth = int(float(amount) * 100 + (0.5 if float(amount) >= 0 else -0.5)) * 100
    except ValueError:
        worth = NOT_STATED
    assert rank_of(amount) == worth
