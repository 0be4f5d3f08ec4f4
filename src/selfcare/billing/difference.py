"""Why a bill differs from an earlier one: new, gone and changed lines, each with its amount, and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill, BillLine, LineKind, is_comparable
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .amounts import amount_of, rate_of
from .credits import lines_as_meant
from .tax_terms import are_net, in_the_same_terms, tax_beside
from .weighing import key_of

_COUNTED = re.compile(r"[\d.,:/–-]+")
_DAY = timedelta(days=1)
_YEAR, _AROUND = timedelta(days=365), timedelta(days=20)
ZERO = Decimal(0)
_BY_TIME = {LineKind.RECURRING, LineKind.OTHER}
MONTH = 30
"""Days of a month where the bill does not state its period."""


class Change(StrEnum):
    """What happened to a line since the earlier bill."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    REST = "rest"


class Cause(StrEnum):
    """Why an amount came, went or changed. PRICE is a monthly price that is another one for the same time, TAX another
    rate of tax, TAX_OF_CHANGES what the tax of lines without tax changed by because they did."""

    MONTHLY = "monthly"
    PRICE = "price"
    USAGE = "usage"
    ONE_TIME = "oneTime"
    CREDIT = "credit"
    PENALTY = "penalty"
    PRO_RATA = "proRata"
    TAX = "tax"
    TAX_OF_CHANGES = "taxOfChanges"
    OTHER = "other"
    REST = "rest"


class Basis(StrEnum):
    """What the two bills were compared by."""

    LINES = "lines"
    E_INVOICE = "eInvoice"
    TOTALS = "totals"
    NO_LINES_NOW = "noLinesNow"
    NO_LINES_BEFORE = "noLinesBefore"
    OTHER_TERMS = "otherTerms"
    """The lines of one bill are with tax, those of the other without, and nothing tells how much it is."""

    @property
    def is_by_totals(self) -> bool:
        """The lines of the two bills could not be held against each other."""
        return self not in (Basis.LINES, Basis.E_INVOICE)


class Part(Struct, frozen=True):
    """One reason for a difference; `amount` is what it adds to the bill (negative: takes away).

    `before` and `now` are what the lines cost in the two bills, None where they are not in one; `starts` and `ends`
    are the days that a part of a month covers, `count` how many lines of the newer bill (else the older) it sums up.
    """

    name: str
    change: Change
    cause: Cause
    amount: Money
    before: Money | None = None
    now: Money | None = None
    starts: date | None = None
    ends: date | None = None
    count: int = 1


class Difference(Struct, frozen=True):
    """All reasons for the difference between two bills; their amounts together are exactly `amount`."""

    amount: Money
    parts: tuple[Part, ...]
    basis: Basis

    @property
    def rest(self) -> Money:
        """What the lines do not explain."""
        return next((part.amount for part in self.parts if part.cause is Cause.REST), Money(ZERO, self.amount.unit))


class _Group(Struct):
    """Lines of one bill that belong together: whole months in `whole`, parts of a month in `part`."""

    name: str
    kind: LineKind
    count: int = 0
    whole: Decimal = ZERO
    part: Decimal = ZERO
    days: int = 0
    month: int = MONTH
    has_whole: bool = False
    net: Decimal | None = ZERO
    rate: Decimal | None = None
    starts: date | None = None
    ends: date | None = None

    @property
    def sum(self) -> Decimal:
        return self.whole + self.part


_Key = tuple[str, str, LineKind]


def last_comparable(bill: Bill, earlier: Sequence[Bill]) -> Bill | None:
    """The newest ordinary bill before this one: same currency and account, neither a credit nor a last bill. A credit
    note is compared with nothing: it is no bill of a month."""
    if "credit" in bill.category.casefold():
        return None
    found = [other for other in earlier if is_comparable(bill, other)]
    return max(found, key=lambda other: other.day or date.min, default=None)


def year_ago(bill: Bill, earlier: Sequence[Bill]) -> Bill | None:
    """The comparable bill nearest to a year before this one, at most twenty days off."""
    if bill.day is None or "credit" in bill.category.casefold():
        return None
    then = bill.day - _YEAR
    near = [o for o in earlier if is_comparable(bill, o) and o.day is not None and abs(o.day - then) <= _AROUND]
    return min(near, key=lambda other: abs((other.day or date.min) - then), default=None)


