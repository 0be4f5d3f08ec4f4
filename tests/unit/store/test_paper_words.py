"""Bills are found by the words inside their PDFs, whenever those become known, and by amounts as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.store.cache import Cache
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.paper_words import MOST, words_of
from selfcare.store.search import BillQuery
from selfcare.store.vault import open_vault

SEEN = datetime(2026, 11, 21, tzinfo=UTC)


def bill(number: int, day: str = "2026-11-03", amount: str = "41.99", state: str = "sent") -> StoredDocument:
    columns = Columns(number=f"N{number}", day=day, amount=amount, unit="EUR", state=state)
    return StoredDocument("customerBill", f"b{number}", f"{number} {day} {amount} {state}".encode(), columns)


@pytest.fixture
def cache(tmp_path: Path):  # type: ignore[no-untyped-def]
    vault = open_vault(tmp_path / "vault", bytes(32))
    yield vault.cache
    vault.close()


def found(cache: Cache, **query: object) -> list[str]:
    return [row.id for row in cache.bill_rows(BillQuery(**query)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["45923", "45 923,61", "45,923.61", "45923.61", "45 923,61 €", "roaming", "MALAUC"])
def test_words_and_amounts_of_a_pdf(cache: Cache, typed: str) -> None:
    cache.replace("customerBill", [bill(1), bill(2)], seen=SEEN)
    cache.keep_paper_words(
        [("p1", "b1", words_of("Roaming à Malaucène\nTotal 45\u202f923,61 €")), ("p2", "b2", "other")]
    )
    assert found(cache, text=typed) == ["b1"]
    assert cache.worded_papers() == {"p1", "p2"}


def test_words_stay_when_the_bill_is_read_again_and_come_late_too(cache: Cache) -> None:
    cache.keep_paper_words([("p1", "b1", words_of("harbour"))])
    cache.replace("customerBill", [bill(1)], seen=SEEN)
    assert found(cache, text="harb") == ["b1"]
    cache.replace("customerBill", [bill(1, amount="50.00")], seen=SEEN)
    assert found(cache, text="harb") == found(cache, text="50.00") == ["b1"]
    cache.keep_paper_words([("p1", "b1", words_of("meadow"))])
    assert found(cache, text="harb") == []
    assert found(cache, text="meadow") == ["b1"]


def test_a_list_of_single_calls_does_not_fill_the_index() -> None:
    assert len(words_of(" ".join(map(str, range(100_000)))).split()) == MOST
    assert words_of("x" * 41) == ""


def test_the_last_of_five_thousand_calls_is_found_too(cache: Cache) -> None:
    calls = [
        f"{n % 28 + 1:02}/10/2026 {n % 24:02}:{n % 60:02}:{n * 7 % 60:02} 0{7_700_900_000 + n} {n % 97 / 100:.2f}"
        for n in range(5_000)
    ]
    cache.replace("customerBill", [bill(1), bill(2)], seen=SEEN)
    cache.keep_paper_words([("p1", "b1", words_of("\n".join(calls))), ("p2", "b2", words_of("one call"))])
    assert found(cache, text="07700904999") == found(cache, text="0770090") == ["b1"]


@pytest.mark.parametrize("typed", ["0612345678", "06 12 34 56 78", "06123", "061234"])
def test_a_number_in_groups_is_found_as_one(cache: Cache, typed: str) -> None:
    cache.replace("customerBill", [bill(1), bill(2)], seen=SEEN)
    cache.keep_paper_words([("p1", "b1", words_of("Votre ligne 06 12 34 56 78 00:04:12")), ("p2", "b2", "06 123")])
    assert found(cache, text=typed) == ["b1"]


@pytest.mark.parametrize("typed", ["780123456", "780-123-456", "780-123", "7801"])
def test_a_bill_is_found_by_its_number_with_and_without_what_parts_it(cache: Cache, typed: str) -> None:
    columns = Columns(number="780-123-456", day="2026-11-03", amount="41.99", unit="EUR", state="sent")
    cache.replace("customerBill", [StoredDocument("customerBill", "x", b"x", columns), bill(1)], seen=SEEN)
    assert found(cache, text=typed) == ["x"]


@pytest.mark.parametrize("typed", ["œuvre", "oeuvre", "OEUVRE", "Œuvres", "oeu"])
def test_joined_letters_are_found_apart_and_together(cache: Cache, typed: str) -> None:
    cache.replace("customerBill", [bill(1), bill(2), bill(3)], seen=SEEN)
    papers = [("p1", "b1", words_of("Mise en Œuvres")), ("p2", "b2", words_of("oeuvres")), ("p3", "b3", "ouvre")]
    cache.keep_paper_words(papers)
    assert sorted(found(cache, text=typed)) == ["b1", "b2"]


def test_amounts_stand_before_the_words() -> None:
    assert words_of("Été 1.234,56 12.5 7,10") == "1234d56 7d10 été 1 234 56 12 5 7 10"


@pytest.mark.parametrize("is_tidied", [False, True])
def test_every_order_and_every_bound_holds_with_and_without_its_index(cache: Cache, is_tidied: bool) -> None:
    amounts = ("41.99", "-5.00", "500.00", "19.99", "20.00", "")
    bills = [bill(n, f"20{20 + n}-01-0{n + 1}", amount, "sent" if n % 2 else "new") for n, amount in enumerate(amounts)]
    cache.replace("customerBill", bills, seen=SEEN)
    if is_tidied:
        cache.tidy()
    assert found(cache, sort="amount") == ["b2", "b0", "b4", "b3", "b1", "b5"]
    assert found(cache, sort="amount", descending=False) == ["b5", "b1", "b3", "b4", "b0", "b2"]
    assert found(cache, sort="number", descending=False) == ["b0", "b1", "b2", "b3", "b4", "b5"]
    assert found(cache, sort="state") == ["b5", "b3", "b1", "b4", "b2", "b0"]
    assert found(cache, least=200_000, most=5_000_000) == ["b4", "b0"]
    assert found(cache, most=0) == ["b1"], "not the one whose amount is not stated"
    assert found(cache, least=0, sort="amount") == ["b2", "b0", "b4", "b3"]
    assert found(cache, least=0, text="n3") == ["b3"]
    assert found(cache, year=2022) == ["b2"]
    assert found(cache, before="b2") == ["b1", "b0"]
    assert cache.bill_rows(BillQuery(least=0, limit=1)).total == 4
    assert cache.bill_years() == [2025, 2024, 2023, 2022, 2021, 2020]
