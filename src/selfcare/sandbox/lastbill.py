"""The last bill of a line that has ended: rent up to the last day, and the charge for leaving early, if any."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP

from .brands import Brand
from .documents import Document, instant
from .invoice import CENT, Charge, Head, Invoice, monthly, write
from .orders import FINAL_BILL_AFTER, Order

_WORDS = {
    "en": ("{name}, last {days} days", "Early termination charge", "Final bill {number}"),
    "fr": ("{name}, {days} derniers jours", "Frais de résiliation anticipée", "Facture de clôture {number}"),
}


def final_bill(brand: Brand, order: Order, products: Sequence[Document], latest: Document) -> Invoice:
    """The bill written a day after a termination took effect (TMF678, category "last").

    `products` are those that ended, `latest` the bill before: rent is charged by thirtieths of a month from its day.
    """
    since = instant(str(latest["billDate"])) or order.done
    days = max(0, (order.done.date() - since.date()).days)
    rent_words, charge_word, title = _WORDS[brand.language]
    charges: list[Charge] = []
    for product in products:
        amount = (monthly(product) * days / 30).quantize(CENT, ROUND_HALF_UP)
        if amount:
            name = rent_words.format(name=product["name"], days=days)
            charges.append((name, "recurringCharge", amount, product))
    if order.charge:
        charges.append((charge_word, "appliedPenaltyCharge", order.charge, None))
    number = f"{latest['billNo']}-L{order.id.rpartition('-')[2]}"
    head = Head(
        f"B-{order.id}",
        number,
        title.format(number=number),
        order.done + FINAL_BILL_AFTER,
        (min(since, order.done), order.done),
        "last",
    )
    return write(brand, head, charges, latest)
