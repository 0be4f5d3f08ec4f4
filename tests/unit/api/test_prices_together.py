"""A product with several recurring prices costs all of them, where none may stand in the place of another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.products import read_product


def price(name: str, value: float, unit: str = "GBP", **more: Any) -> dict[str, Any]:
    figure = {"taxIncludedAmount": {"unit": unit, "value": value}}
    usual = {"name": name, "priceType": "recurring", "recurringChargePeriod": "month", "price": figure}
    return {**usual, **more}


def read(*prices: dict[str, Any]) -> tuple[Decimal, str]:
    found = read_product({"id": "P1", "name": "Plan", "status": "active", "productPrice": [*prices]})
    assert found.price is not None
    return found.price.value, found.period


def test_a_plan_and_the_rate_of_its_handset_are_both_due() -> None:
    assert read(price("Plan", 20), price("Handset", 10.5)) == (Decimal("30.5"), "month")
    discount = price("Friend", 3, priceType="recurringDiscount")
    assert read(price("Plan", 20), price("Handset", 10), discount) == (Decimal(30), "month")


@pytest.mark.parametrize(
    "second",
    [
        price("Plan", 10),
        price("", 10),
        price("Handset", 10, "EUR"),
        price("Handset", 10, recurringChargePeriod="year"),
        price("Handset", 10, price={"dutyFreeAmount": {"unit": "GBP", "value": 10}}),
        price("Later", 10, validFor={"startDateTime": "2027-01-01T00:00:00Z"}),
        price("Minutes", 10, unitOfMeasure="min"),
        price("Set up", 10, priceType="oneTime"),
    ],
)
def test_what_may_stand_in_its_place_is_not_added(second: dict[str, Any]) -> None:
    assert read(price("Plan", 20), second) == (Decimal(20), "month")
