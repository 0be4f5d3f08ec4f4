"""The United Kingdom, money back: automatic compensation, a late switch, a wrong Direct Debit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months, after_working_days, before_working_days
from selfcare.leaving.rules import Rules

from .gb import in_london

RATE_MONTHS = 12
"""The scheme's rates follow the prices each 1 April."""


class Fault(StrEnum):
    """What members of the scheme compensate for without being asked, by its rule."""

    REPAIR = "UK-AC-01"
    VISIT = "UK-AC-02"
    START = "UK-AC-03"


class Rate(Struct, frozen=True):
    """What one day or one appointment is worth, for faults that occur from `first` to `last` (None: still).

    `is_old`: the rates have changed since, on a 1 April, and the new ones are not known here.
    """

    amount: Money
    first: date | None
    last: date | None
    is_certain: bool
    is_old: bool = False


class Claim(Struct, frozen=True):
    """What is owed for a fault: `count` times `each`, together `total`; both None where a duty has no set sum.

    `first` and `last` are the days that count, None where none does; `due` is when it is paid without asking.
    `is_old_rate` as in Rate.
    """

    rule_id: str
    count: int
    each: Money | None
    total: Money | None
    first: date | None = None
    last: date | None = None
    due: date | None = None
    is_certain: bool = True
    is_old_rate: bool = False


def rate_of(fault: Fault, occurred: date, rules: Rules) -> Rate | None:
    """The rate for a fault of this day (UK-AC-01, 02, 03); None before the scheme began."""
    rule = rules.find(fault, occurred)
    if rule is None or not isinstance(rule.value, Decimal):
        return None
    began = rule.effective_from
    is_old = rule.effective_to is None and began is not None and occurred >= after_months(began, RATE_MONTHS)
    return Rate(Money(rule.value, "GBP"), began, rule.effective_to, rule.is_certain and not is_old, is_old)


def is_member(provider: str, rules: Rules, on: date) -> bool:
    """A provider of this name promised to compensate its landline and broadband customers (UK-AC-05)."""
    name = provider.casefold().split()
    members = (m.casefold().split() for m in str(rules.get("UK-AC-05", on).value).split(","))
    return any(name[: len(member)] == member for member in members)


def late_repair(reported: datetime, restored: datetime, rules: Rules, calendar: str = "") -> Claim | None:
    """What a total loss of service is worth (UK-AC-01), aware times; for one that lasts, `restored` is now.

    Once at the end of the second full working day after the report, then once for each further full calendar day.
    """
    start, end = in_london(reported), in_london(restored)
    rule = rules.find(Fault.REPAIR, start.date())
    if rule is None:
        return None
    second = after_working_days(start.date(), rule.other_number, calendar or rules.calendar)
    full = (end.date() - second).days - 1
    midnight = full == 0 and (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0)
    count = 0 if full < 0 or midnight else 1 + full
    return _claim(Fault.REPAIR, start.date(), count, second, end.date(), rules)


def missed_visit(cancelled_hours_before: int | None, day: date, rules: Rules) -> Claim | None:
    """What a missed appointment is worth (UK-AC-02); None hours is "nobody came".

    Cancelled 24 hours ahead or more it is worth nothing.
    """
    rule = rules.find(Fault.VISIT, day)
    if rule is None:
        return None
    owed = cancelled_hours_before is None or cancelled_hours_before < rule.other_number
    return _claim(Fault.VISIT, day, int(owed), day, day, rules)


def late_start(promised: date, started: date, rules: Rules) -> Claim | None:
    """What a service that starts late is worth (UK-AC-03), each day from the promised one until it works.

    For one that does not work yet, `started` is today. The rate is that of the promised day.
    """
    return _claim(Fault.START, promised, max((started - promised).days, 0), promised, started, rules)


def _claim(fault: Fault, occurred: date, count: int, first: date, settled: date, rules: Rules) -> Claim | None:
    rate = rate_of(fault, occurred, rules)
    if rate is None:
        return None
    total = rate.amount * count
    if not count:
        return Claim(fault, 0, rate.amount, total, is_certain=rate.is_certain, is_old_rate=rate.is_old)
    last = first + timedelta(days=count - 1)
    due = settled + timedelta(days=rules.get("UK-AC-04", settled).number)
    return Claim(fault, count, rate.amount, total, first, last, due, rate.is_certain, rate.is_old)


def late_switch(due: date, done: date, rules: Rules, published: Money | None = None) -> Claim:
    """What a switch or a moved number that comes late is worth (UK-SW-16); for one still missing, `done` is today.

    There is a duty to compensate, but no set sum: `published` is the operator's own for a day, None leaves it open.
    The first late day is the one after `due`.
    """
    days = max((done - due).days, 0)
    rule = rules.get("UK-SW-16", done)
    total = None if published is None else published * days
    if not days:
        return Claim(rule.id, 0, published, total, is_certain=rule.is_certain)
    return Claim(rule.id, days, published, total, due + timedelta(days=1), done, is_certain=rule.is_certain)


def debit_told_by(taken: date, rules: Rules, stated: int | None = None, calendar: str = "") -> date:
    """The last day to announce a Direct Debit taken on this day (UK-DD-01); `stated` is the mandate's working days."""
    days = rules.get("UK-DD-01", taken).number if stated is None else stated
    return before_working_days(taken, days, calendar or rules.calendar)
