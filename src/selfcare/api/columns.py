"""Takes from each document the few facts by which it is found, sorted and searched again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from selfcare.domain.bills import NOT_UNDERSTOOD, BillState
from selfcare.domain.failures import Unreadable
from selfcare.domain.money import Money

from .appointments import read_appointment
from .bill_shape import BillFacts
from .bills import (
    bill_amount,
    bill_facts,
    bill_state,
    bill_word,
    figure,
    line_facts,
    line_kind,
)
from .contacts import read_contact, read_message
from .contracts import read_contract
from .customers import read_account, read_customer
from .documents import belongs_to
from .offers import read_offer
from .orders import read_order
from .payments import read_payment
from .products import read_product
from .reading import Doc, day, document, first_text, identity, ref, text
from .services import read_service
from .tickets import read_problem, read_ticket


class _Named(msgspec.Struct, gc=False):
    id: str | int = ""


_named: Any = msgspec.json.Decoder(_Named)

Columns = dict[str, str]
"""Keys: id, parent, number, day, due, amount, unit, state, line, text; those without a value may be absent.

A ticket has "call" too, which is no column: the call back that was promised, to be remembered; an appointment "window",
its time as an interval (ISO 8601, "/end" where no beginning is named)."""


def columns_of(kind: str, doc: bytes | Doc, zone: tzinfo = UTC) -> Columns:
    """The facts for the store, without the id. `kind` is a TMF resource name. Raises Unreadable."""
    found = columns_only(kind, doc, zone)
    del found["id"]
    return found


def columns_only(kind: str, raw: bytes | Doc, zone: tzinfo = UTC) -> Columns:
    """The facts for the store, with the document's id under "id", in one pass.

    What this accepts, the kind's decoder accepts too: raises Unreadable in the same cases.
    """
    return _READERS.get(kind, _plain)(raw, zone)


def id_of(raw: bytes) -> str:
    """A document's own id, also where nothing else of it can be understood; "" if that cannot be told either."""
    try:
        return identity({"id": _named.decode(raw).id}, "document")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Unreadable):
        return ""


def _iso(value: date | datetime | None) -> str:
    return "" if value is None else value.isoformat()


def _figure(amount: Money | None) -> Columns:
    return {} if amount is None else {"amount": format(amount.value, "f"), "unit": amount.unit}


@lru_cache(4096)
def _day(value: str, zone: tzinfo) -> str:
    """A civil day as it is kept; the lines of one bill all name the same."""
    found = day(value, zone)
    return "" if found is None else found.isoformat()


def _bill(raw: bytes | Doc, zone: tzinfo) -> Columns:
    shape = bill_facts(raw)
    account = shape.billing_account
    found = {
        "id": shape.id,
        "parent": account.id if account is not None else "",
        "number": text(shape.bill_no) or shape.id,
        "day": _day(shape.bill_date, zone),
        "due": _day(shape.payment_due_date, zone),
        "state": _bill_state(shape),
        "text": text(shape.category),
    }
    total = figure(bill_amount(shape))
    if total is not None:
        found["amount"], found["unit"] = total
    return found


def _bill_state(shape: BillFacts) -> str:
    """Where a bill stands, as the list says it: what remains to be paid is believed rather than the word for it.

    A word that the standard does not know is kept as the operator wrote it.
    """
    word = bill_word(shape)
    state = bill_state(word)
    left = figure(shape.remaining_amount)
    if left is not None and left[0] == NOT_UNDERSTOOD:
        left = None
    if left is not None and Decimal(left[0]) <= 0:
        return BillState.SETTLED.value
    if left is not None and state is BillState.SETTLED:
        return BillState.PARTIALLY_PAID.value
    if left is not None and not word:
        return BillState.SENT.value
    return word if word and state is BillState.UNKNOWN else state.value


def _line(raw: bytes | Doc, zone: tzinfo) -> Columns:
    shape = line_facts(raw)
    found = {
        "id": shape.id,
        "parent": shape.bill.id if shape.bill is not None else "",
        "day": _day(shape.date, zone),
        "state": line_kind(text(shape.type) or text(shape.applied_billing_rate_type)).value,
        "line": shape.product.id if shape.product is not None else "",
        "text": text(shape.name) or text(shape.description),
    }
    gross = figure(shape.tax_included_amount)
    if gross is not None:
        found["amount"], found["unit"] = gross
    return found


