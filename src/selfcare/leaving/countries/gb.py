"""The United Kingdom: when a code dies, when a number moves, what leaving costs, until when one may leave free."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain import workdays
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import (
    after_months,
    after_period,
    after_working_days,
    before_working_days,
    is_working_day,
    later,
)
from selfcare.leaving.rules import Rule, Rules


class CodeDates(Struct, frozen=True):
    """How long a code lives. `use_by` is safe under every reading, after `dead_after` it is dead.

    `differs` says that the operator states another last day than the rule gives.
    """

    use_by: date
    dead_after: date
    differs: bool = False


class PortDay(Struct, frozen=True):
    """When a number moves: `due` by the rule, `likely` by the usual cut-off at 17:00 (the same day or one later)."""

    due: date
    likely: date
    hour: time


class CodeRoute(StrEnum):
    """How codes are asked for, by how many numbers move together."""

    TEXT = "text"
    ACCOUNT = "account"
    BULK = "bulk"


def in_london(moment: datetime) -> datetime:
    """The same instant on the clock of the United Kingdom, whose days and hours its rules count."""
    return moment.astimezone(ZoneInfo("Europe/London"))


def end_of_day(day: date) -> datetime:
    """The last second of a day in the United Kingdom."""
    return workdays.end_of_day(day, ZoneInfo("Europe/London"))


def code_dates(issued: date, rules: Rules, operator_expiry: date | None = None) -> CodeDates:
    """A PAC's or STAC's life (UK-SW-09). The operator's own date is what is shown, ours what it is compared with."""
    dead = issued + timedelta(days=rules.get("UK-SW-09", issued).number)
    careful = dead - timedelta(days=1)
    if operator_expiry is None:
        return CodeDates(careful, dead)
    return CodeDates(operator_expiry, operator_expiry, differs=operator_expiry not in {careful, dead})


def code_due(asked: datetime, rules: Rules, *, is_business: bool, by_phone: bool, calendar: str = "") -> datetime:
    """By when a code must have come (UK-SW-04, 05, 06); for a business the end of the second working day.

    `asked` is aware; the answer is in its time zone, whatever the clocks did in between.
    """
    day = in_london(asked).date()
    if is_business:
        last = after_working_days(day, rules.get("UK-SW-06", day).number, calendar or rules.calendar)
        return end_of_day(last).astimezone(asked.tzinfo)
    if by_phone:
        return later(asked, timedelta(hours=rules.get("UK-SW-05", day).number))
    return later(asked, timedelta(minutes=rules.get("UK-SW-04", day).number))


BULK = 25
"""From so many numbers on none moves by code (UK-SW-08): both operators agree with the customer on a day."""


def code_route(numbers: int, rules: Rules, on: date) -> CodeRoute:
    """By text for one number, by account or telephone up to 24, by agreement from 25 (UK-SW-07, UK-SW-08)."""
    if numbers >= rules.get("UK-SW-08", on).number:
        return CodeRoute.BULK
    return CodeRoute.ACCOUNT if numbers >= rules.get("UK-SW-07", on).number else CodeRoute.TEXT


def port_day(handed_over: datetime, rules: Rules, calendar: str = "") -> PortDay:
    """When the number moves after the new operator got the code at an aware time (UK-SW-11, UK-SW-12)."""
    local = in_london(handed_over)
    calendar, day = calendar or rules.calendar, local.date()
    cut_off, hour = _hours(rules.get("UK-SW-12", day))
    due = after_working_days(day, rules.get("UK-SW-11", day).number, calendar)
    in_time = is_working_day(day, calendar) and local.time() < cut_off
    return PortDay(due, due if in_time else after_working_days(due, 1, calendar), hour)


def cut_off(rules: Rules, on: date) -> time:
    """The hour by which the new operator must have the code, for the number to move on the next working day."""
    return _hours(rules.get("UK-SW-12", on))[0]


def last_hand_over(port: date, rules: Rules, calendar: str = "") -> date:
    """The working day on which the code must be with the new operator, before 17:00, for the number to move then."""
    return before_working_days(port, rules.get("UK-SW-11", port).number, calendar or rules.calendar)


def _hours(rule: Rule) -> tuple[time, time]:
    return time.fromisoformat(str(rule.value)), time.fromisoformat(str(rule.other))


