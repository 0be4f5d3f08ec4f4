"""Bills and their lines, and what can be decided from them without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from .money import Money
from .payments import Payment, PaymentState
from .records import Struct

if TYPE_CHECKING:
    from .tickets import Ticket


class BillState(StrEnum):
    """Where a bill stands (TMF678 stateValue); a word we do not know is UNKNOWN and kept beside it."""

    NEW = "new"
    ON_HOLD = "onHold"
    VALIDATED = "validated"
    SENT = "sent"
    PARTIALLY_PAID = "partiallyPaid"
    SETTLED = "settled"
    UNKNOWN = "unknown"


class LineKind(StrEnum):
    """What a bill line is (TMF678 appliedBillingRateType, free text in practice)."""

    RECURRING = "recurring"
    ONE_TIME = "oneTime"
    USAGE = "usage"
    CREDIT = "credit"
    PENALTY = "penalty"
    OTHER = "other"


class Tax(Struct, frozen=True):
    """A tax amount; the rate is the operator's own figure and may be 20 or 0.20, so the amount is what counts."""

    category: str
    amount: Money | None
    rate: Decimal | None = None


class AppliedPayment(Struct, frozen=True):
    """A part of a payment that was credited to a bill."""

    payment_id: str
    amount: Money | None


class PaperRef(Struct, frozen=True):
    """A document of the operator's that may be fetched (TMF AttachmentRefOrValue). `inline` says that the bytes
    came with it; `url` and `href` are the two places to ask."""

    id: str
    name: str
    mime: str = ""
    url: str = ""
    href: str = ""
    inline: bool = False

    @property
    def is_pdf(self) -> bool:
        """It is, or may be, a PDF: operators leave the type out, or write a word of their own."""
        return not self.mime or "/" not in self.mime or "pdf" in self.mime.casefold()


FILED = "filed"
"""The state word of a bill of an archive: it is kept, and nobody says whether it is paid."""

TO_FILE = "toFile"
"""The state word of a bill of which number, day or total could not be read: the customer files it by hand."""

OWN_STATES = frozenset({FILED, TO_FILE})

NOT_UNDERSTOOD = "?"
"""Stands in the place of the amount by which a bill is found, where one was stated that nobody understands."""


