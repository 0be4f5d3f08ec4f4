"""Judges a plan to pay in parts: what it costs in the end, how long it takes, and what it is beside a usual bill."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct

LONG_YEARS = 2
"""Beyond so many years a plan outlasts the longest commitment that a telecom contract may have (UK-CTR-02, FR-DUR-01:
24 months)."""

LIFE_YEARS = 10
_HIGH_SHARE = Decimal("0.5")
_FAR_OFF = 3
_TRIES = 80


class PlanFinding(StrEnum):
    """What should be said about a plan, the worst first."""

    NEVER_ENDS = "neverEnds"
    """The payments do not come to the debt: it is not paid at the end."""
    LIFELONG = "lifelong"
    """Ten years or more: a debt for a part of a life, not a plan."""
    LONG = "long"
    """It outlasts any telecom contract."""
    COSTS = "costs"
    """More is paid than is owed."""
    OUTLIVES_CLAIM = "outlivesClaim"
    """It goes on after the day from which the operator could no longer claim the debt."""
    HEAVY = "heavy"
    """Each payment is half of a usual monthly bill or more, on top of it."""
    STRANGE_BILL = "strangeBill"
    """The bill itself is far from usual: whether it is owed at all comes first."""
    FAIR = "fair"
    """None of these."""


class Plan(Struct, frozen=True):
    """A plan as it was offered: so many payments of `each`, a month apart, from `first` on. `last` is another last
    payment (None: like the others), `fee` what is asked for the plan itself."""

    debt: Money
    payments: int
    each: Money
    first: date
    last: Money | None = None
    fee: Money | None = None


class PlanVerdict(Struct, frozen=True):
    """A plan, computed. `cost` is what is paid beyond the debt (negative: what stays unpaid), `share` each payment as a
    part of a usual bill, `times` the debt in usual bills, `rate` the interest of a year that is hidden in the cost, as
    a part (0.05 is 5 %); None where it cannot be told. `barred` is the day from which the debt could not be claimed."""

    plan: Plan
    total: Money
    cost: Money
    ends: date
    months: int
    share: Decimal | None
    times: Decimal | None
    rate: Decimal | None
    barred: date | None
    findings: tuple[PlanFinding, ...]

    @property
    def years(self) -> Decimal:
        """How long it takes, in years."""
        return Decimal(self.months) / 12


def judge_plan(plan: Plan, usual: Money | None, due: date | None, claim_years: int | None) -> PlanVerdict:
    """Compute a plan. `usual` is a usual monthly bill, `due` the day on which the debt fell due, `claim_years` for how
    long it can be claimed from then (FR-PRS-01: 1, UK-LIM-01: 6; None: not known). Raises ValueError for no payment.
    """
    if plan.payments < 1 or plan.each.value <= 0:
        raise ValueError("a plan has one payment at least, and each is more than nothing")
    last = plan.last if plan.last is not None else plan.each
    total = plan.each * (plan.payments - 1) + last
    if plan.fee is not None:
        total = total + plan.fee
    cost = total - plan.debt
    ends = _months_later(plan.first, plan.payments - 1)
    is_comparable = usual is not None and usual.unit == plan.debt.unit and usual.value > 0
    share = plan.each.value / usual.value if usual is not None and is_comparable else None
    times = plan.debt.value / usual.value if usual is not None and is_comparable else None
    barred = _months_later(due, 12 * claim_years) if due is not None and claim_years is not None else None
    verdict = PlanVerdict(
        plan, total, cost, ends, plan.payments, share, times, _rate(plan, last) if cost.value > 0 else None, barred, ()
    )
    return PlanVerdict(plan, total, cost, ends, plan.payments, share, times, verdict.rate, barred, _findings(verdict))


def even_plan(debt: Money, payments: int, first: date) -> Plan:
    """A plan of equal payments; the last carries what rounding leaves."""
    each = Money((debt.value / payments).quantize(Decimal("0.01"), "ROUND_DOWN"), debt.unit)
    return Plan(debt, payments, each, first, last=debt - each * (payments - 1))


def _findings(verdict: PlanVerdict) -> tuple[PlanFinding, ...]:
    found: list[PlanFinding] = []
    if verdict.cost.value < 0:
        found.append(PlanFinding.NEVER_ENDS)
    if verdict.years >= LIFE_YEARS:
        found.append(PlanFinding.LIFELONG)
    elif verdict.years > LONG_YEARS:
        found.append(PlanFinding.LONG)
    if verdict.cost.value > 0:
        found.append(PlanFinding.COSTS)
    if verdict.barred is not None and verdict.ends > verdict.barred:
        found.append(PlanFinding.OUTLIVES_CLAIM)
    if verdict.share is not None and verdict.share >= _HIGH_SHARE:
        found.append(PlanFinding.HEAVY)
    if verdict.times is not None and verdict.times >= _FAR_OFF:
        found.append(PlanFinding.STRANGE_BILL)
    return tuple(found) or (PlanFinding.FAIR,)


def _rate(plan: Plan, last: Money) -> Decimal | None:
    """The yearly interest at which the payments are worth the debt on the day of the first one's month before; found
    by halving, between none and a thousand per cent."""
    fee = float(plan.fee.value) if plan.fee is not None else 0.0
    debt, each, end = float(plan.debt.value) - fee, float(plan.each.value), float(last.value)
    if debt <= 0:
        return None

    def worth(monthly: float) -> float:
        regular = sum(each / (1 + monthly) ** month for month in range(1, plan.payments))
        return float(regular + end / (1 + monthly) ** plan.payments)

    low, high = 0.0, 11 ** (1 / 12) - 1
    if worth(high) > debt:
        return None
    for _ in range(_TRIES):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) > debt else (low, middle)
    return Decimal(str(round((1 + high) ** 12 - 1, 4)))


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(day.day, last))
