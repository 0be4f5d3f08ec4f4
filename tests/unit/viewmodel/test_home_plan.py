"""A payment plan that runs is said beside the bill that is overdue, and not asked for a second time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.customer import PaymentPlan
from selfcare.viewmodel.home_cards import UrgentCard
from tests import samples
from tests.unit.viewmodel.test_home_view import BILLS, TODAY, gbp, home, quiet

PLAN = PaymentPlan("installment", 3, "monthly", gbp("90.00"), "effective", date(2026, 11, 1), date(2027, 1, 31))


def card(*plans: PaymentPlan, account_id: str | None = None) -> UrgentCard:
    account = replace(samples.account(), plans=plans)
    late = replace(
        BILLS[1], remaining=gbp("41.99"), due=TODAY - timedelta(days=20), state=BILLS[0].state,
        account_id=account.id if account_id is None else account_id,
    )  # fmt: skip
    view = home(**(quiet() | {"bills": (late, *BILLS[2:]), "accounts": (account,)}))
    return next(one for one in view.urgent if one.tag == "Overdue")


def test_a_plan_that_runs_is_said() -> None:
    found = card(PLAN)
    assert "a payment plan runs: 3 payments, each month, £90.00 together, until Sun 31 Jan" in found.text
    assert [step.target.endswith("/plan") for step in found.steps] == [False]


def test_of_a_plan_of_which_nothing_is_stated_only_that_it_runs() -> None:
    assert "says that a payment plan runs." in card(PaymentPlan("", 0, "", None, "effective")).text


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, status="cancelled"),
        replace(PLAN, status=""),
        replace(PLAN, ends=TODAY - timedelta(days=1)),
        replace(PLAN, starts=TODAY + timedelta(days=1)),
    ],
)
def test_a_plan_that_does_not_run_is_none(plan: PaymentPlan) -> None:
    found = card(plan)
    assert "payment plan" not in found.text
    assert found.steps[-1].target.endswith("/plan")


def test_the_plan_of_another_account_is_none_for_this_bill() -> None:
    assert "payment plan" not in card(PLAN, account_id="A-OTHER").text


def test_a_bill_that_names_no_account_is_of_the_only_one() -> None:
    assert "payment plan runs" in card(PLAN, account_id="").text
