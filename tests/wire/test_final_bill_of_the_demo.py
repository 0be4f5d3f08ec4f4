"""The demo's final bills under the program's own check: a right one, one with rent paid ahead, and a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from selfcare.api.bills import read_bill, read_bill_line
from selfcare.domain.bills import Bill, BillLine
from selfcare.leaving.ending import Ending
from selfcare.leaving.final_bill import Review, review
from selfcare.leaving.reach import Who
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox
from tests.shots.leavers import rules_of


@pytest.fixture
def own(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox("--clock", "2026-11-21T10:00:00Z")


def checked(
    customer: PlainCustomer, country: str, product: str, options: frozenset[str] = frozenset()
) -> tuple[Review, Bill, date]:
    """What the check says of the customer's final bill for a product."""
    docs = customer.get("customerBill", limit=1000).json()
    bills = sorted((read_bill(doc) for doc in docs), key=lambda bill: bill.day or date.min, reverse=True)
    final = next(bill for bill in bills if bill.is_final)
    ended = date.fromisoformat(customer.get("product", product).json()["terminationDate"][:10])

    def lines(bill: Bill) -> tuple[BillLine, ...]:
        found = customer.get("appliedCustomerBillingRate", bill__id=bill.id, limit=200).json()
        return tuple(read_bill_line(doc) for doc in found)

    earlier = [line for bill in bills if bill.day and bill.day < ended for line in lines(bill)][:40]
    rules = rules_of(country)
    assert rules is not None
    ending = Ending(ended, Who(), products=options | {product}, switched=country == "GB")
    return review(final, lines(final), ending, rules, earlier=earlier), final, ended


def end(own: Sandbox, customer: PlainCustomer, line: str) -> None:
    """Give notice for a line and let its time go by until the final bill is there."""
    item = {"id": "1", "action": "delete", "product": {"id": line}}
    placed = customer.post("productOrder", {"externalId": "n", "category": "termination", "productOrderItem": [item]})
    assert placed.status_code == 201
    own.advance(24 * 34)


def line_of(customer: PlainCustomer) -> str:
    found = customer.get("product", limit=1000).json()
    return str(next(one["id"] for one in found if one["name"].startswith("Orvane") and one["status"] == "active"))


def test_rent_in_arrears_up_to_the_last_day_is_right(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    line = line_of(claire)
    end(own, claire, line)
    found, bill, _ = checked(claire, "GB", line)
    assert found.findings == ()
    assert bill.total is not None
    assert not bill.total.is_credit


def test_rent_paid_ahead_comes_back_to_the_cent(own: Sandbox) -> None:
    nadia = sign_in(own.issuer(), "nadia")
    line = line_of(nadia)
    end(own, nadia, line)
    found, bill, ended = checked(nadia, "GB", line)
    assert found.findings == ()
    assert bill.total is not None
    assert bill.total.is_credit, "more was paid ahead than was used"
    credit = next(
        read_bill_line(doc)
        for doc in nadia.get("appliedCustomerBillingRate", bill__id=bill.id).json()
        if doc["product"]["id"] == line
    )
    assert credit.starts is not None
    assert credit.ends is not None
    assert credit.gross is not None
    assert (credit.starts - ended).days == 1
    assert -credit.gross.value < Decimal("14.00")


def test_margots_last_bill_is_wrong_and_the_check_says_by_how_much(own: Sandbox) -> None:
    margot = sign_in(own.issuer("orvane-fr"), "margot")
    gone = [one for one in margot.get("product", limit=100).json() if one["status"] == "terminated"]
    box = next(one["id"] for one in gone if one["name"] == "Orvane Box Fibre")
    found, bill, ended = checked(margot, "FR", box, frozenset(one["id"] for one in gone))
    assert bill.period_start is not None
    assert bill.period_end is not None
    days = (bill.period_end - bill.period_start).days + 1
    after = (bill.period_end - ended).days
    assert 0 < after < days
    owed = round(Decimal("35.99") * after / days, 2)
    assert [(f.rule_id, f.is_certain) for f in found.findings] == [("FR-NOT-01", True)]
    assert abs(found.totals[0].value - owed) <= Decimal("0.01")
