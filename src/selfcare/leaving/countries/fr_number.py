"""France: moving a number with its RIO, until when it can be rescued, and what a late or failed move is worth."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import Own, after_minutes, after_months, after_working_days, same_or_next_working_day
from selfcare.leaving.rules import Rules

from .fr import withdraw_until


def port_due(eligible: date, rules: Rules, *, wanted: date | None = None, calendar: str = "", own: Own = None) -> date:
    """By when the number moves after the old operator found that it can (FR-POR-02, L44-4 and D406-18 CPCE).

    One jour ouvrable. A later `wanted` day counts instead, or the next working day where it is none.
    """
    return _due(eligible, "FR-POR-02", rules, wanted, calendar, own)


def request_due(
    asked: date,
    rules: Rules,
    *,
    is_fixed_business: bool = False,
    wanted: date | None = None,
    calendar: str = "",
    own: Own = None,
) -> date:
    """By when a whole request to move a number is done (FR-POR-03; FR-POR-04 for a firm's landline; Arcep).

    `asked` is the day from which the time counts: see `port_counts_from`.
    """
    return _due(asked, "FR-POR-04" if is_fixed_business else "FR-POR-03", rules, wanted, calendar, own)


def _due(day: date, rule_id: str, rules: Rules, wanted: date | None, calendar: str, own: Own) -> date:
    calendar = calendar or rules.calendar
    due = after_working_days(day, rules.get(rule_id, day).number, calendar, own)
    return due if wanted is None else max(due, same_or_next_working_day(wanted, calendar, own))


def port_counts_from(asked: date, rules: Rules, *, concluded: date | None = None, at_once: bool = False) -> date:
    """From which day the time for a move counts (FR-POR-05, D406-18 CPCE; uncertain today).

    `concluded` is the new contract's day if it can be withdrawn from: the time then starts when that right ends,
    unless the customer asked for the move at once.
    """
    if concluded is None or at_once:
        return asked
    return max(asked, withdraw_until(concluded, rules))


def number_until(ended: date, rules: Rules) -> date:
    """The last day on which the number and its RIO can be used after the contract's end (FR-POR-06, Arcep)."""
    return ended + timedelta(days=rules.get("FR-POR-06", ended).number)


def rio_texted(called: datetime, rules: Rules) -> tuple[datetime, datetime]:
    """When the text with the RIO usually comes after a call to 3179, and nearly always (FR-RIO-02; never a breach)."""
    rule = rules.get("FR-RIO-02", called.date())
    return after_minutes(called, rule.number), after_minutes(called, rule.other_number)


class RioRefusal(StrEnum):
    """Why an operator says that it gives no RIO."""

    UNPAID_BILL = "unpaidBill"
    LINE_ENDED = "lineEnded"
    OTHER = "other"


def rio_refusal_stands(reason: RioRefusal, on: date, rules: Rules, ended: date | None = None) -> bool | None:
    """A RIO may be refused for this reason; None is "not established" (FR-POR-06, FR-POR-07).

    A debt never blocks a RIO, however large. After the line's end it may be refused once the 40 days are over.
    """
    if reason is RioRefusal.UNPAID_BILL and rules.find("FR-POR-07", on) is not None:
        return False
    if reason is RioRefusal.LINE_ENDED and ended is not None:
        return on > number_until(ended, rules)
    return None


class Claim(Struct, frozen=True):
    """The least that the operator at fault owes, for so many days late (0 where days do not count)."""

    least: Money
    days: int
    rule_id: str


def late_port(monthly: Money, due: date, works: date, rules: Rules) -> Claim:
    """What a late move is worth until the service works at the new operator (FR-CMP-01, L224-42-1 1° C. conso.).

    `monthly` includes tax. The day after `due` is the first one late. Rounded up to the cent: a legal minimum.
    """
    return _by_day(monthly, due, works, "FR-CMP-01", rules)


def missed_visit(monthly: Money, missed: date, next_visit: date, rules: Rules) -> Claim:
    """What a missed appointment of a switch is worth until the new one (FR-CMP-03, L224-42-1 3° C. conso.).

    `next_visit` is the day of the new appointment that took place, or on which the customer cancelled it.
    """
    return _by_day(monthly, missed, next_visit, "FR-CMP-03", rules)


def lost_number(monthly: Money, on: date, rules: Rules) -> Claim:
    """What a lost number is worth (FR-CMP-02, L224-42-1 2° C. conso.); `monthly` includes tax."""
    return Claim((monthly * rules.get("FR-CMP-02", on).number).rounded_up(), 0, "FR-CMP-02")


def _by_day(monthly: Money, due: date, done: date, rule_id: str, rules: Rules) -> Claim:
    rule = rules.get(rule_id, due)
    if not isinstance(rule.value, Decimal):
        raise ValueError(f"rule {rule_id} names no part of the month")
    days = max((done - due).days, 0)
    return Claim((monthly * (rule.value * days)).rounded_up(), days, rule_id)


def prepaid_month(credit: Money, days_left: int, on: date, rules: Rules) -> Money:
    """The monthly price of a prepaid card: its credit, spread over its days left, for 30 days (FR-CMP-04, L224-42-1).

    Not rounded: a claim is computed from it. ValueError for a card that is no longer valid.
    """
    if days_left <= 0:
        raise ValueError("a prepaid card without a day left")
    return Money(credit.value * rules.get("FR-CMP-04", on).other_number / days_left, credit.unit)


def paid_by(claimed: date, rules: Rules) -> date:
    """By when a claimed compensation must be paid (FR-CMP-04, L224-42-1 C. conso.)."""
    return claimed + timedelta(days=rules.get("FR-CMP-04", claimed).number)


def free_unlock_from(subscribed: date, rules: Rules, indemnity_paid: date | None = None) -> date:
    """From which day a handset is generally unlocked free (FR-SIM-01: the operators' practice).

    Sooner where the charge to keep a subsidised handset was paid (FR-SIM-02, L224-34 C. conso.).
    """
    usual = after_months(subscribed, rules.get("FR-SIM-01", subscribed).number)
    if indemnity_paid is None or rules.find("FR-SIM-02", indemnity_paid) is None:
        return usual
    return min(usual, indemnity_paid)
