"""Reads invoices in the language of Factur-X and ZUGFeRD (UN/CEFACT CII), of version 1 and of today."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element

from selfcare.domain.einvoices import Correction, EInvoice, InvoiceLine, TaxShare

from .tree import Figures, each, local, one, text, unit_at

ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_SUMS = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_RATE = "RateApplicablePercent|ApplicablePercent"


def read_cii(root: Element) -> EInvoice:
    """The invoice in a CII document."""
    figures = Figures()
    head = one(root, "ExchangedDocument|HeaderExchangedDocument")
    context = one(root, "ExchangedDocumentContext|SpecifiedExchangedDocumentContext")
    trade = one(root, "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction")
    settlement, agreement = one(trade, _SETTLEMENT), one(trade, _AGREEMENT)
    sums = one(settlement, _SUMS)
    unit = text(settlement, "InvoiceCurrencyCode")
    span = one(settlement, "BillingSpecifiedPeriod")

    def total(name: str) -> Decimal | None:
        return figures.number(sums, name)

    return EInvoice(
        syntax="CII" if local(root) == ROOTS[0] else "ZUGFeRD 1",
        guideline=text(context, "GuidelineSpecifiedDocumentContextParameter", "ID"),
        number=text(head, "ID"),
        kind=text(head, "TypeCode"),
        day=figures.day(head, "IssueDateTime", "DateTimeString"),
        unit=unit,
        seller=text(agreement, "SellerTradeParty", "Name"),
        buyer=text(agreement, "BuyerTradeParty", "Name"),
        lines=tuple(_line(item, figures) for item in each(trade, "IncludedSupplyChainTradeLineItem")),
        taxes=tuple(_tax(item, figures) for item in each(settlement, "ApplicableTradeTax")),
        corrections=_corrections(settlement, figures),
        line_total=total("LineTotalAmount"),
        allowance_total=total("AllowanceTotalAmount"),
        charge_total=total("ChargeTotalAmount"),
        net=total("TaxBasisTotalAmount"),
        tax=_tax_total(sums, unit, figures),
        gross=total("GrandTotalAmount"),
        prepaid=total("TotalPrepaidAmount"),
        rounding=total("RoundingAmount"),
        due=total("DuePayableAmount"),
        starts=figures.day(span, "StartDateTime", "DateTimeString"),
        ends=figures.day(span, "EndDateTime", "DateTimeString"),
        slips=tuple(figures.slips),
    )


def _tax_total(sums: Element | None, unit: str, figures: Figures) -> Decimal | None:
    """The tax in the invoice's own currency (BT-110); the one for the tax office (BT-111) may stand beside it."""
    found = list(each(sums, "TaxTotalAmount"))
    own = [item for item in found if item.get("currencyID", unit) == unit]
    return figures.number(own[0]) if own else figures.number(found[0]) if found else None


def _tax(item: Element, figures: Figures) -> TaxShare:
    return TaxShare(
        basis=figures.number(item, "BasisAmount"),
        amount=figures.number(item, "CalculatedAmount"),
        rate=figures.number(item, _RATE),
        category=text(item, "CategoryCode"),
    )


def _corrections(settlement: Element | None, figures: Figures, line: str = "") -> tuple[Correction, ...]:
    found = [
        Correction(
            amount=figures.number(item, "ActualAmount", line=line),
            is_charge=text(item, "ChargeIndicator", "Indicator").casefold() in ("true", "1"),
            reason=text(item, "Reason"),
            rate=figures.number(item, "CategoryTradeTax", _RATE, line=line),
            category=text(item, "CategoryTradeTax", "CategoryCode"),
        )
        for item in each(settlement, "SpecifiedTradeAllowanceCharge")
    ]
    found += [
        Correction(
            amount=figures.number(item, "AppliedAmount", line=line),
            is_charge=True,
            reason=text(item, "Description"),
            rate=figures.number(item, "AppliedTradeTax", _RATE, line=line),
            category=text(item, "AppliedTradeTax", "CategoryCode"),
        )
        for item in each(settlement, "SpecifiedLogisticsServiceCharge")
    ]
    return tuple(found)


def _line(item: Element, figures: Figures) -> InvoiceLine:
    head = one(item, "AssociatedDocumentLineDocument")
    number = text(head, "LineID")
    settlement = one(item, "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement")
    price = one(item, "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement", "NetPriceProductTradePrice")
    delivery = one(item, "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery")
    span = one(settlement, "BillingSpecifiedPeriod")
    return InvoiceLine(
        number=number,
        name=text(item, "SpecifiedTradeProduct", "Name"),
        amount=figures.number(settlement, _LINE_SUMS, "LineTotalAmount", line=number),
        quantity=figures.number(delivery, "BilledQuantity", line=number),
        price=figures.number(price, "ChargeAmount", line=number),
        per=figures.number(price, "BasisQuantity", line=number),
        rate=figures.number(settlement, "ApplicableTradeTax", _RATE, line=number),
        category=text(settlement, "ApplicableTradeTax", "CategoryCode"),
        parent=text(head, "ParentLineID"),
        role=text(head, "LineStatusReasonCode"),
        starts=figures.day(span, "StartDateTime", "DateTimeString", line=number),
        ends=figures.day(span, "EndDateTime", "DateTimeString", line=number),
        corrections=_corrections(settlement, figures, number),
        unit=unit_at(settlement, _LINE_SUMS, "LineTotalAmount"),
    )