def difference(
    bill: Bill,
    lines: Sequence[BillLine],
    before: Bill,
    lines_before: Sequence[BillLine],
    basis: Basis = Basis.LINES,
) -> Difference | None:
    """What makes the difference between two bills, the largest part first and the rest last.

    None where a total is not stated or the currencies differ, and for a credit note. Lines belong together if they pay
    for the same product, else if their names agree but for figures. Without the lines of both bills only the totals are
    known, and the whole difference is a rest.
    """
    if bill.total is None or before.total is None or bill.total.unit != before.total.unit:
        return None
    unit = bill.total.unit
    amount = bill.total - before.total
    now = _own(lines_as_meant(bill, lines), lines_before, unit)
    then = _own(lines_as_meant(before, lines_before), lines, unit)
    if bill.total.is_credit and all(_is_given_back(line) for line in now):
        return None
    parts: list[Part] = []
    if not now or not then:
        basis = Basis.TOTALS if not now and not then else Basis.NO_LINES_BEFORE if now else Basis.NO_LINES_NOW
    elif (alike := in_the_same_terms(bill, now, before, then)) is not None:
        parts = _parts(bill, alike[0], before, alike[1], unit)
    else:
        basis = Basis.OTHER_TERMS
    rest = amount.value - sum((part.amount.value for part in parts), ZERO)
    parts.sort(key=lambda part: -abs(part.amount.value))
    if rest:
        parts.append(Part("", Change.REST, Cause.REST, Money(rest, unit)))
    return Difference(amount, tuple(parts), basis)


def _own(lines: Sequence[BillLine], others: Sequence[BillLine], unit: str) -> list[BillLine]:
    """The billed lines with an amount in this currency, if their like on the other bill has one; others are rest."""
    unknown = {key_of(line) for line in others if amount_of(line) is None}
    own = [line for line in lines if line.is_billed and key_of(line) not in unknown]
    return [line for line in own if (amount := amount_of(line)) is not None and amount.unit == unit]


def _is_given_back(line: BillLine) -> bool:
    amount = amount_of(line)
    return amount is not None and amount.value <= 0


def _parts(bill: Bill, now: list[BillLine], before: Bill, then: list[BillLine], unit: str) -> list[Part]:
    pairs = _pairs(_groups(now, bill), _groups(then, before))
    is_bare = are_net(now) and are_net(then)
    rates = (None, None) if is_bare else (_header_rate(bill), _header_rate(before))
    parts: list[Part] = []
    taxed = ZERO
    for mine, old in pairs:
        if mine is None or old is None:
            parts += _came_or_went(mine, old, unit)
            continue
        tax = _tax_part(mine, old, rates)
        taxed += tax
        parts += _changed(mine, old, tax, unit)
    of_changes = ZERO
    if is_bare:
        rate, of_changes = tax_beside(bill, before)
        taxed += rate
    for cause, amount in ((Cause.TAX, taxed), (Cause.TAX_OF_CHANGES, of_changes)):
        if amount:
            parts.append(Part("", Change.CHANGED, cause, Money(amount, unit)))
    return parts


def _groups(lines: list[BillLine], bill: Bill) -> dict[_Key, _Group]:
    found: dict[_Key, _Group] = {}
    rates: dict[_Key, set[Decimal | None]] = {}
    month = _days_of(bill)
    for line in lines:
        amount = amount_of(line)
        assert amount is not None
        kind = LineKind.CREDIT if amount.value < 0 and line.kind is LineKind.RECURRING else line.kind
        key = (line.product_id, _plain(line.name or line.product_name), kind)
        group = found.setdefault(key, _Group(line.name or line.product_name, kind, month=month))
        group.count += 1
        days = _days_of_a_part(line, month)
        if days:
            group.part += amount.value
            group.days += days
            group.starts, group.ends = line.starts, line.ends
        else:
            group.whole += amount.value
            group.has_whole = True
        net = line.net.value if line.net is not None and line.net.unit == amount.unit else None
        group.net = group.net + net if group.net is not None and net is not None else None
        rates.setdefault(key, set()).add(rate_of(line.taxes[0]) if len(line.taxes) == 1 else None)
    for key, group in found.items():
        group.rate = rates[key].pop() if len(rates[key]) == 1 else None
    return found


def _pairs(now: dict[_Key, _Group], then: dict[_Key, _Group]) -> list[tuple[_Group | None, _Group | None]]:
    """What belongs together: the same in all, then the same product and kind, then the same name and kind."""
    pairs: list[tuple[_Group | None, _Group | None]] = []
    left, right = dict(now), dict(then)
    for loose in (_exactly, _by_product, _by_name):
        mine, theirs = _alone(left, loose), _alone(right, loose)
        for mark, key in mine.items():
            if mark in theirs:
                pairs.append((left.pop(key), right.pop(theirs[mark])))
    pairs += [(group, None) for group in left.values()]
    pairs += [(None, group) for group in right.values()]
    return pairs


def _exactly(key: _Key) -> object:
    return key


def _by_product(key: _Key) -> object:
    return (key[0], key[2]) if key[0] else None


def _by_name(key: _Key) -> object:
    return (key[1], key[2])


