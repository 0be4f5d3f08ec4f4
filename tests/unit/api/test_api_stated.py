"""What an operator states in a way that cannot be understood is unreadable, with its place, and never "not stated"."""

from __future__ import annotations

import json
from typing import Any

import pytest

from selfcare.api.catalogue import BY_KIND
from selfcare.api.columns import columns_only
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
