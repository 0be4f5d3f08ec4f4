"""Reads prices: with their tax or without, as a TMF Price or as plain Money, and how often they are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from selfcare.domain.money import Money

from .reading import Doc, child, first_text, money, text, whole

_LIMITS = ("validFor", "unitOfMeasure")


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


def price_together(prices: Sequence[Doc], where: str, *, adds_up: bool) -> tuple[Money | None, bool, str]:
    """What a thing costs, whether that is without tax, and how often it is due: the first price that is stated, or all
    of them where it `adds_up`, as a plan and the rate of its handset do. These have names of their own, and are due
    alike, for all time and not by a measure: else one of them may stand in the place of another. Raises Unreadable.
    """
    stated = [(price, price_of(price.get("price"), where)) for price in prices]
    amounts = [(price, figure, is_net) for price, (figure, is_net) in stated if figure is not None]
    if not amounts:
        return None, False, ""
    first, total, is_net = amounts[0]
    due = price_period(first)
    names = {text(price.get("name")).strip().casefold() for price, _, _ in amounts}
    if adds_up and "" not in names and len(names) == len(amounts):
        kinds = {(price_period(price), net, figure.unit) for price, figure, net in amounts}
        if len(kinds) == 1 and not any(price.get(limit) for price, _, _ in amounts for limit in _LIMITS):
            total = sum((figure for _, figure, _ in amounts[1:]), start=total)
    return total, is_net, due
