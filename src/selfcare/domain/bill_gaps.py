"""Months in which a bill is missing where they come every month: told by when bills come, not by the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from .bills import Bill

LONG = 51
"""So many days after the last a bill is not a month's any more, even if the day of billing moved by some weeks."""

_MONTH = 30.4375
_TOUCHING = timedelta(days=4)


def is_monthly(bills: Sequence[Bill]) -> bool:
    """Whether bills in the order of their days come every month: the usual distance is 27 to 33 days."""
    days = [bill.day for bill in bills if bill.day is not None]
    gaps = sorted((later - sooner).days for sooner, later in pairwise(days) if later > sooner)
    return len(gaps) >= 3 and 27 <= gaps[len(gaps) // 2] <= 33


def gaps(bills: Sequence[Bill]) -> list[tuple[date, Bill]]:
    """The first day of each month that has no bill, with the bill that came after it; nothing where bills do not come
    every month. `bills` are those of one account in the order of their days, without credit notes.

    Two whose periods touch have nothing between them. A bill that is late, or written on another day of the month, is
    not missing; where every month has one all the same, the month that no period is about is the one without.
    """
    if not is_monthly(bills):
        return []
    billed = {bill.day.replace(day=1) for bill in bills if bill.day is not None}
    found: list[tuple[date, Bill]] = []
    for sooner, later in pairwise(bills):
        if sooner.day is None or later.day is None or (later.day - sooner.day).days < LONG or _touch(sooner, later):
            continue
        count = max(1, round((later.day - sooner.day).days / _MONTH) - 1)
        between, month = [], month_after(sooner.day.replace(day=1))
        while month < later.day.replace(day=1):
            between += [month] if month not in billed else []
            month = month_after(month)
        if not between and sooner.period_end is not None:
            between = [(sooner.period_end + timedelta(days=15)).replace(day=1)]
        found += [(month, later) for month in between[:count]]
    return found


def all_gaps(bills: Sequence[Bill]) -> list[tuple[date, Bill]]:
    """The same of bills in any order, each account by itself, the oldest first. Own papers are of several operators,
    one after the other: where the operator is not known nothing is said."""
    accounts: dict[str, list[Bill]] = {}
    for bill in bills:
        if bill.day is not None and "credit" not in bill.category.casefold() and not bill.is_of_nobody:
            accounts.setdefault(bill.account_id, []).append(bill)
    found = [gap for own in accounts.values() for gap in gaps(sorted(own, key=_day_of))]
    return sorted(found, key=lambda gap: gap[0])


def missing_months(bills: Sequence[Bill]) -> tuple[date, ...]:
    """The months alone, each once."""
    return tuple(dict.fromkeys(month for month, _later in all_gaps(bills)))


def month_after(day: date) -> date:
    """The same day a month later; none later than the 28th."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, 28))


def _day_of(bill: Bill) -> date:
    return bill.day or date.min


def _touch(sooner: Bill, later: Bill) -> bool:
    if sooner.period_end is None or later.period_start is None:
        return False
    return later.period_start - sooner.period_end <= _TOUCHING
