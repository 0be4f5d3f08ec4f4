"""The whole answer of a planned way as a document for machines, and which facts would make it more exact."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from selfcare.domain.lines import Access
from selfcare.domain.money import Money

from .choices import Reason, Route
from .country import CostLine, CostReason, Departure, StepKind
from .orders import keeps_number
from .outlook import outlook, safe_order, steps_shown
from .quote import Quote
from .rules import Rules
from .way import Step, Way


class Ask(StrEnum):
    """A fact that is missing and would make the answer more exact; the name of the fact in a facts file."""

    COMMITMENT = "commitment_ends"
    CONCLUDED = "concluded"
    HANDSET = "handset_with_contract"
    PRICE = "monthly"
    NOTICE = "notice"
    FEE = "early_fee"
    CLOSING_FEE = "closing_fee"
    ORDERS_FROM = "orders_from"
    AT_DISTANCE = "at_distance"
    ALARM = "alarm"
    LINES = "contract_lines"
    BOUGHT = "handset_bought"
    PAID_OFF = "paid_off"
    INSTALMENT = "instalment"
    INSTALMENTS_LEFT = "instalments_left"
    LISTED = "reason_listed"
    FILED = "file_received"
    ADMITTED = "file_admitted"
    ORDERS = "orders_days"
    USABLE = "usable_there"
    RISE = "changes.rise"
    AGREED = "changes.agreed"


_AFTER_THE_DAY = {StepKind.CUT, StepKind.FINAL_BILL, StepKind.DOOR, StepKind.RETURN}


def asks(way: Way, *, alarm: bool | None = None) -> tuple[Ask, ...]:
    """What would make a range smaller or answer what is open, the most important first.

    `alarm` is what was said of an alarm or telecare on a line at home.
    """
    facts, charge = way.ground.facts, way.quote.lines[0]
    if way.ground.choices.about.reason is Reason.SAFETY:
        uncounted = not facts.counts_lines and way.country.separation(way.ground) is not None
        return (Ask.LINES,) if uncounted else ()
    found = [Ask.NOTICE] if way.needs_notice else []
    wanted = {
        CostReason.COMMITMENT_NOT_STATED: Ask.COMMITMENT,
        CostReason.PRICE_NOT_STATED: Ask.PRICE,
        CostReason.EARLY_FEE_NOT_STATED: Ask.FEE,
        CostReason.BY_CONTRACT: Ask.FEE,
    }.get(charge.reason)
    if wanted is not None:
        found.append(wanted)
    rests_on = {charge.rule_id, *charge.also}
    if charge.low != charge.high and facts.concluded is None and rests_on & {"FR-DUR-05", "US-ETF-01"}:
        found.append(Ask.CONCLUDED)
    if charge.low != charge.high and facts.subsidised is None and "FR-DUR-03" in rests_on:
        found.append(Ask.HANDSET)
    found += [*_of_reason(way), *_of_change(way)]
    if any(line.reason is CostReason.DEVICE and line.high is None for line in way.quote.lines):
        found.append(Ask.INSTALMENT if facts.instalment is None else Ask.INSTALMENTS_LEFT)
    if any(line.reason is CostReason.CLOSING_FEE for line in way.quote.lines) and facts.closing_fee is None:
        found.append(Ask.CLOSING_FEE)
    if facts.at_distance is None and any(d.route is Route.WITHDRAW for d in way.departures):
        found.append(Ask.AT_DISTANCE)
    about = way.ground.choices.about
    has_end = about.orders_days is not None and not about.orders_open
    if has_end and about.orders_from is None and keeps_number(way.ground, way.country, way.route, way.cut):
        found.append(Ask.ORDERS_FROM)
    if way.ground.rules.country == "US" and facts.is_locked and not way.ground.choices.accept_locked:
        found += _of_unlock(way)
    if alarm is None and facts.access is not Access.MOBILE and facts.line_ended is None:
        found.append(Ask.ALARM)
    return tuple(found)


def _of_reason(way: Way) -> list[Ask]:
    """What tells whether a special reason frees, where that is open."""
    about, relief, charge = way.ground.choices.about, way.country.relief(way.ground), way.quote.lines[0]
    if relief is None or relief.frees is not None or charge.low == charge.high:
        return []
    if about.reason is Reason.DEBT and "FR-OVR-01" in relief.rule_ids:
        return [Ask.FILED] if about.filed is None else [] if about.admitted else [Ask.ADMITTED]
    if about.reason is Reason.SERVICE:
        length = [] if about.orders_open or about.orders_days is not None else [Ask.ORDERS]
        return [*length, *([] if about.stop_move or about.usable_there is not None else [Ask.USABLE])]
    return [Ask.LISTED] if "FR-LEG-01" in relief.rule_ids and about.listed is None else []


def _of_change(way: Way) -> list[Ask]:
    """What tells whether an announced change frees (UK-CTR-04): its rise, the contract's own, when that was made."""
    charge, facts = way.quote.lines[0], way.ground.facts
    change = charge.change
    if change is None or change.is_certain or change.rule_id != "UK-CTR-03" or charge.low == charge.high:
        return []
    if facts.is_business and facts.small is not True:
        return []
    if change.rise is None:
        return [Ask.RISE]
    open_clause = change.rise.agreed is None and not change.rise.by_percent
    return [*([Ask.AGREED] if open_clause else []), *([Ask.CONCLUDED] if facts.concluded is None else [])]


