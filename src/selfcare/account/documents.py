"""Which document tells what: leads from the operator's kinds of document to the things the customer knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from selfcare.api.appointments import read_appointment
from selfcare.api.bills import read_bill, read_bill_line
from selfcare.api.contacts import read_contact, read_message
from selfcare.api.contracts import read_contract
from selfcare.api.customers import read_account, read_customer, read_subject
from selfcare.api.documents import APART, read_paper
from selfcare.api.home_money import in_home_money
from selfcare.api.offers import read_offer
from selfcare.api.orders import read_order
from selfcare.api.payments import read_payment
from selfcare.api.products import read_product
from selfcare.api.services import read_service
from selfcare.api.tickets import read_problem, read_ticket
from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract
from selfcare.domain.customer import Customer
from selfcare.domain.failures import Unreadable
from selfcare.domain.orders import Order
from selfcare.domain.papers import Paper
from selfcare.domain.records import replace
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.store.cache import Cache
from selfcare.store.documents import Row

BILL = "customerBill"
BILL_LINE = "appliedCustomerBillingRate"
TICKET = "troubleTicket"
PROBLEM = "serviceProblem"
APPOINTMENT = "appointment"
CONTRACT = "agreement"
PAPER = "document"
ORDER = "productOrder"
OFFER = "productOffering"
CONTACT = "partyInteraction"
MESSAGE = "communicationMessage"
PROMISED_AS = {TICKET: "", PROBLEM: "problem:", ORDER: "order:"}
"""What carries a date that its operator may replace, and how such a date is named where it is remembered."""
CALLED_AS = "call:"
"""How the promised call back of a ticket is named there."""
TIMED_AS = "visit:"
"""How the time of an appointment is named there, as an interval."""
STOOD_AS = "stood:"
"""How the end after which an appointment still stood is named there."""
CUSTOMER_KINDS = ("customer", "individual", "organization")
LINE_KINDS = ("product", "service", CONTRACT)
KIND_OF_TOPIC = (
    (Topic.CUSTOMER, "customer"),
    (Topic.ACCOUNTS, "billingAccount"),
    (Topic.BILLS, BILL),
    (Topic.BILL_LINES, BILL_LINE),
    (Topic.PAYMENTS, "payment"),
    (Topic.LETTERS, PAPER),
    (Topic.PRODUCTS, "product"),
    (Topic.SERVICES, "service"),
    (Topic.CONTRACTS, CONTRACT),
    (Topic.TICKETS, TICKET),
    (Topic.PROBLEMS, PROBLEM),
    (Topic.APPOINTMENTS, APPOINTMENT),
    (Topic.CONTACTS, CONTACT),
    (Topic.MESSAGES, MESSAGE),
    (Topic.ORDERS, ORDER),
    (Topic.OFFERS, OFFER),
)

_READ: Mapping[str, Callable[[bytes | dict[str, Any], tzinfo], Any]] = {
    "billingAccount": read_account,
    BILL: read_bill,
    BILL_LINE: read_bill_line,
    "payment": read_payment,
    PAPER: read_paper,
    "product": read_product,
    "service": read_service,
    CONTRACT: read_contract,
    TICKET: read_ticket,
    PROBLEM: read_problem,
    APPOINTMENT: read_appointment,
    CONTACT: read_contact,
    MESSAGE: read_message,
    ORDER: read_order,
    OFFER: read_offer,
}
_WHEN: Mapping[str, str] = {
    "payment": "day",
    PAPER: "day",
    TICKET: "created",
    PROBLEM: "began",
    APPOINTMENT: "created",
    CONTACT: "started",
    MESSAGE: "sent",
    ORDER: "ordered",
}

_EVIDENCE = (Bill, Ticket, Appointment, Contract, Contact, Message, Order)


def read_document(kind: str, row: Row, zone: tzinfo) -> Any:
    """What a kept document says. Raises Unreadable."""
    found = _READ[kind](in_home_money(row.body, zone), zone)
    return replace(found, no_longer_listed=True) if row.gone and isinstance(found, _EVIDENCE) else found


def read_documents(kind: str, rows: Iterable[Row], zone: tzinfo) -> list[Any]:
    """What kept documents say, without those that cannot be understood; newest first where they have a moment.

    Contracts that are no longer listed come after the others.
    """
    found = []
    for row in rows:
        try:
            found.append(read_document(kind, row, zone))
        except Unreadable:
            continue
    if kind == CONTRACT:
        found.sort(key=lambda one: bool(one.no_longer_listed))
    if kind in _WHEN:
        field = _WHEN[kind]
        found.sort(key=lambda one: _moment(getattr(one, field)), reverse=True)
    return found


def papers_apart(cache: Cache, zone: tzinfo) -> list[Paper]:
    """The papers that are not just the copy of a bill, newest first."""
    return read_documents(PAPER, cache.of_parent(PAPER, APART), zone)


def has_amount(cache: Cache, kind: str, own_id: str) -> bool:
    """Whether a bill or a line is here with its amount: that stays, as all does that is not understood any more."""
    body = cache.get(kind, own_id)
    if body is None:
        return False
    return (read_bill_line(body).gross if kind == BILL_LINE else read_bill(body).total) is not None


def customer_of(rows: Mapping[str, Sequence[Row]]) -> Customer | None:
    """The customer, from the customer's document and that of the party behind it."""
    for row in rows["customer"]:
        try:
            subject = read_subject(row.body)
            parties = {party.id: party.body for party in rows.get(subject.party_kind, ())}
            return read_customer(row.body, parties.get(subject.party))
        except Unreadable:
            continue
    return None


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return "" if value is None else str(value)
