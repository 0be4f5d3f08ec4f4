"""A document that cannot be understood is kept apart and counted; it replaces nothing and lets nothing go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.store.cache import Cache
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.round import unread_kind
from selfcare.store.search import BillQuery
from selfcare.store.vault import open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)
BILL = "customerBill"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    vault = open_vault(tmp_path, bytes(32))
    yield vault.cache
    vault.close()


def good(name: str, body: bytes = b"good") -> StoredDocument:
    return StoredDocument(BILL, name, name.encode() + body, Columns(number=name, day="2026-09-01"))


def bad(name: str, body: bytes = b"?") -> StoredDocument:
    return StoredDocument(BILL, name, body, readable=False)


def put(cache: Cache, *documents: StoredDocument, keep: bool = True, seen: datetime = LATER) -> bool:
    return cache.replace(BILL, documents, seen=seen, validator='"1"', keep_missing=keep)


def here(cache: Cache) -> dict[str, tuple[bytes, bool]]:
    return {row.id: (row.body, row.gone) for row in cache.all(BILL)}


@pytest.mark.parametrize("keep", [True, False])
def test_the_last_one_that_was_understood_stays(cache: Cache, keep: bool) -> None:
    put(cache, good("a"), good("b"), keep=keep, seen=NOW)
    before = here(cache)
    for _ in range(2):
        assert not put(cache, good("a"), bad("b"), keep=keep)
        assert here(cache) == before
        state = cache.state(BILL)
        assert (state.count, state.unreadable, state.validator, state.seen) == (2, 1, "", LATER)
        assert [row.body for row in cache.all(unread_kind(BILL))] == [b"?"]
    assert put(cache, good("a"), good("b", b"newer"), keep=keep)
    assert here(cache)["b"] == (b"bnewer", False)
    assert (cache.state(BILL).unreadable, cache.state(BILL).validator) == (0, '"1"')
    assert cache.all(unread_kind(BILL)) == []


def test_one_that_was_never_understood_is_no_row_of_the_list(cache: Cache) -> None:
    put(cache, good("a"), bad("b"), bad("", b"[]"))
    assert list(here(cache)) == ["a"]
    assert cache.bill_rows(BillQuery()).total == 1
    assert cache.count(BILL) == 1
    assert sorted(row.body for row in cache.all(unread_kind(BILL))) == [b"?", b"[]"]
    assert cache.state(BILL).unreadable == 2


def test_only_those_that_cannot_be_understood(cache: Cache) -> None:
    put(cache, bad("a"), bad("b", b"!"))
    put(cache, bad("a"), good("b"), bad("c", b"!!"))
    put(cache, good("a"), good("b"), bad("c", b"!!"))
    assert sorted(here(cache)) == ["a", "b"]


@pytest.mark.parametrize("keep", [True, False])
def test_a_nameless_one_lets_nothing_go(cache: Cache, keep: bool) -> None:
    put(cache, good("a"), good("b"), keep=keep, seen=NOW)
    before = here(cache)
    put(cache, good("a"), bad(""), keep=keep)
    assert here(cache) == before
    put(cache, good("a"), keep=keep)
    assert here(cache).get("b") == ((b"bgood", True) if keep else None)


def test_a_bill_that_is_listed_again_is_listed_whatever_it_says(cache: Cache) -> None:
    put(cache, good("a"), good("b"), seen=NOW)
    put(cache, good("a"))
    assert here(cache)["b"] == (b"bgood", True)
    assert put(cache, good("a"), bad("b"))
    assert here(cache)["b"] == (b"bgood", False)


def test_a_good_one_counts_also_where_a_bad_one_has_its_id(cache: Cache) -> None:
    put(cache, good("a"), bad("a"))
    put(cache, bad("a"), good("a", b"second"))
    assert here(cache) == {"a": (b"asecond", False)}


def test_a_round_that_breaks_off_leaves_what_was_kept_apart(cache: Cache) -> None:
    put(cache, good("a"), bad("b"))
    with cache.round(BILL, seen=LATER) as reading:
        reading.put(good("a"))
    assert [row.body for row in cache.all(unread_kind(BILL))] == [b"?"]


def test_a_list_that_is_refused_whole_changes_nothing_but_the_validator(cache: Cache) -> None:
    put(cache, good("a"), seen=NOW)
    before = here(cache)
    with cache.round(BILL, seen=LATER) as reading:
        reading.put_bodies([b"theirs", b"also theirs"], lambda body: None)
        assert reading.is_refused_whole
        reading.refuse()
    state = cache.state(BILL)
    assert here(cache) == before
    assert (state.unreadable, state.refused, state.seen, state.validator) == (0, 0, NOW, "")


def test_what_is_refused_is_counted_apart_from_what_could_not_be_read(cache: Cache) -> None:
    with cache.round(BILL, seen=NOW) as reading:
        reading.put_bodies([b"theirs", b"ours"], lambda body: None if body == b"theirs" else good("a"))
        reading.commit(validator='"1"')
    state = cache.state(BILL)
    assert (state.refused, state.unreadable, state.validator) == (1, 0, "")
    cache.failed(BILL, LATER, "Offline")
    assert cache.state(BILL).refused == 0
