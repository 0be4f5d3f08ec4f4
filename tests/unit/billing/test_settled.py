"""A proof of payment says no more than the operator's own word and list of payments carry."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from selfcare.billing.settled import Proved, part_for, settlement
from selfcare.domain.bills import AppliedPayment, Bill, BillState
from selfcare.domain.payments import Payment, PaymentState

from bills_of import gbp  # isort: skip

BILL = Bill("B1", "780", date(2026, 11, 3), date(2026, 11, 17), gbp("40.00"), gbp("40.00"), BillState.SENT)
PAID = Payment("Y1", date(2026, 11, 17), gbp("40.00"), PaymentState.CREDITED, "done", ("B1",))


def test_settled_is_the_operators_own_word_alone() -> None:
    assert settlement(replace(BILL, remaining=gbp("0.00")), [PAID]).proved is Proved.SETTLED
    assert settlement(BILL, [PAID]).proved is Proved.CREDITED
    gone = replace(BILL, remaining=gbp("0.00"), no_longer_listed=True)
    assert settlement(gone, []).proved is Proved.NOTHING


@pytest.mark.parametrize(
    ("state", "amount", "proved"),
    [
        (PaymentState.TAKEN, "40.00", Proved.TAKEN),
        (PaymentState.TAKEN, "39.99", Proved.PART),
        (PaymentState.CREDITED, "10.00", Proved.PART),
        (PaymentState.FAILED, "40.00", Proved.NOTHING),
        (PaymentState.PENDING, "40.00", Proved.NOTHING),
        (PaymentState.UNKNOWN, "40.00", Proved.NOTHING),
    ],
)
def test_what_a_payment_proves(state: PaymentState, amount: str, proved: Proved) -> None:
    found = settlement(BILL, [replace(PAID, state=state, amount=gbp(amount))])
    assert found.proved is proved
    assert found.proved is not Proved.PART or found.open == gbp("40.00") - gbp(amount)


def test_a_payment_for_two_bills_counts_only_as_far_as_the_bill_says() -> None:
    both = replace(PAID, amount=gbp("80.00"), bill_ids=("B1", "B2"))
    assert part_for(BILL, both) is None
    found = settlement(BILL, [both])
    assert (found.proved, found.open) == (Proved.SHARED, None)
    ten = replace(PAID, id="Y2", amount=gbp("10.00"))
    assert settlement(BILL, [both, ten]).paid == gbp("10.00")
    assert settlement(BILL, [both, replace(PAID, id="Y3")]).proved is Proved.CREDITED
    named = replace(BILL, payments=(AppliedPayment("Y1", gbp("40.00")),))
    assert settlement(named, [both]).proved is Proved.CREDITED


def test_another_currency_pays_nothing() -> None:
    euros = replace(PAID, amount=replace(gbp("40.00"), unit="EUR"))
    assert settlement(BILL, [euros]).proved is Proved.SHARED
    assert settlement(BILL, [euros]).open is None


def test_payments_of_one_day_stand_as_they_are_counted() -> None:
    several = [replace(PAID, id=name, amount=gbp("1.00")) for name in ("Y10", "Y2", "Y1", "A", "Y1b")]
    assert [one.id for one in settlement(BILL, several).payments] == ["A", "Y1", "Y1b", "Y2", "Y10"]
