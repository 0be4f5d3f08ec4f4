"""What is to be paid is found among all bills, however old."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.account.test_account_pull import Office, bill, doc


@pytest.mark.parametrize("is_ordered", [False, True])
def test_an_old_bill_that_is_not_paid_is_found_whatever_is_newer(tmp_path: Path, is_ordered: bool) -> None:
    office = Office(tmp_path / "v")
    amount = {"unit": "GBP", "value": 20.0}
    paid = [
        doc(id=f"P{n}", billNo=f"P{n}", billDate=f"2026-{n:02}-02T00:00:00Z", state="settled", taxIncludedAmount=amount)
        for n in range(1, 10)
    ]
    nothing = doc(id="N", billNo="N", billDate="2026-10-02T00:00:00Z", state="sent", taxIncludedAmount=amount,
                  remainingAmount={"unit": "GBP", "value": 0})  # fmt: skip
    office.desk.lists["customerBill"] = [bill("old", "2019-02-17"), bill("new", "2026-10-01"), nothing, *paid]
    office.pull()
    if is_ordered:
        office.vault.cache.tidy()
    assert [one.id for one in office.reader.unpaid_bills()] == ["new", "old"]
    assert [one.id for one in office.reader.unpaid_bills(1)] == ["new"]
    office.vault.close()
