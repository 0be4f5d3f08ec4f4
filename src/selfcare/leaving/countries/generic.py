"""A country whose rules we do not have: only the contract's own words count, and what is missing is asked for.

Nothing here is a right. None means that the contract's word is needed first; a range means that it leaves room.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from selfcare.domain.money import Money
from selfcare.domain.workdays import after_months, after_period
from selfcare.leaving.workdays import months_left


def notice_ends(received: date, notice: tuple[int, str] | None, wanted: date | None = None) -> date | None:
    """When the contract ends by its own notice (amount, "day" or "month"), or on a later day that is wanted.

    None where the contract's notice is not known, whatever is wanted.
    """
    if notice is None:
        return None
    earliest = after_period(received, *notice)
    return earliest if wanted is None else max(wanted, earliest)


def last_notice_day(ends: date, notice: tuple[int, str] | None) -> date | None:
    """The last day on which notice may be received for the contract to end by a day; None as above."""
    if notice is None:
        return None
    amount, unit = notice
    day = after_months(ends, -amount) if unit == "month" else ends - timedelta(days=amount)
    while after_period(day + timedelta(days=1), amount, unit) <= ends:
        day += timedelta(days=1)
    return day


def early_charge(
    monthly: Money | None, day: date, commitment_ends: date | None, currency: str
) -> tuple[Money, Money] | None:
    """What ending on a day may cost: from nothing to the instalments left, for what is owed is the contract's to say.

    Nothing once the commitment is over; None where its end or, before it, the price is not known. `currency` names
    the nothing of a contract without a price.
    """
    if commitment_ends is None:
        return None
    nothing = Money(Decimal("0.00"), currency if monthly is None else monthly.unit)
    if day >= commitment_ends:
        return nothing, nothing
    if monthly is None:
        return None
    return nothing, max(nothing, (monthly * months_left(day, commitment_ends)).rounded())
