"""Payments that the operator says it took or credited."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .money import Money
from .records import Struct


class PaymentState(StrEnum):
    """Where a payment stands (TMF676 examples); free text in practice."""

    PENDING = "pending"
    TAKEN = "taken"
    CREDITED = "credited"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Payment(Struct, frozen=True):
    """One payment (TMF676 Payment). `bill_ids` are the bills it was meant for."""

    id: str
    day: date | None
    amount: Money | None
    state: PaymentState
    state_word: str
    bill_ids: tuple[str, ...] = ()
    method: str = ""
    authorization: str = ""
    account_id: str = ""
