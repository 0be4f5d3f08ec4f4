"""The last bill of a line that has ended: rent up to the last day, rent paid ahead given back, the charge if any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP

from .brands import Brand
from .documents import Document
from .invoice import CENT, Charge, Head, Invoice, Span, monthly, write
from .monthlybill import period_of
from .orders import FINAL_BILL_AFTER, Order

_WORDS = {
    "en": ("{name}, last {days} days", "{name}, {days} days back", "Early termination charge", "Final bill {number}"),
    "fr": (
        "{name}, {days} derniers jours",
        "{name}, {days} jours remboursés",
        "Frais de résiliation anticipée",
        "Facture de clôture {number}",
    ),
}


def final_bill(brand: Brand, order: Order, products: Sequence[Document], latest: Document) -> Invoice:
    """The bill written a day after a termination took effect (TMF678, category "last").

    `products` are those that ended, `latest` the bill before. Each line states its days: rent from the day after that
    bill's period to the last day, by thirtieths of a month, or a credit for the days after it that were paid ahead.
    """
    done = order.done.date()
    before = period_of(latest) or (done, done - timedelta(days=1))
    *_, charge_word, title = _WORDS[brand.language]
    charges = [found for product in products if (found := _rent(brand, product, before, done)) is not None]
    if order.charge:
        charges.append((charge_word, "appliedPenaltyCharge", order.charge, None, None))
    number = f"{latest['billNo']}-L{order.id.rpartition('-')[2]}"
    first = min(before[1] + timedelta(days=1), done)
    head = Head(
        f"B-{order.id}",
        number,
        title.format(number=number),
        order.done + FINAL_BILL_AFTER,
        (datetime(first.year, first.month, first.day, tzinfo=UTC), order.done),
        "last",
    )
    return write(brand, head, charges, latest)


def _rent(brand: Brand, product: Document, before: Span, done: date) -> Charge | None:
    """What is still owed for a product, or comes back for the days that were paid ahead; None where it is nothing."""
    rent_words, back_words, *_ = _WORDS[brand.language]
    first, last = before
    if last > done:
        days = (last - done).days
        amount = (-monthly(product) * days / ((last - first).days + 1)).quantize(CENT, ROUND_HALF_UP)
        kind, words, span = "appliedBillingCredit", back_words, (done + timedelta(days=1), last)
    else:
        span = (last + timedelta(days=1), done)
        days = (done - last).days
        amount = (monthly(product) * days / 30).quantize(CENT, ROUND_HALF_UP)
        kind, words = "recurringCharge", rent_words
    return (words.format(name=product["name"], days=days), kind, amount, product, span) if amount else None
