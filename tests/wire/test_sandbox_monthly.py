"""As the days go by at the demo operator, the lines that still run are billed every month, with lines and a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox

START = ("--clock", "2026-11-21T10:00:00Z")
TWO_MONTHS = 24 * 61


def bills(customer: PlainCustomer) -> dict[str, dict[str, Any]]:
    return {bill["id"]: bill for bill in customer.get("customerBill", limit=1000).json()}


def fresh(customer: PlainCustomer, before: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((b for ident, b in bills(customer).items() if ident not in before), key=lambda b: b["billDate"])


def lines_of(customer: PlainCustomer, bill: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = customer.get("appliedCustomerBillingRate", bill__id=bill["id"]).json()
    return found


def cents(amount: dict[str, Any]) -> Decimal:
    return round(Decimal(str(amount["value"])), 2)


def test_two_months_bring_two_bills_for_all_that_runs(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox(*START)
    claire = sign_in(sandbox.issuer(), "claire")
    before = bills(claire)
    sandbox.advance(TWO_MONTHS)
    first, second = fresh(claire, before)
    assert [b["billDate"][:10] for b in (first, second)] == ["2026-12-17", "2027-01-17"]
    assert [b["billingPeriod"]["startDateTime"][:10] for b in (first, second)] == ["2026-11-17", "2026-12-17"]
    assert second["nextBillDate"][:10] == "2027-02-17"
    assert [b["state"] for b in (first, second)] == ["settled", "sent"], "the first was due on 31 December"
    for bill in (first, second):
        lines = lines_of(claire, bill)
        names = {line["name"] for line in lines}
        assert {"Orvane Unlimited", "Orvane SIM Only 12 GB", "Orvane Fibre 150"} <= names
        assert sum(cents(line["taxIncludedAmount"]) for line in lines) == cents(bill["amountDue"]) == Decimal("85.00")
        assert bill["category"] == "normal"
        assert claire.client.get(bill["billDocument"][0]["url"]).content.startswith(b"%PDF-")
        assert claire.client.get(bill["billDocument"][0]["href"]).status_code == 200
    sandbox.advance(1)
    assert len(fresh(claire, before)) == 2


def test_the_same_clock_brings_the_same_bills(new_sandbox: Callable[..., Sandbox]) -> None:
    found = []
    for steps in ((TWO_MONTHS,), (24 * 30, 24 * 31)):
        sandbox = new_sandbox(*START)
        julien = sign_in(sandbox.issuer("orvane-fr"), "julien")
        before = bills(julien)
        for hours in steps:
            sandbox.advance(hours)
            made = fresh(julien, before)
        found.append([(b["id"], b["billNo"], b["billDate"], cents(b["amountDue"])) for b in made])
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_a_line_that_has_ended_is_billed_once_more_and_never_again(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox(*START)
    claire = sign_in(sandbox.issuer(), "claire")
    before = bills(claire)
    line = next(p for p in claire.get("product", limit=1000).json() if p["name"] == "Orvane Unlimited")
    item = {"id": "1", "action": "delete", "product": {"id": line["id"]}}
    placed = claire.post("productOrder", {"externalId": "x", "category": "termination", "productOrderItem": [item]})
    ended = date.fromisoformat(placed.json()["expectedCompletionDate"][:10])
    assert date(2026, 12, 17) < ended < date(2027, 1, 17)
    sandbox.advance(TWO_MONTHS)
    first, last, second = fresh(claire, before)
    assert [b["category"] for b in (first, last, second)] == ["normal", "last", "normal"]
    assert any(part["name"] == "Orvane Unlimited" for part in lines_of(claire, first))
    rent = next(part for part in lines_of(claire, last) if part.get("product", {}).get("id") == line["id"])
    days = (ended - date(2026, 12, 17)).days + 1
    covered = rent["periodCoverage"]
    assert (covered["startDateTime"][:10], covered["endDateTime"][:10]) == ("2026-12-17", ended.isoformat())
    assert cents(rent["taxIncludedAmount"]) == round(Decimal("32.00") * days / 30, 2)
    left = {part["name"] for part in lines_of(claire, second)}
    assert left == {"Orvane SIM Only 12 GB", "Orvane Fibre 150"}
