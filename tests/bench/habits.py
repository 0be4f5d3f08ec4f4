"""Invented customers with habits: prices that rise every year, things bought one by one, bills at the end of a month;
and those of whom little is known, or of whom too much is taken in a small way.

Each kind is quiet or has one thing wrong, written beside. Nothing here knows how the program judges.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from selfcare.billing.known import NOTHING, Known, Sold
from selfcare.domain.bills import LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from tests.bench.histories import CENT, Invented
from tests.bench.other_histories import Pad, Row


def yearly_rises(seed: str) -> Invented:
    """Ten years of one plan that gets dearer every year; the contract states the price of today, nothing the others."""
    pad = Pad(seed)
    part, price = pad.cents(1.02, 1.12), pad.cents(9, 40)
    for month in range(120):
        if month and month % 12 == 0:
            price = (price * part).quantize(CENT)
        pad.write(month, [("Plan", LineKind.RECURRING, price, "P1"), *_calls(pad)])
    return pad.told(Known((Sold("P1", "Plan", Money(price, "EUR"), pad.first),)))


def bought_one_by_one(seed: str) -> Invented:
    """Parking and films, now and then, at one price each; nothing says on which day. A third month in a row over the
    same sum, and what follows it, only the customer can tell from a subscription."""
    pad = Pad(seed)
    r = pad.chance
    counts: list[int] = []
    parking, film = r.choice((1, 2, 3)), r.choice(("3.99", "4.99"))
    for month in range(120):
        rows: list[Row] = [("Plan", LineKind.RECURRING, Decimal(30), "P1"), *_calls(pad)]
        counts.append(r.choice((0, 0, 1, 2, 3)))
        rows += [("Parking", LineKind.ONE_TIME, Decimal(parking), "")] * counts[-1]
        if month % 3 != 2 and r.random() < 0.4:
            rows.append(("Film", LineKind.ONE_TIME, Decimal(film), ""))
        bill_id = pad.write(month, rows)
        if len(counts) > 2 and counts[-1] and len(set(counts[-3:])) == 1:
            pad.either.add(bill_id)
    return pad.told()


def end_of_the_month(seed: str) -> Invented:
    """Bills of the last day of a month, or of the next working day; half of them say for which time they are."""
    pad = Pad(seed)
    says_time = pad.chance.random() < 0.5
    for month in range(60):
        pad.write(month, [("Plan", LineKind.RECURRING, Decimal(30), "P1"), *_calls(pad)], says_time=says_time)
    for place, record in enumerate(pad.records):
        day = pad.month(place + 1) - timedelta(days=1)
        day += timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0)
        pad.records[place] = replace(record, bill=replace(record.bill, day=day))
    return pad.told()


def new_and_ruined(seed: str) -> Invented:
    """A customer of a few months, known by contract or by the bills before, and one bill of many times all that."""
    pad = Pad(seed)
    r = pad.chance
    price, before, is_known = pad.cents(9, 40), r.randrange(6), r.random() < 0.5
    before = max(before, 0 if is_known else 1)
    for month in range(before):
        pad.write(month, [("Plan", LineKind.RECURRING, price, "P1"), *_calls(pad)])
    sea = Decimal(str(round(float(price) * r.uniform(8, 3000) + 60, 2)))
    bill_id = pad.write(before, [("Plan", LineKind.RECURRING, price, "P1"), ("Data at sea", LineKind.USAGE, sea, "")])
    pad.wrong[bill_id], pad.blamed[bill_id] = {"ruin"}, f"{bill_id}-1"
    return pad.told(Known((Sold("P1", "Plan", Money(price, "EUR"), pad.first),)) if is_known else NOTHING)


def billed_again(seed: str) -> Invented:
    """One month billed again, up to four months later, with a cent, a fee or another name."""
    pad = Pad(seed)
    r = pad.chance
    price, place = pad.cents(9, 40), r.randrange(8, 24)
    for month in range(30):
        rows: list[Row] = [("Plan", LineKind.RECURRING, price, "P1"), *_calls(pad)]
        pad.write(month, rows)
        if month == place:
            more = r.choice((None, ("Rounding", LineKind.OTHER, CENT, ""), ("Copy", LineKind.ONE_TIME, Decimal(2), "")))
            twin = [("Plan, mobile", *row[1:]) if row[0] == "Plan" and more is None else row for row in rows]
            bill_id = pad.write(month, [*twin, *([more] if more else [])], "x")
            pad.wrong[bill_id] = {"duplicate"}
            written = pad.records[-1]
            assert written.bill.day is not None
            day = written.bill.day + timedelta(days=r.randrange(120))
            pad.records[-1] = replace(written, bill=replace(written.bill, day=day))
    pad.records.sort(key=lambda one: (one.bill.day or pad.first, one.bill.id))
    return pad.told()


def creeping(seed: str) -> Invented:
    """A small charge that nobody asked for, every month from one on, a cent or two off; the third time it shows."""
    pad = Pad(seed)
    r = pad.chance
    amount, place, kind = r.randrange(3, 12), r.randrange(8, 20), r.choice((LineKind.USAGE, LineKind.OTHER))
    for month in range(place + 8):
        rows: list[Row] = [("Plan", LineKind.RECURRING, Decimal(30), "P1"), *_calls(pad)]
        if month >= place:
            rows.append(("Premium content", kind, Decimal(amount) + r.randrange(3) * CENT, ""))
        bill_id = pad.write(month, rows)
        if month > place + 1:
            pad.wrong[bill_id] = {"creeping"}
        elif month >= place:
            pad.either.add(bill_id)
    return pad.told()


def _calls(pad: Pad) -> list[Row]:
    return [("Calls", LineKind.USAGE, pad.cents(0.2, 4), "")] if pad.chance.random() < 0.7 else []


HABITS: dict[str, Callable[[str], Invented]] = {
    "prices that rise every year": yearly_rises,
    "parking and films now and then": bought_one_by_one,
    "bills at the end of the month": end_of_the_month,
    "a new customer's ruinous bill": new_and_ruined,
    "a month billed again, months later": billed_again,
    "a small charge that creeps in": creeping,
}
