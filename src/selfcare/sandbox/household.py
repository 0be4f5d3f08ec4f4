"""One demo customer as it stands now: the documents of its story, plus what the customer has asked for since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from .brands import Brand
from .catalogue import KINDS
from .documents import Document
from .lastbill import final_bill
from .orders import Order, final_bill_due, next_change, order_at, product_at, service_at
from .shelf import Shelf
from .tickets import Ticket, next_ticket_change, ticket_at


class Customer(Protocol):
    """What is needed of a demo person: who it is and the documents of its story."""

    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def customer_id(self) -> str: ...
    @property
    def resources(self) -> dict[str, list[Document]]: ...


class Household:
    """The shelves of one customer. Whatever time brings about is put on them when they are next looked at."""

    def __init__(self, person: Customer, brand: Brand, issuer: str) -> None:
        self.person = person
        self.brand = brand
        self.issuer = issuer
        self.shelves = {kind: Shelf(person.resources.get(kind, ()), issuer) for kind in KINDS}
        self.orders: list[Order] = []
        self.tickets: list[Ticket] = []
        self._products = {product["id"]: product for product in self.shelves["product"].all()}
        self._services = {service["id"]: service for service in self.shelves["service"].all()}
        self._billed: set[str] = set()
        self._next: datetime | None = None
        self._stale = False

    def shelf(self, kind: str, now: datetime) -> Shelf:
        """The documents of one kind as they are at a moment."""
        if self._stale or (self._next is not None and now >= self._next):
            self._catch_up(now)
        return self.shelves[kind]

    def product(self, ident: str) -> Document | None:
        """A product as the story left it, before anything was ordered."""
        return self._products.get(ident)

    def products(self) -> Iterable[Document]:
        """All products as the story left them."""
        return self._products.values()

    def place(self, order: Order) -> None:
        """Take an order in, or another version of one with the same number (a cancelled one)."""
        self.orders = [one for one in self.orders if one.id != order.id] + [order]
        self._stale = True

    def open(self, ticket: Ticket) -> None:
        """Take a ticket in, or the new version of one."""
        self.tickets = [one for one in self.tickets if one.id != ticket.id] + [ticket]
        self._stale = True

    def _catch_up(self, now: datetime) -> None:
        for order in self.orders:
            self.shelves["productOrder"].put(order_at(order, now), first=True)
        touched = {order.product_id for order in self.orders}.union(*(order.carried for order in self.orders))
        for ident in touched & self._products.keys():
            self.shelves["product"].put(product_at(self._products[ident], self.orders, now))
        for ident in {ident for order in self.orders for ident in order.services} & self._services.keys():
            self.shelves["service"].put(service_at(self._services[ident], self.orders, now))
        for ticket in self.tickets:
            self.shelves["troubleTicket"].put(ticket_at(ticket, now), first=True)
        for order in self.orders:
            if order.id not in self._billed and final_bill_due(order, now):
                self._billed.add(order.id)
                self._bill(order)
        moments = (next_change(self.orders, now), next_ticket_change(self.tickets, now))
        self._next = min((moment for moment in moments if moment), default=None)
        self._stale = False

    def _bill(self, order: Order) -> None:
        bills = self.person.resources.get("customerBill", [])
        if not bills:
            return
        latest = max(bills, key=lambda bill: str(bill["billDate"]))
        ended = [
            self._products[ident] for ident in (order.product_id, *sorted(order.carried)) if ident in self._products
        ]
        final = final_bill(self.brand, order, ended, latest)
        for kind, documents in (
            ("customerBill", (final.bill,)),
            ("appliedCustomerBillingRate", final.lines),
            ("document", (final.paper,)),
        ):
            for document in documents:
                self.shelves[kind].put(document, first=True)
            self.person.resources.setdefault(kind, [])[:0] = documents
