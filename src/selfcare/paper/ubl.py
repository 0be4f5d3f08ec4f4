"""Reads invoices and credit notes in the language of Peppol and XRechnung (OASIS UBL 2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from selfcare.domain.einvoices import Correction, EInvoice, InvoiceLine, TaxShare

from .tree import Figures, each, local, one, text, unit_at

ROOTS = ("Invoice", "CreditNote")
_SPACE = "urn:oasis:names:specification:ubl:"
_DEEPEST = 8


def is_ubl(root: Element) -> bool:
    """It is an invoice or a credit note of UBL."""
    return local(root) in ROOTS and str(root.tag).startswith("{" + _SPACE)


def read_ubl(root: Element) -> EInvoice:
    """The invoice in a UBL document."""
    figures = Figures()
    unit = text(root, "DocumentCurrencyCode")
    sums = one(root, "LegalMonetaryTotal")
    taxes = list(each(root, "TaxTotal"))
    own = [item for item in taxes if (total := one(item, "TaxAmount")) is not None and _unit(total, unit) == unit]
    tax = own[0] if own else taxes[0] if taxes else None
    kind = text(root, "InvoiceTypeCode|CreditNoteTypeCode")
    return EInvoice(
        syntax="UBL",
        guideline=text(root, "CustomizationID"),
        number=text(root, "ID"),
        kind=kind or ("381" if local(root) == "CreditNote" else ""),
        day=figures.day(root, "IssueDate"),
        unit=unit,
        seller=_party(root, "AccountingSupplierParty"),
        buyer=_party(root, "AccountingCustomerParty"),
        lines=tuple(_lines(root, figures)),
        taxes=tuple(
            TaxShare(
                basis=figures.number(item, "TaxableAmount"),
                amount=figures.number(item, "TaxAmount"),
                rate=figures.number(item, "TaxCategory", "Percent"),
                category=text(item, "TaxCategory", "ID"),
            )
            for item in each(tax, "TaxSubtotal")
        ),
        corrections=_corrections(root, figures),
        line_total=figures.number(sums, "LineExtensionAmount"),
        allowance_total=figures.number(sums, "AllowanceTotalAmount"),
        charge_total=figures.number(sums, "ChargeTotalAmount"),
        net=figures.number(sums, "TaxExclusiveAmount"),
        tax=figures.number(tax, "TaxAmount"),
        gross=figures.number(sums, "TaxInclusiveAmount"),
        prepaid=figures.number(sums, "PrepaidAmount"),
        rounding=figures.number(sums, "PayableRoundingAmount"),
        due=figures.number(sums, "PayableAmount"),
        starts=figures.day(root, "InvoicePeriod", "StartDate"),
        ends=figures.day(root, "InvoicePeriod", "EndDate"),
        slips=tuple(figures.slips),
    )


def _unit(amount: Element, otherwise: str) -> str:
    return str(amount.get("currencyID", otherwise))


def _party(root: Element, name: str) -> str:
    party = one(root, name, "Party")
    return text(party, "PartyLegalEntity", "RegistrationName") or text(party, "PartyName", "Name")


def _corrections(owner: Element, figures: Figures, line: str = "") -> tuple[Correction, ...]:
    return tuple(
        Correction(
            amount=figures.number(item, "Amount", line=line),
            is_charge=text(item, "ChargeIndicator").casefold() in ("true", "1"),
            reason=text(item, "AllowanceChargeReason"),
            rate=figures.number(item, "TaxCategory", "Percent", line=line),
            category=text(item, "TaxCategory", "ID"),
        )
        for item in each(owner, "AllowanceCharge")
    )


def _lines(owner: Element, figures: Figures, parent: str = "", depth: int = 0) -> Iterator[InvoiceLine]:
    """The lines, each before its sub-lines, which only inform (extension of XRechnung)."""
    names = ("SubInvoiceLine", "SubCreditNoteLine") if depth else ("InvoiceLine", "CreditNoteLine")
    for item in each(owner, *names):
        number = text(item, "ID")
        category = one(item, "Item", "ClassifiedTaxCategory")
        yield InvoiceLine(
            number=number,
            name=text(item, "Item", "Name"),
            amount=figures.number(item, "LineExtensionAmount", line=number),
            quantity=figures.number(item, "InvoicedQuantity|CreditedQuantity", line=number),
            price=figures.number(item, "Price", "PriceAmount", line=number),
            per=figures.number(item, "Price", "BaseQuantity", line=number),
            rate=figures.number(category, "Percent", line=number),
            category=text(category, "ID"),
            parent=parent,
            role="INFORMATION" if depth else "",
            starts=figures.day(item, "InvoicePeriod", "StartDate", line=number),
            ends=figures.day(item, "InvoicePeriod", "EndDate", line=number),
            corrections=_corrections(item, figures, number),
            unit=unit_at(item, "LineExtensionAmount"),
        )
        if depth < _DEEPEST:
            yield from _lines(item, figures, number, depth + 1)