class EarlyCharge(Struct, frozen=True):
    """An early termination charge by the usual formula; `without_vat` is the step before anything else comes off."""

    total: Money
    without_vat: Money


def early_charge(
    monthly: Money,
    months_left: Decimal,
    *,
    discount: Money | None = None,
    vat: Decimal = Decimal("0.20"),
    early_part: Decimal = Decimal(0),
    saved_each_month: Money | None = None,
    vat_readded: bool = False,
) -> EarlyCharge:
    """(price - discount) x months left, without VAT, less the early payment's part, less saved costs (UK-CTR-10).

    `vat` and `early_part` are parts of one (0.20, 0.02); `vat_readded` is for an operator that asks for VAT on the
    result. Half up to the penny, never negative.
    """
    nothing = Money(Decimal(0), monthly.unit)
    each = monthly if discount is None else monthly - discount
    if months_left <= 0 or each <= nothing:
        return EarlyCharge(nothing, nothing)
    whole = each * months_left
    owed = whole * (1 - early_part)
    if saved_each_month is not None:
        owed = max(nothing, owed - saved_each_month * months_left * (1 + vat))
    # the division comes last: before it, half a penny would be lost where it does not come out even
    return EarlyCharge((owed if vat_readded else _without(owed, vat)).rounded(), _without(whole, vat).rounded())


def _without(amount: Money, vat: Decimal) -> Money:
    return Money(amount.value / (1 + vat), amount.unit)


def rent_back(paid: Money, first: date, last: date, gone: date) -> Money:
    """What comes back of rent paid in advance from `first` to `last`, both included, when the line goes on `gone`.

    The day of the switch itself is paid (UK-SW-13); half up to the penny.
    """
    if last < first:
        raise ValueError("a period that ends before it starts")
    days = (last - first).days + 1
    unused = min(max((last - gone).days, 0), days)
    return Money(paid.value * unused / days, paid.unit).rounded()


def free_exit_until(told: date, rules: Rules) -> date:
    """The last day to leave free after a change to one's disadvantage: the earlier of a month and 30 days (CTR-03)."""
    return min(after_months(told, rules.get("UK-CTR-03", told).number), told + timedelta(days=30))


def notice_ends(received: date, rules: Rules, stated: tuple[int, str] | None = None) -> date:
    """When a line ends after notice was received: by the contract's own period, else the usual 30 days (UK-CTR-09)."""
    return after_period(received, *(stated or (rules.get("UK-CTR-09", received).number, "day")))


def notice_is_long(received: date, rules: Rules, stated: tuple[int, str] | None) -> bool:
    """The contract asks for more than a month, which after the commitment seems not allowed (UK-CTR-08, uncertain).

    The usual 30 days (UK-CTR-09) count as a month also where a month is February.
    """
    if stated is None:
        return False
    cap = after_months(received, rules.get("UK-CTR-08", received).number)
    return notice_ends(received, rules, stated) > max(cap, notice_ends(received, rules))


def rescue_until(ended: date, rules: Rules) -> date:
    """Until when a number can at least still be moved after the contract has ended (UK-SW-14)."""
    return after_months(ended, rules.get("UK-SW-14", ended).number)


def must_be_unlocked(bought: date | None, rules: Rules) -> bool | None:
    """A handset bought on this day may not have been sold locked (UK-LOCK-01); None where the day is not stated."""
    return None if bought is None else rules.find("UK-LOCK-01", bought) is not None


class UnlockDue(Struct, frozen=True):
    """By when a handset should be unlocked; `is_guess` where the operator promised no time of its own."""

    moment: datetime
    is_guess: bool


def unlock_due(asked: datetime, rules: Rules, stated: tuple[int, str] | None = None, calendar: str = "") -> UnlockDue:
    """When an unlock asked for at an aware time is due (UK-LOCK-02): by the operator's promise, else a guess.

    `stated` is an amount and "hour" (clock hours), "day" or "working day"; days last until their end.
    """
    day = in_london(asked).date()
    amount, unit = stated or (rules.get("UK-LOCK-02", day).number, "hour")
    if unit == "hour":
        return UnlockDue(later(asked, timedelta(hours=amount)), stated is None)
    working = unit == "working day"
    last = after_working_days(day, amount, calendar or rules.calendar) if working else after_period(day, amount, unit)
    return UnlockDue(end_of_day(last).astimezone(asked.tzinfo), stated is None)