def _of_unlock(way: Way) -> list[Ask]:
    """What tells when a carrier of the United States unlocks a handset (US-UNL-02 to US-UNL-08)."""
    facts = way.ground.facts
    if facts.line_ended is not None:
        return []
    bought = [Ask.BOUGHT] if facts.handset_bought is None and facts.since is None else []
    open_debt = facts.paid_off is None and facts.instalments_left is None and not facts.is_prepaid
    return [*bought, *([Ask.PAID_OFF] if open_debt else [])]


def document_of(way: Way, rules: Rules, language: str, *, alarm: bool | None = None) -> dict[str, Any]:
    """The answer as plain values: days as ISO texts, amounts as {amount, currency}, None for what is not known.

    `alarm` is what was said of an alarm or telecare on a line at home.
    """
    seen, quote = outlook(way), way.quote
    open_day, over = way.needs_notice, way.ground.facts.line_ended is not None
    no_day = open_day or way.is_named_later
    if way.ground.choices.about.reason is Reason.SAFETY:
        return _safe_document(way, rules, language)
    return {
        "country": way.ground.facts.country,
        "today": _plain(way.ground.today),
        "route": way.route.value,
        "code": way.scheme or None,
        "earliest": None if no_day or over else _plain(way.earliest),
        "day": None if no_day else _plain(way.cut),
        "latest": _plain(way.latest),
        "noticeEnds": _plain(way.notice_end),
        "cost": None if open_day else _cost(quote),
        "routes": [
            {
                "route": option.departure.route.value,
                "earliest": None if _has_no_day(option.departure) else _plain(option.departure.earliest),
                "planned": None if _has_no_day(option.departure) else _plain(option.departure.planned),
                "until": _plain(option.departure.until),
                "likelyOnly": option.departure.is_guess,
                "low": None if option.quote is None else _plain(option.quote.low),
                "high": None if option.quote is None else _plain(option.quote.high),
                "rules": list(option.departure.rule_ids),
            }
            for option in (() if over else seen.options)
        ],
        "cheapest": None
        if seen.cheapest is None
        else {
            "day": _plain(seen.cheapest.day),
            "low": _plain(seen.cheapest.low),
            "high": _plain(seen.cheapest.high),
        },
        "freeExits": [
            {
                "reason": free.reason.value,
                "first": _plain(free.first),
                "last": _plain(free.last),
                "certain": free.is_certain,
                "rule": free.rule_id or None,
            }
            for free in (() if over else seen.exits)
        ],
        "announcements": [
            {
                "kind": duty.kind.value,
                "first": _plain(duty.first),
                "last": _plain(duty.last),
                "state": duty.state.value,
                "rule": duty.rule_id,
            }
            for duty in (() if over else seen.duties)
        ],
        "steps": [
            {
                "kind": step.kind.value,
                "day": None if _is_open(step, way) else _plain(step.day),
                "moment": _plain(step.moment),
                "hour": None if step.hour is None else f"{step.hour:%H:%M}",
                "last": None if _is_open(step, way) else _plain(step.last),
                "state": step.state.value,
                "guess": step.is_guess,
                "rules": list(step.rule_ids),
            }
            for step in ([] if open_day else steps_shown(way))
        ],
        "cautions": [caution.value for caution in way.cautions],
        "alarm": alarm,
        "safeOrder": [step.value for step in safe_order(way, alarm=alarm)],
        "wouldHelp": [ask.value for ask in asks(way, alarm=alarm)],
        "rules": _rules(way, rules, language),
    }


