"""A plan to pay a bill in parts is asked for once."""

from __future__ import annotations

from msgspec.structs import replace

from selfcare.domain.bills import plan_of
from selfcare.domain.tickets import EntityRef, TicketState
from tests.samples import NOW, tickets

PLAN = replace(
    tickets()[0], id="waiting:1", kind="paymentArrangement", created=NOW, about=(EntityRef("CustomerBill", "B1"),)
)


def test_an_open_question_for_a_plan_is_known_by_its_bill() -> None:
    assert plan_of("B1", [PLAN]) is PLAN
    assert plan_of("B2", [PLAN]) is None
    assert plan_of("B1", [replace(PLAN, kind="Bill Dispute")]) is None
    assert plan_of("B1", [replace(PLAN, state=TicketState.CLOSED)]) is None
