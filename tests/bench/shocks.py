"""Puts what goes wrong in real life into invented histories, labelled; and counts how much of it is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from math import log

from selfcare.billing.flags import Flag, Oddity
from selfcare.billing.normal import judged
from selfcare.domain.bills import LineKind
from tests.bench.habits import HABITS
from tests.bench.histories import CENT, Author, Invented, Product, quiet_customer
from tests.bench.other_histories import KINDS

SEEN_IN_TOTALS = ("roaming", "catchUp", "lateUse", "duplicate", "missing")
AMOUNTS = ("roaming", "lateUse", "catchUp")
ALL = (*SEEN_IN_TOTALS, "rate", "twice", "ended", "neverOrdered", "again", "afterEnd")


@dataclass(slots=True)
class Score:
    """Right, wrong and missed, and what was missed of which kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    missed_kinds: Counter[str] = field(default_factory=Counter)
    wrong_kinds: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def count(self, customer: Invented) -> None:
        """Hold what the program says of a customer against what is wrong."""
        told = flags_of(customer)
        found = {place: {flag.kind for flag in flags} for place, flags in told.items()}
        for place, line in customer.blamed.items():
            if not any(flag.line_ids == (line,) for flag in told.get(place, ())):
                found.pop(place, None)
        for kinds in customer.wrong.values():
            self.kinds.update(kinds)
        for place, said in found.items():
            if place in customer.wrong:
                self.right += 1
            elif place not in customer.either:
                self.wrong += 1
                self.wrong_kinds.update(kind.value for kind in said)
        for place, kinds in customer.wrong.items():
            if place not in found:
                self.missed += 1
                self.missed_kinds.update(kinds)


class Trouble(Author):
    """A life in which things go wrong."""

    def __init__(self, seed: str, months: int) -> None:
        super().__init__(seed, months)
        self.wrong: dict[str, set[str]] = {}

    def spoil(self) -> None:
        """Up to three things, whenever it may be."""
        r = self.chance
        kinds = list(ALL if self.is_lined and self.is_known else SEEN_IN_TOTALS if not self.is_lined else
                     (*SEEN_IN_TOTALS, "rate", "twice", "again"))  # fmt: skip
        for place in self._places(r.choice((0, 1, 1, 2, 2, 3))):
            kind = r.choice(kinds)
            getattr(self, f"_{kind}")(place)
            if kind == "afterEnd":
                break

    def _places(self, count: int) -> list[int]:
        """Any months from the eighth bill on, seven or more apart, in order."""
        places: list[int] = []
        for place in self.chance.sample(range(7, self.months - 5), self.months - 12):
            if len(places) < count and all(abs(place - other) >= 7 for other in places):
                places.append(place)
        return sorted(places)

    def _mark(self, sheet_id: str, kind: str) -> None:
        self.wrong.setdefault(sheet_id, set()).add(kind)

    def _roaming(self, place: int) -> None:
        amount = max(15.0, 0.5 * self.level, self.chance.lognormvariate(log(2.5 * self.level), 0.8))
        name = self.chance.choice(
            ("Roaming data, Portugal", "Calls outside the plan", "Premium numbers", "Data at sea")
        )
        self.sheets[place].add(name, LineKind.USAGE, self._of(amount))
        self._mark(self.sheets[place].id, "roaming")

    def _lateUse(self, place: int) -> None:
        sheet, dated = self.sheets[place], self.chance.random() < 0.7
        for back in (1, 2, 3):
            day = sheet.starts - timedelta(days=30 * back - self.chance.randrange(20)) if dated else None
            amount = self._of(self.level * self.chance.uniform(0.3, 0.8))
            sheet.add("Calls of earlier months", LineKind.USAGE, amount, day=day)
        self._mark(self.sheets[place].id, "lateUse")

    def _catchUp(self, place: int) -> None:
        skipped, sheet = self.sheets[place], self.sheets[place + 1]
        skipped.shown = False
        sheet.starts = skipped.starts
        if self.chance.random() < 0.5:
            sheet.rows += skipped.rows
        else:
            sheet.rows = _joined(skipped.rows, sheet.rows)
        if self._sum(sheet) > Decimal(str(1.4 * self.level)):
            self._mark(sheet.id, "catchUp")
        else:  # credits ate it: nothing too much is taken
            self.either.add(sheet.id)
        self.either |= {f"missing {skipped.day:%Y-%m}", f"missing {skipped.starts:%Y-%m}"}

    def _duplicate(self, place: int) -> None:
        sheet = self.sheets[place]
        twin = type(sheet)(sheet.number, sheet.day + timedelta(days=self.chance.randrange(0, 12)), sheet.starts,
                           sheet.ends, sheet.rows, twin=9)  # fmt: skip
        self.notes.append(twin)
        self._mark(f"{twin.id}9", "duplicate")

    def _missing(self, place: int) -> None:
        self.sheets[place].shown = False
        self._mark(f"missing {self.sheets[place].day:%Y-%m}", "missing")

    def _rate(self, place: int) -> None:
        part = Decimal(str(self.chance.uniform(1.1, 1.9)))
        wanted = next((row[3] or row[0] for row in self.sheets[place].rows if row[1] is LineKind.RECURRING), "")
        for sheet in self.sheets[place : place + self.chance.randrange(1, 4)]:
            rows = [
                n for n, row in enumerate(sheet.rows) if (row[3] or row[0]) == wanted and row[1] is LineKind.RECURRING
            ]
            if rows:
                name, kind, amount, product, *rest = sheet.rows[rows[0]]
                sheet.rows[rows[0]] = (name, kind, (amount * part).quantize(CENT), product, *rest)  # type: ignore[arg-type]
                self._mark(sheet.id, "rate")

    def _twice(self, place: int) -> None:
        sheet = self.sheets[place]
        sheet.rows.append(self.chance.choice([row for row in sheet.rows if row[1] is LineKind.RECURRING]))
        self._mark(sheet.id, "twice")

    def _ended(self, place: int) -> None:
        sheet = self.sheets[place]
        option = Product(
            f"E{place}", "Old option", Decimal(self.chance.randrange(150, 1500)) / 100, self.first, sheet.ends
        )
        self.products.append(option)
        for early in self.sheets[: place + 1]:
            early.add(option.name, LineKind.RECURRING, option.price, option.id, span=(early.starts, early.ends))
        for late in self.sheets[place + 1 : place + 1 + self.chance.randrange(1, 5)]:
            late.add(option.name, LineKind.RECURRING, option.price, option.id, span=(late.starts, late.ends))
            self._mark(late.id, "ended")

    def _neverOrdered(self, place: int) -> None:
        price = Decimal(self.chance.randrange(150, 1500)) / 100
        for sheet in self.sheets[place : place + self.chance.randrange(1, 5)]:
            sheet.add("Security suite", LineKind.RECURRING, price, f"X{place}", span=(sheet.starts, sheet.ends))
            self._mark(sheet.id, "neverOrdered")

    def _again(self, place: int) -> None:
        price, kind = (
            Decimal(self.chance.randrange(199, 999)) / 100,
            self.chance.choice((LineKind.USAGE, LineKind.ONE_TIME)),
        )
        for n, sheet in enumerate(self.sheets[place : place + self.chance.randrange(3, 6)]):
            sheet.add("Info service 84 555", kind, price, day=sheet.starts + timedelta(days=4))
            if n > (kind is LineKind.ONE_TIME):
                self._mark(sheet.id, "again")
            else:
                self.either.add(sheet.id)

    def _afterEnd(self, place: int) -> None:
        end = self.sheets[place].ends
        for product in self.products:
            product.until = min(product.until or end, end)
        late = self.chance.randrange(1, 3)
        for sheet in self.sheets[place + 1 : place + 1 + late]:
            self._mark(sheet.id, "afterEnd")
        del self.sheets[place + 1 + late :]
        last = self.sheets[-1].number
        self.notes = [note for note in self.notes if note.number <= last]
        for note in self.notes:  # a bill after the end that was written anew is one too
            if note.number > place and note.category == "normal":
                self._mark(f"{note.id}{note.twin}", "afterEnd")


