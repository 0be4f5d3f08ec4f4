"""Who the customer is to the operator, and the account that the bills are written to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from .money import Money
from .nations import nation_at
from .periods import period_key
from .records import Struct


class MediumKind(StrEnum):
    """The ways in which a party can be reached."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"


class ContactMedium(Struct, frozen=True):
    """One way to reach somebody (TMF632 ContactMedium); `text` is written on one line."""

    kind: MediumKind
    text: str
    purpose: str = ""
    is_preferred: bool = False


class Customer(Struct, frozen=True):
    """The customer as the operator knows it (TMF629 Customer with its TMF632 party)."""

    id: str
    name: str
    is_business: bool = False
    status: str = ""
    media: tuple[ContactMedium, ...] = ()

    def nation(self, country: str) -> str:
        """The working-day calendar of where the customer lives, by the postal address; "" where it does not tell."""
        posts = sorted((m for m in self.media if m.kind is MediumKind.POST), key=lambda m: not m.is_preferred)
        return next((found for post in posts if (found := nation_at(country, post.text))), "")


class PaymentPlan(Struct, frozen=True):
    """A plan to pay in parts (TMF666 PaymentPlan). TMF knows no dates of the parts: they are computed."""

    kind: str
    payments: int
    frequency: str
    total: Money | None
    status: str
    starts: date | None = None
    ends: date | None = None

    @property
    def period(self) -> str:
        """How often a part is paid: "month", "week", "3 months"; the operator's own word where it is not known."""
        return period_key(self.frequency)

    def is_running(self, today: date) -> bool:
        """The operator calls it effective, and the day is between its first and its last, where these are stated."""
        is_on = self.status.strip().casefold() in {"effective", "active"}
        return is_on and (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)


class DirectDebit(Struct, frozen=True):
    """The mandate by which bills are taken from a bank account; `account` is masked but for its end."""

    account: str
    name: str = ""


class Account(Struct, frozen=True):
    """A billing account (TMF666 BillingAccount). `payment_status` keeps the operator's own word.

    `is_prepaid` says that it is topped up in advance, None that nobody says (`ratingType`).
    """

    id: str
    name: str
    state: str
    payment_status: str
    balance: Money | None = None
    credit_limit: Money | None = None
    plans: tuple[PaymentPlan, ...] = ()
    direct_debit: DirectDebit | None = None
    is_prepaid: bool | None = None
    changed: datetime | None = None

    @property
    def is_in_arrears(self) -> bool:
        """The operator says that payment is late."""
        return "arrear" in self.payment_status.casefold()
