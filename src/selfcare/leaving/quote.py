"""What leaving costs on a chosen day, each line with its rule, beside the operator's own figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .countries import gb
from .facts import LeavingFacts
from .rules import Rules
from .workdays import after_months, whole_months_and_days


class CostReason(StrEnum):
    """Why a line of the quote is what it is."""

    COMMITMENT_OVER = "commitmentOver"
    COMMITMENT_LEFT = "commitmentLeft"
    COMMITMENT_NOT_STATED = "commitmentNotStated"
    PRICE_NOT_STATED = "priceNotStated"
    FREE_EXIT = "freeExit"
    NO_NOTICE_RENT = "noNoticeRent"
    RENT_UNTIL_THEN = "rentUntilThen"
    PORT_IS_FREE = "portIsFree"
    RENT_BACK = "rentBack"


class Agreement(StrEnum):
    """The operator's figure beside ours, both for the operator's day."""

    AGREES = "agrees"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_STATED = "notStated"
    CANNOT_TELL = "cannotTell"


class CostLine(Struct, frozen=True):
    """One line: from `low` to `high` (the same where there is one reading); None is "cannot be computed"."""

    reason: CostReason
    low: Money | None
    high: Money | None
    rule_id: str
    until: date | None = None


class Quote(Struct, frozen=True):
    """The cost of one day. `low` and `high` count what is owed for leaving; money that comes back is a line only."""

    day: date
    lines: tuple[CostLine, ...]
    low: Money | None
    high: Money | None
    operator: Money | None
    operator_day: date | None
    agreement: Agreement

    @property
    def is_range(self) -> bool:
        """Two readings: the amount is only known to lie between two figures."""
        return self.low is not None and self.high is not None and self.low != self.high

    @property
    def is_free(self) -> bool:
        """Costs nothing under every reading."""
        return self.high is not None and self.high.is_zero


def charge_range(facts: LeavingFacts, day: date, currency: str) -> tuple[Money | None, Money | None]:
    """The early termination charge of a day between its two readings: months left without and with VAT."""
    ends = facts.commitment_ends
    nothing = Money(Decimal(0), currency)
    if ends is None:
        return None, None
    if day >= ends:
        return nothing, nothing
    if facts.monthly is None:
        return nothing, None
    months, days, length = whole_months_and_days(day, ends)
    left = months + Decimal(days) / length
    return (
        gb.early_charge(facts.monthly, left).total,
        gb.early_charge(facts.monthly, left, vat=Decimal(0)).total,
    )


def quote_for(
    facts: LeavingFacts, rules: Rules, day: date, *, currency: str, switches: bool, told_by: date | None = None
) -> Quote:
    """The cost of leaving on a day. `switches` is by PAC, STAC or a provider's switch; else by plain notice.

    `told_by` is the day on which the operator hears of it: free-exit windows are judged by it (default: the day).
    """
    lines = [_charge(facts, rules, day, currency, told_by or day)]
    nothing = Money(Decimal(0), currency)
    if switches:
        lines.append(CostLine(CostReason.NO_NOTICE_RENT, nothing, nothing, "UK-SW-13"))
        lines.append(CostLine(CostReason.PORT_IS_FREE, nothing, nothing, "UK-SW-15"))
    else:
        lines.append(CostLine(CostReason.RENT_UNTIL_THEN, nothing, nothing, "UK-CTR-09", until=day))
    back = _rent_back(facts, day) if switches else None
    if back is not None:
        lines.append(back)
    low, high = lines[0].low, lines[0].high
    return Quote(
        day, tuple(lines), low, high, facts.operator_charge, facts.operator_charge_day, _agreement(facts, day, currency)
    )


def _charge(facts: LeavingFacts, rules: Rules, day: date, currency: str, told_by: date) -> CostLine:
    low, high = charge_range(facts, day, currency)
    if facts.commitment_ends is None:
        return CostLine(CostReason.COMMITMENT_NOT_STATED, None, None, "UK-CTR-10")
    if day >= facts.commitment_ends:
        return CostLine(CostReason.COMMITMENT_OVER, low, high, "UK-CTR-08", until=facts.commitment_ends)
    for told in facts.price_changes:
        until = gb.free_exit_until(told, rules)
        if told <= told_by <= until:
            return CostLine(CostReason.FREE_EXIT, Money(Decimal(0), currency), high, "UK-CTR-03", until=until)
    if facts.monthly is None:
        return CostLine(CostReason.PRICE_NOT_STATED, None, None, "UK-CTR-10", until=facts.commitment_ends)
    return CostLine(CostReason.COMMITMENT_LEFT, low, high, "UK-CTR-10", until=facts.commitment_ends)


def _rent_back(facts: LeavingFacts, day: date) -> CostLine | None:
    first, last, paid = facts.rent_from, facts.rent_until, facts.rent
    if first is None or last is None or paid is None or not first <= day < last:
        return None
    back = -gb.rent_back(paid, first, last, day)
    return CostLine(CostReason.RENT_BACK, back, back, "UK-SW-13", until=last)


def _agreement(facts: LeavingFacts, day: date, currency: str) -> Agreement:
    stated = facts.operator_charge
    if stated is None:
        return Agreement.NOT_STATED
    low, high = charge_range(facts, facts.operator_charge_day or day, currency)
    if low is None or high is None or stated.unit != low.unit:
        return Agreement.CANNOT_TELL
    if stated > high:
        return Agreement.HIGHER
    return Agreement.LOWER if stated < low else Agreement.AGREES


def cost_course(facts: LeavingFacts, currency: str, first: date, last: date) -> tuple[tuple[date, Money, Money], ...]:
    """The charge over time for a picture: (day, low, high) each month from `first` to `last`, and at its end."""
    return tuple(
        (day, low, high)
        for day in _months(facts, first, last)
        for low, high in (charge_range(facts, day, currency),)
        if low is not None and high is not None
    )


def _months(facts: LeavingFacts, first: date, last: date) -> Iterator[date]:
    days = {last}
    count = 0
    while (day := after_months(first, count)) < last:
        days.add(day)
        count += 1
    if facts.commitment_ends is not None and first <= facts.commitment_ends <= last:
        days.add(facts.commitment_ends)
    return iter(sorted(days))


def first_free_day(facts: LeavingFacts, earliest: date) -> date | None:
    """The first day within 24 months on which leaving costs nothing for sure, else None."""
    if facts.commitment_ends is None:
        return None
    day = max(earliest, facts.commitment_ends)
    return day if day <= earliest + timedelta(days=731) else None
