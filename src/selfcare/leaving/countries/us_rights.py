"""The United States: who may leave free by law, who hears a complaint, and what a state adds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from selfcare.domain.records import Sealed, Struct
from selfcare.domain.workdays import Own, after_hours, after_months, after_working_days
from selfcare.leaving.rules import Rule, Rules


class OrderKind(StrEnum):
    """The military orders that end a contract."""

    RELOCATION = "relocation"
    STOP_MOVEMENT = "stopMovement"


class MilitaryOrders(Struct, frozen=True):
    """A servicemember's orders. `days` is None for an indefinite time; `can_use_service` is about the place ordered to.

    `signed_after_move_order` matters for a stop of movement: the contract was made for the move that was then stopped.
    """

    kind: OrderKind
    days: int | None
    can_use_service: bool = False
    signed_after_move_order: bool = False


class NumberKept(Struct, frozen=True):
    """Until when the service is taken up again to keep the number: `resume_by` is safe under every reading."""

    resume_by: date
    lost_after: date


class LineSeparation(Sealed, frozen=True):
    """A survivor's line leaves a shared account, at the latest on `due`.

    Handled discreetly: nothing of it is told to the account holder, shown on a shared page, or kept on this computer.
    """

    due: date


class AnswerDue(Struct, frozen=True):
    """By when an answer comes under two readings of a rule; it is late for certain only after `last`."""

    first: datetime
    last: datetime


def orders_end_contract(orders: MilitaryOrders, rules: Rules, on: date) -> bool:
    """The contract may be ended without an early termination fee (US-SCRA-01; 50 USC 3956(a)(1), (e))."""
    rule = rules.get("US-SCRA-01", on)
    is_stop = orders.kind is OrderKind.STOP_MOVEMENT
    enough = rule.other_number if is_stop else rule.number
    is_long = orders.days is None or orders.days >= enough
    return is_long and not orders.can_use_service and (orders.signed_after_move_order or not is_stop)


def advance_refund_due(ended: date, rules: Rules) -> date:
    """By when a servicemember's advance payments are back (US-SCRA-02; 50 USC 3956(f))."""
    return ended + timedelta(days=rules.get("US-SCRA-02", ended).number)


def number_kept(left: date, back: date, rules: Rules) -> NumberKept | None:
    """Until when a returned servicemember resumes the service to keep the number (US-SCRA-03; 50 USC 3956(c)).

    None if the absence from `left` to `back` was longer than three years. ValueError if it ends before it starts.
    """
    if back < left:
        raise ValueError("an absence that ends before it starts")
    rule = rules.get("US-SCRA-03", back)
    if back > after_months(left, 12 * rule.other_number):
        return None
    lost = back + timedelta(days=rule.number)
    return NumberKept(lost - timedelta(days=1), lost)


def line_separation(completed: date, lines: int, rules: Rules, own: Own = None) -> LineSeparation | None:
    """By when a survivor's line is separated after a complete request (US-SCA-01; 47 USC 345(b)(1)).

    Free of any fee. None for an account of one line, or before the rules applied.
    """
    rule = rules.find("US-SCA-01", completed)
    if rule is None or lines < 2:
        return None
    return LineSeparation(after_working_days(completed, rule.number, rules.calendar, own))


def fcc_answer_due(served: date, rules: Rules) -> date:
    """By when a carrier answers an informal complaint that the FCC served on it (US-FCC-01; 47 CFR 1.717)."""
    return served + timedelta(days=rules.get("US-FCC-01", served).number)


def formal_complaint_until(answered: date, rules: Rules) -> date:
    """Until when a formal complaint can follow the carrier's answer (US-FCC-02; 47 CFR 1.718)."""
    return after_months(answered, rules.get("US-FCC-02", answered).number)


def commission_from(complained: date, state: str, rules: Rules) -> date | None:
    """From which day the state commission's staff are called in (US-PUC-01). None for a state without a known rule."""
    rule = _state_rule("US-PUC-01", state, complained, rules)
    return None if rule is None else complained + timedelta(days=rule.number)


def commission_review_until(decided: date, state: str, rules: Rules) -> date | None:
    """Until when the commission's decision can be reviewed (US-PUC-01). None for a state without a known rule."""
    rule = _state_rule("US-PUC-01", state, decided, rules)
    return None if rule is None else decided + timedelta(days=rule.other_number)


def online_cancel_right(state: str, concluded: date, rules: Rules, *, signed_up_online: bool) -> Rule | None:
    """The state's rule by which a renewing contract made online can be cancelled online, else None.

    `concluded` is the day on which it was made or last changed.
    US-ST-01 (California, Business and Professions Code 17602), US-ST-02 (New York, General Business Law 527-a).
    """
    if not signed_up_online:
        return None
    found = (_state_rule(rule_id, state, concluded, rules) for rule_id in ("US-ST-01", "US-ST-02"))
    return next((rule for rule in found if rule is not None and rule.is_certain), None)


def voicemail_answer_due(left: datetime, state: str, rules: Rules, own: Own = None) -> AnswerDue | None:
    """By when a cancellation left as a voice message is dealt with (US-ST-01-VOICEMAIL, uncertain), else None.

    In 24 clock hours, or by the end of the next business day. `left` knows its zone.
    """
    rule = _state_rule("US-ST-01-VOICEMAIL", state, left.date(), rules)
    if rule is None:
        return None
    by_hours = after_hours(left, rule.number)
    day = after_working_days(left.date(), rule.other_number, rules.calendar, own)
    by_day = datetime.combine(day, time(23, 59, 59), left.tzinfo)
    return AnswerDue(min(by_hours, by_day), max(by_hours, by_day))


def renewal_notice_window(deadline: date, state: str, rules: Rules) -> tuple[date, date] | None:
    """Between which days a renewal is announced before the last day to refuse it (US-ST-02; New York GBL 527-a).

    None for a state without a known rule.
    """
    rule = _state_rule("US-ST-02", state, deadline, rules)
    if rule is None:
        return None
    return deadline - timedelta(days=rule.number), deadline - timedelta(days=rule.other_number)


def battery_hours(on: date, rules: Rules) -> tuple[int, ...]:
    """The hours of backup power that must be offered with a home telephone (US-BAT-01; 47 CFR 9.20, once 12.5).

    Empty where nothing is certain, as since the believed end of this duty on 1 September 2025.
    """
    rule = rules.find("US-BAT-01", on)
    if rule is None or not rule.is_certain:
        return ()
    return (rule.number,) if rule.other is None else (rule.number, rule.other_number)


def _state_rule(rule_id: str, state: str, on: date, rules: Rules) -> Rule | None:
    rule = rules.find(rule_id, on)
    return rule if rule is not None and state.upper() in rule.applies_to else None
