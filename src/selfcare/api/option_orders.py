"""Writes the orders by which an option is put on a line or taken off it, in the standard's own shape (TMF622)."""

from __future__ import annotations

from typing import Any

from selfcare.domain.commands import DropOption, OrderOption
from selfcare.domain.money import Money

from .catalogue import SubjectIds

CATEGORY = "option"


def drop_order(command: DropOption, action_id: str, ids: SubjectIds) -> dict[str, Any]:
    """The body of POST productOrder with one item, action delete on the option's product."""
    product = {"id": command.option_id, "@referredType": "Product"}
    return _order(command.name, action_id, ids, {"id": "1", "action": "delete", "product": product})


def add_order(command: OrderOption, action_id: str, ids: SubjectIds) -> dict[str, Any]:
    """The body of POST productOrder with one item, action add: what was shown, and no more.

    The offering, the line it is for, each price (OrderPrice) and the term (OrderTerm) as the customer saw them.
    """
    line = {"id": command.line_id, "@referredType": "Product"}
    item: dict[str, Any] = {
        "id": "1",
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": command.offering_id, "name": command.name, "@referredType": "ProductOffering"},
        "product": {
            "name": command.name,
            "productRelationship": [{"relationshipType": "reliesOn", "product": line}],
        },
    }
    prices = []
    if command.price is not None:
        prices.append(_price(command, "recurring", command.price) | {"recurringChargePeriod": command.period})
    if command.once is not None:
        prices.append(_price(command, "oneTime", command.once))
    if prices:
        item["itemPrice"] = prices
    if command.months or command.clause:
        term: dict[str, Any] = {"name": "Minimum term" if command.months else "Terms"}
        term |= {"description": command.clause} if command.clause else {}
        term |= {"duration": {"amount": command.months, "units": "month"}} if command.months else {}
        item["itemTerm"] = [term]
    return _order(command.name, action_id, ids, item)


def _order(name: str, action_id: str, ids: SubjectIds, item: dict[str, Any]) -> dict[str, Any]:
    return {
        "externalId": action_id,
        "category": CATEGORY,
        "description": name,
        "relatedParty": [{"id": ids.customer, "role": "customer", "@referredType": "Customer"}],
        "productOrderItem": [item],
    }


def _price(command: OrderOption, kind: str, amount: Money) -> dict[str, Any]:
    name = "dutyFreeAmount" if command.is_net else "taxIncludedAmount"
    return {
        "name": command.name,
        "priceType": kind,
        "price": {name: {"unit": amount.unit, "value": amount.value}},
    }
