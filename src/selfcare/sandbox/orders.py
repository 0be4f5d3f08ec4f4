"""What becomes of an order as time goes by: pure functions of the order and the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from .documents import Document, written

CODE_TAKES = timedelta(seconds=20)
CODE_LIVES = timedelta(days=30)
UNLOCK_TAKES = timedelta(hours=48)
NOTICE_NOTED = timedelta(hours=1)
FINAL_BILL_AFTER = timedelta(days=1)
CATEGORIES = ("portOutCode", "deviceUnlock", "termination", "option")


@dataclass(frozen=True, slots=True)
class Order:
    """An order a customer placed, with everything that was settled the moment it came in.

    `done` is when it takes effect; `product_id` what it is about, `carried` the options that end with it;
    `results` are characteristics (name, type, value) the product has afterwards; `charge` an early termination charge.
    """

    body: Document
    category: str
    received: datetime
    done: datetime
    product_id: str
    carried: frozenset[str] = frozenset()
    results: tuple[tuple[str, str, object], ...] = ()
    charge: Decimal | None = None
    currency: str = ""
    cancelled: datetime | None = None
    cancel_reason: str = ""
    rejected: str = ""
    services: frozenset[str] = field(default_factory=frozenset)

    @property
    def id(self) -> str:
        """The operator's own number of the order."""
        return str(self.body["id"])

    @property
    def action(self) -> str:
        """What is done to the product (TMF622 OrderItemActionType)."""
        return str(self.body["productOrderItem"][0].get("action", ""))


def state_of(order: Order, now: datetime) -> str:
    """Where an order stands at a moment (TMF622 ProductOrderStateType)."""
    if order.rejected:
        return "rejected"
    if order.cancelled is not None:
        return "cancelled"
    if order.category not in CATEGORIES:
        return str(order.body.get("state", "acknowledged"))
    if now >= order.done:
        return "completed"
    if order.category == "deviceUnlock":
        return "inProgress"
    if order.category == "termination" and now >= order.received + NOTICE_NOTED:
        return "inProgress"
    return "acknowledged"


def order_at(order: Order, now: datetime) -> Document:
    """The order as its document reads at a moment (TMF622 ProductOrder)."""
    state = state_of(order, now)
    document = {**order.body, "orderDate": written(order.received), "state": state}
    items = [{**item, "state": state} for item in order.body["productOrderItem"]]
    if order.category in CATEGORIES and state not in ("cancelled", "rejected"):
        document["expectedCompletionDate"] = written(order.done)
    if order.rejected:
        note = {"author": "Operator", "date": written(order.received), "text": order.rejected}
        document["note"] = [*order.body.get("note", ()), note]
    if order.cancelled is not None:
        document["cancellationDate"] = written(order.cancelled)
        document["cancellationReason"] = order.cancel_reason
    if state == "completed":
        document["completionDate"] = written(order.done)
        first = items[0]
        product = first.get("product", {})
        items[0] = {**first, "product": with_characteristics(product, order.results)}
    if order.charge is not None and order.category == "termination":
        document["orderTotalPrice"] = [
            {
                "name": "Early termination charge",
                "priceType": "penalty",
                "price": {"taxIncludedAmount": {"unit": order.currency, "value": order.charge}},
            }
        ]
    document["productOrderItem"] = items
    return document


def with_characteristics(product: Document, results: Iterable[tuple[str, str, object]]) -> Document:
    """A product with some characteristics set, replacing those of the same name."""
    results = tuple(results)
    if not results:
        return product
    names = {name.lower() for name, _, _ in results}
    kept = [one for one in product.get("productCharacteristic", ()) if str(one.get("name")).lower() not in names]
    added = [{"name": name, "valueType": type_, "value": value} for name, type_, value in results]
    return {**product, "productCharacteristic": kept + added}


def product_at(product: Document, orders: Iterable[Order], now: datetime) -> Document:
    """A product as its document reads at a moment, after everything that was ordered for it (TMF637 Product)."""
    for order in orders:
        state = state_of(order, now)
        about = product["id"] == order.product_id
        if about and order.category == "option":
            product = _option_at(product, order, state)
            continue
        if state in ("cancelled", "rejected"):
            continue
        if order.category == "termination" and (about or product["id"] in order.carried):
            if state == "completed":
                product = {**product, "status": "terminated", "terminationDate": written(order.done)}
            else:
                product = {**product, "status": "pendingTerminate"}
        elif about and state == "completed":
            product = with_characteristics(product, order.results)
    return product


def _option_at(product: Document, order: Order, state: str) -> Document:
    """An option that was ordered or taken off."""
    if order.action == "add":
        if state == "cancelled":
            return {**product, "status": "cancelled"}
        return {**product, "status": "active", "startDate": written(order.done)} if state == "completed" else product
    if state in ("cancelled", "rejected"):
        return product
    if state == "completed":
        return {**product, "status": "terminated", "terminationDate": written(order.done)}
    return {**product, "status": "pendingTerminate"}


def service_at(service: Document, orders: Iterable[Order], now: datetime) -> Document:
    """A service as it is at a moment: switched off when what it carries has ended (TMF638 Service)."""
    for order in orders:
        if service["id"] not in order.services or state_of(order, now) != "completed":
            continue
        if order.category == "option" and order.action == "add":
            on = {"state": "active", "isServiceEnabled": True, "hasStarted": True, "startDate": written(order.done)}
            running = {"name": "operatingStatus", "valueType": "string", "value": "running"}
            service = {**service, **on, "serviceCharacteristic": [running]}
        elif order.category in ("termination", "option"):
            off = {"state": "terminated", "isServiceEnabled": False, "endDate": written(order.done)}
            kept = [one for one in service.get("serviceCharacteristic", ()) if one.get("name") != "operatingStatus"]
            stopped = {"name": "operatingStatus", "valueType": "string", "value": "stopped"}
            service = {**service, **off, "serviceCharacteristic": [*kept, stopped]}
    return service


def final_bill_due(order: Order, now: datetime) -> bool:
    """Whether the last bill for what an order ended has been written."""
    ended = order.category == "termination" and state_of(order, now) == "completed"
    return ended and now >= order.done + FINAL_BILL_AFTER


def next_change(orders: Iterable[Order], now: datetime) -> datetime | None:
    """The next moment at which any document changes by itself because of orders, or None."""
    moments: list[datetime] = []
    for order in orders:
        if order.cancelled is None and not order.rejected and order.category in CATEGORIES:
            moments.append(order.done)
            if order.category == "termination":
                moments += [order.received + NOTICE_NOTED, order.done + FINAL_BILL_AFTER]
    return min((moment for moment in moments if moment > now), default=None)


def ends_at(requested: datetime | None, received: datetime, notice: timedelta) -> datetime:
    """When a line ends: on the day asked for, but not before the notice has run (mapping 4.12)."""
    earliest = received + notice
    return earliest if requested is None else max(requested, earliest)
