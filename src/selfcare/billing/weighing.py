"""A bill taken apart for judging it: what comes every month, what moves, and how many months it charges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .amounts import amount_of
from .credits import lines_as_meant
from .tax_terms import are_net, with_their_tax

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
    word: str = ""
    """Its words without figures and days: what it may share with others, and keep where the figures change."""

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
    rest: Decimal | None = None
    """The total without the lines; None without any, or where one states no amount in the currency of the total."""

    given_back: Decimal = Decimal(0)
    """What credits and discounts take off the total, above zero."""


def weighed(record: Record) -> Weighed | None:
    """The bill taken apart; None for one without a day or a total."""
    bill = record.bill
    if bill.day is None or bill.total is None:
        return None
    unit = bill.total.unit
    parts: dict[tuple[str, LineKind], list[tuple[BillLine, Decimal]]] = {}
    alike: Counter[tuple[object, ...]] = Counter()
    added, is_whole = Decimal(0), bool(record.lines)
    lines = lines_as_meant(bill, record.lines)
    for line in lines:
        amount = amount_of(line)
        if amount is None or amount.unit != unit:
            is_whole = is_whole and not line.is_billed
            continue
        if line.is_billed:
            added += amount.value
        kind = LineKind.CREDIT if amount.value < 0 else line.kind
        parts.setdefault((key_of(line), kind), []).append((line, amount.value))
        alike[print_of(line, amount)] += 1
    groups = {(key, kind): _group(key, kind, found, bill) for (key, kind), found in parts.items()}
    monthly = {key: group for (key, kind), group in groups.items() if kind is LineKind.RECURRING}
    total = bill.total.value
    rest = total - added if is_whole else None
    given_back = -sum((g.amount for (_key, kind), g in groups.items() if kind is LineKind.CREDIT), Decimal(0))
    return Weighed(bill, tuple(lines), bill.day, total, unit, groups, monthly, alike, rest, given_back)


def in_one_tax(bills: Sequence[Weighed]) -> list[Weighed]:
    """The bills of a series, where some state their lines with tax and others without, all with it; without lines those
    of which nobody can tell it."""
    stated = [bill for bill in bills if bill.lines]
    bare = [bill for bill in stated if are_net(bill.lines)]
    if not bare or len(bare) == len(stated):
        return list(bills)
    made = {
        bill.bill.id: weighed(Record(bill.bill, tuple(with_their_tax(bill.bill, bill.lines) or ()))) for bill in bare
    }
    return [made.get(bill.bill.id) or bill for bill in bills]


def key_of(line: BillLine) -> str:
    """What a line charges: the product, where it is named, and of all but a monthly price the whole of its words."""
    if line.kind is LineKind.RECURRING and line.product_id:
        return line.product_id
    name = " ".join((line.name or line.product_name).casefold().split())
    return f"{line.product_id} {name}".strip()


def keys_of(lines: Iterable[BillLine]) -> dict[str, str]:
    """A key for each line (by its id) under which bills of several months can be added up: without figures and days
    where no other line of the bill shares its words, else its own."""
    own = list(lines)
    shared: dict[tuple[str, str], set[str]] = {}
    for line in own:
        shared.setdefault((line.product_id, word_of(line)), set()).add(key_of(line))
    return {
        line.id: key_of(line)
        if len(shared[line.product_id, word_of(line)]) > 1
        else f"{line.product_id} {word_of(line)}"
        for line in own
    }


def word_of(line: BillLine) -> str:
    """The words of a line without figures and days."""
    return " ".join(_COUNTED.sub(" ", line.name or line.product_name).casefold().split())


def print_of(line: BillLine, amount: Money) -> tuple[object, ...]:
    """What two lines share that charge the very same thing."""
    return (line.product_id or line.name, line.name, line.kind, amount.value, line.starts, line.ends, line.day)


class Names:
    """What the bills of one series call things. A name whose figures change from bill to bill ("Roaming, 312 MB") is
    known again where no other on the bill shares its words: then it keeps its first key."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, LineKind]] = set()
        self._latest: dict[tuple[str, str, LineKind], tuple[str, int]] = {}

    def known_again(self, bill: Weighed) -> Weighed:
        """The bill with the keys that earlier bills gave to the same things."""
        shared = Counter(_mark(group) for group in bill.groups.values())
        renamed: dict[tuple[str, LineKind], Group] = {}
        for place, group in bill.groups.items():
            key, count = self._latest.get(_mark(group), ("", 0))
            if place not in self._seen and count == shared[_mark(group)] == 1 and key != group.key:
                renamed[place] = replace(group, key=key)
        if not renamed:
            return bill
        found = [renamed.get(place, group) for place, group in bill.groups.items()]
        groups = {(group.key, group.kind): group for group in found}
        if len(groups) < len(found):
            return bill
        monthly = {group.key: group for group in found if group.kind is LineKind.RECURRING}
        return replace(bill, groups=groups, recurring=monthly)

    def learn(self, bill: Weighed) -> None:
        """Remember what a bill calls things."""
        shared = Counter(_mark(group) for group in bill.groups.values())
        self._seen |= set(bill.groups)
        self._latest |= {_mark(group): (group.key, shared[_mark(group)]) for group in bill.groups.values()}


def _mark(group: Group) -> tuple[str, str, LineKind]:
    return group.product_id, group.word, group.kind


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
    name = first.name or first.product_name
    return Group(key, kind, name, total, lines, days, is_part, first.product_id, word_of(first))


def _days(lines: Sequence[BillLine]) -> int:
    """How long the lines charge together; the same time stated twice counts once."""
    spans = {(line.starts, line.ends) for line in lines}
    return sum((ends - starts).days + 1 for starts, ends in spans if starts is not None and ends is not None)
