"""The United Kingdom: when a code dies, when a number moves, what leaving costs, until when one may leave free."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.leaving.rules import Rule, Rules
from selfcare.leaving.workdays import (
    after_hours,
    after_months,
    after_working_days,
    before_working_days,
    is_working_day,
)


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


def code_dates(issued: date, rules: Rules, operator_expiry: date | None = None) -> CodeDates:
    """A PAC's or STAC's life (UK-SW-09). The operator's own date is what is shown, ours what it is compared with."""
    dead = issued + timedelta(days=rules.get("UK-SW-09", issued).number)
    careful = dead - timedelta(days=1)
    if operator_expiry is None:
        return CodeDates(careful, dead)
    return CodeDates(operator_expiry, operator_expiry, differs=operator_expiry not in {careful, dead})


def code_due(asked: datetime, rules: Rules, *, is_business: bool, by_phone: bool, calendar: str = "") -> datetime:
    """By when a code must have come (UK-SW-04, 05, 06); for a business the end of the second working day."""
    day = asked.date()
    if is_business:
        last = after_working_days(day, rules.get("UK-SW-06", day).number, calendar or rules.calendar)
        return datetime.combine(last, time(23, 59, 59), asked.tzinfo)
    if by_phone:
        return after_hours(asked, rules.get("UK-SW-05", day).number)
    return asked + timedelta(minutes=rules.get("UK-SW-04", day).number)


def code_route(numbers: int, rules: Rules, on: date) -> CodeRoute:
    """By text for one number, by account or telephone up to 24, by agreement from 25 (UK-SW-07, UK-SW-08)."""
    if numbers >= rules.get("UK-SW-08", on).number:
        return CodeRoute.BULK
    return CodeRoute.ACCOUNT if numbers >= rules.get("UK-SW-07", on).number else CodeRoute.TEXT


def port_day(handed_over: datetime, rules: Rules, calendar: str = "") -> PortDay:
    """When the number moves after the new operator got the code at a local time (UK-SW-11, UK-SW-12)."""
    calendar, day = calendar or rules.calendar, handed_over.date()
    cut_off, hour = _hours(rules.get("UK-SW-12", day))
    due = after_working_days(day, rules.get("UK-SW-11", day).number, calendar)
    in_time = is_working_day(day, calendar) and handed_over.time() < cut_off
    return PortDay(due, due if in_time else after_working_days(due, 1, calendar), hour)


def last_hand_over(port: date, rules: Rules, calendar: str = "") -> date:
    """The working day on which the code must be with the new operator, before 17:00, for the number to move then."""
    return before_working_days(port, rules.get("UK-SW-11", port).number, calendar or rules.calendar)


def _hours(rule: Rule) -> tuple[time, time]:
    return time.fromisoformat(str(rule.value)), time.fromisoformat(str(rule.other))


class EarlyCharge(Struct, frozen=True):
    """An early termination charge by the usual formula; `without_vat` is the step before the discount."""

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
) -> EarlyCharge:
    """(price - discount) x months left, without VAT, less what early payment and saved costs are worth (UK-CTR-10).

    `vat` and `early_part` are parts of one (0.20, 0.02). Half up to the penny, never negative.
    """
    each = monthly if discount is None else monthly - discount
    if months_left <= 0 or each.value <= 0:
        nothing = Money(Decimal(0), monthly.unit)
        return EarlyCharge(nothing, nothing)
    net = (each * months_left).value / (1 + vat)
    if saved_each_month is not None:
        net = max(Decimal(0), net - saved_each_month.value * months_left)
    return EarlyCharge(
        Money(net * (1 - early_part), monthly.unit).rounded(),
        Money(net, monthly.unit).rounded(),
    )


def rent_back(paid: Money, first: date, last: date, gone: date) -> Money:
    """What comes back of rent paid in advance from `first` to `last`, both included, when the line goes on `gone`.

    The day of the switch itself is paid (UK-SW-13); half up to the penny.
    """
    if last < first:
        raise ValueError("a period that ends before it starts")
    days = (last - first).days + 1
    unused = min(max((last - gone).days, 0), days)
    return Money(paid.value * unused / days, paid.unit).rounded()


