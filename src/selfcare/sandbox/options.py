"""Options that customers order or take off: what is settled the moment the order comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from .answers import Refusal
from .catalogue import address
from .documents import Document, written
from .household import Household
from .orders import Order

ADDED_AFTER = timedelta(hours=2)
DROPPED_AFTER = timedelta(hours=24)
_OVER = ("terminated", "cancelled", "aborted")


def settle_option(household: Household, order: Order, now: datetime, fresh: str) -> Order:
    """The order with what will come of it; `fresh` is the number of a product that it brings. Raises Refusal."""
    item = order.body["productOrderItem"][0]
    if item["action"] == "add":
        return _added(household, order, item, now, fresh)
    if item["action"] != "delete":
        raise Refusal(422, "An option is added or deleted")
    product = household.shelf("product", now).get(str(item.get("product", {}).get("id", "")))
    if product is None:
        raise Refusal(422, "productOrderItem[0].product.id names none of the customer's products")
    if product.get("status") in _OVER:
        raise Refusal(409, reason="This product has ended already")
    if product.get("status") == "pendingTerminate":
        raise Refusal(409, reason="This option was taken off before")
    services = frozenset(str(one["id"]) for one in product.get("realizingService", ()))
    return replace(order, product_id=product["id"], done=now + DROPPED_AFTER, services=services)


def _added(household: Household, order: Order, item: Document, now: datetime, fresh: str) -> Order:
    offering = household.shelf("productOffering", now).get(str(item.get("productOffering", {}).get("id", "")))
    if offering is None or not offering.get("isSellable"):
        raise Refusal(422, "productOrderItem[0].productOffering.id names nothing that is sold")
    related = [one.get("product", {}).get("id") for one in item.get("product", {}).get("productRelationship", ())]
    shelf = household.shelf("product", now)
    line = next((found for found in (shelf.get(str(ident)) for ident in related) if found is not None), None)
    if line is None or line.get("status") in _OVER:
        raise Refusal(422, "productOrderItem[0].product.productRelationship names no line of the customer's")
    if not any(one["id"] == line["productOffering"]["id"] for one in offering["productOfferingRelationship"]):
        raise Refusal(409, reason="This option does not go with the plan of this line")
    if any(_is_on(one, line, offering) for one in shelf.all()):
        raise Refusal(409, reason="This option is on the line already")
    if _seen(item.get("itemPrice")) - _seen(offering["productOfferingPrice"]):
        raise Refusal(409, reason="The price has changed since you read it")
    product, service = _new(household, order, offering, line, now, fresh)
    household.adopt(product, service)
    product_of_order = {**item.get("product", {}), "id": fresh}
    body = {**order.body, "productOrderItem": [{**item, "product": product_of_order}]}
    return replace(
        order, body=body, product_id=fresh, done=now + ADDED_AFTER, services=frozenset((str(service["id"]),))
    )


def _is_on(product: Document, line: Document, offering: Document) -> bool:
    return (
        product.get("status") not in _OVER
        and product.get("productOffering", {}).get("id") == offering["id"]
        and any(one.get("product", {}).get("id") == line["id"] for one in product.get("productRelationship", ()))
    )


def _seen(prices: object) -> set[tuple[str, Decimal]]:
    """The prices with tax, by their type."""
    found = set()
    for price in prices if isinstance(prices, list) else ():
        amount = price.get("price", {}).get("taxIncludedAmount", {})
        if "value" in amount:
            found.add((str(price.get("priceType")), Decimal(str(amount["value"]))))
    return found


def _new(
    household: Household, order: Order, offering: Document, line: Document, now: datetime, fresh: str
) -> tuple[Document, Document]:
    """The option and the service behind it, neither of them on yet."""
    parties = list(line.get("relatedParty", ()))
    service: Document = {
        "id": f"S-{fresh}",
        "href": address(household.issuer, "service", f"S-{fresh}"),
        "name": offering["name"],
        "serviceType": "option",
        "state": "inactive",
        "isServiceEnabled": False,
        "hasStarted": False,
        "serviceCharacteristic": [{"name": "operatingStatus", "valueType": "string", "value": "configured"}],
        "relatedParty": parties,
        "@type": "Service",
    }
    product: Document = {
        "id": fresh,
        "href": address(household.issuer, "product", fresh),
        "name": offering["name"],
        "description": offering.get("description", ""),
        "status": "pendingActive",
        "isBundle": False,
        "isCustomerVisible": True,
        "orderDate": written(now),
        "billingAccount": line.get("billingAccount", {}),
        "productOffering": {"id": offering["id"], "name": offering["name"]},
        "productPrice": [
            {name: price[name] for name in ("name", "priceType", "recurringChargePeriod", "price")}
            for price in offering["productOfferingPrice"]
            if price["priceType"] == "recurring"
        ],
        "productRelationship": [
            {"relationshipType": "reliesOn", "product": {"id": line["id"], "href": line["href"], "name": line["name"]}}
        ],
        "realizingService": [{"id": service["id"], "href": service["href"]}],
        "relatedParty": parties,
        "@type": "Product",
    }
    if "productOfferingTerm" in offering:
        product["productTerm"] = offering["productOfferingTerm"]
    return product, service
