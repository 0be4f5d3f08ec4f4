"""Follows money that the operator owes after the end: deposit, advances, overpayment, each with the day it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Struct

from .countries import fr_money, us_rights
from .reach import Who, is_right, rule_for
from .rules import Rules


class RefundOf(StrEnum):
    """What comes back."""

    DEPOSIT = "deposit"
    ADVANCE = "advance"
    """Rent paid for days after the end."""
    OVERPAYMENT = "overpayment"
    """The credit of the final bill."""
    OVERCHARGED = "overcharged"
    """What the final bill asked too much, and was paid."""
    ADVANCE_UNDER_ORDERS = "advanceUnderOrders"
    """Advance payments of a servicemember who ended the contract under orders."""


class RefundState(StrEnum):
    """Where a refund stands."""

    NOT_YET = "notYet"
    """Its time does not run yet: the last bill is not paid, or the item is not back."""
    NO_DAY = "noDay"
    """Owed, but no rule and no word of the operator's says by when."""
    WAITING = "waiting"
    LATE = "late"
    PAID = "paid"
    PAID_LATE = "paidLate"


class Refund(Struct, frozen=True):
    """One refund. `due` is the rule's day, else the operator's `stated` one; `rule_id` is "" for the latter.

    `is_certain` says that a right is behind it; `differs` that the operator states a later day than the rule gives.
    `days_late` counts from the day after `due`, until it was paid or until today.
    """

    of: RefundOf
    amount: Money | None
    state: RefundState
    due: date | None = None
    rule_id: str = ""
    is_certain: bool = False
    stated: date | None = None
    differs: bool = False
    days_late: int = 0


_DueDay = Callable[[date, Rules], date]
_LAWS: dict[str, dict[RefundOf, tuple[str, _DueDay]]] = {
    "FR": {
        RefundOf.DEPOSIT: ("FR-EQP-02", fr_money.deposit_due),
        RefundOf.ADVANCE: ("FR-EQP-02", fr_money.refund_due),
        RefundOf.OVERPAYMENT: ("FR-EQP-02", fr_money.refund_due),
        RefundOf.OVERCHARGED: ("FR-EQP-02", fr_money.refund_due),
    },
    "US": {RefundOf.ADVANCE_UNDER_ORDERS: ("US-SCRA-02", us_rights.advance_refund_due)},
}


def refund(
    of: RefundOf,
    amount: Money | None,
    counts_from: date | None,
    rules: Rules,
    today: date,
    *,
    who: Who | None = None,
    stated: date | None = None,
    paid: date | None = None,
) -> Refund:
    """Where a refund stands today.

    `counts_from` is the day its time runs from, None as long as that has not happened: the payment of the last bill
    for an advance or overpayment, the return of the item for a deposit, the end of the contract under orders. `paid`
    is when the money came, None where it has not.
    """
    law = _LAWS.get(rules.country, {}).get(of)
    rule = rule_for(rules, law[0], counts_from or today, who or Who()) if law is not None else None
    ruled = law[1](counts_from, rules) if law is not None and rule is not None and counts_from is not None else None
    due = ruled or stated
    late = max(((paid or today) - due).days, 0) if due is not None else 0
    return Refund(
        of,
        amount,
        _state(due, paid, late, waits=rule is not None and ruled is None),
        due,
        rule.id if rule is not None and (ruled is not None or stated is None) else "",
        rule is not None and ruled is not None and is_right(rule),
        stated,
        ruled is not None and stated is not None and stated > ruled,
        late,
    )


def _state(due: date | None, paid: date | None, late: int, *, waits: bool) -> RefundState:
    if paid is not None:
        return RefundState.PAID_LATE if late else RefundState.PAID
    if due is None:
        return RefundState.NOT_YET if waits else RefundState.NO_DAY
    return RefundState.LATE if late else RefundState.WAITING


def paid_on(bill: Bill, payments: Iterable[Payment]) -> date | None:
    """The day on which a bill was wholly paid; its own day if it asks for nothing; None if it is not, or not known."""
    if bill.total is not None and bill.total.value <= 0:
        return bill.day
    taken = {PaymentState.TAKEN, PaymentState.CREDITED}
    own = sorted(
        (p.day, p.amount.value)
        for p in payments
        if bill.id in p.bill_ids and p.state in taken and p.day is not None and p.amount is not None
        if bill.total is None or p.amount.unit == bill.total.unit
    )
    together = Decimal(0)
    for day, value in own:
        together += value
        if bill.total is not None and together >= bill.total.value:
            return day
    return own[-1][0] if own and bill.is_paid else None
