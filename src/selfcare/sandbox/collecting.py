"""What the demo operator takes by Direct Debit: each open bill on the day it is due, unless it is contested."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from .brands import Brand
from .catalogue import BASES
from .documents import Document, instant, written

AT_HOUR = timedelta(hours=5)
_WORDS = {"en": "Payment by {method}", "fr": "Paiement {method}"}
_HOLDING = frozenset({"Bill Dispute", "paymentArrangement"})
_OVER = frozenset({"rejected", "cancelled", "closed", "resolved"})


def collected_at(bill: Document) -> datetime | None:
    """When an open bill is taken from the bank: early on the day it is due. None where nothing is left to pay."""
    if bill.get("state") != "sent" or bill["remainingAmount"]["value"] <= 0:
        return None
    due = instant(str(bill.get("paymentDueDate", "")))
    return None if due is None else due + AT_HOUR


def is_held(bill_id: str, tickets: Iterable[Document], moment: datetime) -> bool:
    """Whether a bill is left alone at a moment: an open ticket contests it, or asks to pay it in parts."""
    return any(
        ticket.get("ticketType") in _HOLDING
        and ticket.get("status") not in _OVER
        and (instant(str(ticket.get("creationDate", ""))) or moment) <= moment
        and any(about.get("id") == bill_id for about in ticket.get("relatedEntity", ()))
        for ticket in tickets
    )


def is_debited(account: Document) -> bool:
    """Whether an account is paid by Direct Debit."""
    return bool(account.get("defaultPaymentMethod", {}).get("@referredType") == "BankAccountDebit")


def collect(brand: Brand, bill: Document, account: Document, moment: datetime) -> tuple[Document, Document]:
    """The bill as it reads once it is taken (TMF678, settled), and the payment that settled it (TMF676, done)."""
    method = account["defaultPaymentMethod"]
    name = str(method["name"]).partition(" ·")[0]
    ident, amount, stamp = f"Y-{bill['id']}", bill["remainingAmount"], written(moment)
    address = f"{{base}}{BASES['TMF676']}/payment/{ident}"
    billed = {"id": bill["id"], "href": bill["href"], "@referredType": "CustomerBill"}
    payment: Document = {
        "id": ident,
        "href": address,
        "name": _WORDS[brand.language].format(method=name),
        "paymentDate": stamp,
        "status": "done",
        "statusDate": stamp,
        "authorizationCode": f"{zlib.crc32(ident.encode()) % 10**8:08d}",
        "amount": amount,
        "totalAmount": amount,
        "account": bill["billingAccount"],
        "payer": bill["relatedParty"][0],
        "paymentMethod": {"id": method["id"], "name": name, "@referredType": method["@referredType"]},
        "paymentItem": [{"id": "1", "item": billed, "totalAmount": amount}],
        "@type": "Payment",
    }
    applied = {"appliedAmount": amount, "payment": {"id": ident, "href": address}}
    settled = {
        **bill,
        "state": "settled",
        "remainingAmount": {**amount, "value": Decimal("0.00")},
        "appliedPayment": [*bill.get("appliedPayment", ()), applied],
        "lastUpdate": stamp,
    }
    return settled, payment


def balanced(account: Document, by: Decimal, moment: datetime) -> Document:
    """An account (TMF666) after so much more, or less, is owed on it."""
    first, *others = account["accountBalance"]
    owed = first["amount"]["value"] + by
    status = "paid" if owed <= 0 else account["paymentStatus"]
    return {
        **account,
        "accountBalance": [{**first, "amount": {**first["amount"], "value": owed}}, *others],
        "paymentStatus": "due" if owed > 0 and status == "paid" else status,
        "lastModified": written(moment),
    }
