"""The last bill of a line that has ended: rent up to the last day, and the charge for leaving early, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .brands import Brand
from .catalogue import BASES, KINDS
from .documents import Document, instant
from .orders import FINAL_BILL_AFTER, Order

CENT = Decimal("0.01")
_WORDS = {
    "en": ("{name}, last {days} days", "Early termination charge", "VAT", "Final bill {number}"),
    "fr": ("{name}, {days} derniers jours", "Frais de résiliation anticipée", "TVA", "Facture de clôture {number}"),
}


@dataclass(frozen=True, slots=True)
class FinalBill:
    """A final bill with its lines and the paper it is printed on."""

    bill: Document
    lines: tuple[Document, ...]
    paper: Document


def final_bill(brand: Brand, order: Order, products: Sequence[Document], latest: Document) -> FinalBill:
    """The bill written a day after a termination took effect (TMF678, category "last").

    `products` are those that ended, `latest` the bill before: rent is charged by thirtieths of a month from its day.
    """
    day = order.done + FINAL_BILL_AFTER
    since = instant(str(latest["billDate"])) or order.done
    days = max(0, (order.done.date() - since.date()).days)
    rent_words, charge_word, tax_word, title = _WORDS[brand.language]
    ident = f"B-{order.id}"
    charges: list[tuple[str, str, Decimal, Document | None]] = []
    for product in products:
        rent = sum((_monthly(price) for price in product.get("productPrice", ())), Decimal(0))
        amount = (rent * days / 30).quantize(CENT, ROUND_HALF_UP)
        if amount:
            name = rent_words.format(name=product["name"], days=days)
            charges.append((name, "recurringCharge", amount, product))
    if order.charge:
        charges.append((charge_word, "appliedPenaltyCharge", order.charge, None))
    lines = tuple(_line(brand, tax_word, ident, place, day, charge, latest) for place, charge in enumerate(charges, 1))
    gross = sum((line["taxIncludedAmount"]["value"] for line in lines), Decimal("0.00"))
    net = sum((line["taxExcludedAmount"]["value"] for line in lines), Decimal("0.00"))
    number = f"{latest['billNo']}-L{order.id.rpartition('-')[2]}"
    paper_ref = _paper(ident, number)
    bill: Document = {
        "id": ident,
        "href": f"{{base}}{BASES['TMF678']}/customerBill/{ident}",
        "billNo": number,
        "billDate": _day(day),
        "paymentDueDate": _day(day + timedelta(days=14)),
        "billingPeriod": {"startDateTime": _day(min(since, order.done)), "endDateTime": _day(order.done)},
        "category": "last",
        "runType": "offCycle",
        "state": "sent" if gross else "settled",
        "amountDue": _money(brand, gross),
        "remainingAmount": _money(brand, gross),
        "taxExcludedAmount": _money(brand, net),
        "taxIncludedAmount": _money(brand, gross),
        "taxItem": [_tax(brand, tax_word, gross - net)],
        "billingAccount": latest["billingAccount"],
        "relatedParty": latest["relatedParty"],
        "lastUpdate": _day(day),
        "billDocument": [paper_ref],
        "@type": "CustomerBill",
    }
    paper: Document = {
        "id": paper_ref["id"],
        "href": paper_ref["href"],
        "name": title.format(number=number),
        "documentType": "bill",
        "creationDate": _day(day),
        "lastUpdate": _day(day),
        "status": "published",
        "attachment": [paper_ref],
        "relatedParty": latest["relatedParty"],
        "relatedEntity": [{"id": ident, "href": bill["href"], "role": "bill", "@referredType": "CustomerBill"}],
        "@type": "Document",
    }
    return FinalBill(bill, lines, paper)


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
    charge: tuple[str, str, Decimal, Document | None],
    latest: Document,
) -> Document:
    name, kind, gross, product = charge
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
        "billingAccount": latest["billingAccount"],
        "@type": "AppliedCustomerBillingRate",
    }
    if product is not None:
        line["product"] = {
            "id": product["id"],
            "href": f"{{base}}{BASES['TMF637']}/product/{product['id']}",
            "name": product["name"],
            "@referredType": "Product",
        }
    return line
