"""The row of a bill and the bill beside it say the same, whatever word the operator has for its state."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from selfcare.api.bills import read_bill
from selfcare.api.columns import columns_only
from selfcare.domain.bills import is_overdue
from selfcare.store.search import BillRow
from selfcare.viewmodel.bills import as_bill, state_of
from tests import samples

ENGLISH = samples.words()
TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Europe/London")
BILL: dict[str, Any] = {
    "id": "B1", "billNo": "77", "billDate": "2025-09-01", "paymentDueDate": "2025-09-20",
    "taxIncludedAmount": {"unit": "GBP", "value": 45.0}, "category": "normal",
}  # fmt: skip


def row_of(doc: dict[str, Any]) -> BillRow:
    found = columns_only("customerBill", json.dumps(doc).encode(), ZONE)
    amount, unit = found.get("amount", ""), found.get("unit", "")
    return BillRow(
        found["id"], found["number"], found["day"], found["due"], amount, unit, found["state"],
        category=found["text"],
    )  # fmt: skip


@pytest.mark.parametrize("word", ["sent", "settled", "partiallyPaid", "onHold", "in dunning", ""])
@pytest.mark.parametrize("left", [None, 0, 45.0])
@pytest.mark.parametrize("category", ["normal", "credit"])
def test_they_say_the_same(word: str, left: float | None, category: str) -> None:
    doc = BILL | {"category": category}
    if word:
        doc["state"] = word
    if left is not None:
        doc["remainingAmount"] = {"unit": "GBP", "value": left}
    row, page = as_bill(row_of(doc)), read_bill(json.dumps(doc).encode(), ZONE)
    assert state_of(row, None, ENGLISH, TODAY) == state_of(page, None, ENGLISH, TODAY)
    assert (row.is_paid, is_overdue(row, TODAY)) == (page.is_paid, is_overdue(page, TODAY))


def test_a_word_that_nobody_knows_is_quoted_and_is_not_overdue() -> None:
    text, kind = state_of(as_bill(row_of(BILL | {"state": "in dunning"})), None, ENGLISH, TODAY)
    assert "in dunning" in text
    assert kind == "neutral"


def test_nothing_left_is_paid_and_something_left_is_not() -> None:
    nothing = BILL | {"state": "sent", "remainingAmount": {"unit": "GBP", "value": 0}}
    some = BILL | {"state": "settled", "remainingAmount": {"unit": "GBP", "value": 45}}
    assert state_of(as_bill(row_of(nothing)), None, ENGLISH, TODAY)[0] == "paid"
    assert state_of(as_bill(row_of(some)), None, ENGLISH, TODAY)[0] == "overdue"
