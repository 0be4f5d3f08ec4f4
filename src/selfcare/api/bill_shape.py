"""What bills and bill lines look like when the operator keeps to the standard: the fast way to read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec


class Amount(msgspec.Struct, gc=False):
    """TMF Money."""

    value: Decimal
    unit: str = ""


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


class BillShape(msgspec.Struct, gc=False, rename="camel"):
    """TMF678 CustomerBill."""

    id: str
    bill_no: str = ""
    bill_date: str = ""
    payment_due_date: str = ""
    next_bill_date: str = ""
    last_update: str = ""
    category: str = ""
    state: str = ""
    status: str = ""
    amount_due: Amount | None = None
    remaining_amount: Amount | None = None
    tax_excluded_amount: Amount | None = None
    tax_included_amount: Amount | None = None
    billing_period: Span | None = None
    billing_account: Ref | None = None
    tax_item: list[TaxPart] = []
    applied_payment: list[PaidPart] = []
    bill_document: list[PaperPart] = []


class LineShape(msgspec.Struct, gc=False, rename="camel"):
    """TMF678 AppliedCustomerBillingRate."""

    id: str
    name: str = ""
    description: str = ""
    date: str = ""
    type: str = ""
    applied_billing_rate_type: str = ""
    is_billed: bool | None = None
    bill: Ref | None = None
    product: Ref | None = None
    tax_excluded_amount: Amount | None = None
    tax_included_amount: Amount | None = None
    applied_tax: list[TaxPart] = []
    period_coverage: Span | None = None


BILL: Any = msgspec.json.Decoder(BillShape)
LINE: Any = msgspec.json.Decoder(LineShape)
