"""A plan to pay in parts, computed: its end, its cost, its interest, and what it is called."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selfcare.billing.plan import Plan, PlanFinding, even_plan, judge_plan
from selfcare.domain.money import Money


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_forty_years_are_called_what_they_are() -> None:
    plan = even_plan(eur("45923.00"), 480, date(2026, 12, 15))
    assert plan.each == eur("95.67")
    assert plan.last == eur("97.07")
    verdict = judge_plan(plan, eur("40.00"), date(2026, 11, 17), 1)
    assert verdict.total == eur("45923.00")
    assert verdict.cost == eur("0.00")
    assert verdict.ends == date(2066, 11, 15)
    assert verdict.years == 40
    assert verdict.share == Decimal("2.39175")
    assert verdict.barred == date(2027, 11, 17)
    assert verdict.findings == (
        PlanFinding.LIFELONG,
        PlanFinding.OUTLIVES_CLAIM,
        PlanFinding.HEAVY,
        PlanFinding.STRANGE_BILL,
    )


def test_three_payments_without_cost_are_fair() -> None:
    verdict = judge_plan(even_plan(eur("100.00"), 3, date(2026, 12, 1)), eur("80.00"), date(2026, 11, 17), 1)
    assert verdict.findings == (PlanFinding.FAIR,)
    assert verdict.ends == date(2027, 2, 1)
    assert verdict.rate is None


def test_hidden_interest_is_told() -> None:
    plan = Plan(eur("1000.00"), 12, eur("88.85"), date(2026, 12, 1))
    verdict = judge_plan(plan, None, None, None)
    assert verdict.cost == eur("66.20")
    assert verdict.rate is not None
    assert abs(verdict.rate - Decimal("0.1268")) < Decimal("0.0005"), "one per cent a month"
    assert verdict.findings == (PlanFinding.COSTS,)


def test_a_fee_is_interest_too_and_a_plan_that_does_not_pay_is_named() -> None:
    with_fee = judge_plan(Plan(eur("300.00"), 3, eur("100.00"), date(2026, 12, 1), fee=eur("30.00")), None, None, None)
    assert with_fee.cost == eur("30.00")
    assert with_fee.rate is not None
    assert with_fee.rate > Decimal("0.5")
    short = judge_plan(Plan(eur("300.00"), 3, eur("90.00"), date(2026, 12, 1)), None, None, None)
    assert short.cost == eur("-30.00")
    assert short.findings == (PlanFinding.NEVER_ENDS,)


def test_the_end_of_a_month_stays_the_end() -> None:
    assert judge_plan(even_plan(eur("30.00"), 2, date(2027, 1, 31)), None, None, None).ends == date(2027, 2, 28)


@pytest.mark.parametrize(("payments", "each"), [(0, "10.00"), (3, "0.00")])
def test_no_payment_is_no_plan(payments: int, each: str) -> None:
    with pytest.raises(ValueError, match="one payment"):
        judge_plan(Plan(eur("30.00"), payments, eur(each), date(2026, 12, 1)), None, None, None)
