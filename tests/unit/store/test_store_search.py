"""A bill is found by its number, a word or its amount, however the customer types it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.search import BillQuery
from selfcare.store.vault import Vault, open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
BILLS = (
    ("huge", "FR-2026-000777", "2026-10-05", "45923.61", "EUR", "sent", "Facture itinérance"),
    ("plain", "INV-104233", "2026-09-05", "38.20", "GBP", "settled", "Monthly"),
    ("even", "INV-104232", "2026-08-05", "38", "GBP", "settled", "Monthly"),
    ("credit", "CN-9", "2025-07-05", "-12.50", "GBP", "settled", "Credit note"),
    ("undated", "X-1", "", "", "", "unknown", ""),
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = open_vault(tmp_path / "vault", bytes(range(32)))
    vault.cache.replace(
        "customerBill",
        [
            StoredDocument(
                "customerBill",
                name,
                b"{}" + name.encode(),
                Columns(number=number, day=day, due=day, amount=amount, unit=unit, state=state, text=text),
            )
            for name, number, day, amount, unit, state, text in reversed(BILLS)
        ],
        seen=NOW,
    )
    return vault


def found(vault: Vault, text: str = "", **facts: object) -> list[str]:
    return [row.id for row in vault.cache.bill_rows(BillQuery(text=text, **facts)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    ["45923", "45923.61", "45923,61", "45 923,61", "45\u202f923,61", "45\u00a0923,61 €", "45,923.61", "45.923,61",
     "45'923.61", "€45,923.61", "4592", "45 923", "45 9", "45923,6", "45923,", "45,923", "45923.61 EUR", "EUR 45923.61",
     "eur45923.61", "45 923,61 euros", "45\u202f923,61\u00a0EUR", "45923,61euro"],
)  # fmt: skip
def test_an_amount_is_found_in_every_way_of_writing_it(vault: Vault, typed: str) -> None:
    assert found(vault, typed) == ["huge"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("38.2", ["plain"]),
        ("38.20", ["plain"]),
        ("£38,20", ["plain"]),
        ("38.00", ["even"]),
        ("38", ["plain", "even"]),
        ("-12.50", ["credit"]),
        ("12,5", ["credit"]),
        ("INV-10423", ["plain", "even"]),
        ("inv 104232", ["even"]),
        ("104233", ["plain"]),
        ("itinerance", ["huge"]),
        ("ITINÉR", ["huge"]),
        ("month 38.2", ["plain"]),
        ("2026-09", ["plain"]),
        ("2026-1", ["huge"]),
        ("nothing of the kind", []),
        ("38.21", []),
        ("38.20 pounds", ["plain"]),
    ],
)
def test_numbers_words_and_months_are_found(vault: Vault, typed: str, expected: list[str]) -> None:
    assert found(vault, typed) == expected


@pytest.mark.parametrize(
    "typed", ['"', "*", "a OR b*", "NEAR(", "-", "'; DROP TABLE documents; --", "(", "^zz", "\x00", "🙂", "…"]
)
def test_whatever_is_typed_is_only_looked_for(vault: Vault, typed: str) -> None:
    assert found(vault, typed) == []
    assert len(found(vault)) == 5


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (BillQuery(), ["huge", "plain", "even", "credit", "undated"]),
        (BillQuery(descending=False), ["undated", "credit", "even", "plain", "huge"]),
        (BillQuery(sort="amount"), ["huge", "plain", "even", "credit", "undated"]),
        (BillQuery(sort="amount", descending=False), ["undated", "credit", "even", "plain", "huge"]),
        (BillQuery(sort="number", descending=False), ["credit", "huge", "even", "plain", "undated"]),
        (BillQuery(states=("settled",)), ["plain", "even", "credit"]),
        (BillQuery(states=("sent", "unknown")), ["huge", "undated"]),
        (BillQuery(year=2025), ["credit"]),
        (BillQuery(year=2026, states=("settled",), text="inv"), ["plain", "even"]),
        (BillQuery(offset=1, limit=2), ["plain", "even"]),
        (BillQuery(text="38", sort="amount", descending=False), ["even", "plain"]),
    ],
)
def test_the_list_is_sorted_and_narrowed(vault: Vault, query: BillQuery, expected: list[str]) -> None:
    window = vault.cache.bill_rows(query)
    assert [row.id for row in window.rows] == expected
    assert window.total == (5 if query.limit == 2 else len(expected))


def test_bills_of_a_line_are_found_through_their_lines(vault: Vault) -> None:
    parts = [
        StoredDocument("appliedCustomerBillingRate", "r1", b"1", Columns(parent="plain", line="line-7")),
        StoredDocument("appliedCustomerBillingRate", "r2", b"2", Columns(parent="even", line="line-8")),
    ]
    vault.cache.replace("appliedCustomerBillingRate", parts, seen=NOW)
    assert found(vault, lines=("line-7",)) == ["plain"]
    assert found(vault, lines=("line-7", "line-8")) == ["plain", "even"]
    assert found(vault, lines=("line-9",)) == []


def test_a_changed_bill_is_found_by_its_new_facts_only(vault: Vault) -> None:
    changed = StoredDocument(
        "customerBill", "plain", b"new", Columns(number="INV-104233", day="2026-09-05", amount="99.99")
    )
    vault.cache.replace("customerBill", [changed], seen=NOW)
    assert found(vault, "38.20") == []
    assert found(vault, "99.99") == ["plain"]
    assert found(vault) == ["plain"]


def test_years_are_those_in_which_bills_were_written(vault: Vault) -> None:
    assert vault.cache.bill_years() == [2026, 2025]
