"""The United States: when a number moves, how long a transfer PIN lives, when a handset may be unlocked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.records import Sealed, Struct
from selfcare.domain.workdays import Own, after_months, after_working_days, is_working_day, same_or_next_working_day
from selfcare.leaving.carriers import Carrier
from selfcare.leaving.rules import Rules


class SimplePort(Struct, frozen=True):
    """When a number moves by a simple port, a single line.

    The request counts for the business day `counted`. The number may be activated from `opens`, the local midnight
    that ends this day, and is late only once the business day `due` has passed.
    """

    counted: date
    opens: datetime
    due: date


class Refusal(StrEnum):
    """Why an old carrier says that it will not let a number go."""

    DEBT = "debt"
    EARLY_FEE = "earlyFee"
    WRONG_FIELDS = "wrongFields"
    OTHER_AREA = "otherArea"
    LINE_ENDED = "lineEnded"


class PortField(StrEnum):
    """What a new carrier asks for."""

    NUMBER = "number"
    ACCOUNT = "account"
    ZIP = "zip"
    PIN = "pin"


class PortRequest(Sealed, frozen=True):
    """What the customer gives the new carrier. `zip_code` is that of the bill."""

    number: str = ""
    account: str = ""
    zip_code: str = ""
    pin: str = ""


class PinLife(Struct, frozen=True):
    """Until the end of which day a transfer PIN can be used, None where nobody says.

    `differs` says that the carrier states another last day than its known custom gives: `ours`.
    """

    last_day: date | None
    differs: bool = False
    ours: date | None = None


class Handset(Struct, frozen=True):
    """A handset the carrier may have locked. `paid_off` is None while money is still owed for it.

    `unpaid_days` counts the days without paid service since `activated`; `waits` is False where it was paid off in a
    way that the carrier does not make wait; `is_deployed` is a servicemember with deployment papers.
    """

    carrier: Carrier
    activated: date
    is_prepaid: bool = False
    paid_off: date | None = None
    unpaid_days: int = 0
    waits: bool = True
    is_deployed: bool = False


class UnlockDay(Struct, frozen=True):
    """From which day a handset may be unlocked, None as long as it is not paid off, and the rule that says so.

    `is_automatic` needs no request. `is_certain` is False where the rule is only believed.
    """

    day: date | None
    rule_id: str
    is_certain: bool = True
    is_automatic: bool = False


def port_is_simple(lines: int, *, is_complex: bool = False) -> bool:
    """One line without changes to the exchange's equipment is a simple port (US-LNP-01, US-LNP-04)."""
    return lines == 1 and not is_complex


def cut_off(rules: Rules, on: date) -> time:
    """Until which hour of a business day a correct request counts for that day (US-LNP-02)."""
    return time.fromisoformat(str(rules.get("US-LNP-02", on).value))


def simple_port(received: datetime, rules: Rules, own: Own = None, wanted: date | None = None) -> SimplePort:
    """When a simple port is carried out (US-LNP-01, 02, 03; 47 CFR 52.35(a)).

    `received` is when the old carrier has a correct request, in the time of the number's NPAC region: 13:00 sharp is
    in time. `own` are the old carrier's holidays. A later day may be `wanted`, never a sooner one.
    """
    asked = received.date()
    in_time = is_working_day(asked, rules.calendar, own) and received.time() <= cut_off(rules, asked)
    counted = asked if in_time else after_working_days(asked, 1, rules.calendar, own)
    opens = datetime.combine(counted + timedelta(days=1), time(), received.tzinfo)
    due = after_working_days(counted, rules.get("US-LNP-01", asked).number, rules.calendar, own)
    if wanted is not None:
        opens = max(opens, datetime.combine(wanted, time(), received.tzinfo))
        due = max(due, same_or_next_working_day(wanted, rules.calendar, own))
    return SimplePort(counted, opens, due)


def nonsimple_port_due(accepted: date, rules: Rules, own: Own = None, wanted: date | None = None) -> date:
    """By when several lines, or a complex one, must have moved (US-LNP-04; 47 CFR 52.35(d)).

    The day on which the old carrier accepts the request does not count; a later day may be `wanted`.
    """
    due = after_working_days(accepted, rules.get("US-LNP-04", accepted).number, rules.calendar, own)
    return due if wanted is None else max(due, same_or_next_working_day(wanted, rules.calendar, own))


