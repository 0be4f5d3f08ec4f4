"""Makes lines as data of an electronic invoice, for operators who list none, so that bills can be compared."""

from __future__ import annotations

from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine, LineKind, Tax
from selfcare.domain.einvoices import Correction, EInvoice, InvoiceLine
from selfcare.domain.money import Money
from selfcare.domain.records import replace

from .invoice_parts import counted_lines, unrounded


def lines_of(invoice: EInvoice, bill_id: str) -> tuple[BillLine, ...]:
    """The counted lines, allowances and charges, without tax; what kind of charge each is, no invoice says."""
    sign = -1 if invoice.is_credit else 1
    found = [
        BillLine(
            id=f"{bill_id}/{line.number}",
            bill_id=bill_id,
            name=line.name,
            kind=LineKind.CREDIT if line.amount * sign < 0 else LineKind.OTHER,
            kind_word="",
            gross=None,
            net=Money(line.amount * sign, line.unit or invoice.unit),
            starts=line.starts,
            ends=line.ends,
            exact=_exact(line, invoice, sign),
        )
        for line in counted_lines(invoice)
        if line.amount is not None
    ]
    found += [_corrected(part, place, invoice, bill_id, sign) for place, part in enumerate(invoice.corrections)]
    return tuple(found) if invoice.lines else ()


def with_invoice(bill: Bill, invoice: EInvoice) -> Bill:
    """The bill with what only its electronic invoice states: total, net and taxes."""
    sign = -1 if invoice.is_credit else 1

    def money(value: Decimal | None) -> Money | None:
        return Money(value * sign, invoice.unit) if value is not None else None

    taxes = tuple(Tax(share.category, money(share.amount), share.rate) for share in invoice.taxes)
    return replace(
        bill,
        total=bill.total if bill.total is not None else money(invoice.gross),
        net=bill.net if bill.net is not None else money(invoice.net),
        taxes=bill.taxes or taxes,
        period_start=bill.period_start or invoice.starts,
        period_end=bill.period_end or invoice.ends,
    )


def _exact(line: InvoiceLine, invoice: EInvoice, sign: int) -> Money | None:
    exact = unrounded(line)
    return Money(exact * sign, line.unit or invoice.unit) if exact is not None and exact != line.amount else None


def _corrected(part: Correction, place: int, invoice: EInvoice, bill_id: str, sign: int) -> BillLine:
    amount = (part.amount or Decimal(0)) * sign * (1 if part.is_charge else -1)
    return BillLine(
        id=f"{bill_id}/correction{place}",
        bill_id=bill_id,
        name=part.reason,
        kind=LineKind.CREDIT if amount < 0 else LineKind.OTHER,
        kind_word="",
        gross=None,
        net=Money(amount, invoice.unit),
    )
