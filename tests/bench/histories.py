"""Invented customers with years of bills, what is wrong with them written beside; honest trouble is in them too.

Nothing here knows how the program judges. What looks strange and is not: holidays every year, announced prices, another
plan with its days in part, a handset, credits, a discount that ends, a bill that was taken back and written anew.
What is outside the plan varies from month to month up to three quarters of a bill, and holidays by a third.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log
from random import Random

from selfcare.billing.known import NOTHING, Known, NewPrice, Sold
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money

CENT = Decimal("0.01")
NAMES = ("Plan S", "Plan M", "Plan L", "Home fibre", "Home line", "Data SIM")
OPTIONS = ("Voicemail plus", "Music pass", "Roaming pass", "Scam shield", "TV pack", "Second SIM")


@dataclass(slots=True)
class Product:
    """Something on the bill every month, from a day until a day."""

    id: str
    name: str
    price: Decimal
    since: date
    until: date | None = None
    is_stated: bool = True


@dataclass(slots=True)
class Sheet:
    """One bill while it is written: rows of (name, kind, amount, product, starts, ends, day)."""

    number: int
    day: date
    starts: date
    ends: date
    rows: list[tuple[str, LineKind, Decimal, str, date | None, date | None, date | None]] = field(default_factory=list)
    category: str = "normal"
    shown: bool = True
    twin: int = 0

    @property
    def id(self) -> str:
        return f"B{self.number:03}" + ("b" if self.twin else "")

    def add(
        self,
        name: str,
        kind: LineKind,
        amount: Decimal,
        product: str = "",
        *,
        span: tuple[date, date] | None = None,
        day: date | None = None,
    ) -> None:
        starts, ends = span or (None, None)
        self.rows.append((name, kind, amount.quantize(CENT), product, starts, ends, day))


@dataclass(slots=True)
class Invented:
    """One customer. `wrong` names what is wrong by the id of the bill ("missing 2024-03" for a month without one);
    what is in `either` may be said or not."""

    records: list[Record]
    known: Known
    today: date
    wrong: dict[str, set[str]] = field(default_factory=dict)
    either: set[str] = field(default_factory=set)
    blamed: dict[str, str] = field(default_factory=dict)
    """The one line, by the id of its bill, that has to be named."""


class Author:
    """Invents one customer."""

    def __init__(self, seed: str, months: int) -> None:
        self.chance = Random(seed)
        self.months = months
        self.first = date(self.chance.randrange(2014, 2018), self.chance.randrange(1, 13), self.chance.randrange(1, 28))
        self.products: list[Product] = []
        self.prices: list[NewPrice] = []
        self.bought: list[tuple[int, Product]] = []
        self.is_lined = self.chance.random() < 0.85
        self.is_known = self.chance.random() < 0.85
        self.style = self.chance.choices(("none", "light", "heavy", "summer", "winter"), (35, 33, 12, 12, 8))[0]
        self.has_ids = self.chance.random() < 0.85
        self.level = 0.0
        self.either: set[str] = set()
        self.sheets: list[Sheet] = []
        self.notes: list[Sheet] = []

    # ---- the quiet life

    def live(self) -> None:
        """Write all bills of an ordinary life."""
        r = self.chance
        for place in range(r.choice((1, 1, 1, 2, 2, 3))):
            price = Decimal(r.choice((9, 12, 15, 19, 24, 29, 35, 42, 55))) + Decimal(r.choice(("0", "0.99", "0.50")))
            self.products.append(
                Product(f"P{place}", f"{NAMES[place * 2 + r.randrange(2)]}, line {place + 1}", price, self.first)
            )
        for place in range(r.choice((0, 1, 1, 2, 3))):
            since = self._day(r.choice((0, 0, r.randrange(1, self.months))))
            price = Decimal(r.randrange(100, 1500)) / 100
            until = None
            if r.random() < 0.3 and self._place(since) < self.months - 3:
                until = self._day(r.randrange(self._place(since) + 2, self.months)) + timedelta(days=r.randrange(27))
            self.products.append(Product(f"O{place}", OPTIONS[place * 2 % 6 + r.randrange(2)], price, since, until))
        self.discount = Decimal(r.choice((0, 0, 0, 5, 8)))
        self.level = float(sum(p.price for p in self.products if p.until is None and p.since == self.first))
        self.season = min(r.lognormvariate(log(self.level * 0.7), 0.3), 1.1 * self.level)
        swap = r.randrange(10, self.months) if self.months > 14 and r.random() < 0.3 else -1
        handset = r.randrange(3, self.months) if r.random() < 0.25 else -1
        rises = {m for m in range(8, self.months) if self._day(m).month == 4 and r.random() < 0.6}
        for place in range(self.months):
            sheet = self._sheet(place)
            if place in rises:
                self._rise(sheet.starts)
            if place == swap:
                self._swap(sheet)
            self._monthly(sheet)
            self._use(sheet)
            self._seldom(sheet, place)
            self._leave_open(sheet)
            if place == handset:
                phone = Product("H1", "Handset", Decimal(r.randrange(150, 1300)), sheet.starts + timedelta(days=9))
                self.bought.append((place, phone))
                if not self.is_known:  # nobody told the program of a handset; the customer knows
                    self.either.add(sheet.id)
                sheet.add(
                    "Handset Lumen", LineKind.ONE_TIME, phone.price, phone.id if self.has_ids else "H1", day=phone.since
                )
            self.sheets.append(sheet)

    def _sheet(self, place: int) -> Sheet:
        starts = self._day(place)
        ends = self._day(place + 1) - timedelta(days=1)
        written = ends + timedelta(days=1 + (self.chance.randrange(4) if self.chance.random() < 0.1 else 0))
        return Sheet(place, written, starts, ends)

    def _monthly(self, sheet: Sheet) -> None:
        for product in self.products:
            starts, ends = max(sheet.starts, product.since), sheet.ends
            if product.until is not None:
                ends = min(ends, product.until)
            if starts > ends:
                continue
            days, whole = (ends - starts).days + 1, (sheet.ends - sheet.starts).days + 1
            amount = product.price if days == whole else product.price * days / whole
            if amount >= CENT:
                own = product.id if self.has_ids else ""
                sheet.add(product.name, LineKind.RECURRING, amount, own, span=(starts, ends))
        if self.discount and sheet.number < 12:
            sheet.add("Welcome discount", LineKind.CREDIT, -self.discount, span=(sheet.starts, sheet.ends))

    def _use(self, sheet: Sheet) -> None:
        r, month = self.chance, sheet.starts.month
        plans = float(sum(row[2] for row in sheet.rows if row[1] is LineKind.RECURRING))
        bill = min(self.level, plans)  # of a cheaper plan the use may be no larger part than of the first
        if self.style == "heavy":
            sheet.add("Calls outside the plan", LineKind.USAGE,
                      self._of(min(r.lognormvariate(log(self.level * 0.3), 0.4), 0.75 * bill)))  # fmt: skip
        elif self.style != "none" and r.random() < 0.5:
            sheet.add(
                "Calls outside the plan",
                LineKind.USAGE,
                self._of(min(r.lognormvariate(log(2), 0.7), 0.35 * bill)),
            )
        if (self.style == "summer" and month in {7, 8}) or (self.style == "winter" and month == 12):
            name = f"Roaming, {r.randrange(50, 900)} MB" if self.style == "summer" else "Calls abroad"
            sheet.add(name, LineKind.USAGE, self._of(self.season * r.uniform(0.75, 1.35)))

    def _seldom(self, sheet: Sheet, place: int) -> None:
        r = self.chance
        if r.random() < 0.015:
            fee = r.choice((("Delivery", "9.95"), ("New SIM card", "10.00"), ("Paper copy", "3.00")))
            sheet.add(fee[0], LineKind.ONE_TIME, Decimal(fee[1]), day=sheet.ends)
        if r.random() < 0.02:
            sheet.add("Goodwill", LineKind.CREDIT, -Decimal(r.randrange(200, 2500)) / 100)
        if place > 3 and r.random() < 0.004:  # taken back, and written anew
            note = Sheet(place, sheet.day + timedelta(days=3), sheet.starts, sheet.ends, category="creditNote", twin=2)
            again = Sheet(place, sheet.day + timedelta(days=4), sheet.starts, sheet.ends, list(sheet.rows), twin=1)
            self.notes += [note, again]

    def _leave_open(self, sheet: Sheet) -> None:
        """What only the customer can tell from something wrong: a third equal fee in a row looks as a hidden
        subscription does, and where neither lines nor contract are known a new product looks like a wrong total."""
        latest = [*self.sheets[-2:], sheet]
        fees = [{(row[0], row[2]) for row in one.rows if row[1] is LineKind.ONE_TIME} for one in latest]
        is_third = len(latest) > 2 and bool(set.intersection(*fees))
        is_new = any(abs((product.since - sheet.starts).days) <= 45 for product in self.products)
        if is_third or (is_new and not self.is_lined and not self.is_known):
            self.either.add(sheet.id)

    def _rise(self, day: date) -> None:
        part = Decimal(str(self.chance.uniform(1.03, 1.09)))
        for product in self.products:
            if product.id.startswith("P") and product.until is None:
                after = (product.price * part).quantize(CENT)
                change = NewPrice(day, Money(product.price, "GBP"), Money(after, "GBP"), frozenset({product.id}))
                self.prices.append(change)
                product.price = after

    def _swap(self, sheet: Sheet) -> None:
        old = next(p for p in self.products if p.id.startswith("P"))
        old.until = sheet.starts + timedelta(days=self.chance.randrange(3, 25))
        price = (old.price * Decimal(str(self.chance.uniform(0.6, 1.9)))).quantize(CENT)
        self.products.append(Product("P9", f"New {old.name}", price, old.until + timedelta(days=1)))

    # ---- what the program is given

    def told(self, today: date) -> tuple[list[Record], Known]:
        """The bills and what is known beside them, as the operator's own API would say it."""
        records = [self._record(s) for s in (*self.sheets, *self.notes) if s.shown]
        records.sort(key=lambda one: (one.bill.day or today, one.bill.id))
        if not self.is_known:
            return records, NOTHING
        stated = [p for p in self.products if p.is_stated]
        sold = [Sold(p.id, p.name, Money(p.price, "GBP"), p.since, p.until) for p in stated]
        sold += [Sold(p.id, p.name, None, p.since) for _place, p in self.bought]
        ends = [p.until for p in stated if p.id.startswith("P")]
        over = [day for day in ends if day is not None]
        end = max(over) if len(over) == len(ends) else None
        return records, Known(tuple(sold), tuple(self.prices), end, tuple(p.since for _place, p in self.bought))

    def _record(self, sheet: Sheet) -> Record:
        total = sum((row[2] for row in sheet.rows), Decimal(0))
        if sheet.category == "creditNote":
            total = -next(self._sum(s) for s in self.sheets if s.number == sheet.number)
        money = Money(total.quantize(CENT), "GBP")
        bill = Bill(
            sheet.id if not sheet.twin else f"{sheet.id}{sheet.twin}", sheet.id, sheet.day, None, money, None,
            BillState.SETTLED, category=sheet.category, period_start=sheet.starts, period_end=sheet.ends,
        )  # fmt: skip
        lines = tuple(
            BillLine(f"{bill.id}-{n}", bill.id, name, kind, kind.value, Money(amount, "GBP"), None, product_id=product,
                     starts=starts, ends=ends, day=day)
            for n, (name, kind, amount, product, starts, ends, day) in enumerate(sheet.rows)
        )  # fmt: skip
        return Record(bill, lines if self.is_lined else ())

    @staticmethod
    def _sum(sheet: Sheet) -> Decimal:
        return sum((row[2] for row in sheet.rows), Decimal(0))

    def _day(self, place: int) -> date:
        month = self.first.month - 1 + place
        year, month = self.first.year + month // 12, month % 12 + 1
        return date(year, month, min(self.first.day, monthrange(year, month)[1]))

    def _place(self, day: date) -> int:
        return (day.year - self.first.year) * 12 + day.month - self.first.month

    @staticmethod
    def _of(value: float) -> Decimal:
        return Decimal(str(round(min(value, exp(12)), 2)))


def quiet_customer(seed: str, months: int = 120) -> Invented:
    """Ten years in which nothing is wrong."""
    author = Author(seed, months)
    author.live()
    today = author.sheets[-1].day + timedelta(days=3)
    records, known = author.told(today)
    return Invented(records, known, today, either=author.either)