def wireless_port_likely(asked: datetime, rules: Rules) -> datetime:
    """When a number has usually moved between two mobile carriers (US-LNP-05): a habit, never a breach.

    `asked` knows its zone; clock hours are counted, over a change of the clocks too.
    """
    hours = rules.get("US-LNP-05", asked.date()).value
    minutes = int(hours * 60) if isinstance(hours, Decimal) else 0
    return (asked.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(asked.tzinfo)


def refusal_stands(reason: Refusal, rules: Rules, on: date) -> bool:
    """The old carrier may refuse for this reason. Not for a debt or a fee, which stay owed (US-LNP-06).

    The other reasons stand: wrong fields (US-LNP-08), another area (US-LNP-09), a line that has ended (US-LNP-07).
    """
    if reason in {Refusal.DEBT, Refusal.EARLY_FEE}:
        return not rules.get("US-LNP-06", on).is_certain
    return True


def missing_fields(request: PortRequest, *, needs_pin: bool = True) -> tuple[PortField, ...]:
    """What a request still lacks, or what cannot be right (US-LNP-08; 47 CFR 52.36).

    A number has ten digits, with or without the country's 1; a ZIP code five, or nine.
    """
    number = re.sub(r"\D", "", request.number)
    good = {
        PortField.NUMBER: len(number.removeprefix("1")) == 10,
        PortField.ACCOUNT: bool(request.account.strip()),
        PortField.ZIP: re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", request.zip_code.strip()) is not None,
        PortField.PIN: bool(request.pin.strip()) or not needs_pin,
    }
    return tuple(field for field, is_good in good.items() if not is_good)


_PIN_RULES = {Carrier.VERIZON: "US-PIN-01", Carrier.ATT: "US-PIN-02", Carrier.T_MOBILE: "US-PIN-03"}


def pin_life(
    made: date,
    carrier: Carrier,
    rules: Rules,
    *,
    is_business: bool = False,
    is_prepaid: bool = False,
    stated: date | None = None,
) -> PinLife:
    """How long a transfer PIN lives (US-PIN-01, 02, 03). The day `stated` by the carrier is shown, ours compared."""
    days = _pin_days(made, carrier, rules, is_business=is_business, is_prepaid=is_prepaid)
    known = None if days is None else made + timedelta(days=days)
    if stated is None:
        return PinLife(known)
    return PinLife(stated) if known in {None, stated} else PinLife(stated, differs=True, ours=known)


def pin_not_before(
    hand_over: date, carrier: Carrier, rules: Rules, *, is_business: bool = False, is_prepaid: bool = False
) -> date:
    """The first day on which a PIN can be made that still lives when it is handed over (US-PIN-01, 02).

    The day itself where the life is not known (US-PIN-03).
    """
    days = _pin_days(hand_over, carrier, rules, is_business=is_business, is_prepaid=is_prepaid)
    return hand_over - timedelta(days=days or 0)


def _pin_days(day: date, carrier: Carrier, rules: Rules, *, is_business: bool, is_prepaid: bool) -> int | None:
    """Days, or None where they are not known; AT&T's custom is that of its postpaid accounts alone."""
    rule = rules.find(_PIN_RULES.get(carrier, ""), day)
    if rule is None or rule.value is None or (is_prepaid and carrier is Carrier.ATT):
        return None
    return rule.other_number if is_business and rule.other is not None else rule.number


def unlock_answer_due(asked: date, rules: Rules, own: Own = None) -> date:
    """By when a carrier of the industry code has unlocked, begun to, or said why not (US-UNL-01; CTIA code)."""
    return after_working_days(asked, rules.get("US-UNL-01", asked).number, rules.calendar, own)


def unlock_day(handset: Handset, rules: Rules) -> UnlockDay:
    """From which day a handset may be unlocked, by the carrier's own custom or else the industry code (US-UNL-02…08).

    The rules in force on the day of activation count; for the wait after paying off (US-UNL-07) those of that day.
    """
    if handset.is_deployed:
        return _unlock("US-UNL-04", handset.activated, handset.activated, rules)
    verizon = handset.carrier in {Carrier.VERIZON, Carrier.VERIZON_BRAND}
    automatic = rules.find("US-UNL-05", handset.activated) if verizon else None
    if automatic is not None:
        return UnlockDay(handset.activated + timedelta(days=automatic.number), automatic.id, is_automatic=True)
    if handset.is_prepaid or handset.carrier is Carrier.VERIZON_BRAND:
        return _prepaid_unlock(handset, rules, verizon)
    return _postpaid_unlock(handset, rules)


def _prepaid_unlock(handset: Handset, rules: Rules, verizon: bool) -> UnlockDay:
    began = handset.activated
    paid_days = rules.find("US-UNL-06", began) if verizon else None
    if paid_days is not None:
        day = began + timedelta(days=paid_days.number + max(handset.unpaid_days, 0))
        return _unlock(paid_days.id, day, began, rules)
    if handset.carrier is Carrier.T_MOBILE:
        days = rules.get("US-UNL-08-TMOBILE", began).other_number
        return _unlock("US-UNL-08-TMOBILE", began + timedelta(days=days), began, rules)
    years = rules.get("US-UNL-03", began).number
    return _unlock("US-UNL-03", after_months(began, 12 * years), began, rules)


def _postpaid_unlock(handset: Handset, rules: Rules) -> UnlockDay:
    began, paid = handset.activated, handset.paid_off
    if paid is None:
        return _unlock("US-UNL-02", None, began, rules)
    wait = rules.find("US-UNL-07", paid) if handset.carrier is Carrier.VERIZON and handset.waits else None
    if wait is not None:
        return _unlock(wait.id, paid + timedelta(days=wait.number), paid, rules)
    own = {Carrier.ATT: "US-UNL-08", Carrier.T_MOBILE: "US-UNL-08-TMOBILE"}.get(handset.carrier)
    if own is not None:
        return _unlock(own, max(paid, began + timedelta(days=rules.get(own, began).number)), began, rules)
    return _unlock("US-UNL-02", max(paid, began), began, rules)


def _unlock(rule_id: str, day: date | None, on: date, rules: Rules) -> UnlockDay:
    return UnlockDay(day, rule_id, is_certain=rules.get(rule_id, on).is_certain)
