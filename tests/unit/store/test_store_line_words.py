"""A bill is found by what its lines say, whichever of the two was read first, and only as long as they say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.search import BillQuery
from selfcare.store.vault import Vault, open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
BILL, LINE = "customerBill", "appliedCustomerBillingRate"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = open_vault(tmp_path / "vault", bytes(range(32)))
    yield vault
    vault.close()


def bills(vault: Vault, *names: str) -> None:
    documents = [
        StoredDocument(BILL, name, f"bill {name}".encode(), Columns(number=f"N-{name}", day="2026-10-05", amount="20"))
        for name in names
    ]
    vault.cache.replace(BILL, documents, seen=NOW)


def line(bill: str, text: str, no: int = 1) -> StoredDocument:
    return StoredDocument(LINE, f"{bill}-{no}", f"{bill} {text}".encode(), Columns(parent=bill, text=text))


def lines(vault: Vault, found: Iterable[StoredDocument]) -> None:
    vault.cache.replace(LINE, found, seen=NOW)


def found(vault: Vault, text: str) -> set[str]:
    window = vault.cache.bill_rows(BillQuery(text=text))
    assert window.total == len(window.rows)
    return {row.id for row in window.rows}


@pytest.mark.parametrize("lines_first", [False, True])
def test_a_word_of_a_line_finds_its_bill(vault: Vault, lines_first: bool) -> None:
    said = [line("b", "Roaming data, Portugal"), line("b", "Orvane Unlimited", 2), line("a", "Orvane Unlimited")]
    if lines_first:
        lines(vault, said)
        bills(vault, "a", "b")
    else:
        bills(vault, "a", "b")
        assert found(vault, "portugal") == set()
        lines(vault, said)
    assert found(vault, "portugal") == {"b"}
    assert found(vault, "Portug unlim") == {"b"}
    assert found(vault, "unlimited") == {"a", "b"}
    assert found(vault, "N-a unlimited") == {"a"}
    assert found(vault, "portugal 2026-10") == {"b"}


def test_a_line_that_says_something_else_or_is_gone_finds_nothing(vault: Vault) -> None:
    bills(vault, "a", "b")
    lines(vault, [line("a", "Roaming"), line("b", "Roaming")])
    assert found(vault, "roaming") == {"a", "b"}
    lines(vault, [line("a", "Calls")])
    assert found(vault, "roaming") == set()
    assert found(vault, "calls") == {"a"}
    lines(vault, [StoredDocument(LINE, "a-1", b"moved", Columns(parent="b", text="Calls"))])
    assert found(vault, "calls") == {"b"}


def test_a_bill_that_is_written_anew_keeps_the_words_of_its_lines(vault: Vault) -> None:
    bills(vault, "a")
    lines(vault, [line("a", "Roaming")])
    vault.cache.replace(BILL, [StoredDocument(BILL, "a", b"paid", Columns(number="N-9"))], seen=NOW)
    assert found(vault, "roaming") == {"a"}
    assert found(vault, "N-a") == set()


def test_a_bill_that_is_gone_is_not_found_by_its_lines(vault: Vault) -> None:
    bills(vault, "a", "b")
    lines(vault, [line("a", "Roaming"), line("b", "Roaming")])
    bills(vault, "b")
    assert found(vault, "roaming") == {"b"}


def test_long_lists_are_written_beside_their_reading_and_all_is_found(vault: Vault) -> None:
    names = [f"{n:05}" for n in range(3_000)]
    bills(vault, *names)
    lines(
        vault, (line(name, f"Option{name}" if part else "Orvane Unlimited", part) for name in names for part in (0, 1))
    )
    assert len(vault.cache.of_parent(LINE, "02999")) == 2
    assert vault.cache.unsearched() == 3_000
    assert vault.cache.finish()
    assert vault.cache.unsearched() == 0
    assert not vault.cache.finish(), "nothing is left to do"
    assert found(vault, "option02999") == {"02999"}
    window = vault.cache.bill_rows(BillQuery(text="unlimited", limit=10))
    assert (len(window.rows), window.total) == (10, 3_000)
    assert found(vault, "option00000") == {"00000"}


def test_many_new_bills_are_found_without_lines_too_once_all_has_been_read(tmp_path: Path) -> None:
    names = [f"{n:05}" for n in range(1_200)]
    vault = open_vault(tmp_path / "vault", bytes(range(32)))
    bills(vault, *names)
    lines(vault, [line("00007", "Roaming")])
    assert vault.cache.unsearched() == 1_200, "the reading does not wait for the search"
    vault.close()  # as if the power had gone: what is missing is remembered in the file
    vault = open_vault(tmp_path / "vault", bytes(range(32)))
    vault.cache.finish()
    assert found(vault, "N-00008") == {"00008"}
    assert found(vault, "roaming N-00007") == {"00007"}
    assert vault.cache.bill_rows(BillQuery(text="20", limit=5)).total == 1_200
    bills(vault, *names[:1_100])
    assert found(vault, "N-01150") == set()
    assert vault.cache.bill_rows(BillQuery(text="20", limit=5)).total == 1_100
    vault.close()


def test_making_the_search_whole_can_be_stopped_and_goes_on_where_it_stopped(vault: Vault) -> None:
    bills(vault, *(f"{n:05}" for n in range(5_000)))
    turns = iter([False, True])
    assert vault.cache.finish(lambda: next(turns))
    left = vault.cache.unsearched()
    assert 0 < left < 5_000
    assert found(vault, "N-04999") == {"04999"}, "the newest are found first"
    assert vault.cache.finish()
    assert vault.cache.unsearched() == 0
    assert found(vault, "N-00000") == {"00000"}


def test_a_word_of_a_new_line_finds_an_old_bill_while_many_others_wait(vault: Vault) -> None:
    bills(vault, "old")
    bills(vault, "old", *(f"{n:05}" for n in range(1_000)))
    lines(vault, [line("old", "Roaming")])
    assert vault.cache.unsearched() == 1_000
    assert found(vault, "roaming") == {"old"}


def test_a_long_reading_that_breaks_off_leaves_nothing(vault: Vault) -> None:
    bills(vault, "a")
    with vault.cache.round(LINE, seen=NOW) as reading:
        reading.put(line("a", f"Call{n}", n) for n in range(2_500))
    assert vault.cache.count(LINE) == 0
    assert found(vault, "call7") == set()


def test_an_id_that_comes_twice_counts_once_even_in_a_long_list(vault: Vault) -> None:
    bills(vault, "a")
    with vault.cache.round(LINE, seen=NOW) as reading:
        reading.put(line("a", f"Call{n}", n) for n in range(1_500))
        reading.put([StoredDocument(LINE, "a-3", b"again", Columns(parent="a", text="Refund"))])
        reading.commit()
    assert vault.cache.get(LINE, "a-3") == b"again"
    assert vault.cache.count(LINE) == 1_500
    assert found(vault, "refund") == {"a"}
    assert found(vault, "call3 call4") == {"a"}  # call30…39 and call40…49
    assert found(vault, "call1499") == {"a"}


def test_what_is_refused_is_counted_and_not_kept(vault: Vault) -> None:
    with vault.cache.round(BILL, seen=NOW) as reading:
        reading.put_bodies(
            [b"ours", b"theirs"], lambda body: StoredDocument(BILL, "a", body) if body == b"ours" else None
        )
        reading.commit()
    assert vault.cache.count(BILL) == 1
    state = vault.cache.state(BILL)
    assert (state.count, state.unreadable, state.refused) == (1, 0, 1)
