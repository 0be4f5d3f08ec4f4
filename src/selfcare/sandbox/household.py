"""One demo customer as it stands now: the documents of its story, plus what the customer has asked for since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import Protocol

from .brands import Brand
from .catalogue import KINDS
from .collecting import balanced, collect, collected_at, is_debited, is_held
from .documents import Document, instant
from .invoice import Invoice
from .lastbill import final_bill
from .monthlybill import bill_days, month_before, monthly_bill, newest_ordinary
from .orders import FINAL_BILL_AFTER, Order, final_bill_due, next_change, order_at, product_at, service_at
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
    """The shelves of one customer. Whatever time brings about is put on them when they are next looked at.

    `since` is when the world began: monthly bills go on from there.
    """

    def __init__(self, person: Customer, brand: Brand, issuer: str, since: datetime) -> None:
        self.person = person
        self.brand = brand
        self.issuer = issuer
        self.shelves = {kind: Shelf(person.resources.get(kind, ()), issuer) for kind in KINDS}
        self.orders: list[Order] = []
        self.tickets: list[Ticket] = []
        self.filed: set[tuple[str, str]] = set()
        self._products = {product["id"]: product for product in self.shelves["product"].all()}
        self._services = {service["id"]: service for service in self.shelves["service"].all()}
        self._billed: set[str] = set()
        self._newest = newest_ordinary(person.resources.get("customerBill", ()))
        self._days: Iterator[datetime] = bill_days(self._newest, since) if self._newest is not None else iter(())
        self._month = next(self._days, None)
        self._debits = self._to_come(since)
        self._next: datetime | None = self._soonest(self._month)
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

    def adopt(self, product: Document, service: Document) -> None:
        """Take in something new that was ordered, and the service behind it, as they are before it is done."""
        self._products[product["id"]] = product
        self._services[service["id"]] = service

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
        self._write_bills(now)
        self._collect(now)
        self._next = self._soonest(next_change(self.orders, now), next_ticket_change(self.tickets, now), self._month)
        self._stale = False

    def _soonest(self, *moments: datetime | None) -> datetime | None:
        debit = self._debits[0][0] if self._debits else None
        return min((moment for moment in (*moments, debit) if moment), default=None)

    def _to_come(self, since: datetime) -> list[tuple[datetime, str]]:
        """The bills of the story that fall due after the world began; what was due before stays as the story tells."""
        bills = self.person.resources.get("customerBill", ())
        days = [(day, bill["id"]) for bill in bills if (day := collected_at(bill)) is not None and day > since]
        heapify(days)
        return days

    def _collect(self, now: datetime) -> None:
        """Take from the bank what has fallen due, the earliest first."""
        while self._debits and self._debits[0][0] <= now:
            moment, ident = heappop(self._debits)
            bill = self.shelves["customerBill"].get(ident)
            account = self.shelves["billingAccount"].get(bill["billingAccount"]["id"]) if bill else None
            if bill is None or account is None or not is_debited(account):
                continue
            if is_held(ident, self.shelves["troubleTicket"].all(), moment):
                continue
            settled, payment = collect(self.brand, bill, account, moment)
            self.shelves["customerBill"].put(settled)
            self.shelves["payment"].put(payment, first=True)
            self._owe(bill, -bill["remainingAmount"]["value"], moment)

    def _owe(self, bill: Document, amount: Decimal, moment: datetime) -> None:
        account = self.shelves["billingAccount"].get(bill["billingAccount"]["id"])
        if account is not None:
            self.shelves["billingAccount"].put(balanced(account, amount, moment))

    def _write_bills(self, now: datetime) -> None:
        """Write every bill that is due, in the order of their days."""
        ended = [one for one in self.orders if one.id not in self._billed and final_bill_due(one, now)]
        for order in sorted(ended, key=lambda one: one.done):
            self._write_months(min(order.done + FINAL_BILL_AFTER, now))
            self._billed.add(order.id)
            self._write_last(order)
        self._write_months(now)

    def _write_months(self, until: datetime) -> None:
        while self._month is not None and self._month <= until:
            day, self._month = self._month, next(self._days, None)
            products = [product_at(one, self.orders, day) for one in self._products.values()]
            assert self._newest is not None
            invoice = monthly_bill(self.brand, day, products, self._newest, month_before(day))
            if invoice is not None:
                self._file(invoice)

    def _write_last(self, order: Order) -> None:
        bills = self.person.resources.get("customerBill", [])
        before = [bill for bill in bills if str(bill["billDate"])[:10] <= order.done.date().isoformat()]
        latest = newest_ordinary(before) or max(bills, key=lambda bill: str(bill["billDate"]), default=None)
        if latest is None:
            return
        ended = [
            self._products[ident] for ident in (order.product_id, *sorted(order.carried)) if ident in self._products
        ]
        self._file(final_bill(self.brand, order, ended, latest))

    def _file(self, invoice: Invoice) -> None:
        for kind, documents in (
            ("customerBill", (invoice.bill,)),
            ("appliedCustomerBillingRate", invoice.lines),
            ("document", (invoice.paper,)),
        ):
            for document in reversed(documents):
                self.shelves[kind].put(document, first=True)
            self.person.resources.setdefault(kind, [])[:0] = documents
        written_at = instant(invoice.bill["billDate"])
        assert written_at is not None
        self._owe(invoice.bill, invoice.bill["remainingAmount"]["value"], written_at)
        if (day := collected_at(invoice.bill)) is not None:
            heappush(self._debits, (day, invoice.bill["id"]))
