"""One bill is one bill: under a new id after the operator changed its version, and beside a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcare.domain.topics import Topic
from selfcare.store.search import BillQuery
from tests.unit.account.test_account_pull import Office, doc


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def bill(own: str, month: int, amount: str = "80.00", **more: object) -> bytes:
    return doc(
        id=own, billNo=f"N-{month}", billDate=f"2026-{month:02}-01T00:00:00Z", state="sent",
        taxIncludedAmount={"unit": "GBP", "value": float(amount)}, **more,
    )  # fmt: skip


def bills(office: Office) -> list[tuple[str, bool]]:
    found = [(one.id, one.no_longer_listed) for one in office.reader.bills()]
    assert office.reader.bill_window(BillQuery()).total == len(found)
    assert [row.id for row in office.reader.bill_window(BillQuery(text="N")).rows] == [own for own, _ in found]
    return found


def test_bills_that_come_back_under_other_ids_are_the_same_bills(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill(f"B{month}", month) for month in (9, 10, 11)]
    office.pull()
    office.desk.lists["customerBill"] = [bill(f"urn:night:B{month}", month) for month in (9, 10, 11)]
    for _ in range(2):
        office.pull()
        assert bills(office) == [(f"urn:night:B{month}", False) for month in (11, 10, 9)]
    assert [one.flags for one in office.reader.judgements(office.now.date())] == [(), (), ()]


def test_a_bill_that_is_listed_no_more_stays_where_the_other_is_not_the_same(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill("B1", 9), bill("B2", 10), bill("B3", 11)]
    office.pull()
    office.desk.lists["customerBill"] = [bill("X1", 9, "81.00"), bill("X2", 12)]
    office.pull()
    assert sorted(bills(office)) == [("B1", True), ("B2", True), ("B3", True), ("X1", False), ("X2", False)]


@pytest.mark.parametrize("word", ["duplicate", "Duplicate", " DUPLICATE"])
@pytest.mark.parametrize("first", [True, False])
def test_a_copy_is_no_bill_of_its_own(office: Office, word: str, first: bool) -> None:
    listed = [bill(f"B{month}", month) for month in (9, 10, 11)]
    copy = bill("C9", 9, category=word, remainingAmount={"unit": "GBP", "value": 80.0})
    office.desk.lists["customerBill"] = [copy, *listed] if first else [*listed, copy]
    office.pull()
    assert bills(office) == [("B11", False), ("B10", False), ("B9", False)]
    assert Topic.BILLS not in office.pull().changed


def test_a_copy_of_what_is_not_here_is_all_that_there_is_of_it(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill("B11", 11), bill("C9", 9, category="duplicate")]
    office.pull()
    assert bills(office) == [("B11", False), ("C9", False)]
    assert Topic.BILLS not in office.pull().changed, "it is not held against itself"
    assert bills(office) == [("B11", False), ("C9", False)]


def test_two_documents_of_one_number_are_not_called_billed_twice(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill(f"B{month}", month) for month in range(3, 12)] + [bill("X11", 11)]
    office.pull()
    assert [flag for one in office.reader.judgements(office.now.date()) for flag in one.flags] == []
