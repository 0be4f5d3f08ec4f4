"""What is strange about a bill as a whole: billed twice, for a time after the end, or a month with none at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from selfcare.domain.bill_gaps import gaps, is_monthly, month_after
from selfcare.domain.bills import Bill, LineKind
from selfcare.domain.money import Money

from .flags import Flag, Oddity
from .known import Known
from .weighing import Weighed

_NEAR = timedelta(days=45)
_LOOKED_AT = 24
"""Among so many of the latest bills a repeat is looked for."""

_NEARLY, _FEE = Decimal("0.05"), Decimal(2)
"""A bill that was written anew may have a fee on it, or another rounding."""

_TOGETHER = timedelta(days=10)
"""So soon after a bill that was taken back another one for its time is written, where no time is stated."""

_ALONE = 3
"""So many bills must have come one for each time before a second one for a time is called a repeat."""

_LATELY = timedelta(days=100)
"""Two bills for one time within so many days before: this customer gets several, one for each SIM say."""

_LATE = timedelta(days=10)
"""A bill may be written so many days later than a month after the last before it is missed."""


def duplicate(bill: Weighed, past: Sequence[Weighed], all_before: Sequence[Weighed]) -> list[Flag]:
    """An earlier bill for the same time over about the same amount or the same monthly charges, or one under the same
    number; `usual` is its total where that is another.

    `all_before` are the bills before, repeats among them. Two documents under one number and of one day are one bill.
    Under another number it is no repeat where bills for one time have lately stood side by side, or where too few are
    there to tell: several SIMs may have a bill each.
    """
    if bill.total <= 0:
        return []
    for other in reversed(past[-_LOOKED_AT:]):
        if bill.bill.number and bill.bill.number == other.bill.number and bill.day == other.day:
            continue  # one document, listed twice
        is_same_number = _has_one_number(bill, other, all_before)
        if not is_same_number and not (_is_alike(bill, other) and not _may_be_of_another(bill, all_before)):
            continue
        usual = Money(other.total, bill.unit) if other.total != bill.total else None
        money = Money(bill.total, bill.unit)
        return [Flag(Oddity.DUPLICATE, bill.bill.id, money, usual, other.bill.number, other=other.bill.id)]
    return []


def _is_alike(bill: Weighed, other: Weighed) -> bool:
    """Both charge one time, whenever they were written; or, where a time is not stated, the same things near by."""
    if not _is_same_time(bill, other):
        return False
    if _states_its_time(bill) and _states_its_time(other):
        is_near = abs(bill.total - other.total) <= max(other.total * _NEARLY, _FEE)
        return is_near or _charges_the_same(bill, other)
    is_same = bill.total == other.total and set(bill.groups) == set(other.groups)
    return is_same and bill.day - other.day <= _NEAR


def _charges_the_same(bill: Weighed, other: Weighed) -> bool:
    """Most of what the other charged for the month is charged again."""
    monthly = sum((group.amount for group in other.recurring.values()), Decimal(0))
    shared = [(g.amount, bill.recurring[key].amount) for key, g in other.recurring.items() if key in bill.recurring]
    again = [before for before, now in shared if before == now]
    return bool(again) and sum(again, Decimal(0)) * 2 > monthly


def _has_one_number(bill: Weighed, other: Weighed, all_before: Sequence[Weighed]) -> bool:
    """Both bear one number, and no other two bills do: some operators write the number of the account on each."""
    if not bill.bill.number or bill.bill.number != other.bill.number:
        return False
    numbers = Counter(one.bill.number for one in all_before)
    is_told = len(numbers) > _ALONE or (_states_its_time(bill) and _is_same_time(bill, other))
    return is_told and all(count == 1 for count in numbers.values())


def _states_its_time(bill: Weighed) -> bool:
    return bill.bill.period_start is not None and bill.bill.period_end is not None


def taken_back(bill: Weighed, past: Sequence[Weighed], given_back: Sequence[Bill]) -> Weighed | None:
    """The bill over the same period that a credit note took back before this one was written in its place."""
    for other in reversed(past[-_LOOKED_AT:]):
        is_told = _states_its_time(bill) and _states_its_time(other)
        if (bill.day - other.day > _NEAR and not is_told) or not _is_same_time(bill, other, within=_TOGETHER):
            continue
        if any(_takes_back(note, other) and other.day <= (note.day or other.day) <= bill.day for note in given_back):
            return other
    return None


def after_the_end(bill: Weighed, known: Known) -> list[Flag]:
    """A bill that charges a time after the day on which the last line ended."""
    end = known.end
    if end is None or bill.total <= 0:
        return []
    late = Decimal(0)
    for group in bill.groups.values():
        if group.kind is LineKind.RECURRING and all((x.starts or date.min) > end for x in group.lines):
            late += group.amount
    if not bill.groups and bill.bill.period_start is not None and bill.bill.period_start > end:
        late = bill.total
    if late <= 0:
        return []
    return [Flag(Oddity.AFTER_END, bill.bill.id, Money(late, bill.unit), day=end)]


def without_a_bill(bills: Sequence[Bill], known: Known, today: date) -> list[Flag]:
    """Months between the bills, and after the last until today, for which none was written. `bills` are those of one
    account in the order of their days, whatever their currency, without credit notes."""
    found = [Flag(Oddity.MISSING, "", day=month, other=later.id) for month, later in gaps(bills)]
    last = bills[-1] if bills else None
    if last is None or last.day is None or not is_monthly(bills):
        return found
    expected = month_after(last.day)
    over = known.end is not None and known.end < expected
    if expected + _LATE < today <= expected + timedelta(days=100) and not last.is_final and not over:
        found.append(Flag(Oddity.MISSING, "", day=expected.replace(day=1)))
    return found


def _takes_back(note: Bill, bill: Weighed) -> bool:
    if note.total is None or note.day is None or note.account_id != bill.bill.account_id:
        return False
    return note.total.unit == bill.unit and -note.total.value >= bill.total


def _is_same_time(bill: Weighed, other: Weighed, within: timedelta = timedelta(0)) -> bool:
    """Both state the same time; where they state none, both are of one day or under one number."""
    mine = (bill.bill.period_start, bill.bill.period_end)
    theirs = (other.bill.period_start, other.bill.period_end)
    if None not in (*mine, *theirs):
        return mine == theirs
    return abs(bill.day - other.day) <= within or bill.bill.number == other.bill.number


def _may_be_of_another(bill: Weighed, before: Sequence[Weighed]) -> bool:
    """Two bills of a time before this one's stood side by side, or there are too few to know that none do."""
    others = [b for b in before if not _is_same_time(bill, b)]
    lately = [b for b in others if bill.day - b.day <= _LATELY]
    return len(others) < _ALONE or any(
        _is_same_time(later, sooner) and later.bill.number != sooner.bill.number
        for place, later in enumerate(lately)
        for sooner in lately[:place]
    )
