"""Reads prices: with their tax or without, as a TMF Price or as plain Money, and how often they are due."""

from __future__ import annotations

from typing import Any

from selfcare.domain.money import Money

from .reading import Doc, child, first_text, money, whole


def price_of(value: Any, where: str) -> tuple[Money | None, bool]:
    """What a TMF Price says, and whether that is without tax: the amount with tax where it is stated. A Price that is
    written as plain Money says nothing about tax. Raises Unreadable."""
    part = child(value)
    gross = money(part.get("taxIncludedAmount"), where)
    if gross is not None:
        return gross, False
    net = money(part.get("dutyFreeAmount"), where)
    return (net, True) if net is not None else (money(part, where) if "value" in part else None, False)


def price_or_money(value: Any, where: str) -> tuple[Money | None, bool]:
    """An amount that may be written as TMF Money or as a TMF Price, and whether it is without tax. Raises Unreadable
    where it is stated as neither."""
    part = child(value)
    if "taxIncludedAmount" in part or "dutyFreeAmount" in part:
        return price_of(part, where)
    return money(value, where), False


def price_period(price: Doc) -> str:
    """How often a price is due, as it is written; of a kind and a number (v5 TMF620) both."""
    said, count = first_text(price, "recurringChargePeriod", "recurringChargePeriodType"), None
    if said and "recurringChargePeriod" not in price:
        count = whole(price.get("recurringChargePeriodLength"))
    return said if count in {None, 1} else f"{count} {said}"
