"""Writes electronic invoices for the tests: honest ones of every profile, in which one thing can be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from xml.sax.saxutils import escape

CENT = Decimal("0.01")
PROFILES = {
    "MINIMUM": "urn:factur-x.eu:1p0:minimum",
    "BASIC WL": "urn:factur-x.eu:1p0:basicwl",
    "BASIC": "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "EN 16931": "urn:cen.eu:en16931:2017",
    "EXTENDED": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
}
ITEMS = (("Plan 50 GB", "1", "24.99", "20"), ("Calls", "37", "0.0712", "20"), ("Press", "1", "4.90", "5.5"))
"""Name, quantity, price of one, tax in percent."""


def cents(value: Decimal) -> Decimal:
    """Rounded as most operators do."""
    return value.quantize(CENT, ROUND_HALF_UP)


class Invoice:
    """The figures of an invoice that adds up; a test changes what it wants to be wrong."""

    def __init__(
        self, items: Sequence[tuple[str, str, str, str]] = ITEMS, allowance: str = "0", charge: str = "0"
    ) -> None:
        """Allowance and charge are taxed at the first line's rate."""
        self.items = items
        self.amounts = [cents(Decimal(quantity) * Decimal(price)) for _, quantity, price, _ in items]
        self.allowance, self.charge = Decimal(allowance), Decimal(charge)
        first = Decimal(items[0][3])
        bases: dict[Decimal, Decimal] = {first: self.charge - self.allowance}
        for (_, _, _, rate), amount in zip(items, self.amounts, strict=True):
            bases[Decimal(rate)] = bases.get(Decimal(rate), Decimal(0)) + amount
        self.taxes = [(basis, rate, cents(basis * rate / 100)) for rate, basis in bases.items()]
        self.line_total = sum(self.amounts, Decimal(0))
        self.net = self.line_total - self.allowance + self.charge
        self.tax = sum((tax for _, _, tax in self.taxes), Decimal(0))
        self.gross = self.net + self.tax
        self.prepaid = Decimal(0)
        self.due = self.gross
        self.kind = "380"
        self.unit = "EUR"
        self.number = "780123456"


def cii(invoice: Invoice, profile: str = "EN 16931", lines: str | None = None) -> bytes:
    """As Factur-X writes it; MINIMUM and BASIC WL have no lines."""
    has_lines = profile not in ("MINIMUM", "BASIC WL")
    body = lines if lines is not None else "".join(map(cii_line, range(1, 1000), invoice.items, invoice.amounts))
    rate = invoice.taxes[0][1]
    parts = _correction(invoice.allowance, "false", rate) + _correction(invoice.charge, "true", rate)
    taxes = "".join(
        f"<a:ApplicableTradeTax><a:CalculatedAmount>{tax}</a:CalculatedAmount><a:TypeCode>VAT</a:TypeCode>"
        f"<a:BasisAmount>{basis}</a:BasisAmount><a:CategoryCode>S</a:CategoryCode>"
        f"<a:RateApplicablePercent>{share}</a:RateApplicablePercent></a:ApplicableTradeTax>"
        for basis, share, tax in invoice.taxes
    )
    full = profile != "MINIMUM"
    sums = (
        f"<a:LineTotalAmount>{invoice.line_total}</a:LineTotalAmount>"
        f"<a:ChargeTotalAmount>{invoice.charge}</a:ChargeTotalAmount>"
        f"<a:AllowanceTotalAmount>{invoice.allowance}</a:AllowanceTotalAmount>"
        if full
        else ""
    )
    prepaid = f"<a:TotalPrepaidAmount>{invoice.prepaid}</a:TotalPrepaidAmount>" if full else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<r:CrossIndustryInvoice xmlns:r="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:a="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<r:ExchangedDocumentContext><a:GuidelineSpecifiedDocumentContextParameter><a:ID>{PROFILES[profile]}</a:ID>