def _joined(first: list, second: list) -> list:  # type: ignore[type-arg]
    """Two months as one charge each."""
    rows = list(second)
    for name, kind, amount, product, starts, ends, day in first:
        at = next(
            (
                n
                for n, row in enumerate(rows)
                if (row[0], row[3], row[1]) == (name, product, kind) and row[4] and starts
            ),
            None,
        )
        if at is None:
            rows.append((name, kind, amount, product, starts, ends, day))
        else:
            rows[at] = (name, kind, rows[at][2] + amount, product, starts, rows[at][5], None)
    return rows


def troubled_customer(seed: str) -> Invented:
    """Two to five years in which some things go wrong."""
    author = Trouble(seed, 24 + int(seed.rsplit("-", 1)[1]) % 37)
    author.live()
    author.spoil()
    today = author.sheets[-1].day + timedelta(days=3)
    records, known = author.told(today)
    return Invented(records, known, today, author.wrong, author.either)


def found_in(customer: Invented) -> dict[str, set[Oddity]]:
    """What the program says, by the id of the bill or the month without one."""
    return {place: {flag.kind for flag in flags} for place, flags in flags_of(customer).items()}


def flags_of(customer: Invented) -> dict[str, list[Flag]]:
    """The same, whole."""
    found: dict[str, list[Flag]] = {}
    for judgement in judged(customer.records, customer.known).on(customer.today):
        for flag in judgement.flags:
            found.setdefault(flag.bill_id or f"missing {flag.day:%Y-%m}", []).append(flag)
    return found


def measure(seed: str, customers: int) -> Score:
    """How much of what is wrong is found in so many troubled customers, and how much is said wrongly."""
    score = Score()
    for number in range(customers):
        score.count(troubled_customer(f"{seed}-{number}"))
    return score


def false_alarms(seed: str, customers: int, months: int = 120) -> tuple[int, int]:
    """How many of so many quiet customers are ever told of something strange, and how many bills they had."""
    alarmed = bills = 0
    for number in range(customers):
        customer = quiet_customer(f"{seed}-{number}", months)
        bills += len(customer.records)
        alarmed += bool(set(found_in(customer)) - customer.either)
    return alarmed, bills


def measure_others(seed: str, customers: int) -> dict[str, Score]:
    """The same for each of the other kinds of customers."""
    found: dict[str, Score] = {}
    for kind, make in (KINDS | HABITS).items():
        score = found[kind] = Score()
        for number in range(customers):
            score.count(make(f"{seed}-{kind}-{number}"))
    return found
