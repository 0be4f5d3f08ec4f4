"""What a month costs until the commitment ends: the price, and the announced changes of it that are known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months

from .facts import LeavingFacts, Rise
from .workdays import months_left

RECENT = 12
"""Months. A rise without a first day that was told longer ago counts as one that is in the price already."""


class PriceStep(Struct, frozen=True):
    """A change of the monthly price by `amount` from a day on; None: nobody says from when.

    `is_sure` is False where it may be for other lines of the contract.
    """

    starts: date | None
    amount: Money
    is_sure: bool = True

    def in_price(self, day: date) -> bool:
        """It is in the price of a day for certain."""
        return self.is_sure and self.starts is not None and self.starts <= day


class Prices(Struct, frozen=True):
    """The monthly price of today, and the changes that are still to come."""

    monthly: Money
    steps: tuple[PriceStep, ...] = ()

    def left(self, day: date, ends: date) -> tuple[Money, Money]:
        """What the months from a day to an end cost, at least and at most; never below nothing.

        At the price of that day, or with each later change from its own day on: which of the two is meant by the
        months left, no rule says (UK-CTR-10, FR-DUR-05).
        """
        least = most = self.monthly * months_left(day, ends)
        for step in self.steps:
            whole = step.amount * months_left(max(day, step.starts or day), ends)
            if step.in_price(day):
                least, most = least + whole, most + whole
            elif whole.is_credit:
                least += whole
            else:
                most += whole
        nothing = Money(Decimal(0), self.monthly.unit)
        return max(least, nothing), max(most, nothing)

    def on(self, day: date) -> Money:
        """The price of a day, as far as it is certain."""
        price = self.monthly
        for step in self.steps:
            price += step.amount if step.in_price(day) else Money(Decimal(0), price.unit)
        return price


def prices_of(facts: LeavingFacts, today: date) -> Prices | None:
    """The price of a line with what was announced of it; None where it is not stated.

    What applies already is in the price. Of a contract with several lines it is this one's that changes if it is stated
    to be the price before.
    """
    if facts.monthly is None:
        return None
    since = after_months(today, -RECENT)
    steps = tuple(
        PriceStep(rise.starts, rise.amount, is_of_line(rise, facts))
        for rise in facts.rises
        if rise.amount.unit == facts.monthly.unit
        and (rise.starts > today if rise.starts is not None else rise.told > since)
    )
    return Prices(facts.monthly, steps)


def is_of_line(rise: Rise, facts: LeavingFacts, today: date | None = None) -> bool:
    """A rise is this line's own for certain: there is no other in the contract, or its price is the one that rises.

    With a day, one that applies by then is in the price already.
    """
    if facts.contract_lines == 1 or rise.before == facts.monthly:
        return True
    applies = today is not None and rise.starts is not None and rise.starts <= today
    known = rise.before is not None and facts.monthly is not None and rise.before.unit == facts.monthly.unit
    return applies and known and rise.before + rise.amount == facts.monthly  # type: ignore[operator]