def end_notice_window(ends: date, rules: Rules) -> tuple[date, date]:
    """Between which days the operator should have announced the end of the commitment (UK-CTR-06)."""
    rule = rules.get("UK-CTR-06", ends)
    return ends - timedelta(days=rule.number), ends - timedelta(days=rule.other_number)


def free_exit_until(told: date, rules: Rules) -> date:
    """The last day to leave free after a change to one's disadvantage: the earlier of a month and 30 days (CTR-03)."""
    return min(after_months(told, rules.get("UK-CTR-03", told).number), told + timedelta(days=30))


def notice_ends(received: date, rules: Rules, stated: tuple[int, str] | None = None) -> date:
    """When a line ends after notice was received: by the contract's own period, else the usual 30 days (UK-CTR-09)."""
    amount, unit = stated or (rules.get("UK-CTR-09", received).number, "day")
    return after_months(received, amount) if unit == "month" else received + timedelta(days=amount)


def notice_is_long(received: date, rules: Rules, stated: tuple[int, str] | None) -> bool:
    """The contract asks for more than a month, which after the commitment seems not allowed (UK-CTR-08, uncertain)."""
    cap = after_months(received, rules.get("UK-CTR-08", received).number)
    return notice_ends(received, rules, stated) > cap


def rescue_until(ended: date, rules: Rules) -> date:
    """Until when a number can at least still be moved after the contract has ended (UK-SW-14)."""
    return after_months(ended, rules.get("UK-SW-14", ended).number)


def must_be_unlocked(bought: date | None, rules: Rules) -> bool | None:
    """A handset bought on this day may not have been sold locked (UK-LOCK-01); None where the day is not stated."""
    return None if bought is None else rules.find("UK-LOCK-01", bought) is not None


def percent_rise_allowed(concluded: date, rules: Rules) -> bool:
    """A contract of this day may raise its price by inflation or per cent (UK-CTR-04)."""
    return rules.find("UK-CTR-04", concluded) is None


def commitment_is_long(starts: date, ends: date, rules: Rules) -> bool:
    """The commitment lasts longer than is allowed (UK-CTR-02)."""
    return ends > after_months(starts, rules.get("UK-CTR-02", ends).number)


def ombudsman_from(first_complaint: date, rules: Rules, deadlock: date | None = None) -> date:
    """From which day the ombudsman can be asked (UK-ADR-01): so many weeks, or the deadlock letter if sooner.

    The rule in force on the day of the complaint counts.
    """
    waited = first_complaint + timedelta(days=rules.get("UK-ADR-01", first_complaint).number)
    return waited if deadlock is None else min(waited, deadlock)


def ombudsman_until(deadlock: date, rules: Rules) -> date:
    """The last day to ask the ombudsman after a deadlock letter (UK-ADR-02)."""
    return after_months(deadlock, rules.get("UK-ADR-02", deadlock).number)


def decision_due(accepted: date, rules: Rules, calendar: str = "") -> date:
    """By when the operator must have carried out an accepted decision (UK-ADR-03)."""
    return after_working_days(accepted, rules.get("UK-ADR-03", accepted).number, calendar or rules.calendar)


def missed_visit(cancelled_hours_before: int | None, day: date, rules: Rules) -> Money:
    """What a missed appointment is worth (UK-AC-02); None is "nobody came". From 24 hours ahead it may be cancelled."""
    rule = rules.get("UK-AC-02", day)
    owed = cancelled_hours_before is None or cancelled_hours_before < 24
    return Money(rule.value if owed and isinstance(rule.value, Decimal) else Decimal("0.00"), "GBP")


def late_repair(reported: datetime, restored: datetime, rules: Rules, calendar: str = "") -> Money:
    """What a total loss of service is worth (UK-AC-01), local times: once at the end of the second full working day
    after the report, then once for each further full calendar day."""
    day = reported.date()
    rule = rules.get("UK-AC-01", day)
    rate = rule.value if isinstance(rule.value, Decimal) else Decimal(0)
    second = after_working_days(day, 2, calendar or rules.calendar)
    if restored.date() <= second:
        return Money(Decimal("0.00"), "GBP")
    return Money(rate * (1 + max((restored.date() - second).days - 1, 0)), "GBP")
