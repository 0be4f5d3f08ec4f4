"""The demo operator takes by Direct Debit what its bills say, on the day they say; what is contested it leaves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.bills import read_bill
from selfcare.api.payments import read_payment
from selfcare.domain.payments import PaymentState
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox

TWO_WEEKS = 24 * 14


@pytest.fixture
def own(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox("--clock", "2026-11-21T10:00:00Z")


def bills(customer: PlainCustomer) -> list[dict[str, Any]]:
    found = customer.get("customerBill", limit=1000).json()
    return sorted(found, key=lambda bill: str(bill["billDate"]), reverse=True)


def balance(customer: PlainCustomer) -> tuple[str, Decimal]:
    path = f"{customer.issuer}/tmf-api/accountManagement/v4/billingAccount"
    account = customer.client.get(path).json()[0]
    return account["paymentStatus"], cents(account["accountBalance"][0]["amount"])


def cents(amount: dict[str, Any]) -> Decimal:
    return round(Decimal(str(amount["value"])), 2)


def test_the_strange_bill_is_open_until_its_day_and_then_paid(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    strange = bills(claire)[0]
    assert (strange["state"], cents(strange["remainingAmount"])) == ("sent", Decimal("241.37"))
    assert strange["paymentDueDate"][:10] == "2026-12-01"
    assert balance(claire) == ("due", Decimal("241.37"))
    paper = claire.client.get(strange["billDocument"][0]["url"]).content
    paid_before = {one["id"] for one in claire.get("payment", limit=1000).json()}
    own.advance(24 * 9 + 18.9)
    assert bills(claire)[0] == strange, "it is taken at five in the morning"
    own.advance(0.2)
    taken = bills(claire)[0]
    assert (taken["id"], taken["state"], cents(taken["remainingAmount"])) == (strange["id"], "settled", Decimal("0.00"))
    assert balance(claire) == ("paid", Decimal("0.00"))
    others = claire.get("payment", limit=1000).json()
    (payment,) = [one for one in others if one["id"] not in paid_before]
    assert set(payment) == set(next(one for one in others if one["id"] in paid_before)), "as those of the story"
    assert payment["paymentDate"].startswith("2026-12-01T05:00")
    assert claire.get("payment", payment["id"]).json() == payment
    read = read_payment(payment)
    assert (read.state, read.amount, read.bill_ids) == (PaymentState.CREDITED, read_bill(taken).total, (strange["id"],))
    assert claire.client.get(strange["billDocument"][0]["url"]).content == paper, "a paper never changes"


def test_new_bills_and_the_last_one_are_taken_too(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    line = next(p for p in claire.get("product", limit=1000).json() if p["name"] == "Orvane Unlimited")
    item = {"id": "1", "action": "delete", "product": {"id": line["id"]}}
    claire.post("productOrder", {"externalId": "n", "category": "termination", "productOrderItem": [item]})
    own.advance(24 * 34)
    found = bills(claire)
    last = next(bill for bill in found if bill["category"] == "last")
    assert last["state"] == "sent"
    assert balance(claire)[0] == "due"
    assert balance(claire)[1] == sum(cents(bill["remainingAmount"]) for bill in found) > 0
    own.advance(TWO_WEEKS)
    after = {bill["id"]: bill["state"] for bill in bills(claire)}
    assert after[last["id"]] == "settled"
    assert balance(claire)[1] == sum(cents(bill["remainingAmount"]) for bill in bills(claire))


def test_what_is_contested_or_in_arrears_stays_as_the_story_tells(own: Sandbox) -> None:
    julien, edith = sign_in(own.issuer("orvane-fr"), "julien"), sign_in(own.issuer(), "edith")
    before = [[bill for bill in bills(one) if bill["state"] == "sent"] for one in (julien, edith)]
    assert [len(found) for found in before] == [1, 4]
    own.advance(TWO_WEEKS * 2)
    after = [[bill for bill in bills(one) if bill["billDate"] < "2026-11-21"] for one in (julien, edith)]
    assert [[bill for bill in found if bill["state"] == "sent"] for found in after] == before


def test_a_bill_that_is_disputed_in_time_is_left_alone(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    strange = bills(claire)[0]
    about = {"id": strange["id"], "role": "disputedBill", "@referredType": "CustomerBill"}
    told = {"description": "The pass was not applied", "severity": "Major", "ticketType": "Bill Dispute"}
    assert claire.post("troubleTicket", told | {"externalId": "d", "relatedEntity": [about]}).status_code == 201
    own.advance(TWO_WEEKS)
    assert bills(claire)[0] == strange
