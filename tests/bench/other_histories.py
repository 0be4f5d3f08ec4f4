"""Invented customers of other kinds: firms of many lines, two SIMs with a bill each, an archive of e-invoices.

Each kind is quiet or has one thing wrong, written beside. Nothing here knows how the program judges.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from math import log
from random import Random

from selfcare.billing.known import NOTHING, Known, Sold
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money
from tests.bench.histories import CENT, Invented

Row = tuple[str, LineKind, Decimal, str]


class Pad:
    """Writes plain monthly bills, one after the other."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        self.first = date(self.chance.randrange(2015, 2019), self.chance.randrange(1, 13), 1)
        self.records: list[Record] = []
        self.wrong: dict[str, set[str]] = {}
        self.either: set[str] = set()
        self.blamed: dict[str, str] = {}

    def month(self, place: int) -> date:
        month = self.first.month - 1 + place
        return date(self.first.year + month // 12, month % 12 + 1, 1)

    def write(
        self, place: int, rows: list[Row], twin: str = "", *, more: Decimal = Decimal(0), tax: Decimal = Decimal(0),
        says_time: bool = True,
    ) -> str:  # fmt: skip
        """One bill; `more` stands in its total alone, and lines without tax get `tax` on top."""
        starts, ends = self.month(place), self.month(place + 1) - timedelta(days=1)
        bill_id = f"B{place:03}{twin}"
        span = (starts, ends) if says_time else (None, None)
        lines = tuple(
            BillLine(
                f"{bill_id}-{n}", bill_id, name, kind, "", None if tax else Money(amount, "EUR"),
                Money(amount, "EUR") if tax else None, product_id=product,
                starts=span[0] if kind is LineKind.RECURRING else None,
                ends=span[1] if kind is LineKind.RECURRING else None,
            )
            for n, (name, kind, amount, product) in enumerate(rows)
        )  # fmt: skip
        net = sum((row[2] for row in rows), Decimal(0))
        total = (net * (1 + tax)).quantize(CENT) + more
        bill = Bill(
            bill_id, bill_id, ends + timedelta(days=3), None, Money(total, "EUR"), None, BillState.SETTLED,
            period_start=span[0], period_end=span[1], net=Money(net, "EUR") if tax else None,
        )  # fmt: skip
        self.records.append(Record(bill, lines))
        return bill_id

    def told(self, known: Known = NOTHING) -> Invented:
        last = max(record.bill.day for record in self.records if record.bill.day is not None)
        return Invented(self.records, known, last + timedelta(days=3), self.wrong, self.either, self.blamed)

    def cents(self, low: float, high: float) -> Decimal:
        return Decimal(str(round(self.chance.uniform(low, high), 2)))


def firm(seed: str, *, is_quiet: bool) -> Invented:
    """A firm of many lines: new ones come, people travel; in the other, one line costs a hundred times its usual."""
    pad = Pad(seed)
    r = pad.chance
    count, months, has_ids = r.randrange(8, 41), 24 + r.randrange(60), r.random() < 0.6
    price, is_named_alike = pad.cents(9, 30), has_ids and r.random() < 0.5
    joined = {k: 0 if k < count - 4 else r.randrange(months) for k in range(count)}
    usual = {k: r.choice((0.0, 2.0, 4.0, 7.0)) for k in range(count)}
    place, struck = r.randrange(12, months - 2), 0
    for month in range(months):
        rows: list[Row] = []
        here = [k for k in range(count) if joined[k] <= month]
        for k in here:
            rows.append((f"SIM 07700 900{k:03}", LineKind.RECURRING, price, f"S{k}" if has_ids else ""))
            use = min(r.lognormvariate(log(usual[k]), 0.5), 4 * usual[k]) if usual[k] else 0.0
            if r.random() < 0.01:
                use += float(price) * r.uniform(0.3, 1.1)
            is_it = not is_quiet and month == place and k == here[len(here) // 2]
            if is_it:
                use = 100 * max(usual[k], 2.0) * r.uniform(0.8, 2)
            if use:
                name = "Calls" if is_named_alike else f"Calls, SIM 07700 900{k:03}"
                rows.append((name, LineKind.USAGE, Decimal(str(round(use, 2))), f"S{k}" if has_ids else ""))
                struck = len(rows) - 1 if is_it else struck
        bill_id = pad.write(month, rows)
        if not is_quiet and month == place:
            pad.wrong[bill_id] = {"firmLine"}
            pad.blamed[bill_id] = f"{bill_id}-{struck}"
    sold = tuple(Sold(f"S{k}", f"SIM 07700 900{k:03}", Money(price, "EUR"), pad.month(joined[k])) for k in range(count))
    return pad.told(Known(sold) if has_ids and r.random() < 0.7 else NOTHING)


def two_sims(seed: str) -> Invented:
    """Two SIMs of one plan, each with a bill of its own every month; the second from the start, or from a day on.
    Its first bill beside the other is one that only the customer can tell from a bill written twice."""
    pad = Pad(seed)
    r = pad.chance
    price, months = pad.cents(9, 40), 30 + r.randrange(40)
    since, says_time = r.choice((0, 0, r.randrange(8, 24))), r.random() < 0.5
    for month in range(months):
        rows: list[Row] = [("Plan 50 GB", LineKind.RECURRING if says_time else LineKind.OTHER, price, "")]
        pad.write(month, rows, "a", says_time=says_time)
        if month >= since:
            second = pad.write(month, rows, "b", says_time=says_time)
            if month == since > 0:
                pad.either.add(second)
    return pad.told()


def archive(seed: str) -> Invented:
    """The e-invoices of an operator, whose lines say neither what they are nor for when: an option comes in the eighth
    month and stays."""
    pad = Pad(seed)
    r = pad.chance
    plan, option, since = pad.cents(9, 40), pad.cents(2, 12), 7 + r.choice((0, 0, r.randrange(12)))
    for month in range(40):
        rows: list[Row] = [("Plan 50 GB", LineKind.OTHER, plan, ""), ("Calls", LineKind.OTHER, pad.cents(0.5, 4), "")]
        if month >= since:
            rows.append(("Option Sport", LineKind.OTHER, option, ""))
        pad.write(month, rows, tax=Decimal("0.2"), says_time=False)
    return pad.told()


def unexplained_total(seed: str) -> Invented:
    """A total that no line explains, on one bill."""
    return _spoiled(seed, "unexplained")


def dear_line(seed: str) -> Invented:
    """A new monthly line of many usual bills, of which nothing is known or that was ordered without a price."""
    return _spoiled(seed, "newMonthly")


def _spoiled(seed: str, kind: str) -> Invented:
    pad = Pad(seed)
    r = pad.chance
    plan, months = pad.cents(9, 40), 20 + r.randrange(40)
    tax, place = r.choice((Decimal(0), Decimal("0.2"))), r.randrange(8, months - 6)
    usual = float(plan)
    dear, is_told = Decimal(str(round(max(60.0, usual * r.uniform(3, 60)), 2))), r.random() < 0.5
    for month in range(months):
        rows: list[Row] = [("Plan", LineKind.RECURRING, plan, "P1")]
        if r.random() < 0.6:
            rows.append(("Calls", LineKind.USAGE, pad.cents(0.2, 4), "P1"))
        is_it = month == place
        if kind == "newMonthly" and month >= place:
            rows.append(("Business cloud", LineKind.RECURRING, dear, "P2"))
        bill_id = pad.write(month, rows, more=dear if is_it and kind == "unexplained" else Decimal(0), tax=tax)
        if is_it:
            pad.wrong[bill_id] = {kind}
        elif kind == "newMonthly" and month > place:
            pad.either.add(bill_id)
    sold = [Sold("P1", "Plan", Money(plan, "EUR"), pad.first)]
    if kind == "newMonthly":
        sold.append(Sold("P2", "Business cloud", None, pad.month(place)))
    return pad.told(Known(tuple(sold)) if is_told else NOTHING)


KINDS: dict[str, Callable[[str], Invented]] = {
    "a total that no line explains": unexplained_total,
    "a new monthly line of many bills": dear_line,
    "a firm's one line at a hundred times": lambda seed: firm(seed, is_quiet=False),
    "a quiet firm": lambda seed: firm(seed, is_quiet=True),
    "two SIMs with a bill each": two_sims,
    "an archive, an option from month 8": archive,
}
