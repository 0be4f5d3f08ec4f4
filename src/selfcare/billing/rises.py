"""Rises of a monthly price that are history: the price stayed, and nothing that is known says a lower one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .known import Known
from .weighing import Group, Weighed

_STAYED = 3
"""Where no price is known, one that was paid on so many later bills is the price now."""

_ALIKE = Decimal("0.02")

Later = dict[tuple[str, str], tuple[int, Decimal]]
"""Of each monthly charge, by key and name: on how many later bills it was paid, and its lowest price on later ones."""


def later_prices(bills: Sequence[Weighed]) -> dict[str, Later]:
    """What came after each bill, by its id. `bills` are given oldest first."""
    found: dict[str, Later] = {}
    seen: Later = {}
    for bill in reversed(bills):
        found[bill.bill.id] = dict(seen)
        for group in bill.recurring.values():
            if group.is_part:
                continue
            paid, lowest = seen.get((group.key, group.name), (0, group.monthly))
            seen[group.key, group.name] = (paid + bill.bill.is_paid, min(lowest, group.monthly))
    return found


def is_history(group: Group, later: Later, known: Known, unit: str) -> bool:
    """Whether a dearer price is what is charged until today, with the contract stating as much or more, or, where it
    states none, after it was paid for some months. What came down again, and what is above the contract, is not."""
    paid, lowest = later.get((group.key, group.name), (0, group.monthly))
    if lowest < group.monthly * (1 - _ALIKE):
        return False
    own = [one for one in known.sold if one.id == group.product_id and one.price is not None]
    prices = [one.price.value for one in own if one.price is not None and one.price.unit == unit]
    if prices:
        return max(prices) >= group.monthly * (1 - _ALIKE)
    return paid >= _STAYED


def is_another_plan(group: Group, earlier: Sequence[Group], known: Known) -> bool:
    """The product has another name than before, and no price of it is known: the customer may have changed the plan."""
    has_price = any(one.id == group.product_id and one.price is not None for one in known.sold)
    return bool(group.product_id) and not has_price and group.name not in {one.name for one in earlier}
