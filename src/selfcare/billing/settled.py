"""What can be proved of a bill's payment: that it is settled, that the money was taken or credited, or only a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Struct


class Proved(StrEnum):
    """What may be said, the strongest first."""

    SETTLED = "settled"
    """The operator itself reports that nothing remains."""
    CREDITED = "credited"
    """Its list of payments credits the whole amount, though it calls the bill unpaid."""
    TAKEN = "taken"
    """The whole amount was taken; it is not credited yet."""
    SHARED = "shared"
    """A payment names this bill, and nobody says how much of it counts for this one."""
    PART = "part"
    """Less than the whole amount was paid."""
    NOTHING = "nothing"
    """No payment is known, and the operator does not call it paid."""


class Settlement(Struct, frozen=True):
    """What is proved, by which payments (oldest first), how much they come to as far as that is stated, and what is
    open (None: not known)."""

    proved: Proved
    payments: tuple[Payment, ...]
    paid: Money | None
    open: Money | None


def settlement(bill: Bill, payments: Sequence[Payment]) -> Settlement:
    """What the operator's own word and its list of payments prove of a bill; failed and announced payments prove
    nothing, a payment for several bills only its part that the bill names."""
    own = [p for p in payments if _is_for(bill, p) and p.state in {PaymentState.CREDITED, PaymentState.TAKEN}]
    own.sort(key=lambda p: (p.day or date.min, _as_counted(p.id)))
    asked = bill.total
    if asked is None:
        return Settlement(Proved.SETTLED if bill.is_paid and not bill.no_longer_listed else Proved.NOTHING,
                          tuple(own), None, bill.remaining)  # fmt: skip
    credited = _sum(bill, [p for p in own if p.state is PaymentState.CREDITED], asked.unit)
    paid = Money(_sum(bill, own, asked.unit), asked.unit)
    if bill.is_paid and not bill.no_longer_listed:
        return Settlement(Proved.SETTLED, tuple(own), paid if own else None, Money(Decimal(0), asked.unit))
    if credited >= asked.value > 0:
        return Settlement(Proved.CREDITED, tuple(own), paid, None)
    if paid.value >= asked.value > 0:
        return Settlement(Proved.TAKEN, tuple(own), paid, None)
    if any((part := part_for(bill, p)) is None or part.unit != asked.unit for p in own):
        return Settlement(Proved.SHARED, tuple(own), paid, None)
    if own:
        return Settlement(Proved.PART, tuple(own), paid, asked - paid)
    return Settlement(Proved.NOTHING, (), None, asked)


def part_for(bill: Bill, payment: Payment) -> Money | None:
    """What of a payment was for this bill: what the bill itself says was applied, else the whole where the payment
    names no other bill. None where nobody says how much."""
    for applied in bill.payments:
        if applied.payment_id == payment.id and applied.amount is not None:
            return applied.amount
    return payment.amount if set(payment.bill_ids) <= {bill.id} else None


def _as_counted(name: str) -> tuple[tuple[int, str], ...]:
    """A key by which Y2 comes before Y10."""
    pieces = re.split(r"(\d+)", name)
    return tuple((len(piece.lstrip("0")), piece.lstrip("0")) if piece.isdecimal() else (0, piece) for piece in pieces)


def _is_for(bill: Bill, payment: Payment) -> bool:
    return bill.id in payment.bill_ids or any(applied.payment_id == payment.id for applied in bill.payments)


def _sum(bill: Bill, payments: Sequence[Payment], unit: str) -> Decimal:
    parts = [part_for(bill, one) for one in payments]
    return sum((part.value for part in parts if part is not None and part.unit == unit), Decimal(0))
