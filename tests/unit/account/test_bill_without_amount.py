"""A bill whose amount nobody understands is shown with all else that is known of it, and is counted nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from selfcare.billing.known import Known
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.topics import Topic
from selfcare.store.search import BillQuery
from selfcare.viewmodel.bills import as_bill, listed
from tests import samples
from tests.unit.account.test_account_pull import Office, bill, doc

WORDS = samples.words()
TODAY = date(2026, 12, 1)
ODD = {"unit": "GBP", "value": "quarante"}
STRANGE = doc(
    id="X09", billNo="X09", billDate="2026-11-09T00:00:00Z", paymentDueDate="2026-11-20", state="validated",
    taxIncludedAmount=ODD, remainingAmount=ODD,
    billDocument=[{"id": "P", "mimeType": "application/pdf", "url": "https://api.orvane.example/P"}],
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    office.desk.lists["customerBill"] = [*(bill(str(n), f"2026-{n:02}-09") for n in range(1, 11)), STRANGE]
    office.pull()
    yield office
    office.vault.close()


def test_it_stands_in_the_list_with_its_number_its_days_and_its_pdf(office: Office) -> None:
    window = office.reader.bill_window(BillQuery())
    rows = listed([as_bill(row) for row in window.rows], (), {}, WORDS, TODAY)
    first = rows[0]
    assert (first.id, first.number, first.day, window.total) == ("X09", "X09", "9 Nov 2026", 11)
    assert (first.total, first.against, first.state) == ("not understood", "", "overdue")
    assert (rows[1].id, rows[1].total, rows[1].against) == ("10", "£20.00", "£0.00")
    assert office.reader.freshness(Topic.BILLS)[0].unreadable == 0
    kept = office.reader.bill("X09")
    assert kept is not None
    assert ([paper.id for paper in kept.papers], kept.total, kept.due) == (["P"], None, date(2026, 11, 20))
    assert office.reader.bill_window(BillQuery(text="X09")).total == 1


@pytest.mark.parametrize("is_ordered", [False, True])
def test_nothing_that_sorts_or_filters_by_amounts_takes_it_for_one(office: Office, is_ordered: bool) -> None:
    if is_ordered:
        office.vault.cache.tidy()
    for is_down in (False, True):
        found = office.reader.bill_window(BillQuery(sort="amount", descending=is_down))
        assert found.rows[-1 if is_down else 0].id == "X09"
    for least, most in ((None, 0), (0, 200_000), (0, None), (200_000, None)):
        rows = office.reader.bill_window(BillQuery(least=least, most=most)).rows
        assert "X09" not in {row.id for row in rows}, (least, most)


def test_the_shock_guard_passes_it_over_and_misses_no_month(office: Office) -> None:
    found = judged([Record(one, ()) for one in office.reader.bills()], Known())
    assert [(one.bill_id, one.flags) for one in found.judgements] == [(str(n), ()) for n in range(1, 11)]
    assert [one.id for one in found.written[0]][-1] == "X09"


def test_an_amount_that_was_understood_before_stays(office: Office) -> None:
    garbled = doc(id="3", billNo="N-3", billDate="2026-03-09T00:00:00Z", state="sent", taxIncludedAmount=ODD)
    bills = office.desk.lists["customerBill"]
    office.desk.lists["customerBill"] = [garbled if body == bills[2] else body for body in bills]
    before = office.reader.bills()
    for _ in range(2):
        office.pull()
        assert office.reader.bills() == before
        assert office.reader.freshness(Topic.BILLS)[0].unreadable == 1
    office.desk.lists["customerBill"] = [*bills[:-1], bill("X09", "2026-11-09", "40.00")]
    office.pull()
    mended = office.reader.bill("X09")
    assert mended is not None
    assert (WORDS.money(mended.total), mended.unread) == ("£40.00", ())
    assert office.reader.freshness(Topic.BILLS)[0].unreadable == 0


def test_a_line_without_an_amount_stands_on_its_bill_and_one_that_was_understood_stays(office: Office) -> None:
    def line(own: str, amount: object) -> bytes:
        return doc(id=own, name=own, type="recurringCharge", bill={"id": "3"}, taxIncludedAmount=amount)

    good = {"unit": "GBP", "value": 20.00}
    office.desk.lists["appliedCustomerBillingRate"] = [line("Plan", good), line("Option", ODD)]
    office.pull()
    found = {one.name: (one.gross is not None, one.unread) for one in office.reader.bill_lines("3")}
    assert found == {"Plan": (True, ()), "Option": (False, ("gross",))}
    assert office.reader.freshness(Topic.BILL_LINES)[0].unreadable == 0
    office.desk.lists["appliedCustomerBillingRate"] = [line("Plan", ODD), line("Option", good)]
    office.pull()
    assert all(one.gross is not None and not one.unread for one in office.reader.bill_lines("3"))
    assert office.reader.freshness(Topic.BILL_LINES)[0].unreadable == 1