</a:GuidelineSpecifiedDocumentContextParameter></r:ExchangedDocumentContext>
<r:ExchangedDocument><a:ID>{escape(invoice.number)}</a:ID><a:TypeCode>{invoice.kind}</a:TypeCode>
<a:IssueDateTime><u:DateTimeString format="102">20261103</u:DateTimeString></a:IssueDateTime></r:ExchangedDocument>
<r:SupplyChainTradeTransaction>{body if has_lines else ""}
<a:ApplicableHeaderTradeAgreement><a:SellerTradeParty><a:Name>Orvane</a:Name></a:SellerTradeParty>
<a:BuyerTradeParty><a:Name>Claire Martin</a:Name></a:BuyerTradeParty></a:ApplicableHeaderTradeAgreement>
<a:ApplicableHeaderTradeDelivery/><a:ApplicableHeaderTradeSettlement>
<a:InvoiceCurrencyCode>{invoice.unit}</a:InvoiceCurrencyCode>{taxes if full else ""}{parts if full else ""}
<a:SpecifiedTradeSettlementHeaderMonetarySummation>{sums}
<a:TaxBasisTotalAmount>{invoice.net}</a:TaxBasisTotalAmount>
<a:TaxTotalAmount currencyID="{invoice.unit}">{invoice.tax}</a:TaxTotalAmount>
<a:GrandTotalAmount>{invoice.gross}</a:GrandTotalAmount>{prepaid}
<a:DuePayableAmount>{invoice.due}</a:DuePayableAmount>
</a:SpecifiedTradeSettlementHeaderMonetarySummation></a:ApplicableHeaderTradeSettlement>
</r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>""".encode()


def cii_line(number: int, item: tuple[str, str, str, str], amount: Decimal, parent: str = "", role: str = "") -> str:
    """One line; with a parent or a role it is one of EXTENDED."""
    name, quantity, price, rate = item
    place = f"<a:ParentLineID>{parent}</a:ParentLineID>" if parent else ""
    place += f"<a:LineStatusReasonCode>{role}</a:LineStatusReasonCode>" if role else ""
    return (
        f"<a:IncludedSupplyChainTradeLineItem><a:AssociatedDocumentLineDocument><a:LineID>{number}</a:LineID>{place}"
        "</a:AssociatedDocumentLineDocument>"
        f"<a:SpecifiedTradeProduct><a:Name>{escape(name)}</a:Name></a:SpecifiedTradeProduct>"
        f"<a:SpecifiedLineTradeAgreement><a:NetPriceProductTradePrice><a:ChargeAmount>{price}</a:ChargeAmount>"
        "</a:NetPriceProductTradePrice></a:SpecifiedLineTradeAgreement><a:SpecifiedLineTradeDelivery>"
        f'<a:BilledQuantity unitCode="C62">{quantity}</a:BilledQuantity></a:SpecifiedLineTradeDelivery>'
        "<a:SpecifiedLineTradeSettlement><a:ApplicableTradeTax><a:TypeCode>VAT</a:TypeCode>"
        f"<a:CategoryCode>S</a:CategoryCode><a:RateApplicablePercent>{rate}</a:RateApplicablePercent>"
        "</a:ApplicableTradeTax><a:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<a:LineTotalAmount>{amount}</a:LineTotalAmount></a:SpecifiedTradeSettlementLineMonetarySummation>"
        "</a:SpecifiedLineTradeSettlement></a:IncludedSupplyChainTradeLineItem>"
    )


def _correction(amount: Decimal, is_charge: str, rate: Decimal) -> str:
    if not amount:
        return ""
    return (
        f"<a:SpecifiedTradeAllowanceCharge><a:ChargeIndicator><u:Indicator>{is_charge}</u:Indicator>"
        f"</a:ChargeIndicator><a:ActualAmount>{amount}</a:ActualAmount><a:Reason>Loyalty</a:Reason>"
        "<a:CategoryTradeTax><a:TypeCode>VAT</a:TypeCode><a:CategoryCode>S</a:CategoryCode>"
        f"<a:RateApplicablePercent>{rate}</a:RateApplicablePercent></a:CategoryTradeTax>"
        "</a:SpecifiedTradeAllowanceCharge>"
    )


def first_zugferd(invoice: Invoice) -> bytes:
    """As ZUGFeRD 1 (2014) names the same things."""
    text = cii(invoice).decode()
    for new, old in (
        ("CrossIndustryInvoice", "CrossIndustryDocument"),
        ("urn:cen.eu:en16931:2017", "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort"),
        ("r:ExchangedDocumentContext", "r:SpecifiedExchangedDocumentContext"),
        ("r:ExchangedDocument>", "r:HeaderExchangedDocument>"),
        ("r:SupplyChainTradeTransaction", "r:SpecifiedSupplyChainTradeTransaction"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SpecifiedLineTrade", "SpecifiedSupplyChainTrade"),
        ("SettlementHeaderMonetary", "SettlementMonetary"),
        ("SettlementLineMonetary", "SettlementMonetary"),
        ("RateApplicablePercent", "ApplicablePercent"),
    ):
        text = text.replace(new, old)
    return text.encode()


def ubl(invoice: Invoice) -> bytes:
    """As Peppol and XRechnung write it."""
    unit = f'currencyID="{invoice.unit}"'
    taxes = "".join(
        f"<c:TaxSubtotal><b:TaxableAmount {unit}>{basis}</b:TaxableAmount><b:TaxAmount {unit}>{tax}</b:TaxAmount>"
        f"<c:TaxCategory><b:ID>S</b:ID><b:Percent>{rate}</b:Percent></c:TaxCategory></c:TaxSubtotal>"
        for basis, rate, tax in invoice.taxes
    )
    lines = "".join(
        f"<c:InvoiceLine><b:ID>{number}</b:ID><b:InvoicedQuantity>{quantity}</b:InvoicedQuantity>"
        f"<b:LineExtensionAmount {unit}>{amount}</b:LineExtensionAmount><c:Item><b:Name>{escape(name)}</b:Name>"
        f"<c:ClassifiedTaxCategory><b:ID>S</b:ID><b:Percent>{rate}</b:Percent></c:ClassifiedTaxCategory></c:Item>"
        f"<c:Price><b:PriceAmount {unit}>{price}</b:PriceAmount></c:Price></c:InvoiceLine>"
        for number, ((name, quantity, price, rate), amount) in enumerate(
            zip(invoice.items, invoice.amounts, strict=True), 1
        )
    )
    space = "urn:oasis:names:specification:ubl:schema:xsd:"
    return f"""<Invoice xmlns="{space}Invoice-2" xmlns:b="{space}CommonBasicComponents-2"
 xmlns:c="{space}CommonAggregateComponents-2"><b:CustomizationID>urn:cen.eu:en16931:2017</b:CustomizationID>
