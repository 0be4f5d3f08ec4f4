"""A dollar sign means the dollars of the operator's profile, and nothing where its profile counts in none."""

from __future__ import annotations

import json
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from selfcare.account.documents import read_document
from selfcare.api.bills import read_bill
from selfcare.api.columns import columns_only
from selfcare.api.home_money import Ground, ground_of, in_home_money
from selfcare.api.written import currency
from selfcare.domain.money import Money
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.store.documents import Row
from tests.samples import profile


def an_operator(unit: str, zone: str = "America/Toronto") -> OperatorProfile:
    return replace(profile(), currency=unit, zone=zone)


def a_bill(unit: str) -> bytes:
    amount = {"unit": unit, "value": 80.5}
    return json.dumps({
        "id": "B-1", "billNo": "1", "billDate": "2026-11-05T00:00:00-05:00", "state": "sent",
        "taxIncludedAmount": amount, "remainingAmount": amount, "taxItem": [{"taxAmount": {"unit": unit, "value": 9}}],
        "billDocument": [{"id": "D", "description": "$"}],
    }).encode()  # fmt: skip


@pytest.mark.parametrize("unit", ["USD", "CAD", "AUD"])
def test_the_sign_means_the_currency_of_the_profile(unit: str) -> None:
    ground, total = ground_of(an_operator(unit)), Money(Decimal("80.5"), unit)
    facts = columns_only("customerBill", in_home_money(a_bill("$"), ground), ground)
    assert (facts["amount"], facts["unit"]) == ("80.5", unit)
    bill = read_document("customerBill", Row("B-1", a_bill("$")), ground)
    assert (bill.total, bill.remaining, bill.taxes[0].amount) == (total, total, Money(Decimal(9), unit))
    assert bill.unread == ()
    named = in_home_money(a_bill("$"), ground)
    assert isinstance(named, dict)
    assert named["billDocument"] == [{"id": "D", "description": "$"}]


def test_two_dollars_at_one_clock_are_not_mixed_up() -> None:
    named = [in_home_money(b'{"unit": "$"}', ground_of(an_operator(unit))) for unit in ("USD", "CAD", "USD")]
    assert named == [{"unit": "USD"}, {"unit": "CAD"}, {"unit": "USD"}]
    assert ground_of(an_operator("CAD")).key == "America/Toronto"


def test_elsewhere_nobody_can_tell_what_the_sign_means() -> None:
    zone = ground_of(an_operator("EUR"))
    assert type(zone) is ZoneInfo
    assert in_home_money(a_bill("$"), zone) == a_bill("$")
    assert read_bill(a_bill("$"), zone).total is None
    assert read_bill(a_bill("$"), zone).unread


def test_what_names_its_currency_is_left_as_it_is() -> None:
    ground = ground_of(an_operator("CAD"))
    assert isinstance(ground, Ground)
    for body in (a_bill("USD"), b'{"unit": "$', b'["$"'):
        read = in_home_money(body, ground)
        assert read == (body if isinstance(read, bytes) else json.loads(body))
    assert read_document("customerBill", Row("B-1", a_bill("USD")), ground).total == Money(Decimal("80.5"), "USD")


@pytest.mark.parametrize(("said", "code"), [("US$", "USD"), ("ca$", "CAD"), ("AU$", "AUD"), ("NZ$", "NZD"), ("$", "")])
def test_a_sign_that_names_its_country_means_one_currency(said: str, code: str) -> None:
    assert currency(said) == code
