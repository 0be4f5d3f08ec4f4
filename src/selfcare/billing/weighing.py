"""A bill taken apart for judging it: what comes every month, what moves, and how many months it charges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .arithmetic import amount_of

_COUNTED = re.compile(r"[\d.,:/–-]+")
MONTH = Decimal("30.4375")
"""Days of a month on average."""


class Record(Struct, frozen=True):
    """A bill and its lines; without lines only what its total says can be judged."""

    bill: Bill
    lines: tuple[BillLine, ...] = ()


class Group(Struct, frozen=True):
    """The lines of a bill that charge one thing. `days` is for how long, 0 where no time is stated; `is_part` says
    that this is not one whole month."""

    key: str
    kind: LineKind
    name: str
    amount: Decimal
    lines: tuple[BillLine, ...]
    days: int
    is_part: bool
    product_id: str = ""

    @property
    def monthly(self) -> Decimal:
        """The price of a whole month: the amount itself for a month or where no time is stated, else by its days."""
        if not self.is_part:
            return self.amount
        return self.amount / (Decimal(self.days) / MONTH)


class Weighed(Struct, frozen=True):
    """A bill taken apart. `total` is positive for what the customer pays; `groups` is empty without lines, `recurring`
    are those that come every month, by their key."""

    bill: Bill
    lines: tuple[BillLine, ...]
    day: date
    total: Decimal
    unit: str
    groups: dict[tuple[str, LineKind], Group]
    recurring: dict[str, Group]
    alike: Counter[tuple[object, ...]]

    @property
    def given_back(self) -> Decimal:
        """What credits and discounts take off the total, above zero."""
        return -sum((g.amount for (_key, kind), g in self.groups.items() if kind is LineKind.CREDIT), Decimal(0))


def weighed(record: Record) -> Weighed | None:
    """The bill taken apart; None for one without a day or a total."""
    bill = record.bill
    if bill.day is None or bill.total is None:
        return None
    unit = bill.total.unit
    parts: dict[tuple[str, LineKind], list[tuple[BillLine, Decimal]]] = {}
    alike: Counter[tuple[object, ...]] = Counter()
    for line in record.lines:
        amount = amount_of(line)
        if amount is None or amount.unit != unit:
            continue
        kind = LineKind.CREDIT if amount.value < 0 else line.kind
        parts.setdefault((key_of(line), kind), []).append((line, amount.value))
        alike[print_of(line, amount)] += 1
    groups = {(key, kind): _group(key, kind, found, bill) for (key, kind), found in parts.items()}
    monthly = {key: group for (key, kind), group in groups.items() if kind is LineKind.RECURRING}
    return Weighed(bill, record.lines, bill.day, bill.total.value, unit, groups, monthly, alike)


def key_of(line: BillLine) -> str:
    """What a line charges: its words without figures and days; of a monthly price the product, where it is named."""
    if line.kind is LineKind.RECURRING and line.product_id:
        return line.product_id
    return _COUNTED.sub("", line.name or line.product_name).casefold().strip() or line.product_id


def print_of(line: BillLine, amount: Money) -> tuple[object, ...]:
    """What two lines share that charge the very same thing."""
    return (line.product_id or line.name, line.name, line.kind, amount.value, line.starts, line.ends, line.day)


def months_charged(bill: Weighed, before: Weighed | None) -> int:
    """How many months the bill charges: by the times of what came before too, else by the bill's own period."""
    known = set(before.recurring) if before is not None else set()
    days = [g.days for key, g in bill.recurring.items() if key in known and g.days]
    if not days and bill.bill.period_start is not None and bill.bill.period_end is not None:
        days = [(bill.bill.period_end - bill.bill.period_start).days + 1]
    return max(1, round(max(days) / float(MONTH))) if days else 1


def _group(key: str, kind: LineKind, found: Sequence[tuple[BillLine, Decimal]], bill: Bill) -> Group:
    first, lines = found[0][0], tuple(line for line, _amount in found)
    days, whole = _days(lines), 0
    if bill.period_start is not None and bill.period_end is not None:
        whole = (bill.period_end - bill.period_start).days + 1
    is_part = days > 0 and (not 27 <= days <= 32 or (27 <= whole <= 32 and days < whole - 1))
    total = sum((amount for _line, amount in found), Decimal(0))
    return Group(key, kind, first.name or first.product_name, total, lines, days, is_part, first.product_id)


def _days(lines: Sequence[BillLine]) -> int:
    """How long the lines charge together; the same time stated twice counts once."""
    spans = {(line.starts, line.ends) for line in lines}
    return sum((ends - starts).days + 1 for starts, ends in spans if starts is not None and ends is not None)