class Bill(Struct, frozen=True):
    """One bill (TMF678 CustomerBill). What the operator did not state is None, never zero.

    `number` is what stands on the paper, `id` what the API wants. `taken` is the day of the Direct Debit if stated,
    else the due date counts. `state_word` keeps the operator's own word. `unread` names the amounts, as they are called
    here, that the operator states in a way that nobody understands: they are None too.
    """

    id: str
    number: str
    day: date | None
    due: date | None
    total: Money | None
    remaining: Money | None
    state: BillState
    state_word: str = ""
    account_id: str = ""
    category: str = ""
    net: Money | None = None
    taxes: tuple[Tax, ...] = ()
    payments: tuple[AppliedPayment, ...] = ()
    papers: tuple[PaperRef, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    next_day: date | None = None
    changed: datetime | None = None
    no_longer_listed: bool = False
    unread: tuple[str, ...] = ()

    @property
    def is_of_nobody(self) -> bool:
        """A bill of the customer's own papers on which no operator was found: nobody knows to whom it belongs."""
        return self.state_word in OWN_STATES and not self.account_id

    @property
    def is_final(self) -> bool:
        """The last bill of a contract."""
        return self.category.casefold() == "last"

    @property
    def is_credit_note(self) -> bool:
        """A bill by which the operator gives money back."""
        return "credit" in self.category.casefold() or (self.total is not None and self.total.is_credit)

    @property
    def is_paid(self) -> bool:
        """Nothing remains to be paid, by the operator's own word or figure."""
        if self.remaining is not None:
            return self.remaining.value <= 0
        return self.state is BillState.SETTLED


class BillLine(Struct, frozen=True):
    """One line of a bill (TMF678 AppliedCustomerBillingRate). `product_id` leads to the option it pays for."""

    id: str
    bill_id: str
    name: str
    kind: LineKind
    kind_word: str
    gross: Money | None
    net: Money | None
    taxes: tuple[Tax, ...] = ()
    product_id: str = ""
    product_name: str = ""
    day: date | None = None
    starts: date | None = None
    ends: date | None = None
    is_billed: bool = True
    exact: Money | None = None
    """The amount without tax before it was rounded, where an e-invoice states quantity and price."""
    unread: tuple[str, ...] = ()
    """As in a bill: the amounts that are stated and that nobody understands; what the line costs is then not known."""


class UsualRange(Struct, frozen=True):
    """What the customer usually pays: lowest, middle and highest of the comparable bills before."""

    low: Money
    middle: Money
    high: Money


def may_be_one_account(bill: Bill, other: Bill) -> bool:
    """Both are written to the same account, as far as that is known; own papers without an operator never are."""
    if bill.is_of_nobody or other.is_of_nobody:
        return False
    return not bill.account_id or not other.account_id or bill.account_id == other.account_id


def is_comparable(bill: Bill, other: Bill) -> bool:
    """Whether this bill may be held against an ordinary one before it: same currency and account, an earlier day."""
    return (
        bill.total is not None
        and other.total is not None
        and bill.day is not None
        and other.day is not None
        and other.id != bill.id
        and other.day < bill.day
        and other.total.unit == bill.total.unit
        and may_be_one_account(bill, other)
        and not other.is_credit_note
        and not other.is_final
    )


def usual_range(bill: Bill, earlier: Sequence[Bill]) -> UsualRange | None:
    """What was usual before this bill, from the latest 24 ordinary bills in its currency to its account; None below
    three."""
    if bill.total is None:
        return None
    comparable = sorted(
        (b.day, b.total.value)
        for b in earlier
        if b.total is not None
        and b.total.unit == bill.total.unit
        and may_be_one_account(bill, b)
        and not b.is_credit_note
        and not b.is_final
        and b.day is not None
        and bill.day is not None
        and b.day < bill.day
    )[-24:]
    amounts = sorted(amount for _day, amount in comparable)
    if len(amounts) < 3:
        return None
    unit = bill.total.unit
    return UsualRange(Money(amounts[0], unit), Money(_middle(amounts), unit), Money(amounts[-1], unit))


def is_abnormal(bill: Bill, earlier: Sequence[Bill]) -> bool:
    """Not like the others: above 1.5 times the highest usual bill and more than 20 units above the middle one."""
    usual = usual_range(bill, earlier)
    if usual is None or bill.total is None or bill.is_credit_note:
        return False
    return bill.total.value > usual.high.value * Decimal("1.5") and bill.total.value > usual.middle.value + 20


def is_overdue(bill: Bill, today: date) -> bool:
    """Its due day has passed and something remains to be paid. Of a bill whose state nobody understands that is said
    only where no word was given and the figure says it."""
    if bill.state is BillState.UNKNOWN and (bill.state_word or bill.remaining is None):
        return False
    return bill.due is not None and today > bill.due and not bill.is_paid and not bill.is_credit_note


def taken_for(bill: Bill, payments: Sequence[Payment]) -> Payment | None:
    """The last payment that was taken for an unpaid bill and covers it, though the operator has not credited it."""
    if bill.is_paid or bill.is_credit_note:
        return None
    own = [p for p in payments if bill.id in p.bill_ids and p.state is PaymentState.TAKEN]
    asked = bill.remaining if bill.remaining is not None else bill.total
    stated = [p.amount for p in own if p.amount is not None]
    is_stated = asked is not None and len(stated) == len(own)
    if asked is not None and is_stated and sum(a.value for a in stated if a.unit == asked.unit) < asked.value:
        return None
    return max(own, key=lambda p: p.day or date.min, default=None)


def dispute_of(bill_id: str, tickets: Sequence[Ticket]) -> Ticket | None:
    """The open dispute about a bill that was asked for first, also one that still waits to be sent."""
    own = [
        t
        for t in tickets
        if t.is_open
        and t.created is not None
        and any(ref.id == bill_id and _says_dispute(t.kind, ref.role) for ref in t.about)
    ]
    return min(own, key=lambda t: (t.created is None, t.created), default=None)


def plan_of(bill_id: str, tickets: Sequence[Ticket]) -> Ticket | None:
    """The open question for a plan to pay a bill in parts that was asked first, also one that still waits."""
    own = [
        t
        for t in tickets
        if t.is_open
        and t.created is not None
        and "paymentarrangement" in t.kind.casefold()
        and any(ref.id == bill_id for ref in t.about)
    ]
    return min(own, key=lambda t: (t.created is None, t.created), default=None)


def _says_dispute(kind: str, role: str) -> bool:
    return "dispute" in kind.casefold() or "disputed" in role.casefold()


def _middle(ordered: Sequence[Decimal]) -> Decimal:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
