"""Reads payments (TMF676) from an operator's documents."""

from __future__ import annotations

from datetime import UTC, tzinfo

from selfcare.domain.payments import Payment, PaymentState

from .reading import Doc, child, day, document, first_text, identity, items, money, plain_word, ref, text, unique

KIND = "payment"

_STATES = {
    "pendingauthorization": PaymentState.PENDING,
    "authorized": PaymentState.PENDING,
    "pending": PaymentState.PENDING,
    "captured": PaymentState.TAKEN,
    "taken": PaymentState.TAKEN,
    "done": PaymentState.CREDITED,
    "credited": PaymentState.CREDITED,
    "completed": PaymentState.CREDITED,
    "settled": PaymentState.CREDITED,
    "failed": PaymentState.FAILED,
    "denied": PaymentState.FAILED,
    "canceled": PaymentState.FAILED,
    "cancelled": PaymentState.FAILED,
    "rejected": PaymentState.FAILED,
}


def read_payment(doc: bytes | Doc, zone: tzinfo = UTC) -> Payment:
    """One payment (TMF676 Payment); `totalAmount` counts, else `amount`. Raises Unreadable."""
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    word = first_text(doc, "status", "state")
    method = child(doc.get("paymentMethod"))
    where = f"{KIND}/{own}.totalAmount"
    paid_for = (child(part.get("item")) for part in items(doc.get("paymentItem")))
    return Payment(
        id=own,
        day=day(doc.get("paymentDate"), zone) or day(doc.get("statusDate"), zone),
        amount=money(doc.get("totalAmount"), where) or money(doc.get("amount"), where),
        state=payment_state(word),
        state_word=word,
        bill_ids=unique(ref(item) for item in paid_for if _is_bill(item)),
        method=first_text(method, "name", "description", "@referredType"),
        authorization=text(doc.get("authorizationCode")),
        account_id=ref(doc.get("account")),
    )


def payment_state(word: str) -> PaymentState:
    """The state that a word means; UNKNOWN for a word that the standard does not know."""
    return _STATES.get(plain_word(word), PaymentState.UNKNOWN)


def _is_bill(item: Doc) -> bool:
    return first_text(item, "@referredType", "@type").casefold() in {"", "customerbill", "entityref"}
