"""Reads bills and their lines (TMF678) that are written otherwise than the standard says, in the standard's shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from selfcare.domain.failures import Unreadable

from .bill_shape import Amount, BillShape, LineShape, PaidPart, PaperPart, Ref, Span, TaxPart
from .reading import Doc, child, figure_and_unit, first_text, identity, items, number, ref, text, truth

BILL_KIND = "customerBill"
LINE_KIND = "appliedCustomerBillingRate"


def patient_bill(doc: Doc) -> BillShape:
    """The bill; an amount that is stated and is none is infinite. Raises Unreadable."""
    return BillShape(
        id=identity(doc, BILL_KIND),
        bill_no=text(doc.get("billNo")),
        bill_date=text(doc.get("billDate")),
        payment_due_date=text(doc.get("paymentDueDate")),
        next_bill_date=text(doc.get("nextBillDate")),
        last_update=text(doc.get("lastUpdate")),
        category=text(doc.get("category")),
        state=first_text(doc, "state", "status"),
        amount_due=_or_no_number(doc.get("amountDue")),
        remaining_amount=_or_no_number(doc.get("remainingAmount")),
        tax_excluded_amount=_or_no_number(doc.get("taxExcludedAmount")),
        tax_included_amount=_or_no_number(doc.get("taxIncludedAmount")),
        billing_period=_span(doc.get("billingPeriod")),
        billing_account=_ref(doc.get("billingAccount")),
        tax_item=_tax_parts(doc.get("taxItem")),
        applied_payment=[
            PaidPart(_or_no_number(p.get("appliedAmount")), _ref(p.get("payment")) or Ref())
            for p in items(doc.get("appliedPayment"))
        ],
        bill_document=[
            PaperPart(
                id=text(p.get("id")),
                href=text(p.get("href")),
                name=text(p.get("name")),
                description=text(p.get("description")),
                mime_type=text(p.get("mimeType")),
                attachment_type=text(p.get("attachmentType")),
                url=first_text(p, "url", "URL", "uri"),
                content=msgspec.Raw(b'"some"' if p.get("content") else b""),
            )
            for p in items(doc.get("billDocument"))
        ],
    )


def patient_line(doc: Doc) -> LineShape:
    """The bill line; its amounts are read as those of a bill. Raises Unreadable."""
    return LineShape(
        id=identity(doc, LINE_KIND),
        name=text(doc.get("name")),
        description=text(doc.get("description")),
        date=text(doc.get("date")),
        type=text(doc.get("type")),
        is_billed=truth(doc.get("isBilled")),
        bill=_ref(doc.get("bill")),
        product=_ref(doc.get("product")),
        tax_excluded_amount=_or_no_number(doc.get("taxExcludedAmount")),
        tax_included_amount=_or_no_number(doc.get("taxIncludedAmount")),
        applied_tax=_tax_parts(doc.get("appliedTax")),
        period_coverage=_span(doc.get("periodCoverage")),
        amount_before_rounding=_or_no_number(doc.get("amountBeforeRounding")),
    )


def _or_no_number(value: Any) -> Amount | None:
    """An amount; an infinite one for what is stated and is none."""
    try:
        found = figure_and_unit(value, "amount")
    except Unreadable:
        return Amount(Decimal("Infinity"), "")
    return None if found is None else Amount(*found)


def _ref(value: Any) -> Ref | None:
    part = child(value)
    return Ref(ref(part), text(part.get("name"))) if part else None


def _span(value: Any) -> Span | None:
    part = child(value)
    return Span(text(part.get("startDateTime")), text(part.get("endDateTime"))) if part else None


def _tax_parts(value: Any) -> list[TaxPart]:
    return [
        TaxPart(text(p.get("taxCategory")), _or_no_number(p.get("taxAmount")), number(p.get("taxRate")))
        for p in items(value)
    ]
