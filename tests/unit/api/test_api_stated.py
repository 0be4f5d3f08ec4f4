"""What an operator states in a way that cannot be understood is unreadable, with its place, and never "not stated"."""

from __future__ import annotations

import json
from typing import Any

import pytest

from selfcare.api.catalogue import BY_KIND
from selfcare.api.columns import columns_only
from selfcare.api.tickets import read_ticket
from selfcare.domain.failures import Unreadable


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
        ("customerBill", {"taxIncludedAmount": "a lot"}, "taxIncludedAmount"),
        ("customerBill", {"taxIncludedAmount": {"unit": "string", "value": 3}}, "taxIncludedAmount"),
        ("customerBill", {"taxIncludedAmount": {"value": 3}}, "taxIncludedAmount"),
        ("customerBill", {"taxIncludedAmount": {"unit": "$", "value": 3}}, "taxIncludedAmount"),
        ("customerBill", {"taxIncludedAmount": {"unit": "EUR", "value": "1,500"}}, "taxIncludedAmount"),
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
