"""A plan to pay in parts that runs, as Home says it beside a bill that is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selfcare.domain.bills import Bill
from selfcare.domain.customer import Account, PaymentPlan
from selfcare.i18n import Words


def running_plan(bill: Bill, accounts: Iterable[Account], today: date) -> PaymentPlan | None:
    """The plan that runs for the account of a bill; None where there is none, or the account is not known.

    A bill that names no account is of the only one there is.
    """
    listed = list(accounts)
    own = [one for one in listed if one.id == bill.account_id or (not bill.account_id and len(listed) == 1)]
    return next((plan for account in own for plan in account.plans if plan.is_running(today)), None)


def plan_sentence(plan: PaymentPlan, words: Words, today: date) -> str:
    """That a plan runs, with what the operator states of it."""
    often = {"month": words.tr("each month"), "week": words.tr("each week")}.get(plan.period, "")
    parts = [
        words.trn("{count} payment", "{count} payments", plan.payments) if plan.payments else "",
        often,
        words.tr("{amount} together", amount=words.money(plan.total)) if plan.total is not None else "",
        words.tr("until {day}", day=words.day(plan.ends, today)) if plan.ends is not None else "",
    ]
    stated = ", ".join(part for part in parts if part)
    if not stated:
        return words.tr("Your operator says that a payment plan runs.")
    return words.tr("Your operator says that a payment plan runs: {plan}.", plan=stated)