def _safe_document(way: Way, rules: Rules, language: str) -> dict[str, Any]:
    """For a survivor no step and no cost: each would show on the shared account. Only the separation, with its rule.

    It is for accounts of two lines and more; where nobody counted them, that would help.
    """
    due = way.country.separation(way.ground)
    return {
        "country": way.ground.facts.country,
        "today": _plain(way.ground.today),
        "reason": Reason.SAFETY.value,
        "separatedBy": _plain(due),
        "cost": None,
        "steps": [],
        "wouldHelp": [ask.value for ask in asks(way)],
        "rules": _rules_of(["US-SCA-01"] if due is not None else [], way, rules, language),
    }


def _is_open(step: Step, way: Way) -> bool:
    """It hangs on a day that others have not named; what can be asked for today has its day all the same."""
    ordered_later = step.kind is StepKind.HAND_OVER and step.day > way.ground.today
    return way.is_named_later and (step.kind in _AFTER_THE_DAY or ordered_later)


def _has_no_day(departure: Departure) -> bool:
    return departure.needs_notice or departure.is_named_later


def _plain(value: date | datetime | Money | None) -> Any:
    if value is None:
        return None
    if isinstance(value, Money):
        return {"amount": f"{value.value:.2f}", "currency": value.unit}
    return value.isoformat()


def _cost(quote: Quote) -> dict[str, Any]:
    return {
        "low": _plain(quote.low),
        "high": _plain(quote.high),
        "lines": [_line(line) for line in quote.lines],
        "operator": _plain(quote.operator),
        "operatorDay": _plain(quote.operator_day),
        "agreement": quote.agreement.value,
    }


def _line(line: CostLine) -> dict[str, Any]:
    return {
        "reason": line.reason.value,
        "low": _plain(line.low),
        "high": _plain(line.high),
        "until": _plain(line.until),
        "rules": [name for name in (line.rule_id, *line.also) if name],
    }


def _rules(way: Way, rules: Rules, language: str) -> list[dict[str, Any]]:
    names = [name for step in steps_shown(way) for name in step.rule_ids]
    names += [name for line in way.quote.lines for name in (line.rule_id, *line.also)]
    names += [name for departure in way.departures for name in departure.rule_ids]
    return _rules_of(names, way, rules, language)


def _rules_of(names: list[str], way: Way, rules: Rules, language: str) -> list[dict[str, Any]]:
    found = (rules.cited(name, way.ground.today) for name in dict.fromkeys(names))
    return [
        {
            "id": rule.id,
            "sentence": rule.sentence(language),
            "standing": rule.standing.value,
            "source": rule.source or None,
            "checked": _plain(rule.checked),
        }
        for rule in found
        if rule is not None
    ]
