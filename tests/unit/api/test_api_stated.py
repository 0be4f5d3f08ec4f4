"""What an operator states in a way that cannot be understood is unreadable, with its place, and never "not stated"."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from selfcare.api.bills import read_bill, read_bill_line
from selfcare.api.catalogue import BY_KIND
from selfcare.api.columns import columns_only
from selfcare.api.probes import Probe
from selfcare.api.tickets import read_ticket
from selfcare.billing.amounts import amount_of
from selfcare.domain.bills import NOT_UNDERSTOOD
from selfcare.domain.failures import Unreadable
from selfcare.domain.money import Money
from selfcare.domain.operator import ApiEntry
from tests import samples


def raw(doc: object) -> bytes:
    return json.dumps(doc).encode()


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("customerBill", {"billDate": {"text": 1}}, "billDate"),
        ("customerBill", {"billDate": "03/04/2026"}, "billDate"),
        (
            "customerBill",
            {"billDate": "17/03/2026", "nextBillDate": "03/17/2026", "paymentDueDate": "03/04/2026"},
            "paymentDueDate",
        ),
        ("customerBill", {"paymentDueDate": "next week"}, "paymentDueDate"),
        ("customerBill", {"billDate": "2026-02-30"}, "billDate"),
        ("customerBill", {"billingPeriod": {"startDateTime": "March"}}, "billingPeriod.startDateTime"),
        ("payment", {"totalAmount": {"unit": "string", "value": 3}}, "totalAmount"),
        ("payment", {"totalAmount": {"unit": "$", "value": 3}}, "totalAmount"),
        ("payment", {"totalAmount": {"unit": "EUR", "value": "1,500"}}, "totalAmount"),
        ("payment", {"totalAmount": {"value": 3}}, "totalAmount"),
        ("payment", {"paymentDate": [["x"]]}, "paymentDate"),
        ("troubleTicket", {"expectedResolutionDate": {"text": 1}}, "expectedResolutionDate"),
        ("product", {"status": {"text": 1}}, "status"),
    ],
)
def test_what_was_stated_but_makes_no_sense_is_not_passed_off_as_missing(
    kind: str, change: dict[str, Any], field: str
) -> None:
    for read in (BY_KIND[kind].decode, lambda doc: columns_only(kind, doc)):
        with pytest.raises(Unreadable, check=lambda e: e.where == f"{kind}/X.{field}"):
            read(raw({"id": "X", **change}))


NO_AMOUNTS: list[Any] = [
    "a lot", 12.5, True, ["x"], {"value": 3}, {"unit": "string", "value": 3}, {"unit": "$", "value": 3},
    {"unit": "EUR", "value": "1,500"}, {"unit": "EUR", "value": "quarante"}, {"unit": "EUR", "value": "NaN"},
    {"unit": "EUR", "value": 99999999999999.00}, {"unit": "EUR", "value": 1e300}, {"sum": 4},
]  # fmt: skip


@pytest.mark.parametrize("said", NO_AMOUNTS, ids=json.dumps)
def test_a_line_whose_amount_makes_no_sense_is_kept_without_it(said: Any) -> None:
    doc = {"id": "L", "name": "Plan", "type": "recurringCharge", "date": "2026-10-01", "bill": {"id": "X"}}
    net = {"unit": "EUR", "value": 40}
    body = raw({**doc, "taxIncludedAmount": said, "taxExcludedAmount": net, "appliedTax": [{"taxAmount": said}]})
    line = read_bill_line(body)
    assert (line.name, line.bill_id, line.gross, line.unread) == ("Plan", "X", None, ("gross", "taxes"))
    assert amount_of(line) is None, "an amount without tax does not stand in for one that was not understood"
    facts = columns_only("appliedCustomerBillingRate", body)
    assert (facts["parent"], facts["text"], facts["amount"]) == ("X", "Plan", "?")


@pytest.mark.parametrize("said", NO_AMOUNTS, ids=json.dumps)
def test_a_bill_whose_amount_makes_no_sense_is_kept_without_it(said: Any) -> None:
    doc = {"id": "X", "billNo": "77", "billDate": "2026-10-01", "paymentDueDate": "2026-10-20", "state": "sent",
           "billDocument": [{"id": "P", "url": "https://x.example/p"}]}  # fmt: skip
    good = {"unit": "EUR", "value": 40}
    body = raw({**doc, "taxIncludedAmount": said, "remainingAmount": said, "amountDue": good})
    bill, columns = read_bill(body), columns_only("customerBill", body)
    assert (bill.number, bill.day, bill.due) == ("77", date(2026, 10, 1), date(2026, 10, 20))
    assert (bill.total, bill.remaining, bill.unread, bill.is_paid) == (None, None, ("total", "remaining"), False)
    assert [paper.id for paper in bill.papers] == ["P"]
    assert (columns["number"], columns["day"], columns["due"], columns["state"]) == (
        "77", "2026-10-01", "2026-10-20", "sent",
    )  # fmt: skip
    assert (columns["amount"], columns["unit"]) == (NOT_UNDERSTOOD, "")
    parts = {"taxItem": [{"taxAmount": said}, {"taxAmount": good}], "appliedPayment": [{"appliedAmount": said}]}
    odd = read_bill(raw({**doc, "taxIncludedAmount": good, "taxExcludedAmount": said, **parts}))
    assert (odd.total, odd.net, odd.unread) == (Money(Decimal(40), "EUR"), None, ("net", "taxes", "payments"))
    assert [tax.amount for tax in odd.taxes] == [None, Money(Decimal(40), "EUR")]


def test_the_check_of_an_operator_names_such_a_bill() -> None:
    entry = ApiEntry("TMF678", "v4", "https://api.orvane.example/bills")
    operator = SimpleNamespace(profile=samples.profile())
    trial = Probe(operator, BY_KIND["customerBill"], entry, None, set())  # type: ignore[arg-type]
    good = raw({"id": "Y", "href": "/y", "taxIncludedAmount": {"unit": "EUR", "value": 3}})
    bad = raw({"id": "X", "href": "/x", "taxIncludedAmount": {"unit": "EUR", "value": 99999999999999}})
    for bodies, is_good in (([good], True), ([good, bad], False)):
        [found] = [one for one in trial._documents(bodies) if one.check == "readable"]
        assert (found.ok, found.is_must, "customerBill/X: total" in found.detail) == (is_good, True, not is_good)


def test_a_bill_that_states_no_amount_has_none_that_is_not_understood() -> None:
    for said in (None, {}, "", {"unit": "EUR"}, {"value": "n/a", "unit": "EUR"}):
        body = raw({"id": "X", "taxIncludedAmount": said})
        assert (read_bill(body).total, read_bill(body).unread) == (None, ())
        assert "amount" not in columns_only("customerBill", body)


@pytest.mark.parametrize("said", ["soon", "bientôt", "2026-13-45T10:00:00Z", "03/04/2026", "next week"])
def test_a_ticket_whose_end_is_promised_in_words_is_read_and_the_words_are_quoted(said: str) -> None:
    doc = {"id": "X", "name": "No tone", "description": "Dead since Monday", "status": "inProgress"}
    ticket = read_ticket(raw({**doc, "expectedResolutionDate": said}))
    assert (ticket.title, ticket.text, ticket.promised, ticket.promised_said) == (
        "No tone", "Dead since Monday", None, said
    )  # fmt: skip
    assert columns_only("troubleTicket", raw({**doc, "expectedResolutionDate": said}))["id"] == "X"


@pytest.mark.parametrize("said", ["", None, "unknown", "2026-11-24", "24.11.2026", "9999-12-31"])
def test_a_day_and_nothing_are_no_words(said: str | None) -> None:
    ticket = read_ticket(raw({"id": "X", "status": "inProgress", "expectedResolutionDate": said}))
    assert ticket.promised_said == ""


def test_one_clear_day_still_tells_the_order_of_the_others_in_a_ticket() -> None:
    ticket = read_ticket(raw({"id": "X", "creationDate": "17/03/2026", "expectedResolutionDate": "03/04/2026"}))
    assert ticket.promised is not None
    assert (ticket.promised.month, ticket.promised_said) == (4, "")