def _alone(groups: dict[_Key, _Group], mark_of: Callable[[_Key], object]) -> dict[object, _Key]:
    """The keys by a looser mark, only where no other has the same one."""
    found: dict[object, list[_Key]] = {}
    for key in groups:
        found.setdefault(mark_of(key), []).append(key)
    return {mark: keys[0] for mark, keys in found.items() if len(keys) == 1 and mark is not None}


def _came_or_went(mine: _Group | None, old: _Group | None, unit: str) -> list[Part]:
    """What is in one bill alone; of a new plan the first days beside its first whole month are a part of their own."""
    group = mine or old
    assert group is not None
    cause = _cause(group.kind, Cause.MONTHLY)
    if group.part and group.has_whole:
        found = [(group.whole, cause, None, None), (group.part, Cause.PRO_RATA, group.starts, group.ends)]
    else:
        days = (group.starts, group.ends) if group.part else (None, None)
        found = [(group.sum, cause, *days)]
    is_new = mine is not None
    return [
        Part(
            group.name,
            Change.NEW if is_new else Change.GONE,
            why,
            Money(value if is_new else -value, unit),
            None if is_new else Money(value, unit),
            Money(value, unit) if is_new else None,
            starts,
            ends,
            group.count if len(found) == 1 else 1,
        )
        for value, why, starts, ends in found
        if value
    ]


def _changed(mine: _Group, old: _Group, tax: Decimal, unit: str) -> list[Part]:
    """The change of lines in both bills, without the part that a new tax rate makes."""
    whole = mine.sum - old.sum - tax
    pro_rata = _pro_rata(mine, old)
    other = whole - pro_rata
    if pro_rata and abs(other) <= _a_day(mine, old):
        pro_rata, other = whole, ZERO
    amounts = Money(old.sum, unit), Money(mine.sum, unit)
    parts: list[Part] = []
    if other:
        cause = _cause(mine.kind, Cause.PRICE)
        parts.append(Part(mine.name, Change.CHANGED, cause, Money(other, unit), *amounts, count=mine.count))
    if pro_rata:
        span = mine if mine.days else old
        parts.append(
            Part(
                mine.name,
                Change.CHANGED,
                Cause.PRO_RATA,
                Money(pro_rata, unit),
                *amounts,
                span.starts,
                span.ends,
                mine.count,
            )
        )
    return parts


def _pro_rata(mine: _Group, old: _Group) -> Decimal:
    """How much of a change comes from paying for another number of days."""
    if not mine.days and not old.days:
        return ZERO
    if mine.has_whole and old.has_whole:
        return mine.part - old.part
    if mine.has_whole:
        return mine.sum - _share(mine.whole, old)
    if old.has_whole:
        return _share(old.whole, mine) - old.sum
    return _cents(old.part * mine.days / old.days) - old.part


def _share(month: Decimal, group: _Group) -> Decimal:
    return _cents(month * group.days / group.month)


def _a_day(mine: _Group, old: _Group) -> Decimal:
    """The price of a day: operators count the days of a part of a month differently."""
    return abs(max(mine.whole, old.whole, key=abs)) / MONTH + 2 * CENT


def _tax_part(mine: _Group, old: _Group, rates: tuple[Decimal | None, Decimal | None]) -> Decimal:
    """What another tax rate adds to lines in both bills."""
    new = mine.rate if mine.rate is not None else rates[0]
    was = old.rate if old.rate is not None else rates[1]
    if new is None or was is None or new == was:
        return ZERO
    net = mine.net if mine.net is not None and mine.net != mine.sum else mine.sum / (1 + new)
    return _cents(net * (new - was))


def _header_rate(bill: Bill) -> Decimal | None:
    return rate_of(bill.taxes[0]) if len(bill.taxes) == 1 else None


def _days_of(bill: Bill) -> int:
    if bill.period_start is None or bill.period_end is None:
        return MONTH
    return max(1, (bill.period_end - bill.period_start + _DAY).days)


def _days_of_a_part(line: BillLine, month: int) -> int:
    """The days that a monthly line covers if they are clearly fewer than the bill's; 0 for a whole month. What an
    e-invoice says is for some days may be monthly as well."""
    if line.kind not in _BY_TIME or line.starts is None or line.ends is None:
        return 0
    days = (line.ends - line.starts + _DAY).days
    return days if 0 < days <= month - 3 else 0


def _cause(kind: LineKind, monthly: Cause) -> Cause:
    return {
        LineKind.RECURRING: monthly,
        LineKind.USAGE: Cause.USAGE,
        LineKind.ONE_TIME: Cause.ONE_TIME,
        LineKind.CREDIT: Cause.CREDIT,
        LineKind.PENALTY: Cause.PENALTY,
        LineKind.OTHER: Cause.OTHER,
    }[kind]


def _plain(name: str) -> str:
    return " ".join(_COUNTED.sub(" ", name).casefold().split())


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT)
