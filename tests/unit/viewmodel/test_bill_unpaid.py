"""A bill is called unpaid only where the operator says so, not where it says nothing."""

from __future__ import annotations

import pytest

from selfcare.domain.bills import AppliedPayment, BillState
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from tests.unit.viewmodel.test_bills_view import BILLS, view


@pytest.mark.parametrize(
    ("state", "paid", "left", "said"),
    [
        (BillState.UNKNOWN, (), None, "Your operator does not state whether it is paid."),
        (BillState.SENT, (AppliedPayment("P-1", None),), None, "Your operator does not state whether it is paid."),
        (BillState.SENT, (), None, "Not paid."),
        (BillState.UNKNOWN, (), BILLS[0].total, "Not paid."),
    ],
)
def test_a_bill_is_called_unpaid_only_where_the_operator_says_so(
    state: BillState, paid: tuple[AppliedPayment, ...], left: Money | None, said: str
) -> None:
    assert view(replace(BILLS[0], state=state, payments=paid, remaining=left)).sentence.endswith(said)
