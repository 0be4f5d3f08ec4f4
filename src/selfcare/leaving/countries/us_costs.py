"""The United States: what leaving costs, which part of it can be avoided, and how a payment is stopped."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import Own, after_months, before_working_days
from selfcare.leaving.rules import Rules
from selfcare.leaving.workdays import whole_months_and_days

from .gb import rent_back


class FeeTerms(Struct, frozen=True):
    """What a contract says of its early termination fee: `base`, less `step` for each full month since `started`.

    `ends` is the end of the commitment, None where it is not stated.
    """

    base: Money
    step: Money
    started: date
    ends: date | None = None


class Owed(Struct, frozen=True):
    """What is owed on leaving, each for itself: unpaid bills, the early termination fee, the rest of the handset.

    `credits_lost` is no debt: bill credits that will not come any more.
    """

    unpaid: Money
    early_fee: Money
    device: Money
    credits_lost: Money

    @property
    def total(self) -> Money:
        """All that is to be paid; lost credits are not in it."""
        return self.unpaid + self.early_fee + self.device


def early_fee(base: Money, step: Money, full_months: int) -> Money:
    """An early termination fee that falls with each full month, never below nothing (US-ETF-01: by contract alone).

    Half up to the cent. ValueError for a negative amount in the contract.
    """
    if base.is_credit or step.is_credit:
        raise ValueError("an early termination fee with a negative amount")
    left = base - step * max(full_months, 0)
    return (Money(Decimal(0), base.unit) if left.is_credit else left).rounded()


def early_fee_on(terms: FeeTerms, leaves: date) -> Money:
    """The fee of a day by the contract's words (US-ETF-01); nothing once the commitment is over."""
    if terms.ends is not None and leaves >= terms.ends:
        return Money(Decimal(0), terms.base.unit).rounded()
    months, _, _ = whole_months_and_days(terms.started, leaves)
    return early_fee(terms.base, terms.step, months)


def trial_until(activated: date, rules: Rules) -> date:
    """The last day to leave a new service without a fee (US-ETF-03; CTIA code, voluntary)."""
    return activated + timedelta(days=rules.get("US-ETF-03", activated).number)


def change_exit_until(told: date, rules: Rules) -> date:
    """Until when one may probably leave free after a change for the worse (US-ETF-04, uncertain: advice, no right)."""
    return told + timedelta(days=rules.get("US-ETF-04", told).number)


def owed_on_leaving(
    unpaid: Money,
    fee: Money,
    *,
    instalment: Money | None = None,
    instalments_left: int = 0,
    credit: Money | None = None,
) -> Owed:
    """What leaving makes due (US-ETF-02): all instalments left at once; a monthly bill `credit` ends with them.

    A debt does not hold the number back (US-LNP-06), and stays a debt.
    """
    nothing = Money(Decimal("0.00"), unpaid.unit)
    left = max(instalments_left, 0)
    return Owed(
        unpaid,
        fee,
        nothing if instalment is None else (instalment * left).rounded(),
        nothing if credit is None else (credit * left).rounded(),
    )


def instalments_on(left: int, today: date, day: date) -> int:
    """How many of today's instalments are still owed on a later day: one is paid with each full month (US-ETF-02)."""
    months, _, _ = whole_months_and_days(today, max(day, today))
    return max(left - months, 0)


def month_back(paid: Money, first: date, last: date, gone: date, *, is_prorated: bool = False) -> Money:
    """What comes back of a month paid in advance (US-FIN-01): nothing, unless the contract says that it is prorated.

    The day of leaving is paid. ValueError for a month that ends before it starts.
    """
    back = rent_back(paid, first, last, gone)
    return back if is_prorated else Money(Decimal("0.00"), paid.unit)


def last_day_of_cycle(wanted: date, cycle_start: date) -> date:
    """The last day of the billing period in which one wants to leave: a later day costs nothing more (US-FIN-01).

    `cycle_start` is the first day of any period.
    """
    months = (wanted.year - cycle_start.year) * 12 + wanted.month - cycle_start.month
    if after_months(cycle_start, months) <= wanted:
        months += 1
    return after_months(cycle_start, months) - timedelta(days=1)


def payment_stop_by(debit: date, rules: Rules, own: Own = None) -> date:
    """The last day to tell the bank to stop a preauthorised debit (US-PAY-01, uncertain; 12 CFR 1005.10(c)).

    The bank's business days count: the federal ones, or `own`.
    """
    return before_working_days(debit, rules.get("US-PAY-01", debit).number, rules.calendar, own)


def dispute_until(statement: date, rules: Rules) -> date:
    """Until when a wrong charge on a card or a bank debit can be contested (US-PAY-02, uncertain; 15 USC 1666(a))."""
    return statement + timedelta(days=rules.get("US-PAY-02", statement).number)
