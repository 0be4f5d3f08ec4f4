"""What the standard's conformance kits put in, change and take away again; customers only ever read these documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .answers import Refusal
from .catalogue import address
from .documents import Document, written
from .household import Household
from .orders import CATEGORIES, Order
from .world import World

_FIXED = frozenset({"id", "href"})
_OF_A_BILL = frozenset({"state", "@type", "@baseType", "@schemaLocation"})
"""What the standard lets a bill be patched with (TMF678 CustomerBill_Update)."""
_STATES = {
    "customerBill": frozenset({"new", "onHold", "validated", "sent", "partiallyPaid", "settled"}),
    "productOrder": frozenset(
        {"acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "completed", "failed", "partial"}
        | {"assessingCancellation", "pendingCancellation"}
    ),
}


def file_document(world: World, household: Household, kind: str, body: Document) -> str:
    """A document of a kind that customers do not write; returns its number. What the operator knows itself is added."""
    now = world.clock.now()
    ident = world.next_id("N", household)
    given = {"@type": kind[:1].upper() + kind[1:]} | _known(household, kind, body, now)
    document = given | body | {"id": ident, "href": address(household.issuer, kind, ident)}
    household.shelf(kind, now).put(document, first=True)
    household.filed.add((kind, ident))
    world.record(kind, ident, str(body.get("externalId", "")), household.person.login)
    return ident


def amend(world: World, household: Household, kind: str, ident: str, patch: Document) -> None:
    """A change of such a document, first level by first level (RFC 7386). Raises Refusal 400, 403, 404, 409.

    Of a bill, which nobody puts in, the standard lets the state be changed, and nothing that is owed.
    """
    shelf = household.shelf(kind, world.clock.now())
    before = shelf.get(ident)
    if before is None:
        raise Refusal(404)
    kept = {name: value for name, value in patch.items() if name not in _FIXED}
    if kind in _STATES and kept.get("state", "sent" if kind == "customerBill" else "held") not in _STATES[kind]:
        raise Refusal(400, f"state is none of {', '.join(sorted(_STATES[kind]))}")
    if kind == "customerBill":
        if not kept.keys() <= _OF_A_BILL:
            raise Refusal(400, f"A bill may be patched with {', '.join(sorted(_OF_A_BILL))}")
        shelf.put(_merged(before, kept))
        return
    if kind == "productOrder":
        order = _open_order(household, ident)
        household.place(replace(order, body=_merged(order.body, kept)))
        return
    _check_own(household, kind, ident)
    shelf.put(_merged(before, kept))


def withdraw(world: World, household: Household, kind: str, ident: str) -> None:
    """Take such a document away. Raises Refusal 403, 404, 409."""
    shelf = household.shelf(kind, world.clock.now())
    if shelf.row(ident) is None:
        raise Refusal(404)
    if kind == "productOrder":
        order = _open_order(household, ident)
        household.orders = [one for one in household.orders if one is not order]
    else:
        _check_own(household, kind, ident)
        household.filed.discard((kind, ident))
    shelf.remove(ident)


def _check_own(household: Household, kind: str, ident: str) -> None:
    if (kind, ident) not in household.filed:
        raise Refusal(403, "Only what was put in through this API can be changed through it")


def _open_order(household: Household, ident: str) -> Order:
    """An order that brings nothing about; what ends a contract is taken back by cancelProductOrder alone."""
    order = next((one for one in household.orders if one.id == ident), None)
    if order is None:
        raise Refusal(403, "Only what was put in through this API can be changed through it")
    if order.category in CATEGORIES:
        raise Refusal(409, "Such an order is taken back with cancelProductOrder")
    return order


def _merged(document: Document, patch: Document) -> Document:
    after = {name: value for name, value in document.items() if name not in patch}
    return after | {name: value for name, value in patch.items() if value is not None}


def _known(household: Household, kind: str, body: Document, now: datetime) -> Document:
    """What an operator fills in itself when a document comes in."""
    stamp, person = written(now), household.person
    customer = {
        "id": person.customer_id,
        "href": address(household.issuer, "customer", person.customer_id),
        "name": person.name,
        "role": "customer",
        "@referredType": "Customer",
    }
    accounts = [
        {"id": one["id"], "href": one["href"], "name": one["name"], "@referredType": "BillingAccount"}
        for one in household.shelf("billingAccount", now).all()[:1]
    ]
    account: Document = {"billingAccount": accounts[0]} if accounts else {}
    if kind in ("customer", "individual", "organization"):
        return {"status": "initialized"}
    if kind.endswith("Account"):
        return {"state": "active", "lastModified": stamp, "accountType": kind}
    if kind in ("payment", "refund"):
        made: Document = {f"{kind}Date": stamp, "status": "new", "statusDate": stamp}
        return made | ({"amount": body["totalAmount"]} if "totalAmount" in body else {})
    if kind == "product":
        offering = {"id": "PO-other", "name": str(body.get("name", "Other"))}
        lists: Document = {"productCharacteristic": [], "productPrice": [], "relatedParty": [customer]}
        return {"productOffering": offering} | lists | account
    if kind == "agreement":
        return {"status": "inProcess", "initialDate": stamp}
    if kind == "agreementSpecification":
        return {"lifecycleStatus": "active", "lastUpdate": stamp}
    if kind == "communicationMessage":
        return {"state": "initial"}
    if kind == "customerBillOnDemand":
        newest = household.shelf("customerBill", now).all()[:1]
        bill = {"customerBill": {"id": newest[0]["id"], "href": newest[0]["href"]}} if newest else {}
        made = {"name": "Bill on demand", "state": "done", "lastUpdate": stamp, "relatedParty": customer}
        return made | account | bill
    return {}