def _payment(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_payment(raw, zone)
    parent = one.bill_ids[0] if one.bill_ids else ""
    words = {"number": one.authorization, "text": one.method, "state": one.state.value}
    return {"id": one.id, "parent": parent, "day": _iso(one.day), **words, **_figure(one.amount)}


def _customer(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_customer(raw)
    return {"id": one.id, "text": one.name, "state": one.status}


def _account(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_account(raw, zone)
    return {"id": one.id, "text": one.name, "state": one.payment_status, **_figure(one.balance)}


def _product(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_product(raw, zone)
    parent = one.parent_ids[0] if one.parent_ids else ""
    words = {"number": one.number, "text": one.name, "state": one.on_paper.value, "line": one.number}
    return {"id": one.id, "parent": parent, "day": _iso(one.since), "due": _iso(one.ended), **words}


def _service(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_service(raw, zone)
    return {"id": one.id, "text": one.name, "state": one.health.value}


def _contract(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_contract(raw, zone)
    words = {"number": one.number, "text": one.name, "state": one.state_word}
    return {"id": one.id, "day": _iso(one.starts), "due": _iso(one.ends), **words}


def _ticket(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_ticket(raw, zone)
    due = _iso(one.promised)
    words = {"number": one.external_id, "text": one.title, "state": one.state.value}
    if one.call_by is not None:
        words["call"] = one.call_by.isoformat()
    return {"id": one.id, "day": _iso(one.created), "due": due, **words}


def _problem(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_problem(raw, zone)
    due = _iso(one.expected_end)
    return {"id": one.id, "day": _iso(one.began), "due": due, "text": one.title, "state": one.state.value}


def _appointment(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_appointment(raw, zone)
    found = {"id": one.id, "text": one.title or one.category, "state": one.state.value}
    if one.window is not None:
        starts, due = _iso(one.window.starts), _iso(one.window.ends)
        found |= {"day": starts, "due": due, "window": f"{starts}/{due}"}
    return found


def _contact(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_contact(raw, zone)
    return {"id": one.id, "day": _iso(one.started), "text": one.what, "state": one.state_word}


def _message(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_message(raw, zone)
    return {"id": one.id, "day": _iso(one.sent), "text": one.subject or one.text[:200], "state": one.state_word}


def _order(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_order(raw, zone)
    parent = one.product_ids[0] if one.product_ids else ""
    words = {"number": one.external_id, "text": one.category, "state": one.state.value}
    return {"id": one.id, "parent": parent, "day": _iso(one.ordered), "due": _iso(one.expected), **words}


def _offer(raw: bytes | Doc, zone: tzinfo) -> Columns:
    one = read_offer(raw, zone)
    return {"id": one.id, "text": one.name, "state": "sold" if one.is_sold else "withdrawn"}


def _paper(raw: bytes | Doc, zone: tzinfo) -> Columns:
    doc = document(raw, "document")
    words = {"text": first_text(doc, "name", "description"), "state": first_text(doc, "status")}
    return {"id": identity(doc, "document"), "parent": belongs_to(doc), **words}


def _plain(raw: bytes | Doc, zone: tzinfo) -> Columns:
    """A document of another kind: a party, a cancellation."""
    doc: dict[str, Any] = document(raw, "document")
    about = ref(doc.get("relatedEntity")) or ref(doc.get("productOrder"))
    name = first_text(doc, "name", "fullName", "description")
    return {"id": identity(doc, "document"), "parent": about, "text": name, "state": first_text(doc, "status", "state")}


_READERS: Mapping[str, Callable[[bytes | Doc, tzinfo], Columns]] = {
    "customerBill": _bill,
    "appliedCustomerBillingRate": _line,
    "payment": _payment,
    "document": _paper,
    "customer": _customer,
    "billingAccount": _account,
    "product": _product,
    "service": _service,
    "agreement": _contract,
    "troubleTicket": _ticket,
    "serviceProblem": _problem,
    "appointment": _appointment,
    "partyInteraction": _contact,
    "communicationMessage": _message,
    "productOrder": _order,
    "productOffering": _offer,
}
