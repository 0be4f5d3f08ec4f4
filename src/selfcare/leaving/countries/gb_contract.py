"""The United Kingdom, the contract itself: how long it may bind, what must be announced, when its price may rise."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months
from selfcare.leaving.rules import Rules

from .gb import free_exit_until


def summary_was_due(concluded: date, rules: Rules) -> bool:
    """A contract of this day had to come with its one-page summary (UK-CTR-01); a missing one is worth a complaint."""
    return rules.find("UK-CTR-01", concluded) is not None


def commitment_is_long(starts: date, ends: date, rules: Rules) -> bool:
    """The commitment lasts longer than is allowed (UK-CTR-02)."""
    return ends > after_months(starts, rules.get("UK-CTR-02", ends).number)


def withdraw_until(concluded: date, rules: Rules, *, at_distance: bool) -> date | None:
    """The last day to withdraw from a contract made at a distance (UK-CTR-12, uncertain); None for one made in a shop.

    The day on which it was made does not count.
    """
    return concluded + timedelta(days=rules.get("UK-CTR-12", concluded).number) if at_distance else None


def end_notice_window(ends: date, rules: Rules) -> tuple[date, date]:
    """Between which days the operator should have announced the end of the commitment (UK-CTR-06)."""
    rule = rules.get("UK-CTR-06", ends)
    return ends - timedelta(days=rule.number), ends - timedelta(days=rule.other_number)


def best_price_due(told: date, rules: Rules) -> date:
    """By when a customer out of commitment must hear of the best prices again (UK-CTR-07).

    `told` is the day on which that was last said, else the day on which the commitment ended.
    """
    return after_months(told, rules.get("UK-CTR-07", told).number)


def change_is_sudden(told: date, effective: date, rules: Rules) -> bool:
    """A change of the contract takes effect sooner than a month after it was announced (UK-CTR-03)."""
    return effective < after_months(told, rules.get("UK-CTR-03", told).other_number)


def percent_rise_allowed(concluded: date, rules: Rules) -> bool:
    """A contract of this day may raise its price by inflation or per cent (UK-CTR-04)."""
    return rules.find("UK-CTR-04", concluded) is None


class RiseFault(StrEnum):
    """What is wrong with a price rise; NONE is one that was agreed, or that only a contract's own words can judge."""

    NONE = "none"
    BY_PERCENT = "byPercent"
    """The contract names inflation or a part of the price, where pounds and pence are asked for."""
    NOT_STATED = "notStated"
    HIGHER = "higher"
    SOONER = "sooner"


class PriceRise(Struct, frozen=True):
    """A rise after the check; `free_until` is the last day to leave free because of it, None where nothing is wrong."""

    fault: RiseFault
    free_until: date | None = None


def check_rise(
    rise: Money,
    effective: date,
    told: date,
    rules: Rules,
    *,
    concluded: date,
    stated: Money | None = None,
    stated_from: date | None = None,
    by_percent: bool = False,
) -> PriceRise:
    """Hold a rise of the monthly price against what the contract said at the sale (UK-CTR-04, UK-CTR-03).

    `stated` and `stated_from` are the amount and the first day that the contract names; `by_percent` is a clause that
    names inflation or per cent. Contracts from before the rule keep such a clause. A rise that is lower or later than
    agreed only helps the customer.
    """
    old = percent_rise_allowed(concluded, rules)
    if rise.value <= 0:
        fault = RiseFault.NONE
    elif by_percent:
        fault = RiseFault.NONE if old else RiseFault.BY_PERCENT
    elif stated is None:
        fault = RiseFault.NOT_STATED
    elif rise > stated:
        fault = RiseFault.HIGHER
    elif stated_from is not None and effective < stated_from:
        fault = RiseFault.SOONER
    else:
        fault = RiseFault.NONE
    return PriceRise(fault, None if fault is RiseFault.NONE else free_exit_until(told, rules))
