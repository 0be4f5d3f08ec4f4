"""What bills and bill lines look like when the operator keeps to the standard: the fast way to read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec


class Amount(msgspec.Struct, gc=False):
    """TMF Money."""

    value: Decimal
    unit: str


class Ref(msgspec.Struct, gc=False):
    """A reference to another document."""

    id: str = ""
    name: str = ""


class Span(msgspec.Struct, gc=False, rename="camel"):
    """TMF TimePeriod."""

    start_date_time: str = ""
    end_date_time: str = ""


class TaxPart(msgspec.Struct, gc=False, rename="camel"):
    """One tax amount."""

    tax_category: str = ""
    tax_amount: Amount | None = None
    tax_rate: Decimal | None = None


class PaidPart(msgspec.Struct, gc=False, rename="camel"):
    """A part of a payment."""

    applied_amount: Amount | None = None
    payment: Ref = msgspec.field(default_factory=Ref)


class PaperPart(msgspec.Struct, gc=False, rename="camel"):
    """A document of the bill's. `content` is kept packed: only its presence counts here."""

    id: str = ""
    href: str = ""
    name: str = ""
    description: str = ""
    mime_type: str = ""
    attachment_type: str = ""
    url: str = ""
    content: msgspec.Raw = msgspec.Raw(b"")


class BillFacts(msgspec.Struct, gc=False, rename="camel"):
    """What a bill is found, sorted and searched by."""

    id: str
    bill_no: str = ""
    bill_date: str = ""
    payment_due_date: str = ""
    category: str = ""
    state: str = ""
    status: str = ""
    amount_due: Amount | None = None
    tax_included_amount: Amount | None = None
    remaining_amount: Amount | None = None
    billing_account: Ref | None = None
    billing_period: Span | None = None


class BillShape(BillFacts, gc=False, rename="camel"):
    """TMF678 CustomerBill."""

    next_bill_date: str = ""
    last_update: str = ""
    tax_excluded_amount: Amount | None = None
    tax_item: list[TaxPart] = []
    applied_payment: list[PaidPart] = []
    bill_document: list[PaperPart] = []


class LineFacts(msgspec.Struct, gc=False, rename="camel"):
    """What a bill line is found and searched by."""

    id: str
    name: str = ""
    description: str = ""
    date: str = ""
    type: str = ""
    applied_billing_rate_type: str = ""
    bill: Ref | None = None
    product: Ref | None = None
    tax_included_amount: Amount | None = None
    period_coverage: Span | None = None


class LineShape(LineFacts, gc=False, rename="camel"):
    """TMF678 AppliedCustomerBillingRate."""

    is_billed: bool | None = None
    tax_excluded_amount: Amount | None = None
    applied_tax: list[TaxPart] = []
    amount_before_rounding: Amount | None = None
    """A field of our own, in bills of an archive that came as e-invoices."""


class _Some(msgspec.Struct, gc=False):
    """An object whose content is not looked at."""


class _BillLook(BillFacts, gc=False, rename="camel"):
    """A bill of which only the facts are taken out; the rest must be of the right kind all the same."""

    next_bill_date: str = ""
    last_update: str = ""
    tax_excluded_amount: Amount | None = None
    tax_item: list[_Some] = []
    applied_payment: list[_Some] = []
    bill_document: list[_Some] = []


class _LineLook(LineFacts, gc=False, rename="camel"):
    """A bill line of which only the facts are taken out."""

    is_billed: bool | None = None
    tax_excluded_amount: Amount | None = None
    applied_tax: list[_Some] = []
    amount_before_rounding: Amount | None = None


BILL: Any = msgspec.json.Decoder(BillShape)
LINE: Any = msgspec.json.Decoder(LineShape)
BILL_FACTS: Any = msgspec.json.Decoder(_BillLook)
LINE_FACTS: Any = msgspec.json.Decoder(_LineLook)
