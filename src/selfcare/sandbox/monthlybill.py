"""The monthly bills that are written as the demo operator's clock moves on: one for all lines that still run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from .brands import Brand
from .documents import Document, instant
from .invoice import CENT, Charge, Head, Invoice, Span, monthly, write

RUNNING = frozenset({"active", "pendingTerminate"})
_TITLES = {"en": "Bill {number}", "fr": "Facture {number}"}


def newest_ordinary(bills: Iterable[Document]) -> Document | None:
    """The newest bill of the usual run, neither a credit note nor the last one of a line."""
    ordinary = (bill for bill in bills if bill["category"] == "normal")
    return max(ordinary, key=lambda bill: str(bill["billDate"]), default=None)


def bill_days(newest: Document, since: datetime) -> Iterator[datetime]:
    """The days after a moment on which bills follow a bill, month by month from the day that it announces itself."""
    day = instant(str(newest.get("nextBillDate", "")))
    while day is not None and day.year < 9999:
        if day > since:
            yield day
        day = _month_later(day)


def monthly_bill(
    brand: Brand, day: datetime, products: Sequence[Document], newest: Document, before: datetime
) -> Invoice | None:
    """The bill of one month for the products as they are that day; None where nothing runs that costs anything.

    `newest` is the last bill of the customer's story, after which these are numbered; `before` the day of the bill
    before. What has ended is charged by its own last bill (see lastbill), never here as well.
    """
    running = [one for one in products if one.get("status") in RUNNING and monthly(one)]
    first, last = before, day - timedelta(days=1)
    if is_ahead(newest):
        first, last = day, _month_later(day) - timedelta(days=1)
    span = (first.date(), last.date())
    charges: list[Charge] = [
        (one["name"], "recurringCharge", monthly(one).quantize(CENT), one, span) for one in running
    ]
    if not charges:
        return None
    number = f"{newest['billNo']}-{day:%Y%m}"
    head = Head(
        f"{newest['id']}-{day:%Y%m}",
        number,
        _TITLES[brand.language].format(number=number),
        day,
        (first, last),
        "normal",
    )
    invoice = write(brand, head, charges, newest)
    invoice.bill["nextBillDate"] = f"{_month_later(day):%Y-%m-%d}T00:00:00Z"
    return invoice


def period_of(bill: Document) -> Span | None:
    """The first and the last day that a bill covers, where it states them."""
    stated = bill.get("billingPeriod", {})
    first, last = (instant(str(stated.get(name, ""))) for name in ("startDateTime", "endDateTime"))
    return (first.date(), last.date()) if first is not None and last is not None else None


def is_ahead(bill: Document) -> bool:
    """A bill whose period lies before it: its rent is paid in advance."""
    span, day = period_of(bill), instant(str(bill["billDate"]))
    return span is not None and day is not None and span[0] >= day.date()


def month_before(day: datetime) -> datetime:
    """The same day of the month before; bills are written on the 28th at the latest, so there always is one."""
    return day.replace(year=day.year - (day.month == 1), month=day.month - 1 or 12)


def _month_later(day: datetime) -> datetime:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
