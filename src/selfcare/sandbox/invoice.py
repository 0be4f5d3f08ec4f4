"""How the demo operator writes a bill while its clock runs: charges become lines, a bill and the paper it is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .brands import Brand
from .catalogue import BASES, KINDS
from .documents import Document

CENT = Decimal("0.01")
DUE_AFTER = timedelta(days=14)
_TAX = {"en": "VAT", "fr": "TVA"}
Span = tuple[date, date]
"""The first and the last day that something is charged for, both included."""
Charge = tuple[str, str, Decimal, Document | None, Span | None]
"""A charge, tax included: its name, its kind (TMF678 type), the amount, the product, and the days that it is for."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """A bill with its lines and the paper it is printed on."""

    bill: Document
    lines: tuple[Document, ...]
    paper: Document


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a bill: its numbers, its day, what it covers (first and last moment) and its kind."""

    ident: str
    number: str
    title: str
    day: datetime
    period: tuple[datetime, datetime]
    category: str


def write(brand: Brand, head: Head, charges: Sequence[Charge], earlier: Document) -> Invoice:
    """A bill (TMF678) that adds up to the cent, for the customer and the account of an earlier one."""
    ident, number, day = head.ident, head.number, head.day
    word = _TAX[brand.language]
    lines = tuple(_line(brand, word, ident, place, day, charge, earlier) for place, charge in enumerate(charges, 1))
    gross = sum((line["taxIncludedAmount"]["value"] for line in lines), Decimal("0.00"))
    net = sum((line["taxExcludedAmount"]["value"] for line in lines), Decimal("0.00"))
    paper_ref = _paper(ident, number)
    bill: Document = {
        "id": ident,
        "href": f"{{base}}{BASES['TMF678']}/customerBill/{ident}",
        "billNo": number,
        "billDate": _day(day),
        "paymentDueDate": _day(day + DUE_AFTER),
        "billingPeriod": {"startDateTime": _day(head.period[0]), "endDateTime": _day(head.period[1])},
        "category": head.category,
        "runType": "offCycle" if head.category == "last" else "onCycle",
        "state": "sent" if gross else "settled",
        "amountDue": _money(brand, gross),
        "remainingAmount": _money(brand, gross),
        "taxExcludedAmount": _money(brand, net),
        "taxIncludedAmount": _money(brand, gross),
        "taxItem": [_tax(brand, word, gross - net)],
        "billingAccount": earlier["billingAccount"],
        "relatedParty": earlier["relatedParty"],
        "lastUpdate": _day(day),
        "billDocument": [paper_ref],
        "@type": "CustomerBill",
    }
    paper: Document = {
        "id": paper_ref["id"],
        "href": paper_ref["href"],
        "name": head.title,
        "documentType": "bill",
        "creationDate": _day(day),
        "lastUpdate": _day(day),
        "status": "published",
        "attachment": [paper_ref],
        "relatedParty": earlier["relatedParty"],
        "relatedEntity": [{"id": ident, "href": bill["href"], "role": "bill", "@referredType": "CustomerBill"}],
        "@type": "Document",
    }
    return Invoice(bill, lines, paper)


def monthly(product: Document) -> Decimal:
    """What a product costs each month, tax included; nothing where it is not paid for by the month."""
    return sum((_monthly(price) for price in product.get("productPrice", ())), Decimal(0))


def _monthly(price: Document) -> Decimal:
    if price.get("priceType") != "recurring" or price.get("recurringChargePeriod", "month") != "month":
        return Decimal(0)
    return Decimal(price["price"]["taxIncludedAmount"]["value"])


def _day(moment: datetime) -> str:
    return f"{moment.date().isoformat()}T00:00:00Z"


def _money(brand: Brand, value: Decimal) -> Document:
    return {"unit": brand.currency, "value": value}


def _tax(brand: Brand, word: str, amount: Decimal) -> Document:
    return {"taxCategory": word, "taxRate": Decimal(brand.tax_percent) / 100, "taxAmount": _money(brand, amount)}


def _paper(bill_id: str, number: str) -> Document:
    ident = f"D-{bill_id}"
    return {
        "id": ident,
        "href": f"{{base}}{BASES[KINDS['document'].api]}/document/{ident}",
        "name": f"{number}.pdf",
        "attachmentType": "PDF",
        "mimeType": "application/pdf",
        "url": f"{{base}}/files/{ident}.pdf",
    }


def _line(
    brand: Brand,
    tax_word: str,
    bill_id: str,
    place: int,
    day: datetime,
    charge: Charge,
    earlier: Document,
) -> Document:
    name, kind, gross, product, span = charge
    net = (gross * 100 / (100 + brand.tax_percent)).quantize(CENT, ROUND_HALF_UP)
    ident = f"R{bill_id[1:]}-{place}"
    line: Document = {
        "id": ident,
        "href": f"{{base}}{BASES['TMF678']}/appliedCustomerBillingRate/{ident}",
        "name": name,
        "date": _day(day),
        "isBilled": True,
        "type": kind,
        "taxExcludedAmount": _money(brand, net),
        "taxIncludedAmount": _money(brand, gross),
        "appliedTax": [_tax(brand, tax_word, gross - net)],
        "bill": {"id": bill_id, "href": f"{{base}}{BASES['TMF678']}/customerBill/{bill_id}"},
        "billingAccount": earlier["billingAccount"],
        "@type": "AppliedCustomerBillingRate",
    }
    if span is not None:
        line["periodCoverage"] = {"startDateTime": f"{span[0]}T00:00:00Z", "endDateTime": f"{span[1]}T00:00:00Z"}
    if product is not None:
        line["product"] = {
            "id": product["id"],
            "href": f"{{base}}{BASES['TMF637']}/product/{product['id']}",
            "name": product["name"],
            "@referredType": "Product",
        }
    return line