<b:ID>{invoice.number}</b:ID><b:IssueDate>2026-11-03</b:IssueDate><b:InvoiceTypeCode>{invoice.kind}</b:InvoiceTypeCode>
<b:DocumentCurrencyCode>{invoice.unit}</b:DocumentCurrencyCode><c:AccountingSupplierParty><c:Party><c:PartyLegalEntity>
<b:RegistrationName>Orvane</b:RegistrationName></c:PartyLegalEntity></c:Party></c:AccountingSupplierParty>
<c:AccountingCustomerParty><c:Party><c:PartyName><b:Name>Claire Martin</b:Name></c:PartyName></c:Party>
</c:AccountingCustomerParty><c:TaxTotal><b:TaxAmount {unit}>{invoice.tax}</b:TaxAmount>{taxes}</c:TaxTotal>
<c:LegalMonetaryTotal><b:LineExtensionAmount {unit}>{invoice.line_total}</b:LineExtensionAmount>
<b:TaxExclusiveAmount {unit}>{invoice.net}</b:TaxExclusiveAmount>
<b:TaxInclusiveAmount {unit}>{invoice.gross}</b:TaxInclusiveAmount>
<b:PayableAmount {unit}>{invoice.due}</b:PayableAmount></c:LegalMonetaryTotal>{lines}</Invoice>""".encode()
