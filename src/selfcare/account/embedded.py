"""Reads the electronic invoice inside a customer's own PDF, or that a file of its own is, as a bill to be filed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from selfcare.billing.invoice_parts import counted_lines, unrounded
from selfcare.domain.bills import Tax
from selfcare.domain.einvoices import Correction, EInvoice, FoundInvoice, InvoiceLine
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.found_bill import FoundBill, FoundLine, believable
from selfcare.domain.money import Money

_TROUBLES = {"too_large": "too_large", "broken": "damaged", "forbidden": "damaged"}


class InvoiceReader(Protocol):
    """What `paper.reader.PaperReader` offers for this."""

    def e_invoice(self, pdf: bytes) -> FoundInvoice | None: ...
    def e_invoice_of(self, xml: bytes) -> FoundInvoice: ...


def embedded_reader(papers: InvoiceReader) -> Callable[[bytes], FoundBill | None]:
    """Reads a PDF or a piece of XML; None where there is no invoice in it. Inside a PDF it must name number, day and
    total: else the words of the PDF are read instead. An e-invoice of its own is kept without too, and filed by hand.

    Raises PaperTrouble for XML that is too large, damaged or dangerous; a PDF is a bill also without its invoice.
    """

    def read(content: bytes) -> FoundBill | None:
        is_pdf = b"%PDF-" in content[:1024]
        try:
            found = papers.e_invoice(content) if is_pdf else papers.e_invoice_of(content)
        except PaperTrouble:
            if is_pdf:
                return None
            raise
        if not is_pdf and found is not None and found.trouble in _TROUBLES:
            raise PaperTrouble(_TROUBLES[found.trouble])
        if found is None or found.invoice is None:
            return None
        return found_in(found.invoice) if is_pdf else _bill_of(found.invoice)

    return read


def found_in(invoice: EInvoice) -> FoundBill | None:
    """An electronic invoice as a bill to be filed; None where number, day or total is missing or no figure.

    A credit note (UNTDID 1001) is in the customer's favour: its amounts are below zero here.
    """
    found = _bill_of(invoice)
    return found if found.is_whole else None


def _bill_of(invoice: EInvoice) -> FoundBill:
    sign = -1 if invoice.is_credit else 1

    def money(amount: Decimal | None, unit: str = "") -> Money | None:
        unit = unit or invoice.unit
        return None if amount is None or not unit else believable(Money(sign * amount, unit))

    lines = [
        FoundLine(
            line.name or line.number,
            net=money(line.amount, line.unit),
            exact=money(_hidden(line), line.unit),
            starts=line.starts,
            ends=line.ends,
        )
        for line in counted_lines(invoice)
    ]
    if lines:
        lines += [FoundLine(part.reason, net=money(_signed(part))) for part in invoice.corrections]
    taxes = (Tax(share.category, money(share.amount), share.rate) for share in invoice.taxes)
    return FoundBill(
        number=invoice.number,
        day=invoice.day,
        total=money(invoice.gross),
        net=money(invoice.net),
        operator=invoice.seller,
        lines=tuple(lines),
        taxes=tuple(taxes),
        starts=invoice.starts,
        ends=invoice.ends,
    )


def _hidden(line: InvoiceLine) -> Decimal | None:
    """What the amount was before it was rounded, where it was."""
    exact = unrounded(line)
    return exact if exact != line.amount else None


def _signed(part: Correction) -> Decimal | None:
    return part.amount if part.amount is None or part.is_charge else -part.amount
